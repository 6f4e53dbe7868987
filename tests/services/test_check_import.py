"""A file with the headings of before is read as before, and says so; what is chosen today goes before it."""

from pathlib import Path
from typing import Any

import pytest

from app.services import Register, import_register
from app.services.check_import import ImportCheck, check_import
from app.services.import_register import Choices, Decision, Doubt, NoHeadingsError, read_file
from app.services.mend_cells import FlawedCell, flawed_cells, used_cells

TEXT = "Omschrijving;Naam;Bijnaam\nDakwerken Tienbunder;x;Tien\n"
MAPPING = {"Omschrijving": "name", "Naam": None, "Bijnaam": "trade_name"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "lijst.csv"
    found.write_text(TEXT, encoding="utf-8")
    return found


def check(register: Register, path: Path, **choices: Any) -> ImportCheck:
    return check_import(register, read_file(path), choices=Choices(**choices))


def store(register: Register, path: Path, **choices: Any) -> None:
    assert import_register.commit(register, check(register, path, **choices).preview)


def test_the_columns_of_before_are_followed(register: Register, path: Path) -> None:
    first = check(register, path)
    assert first.preview.read_as_in is None
    assert first.preview.plan.columns["Naam"] == "name"
    store(register, path, mapping=MAPPING)
    again = path.with_name("lijst 2.csv")
    again.write_text(TEXT.replace("Tien\n", "Tien\nTegelwerken Modelaar;y;\n"), encoding="utf-8")
    second = check(register, again)
    assert second.preview.plan.columns == MAPPING
    assert second.preview.read_as_in is not None
    assert second.preview.read_as_in.file_name == "lijst.csv"
    assert [row.name for row in second.rows] == ["Dakwerken Tienbunder", "Tegelwerken Modelaar"]


def test_a_choice_goes_before_the_columns_of_before(register: Register, path: Path) -> None:
    store(register, path, mapping=MAPPING)
    columns = check(register, path, mapping={"Naam": "name"}).preview.plan.columns
    assert columns == {"Omschrijving": None, "Naam": "name", "Bijnaam": "trade_name"}


def test_a_file_without_a_known_heading_is_read_once_it_was_told(register: Register, path: Path) -> None:
    path.write_text("Omschrijving;Getal\nDakwerken Tienbunder;7\n", encoding="utf-8")
    with pytest.raises(NoHeadingsError):
        check(register, path)
    store(register, path, mapping={"Omschrijving": "name"})
    assert [row.name for row in check(register, path).rows] == ["Dakwerken Tienbunder"]


def test_an_answer_is_given_once_for_every_file_of_the_layout(register: Register, path: Path) -> None:
    path.write_text("Naam;Omzet 2026\nDakwerken Tienbunder;121,00\n", encoding="utf-8")
    assert [found.key for found in check(register, path).preview.plan.questions if found.is_open] == ["vat:"]
    store(register, path, answers={"vat:": "21"})
    assert [amount.cents for amount in register.amounts.list_all()] == [10000]
    again = check(register, path).preview.plan
    assert not any(found.is_open for found in again.questions)
    assert not len(again.changed)
    assert check(register, path, answers={"vat:": "0"}).preview.plan.changed.amounts[0].cents == 12100


def test_the_same_amounts_are_not_added_up_twice_however_they_are_saved(register: Register, path: Path) -> None:
    month = "Naam;Omzet 2026\nDakwerken Tienbunder;{}\nTegelwerken Modelaar;{}\n"
    path.write_text(month.format("100,00", "40,00"), encoding="utf-8")
    store(register, path, answers={"vat:": "0"})
    path.write_text(month.format("-25,00", "10,00"), encoding="utf-8")
    store(register, path, answers={"repeat:": "add"})
    assert sorted(amount.cents for amount in register.amounts.list_all()) == [5000, 7500]
    other = path.with_name("opnieuw bewaard.csv")
    other.write_text("Omzet 2026\tNaam\n10\tTegelwerken Modelaar\n-25\tDakwerken Tienbunder\n", encoding="utf-16")
    again = check(register, other, answers={"repeat:": "add", "vat:": "0"}).preview.plan
    assert not len(again.changed)
    assert "tellen niet nog een keer mee" in " ".join(again.notes)


def test_who_is_gone_from_the_next_file_is_listed_and_kept(register: Register, path: Path) -> None:
    path.write_text("Naam;Omzet 2026\nDakwerken Tienbunder;100\nTegelwerken Modelaar;40\n", encoding="utf-8")
    store(register, path, answers={"vat:": "0"})
    path.write_text("Naam;Omzet 2026\nDakwerken Tienbunder;120\n", encoding="utf-8")
    plan = check(register, path).preview.plan
    assert [(found.name, found.what.replace("\u00a0", " ")) for found in plan.absent] == [
        ("Tegelwerken Modelaar", "Opdrachten 2026 afgesproken: € 40")
    ]
    assert not any(amount.supplier_id == plan.absent[0].supplier_id for amount in plan.changed.amounts)


def test_doubt_and_faults_are_found_also_once_they_were_settled(register: Register, path: Path) -> None:
    path.write_text("Naam;Plaats;KvK\nDakwerken Tienbunder;Echt;01239999\n", encoding="utf-8")
    store(register, path)
    path.write_text(
        "Naam;Plaats;Omzet 2026 excl. btw\n"
        "Dakweerken Tienbunder;Echt;1\n"
        "Tegelwerken Modelaar;Weert;veel\n"
        "Kozijnen Vlakveld;Stein;2\n",
        encoding="utf-8",
    )
    first = check(register, path)
    assert dict(first.counts) == {"maybe": 1, "error": 1, "new": 1}
    (asked,) = first.asked
    assert asked.resembles[0].facts == ("Dakwerken Tienbunder", "KvK 01239999", "Echt")
    settled = check(register, path, decisions={2: Decision(Doubt.NEW)}, mended={(3, "Omzet 2026 excl. btw"): "5"})
    assert dict(settled.counts) == {"maybe": 1, "error": 1, "new": 3}
    assert [row.resembles for row in settled.asked] == [asked.resembles]


def test_a_flawed_cell_is_given_as_written_and_as_it_is_read(register: Register, path: Path) -> None:
    path.write_text("Naam;Bijnaam;Omzet 2026 excl. btw\n\nDakwerken Tienbunder;x;veel\n;Tegel;7\n", encoding="utf-8")
    heading = "Omzet 2026 excl. btw"
    found = check(register, path)
    faulty, nameless = found.rows
    message = "'veel' is geen bedrag. Vul een bedrag in, of laat de cel leeg."
    assert flawed_cells(found.preview, faulty) == (FlawedCell(heading, "veel", "veel", (message,), is_fault=True),)
    assert flawed_cells(found.preview, nameless) == (
        FlawedCell("Naam", "", "", ("De naam ontbreekt. Vul de naam in.",), is_fault=True),
    )
    assert used_cells(found.preview, faulty) == (("Naam", "Dakwerken Tienbunder"), (heading, "veel"))
    after = check(
        register, path, mended={(faulty.row, heading): "5,00", (nameless.row, "Naam"): "Tegelwerken Modelaar"}
    )
    (cell,) = flawed_cells(after.preview, after.rows[0])
    assert cell == FlawedCell(heading, "veel", "5,00", (), is_fault=False)
    assert cell.is_mended
    assert [row.name for row in after.rows] == ["Dakwerken Tienbunder", "Tegelwerken Modelaar"]


def test_a_use_that_the_heading_does_not_tell_is_not_sure_until_it_is_chosen(register: Register, path: Path) -> None:
    path.write_text("Organisatie naam lang;Omzet 2026 incl. btw\nDakwerken Tienbunder;5,00\n", encoding="utf-8")
    found = check(register, path).preview.columns
    assert [(column.field, column.is_sure) for column in found] == [("name", False), ("amount", True)]
    chosen = check(register, path, mapping={"Organisatie naam lang": "name"}).preview.columns
    assert [column.is_sure for column in chosen] == [True, True]
