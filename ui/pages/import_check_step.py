"""The third step of an import: every row with what becomes of it, before anything is stored."""

from collections import Counter, defaultdict

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.base.formatting import count, number
from app.domain.names import fold
from app.services.check_import import ImportCheck
from app.services.import_register import CellFault, Outcome
from app.services.show_import import RowChange
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column
from ui.pages.import_row_detail import ImportRowDetail, summary
from ui.widgets.chips import FilterChips
from ui.widgets.layout import column, framed, row, text
from ui.widgets.row_table import RowTable

_WARNED = "warned"
# More of a text cannot be seen and would only slow the table down.
_LONGEST = 200
_CHIPS = (*((outcome.value, outcome.label.capitalize()) for outcome in Outcome), (_WARNED, "Let op"))
_ORDER = {outcome: place for place, outcome in enumerate(Outcome)}


class CheckStep(QWidget):
    """The table with its filters, and the chosen row beneath it."""

    opened = Signal(str)

    def __init__(self, state: WindowState) -> None:
        """Begin without rows."""
        super().__init__()
        self._rows: tuple[RowChange, ...] = ()
        self._warnings: dict[int, list[CellFault]] = {}
        self._chips: FilterChips[str] = FilterChips(_CHIPS)
        self._chips.changed.connect(self._show_rows)
        self.table = RowTable("import.rows", "Rijen van het bestand", _COLUMNS, lambda r: r.row, state)
        self.table.current_changed.connect(self._show_row)
        self.table.opened.connect(self._open)
        self._detail = ImportRowDetail(state)
        self._total = text(role="muted")
        layout = column(row(self._chips, self._total), framed(self.table), self._detail, gap=12)
        layout.setStretch(1, 5)
        layout.setStretch(2, 2)
        self.setLayout(layout)

    def show_check(self, check: ImportCheck) -> None:
        """Show what an import would do. The filters stay where they still find something."""
        self._rows = check.rows
        self._warnings = defaultdict(list)
        for warning in check.preview.plan.warnings:
            self._warnings[warning.row].append(warning)
        counts: Counter[str] = Counter(found.outcome.value for found in self._rows)
        counts[_WARNED] = sum(found.row in self._warnings for found in self._rows)
        self._chips.show_counts(counts)
        for chip in self._chips.chips:
            chip.setVisible(bool(counts[chip.status]))
        self._chips.choose(frozenset(kind for kind in self._chips.chosen() if counts[kind]))

    def clear(self) -> None:
        """Forget the file of before, and its filters."""
        self._rows = ()
        self._chips.choose(frozenset())

    def _show_rows(self) -> None:
        kinds = self._chips.chosen()
        rows = self._rows
        if kinds:
            warned = self._warnings if _WARNED in kinds else {}
            rows = tuple(found for found in rows if found.outcome in kinds or found.row in warned)
        self.table.show_rows(rows)
        everything = count(len(self._rows), "rij", "rijen")
        self._total.setText(f"{number(len(rows))} van {everything}" if kinds else everything)

    def _show_row(self, found: RowChange | None) -> None:
        self._detail.show_row(found, self._warnings.get(found.row, ()) if found else ())

    def _open(self, found: RowChange) -> None:
        """Show the supplier of the register that a row belongs to or resembles; a new one is not there yet."""
        if found.supplier_id and found.known_as:
            self.opened.emit(found.supplier_id)


_COLUMNS = (
    Column("row", "Rij", 64, lambda r: number(r.row), Cell.NUMBER, lambda r: r.row),
    Column("name", "In het bestand", 216, lambda r: r.name[:_LONGEST], Cell.STRONG, lambda r: fold(r.name)),
    Column("city", "Plaats", 110, lambda r: r.city[:_LONGEST], Cell.MUTED, lambda r: fold(r.city), yields=True),
    Column("known", "In het register", 216, lambda r: r.known_as[:_LONGEST] or "—", Cell.TEXT,
           lambda r: fold(r.known_as)),
    Column("outcome", "Uitkomst", 164, lambda r: r.outcome.label.capitalize(), Cell.STATUS,
           lambda r: _ORDER[r.outcome], lambda r: r.outcome.value),
    Column("change", "Verschil", 0, summary, Cell.MUTED, summary, least=280),
)  # fmt: skip
