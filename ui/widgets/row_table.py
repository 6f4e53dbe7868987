"""The table of every screen: keyboard first, remembered columns, ticks with the space bar, Enter opens."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from ui.base.actions import Act, bind
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column, RowTableModel
from ui.widgets.cell_delegate import ROW_HEIGHT, CellDelegate, choice_at

_OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class RowTable(QTableView):
    """A table over a `RowTableModel`. `name` is its key in the remembered state.

    `opened` and `current_changed` give a row, `picked` a row with the place of the answer that was clicked in it,
    `typed` a letter that was typed on the table.
    """

    opened = Signal(object)
    picked = Signal(object, int)
    typed = Signal(str)
    current_changed = Signal(object)

    def __init__(
        self, name: str, title: str, columns: Sequence[Column], key_of: Callable[[Any], Any], state: WindowState
    ) -> None:
        """`title` is what a screen reader says."""
        super().__init__()
        self.rows_model = RowTableModel(columns, key_of)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._state = state
        self._left_out: Collection[str] = ()
        self.setModel(self.rows_model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        # Of the table's own it would ask at every paint, row by row, whether a whole column is selected.
        heads.setSelectionModel(QItemSelectionModel(self.rows_model, heads))
        heads.setSectionsMovable(True)
        heads.setSectionsClickable(True)
        heads.setSortIndicatorShown(True)
        heads.setSortIndicatorClearable(True)
        heads.sortIndicatorChanged.connect(self._sort)
        heads.sectionResized.connect(self._remember_widths)
        heads.sectionMoved.connect(self._remember_order)
        self._restore()
        bind(Act.SORT, self, self._ask_order)
        self.selectionModel().currentRowChanged.connect(self._tell_current)

    def show_rows(self, rows: Sequence[Any], *, keeps_place: bool = True) -> None:
        """Show these rows.

        The row that was current stays so, at the same height, when it is still there, else the first one becomes it.
        Where several rows were selected, those that are left stay so too.
        """
        kept = self.current_key() if keeps_place else None
        selected = {self.rows_model.key_at(place) for place in self._selected_places()} if keeps_place else set()
        above = self.currentIndex().row() - self.verticalScrollBar().value()
        self.rows_model.show(rows)
        self._make_current(kept)
        if kept is not None and kept == self.current_key():
            self.verticalScrollBar().setValue(self.currentIndex().row() - above)
            if len(selected) > 1:
                self._select(selected)

    def selected_rows(self) -> list[Any]:
        """Return the selected rows in the order shown."""
        return [self.rows_model.rows[place] for place in self._selected_places()]

    def leave_out(self, keys: Collection[str]) -> None:
        """Show every column but these."""
        self._left_out = frozenset(keys)
        self._fit_columns()

    def current_row(self) -> Any:
        """Return the current row, None when there is none."""
        index = self.currentIndex()
        return self.rows_model.rows[index.row()] if index.isValid() else None

    def current_key(self) -> Any:
        """Return the key of the current row, None when there is none."""
        index = self.currentIndex()
        return self.rows_model.key_at(index.row()) if index.isValid() else None

    def make_current(self, key: Any) -> None:
        """Go to a row, to the first one when it is not shown."""
        self._make_current(key)

    def shown_order(self) -> list[int]:
        """Return the places of the columns as the user put them, also of those left out for want of room."""
        heads = self.horizontalHeader()
        return [heads.logicalIndex(place) for place in range(heads.count())]

    def _ask_order(self) -> None:
        """Show by which columns the rows can be ordered; the one they are ordered by turns them round."""
        menu = QMenu(self)
        menu.setAccessibleName("Sorteren")
        heads, model = self.horizontalHeader(), self.rows_model
        for place, column in enumerate(model.columns):
            if column.sort and not heads.isSectionHidden(place):
                is_same = model.sorted_by == place
                turned = is_same and not model.is_descending
                order = Qt.SortOrder.DescendingOrder if turned else Qt.SortOrder.AscendingOrder
                choice = menu.addAction(f"{column.heading} {'↓' if turned else '↑'}" if is_same else column.heading)
                choice.triggered.connect(lambda _on=False, at=place, how=order: heads.setSortIndicator(at, how))
        menu.exec(self.mapToGlobal(heads.pos()))
        menu.deleteLater()

    def toggle_all(self) -> None:
        """Tick every shown row, or untick them when all were ticked."""
        model = self.rows_model
        keys = [model.key_at(place) for place in range(len(model.rows))]
        model.set_checked(keys, is_checked=not set(keys) <= model.checked)

    # -- keys and clicks ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, the space bar ticks, Ctrl+A ticks all."""
        has_ticks = any(column.kind is Cell.CHECK for column in self.rows_model.columns)
        if event.key() in _OPENS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.currentIndex().isValid():
                self.opened.emit(self.current_row())
        elif event.key() == Qt.Key.Key_Space and has_ticks:
            key = self.current_key()
            if key is not None:
                self.rows_model.set_checked([key], is_checked=key not in self.rows_model.checked)
        elif event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier and has_ticks:
            self.toggle_all()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Tell what is typed on the table, for a filter; Qt's own search goes through every cell of 100,000 rows."""
        self.typed.emit(search)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a box ticks it, one on an answer picks it."""
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if not index.isValid():
            return
        column = self.rows_model.columns[index.column()]
        if column.kind is Cell.CHOICE:
            row = self.rows_model.rows[index.row()]
            place = choice_at(self.visualRect(index), column, event.position())
            if place >= 0 and column.value and column.value(row) is not None:
                self.picked.emit(row, place)
        elif column.kind is Cell.CHECK:
            key = self.rows_model.key_at(index.row())
            self.rows_model.set_checked([key], is_checked=key not in self.rows_model.checked)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.rows_model.columns[index.column()].kind not in (Cell.CHECK, Cell.CHOICE):
            self.opened.emit(self.rows_model.rows[index.row()])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the columns that yield while the one that takes the rest would be too narrow to read."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        heads = self.horizontalHeader()
        columns = [
            (place, column) for place, column in enumerate(self.rows_model.columns) if column.key not in self._left_out
        ]
        for place, column in enumerate(self.rows_model.columns):
            is_out = column.key in self._left_out
            if is_out or not column.yields:
                heads.setSectionHidden(place, is_out)
        taken = sum(heads.sectionSize(place) or column.width for place, column in columns if column.width)
        least = next((column.least for _place, column in columns if column.width == 0), 0)
        for place, column in reversed(columns):
            if column.yields:
                is_tight = self.viewport().width() - taken < least
                taken -= column.width if is_tight else 0
                if heads.isSectionHidden(place) != is_tight:
                    heads.setSectionHidden(place, is_tight)

    # -- remembered ------------------------------------------------------------------------------------------------

    def _restore(self) -> None:
        heads = self.horizontalHeader()
        widths = self._state.get(f"{self.objectName()}.widths", {"": 0})
        keys = [column.key for column in self.rows_model.columns]
        for place, column in enumerate(self.rows_model.columns):
            heads.resizeSection(place, min(max(widths.get(column.key, column.width) or 160, 28), 1200))
        order = self._state.get(f"{self.objectName()}.order", [""])
        for target, key in enumerate(item for item in order if item in keys):
            heads.moveSection(heads.visualIndex(keys.index(str(key))), target)
        stretched = next((place for place, column in enumerate(self.rows_model.columns) if column.width == 0), None)
        if stretched is not None:
            heads.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        by = self._state.get(f"{self.objectName()}.sort", "")
        if by.lstrip("-") in keys:
            order_of = Qt.SortOrder.DescendingOrder if by.startswith("-") else Qt.SortOrder.AscendingOrder
            heads.setSortIndicator(keys.index(by.lstrip("-")), order_of)
        else:
            heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _remember_widths(self) -> None:
        heads = self.horizontalHeader()
        widths = {
            column.key: heads.sectionSize(place)
            for place, column in enumerate(self.rows_model.columns)
            if not heads.isSectionHidden(place)
        }
        known = self._state.get(f"{self.objectName()}.widths", {"": 0})
        self._state.set(f"{self.objectName()}.widths", {**known, **widths})

    def _remember_order(self) -> None:
        heads = self.horizontalHeader()
        columns = self.rows_model.columns
        self._state.set(
            f"{self.objectName()}.order", [columns[heads.logicalIndex(at)].key for at in range(len(columns))]
        )

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column >= 0 and self.rows_model.columns[column].kind is Cell.CHECK:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.toggle_all()
            return
        kept = self.current_key()
        self.rows_model.sort(column, order)
        self._make_current(kept)
        sign = "-" if order is Qt.SortOrder.DescendingOrder else ""
        self._state.set(
            f"{self.objectName()}.sort", f"{sign}{self.rows_model.columns[column].key}" if column >= 0 else ""
        )

    def _make_current(self, key: Any) -> None:
        place = self.rows_model.place_of(key) if key is not None else -1
        if place < 0 and self.rows_model.rows:
            place = 0
        if place >= 0:
            flags = QItemSelectionModel.SelectionFlag
            index = self.rows_model.index(place, 0)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            # Until then the table only scrolls as far as the rows of before went.
            self.updateGeometries()
            self.scrollTo(index)
        else:
            self.current_changed.emit(None)

    def _selected_places(self) -> list[int]:
        selection = self.selectionModel().selection()
        ranges = [selection.at(at) for at in range(selection.count())]
        return sorted({place for found in ranges for place in range(found.top(), found.bottom() + 1)})

    def _select(self, keys: Collection[Any]) -> None:
        model, selection = self.rows_model, QItemSelection()
        places = [place for place in range(len(model.rows)) if model.key_at(place) in keys]
        # In stretches: Qt is slow with thousands of single rows.
        begins = [place for at, place in enumerate(places) if not at or places[at - 1] != place - 1]
        ends = [place for at, place in enumerate(places) if at + 1 == len(places) or places[at + 1] != place + 1]
        for begin, end in zip(begins, ends, strict=True):
            selection.select(model.index(begin, 0), model.index(end, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.Select | flags.Rows)

    def _tell_current(self, current: QModelIndex) -> None:
        self.current_changed.emit(self.rows_model.rows[current.row()] if current.isValid() else None)
