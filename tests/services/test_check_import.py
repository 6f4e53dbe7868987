"""A file with the headings of before is read as before, and says so; a choice of today goes first."""

from pathlib import Path

import pytest

from app.services import Register, import_register
from app.services.check_import import check_import
from app.services.import_register import NoHeadingsError

TEXT = "Omschrijving;Naam;Bijnaam\nDakwerken Tienbunder;x;Tien\n"
MAPPING = {"Omschrijving": "name", "Naam": None, "Bijnaam": "trade_name"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "lijst.csv"
    found.write_text(TEXT, encoding="utf-8")
    return found


def test_the_columns_of_before_are_followed(register: Register, path: Path) -> None:
    first = check_import(register, path)
    assert first.read_as_in is None
    assert first.preview.plan.columns["Naam"] == "name"
    import_register.commit(register, check_import(register, path, mapping=MAPPING).preview)
    again = path.with_name("lijst 2.csv")
    again.write_text(TEXT.replace("Tien\n", "Tien\nTegelwerken Modelaar;y;\n"), encoding="utf-8")
    check = check_import(register, again)
    assert check.preview.plan.columns == MAPPING
    assert check.read_as_in is not None
    assert check.read_as_in.file_name == "lijst.csv"
    assert [row.name for row in check.rows] == ["Dakwerken Tienbunder", "Tegelwerken Modelaar"]


def test_a_choice_goes_before_the_columns_of_before(register: Register, path: Path) -> None:
    import_register.commit(register, check_import(register, path, mapping=MAPPING).preview)
    check = check_import(register, path, mapping={"Naam": "name"})
    assert check.read_as_in is None
    assert check.preview.plan.columns["Naam"] == "name"


def test_columns_that_nobody_changed_are_not_called_followed(register: Register, path: Path) -> None:
    import_register.commit(register, check_import(register, path).preview)
    assert check_import(register, path).read_as_in is None


def test_a_file_without_a_known_heading_is_read_once_it_was_told(register: Register, path: Path) -> None:
    path.write_text("Omschrijving;Getal\nDakwerken Tienbunder;7\n", encoding="utf-8")
    with pytest.raises(NoHeadingsError):
        check_import(register, path)
    import_register.commit(register, check_import(register, path, mapping={"Omschrijving": "name"}).preview)
    assert [row.name for row in check_import(register, path).rows] == ["Dakwerken Tienbunder"]
