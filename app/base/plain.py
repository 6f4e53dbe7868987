"""Records as plain data: for `--json` and for facts that are stored as text."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any


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
