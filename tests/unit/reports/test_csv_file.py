"""What a CSV file holds when it is read back, and that no text in it can be a formula."""

import csv
import io
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.reports.csv_file import as_csv
from app.reports.table import ReportTable, TableColumn, writable

ONE_TEXT = (TableColumn("Naam", "text", 20),)


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def written(name: str) -> str:
    return read(as_csv(ReportTable(title="Namen", columns=ONE_TEXT, rows=((name,),))))[1][0]


def test_a_file_reads_as_dutch_spreadsheets_expect() -> None:
    table = ReportTable(
        title="Leveranciers",
        columns=(
            TableColumn("Naam", "text", 30),
            TableColumn("Opdrachten", "money", 14),
            TableColumn("Geldig t/m", "date", 12),
            TableColumn("Jaar", "number", 8),
        ),
        rows=(("Café; 't Ĳ", 412_500_05, date(2027, 3, 2), 2026), ("Maasdal", -1, None, None)),
    )
    assert (
        as_csv(table)
        == (
            '\ufeffNaam;Opdrachten;Geldig t/m;Jaar\r\n"Café; \'t Ĳ";412500,05;02-03-2027;2026\r\nMaasdal;-0,01;;\r\n'
        ).encode()
    )


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+31 475", "-2", "@SUM(A1)", "\t=1", "\rx", "\0x", "  =1", "\u00a0+1", "\uff1d1", " \t=cmd", "\n=1"],
)
def test_a_text_that_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert written(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Maasdal", "A=B", "'s-Hertogenbosch", " Maasdal", "1-2", ""])
def test_any_other_text_is_left_alone(text: str) -> None:
    assert written(text) == text


@given(st.text(max_size=60) | st.text(alphabet="'=+-@ \t\r\n\0;\"a", max_size=8))
@example("'=1")
@example("\ud800")
def test_any_text_comes_back_once_the_guard_is_taken_away(text: str) -> None:
    found = written(text)
    is_guarded = found != writable(text)
    assert (found.removeprefix("'") if is_guarded else found) == writable(text)
    assert found.lstrip().lstrip("\0")[:1] not in {"=", "+", "-", "@"} and found.lstrip(" ")[:1] not in {
        "\t",
        "\r",
        "\0",
    }
