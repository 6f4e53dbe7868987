"""Settings as frozen dataclasses: declared once, kept as text, rubbish replaced by the default.

A settings class names its `section` as a class variable; each field has a type (str, int, bool, float), a default
and, in its metadata, a Dutch description for the settings screen.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import field, fields
from typing import Any, ClassVar, Protocol, TypeVar


class SettingsClass(Protocol):
    """What a settings dataclass offers."""

    section: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


S = TypeVar("S", bound=SettingsClass)


def setting(default: Any, description: str, *, choices: tuple[str, ...] = (), at_least: int | None = None) -> Any:
    """Declare one setting; `choices` or `at_least` narrow what is accepted."""
    return field(default=default, metadata={"description": description, "choices": choices, "at_least": at_least})


def from_text(cls: type[S], stored: Mapping[str, str]) -> S:
    """Build settings from stored texts (`section.name` → JSON); what is missing or unusable takes its default."""
    values: dict[str, Any] = {}
    for item in fields(cls):
        text = stored.get(f"{cls.section}.{item.name}")
        if text is None:
            continue
        try:
            value = json.loads(text)
        except ValueError:
            continue
        if type(item.default) is float and type(value) is int:
            value = float(value)
        if type(value) is type(item.default) and _is_allowed(value, item.metadata):
            values[item.name] = value
    return cls(**values)


def to_text(settings: SettingsClass) -> dict[str, str]:
    """Return every setting as stored text: `section.name` → JSON."""
    return {
        f"{settings.section}.{item.name}": json.dumps(getattr(settings, item.name), ensure_ascii=False)
        for item in fields(settings)
    }


def _is_allowed(value: Any, metadata: Mapping[str, Any]) -> bool:
    if metadata["choices"] and value not in metadata["choices"]:
        return False
    if isinstance(value, float) and not math.isfinite(value):
        return False
    return metadata["at_least"] is None or value >= metadata["at_least"]
