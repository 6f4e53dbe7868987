"""Shapes that are read or written in bulk: what an import compares with, and what a list shows."""

from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple

from app.domain.certificate import Certificate, Level, Verification
from app.domain.contract import Contract, YearAmount
from app.domain.supplier import Contact, Supplier
from app.domain.verdict import AmountSource, Reason, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Records of several kinds together: the register as an import sees it, or what an import will write."""

    suppliers: tuple[Supplier, ...] = ()
    contacts: tuple[Contact, ...] = ()
    contracts: tuple[Contract, ...] = ()
    amounts: tuple[YearAmount, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    verifications: tuple[Verification, ...] = ()

    def __len__(self) -> int:
        """How many records there are in all."""
        return sum(len(getattr(self, part.name)) for part in fields(self))


class LookUpMatch(NamedTuple):
    """One supplier that fits what was typed; a named tuple, because twenty are made at every key.

    `matched` names the field that fitted, in Dutch, `matched_text` is what stands there, and `marked` what to mark in
    it (`find_marks`): what was typed, without its errors. These are empty when nothing was typed. `letter_id` is the
    letter of which the kenmerk fitted.
    """

    supplier_id: str
    name: str
    kvk: str
    city: str
    phone: str
    is_ended: bool = False
    matched: str = ""
    matched_text: str = ""
    marked: str = ""
    letter_id: str = ""


class Matches(NamedTuple):
    """The best suppliers for a text, best first, and how many fit in all; None for more than 100."""

    shown: tuple[LookUpMatch, ...]
    total: int | None


class LookUpHit(NamedTuple):
    """A match with its status on a day; None for a supplier that has ended and is not judged."""

    match: LookUpMatch
    status: Status | None


class SupplierRow(NamedTuple):
    """One line of the table of all suppliers; a named tuple, because there are 100,000 of them.

    From `status` to `is_unverified` it is the verdict of a day (see `Verdict`), money in cents excl. btw. `next_step`
    says in Dutch what is to be done, "" when nothing is, and `next_on` the day behind it. `sort_name` orders the
    table; `text` is what a typed filter is looked for in, folded, phone numbers as national digits with their 0.
    """

    supplier_id: str
    name: str
    city: str
    kvk: str
    own_number: str
    category: str
    is_key_partner: bool
    status: Status
    reason: Reason | None
    required: Level | None
    held: Level | None
    valid_to: date | None
    amount_cents: int | None
    amount_year: int | None
    amount_source: AmountSource | None
    until: date | None
    is_unverified: bool
    next_step: str
    next_on: date | None
    sort_name: str
    text: str
