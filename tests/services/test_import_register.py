"""An import is one transaction: whole, repeatable, and taken back in one step."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from app.base.errors import AppError, Cancelled
from app.base.progress import StopAfter
from app.domain.supplier import Supplier
from app.domain.verdict import Reason, Status
from app.importing.meanings import FIELDS
from app.services import Register, import_register, undo
from app.services.import_register import Choices
from app.services.judge_suppliers import judge_suppliers

Write = Callable[[str, str], Path]

SUPPLIERS = """\
Naam;KvK;Eigen nummer;Plaats;Straat;Telefoon;Opdrachten 2026
Bouwbedrijf Maasdal B.V.;01234567;40012;Roermond;Dijk 1;0475-381240;200.000,00
Dakwerken Tienbunder;;40013;Echt;Nokweg 7;;n.v.t.
Groenvoorziening Peelzicht;1234569;40014;Panningen;;;150.000,00
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a text file for importing."""

    def make(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return make


def take(register: Register, path: Path) -> import_register.ImportPlan:
    previewed = import_register.preview(register, path)
    import_register.commit(register, previewed)
    return previewed.plan


def tables(register: Register) -> list[object]:
    return [register.records(), register.import_batches.list_all()]


def test_good_rows_go_in_and_faulty_ones_are_named(register: Register, write: Write) -> None:
    planned = take(register, write("crediteuren.csv", SUPPLIERS))
    assert [supplier.name for supplier in register.suppliers.list_all("own_number")] == [
        "Bouwbedrijf Maasdal B.V.",
        "Groenvoorziening Peelzicht",
    ]
    assert [(fault.row, fault.column, fault.value) for fault in planned.faults] == [(3, "Opdrachten 2026", "n.v.t.")]
    assert any("01234569" in warning.message for warning in planned.warnings)
    assert {(amount.year, amount.cents, amount.source) for amount in register.amounts.list_all()} == {
        (2026, 20_000_000, "crediteuren.csv"),
        (2026, 15_000_000, "crediteuren.csv"),
    }


def test_a_preview_writes_nothing(register: Register, write: Write) -> None:
    before = tables(register)
    import_register.preview(register, write("crediteuren.csv", SUPPLIERS))
    assert tables(register) == before


def test_a_preview_of_a_register_that_changed_since_is_refused(register: Register, write: Write) -> None:
    previewed = import_register.preview(register, write("crediteuren.csv", SUPPLIERS))
    with register.operation("edit", "intussen"):
        register.suppliers.add(Supplier(id="s", name="Tegelwerken Modelaar"))
    with pytest.raises(AppError, match="veranderd nadat het voorbeeld"):
        import_register.commit(register, previewed)
    assert [supplier.id for supplier in register.suppliers.list_all()] == ["s"]


def test_a_supplier_that_ended_is_not_made_anew(register: Register, write: Write) -> None:
    path = write("crediteuren.csv", SUPPLIERS)
    take(register, path)
    ended = register.suppliers.list_where("kvk", "01234567")[0]
    with register.operation("edit", "beëindigd"):
        register.suppliers.archive(ended.id, "2026-11-23T08:00:00Z")
    again = take(register, path)
    assert (again.maybe_rows, again.unchanged_rows, again.new_rows) == (1, 1, 0)
    assert any("beëindigd" in row.why for row in again.rows)
    assert register.suppliers.list_where("kvk", "01234567") == ()


def test_the_same_file_again_changes_nothing(register: Register, write: Write) -> None:
    path = write("crediteuren.csv", SUPPLIERS)
    take(register, path)
    before, last = tables(register), register.history.last()
    again = take(register, path)
    assert (again.new_rows, again.updated_rows, again.unchanged_rows) == (0, 0, 2)
    assert (tables(register), register.history.last()) == (before, last)


def test_an_import_is_taken_back_in_one_step(register: Register, write: Write) -> None:
    before = tables(register)
    take(register, write("crediteuren.csv", SUPPLIERS))
    after = tables(register)
    assert undo.undo_last(register).label == "Import van crediteuren.csv"
    assert tables(register) == before
    undo.redo_last(register)
    assert tables(register) == after


def test_what_was_edited_after_an_import_stays_when_it_is_taken_back_and_is_listed(
    register: Register, write: Write
) -> None:
    take(register, write("eerder.csv", SUPPLIERS))
    take(register, write("later.csv", SUPPLIERS.replace("Dijk 1", "Dam 1").replace("200.000", "210.000")))
    number = register.history.last()
    assert number is not None
    supplier = register.suppliers.list_where("kvk", "01234567")[0]
    with register.operation("edit", "verhuisd"):
        visiting = replace(supplier.visiting, street="Kade")
        register.suppliers.save(replace(supplier, visiting=visiting))
    taken = undo.undo_operation(register, number.id)
    assert [(found.supplier_id, found.name, found.what) for found in taken.kept] == [
        (supplier.id, supplier.name, "Straat")
    ]
    after = register.suppliers.get(supplier.id)
    assert after.visiting == replace(supplier.visiting, street="Kade")
    assert {amount.cents for amount in register.amounts.list_all()} == {20_000_000, 15_000_000}


def test_a_cancelled_import_leaves_the_register_as_it_was(register: Register, write: Write) -> None:
    before = tables(register)
    for steps in range(3):
        with pytest.raises(Cancelled):
            import_register.preview(register, write("crediteuren.csv", SUPPLIERS), progress=StopAfter(steps))
    assert tables(register) == before


def whole_file(register: Register) -> dict[str, list[object]]:
    """Every row of every table that lies in the file, the log and the look-up index included."""
    names = register._db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    return {name: register._db.execute(f"SELECT * FROM [{name}]").fetchall() for (name,) in names}


def test_cancelling_while_it_is_written_leaves_nothing(
    register: Register, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_register, "_STEP", 2)
    take(register, write("eerder.csv", SUPPLIERS))
    lines = "\n".join(f"Firma {n} Proef B.V.;0700000{n};5000{n};Weert;Dijk {n};;1.000,00" for n in range(5))
    changed = SUPPLIERS.replace("200.000", "210.000").replace("Dijk 1", "Dam 1")
    previewed = import_register.preview(register, write("later.csv", changed + lines))
    before = whole_file(register)
    total = 8
    for steps in range(total + 1):
        with pytest.raises(Cancelled):
            import_register.commit(register, previewed, progress=StopAfter(steps))
        assert whole_file(register) == before
    assert import_register.commit(register, previewed, progress=StopAfter(total + 1))
    assert len(register.suppliers.list_all()) == 7


def test_the_columns_show_their_first_cells_and_how_they_were_read(register: Register, write: Write) -> None:
    text = (
        "Leverancier;PC+Plaats;KvK;Trede;Geldig t/m;Ketenpartner;Opdrachten 2026;Bijzonder\n"
        "Totaal;;;;;;1.234,00;\n"
        "Bouwbedrijf Maasdal B.V.;6041 AB Roermond;KvK 01234567;PSO-2;5-3-2026;x;1.234,00;ja\n"
        "Dakwerken Tienbunder;;;;;;n.v.t.;\n"
        "Groenvoorziening Peelzicht;;;Trede 3 30+;31-12-2027;nee;-50;nee\n"
        "Schilders Vlak & Glad;;;;;;7;nee\n"
    )
    columns = import_register.preview(register, write("a.csv", text)).columns
    names = ("Bouwbedrijf Maasdal B.V.", "Dakwerken Tienbunder", "Groenvoorziening Peelzicht")
    shown = [(c.heading, c.label, c.examples, tuple(text.replace("\xa0", " ") for text in c.read_as)) for c in columns]
    assert shown == [
        ("Leverancier", "Naam", names, names),
        ("PC+Plaats", "Postcode (+ plaats)", ("6041 AB Roermond",), ("6041 AB Roermond",)),
        ("KvK", "KvK-nummer", ("KvK 01234567",), ("01234567",)),
        ("Trede", "Trede", ("PSO-2", "Trede 3 30+"), ("Trede 2", "Trede 3 met PSO 30+")),
        ("Geldig t/m", "Geldig t/m", ("5-3-2026", "31-12-2027"), ("5 maart 2026", "31 december 2027")),
        ("Ketenpartner", "Ketenpartner", ("x", "nee"), ("ja", "nee")),
        ("Opdrachten 2026", "Opdrachten 2026 afgesproken", ("1.234,00", "n.v.t.", "-50"),
         ("€ 1.234,00", "", "€ -50,00")),
        ("Bijzonder", "", ("ja", "nee", "nee"), ()),
    ]  # fmt: skip
    assert [c.field for c in columns][-2:] == ["amount", None]


def test_a_year_that_was_chosen_stands_at_its_column_and_other_years_are_not_read(
    register: Register, write: Write
) -> None:
    path = write("a.csv", "Naam;Opdrachten;Factuurdatum\nBouwbedrijf Maasdal B.V.;100;5-3-2025\n")
    per_row = import_register.preview(register, path).columns
    chosen = import_register.preview(register, path, choices=Choices(year=2026)).columns
    assert [(c.label, c.year, c.read_as) for c in per_row[1:]] == [
        ("Opdrachten afgesproken", None, ("€\xa0100,00",)),
        ("Datum of jaar van het bedrag", None, ("2025",)),
    ]
    assert [(c.label, c.year, c.read_as) for c in chosen[1:]] == [
        ("Opdrachten 2026 afgesproken", 2026, ("€\xa0100,00",)),
        ("Datum of jaar van het bedrag", None, ()),
    ]
    path = write("b.csv", "Naam;Opdrachten 2025;Opdrachten 2026\nBouwbedrijf Maasdal B.V.;100;200\n")
    columns = import_register.preview(register, path, choices=Choices(year=2026)).columns
    assert [(c.year, c.read_as) for c in columns[1:]] == [(2025, ()), (2026, ("€\xa0200,00",))]


def test_every_use_of_a_column_has_a_label_of_its_own() -> None:
    fields = import_register.import_fields()
    assert sorted(field.name for field in fields) == sorted(FIELDS)
    assert len({field.label for field in fields}) == len(fields)
    groups = list(dict.fromkeys(field.group for field in fields))
    assert groups == ["Leverancier", "Adres", "Contactpersoon", "Contract", "Bedragen", "Certificaat"]


def test_a_window_learns_which_choice_is_missing(register: Register, write: Write) -> None:
    with pytest.raises(import_register.YearUnknownError) as year:
        import_register.preview(register, write("a.csv", "Naam;Omzet\nBouwbedrijf Maasdal B.V.;100\n"))
    assert year.value.column == "Omzet"
    path = write("b.csv", "Wie;Waar\nBouwbedrijf Maasdal B.V.;Roermond\n")
    with pytest.raises(import_register.NoHeadingsError) as headings:
        import_register.preview(register, path)
    assert headings.value.headings == ("Wie", "Waar")
    assert import_register.preview(register, path, choices=Choices(mapping={"Wie": "name"})).plan.new_rows == 1


def test_a_certificate_waits_for_its_holder_and_then_counts(register: Register, write: Write) -> None:
    listed = write("pso.csv", "Organisatie;KvK;Trede;Geldig van;Geldig t/m\n"
                              "Bouwbedrijf Maasdal B.V.;01234567;Trede 2;01-01-2026;31-12-2027\n"
                              "Dakwerken Tienbunder;99999998;Trede 2;01-01-2026;31-12-2027\n")  # fmt: skip
    assert take(register, listed).new_rows == 2
    assert register.suppliers.list_all() == ()
    assert len(register.certificates.list_without_holder()) == 2

    take(register, write("crediteuren.csv", SUPPLIERS.replace("n.v.t.", "175000")))
    statuses = {item.verdict.name: item.verdict.status for item in judge_suppliers(register, on=date(2026, 11, 23))}
    assert statuses["Bouwbedrijf Maasdal B.V."] is Status.COMPLIANT
    assert statuses["Dakwerken Tienbunder"] is Status.NON_COMPLIANT, "a name alone clears nobody"
    assert [loose.holder_name for loose in register.certificates.list_without_holder()] == ["Dakwerken Tienbunder"]
    again = take(register, listed)
    assert (again.unchanged_rows, again.maybe_rows) == (1, 1)


def test_a_certificate_known_by_our_own_number_waits_too(register: Register, write: Write) -> None:
    take(
        register, write("pso.csv", "Crediteurnummer;Trede;Geldig van;Geldig t/m\n40012;Trede 2;01-01-2026;31-12-2027\n")
    )
    take(register, write("crediteuren.csv", SUPPLIERS))
    holder = register.suppliers.list_where("own_number", "40012")[0]
    assert [certificate.supplier_id for certificate in register.certificates.list_all()] == [holder.id]


def test_a_certificate_counts_only_for_the_numbers_on_it(register: Register, write: Write) -> None:
    take(register, write("crediteuren.csv", SUPPLIERS))
    take(register, write("pso.csv", "Naam;KvK;Niveau;Geldig van;Geldig tot en met;KvK-nummers op certificaat\n"
                                    "Bouwbedrijf Maasdal B.V.;01234567;PSO-2;2026-01-01;2027-12-31;"
                                    "01239998, 01239999\n"))  # fmt: skip
    verdict = next(
        item.verdict for item in judge_suppliers(register, on=date(2026, 11, 23)) if item.verdict.kvk == "01234567"
    )
    assert (verdict.status, verdict.reason) == (Status.NON_COMPLIANT, Reason.NOT_COVERED)


def test_a_workbook_is_read_as_well_as_text(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "contracten.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Export")
        sheet.write_row(1, 1, ["Leverancier", "KvK-nummer", "Contractnummer", "Titel", "Ingangsdatum", "Einddatum"])
        sheet.write_row(1, 7, ["Opdrachtwaarde 2026"])
        sheet.write_row(2, 1, ["Bouwbedrijf Maasdal B.V.", "01234567", "RC-14", "Onderhoud Noord"])
        dates = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_datetime(2, 5, date(2025, 1, 1), dates)
        sheet.write_datetime(2, 6, date(2027, 12, 31), dates)
        sheet.write_number(2, 7, 260_000.55)
    planned = take(register, path)
    assert planned.sheet == "Export" and planned.header_row == 2
    contract = register.contracts.list_all()[0]
    assert (contract.number, contract.title) == ("RC-14", "Onderhoud Noord")
    assert (contract.starts_on, contract.ends_on) == (date(2025, 1, 1), date(2027, 12, 31))
    assert [(a.contract_id, a.cents) for a in register.amounts.list_all()] == [(contract.id, 26_000_055)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leeg.csv", b""),
        ("leeg.xlsx", b""),
        ("afgebroken.xlsx", b"PK\x03\x04 half een werkmap"),
        ("foto.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("versleuteld.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4000),
        ("tekst.txt", b"Beste collega,\nhierbij de lijst.\nGroet\n"),
    ],
)
def test_a_file_that_is_no_table_is_refused_and_nothing_changes(
    register: Register, tmp_path: Path, name: str, content: bytes
) -> None:
    before = tables(register)
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AppError) as caught:
        take(register, path)
    assert caught.value.message and caught.value.advice
    assert tables(register) == before


# File, encoding, rows above the data, column of the name, column of the amount.
REAL_FILES = [
    ("spend-uk/gateshead_clean_2016-07.csv", "utf-8-sig", 1, 6, 7),
    ("spend-uk/leeds_raw_2020-06.csv", "cp1252", 1, 13, 11),
    ("spend-uk/salford_clean_2018-04.csv", "utf-8", 2, 6, 5),
    ("spend-uk/salford_clean_2020-06.csv", "utf-8", 1, 6, 5),
    ("spend-uk/salford_clean_2021-06.csv", "utf-8", 1, 6, 5),
    ("spend-uk/salford_clean_2022-07.csv", "utf-8", 1, 6, 8),
    ("spend-uk/EPSH_01_April.csv", "cp1252", 1, 5, 7),
    ("spend-uk/SGEO_01_April.csv", "cp1252", 1, 4, 6),
    ("spend-uk/manchester_clean_2022-05.csv", "utf-8", 1, 6, 5),
    ("spend-uk/northtyneside_clean_2019-05_p.csv", "utf-8", 1, 5, 4),
    ("spend-uk/networkrail_clean_2017-01.csv", "utf-8", 1, 0, 4),
    ("spend-uk/KGST_03_June.csv", "cp1252", 1, 5, 7),
    ("spend-uk/BHR_Merged.xlsx", None, 1, 5, 7),
    ("organisations-nl/aanbestedende_diensten_2010-2016.csv", "utf-8", 1, 0, None),
    ("organisations-nl/zbo_register.csv", "utf-8", 1, 0, None),
]


@pytest.mark.parametrize(("name", "encoding", "heads", "name_at", "cents_at"), REAL_FILES, ids=lambda v: str(v)[:40])
def test_real_files_go_in_whole_with_every_row_and_every_cent(
    register: Register,
    shared_data: Path,
    name: str,
    encoding: str | None,
    heads: int,
    name_at: int,
    cents_at: int | None,
) -> None:
    path = shared_data / name
    rows = _source_rows(path, encoding)[heads:]
    planned = take(register, path)
    assert len(planned.rows) == len(rows)
    amounts = [_cents(row[cents_at]) if cents_at is not None and row[name_at] else 0 for row in rows]
    went_in = [row.outcome is import_register.Outcome.NEW for row in planned.rows]
    expected = sum(cents for cents, is_in in zip(amounts, went_in, strict=True) if is_in)
    stored = sum(amount.cents for amount in register.amounts.list_all())
    assert stored == planned.amount_cents == expected, "every cent of every row that went in is in the register"
    assert went_in.count(False) == planned.error_rows + planned.skipped_rows <= 0.03 * len(rows)
    assert {row.row for row in planned.rows if row.outcome is import_register.Outcome.ERROR} == {
        fault.row for fault in planned.faults
    }, "a row that stayed out is named"
    assert register.unlogged_tables() == () and register.integrity_problems() == ()


def _source_rows(path: Path, encoding: str | None) -> list[list[str]]:
    if encoding is None:
        found = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        return [[repr(cell) if isinstance(cell, float) else str(cell) for cell in row] for row in found]
    with path.open(encoding=encoding, newline="") as stream:
        return [row for row in csv.reader(stream) if any(cell.strip() for cell in row)]


def _cents(text: str) -> int:
    bare = text.replace("£", "").replace(",", "").strip()
    return int((Decimal(bare) * 100).quantize(Decimal(1), rounding="ROUND_HALF_UP")) if bare not in {"", "-"} else 0
