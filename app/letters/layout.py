"""The sheet: A4 with a window, a reference line and fold marks, after the Dutch use (domain.md §6.1).

Lengths are in mm from the top left corner, unless a name ends in `_pt`. Nothing here draws.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.domain.letter import LetterSettings

PT_PER_MM = 72 / 25.4

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0
LEFT = 35.0
RIGHT = 185.0

LETTERHEAD_Y = 20.0
LOGO_TOP = 14.0
REFERENCE_Y = 98.0
SUBJECT_Y = 113.0
# From a label to what it names, and from the label of the subject to the salutation.
VALUE_BELOW = 4.7
VALUE_LEADING = 4.2
# From the last value of a row of references to the labels of the next: the fold lies between two rows.
NEXT_ROW_BELOW = 6.5
SALUTATION_BELOW = 15.3
NEXT_PAGE_Y = 34.0
BODY_BOTTOM = 267.5
FOOTER_Y = 275.0
# One fold for a C5 envelope, the first of two for a DL envelope.
FOLD_YS = (107.0, 158.0)
FOLD_MARK = (6.0, 10.0)

WINDOW_WIDTH = 70.0
WINDOW_TOP = 48.0
WINDOW_BOTTOM = 79.0
WINDOW_LEFT = {"left": 35.0, "right": 105.0, "none": LEFT}
# In the window, from its top: the baseline of the sender's line, the rule under it, and where the address begins.
RETURN_BELOW, RETURN_RULE_BELOW, ADDRESS_BELOW = 3.2, 4.4, 5.0
# However far a user shifts it, the address stays on the paper and clear of letterhead and reference line.
_LEFTMOST, _RIGHTMOST = 10.0, 130.0
_UP_AT_MOST, _DOWN_AT_MOST = 12.0, 14.0

ADDRESS_SIZES_PT = (10.0, 9.5, 9.0, 8.5, 8.0)
ADDRESS_LINES = 6
_LEADING = 1.35
# How high a line is by itself, in sizes: its capitals, and as much above and below them as accents and tails take.
CAPITALS = 0.73
_TAILS = 0.25
ELLIPSIS = "…"

# Width in points of a text at a size.
Measure = Callable[[str, float], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle on the sheet, in mm."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width_pt(self) -> float:
        """Its width in points."""
        return (self.right - self.left) * PT_PER_MM


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedAddress:
    """An address as it goes into the window: lines at a size, and the lines that lost their end."""

    lines: tuple[str, ...]
    size_pt: float
    shortened: tuple[str, ...]

    @property
    def leading_pt(self) -> float:
        """From one baseline to the next; six lines of the largest size still fit the window."""
        return self.size_pt * _LEADING


def address_area(settings: LetterSettings) -> Area:
    """Return where the address goes, the user's shift included."""
    left = min(max(WINDOW_LEFT[settings.window] + settings.offset_right_mm, _LEFTMOST), _RIGHTMOST)
    down = min(max(settings.offset_down_mm, -_UP_AT_MOST), _DOWN_AT_MOST)
    return Area(left=left, top=WINDOW_TOP + down, right=left + WINDOW_WIDTH, bottom=WINDOW_BOTTOM + down)


def has_return_line(settings: LetterSettings) -> bool:
    """Whether the window shows who the letter comes from, so that the post can bring it back."""
    return settings.has_return_line and settings.window != "none" and bool(settings.street and settings.city)


def address_room(settings: LetterSettings) -> Area:
    """Return what of the address area is left for the address."""
    area = address_area(settings)
    return replace(area, top=area.top + ADDRESS_BELOW) if has_return_line(settings) else area


def fit_address(lines: tuple[str, ...], *, room: Area, measure: Measure) -> FittedAddress:
    """Make an address fit its room: first wrap, then a smaller size, and only then shorten with "…".

    At most six lines. Of a block that is too long even at 8 pt, the line that takes most room gives way first.
    """
    width_pt, height_pt = room.width_pt, (room.bottom - room.top) * PT_PER_MM
    for size in ADDRESS_SIZES_PT:
        wrapped = [wrap(line, width_pt=width_pt, size_pt=size, measure=measure) for line in lines]
        is_inside = all(measure(part, size) <= width_pt for parts in wrapped for part in parts)
        count = sum(map(len, wrapped))
        is_high = ((count - 1) * _LEADING + CAPITALS + 2 * _TAILS) * size > height_pt
        if is_inside and count <= ADDRESS_LINES and not is_high:
            return FittedAddress(lines=tuple(p for parts in wrapped for p in parts), size_pt=size, shortened=())
    size = ADDRESS_SIZES_PT[-1]
    kept = [wrap(line, width_pt=width_pt, size_pt=size, measure=measure) for line in lines[:ADDRESS_LINES]]
    is_cut = [False] * len(kept)
    while sum(map(len, kept)) > ADDRESS_LINES:
        longest = max(range(len(kept)), key=lambda place: len(kept[place]))
        kept[longest].pop()
        is_cut[longest] = True
    fitted: list[str] = []
    for place, parts in enumerate(kept):
        *before, last = parts
        short = [shorten(part, width_pt=width_pt, size_pt=size, measure=measure) for part in before]
        short.append(shorten(last, width_pt=width_pt, size_pt=size, measure=measure, force=is_cut[place]))
        is_cut[place] = short != parts
        fitted += short
    cut = [line for line, was_cut in zip(lines, is_cut, strict=False) if was_cut]
    return FittedAddress(lines=tuple(fitted), size_pt=size, shortened=(*cut, *lines[ADDRESS_LINES:]))


def wrap(text: str, *, width_pt: float, size_pt: float, measure: Measure) -> list[str]:
    """Break a text at spaces into lines no wider than that; a word that is wider by itself keeps a line of its own."""
    lines: list[str] = []
    line, used = "", 0.0
    space = measure(" ", size_pt)
    for word in text.split(" "):
        width = measure(word, size_pt)
        if line and used + space + width <= width_pt:
            line, used = f"{line} {word}", used + space + width
        else:
            if line:
                lines.append(line)
            line, used = word, width
    return [*lines, line]


def shorten(text: str, *, width_pt: float, size_pt: float, measure: Measure, force: bool = False) -> str:
    """Cut a text that is too wide and end it with "…"; `force` also ends one that is not."""
    if not force and measure(text, size_pt) <= width_pt:
        return text
    while text and measure(text + ELLIPSIS, size_pt) > width_pt:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
