"""Where an import comes from: a file, or a table that was copied in another program."""

from dataclasses import dataclass
from pathlib import Path

from app.base.progress import Progress
from app.services.read_spreadsheet import ReadFile, read_beginning, read_file, read_pasted

_FAMILIES = {"ascii": "utf-8", "utf-8-sig": "utf-8", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSource:
    """A file at a `path`, or the `pasted` text. `encoding` and `delimiter` overrule what is found in a text file."""

    name: str
    path: Path | None = None
    pasted: str = ""
    encoding: str | None = None
    delimiter: str | None = None

    def begin(self, progress: Progress) -> ReadFile | None:
        """Read the first rows where they come sooner than all, else return None; raises `FileError`, `Cancelled`."""
        if self.path is None:
            return None
        return read_beginning(self.path, encoding=self.encoding, delimiter=self.delimiter, progress=progress)

    def load(self, progress: Progress) -> ReadFile:
        """Read it whole; raises `FileError` and `Cancelled`."""
        if self.path is None:
            return read_pasted(self.pasted, self.name, progress=progress)
        return read_file(self.path, encoding=self.encoding, delimiter=self.delimiter, progress=progress)

    def text_reading(self, file: ReadFile | None) -> tuple[str, str] | None:
        """Return the encoding and the delimiter ("" for none) of a text file as it was read; None for any other."""
        if self.path is None or file is None or file.tables[0].sheet is not None:
            return None
        table = file.tables[0]
        return _FAMILIES.get(table.encoding or "", table.encoding or ""), table.delimiter or ""
