"""Whom of the register a group of rows may be where nothing makes it certain, with the reasons to weigh."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz, process

from app.domain.identifiers import clean_btw_id, kvk_key, split_phones
from app.domain.likeness import Likeness, likeness, names_agree, names_differ_wholly
from app.domain.names import legal_forms, name_key, place_key
from app.domain.party import Party, domain_key, door_key, keys, line_key, party_of, postcode_key
from app.domain.supplier import Supplier
from app.importing.grouping import Group

MOST_CANDIDATES = 5
# A name that resembles less than this is none to ask about, whatever the place.
_ALIKE = 86
_MOST_COMPARED = 300
# A number that more suppliers have, such as a switchboard's, says nothing.
_MOST_SHARING = 20
_PREFIX = 4
# So many in one place are compared each.
_FEW, _EVERYONE = 30, ""
_ANYWHERE = ""


class Candidate(NamedTuple):
    """A supplier of the register that it may be, and how much they are alike."""

    supplier: Supplier
    likeness: Likeness


class _Neighbours(NamedTuple):
    """Suppliers near by, and beside each the words of its name in order."""

    names: list[str]
    suppliers: list[Supplier]


class Resembling:
    """Finds suppliers with a similar name near by, or with the phone, address or btw-id of a group.

    Each index is made when a group first asks for it: most groups have a key that settles it.
    """

    def __init__(self, suppliers: Sequence[Supplier], key_of: Callable[[Supplier], str]) -> None:
        """`key_of` gives a name as compared."""
        self._suppliers, self._key_of = suppliers, key_of
        self._near: dict[str, dict[str, _Neighbours]] = {}

    def find(self, group: Group, *, anywhere: bool = False) -> tuple[Candidate, ...]:
        """Return who it may be, the most alike in front; `anywhere` looks for names where no place is known, too."""
        if not self._suppliers:
            return ()
        near = (*self._named_alike(group, anywhere=anywhere), *self._sharing(group))
        found = candidates_among(group, (supplier for supplier in near if not kvk_differs(group, supplier)))
        return tuple(candidate for candidate in found if candidate.likeness.is_likely)

    def _named_alike(self, group: Group, *, anywhere: bool) -> Iterator[Supplier]:
        """Yield suppliers with a similar name in the same place or at the same postcode."""
        areas = {group.place, *map(postcode_key, texts_of(group, "postcode", "postal_postcode"))} - {""}
        areas = areas or ({_ANYWHERE} if anywhere else areas)
        for name in {name for name, _ in group.name_places() if name} if areas else ():
            near = [neighbours for area in areas for neighbours in self._neighbours(area, name)]
            # Rare beginnings first.
            near.sort(key=lambda neighbours: len(neighbours.names))
            compared = 0
            for names, suppliers in near:
                if compared > _MOST_COMPARED:
                    break
                compared += len(names)
                found = process.extract(
                    _sorted(name), names[:_MOST_COMPARED], scorer=fuzz.ratio, score_cutoff=_ALIKE,
                    limit=MOST_CANDIDATES,
                )  # fmt: skip
                yield from (suppliers[at] for _, _, at in found)

    def _neighbours(self, area: str, name: str) -> Iterator[_Neighbours]:
        """Yield who is in an area, of a large one only with a word that begins as one of the name."""
        if area not in self._near:
            self._near[area] = _by_beginning([(_sorted(self._key_of(one)), one) for one in distinct(self._in(area))])
        by_beginning = self._near[area]
        beginnings = {_EVERYONE, *(word[:_PREFIX] for word in name.split())}
        return (found for beginning in beginnings if (found := by_beginning.get(beginning)))

    def _in(self, area: str) -> Sequence[Supplier]:
        return self._suppliers if area == _ANYWHERE else self._by_area.get(area, [])

    @cached_property
    def _by_area(self) -> dict[str, list[Supplier]]:
        return _by_key(
            (area, supplier)
            for supplier in self._suppliers
            for address in (supplier.visiting, supplier.postal)
            for area in {place_key(address.city), postcode_key(address.postcode)}
        )

    @cached_property
    def _by_line(self) -> dict[str, list[Supplier]]:
        return _by_key((line_key(line), one) for one in self._suppliers for line in (one.phone, *one.phones) if line)

    @cached_property
    def _by_btw_id(self) -> dict[str, list[Supplier]]:
        return _by_key((clean_btw_id(one.btw_id), one) for one in self._suppliers if one.btw_id)

    @cached_property
    def _by_door(self) -> dict[str, list[Supplier]]:
        return _by_key(
            (door, supplier)
            for supplier in self._suppliers
            for door in keys(*(door_key(a.postcode, a.house_number) for a in (supplier.visiting, supplier.postal)))
        )

    def _sharing(self, group: Group) -> Iterator[Supplier]:
        """Yield who has a phone, an address or a btw-id in common, as long as it is not everybody's."""
        for shared in (
            *(self._by_line.get(phone, ()) for phone in _phones(group)),
            *(self._by_btw_id.get(btw_id, ()) for btw_id in btw_ids(group)),
            *(self._by_door.get(door, ()) for door in _doors(group)),
        ):
            if len(shared) <= _MOST_SHARING:
                yield from shared


def _by_key(found: Iterable[tuple[str, Supplier]]) -> dict[str, list[Supplier]]:
    by_key: dict[str, list[Supplier]] = defaultdict(list)
    for key, supplier in found:
        by_key[key].append(supplier)
    return by_key


def _by_beginning(named: Sequence[tuple[str, Supplier]]) -> dict[str, _Neighbours]:
    """Put suppliers together by the beginnings of the words of their names; few of them stay together."""
    found: dict[str, _Neighbours] = defaultdict(lambda: _Neighbours([], []))
    for name, supplier in named:
        for beginning in {word[:_PREFIX] for word in name.split()} if len(named) > _FEW else (_EVERYONE,):
            found[beginning].names.append(name)
            found[beginning].suppliers.append(supplier)
    return found


def candidates_among(group: Group, suppliers: Iterable[Supplier]) -> tuple[Candidate, ...]:
    """Return these suppliers as candidates, the most alike in front; of equals the first one stays there."""
    asked = distinct(suppliers)
    if not asked:
        return ()
    theirs = _party(group)
    found = [Candidate(supplier, likeness(theirs, party_of(supplier))) for supplier in asked]
    return tuple(sorted(found, key=lambda candidate: -candidate.likeness.score)[:MOST_CANDIDATES])


def distinct(suppliers: Iterable[Supplier]) -> list[Supplier]:
    """Return each supplier once, in that order."""
    return list({supplier.id: supplier for supplier in suppliers}.values())


def kvk_differs(group: Group, supplier: Supplier) -> bool:
    """Whether both have a KvK number, and none in common."""
    if not group.kvk or not supplier.kvk:
        return False
    return not group.kvk & {kvk_key(kvk) for kvk in (supplier.kvk, *supplier.former_kvk)}


def is_named_alike(group: Group, supplier: Supplier) -> bool:
    """Whether the names of a group do not speak against the supplier; "" says nothing."""
    return names_agree(_party(group), party_of(supplier))


def is_named_otherwise(group: Group, supplier: Supplier) -> bool:
    """Whether the names of a group have no word in common with those of the supplier."""
    return names_differ_wholly(_party(group), party_of(supplier))


def texts_of(group: Group, *names: str) -> Iterator[str]:
    """Yield what the rows of a group say in these fields."""
    return (text for entry in group.entries for name in names if (text := entry.texts.get(name)))


def btw_ids(group: Group) -> frozenset[str]:
    """Return the btw-ids in a group of rows, as compared."""
    return keys(*map(clean_btw_id, texts_of(group, "btw_id")))


def _phones(group: Group) -> frozenset[str]:
    return keys(*(line_key(number) for cell in texts_of(group, "phone") for number in split_phones(cell)))


def _doors(group: Group) -> frozenset[str]:
    return keys(
        *(
            door_key(entry.text(f"{kind}postcode"), entry.text(f"{kind}house_number"))
            for entry in group.entries
            for kind in ("", "postal_")
        )
    )


def _party(group: Group) -> Party:
    """Return what names a group of rows."""
    return Party(
        names=tuple(dict.fromkeys(map(name_key, texts_of(group, "name", "trade_name")))),
        forms=frozenset(form for name in texts_of(group, "name") for form in legal_forms(name)),
        kvk=frozenset(group.kvk),
        own_numbers=frozenset(group.own),
        btw_ids=btw_ids(group),
        places=keys(*map(place_key, texts_of(group, "city", "postal_city"))),
        postcodes=keys(*map(postcode_key, texts_of(group, "postcode", "postal_postcode"))),
        doors=_doors(group),
        phones=_phones(group),
        mail_domains=keys(*map(domain_key, texts_of(group, "email"))),
    )


def _sorted(name: str) -> str:
    return " ".join(sorted(name.split()))
