"""A table as a workbook (.xlsx): real numbers and days, and texts that stay texts."""

import io
from datetime import date
from typing import TYPE_CHECKING

from app.base.formatting import short_date
from app.reports.table import Cell, ReportTable, writable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# What a cell of Excel can hold, counted as Excel counts: in UTF-16.
LONGEST_TEXT = 32_767
CUT_NOTE = " … (ingekort: te lang voor een cel)"

_FORMATS = {"money": "€ #,##0.00", "date": "dd-mm-yyyy", "number": "0"}
# Excel counts days from here on.
_FIRST_YEAR = 1900


def as_workbook(table: ReportTable) -> bytes:
    """Return a table as the bytes of an .xlsx file, with a header that stays in view and a filter on every column."""
    from xlsxwriter.workbook import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": table.title})
        _Writer(book, table).write()
    return stream.getvalue()


class _Writer:
    """Writes one table on a sheet of its own."""

    def __init__(self, book: "Workbook", table: ReportTable) -> None:
        self._table = table
        self._sheet: Worksheet = book.add_worksheet(table.title)
        self._header = book.add_format({"bold": True, "bottom": 1})
        self._plain = book.add_format()
        self._formats = {kind: book.add_format({"num_format": shape}) for kind, shape in _FORMATS.items()}
        self._colours = {
            text: book.add_format({"font_color": pair.text, "bg_color": pair.back})
            for text, pair in table.colours.items()
        }

    def write(self) -> None:
        table, sheet = self._table, self._sheet
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width)
            self._write_text(0, place, column.heading, self._header)
        for row, cells in enumerate(table.rows, start=1):
            for place, cell in enumerate(cells):
                self._write_cell(row, place, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)

    def _write_cell(self, row: int, place: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        kind = self._table.columns[place].kind
        if isinstance(cell, date) and cell.year < _FIRST_YEAR:
            cell = short_date(cell)
        if isinstance(cell, str):
            colours = self._colours.get(cell) if place == self._table.status_column else None
            self._write_text(row, place, cell, colours)
        elif isinstance(cell, date):
            self._sheet.write_datetime(row, place, cell, self._formats[kind])
        else:
            self._sheet.write_number(row, place, cell / 100 if kind == "money" else cell, self._formats[kind])

    def _write_text(self, row: int, place: int, text: str, shape: "Format | None") -> None:
        text = _fitted(writable(text))
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for parts with mark-up and writes it as it stands; as parts it is escaped.
            self._sheet.write_rich_string(
                row, place, self._plain, text[:1], self._plain, text[1:], shape or self._plain
            )
        else:
            self._sheet.write_string(row, place, text, shape)


def _fitted(text: str) -> str:
    if 2 * len(text) <= LONGEST_TEXT or len(text.encode("utf-16-le")) <= 2 * LONGEST_TEXT:
        return text
    room = LONGEST_TEXT - len(CUT_NOTE)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + CUT_NOTE
