"""A spreadsheet as the user checks it: the preview with what changes per row."""

from dataclasses import dataclass

from app.base.progress import Progress
from app.services.import_register import Choices, Preview, ReadFile, preview
from app.services.show_import import RowChange, row_changes
from app.storage.register import Register


@dataclass(frozen=True, slots=True)
class ImportCheck:
    """What importing would do."""

    preview: Preview
    rows: tuple[RowChange, ...]


def check_import(
    register: Register, file: ReadFile, *, choices: Choices, progress: Progress | None = None
) -> ImportCheck:
    """Return what importing a file would do; writes nothing. Errors as `preview`."""
    found = preview(register, file, choices=choices, progress=progress)
    return ImportCheck(found, row_changes(register, found, progress=progress))
