"""Files in, raw tables out: what a file is, is read from its content and not from its name.

Formats: .xlsx .xlsm .xlsb .xls .ods (workbooks) and .csv .txt .tsv (text with a delimiter).
"""

import re
from pathlib import Path

from app.base.errors import FileError
from app.base.progress import Progress
from app.importing.cleaning import plain_text
from app.importing.headings import find_header
from app.importing.tables import Cell, RawTable, too_large

MAX_FILE_BYTES = 200_000_000
_STEP = 2_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Open het bestand in Excel, bewaar het als .xlsx of .csv en importeer dat bestand."
_COPY = "Kopieer in Excel de koprij en de rijen eronder, en plak ze hier."
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


def read_tables(path: Path, progress: Progress) -> list[RawTable]:
    """Read every visible sheet of a workbook, or the one table of a text file.

    Raises `FileError` in Dutch for whatever cannot be read: missing, a folder, locked, empty, encrypted, broken, no
    table, or suspiciously large. Raises `Cancelled` when the user asked to stop.
    """
    data = _load(path)
    progress.step(0, 1, "Bestand lezen")
    if data.startswith((_ZIP, _OLE)):
        # calamine is loaded for workbooks only: a text file does not wait for it.
        from app.importing.workbooks import read_workbook

        tables = read_workbook(path, data, is_zip=data.startswith(_ZIP), progress=progress)
    else:
        tables = [_read_text(path, data, progress)]
    if not any(table.rows for table in tables):
        raise FileError(f"Het bestand {path.name} is leeg: er staan geen rijen in.", "Kies een ander bestand.")
    return tables


def read_copied(name: str, data: bytes, progress: Progress) -> RawTable:
    """Read a table as another program puts it on the clipboard, in UTF-8: cells of a spreadsheet have tabs between.

    Raises `FileError` in Dutch for what is no table, such as one cell or a text, and `Cancelled`.
    """
    table = _read_text(Path(name), data, progress)
    filled = [count for row in table.rows if (count := sum(cell is not None for cell in row))]
    # A sentence has a comma here and there.
    is_wide = sum(count > 1 for count in filled) * 2 > len(filled)
    if len(filled) < 2 or not (is_wide or find_header(table)):
        what = "geen tekst" if not filled else "maar één cel" if len(filled) == 1 and not is_wide else "geen tabel"
        raise FileError(f"Op het klembord staat {what}. Er is niets gelezen.", _COPY)
    return table


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise FileError(f"{path} is een map en geen bestand.", "Kies een bestand in die map.")
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise too_large(path)
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileError(f"Het bestand {path} bestaat niet.", "Kijk of de naam en de map kloppen.") from error
    except PermissionError as error:
        raise FileError(
            f"Het bestand {path.name} kon niet worden gelezen: het is open in een ander programma, "
            "of u mag het niet lezen.",
            "Sluit het bestand in Excel en probeer het opnieuw.",
        ) from error
    except (OSError, ValueError) as error:
        raise FileError(
            f"Het bestand {path} kon niet worden gelezen: {getattr(error, 'strerror', None) or error}.",
            "Probeer het opnieuw of kies een ander bestand.",
        ) from error
    if not data.strip(b"\0 \t\r\n"):
        raise FileError(f"Het bestand {path.name} is leeg.", "Kies een ander bestand, of bewaar het opnieuw in Excel.")
    return data


def _read_text(path: Path, data: bytes, progress: Progress) -> RawTable:
    from app.importing.dialect import decode, find_delimiter, split_records, take_sep_line

    for mark, what in _STRANGERS:
        if data.startswith(mark) and (len(mark) > 2 or _CONTROL.search(data[:400].decode("latin-1"))):
            raise FileError(f"Het bestand {path.name} is {what} en geen tabel.", _SAVE_AS)
    text, encoding = decode(data)
    if _PAGE.match(text[:500]):
        raise FileError(f"Het bestand {path.name} is een webpagina of XML-bestand en geen tabel.", _SAVE_AS)
    if len(_CONTROL.findall(text[:4000])) > len(text[:4000]) // 50:
        raise FileError(f"Het bestand {path.name} is geen tabel: het bevat geen leesbare tekst.", _SAVE_AS)
    text, delimiter = take_sep_line(text)
    delimiter = delimiter or find_delimiter(text)
    rows: list[tuple[Cell, ...]] = []
    numbers: list[int] = []
    stray_quotes: dict[int, str] = {}
    for record in split_records(text, delimiter):
        if len(rows) % _STEP == 0:
            progress.step(len(rows), 0, "Bestand lezen")
        rows.append(tuple(cell or None for cell in record.cells))
        numbers.append(record.line)
        if record.stray_quote:
            stray_quotes[record.line] = plain_text(record.stray_quote)
    if not any(cell is not None for row in rows for cell in row):
        rows, numbers = [], []
    return RawTable(None, encoding, delimiter, rows, numbers, stray_quotes)
