"""Where a table begins when its headings say nothing of suppliers: the user chooses the name, from the right ones."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importing.headings import find_header, find_table, list_headings
from app.importing.outcome import NoHeadingsError
from app.importing.tables import Cell, RawTable
from app.importing.vocabulary import key_of
from tests.unit.importing.conftest import Importer


def table(*rows: tuple[Cell, ...]) -> RawTable:
    return RawTable(None, "utf-8", ";", list(rows))


def heading_rows(*rows: tuple[Cell, ...]) -> tuple[int, int]:
    header = find_table(table(*rows))
    assert header is not None
    return header.index, header.height


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Below a title and a line of explanation, with empty rows between.
        ([("Musea 2026",), ("in euro",), (), ("Museum", "Bezoek"), ("Bonnefanten", Decimal(5))], (3, 1)),
        # Years are headings above amounts, not above each other.
        ([("Soort", Decimal(2024), Decimal(2025)), ("Hout", Decimal(3), Decimal(4))], (0, 1)),
        ([("Soort", "2024", "2025"), ("Hout", "3,00", "4,00")], (0, 1)),
        # Numbers may be headings where other things stand below.
        ([("id", "100022"), ("x1", "TRUE"), ("x2", "FALSE")], (0, 1)),
        # Text above text: the first row.
        ([("Gemeente", "Bedrijf"), ("Aalten", "Hameland"), ("Zwolle", "Wezo")], (0, 1)),
        # The second row completes the first.
        ([(None, "Limburg", "Zeeland"), ("Cluster", None, None), ("Wegen", Decimal(3), Decimal(4))], (0, 2)),
        # Headings of every page.
        ([("Museum", "Bezoek"), ("A", Decimal(1)), ("Museum", "Bezoek"), ("B", Decimal(2))], (0, 1)),
    ],
)  # fmt: skip
def test_the_heading_row_of_any_table_is_found(rows: list[tuple[Cell, ...]], expected: tuple[int, int]):
    assert heading_rows(*rows) == expected


@pytest.mark.parametrize(
    "row",
    [
        ("Accres B.V.", "8079417"),
        ("Stichting Weg", "6041 AB"),
        ("x", date(2026, 1, 2)),
        ("y", "info@x.nl"),
        ("z", True),
    ],
)
def test_a_table_without_headings_is_not_given_its_first_row_for_one(row: tuple[Cell, ...]):
    header = find_table(table(row, row, row))
    assert header is not None
    assert (header.index, header.height, header.first_data) == (0, 0, 0)
    assert [heading[:8] for heading in header.headings] == ["Kolom A:", "Kolom B:"]


def test_the_columns_of_a_table_without_headings_can_be_chosen(importer: Importer):
    text = "Accres B.V.;8079417;Apeldoorn\nAelen Bouw B.V.;12345678;Roermond\n"
    with pytest.raises(NoHeadingsError) as refused:
        importer.plan(text)
    assert refused.value.headings == ("Kolom A: Accres B.V.", "Kolom B: 8079417", "Kolom C: Apeldoorn")
    name, kvk, _ = refused.value.headings
    plan = importer.plan(text, mapping={name: "name", kvk: "kvk"})
    assert plan.header_row is None
    assert [(s.name, s.kvk) for s in plan.new.suppliers] == [
        ("Accres B.V.", "8079417"),
        ("Aelen Bouw B.V.", "12345678"),
    ]


def test_a_column_without_a_heading_can_be_chosen(importer: Importer):
    text = "Overzicht;;\n\n;1993;2000\nChirurgie;3,00;4,00\n"
    with pytest.raises(NoHeadingsError) as refused:
        importer.plan(text)
    assert refused.value.headings == ("Kolom A", "1993", "2000")
    plan = importer.plan(text, mapping={"Kolom A": "name"})
    assert (plan.header_row, plan.amount_cents) == (3, 700)


def test_what_may_be_chosen_is_what_the_table_then_has(importer: Importer):
    text = ";;Limburg;Limburg\nNr;Cluster;;\n1;Wegen;3,00;4,00\n"
    with pytest.raises(NoHeadingsError) as refused:
        importer.plan(text)
    assert refused.value.headings == ("Nr", "Cluster", "Limburg", "Limburg (2)")
    plan = importer.plan(text, mapping={"Cluster": "name", "Limburg (2)": "amount"}, year=2026)
    assert tuple(plan.columns) == refused.value.headings
    assert plan.amount_cents == 400


def test_groups_above_a_whole_heading_row_are_read_together_with_it(importer: Importer):
    plan = importer.plan(
        "Leverancier;;Omzet;;Gefactureerd;\nNaam;Nr;2024;2025;2025;Plaats\nA BV;7;1,00;2,00;3,00;Echt\n"
    )
    assert plan.columns == {
        "Leverancier Naam": "name",
        "Leverancier Nr": "own_number",
        "Omzet 2024": "amount",
        "Omzet 2025": "amount",
        "Gefactureerd 2025": "invoiced",
        "Plaats": "city",
    }
    assert [row.row for row in plan.rows] == [3]


def test_groups_may_stand_above_years_that_are_numbers(importer: Importer, workbook: Callable[..., Path]):
    rows = [["Leverancier", "Plaats", "Omzet", None], [None, None, 2024, 2025], ["A BV", "Echt", 1, 2]]
    plan = importer.plan(workbook({"Blad": rows}))
    assert plan.columns == {"Leverancier": "name", "Plaats": "city", "Omzet 2024": "amount", "Omzet 2025": "amount"}


def test_a_title_above_the_headings_is_no_group(importer: Importer):
    plan = importer.plan("Leveranciersoverzicht 2026;;\nNaam;KvK;Plaats\nA BV;12345678;Echt\n")
    assert (plan.header_row, set(plan.columns)) == (2, {"Naam", "KvK", "Plaats"})


@given(st.lists(st.lists(st.none() | st.text(max_size=3) | st.decimals(0, 9, places=0), max_size=4), max_size=6))
def test_whatever_stands_in_a_table_its_headings_are_its_own(rows: list[list[Cell]]):
    raw = table(*(tuple(cell if cell != "" else None for cell in row) for row in rows))
    header = find_table(raw)
    assert (header is None) == all(cell is None for row in raw.rows for cell in row)
    if header is not None:
        headings = list_headings(raw)
        assert len(set(headings)) == len(headings)
        assert header.first_data <= len(raw.rows)
        chosen = {key_of(heading) for heading in headings} - {""}
        assert not chosen or find_header(raw, chosen=chosen) is not None
