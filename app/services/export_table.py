"""The table of suppliers as a file: what the screen shows, for a spreadsheet program."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.base.errors import FileError
from app.base.files import write_whole
from app.base.formatting import short_date
from app.domain.rows import SupplierRow
from app.domain.verdict import Status
from app.reports.csv_file import as_csv
from app.reports.table import Cell, ReportTable, StatusColours, TableColumn
from app.reports.workbook import as_workbook

# Workbooks are light, whatever the window looks like; a test holds these to the light look of the window.
STATUS_COLOURS = {
    Status.COMPLIANT: StatusColours("#17703F", "#E2F3E9"),
    Status.EXPIRING: StatusColours("#805600", "#FFF1CC"),
    Status.NON_COMPLIANT: StatusColours("#A4211A", "#FCE5E3"),
    Status.POSTPONED: StatusColours("#805600", "#FFF1CC"),
    Status.EXEMPT: StatusColours("#6A4AA3", "#F0E9FB"),
    Status.BELOW_THRESHOLD: StatusColours("#55646A", "#ECF0EF"),
    Status.UNKNOWN: StatusColours("#40509E", "#E6EAFB"),
}
_MAKERS = {".xlsx": as_workbook, ".csv": as_csv}


def export_table(table_rows: Sequence[SupplierRow], path: Path, *, on: date) -> None:
    """Write rows as they were judged on a day to an .xlsx or .csv file, whole or not at all; raises `FileError`."""
    write_table(_as_table(table_rows, on), path)


def write_table(table: ReportTable, path: Path) -> None:
    """Write any table to an .xlsx or .csv file, whole or not at all; raises `FileError`."""
    make = _MAKERS.get(path.suffix.lower())
    if make is None:
        raise FileError(
            f"Een bestand met de naam {path.name} kan hier niet worden gemaakt.",
            "Laat de naam eindigen op .xlsx (Excel) of .csv.",
        )
    write_whole(path, make(table))


def _as_table(table_rows: Sequence[SupplierRow], on: date) -> ReportTable:
    columns = (
        TableColumn("Leverancier", "text", 36),
        TableColumn("Plaats", "text", 18),
        TableColumn("KvK", "text", 11),
        TableColumn("Eigen nummer", "text", 14),
        TableColumn("Categorie", "text", 20),
        TableColumn("Status", "text", 20),
        TableColumn("Reden", "text", 30),
        TableColumn("Vereist", "text", 12),
        TableColumn("Heeft", "text", 16),
        TableColumn("Geldig t/m", "date", 12),
        TableColumn(f"Opdrachten {on.year} (excl. btw)", "money", 20),
        # Where nothing is known of this year yet, the amount of an earlier one counts.
        TableColumn("Bedrag is van", "number", 14),
        TableColumn("Volgende stap", "text", 40),
    )
    return ReportTable(
        title=f"Leveranciers {short_date(on)}",
        columns=columns,
        rows=[_cells(row) for row in table_rows],
        status_column=next(place for place, column in enumerate(columns) if column.heading == "Status"),
        colours={status.label: colours for status, colours in STATUS_COLOURS.items()},
    )


def _cells(row: SupplierRow) -> tuple[Cell, ...]:
    held = row.held.label if row.held else ""
    return (
        row.name,
        row.city,
        row.kvk,
        row.own_number,
        row.category,
        row.status.label,
        row.reason.label if row.reason else "",
        row.required.label if row.required else "",
        f"{held} (niet gecontroleerd)" if held and row.is_unverified else held,
        row.valid_to,
        row.amount_cents,
        row.amount_year,
        row.next_step,
    )
