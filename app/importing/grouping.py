"""Which rows of one file are one supplier: by register number, else KvK number, own number, name and place."""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from app.domain.identifiers import kvk_key, own_key
from app.domain.likeness import names_differ_wholly
from app.domain.names import legal_forms, name_key, place_key
from app.domain.party import Party
from app.importing.entries import Entry


def place_of(entry: Entry) -> str:
    """Return where a row says that the supplier is, as compared: its visiting, else its postal place."""
    return place_key(entry.text("city") or entry.text("postal_city"))


@dataclass
class Group:
    """Rows of one file that are the same supplier; `names` and their legal `forms` are there where names tell."""

    entries: list[Entry] = field(default_factory=list)
    kvk: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    register_id: str = ""

    def add(self, entry: Entry) -> None:
        """Take a row in, with its keys."""
        texts = entry.texts
        self.entries.append(entry)
        self.register_id = self.register_id or texts.get("register_id", "")
        if kvk := texts.get("kvk"):
            self.kvk.add(kvk_key(kvk))
        if own_number := texts.get("own_number"):
            self.own.add(own_key(own_number))

    def texts(self) -> dict[str, str]:
        """Return of every field the first text that is not empty."""
        if len(self.entries) == 1:
            return self.entries[0].texts
        return {name: text for entry in reversed(self.entries) for name, text in entry.texts.items() if text}

    def first(self, name: str) -> str:
        """Return the first text of that field that is not empty."""
        return next((entry.text(name) for entry in self.entries if entry.text(name)), "")

    @property
    def place(self) -> str:
        """Return the first place, as compared."""
        return next((place for place in map(place_of, self.entries) if place), "")

    def name_places(self) -> set[tuple[str, str]]:
        """Return every name and place in it, as compared."""
        return {(name_key(entry.text("name")), place_of(entry)) for entry in self.entries if entry.text("name")}


def group_entries(entries: Sequence[Entry]) -> list[Group]:
    """Put the rows of one supplier together, in the order of the file.

    Rows with a register number go first: they come from an export, and two numbers are two suppliers. Then those with a
    KvK number, those with an own number, then names: so the order of rows changes nothing.
    """
    groups: list[Group] = []
    by_id: dict[tuple[str, ...], Group] = {}
    by_kvk: dict[str, Group] = {}
    by_own: dict[str, list[Group]] = defaultdict(list)
    by_name: dict[tuple[str, str], list[Group]] = defaultdict(list)

    # Names are compared only where numbers do not tell.
    by_number = all(entry.text("kvk") for entry in entries)

    def put(group: Group | None, entry: Entry) -> None:
        if group is None:
            group = Group()
            groups.append(group)
        group.add(entry)
        for kvk in group.kvk:
            by_kvk.setdefault(kvk, group)
        if by_number:
            return
        key = (name_key(entry.text("name")), place_of(entry))
        group.names |= {key[0]} - {""}
        group.forms |= legal_forms(entry.text("name"))
        for own in group.own:
            if group not in by_own[own]:
                by_own[own].append(group)
        if key[0] and all(group is not known for known in by_name[key]):
            by_name[key].append(group)

    for entry in (entry for entry in entries if entry.text("register_id")):
        # One number behind two names is for the register to judge.
        identity = tuple(map(entry.text, ("register_id", "name", "kvk", "own_number")))
        put(by_id.get(identity), entry)
        by_id.setdefault(identity, groups[-1])
    entries = [entry for entry in entries if not entry.text("register_id")] if by_id else entries
    for entry in (entry for entry in entries if entry.text("kvk")):
        put(by_kvk.get(kvk_key(entry.text("kvk"))), entry)
    for entry in (entry for entry in entries if entry.text("own_number") and not entry.text("kvk")):
        own = own_key(entry.text("own_number"))
        numbered = _one_of(by_own[own], entry)
        put(numbered if numbered and _may_be(numbered, entry) else _by_name(by_name, entry), entry)
    named = [entry for entry in entries if not entry.text("kvk") and not entry.text("own_number")]
    # A name without its legal form may be any of those with one.
    for entry in sorted(named, key=lambda entry: not legal_forms(entry.text("name"))):
        put(_by_name(by_name, entry), entry)
    for group in groups:
        if len(group.entries) > 1:
            group.entries.sort(key=lambda entry: entry.row)
    return sorted(groups, key=lambda group: group.entries[0].row)


def _one_of(found: list[Group], entry: Entry) -> Group | None:
    if len(found) < 2:
        return found[0] if found else None
    key = name_key(entry.text("name"))
    named = [group for group in found if any(name == key for name, _ in group.name_places())]
    return named[0] if len(named) == 1 else next((group for group in found if not group.kvk), None)


def _may_be(group: Group, entry: Entry) -> bool:
    """Whether a row with the number of a group is not called wholly otherwise, as where that was mistyped."""
    name = name_key(entry.text("name"))
    is_known = not name or not group.names or name in group.names
    return is_known or not names_differ_wholly(Party(names=tuple(group.names)), Party(names=(name,)))


def _differ(one: Set[str], other: Set[str]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _by_name(by_name: dict[tuple[str, str], list[Group]], entry: Entry) -> Group | None:
    key = (name_key(entry.text("name")), place_of(entry))
    own = own_key(entry.text("own_number"))
    forms = legal_forms(entry.text("name"))
    found = [
        group
        for group in by_name.get(key, ())
        if key[0] and not (own and group.own and own not in group.own) and not _differ(forms, group.forms)
    ]
    if len(found) < 2:
        return found[0] if found else None
    # Several firms of this name, told apart by their keys or legal forms: a row without is none of them for certain.
    keyless = [group for group in found if not group.kvk and not group.own]
    same = [group for group in keyless if group.forms == forms] or keyless
    return same[0] if len(same) == 1 else None
