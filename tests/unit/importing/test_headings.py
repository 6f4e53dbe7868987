from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.base.errors import AppError
from app.importing.meanings import FIELDS
from app.importing.vocabulary import recognise
from tests.unit.importing.conftest import Importer


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Naam crediteur", "name"),
        ("Leverancer", "name"),
        ("SUPPLIER_NAME", "name"),
        ("Crediteurnr.", "own_number"),
        ("K.v.K.-nummer", "kvk"),
        ("KvK-nummers op certificaat", "covers_kvk"),
        ("BTW-id", "btw_id"),
        ("PC+Plaats", "postcode"),
        ("Bezoekadres plaats", "city"),
        ("PostPostcode", "postal_postcode"),
        ("Straat en huisnummer", "street"),
        ("T.a.v.", "contact"),
        ("Omzet excl. btw", "amount"),
        ("Annual Value", "amount"),
        ("Factuurbedrag", "invoiced"),
        ("Betaald", "invoiced"),
        ("Contract t/m", "contract_to"),
        ("Contracteinddatum", "contract_to"),
        ("Titel", "contract_title"),
        ("Total contract value (including extensions)", "contract_total"),
        ("Trede", "level"),
        ("PSO 30+", "plus30"),
        ("Geldig tot en met", "valid_to"),
        ("Status certificaat", "certificate_status"),
        ("Date paid", "date"),
        ("Boekjaar", "date"),
        ("FactuurAdres", "street"),
        ("FactuurTAV", "contact"),
        ("Huisnummer toevoeging", "house_number"),
        ("plaats_value", "city"),
        ("Naam (KvK)", "name"),
    ],
)
def test_headings_are_recognised(heading: str, field: str):
    assert recognise(heading)[0].field == field


@pytest.mark.parametrize(
    "heading",
    ["Body Name", "Directorate / Service Name", "Organisation name of the payer", "Amount VAT", "Btw-bedrag",
     "First Name", "Last Name", "SME Supplier?", "Transaction number", "IBAN", "Aantal facturen", "Website",
     "Bepalingen artikel"],
)  # fmt: skip
def test_headings_that_mean_something_else_are_left_alone(heading: str):
    assert not recognise(heading)


def test_the_year_in_a_heading_is_the_year_of_its_amounts():
    found = [recognise(text)[0] for text in ("2025", "Omzet 2025", "Opdrachten 2026", "Gefactureerd 2025")]
    assert [(g.field, g.year) for g in found] == [
        ("amount", 2025),
        ("amount", 2025),
        ("amount", 2026),
        ("invoiced", 2025),
    ]


def test_the_table_is_found_under_a_preamble_and_beside_empty_columns(importer: Importer):
    plan = importer.plan(
        "Overzicht leveranciers;;;\nPeildatum 1-1-2026;;;\n;;;\n;Leverancier;Plaats;Omzet 2025\n;A BV;Venlo;1,00\n"
    )
    assert plan.header_row == 4
    assert plan.columns == {"Leverancier": "name", "Plaats": "city", "Omzet 2025": "amount"}
    assert [row.row for row in plan.rows] == [5]


def test_a_group_above_its_columns_is_read_together_with_them(importer: Importer):
    plan = importer.plan(
        "Datum,Amount,,,Supplier Name,Body\n,Gross,VAT,Net,,\n2026-01-02,121.00,21.00,100.00,A Ltd,Council\n"
    )
    assert plan.columns["Amount Net"] == "amount"
    assert plan.columns["Amount Gross"] is None
    assert plan.amount_cents == 10000
    assert [row.row for row in plan.rows] == [3]


def test_of_several_sheets_the_one_with_the_table_is_read(importer: Importer, workbook: Callable[..., Path]):
    sheets = {
        "Toelichting": [["Lijst van de leveranciers"], ["Zie Export"]],
        "Export": [["Naam", "KvK"], ["A", 12345678]],
    }
    plan = importer.plan(workbook(sheets))
    assert plan.sheet == "Export"
    assert any("Toelichting" in note for note in plan.notes)


def test_a_file_without_names_is_refused_and_told_how(importer: Importer):
    with pytest.raises(AppError, match="--map") as refused:
        importer.plan("Gemeente;Inwoners\nVenlo;100\n")
    assert "'Gemeente'" in str(refused.value)


def test_the_choice_of_the_user_wins(importer: Importer):
    plan = importer.plan(
        "Omschrijving;Klantnaam;Bedrag\nA BV;x;5\n", year=2026, mapping={"omschrijving ": "name", "Klantnaam": ""}
    )
    assert plan.columns == {"Omschrijving": "name", "Klantnaam": None, "Bedrag": "amount"}
    assert plan.new.suppliers[0].name == "A BV"


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"Bedrg": "amount"}, "'Bedrag'|Bedrag"),
        ({"Bedrag": "money"}, "own_number"),
        ({"A": "name", "B": "name"}, "allebei"),
    ],
)
def test_a_wrong_choice_is_refused_with_what_is_possible(importer: Importer, mapping: dict[str, str], words: str):
    with pytest.raises(AppError, match=words):
        importer.plan("Naam;Bedrag;A;B\nx;5;y;z\n", year=2026, mapping=mapping)


def test_transaction_numbers_are_not_taken_for_supplier_numbers(importer: Importer):
    rows = "".join(f"A BV;9{n};5,00\nB BV;8{n};5,00\n" for n in range(5))
    plan = importer.plan(f"Leverancier;Leveranciersreferentie;Bedrag\n{rows}", year=2026)
    assert plan.columns["Leveranciersreferentie"] is None
    steady = "".join(f"A BV;91;{n},00\nB BV;81;{n},00\n" for n in range(5))
    plan = importer.plan(f"Leverancier;Leveranciersreferentie;Bedrag\n{steady}", year=2026)
    assert plan.columns["Leveranciersreferentie"] == "own_number"


def test_foreign_company_numbers_are_no_kvk_numbers(importer: Importer):
    plan = importer.plan("Supplier,Company Number,Postcode\nA Ltd,02535986,M27 5DA\nB Ltd,09871073,M8 0RY\n")
    assert plan.columns["Company Number"] != "kvk"
    plan = importer.plan("Naam,Nationale identificatie,Plaats\nA,25638009,Utrecht\nB,56658398,Venlo\n")
    assert plan.columns["Nationale identificatie"] == "kvk"


def test_a_visiting_address_beside_another_makes_that_the_postal_one(importer: Importer):
    plan = importer.plan(
        "Naam,Straat,Plaats,Bezoekadres straat,Bezoekadres plaats\nA,Postbus 1,Soest,Dorp 2,Den Dolder\n"
    )
    (supplier,) = plan.new.suppliers
    assert (supplier.visiting.street, supplier.visiting.house_number, supplier.postal.city) == ("Dorp", "2", "Soest")


def test_a_heading_that_is_the_name_of_a_field_is_that_field(importer: Importer):
    plan = importer.plan(";".join(FIELDS) + "\nA" + ";" * (len(FIELDS) - 1) + "\n", year=2026)
    assert plan.columns == {field: field for field in FIELDS}
    plan = importer.plan("name;kvk;level;valid_from;valid_to;status_on\nA;12345678;2;1-1-2026;31-12-2027;1-6-2026\n")
    assert plan.new.certificates[0].status_on == date(2026, 6, 1)


def test_the_choice_of_the_user_wins_from_the_name_of_a_field(importer: Importer):
    plan = importer.plan("name;Klant;kvk\nx;A BV;12345678\n", mapping={"Klant": "name", "kvk": None})
    assert plan.columns == {"name": None, "Klant": "name", "kvk": None}


@pytest.mark.parametrize("name", ["X", "Ja"])
@pytest.mark.parametrize("heading", ["naam", "Naam leverancier", "name"])
def test_a_column_that_is_called_name_is_the_name_whatever_stands_in_it(importer: Importer, heading: str, name: str):
    plan = importer.plan(f"{heading};KvK;Bedrag 2026\n{name};12345678;5,00\n")
    assert [supplier.name for supplier in plan.new.suppliers] == [name]


def test_a_column_that_says_who_is_a_supplier_is_not_the_name(importer: Importer):
    plan = importer.plan("Leverancier;Organisatie;KvK\nja;A BV;12345678\n")
    assert plan.columns["Organisatie"] == "name"


def test_a_row_of_numbers_is_the_heading_row_when_the_user_says_so(importer: Importer):
    plan = importer.plan("id;100022;100025;100047;100065\nA BV;1;2;3;4\n", mapping={"id": "name"})
    assert (plan.header_row, plan.new.suppliers[0].name) == (1, "A BV")


def test_a_heading_is_chosen_as_it_stands_beside_one_that_reads_the_same(importer: Importer):
    plan = importer.plan("Firma;FIRMA\nx;A BV\n", mapping={"FIRMA": "name"})
    assert plan.new.suppliers[0].name == "A BV"


def test_a_house_number_and_its_addition_are_two_columns(importer: Importer):
    plan = importer.plan("Naam;Straat;Huisnummer;Huisnummer toevoeging\nA BV;Dorp;2;bis\n")
    assert plan.new.suppliers[0].visiting.house_number == "2 bis"


@pytest.mark.parametrize("heading", ["Leverancier (KvK)", "Naam (KvK-nummer)", "Crediteur"])
def test_a_kvk_number_behind_every_name_is_read_as_such(importer: Importer, heading: str):
    plan = importer.plan(f"{heading};Plaats\nAelen Bouw BV (12345678);Echt\nVan der Ven Dak (KvK: 87654321);Weert\n")
    assert plan.columns[heading] == "name"
    assert [(s.name, s.kvk) for s in plan.new.suppliers] == [
        ("Aelen Bouw BV", "12345678"),
        ("Van der Ven Dak", "87654321"),
    ]
    assert plan.samples[0].read_as == ("Aelen Bouw BV", "Van der Ven Dak")
    assert any("KvK-nummer erachter" in note for note in plan.notes)


def test_a_number_behind_some_names_only_stays_part_of_them(importer: Importer):
    plan = importer.plan("Naam;Plaats\nAelen Bouw BV (12345678);Echt\nBos BV;Weert\nVen BV;Weert\n")
    assert (plan.new.suppliers[0].name, plan.new.suppliers[0].kvk) == ("Aelen Bouw BV (12345678)", "")


def test_a_column_of_numbers_is_no_country(importer: Importer):
    plan = importer.plan("Naam,Country Population\nA,41700000\nB,38928000\n")
    assert plan.columns["Country Population"] is None


def test_a_vague_heading_above_the_same_words_in_every_row_names_nobody(importer: Importer):
    rows = "".join(f"Voorjaar 2026;{n}\n" for n in range(30))
    with pytest.raises(AppError, match="geen kolom met de naam"):
        importer.plan(f"Analyse naam;Aantal\n{rows}")
    assert len(importer.plan(f"Naam leverancier;Aantal\n{rows}").new.suppliers) == 1


def test_a_total_beside_numbers_that_are_not_used_is_a_total(importer: Importer):
    plan = importer.plan("Naam,Aantal,Bedrag,Plaats\nA,3,5.00,Echt\nTotaal,3,5.00,\nTotal,1,7.00,Weert\n", year=2026)
    assert [row.outcome.name for row in plan.rows] == ["NEW", "SKIPPED", "NEW"]
