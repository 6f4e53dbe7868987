"""Text files with a delimiter: .csv, .txt, .tsv, and whatever else turns out to be one."""

import re
from itertools import islice
from typing import IO

from app.base.errors import FileError
from app.base.progress import Progress
from app.importing.cleaning import plain_text
from app.importing.dialect import decode, find_delimiter, split_records, take_sep_line
from app.importing.tables import Cell, RawTable, too_large

ENCODINGS = ("utf-8", "cp1252", "utf-16", "cp850")
MAX_LINES = 2_000_000
MAX_CELLS = 20_000_000

_STEP = 2_000
# What a first look reads, and at most where that much does not settle the first rows.
_HEAD, _LONGEST_HEAD = 256 * 1024, 4 * 1024 * 1024
_SAVE_AS = "Open het bestand in Excel, bewaar het als .xlsx of .csv en importeer dat bestand."
# What people choose by mistake, by its first bytes.
_STRANGERS = (
    (b"%PDF", "een pdf"),
    (b"\x89PNG", "een afbeelding"),
    (b"\xff\xd8\xff", "een afbeelding"),
    (b"GIF8", "een afbeelding"),
    (b"BM", "een afbeelding"),
    (b"II*\0", "een afbeelding"),
    (b"MM\0*", "een afbeelding"),
    (b"{\\rtf", "een tekstdocument"),
    (b"\x1f\x8b", "een ingepakt bestand"),
    (b"7z\xbc\xaf", "een ingepakt bestand"),
    (b"Rar!", "een ingepakt bestand"),
    (b"MZ", "een programma"),
    (b"\x7fELF", "een programma"),
    (b"SQLite format 3\0", "een database"),
    (b"PK\x05\x06", "een leeg zip-bestand"),
)
_PAGE = re.compile(r"^\s*<(\?xml|!doctype|html|head|table|meta|style)\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DELIMITER = re.compile(r"[^\w\s\"\x00-\x1f]|\t")


def is_delimiter(text: str) -> bool:
    """Whether a text can stand between cells: one punctuation mark that is no quote, or the tab."""
    return bool(_DELIMITER.fullmatch(text))


def read_text(
    name: str,
    data: bytes,
    progress: Progress,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    most_rows: int | None = None,
) -> RawTable:
    """Return the table of a text file, at most its first `most_rows`.

    What is not given is found. Raises `FileError` in Dutch for what is no table or too large, and `Cancelled`.
    """
    for mark, what in _STRANGERS:
        if data.startswith(mark) and (len(mark) > 2 or _CONTROL.search(data[:400].decode("latin-1"))):
            raise FileError(f"Het bestand {name} is {what} en geen tabel.", _SAVE_AS)
    text, encoding = _decoded(data, encoding) if encoding else decode(data)
    if _PAGE.match(text[:500]):
        raise FileError(f"Het bestand {name} is een webpagina of XML-bestand en geen tabel.", _SAVE_AS)
    if len(_CONTROL.findall(text[:4000])) > len(text[:4000]) // 50:
        raise FileError(f"Het bestand {name} is geen tabel: het bevat geen leesbare tekst.", _SAVE_AS)
    text, named = take_sep_line(text)
    delimiter = delimiter or (named if named and is_delimiter(named) else find_delimiter(text))
    # A line or a cell of nothing takes a byte here and a hundred once it is read.
    if max(text.count("\n"), text.count("\r")) > MAX_LINES or (delimiter and text.count(delimiter) > MAX_CELLS):
        raise too_large(name)
    rows: list[tuple[Cell, ...]] = []
    numbers: list[int] = []
    stray_quotes: dict[int, str] = {}
    for record in islice(split_records(text, delimiter), most_rows):
        if len(rows) % _STEP == 0:
            progress.step(len(rows), 0, "Bestand lezen")
        rows.append(tuple(cell or None for cell in record.cells))
        numbers.append(record.line)
        if record.stray_quote:
            stray_quotes[record.line] = plain_text(record.stray_quote)
    if not any(cell is not None for row in rows for cell in row):
        rows, numbers = [], []
    return RawTable(None, encoding, delimiter, rows, numbers, stray_quotes)


def read_head(
    name: str, source: IO[bytes], progress: Progress, *, encoding: str | None, delimiter: str | None, most_rows: int
) -> RawTable:
    """Return the first rows of a text file, for which only its beginning is read."""
    size = _HEAD
    while True:
        source.seek(0)
        data = source.read(size)
        is_whole = len(data) < size
        head = data if is_whole else _whole_lines(data)
        table = read_text(name, head, progress, encoding=encoding, delimiter=delimiter, most_rows=most_rows)
        # A quote that seems stray may belong to a cell that ends further on.
        has_enough = len(table.rows) == most_rows and not table.stray_quotes
        if is_whole or has_enough or size >= _LONGEST_HEAD:
            return table
        size *= 4


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    text = data.decode(encoding, errors="replace")
    return text.removeprefix("\ufeff").replace("\0", ""), encoding


def _whole_lines(data: bytes) -> bytes:
    """Return the beginning of a file less the line that was cut; everything where there is but one line."""
    end = max(data.rfind(b"\n"), data.rfind(b"\r")) + 1
    # In UTF-16 the end of a line is two bytes.
    return data[: end + end % 2 if b"\0" in data[:end] else end] or data
