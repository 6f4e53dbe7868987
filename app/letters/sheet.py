"""One letter on its sheets: letterhead, address, references, text, footer, fold marks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.letter import LetterSettings
from app.letters.content import LetterContent, plain
from app.letters.fonts import Face, Fonts
from app.letters.layout import (
    FOLD_MARK,
    FOLD_YS,
    FOOTER_Y,
    LEFT,
    LETTERHEAD_Y,
    PAGE_HEIGHT,
    PT_PER_MM,
    REFERENCE_Y,
    RIGHT,
    SALUTATION_BELOW,
    SUBJECT_Y,
    VALUE_BELOW,
    FittedAddress,
    address_area,
    fit_address,
    shorten,
    wrap,
)
from app.letters.typeset import WIDE, PlacedLine, set_letter, split_wide

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

INK = (0.09, 0.11, 0.12)
MUTED = (0.40, 0.44, 0.46)

LABEL_PT = 7.5
VALUE_PT = 9.0
FOOTER_PT = 7.5
FOOTER_LINES = 3
# Size in points, room per line in mm, and how many lines then stay above an address that was shifted up.
LETTERHEAD_SIZES = ((8.5, 4.2, 4), (7.5, 3.6, 5), (7.0, 3.3, 6))
_DOT = "   ·   "


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedLines:
    """Lines as they go on the sheet, and those that found no place; size in points, leading in mm."""

    lines: tuple[str, ...]
    size_pt: float
    leading: float
    lost: tuple[str, ...]


def fitted_address(content: LetterContent, settings: LetterSettings, fonts: Fonts) -> FittedAddress:
    """Return the address as it goes into the window of these settings."""
    return fit_address(
        content.address_lines,
        width_pt=address_area(settings).width_pt,
        measure=lambda text, size: fonts.width(text, Face.REGULAR, size),
    )


def fitted_letterhead(settings: LetterSettings, fonts: Fonts) -> FittedLines:
    """Return what stands at the top right: the team, the lines of the letterhead, telephone and e-mail.

    Where there is no room for all, the last lines of the letterhead give way to telephone and e-mail.
    """
    room = (RIGHT - LEFT) / 2 - 5
    parts = ((settings.team,), settings.letterhead.splitlines(), (settings.phone, settings.email))
    for size, leading, count in LETTERHEAD_SIZES:
        team, more, reach = (
            tuple(
                piece for line in map(plain, lines) if line for piece in _wrapped(fonts, line, Face.REGULAR, size, room)
            )
            for lines in parts
        )
        kept = max(count - len(team) - len(reach), 0)
        whole = (*team, *more[:kept], *reach)
        fitted = FittedLines(lines=whole[:count], size_pt=size, leading=leading, lost=(*more[kept:], *whole[count:]))
        if not fitted.lost:
            break
    return fitted


def fitted_footer(settings: LetterSettings, fonts: Fonts) -> FittedLines:
    """Return what stands at the foot: the sender's name and address, the KvK number and the footer's own line."""
    town = f"{settings.postcode}  {settings.city}".strip() if settings.city else ""
    kvk = f"KvK {settings.kvk}" if settings.kvk else ""
    details = [part for part in (settings.street, town, kvk) if part]
    own = plain(settings.footer)
    lines: list[str] = []
    if details or own:
        text = _DOT.join(part for part in (settings.organisation, *details) if part)
        # The page number stands at the right of the same line.
        room = RIGHT - LEFT - 28
        lines = [_DOT.join(part for part in (text, own) if part)]
        if fonts.width(lines[0], Face.REGULAR, FOOTER_PT) > room * PT_PER_MM:
            # The footer's own line is not torn: where it does not fit behind the rest, it begins beneath it.
            lines = [
                line for part in (text, own) if part for line in _wrapped(fonts, part, Face.REGULAR, FOOTER_PT, room)
            ]
    return FittedLines(
        lines=tuple(lines[:FOOTER_LINES]), size_pt=FOOTER_PT, leading=3.6, lost=tuple(lines[FOOTER_LINES:])
    )


def _wrapped(fonts: Fonts, text: str, face: Face, size: float, room_mm: float) -> list[str]:
    room = room_mm * PT_PER_MM

    def measure(part: str, at: float) -> float:
        return fonts.width(part, face, at)

    wrapped = wrap(text, width_pt=room, size_pt=size, measure=measure)
    return [part for line in wrapped for part in split_wide(line, room, lambda t: measure(t, size))]


class Sheet:
    """Draws letters on a canvas. Places are mm from the top left corner, as in `app.letters.layout`."""

    def __init__(self, canvas: "Canvas", fonts: Fonts, settings: LetterSettings) -> None:
        """Draw on this canvas, for this sender."""
        self.canvas = canvas
        self.fonts = fonts
        self.settings = settings

    def letter(self, content: LetterContent) -> None:
        """Draw a letter on as many pages as it needs, and end the last of them."""
        subject = self._wrapped(content.subject, Face.SEMIBOLD, WIDE.size_pt, RIGHT - LEFT)
        subject_y = SUBJECT_Y + self._reference_overflow(content)
        leading = WIDE.leading_pt / PT_PER_MM
        placed = set_letter(
            content, self.fonts.width, first_y=subject_y + SALUTATION_BELOW + (len(subject) - 1) * leading
        )
        for number, lines in enumerate(placed, start=1):
            if number == 1:
                self._letterhead()
                self._address(content)
                self._references(content)
                self._text(LEFT, subject_y, "Onderwerp", size=LABEL_PT, ink=MUTED)
                for place, text in enumerate(subject):
                    self._text(LEFT, subject_y + VALUE_BELOW + place * leading, text, face=Face.SEMIBOLD)
            else:
                self._next_page_head(content)
            self._body(lines)
            if len(placed) > 1:
                self._text(RIGHT, FOOTER_Y, f"Pagina {number} van {len(placed)}", size=LABEL_PT, ink=MUTED, to=-1)
            if number == 1:
                self._footer()
                self._fold_marks()
            self.canvas.showPage()

    def _letterhead(self) -> None:
        room = (RIGHT - LEFT) / 2
        name = self.settings.organisation
        size = next((s for s in (15.0, 13.0, 11.0) if self._width(name, Face.SEMIBOLD, s) <= room * PT_PER_MM), 9.0)
        for place, text in enumerate(self._wrapped(name, Face.SEMIBOLD, size, room)[:3]):
            self._text(LEFT, LETTERHEAD_Y + place * size * 0.44, text, face=Face.SEMIBOLD, size=size)
        fitted = fitted_letterhead(self.settings, self.fonts)
        for place, text in enumerate(fitted.lines):
            y = LETTERHEAD_Y - 1.4 + place * fitted.leading
            self._text(RIGHT, y, text, size=fitted.size_pt, ink=MUTED, to=-1)

    def _address(self, content: LetterContent) -> None:
        area = address_area(self.settings)
        fitted = fitted_address(content, self.settings, self.fonts)
        centre = (area.top + area.bottom) / 2
        # From the centre of the block to its first baseline: capitals reach 0.73 of the size above it.
        height = (len(fitted.lines) - 1) * fitted.leading_pt
        y = centre - (height / 2 - 0.73 * fitted.size_pt / 2) / PT_PER_MM
        for place, line in enumerate(fitted.lines):
            self._text(area.left, y + place * fitted.leading_pt / PT_PER_MM, line, size=fitted.size_pt)

    def _columns(self, content: LetterContent) -> list[tuple[str, list[str]]]:
        room = self._column_mm(content) - 4
        return [(label, self._wrapped(value, Face.REGULAR, VALUE_PT, room)[:3]) for label, value in content.references]

    def _column_mm(self, content: LetterContent) -> float:
        return (RIGHT - LEFT) / max(3, len(content.references))

    def _reference_overflow(self, content: LetterContent) -> float:
        return max((len(lines) - 1 for _, lines in self._columns(content)), default=0) * 4.2

    def _references(self, content: LetterContent) -> None:
        for place, (label, lines) in enumerate(self._columns(content)):
            x = LEFT + place * self._column_mm(content)
            self._text(x, REFERENCE_Y, label, size=LABEL_PT, ink=MUTED)
            for number, text in enumerate(lines):
                self._text(x, REFERENCE_Y + VALUE_BELOW + number * 4.2, text, size=VALUE_PT)

    def _body(self, lines: Iterable[PlacedLine]) -> None:
        for placed in lines:
            line = placed.line
            if line.bullet:
                self._text(LEFT, placed.y, line.bullet, size=line.size_pt)
            x = LEFT + line.indent_pt / PT_PER_MM
            if line.lead:
                self._text(x, placed.y, line.lead, face=Face.SEMIBOLD, size=line.size_pt)
                x += self._width(line.lead, Face.SEMIBOLD, line.size_pt) / PT_PER_MM
            self._text(x, placed.y, line.text, face=line.face, size=line.size_pt)

    def _next_page_head(self, content: LetterContent) -> None:
        known = " · ".join(value for _, value in content.references[:2])
        self._text(LEFT, LETTERHEAD_Y, self.settings.organisation, face=Face.SEMIBOLD, size=LABEL_PT)
        room = (RIGHT - LEFT) / 2 * PT_PER_MM
        fitting = shorten(
            known, width_pt=room, size_pt=LABEL_PT, measure=lambda text, size: self._width(text, Face.REGULAR, size)
        )
        self._text(RIGHT, LETTERHEAD_Y, fitting, size=LABEL_PT, ink=MUTED, to=-1)

    def _footer(self) -> None:
        fitted = fitted_footer(self.settings, self.fonts)
        for place, line in enumerate(fitted.lines):
            self._text(LEFT, FOOTER_Y + place * fitted.leading, line, size=fitted.size_pt, ink=MUTED)

    def _fold_marks(self) -> None:
        self.canvas.setStrokeColorRGB(*MUTED)
        self.canvas.setLineWidth(0.3)
        start, end = (x * PT_PER_MM for x in FOLD_MARK)
        for y in FOLD_YS:
            at = (PAGE_HEIGHT - y) * PT_PER_MM
            self.canvas.line(start, at, end, at)

    def _wrapped(self, text: str, face: Face, size: float, room_mm: float) -> list[str]:
        return _wrapped(self.fonts, text, face, size, room_mm)

    def _width(self, text: str, face: Face, size: float) -> float:
        return self.fonts.width(text, face, size)

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        face: Face = Face.REGULAR,
        size: float = WIDE.size_pt,
        ink: tuple[float, float, float] = INK,
        to: int = 1,
    ) -> None:
        """Draw one line from x to the right, or with `to` -1 so that it ends at x."""
        start = x * PT_PER_MM - (self._width(text, face, size) if to < 0 else 0.0)
        drawn = self.canvas.beginText(start, (PAGE_HEIGHT - y) * PT_PER_MM)
        drawn.setFillColorRGB(*ink)
        for font, run in self.fonts.runs(text, face):
            drawn.setFont(font, size)
            drawn.textOut(run)
        self.canvas.drawText(drawn)
