"""A table over rows of any kind: columns say how a cell reads and sorts; the delegate draws it.

No proxy model: filtering and sorting are done on Python's own lists, which is many times quicker, and the view is
reset in one go so that it paints once.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from enum import IntEnum
from html import escape
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

_Index = QModelIndex | QPersistentModelIndex

# Short enum names cost micro-seconds each time, and a view asks for thousands of cells.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_CHECK_STATE = int(Qt.ItemDataRole.CheckStateRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_HORIZONTAL = Qt.Orientation.Horizontal
_ASCENDING = Qt.SortOrder.AscendingOrder


class Cell(IntEnum):
    """How a cell is drawn."""

    TEXT = 0
    STRONG = 1
    MUTED = 2
    NUMBER = 3
    STATUS = 4
    LEVEL = 5
    CHECK = 6
    CHOICE = 7


class Fact(NamedTuple):
    """What a file holds in a cell instead of its words: a day, a number, or an amount in cents.

    `is_derived`: it follows from the rest of the register, and an import of the file must not take it for a fact.
    """

    kind: Literal["text", "money", "date", "number"]
    of: Callable[[Any], str | int | date | None]
    is_derived: bool = False


class Column(NamedTuple):
    """One column. `text` gives what a cell says; `sort` what it sorts by; `value` what the delegate draws beside it.

    `key` names it in the remembered state; `width` in pixels at 100 %, 0 to take what is left, but `least`. Where there
    is too little room for that, those that `yields` are left out, the last one first. `fact` is what an export holds.
    Of a CHOICE, `choices` are the words on its pills and `value` the place of the chosen one, -1 for none, None where
    there is nothing to choose.
    """

    key: str
    heading: str
    width: int
    text: Callable[[Any], str]
    kind: Cell = Cell.TEXT
    sort: Callable[[Any], Any] | None = None
    value: Callable[[Any], Any] | None = None
    yields: bool = False
    least: int = 180
    fact: Fact | None = None
    choices: tuple[str, ...] = ()


class RowTableModel(QAbstractTableModel):
    """Rows and columns. `key_of` names a row for ticks and for finding it again after a change."""

    checks_changed = Signal()

    def __init__(self, columns: Sequence[Column], key_of: Callable[[Any], Any]) -> None:
        """Begin without rows."""
        super().__init__()
        self.columns = tuple(columns)
        self.rows: Sequence[Any] = ()
        self.checked: set[Any] = set()
        self.sorted_by = -1
        self.is_descending = False
        self._key_of = key_of
        self._source: Sequence[Any] = ()

    def show(self, rows: Sequence[Any]) -> None:
        """Show these rows, in the order that the user chose; ticks of rows that are gone go with them."""
        self.beginResetModel()
        self._source = rows
        self.rows = self._in_order(rows)
        if self.checked:
            self.checked &= {self._key_of(row) for row in rows}
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Change what the columns say, such as the year in a heading."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = _ASCENDING) -> None:
        """Sort by a column; a column without an order, or -1, gives the order of the rows themselves."""
        self.sorted_by = column
        self.is_descending = order != _ASCENDING
        self.show(self._source)

    def key_at(self, row: int) -> Any:
        """Return the key of a shown row."""
        return self._key_of(self.rows[row])

    def place_of(self, key: Any) -> int:
        """Return where a row stands, -1 when it is not shown."""
        return next((place for place, row in enumerate(self.rows) if self._key_of(row) == key), -1)

    def set_checked(self, keys: Collection[Any], *, is_checked: bool) -> None:
        """Tick or untick rows."""
        self.checked = self.checked | set(keys) if is_checked else self.checked - set(keys)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))
        self.checks_changed.emit()

    def checked_rows(self) -> list[Any]:
        """Return the ticked rows in the order shown."""
        return [row for row in self.rows if self._key_of(row) in self.checked]

    # -- what Qt asks ------------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Return the number of rows; a cell has none."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Return the number of columns; a cell has none."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """Return what a cell says; the delegate draws the rest."""
        if role in (_DISPLAY, _ACCESSIBLE, _TOOL_TIP):
            column = self.columns[index.column()]
            row = self.rows[index.row()]
            if column.kind is Cell.CHECK:
                return None if role != _ACCESSIBLE else "aangevinkt" if self.is_checked(row) else "niet aangevinkt"
            words = column.text(row)
            # Qt takes a tip that looks like markup for markup, and supplier text is data everywhere.
            return f"<qt>{escape(words)}</qt>" if role == _TOOL_TIP and words else words
        if role == _CHECK_STATE and self.columns[index.column()].kind is Cell.CHECK:
            return Qt.CheckState.Checked if self.is_checked(self.rows[index.row()]) else Qt.CheckState.Unchecked
        if role == _ALIGNMENT and self.columns[index.column()].kind is Cell.NUMBER:
            return _RIGHT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return a heading."""
        if orientation is not _HORIZONTAL or not 0 <= section < len(self.columns):
            return None
        if role in (_DISPLAY, _ACCESSIBLE):
            return self.columns[section].heading
        if role == _ALIGNMENT:
            is_number = self.columns[section].kind is Cell.NUMBER
            return _RIGHT if is_number else int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def is_checked(self, row: Any) -> bool:
        """Whether a row is ticked."""
        return self._key_of(row) in self.checked

    def _in_order(self, rows: Sequence[Any]) -> Sequence[Any]:
        if not 0 <= self.sorted_by < len(self.columns):
            return rows
        sort = self.columns[self.sorted_by].sort
        return sorted(rows, key=sort, reverse=self.is_descending) if sort else rows
