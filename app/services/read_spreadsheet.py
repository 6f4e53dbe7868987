"""A spreadsheet as it is, from a file or as it was copied in another program: read once, planned as often as chosen."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from app.base.collecting import without_collecting
from app.base.errors import FileError
from app.base.progress import NoProgress, Progress
from app.importing.readers import ENCODINGS, is_workbook, read_copied, read_first_rows, read_tables
from app.importing.returned import without_reasons
from app.importing.tables import RawTable

__all__ = ["ENCODINGS", "ReadFile", "read_beginning", "read_file", "read_pasted"]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read, so that another choice needs no second reading. `name` may be shown and stored."""

    name: str
    tables: tuple[RawTable, ...]
    sha256: str

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets with rows, to choose from; none for a text file."""
        return tuple(table.sheet for table in self.tables if table.sheet and table.rows)


def read_file(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None, progress: Progress | None = None
) -> ReadFile:
    """Read a file as it is; `encoding` and `delimiter` overrule what is found in a text file.

    Raises `FileError` and `Cancelled`.
    """
    with without_collecting(is_held=True):
        found = read_tables(path, progress or NoProgress(), encoding=encoding, delimiter=delimiter)
        tables = tuple(map(without_reasons, found))
    return ReadFile(_name(path), tables, _checksum(path))


def read_beginning(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None, progress: Progress | None = None
) -> ReadFile | None:
    """Read the first rows of a text file, in milliseconds whatever its size; raises as `read_file`.

    None for a workbook, of which the first rows take as long as all.
    """
    if is_workbook(path):
        return None
    found = read_first_rows(path, progress or NoProgress(), encoding=encoding, delimiter=delimiter)
    return ReadFile(_name(path), tuple(map(without_reasons, found)), "")


def read_pasted(text: str, name: str, *, progress: Progress | None = None) -> ReadFile:
    """Read what was copied in another program as a file of that name; raises `FileError` and `Cancelled`."""
    data = text.encode("utf-8", "replace")
    with without_collecting(is_held=True):
        table = read_copied(name, data, progress or NoProgress())
    return ReadFile(name, (without_reasons(table),), hashlib.sha256(data).hexdigest())


def _name(path: Path) -> str:
    return path.name.encode("utf-8", "replace").decode()


def _checksum(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise FileError(f"Het bestand {path} kan niet meer worden gelezen.", "Kijk of het er nog staat.") from error
