"""Shapes that are read or written in bulk: what an import compares with, and what a list shows."""

from dataclasses import dataclass

from app.domain.certificate import Certificate
from app.domain.contract import Contract, YearAmount
from app.domain.supplier import Contact, Supplier
from app.domain.verdict import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Records of several kinds together: the register as an import sees it, or what an import will write."""

    suppliers: tuple[Supplier, ...] = ()
    contacts: tuple[Contact, ...] = ()
    contracts: tuple[Contract, ...] = ()
    amounts: tuple[YearAmount, ...] = ()
    certificates: tuple[Certificate, ...] = ()

    def __len__(self) -> int:
        """How many records there are in all."""
        return sum(
            len(part) for part in (self.suppliers, self.contacts, self.contracts, self.amounts, self.certificates)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUpHit:
    """One supplier found by a look-up; `matched` names the field that fitted, in Dutch."""

    supplier_id: str
    name: str
    kvk: str
    city: str
    phone: str
    status: Status
    matched: str
