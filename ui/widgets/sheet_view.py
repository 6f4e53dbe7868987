"""The sheet of a letter: its page as it will print, or a sketch of one, with what the envelope's window shows."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.sample_letter import SampleLetter
from app.services.show_letter import FOLD_YS, PAGE_HEIGHT, PAGE_WIDTH
from ui.base import theme, tokens
from ui.base.paper import as_image

_MARGIN_MM = 35.0
_PLAY_MM = 1.5
# Left, top and width in mm of the grey lines that stand for text where there is no letter.
_SKETCH = (
    (_MARGIN_MM, 18.0, 52.0), (150.0, 18.0, 35.0), (150.0, 23.0, 35.0),
    (_MARGIN_MM, 98.0, 30.0), (85.0, 98.0, 30.0), (135.0, 98.0, 30.0), (_MARGIN_MM, 116.0, 70.0),
    *((_MARGIN_MM, 132.0 + 6 * line, 150.0 if line % 5 else 96.0) for line in range(1, 20)),
    (_MARGIN_MM, 275.0, 110.0),
)  # fmt: skip


class SheetView(QWidget):
    """Paper is white in the dark too; what is drawn over it has the colours of the light look.

    `resized` tells that a page is to be drawn anew to be sharp.
    """

    resized = Signal()

    def __init__(self) -> None:
        """Begin as a sketch without a window."""
        super().__init__()
        self._page: QImage | None = None
        self._window: QRectF | None = None
        self.setAccessibleName("Voorbeeld van de brief")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def has_page(self) -> bool:
        """Whether a real letter is shown."""
        return self._page is not None

    @property
    def window_mm(self) -> QRectF | None:
        """What the window shows, in mm on the sheet; None without a window."""
        return self._window

    def show_sample(self, sample: SampleLetter) -> None:
        """Show a page instead of the sketch."""
        self._page = as_image(sample.page)
        self.show_window(sample.window)

    def show_window(self, edges_mm: tuple[float, float, float, float] | None) -> None:
        """Draw what the window of the envelope shows: left, top, right and bottom on the sheet; None for none."""
        self._window = None
        if edges_mm:
            left, top, right, bottom = edges_mm
            self._window = QRectF(left, top, right - left, bottom - top)
        self.update()

    def page_width_px(self) -> int:
        """Return how many pixels wide the page is drawn, as sharp as the screen is."""
        return max(1, round(self._sheet().width() * self.devicePixelRatioF()))

    def sizeHint(self) -> QSize:
        """Return a size at which a letter can be read."""
        return QSize(480, 680)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the page drawn anew."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper, page or sketch, and the window."""
        sheet = self._sheet()
        painter = QPainter(self)
        painter.fillRect(sheet, Qt.GlobalColor.white)
        if self._page:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            # Pixel for pixel where it has the right size, as it does but for a blink after a resize.
            height = round(self._page.height() / self._page.width() * sheet.width())
            painter.setClipRect(sheet)
            painter.drawImage(QRectF(sheet.left(), sheet.top(), sheet.width(), height), self._page)
        painter.save()
        painter.translate(sheet.topLeft())
        painter.scale(sheet.width() / PAGE_WIDTH, sheet.width() / PAGE_WIDTH)
        if not self._page:
            self._draw_sketch(painter)
        if self._window:
            painter.setPen(thin(tokens.LIGHT.accent, Qt.PenStyle.DashLine))
            # Clear of the letters, which begin at its very edge.
            painter.drawRect(self._window.adjusted(-_PLAY_MM, -_PLAY_MM, _PLAY_MM, _PLAY_MM))
        painter.restore()
        painter.setPen(QPen(QColor(theme.current().line), 1))
        painter.drawRect(sheet.adjusted(0.5, 0.5, -0.5, -0.5))

    def _draw_sketch(self, painter: QPainter) -> None:
        for left, top, width in _SKETCH:
            painter.fillRect(QRectF(left, top, width, 1.6), QColor(tokens.LIGHT.line))
        if self._window:
            for line in range(4):
                place = self._window.topLeft() + QPointF(4, 6 + 6 * line)
                painter.fillRect(QRectF(place.x(), place.y(), 44 - 6 * line, 1.6), QColor(tokens.LIGHT.muted))
        painter.setPen(thin(tokens.LIGHT.muted, Qt.PenStyle.DotLine))
        for y in FOLD_YS:
            painter.drawLine(QPointF(0, y), QPointF(PAGE_WIDTH, y))

    def _sheet(self) -> QRectF:
        # On whole pixels, or every letter would be a little blurred.
        width = max(1, int(min(float(self.width()), self.height() * PAGE_WIDTH / PAGE_HEIGHT)))
        return QRectF((self.width() - width) // 2, 0, width, int(width * PAGE_HEIGHT / PAGE_WIDTH))


def thin(code: str, style: Qt.PenStyle) -> QPen:
    """Return a pen for marks over a page, in a colour of the theme."""
    pen = QPen(QColor(code), 1.2, style)
    # Drawn in mm; the line keeps its width on the screen.
    pen.setCosmetic(True)
    return pen
