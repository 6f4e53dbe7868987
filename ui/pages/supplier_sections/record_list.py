"""A table of records with the pane in which the chosen one is typed; a record that is being made has its own row."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame

from ui.base.actions import Act, bind, on_escape
from ui.base.state import WindowState
from ui.models.row_table_model import Column
from ui.pages.list_export import bind_export
from ui.pages.supplier_sections.drafts import NEW
from ui.pages.supplier_sections.record_pane import RecordPane
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import column, empty_words, frame_sides, table_head, text
from ui.widgets.row_table import RowTable


class Line(NamedTuple):
    """One row: a stored record, or (None) one that is being made."""

    key: str
    record: Any


class RecordList(QFrame):
    """The table. `chosen` tells the record that is current, None when there is none; `stepped_out` that Esc left."""

    chosen = Signal(object)
    stepped_out = Signal()

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        pane: RecordPane,
        state: WindowState,
        *,
        adds: str,
        empty: str,
    ) -> None:
        """`name` is the table's key in the remembered state, `adds` what the button says, `empty` what no rows say."""
        super().__init__()
        self.setProperty("role", "card")
        self.pane = pane
        self._owner = ""
        self._records: tuple[Any, ...] = ()
        self._has_new = False
        self._columns = columns
        self.table = RowTable(name, title, list(map(self._of_line, range(len(columns)))), lambda line: line.key, state)
        bind_export(
            self, pane.desk, self.table, name=title.partition(",")[0], whose=self._whose, columns=columns,
            row_of=lambda line: line.record,
        )  # fmt: skip
        self._empty = empty_words(empty)
        self.add_action = bind(Act.ADD, self, self.add)
        self.add_action.setText(adds)
        pane.addAction(self.add_action)
        self.addActions([pane.save_action, pane.end_action])
        self._add = ActionButton(self.add_action)
        self.setLayout(column(table_head(text(title, "heading"), None, self._add), self.table, self._empty, gap=0))
        frame_sides(self)
        self.table.current_changed.connect(self._choose)
        self.table.opened.connect(lambda _line: pane.take_focus())
        pane.changed.connect(self.table.viewport().update)
        pane.stepped_out.connect(self._take_back)
        pane.saved.connect(self._follow)
        pane.dropped.connect(self._drop)
        on_escape(self, self._step_out)

    def show_records(self, owner: str, records: Sequence[Any]) -> None:
        """Show what is stored; drafts, the current row and the focus stay."""
        self._records = tuple(records)
        if owner != self._owner:
            self._owner = owner
            self._has_new = self.pane.has_draft(owner, NEW)
        self.pane.keep_only(owner, [record.id for record in records])
        self.add_action.setEnabled(self.pane.desk.can_write and bool(owner))
        self._show()

    def add(self) -> None:
        """Begin a record, or go on with the one that was begun."""
        self._has_new = True
        self._show()
        self.table.make_current(NEW)
        self.pane.take_focus()

    def make_current(self, key: str) -> None:
        """Go to a record."""
        self.table.make_current(key)

    def current_record(self) -> Any:
        """Return the record that is chosen, None when there is none or it is being made."""
        line = self.table.current_row()
        return line.record if line else None

    def take_focus(self) -> None:
        """Put the focus on the table, or on the button that makes the first row."""
        if self.table.isHidden():
            self._add.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def edit(self) -> None:
        """Put the focus into the form of the current row; begin one when there is none."""
        if self.pane.key is None:
            self.add()
        else:
            self.pane.take_focus()

    def forget(self) -> None:
        """Drop the row of what was begun."""
        self._has_new = False
        self._show()

    def _whose(self) -> str:
        found = self.pane.desk.row(self._owner)
        return found.name if found else ""

    def _show(self) -> None:
        lines = [Line(record.id, record) for record in self._records]
        if self._has_new:
            lines.append(Line(NEW, None))
        self.table.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        self.table.show_rows(lines)

    def _choose(self, line: Line | None) -> None:
        if line is None:
            self.pane.show_record(None, None, owner=self._owner)
        else:
            self.pane.show_record(line.key, line.record, owner=self._owner)
        self.chosen.emit(line.record if line else None)

    def _take_back(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, before: str, key: str) -> None:
        if before == NEW:
            self._has_new = NEW in self.pane.edited_keys()
            had_focus = self.pane.isAncestorOf(QApplication.focusWidget() or self)
            self._show()
            if had_focus:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        # Who went on to another row meanwhile is left there.
        if before != key and self.table.rows_model.place_of(key) >= 0:
            self.table.make_current(key)

    def _drop(self) -> None:
        self._has_new = False
        self._show()
        self.take_focus()

    def _step_out(self) -> None:
        """The first Esc in a form leads here with the text kept; here it is put back, and then left."""
        is_restored = self.pane.restore()
        if self.pane.key == NEW:
            self._drop()
        elif not is_restored:
            self.stepped_out.emit()

    def _of_line(self, place: int) -> Column:
        """Return a column over lines; the first one also tells what is not saved."""
        found = self._columns[place]
        sort, value = found.sort, found.value

        def words(line: Line) -> str:
            said = found.text(line.record) if line.record is not None else "" if place else "nieuw"
            return f"● {said}" if not place and line.key in self.pane.edited_keys() else said

        return found._replace(
            text=words,
            sort=(lambda line: (line.record is None, line.record is not None and sort(line.record))) if sort else None,
            value=(lambda line: value(line.record) if line.record is not None else None) if value else None,
        )
