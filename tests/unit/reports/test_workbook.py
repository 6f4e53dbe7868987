"""What a workbook holds when it is read back, and that no text in it does anything."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.base.errors import Cancelled, FileError
from app.base.formulas import unguarded
from app.base.progress import NoProgress, StopAfter
from app.reports.table import Colours, Kind, ReportTable, TableColumn, writable
from app.reports.workbook import CUT_NOTE, LONGEST_TEXT, MOST_ROWS, write_workbook

RED, GREEN = Colours("#A4211A", "#FCE5E3"), Colours("#17703F", "#E2F3E9")
KINDS: tuple[tuple[str, Kind], ...] = (
    ("Naam", "text"), ("Status", "text"), ("Opdrachten", "money"), ("Geldig t/m", "date"), ("Jaar", "number"),
    ("Zoals het was", "raw"),
)  # fmt: skip
ROWS: tuple[tuple[Any, ...], ...] = (
    ("Bouwbedrijf Maasdal B.V.", "Voldoet niet", 412_500_05, date(2027, 3, 12), 2026, Decimal("1.5")),
    ("Dakwerken Tienbunder", "Voldoet", -1, None, None, datetime.fromisoformat("2026-01-02T03:04")),
    ("01234567", "Onbekend", None, date(1899, 12, 31), 0, "01234567"),
    (None, None, 0, None, None, True),
)


def colours_of(row: Sequence[Any]) -> Colours | None:
    return {"Voldoet niet": RED, "Voldoet": GREEN, None: RED}.get(row[1])


def table(rows: Sequence[Sequence[Any]] = ROWS) -> ReportTable[Any]:
    columns = [
        TableColumn(heading, kind, 20 + place, itemgetter(place), colours_of if heading == "Status" else None)
        for place, (heading, kind) in enumerate(KINDS[: len(rows[0]) if rows else None])
    ]
    return ReportTable(title="Leveranciers", columns=tuple(columns), rows=rows, length=len(rows), held=1)


def written(made: ReportTable[Any]) -> bytes:
    stream = io.BytesIO()
    write_workbook(made, stream, NoProgress())
    return stream.getvalue()


def part(workbook: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        return ElementTree.fromstring(book.read(name))


def tagged(root: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    return list(root.iter(f"{{http://schemas.openxmlformats.org/spreadsheetml/2006/main}}{tag}"))


def sheet(workbook: bytes) -> ElementTree.Element:
    return part(workbook, "xl/worksheets/sheet1.xml")


def styles(workbook: bytes) -> dict[str, tuple[str, list[str | None]]]:
    """Return the number format and the background of every cell that has a style of its own."""
    root = part(workbook, "xl/styles.xml")
    shapes = {found.get("numFmtId"): str(found.get("formatCode")) for found in tagged(root, "numFmt")}
    fills = [[colour.get("rgb") for colour in tagged(fill, "fgColor")] for fill in tagged(root, "fill")]
    kinds = [
        (shapes.get(kind.get("numFmtId"), {"0": "General", "1": "0", "49": "@"}.get(str(kind.get("numFmtId")), "?")),
         fills[int(kind.get("fillId", 0))])
        for kind in tagged(root, "cellXfs")[0]
    ]  # fmt: skip
    return {str(cell.get("r")): kinds[int(cell.get("s", 0))] for cell in tagged(sheet(workbook), "c")}


def texts(workbook: bytes) -> dict[str, str]:
    """Return every text of the sheet by its place, as Excel shows it."""
    whole = {
        str(cell.get("r")): "".join(t.text or "" for t in tagged(cell, "t"))
        for cell in tagged(sheet(workbook), "c")
        if cell.get("t") == "inlineStr"
    }
    return {at: re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), it) for at, it in whole.items()}


def test_amounts_and_days_are_real_and_what_excel_cannot_hold_is_a_text() -> None:
    workbook = written(table())
    assert CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_name("Leveranciers").to_python() == [
        ["Naam", "Status", "Opdrachten", "Geldig t/m", "Jaar", "Zoals het was"],
        ["Bouwbedrijf Maasdal B.V.", "Voldoet niet", 412_500.05, date(2027, 3, 12), 2026.0, 1.5],
        ["Dakwerken Tienbunder", "Voldoet", -0.01, "", "", datetime.fromisoformat("2026-01-02T03:04")],
        ["01234567", "Onbekend", "", "31-12-1899", 0.0, "01234567"],
        ["", "", 0.0, "", "", True],
    ]
    found = styles(workbook)
    assert [found[at][0] for at in ("A2", "B2", "C2", "D2", "E2", "F2", "F3", "F4")] == [
        "@", "@", "€ #,##0.00", "dd-mm-yyyy", "0", "General", "dd-mm-yyyy hh:mm", "@",
    ]  # fmt: skip


def test_what_is_typed_in_an_empty_cell_of_texts_stays_a_text() -> None:
    workbook = written(table())
    shapes = tagged(part(workbook, "xl/styles.xml"), "cellXfs")[0]
    name, _status, amount, *_ = [int(column.get("style", 0)) for column in tagged(sheet(workbook), "col")]
    assert [shapes[place].get("numFmtId") for place in (name, amount)] == ["49", "164"]
    (ignored,) = tagged(sheet(workbook), "ignoredError")
    assert (ignored.get("sqref"), ignored.get("numberStoredAsText")) == ("A1:XFD1048576", "1")


def test_the_header_and_the_first_columns_stay_in_view_and_every_column_can_be_filtered() -> None:
    found = sheet(written(table()))
    pane = tagged(found, "pane")[0]
    assert (pane.get("xSplit"), pane.get("ySplit"), pane.get("state")) == ("1", "1", "frozen")
    assert tagged(found, "autoFilter")[0].get("ref") == "A1:F5"
    assert [round(float(column.get("width", 0))) for column in tagged(found, "col")] == [21, 22, 23, 24, 25, 26]


def test_only_the_cells_that_say_so_are_coloured_also_when_they_are_empty() -> None:
    coloured = {at: back for at, (_shape, back) in styles(written(table())).items() if back}
    assert coloured == {"B2": ["FFFCE5E3"], "B3": ["FFE2F3E9"], "B5": ["FFFCE5E3"]}


def test_a_workbook_bears_its_title_and_nobodys_name() -> None:
    with zipfile.ZipFile(io.BytesIO(written(table()))) as book:
        core = book.read("docProps/core.xml").decode()
    assert "<dc:title>Leveranciers</dc:title><dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>" in core


def test_a_table_without_rows_is_a_workbook_too() -> None:
    assert texts(written(table(()))) == {f"{'ABCDEF'[place]}1": heading for place, (heading, _) in enumerate(KINDS)}


def test_more_rows_than_a_sheet_holds_are_refused_and_not_lost() -> None:
    many = ReportTable(title="Veel", columns=table().columns, rows=(), length=MOST_ROWS)
    with pytest.raises(FileError, match=r"passen 1\.048\.575 rijen; dit zijn er 1\.048\.576"):
        written(many)


def test_a_workbook_can_be_stopped_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(Cancelled):
        write_workbook(table([ROWS[0]] * 2_000), io.BytesIO(), StopAfter(2))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("letter", ["x", "🏗"])
def test_a_text_that_is_too_long_for_a_cell_is_cut_and_says_so(letter: str) -> None:
    whole = letter * (LONGEST_TEXT // len(letter.encode("utf-16-le")) * 2)
    found = texts(written(table([(whole,), (whole + letter * 2,)])))
    assert found["A2"] == whole
    assert found["A3"].startswith(letter * 1000) and found["A3"].endswith(CUT_NOTE)
    assert len(found["A3"].encode("utf-16-le")) <= 2 * LONGEST_TEXT


@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
@example(["=1+1", "+31 475", "@SUM(A1)", "{=1}", "https://voorbeeld.example", "12345678"])
@example(["<r><t>vet</t></r>", "<r></r>", "<r>&", "_x0041_", "a\rb\n", " spatie ", "\x00\x0b", "\ud800\uffff"])
def test_any_text_is_read_back_as_it_was_and_none_is_a_formula_or_a_link(names: list[str]) -> None:
    workbook = written(table([(name,) for name in names]))
    assert tagged(sheet(workbook), "f") == tagged(sheet(workbook), "hyperlink") == []
    assert {cell.get("t") for cell in tagged(sheet(workbook), "c")} == {"inlineStr"}
    found = {at: unguarded(text) for at, text in texts(workbook).items()}
    assert found == {"A1": "Naam"} | {f"A{row}": writable(name) for row, name in enumerate(names, start=2) if name}
