"""What the user chose about a file: which sheet, what the columns are, how they are read, what to do with doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Doubt(StrEnum):
    """What to do with a row that may be a supplier of the register."""

    SAME = "same"
    NEW = "new"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user decided about a row; `supplier_id` says which supplier it is when it is the SAME."""

    doubt: Doubt
    supplier_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Everything that was chosen; what is left out is found in the file.

    `mapping` is heading → field, "" or None for "do not use"; `year` that of the amounts. `answers` are those to
    `asking.Question`, by its key. `decisions` go by row number, `mended` cells by row number and heading; both as
    the user sees them.
    """

    sheet: str | None = None
    mapping: Mapping[str, str | None] = field(default_factory=dict)
    year: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    mended: Mapping[tuple[int, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier imports tell: the `sources` of amounts from files of this layout, the `digests` of all rows.

    `listed` are the certificates that the last list of certificates held, by id.
    """

    sources: frozenset[str] = frozenset()
    digests: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """The circumstances of an import. `source` is the file's name, kept with every amount; `by` who imports."""

    choices: Choices = Choices()
    today: date
    source: str
    by: str = ""
    past: Past = Past()
