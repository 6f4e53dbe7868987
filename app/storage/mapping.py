"""Between a frozen dataclass and a row: derived from the types of the fields, so that neither can be forgotten.

Texts and whole numbers stay; flags become 0 or 1, dates and times ISO text, enums their value, tuples of texts a JSON
array, and an `Address` one column per part with the field's name in front.
"""

import json
import types
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from app.domain.supplier import Address

R = TypeVar("R")

# An import writes 100,000 of them: what needs no conversion is not asked for one.
_STORED_AS_IS = frozenset({str, int, Address})
_NOWHERE = Address()
_ADDRESS_PARTS = tuple(part.name for part in fields(Address))


class RowShape(Generic[R]):
    """How records of one class lie in one table. `left_out` names fields that lie elsewhere."""

    def __init__(self, record_class: type[R], table: str, left_out: Sequence[str] = ()) -> None:
        """Derive columns and conversions from the class."""
        self.record_class = record_class
        self.table = table
        hints = get_type_hints(record_class)
        names = [item.name for item in fields(record_class) if item.name not in left_out]  # type: ignore[arg-type]
        self._fields = [(name, _plain_type(hints[name])) for name in names]
        self.columns = tuple(column for name, kind in self._fields for column in _columns(name, kind))
        paths = [path for name, kind in self._fields for path in _paths(name, kind)]
        self._values_of = attrgetter(*paths)
        kinds = [kind for name, kind in self._fields for _path in _paths(name, kind)]
        places = {name: self.columns.index(next(iter(_columns(name, kind)))) for name, kind in self._fields}
        self._decoded = [
            (name, places[name], None if kind in _STORED_AS_IS else _decoder(kind))
            for name, kind in self._fields
            if kind is not Address
        ]
        self._addresses = [(name, places[name]) for name, kind in self._fields if kind is Address]
        self._encoded = [place for place, kind in enumerate(kinds) if kind not in _STORED_AS_IS]

    def to_row(self, record: R) -> tuple[Any, ...]:
        """Return the values in the order of `columns`."""
        row = list(self._values_of(record))
        for place in self._encoded:
            row[place] = encode(row[place])
        return tuple(row)

    def from_row(self, row: Sequence[Any], **others: Any) -> R:
        """Build a record from values in the order of `columns`; `others` are the fields that were left out."""
        values = dict(others)
        for name, at, decode in self._decoded:
            values[name] = row[at] if decode is None or row[at] is None else decode(row[at])
        for name, at in self._addresses:
            values[name] = _address(row[at : at + len(_ADDRESS_PARTS)])
        return self.record_class(**values)


def encode(value: Any) -> Any:
    """Return a value as SQLite stores it."""
    if value is None:
        return None
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False) if value else "[]"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value


def decode_time(text: str) -> datetime:
    """Return a stored moment, in UTC."""
    return datetime.fromisoformat(text)


def _decode_texts(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text != "[]" else ()


_DECODERS: dict[Any, Callable[[Any], Any]] = {
    date: date.fromisoformat,
    datetime: decode_time,
    tuple: _decode_texts,
}


def _decoder(kind: Any) -> Callable[[Any], Any]:
    """Return what makes a stored value a field of that type; an enum makes itself, a text or number stays."""
    found: Callable[[Any], Any] = _DECODERS.get(kind, kind)
    return found


def _address(parts: Sequence[str]) -> Address:
    return Address(**dict(zip(_ADDRESS_PARTS, parts, strict=True))) if any(parts) else _NOWHERE


def _plain_type(hint: Any) -> Any:
    if get_origin(hint) is types.UnionType:
        hint = next(part for part in get_args(hint) if part is not type(None))
    return get_origin(hint) or hint


def _columns(name: str, kind: Any) -> list[str]:
    return [path.replace(".", "_") for path in _paths(name, kind)]


def _paths(name: str, kind: Any) -> list[str]:
    return [f"{name}.{part}" for part in _ADDRESS_PARTS] if kind is Address else [name]
