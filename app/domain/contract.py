"""Contracts and what is ordered per year. Money is whole cents, excl. btw."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PsoBasis(StrEnum):
    """Why a supplier owes us a certificate: the contract says so, or only our policy (domain.md §0, fact 6)."""

    CONTRACT = "contracteis"
    POLICY = "beleid"


class AmountKind(StrEnum):
    """What was agreed (opdrachten) and what was invoiced are never mixed."""

    AGREED = "agreed"
    INVOICED = "invoiced"

    @property
    def label(self) -> str:
        """The Dutch word."""
        return {"agreed": "afgesproken", "invoiced": "gefactureerd"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """An order or framework contract with one supplier. `ends_on` is the last day; None means open."""

    id: str
    supplier_id: str
    number: str = ""
    title: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    pso_basis: PsoBasis = PsoBasis.POLICY
    total_cents: int | None = None
    note: str = ""

    def runs_on(self, on: date) -> bool:
        """Whether that day falls inside the contract, both ends included."""
        return (self.starts_on is None or self.starts_on <= on) and (self.ends_on is None or self.ends_on >= on)

    def runs_in(self, year: int) -> bool:
        """Whether any day of that year falls inside the contract."""
        return (self.starts_on is None or self.starts_on.year <= year) and (
            self.ends_on is None or self.ends_on.year >= year
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class YearAmount:
    """One figure: of a contract, or of the supplier as a whole when `contract_id` is None.

    `source` names the file or person it came from; `as_of` is how old the figure is.
    """

    id: str
    supplier_id: str
    year: int
    kind: AmountKind
    cents: int
    contract_id: str | None = None
    source: str = ""
    as_of: date | None = None
