"""Whether the register knows a supplier of a file: by keys and indexes, never all against all.

The same: an equal register number from an export, an equal KvK number (former ones too), else an equal own number with
a name that does not contradict it (a column of running numbers may be taken for ours), else an equal btw-id with an
equal name, else an equal name in the same place without keys or a legal form that contradict. What only resembles is
asked about, with the reasons (`app.domain.likeness`). A supplier that was merged leads to the one that it turned out
to be.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from app.base.formatting import join_words
from app.base.progress import Progress
from app.domain.identifiers import clean_btw_id, kvk_key, own_key
from app.domain.likeness import Likeness, is_holding
from app.domain.names import legal_forms, name_key, place_key
from app.domain.supplier import Supplier
from app.importing.candidates import (
    Candidate,
    Resembling,
    btw_ids,
    candidates_among,
    distinct,
    is_named_alike,
    is_named_otherwise,
    kvk_differs,
    texts_of,
)
from app.importing.exported import read_back
from app.importing.grouping import Group

_STEP = 500


@dataclass(frozen=True)
class Match:
    """What the register says about a group: the same supplier, or those that it may be, the most alike in front.

    `why` says in Dutch why that is not certain.
    """

    supplier: Supplier | None = None
    candidates: tuple[Candidate, ...] = ()
    why: str = ""

    @property
    def doubt(self) -> Supplier | None:
        """The supplier that it may be, the most alike one."""
        return self.candidates[0].supplier if self.candidates else None


class RegisterIndex:
    """The suppliers of the register, to be found by number, name and neighbourhood; those that were merged are not
    among them, but all that they were known by is.
    """

    def __init__(self, suppliers: Iterable[Supplier], progress: Progress) -> None:
        """Index them once; `progress` is told now and then."""
        everyone = list(suppliers)
        self.suppliers = [supplier for supplier in everyone if supplier.merged_into is None]
        self.by_kvk: dict[str, list[Supplier]] = defaultdict(list)
        self.by_former_kvk: dict[str, list[Supplier]] = defaultdict(list)
        self.by_own: dict[str, list[Supplier]] = defaultdict(list)
        self.by_name: dict[str, list[Supplier]] = defaultdict(list)
        self.by_id = {supplier.id: supplier for supplier in self.suppliers}
        self.key_of: dict[str, str] = {}
        self.merged: dict[str, list[Supplier]] = defaultdict(list)
        self._resembling = Resembling(self.suppliers, self._key_of)
        # Two different KvK numbers are two firms: only these may be one whose number is new.
        self._without_kvk = Resembling([supplier for supplier in self.suppliers if not supplier.kvk], self._key_of)
        for done, supplier in enumerate(self.suppliers):
            if done % (_STEP * 10) == 0:
                progress.step(done, len(self.suppliers), "Register vergelijken")
            if supplier.kvk:
                self.by_kvk[kvk_key(supplier.kvk)].append(supplier)
            for kvk in supplier.former_kvk:
                self.by_former_kvk[kvk_key(kvk)].append(supplier)
            if supplier.own_number:
                self.by_own[own_key(supplier.own_number)].append(supplier)
            key = self.key_of[supplier.id] = name_key(supplier.name)
            self.by_name[key].append(supplier)
            others = (*supplier.trade_names, *supplier.former_names)
            for name in {*map(name_key, others)} - {key} if others else ():
                self.by_name[name].append(supplier)
        if len(self.suppliers) < len(everyone):
            self._lead_on(everyone)

    def _lead_on(self, everyone: Iterable[Supplier]) -> None:
        """Let what a merged supplier was known by lead to the one that it turned out to be."""
        for gone in everyone:
            if gone.merged_into is None:
                continue
            supplier = self.by_id[gone.id] = self.by_id[gone.merged_into]
            self.merged[supplier.id].append(gone)
            found = (
                *((self.by_former_kvk, kvk_key(kvk)) for kvk in (gone.kvk, *gone.former_kvk)),
                (self.by_own, own_key(gone.own_number)),
                *((self.by_name, name_key(name)) for name in (gone.name, *gone.trade_names, *gone.former_names)),
            )
            for index, key in found:
                if key and supplier not in index[key]:
                    index[key].append(supplier)

    def match(self, group: Group, *, name_suffices: bool = False) -> Match:
        """Say which supplier of the register a group is, or resembles.

        With `name_suffices` (a list of contracts) a place that is missing on one side is no reason for doubt.
        """
        by_kvk = _with_any(self.by_kvk, group.kvk) or _with_any(self.by_former_kvk, group.kvk)
        by_own = _with_any(self.by_own, group.own)
        if exported := self.by_id.get(group.register_id):
            return self._exported(group, exported, by_kvk, by_own)
        if by_kvk:
            return self._with_kvk(group, by_kvk, by_own)
        if by_own:
            return self._with_own_number(group, by_own)
        return self._with_name(group, name_suffices)

    def find_anywhere(self, group: Group) -> tuple[Candidate, ...]:
        """Return whom of the register a group without a place may be, for where only a number makes it certain."""
        return self._among(group).find(group, anywhere=True)

    def find_by_name(self, name: str) -> list[Supplier]:
        """Return the suppliers that bear exactly this name, as compared."""
        return self.by_name.get(name_key(name), []) if name else []

    def _key_of(self, supplier: Supplier) -> str:
        return self.key_of[supplier.id]

    def own_numbers_of(self, supplier_id: str) -> set[str]:
        """Return the own numbers, as compared, of the suppliers that turned out to be this one."""
        return {own_key(gone.own_number) for gone in self.merged.get(supplier_id, ()) if gone.own_number}

    def _exported(self, group: Group, supplier: Supplier, by_kvk: list[Supplier], by_own: list[Supplier]) -> Match:
        """Say whether a row of an export still is the supplier that it was made of.

        Where a part of the columns was sorted in Excel, its register number stands behind the data of another one.
        """
        if supplier.id != group.register_id:
            return _doubt(group, [supplier], "de leverancier van deze rij is daarmee samengevoegd na de export")
        for what, field, found in (("KvK-nummer", "kvk", by_kvk), ("eigen nummer", "own_number", by_own)):
            if found and supplier not in found and group.first(field) != read_back(supplier)[field]:
                why = f"het registernummer is gelijk, maar het {what} is dat van een ander"
                return _doubt(group, [supplier, *found], why)
        names = [name for name, _ in group.name_places()]
        is_known = by_kvk or by_own or not names or any(supplier in self.by_name.get(name, ()) for name in names)
        if is_known or candidates_among(group, [supplier])[0].likeness.is_likely:
            return Match(supplier)
        return _doubt(group, [supplier], "het registernummer is gelijk, maar naam en nummers zijn anders")

    def _with_kvk(self, group: Group, by_kvk: list[Supplier], by_own: list[Supplier]) -> Match:
        best = by_kvk
        if len(by_kvk) > 1:
            names = {name for name, _ in group.name_places()}
            best = (
                [supplier for supplier in by_kvk if supplier in by_own]
                or [supplier for supplier in by_kvk if self.key_of[supplier.id] in names]
                or by_kvk
            )
        supplier = best[0]
        if len(best) > 1:
            return _doubt(group, best, f"het KvK-nummer {supplier.kvk} staat bij meer leveranciers")
        if by_own and supplier not in by_own:
            why = "het KvK-nummer is gelijk, maar het eigen nummer is dat van een ander"
            return _doubt(group, [supplier, *by_own], why)
        if self._is_elsewhere(group, supplier):
            return _doubt(group, [supplier], "het KvK-nummer is gelijk, maar de naam is die van een ander bedrijf")
        return Match(supplier)

    def _with_own_number(self, group: Group, by_own: list[Supplier]) -> Match:
        agreeing = [supplier for supplier in by_own if not kvk_differs(group, supplier)]
        if not agreeing:
            return _doubt(group, by_own, "het eigen nummer is gelijk, maar het KvK-nummer is anders")
        if len(agreeing) > 1:
            names = {name for name, _ in group.name_places()}
            narrowed = [s for s in agreeing if bool(s.kvk) == bool(group.kvk)]
            narrowed = [s for s in narrowed if self.key_of[s.id] in names] or narrowed
            if len(narrowed) != 1:
                return _doubt(group, agreeing, "het eigen nummer staat bij meer leveranciers")
            agreeing = narrowed
        if not self._is_named(group, agreeing[0]):
            return _doubt(group, agreeing, "het eigen nummer is gelijk, maar de naam is anders")
        return Match(agreeing[0])

    def _is_named(self, group: Group, supplier: Supplier) -> bool:
        """Whether no name of a group speaks against a supplier that bears its number."""
        names = {name for name, _ in group.name_places()}
        if bearing := [name for name in names if supplier in self.by_name.get(name, ())]:
            return not any(self._other_firm(group, supplier, name) for name in bearing)
        if any(self.by_name.get(name) for name in names):
            return False
        is_one_holding = any(map(is_holding, names)) != is_holding(self.key_of[supplier.id])
        return not is_one_holding and is_named_alike(group, supplier)

    def _is_elsewhere(self, group: Group, supplier: Supplier) -> bool:
        """Whether a group is called as another supplier is, or is another firm in another place by all that it says."""
        names = set(map(name_key, texts_of(group, "name")))
        if not names or self.key_of[supplier.id] in names:
            return False
        if any(supplier in self.by_name.get(name, ()) for name in names):
            return False
        places = {place for _, place in group.name_places() if place}
        theirs = {place_key(address.city) for address in (supplier.visiting, supplier.postal)} - {""}
        is_moved = bool(places and theirs) and not places & theirs
        return any(self.by_name.get(name) for name in names) or (is_moved and is_named_otherwise(group, supplier))

    def _with_name(self, group: Group, name_suffices: bool) -> Match:
        same: list[Supplier] = []
        loose: list[Supplier] = []
        doubts: list[tuple[Supplier, str]] = []
        name_places = group.name_places()
        if not any(key in self.by_name for key, _ in name_places):
            return _asked(self._among(group).find(group))
        in_file = btw_ids(group)
        for key, place in sorted(name_places):
            for supplier in self.by_name.get(key, ()):
                if kvk_differs(group, supplier):
                    continue
                theirs = place_key(supplier.visiting.city or supplier.postal.city)
                has_btw_id = bool(in_file) and clean_btw_id(supplier.btw_id) in in_file
                if place and theirs and place != theirs and not has_btw_id:
                    continue
                if why := self._other_firm(group, supplier, key):
                    doubts.append((supplier, why))
                    continue
                if group.own and supplier.own_number and not group.own & self._numbers_of(supplier):
                    doubts.append((supplier, "de naam is gelijk, maar het eigen nummer is anders"))
                elif place == theirs or has_btw_id:
                    same.append(supplier)
                elif name_suffices:
                    loose.append(supplier)
                else:
                    where = "het bestand" if not place else "het register"
                    doubts.append((supplier, f"de naam is gelijk, maar in {where} ontbreekt de plaats"))
        same = distinct(same or loose)
        # Who is called so goes before who traded, or was once called, so.
        names = {name for name, _ in name_places}
        same = [supplier for supplier in same if self.key_of[supplier.id] in names] or same
        if len(same) > 1:
            bare = [supplier for supplier in same if bool(supplier.kvk) == bool(group.kvk) and not supplier.own_number]
            if len(bare) != 1:
                return _doubt(group, same, "meer leveranciers in het register hebben deze naam")
            same = bare
        if same:
            return Match(same[0])
        if doubts:
            return _doubt(group, [supplier for supplier, _ in doubts], doubts[0][1])
        return _asked(self._among(group).find(group))

    def _other_firm(self, group: Group, supplier: Supplier, key: str) -> str:
        """Say why a supplier that bears a name of the group may be another firm all the same, "" when it is not."""
        forms = {form for name in texts_of(group, "name") for form in legal_forms(name)}
        theirs = legal_forms(supplier.name)
        if forms and theirs and not forms & theirs:
            return "de naam is gelijk, maar de rechtsvorm is anders"
        if is_holding(key) != is_holding(self.key_of[supplier.id]):
            return "die naam is een handelsnaam of eerdere naam, en een van de twee is een holding"
        return ""

    def _among(self, group: Group) -> Resembling:
        return self._without_kvk if group.kvk else self._resembling

    def _numbers_of(self, supplier: Supplier) -> set[str]:
        return {own_key(supplier.own_number)} | self.own_numbers_of(supplier.id)


def _with_any(index: Mapping[str, list[Supplier]], keys: Set[str]) -> list[Supplier]:
    found = [supplier for key in keys for supplier in index.get(key, ())] if keys and index else []
    return found if len(found) < 2 else distinct(found)


def _doubt(group: Group, suppliers: Iterable[Supplier], because: str) -> Match:
    """Return a match that is not certain, although keys or a name are equal."""
    return _asked(candidates_among(group, suppliers), because)


def _asked(candidates: tuple[Candidate, ...], because: str = "") -> Match:
    if not candidates:
        return Match()
    best = candidates[0]
    city = best.supplier.visiting.city or best.supplier.postal.city
    who = f"{best.supplier.name}{f' in {city}' if city else ''}"
    why = f"Misschien is dit {who} uit het register: {because or _words(best.likeness)}. Niet overgenomen."
    return Match(candidates=candidates, why=why)


def _words(found: Likeness) -> str:
    words = join_words(found.reasons_for)
    return f"{words}, maar {join_words(found.reasons_against)}" if found.reasons_against else words
