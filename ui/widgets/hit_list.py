"""The suppliers that fit what is typed, each with the part that fits marked; one Python paint per supplier."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.marks import find_marks
from app.domain.rows import LookUpMatch
from app.domain.verdict import Status
from ui.base import theme, tokens
from ui.models.row_table_model import RowTableModel
from ui.widgets.cell_delegate import draw_chip
from ui.widgets.walked_list import WalkedList

_HEIGHT = 60
_PAD = 14
_MARK_AND_EDGES = 31
_SELECTED = QStyle.StateFlag.State_Selected
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ELIDE = Qt.TextElideMode.ElideRight


class Hit(NamedTuple):
    """One line: who, the text in which it fits, and the status with its words; None while it is not judged.

    A line about a conversation says in `about` what it was, and names the note: a draft, or one that is finished.
    """

    match: LookUpMatch
    status: Status | None
    words: str
    about: str = ""
    draft_id: str = ""
    note_id: str = ""

    @property
    def key(self) -> str:
        """What the line is known by."""
        return self.draft_id or self.note_id or self.match.supplier_id


class HitList(WalkedList[Hit]):
    """The suppliers that were found. `chosen` tells of a double click."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        """`name` is what a screen reader says."""
        super().__init__(name, spoken=_spoken, key_of=lambda hit: hit.key, delegate=_HitDelegate())
        self.doubleClicked.connect(lambda _index: self.chosen.emit(self.current()))


class _HitDelegate(QStyledItemDelegate):
    """Draws a line; fonts and colours are made once per theme."""

    def __init__(self) -> None:
        super().__init__()
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
        marked = hit.match.marked
        self._draw(painter, upper, self._strong, self._strong_metrics, self._text, [(hit.match.name, True)], marked)
        self._draw(painter, lower, self._plain, self._plain_metrics, self._muted, _below(hit), marked)

    def _draw_status(self, painter: QPainter, inner: QRect, status: Status, words: str) -> int:
        width = min(self._chip_metrics.horizontalAdvance(words) + _MARK_AND_EDGES, inner.width() // 2)
        box = QRect(inner.right() - width + 1, inner.top(), width, inner.height())
        draw_chip(
            painter, box, status, words, self._chip_metrics, self._inks[status], self._grounds[status], self._chip
        )
        return width

    def _draw(
        self,
        painter: QPainter,
        box: QRect,
        font: QFont,
        metrics: QFontMetrics,
        ink: QColor,
        parts: "_Parts",
        marked: str,
    ) -> None:
        """Draw parts behind each other; in those that may be marked, what fits has a ground of its own."""
        painter.setFont(font)
        words = "".join(part for part, _may in parts)
        shown = words
        if metrics.horizontalAdvance(words) > box.width():
            shown = metrics.elidedText(words, _ELIDE, box.width())
        painter.setPen(self._text)
        begin = 0
        for part, may_be_marked in parts:
            for first, last in find_marks(part, marked) if may_be_marked and marked else ():
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


def _below(hit: Hit) -> _Parts:
    """Say where the supplier fits; by name and place one reads where it is and how to reach it."""
    match = hit.match
    if hit.about:
        return [(hit.about, False)]
    ended = "beëindigd" if match.is_ended else ""
    if match.matched in {"", "naam"}:
        return [(" · ".join(filter(None, (ended, match.city, match.phone))), True)]
    city = match.city if match.matched != "plaats" else ""
    before = "".join(f"{part} · " for part in (ended, city) if part)
    return [(before, True), (f"{match.matched} ", False), (match.matched_text, True)]


def _spoken(hit: Hit) -> str:
    below = "".join(part for part, _may in _below(hit))
    return ", ".join(filter(None, (hit.match.name, below, hit.words)))
