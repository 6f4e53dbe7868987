"""Real open data, where it lies beside the checkout: every row accounted for, every cent taken in."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.base.errors import AppError
from app.importing.plan import ImportPlan, Outcome
from tests.unit.importing.conftest import Importer

# File, encoding, rows of heading, index of the name, index of the amount (None: no amounts).
FILES = [
    ("spend-uk/gateshead_clean_2016-07.csv", "utf-8-sig", 1, 6, 7),
    ("spend-uk/leeds_raw_2020-06.csv", "cp1252", 1, 13, 11),
    ("spend-uk/salford_clean_2018-04.csv", "utf-8", 2, 6, 5),
    ("spend-uk/salford_clean_2020-06.csv", "utf-8", 1, 6, 5),
    ("spend-uk/salford_clean_2021-06.csv", "utf-8", 1, 6, 5),
    ("spend-uk/salford_clean_2022-07.csv", "utf-8", 1, 6, 8),
    ("spend-uk/northtyneside_clean_2019-05_p.csv", "utf-8", 1, 5, 4),
    ("spend-uk/networkrail_clean_2017-01.csv", "utf-8", 1, 0, 4),
    ("spend-uk/KGST_03_June.csv", "cp1252", 1, 5, 7),
    ("spend-uk/EPSH_01_April.csv", "cp1252", 1, 5, 7),
    ("spend-uk/SGEO_01_April.csv", "cp1252", 1, 4, 6),
    ("spend-uk/manchester_clean_2022-05.csv", "utf-8", 1, 6, 5),
    ("organisations-nl/aanbestedende_diensten_2010-2016.csv", "utf-8", 1, 0, None),
    ("organisations-nl/zbo_register.csv", "utf-8", 1, 0, None),
]


def cents(text: str) -> int:
    bare = text.replace("£", "").replace(",", "").strip()
    return int((Decimal(bare) * 100).quantize(Decimal(1), rounding="ROUND_HALF_UP")) if bare not in {"", "-"} else 0


def account_for(plan: ImportPlan, rows: list[tuple[str, int]]) -> None:
    """Check that every source row (name and cents) has one outcome and that every amount went in or is listed."""
    assert len(plan.rows) == len(rows)
    assert not plan.maybe_rows
    taken = [row.outcome in {Outcome.NEW, Outcome.UPDATED} for row in plan.rows]
    assert plan.amount_cents == sum(amount for (_, amount), went_in in zip(rows, taken, strict=True) if went_in)
    assert sum(amount.cents for amount in plan.new.amounts) == plan.amount_cents
    refused = {row.row for row in plan.rows if row.outcome is Outcome.ERROR}
    assert refused == {fault.row for fault in plan.faults}
    left = [name for (name, _), went_in in zip(rows, taken, strict=True) if not went_in]
    assert len(left) == plan.error_rows + plan.skipped_rows
    assert len(left) <= len(rows) * 0.03


@pytest.mark.parametrize(("name", "encoding", "heads", "name_at", "amount_at"), FILES, ids=[file[0] for file in FILES])
def test_every_row_and_cent_of_a_real_file_is_accounted_for(
    shared_data: Path, importer: Importer, name: str, encoding: str, heads: int, name_at: int, amount_at: int | None
):
    with (shared_data / name).open(encoding=encoding, newline="") as stream:
        source = [row for row in csv.reader(stream) if any(cell.strip() for cell in row)][heads:]
    # A last line such as "© …" stands in the column of the amounts.
    rows = [(row[name_at], cents(row[amount_at]) if amount_at is not None and row[name_at] else 0) for row in source]
    plan = importer.take(shared_data / name)
    account_for(plan, rows)
    kept = {" ".join(supplier.name.split()).casefold() for supplier in plan.new.suppliers}
    assert len(kept) > len({row[0].casefold() for row in rows}) * 0.8
    again = importer.plan(shared_data / name)
    assert not again.new_rows + again.updated_rows + again.maybe_rows
    assert again.amount_cents == plan.amount_cents


def test_every_row_and_cent_of_a_real_workbook_is_accounted_for(shared_data: Path, importer: Importer):
    path = shared_data / "spend-uk/BHR_Merged.xlsx"
    source = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]
    plan = importer.take(path)
    account_for(plan, [(str(row[5]), cents(repr(row[7]))) for row in source])
    assert plan.error_rows == plan.skipped_rows == 0


def test_every_other_real_file_is_planned_or_refused_clearly(shared_data: Path, tmp_path: Path):
    for path in sorted([*(shared_data / "spend-uk").iterdir(), *(shared_data / "organisations-nl").iterdir()]):
        if path.suffix not in {".csv", ".xlsx", ".xls"}:
            continue
        try:
            plan = Importer(tmp_path).plan(path, year=2026)
        except AppError as error:
            assert error.advice and "Er is niets geïmporteerd." in error.message
            continue
        assert plan.new_rows + plan.error_rows + plan.skipped_rows == len(plan.rows)
        assert plan.new_rows >= 0.95 * len(plan.rows), path.name


def test_hostile_files_end_in_a_plan_or_a_clear_refusal(shared_data: Path, tmp_path: Path):
    for path in sorted((shared_data / "import-torture").rglob("*")):
        if path.is_file() and path.suffix not in {".md", ".json"}:
            try:
                Importer(tmp_path).plan(path, year=2026)
            except AppError as error:
                assert error.advice, path
