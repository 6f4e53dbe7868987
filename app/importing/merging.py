"""A group of rows and what the register holds of that supplier, put together: empty cells never erase anything."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.identifiers import kvk_key, own_key, phone_key, split_phones
from app.domain.names import compact, fold, full_name, name_key
from app.domain.supplier import Address, Contact, Salutation, Supplier
from app.importing.exported import changed_in
from app.importing.grouping import Group
from app.importing.outcome import CellFault
from app.importing.people import parse_contact

_ADDRESS = ("street", "house_number", "postcode", "city", "country")
# The column of each part.
_ADDRESSES = {
    "visiting": {name: name for name in _ADDRESS},
    "postal": {f"postal_{name}": name for name in ("street", "house_number", "postcode", "city")},
}


# Two writings of the same value are no difference.
_SAME: dict[str, Callable[[str], str]] = {
    "name": name_key,
    "trade_name": name_key,
    "kvk": kvk_key,
    "btw_id": compact,
    "own_number": own_key,
    "phone": phone_key,
    "email": str.casefold,
    "category": fold,
}
# Fields of which a file says one thing per supplier; another value further on deserves a look. Trade names are many.
_WATCHED = (*(name for name in _SAME if name != "trade_name"), *_ADDRESS)


@dataclass
class Differences:
    """Finds values of one supplier that differ within a file: the first counts, and one warning per field."""

    headings: dict[str, str]
    warnings: list[CellFault] = field(default_factory=list)

    def look_at(self, group: Group) -> None:
        """Warn once per field where a later row says something else than an earlier one."""
        if len(group.entries) < 2:
            return
        for name in _WATCHED:
            if name not in self.headings:
                continue
            same = _SAME.get(name, compact)
            first = ""
            for entry in group.entries:
                value = entry.text(name)
                if value and not first:
                    first = value
                elif value and value != first and same(value) != same(first):
                    message = f"Eerder in het bestand staat '{first}'. Dat is gebruikt; deze waarde niet."
                    message += " De rest van de rij hoort bij dezelfde leverancier." if name == "name" else ""
                    self.warnings.append(CellFault(entry.row, self.headings[name], value, message))
                    break


def supplier_after(before: Supplier, group: Group, *, own_numbers: Collection[str] = ()) -> Supplier:
    """Return the supplier with what the rows say; a value that is only written differently stays as it was.

    `own_numbers` are others, folded, that lead to it already, because suppliers were merged into it. What differs
    nowhere gives `before` itself.
    """
    after = _with(before, group, group.texts(), own_numbers)
    if after is not before and group.register_id == before.id:
        return _with(before, group, changed_in(group, before), own_numbers)
    return after


def _with(before: Supplier, group: Group, texts: Mapping[str, str], own_numbers: Collection[str]) -> Supplier:
    change: dict[str, Any] = {}
    for name in ("btw_id", "own_number", "email", "category"):
        value = texts.get(name)
        if not value or value == (known := getattr(before, name)) or _SAME[name](value) == _SAME[name](known):
            continue
        if name != "own_number" or own_key(value) not in own_numbers:
            change[name] = value
    change |= _changed_name(before, texts.get("name", ""))
    change |= _changed_kvk(before, texts.get("kvk", ""))
    change |= _changed_phones(before, texts.get("phone", ""))
    trade = texts.get("trade_name", "")
    if trade and name_key(trade) not in set(map(name_key, (change.get("name", before.name), *before.trade_names))):
        change["trade_names"] = (*before.trade_names, trade)
    partner = next((entry.key_partner for entry in group.entries if entry.key_partner is not None), None)
    if partner is not None and partner != before.is_key_partner:
        change["is_key_partner"] = partner
    for field_name, parts in _ADDRESSES.items():
        values = {parts[column]: text for column in parts.keys() & texts.keys() if (text := texts[column])}
        if values and (address := _address_after(getattr(before, field_name), values)):
            change[field_name] = address
    return replace(before, **change) if change else before


def _changed_name(before: Supplier, name: str) -> dict[str, Any]:
    """A new name keeps the old one, so that the supplier is still found by it."""
    if not name or not before.name or name == before.name:
        return {"name": name} if name and not before.name else {}
    if name_key(name) in set(map(name_key, (before.name, *before.trade_names, *before.former_names))):
        return {}
    return {"name": name, "former_names": (*before.former_names, before.name)}


def _changed_kvk(before: Supplier, kvk: str) -> dict[str, Any]:
    """A file that still has a former number brings nothing new; a number without its leading zero is completed."""
    if not kvk or kvk == before.kvk or kvk_key(kvk) in set(map(kvk_key, before.former_kvk)):
        return {}
    if kvk_key(kvk) == kvk_key(before.kvk):
        return {} if len(kvk) <= len(before.kvk) else {"kvk": kvk}
    # A takeover, told by whoever said that the two are the same: the supplier is still found by the old number.
    return {"kvk": kvk, "former_kvk": (*before.former_kvk, before.kvk)} if before.kvk else {"kvk": kvk}


def _changed_phones(before: Supplier, text: str) -> dict[str, Any]:
    """The first number of a cell is the main one; others are kept beside it."""
    if not text or text == before.phone:
        return {}
    numbers = [(key, number) for number in split_phones(text) if (key := phone_key(number))]
    known = set(map(phone_key, filter(None, (before.phone, *before.phones))))
    unknown = [number for key, number in numbers if key not in known]
    change: dict[str, Any] = {}
    if unknown and unknown[0] == numbers[0][1]:
        change["phone"] = unknown.pop(0)
    if unknown:
        change["phones"] = (*before.phones, *unknown)
    return change


def _address_after(before: Address, values: dict[str, str]) -> Address | None:
    """Return the address with the values given, None where they say nothing new.

    A new street without a number loses the old number.
    """
    change = {
        name: value
        for name, value in values.items()
        if value != (known := getattr(before, name)) and (not known or compact(value) != compact(known))
    }
    if "street" in change and before.street and not values.get("house_number"):
        change["house_number"] = ""
    return replace(before, **change) if change else None


def contacts_after(
    known: list[Contact], group: Group, supplier_id: str, new_id: Callable[[], str]
) -> tuple[list[Contact], list[Contact]]:
    """Return the new contacts of a supplier and the changed ones; the same full name is the same person."""
    by_name = {fold(full_name(contact)): contact for contact in known}
    new: list[Contact] = []
    changed: list[Contact] = []
    for text in dict.fromkeys(entry.text("contact") for entry in group.entries if entry.text("contact")):
        contact = parse_contact(text, contact_id="", supplier_id=supplier_id)
        key = fold(full_name(contact))
        existing = by_name.get(key)
        if existing is None:
            contact = replace(contact, id=new_id(), is_primary=not by_name)
            by_name[key] = contact
            new.append(contact)
        elif existing.salutation is Salutation.NEUTRAL and contact.salutation is not Salutation.NEUTRAL:
            updated = replace(existing, salutation=contact.salutation)
            by_name[key] = updated
            (new if existing in new else changed).append(updated)
            if existing in new:
                new.remove(existing)
    return new, changed
