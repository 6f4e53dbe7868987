"""What happened with a supplier, line by line: the day, a mark, what it was and a word more beneath it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.base.formatting import day_month
from app.domain.verdict import Status
from app.services.timeline import EntryKind, TimelineEntry
from ui.base import symbols, theme

_Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_WRAP = int(Qt.TextFlag.TextWordWrap)
_DAY = 84
_MARK = 14
_LEFT = _DAY + _MARK + 14
_PAD = 8
_TALLEST = 400
_LONGEST = 300
_OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_LIKE_STATUS = {
    EntryKind.PROMISE: Status.COMPLIANT,
    EntryKind.FOLLOW_UP: Status.BELOW_THRESHOLD,
    EntryKind.EXEMPTION: Status.EXEMPT,
    EntryKind.POSTPONEMENT: Status.POSTPONED,
    EntryKind.SET_ASIDE: Status.POSTPONED,
}


class TimelineList(QListView):
    """The entries, in the order given; `opened` tells the one that Enter or a double click chose."""

    opened = Signal(object)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setAccessibleName("Tijdlijn")
        self._entries = _Entries()
        self.setModel(self._entries)
        self.setItemDelegate(_EntryDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._entries.entries[index.row()]))

    def show_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show these; the place where the reader was stays."""
        if tuple(entries) == self._entries.entries:
            return
        place = self.currentIndex().row()
        self._entries.show(tuple(entries))
        if entries:
            self.setCurrentIndex(self._entries.index(min(max(place, 0), len(entries) - 1), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in _OPENS and self.currentIndex().isValid():
            self.opened.emit(self._entries.entries[self.currentIndex().row()])
        else:
            super().keyPressEvent(event)


class _Entries(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[TimelineEntry, ...] = ()

    def show(self, entries: tuple[TimelineEntry, ...]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        if role not in (_DISPLAY, _ACCESSIBLE):
            return None
        entry = self.entries[index.row()]
        return f"{_day(entry)}: {entry.title}. {entry.detail}"


class _EntryDelegate(QStyledItemDelegate):
    """Draws an entry; as high as its words need in the width that there is."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent
        self._title_font, self._small_font = theme.font(is_strong=True), theme.font(theme.SMALL_PX)
        self._title_metrics, self._small_metrics = QFontMetrics(self._title_font), QFontMetrics(self._small_font)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of title and detail."""
        title, detail = self._boxes(QRect(), self._entry(index))
        return QSize(self._width(), title.height() + detail.height() + 2 * _PAD + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one entry."""
        tokens = theme.current()
        rect: QRect = option.rect
        entry = self._entry(index)
        if option.state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            painter.fillRect(rect, QColor(tokens.selected))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        title, detail = self._boxes(rect, entry)
        painter.setFont(self._small_font)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(
            QRect(rect.left() + 4, title.top() + 1, _DAY, 20), int(Qt.AlignmentFlag.AlignLeft), _day(entry)
        )
        painter.drawText(detail, _WRAP, entry.detail)
        mark = QRectF(rect.left() + _DAY, title.top() + 2, _MARK, _MARK)
        _draw_mark(painter, entry.kind, mark, QColor(tokens.accent), QColor(tokens.line))
        painter.setFont(self._title_font)
        painter.setPen(QColor(tokens.text))
        painter.drawText(title, _WRAP, entry.title[:_LONGEST])

    def _boxes(self, rect: QRect, entry: TimelineEntry) -> tuple[QRect, QRect]:
        room = QRect(rect.left() + _LEFT, rect.top() + _PAD, max(80, self._width() - _LEFT - 8), _TALLEST)
        title = QRect(room)
        title.setHeight(self._title_metrics.boundingRect(room, _WRAP, entry.title[:_LONGEST]).height())
        detail = QRect(room)
        detail.setTop(title.bottom() + 2)
        height = self._small_metrics.boundingRect(detail, _WRAP, entry.detail).height() if entry.detail else 0
        detail.setHeight(height)
        return title, detail

    def _width(self) -> int:
        """With room for the scroll bar, there or not: it comes after the rows are measured, and words that then wrap
        once more would run into the next entry.
        """
        bar = self._view.verticalScrollBar().sizeHint().width()
        return self._view.maximumViewportSize().width() - bar

    def _entry(self, index: _Index) -> TimelineEntry:
        model = index.model()
        assert isinstance(model, _Entries)
        return model.entries[index.row()]


def _day(entry: TimelineEntry) -> str:
    return f"{day_month(entry.day)} {entry.day.year}"


def _draw_mark(painter: QPainter, kind: EntryKind, box: QRectF, ink: QColor, faint: QColor) -> None:
    if status := _LIKE_STATUS.get(kind):
        symbols.draw_status(painter, status, box.adjusted(1, 1, -1, -1), ink)
        return
    if kind is EntryKind.CERTIFICATE:
        symbols.draw_rungs(painter, 3, box.adjusted(0, 1, 0, -1), ink, faint)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_PATHS[kind](box))
    painter.restore()


def _envelope(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(box.adjusted(0, 2, 0, -2), 1, 1)
    path.moveTo(box.left(), box.top() + 3)
    path.lineTo(box.center())
    path.lineTo(box.right(), box.top() + 3)
    return path


def _balloon(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(box.adjusted(0, 1, 0, -4), 4, 4)
    path.moveTo(box.left() + 3, box.bottom() - 4)
    path.lineTo(box.left() + 3, box.bottom())
    path.lineTo(box.left() + 7, box.bottom() - 4)
    return path


def _arrow_in(box: QRectF) -> QPainterPath:
    middle = box.center().x()
    path = QPainterPath(QPointF(middle, box.top()))
    path.lineTo(middle, box.bottom() - 4)
    path.moveTo(middle - 4, box.bottom() - 8)
    path.lineTo(middle, box.bottom() - 4)
    path.lineTo(middle + 4, box.bottom() - 8)
    path.moveTo(box.left(), box.bottom() - 0.5)
    path.lineTo(box.right(), box.bottom() - 0.5)
    return path


def _pencil(box: QRectF) -> QPainterPath:
    path = QPainterPath(QPointF(box.left() + 1, box.bottom() - 1))
    path.lineTo(box.left() + 2, box.bottom() - 5)
    path.lineTo(box.right() - 4, box.top() + 1)
    path.lineTo(box.right() - 1, box.top() + 4)
    path.lineTo(box.left() + 5, box.bottom() - 2)
    path.closeSubpath()
    return path


_PATHS: dict[EntryKind, Callable[[QRectF], QPainterPath]] = {
    EntryKind.LETTER: _envelope,
    EntryKind.CALL: _balloon,
    EntryKind.IMPORT: _arrow_in,
    EntryKind.CHANGE: _pencil,
}
