"""Real files read without the importer: by Python's csv module, and the XML of workbooks. It is told what a file is."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from xml.etree import ElementTree

# Marks of UTF-8 that were read as cp1252, once or twice, and saved again.
_MARKS = ("\ufeff", "ï»¿", "Ã¯»¿")
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

# Row number, as Excel or an editor shows it, and the texts of its cells.
Row = tuple[int, list[str]]


def read_text(path: Path, encoding: str, delimiter: str, *, quote: str = '"') -> list[Row]:
    """Return the records of a text file that hold something; each by the number of its first line."""
    text = path.read_bytes().decode(encoding)
    for mark in _MARKS:
        text = text.removeprefix(mark)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter or "\x1f", quotechar=quote, skipinitialspace=True
    )
    rows: list[Row] = []
    begin = 1
    for cells in reader:
        rows.append((begin, [" ".join(cell.split()) for cell in cells]))
        begin = reader.line_num + 1
    return _filled(rows)


def read_sheet(path: Path, sheet: str) -> list[Row] | None:
    """Return the rows of a sheet that hold something; None for an old .xls, which needs a library."""
    if path.suffix == ".ods":
        return _filled(_ods_rows(path, sheet))
    return None if path.suffix == ".xls" else _filled(_xlsx_rows(path, sheet))


def money(text: str) -> Decimal:
    """Return an amount as written in Britain, in whole cents; 0 for none."""
    number = re.sub(r"[^\d.\-]", "", text)
    if not re.search(r"\d", number):
        return Decimal(0)
    return Decimal(number).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _filled(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if any(row[1])]


def _xlsx_rows(path: Path, sheet: str) -> list[Row]:
    with zipfile.ZipFile(path) as archive:
        shared = _shared_strings(archive)
        targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        (target,) = (targets[s.get(_RELATION)] for s in book.iter(f"{_SHEET}sheet") if s.get("name") == sheet)
        root = ElementTree.fromstring(archive.read(target.lstrip("/") if target[0] == "/" else f"xl/{target}"))
    rows: list[Row] = []
    for row in root.iter(f"{_SHEET}row"):
        cells: dict[int, str] = {}
        for cell in row.iter(f"{_SHEET}c"):
            (letters, number) = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", "")).groups()  # type: ignore[union-attr]
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - 64
            cells[column - 1] = _xlsx_text(cell, shared)
        rows.append((int(number), [cells.get(at, "") for at in range(max(cells) + 1)]) if cells else (0, []))
    return rows


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(text.text or "" for text in item.iter(f"{_SHEET}t")) for item in root.iter(f"{_SHEET}si")]


def _xlsx_text(cell: ElementTree.Element, shared: Sequence[str]) -> str:
    value, written = cell.find(f"{_SHEET}v"), "".join(text.text or "" for text in cell.iter(f"{_SHEET}t"))
    if value is None or value.text is None:
        return " ".join(written.split())
    text = shared[int(value.text)] if cell.get("t") == "s" else value.text
    return " ".join(text.split())


def _ods_rows(path: Path, sheet: str) -> list[Row]:
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    (table,) = (table for table in root.iter(f"{_TABLE}table") if table.get(f"{_TABLE}name") == sheet)
    rows: list[Row] = []
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        rows.append((number, [text for cell in row for text in _ods_texts(cell)]))
        number += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
    return rows


def _ods_texts(cell: ElementTree.Element) -> Iterator[str]:
    text = " ".join("".join(paragraph.itertext()) for paragraph in cell.iter(f"{_TEXT}p"))
    # The last cell of a row is repeated to the edge of the sheet.
    for _ in range(min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), 300)):
        yield " ".join(text.split())
