"""What a workbook holds when it is read back, and that no text in it does anything."""

import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.reports.table import ReportTable, StatusColours, TableColumn, writable
from app.reports.workbook import CUT_NOTE, LONGEST_TEXT, as_workbook

ONE_TEXT = (TableColumn("Naam", "text", 20),)
TABLE = ReportTable(
    title="Leveranciers",
    columns=(
        TableColumn("Naam", "text", 30),
        TableColumn("Status", "text", 18),
        TableColumn("Opdrachten", "money", 14),
        TableColumn("Geldig t/m", "date", 12),
        TableColumn("Jaar", "number", 8),
    ),
    rows=(
        ("Bouwbedrijf Maasdal B.V.", "Voldoet niet", 412_500_05, date(2027, 3, 12), 2026),
        ("Dakwerken Tienbunder", "Voldoet", -1, None, None),
        ("Voldoet", "Onbekend", None, date(1899, 12, 31), 0),
    ),
    status_column=1,
    colours={"Voldoet niet": StatusColours("#A4211A", "#FCE5E3"), "Voldoet": StatusColours("#17703F", "#E2F3E9")},
)


def part(workbook: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        return ElementTree.fromstring(book.read(f"xl/{name}.xml"))


def tagged(root: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    return list(root.iter(f"{{http://schemas.openxmlformats.org/spreadsheetml/2006/main}}{tag}"))


def texts(workbook: bytes) -> list[str]:
    """Return every text of the file as Excel shows it."""
    whole = ["".join(t.text or "" for t in tagged(item, "t")) for item in tagged(part(workbook, "sharedStrings"), "si")]
    return [re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text) for text in whole]


def test_amounts_and_days_are_real_and_a_day_that_excel_does_not_know_is_a_text() -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_workbook(TABLE))).get_sheet_by_name("Leveranciers")
    assert sheet.to_python() == [
        ["Naam", "Status", "Opdrachten", "Geldig t/m", "Jaar"],
        ["Bouwbedrijf Maasdal B.V.", "Voldoet niet", 412_500.05, date(2027, 3, 12), 2026.0],
        ["Dakwerken Tienbunder", "Voldoet", -0.01, "", ""],
        ["Voldoet", "Onbekend", "", "31-12-1899", 0.0],
    ]
    styles = part(as_workbook(TABLE), "styles")
    assert [shape.get("formatCode") for shape in tagged(styles, "numFmt")] == ["€ #,##0.00", "dd-mm-yyyy"]


def test_the_header_stays_in_view_and_every_column_can_be_filtered() -> None:
    sheet = part(as_workbook(TABLE), "worksheets/sheet1")
    pane = tagged(sheet, "pane")[0]
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    assert tagged(sheet, "autoFilter")[0].get("ref") == "A1:E4"
    assert [round(float(column.get("width", 0))) for column in tagged(sheet, "col")] == [31, 19, 15, 13, 9]


def test_only_the_cells_of_the_status_are_coloured() -> None:
    workbook = as_workbook(TABLE)
    styles = part(workbook, "styles")
    fills = [[colour.get("rgb") for colour in tagged(fill, "fgColor")] for fill in tagged(styles, "fill")]
    shapes = [fills[int(shape.get("fillId", 0))] for shape in list(tagged(styles, "cellXfs")[0])]
    cells = {cell.get("r"): shapes[int(cell.get("s", 0))] for cell in tagged(part(workbook, "worksheets/sheet1"), "c")}
    coloured = {place: colours for place, colours in cells.items() if colours}
    assert coloured == {"B2": ["FFFCE5E3"], "B3": ["FFE2F3E9"]}


def test_a_table_without_rows_is_a_workbook_too() -> None:
    workbook = as_workbook(ReportTable(title="Leeg", columns=ONE_TEXT, rows=()))
    assert texts(workbook) == ["Naam"]


@pytest.mark.parametrize("letter", ["x", "🏗"])
def test_a_text_that_is_too_long_for_a_cell_is_cut_and_says_so(letter: str) -> None:
    whole = letter * (LONGEST_TEXT // len(letter.encode("utf-16-le")) * 2)
    table = ReportTable(title="Lang", columns=ONE_TEXT, rows=((whole,), (whole + letter * 2,)))
    _, kept, cut = texts(as_workbook(table))
    assert kept == whole
    assert cut.startswith(letter * 1000) and cut.endswith(CUT_NOTE)
    assert len(cut.encode("utf-16-le")) <= 2 * LONGEST_TEXT


@settings(max_examples=60)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
@example(["=1+1", "+31 475", "@SUM(A1)", "{=1}", "https://voorbeeld.example", "12345678", "'=1"])
@example(["<r><t>vet</t></r>", "<r></r>", "<r>&", "_x0041_", "a\rb\n", " spatie ", "\x00\x0b", "\ud800\uffff"])
def test_any_text_comes_back_as_it_was_and_none_is_a_formula_or_a_link(names: list[str]) -> None:
    workbook = as_workbook(ReportTable(title="Namen", columns=ONE_TEXT, rows=[(name,) for name in names]))
    sheet = part(workbook, "worksheets/sheet1")
    assert tagged(sheet, "f") == tagged(sheet, "hyperlink") == []
    shared = texts(workbook)
    cells = [cell for cell in tagged(sheet, "c") if len(cell)]
    assert {cell.get("t") for cell in cells} == {"s"}
    found = {cell.get("r"): shared[int(cell[0].text or "")] for cell in cells}
    assert found == {"A1": "Naam"} | {f"A{row}": writable(name) for row, name in enumerate(names, start=2) if name}
