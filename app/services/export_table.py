"""A list on screen as a file: what is shown, for a spreadsheet program."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from app.base.errors import FileError
from app.base.files import write_whole
from app.base.progress import NoProgress, Progress
from app.domain.verdict import Status
from app.importing.exported import texts_of
from app.reports.csv_file import write_csv
from app.reports.table import Cell, Colours, Kind, ReportTable, TableColumn
from app.reports.workbook import write_workbook
from app.storage.register import Register

__all__ = ["DERIVED", "STATUS_COLOURS", "Cell", "Kind", "TableColumn", "export_list", "write_table"]

R = TypeVar("R")

# Workbooks are light, whatever the window looks like; a test holds these to the light look of the window.
STATUS_COLOURS = {
    Status.COMPLIANT: Colours("#17703F", "#E2F3E9"),
    Status.EXPIRING: Colours("#805600", "#FFF1CC"),
    Status.NON_COMPLIANT: Colours("#A4211A", "#FCE5E3"),
    Status.POSTPONED: Colours("#805600", "#FFF1CC"),
    Status.EXEMPT: Colours("#6A4AA3", "#F0E9FB"),
    Status.BELOW_THRESHOLD: Colours("#55646A", "#ECF0EF"),
    Status.UNKNOWN: Colours("#40509E", "#E6EAFB"),
}
DERIVED = " (berekend)"
"""Behind a heading: what follows from the rest of the register. An import leaves such a column alone."""

_WRITERS = {".xlsx": write_workbook, ".csv": write_csv}


class Listed(NamedTuple):
    """A row of a list with what an export says of the supplier that it is about; nothing where there is none."""

    row: Any
    said: Mapping[str, str]


def about_row(column: TableColumn[R]) -> TableColumn[Listed]:
    """Return a column over the rows of a list."""
    of, colours = column.of, column.colours
    return TableColumn(
        column.heading,
        column.kind,
        column.width,
        lambda listed: of(listed.row),
        (lambda listed: colours(listed.row)) if colours else None,
    )


def about_supplier(heading: str, field: str, width: int) -> TableColumn[Listed]:
    """Return a column over the suppliers of a list that an import reads as that field."""
    return TableColumn(heading, "text", width, lambda listed: listed.said.get(field))


# By these a supplier is known again. The last is certain, whatever else was changed in the file.
NUMBERS = (
    about_supplier("KvK", "kvk", 11),
    about_supplier("Eigen nummer", "own_number", 14),
)
REGISTER_ID = about_supplier("Registernummer", "register_id", 14)


def export_list(
    register: Register,
    rows: Sequence[R],
    columns: Sequence[TableColumn[R]],
    path: Path,
    *,
    title: str,
    supplier_of: Callable[[R], str | None] | None = None,
    progress: Progress | None = None,
) -> None:
    """Write what a list shows to an .xlsx or .csv file, whole or not at all.

    With `supplier_of`, the key of the supplier that a row is about, the numbers by which it is known come behind it.
    Raises `FileError` and `Cancelled`.
    """
    shown = tuple(map(about_row, columns))
    known = (*NUMBERS, REGISTER_ID) if supplier_of else ()
    listed = list_suppliers_of(register, rows, supplier_of or (lambda _row: None))
    write_table(ReportTable(title=title, columns=(*shown, *known), rows=listed, length=len(rows)), path, progress)


def list_suppliers_of(
    register: Register, rows: Sequence[R], supplier_of: Callable[[R], str | None]
) -> Iterator[Listed]:
    """Yield every row with its supplier, read one by one: 100,000 records at once would fill the memory."""
    for row in rows:
        key = supplier_of(row)
        supplier = register.suppliers.find(key) if key else None
        yield Listed(row, texts_of(supplier) if supplier else {})


def write_table(table: ReportTable[Any], path: Path, progress: Progress | None = None) -> None:
    """Write any table to an .xlsx or .csv file, whole or not at all; raises `FileError` and `Cancelled`."""
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise FileError(
            f"Een bestand met de naam {path.name} kan hier niet worden gemaakt.",
            "Laat de naam eindigen op .xlsx (Excel) of .csv.",
        )
    write_whole(path, partial(write, table, progress=progress or NoProgress()))
