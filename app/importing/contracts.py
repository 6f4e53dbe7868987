"""The contracts in the rows of a supplier against those that are known of it: the same, changed or new."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from app.domain.contract import Contract
from app.domain.names import compact
from app.importing.entries import Entry

T = TypeVar("T")


@dataclass
class ContractResult:
    """The contracts of one supplier after the file, and which contract each row belongs to (by row number)."""

    new: list[Contract] = field(default_factory=list)
    changed: list[Contract] = field(default_factory=list)
    of_row: dict[int, str] = field(default_factory=dict)
    ends_first: list[Entry] = field(default_factory=list)


def contracts_after(
    known: Sequence[Contract], entries: Sequence[Entry], supplier_id: str, new_id: Callable[[], str]
) -> ContractResult:
    """Match the contracts in the rows of one supplier with those known; what may be two of them is a new one."""
    result = ContractResult()
    clusters = _per_contract(entries)
    found = _find(clusters.keys(), known)
    for key, rows in clusters.items():
        existing = found.get(key)
        before = existing or Contract(id=new_id(), supplier_id=supplier_id)
        record, ends_first = _after(before, rows)
        result.ends_first += rows[:1] if ends_first else []
        if existing is None:
            result.new.append(record)
        elif record != existing:
            result.changed.append(record)
        result.of_row.update((entry.row, record.id) for entry in rows)
    return result


class _Key(NamedTuple):
    """Number and title of a contract as compared, "" for what it has not."""

    number: str
    title: str


def _per_contract(entries: Sequence[Entry]) -> dict[_Key, list[Entry]]:
    """Put the rows of each contract together; one with only a number belongs to the first title of that number."""
    keys = [_Key(compact(entry.text("contract_number")), compact(entry.text("contract_title"))) for entry in entries]
    first_titles = {key.number: key.title for key in reversed(keys) if key.number and key.title}
    clusters: dict[_Key, list[Entry]] = {}
    for (number, title), entry in zip(keys, entries, strict=True):
        if number or title:
            clusters.setdefault(_Key(number, title or first_titles.get(number, "")), []).append(entry)
    return clusters


def _find(keys: Collection[_Key], known: Sequence[Contract]) -> dict[_Key, Contract]:
    """Return which known contract each is: the same number and title, else one of the two that both have once.

    Two numbers are two contracts, whatever their title.
    """
    theirs = [_Key(compact(contract.number), compact(contract.title)) for contract in known]
    contracts = dict(zip(reversed(theirs), reversed(known), strict=True))
    found = {key: contracts[key] for key in keys if key in contracts}
    taken = {contract.id for contract in found.values()}
    for part in _Key._fields:
        ours, others = _once(keys, part), _once(theirs, part)
        for key, other in ((ours[text], others[text]) for text in ours if text in others):
            are_two = key.number and other.number and key.number != other.number
            if key not in found and contracts[other].id not in taken and not are_two:
                found[key] = contracts[other]
                taken.add(contracts[other].id)
    return found


def _once(keys: Collection[_Key], part: str) -> dict[str, _Key]:
    """Return who has a number or title that nobody else has, by that."""
    times = Counter(getattr(key, part) for key in keys)
    return {text: key for key in keys if (text := getattr(key, part)) and times[text] == 1}


def _after(before: Contract, rows: Sequence[Entry]) -> tuple[Contract, bool]:
    """Return the contract with what the rows say, and whether their days were left because they do not go together."""
    title = _first(row.text("contract_title") for row in rows)
    total = next((row.contract_total for row in rows if row.contract_total is not None), None)
    starts = _first(row.days.get("contract_from") for row in rows) or before.starts_on
    ends = _first(row.days.get("contract_to") for row in rows) or before.ends_on
    ends_first = bool(starts and ends and ends < starts)
    after = replace(
        before,
        number=before.number or _first(row.text("contract_number") for row in rows) or "",
        title=title if title and compact(title) != compact(before.title) else before.title,
        starts_on=before.starts_on if ends_first else starts,
        ends_on=before.ends_on if ends_first else ends,
        total_cents=before.total_cents if total is None else total,
    )
    return after, ends_first


def _first(found: Iterable[T]) -> T | None:
    return next(filter(None, found), None)
