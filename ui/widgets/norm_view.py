"""The norms per size as a small table: two blocks beside each other, or one of the rows near a size."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.base.formatting import NBSP
from app.domain.certificate import Level
from app.domain.question import NORM_LEVELS, Norm
from ui.base import theme

_ROW = 20
_HEAD = 24
_GAP = 16
_PAD = 6
_MOST_IN_ONE = 4
_WIDEST = 360
_NUMBER = 60
# Narrower than this a number has no room for its sign.
_WITH_SIGN = 58
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class NormView(QWidget):
    """Draws the rows; the column of the level that matters stands out."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._rows: Sequence[Norm] = ()
        self._level: Level | None = None
        self._plain = theme.font(13, is_tabular=True)
        self._strong = theme.font(13, is_strong=True, is_tabular=True)
        self._small = theme.font(theme.SMALL_PX)
        self._metrics = QFontMetrics(self._plain)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Normen per aantal medewerkers")

    def show_norms(self, rows: Sequence[Norm], level: Level | None) -> None:
        """Show these rows, with the column of that level marked."""
        self._rows, self._level = rows, level
        self.setAccessibleDescription("; ".join(map(_spoken, rows)))
        self.setFixedHeight(_HEAD + _ROW * len(self._blocks()[0]) if rows else 0)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width at which both blocks can be read."""
        return QSize(_WIDEST, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the blocks."""
        if not self._rows:
            return
        painter = QPainter(self)
        blocks = self._blocks()
        width = min((self.width() - _GAP * (len(blocks) - 1)) // len(blocks), _WIDEST)
        for place, rows in enumerate(blocks):
            self._draw_block(painter, place * (width + _GAP), width, rows)

    def _blocks(self) -> tuple[Sequence[Norm], ...]:
        rows = self._rows
        if len(rows) <= _MOST_IN_ONE:
            return (rows,)
        middle = (len(rows) + 1) // 2
        return rows[:middle], rows[middle:]

    def _draw_block(self, painter: QPainter, left: int, width: int, rows: Sequence[Norm]) -> None:
        tokens = theme.current()
        number = min(_NUMBER, width // 4)
        places = {level: left + width - number * (len(NORM_LEVELS) - at) for at, level in enumerate(NORM_LEVELS)}
        if self._level in places:
            ground = QRect(places[self._level], 0, number, _HEAD + _ROW * len(rows))
            painter.fillRect(ground, QColor(tokens.selected))
        painter.setFont(self._small)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QRect(left, 0, width - number * len(NORM_LEVELS), _HEAD), _LEFT, "Mensen")
        for level, at in places.items():
            painter.drawText(QRect(at, 0, number - _PAD, _HEAD), _RIGHT, level.label)
        sign = f"{NBSP}%" if number >= _WITH_SIGN else ""
        for line, row in enumerate(rows):
            top = _HEAD + line * _ROW
            painter.setPen(QColor(tokens.line))
            painter.drawLine(left, top, left + width - 1, top)
            painter.setPen(QColor(tokens.text))
            painter.setFont(self._plain)
            room = QRect(left, top, width - number * len(NORM_LEVELS), _ROW)
            fits = self._metrics.horizontalAdvance(row.size_words) <= room.width()
            painter.drawText(room, _LEFT, row.size_words if fits else f"{row.size}+")
            for level, at in places.items():
                painter.setFont(self._strong if level is self._level else self._plain)
                painter.drawText(QRect(at, top, number - _PAD, _ROW), _RIGHT, f"{row.percent(level)}{sign}")


def _spoken(row: Norm) -> str:
    percents = ", ".join(f"{level.label} {row.percent(level)} procent" for level in NORM_LEVELS)
    return f"{row.size_words} mensen: {percents}"
