"""Chips: a status as colour, mark and word; and status chips with counts that filter a table."""

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.base.formatting import number
from app.domain.verdict import Status
from ui.base import symbols, theme
from ui.widgets.wrapping import WrappingLayout

# A status, or what else looks like one (`theme.chips`).
K = TypeVar("K", bound=str)

_HEIGHT = 26
_MARK = 10
_PAD = 10
_GAP = 7


class StatusChip(QWidget):
    """The status of one supplier."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._status: Status | None = None
        self._words = ""
        self.setFixedHeight(_HEIGHT + 4)

    def show_status(self, status: Status | None, words: str = "") -> None:
        """Show a status, in other words when these are given."""
        self._status = status
        self._words = words or (status.label if status else "")
        self.setAccessibleName(self._words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for mark and words."""
        metrics = QFontMetrics(theme.font(13, is_strong=True))
        return QSize(metrics.horizontalAdvance(self._words) + _MARK + 2 * _PAD + 8, _HEIGHT + 4)

    def minimumSizeHint(self) -> QSize:
        """Never cut a status short."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill."""
        if self._status is None:
            return
        painter = QPainter(self)
        hint = self.sizeHint()
        box = QRectF(0, (self.height() - _HEIGHT) / 2, hint.width(), _HEIGHT)
        _draw_pill(painter, box, self._status, self._words, 13)


class FilterChip(QAbstractButton, Generic[K]):
    """One status with its count; on when it filters."""

    def __init__(self, status: K, words: str) -> None:
        """Begin at nought."""
        super().__init__()
        self.status = status
        self._words = words
        self._count = 0
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show how many suppliers have the status."""
        self._count = count
        self.setText(f"{self._words} {number(count)}")
        self.setAccessibleName(f"{self._words}: {number(count)}")
        self.setToolTip(f"Toon alleen: {self._words.casefold()} (spatiebalk)")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for mark, words and count."""
        words = QFontMetrics(theme.font(theme.SMALL_PX, is_strong=True)).horizontalAdvance(self._words)
        count = QFontMetrics(theme.font(theme.SMALL_PX)).horizontalAdvance(number(self._count))
        return QSize(words + _GAP + count + _MARK + 2 * _PAD + 8, _HEIGHT + 4)

    def minimumSizeHint(self) -> QSize:
        """Never cut a count short."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill, with a border while it filters and a ring while it has the focus."""
        painter = QPainter(self)
        box = QRectF(2, 2, self.width() - 4, self.height() - 4)
        ink = QColor(theme.current().chips()[self.status].fore)
        _draw_pill(painter, box, self.status, self._words, theme.SMALL_PX)
        # Lighter than the words, which may end in a number too.
        painter.setFont(theme.font(theme.SMALL_PX))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(box.adjusted(0, 0, -_PAD, 0), right, number(self._count))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(ink, 2))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.current().text), 1.5, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 14, 14)


class FilterChips(QWidget, Generic[K]):
    """A row of chips; several together show any of them, none shows all."""

    changed = Signal()

    def __init__(self, statuses: Sequence[tuple[K, str]]) -> None:
        """`statuses` with the words on their chips, in the order shown."""
        super().__init__()
        layout = WrappingLayout(self, gap=4)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.chips = [FilterChip(status, words) for status, words in statuses]
        for chip in self.chips:
            chip.toggled.connect(lambda _on: self.changed.emit())
            layout.addWidget(chip)

    def chosen(self) -> frozenset[K]:
        """Return the statuses that filter; empty when none does."""
        return frozenset(chip.status for chip in self.chips if chip.isChecked())

    def choose(self, statuses: frozenset[K]) -> None:
        """Set which statuses filter, and tell it once."""
        for chip in self.chips:
            chip.blockSignals(True)
            chip.setChecked(chip.status in statuses)
            chip.blockSignals(False)
            chip.update()
        self.changed.emit()

    def show_counts(self, counts: Mapping[K, int]) -> None:
        """Show how many suppliers each status has."""
        for chip in self.chips:
            chip.show_count(counts.get(chip.status, 0))


def _draw_pill(painter: QPainter, box: QRectF, status: str, words: str, size_px: int) -> None:
    pair = theme.current().chips()[status]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(pair.back))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    mark = QRectF(box.left() + _PAD, box.center().y() - _MARK / 2, _MARK, _MARK)
    symbols.draw_status(painter, status, mark, QColor(pair.fore))
    painter.setPen(QColor(pair.fore))
    painter.setFont(theme.font(size_px, is_strong=True))
    room = QRect(int(mark.right()) + 6, int(box.top()), int(box.right() - mark.right()) - 6, int(box.height()))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
