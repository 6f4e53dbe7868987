"""Suppliers of the register that are probably the same one, to be looked at by somebody.

Never all against all: only those are compared that share a number, a phone, an address or a name, or that have a
similar name in the same place. Nothing is merged here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from itertools import combinations, pairwise
from typing import NamedTuple

from rapidfuzz import fuzz, process

from app.base.collecting import without_collecting
from app.base.progress import NoProgress, Progress
from app.domain.likeness import Likeness, likeness
from app.domain.party import Party, party_of
from app.domain.supplier import Supplier
from app.storage.register import Register

# A number or a phone that more suppliers have tells nothing; of so many each is only compared with those beside it.
_MOST_SHARING = 12
_MOST_NEIGHBOURS = 400
_PREFIX = 4
# Below this no place makes a similar name likely.
_ALIKE = 86
_STEP = 2000
# What only one firm, or few, have.
_TELLING: tuple[Callable[[Party], Iterable[str]], ...] = (
    lambda party: party.kvk | party.former_kvk,
    lambda party: party.own_numbers,
    lambda party: party.btw_ids,
    lambda party: party.phones,
    lambda party: party.doors,
    lambda party: party.names,
)


class Duplicate(NamedTuple):
    """Two suppliers that are probably one, and why; the first is the one of which more is known."""

    first: Supplier
    second: Supplier
    likeness: Likeness

    @property
    def key(self) -> tuple[str, str]:
        """Which two they are, whichever stands in front."""
        return key_of(self.first.id, self.second.id)


def key_of(one_id: str, other_id: str) -> tuple[str, str]:
    """Return two keys in their order."""
    return (one_id, other_id) if one_id < other_id else (other_id, one_id)


def find_duplicates(register: Register, *, progress: Progress | None = None) -> tuple[Duplicate, ...]:
    """Return the pairs of suppliers that are probably the same, the most alike in front, without those that ended.

    What somebody said to be two is left out. Raises `Cancelled`.
    """
    with without_collecting():
        return _found(register, progress or NoProgress())


def _found(register: Register, progress: Progress) -> tuple[Duplicate, ...]:
    total = register.suppliers.count_all()
    apart = {(two.supplier_id, two.other_id) for two in register.not_the_same.list_all()}
    suppliers: dict[str, Supplier] = {}
    parties: dict[str, Party] = {}
    for done, supplier in enumerate(register.suppliers.iterate_all()):
        if done % _STEP == 0:
            progress.step(done, total, "Register lezen")
        suppliers[supplier.id], parties[supplier.id] = supplier, party_of(supplier)
    found = [
        Duplicate(*in_order(suppliers[one], suppliers[other]), alike)
        for one, other, alike in _likely_pairs(parties, apart, progress)
    ]
    found.sort(key=lambda pair: (-pair.likeness.score, parties[pair.first.id].names[0], pair.key))
    return tuple(found)


def compare(register: Register, one_id: str, other_id: str) -> Duplicate:
    """Return two suppliers that somebody chose, and how alike they are; raises `NotFoundError`."""
    first, second = in_order(register.suppliers.get(one_id), register.suppliers.get(other_id))
    return Duplicate(first, second, likeness(party_of(first), party_of(second)))


def in_order(one: Supplier, other: Supplier) -> tuple[Supplier, Supplier]:
    """Return two suppliers, the one of which more is known in front: that is the one to keep."""
    first, second = sorted((one, other), key=lambda supplier: (-_filled(supplier), supplier.id))
    return first, second


def _filled(supplier: Supplier) -> int:
    """Return how much is known, a KvK number and an own number before all else."""
    fields = (supplier.btw_id, supplier.phone, supplier.email, supplier.category, supplier.visiting.street,
              supplier.visiting.postcode, supplier.postal.street, supplier.is_key_partner)  # fmt: skip
    return 20 * bool(supplier.kvk) + 10 * bool(supplier.own_number) + sum(map(bool, fields))


def _likely_pairs(
    parties: Mapping[str, Party], apart: Set[tuple[str, str]], progress: Progress
) -> Iterator[tuple[str, str, Likeness]]:
    pairs = {*_sharing(parties, progress), *_named_alike(parties, progress)} - apart
    for done, (one, other) in enumerate(pairs):
        if done % _STEP == 0:
            progress.step(done, len(pairs), "Leveranciers vergelijken")
        alike = likeness(parties[one], parties[other])
        if alike.is_likely:
            yield one, other, alike


def _sharing(parties: Mapping[str, Party], progress: Progress) -> Iterator[tuple[str, str]]:
    """Yield the pairs that have something in common that few have."""
    for done, values_of in enumerate(_TELLING):
        progress.step(done, len(_TELLING), "Nummers en adressen vergelijken")
        for sharing in _grouped((value, key) for key, party in parties.items() for value in values_of(party)):
            if len(sharing) > _MOST_SHARING:
                sharing.sort(key=lambda key: parties[key].names)
                yield from (key_of(*pair) for pair in pairwise(sharing))
            else:
                yield from (key_of(*pair) for pair in combinations(sharing, 2))


def _named_alike(parties: Mapping[str, Party], progress: Progress) -> Iterator[tuple[str, str]]:
    """Yield the pairs with a similar name in the same place or at the same postcode."""
    areas = list(_grouped((area, key) for key, party in parties.items() for area in party.places | party.postcodes))
    for done, area in enumerate(areas):
        progress.step(done, len(areas), "Namen vergelijken")
        names = {key: sorted(parties[key].names[0].split()) for key in area}
        for block in _grouped((word[:_PREFIX], key) for key, words in names.items() for word in words):
            # Of a common beginning only the neighbours in the alphabet are compared.
            block = sorted(block, key=names.__getitem__)
            written = [" ".join(names[key]) for key in block]
            for at, key in enumerate(block):
                near = written[at + 1 : at + 1 + _MOST_NEIGHBOURS]
                for _, _, place in process.extract(
                    written[at], near, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None
                ):
                    yield key_of(key, block[at + 1 + place])


def _grouped(found: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """Yield who have something in common, each once; most have it alone, and no list is made for them."""
    first: dict[str, str] = {}
    shared: dict[str, dict[str, None]] = {}
    for value, key in found:
        if (other := first.setdefault(value, key)) != key:
            shared.setdefault(value, {other: None})[key] = None
    return (list(sharing) for sharing in shared.values())
