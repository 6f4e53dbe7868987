"""The big box to look somebody up in: the arrow keys walk the results while the focus stays here."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from ui.base import theme
from ui.widgets.line_edit import LineEdit

_HEIGHT = 60
_PAD = 16
_CAP_PAD = 6
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class SearchBox(LineEdit):
    """Esc empties it. `walked` tells how many results to go on or back."""

    walked = Signal(int)

    def __init__(self, name: str, *, hint: str, aside: str) -> None:
        """`hint` stands in the empty box, `aside` at the right while something is typed."""
        super().__init__(name, hint=hint, clears=True)
        self._aside = aside
        self._small = theme.font()
        self._cap = theme.font(11)
        for font in (self._small, self._cap):
            # Else it would be as heavy as what is typed.
            font.setWeight(QFont.Weight.Normal)
        metrics, cap = QFontMetrics(self._small), QFontMetrics(self._cap)
        self._cap_width = cap.horizontalAdvance("Esc") + 2 * _CAP_PAD
        self._empty_width = metrics.horizontalAdvance(" leeg")
        self._aside_width = metrics.horizontalAdvance(aside)
        self.setProperty("role", "search")
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._make_room)
        self._make_room("")

    def sizeHint(self) -> QSize:
        """Return the height of the box."""
        return QSize(640, _HEIGHT)

    def settle(self) -> None:
        """Take what stands here as given: Ctrl+Z is then the register's again."""
        self.blockSignals(True)
        self.setText(self.text())
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the results; the rest is typing."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.walked.emit(step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is typed, and what can be typed at the right of it."""
        super().paintEvent(event)
        if not self.text():
            return
        painter = QPainter(self)
        muted = QColor(theme.current().muted)
        painter.setPen(muted)
        painter.setFont(self._small)
        right = self.width() - _PAD
        middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        left = right - self._empty_width
        painter.drawText(QRect(left, 0, self._empty_width, self.height()), middle, " leeg")
        cap = QRect(left - self._cap_width, (self.height() - 20) // 2, self._cap_width, 20)
        left = cap.left() - 12 - self._aside_width
        painter.drawText(QRect(left, 0, self._aside_width, self.height()), middle, self._aside)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().line)))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(muted)
        painter.setFont(self._cap)
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), "Esc")

    def _make_room(self, text: str) -> None:
        taken = self._aside_width + self._cap_width + self._empty_width + 12 if text else 0
        if self.textMargins().right() != taken:
            self.setTextMargins(0, 0, taken, 0)
