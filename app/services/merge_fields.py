"""What two suppliers say of themselves, side by side, and the one that they become."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from app.domain.identifiers import clean_btw_id, kvk_key, own_key, phone_key
from app.domain.names import compact, fold, legal_forms, name_key
from app.domain.supplier import Address, Supplier, SupplierKind
from app.services.column_labels import COLUMN_LABELS
from app.services.describe_change import shown
from app.storage.mapping import encode


class Side(StrEnum):
    """Whose value stays: of the supplier that is kept, of the one that goes, or of both together."""

    KEPT = "kept"
    GONE = "gone"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing on which two suppliers differ, in Dutch: what each has, "" for nothing, and what can stay of it.

    `options` gives the words of what stays by whose it is; `proposal` is one of them.
    """

    key: str
    label: str
    kept: str
    gone: str
    options: Mapping[Side, str]
    proposal: Side

    @property
    def is_conflict(self) -> bool:
        """Whether both have something, so that a choice loses something."""
        return bool(self.kept and self.gone)


def _itself(value: object) -> object:
    return value


_ADDRESSES = {"visiting": "Bezoekadres", "postal": "Postadres"}
# Two writings of one value are no difference.
_SAME: dict[str, Callable[[Any], object]] = {
    "name": _itself, "kind": _itself, "kvk": kvk_key, "branch_number": compact, "btw_id": clean_btw_id,
    "own_number": own_key, "category": fold, "is_key_partner": _itself, "visiting": _itself, "postal": _itself,
    "phone": phone_key, "email": str.casefold, "language": _itself, "note": _itself,
}  # fmt: skip


def field_choices(kept: Supplier, gone: Supplier) -> tuple[tuple[Choice, ...], tuple[str, ...]]:
    """Return on which fields they differ, and the labels of those on which they agree."""
    choices, same = [], []
    for name, as_compared in _SAME.items():
        ours, theirs = getattr(kept, name), getattr(gone, name)
        label = _ADDRESSES.get(name) or COLUMN_LABELS["supplier"][name]
        if as_compared(ours) != as_compared(theirs):
            choices.append(_choice(name, label, ours, theirs))
        elif _says_something(ours):
            same.append(label)
    return tuple(choices), tuple(same)


def _choice(name: str, label: str, ours: Any, theirs: Any) -> Choice:
    kept, gone = _words(name, ours), _words(name, theirs)
    options = {Side.KEPT: kept, Side.GONE: gone}
    has_both = _says_something(ours) and _says_something(theirs)
    proposal = Side.KEPT if has_both or _says_something(ours) else Side.GONE
    if name == "note" and has_both:
        options[Side.BOTH], proposal = f"{kept}\n{gone}", Side.BOTH
    elif isinstance(ours, Address) and has_both and theirs.is_complete and not ours.is_complete:
        proposal = Side.GONE
    return Choice(key=name, label=label, kept=kept, gone=gone, options=options, proposal=proposal)


def _says_something(value: object) -> bool:
    return value not in (None, "", False, SupplierKind.FIRM, Address())


def _words(name: str, value: Any) -> str:
    if isinstance(value, Address):
        lines = (f"{value.street} {value.house_number}", f"{value.postcode} {value.city}", value.country)
        return ", ".join(text for line in lines if (text := " ".join(line.split())))
    return shown("supplier", name, encode(value))


def merged(kept: Supplier, gone: Supplier, chosen: Mapping[str, Side]) -> Supplier:
    """Return what the two become; names and numbers that were not chosen stay beside those that were."""
    values = {name: getattr(gone if chosen.get(name) is Side.GONE else kept, name) for name in _SAME}
    if chosen.get("note") is Side.BOTH:
        values["note"] = f"{kept.note}\n{gone.note}"
    both = (kept, gone)
    trade_names = _others((name for one in both for name in one.trade_names), name_key, values["name"])
    return replace(
        kept,
        **values,
        trade_names=trade_names,
        # What differs in legal form only was another firm once, and is still looked for by its name.
        former_names=_others(
            (name for one in both for name in (*one.former_names, one.name)), _named, values["name"], *trade_names
        ),
        former_kvk=_others((kvk for one in both for kvk in (*one.former_kvk, one.kvk)), kvk_key, values["kvk"]),
        phones=_others((phone for one in both for phone in (*one.phones, one.phone)), phone_key, values["phone"]),
    )


def _named(name: str) -> str:
    """Return a name as compared, with its legal form."""
    return " ".join((name_key(name), *sorted(legal_forms(name))))


def _others(found: Iterable[str], as_compared: Callable[[str], str], *known: str) -> tuple[str, ...]:
    """Return those that are none of the known ones, each once."""
    left = {as_compared(value): value for value in reversed([*filter(None, found)])}
    return tuple(value for key, value in reversed(left.items()) if key not in set(map(as_compared, known)))
