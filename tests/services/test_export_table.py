"""A list as a file: whole or not at all, with the numbers of its suppliers, and every text as it was."""

import zipfile
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.base.errors import Cancelled, FileError
from app.base.formulas import guarded
from app.base.progress import NoProgress, StopAfter
from app.domain.supplier import Supplier
from app.importing.cleaning import plain_text
from app.importing.readers import read_tables
from app.reports.table import ReportTable, writable
from app.services import Register
from app.services.export_table import TableColumn, export_list, write_table

Row = tuple[str, str]
COLUMNS: tuple[TableColumn[Row], ...] = (TableColumn("Leverancier", "text", 30, itemgetter(1)),)


def test_the_numbers_of_its_supplier_come_behind_a_row(register: Register, tmp_path: Path) -> None:
    with register.operation("edit", "leverancier"):
        register.suppliers.add(Supplier(id="s1", name="Bouwbedrijf Maasdal", kvk="01234567", own_number="00042"))
    rows = [("s1", "Maasdal"), ("", "onbekende beller")]
    path = tmp_path / "lijst.xlsx"
    export_list(register, rows, COLUMNS, path, title="Opvolging", supplier_of=itemgetter(0))
    assert CalamineWorkbook.from_path(path).get_sheet_by_name("Opvolging").to_python() == [
        ["Leverancier", "KvK", "Eigen nummer", "Registernummer"],
        ["Maasdal", "01234567", "00042", "s1"],
        ["onbekende beller", "", "", ""],
    ]


def test_a_list_that_is_about_nobody_holds_what_it_shows(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "lijst.CSV"
    export_list(register, [("", "Ronde 1")], COLUMNS, path, title="Rondes")
    assert path.read_bytes() == b"\xef\xbb\xbfLeverancier\r\nRonde 1\r\n"


@pytest.mark.parametrize("name", ["lijst.pdf", "lijst", ".csv"])
def test_another_kind_of_file_is_refused(register: Register, tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError, match=r"\.xlsx \(Excel\) of \.csv"):
        export_list(register, [("", "Ronde 1")], COLUMNS, tmp_path / name, title="Rondes")
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["lijst.csv", "lijst.xlsx"])
def test_a_file_that_cannot_be_written_says_why(register: Register, tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError, match="die map bestaat niet"):
        export_list(register, [("", "Ronde 1")], COLUMNS, tmp_path / "weg" / name, title="Rondes")


@pytest.mark.parametrize("name", ["lijst.csv", "lijst.xlsx"])
def test_a_list_that_is_stopped_leaves_the_older_file(register: Register, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"ouder")
    with pytest.raises(Cancelled):
        export_list(register, [("", "Ronde")] * 2_000, COLUMNS, path, title="Rondes", progress=StopAfter(2))
    assert path.read_bytes() == b"ouder"
    assert [found.name for found in path.parent.iterdir() if name in found.name] == [name]


# HYPOTHESIS_PROFILE=thorough asks it 10,000 texts.
@given(st.text(max_size=60) | st.text(alphabet="'\"=+-@ \t\r\n\0\x0b;,a_x0", min_size=1, max_size=12))
@example('=HYPERLINK("https://voorbeeld.example";"klik")')
@example("<r>vet</r>")
def test_any_text_comes_back_through_the_import_and_none_is_run(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    rows = [("", text), ("", "Maasdal"), ("", text)]
    kept = plain_text(guarded(writable(text)))
    columns: tuple[TableColumn[Row], ...] = (*COLUMNS, TableColumn("Plaats", "text", 20, lambda _row: "Echt"))
    for name in ("tekst.xlsx", "tekst.csv"):
        write_table(ReportTable(title="Proef", columns=columns, rows=rows, length=3), folder / name)
        (found,) = read_tables(folder / name, NoProgress())
        assert [plain_text(cell) for cell, _city in found.rows] == ["Leverancier", kept, "Maasdal", kept]
    with zipfile.ZipFile(folder / "tekst.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
