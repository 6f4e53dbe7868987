"""Breaking a letter into lines and pages: no lonely heading, no lonely line, never a signature by itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from app.letters.content import BULLET, Block, LetterContent
from app.letters.fonts import Face
from app.letters.layout import BODY_BOTTOM, LEFT, NEXT_PAGE_Y, PT_PER_MM, RIGHT, wrap

INDENT_PT = 11.0
# The words that open a list item, up to its colon, are set bold: mostly a date by which something is asked.
LEAD_END = ": "
SHORT_WORD = 12
# Between the signature and the lines above and below it.
SIGNATURE_AIR_PT = 3.0
# No line of a letter holds so many characters.
LONG_LINE = 128
# Most paragraphs of a round are in every letter of it. Broken into lines, one takes about a kilobyte.
KNOWN_PARAGRAPHS = 1_000

Width = Callable[[str, Face, float], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How closely a letter is set, in points: the type, its lines, and the room above each kind of line."""

    size_pt: float
    leading_pt: float
    block_gap_pt: float
    paragraph_gap_pt: float
    item_gap_pt: float
    signature_gap_pt: float


WIDE = Setting(
    size_pt=10.0, leading_pt=14.2, block_gap_pt=10.5, paragraph_gap_pt=4.5, item_gap_pt=1.5, signature_gap_pt=32.0
)
# A letter that only just needs a second page is set closer instead.
CLOSE = Setting(
    size_pt=9.5, leading_pt=12.8, block_gap_pt=8.0, paragraph_gap_pt=3.5, item_gap_pt=0.8, signature_gap_pt=28.0
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the body; `lead` is set bold before `text`, and `bullet` to the left of both.

    `leading_pt` and `gap_pt` are the room above it; a page may begin with it when `may_begin_page`. Above the line that
    `is_signed` stands the signature.
    """

    text: str
    size_pt: float
    leading_pt: float
    lead: str = ""
    face: Face = Face.REGULAR
    indent_pt: float = 0.0
    bullet: str = ""
    gap_pt: float = 0.0
    may_begin_page: bool = False
    is_signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLine:
    """A line with its baseline, in mm from the top of its page."""

    line: Line
    y: float


def set_letter(
    content: LetterContent, width: Width, *, first_y: float, signature_mm: float = 0.0
) -> tuple[tuple[PlacedLine, ...], ...]:
    """Return the pages of a letter, from its salutation to the last line of its closing.

    `first_y` is the first baseline on the first page, in mm, `signature_mm` how high the signature is. One page if
    closer setting can bring that about.
    """
    signature_pt = signature_mm * PT_PER_MM
    for setting in (WIDE, CLOSE):
        placed = pages(body_lines(content, width, setting, signature_pt=signature_pt), first_y=first_y)
        if len(placed) == 1:
            return placed
    return pages(body_lines(content, width, WIDE, signature_pt=signature_pt), first_y=first_y)


def body_lines(
    content: LetterContent, width: Width, setting: Setting, *, signature_pt: float = 0.0
) -> tuple[Line, ...]:
    """Return the lines of a letter from its salutation on, broken to the body's width.

    With a signature the name that follows stands just below it; without one there is room to sign by hand.
    """
    setter = _setter(width, setting)
    lines = [*setter.paragraph(content.salutation)]
    for block in content.blocks:
        lines += setter.block(block)
    # The last two lines of the text go with the closing, so that no page holds only a signature.
    lines[-1] = replace(lines[-1], may_begin_page=False)
    greeting, *names = content.closing
    closing = setter.paragraph(greeting, gap_pt=setting.block_gap_pt, may_begin_page=False, may_break=False)
    room = signature_pt + 2 * SIGNATURE_AIR_PT if signature_pt else setting.signature_gap_pt
    for place, name in enumerate(names):
        signed, *more = setter.paragraph(name, gap_pt=0.0 if place else room, may_begin_page=False, may_break=False)
        closing += (replace(signed, is_signed=bool(signature_pt) and place == 0), *more)
    return (*lines, *closing)


def pages(lines: tuple[Line, ...], *, first_y: float) -> tuple[tuple[PlacedLine, ...], ...]:
    """Place lines on pages; `first_y` is the first baseline on the first page, in mm."""
    found: list[tuple[PlacedLine, ...]] = []
    start, y = 0, first_y
    while True:
        placed = list(_fill(lines, start, y))
        end = start + len(placed)
        if end == len(lines):
            return (*found, tuple(placed))
        while end > start + 1 and not lines[end].may_begin_page:
            end -= 1
        if end == start + 1 and not lines[end].may_begin_page:
            # Nowhere on this page may it be broken: a full page is the lesser evil.
            end = start + len(placed)
        found.append(tuple(placed[: end - start]))
        start, y = end, NEXT_PAGE_Y


def _fill(lines: tuple[Line, ...], start: int, y: float) -> Iterator[PlacedLine]:
    for place in range(start, len(lines)):
        line = lines[place]
        if place > start:
            y += (line.leading_pt + line.gap_pt) / PT_PER_MM
        if y > BODY_BOTTOM and place > start:
            return
        yield PlacedLine(line=line, y=y)


@lru_cache(maxsize=4)
def _setter(width: Width, setting: Setting) -> "_Setter":
    return _Setter(width, setting)


class _Setter:
    """Makes lines of paragraphs, in one setting, and knows again those it made lately."""

    def __init__(self, width: Width, setting: Setting) -> None:
        self.width = width
        self.setting = setting
        self.paragraph = lru_cache(KNOWN_PARAGRAPHS)(self._paragraph)
        self.item = lru_cache(KNOWN_PARAGRAPHS)(self._item)

    def block(self, block: Block) -> list[Line]:
        gap = self.setting.block_gap_pt
        lines: list[Line] = []
        if block.heading:
            lines += self.paragraph(block.heading, face=Face.SEMIBOLD, gap_pt=gap, may_break=False)
            gap = 0.0
        for place, paragraph in enumerate(block.paragraphs):
            is_in_list = paragraph.is_item and place > 0 and block.paragraphs[place - 1].is_item
            if place > 0:
                gap = self.setting.item_gap_pt if is_in_list else self.setting.paragraph_gap_pt
            made = self.item if paragraph.is_item else self.paragraph
            lines += made(paragraph.text, gap_pt=gap, may_begin_page=place > 0 or not block.heading)
        return lines

    def _paragraph(
        self,
        text: str,
        *,
        face: Face = Face.REGULAR,
        gap_pt: float = 0.0,
        indent_pt: float = 0.0,
        may_begin_page: bool = True,
        may_break: bool = True,
    ) -> tuple[Line, ...]:
        """Neither the first nor the last line of a paragraph may stand alone on a page."""
        room = (RIGHT - LEFT) * PT_PER_MM - indent_pt

        def measure(part: str, size: float) -> float:
            return self.width(part, face, size)

        size = self.setting.size_pt
        wrapped = wrap(text, width_pt=room, size_pt=size, measure=measure)
        texts = _with_company(
            [piece for part in wrapped for piece in split_wide(part, room, lambda t: measure(t, size))]
        )
        return tuple(
            Line(
                text=part,
                size_pt=size,
                leading_pt=self.setting.leading_pt,
                face=face,
                indent_pt=indent_pt,
                gap_pt=0.0 if place else gap_pt,
                may_begin_page=may_begin_page if place == 0 else may_break and 2 <= place <= len(texts) - 2,
            )
            for place, part in enumerate(texts)
        )

    def _item(self, text: str, *, gap_pt: float, may_begin_page: bool) -> tuple[Line, ...]:
        """Set a list item. It is broken as if all of it were bold, so that its bold beginning always fits."""
        first, *rest = self._paragraph(
            text, face=Face.SEMIBOLD, gap_pt=gap_pt, indent_pt=INDENT_PT, may_begin_page=may_begin_page
        )
        lead, colon, after = first.text.partition(LEAD_END)
        if not colon:
            lead, after = "", first.text
        first = replace(first, lead=lead + colon, text=after, bullet=BULLET)
        return tuple(replace(line, face=Face.REGULAR) for line in (first, *rest))


def _with_company(texts: list[str]) -> list[str]:
    """Move a word down to a short one that has the last line of a paragraph to itself."""
    if len(texts) < 2 or " " in texts[-1] or len(texts[-1]) > SHORT_WORD or texts[-2].count(" ") < 3:
        return texts
    before, _, word = texts[-2].rpartition(" ")
    # Two words of a normal paragraph always fit; a very long word stays where it was.
    return [*texts[:-2], before, f"{word} {texts[-1]}"] if len(word) <= 2 * SHORT_WORD else texts


def split_wide(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """Break a word that is wider than the line between characters; a wide name is better broken than lost."""
    parts: list[str] = []
    while text:
        # Feeling forward from its beginning: measuring the whole rest each time takes minutes for a pasted book.
        low, high = 1, min(LONG_LINE, len(text))
        while (fits := measure(text[:high]) <= room) and high < len(text):
            low, high = high, min(2 * high, len(text))
        if fits:
            low = high
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if measure(text[:middle]) <= room else (low, middle - 1)
        parts.append(text[:low])
        text = text[low:]
    return parts
