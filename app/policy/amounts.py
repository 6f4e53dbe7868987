"""What a supplier's orders of a year amount to, and how firm that figure is."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from app.domain.contract import AmountKind, Contract, YearAmount
from app.domain.policy import PolicySettings
from app.domain.verdict import AmountSource, SupplierFacts

_FIRMNESS = {source: place for place, source in enumerate(AmountSource)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A figure in cents (negative where credit notes prevail), the year it belongs to and where it comes from."""

    cents: int
    year: int
    source: AmountSource


def amount_of_year(facts: SupplierFacts, *, year: int, settings: PolicySettings) -> Amount | None:
    """Return the amount that is compared with the thresholds, or None when no figure says anything about that year.

    The brochure says "opdrachtsom … (per jaar)" and leaves open which figure and over what: questions 2 and 4 of
    domain.md §10. What is known beforehand (agreed) comes before what is only known afterwards (invoiced), unless
    the settings turn that around; last year's invoices are the last resort either way.
    """
    agreed = _agreed(facts, year, settings)
    invoiced = _invoiced(facts, year, AmountSource.INVOICED, settings)
    first, second = (invoiced, agreed) if settings.amount_order == "invoiced" else (agreed, invoiced)
    return first or second or _invoiced(facts, year - 1, AmountSource.INVOICED_LAST_YEAR, settings)


def _agreed(facts: SupplierFacts, year: int, settings: PolicySettings) -> Amount | None:
    items = _items(facts, year)
    if not items:
        return None
    if settings.amount_scope == "contract":
        return min(items, key=lambda item: (-item.cents, _FIRMNESS[item.source], -item.year))
    source = max((item.source for item in items), key=_FIRMNESS.__getitem__)
    # A figure is only as recent as its oldest part; years before `year` occur in LAST_KNOWN alone.
    return Amount(cents=sum(item.cents for item in items), year=min(item.year for item in items), source=source)


def _items(facts: SupplierFacts, year: int) -> list[Amount]:
    """The figure of the supplier as a whole, and one per contract that says something about the year."""
    per_contract = _sums_per_contract(facts.amounts)
    whole = per_contract[None].get(year)
    items = [] if whole is None else [Amount(cents=whole, year=year, source=AmountSource.ENTERED)]
    for contract in facts.contracts:
        entered = per_contract[contract.id]
        if year in entered:
            items.append(Amount(cents=entered[year], year=year, source=AmountSource.ENTERED))
        elif whole is None and contract.runs_in(year):
            # A figure for the supplier as a whole already holds what nobody entered per contract.
            estimate = _estimate(contract, entered, year)
            items += [] if estimate is None else [estimate]
    return items


def _estimate(contract: Contract, entered: dict[int, int], year: int) -> Amount | None:
    pro_rata = _pro_rata_cents(contract, year)
    if pro_rata is not None:
        return Amount(cents=pro_rata, year=year, source=AmountSource.PRO_RATA)
    earlier = [known for known in entered if known < year]
    if not earlier:
        return None
    return Amount(cents=entered[max(earlier)], year=max(earlier), source=AmountSource.LAST_KNOWN)


def _pro_rata_cents(contract: Contract, year: int) -> int | None:
    """The part of the contract's total that falls in the year, by days, rounded half up; it runs in that year."""
    total, starts_on, ends_on = contract.total_cents, contract.starts_on, contract.ends_on
    if total is None or starts_on is None or ends_on is None or ends_on < starts_on:
        return None
    all_days = (ends_on - starts_on).days + 1
    days = (min(ends_on, date(year, 12, 31)) - max(starts_on, date(year, 1, 1))).days + 1
    return (2 * total * days + all_days) // (2 * all_days)


def _sums_per_contract(amounts: tuple[YearAmount, ...]) -> defaultdict[str | None, dict[int, int]]:
    """Agreed cents by contract (None: the supplier as a whole) and year."""
    sums: defaultdict[str | None, dict[int, int]] = defaultdict(dict)
    for amount in amounts:
        if amount.kind is AmountKind.AGREED:
            years = sums[amount.contract_id]
            years[amount.year] = years.get(amount.year, 0) + amount.cents
    return sums


def _invoiced(facts: SupplierFacts, year: int, source: AmountSource, settings: PolicySettings) -> Amount | None:
    sums: defaultdict[str | None, int] = defaultdict(int)
    for amount in facts.amounts:
        if amount.kind is AmountKind.INVOICED and amount.year == year:
            sums[amount.contract_id] += amount.cents
    if not sums:
        return None
    cents = max(sums.values()) if settings.amount_scope == "contract" else sum(sums.values())
    return Amount(cents=cents, year=year, source=source)
