"""Settings as frozen dataclasses: declared once, kept as text, rubbish replaced by the default.

A settings class names its `section` as a class variable; each field has a type (str, int, bool, float), a default
and, in its metadata, a Dutch description for the settings screen.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import Field, field, fields
from typing import Any, ClassVar, Protocol, TypeVar


class SettingsClass(Protocol):
    """What a settings dataclass offers."""

    section: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


S = TypeVar("S", bound=SettingsClass)


def setting(
    default: Any,
    description: str,
    *,
    choices: tuple[str, ...] = (),
    at_least: int | None = None,
    at_most: int | None = None,
) -> Any:
    """Declare one setting; `choices`, `at_least` and `at_most` narrow what is accepted, of a text its length."""
    narrowed = {"choices": choices, "at_least": at_least, "at_most": at_most}
    return field(default=default, metadata={"description": description, **narrowed})


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
        if not fault_of(item, value):
            values[item.name] = value
    return cls(**values)


def to_text(settings: SettingsClass) -> dict[str, str]:
    """Return every setting as stored text: `section.name` → JSON."""
    return {
        f"{settings.section}.{item.name}": json.dumps(getattr(settings, item.name), ensure_ascii=False)
        for item in fields(settings)
    }


def fault_of(item: Field[Any], value: object) -> str:
    """Return in Dutch why a setting cannot have this value, "" when it can; `item` is its dataclass field."""
    kind = type(item.default)
    choices, least, most = (item.metadata[name] for name in ("choices", "at_least", "at_most"))
    if type(value) is not kind or (isinstance(value, float) and not math.isfinite(value)):
        return {int: "Vul een heel getal in.", float: "Vul een getal in."}.get(kind, "Dit kan hier niet staan.")
    if choices and value not in choices:
        return "Kies een van de mogelijkheden."
    if isinstance(value, str) and most is not None and len(value) > most:
        return f"Vul hoogstens {most} tekens in."
    if isinstance(value, int | float):
        if least is not None and value < least:
            return f"Vul minstens {least} in."
        if most is not None and value > most:
            return f"Vul hoogstens {most} in."
    return ""
