from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.errors import AppError, Cancelled
from app.base.progress import NoProgress, StopAfter
from app.domain.contract import AmountKind
from app.domain.rows import Records
from app.importing.choices import Decision, Doubt, ImportOptions, Past
from app.importing.outcome import ImportPlan, Outcome
from app.importing.plan import plan_import
from app.importing.readers import read_tables
from tests.unit.importing.conftest import TODAY, Importer


def outcomes(plan: ImportPlan) -> list[str]:
    return [row.outcome.name for row in plan.rows]


FULL = (
    "Crediteurnr;Naam;KvK;Straat;Nr;PC+Plaats;Telefoon;E-mail;Contactpersoon;Ketenpartner;"
    "Opdrachten 2026;Gefactureerd 2025\n"
    "40012;Bouwbedr. Maasdal BV;12045678;Markt 1;;6041 AB Roermond;0475-123456;i@x.nl;P. Bos;ja;412.500,00;1.000,50\n"
)


def test_a_row_becomes_a_supplier_with_all_that_belongs_to_it(importer: Importer):
    plan = importer.plan(FULL)
    (supplier,) = plan.new.suppliers
    assert (supplier.name, supplier.kvk, supplier.own_number) == ("Bouwbedr. Maasdal BV", "12045678", "40012")
    assert (supplier.visiting.street, supplier.visiting.house_number) == ("Markt", "1")
    assert (supplier.visiting.postcode, supplier.visiting.city) == ("6041 AB", "Roermond")
    assert (supplier.phone, supplier.email, supplier.is_key_partner) == ("0475-123456", "i@x.nl", True)
    assert [(c.initials, c.surname, c.is_primary) for c in plan.new.contacts] == [("P.", "Bos", True)]
    assert {(a.year, a.kind, a.cents, a.source) for a in plan.new.amounts} == {
        (2026, AmountKind.AGREED, 41250000, "bestand.csv"),
        (2025, AmountKind.INVOICED, 100050, "bestand.csv"),
    }
    assert plan.amount_cents == 41350050


def test_the_same_file_again_changes_nothing(importer: Importer):
    importer.take(FULL)
    again = importer.plan(FULL)
    assert outcomes(again) == ["UNCHANGED"]
    assert not len(again.new) and not len(again.changed)


names = st.sampled_from(["A BV", "a b.v.", "Bakker", "Bakkerij Jansen", "Bakkerij Janssen", "Gebr. Cox"])
lines = st.tuples(
    names,
    st.sampled_from(["", "12345678", "1234567", "87654321"]),
    st.sampled_from(["", "401", "402"]),
    st.sampled_from(["", "Venlo", "Roermond"]),
    st.sampled_from(["", "1,50", "-20,00", "3.000,00"]),
    st.sampled_from(["", "C1", "C2"]),
    st.sampled_from(["", "Trede 1", "geen"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.lists(lines, min_size=1, max_size=10))
def test_any_file_twice_changes_nothing_and_counts_every_row(tmp_path: Path, rows: list[tuple[str, ...]]):
    importer = Importer(tmp_path)
    head = "Naam;KvK;Crediteurnummer;Plaats;Bedrag;Contractnummer;Trede\n"
    content = head + "".join(";".join(row) + "\n" for row in rows)
    mapping = {"Naam": "name", "KvK": "kvk", "Crediteurnummer": "own_number"}
    first = importer.take(content, year=2026, mapping=mapping)
    assert [row.row for row in first.rows] == list(range(2, len(rows) + 2))
    assert set(outcomes(first)) == {"NEW"}
    assert sum(amount.cents for amount in first.new.amounts) == first.amount_cents
    again = importer.plan(content, year=2026, mapping=mapping)
    assert set(outcomes(again)) == {"UNCHANGED"}, again.rows
    assert not len(again.new) and not len(again.changed)


def test_amounts_of_one_supplier_are_summed_and_replace_those_of_the_register(importer: Importer):
    importer.take("Naam;Bedrag 2026\nA;1,00\nA;2,00\n")
    assert [amount.cents for amount in importer.register.amounts] == [300]
    plan = importer.take("Naam;Bedrag 2026\nA;5,00\nB;1,00\n", answers={"repeat:": "replace"})
    assert outcomes(plan) == ["UPDATED", "NEW"]
    assert sorted(amount.cents for amount in importer.register.amounts) == [100, 500]
    assert any("vervangen" in note for note in plan.notes)


def test_only_what_differs_is_updated_and_empty_cells_erase_nothing(importer: Importer):
    importer.take("Naam;KvK;Plaats;Telefoon;E-mail\nA BV;12345678;Venlo;077-1234567;a@x.nl\n")
    plan = importer.take("Naam;KvK;Plaats;Telefoon;E-mail\nA B.V.;12345678;VENLO;+31 77 123 45 67;\n")
    assert outcomes(plan) == ["UNCHANGED"]
    plan = importer.take("Naam;KvK;Plaats;Telefoon\nA;12345678;Weert;\n")
    assert outcomes(plan) == ["UPDATED"]
    (supplier,) = importer.register.suppliers
    assert (supplier.visiting.city, supplier.phone, supplier.email) == ("Weert", "077-1234567", "a@x.nl")


def test_a_new_name_keeps_the_old_one_so_that_it_is_still_found(importer: Importer):
    importer.take("Naam;KvK\nOud Bouw;12345678\n")
    importer.take("Naam;KvK\nNieuw Bouw;12345678\n")
    (supplier,) = importer.register.suppliers
    assert (supplier.name, supplier.former_names) == ("Nieuw Bouw", ("Oud Bouw",))
    assert outcomes(importer.plan("Naam\nOud Bouw\n")) == ["UNCHANGED"]


def test_the_first_value_in_a_file_counts_and_another_is_told_once(importer: Importer):
    plan = importer.plan(
        "Naam;KvK;E-mail;Plaats\nA;12345678;;\nA;12345678;a@x.nl;Venlo\nA;12345678;b@x.nl;\nA;12345678;c@x.nl;\n"
    )
    (supplier,) = plan.new.suppliers
    assert (supplier.email, supplier.visiting.city) == ("a@x.nl", "Venlo")
    assert [(w.row, w.column, w.value) for w in plan.warnings] == [(4, "E-mail", "b@x.nl")]


def test_a_faulty_row_is_left_out_whole_and_the_rest_goes_in(importer: Importer):
    plan = importer.plan("Naam;Bedrag;Datum\nA;n.v.t.;1-2-2026\nB;5,00;1-2-2026\n;7,00;1-2-2026\nD;1,00;\n")
    assert outcomes(plan) == ["ERROR", "NEW", "ERROR", "ERROR"]
    assert [(f.row, f.column, f.value) for f in plan.faults] == [
        (2, "Bedrag", "n.v.t."),
        (4, "Naam", ""),
        (5, "Datum", ""),
    ]
    assert plan.faults[0].message.startswith("'n.v.t.' is geen bedrag.")
    assert [supplier.name for supplier in plan.new.suppliers] == ["B"]
    assert plan.amount_cents == 500


def test_totals_footers_repeated_headings_and_blank_rows_are_no_suppliers(importer: Importer):
    plan = importer.plan(
        "Naam;Plaats;Bedrag\nA;Venlo;5,00\nB;Weert;7,00\nSubtotaal;;12,00\n;;\n"
        "Naam;Plaats;Bedrag\nTotaal Wonen;Echt;1,00\n"
        ";;13,00\nTotaal;;13,00\n;;© Finance 2026\nBron: de administratie;;\n",
        year=2026,
    )
    assert outcomes(plan) == ["NEW", "NEW", "SKIPPED", "SKIPPED", "NEW"] + ["SKIPPED"] * 4
    assert all(row.why for row in plan.rows if row.outcome is Outcome.SKIPPED)
    assert plan.amount_cents == 1300
    assert not plan.faults


def test_a_row_with_a_cell_too_many_is_a_fault_but_a_column_without_heading_is_none(importer: Importer):
    plan = importer.plan("Naam,Plaats,Bedrag\nA,Venlo,5\nB,Weert,1,50\nC,Echt,7\n", year=2026)
    assert outcomes(plan) == ["NEW", "ERROR", "NEW"]
    plan = importer.plan("Naam,Plaats,Bedrag\nA,Venlo,5,x\nB,Weert,6,x\n", year=2026)
    assert outcomes(plan) == ["NEW", "NEW"]


def test_the_year_comes_from_the_choice_the_heading_the_row_or_the_contract(importer: Importer):
    content = "Naam;Bedrag;Datum\nA;5,00;31-12-2025\nB;6,00;1-1-2026\n"
    assert [amount.year for amount in importer.plan(content).new.amounts] == [2025, 2026]
    assert {amount.year for amount in importer.plan(content, year=2024).new.amounts} == {2024}
    contract = "Naam;Contractnummer;Contract vanaf;Bedrag\nA;C1;1-7-2023;5,00\n"
    assert [amount.year for amount in importer.plan(contract).new.amounts] == [2023]
    with pytest.raises(AppError, match=r"Van welk jaar.*--year"):
        importer.plan("Naam;Bedrag\nA;5,00\n")


def test_of_columns_per_year_each_keeps_its_year_and_the_total_is_not_counted(importer: Importer):
    content = "Naam;2024;2025;Totaal\nA;1,00;2,00;3,00\n"
    assert {(a.year, a.cents) for a in importer.plan(content).new.amounts} == {(2024, 100), (2025, 200)}
    assert {(a.year, a.cents) for a in importer.plan(content, year=2025).new.amounts} == {(2025, 200)}
    with pytest.raises(AppError, match="geen bedragen van 2023"):
        importer.plan(content, year=2023)


def test_an_amount_belongs_to_the_contract_of_its_row(importer: Importer):
    head = "Naam;KvK;Contractnummer;Contractnaam;Startdatum;Einddatum;Bedrag 2026\n"
    rows = "A;12345678;C1;Dak;1-1-2026;31-12-2027;5,00\n;12345678;C1;Dak;;;6,00\n"
    rows += ";12345678;C1;Gevel;;;7,00\n;12345678;;;;;8,00\n"
    plan = importer.take(head + rows)
    titles = {contract.id: (contract.number, contract.title) for contract in plan.new.contracts}
    assert Counter((titles.get(a.contract_id or ""), a.cents) for a in plan.new.amounts) == {
        (("C1", "Dak"), 1100): 1,
        (("C1", "Gevel"), 700): 1,
        (None, 800): 1,
    }
    assert plan.new.contracts[0].ends_on == date(2027, 12, 31)
    assert set(outcomes(importer.plan(head + rows))) == {"UNCHANGED"}
    later = importer.take(head + "A;12345678;C1;Dak;;31-12-2028;11,00\n")
    assert [contract.ends_on for contract in later.changed.contracts] == [date(2028, 12, 31)]


@pytest.mark.parametrize(
    ("known", "row", "found"),
    [
        ("C1;Dak", ";dak", ["C1;Dak"]),
        (";Dak", "C1;Dak", ["C1;Dak"]),
        ("C1;Dak", "c 1;Gevel", ["C1;Gevel"]),
        ("C1;Dak", "C2;Dak", ["C1;Dak", "C2;Dak"]),
        ("C1;Dak", ";Gevel", ["C1;Dak", ";Gevel"]),
        # What may be two is neither, and no contract is found twice.
        ("C1;Dak|C2;Dak", ";Dak", ["C1;Dak", "C2;Dak", ";Dak"]),
        ("C1;Dak|C1;Gevel", "C1;Kozijn", ["C1;Dak", "C1;Gevel", "C1;Kozijn"]),
        ("C1;Dak", "C1;Gevel|;Dak", ["C1;Gevel", ";Dak"]),
    ],
)
def test_a_contract_is_known_by_its_number_or_title(importer: Importer, known: str, row: str, found: list[str]):
    head = "Naam;Contractnummer;Contractnaam;Bedrag 2026\n"
    for rows in (known, row):
        importer.take(head + "".join(f"A;{contract};5,00\n" for contract in rows.split("|")))
    assert [f"{contract.number};{contract.title}" for contract in importer.register.contracts] == found


def test_without_a_name_only_known_suppliers_are_taken(importer: Importer):
    importer.take("Naam;KvK\nA;12345678\n")
    plan = importer.plan("KvK;Bedrag 2026\n12345678;5,00\n99999998;6,00\n")
    assert outcomes(plan) == ["UPDATED", "ERROR"]


def test_kvk_numbers_of_a_workbook_are_text_and_a_lost_zero_is_told(importer: Importer, workbook: Callable[..., Path]):
    plan = importer.plan(workbook({"Blad": [["Naam", "KvK"], ["A", 12345678], ["B", 1234567], ["C", "n.v.t."]]}))
    assert [supplier.kvk for supplier in plan.new.suppliers] == ["12345678", "1234567", ""]
    assert [warning.row for warning in plan.warnings] == [3, 4]
    assert "01234567" in plan.warnings[0].message


def test_a_formula_without_a_value_is_an_empty_cell(importer: Importer, workbook: Callable[..., Path]):
    plan = importer.plan(workbook({"Blad": [["Naam", "Bedrag 2026"], ["A", ("=1/0", "#DIV/0!")], ["B", ("=1+1", 2)]]}))
    assert [amount.cents for amount in plan.new.amounts] == [200]


def test_a_code_before_every_name_is_left_out(importer: Importer):
    plan = importer.plan("Supplier,Amount\nUK0479435601 : Prime Care Ltd,5\nNHS0000RJ701 : St Georges,6\n", year=2026)
    assert [supplier.name for supplier in plan.new.suppliers] == ["Prime Care Ltd", "St Georges"]
    plan = importer.plan("Supplier,Amount\nKINGS COLLEGE LONDON:03529700,5\n", year=2026)
    assert plan.new.suppliers[0].name == "KINGS COLLEGE LONDON:03529700"


def test_planning_stops_when_the_user_asks(tmp_path: Path):
    path = tmp_path / "lang.csv"
    path.write_text("Naam;Bedrag 2026\n" + "".join(f"Firma {n};5,00\n" for n in range(3000)), encoding="utf-8")
    options = ImportOptions(today=TODAY, source=path.name)
    tables = read_tables(path, NoProgress())
    with pytest.raises(Cancelled):
        plan_import(tables, register=Records(), options=options, new_id=lambda: "x", progress=StopAfter(5))


def test_the_column_that_gives_the_year_of_the_amounts_is_told(importer: Importer):
    said = "Het jaar van de bedragen komt uit de kolom '{}'."
    content = "Naam;Bedrag;Factuurdatum\nA;5,00;31-12-2025\nB;6,00;1-1-2026\n"
    assert importer.plan(content).notes.count(said.format("Factuurdatum")) == 1
    contract = "Naam;Contractnummer;Contract vanaf;Bedrag\nA;C1;1-7-2023;5,00\n"
    assert said.format("Contract vanaf") in importer.plan(contract).notes
    for told in (importer.plan(content, year=2024), importer.plan("Naam;Bedrag 2026;Datum\nA;5,00;1-1-2026\n")):
        assert not any("Het jaar" in note for note in told.notes)


@pytest.mark.parametrize("line", ['"Open;44440079;Echt', 'Open;44440079;"Echt', 'Open;"44440079;Echt'])
@pytest.mark.parametrize("before", [0, 5, 50])
def test_a_quote_that_is_never_closed_costs_no_row_and_is_told(importer: Importer, line: str, before: int):
    rows = [f"Firma {n};455500{n:02d};Venlo" for n in range(50)]
    rows.insert(before, line)
    plan = importer.plan("Naam;KvK;Plaats\n" + "\n".join(rows) + "\n")
    assert plan.new_rows == 51
    assert [(s.kvk, s.visiting.city) for s in plan.new.suppliers if s.name == "Open"] == [("44440079", "Echt")]
    (warning,) = plan.warnings
    assert (warning.row, warning.value) == (before + 2, line)
    assert "aanhalingsteken" in warning.message


def test_cells_that_the_user_corrects_are_read_instead(importer: Importer):
    content = "Naam;Omzet 2026;Plaats\nA;vijf;Echt\nB;6,00\n"
    assert [fault.column for fault in importer.plan(content).faults] == ["Omzet 2026"]
    plan = importer.plan(content, mended={(2, "Omzet 2026"): "5,00", (3, "Plaats"): "Weert", (9, "Plaats"): "nergens"})
    assert not plan.faults
    assert [amount.cents for amount in plan.new.amounts] == [500, 600]
    assert [supplier.visiting.city for supplier in plan.new.suppliers] == ["Echt", "Weert"]


def test_the_user_may_choose_another_sheet(importer: Importer, workbook: Callable[..., Path]):
    path = workbook({"Export": [["Naam", "Plaats"], ["A", "Echt"], ["B", "Weert"]], "Oud": [["Naam"], ["C"]]})
    plan = importer.plan(path)
    assert (plan.sheet, plan.sheets) == ("Export", ("Export", "Oud"))
    chosen = importer.plan(path, sheet="Oud")
    assert [supplier.name for supplier in chosen.new.suppliers] == ["C"]
    assert not any("Niet gelezen" in note for note in chosen.notes)
    with pytest.raises(AppError, match="blad 'Nieuw' staat niet"):
        importer.plan(path, sheet="Nieuw")


def test_amounts_with_vat_in_them_go_in_without_it_and_net_ones_as_they_are(importer: Importer):
    content = "Naam;Omzet excl. btw 2025;Omzet 2026\nA;100,00;121,00\n"
    plan = importer.plan(content)
    assert [(found.key, found.answer, found.is_open) for found in plan.questions] == [("vat:", "0", True)]
    assert sorted(amount.cents for amount in importer.plan(content, answers={"vat:": "21"}).new.amounts) == [
        10000,
        10000,
    ]
    gross = importer.plan("Naam;Omzet incl. btw 2026\nA;121,00\n")
    assert [amount.cents for amount in gross.new.amounts] == [10000]
    assert not importer.plan("Naam;Omzet excl. btw 2026\nA;121,00\n").questions


def test_vat_is_not_taken_out_of_a_column_because_another_one_has_it(importer: Importer):
    both = "Naam;Gefactureerd 2026 incl. btw;Opdrachten 2026\nA;121,00;100,00\n"
    plan = importer.plan(both)
    assert {amount.kind: amount.cents for amount in plan.new.amounts} == {
        AmountKind.INVOICED: 10000,
        AmountKind.AGREED: 10000,
    }
    keys = ["vat:", "vat:Gefactureerd 2026 incl. btw"]
    assert [(found.key, found.answer) for found in plan.questions] == [*zip(keys, ["0", "21"], strict=True)]
    answered = importer.plan(both, answers=dict(zip(keys, ["9", "0"], strict=True)))
    assert sorted(amount.cents for amount in answered.new.amounts) == [9174, 12100]


def test_amounts_are_replaced_or_added_to_as_the_user_says(importer: Importer):
    importer.take("Naam;Omzet excl. btw 2026\nA;100,00\nB;40,00\n")
    month = "Naam;Omzet excl. btw 2026\nA;20,00\nA;-5,00\nB;40,00\nC;1,00\n"
    asked = importer.plan(month)
    assert [(found.key, found.answer, found.is_open) for found in asked.questions] == [("repeat:", "replace", True)]
    assert [amount.cents for amount in asked.changed.amounts] == [1500]
    added = importer.take(month, answers={"repeat:": "add"})
    assert [amount.cents for amount in added.changed.amounts] == [11500, 8000]
    again = importer.plan(month, answers={"repeat:": "add"}, past=Past(digests=frozenset([added.digest])))
    assert not len(again.changed)
    assert not len(again.new)


def add_again(importer: Importer, content: str, *earlier: ImportPlan, **choices: Any) -> list[tuple[str, int]]:
    past = Past(digests=frozenset(plan.digest for plan in earlier))
    plan = importer.plan(content, answers={"repeat:": "add"}, past=past, **choices)
    names = {one.id: one.name for one in (*importer.register.suppliers, *plan.new.suppliers)}
    return [(names[one.supplier_id], one.cents) for one in (*plan.new.amounts, *plan.changed.amounts)]


def test_what_was_left_out_of_an_added_file_is_added_when_the_file_comes_back(importer: Importer):
    importer.take("Naam;Plaats;Omzet excl. btw 2026\nAelen Bouw;Echt;100,00\nBoers Dak;Weert;50,00\n")
    rows = "Aelen Bouw;Echt;10,00\nBoers Dak;;5,00\nDael Techniek;Echt;2,00\n"
    month = f"Naam;Plaats;Omzet excl. btw 2026\n{rows}Cox Groen;Echt;x\n"
    first = importer.take(month, answers={"repeat:": "add"})
    assert [row.outcome for row in first.rows] == [Outcome.UPDATED, Outcome.MAYBE, Outcome.NEW, Outcome.ERROR]
    (boers,) = (known.id for known in importer.register.suppliers if known.name == "Boers Dak")
    decided = {3: Decision(Doubt.SAME, boers)}
    assert add_again(importer, month, first, decisions=decided) == [("Boers Dak", 5500)]
    mended = {(5, "Omzet excl. btw 2026"): "1,00"}
    assert add_again(importer, month, first, decisions=decided, mended=mended) == [
        ("Cox Groen", 100),
        ("Boers Dak", 5500),
    ]


def test_the_same_amount_of_another_day_is_added(importer: Importer):
    january = importer.take("Naam;Datum;Omzet excl. btw\nAelen Bouw;31-01-2026;100,00\n", answers={"repeat:": "add"})
    february = "Naam;Datum;Omzet excl. btw\nAelen Bouw;28-02-2026;100,00\n"
    assert add_again(importer, february, january) == [("Aelen Bouw", 20000)]


def test_another_month_with_some_of_the_same_amounts_is_added_whole(importer: Importer):
    rent = "Naam;Omzet excl. btw 2026\nAelen Bouw;100,00\n"
    january = importer.take(f"{rent}Boers Dak;7,00\nCox Groen;8,00\n", answers={"repeat:": "add"})
    assert add_again(importer, f"{rent}Boers Dak;9,00\n", january) == [("Aelen Bouw", 20000), ("Boers Dak", 1600)]


def test_a_row_with_a_cell_less_than_the_others_deserves_a_look(importer: Importer):
    rows = [f"Firma {n};Echt;;5,00" for n in range(20)]
    plan = importer.plan("\n".join(["Naam;Plaats;Telefoon;Bedrag 2026", *rows, "Firma B;Weert;6,00", "Firma C;Weert"]))
    assert [(warning.row, warning.value) for warning in plan.warnings] == [(22, "Firma B"), (23, "Firma C")]
    assert "heeft 3 cellen en de andere 4" in plan.warnings[0].message
