"""A table as CSV, as a Dutch spreadsheet program reads it without asking."""

import csv
import io
import re
from datetime import date

from app.base.formatting import short_date
from app.reports.table import Cell, ReportTable, writable

# What a spreadsheet program takes for a formula, or skips and then does; also after spaces and in full width. A text
# that already has the guard before it gets one more, so that taking one away always gives the text back.
_FORMULA = re.compile("'*(?:[\\s\0]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|\\s*[\t\r\n\0])")


def as_csv(table: ReportTable) -> bytes:
    """Return a table as CSV: UTF-8 with its mark, semicolons, decimal commas, days as dd-mm-jjjj.

    A text that could be read as a formula gets an apostrophe before it.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([_guarded(column.heading) for column in table.columns])
    kinds = [column.kind for column in table.columns]
    writer.writerows([[_text(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in table.rows])
    return stream.getvalue().encode("utf-8-sig")


def _text(cell: Cell, kind: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _guarded(cell)
    if isinstance(cell, date):
        return short_date(cell)
    if kind == "money":
        whole, rest = divmod(abs(cell), 100)
        return f"{'-' if cell < 0 else ''}{whole},{rest:02d}"
    return str(cell)


def _guarded(text: str) -> str:
    text = writable(text)
    return f"'{text}" if _FORMULA.match(text) else text
