"""Who plays: every supplier of the example with the case it plays."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from app.domain.supplier import Address, Supplier, SupplierKind
from app.example.days import orders_known_on
from app.example.material import Case, KnownFirm, Material, Place, Trade
from app.example.names import Inventor, site

_FIRST_YEAR = 2020


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """One supplier as it is today. `since`: the first year of orders; `shape`: how its orders are known.

    `random` is its own, so that a change to one supplier leaves the others as they are. `cents`: ordered this year.
    """

    supplier: Supplier
    case: Case
    trade: Trade
    place: Place
    since: int
    shape: str
    cents: int
    random: Random
    known: KnownFirm | None

    @property
    def name(self) -> str:
        """The firm's name."""
        return self.supplier.name

    @property
    def registered_on(self) -> date:
        """When it came into the register."""
        return orders_known_on(self.since)


class Casting:
    """Fills the cases: first with the firms that somebody thought up, the rest with invented ones."""

    def __init__(self, material: Material, *, today: date, new_id: Callable[[], str], seed: str) -> None:
        """The firms themselves are the same on every day; only how long they are known depends on `today`."""
        self._material = material
        self._today = today
        self._new_id = new_id
        self._seed = seed
        self.inventor = Inventor(material, Random(seed))
        self._places = {place.name: place for place in material.places}
        self._trades = {trade.category: trade for trade in material.trades}
        self._given = 0

    def players(self) -> tuple[Player, ...]:
        """Return everybody, the firms that somebody thought up first."""
        known = self._material.firms
        for firm in known:
            self.inventor.claim(firm.name)
        cases = {case.name: case for case in self._material.cases}
        found = [self._player(cases[firm.case], firm) for firm in known]
        taken = Counter(firm.case for firm in known)
        for case in self._material.cases:
            found += [self._player(case, None) for _ in range(case.count - taken[case.name])]
        return tuple(found)

    def _player(self, case: Case, known: KnownFirm | None) -> Player:
        trade = self._trades[known.category] if known else self.inventor.trade()
        place = self._places[known.place] if known else self.inventor.place()
        kind = SupplierKind(case.kind)
        name = known.name if known else self.inventor.name(trade, is_alone=kind is SupplierKind.SOLE_TRADER)
        random = Random(f"{self._seed} {name}")
        return Player(
            supplier=self._supplier(name, kind, trade, place, known, random),
            case=case,
            trade=trade,
            place=place,
            since=self._since(case, known, random),
            shape=known.shape if known and known.shape else random.choice(case.shapes),
            cents=round(known.euros * 100) if known else self._cents(case, random),
            random=random,
            known=known,
        )

    def _supplier(
        self, name: str, kind: SupplierKind, trade: Trade, place: Place, known: KnownFirm | None, random: Random
    ) -> Supplier:
        self._given += 1
        is_firm = kind is SupplierKind.FIRM and not place.country
        supplier = Supplier(
            id=self._new_id(),
            name=name,
            kind=kind,
            kvk="" if place.country or kind is SupplierKind.COMBINATION else self.inventor.kvk(),
            btw_id=self.inventor.btw_id() if is_firm and random.random() < 0.6 else "",
            branch_number=f"0000{random.randrange(10**8):08d}" if is_firm and random.random() < 0.2 else "",
            own_number=str(40_000 + self._given),
            category=trade.category,
            visiting=self.inventor.address(place),
            postal=self.inventor.postbox(place) if random.random() < 0.06 and is_firm else Address(),
            phone=self.inventor.phone(place),
            phones=(self.inventor.phone(place),) if random.random() < 0.1 else (),
            email=f"info@{site(name)}",
        )
        return self._as_known(supplier, known, place) if known else supplier

    def _as_known(self, supplier: Supplier, known: KnownFirm, place: Place) -> Supplier:
        former = known.former
        return replace(
            supplier,
            kvk=supplier.kvk if known.kvk else "",
            is_key_partner=known.key_partner,
            trade_names=tuple(known.trade_names),
            former_names=(former.name,) if former else (),
            former_kvk=(self.inventor.kvk(),) if former and former.kvk else (),
            visiting=supplier.visiting if known.address else Address(),
            postal=self.inventor.postbox(place) if known.postbox else Address(),
            phones=tuple(self.inventor.phone(place) for _ in range(known.extra_phones)),
            note=known.note,
        )

    def _since(self, case: Case, known: KnownFirm | None, random: Random) -> int:
        """Most came with the first filling; who has a story came two years ago at the latest."""
        last = self._today.year if case.is_new else self._today.year - 2
        later = range(_FIRST_YEAR + 1, last + 1)
        return _FIRST_YEAR if known or not later or random.random() < 0.6 else random.choice(later)

    def _cents(self, case: Case, random: Random) -> int:
        """An amount of the case's band, small ones more often, in whole tens of euros."""
        lowest, highest = self._material.bands[case.band]
        euros = lowest * (highest / lowest) ** random.random()
        return int(euros // 10) * 1_000
