"""One letter on its sheets: letterhead, address, references, text, footer, fold marks."""

from collections.abc import Iterable

from app.letters.artwork import LOGO_MM, SIGNATURE_MM, Paper
from app.letters.content import LetterContent
from app.letters.fitting import (
    LABEL_PT,
    PlacedReference,
    fitted_address,
    fitted_footer,
    fitted_letterhead,
    fitted_return_line,
    placed_references,
    value_y,
    wrapped,
)
from app.letters.fonts import Face, Fonts
from app.letters.layout import (
    CAPITALS,
    FOLD_MARK,
    FOLD_YS,
    FOOTER_Y,
    LEFT,
    LETTERHEAD_Y,
    LOGO_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PT_PER_MM,
    REFERENCE_Y,
    RETURN_BELOW,
    RETURN_RULE_BELOW,
    RIGHT,
    SALUTATION_BELOW,
    SUBJECT_Y,
    VALUE_BELOW,
    VALUE_LEADING,
    address_area,
    address_room,
    shorten,
)
from app.letters.pen import INK, MUTED, Ink, Pen
from app.letters.typeset import SIGNATURE_AIR_PT, WIDE, PlacedLine, set_letter
from app.letters.wording import wording_of


class Sheet:
    """Draws letters. Places are mm from the top left corner, as in `app.letters.layout`."""

    def __init__(self, pen: Pen, fonts: Fonts, paper: Paper) -> None:
        """Draw with this pen, for this sender."""
        self.pen = pen
        self.fonts = fonts
        self.paper = paper
        self.settings = paper.settings
        self._signature = paper.signature
        self._signature_mm = self._signature.fitted(*SIGNATURE_MM) if self._signature else (0.0, 0.0)

    def letter(self, content: LetterContent) -> None:
        """Draw a letter on as many pages as it needs, and end the last of them."""
        wording = wording_of(content.language)
        subject = self._wrapped(content.subject, Face.SEMIBOLD, WIDE.size_pt, RIGHT - LEFT)
        references = placed_references(content, self.fonts)
        subject_y = SUBJECT_Y + _overflow(references)
        leading = WIDE.leading_pt / PT_PER_MM
        placed = set_letter(
            content,
            self.fonts.width,
            first_y=subject_y + SALUTATION_BELOW + (len(subject) - 1) * leading,
            signature_mm=self._signature_mm[1],
        )
        has_letterhead = self.settings.has_drawn_letterhead
        for number, lines in enumerate(placed, start=1):
            if number == 1:
                if has_letterhead or self.paper.background:
                    self.pen.part("head", lambda pen: Sheet(pen, self.fonts, self.paper)._letterhead())
                self.address(content.address_lines, language=content.language)
                self._references(references)
                self._text(LEFT, subject_y, wording.subject, size=LABEL_PT, ink=MUTED)
                for place, text in enumerate(subject):
                    self._text(LEFT, subject_y + VALUE_BELOW + place * leading, text, face=Face.SEMIBOLD)
            else:
                if self.paper.background[1:]:
                    self.pen.part("next", lambda pen: Sheet(pen, self.fonts, self.paper)._background(1))
                self._next_page_head(content)
            self._body(lines)
            # The foot of a first page of one's own has its own words there.
            if len(placed) > 1 and (number > 1 or has_letterhead):
                page = wording.page.format(number, len(placed))
                self._text(RIGHT, FOOTER_Y, page, size=LABEL_PT, ink=MUTED, to=-1)
            if number == 1 and self.settings.paper != "preprinted":
                self.pen.part("foot", lambda pen: Sheet(pen, self.fonts, self.paper)._foot())
            self.pen.end_page()

    def _letterhead(self) -> None:
        """Draw what stands at the head of every letter, or lies under all of its first page."""
        if self.paper.background:
            self._background(0)
            return
        if logo := self.paper.logo:
            width, height = logo.fitted(*LOGO_MM)
            self.pen.show(logo, LEFT, LOGO_TOP, LEFT + width, LOGO_TOP + height)
        else:
            self._name()
        fitted = fitted_letterhead(self.settings, self.fonts)
        for place, text in enumerate(fitted.lines):
            y = LETTERHEAD_Y - 1.4 + place * fitted.leading
            self._text(RIGHT, y, text, size=fitted.size_pt, ink=MUTED, to=-1)

    def _background(self, page: int) -> None:
        self.pen.show(self.paper.background[page], 0, 0, PAGE_WIDTH, PAGE_HEIGHT)

    def _name(self) -> None:
        room = (RIGHT - LEFT) / 2
        name = self.settings.organisation
        size = next((s for s in (15.0, 13.0, 11.0) if self._width(name, Face.SEMIBOLD, s) <= room * PT_PER_MM), 9.0)
        for place, text in enumerate(self._wrapped(name, Face.SEMIBOLD, size, room)[:3]):
            self._text(LEFT, LETTERHEAD_Y + place * size * 0.44, text, face=Face.SEMIBOLD, size=size)

    def address(self, lines: tuple[str, ...], *, language: str) -> None:
        """Draw what the window of the envelope shows: who it comes from, and who it goes to."""
        area, room = address_area(self.settings), address_room(self.settings)
        sender = fitted_return_line(self.settings, self.fonts, language=language)
        for text in sender.lines:
            self._text(area.left, area.top + RETURN_BELOW, text, size=sender.size_pt, ink=MUTED)
            y = area.top + RETURN_RULE_BELOW
            end = area.left + self._width(text, Face.REGULAR, sender.size_pt) / PT_PER_MM
            self.pen.line((area.left, y), (end, y), width_pt=0.3, ink=MUTED)
        fitted = fitted_address(lines, self.settings, self.fonts)
        centre = (room.top + room.bottom) / 2
        # From the centre of the block to its first baseline.
        height = (len(fitted.lines) - 1) * fitted.leading_pt
        y = centre - (height / 2 - CAPITALS * fitted.size_pt / 2) / PT_PER_MM
        for place, line in enumerate(fitted.lines):
            self._text(area.left, y + place * fitted.leading_pt / PT_PER_MM, line, size=fitted.size_pt)

    def _references(self, references: Iterable[PlacedReference]) -> None:
        for item in references:
            self._text(item.x, item.y, item.label, size=LABEL_PT, ink=MUTED)
            for number, text in enumerate(item.lines):
                self._text(item.x, item.y + VALUE_BELOW + number * VALUE_LEADING, text, size=item.size_pt)

    def _body(self, lines: Iterable[PlacedLine]) -> None:
        for placed in lines:
            line = placed.line
            if line.bullet:
                self._text(LEFT, placed.y, line.bullet, size=line.size_pt)
            if line.is_signed and self._signature:
                width, height = self._signature_mm
                bottom = placed.y - (CAPITALS * line.size_pt + SIGNATURE_AIR_PT) / PT_PER_MM
                self.pen.show(self._signature, LEFT, bottom - height, LEFT + width, bottom)
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

    def _foot(self) -> None:
        """Draw the sender's footer and the fold marks."""
        fitted = fitted_footer(self.settings, self.fonts)
        for place, line in enumerate(fitted.lines):
            self._text(LEFT, FOOTER_Y + place * fitted.leading, line, size=fitted.size_pt, ink=MUTED)
        start, end = FOLD_MARK
        for y in FOLD_YS:
            self.pen.line((start, y), (end, y), width_pt=0.3, ink=MUTED)

    def _wrapped(self, text: str, face: Face, size: float, room_mm: float) -> list[str]:
        return wrapped(self.fonts, text, face, size, room_mm)

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
        ink: Ink = INK,
        to: int = 1,
    ) -> None:
        """Draw one line from x to the right, or with `to` -1 so that it ends at x."""
        if to < 0:
            x -= self._width(text, face, size) / PT_PER_MM
        self.pen.text(x, y, text, face=face, size_pt=size, ink=ink)


def _overflow(references: Iterable[PlacedReference]) -> float:
    """Return how far the references reach below one row of one line."""
    usual = REFERENCE_Y + VALUE_BELOW
    return max((value_y(item) for item in references), default=usual) - usual
