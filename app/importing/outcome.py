"""The plan as the user sees it: what happens to each row, and which cells stand in the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from app.base.errors import AppError
from app.domain.certificate_change import CertificateChange
from app.domain.rows import Records
from app.importing.asking import Question
from app.importing.headings import Header
from app.importing.tables import RawTable


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
class Resemblance:
    """A supplier of the register that a row may be: how alike, from 0 to 100, and in Dutch what is for and against."""

    supplier_id: str
    score: int
    reasons_for: tuple[str, ...] = ()
    reasons_against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Absent:
    """What an earlier file of this kind held and this one does not; nothing of it is changed. `what` says it."""

    supplier_id: str
    name: str
    what: str


class PlannedRow(NamedTuple):
    """What becomes of one row; `why` says it in Dutch where that is not obvious.

    `supplier_id` is the supplier it belongs to, of a MAYBE the one in the register that it resembles most. `resembles`
    holds all that it may be, the likeliest first, also when the user decided about it (`is_decided`); one decision goes
    for all rows with the same `asked_at`, the first of them. `name` and `city` are those of the file.
    `certificate_change` tells in a list of certificates what is different since the last time.
    """

    row: int
    outcome: Outcome
    supplier_id: str | None
    why: str = ""
    name: str = ""
    city: str = ""
    resembles: tuple[Resemblance, ...] = ()
    asked_at: int = 0
    is_decided: bool = False
    certificate_change: CertificateChange | None = None


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """The first cells of one column: as written, and as they were read.

    A cell that was not understood is read as ""; `read_as` is empty when the column is not read. `year` is the year
    of its amounts, None where it differs per row. `is_sure` as in the column.
    """

    heading: str
    field: str | None
    year: int | None
    written: tuple[str, ...]
    read_as: tuple[str, ...]
    is_sure: bool = True


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """Everything that an import will do, before anything is written.

    `rows` has exactly one entry per row that is not blank. `new` are records to add, `changed` the after-state of
    records in the register. `first_rows` gives of each of these, by its id, the first row that it came from.
    `amount_cents` is the sum of all amounts taken in, `digest` the checksums of their rows. `sheets` are those with
    rows. `questions` are what may be read otherwise, the open ones first; `absent` what is not in the file any more.
    """

    table: RawTable
    header: Header
    sheets: tuple[str, ...] = ()
    columns: dict[str, str | None]
    rows: tuple[PlannedRow, ...]
    faults: tuple[CellFault, ...] = ()
    warnings: tuple[CellFault, ...] = ()
    new: Records = field(default_factory=Records)
    changed: Records = field(default_factory=Records)
    first_rows: Mapping[str, int] = field(default_factory=dict)
    samples: tuple[ColumnSample, ...] = ()
    amount_cents: int = 0
    digest: str = ""
    notes: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    absent: tuple[Absent, ...] = ()

    @property
    def sheet(self) -> str | None:
        """The sheet that was read, None for a text file."""
        return self.table.sheet

    @property
    def header_row(self) -> int | None:
        """The number of the heading row, as the user sees it; None where there is none."""
        return self.header.number_in(self.table)

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
