"""A table as a workbook (.xlsx): real numbers and days, and texts that stay texts."""

from collections.abc import Callable
from datetime import date
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from app.base.errors import FileError
from app.base.formatting import number, short_date
from app.base.formulas import guarded
from app.base.progress import Progress
from app.reports.table import Colours, Kind, ReportTable, TableColumn, wall_time, writable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# What Excel can hold: rows of a sheet with its heading, and a text in a cell, counted as Excel counts: in UTF-16.
MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
CUT_NOTE = " … (ingekort: te lang voor een cel)"

# Number formats; one by its number in Excel. What is typed over a text stays one: a zero in front, a phone's plus.
_TEXT = 49
_DAY, _MOMENT = "dd-mm-yyyy", "dd-mm-yyyy hh:mm"
_FORMATS: dict[Kind, str | int] = {"text": _TEXT, "money": "€ #,##0.00", "date": _DAY, "number": "0", "raw": "General"}
# Excel counts days from here on.
_FIRST_YEAR = 1900
_STEP = 500


def write_workbook(table: ReportTable[Any], stream: BinaryIO, progress: Progress) -> None:
    """Write a table as an .xlsx file, with a header that stays in view and a filter on every column.

    Rows go to disk as they come, so that 100,000 take no more memory than 100. Raises `FileError` for more rows than
    a sheet holds, `OSError` and `Cancelled`.
    """
    from xlsxwriter.exceptions import FileCreateError
    from xlsxwriter.workbook import Workbook

    if table.length >= MOST_ROWS:
        raise FileError(
            f"Op een blad van Excel passen {number(MOST_ROWS - 1)} rijen; dit zijn er {number(table.length)}.",
            "Bewaar de lijst als .csv, of maak haar korter met een filter.",
        )
    with TemporaryDirectory(prefix="tredewijzer-") as folder:
        book = Workbook(stream, {"constant_memory": True, "tmpdir": folder})
        book.set_properties({"title": table.title})
        writer = _Writer(book, table)
        try:
            writer.write(progress)
        except BaseException:
            # Windows removes no file that is open.
            writer.sheet.row_data_fh.close()
            raise
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error


class _Writer:
    """Writes one table on a sheet of its own."""

    def __init__(self, book: "Workbook", table: ReportTable[Any]) -> None:
        self._book, self._table = book, table
        self.sheet: Worksheet = book.add_worksheet(table.title)
        self._formats: dict[tuple[str | int, Colours | None], Format] = {}
        self._plain = book.add_format()

    def write(self, progress: Progress) -> None:
        table, sheet = self._table, self.sheet
        sheet.freeze_panes(1, table.held)
        sheet.autofilter(0, 0, max(table.length, 1), max(len(table.columns) - 1, 0))
        # A KvK number is a text that looks like a number, and is meant to.
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        header = self._book.add_format({"bold": True, "bottom": 1, "num_format": _TEXT})
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width, self._format(_FORMATS[column.kind]))
            if column.heading:
                self._write_text(0, place, column.heading, header)
        writers = [self._writer(place, column) for place, column in enumerate(table.columns)]
        for done, row in enumerate(table.rows):
            if done % _STEP == 0:
                progress.step(done, table.length, "Exporteren")
            for write in writers:
                write(done + 1, row)

    def _writer(self, place: int, column: TableColumn[Any]) -> Callable[[int, Any], None]:
        of, colours_of, kind = column.of, column.colours, column.kind
        # Its cells have the format of the column, unless they say otherwise.
        text_format = None if kind == "text" else self._format(_TEXT)

        def write(number: int, row: Any) -> None:
            cell = of(row)
            colours = colours_of(row) if colours_of else None
            if isinstance(cell, date) and cell.year < _FIRST_YEAR:
                cell = short_date(cell)
            if cell is None or cell == "":
                if colours:
                    self.sheet.write_blank(number, place, None, self._format(_FORMATS[kind], colours))
            elif isinstance(cell, str):
                self._write_text(number, place, cell, self._format(_TEXT, colours) if colours else text_format)
            else:
                self._write_value(number, place, cell, kind, colours)

        return write

    def _write_value(self, number: int, place: int, cell: Any, kind: Kind, colours: Colours | None) -> None:
        if isinstance(cell, bool):
            self.sheet.write_boolean(number, place, cell, self._format(_FORMATS[kind], colours))
        elif isinstance(cell, date):
            day, has_time = wall_time(cell)
            self.sheet.write_datetime(number, place, day, self._format(_MOMENT if has_time else _DAY, colours))
        else:
            value = cell / 100 if kind == "money" else float(cell)
            self.sheet.write_number(number, place, value, self._format(_FORMATS[kind], colours))

    def _write_text(self, number: int, place: int, text: str, shape: "Format | None") -> None:
        text = _fitted(writable(text))
        if text.startswith("'"):
            # Nothing in a workbook is run; but whoever reads it back takes a guard away, also from here.
            text = guarded(text)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for parts with mark-up and writes it as it stands; as parts it is escaped.
            self.sheet.write_rich_string(
                number, place, self._plain, text[:1], self._plain, text[1:], shape or self._format(_TEXT)
            )
        else:
            self.sheet.write_string(number, place, text, shape)

    def _format(self, shape: str | int, colours: Colours | None = None) -> "Format":
        found = self._formats.get((shape, colours))
        if found is None:
            painted = {"font_color": colours.text, "bg_color": colours.back} if colours else {}
            found = self._formats[shape, colours] = self._book.add_format({"num_format": shape, **painted})
        return found


def _fitted(text: str) -> str:
    if 2 * len(text) <= LONGEST_TEXT or len(text.encode("utf-16-le")) <= 2 * LONGEST_TEXT:
        return text
    room = LONGEST_TEXT - len(CUT_NOTE)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + CUT_NOTE
