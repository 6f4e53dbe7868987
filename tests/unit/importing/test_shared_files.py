"""Real open data, where it lies beside the checkout: every file ends in a plan or in a clear refusal.

That every row and every cent goes in is tested where it is stored: `tests/services/test_import_register.py`.
"""

from pathlib import Path

from app.base.errors import AppError
from tests.unit.importing.conftest import Importer


def test_every_real_file_is_planned_or_refused_clearly(shared_data: Path, tmp_path: Path):
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
