"""How one kind of record is typed: its fields, what must be filled, and how it is written.

What writes runs on the worker's thread with the writing register: a noun holds no state and touches no widget.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.services import Register, record
from ui.widgets.record_form import Field, Kind

_EMPTY = (None, "", ())


@dataclass(frozen=True, kw_only=True)
class Noun:
    """One kind of record, as a form.

    `kind` is the class of its records, `shelf` where they lie in the register, `owner` the field that points at what
    they belong to. `needed` gives a Dutch sentence for each field that may not stay empty. `by` is the field that
    names who noted it, filled by itself when it stays empty; `today` a day that begins as today; `moment` a time that
    the form shows as a box to tick. `ended` says what becomes of a record that ends. `concerns_all` tells that others
    may be judged otherwise after a change.
    """

    kind: type[Any]
    title: str
    shelf: str
    fields: tuple[Field, ...]
    owner: str = "supplier_id"
    needed: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    today: str = ""
    moment: str = ""
    hint: str = ""
    ended: str = "verwijderd"
    concerns_all: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields that hold a value; the others only head a group."""
        return tuple(item.key for item in self.fields if item.kind is not Kind.HEADING)

    def values_of(self, old: Any) -> dict[str, Any]:
        """Return what the form shows of a record."""
        values = {key: getattr(old, key) for key in self.keys}
        if self.moment:
            values[self.moment] = values[self.moment] is not None
        return values

    def beginning(self, today: date) -> dict[str, Any]:
        """Return what the form of a new record begins with."""
        return {self.today: today} if self.today else {}

    def missing(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Return a sentence for each field that must be filled and is not."""
        return {key: words for key, words in self.needed.items() if values.get(key) in _EMPTY}

    def warnings(self, register: Register, old: Any, values: Mapping[str, Any], *, owner: str) -> dict[str, str]:
        """Return what looks wrong in what was typed so far, per field; blocks nothing."""
        if self.missing(values):
            return {}
        return record.warnings(register, self.record_of(register, old, values, owner=owner))

    def record_of(self, register: Register, old: Any, values: Mapping[str, Any], *, owner: str) -> Any:
        """Return the record that was typed: `old` with these values, or a new one when it is None."""
        filled = dict(values)
        if self.moment in filled:
            filled[self.moment] = (
                (getattr(old, self.moment, None) or register.clock.now()) if filled[self.moment] else None
            )
        if old is not None:
            return replace(old, **filled)
        if self.by and not filled.get(self.by):
            filled[self.by] = register.by
        return self.kind(**{"id": register.new_id(), self.owner: owner, **filled})

    def save(
        self, register: Register, old: Any, values: Mapping[str, Any], *, edited: Collection[str], owner: str
    ) -> str:
        """Write what was typed and return its key; of a stored record only what was edited, on what it is by now."""
        if old is None:
            made = self.record_of(register, None, values, owner=owner)
            record.add(register, made)
        else:
            current = getattr(register, self.shelf).get(old.id)
            typed = {key: value for key, value in values.items() if key in edited}
            made = self.record_of(register, current, typed, owner=owner)
            record.save(register, made)
        return str(made.id)

    def end(self, register: Register, old: Any, *, owner: str) -> None:
        """End a record; it stays in the history."""
        record.end(register, old)
