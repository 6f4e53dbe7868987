"""What an import would change stands beside each row, old and new, before anything is written."""

from pathlib import Path

import pytest

from app.services import Register, import_register
from app.services.import_register import Outcome
from app.services.show_import import FieldChange, RowChange, row_changes

HEADING = (
    "Naam;KvK;PC+Plaats;Telefoon;Contactpersoon;Contractnr;Contract tot en met;Opdrachten 2026;Trede;Geldig van;"
    "Geldig t/m\n"
)
MAASDAL = (
    "Bouwbedrijf Maasdal B.V.;01234567;6041 AB Roermond;0475-381240;mevr. P. Bos;RC-1;31-12-2027;388.000,00;Trede 1;"
    "1-1-2026;31-12-2027\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crediteuren.csv"


def shown(register: Register, path: Path, text: str) -> list[RowChange]:
    path.write_text(text, encoding="utf-8")
    return list(row_changes(register, import_register.preview(register, path)))


def take(register: Register, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    import_register.commit(register, import_register.preview(register, path))


def told(changes: tuple[FieldChange, ...]) -> list[tuple[str, str, str]]:
    return [(change.label, change.old, change.new.replace("\xa0", " ")) for change in changes]


def test_a_new_supplier_shows_every_field_that_is_filled(register: Register, path: Path) -> None:
    (row,) = shown(register, path, HEADING + MAASDAL)
    assert (row.row, row.outcome, row.name, row.city, row.known_as) == (
        2, Outcome.NEW, "Bouwbedrijf Maasdal B.V.", "Roermond", ""
    )  # fmt: skip
    assert told(row.changes) == [
        ("Naam", "", "Bouwbedrijf Maasdal B.V."),
        ("KvK-nummer", "", "01234567"),
        ("Postcode", "", "6041 AB"),
        ("Plaats", "", "Roermond"),
        ("Telefoon", "", "0475-381240"),
        ("Contactpersoon P. Bos · Aanhef", "", "mevrouw"),
        ("Contactpersoon P. Bos · Voorletters", "", "P."),
        ("Contactpersoon P. Bos · Achternaam", "", "Bos"),
        ("Contactpersoon P. Bos · Eerste contact", "", "ja"),
        ("Contract RC-1 · Nummer", "", "RC-1"),
        ("Contract RC-1 · T/m", "", "31 december 2027"),
        ("Opdrachten 2026 afgesproken, contract RC-1", "", "€ 388.000"),
        ("Certificaat Trede 1 · Trede", "", "Trede 1"),
        ("Certificaat Trede 1 · Geldig vanaf", "", "1 januari 2026"),
        ("Certificaat Trede 1 · Geldig t/m", "", "31 december 2027"),
        ("Certificaat Trede 1 · KvK-nummers", "", "01234567"),
    ]


def test_a_known_supplier_shows_old_and_new(register: Register, path: Path) -> None:
    take(register, path, HEADING + MAASDAL)
    changed = MAASDAL.replace("388.000", "412.500").replace("Roermond", "Echt").replace(";31-12-2027\n", ";31-1-2028\n")
    (row,) = shown(register, path, HEADING + changed)
    assert (row.outcome, row.city, row.known_as) == (Outcome.UPDATED, "Echt", "Bouwbedrijf Maasdal B.V., Roermond")
    assert [tuple(text.replace("\xa0", " ") for text in (c.label, c.old, c.new)) for c in row.changes] == [
        ("Plaats", "Roermond", "Echt"),
        ("Opdrachten 2026 afgesproken, contract RC-1", "€ 388.000", "€ 412.500"),
        ("Certificaat Trede 1 · Geldig t/m", "31 december 2027", "31 januari 2028"),
    ]


def test_rows_stand_in_the_order_of_the_file_with_their_faults_and_reasons(register: Register, path: Path) -> None:
    take(register, path, "Naam;Plaats\nGroenvoorziening Peelzicht;Panningen\n")
    rows = shown(
        register,
        path,
        "Naam;KvK;Plaats;Opdrachten 2026\n"
        "Dakwerken Tienbunder;;Echt;n.v.t.\n"
        "Bouwbedrijf Maasdal B.V.;01234567;Roermond;100\n"
        "Groenvoorziening Peelzicht;;Panningen;\n"
        "Bouwbedrijf Maasdal B.V.;01234567;;25\n"
        "Groenvoorziening Peelzigt;;Panningen;5\n"
        "Totaal;;;125\n",
    )
    assert [(row.row, row.outcome, row.name, row.known_as) for row in rows] == [
        (2, Outcome.ERROR, "Dakwerken Tienbunder", ""),
        (3, Outcome.NEW, "Bouwbedrijf Maasdal B.V.", ""),
        (4, Outcome.UNCHANGED, "Groenvoorziening Peelzicht", "Groenvoorziening Peelzicht, Panningen"),
        (5, Outcome.NEW, "Bouwbedrijf Maasdal B.V.", ""),
        (6, Outcome.MAYBE, "Groenvoorziening Peelzigt", "Groenvoorziening Peelzicht, Panningen"),
        (7, Outcome.SKIPPED, "", ""),
    ]
    assert [(fault.column, fault.value) for fault in rows[0].faults] == [("Opdrachten 2026", "n.v.t.")]
    assert told(rows[1].changes)[-1] == ("Opdrachten 2026 afgesproken", "", "€ 125")
    assert (rows[3].changes, rows[3].why) == ((), "Samen met rij 3.")
    assert rows[4].why and rows[5].why and all(row.changes == () for row in rows if row.row != 3)


def test_every_record_of_the_plan_stands_in_a_row(register: Register, path: Path) -> None:
    text = "Naam;KvK;Trede;Geldig van;Geldig t/m\nSchoonmaak Ver Weg;01239999;Trede 2;1-1-2026;31-12-2027\n"
    (row,) = shown(register, path, text)
    assert (row.outcome, row.name, row.supplier_id) == (Outcome.NEW, "Schoonmaak Ver Weg", None)
    assert ("Certificaat Trede 2 · Naam van de houder", "", "Schoonmaak Ver Weg") in told(row.changes)


def test_a_kvk_number_that_gets_its_zero_back_stands_in_a_row(register: Register, path: Path) -> None:
    take(register, path, "Naam;KvK\nBouwbedrijf Maasdal B.V.;1234567\n")
    (row,) = shown(
        register,
        path,
        "Naam;KvK;Trede;Geldig van;Geldig t/m\nBouwbedrijf Maasdal B.V.;01234567;Trede 2;1-1-2026;31-12-2027\n",
    )
    assert told(row.changes)[0] == ("KvK-nummer", "1234567", "01234567")
