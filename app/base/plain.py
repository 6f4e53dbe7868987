"""Records as plain data: for `--json` and for facts that are stored as text."""

import json
import types
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def plain(value: Any) -> Any:
    """Return a value as dicts, lists, texts and numbers; dates become ISO text, enums their value."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def as_json(value: Any) -> str:
    """Return a value as JSON text; a list gets a line per item, so that large ones stay quick and readable."""
    data = plain(value)
    if isinstance(data, list):
        return "[" + ",\n ".join(json.dumps(item, ensure_ascii=False) for item in data) + "]"
    return json.dumps(data, ensure_ascii=False, indent=2)


def from_plain(cls: type[T], data: Any) -> T:
    """Return the record that `plain` made these data of, as far as the class still is what it was then.

    A field that is missing takes its default, and what the class does not know is left out. Raises `ValueError` for
    what cannot be read.
    """
    try:
        found: T = _revived(cls, data)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a {cls.__name__}") from error
    return found


def _revived(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (types.UnionType, Union):
        return None if value is None else _revived(next(k for k in get_args(kind) if k is not type(None)), value)
    if isinstance(kind, type) and is_dataclass(kind):
        if not isinstance(value, dict):
            raise TypeError(value)
        hints = get_type_hints(kind)
        known = [item.name for item in fields(kind) if item.name in value]
        return kind(**{name: _revived(hints[name], value[name]) for name in known})
    if get_origin(kind) is tuple:
        return tuple(_revived(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if isinstance(kind, type) and issubclass(kind, date):
        return kind.fromisoformat(value)
    if kind in (str, int, float, bool) and type(value) is not kind and not (kind is float and type(value) is int):
        raise TypeError(value)
    return value
