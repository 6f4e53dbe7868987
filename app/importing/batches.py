"""Rows of a workbook between two processes: columns of text, each with what its cells are.

Text and nothing else: no code can come along, and whatever is in it becomes cells. By column, because most columns hold
one kind of cell: they are split, read and joined to rows without a step per cell.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.importing.tables import Cell

# An invisible character (delete), which no cell keeps.
_SEPARATOR = "\x7f"
_KINDS = defaultdict(lambda: "s", {float: "n", int: "n", bool: "b", date: "d", datetime: "t"})
_READERS: "dict[str, Callable[[str], Cell]]" = {
    "s": lambda text: text or None,
    "n": Decimal,
    "b": "True".__eq__,
    "d": date.fromisoformat,
    "t": datetime.fromisoformat,
}


def pack(rows: Sequence[Sequence[Any]]) -> list[tuple[str, str]]:
    """Return the columns of some rows of one width: what their cells are, and their texts.

    What cells are is a letter for each, or one letter for all; what is none of the kinds of `Cell` is text.
    """
    return [_packed(column) for column in zip(*rows, strict=True)]


def _packed(column: Sequence[Any]) -> tuple[str, str]:
    is_text = {*map(type, column)} == {str}
    kinds = "s" if is_text else "".join(map(_KINDS.__getitem__, map(type, column)))
    text = _SEPARATOR.join(column if is_text else map(str, column))
    if text.count(_SEPARATOR) >= len(column):
        text = _SEPARATOR.join(str(cell).replace(_SEPARATOR, "") for cell in column)
    if "n" in kinds and "n" in text:
        # "nan" and "inf" are no numbers that anything can be done with.
        kinds = "".join(
            "s" if isinstance(cell, float) and not math.isfinite(cell) else kind
            for cell, kind in zip(column, kinds, strict=True)
        )
    return (kinds[0] if kinds == kinds[0] * len(kinds) else kinds), text


def is_blank(columns: Iterable[tuple[str, str]]) -> bool:
    """Whether nothing stands in these columns."""
    return all(kinds == "s" and not text.strip(_SEPARATOR) for kinds, text in columns)


def unpack(columns: Iterable[tuple[str, str]]) -> "Iterator[tuple[Cell, ...]]":
    """Return the rows of packed columns."""
    return zip(*(_unpacked(kinds, text.split(_SEPARATOR)) for kinds, text in columns), strict=True)


def _unpacked(kinds: str, texts: list[str]) -> "Iterable[Cell]":
    if kinds == "s":
        return [text or None for text in texts]
    if len(kinds) == 1:
        return map(_READERS[kinds], texts)
    return [_READERS[kind](text) for kind, text in zip(kinds, texts, strict=True)]
