"""The rows that an import leaves out, as a file to mend and to import again."""

import csv
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from app.base.errors import FileError
from app.services import Register, import_register
from app.services.export_faults import export_faults
from app.services.import_register import ImportPlan, Outcome
from tests.unit.reports.test_workbook import styles

SOURCE = (
    "Crediteuren per 1 november\n"
    ";Naam;KvK;Plaats;Opdrachten 2026;Trede\n"
    "x;=Dakwerken Tienbunder;01234567;Echt;n.v.t.;Trede 9\n"
    ";Groenvoorziening Peelzigt;;Panningen;5;\n"
    ";Bouwbedrijf Maasdal B.V.;;Roermond;100;\n"
    ";Schilders; Van Dijk;;Weert;12;Trede 1\n"
    "Totaal;;;;105;\n"
)


@pytest.fixture
def known(register: Register, tmp_path: Path) -> Register:
    """A register that holds a firm which looks like one in the file."""
    path = tmp_path / "bekend.csv"
    path.write_text("Naam;Plaats\nGroenvoorziening Peelzicht;Panningen\n", encoding="utf-8")
    import_register.commit(register, import_register.preview(register, path))
    return register


def faults_of(register: Register, source: Path, path: Path) -> tuple[ImportPlan, int]:
    plan = import_register.preview(register, source).plan
    return plan, export_faults(plan, path)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "crediteuren.csv"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def test_every_row_that_is_left_out_stands_there_as_it_was_with_its_reason(
    known: Register, source: Path, tmp_path: Path
) -> None:
    path = tmp_path / "fouten.xlsx"
    plan, count = faults_of(known, source, path)
    heading, *lines = CalamineWorkbook.from_path(path).get_sheet_by_name("Niet overgenomen").to_python()
    assert heading == ["Rij", "Uitkomst", "Reden", "Kolom A", "Naam", "KvK", "Plaats", "Opdrachten 2026", "Trede", ""]
    assert [line[:2] + line[3:] for line in lines] == [
        [3.0, "fout", "x", "=Dakwerken Tienbunder", "01234567", "Echt", "n.v.t.", "Trede 9", ""],
        [4.0, "misschien dezelfde", "", "Groenvoorziening Peelzigt", "", "Panningen", "5", "", ""],
        [6.0, "fout", "", "Schilders", "Van Dijk", "", "Weert", "12", "Trede 1"],
        [7.0, "overgeslagen", "Totaal", "", "", "", "105", "", ""],
    ]
    assert count == len(lines)
    reasons = [str(line[2]) for line in lines]
    assert all(f"{fault.column}: {fault.message}" in reasons[0] for fault in plan.faults if fault.row == 3)
    assert "meer cellen dan de koprij" in reasons[2]
    assert [reasons[1], reasons[3]] == [row.why for row in plan.rows if row.row in {4, 7}]


def test_only_the_cells_that_were_not_understood_are_coloured(known: Register, source: Path, tmp_path: Path) -> None:
    path = tmp_path / "fouten.xlsx"
    faults_of(known, source, path)
    coloured = {at: back for at, (_shape, back) in styles(path.read_bytes()).items() if back}
    assert {at for at, back in coloured.items() if back == ["FFFCE5E3"]} == {
        "B2", "H2", "I2", "B4", "H4", "I4", "J4",
    }  # fmt: skip


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_not_mended_is_left_out_again_for_the_same_reasons(
    known: Register, source: Path, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"fouten.{form}"
    before, _count = faults_of(known, source, path)
    again = import_register.preview(known, path).plan
    assert again.columns == before.columns
    left_out = [row for row in before.rows if row.outcome in {Outcome.ERROR, Outcome.MAYBE, Outcome.SKIPPED}]
    assert [(row.outcome, row.why, row.name) for row in again.rows] == [
        (row.outcome, row.why, row.name) for row in left_out
    ]
    assert [fault.message for fault in again.faults] == [fault.message for fault in before.faults]


def test_what_is_mended_in_the_file_is_imported(known: Register, source: Path, tmp_path: Path) -> None:
    path = tmp_path / "fouten.csv"
    faults_of(known, source, path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        heading, dakwerken, groen, schilders, total = csv.reader(stream, delimiter=";")
    dakwerken[7:9] = ["5.000", "Trede 2"]
    schilders[4:] = ["Schilders Van Dijk", "", "Weert", "12", "Trede 1"]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([heading, dakwerken, groen, schilders, total])
    plan = import_register.preview(known, path).plan
    assert [found.name for found in plan.new.suppliers] == ["=Dakwerken Tienbunder", "Schilders Van Dijk"]
    assert [(found.level.label, found.covered_kvk) for found in plan.new.certificates] == [
        ("Trede 2", ("01234567",)), ("Trede 1", ()),
    ]  # fmt: skip
    assert plan.faults == () and plan.amount_cents == 5_012_00


def test_a_second_round_of_faults_has_its_reasons_once(known: Register, source: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "fouten.xlsx", tmp_path / "fouten 2.xlsx"
    faults_of(known, source, first)
    faults_of(known, first, second)
    sheets = [CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() for path in (first, second)]
    one, two = ([line[1:] for line in sheet] for sheet in sheets)
    assert one == two


def test_numbers_and_days_of_a_workbook_stay_what_they_are(register: Register, tmp_path: Path) -> None:
    source, path = tmp_path / "bron.xlsx", tmp_path / "fouten.xlsx"
    with xlsxwriter.Workbook(str(source)) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for place, heading in enumerate(("Naam", "KvK", "Opdrachten 2026", "Datum", "Trede", "Ketenpartner")):
            sheet.write_string(0, place, heading)
        sheet.write_string(1, 0, "Bouwbedrijf Maasdal")
        sheet.write_number(1, 1, 1234567)
        sheet.write_number(1, 2, 1234.5)
        sheet.write_datetime(1, 3, date(2026, 3, 2), day)
        sheet.write_string(1, 4, "Trede 9")
        sheet.write_boolean(1, 5, boolean=True)
    faults_of(register, source, path)
    (_heading, line) = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert line[3:] == ["Bouwbedrijf Maasdal", 1234567.0, 1234.5, date(2026, 3, 2), "Trede 9", True]


def test_a_name_of_another_kind_of_file_is_refused(known: Register, source: Path, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="xlsx"):
        faults_of(known, source, tmp_path / "fouten.pdf")
    assert not (tmp_path / "fouten.pdf").exists()
