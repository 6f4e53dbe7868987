"""One row of an import beneath the table: why it is what it is, its faulty cells, and what changes from old to new."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QPlainTextEdit

from app.services.import_register import CellFault
from app.services.show_import import RowChange
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import column, row, text
from ui.widgets.row_table import RowTable

_MOST_FAULTS = 50
_LONGEST_VALUE = 200


class ImportRowDetail(QFrame):
    """The chosen row. Its explanation is text to read and copy."""

    def __init__(self, state: WindowState) -> None:
        """Begin without a row."""
        super().__init__()
        self.setProperty("role", "card")
        self.setMinimumHeight(160)
        self._name, self._where = ElidedLabel(role="heading"), text(role="small")
        self._why = QPlainTextEdit()
        self._why.setReadOnly(True)
        self._why.setTabChangesFocus(True)
        self._why.setAccessibleName("Uitleg bij de rij")
        self._changes = RowTable("import.changes", "Wat er verandert", _COLUMNS, lambda change: change.label, state)
        self._nothing = text(role="muted")
        body = row(self._why, self._changes, gap=12)
        body.setStretch(0, 2)
        body.setStretch(1, 3)
        head = row(self._name, self._where, gap=12)
        head.setStretch(0, 1)
        self.setLayout(column(head, self._nothing, body, None, gap=8, edge=12))
        self.show_row(None, ())

    def show_row(self, row: RowChange | None, warnings: Sequence[CellFault]) -> None:
        """Show a row with what deserves a look in it."""
        self._name.say((row.name or f"Rij {row.row}") if row else "")
        self._where.setText(f"Rij {row.row} · {row.outcome.label}" if row else "")
        why = _explanation(row, warnings) if row else ""
        self._why.setPlainText(why)
        self._why.setVisible(bool(why))
        changes = row.changes if row else ()
        self._changes.show_rows(changes)
        self._changes.setVisible(bool(changes))
        self._nothing.setText("Deze rij verandert niets in het register." if row else "Geen rij past bij dit filter.")
        self._nothing.setVisible(not why and not changes)


def summary(row: RowChange) -> str:
    """Return what a row changes in one line."""
    if row.why:
        return _cut(row.why)
    if row.known_as and len(row.changes) == 1:
        change = row.changes[0]
        return f"{change.label}: {_shown(change.old)} → {_shown(change.new)}"
    labels = [change.label for change in row.changes]
    return f"{len(labels)} velden: {', '.join(labels)}" if len(labels) > 1 else "".join(labels)


def _explanation(row: RowChange, warnings: Sequence[CellFault]) -> str:
    found = [*row.faults, *warnings]
    # Of a faulty row the reason is that of its first cell.
    lines = [] if row.faults or not row.why else [row.why]
    lines += [_told(fault) for fault in found[:_MOST_FAULTS]]
    if len(found) > _MOST_FAULTS:
        lines.append(f"En nog {len(found) - _MOST_FAULTS} meldingen.")
    return "\n\n".join(lines)


def _told(fault: CellFault) -> str:
    # A message that names the value itself needs it no second time.
    value = f"‘{_cut(fault.value)}’" if fault.value and fault.value not in fault.message else ""
    column = f"Kolom ‘{_cut(fault.column)}’" if fault.column else ""
    where = " met ".join(filter(None, (column, value)))
    return f"{where}: {fault.message}" if where else fault.message


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"


def _shown(value: str) -> str:
    return _cut(value) or "—"


_COLUMNS = (
    Column("field", "Veld", 240, lambda change: change.label, Cell.MUTED),
    Column("old", "Was", 170, lambda change: _shown(change.old), Cell.MUTED),
    Column("new", "Wordt", 0, lambda change: _shown(change.new), Cell.STRONG),
)
