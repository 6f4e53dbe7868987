"""A page of a letter to look at: as large as fits or at its true size, with the folds, walked by keys."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea

from app.services.show_letter import FOLD_YS, PAGE_HEIGHT, PAGE_WIDTH
from ui.base import theme, tokens
from ui.widgets.sheet_view import SheetView, thin

_MM_PER_INCH = 25.4
_PATIENCE_MS = 150
# Room for the ring of the focus.
_EDGE = 3


class PageView(SheetView):
    """`turned` tells by how many sheets to go on, `left` that Esc was pressed, `resized` that the page has a new size.

    A page that no longer belongs to what is chosen fades until the right one is there.
    """

    turned = Signal(int)
    left = Signal()
    resized = Signal()

    def __init__(self) -> None:
        """Begin without a page."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._is_true_size = False
        self._has_folds = False
        self._is_faded = False
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.setInterval(_PATIENCE_MS)
        self._fading.timeout.connect(self._fade)

    @property
    def page(self) -> QImage | None:
        """The page that is shown, None when there is none."""
        return self._page

    def show_page(self, page: QImage | None) -> None:
        """Show a page; without one there is nothing to see."""
        self._page = page
        self._fading.stop()
        self._is_faded = False
        self.update()

    def await_page(self) -> None:
        """Keep what is shown for a blink, then show that it is not the right page any more."""
        if not self._is_faded:
            self._fading.start()

    def show_marks(self, window: tuple[float, float, float, float] | None, *, has_folds: bool) -> None:
        """Draw what the envelope shows (left, top, right, bottom in mm) and where the sheet is folded over the page."""
        self._has_folds = has_folds
        self.show_window(window)

    def set_true_size(self, is_true_size: bool) -> None:
        """Show the page as large as it will be on paper, or as large as fits."""
        self._is_true_size = is_true_size
        size = QSize(0, 0)
        if is_true_size:
            width = self._true_width()
            size = QSize(round(width), round(width * PAGE_HEIGHT / PAGE_WIDTH)) + QSize(2 * _EDGE, 2 * _EDGE)
        self.setMinimumSize(size)
        self.resized.emit()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, the folds, and a ring while it has the focus."""
        if self._page is None:
            return
        super().paintEvent(event)
        sheet = self._sheet()
        painter = QPainter(self)
        if self._has_folds:
            painter.setPen(thin(tokens.LIGHT.muted, Qt.PenStyle.DotLine))
            for y in FOLD_YS:
                height = sheet.top() + y / PAGE_WIDTH * sheet.width()
                painter.drawLine(QPointF(sheet.left(), height), QPointF(sheet.right(), height))
        if self._is_faded:
            veil = QColor(theme.current().page)
            veil.setAlphaF(0.6)
            painter.fillRect(sheet, veil)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.drawRoundedRect(sheet.adjusted(-2, -2, 2, 2), 3, 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp and PgDn turn the sheets, the arrows move over one, Esc goes back."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif not self._scroll(key):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a page of the new size."""
        super().resizeEvent(event)
        self.resized.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def _scroll(self, key: int) -> bool:
        viewport = self.parentWidget()
        area = viewport.parentWidget() if viewport else None
        if not isinstance(area, QScrollArea):
            return False
        down, aside = area.verticalScrollBar(), area.horizontalScrollBar()
        moves = {
            Qt.Key.Key_Down: (down, 1), Qt.Key.Key_Up: (down, -1), Qt.Key.Key_Right: (aside, 1),
            Qt.Key.Key_Left: (aside, -1),
        }  # fmt: skip
        if key not in moves:
            return False
        bar, way = moves[Qt.Key(key)]
        bar.setValue(bar.value() + way * 2 * bar.singleStep())
        return True

    def _fade(self) -> None:
        self._is_faded = True
        self.update()

    def _true_width(self) -> float:
        return PAGE_WIDTH / _MM_PER_INCH * self.logicalDpiX()

    def _sheet(self) -> QRectF:
        width = self._true_width()
        if not self._is_true_size:
            room = self.height() - 2 * _EDGE
            width = min(self.width() - 2.0 * _EDGE, room * PAGE_WIDTH / PAGE_HEIGHT)
        # On whole pixels of the screen, or every letter would be a little blurred.
        ratio = self.devicePixelRatioF()
        width = max(1, round(width * ratio)) / ratio
        left, top = round((self.width() - width) / 2 * ratio) / ratio, round(_EDGE * ratio) / ratio
        height = width * PAGE_HEIGHT / PAGE_WIDTH
        if self._page is not None and self._page.width() == round(width * ratio):
            height = self._page.height() / ratio
        return QRectF(left, top, width, height)
