"""Files in, raw tables out: what a file is, is read from its content and not from its name.

Formats: .xlsx .xlsm .xlsb .xls .ods (workbooks) and .csv .txt .tsv (text with a delimiter).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.base.errors import FileError
from app.base.progress import Progress
from app.importing.headings import find_header
from app.importing.tables import RawTable, too_large
from app.importing.text_files import ENCODINGS, is_delimiter, read_head, read_text

__all__ = ["ENCODINGS", "FIRST_ROWS", "MAX_FILE_BYTES", "is_workbook", "read_copied", "read_first_rows", "read_tables"]

MAX_FILE_BYTES = 200_000_000
FIRST_ROWS = 200

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

_COPY = "Kopieer in Excel de koprij en de rijen eronder, en plak ze hier."


def read_tables(
    path: Path, progress: Progress, *, encoding: str | None = None, delimiter: str | None = None
) -> list[RawTable]:
    """Read every visible sheet of a workbook, or the one table of a text file.

    `encoding` (one of `ENCODINGS`) and `delimiter` overrule what is found in a text file; a workbook has neither.
    Raises `FileError` in Dutch for whatever cannot be read: missing, a folder, locked, empty, encrypted, broken, no
    table, or suspiciously large. Raises `Cancelled` when the user asked to stop; a workbook is then let go at once.
    """
    return _read(path, progress, encoding, delimiter, None)


def read_first_rows(
    path: Path, progress: Progress, *, encoding: str | None = None, delimiter: str | None = None
) -> list[RawTable]:
    """Read the first `FIRST_ROWS` rows of a file, as soon as they can be had; otherwise as `read_tables`.

    Of a text file only the beginning is read, so this takes milliseconds whatever its size. Encoding and delimiter are
    those of the whole file, but for three cases: a beginning without accents is "ascii", whatever follows; where UTF-8
    and other bytes are mixed, the beginning alone decides which of them are the exception; and where quotes are in
    disorder, it alone tells how they are meant. Of a workbook the first sheet with rows is read; those behind it are
    named and still have no rows.
    """
    return _read(path, progress, encoding, delimiter, FIRST_ROWS)


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook, by its content; raises `FileError`."""
    with _opened(path) as source:
        return source.read(8).startswith(_WORKBOOKS)


def read_copied(name: str, data: bytes, progress: Progress) -> RawTable:
    """Read a table as another program puts it on the clipboard, in UTF-8: cells of a spreadsheet have tabs between.

    Raises `FileError` in Dutch for what is no table, such as one cell or a text, and `Cancelled`.
    """
    table = read_text(name, data, progress, delimiter="\t" if b"\t" in data else None)
    filled = [count for row in table.rows if (count := sum(cell is not None for cell in row))]
    # A sentence has a comma here and there.
    is_wide = sum(count > 1 for count in filled) * 2 > len(filled)
    if len(filled) < 2 or not (is_wide or find_header(table)):
        what = "geen tekst" if not filled else "maar één cel" if len(filled) == 1 and not is_wide else "geen tabel"
        raise FileError(f"Op het klembord staat {what}. Er is niets gelezen.", _COPY)
    return table


def _read(
    path: Path, progress: Progress, encoding: str | None, delimiter: str | None, most_rows: int | None
) -> list[RawTable]:
    _check_choice(encoding, delimiter)
    with _opened(path) as source:
        begin = source.read(8)
        source.seek(0)
        progress.step(0, 1, "Bestand lezen")
        if begin.startswith(_WORKBOOKS):
            # Loaded for workbooks only: a text file does not wait for it.
            from app.importing.workbooks import read_workbook

            tables = read_workbook(path.name, source, progress, most_rows=most_rows)
        elif most_rows is not None:
            tables = [
                read_head(path.name, source, progress, encoding=encoding, delimiter=delimiter, most_rows=most_rows)
            ]
        else:
            tables = [read_text(path.name, source.read(), progress, encoding=encoding, delimiter=delimiter)]
    if not any(table.rows for table in tables):
        is_text = any(table.sheet is None for table in tables)
        what = "is leeg" if is_text else "is leeg: er staan geen rijen in"
        raise FileError(f"Het bestand {path.name} {what}.", "Kies een ander bestand, of bewaar het opnieuw in Excel.")
    return tables


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file of the user; raises `FileError`, also for what goes wrong while it is read."""
    try:
        _check_kind(path)
        with path.open("rb") as source:
            yield source
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileError(f"Het bestand {path} bestaat niet.", "Kijk of de naam en de map kloppen.") from error
    except PermissionError as error:
        raise FileError(
            f"Het bestand {path.name} kon niet worden gelezen: het is open in een ander programma, "
            "of u mag het niet lezen.",
            "Sluit het bestand in Excel en probeer het opnieuw.",
        ) from error
    except OSError as error:
        raise FileError(
            f"Het bestand {path} kon niet worden gelezen: {error.strerror or error}.",
            "Probeer het opnieuw of kies een ander bestand.",
        ) from error


def _check_kind(path: Path) -> None:
    try:
        size = path.stat().st_size
    except ValueError as error:
        raise FileNotFoundError("no file can have this name") from error
    if path.is_dir():
        raise FileError(f"{path} is een map en geen bestand.", "Kies een bestand in die map.")
    if not path.is_file():
        raise FileError(f"{path} is geen gewoon bestand.", "Kies een ander bestand.")
    if size > MAX_FILE_BYTES:
        raise too_large(path.name)


def _check_choice(encoding: str | None, delimiter: str | None) -> None:
    if encoding is not None and encoding not in ENCODINGS:
        raise FileError(
            f"De codering '{encoding}' wordt niet gelezen. Er is niets gelezen.",
            f"Kies een van deze: {', '.join(ENCODINGS)}.",
        )
    if delimiter is not None and not is_delimiter(delimiter):
        raise FileError(
            f"Het scheidingsteken '{delimiter}' kan niet. Er is niets gelezen.",
            "Kies één leesteken of de tab, en geen aanhalingsteken.",
        )
