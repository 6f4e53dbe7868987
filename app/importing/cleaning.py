"""Cells to plain text, columns to values. Nothing is guessed per cell; a value that does not fit is a fault."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeVar

from app.base.formatting import short_date
from app.base.formulas import unguarded
from app.importing.asking import Question
from app.importing.tables import Cell

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

# Control and direction characters, soft hyphens, byte-order marks and halves of surrogate pairs.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]"
)
_NOTHING = frozenset({"", "-", "--", "–", "—", "#n/b", "#n/a", "null", "\\n", "none"})
_LONGEST_NOTHING = max(map(len, _NOTHING))


@dataclass(frozen=True)
class Misfit:
    """A value that does not fit its column; `message` says so in Dutch, with what to do."""

    value: str
    message: str


@dataclass(frozen=True)
class ColumnValues(Generic[T_co]):
    """One column read: per row a value, None where nothing stands, or a misfit. `notes` say how it was read.

    `question` is there where it can be read in two ways; its column is not filled in yet.
    """

    values: Sequence[T_co | Misfit | None]
    notes: tuple[str, ...] = ()
    question: Question | None = None


def plain_text(cell: Cell) -> str:
    """Return a cell as text: invisible characters gone, single spaces, whole numbers without a decimal part."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        cell = unguarded(cell)
        # What can be printed holds nothing invisible; most cells are as plain as that.
        is_plain = cell.isprintable() and "  " not in cell
        return cell.strip() if is_plain else " ".join(_INVISIBLE.sub("", cell).split())
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, Decimal):
        return plain_number(cell)
    if isinstance(cell, datetime):
        return short_date(cell.date())
    return short_date(cell)


def plain_number(value: Decimal) -> str:
    """Return a number of a workbook as it is shown: 12345678.0 gives `12345678`."""
    return str(int(value)) if value == value.to_integral_value() and abs(value) < 10**18 else format(value, "f")


def is_nothing(text: str) -> bool:
    """Whether a text only says that there is no value: empty or a dash."""
    return len(text) <= _LONGEST_NOTHING and text.casefold() in _NOTHING


def read_each(cells: Sequence[Cell], parse: Callable[[str], T | None], *, advice: str) -> ColumnValues[T]:
    """Read a column whose values stand on their own; `parse` raises ValueError with a Dutch reason."""
    values: list[T | Misfit | None] = []
    for cell in cells:
        text = plain_text(cell)
        if is_nothing(text):
            values.append(None)
            continue
        try:
            values.append(parse(text))
        except ValueError as error:
            values.append(Misfit(text, f"{error} {advice}"))
    return ColumnValues(values)


def day_of(cell: Cell) -> date | None:
    """Return the day of a cell that is a date in the workbook."""
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else None
