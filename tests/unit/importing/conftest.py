"""What the tests of importing share: a file or a text in, its plan out, and the register that it would leave."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from app.base.progress import NoProgress
from app.domain.rows import Records
from app.importing.choices import Choices, ImportOptions, Past
from app.importing.outcome import ImportPlan
from app.importing.plan import plan_import
from app.importing.readers import read_tables

TODAY = date(2026, 11, 23)
_NO_PAST = Past()
KINDS = ("suppliers", "contacts", "contracts", "amounts", "certificates", "verifications")


class Importer:
    """Plans imports into a register that grows when a plan is carried out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.register = Records()
        self._numbers = itertools.count(1)

    def new_id(self) -> str:
        return f"id-{next(self._numbers)}"

    def plan(
        self,
        content: str | Path,
        *,
        year: int | None = None,
        mapping: Mapping[str, str | None] | None = None,
        past: Past = _NO_PAST,
        **choices: Any,
    ) -> ImportPlan:
        """Plan a file, or a text that is written to one first."""
        path = content if isinstance(content, Path) else self.folder / "bestand.csv"
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8", newline="")
        return plan_import(
            read_tables(path, NoProgress()),
            register=self.register,
            options=ImportOptions(
                choices=Choices(mapping=mapping or {}, year=year, **choices), today=TODAY, source=path.name, past=past
            ),
            new_id=self.new_id,
            progress=NoProgress(),
        )

    def carry_out(self, plan: ImportPlan) -> ImportPlan:
        """Put the records of a plan in the register."""
        after: dict[str, Any] = {}
        for kind in KINDS:
            known = {record.id: record for record in getattr(self.register, kind)}
            for record in getattr(plan.changed, kind):
                assert record.id in known
                known[record.id] = record
            for record in getattr(plan.new, kind):
                assert record.id not in known
                known[record.id] = record
            after[kind] = tuple(known.values())
        self.register = Records(**after)
        return plan

    def take(self, content: str | Path, **options: Any) -> ImportPlan:
        """Plan a file and carry it out."""
        return self.carry_out(self.plan(content, **options))


@pytest.fixture
def importer(tmp_path: Path) -> Importer:
    return Importer(tmp_path)


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook: `workbook({"Blad": rows})`; dates as real dates, a tuple (formula, value) as a formula."""

    def write(sheets: Mapping[str, Sequence[Sequence[Any]]], *, name: str = "boek.xlsx", hidden: str = "") -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(str(path))
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            if title == hidden:
                sheet.hide()
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(r, c, value, day)
                    elif isinstance(value, tuple):
                        sheet.write_formula(r, c, value[0], None, value[1])
                    elif value is not None:
                        sheet.write(r, c, value)
        book.close()
        return path

    return write
