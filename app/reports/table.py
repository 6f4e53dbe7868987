"""A table that leaves the program: its columns, its rows and the colours of a status."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

# A text, a number, an amount in cents or a day, after the kind of its column; None is an empty cell.
Cell: TypeAlias = str | int | date | None

# Half a surrogate pair can be written nowhere, and XML knows no U+FFFE and U+FFFF.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


class StatusColours(NamedTuple):
    """The colours of one status, as `#RRGGBB`."""

    text: str
    back: str


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column; `kind` says what its cells hold (money in cents), `width` is in characters."""

    heading: str
    kind: Literal["text", "money", "date", "number"]
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """Rows under columns. `title` names the sheet: at most 31 characters, letters and spaces.

    A cell of `status_column` is coloured by what it says: `colours` goes from that text to its colours.
    """

    title: str
    columns: tuple[TableColumn, ...]
    rows: Sequence[Sequence[Cell]]
    status_column: int | None = None
    colours: Mapping[str, StatusColours] = field(default_factory=dict)


def writable(text: str) -> str:
    """Return a text without what no file can hold; each such character becomes U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", text)
