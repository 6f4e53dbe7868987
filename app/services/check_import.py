"""A spreadsheet as the user checks it: the preview with what changes per row."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.base.collecting import without_collecting
from app.base.progress import Progress
from app.services.import_register import Choices, Preview, ReadFile, preview
from app.services.show_import import RowChange, absent_rows, row_changes
from app.storage.register import Register


@dataclass(frozen=True, slots=True)
class ImportCheck:
    """What importing would do.

    `asked` are the rows of which somebody decides who they are, `absent` is what is not in the file any more, and
    `counts` how much there is of each kind.
    """

    preview: Preview
    rows: tuple[RowChange, ...]
    asked: tuple[RowChange, ...]
    absent: tuple[RowChange, ...]
    counts: Mapping[str, int]


def check_import(
    register: Register, file: ReadFile, *, choices: Choices, progress: Progress | None = None
) -> ImportCheck:
    """Return what importing a file would do; writes nothing. Errors as `preview`."""
    with without_collecting(is_held=True):
        found = preview(register, file, choices=choices, progress=progress)
        rows, absent = row_changes(register, found, progress=progress), absent_rows(found.plan.absent)
        return ImportCheck(
            preview=found,
            rows=rows,
            asked=tuple(row for row in rows if row.asked_at),
            absent=absent,
            counts=Counter(kind for row in (*rows, *absent) for kind in row.kinds),
        )
