"""What a file turns into: tables of cells, as they are."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from app.base.errors import FileError

Cell: TypeAlias = str | Decimal | bool | date | datetime | None


@dataclass(frozen=True)
class RawTable:
    """One sheet, or one text file, as it is: nothing guessed about its cells.

    `rows` may differ in length. `numbers` holds the row number of each as the user sees it: the row in Excel, or the
    first physical line of the record in a text file, both from 1; empty means 1, 2, 3 and so on.
    `stray_quotes` are the lines of a text file with a quote that belongs to nothing, by their row number.
    `is_returned`: it is an export of faults that comes back, without what was put beside the rows.
    `hidden_rows` are the numbers of the rows that Excel does not show (filtered, mostly; .xlsx only): they are among
    `rows` like the others. `lossy_rows` are those with a cell that is an error such as #N/A, or a formula that was
    never worked out (.xlsx only): the cell is None here. Numbers of a workbook are `Decimal(repr(float))`.
    """

    sheet: str | None
    encoding: str | None
    delimiter: str | None
    rows: list[tuple[Cell, ...]]
    numbers: list[int] = field(default_factory=list)
    stray_quotes: dict[int, str] = field(default_factory=dict)
    is_returned: bool = False
    hidden_rows: frozenset[int] = frozenset()
    lossy_rows: frozenset[int] = frozenset()

    def number_of(self, index: int) -> int:
        """Return the row number of `rows[index]` as the user sees it."""
        return self.numbers[index] if self.numbers else index + 1


def too_large(name: str) -> FileError:
    """Return the message for a file that would fill the memory."""
    return FileError(
        f"Het bestand {name} is te groot om veilig te lezen. Er is niets gelezen.",
        "Verwijder bladen, rijen en kolommen die u niet nodig hebt, bewaar het bestand en probeer het opnieuw.",
    )
