"""The rows that an import leaves out, as a file to mend the source with."""

from collections import defaultdict
from pathlib import Path

from app.importing.outcome import CellFault, ImportPlan, Outcome
from app.reports.table import Cell, ReportTable, TableColumn
from app.services.export_table import write_table

_LEFT_OUT = frozenset({Outcome.ERROR, Outcome.MAYBE, Outcome.SKIPPED})
_COLUMNS = (
    TableColumn("Rij", "number", 8),
    TableColumn("Leverancier", "text", 36),
    TableColumn("Uitkomst", "text", 20),
    TableColumn("Kolom", "text", 24),
    TableColumn("Waarde", "text", 24),
    TableColumn("Reden", "text", 80),
)


def export_faults(plan: ImportPlan, path: Path) -> int:
    """Write the faulty, doubtful and skipped rows to an .xlsx or .csv file and return how many rows those are.

    A row with several faulty cells takes a line for each. Raises `FileError`; then nothing is written.
    """
    faults: dict[int, list[CellFault]] = defaultdict(list)
    for fault in plan.faults:
        faults[fault.row].append(fault)
    left_out = [row for row in plan.rows if row.outcome in _LEFT_OUT]
    lines: list[tuple[Cell, ...]] = []
    for row in left_out:
        for fault in faults.get(row.row) or [CellFault(row.row, "", "", row.why)]:
            lines.append((row.row, row.name, row.outcome.label, fault.column, fault.value, fault.message))
    write_table(ReportTable(title="Niet overgenomen", columns=_COLUMNS, rows=lines), path)
    return len(left_out)
