"""A list of lines that is walked from a box elsewhere: the focus stays where one types."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate

from ui.models.row_table_model import Column, RowTableModel

R = TypeVar("R")


class WalkedList(QListView, Generic[R]):
    """Shows lines of one kind; `current_changed` tells the one that is current, None when there is none."""

    current_changed = Signal(object)

    def __init__(
        self, name: str, *, spoken: Callable[[R], str], key_of: Callable[[R], str], delegate: QStyledItemDelegate
    ) -> None:
        """`name` is what a screen reader says, `spoken` what it says of a line; `delegate` draws one."""
        super().__init__()
        self.setAccessibleName(name)
        self._model = RowTableModel([Column("line", "", 0, spoken)], key_of)
        delegate.setParent(self)
        self.setModel(self._model)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentRowChanged.connect(self._tell)

    def show_lines(self, lines: Sequence[R], *, current: str = "") -> None:
        """Show these, and go to the one with that key, else to the first."""
        self._model.show(lines)
        if lines:
            place = max(0, self._model.place_of(current)) if current else 0
            self.setCurrentIndex(self._model.index(place, 0))
        else:
            self.current_changed.emit(None)

    def lines(self) -> Sequence[R]:
        """Return what is shown."""
        return self._model.rows

    def replace(self, lines: Sequence[R]) -> None:
        """Show the same lines with what is known of them by now; the current one stays."""
        self._model.rows = lines
        self.viewport().update()

    def current(self) -> R | None:
        """Return the current one."""
        index = self.currentIndex()
        found: Any = self._model.rows[index.row()] if index.isValid() else None
        return found  # type: ignore[no-any-return]

    def walk(self, step: int) -> None:
        """Go on or back, not past the ends."""
        last = len(self._model.rows) - 1
        if last >= 0:
            place = min(max(self.currentIndex().row() + step, 0), last)
            self.setCurrentIndex(self._model.index(place, 0))

    def _tell(self, current: QModelIndex) -> None:
        self.current_changed.emit(self._model.rows[current.row()] if current.isValid() else None)
