"""What was ordered from a supplier: amounts per year, contracts and invoices, and when they were entered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from app.domain.contract import AmountKind, Contract, PsoBasis, YearAmount
from app.example.cast import Player
from app.example.chronicle import Chronicle
from app.example.days import orders_known_on, working_day


class Orders:
    """Enters the orders of every supplier, each in the way that its case says (`shape`)."""

    def __init__(self, chronicle: Chronicle, new_id: Callable[[], str]) -> None:
        """Work towards the chronicle's today."""
        self._chronicle = chronicle
        self._new_id = new_id
        self._today = chronicle.today
        self._year = chronicle.today.year
        self._contracts_of_year: dict[int, int] = {}
        self._shapes: Mapping[str, Callable[[Player], None]] = {
            "totals": self._totals,
            "contract": self._one_contract,
            "contracts": self._several_contracts,
            "pro_rata": self._contract_with_total,
            "last_known": self._open_contract,
            "invoiced": self._invoices_only,
            "invoiced_before": self._old_invoices_only,
            "contract_without_amount": self._contract_without_amount,
            "unknown": lambda player: None,
        }

    def enter(self, player: Player) -> None:
        """Enter all of one supplier."""
        self._shapes[player.shape](player)

    def _totals(self, player: Player) -> None:
        amounts = self._history(player, player.cents, player.since)
        for year, cents in amounts.items():
            if year == self._year and player.random.random() < 0.15 and self._updated_on > orders_known_on(year):
                self._enter_and_update(player, cents)
            else:
                self._agreed(player, {year: cents}, None, known_on=orders_known_on(year))
        if player.random.random() < 0.3:
            self._next_year(player, amounts[self._year], None)
        self._invoices_beside(player, amounts)

    def _one_contract(self, player: Player) -> None:
        self._contract_chain(player, player.cents, player.random.choice(player.trade.contracts))
        self._invoices_beside(player, self._history(player, player.cents, player.since))

    def _several_contracts(self, player: Player) -> None:
        titles = list(player.trade.contracts)
        player.random.shuffle(titles)
        titles = titles[: player.random.randint(2, 3)]
        left = player.cents
        for place, title in enumerate(titles, start=1):
            share = left if place == len(titles) else int(left * player.random.uniform(0.3, 0.6)) // 5_000 * 5_000
            left -= share
            if place == 1 or player.random.random() < 0.7:
                self._contract_chain(player, share, title)
            else:
                contract = self._contract(player, title, date(player.since, 1, 1), None)
                self._enter_contract(player, contract, self._history(player, share, player.since))

    def _contract_chain(self, player: Player, cents: int, title: str) -> None:
        """Contracts of some years each, one after the other, the last one running today."""
        amounts = self._history(player, cents, player.since)
        last = self._year + player.random.randint(0, 3)
        first = last
        while last >= player.since:
            first = max(player.since, min(last, self._year) - player.random.randint(1, 3))
            contract = self._contract(player, title, date(first, 1, 1), date(last, 12, 31))
            self._enter_contract(player, contract, {y: c for y, c in amounts.items() if first <= y <= last})
            if last > self._year:
                self._next_year(player, amounts[self._year], contract)
            last = first - 1

    def _contract_with_total(self, player: Player) -> None:
        """One contract with a total for its whole term, so that this year's part follows from the days."""
        first = max(player.since, self._year - player.random.randint(0, 2))
        starts_on = date(first, player.random.choice((1, 4, 7)) if first < self._year else 1, 1)
        ends_on = date(self._year + player.random.randint(0, 2), 12, 31)
        total = player.cents * ((ends_on - starts_on).days + 1) // 365 // 100_000 * 100_000
        contract = self._contract(player, player.random.choice(player.trade.contracts), starts_on, ends_on, total=total)
        self._enter_contract(player, contract, {})
        before = self._history(player, player.cents, player.since)
        for year in range(player.since, first):
            self._agreed(player, {year: before[year]}, None, known_on=orders_known_on(year))

    def _open_contract(self, player: Player) -> None:
        """A contract without an end, of which this year's amount has not come in yet."""
        amounts = self._history(player, player.cents, player.since)
        del amounts[self._year]
        contract = self._contract(player, player.random.choice(player.trade.contracts), date(player.since, 1, 1), None)
        self._enter_contract(player, contract, amounts)

    def _contract_without_amount(self, player: Player) -> None:
        contract = self._contract(player, player.random.choice(player.trade.contracts), date(player.since, 1, 1), None)
        self._enter_contract(player, contract, {})

    def _invoices_only(self, player: Player) -> None:
        self._invoiced(player, self._history(player, player.cents, player.since))

    def _old_invoices_only(self, player: Player) -> None:
        amounts = self._history(player, player.cents, min(player.since, self._year - 1))
        del amounts[self._year]
        self._invoiced(player, amounts)

    def _history(self, player: Player, cents: int, since: int) -> dict[int, int]:
        """Amounts of every year up to this one, backwards by a walk that hardly leaves the band at first."""
        amounts = {self._year: cents}
        for year in range(self._year - 1, since - 1, -1):
            lowest = 0.93 if year == self._year - 1 else 0.75
            cents = int(cents * player.random.uniform(lowest, 1.06)) // 1_000 * 1_000
            amounts[year] = cents
        return dict(sorted(amounts.items()))

    def _contract(
        self, player: Player, title: str, starts_on: date, ends_on: date | None, *, total: int | None = None
    ) -> Contract:
        number = self._contracts_of_year.get(starts_on.year, 0) + 1
        self._contracts_of_year[starts_on.year] = number
        return Contract(
            id=self._new_id(),
            supplier_id=player.supplier.id,
            number=f"RC-{starts_on.year}-{number:03d}",
            title=title,
            starts_on=starts_on,
            ends_on=ends_on,
            pso_basis=player.random.choice((PsoBasis.CONTRACT, PsoBasis.POLICY, PsoBasis.POLICY)),
            total_cents=total,
        )

    def _enter_contract(self, player: Player, contract: Contract, amounts: Mapping[int, int]) -> None:
        first = max(player.since, contract.starts_on.year if contract.starts_on else player.since)
        self._chronicle.note_import(orders_known_on(first), _orders_file(first), added=[contract])
        for year, cents in amounts.items():
            self._agreed(player, {year: cents}, contract, known_on=orders_known_on(year))

    def _agreed(self, player: Player, amounts: Mapping[int, int], contract: Contract | None, *, known_on: date) -> None:
        for year, cents in amounts.items():
            found = self._amount(player, year, cents, contract, AmountKind.AGREED, _orders_file(year), known_on)
            self._chronicle.note_import(known_on, found.source, added=[found])

    @property
    def _updated_on(self) -> date:
        """When this year's amounts were last brought up to date."""
        return working_day(self._today - timedelta(days=54))

    def _enter_and_update(self, player: Player, cents: int) -> None:
        known_on = orders_known_on(self._year)
        first = self._amount(
            player, self._year, cents * 17 // 20, None, AmountKind.AGREED, _orders_file(self._year), known_on
        )
        self._chronicle.note_import(known_on, first.source, added=[first])
        source = f"opdrachten {self._year} bijgewerkt.xlsx"
        updated = replace(first, cents=cents, source=source, as_of=self._updated_on)
        self._chronicle.note_import(self._updated_on, source, added=(), changed=[updated])

    def _next_year(self, player: Player, cents: int, contract: Contract | None) -> None:
        """What is known already of next year, entered lately and after this year's."""
        year, known_on = self._year + 1, max(orders_known_on(self._year), working_day(self._today - timedelta(days=25)))
        source = f"meerjarenopgave {year}.xlsx"
        found = self._amount(player, year, cents * 21 // 20, contract, AmountKind.AGREED, source, known_on)
        self._chronicle.note_import(known_on, source, at=(8, 50), added=[found])

    def _invoices_beside(self, player: Player, amounts: Mapping[int, int]) -> None:
        """Of some suppliers what was invoiced in past years is known too; it is never quite what was agreed."""
        if player.random.random() < 0.35:
            past = {year: int(cents * player.random.uniform(0.85, 1.1)) for year, cents in amounts.items()}
            self._invoiced(player, {year: cents for year, cents in past.items() if year < self._year})

    def _invoiced(self, player: Player, amounts: Mapping[int, int]) -> None:
        for year, cents in amounts.items():
            is_running = year == self._year
            natural = self._today - timedelta(days=10) if is_running else date(year + 1, 1, 15)
            known_on = working_day(min(natural, self._today - timedelta(days=2)))
            if is_running:
                # In the first days of a year there is nothing older; what is there was invoiced ahead.
                known_on = min(max(known_on, date(year, 1, 2)), self._today)
            known_on = max(known_on, player.registered_on)
            source = f"facturen {year}{' tot nu' if is_running else ''}.csv"
            found = self._amount(player, year, cents, None, AmountKind.INVOICED, source, known_on)
            self._chronicle.note_import(known_on, source, at=(8, 40), added=[found])

    def _amount(
        self,
        player: Player,
        year: int,
        cents: int,
        contract: Contract | None,
        kind: AmountKind,
        source: str,
        as_of: date,
    ) -> YearAmount:
        return YearAmount(
            id=self._new_id(),
            supplier_id=player.supplier.id,
            year=year,
            kind=kind,
            cents=cents,
            contract_id=contract.id if contract else None,
            source=source,
            as_of=as_of,
        )


def register_supplier(chronicle: Chronicle, player: Player, records: Iterable[object]) -> None:
    """Note that a supplier came into the register, with the orders of its first year."""
    chronicle.note_import(player.registered_on, _orders_file(player.since), added=records)


def _orders_file(year: int) -> str:
    return f"opdrachten {year}.xlsx"
