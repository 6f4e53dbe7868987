"""The plan as the user sees it: what happens to each row, and which cells stand in the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.base.errors import AppError
from app.domain.rows import Records


class YearUnknownError(AppError):
    """The file does not say of which year the amounts in `column` are; ask for the year and plan again."""

    def __init__(self, message: str, advice: str, *, column: str) -> None:
        """Keep the heading of the column of amounts."""
        super().__init__(message, advice)
        self.column = column


class NoHeadingsError(AppError):
    """No column names the supplier; `headings` are the texts that might be headings, to choose one from."""

    def __init__(self, message: str, advice: str, *, headings: tuple[str, ...]) -> None:
        """Keep what stands in the likeliest heading row."""
        super().__init__(message, advice)
        self.headings = headings


@dataclass(frozen=True)
class ImportOptions:
    """What the user chose. `mapping` is heading → field, "" or None for "do not use"; `year` that of the amounts.

    `source` is the file's name, kept with every amount.
    """

    mapping: Mapping[str, str | None]
    year: int | None
    today: date
    source: str


class Outcome(StrEnum):
    """What becomes of a row. MAYBE and ERROR are left out; SKIPPED holds no supplier."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    MAYBE = "maybe"
    ERROR = "error"
    SKIPPED = "skipped"

    @property
    def label(self) -> str:
        """The Dutch word."""
        return _LABELS[self]


_LABELS = {
    Outcome.NEW: "nieuw",
    Outcome.UPDATED: "bijgewerkt",
    Outcome.UNCHANGED: "gelijk",
    Outcome.MAYBE: "misschien dezelfde",
    Outcome.ERROR: "fout",
    Outcome.SKIPPED: "overgeslagen",
}


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that was not understood (a fault) or that deserves a look (a warning), in Dutch.

    `row` is the number that the user sees: the row in Excel, or the first line of the record in a text file.
    """

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row; `why` says it in Dutch where that is not obvious.

    `supplier_id` is the supplier it belongs to, of a MAYBE the one in the register that it resembles. `name` and
    `city` are those of the file.
    """

    row: int
    outcome: Outcome
    supplier_id: str | None
    why: str = ""
    name: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """The first cells of one column: as written, and as they were read.

    A cell that was not understood is read as ""; `read_as` is empty when the column is not read. `year` is the year
    of its amounts, None where it differs per row.
    """

    heading: str
    field: str | None
    year: int | None
    written: tuple[str, ...]
    read_as: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """Everything that an import will do, before anything is written.

    `rows` has exactly one entry per row that is not blank. `new` are records to add, `changed` the after-state of
    records in the register. `first_rows` gives of each of these, by its id, the first row that it came from.
    `amount_cents` is the sum of all amounts taken in.
    """

    sheet: str | None
    header_row: int
    encoding: str | None
    delimiter: str | None
    columns: dict[str, str | None]
    rows: tuple[PlannedRow, ...]
    faults: tuple[CellFault, ...] = ()
    warnings: tuple[CellFault, ...] = ()
    new: Records = field(default_factory=Records)
    changed: Records = field(default_factory=Records)
    first_rows: Mapping[str, int] = field(default_factory=dict)
    samples: tuple[ColumnSample, ...] = ()
    amount_cents: int = 0
    notes: tuple[str, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """Return how many rows have that outcome."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def new_rows(self) -> int:
        """Rows that add a supplier, or in a list of certificates a certificate."""
        return self.count(Outcome.NEW)

    @property
    def updated_rows(self) -> int:
        """Rows of which something in the register changes."""
        return self.count(Outcome.UPDATED)

    @property
    def unchanged_rows(self) -> int:
        """Rows that the register knows already."""
        return self.count(Outcome.UNCHANGED)

    @property
    def maybe_rows(self) -> int:
        """Rows left out because they may be a supplier of the register."""
        return self.count(Outcome.MAYBE)

    @property
    def error_rows(self) -> int:
        """Rows left out because a cell was not understood."""
        return self.count(Outcome.ERROR)

    @property
    def skipped_rows(self) -> int:
        """Rows without a supplier: totals, footers, repeated headings."""
        return self.count(Outcome.SKIPPED)
