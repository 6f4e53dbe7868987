"""The columns of a file by its first rows, on screen while the rest is still read and compared."""

from dataclasses import dataclass

from app.base.progress import NoProgress, Progress
from app.importing.plan import look_at
from app.importing.readers import FIRST_ROWS
from app.services.import_register import Choices, PreviewColumn, import_options, preview_column
from app.services.read_spreadsheet import ReadFile
from app.storage.register import Register


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What the first rows tell. `sheet` is None for a text file, `header_row` as in the plan."""

    columns: tuple[PreviewColumn, ...]
    sheet: str | None
    header_row: int | None


def first_look(register: Register, file: ReadFile, *, choices: Choices, progress: Progress | None = None) -> FirstLook:
    """Return the columns as the first rows have them; reads no supplier. Raises as `preview`."""
    options, _before = import_options(register, file, choices)
    table, header, samples = look_at(
        file.tables, options=options, most_rows=FIRST_ROWS, progress=progress or NoProgress()
    )
    return FirstLook(tuple(map(preview_column, samples)), table.sheet, header.number_in(table))
