"""The letter as anybody draws it with ReportLab's canvas: the peer of `letters_bench`.

The same words in the same places from the same content: both weights of the font inside, simpleSplit for the lines,
drawString for each; nothing kept from one letter to the next but the fonts themselves.
"""

import io
from collections.abc import Sequence

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.base.paths import shipped
from app.domain.letter import LetterSettings
from app.letters.content import BULLET, LetterContent
from app.letters.layout import (
    BODY_BOTTOM,
    FOLD_MARK,
    FOLD_YS,
    FOOTER_Y,
    LEFT,
    LETTERHEAD_Y,
    NEXT_PAGE_Y,
    PAGE_HEIGHT,
    PT_PER_MM,
    REFERENCE_Y,
    RIGHT,
    SALUTATION_BELOW,
    SUBJECT_Y,
    VALUE_BELOW,
)  # fmt: skip
from app.letters.pen import INK, MUTED

_REGULAR, _BOLD = "Plain-Regular", "Plain-SemiBold"
_TOP, _LEADING, _INDENT = 52.0, 14.2, 11.0


def register_fonts() -> None:
    """Make the fonts known to ReportLab, once."""
    for name, file in ((_REGULAR, "Inter-Regular.ttf"), (_BOLD, "Inter-SemiBold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(shipped("resources", "fonts", file))))


def plain_file(contents: Sequence[LetterContent], settings: LetterSettings) -> bytes:
    """Return letters as one PDF file."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(210 * PT_PER_MM, PAGE_HEIGHT * PT_PER_MM), pageCompression=1)
    canvas.setTitle(contents[0].title)
    canvas.setAuthor(settings.organisation)
    for content in contents:
        _Drawing(canvas, settings).letter(content)
    canvas.save()
    return stream.getvalue()


class _Drawing:
    def __init__(self, canvas: Canvas, settings: LetterSettings) -> None:
        self.canvas = canvas
        self.settings = settings
        self.y = 0.0

    def letter(self, content: LetterContent) -> None:
        self._frame()
        for place, line in enumerate(content.address_lines):
            self._text(LEFT, _TOP + place * 4.8, line)
        for place, (label, value) in enumerate(content.references):
            x = LEFT + place * (RIGHT - LEFT) / 3
            self._text(x, REFERENCE_Y, label, size=7.5, ink=MUTED)
            self._text(x, REFERENCE_Y + VALUE_BELOW, value, size=9)
        self._text(LEFT, SUBJECT_Y, "Onderwerp", size=7.5, ink=MUTED)
        self._text(LEFT, SUBJECT_Y + VALUE_BELOW, content.subject, font=_BOLD)
        self.y = SUBJECT_Y + SALUTATION_BELOW
        self._paragraph(content.salutation)
        for block in content.blocks:
            self.y += 3.7
            if block.heading:
                self._paragraph(block.heading, font=_BOLD)
            for paragraph in block.paragraphs:
                if paragraph.is_item:
                    self._item(paragraph.text)
                else:
                    self._paragraph(paragraph.text)
                self.y += 1.5
        for line in content.closing:
            self._paragraph(line)
        self.canvas.showPage()

    def _frame(self) -> None:
        settings = self.settings
        self._text(LEFT, LETTERHEAD_Y, settings.organisation, font=_BOLD, size=15)
        for place, line in enumerate(filter(None, (settings.team, settings.phone, settings.email))):
            self._text(RIGHT, LETTERHEAD_Y - 1.4 + place * 4.2, line, size=8.5, ink=MUTED, to_left=True)
        details = (settings.organisation, settings.street, f"{settings.postcode}  {settings.city}".strip())
        kvk = f"KvK {settings.kvk}" if settings.kvk else ""
        if settings.street:
            self._text(LEFT, FOOTER_Y, "   ·   ".join(filter(None, (*details, kvk))), size=7.5, ink=MUTED)
        self.canvas.setStrokeColorRGB(*MUTED)
        self.canvas.setLineWidth(0.3)
        start, end = (x * PT_PER_MM for x in FOLD_MARK)
        for y in ((PAGE_HEIGHT - fold) * PT_PER_MM for fold in FOLD_YS):
            self.canvas.line(start, y, end, y)

    def _paragraph(self, text: str, *, font: str = _REGULAR) -> None:
        for line in simpleSplit(text, font, 10, (RIGHT - LEFT) * PT_PER_MM):
            self._line(LEFT, line, font)

    def _item(self, text: str) -> None:
        x = LEFT + _INDENT / PT_PER_MM
        first, *rest = simpleSplit(text, _BOLD, 10, (RIGHT - LEFT) * PT_PER_MM - _INDENT)
        lead, colon, after = first.partition(": ")
        self._text(LEFT, self.y, BULLET)
        if colon:
            self._text(x, self.y, lead + colon, font=_BOLD)
            self._line(x + pdfmetrics.stringWidth(lead + colon, _BOLD, 10) / PT_PER_MM, after, _REGULAR)
        else:
            self._line(x, first, _REGULAR)
        for line in rest:
            self._line(x, line, _REGULAR)

    def _line(self, x: float, text: str, font: str) -> None:
        if self.y > BODY_BOTTOM:
            self.canvas.showPage()
            self.y = NEXT_PAGE_Y
        self._text(x, self.y, text, font=font)
        self.y += _LEADING / PT_PER_MM

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        font: str = _REGULAR,
        size: float = 10,
        ink: tuple[float, float, float] = INK,
        to_left: bool = False,
    ) -> None:
        self.canvas.setFillColorRGB(*ink)
        self.canvas.setFont(font, size)
        draw = self.canvas.drawRightString if to_left else self.canvas.drawString
        draw(x * PT_PER_MM, (PAGE_HEIGHT - y) * PT_PER_MM, text)
