"""What would clear a firm that does not comply, or charge one with what is not its own, is asked or left out."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.certificate import CertificateStatus, Level
from app.domain.rows import Records
from app.domain.supplier import Address, Supplier
from app.importing.outcome import Outcome, YearUnknownError
from tests.unit.importing.conftest import Importer

HEAD = "Naam;Plaats;KvK;Crediteurnummer"


@pytest.fixture
def known(importer: Importer) -> Importer:
    """A firm, its holding, a foundation of nearly the same name, and another firm."""
    importer.register = Records(
        suppliers=tuple(
            Supplier(id=number, name=name, kvk=kvk, own_number=number, visiting=Address(city="Venlo"))
            for number, name, kvk in (
                ("70001", "Aelen Bouw B.V.", "12345671"),
                ("70002", "Aelen Bouw Holding B.V.", "12345672"),
                ("70003", "Stichting De Groene Tuin", "12345673"),
                ("70004", "Ambacht Schilders", "12345674"),
            )
        )
    )
    return importer


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ("Aelen Bouw;;;70001", Outcome.UNCHANGED),
        ("Aelen Bouw Holding B.V.;;;70001", Outcome.MAYBE),
        ("De Groene Tuin B.V.;;;70003", Outcome.MAYBE),
        ("Ambacht Schilders;Venlo;12345671;", Outcome.MAYBE),
        ("Kapsalon Krul;Groningen;12345671;", Outcome.MAYBE),
        # A new name where it always was, and the old one elsewhere, are what firms do.
        ("Bouwgroep Zuid;Venlo;12345671;", Outcome.UPDATED),
        ("Aelen Bouwbedrijf;Groningen;12345671;", Outcome.UPDATED),
    ],
)
def test_a_number_of_ours_with_the_name_of_another_firm_is_asked_about(known: Importer, row: str, outcome: Outcome):
    (found,) = known.plan(f"{HEAD}\n{row}\n").rows
    assert found.outcome is outcome


@pytest.mark.parametrize(
    ("status", "told"),
    [("Geldig", [CertificateStatus.VALID]), ("Ingetrokken", [CertificateStatus.WITHDRAWN]), ("Voorlopig", [])],
)
def test_a_status_that_is_not_understood_stops_its_row(known: Importer, status: str, told: list[CertificateStatus]):
    head = "Naam;KvK;Trede;Geldig vanaf;Geldig t/m;Status\n"
    rows = f"Aelen Bouw B.V.;12345671;Trede 2;1-1-2026;31-12-2027;{status}\n"
    plan = known.plan(f"{head}{rows}Ambacht Schilders;12345674;Trede 1;1-1-2026;31-12-2027;Opgeschort\n")
    statuses = [one.status for one in plan.new.certificates]
    assert statuses == [*told, CertificateStatus.SUSPENDED]
    assert bool(plan.faults) == (not told)


def test_a_day_of_withdrawal_withdraws(known: Importer):
    head = "Naam;KvK;Trede;Geldig vanaf;Geldig t/m;Intrekkingsdatum\n"
    rows = "Aelen Bouw B.V.;12345671;Trede 2;1-1-2026;31-12-2027;1-6-2026\n"
    plan = known.plan(f"{head}{rows}Ambacht Schilders;12345674;Trede 1;1-1-2026;31-12-2027;\n")
    assert [one.status for one in plan.new.certificates] == [CertificateStatus.WITHDRAWN, CertificateStatus.VALID]


@pytest.mark.parametrize("asked", ["Vereiste trede", "Gevraagde PSO-trede", "Vorige trede", "PSO-eis"])
def test_the_level_that_is_asked_for_is_not_the_one_that_is_held(known: Importer, asked: str):
    head = f"Naam;KvK;{asked};Behaalde trede;Geldig vanaf;Geldig t/m\n"
    plan = known.plan(f"{head}Aelen Bouw B.V.;12345671;Trede 2;Trede 1;1-1-2026;31-12-2027\n")
    assert [one.level for one in plan.new.certificates] == [Level.TREDE1]


@pytest.mark.parametrize(
    ("headings", "cents"),
    [
        ("Q1 2026;Q2 2026;Q3 2026", 600),
        ("Bedrag jan 2026;Bedrag feb 2026;Bedrag mrt 2026", 600),
        ("Omzet 2026;Omzet jan 2026;Omzet feb 2026", 100),
        ("Prognose 2026;Begroot bedrag 2026;Omzet 2026", 300),
        ("Omzet vorig jaar;Openstaand bedrag;Omzet 2026", 300),
    ],
)
def test_parts_of_a_year_are_added_up_and_what_is_no_order_is_not(known: Importer, headings: str, cents: int):
    plan = known.plan(f"Leverancier;KvK;{headings}\nAelen Bouw B.V.;12345671;1,00;2,00;3,00\n")
    assert [(amount.year, amount.cents) for amount in plan.new.amounts] == [(2026, cents)]


def test_zeros_in_front_of_our_number_change_nothing(known: Importer):
    plan = known.plan("Leverancier;Crediteurnummer;Plaats\nAelen Bouw B.V.;0000070001;Venlo\n")
    assert [row.outcome for row in plan.rows] == [Outcome.UNCHANGED]


def test_a_few_namesakes_make_a_creditor_number_no_less_sure(importer: Importer):
    names = ["J. Jansen", "P. Bakker", "Garage Smit"] * 2 + [f"Firma {letter}" for letter in "ABCDEF"]
    rows = "".join(f"{name};{number}\n" for number, name in enumerate(names, start=90001))
    plan = importer.plan(f"Leverancier;Crediteurnummer\n{rows}")
    assert plan.columns["Crediteurnummer"] == "own_number"
    assert plan.new_rows == len(names)


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ("7;Aelen;100\n8;Boers;50\n999999;TOTAAL;150", ["Aelen", "Boers"]),
        ("7;Aelen;100\n;Aelen;50\n;Aelen Totaal;150\n8;Boers;1\n;Boers Totaal;1", ["Aelen", "Boers"]),
        (";Aelen;100\n;Boers;50\n;Totaal crediteuren;150,01\n;Gemiddeld;75\n;BTW 21%;31,50", ["Aelen", "Boers"]),
        ("7;Aelen;100\n8;Totaal Wonen;1", ["Aelen", "Totaal Wonen"]),
    ],
)
def test_what_is_added_up_below_is_no_firm(importer: Importer, rows: str, names: list[str]):
    plan = importer.plan(f"Crediteurnummer;Leverancier;Omzet 2026 excl. btw\n{rows}\n")
    assert [supplier.name for supplier in plan.new.suppliers] == names


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_bare_name_beside_two_firms_that_bear_it_is_neither(importer: Importer, order: tuple[int, ...]):
    rows = ("De Groene Tuin B.V.;10,00\n", "Stichting De Groene Tuin;9,00\n", "De Groene Tuin;5,00\n")
    plan = importer.plan(f"Leverancier;Omzet 2026 excl. btw\n{''.join(rows[place] for place in order)}")
    assert sorted(amount.cents for amount in plan.new.amounts) == [500, 900, 1000]


def test_three_decimals_are_asked_about(importer: Importer):
    plan = importer.plan("Leverancier;Omzet 2026 excl. btw\nAelen;1.234\nBoers;12.50\nCox;1.000\n")
    (question,) = plan.questions
    assert (question.key, question.is_open, question.answer) == ("decimal:Omzet 2026 excl. btw", True, "point")


def test_a_year_below_a_group_stays_in_it(importer: Importer):
    head = "Leverancier;Begroot;;Gefactureerd;\n;2025;2026;2025;2026\n"
    plan = importer.plan(f"{head}Aelen;1,00;2,00;3,00;4,00\n")
    assert {(amount.kind.name, amount.year, amount.cents) for amount in plan.new.amounts} == {
        ("INVOICED", 2025, 300), ("INVOICED", 2026, 400),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("above", "heading", "cents"),
    [
        ("", "Omzet 2026 (x € 1.000)", 123_450_000),
        ("", "Omzet 2026 in k€", 123_450_000),
        ("", "Bedrag 2026 (mln)", 123_450_000_000),
        ("Bedragen in duizenden euro's;\n", "Omzet 2026", 123_450_000),
        ("", "Omzet 2026", 123_450),
    ],
)
def test_the_unit_of_amounts_is_asked_where_the_file_names_one(
    importer: Importer, above: str, heading: str, cents: int
):
    content = f"{above}Leverancier;{heading}\nAelen;1234,50\n"
    plan = importer.plan(content)
    assert [amount.cents for amount in plan.new.amounts] == [cents]
    assert ("scale:" in {question.key for question in plan.questions if question.is_open}) == (cents != 123_450)
    assert [amount.cents for amount in importer.plan(content, answers={"scale:": "1"}).new.amounts] == [123_450]


def test_another_table_on_the_sheet_is_not_read_by_the_columns_of_the_first(importer: Importer):
    first = "Leverancier;Plaats;Omzet 2025\nAelen;Venlo;100\nBoers;Echt;200\n\n"
    below = importer.plan(f"{first}Plaats;Leverancier;Omzet 2026\nWeert;Cox;300\n")
    assert [supplier.name for supplier in below.new.suppliers] == ["Aelen", "Boers"]
    assert "In rij 5 begint een andere tabel. Die is niet gelezen." in below.notes
    assert [row.outcome for row in below.rows[2:]] == [Outcome.SKIPPED] * 2
    beside = importer.plan("Leverancier;Omzet 2025;;Leverancier;Omzet 2026\nAelen;100;;Boers;900\n")
    assert [(amount.year, amount.cents) for amount in beside.new.amounts] == [(2025, 10_000)]


def test_a_column_that_was_left_beside_another_of_its_kind_is_named(importer: Importer):
    plan = importer.plan("Leverancier;Omzet;Opdrachtbedrag;Omzet incl. btw\nAelen;100;200;121\n", year=2026)
    assert sum("Niet gelezen: 'Opdrachtbedrag'." in note for note in plan.notes) == 1
    years = importer.plan("Leverancier;Omzet 2025;Omzet 2026;Totale omzet\nAelen;100;200;300\n")
    assert not any(note.startswith("Niet gelezen") for note in years.notes)


def test_amounts_of_one_year_with_and_without_a_contract_are_told(importer: Importer):
    importer.take("Leverancier;Contractnummer;Bedrag 2026\nAelen;C1;100\n")
    plan = importer.plan("Leverancier;Bedrag 2026\nAelen;90\n")
    assert any(note.startswith("Bij 1 leverancier staan van één jaar bedragen met en zonder") for note in plan.notes)


def test_one_number_of_ours_with_two_names_is_not_one_supplier(importer: Importer):
    head = "Crediteurnummer;Leverancier;Omzet 2026 excl. btw\n"
    plan = importer.plan(f"{head}7;Aelen Bouw;100\n7;Helder Glas;2\n8;Boers Dak;3\n8;Boers Daken;4\n9;Cox;5\n")
    names = {supplier.id: supplier.name for supplier in plan.new.suppliers}
    assert {(names[amount.supplier_id], amount.cents) for amount in plan.new.amounts} == {
        ("Aelen Bouw", 10_000), ("Helder Glas", 200), ("Boers Dak", 700), ("Cox", 500),
    }  # fmt: skip


def test_two_years_in_a_heading_are_no_year(importer: Importer):
    with pytest.raises(YearUnknownError):
        importer.plan("Leverancier;Omzet 2024-2025\nAelen;100\n")


def test_a_column_of_debit_and_credit_is_told(importer: Importer):
    plan = importer.plan("Leverancier;D/C;Bedrag 2026\nAelen;D;100\nAelen;C;30\n")
    assert any(note.startswith("De kolom 'D/C' is niet gelezen") for note in plan.notes)


def test_the_sheet_of_the_year_is_read(importer: Importer, workbook: Callable[..., Path]):
    rows = [["Leverancier", "Bedrag"], ["Aelen", 100]]
    path = workbook({"2024": [*rows, ["Boers", 1]], "2025": rows})
    assert [importer.plan(path, year=year).sheet for year in (2024, 2025)] == ["2024", "2025"]


def test_a_postcode_before_the_place_is_not_part_of_it(importer: Importer):
    (supplier,) = importer.plan("Leverancier;Plaats\nAelen;6041 AB Roermond\n").new.suppliers
    assert (supplier.visiting.postcode, supplier.visiting.city) == ("6041 AB", "Roermond")
