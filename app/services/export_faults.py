"""The rows that an import leaves out, as they stood in the file and with the reason beside each, to be mended in Excel.

The file can be imported as it is: its first three columns are taken away again (`app.importing.returned`).
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from app.base.formulas import unguarded
from app.base.progress import Progress
from app.domain.verdict import Status
from app.importing.outcome import CellFault, ImportPlan, Outcome, PlannedRow
from app.importing.returned import BESIDE
from app.importing.tables import Cell
from app.reports.table import Colours, ReportTable
from app.services.export_table import STATUS_COLOURS, TableColumn, write_table

_FAULTY = STATUS_COLOURS[Status.NON_COMPLIANT]
_COLOURS = {
    Outcome.ERROR: _FAULTY,
    Outcome.MAYBE: STATUS_COLOURS[Status.EXPIRING],
    Outcome.SKIPPED: STATUS_COLOURS[Status.BELOW_THRESHOLD],
}
_NARROWEST, _WIDEST = 10, 40


class _LeftOut(NamedTuple):
    """One row: what became of it, its cells, and which of its columns are at fault."""

    row: PlannedRow
    cells: Sequence[Cell]
    faults: Sequence[CellFault]

    @property
    def reason(self) -> str:
        """Every fault with its column, or why the row was left out."""
        said = [f"{fault.column}: {fault.message}" if fault.column else fault.message for fault in self.faults]
        return " ".join(said) or self.row.why


def export_faults(plan: ImportPlan, path: Path, *, progress: Progress | None = None) -> int:
    """Write the faulty, doubtful and skipped rows to an .xlsx or .csv file and return how many those are.

    Every column of the file comes along under its own heading, and a cell that was not understood is coloured. Raises
    `FileError` and `Cancelled`; then nothing is written.
    """
    table, header = plan.table, plan.header
    faults: dict[int, list[CellFault]] = defaultdict(list)
    for fault in plan.faults:
        faults[fault.row].append(fault)
    cells = {table.number_of(index): row for index, row in enumerate(table.rows)}
    left_out = [_LeftOut(row, cells[row.row], faults[row.row]) for row in plan.rows if row.outcome in _COLOURS]
    width = max((len(header.headings), *(len(found.cells) for found in left_out)))
    headings = (*header.headings, *[""] * (width - len(header.headings)))
    columns: tuple[TableColumn[_LeftOut], ...] = (
        TableColumn(BESIDE[0], "number", 8, lambda found: found.row.row),
        TableColumn(BESIDE[1], "text", 18, lambda found: found.row.outcome.label, lambda f: _COLOURS[f.row.outcome]),
        TableColumn(BESIDE[2], "text", 60, lambda found: found.reason),
        *(_column(place, heading) for place, heading in enumerate(headings)),
    )
    write_table(
        ReportTable(title="Niet overgenomen", columns=columns, rows=left_out, length=len(left_out), held=len(BESIDE)),
        path,
        progress,
    )
    return len(left_out)


def _column(place: int, heading: str) -> TableColumn[_LeftOut]:
    def cell(found: _LeftOut) -> Cell:
        written = found.cells[place] if place < len(found.cells) else None
        # A text file is guarded anew where it needs that.
        return unguarded(written) if isinstance(written, str) else written

    def colours(found: _LeftOut) -> Colours | None:
        # A cell beyond the last heading is at fault where no column is named.
        is_faulty = any(fault.column == heading for fault in found.faults) and (heading or cell(found) is not None)
        return _FAULTY if is_faulty else None

    return TableColumn(heading, "raw", min(max(len(heading) + 2, _NARROWEST), _WIDEST), cell, colours)
