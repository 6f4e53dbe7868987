"""Wijzigingen: who changed what and when, what stood there before, and taking it back."""

from collections.abc import Mapping, Sequence

from app.base.formatting import short_moment
from app.domain.journal import Change, Operation
from app.services.describe_change import FieldChange, describe_change
from app.services.show_supplier import Dossier
from app.services.timeline import subjects_of
from ui.base.actions import Act, bind
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column, Fact
from ui.pages.list_export import bind_export
from ui.pages.supplier_sections.section import Section
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import column, framed, table_head, text
from ui.widgets.row_table import RowTable

_Entry = tuple[Operation, tuple[Change, ...]]
_OPERATIONS = (
    Column("at", "Wanneer", 160, lambda e: short_moment(e[0].at), fact=Fact("date", lambda e: e[0].at)),
    Column("label", "Wat", 0, lambda e: e[0].label, Cell.STRONG),
    Column("by", "Door", 130, lambda e: e[0].by, Cell.MUTED),
    Column("state", "Stand", 150, lambda e: "Teruggedraaid" if e[0].undone_by else "", Cell.MUTED, yields=True),
)
_FIELDS = (
    Column("label", "Gegeven", 300, lambda e: e[1].label, Cell.STRONG),
    Column("old", "Was", 300, lambda e: e[1].old or "—", Cell.MUTED),
    Column("new", "Is geworden", 0, lambda e: e[1].new or "—"),
)


class ChangesSection(Section):
    """Operations on top, the fields of the chosen one beneath."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build both tables."""
        super().__init__(desk, navigator, state)
        self._subjects: Mapping[str, str] = {}
        self._supplier = ""
        self._take_back = bind(Act.UNDO_THIS, self, self._undo)
        self._operations = RowTable("supplier.operations", "Wijzigingen", _OPERATIONS, lambda e: e[0].id, state)
        self._fields = RowTable("supplier.fields", "Oud en nieuw", _FIELDS, lambda e: e[0], state)
        bind_export(self._operations, desk, self._operations, name="Wijzigingen", whose=lambda: self._supplier)
        bind_export(self._fields, desk, self._fields, name="Oud en nieuw", whose=lambda: self._supplier)
        above = framed(table_head(text("Wijzigingen", "heading"), None), self._operations)
        beneath = framed(table_head(text("Oud en nieuw", "heading"), None, ActionButton(self._take_back)), self._fields)
        layout = column(above, beneath, gap=12)
        layout.setStretch(0, 3)
        layout.setStretch(1, 2)
        self.setLayout(layout)
        self._operations.current_changed.connect(self._show_fields)
        self._steps_out(self._operations)
        self._steps_out(self._fields)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show the operations, the newest first."""
        self._subjects, self._supplier = subjects_of(dossier), dossier.supplier.name
        self._operations.show_rows(dossier.history)

    def take_focus(self, key: str = "") -> None:
        """Begin with the newest, or the operation with this number."""
        if key.isdecimal():
            self._operations.make_current(int(key))
        self._operations.setFocus()

    def _show_fields(self, entry: _Entry | None) -> None:
        self._fields.show_rows(list(enumerate(self._lines(entry[1]))) if entry else [])
        operation = entry[0] if entry else None
        is_whole = operation is not None and operation.kind == "import"
        self._take_back.setText("De hele import terugdraaien" if is_whole else Act.UNDO_THIS.spec.text)
        self._take_back.setEnabled(
            self.desk.can_write and operation is not None and operation.is_undoable and operation.undone_by is None
        )

    def _lines(self, changes: Sequence[Change]) -> list[FieldChange]:
        return [line for change in changes for line in describe_change(change, subjects=self._subjects)]

    def _undo(self) -> None:
        entry: _Entry | None = self._operations.current_row()
        if entry:
            self.desk.undo_operation(entry[0].id)
