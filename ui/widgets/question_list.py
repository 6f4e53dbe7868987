"""The questions that fit what is typed, one line each, with what fits marked."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.marks import find_marks
from app.services.questions import Answer
from ui.base import theme
from ui.models.row_table_model import RowTableModel
from ui.widgets.walked_list import WalkedList

_HEIGHT = 32
_PAD = 12
_SELECTED = QStyle.StateFlag.State_Selected
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class QuestionList(WalkedList[Answer]):
    """The questions."""

    def __init__(self, name: str) -> None:
        """`name` is what a screen reader says."""
        self._drawn = _QuestionDelegate()
        super().__init__(
            name, spoken=lambda answer: answer.question, key_of=lambda item: item.key, delegate=self._drawn
        )

    def show_answers(self, answers: Sequence[Answer], sought: str, *, current: str = "") -> None:
        """Show these with what was typed marked, and go to the one with that key, else to the first."""
        self._drawn.sought = sought
        self.show_lines(answers, current=current)


class _QuestionDelegate(QStyledItemDelegate):
    """Draws a line; the whole of what does not fit is in its tip."""

    def __init__(self) -> None:
        super().__init__()
        self.sought = ""
        self._plain, self._strong = theme.font(), theme.font(is_strong=True)
        self._plain_metrics, self._strong_metrics = QFontMetrics(self._plain), QFontMetrics(self._strong)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the one height that every line has."""
        return QSize(200, _HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one question."""
        model = index.model()
        assert isinstance(model, RowTableModel)
        tokens = theme.current()
        rect: QRect = option.rect
        is_current = bool(option.state & _SELECTED)
        if is_current:
            painter.fillRect(rect, QColor(tokens.selected))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(tokens.accent))
        font, metrics = (self._strong, self._strong_metrics) if is_current else (self._plain, self._plain_metrics)
        box = rect.adjusted(_PAD, 0, -_PAD, 0)
        words = model.rows[index.row()].question
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        for first, last in find_marks(shown, self.sought) if self.sought else ():
            left = box.left() + metrics.horizontalAdvance(shown[:first])
            right = box.left() + metrics.horizontalAdvance(shown[:last])
            painter.fillRect(left - 1, box.top() + 6, right - left + 2, box.height() - 12, QColor(tokens.marked))
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        painter.drawText(box, _LEFT, shown)
