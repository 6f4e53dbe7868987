"""The first rows of a file show its columns before the rest was read."""

from pathlib import Path

import pytest

from app.base.errors import AppError
from app.services import Register, import_register
from app.services.first_look import first_look
from app.services.import_register import Choices
from app.services.read_spreadsheet import ReadFile, read_beginning, read_file

HEADING = "Crediteuren\n\nNaam;KvK;Omzet 2026 excl. btw\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "lang.csv"
    found.write_text(HEADING + "".join(f"Firma {n};{n:08d};{n}.000,00\n" for n in range(1, 20_000)), encoding="utf-8")
    return found


def begin(path: Path) -> ReadFile:
    found = read_beginning(path)
    assert found is not None
    return found


def test_the_columns_are_those_of_the_whole_file(register: Register, path: Path) -> None:
    beginning = begin(path)
    assert len(beginning.tables[0].rows) < 1_000
    look = first_look(register, beginning, choices=Choices())
    assert (look.columns, look.header_row) == (import_register.preview(register, path).columns, 3)
    assert first_look(register, read_file(path), choices=Choices()) == look


def test_the_columns_of_an_earlier_file_are_followed(register: Register, path: Path) -> None:
    mapped = Choices(mapping={"KvK": None})
    import_register.commit(register, import_register.preview(register, path, choices=mapped))
    look = first_look(register, begin(path), choices=Choices())
    assert [column.field for column in look.columns] == ["name", None, "amount"]


def test_what_the_first_rows_leave_open_is_told(register: Register, path: Path) -> None:
    path.write_text("Naam;Bedrag\nDakwerken Tienbunder;5\n", encoding="utf-8")
    with pytest.raises(AppError, match="Van welk jaar"):
        first_look(register, begin(path), choices=Choices())


def test_a_workbook_has_no_beginning_that_comes_sooner(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "boek.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_row(0, 0, ["Naam"])
    assert read_beginning(path) is None
