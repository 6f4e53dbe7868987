"""The steps of a job as pills: what is done, where one is, what comes."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.base import theme

_HEIGHT = 28
_PAD = 14
_GAP = 8


class StepPills(QWidget):
    """Says where one is; the way there is by the actions of the step."""

    def __init__(self, steps: Sequence[str]) -> None:
        """Begin at the first of these steps."""
        super().__init__()
        self._steps = tuple(steps)
        self._current = 0
        self.setFixedHeight(_HEIGHT)
        self.show_step(0)

    def show_step(self, place: int) -> None:
        """Show which step is taken now."""
        self._current = place
        self.setAccessibleName(f"Stap {place + 1} van {len(self._steps)}: {self._steps[place]}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for all of them."""
        return QSize(sum(self._widths()) + _GAP * (len(self._steps) - 1), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never cut a step short."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pills: a step that is done also bears a tick."""
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(13, is_strong=True))
        left = 0
        for place, width in enumerate(self._widths()):
            if place == self._current:
                fore, back = tokens.on_accent, tokens.accent
            elif place < self._current:
                fore, back = tokens.good.fore, tokens.good.back
            else:
                fore, back = tokens.muted, tokens.hover
            box = QRectF(left, 0, width, _HEIGHT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(back))
            painter.drawRoundedRect(box, _HEIGHT / 2, _HEIGHT / 2)
            painter.setPen(QColor(fore))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._words(place))
            left += width + _GAP

    def _words(self, place: int) -> str:
        return f"{place + 1} {self._steps[place]}{' ✓' if place < self._current else ''}"

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(theme.font(13, is_strong=True))
        return [metrics.horizontalAdvance(self._words(place)) + 2 * _PAD for place in range(len(self._steps))]
