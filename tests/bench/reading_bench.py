"""Reading files: a workbook in a process of its own beside calamine itself, and how soon the first rows are there."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from app.base.processes import READ_WORKBOOK, own_command
from app.base.progress import NoProgress
from app.importing.readers import read_first_rows, read_tables
from tests.bench.timing import Figure, median_ms, with_children

_HEADINGS = (
    "Crediteurnr Naam KvK-nummer Adres Postcode Plaats Vanaf Opdrachten Telefoon E-mail Contactpersoon Factuur".split()
)


def measure(folder: Path) -> list[Figure | str]:
    """Return the figures, and the memory that a reader of 100,000 rows of 12 columns took."""
    large, wide, small = (
        _workbook(folder / f"{rows}-{columns}.xlsx", rows, columns)
        for rows, columns in ((100_000, 8), (100_000, 12), (25, 8))
    )
    return [
        Figure(
            "read a workbook of 100.000 x 8",
            median_ms(partial(read_tables, large, NoProgress()), clock=with_children),
            "bare calamine, in this process",
            median_ms(partial(_count_rows, large), clock=with_children),
        ),
        Figure(
            "read a workbook of 25 x 8",
            median_ms(partial(read_tables, small, NoProgress()), clock=with_children),
            "a bare start of Python",
            median_ms(_start, clock=with_children),
        ),
        _first_rows("100.000 x 8 (xlsx)", large, "bare calamine, all of it", _count_rows),
        *(
            _first_rows(f"{rows:,} rows (csv)".replace(",", "."), _text(folder / "tekst.csv", rows),
                        "reading 256 kB of it", _read_head)
            for rows in (100_000, 1_000_000)
        ),
        f"The process that reads a workbook of 100.000 x 12 takes {_reader_mb(wide)} MB.",
    ]  # fmt: skip


def _first_rows(what: str, path: Path, beside: str, bare: Callable[[Path], object]) -> Figure:
    return Figure(
        f"first rows of {what}, on the clock",
        median_ms(partial(read_first_rows, path, NoProgress()), clock=time.perf_counter),
        beside,
        median_ms(partial(bare, path), clock=time.perf_counter),
    )


def _rows(count: int) -> Iterator[list[Any]]:
    for n in range(1, count + 1):
        begin = date(2020, 1, 1) + timedelta(n % 2_000)
        firm = [40_000 + n, f"Firma {n} Proef B.V.", f"{n:08d}", f"Dijk {n}", "6041 AB", "Roermond", begin, n * 1.37]
        yield [*firm, f"0475-{n:06d}", f"info{n}@firma{n}.test", f"Proef {n % 900}", n + 0.25]


def _workbook(path: Path, count: int, columns: int) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet = book.add_worksheet("Crediteuren")
        for r, row in enumerate([_HEADINGS, *_rows(count)]):
            for c, cell in enumerate(row[:columns]):
                if isinstance(cell, date):
                    sheet.write_datetime(r, c, cell, day)
                else:
                    sheet.write(r, c, cell)
    return path


def _text(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(";".join(_HEADINGS[:8]) + "\r\n")
        stream.writelines(";".join(map(str, row[:8])) + "\r\n" for row in _rows(count))
    return path


def _count_rows(path: Path) -> int:
    with path.open("rb") as source:
        book = CalamineWorkbook.from_filelike(source)
        return sum(1 for name in book.sheet_names for _ in book.get_sheet_by_name(name).iter_rows())


def _read_head(path: Path) -> bytes:
    with path.open("rb") as source:
        return source.read(256 * 1024)


def _start() -> None:
    subprocess.run([sys.executable, "-I", "-S", "-c", "0"], check=True)


def _reader_mb(path: Path) -> int:
    # By way of a small process: what is measured of one that is started includes the one that starts it.
    ask = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    reader = own_command(READ_WORKBOOK, "app.importing.workbook_process", needs="python_calamine")
    with path.open("rb") as source:
        asked = [sys.executable, "-I", "-S", "-c", ask, *reader]
        return int(subprocess.run(asked, stdin=source, stdout=subprocess.PIPE, check=True).stdout)
