"""The suppliers that fit what is typed, each with the part that fits marked; one Python paint per supplier."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.marks import find_marks
from app.domain.rows import LookUpMatch
from app.domain.verdict import Status
from ui.base import theme, tokens
from ui.models.row_table_model import Column, RowTableModel
from ui.widgets.cell_delegate import draw_chip

_HEIGHT = 60
_PAD = 14
_MARK_AND_EDGES = 31
_SELECTED = QStyle.StateFlag.State_Selected
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ELIDE = Qt.TextElideMode.ElideRight


class Hit(NamedTuple):
    """One line: who, the text in which it fits, and the status with its words; None while it is not judged."""

    match: LookUpMatch
    status: Status | None
    words: str


class HitList(QListView):
    """Walked by `walk`, so that the focus can stay in the box. `chosen` tells of a double click."""

    current_changed = Signal(object)
    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        """`name` is what a screen reader says."""
        super().__init__()
        self.setAccessibleName(name)
        self._model = RowTableModel([Column("hit", "", 0, _spoken)], lambda hit: hit.match.supplier_id)
        self._delegate = _HitDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.doubleClicked.connect(lambda _index: self.chosen.emit(self.current()))

    def show_hits(self, hits: Sequence[Hit], sought: str, *, current: str = "") -> None:
        """Show these, and go to the one with that key, else to the first."""
        self._delegate.sought = sought
        self._model.show(hits)
        place = max(0, self._model.place_of(current)) if current else 0
        if hits:
            self.setCurrentIndex(self._model.index(place, 0))
        else:
            self.current_changed.emit(None)

    def hits(self) -> Sequence[Hit]:
        """Return what is shown."""
        return self._model.rows

    def replace(self, hits: Sequence[Hit]) -> None:
        """Show the same suppliers with what is known of them by now; the current one stays."""
        self._model.rows = hits
        self.viewport().update()

    def current(self) -> Hit | None:
        """Return the current one."""
        index = self.currentIndex()
        return self._model.rows[index.row()] if index.isValid() else None

    def walk(self, step: int) -> None:
        """Go on or back, not past the ends."""
        last = len(self._model.rows) - 1
        if last >= 0:
            place = min(max(self.currentIndex().row() + step, 0), last)
            self.setCurrentIndex(self._model.index(place, 0))

    def _tell(self, current: QModelIndex) -> None:
        self.current_changed.emit(self._model.rows[current.row()] if current.isValid() else None)


class _HitDelegate(QStyledItemDelegate):
    """Draws a line; fonts and colours are made once per theme."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sought = ""
        self._tokens: tokens.Tokens | None = None
        self._strong, self._plain = theme.font(is_strong=True), theme.font(13)
        self._chip = theme.font(theme.SMALL_PX, is_strong=True)
        self._strong_metrics, self._plain_metrics = QFontMetrics(self._strong), QFontMetrics(self._plain)
        self._chip_metrics = QFontMetrics(self._chip)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the one height that every line has."""
        return QSize(200, _HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one supplier."""
        model = index.model()
        assert isinstance(model, RowTableModel)
        if self._tokens is not theme.current():
            self._take_colours(theme.current())
        hit: Hit = model.rows[index.row()]
        rect: QRect = option.rect
        if option.state & _SELECTED:
            painter.fillRect(rect, self._selected)
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), self._accent)
        painter.setPen(self._line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        upper = QRect(inner.left(), rect.top() + 9, inner.width(), 22)
        lower = QRect(inner.left(), rect.top() + 30, inner.width(), 20)
        if hit.status is not None:
            upper.setWidth(inner.width() - self._draw_status(painter, upper, hit.status, hit.words) - 8)
        self._draw(painter, upper, self._strong, self._strong_metrics, self._text, [(hit.match.name, True)])
        self._draw(painter, lower, self._plain, self._plain_metrics, self._muted, _below(hit.match))

    def _draw_status(self, painter: QPainter, inner: QRect, status: Status, words: str) -> int:
        width = min(self._chip_metrics.horizontalAdvance(words) + _MARK_AND_EDGES, inner.width() // 2)
        box = QRect(inner.right() - width + 1, inner.top(), width, inner.height())
        draw_chip(
            painter, box, status, words, self._chip_metrics, self._inks[status], self._grounds[status], self._chip
        )
        return width

    def _draw(
        self, painter: QPainter, box: QRect, font: QFont, metrics: QFontMetrics, ink: QColor, parts: "_Parts"
    ) -> None:
        """Draw parts behind each other; in those that may be marked, what was typed has a ground of its own."""
        painter.setFont(font)
        words = "".join(part for part, _may in parts)
        shown = words
        if metrics.horizontalAdvance(words) > box.width():
            shown = metrics.elidedText(words, _ELIDE, box.width())
        painter.setPen(self._text)
        begin = 0
        for part, may_be_marked in parts:
            for first, last in find_marks(part, self.sought) if may_be_marked and self.sought else ():
                left = box.left() + metrics.horizontalAdvance(shown[: begin + first])
                right = box.left() + metrics.horizontalAdvance(shown[: begin + last])
                painter.fillRect(left - 1, box.top() + 2, right - left + 2, box.height() - 4, self._marked)
            begin += len(part)
        painter.setPen(ink)
        painter.drawText(box, _LEFT, shown)

    def _take_colours(self, tokens: tokens.Tokens) -> None:
        self._tokens = tokens
        self._selected, self._accent, self._line = map(QColor, (tokens.selected, tokens.accent, tokens.line))
        self._text, self._muted, self._marked = map(QColor, (tokens.text, tokens.muted, tokens.marked))
        self._inks = {Status(status): QColor(pair.fore) for status, pair in tokens.statuses.items()}
        self._grounds = {Status(status): QColor(pair.back) for status, pair in tokens.statuses.items()}


_Parts = Sequence[tuple[str, bool]]


def _below(match: LookUpMatch) -> _Parts:
    """Say where the supplier fits; by name and place one reads where it is and how to reach it."""
    if match.matched in {"", "naam"}:
        return [(" · ".join(filter(None, (match.city, match.phone))), True)]
    parts = [(f"{match.city} · " if match.city and match.matched != "plaats" else "", True)]
    return [*parts, (f"{match.matched} ", False), (match.matched_text, True)]


def _spoken(hit: Hit) -> str:
    below = "".join(part for part, _may in _below(hit.match))
    return ", ".join(filter(None, (hit.match.name, below, hit.words)))
