"""A table as CSV, as a Dutch spreadsheet program reads it without asking."""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from app.base.formatting import short_date
from app.base.formulas import guarded
from app.base.progress import Progress
from app.reports.table import Kind, ReportTable, wall_time, writable

_STEP = 500
# A text file with control characters in it is cut off or refused by many a program. Those that part words become
# spaces; a tab and an end of line are text.
_CONTROL = {code: " " if chr(code).isspace() else None for code in (*range(32), 127) if chr(code) not in "\t\r\n"}


def write_csv(table: ReportTable[Any], stream: BinaryIO, progress: Progress) -> None:
    """Write a table as CSV: UTF-8 with its mark, semicolons, decimal commas, days as dd-mm-jjjj.

    A text that could be run as a formula gets an apostrophe before it. Raises `Cancelled`.
    """
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
    try:
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow([_text(column.heading) for column in table.columns])
        columns = [(column.of, _WRITERS[column.kind]) for column in table.columns]
        for done, row in enumerate(table.rows):
            if done % _STEP == 0:
                progress.step(done, table.length, "Exporteren")
            writer.writerow([_cell(of(row), write) for of, write in columns])
    finally:
        text.detach()


def _cell(cell: Any, write: Callable[[Any], str]) -> str:
    if cell is None:
        return ""
    return _text(cell) if isinstance(cell, str) else write(cell)


def _text(text: str) -> str:
    if text[:1].isalnum() and text.isprintable():
        # Nearly every text: nothing in it is to be mended.
        return text
    return guarded(writable(text).translate(_CONTROL))


def _money(cents: int) -> str:
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole},{rest:02d}"


def _day(cell: date) -> str:
    day, has_time = wall_time(cell)
    return f"{short_date(day)} {day:%H:%M}" if has_time else short_date(day)


def _raw(cell: Any) -> str:
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, date):
        return _day(cell)
    return format(cell, "f").replace(".", ",") if isinstance(cell, Decimal) else str(cell)


_WRITERS: dict[Kind, Callable[[Any], str]] = {
    "text": str,
    "money": _money,
    "date": _day,
    "number": str,
    "raw": _raw,
}
