"""The test page: whether printer, envelope and settings agree, to be seen with the sheet in one's hand."""

from collections.abc import Iterator
from dataclasses import replace

from app.domain.letter import LetterSettings
from app.letters.artwork import Paper
from app.letters.fitting import wrapped
from app.letters.fonts import Face, Fonts
from app.letters.layout import (
    BODY_BOTTOM,
    FOLD_MARK,
    FOLD_YS,
    LEFT,
    PAGE_WIDTH,
    PT_PER_MM,
    RIGHT,
    WINDOW_BOTTOM,
    WINDOW_LEFT,
    WINDOW_TOP,
    WINDOW_WIDTH,
    has_return_line,
)
from app.letters.pen import INK, MUTED, Ink, Pen
from app.letters.sheet import Sheet

TITLE = "Testpagina"
# Six lines, as many as the window has to show.
SAMPLE_ADDRESS = (
    "Voorbeeldbedrijf B.V.",
    "Afdeling Verkoop",
    "t.a.v. mevrouw M. van Voorbeeld",
    "Voorbeeldstraat 12",
    "1234 AB  VOORBEELDSTAD",
    "NEDERLAND",
)
RULER_MM = 100
RULER_LEFT, RULER_TOP = 40.0, 166.0
_UPRIGHT_RULER_LEFT = 160.0
_STEPS_Y = 115.0
# Clear of the frame around it.
_TEXT_LEFT, _TEXT_WIDTH = LEFT + 2.0, RIGHT - LEFT - 4.0
_FOLDS = tuple(zip(FOLD_YS, ("envelop 110 × 220 mm (DL)", "envelop 162 × 229 mm (C5)"), strict=True))
_WINDOWS = {"left": "Venster links", "right": "Venster rechts"}
_FAINT: Ink = (0.72, 0.75, 0.76)
_DASH = 1.5
_TEXT_PT, _SMALL_PT = 9.0, 7.0
_LEADING = 4.4


def draw_test_page(pen: Pen, fonts: Fonts, settings: LetterSettings) -> None:
    """Draw the page of these settings and end it; the window that is set is drawn strong, the other one faint."""
    page = _Page(pen, fonts)
    page.text(_TEXT_LEFT, 21.0, TITLE, size=15.0, face=Face.SEMIBOLD)
    page.paragraph(27.5, "Druk dit blad af op ware grootte (100 %), op dezelfde printer als uw brieven.")
    page.frame(LEFT, 14.0, RIGHT, BODY_BOTTOM, is_strong=False)
    page.text(_TEXT_LEFT, BODY_BOTTOM - 1.2, "Tekst van de brief: 35 tot 185 mm", size=_SMALL_PT, ink=MUTED)
    for window, word in _WINDOWS.items():
        left, is_set = WINDOW_LEFT[window], window == settings.window
        page.frame(left, WINDOW_TOP, left + WINDOW_WIDTH, WINDOW_BOTTOM, is_strong=is_set)
        edges = (
            f"{left:.0f} tot {left + WINDOW_WIDTH:.0f} mm van links, {WINDOW_TOP:.0f} tot {WINDOW_BOTTOM:.0f} van boven"
        )
        said = f"{word}{', uw keuze' if is_set else ''}"
        page.text(left + 2.0, WINDOW_BOTTOM + 3.4, said, size=_SMALL_PT, face=Face.SEMIBOLD if is_set else Face.REGULAR)
        page.text(left + 2.0, WINDOW_BOTTOM + 6.4, edges, size=_SMALL_PT, ink=MUTED)
    bare = replace(settings, background="", logo="", signature="")
    Sheet(pen, fonts, Paper(bare)).address(SAMPLE_ADDRESS, language="nl-NL")
    start, end = FOLD_MARK
    for y, envelope in _FOLDS:
        pen.line((start, y), (end, y), width_pt=0.3, ink=INK)
        page.dashes((end + 2, y), (PAGE_WIDTH - start, y))
        page.text(_TEXT_LEFT, y - 1.0, f"Vouw op {y:.0f} mm: {envelope}", size=_SMALL_PT, ink=MUTED)
    y = _STEPS_Y
    for number, step in enumerate(_steps(settings), start=1):
        page.text(_TEXT_LEFT, y, f"{number}", size=_TEXT_PT, face=Face.SEMIBOLD)
        y = page.paragraph(y, step, indent=5.0) + 1.2
    page.rulers()
    pen.end_page()


def _steps(settings: LetterSettings) -> Iterator[str]:
    yield (
        f"Meet de twee linialen. Ze zijn allebei {RULER_MM} mm. Klopt dat niet, kies dan bij het afdrukken voor ware "
        "grootte, en niet voor passend maken."
    )
    yield "Vouw het blad bij het streepje van uw envelop, met de tekst naar buiten, en stop het erin."
    if settings.window != "none":
        line = " en de regel van de afzender" if has_return_line(settings) else ""
        yield (
            f"Tik de envelop op alle vier de kanten op tafel. Steeds moeten alle zes adresregels{line} te lezen zijn, "
            "en niets anders van het blad."
        )
    right = _shift(settings.offset_right_mm, "naar rechts", "naar links")
    down = _shift(settings.offset_down_mm, "omlaag", "omhoog")
    yield (
        "Staat het adres niet goed? Schuif het bij Instellingen, Envelop, en druk dit blad opnieuw af. "
        f"Nu is het adres {right} en {down} geschoven."
    )


def _shift(mm: float, forward: str, back: str) -> str:
    return f"{abs(mm):g} mm {forward if mm >= 0 else back}".replace(".", ",")


class _Page:
    """Draws what is on this page only; places are mm from the top left corner."""

    def __init__(self, pen: Pen, fonts: Fonts) -> None:
        self.pen, self.fonts = pen, fonts

    def text(
        self, x: float, y: float, text: str, *, size: float, face: Face = Face.REGULAR, ink: Ink = INK, to: int = 1
    ) -> None:
        """Draw a line from x to the right, or with `to` 0 with its middle there."""
        if to == 0:
            x -= self.fonts.width(text, face, size) / PT_PER_MM / 2
        self.pen.text(x, y, text, size_pt=size, face=face, ink=ink)

    def paragraph(self, y: float, text: str, *, indent: float = 0.0) -> float:
        """Draw a text over the width of a letter; returns the baseline of the next line."""
        for line in wrapped(self.fonts, text, Face.REGULAR, _TEXT_PT, _TEXT_WIDTH - indent):
            self.text(_TEXT_LEFT + indent, y, line, size=_TEXT_PT)
            y += _LEADING
        return y

    def frame(self, left: float, top: float, right: float, bottom: float, *, is_strong: bool) -> None:
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            if is_strong:
                self.pen.line(start, end, width_pt=1.0, ink=INK)
            else:
                self.dashes(start, end)

    def dashes(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a faint dashed line, level or upright."""
        (x1, y1), (x2, y2) = start, end
        length = max(abs(x2 - x1), abs(y2 - y1))
        for place in range(0, int(length / _DASH), 2):
            from_, to = place * _DASH / length, min((place + 1) * _DASH / length, 1.0)
            self.pen.line(
                (x1 + (x2 - x1) * from_, y1 + (y2 - y1) * from_),
                (x1 + (x2 - x1) * to, y1 + (y2 - y1) * to),
                width_pt=0.4,
                ink=_FAINT,
            )

    def rulers(self) -> None:
        """Draw one ruler level and one upright, a tick for each mm."""
        left, top, upright = RULER_LEFT, RULER_TOP, _UPRIGHT_RULER_LEFT
        self.pen.line((left, top), (left + RULER_MM, top), width_pt=0.5, ink=INK)
        self.pen.line((upright, top), (upright, top + RULER_MM), width_pt=0.5, ink=INK)
        for mm in range(RULER_MM + 1):
            length = 4.0 if mm % 10 == 0 else 3.0 if mm % 5 == 0 else 2.0
            self.pen.line((left + mm, top), (left + mm, top + length), width_pt=0.3, ink=INK)
            self.pen.line((upright, top + mm), (upright + length, top + mm), width_pt=0.3, ink=INK)
            if mm % 10 == 0:
                self.text(left + mm, top + 7.0, str(mm), size=_SMALL_PT, to=0)
                self.text(upright + 5.0, top + mm + 0.9, str(mm), size=_SMALL_PT)
        self.text(
            left, top + 12.0, f"Deze lijn is {RULER_MM} mm lang, en de lijn rechts ook.", size=_SMALL_PT, ink=MUTED
        )
