"""A spreadsheet as the user checks it: the preview with what changes per row, columns read as they were before."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.base.progress import Progress
from app.domain.journal import ImportBatch
from app.services.import_register import NoHeadingsError, Preview, preview
from app.services.show_import import RowChange, row_changes
from app.storage.register import Register


@dataclass(frozen=True, slots=True)
class ImportCheck:
    """What importing would do. `read_as_in` is the earlier import whose columns were followed, None when none was."""

    preview: Preview
    rows: tuple[RowChange, ...]
    read_as_in: ImportBatch | None = None


def check_import(
    register: Register,
    path: Path,
    *,
    mapping: Mapping[str, str | None] | None = None,
    year: int | None = None,
    progress: Progress | None = None,
) -> ImportCheck:
    """Return what importing a file would do; writes nothing.

    `mapping` is what the user chose, heading → field or None for "do not use". While that is None, a file with the
    headings of an earlier import is read as that one was. Raises `AppError` (`YearUnknownError` and `NoHeadingsError`
    where a choice helps) and `Cancelled`.
    """
    followed: ImportBatch | None = None
    try:
        found = preview(register, path, mapping=mapping, year=year, progress=progress)
    except NoHeadingsError as error:
        followed = _find_alike(register, error.headings) if mapping is None else None
        if followed is None:
            raise
    else:
        alike = _find_alike(register, found.plan.columns) if mapping is None else None
        followed = alike if alike and json.loads(alike.columns) != found.plan.columns else None
    if followed:
        found = preview(register, path, mapping=json.loads(followed.columns), year=year, progress=progress)
    return ImportCheck(found, row_changes(register, found, progress=progress), followed)


def _find_alike(register: Register, headings: Iterable[str]) -> ImportBatch | None:
    """Return the newest import of a file with exactly these headings."""
    wanted = set(headings)
    batches = register.import_batches.list_all("imported_at DESC, rowid DESC")
    return next((batch for batch in batches if wanted and set(json.loads(batch.columns)) == wanted), None)
