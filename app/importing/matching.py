"""Whether the register knows a supplier of a file: by keys and indexes, never all against all.

The same: an equal KvK number (former ones too), else an equal own number, else an equal name in the same place
without keys that contradict. Names are compared by `name_key`. Doubt is only felt towards the register.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.base.progress import Progress
from app.domain.identifiers import clean_postcode, kvk_key
from app.domain.names import name_key, place_key
from app.domain.supplier import Supplier
from app.importing.grouping import Group

_ALIKE = 90
_MOST_COMPARED = 300
_PREFIX = 4
_STEP = 500


@dataclass(frozen=True)
class Match:
    """What the register says about a group: the same supplier, or doubt about one, or neither."""

    supplier: Supplier | None = None
    doubt: Supplier | None = None
    why: str = ""
    score: int = 0
    reasons_for: tuple[str, ...] = ()
    reasons_against: tuple[str, ...] = ()


class RegisterIndex:
    """The suppliers of the register, to be found by number, name and neighbourhood."""

    def __init__(self, suppliers: Iterable[Supplier], progress: Progress) -> None:
        """Index them once; `progress` is told now and then."""
        self.suppliers = list(suppliers)
        self.by_kvk: dict[str, list[Supplier]] = defaultdict(list)
        self.by_former_kvk: dict[str, list[Supplier]] = defaultdict(list)
        self.by_own: dict[str, list[Supplier]] = defaultdict(list)
        self.by_name: dict[str, list[Supplier]] = defaultdict(list)
        self.key_of: dict[str, str] = {}
        self._by_area: dict[str, list[Supplier]] | None = None
        self._blocks: dict[str, dict[str, list[Supplier]]] = {}
        for done, supplier in enumerate(self.suppliers):
            if done % (_STEP * 10) == 0:
                progress.step(done, len(self.suppliers), "Register vergelijken")
            if supplier.kvk:
                self.by_kvk[kvk_key(supplier.kvk)].append(supplier)
            for kvk in supplier.former_kvk:
                self.by_former_kvk[kvk_key(kvk)].append(supplier)
            if supplier.own_number:
                self.by_own[supplier.own_number.casefold()].append(supplier)
            key = self.key_of[supplier.id] = name_key(supplier.name)
            others = (*supplier.trade_names, *supplier.former_names)
            for name in {key, *map(name_key, others)} if others else (key,):
                if name:
                    self.by_name[name].append(supplier)

    def match(self, group: Group, *, name_suffices: bool = False) -> Match:
        """Say which supplier of the register a group is, or resembles.

        With `name_suffices` (a list of contracts) a place that is missing on one side is no reason for doubt.
        """
        by_kvk = _distinct(supplier for kvk in group.kvk for supplier in self.by_kvk.get(kvk, ()))
        by_kvk = by_kvk or _distinct(s for kvk in group.kvk for s in self.by_former_kvk.get(kvk, ()))
        by_own = _distinct(supplier for own in group.own for supplier in self.by_own.get(own, ()))
        if by_kvk:
            return self._with_kvk(group, by_kvk, by_own)
        if by_own:
            return self._with_own_number(group, by_own)
        return self._with_name(group, name_suffices)

    def find_by_name(self, name: str) -> list[Supplier]:
        """Return the suppliers that bear exactly this name, as compared."""
        return self.by_name.get(name_key(name), []) if name else []

    def _with_kvk(self, group: Group, by_kvk: list[Supplier], by_own: list[Supplier]) -> Match:
        names = {name for name, _ in group.name_places()}
        best = (
            [supplier for supplier in by_kvk if supplier in by_own]
            or [supplier for supplier in by_kvk if self.key_of[supplier.id] in names]
            or by_kvk
        )
        supplier = best[0]
        if len(best) > 1:
            return _doubt(supplier, f"het KvK-nummer {supplier.kvk} staat bij meer leveranciers")
        if by_own and supplier not in by_own:
            return _doubt(supplier, "het KvK-nummer is gelijk, maar het eigen nummer is dat van een ander")
        return Match(supplier)

    def _with_own_number(self, group: Group, by_own: list[Supplier]) -> Match:
        agreeing = [supplier for supplier in by_own if not _kvk_differs(group, supplier)]
        if not agreeing:
            return _doubt(by_own[0], "het eigen nummer is gelijk, maar het KvK-nummer is anders")
        if len(agreeing) > 1:
            names = {name for name, _ in group.name_places()}
            narrowed = [s for s in agreeing if bool(s.kvk) == bool(group.kvk)]
            narrowed = [s for s in narrowed if self.key_of[s.id] in names] or narrowed
            if len(narrowed) != 1:
                return _doubt(agreeing[0], "het eigen nummer staat bij meer leveranciers")
            agreeing = narrowed
        return Match(agreeing[0])

    def _with_name(self, group: Group, name_suffices: bool) -> Match:
        same: list[Supplier] = []
        loose: list[Supplier] = []
        doubts: list[tuple[Supplier, str]] = []
        for key, place in sorted(group.name_places()):
            for supplier in self.by_name.get(key, ()):
                theirs = place_key(supplier.visiting.city or supplier.postal.city)
                if _kvk_differs(group, supplier) or (place and theirs and place != theirs):
                    continue
                if group.own and supplier.own_number and supplier.own_number.casefold() not in group.own:
                    doubts.append((supplier, "de naam is gelijk, maar het eigen nummer is anders"))
                elif place == theirs:
                    same.append(supplier)
                elif name_suffices:
                    loose.append(supplier)
                else:
                    where = "het bestand" if not place else "het register"
                    doubts.append((supplier, f"de naam is gelijk, maar in {where} ontbreekt de plaats"))
        same = _distinct(same or loose)
        # Who is called so goes before who traded, or was once called, so.
        names = {name for name, _ in group.name_places()}
        same = [supplier for supplier in same if self.key_of[supplier.id] in names] or same
        if len(same) > 1:
            bare = [supplier for supplier in same if bool(supplier.kvk) == bool(group.kvk) and not supplier.own_number]
            if len(bare) != 1:
                return _doubt(same[0], "meer leveranciers in het register hebben deze naam")
            same = bare
        if same:
            return Match(same[0])
        if doubts:
            return _doubt(*doubts[0])
        return self._alike(group)

    # -- names that are nearly the same -----------------------------------------------------------------------

    def _alike(self, group: Group) -> Match:
        """Look for a similar name in the same place or at the same postcode."""
        areas = {group.place, *(_postcode_key(group.first(name)) for name in ("postcode", "postal_postcode"))} - {""}
        keys = {name for name, _ in group.name_places() if name}
        if not areas or not keys:
            return Match()
        best: tuple[float, Supplier] | None = None
        for key in keys:
            numbers = _numbers(key)
            for supplier in self._neighbours(areas, key):
                theirs = self.key_of[supplier.id]
                score = fuzz.token_sort_ratio(key, theirs, score_cutoff=_ALIKE)
                is_better = bool(score) and (best is None or score > best[0])
                if is_better and numbers == _numbers(theirs) and not _kvk_differs(group, supplier):
                    best = (score, supplier)
        if best is None:
            return Match()
        return _doubt(best[1], "de naam lijkt erop en de plaats of postcode is gelijk")

    def _neighbours(self, areas: Iterable[str], key: str) -> list[Supplier]:
        """Return suppliers in those areas that share the beginning of a word, rare beginnings first."""
        blocks = [
            block
            for area in areas
            for prefix in {word[:_PREFIX] for word in key.split()}
            if (block := self._block(area).get(prefix))
        ]
        found: dict[str, Supplier] = {}
        for block in sorted(blocks, key=len):
            if len(found) > _MOST_COMPARED:
                break
            found.update((supplier.id, supplier) for supplier in block[:_MOST_COMPARED])
        return list(found.values())

    def _block(self, area: str) -> dict[str, list[Supplier]]:
        if self._by_area is None:
            self._by_area = defaultdict(list)
            for supplier in self.suppliers:
                for address in (supplier.visiting, supplier.postal):
                    for known in {place_key(address.city), _postcode_key(address.postcode)} - {""}:
                        self._by_area[known].append(supplier)
        if area not in self._blocks:
            block: dict[str, list[Supplier]] = defaultdict(list)
            for supplier in _distinct(self._by_area.get(area, ())):
                for prefix in {word[:_PREFIX] for word in self.key_of[supplier.id].split()}:
                    block[prefix].append(supplier)
            self._blocks[area] = block
        return self._blocks[area]


def _distinct(suppliers: Iterable[Supplier]) -> list[Supplier]:
    return list({supplier.id: supplier for supplier in suppliers}.values())


def _kvk_differs(group: Group, supplier: Supplier) -> bool:
    if not group.kvk or not supplier.kvk:
        return False
    return not group.kvk & {kvk_key(kvk) for kvk in (supplier.kvk, *supplier.former_kvk)}


def _doubt(supplier: Supplier, reason: str) -> Match:
    city = supplier.visiting.city or supplier.postal.city
    who = f"{supplier.name}{f' in {city}' if city else ''}"
    return Match(doubt=supplier, why=f"Misschien is dit {who} uit het register: {reason}. Niet overgenomen.")


def _postcode_key(postcode: str) -> str:
    return clean_postcode(postcode).replace(" ", "").casefold()


def _numbers(key: str) -> list[str]:
    return [word for word in key.split() if any(character.isdigit() for character in word)]
