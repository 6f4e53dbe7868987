"""What the sheet is drawn with: text and lines in mm from the top left corner of A4, on page after page."""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Protocol, TypeAlias

from app.letters.drawable import Drawable
from app.letters.fonts import Face, Fonts
from app.letters.layout import PAGE_HEIGHT, PAGE_WIDTH, PT_PER_MM

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Ink: TypeAlias = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""

INK: Ink = (0.09, 0.11, 0.12)
MUTED: Ink = (0.40, 0.44, 0.46)


class Pen(Protocol):
    """Draws; sizes of type and widths of lines in points."""

    def text(self, x: float, y: float, text: str, *, size_pt: float, face: Face = Face.REGULAR, ink: Ink = INK) -> None:
        """Draw one line of text from its baseline's beginning; what no font has becomes a box."""

    def line(self, start: tuple[float, float], end: tuple[float, float], *, width_pt: float, ink: Ink) -> None:
        """Draw a straight line."""

    def part(self, name: str, draw: "Callable[[Pen], None]") -> None:
        """Show what `draw` draws with the pen it is given.

        Of one sender it is the same on every page of every letter that shows a part of this name.
        """

    def show(self, drawable: Drawable, left: float, top: float, right: float, bottom: float) -> None:
        """Draw a picture or a page of one's own over a rectangle; a file holds it once."""

    def end_page(self) -> None:
        """Be done with a page."""


def new_canvas(stream: BytesIO, *, title: str, author: str, language: str) -> "Canvas":
    """Return a canvas of A4 pages for a file that says what it is, and gives the same bytes every time.

    It asks for one-sided printing: two suppliers must not share a sheet. `language` is a BCP 47 tag.
    """
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    # Wrapping compressed streams in printable characters makes them a quarter longer and serves nobody.
    rl_config.useA85 = 0
    # ReportLab would also name its own Helvetica, which it does not put into the file.
    canvas = Canvas(
        stream,
        pagesize=(PAGE_WIDTH * PT_PER_MM, PAGE_HEIGHT * PT_PER_MM),
        pageCompression=1,
        invariant=1,
        initialFontName=Face.REGULAR.value,  # type: ignore[arg-type]  # the stubs take it for a number
        # Printing one-sided is asked for since this version, and a page of one's own may be as new.
        pdfVersion=(1, 7),
        lang=language,
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setCreator("Tredewijzer")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setViewerPreference("Duplex", "Simplex")
    canvas.setViewerPreference("PrintScaling", "None")
    return canvas


class CanvasPen:
    """Draws on ReportLab's canvas, which puts all there is into the file by itself: the plain path."""

    def __init__(self, canvas: "Canvas", fonts: Fonts) -> None:
        """Draw on this canvas, from where it is."""
        self.canvas = canvas
        self.fonts = fonts
        self._parts: set[str] = set()

    def text(self, x: float, y: float, text: str, *, size_pt: float, face: Face = Face.REGULAR, ink: Ink = INK) -> None:
        """Draw in one run per font."""
        drawn = self.canvas.beginText(x * PT_PER_MM, (PAGE_HEIGHT - y) * PT_PER_MM)
        drawn.setFillColorRGB(*ink)
        for font, run in self.fonts.runs(text, face):
            drawn.setFont(font, size_pt)
            drawn.textOut(run)
        self.canvas.drawText(drawn)

    def line(self, start: tuple[float, float], end: tuple[float, float], *, width_pt: float, ink: Ink) -> None:
        """Draw with the canvas's own line."""
        self.canvas.setStrokeColorRGB(*ink)
        self.canvas.setLineWidth(width_pt)
        (x1, y1), (x2, y2) = start, end
        self.canvas.line(x1 * PT_PER_MM, (PAGE_HEIGHT - y1) * PT_PER_MM, x2 * PT_PER_MM, (PAGE_HEIGHT - y2) * PT_PER_MM)

    def part(self, name: str, draw: Callable[[Pen], None]) -> None:
        """Keep it as a form: drawn once in the file, shown on every page."""
        if name not in self._parts:
            self._parts.add(name)
            self.canvas.beginForm(name)
            draw(self)
            self.canvas.endForm()
        self.canvas.doForm(name)

    def show(self, drawable: Drawable, left: float, top: float, right: float, bottom: float) -> None:
        """Put it on the canvas."""
        drawable.put(
            self.canvas,
            x=left * PT_PER_MM,
            y=(PAGE_HEIGHT - bottom) * PT_PER_MM,
            width=(right - left) * PT_PER_MM,
            height=(bottom - top) * PT_PER_MM,
        )

    def end_page(self) -> None:
        """Begin a new one."""
        self.canvas.showPage()
