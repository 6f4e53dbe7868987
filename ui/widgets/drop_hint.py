"""What is shown while something is dragged over the window: what happens when it is let go here."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.base import theme

_EDGE = 12
_BAND_HEIGHT = 72
_RADIUS = 10


class DropHint(QWidget):
    """Lies over a part of the window and lets everything through."""

    def __init__(self, over: QWidget) -> None:
        """Begin unseen, as large as what it lies over."""
        super().__init__(over)
        self._over = over
        self._words = ""
        self._is_welcome = True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over.installEventFilter(self)
        self.hide()

    def say(self, words: str, *, is_welcome: bool) -> None:
        """Show what will happen; `is_welcome` tells whether what is dragged can be used."""
        self._words, self._is_welcome = words, is_welcome
        self.setAccessibleName(words)
        self.resize(self._over.size())
        self.raise_()
        self.show()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what it lies over."""
        if event.type() is QEvent.Type.Resize:
            self.resize(self._over.size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a border where it can be let go, and a band with the words."""
        tokens = theme.current()
        pair = tokens.good if self._is_welcome else tokens.warning
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(tokens.page)
        ground.setAlphaF(0.7)
        painter.fillRect(self.rect(), ground)
        frame = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        painter.setPen(QPen(QColor(pair.fore), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        band = QRectF(frame.left(), frame.center().y() - _BAND_HEIGHT / 2, frame.width(), _BAND_HEIGHT)
        band.adjust(_EDGE, 0, -_EDGE, 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(pair.back))
        painter.drawRoundedRect(band, _RADIUS, _RADIUS)
        painter.setPen(QColor(pair.fore))
        painter.setFont(theme.font(18, is_strong=True))
        painter.drawText(band, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._words)
