"""What a CSV file holds when it is read back, and that no text in it can be run."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.base.errors import Cancelled
from app.base.progress import NoProgress, StopAfter
from app.reports.csv_file import write_csv
from app.reports.table import ReportTable, TableColumn

KINDS = ("text", "money", "date", "number", "raw")
# What begins with these a spreadsheet runs, or skips and then runs.
RUN = "=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20"


def table(*rows: tuple[Any, ...]) -> ReportTable[Any]:
    """Return a table with a column of every kind, as far as the rows reach."""
    columns = (TableColumn(kind, kind, 20, itemgetter(place)) for place, kind in enumerate(KINDS[: len(rows[0])]))  # type: ignore[arg-type]
    return ReportTable(title="Proef", columns=tuple(columns), rows=rows, length=len(rows))


def written(made: ReportTable[Any]) -> str:
    stream = io.BytesIO()
    write_csv(made, stream, NoProgress())
    return stream.getvalue().decode("utf-8")


def cell(text: str) -> str:
    """Return what a program that reads the file finds in a cell with that text."""
    lines = list(csv.reader(io.StringIO(written(table((text,))).removeprefix("\ufeff"), newline=""), delimiter=";"))
    return lines[1][0] if lines[1] else ""


def test_a_file_reads_as_dutch_spreadsheets_expect() -> None:
    rows = (
        ("Café; 't Ĳ", 412_500_05, date(2027, 3, 2), 2026, Decimal("1234.5")),
        ("Maasdal", -1, None, None, datetime.fromisoformat("2026-01-02T03:04")),
        (None, 0, date(1899, 12, 31), 0, True),
    )
    assert written(table(*rows)) == (
        "\ufefftext;money;date;number;raw\r\n"
        '"Café; \'t Ĳ";412500,05;02-03-2027;2026;1234,5\r\n'
        "Maasdal;-0,01;;;02-01-2026 03:04\r\n"
        ";0,00;31-12-1899;0;ja\r\n"
    )


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+31 475", "-2", "@SUM(A1)", "\t=1", "\rx", "  =1", "\u00a0+1", "\uff1d1", " \t=cmd", "\n=1", '"=1+1"',
     "'=1", "'\"-1"],
)  # fmt: skip
def test_a_text_that_could_be_run_gets_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Maasdal", "A=B", "'s-Hertogenbosch", '"Quote" -', " Maasdal", "1-2", ""])
def test_any_other_text_is_left_alone(text: str) -> None:
    assert cell(text) == text


def test_control_characters_stay_out_of_the_file() -> None:
    assert cell("a\0b\x07\x1b[31mc\x7f\x0bd") == "ab[31mc d"
    assert cell("\0=1") == "'=1"


@given(st.text(max_size=60) | st.text(alphabet="'\"=+-@ \t\r\n\0;a", max_size=8))
@example("\ud800=1")
def test_no_text_begins_with_what_is_run(text: str) -> None:
    assert cell(text).lstrip(' \u00a0"')[:1] not in [*RUN]


def test_a_file_can_be_stopped_while_it_is_written() -> None:
    with pytest.raises(Cancelled):
        write_csv(table(*[("Maasdal",)] * 2_000), io.BytesIO(), StopAfter(2))
