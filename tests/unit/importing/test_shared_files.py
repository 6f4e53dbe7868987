"""Real open data, where it lies beside the checkout: each file is understood as `tests/golden/import` says.

Those tables were written by looking at the files; that they are true is tested against readers that share nothing with
the importer. That every row and every cent goes in is tested where it is stored:
`tests/services/test_import_register.py`.
"""

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from app.base.errors import FileError
from app.base.progress import NoProgress
from app.importing.cleaning import plain_text
from app.importing.headings import find_table
from app.importing.meanings import OPEN_FROM, OPEN_TO
from app.importing.readers import read_tables
from app.importing.vocabulary import recognise
from tests.unit.importing.conftest import Importer
from tests.unit.importing.source_files import Row, money, read_sheet, read_text
from tests.unit.importing.understanding import DELIMITERS, Line, as_row, read_lines, understand

GOLDEN = Path(__file__).parents[2] / "golden" / "import"
UNDERSTOOD, OTHERWISE = "Understood", "Understood otherwise"
# Folder of the shared data -> table of what is understood of its files.
FOLDERS = {
    "spend-uk": "spend-uk",
    "organisations-nl": "organisations-nl",
    "import-torture/messytables-horror": "messytables-horror",
    "import-torture/frictionless-data": "frictionless-data",
    "import-torture/pollock-polluted/csv": "pollock-polluted",
}
POLLUTED = "import-torture/pollock-polluted"


def lines_of(folder: str, *sections: str) -> list[Line]:
    text = (GOLDEN / f"{FOLDERS[folder]}.md").read_text(encoding="utf-8")
    return [line for section in sections for line, _ in read_lines(text, section)]


def listed(numbers: str) -> list[int]:
    """Return the row numbers behind the count of rows that were wrong or skipped."""
    return [int(number) for number in numbers.partition(":")[2].split() if number != "…"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_real_file_is_understood_as_written_down(folder: str, shared_data: Path, tmp_path: Path):
    lines = {line.file: line for line in lines_of(folder, UNDERSTOOD, OTHERWISE)}
    files = {path.name: path for path in (shared_data / folder).iterdir() if path.suffix != ".md"}
    assert lines.keys() == files.keys()
    found = [understand(path, Importer(tmp_path), lines[name].chosen) for name, path in files.items()]
    assert sorted(as_row(line) for line in found if line != lines[line.file]) == []


@pytest.mark.parametrize("folder", [folder for folder in FOLDERS if not folder.startswith(POLLUTED)])
def test_what_is_written_down_is_what_stands_in_the_files(folder: str, shared_data: Path):
    compared = 0
    for line in lines_of(folder, UNDERSTOOD):
        rows = read_source(shared_data / folder / line.file, line) if line.taken else None
        if rows is not None:
            compare(line, rows)
            compared += 1
    assert compared >= {"spend-uk": 30, "organisations-nl": 6, "import-torture/messytables-horror": 18}.get(folder, 90)


def read_source(path: Path, line: Line) -> list[Row] | None:
    if line.sheet:
        return read_sheet(path, line.sheet)
    delimiter = next(character for character, name in DELIMITERS.items() if name == line.delimiter)
    return read_text(path, line.encoding, delimiter or "")


def compare(line: Line, rows: Sequence[Row]) -> None:
    """Compare headings, number of rows and sums of amounts with the rows of the source."""
    numbers = [] if line.headings == "none" else list(map(int, line.headings.split("–")))
    heads = [cells for number, cells in rows if number in numbers]
    below = [row for row in rows if not numbers or row[0] > numbers[-1]]
    assert len(heads) == len(numbers), line.file
    counts = [int(part.partition(":")[0] or 0) for part in (line.taken, line.wrong, line.skipped)]
    assert len(below) == sum(counts), (line.file, len(below))
    headings = combined(heads)
    if heads:
        named = [heading for heading in headings if heading]
        # A sheet is as wide as its widest row; a row of a text file that is too long is a fault.
        headings += [""] * (max(map(len, (cells for _, cells in below))) - len(headings) if line.sheet else 0)
        without = {
            at for _, cells in below for at, cell in enumerate(cells[: len(headings)]) if cell and not headings[at]
        }
        count, _, ends = line.columns.partition(": ")
        first, last = ends.split(" … ")[0], ends.split(" … ")[-1]
        assert int(count) == len(named) + len(without), line.file
        assert first.startswith("Kolom") or first == named[0], line.file
        assert last.startswith("Kolom") or re.sub(r" \(\d\)$", "", last) == named[-1], line.file
    left_out = {*listed(line.wrong), *listed(line.skipped)}
    taken = [cells for number, cells in below if number not in left_out]
    for field, told in re.findall(r"(amount|invoiced) (-?[\d.]+)", line.amounts):
        used = [part.removesuffix("!").rpartition("→") for part in line.used.split("; ")]
        columns = [headings.index(heading) for heading, _, name in used if name == field]
        total = sum((money(cells[at]) for cells in taken for at in columns if at < len(cells)), Decimal(0))
        assert total == Decimal(told), (line.file, field, total)


def combined(heads: Sequence[Sequence[str]]) -> list[str]:
    """Return the headings of one row, or of a row of groups with their parts below it."""
    if len(heads) < 2:
        return list(heads[0]) if heads else []
    upper, lower = heads
    group, texts = "", []
    for at in range(max(len(upper), len(lower))):
        above, below = (cells[at] if at < len(cells) else "" for cells in (upper, lower))
        group = above or (group if below else "")
        texts.append(" ".join(filter(None, (group, below))))
    return texts


def trimmed(cells: Sequence[str]) -> list[str]:
    texts = [" ".join(cell.split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


# Rows of the polluted files that cannot be put right, by file; the others are as in the clean version.
BEYOND_REPAIR = {
    "row_field_delimiter_13_0x20.csv": [14],
    "row_field_delimiter_1_0x20.csv": [2],
    "row_field_delimiter_34_0x20.csv": [35],
    "row_field_delimiter_5_0x20.csv": [6],
    "row_less_sep_row16_col4.csv": [17],
    "row_less_sep_row51_col7.csv": [52],
    "row_less_sep_row77_col5.csv": [78],
    "row_more_sep_row25_col1.csv": [26],
    "row_more_sep_row42_col7.csv": [43],
    "row_more_sep_row77_col0.csv": [78],
    "file_quotation_char_0x27.csv": [11, 13, 22, 23, 40, 84],
}


def test_what_was_polluted_is_read_as_its_clean_version(shared_data: Path):
    differing: dict[str, list[int]] = {}
    for path in sorted((shared_data / POLLUTED / "csv").iterdir()):
        if path.name == "file_field_delimiter_0x20.csv":
            continue
        clean = read_clean(shared_data / POLLUTED / "clean" / path.name)
        try:
            (table,) = read_tables(path, NoProgress())
        except FileError:
            assert not clean, path.name
            continue
        header = find_table(table)
        assert header is not None, path.name
        records = [
            (table.number_of(index), trimmed(list(map(plain_text, table.rows[index]))))
            for index in range(header.first_data, len(table.rows))
        ]
        # Pages of a list repeat its headings.
        records = [(number, cells) for number, cells in records if cells and cells != list(header.headings)]
        truth = clean[1 if header.height else 0 :]
        assert len(records) == len(truth) or (path.name.startswith("file_multitable") and len(records) > len(truth))
        wrong = [
            number
            for (number, cells), right in zip(records, truth, strict=False)
            if cells != right and not (number in table.stray_quotes and cells == without_quote(right))
        ]
        if wrong:
            differing[path.name] = wrong
    assert differing == BEYOND_REPAIR


def read_clean(path: Path) -> list[list[str]]:
    return [trimmed(cells) for cells in csv.reader(io.StringIO(path.read_text(encoding="ascii"), newline=""))]


def without_quote(cells: Sequence[str]) -> list[str]:
    return trimmed([cell.removeprefix('"') for cell in cells])


# The concept in the list of headings -> the fields that are right for it; a concept without a field is taken for none.
FIELDS_OF = {
    "amount": {"amount", "invoiced", "contract_total"},
    "category": {"category"},
    "city": {"city", "postal_city"},
    "contact": {"contact"},
    "country": {"country"},
    "date": {"date", OPEN_FROM, OPEN_TO, "valid_from"},
    "email": {"email"},
    "house_no": {"house_number", "postal_house_number"},
    "house_no_suffix": {"house_addition"},
    "kvk": {"kvk"},
    "mobile": {"phone"},
    "name": {"name"},
    "phone": {"phone"},
    "postcode": {"postcode", "postal_postcode"},
    "status": {"certificate_status"},
    "street": {"street", "postal_street"},
    "supplier_no": {"own_number"},
    "vat": {"btw_id"},
    "year": {"date"},
}


def test_headings_of_real_systems_are_recognised_but_for_those_that_are_listed(shared_data: Path):
    text = (shared_data / "erp-headings" / "header_names.csv").read_text(encoding="utf-8")
    headings = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    missed = []
    for row in headings:
        found = [guess.field for guess in recognise(row["header"].strip())]
        if not FIELDS_OF.get(row["concept"], set()) & set(found) and (found or row["concept"] in FIELDS_OF):
            missed.append([row["concept"], row["header"], ", ".join(found)])
    table = (GOLDEN / "headings.md").read_text(encoding="utf-8")
    listed_rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if line[:1] == "|"]
    assert missed == [cells[:3] for cells in listed_rows[2:]]
    assert len(headings) == 182
