"""Whose certificate a row of a list is: certain by a number or by what the register holds, never by a name alone.

A certificate that is given to the wrong firm clears one that does not comply. So a name is only a reason to ask, the
same place or not. A certificate counts for every firm of which the KvK number is on it, whoever holds it (domain.md
§1.6); so where several suppliers bear one of those numbers, none of them needs to be called the holder.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from app.base.formatting import join_words
from app.domain.certificate import Certificate
from app.domain.identifiers import kvk_key
from app.domain.names import compact, name_key, place_key
from app.domain.party import names_of
from app.domain.supplier import Supplier
from app.importing.candidates import Candidate, candidates_among, distinct, kvk_differs, texts_of
from app.importing.certificates import Holder
from app.importing.entries import Entry
from app.importing.grouping import Group, place_of
from app.importing.matching import Match, RegisterIndex


class Found(NamedTuple):
    """The holder, or those that it may be, or neither."""

    supplier: Supplier | None = None
    doubt: Match | None = None


_NOBODY = Found()


class HolderFinder:
    """Finds the holders of certificates among the suppliers of the register."""

    def __init__(self, index: RegisterIndex, certificates: Iterable[Certificate]) -> None:
        """Index the certificates that have a holder by what a list tells of them."""
        self._index = index
        self._by_number: dict[str, list[Certificate]] = defaultdict(list)
        self._by_holder_name: dict[str, list[Certificate]] = defaultdict(list)
        self._by_kvk: dict[str, list[Certificate]] = defaultdict(list)
        self._by_supplier: dict[str, list[Certificate]] = defaultdict(list)
        for certificate in certificates:
            if certificate.supplier_id is None:
                continue
            self._by_supplier[certificate.supplier_id].append(certificate)
            for kvk in certificate.covered_kvk:
                self._by_kvk[kvk_key(kvk)].append(certificate)
            if certificate.number:
                self._by_number[compact(certificate.number)].append(certificate)
            if certificate.holder_name:
                self._by_holder_name[name_key(certificate.holder_name)].append(certificate)

    def find(self, group: Group) -> list[Found]:
        """Return the holder of each row of a group; they name the same firm in the same words."""
        match = self._index.match(group)
        sure = self._by_numbers(group, match)
        found = [self._as_covered(entry, sure) or sure or self._as_recorded(entry, group) for entry in group.entries]
        # The rows are asked about together: a firm may have thousands of them.
        doubted = self._doubted(group, match) if None in found else _NOBODY
        return [one or doubted for one in found]

    def _as_covered(self, entry: Entry, sure: Found | None) -> Found | None:
        """Return who holds the certificate in the register on which the row's KvK number stands, if not who bears it.

        One certificate is not kept once more for each sister firm.
        """
        number = compact(entry.text("certificate_number"))
        holders = []
        for certificate in self._by_kvk.get(kvk_key(entry.text("kvk")), ()):
            known = compact(certificate.number)
            if known == number if known and number else _is_it(certificate, entry):
                holders.append(self._holder(certificate))
        if not holders or (sure and sure.supplier in holders):
            return None
        return Found(holders[0])

    def _by_numbers(self, group: Group, match: Match) -> Found | None:
        if match.supplier is not None and self._is_numbered(match.supplier, group):
            return Found(match.supplier)
        if any(self._is_numbered(candidate.supplier, group) for candidate in match.candidates):
            # Several suppliers of one KvK number contradict nothing: the certificate counts for each.
            kvks = {kvk_key(candidate.supplier.kvk) for candidate in match.candidates}
            return _NOBODY if kvks <= group.kvk and len(match.candidates) > 1 else Found(doubt=match)
        covered = self._covered(group)
        return Found(covered[0] if len(covered) == 1 else None) if covered else None

    def _is_numbered(self, supplier: Supplier, group: Group) -> bool:
        """Whether a number of the rows is one of the supplier's, own or former, or that of the register."""
        numbered = (
            *(one for kvk in group.kvk for one in self._index.by_kvk.get(kvk, ())),
            *(one for kvk in group.kvk for one in self._index.by_former_kvk.get(kvk, ())),
            *(one for own in group.own for one in self._index.by_own.get(own, ())),
        )
        return supplier.id == group.register_id or any(one.id == supplier.id for one in numbered)

    def _covered(self, group: Group) -> list[Supplier]:
        """Return the suppliers of which the number stands among those that the certificate covers."""
        numbers = dict.fromkeys(kvk_key(kvk) for entry in group.entries for kvk in entry.covers_kvk)
        found = distinct(one for kvk in numbers for one in self._index.by_kvk.get(kvk, ()))
        named = [one for one in found if name_key(group.first("name")) in set(map(name_key, names_of(one)))]
        return named if len(named) == 1 else found

    def _as_recorded(self, entry: Entry, group: Group) -> Found | None:
        """Return the supplier that holds this very certificate in the register."""
        name = name_key(entry.text("name"))
        number = compact(entry.text("certificate_number"))
        for certificate in self._by_number.get(number, ()) if number and name else ():
            supplier = self._holder(certificate)
            is_named = name in set(map(name_key, (certificate.holder_name, *names_of(supplier))))
            if is_named and not _contradicts(certificate, supplier, group):
                return Found(supplier)
        for certificate in self._by_holder_name.get(name, ()):
            supplier = self._holder(certificate)
            if _is_it(certificate, entry) and not _contradicts(certificate, supplier, group):
                return Found(supplier)
        for supplier in self._index.find_by_name(entry.text("name")):
            held = [one for one in self._by_supplier.get(supplier.id, ()) if _is_it(one, entry)]
            if held and _is_there(supplier, entry) and not _contradicts(held[0], supplier, group):
                return Found(supplier)
        return None

    def _holder(self, certificate: Certificate) -> Supplier:
        return self._index.by_id[certificate.supplier_id or ""]

    def _doubted(self, group: Group, match: Match) -> Found:
        """Return whom of the register it resembles, by name, whereabouts or what earlier lists were said to tell."""
        names = dict.fromkeys(texts_of(group, "name"))
        numbers = dict.fromkeys(map(compact, texts_of(group, "certificate_number")))
        certificates = (
            *(one for name in names for one in self._by_holder_name.get(name_key(name), ())),
            *(one for number in numbers for one in self._by_number.get(number, ())),
        )
        resembling = (
            *([match.supplier] if match.supplier else ()),
            *(candidate.supplier for candidate in match.candidates),
            *(supplier for name in names for supplier in self._index.find_by_name(name)),
            *(self._holder(one) for one in certificates),
            *(candidate.supplier for candidate in self._index.find_anywhere(group)),
        )
        asked = [one for one in resembling if not one.is_archived and not kvk_differs(group, one)]
        candidates = candidates_among(group, asked)
        return Found(doubt=Match(candidates=candidates, why=_why(candidates[0]))) if candidates else _NOBODY


def holder_of(supplier: Supplier, *, name: str = "", kvk: Iterable[str] = ()) -> Holder:
    """Return a supplier as a holder; `name` as in `Holder`, `kvk` the numbers that its rows give beside its own."""
    numbers = {kvk_key(number) for number in (supplier.kvk, *supplier.former_kvk, *kvk) if number}
    return Holder(supplier, name, frozenset(numbers), supplier.own_number)


def _is_it(certificate: Certificate, entry: Entry) -> bool:
    """Whether level and both days are those of the certificate."""
    level = entry.level.level if entry.level else None
    period = (entry.days.get("valid_from"), entry.days.get("valid_to"))
    return (level, period) == (certificate.level, (certificate.valid_from, certificate.valid_to))


def _is_there(supplier: Supplier, entry: Entry) -> bool:
    theirs = {place_key(address.city) for address in (supplier.visiting, supplier.postal)} - {""}
    return not theirs or place_of(entry) in {"", *theirs}


def _contradicts(certificate: Certificate, supplier: Supplier, group: Group) -> bool:
    """Whether the rows give a KvK number that is neither on the certificate nor the supplier's."""
    known = {kvk_key(kvk) for kvk in (*certificate.covered_kvk, supplier.kvk, *supplier.former_kvk)}
    return bool(group.kvk) and not group.kvk & known


def _why(best: Candidate) -> str:
    city = best.supplier.visiting.city or best.supplier.postal.city
    who = f"{best.supplier.name}{f' in {city}' if city else ''}"
    reasons = f": {join_words(best.likeness.reasons_for)}" if best.likeness.reasons_for else ""
    but = join_words([*best.likeness.reasons_against, "geen nummer bevestigt het"])
    return f"Misschien is dit {who} uit het register{reasons}, maar {but}. Niet overgenomen."
