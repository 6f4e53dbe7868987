"""The table on screen as a file: what each column says."""

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.base.errors import FileError
from app.domain.certificate import Level
from app.domain.rows import SupplierRow
from app.domain.verdict import AmountSource, Reason, Status
from app.services.export_table import export_table

ON = date(2026, 11, 23)
MAASDAL = SupplierRow(
    supplier_id="s-1",
    name="Bouwbedrijf Maasdal B.V.",
    city="Roermond",
    kvk="01234567",
    own_number="00042",
    category="Bouw",
    is_key_partner=True,
    status=Status.NON_COMPLIANT,
    reason=Reason.LEVEL_TOO_LOW,
    required=Level.TREDE2,
    held=Level.TREDE1,
    valid_to=date(2027, 3, 12),
    amount_cents=412_500_00,
    amount_year=2025,
    amount_source=AmountSource.LAST_KNOWN,
    until=None,
    is_unverified=True,
    next_step="Brief klaarzetten",
    next_on=None,
    sort_name="bouwbedrijf maasdal",
    text="bouwbedrijf maasdal",
)
UNKNOWN = MAASDAL._replace(
    name="=HYPERLINK()",
    status=Status.UNKNOWN,
    reason=None,
    required=None,
    held=None,
    valid_to=None,
    amount_cents=None,
    amount_year=None,
    is_unverified=False,
    next_step="",
)


def test_a_csv_says_what_the_screen_says(tmp_path: Path) -> None:
    path = tmp_path / "leveranciers.CSV"
    export_table([MAASDAL, UNKNOWN], path, on=ON)
    assert path.read_text(encoding="utf-8-sig").splitlines() == [
        "Leverancier;Plaats;KvK;Eigen nummer;Categorie;Status;Reden;Vereist;Heeft;Geldig t/m;"
        "Opdrachten 2026 (excl. btw);Bedrag is van;Volgende stap",
        "Bouwbedrijf Maasdal B.V.;Roermond;01234567;00042;Bouw;Voldoet niet;Trede te laag;Trede 2;"
        "Trede 1 (niet gecontroleerd);12-03-2027;412500,00;2025;Brief klaarzetten",
        "'=HYPERLINK();Roermond;01234567;00042;Bouw;Onbekend;;;;;;;",
    ]


def test_a_workbook_holds_numbers_and_days_and_keeps_leading_zeros(tmp_path: Path) -> None:
    path = tmp_path / "leveranciers.xlsx"
    export_table([MAASDAL, UNKNOWN], path, on=ON)
    heading, first, second = CalamineWorkbook.from_path(path).get_sheet_by_name("Leveranciers 23-11-2026").to_python()
    assert heading[10] == "Opdrachten 2026 (excl. btw)"
    assert first[2:4] == ["01234567", "00042"]
    assert first[9:12] == [date(2027, 3, 12), 412_500.0, 2025.0]
    assert second[0] == "=HYPERLINK()"


@pytest.mark.parametrize("name", ["leveranciers.pdf", "leveranciers", ".csv"])
def test_another_kind_of_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError, match=r"\.xlsx \(Excel\) of \.csv"):
        export_table([MAASDAL], tmp_path / name, on=ON)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_leaves_the_older_one(tmp_path: Path) -> None:
    folder = tmp_path / "weg"
    with pytest.raises(FileError, match="die map bestaat niet"):
        export_table([MAASDAL], folder / "leveranciers.csv", on=ON)
