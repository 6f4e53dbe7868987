"""The table of all suppliers into a file, beside the same cells written by the library alone."""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from app import bootstrap
from app.services.export_suppliers import export_suppliers
from app.services.list_suppliers import list_suppliers
from tests.bench.timing import Figure, median_ms

ON = date(2026, 11, 23)


def measure(folder: Path, suppliers: int) -> list[Figure]:
    """Return the figures for an example register with that many suppliers more."""
    register = bootstrap.make_example(folder / f"export-{suppliers}.tredewijzer", today=ON, extra=suppliers)
    workbook, text = folder / "leveranciers.xlsx", folder / "leveranciers.csv"
    try:
        rows = list_suppliers(register, on=ON)
        label = f"{len(rows):,}".replace(",", ".")
        ours = {
            path: median_ms(lambda path=path: export_suppliers(register, rows, path, on=ON), rounds=3)  # type: ignore[misc]
            for path in (workbook, text)
        }
        cells = CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python()
        with text.open(encoding="utf-8-sig", newline="") as stream:
            lines = list(csv.reader(stream, delimiter=";"))
        return [
            Figure(f"export of {label} suppliers (xlsx)", ours[workbook], "XlsxWriter, the same cells",
                   median_ms(lambda: _write_cells(folder / "kaal.xlsx", cells), rounds=3)),
            Figure(f"export of {label} suppliers (csv)", ours[text], "csv.writer, the same cells",
                   median_ms(lambda: _write_lines(folder / "kaal.csv", lines), rounds=3)),
        ]  # fmt: skip
    finally:
        register.close()


def _write_cells(path: Path, cells: list[list[Any]]) -> None:
    from xlsxwriter.workbook import Workbook

    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(cells):
            for place, cell in enumerate(line):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(row, place, cell)
                elif isinstance(cell, date | datetime):
                    sheet.write_datetime(row, place, cell)
                else:
                    sheet.write_number(row, place, cell)


def _write_lines(path: Path, lines: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(lines)
