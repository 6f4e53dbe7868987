"""A table that leaves the program: its columns, its rows and the colours of its cells."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Generic, Literal, NamedTuple, TypeAlias, TypeVar

from app.base.clock import AMSTERDAM

# A text, a number, an amount in cents, a day or a moment, after the kind of its column; None is an empty cell.
Cell: TypeAlias = str | int | Decimal | date | None
Kind: TypeAlias = Literal["text", "money", "date", "number", "raw"]
R = TypeVar("R")

# Half a surrogate pair can be written nowhere, and XML knows no U+FFFE and U+FFFF.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


class Colours(NamedTuple):
    """The colours of one cell, as `#RRGGBB`."""

    text: str
    back: str


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[R]):
    """One column over rows of some kind: `of` gives the cell, `colours` how it is coloured.

    `kind` says what its cells hold, money in cents; those of a "raw" column are of any kind, as they came from a
    file. `width` is in characters.
    """

    heading: str
    kind: Kind
    width: int
    of: Callable[[R], Cell]
    colours: Callable[[R], Colours | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable(Generic[R]):
    """Rows under columns. `title` names the sheet: at most 31 characters, letters and spaces.

    `rows` is gone through once; `length` is how many there are. The first `held` columns stay in view.
    """

    title: str
    columns: tuple[TableColumn[R], ...]
    rows: Iterable[R]
    length: int
    held: int = 0


def writable(text: str) -> str:
    """Return a text without what no file can hold; each such character becomes U+FFFD."""
    return text if text.isascii() else _UNWRITABLE.sub("\ufffd", text)


def wall_time(day: date) -> tuple[date, bool]:
    """Return a day, or a moment as clocks here show it, and whether it has a time."""
    if not isinstance(day, datetime):
        return day, False
    if day.tzinfo:
        day = day.astimezone(AMSTERDAM).replace(tzinfo=None)
    return day, day.time() != time()
