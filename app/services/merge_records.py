"""What is recorded of two suppliers, brought together: what would be there twice becomes one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.base.formatting import euro, short_date
from app.domain.certificate import Certificate, Verification
from app.domain.contract import Contract, PsoBasis, YearAmount
from app.domain.names import compact
from app.domain.soundness import fault_of
from app.domain.supplier import Contact
from app.services.merge_fields import Choice, Side
from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What is recorded of one supplier that the other may have too."""

    contacts: tuple[Contact, ...]
    contracts: tuple[Contract, ...]
    amounts: tuple[YearAmount, ...]
    certificates: tuple[Certificate, ...]


@dataclass(slots=True)
class Changes:
    """What has to be written, in this order: records that end, then records that change."""

    ended: list[Contact | Contract | YearAmount | Certificate] = field(default_factory=list)
    changed: list[Contact | Contract | YearAmount | Certificate | Verification] = field(default_factory=list)


def belongings_of(register: Register, supplier_id: str) -> Belongings:
    """Return what is recorded of a supplier and has not ended."""
    return Belongings(
        contacts=register.contacts.list_where("supplier_id", supplier_id),
        contracts=register.contracts.list_where("supplier_id", supplier_id),
        amounts=register.amounts.list_where("supplier_id", supplier_id, "year, kind, id"),
        certificates=register.certificates.list_where("supplier_id", supplier_id),
    )


# -- what is asked ----------------------------------------------------------------------------------------------------


def record_choices(kept: Belongings, gone: Belongings) -> Iterator[Choice]:
    """Yield what has to be chosen about contracts of one number and figures for the same."""
    for ours, theirs in _same_contracts(kept, gone):
        first, second = _joined(ours, theirs), _joined(theirs, ours)
        options = {Side.KEPT: _contract_words(first), Side.GONE: _contract_words(second)}
        if options[Side.KEPT] != options[Side.GONE]:
            yield Choice(
                key=f"contract:{ours.id}",
                label=f"Contract {ours.number}",
                kept=_contract_words(ours),
                gone=_contract_words(theirs),
                options=options,
                proposal=Side.KEPT,
            )
    names = {contract.id: contract.number or contract.title for contract in kept.contracts}
    for amount, other in _same_amounts(kept, gone):
        about = f", contract {names[amount.contract_id]}" if amount.contract_id else ""
        # Two files that say the same mean one figure; two that differ each tell of a part.
        proposal = Side.KEPT if amount.cents == other.cents else Side.BOTH
        yield Choice(
            key=f"amount:{amount.id}",
            label=f"Opdrachten {amount.year} {amount.kind.label}{about}",
            kept=_amount_words(amount),
            gone=_amount_words(other),
            options={
                Side.KEPT: _amount_words(amount),
                Side.GONE: _amount_words(other),
                Side.BOTH: f"{_euro(amount.cents + other.cents)} opgeteld",
            },
            proposal=proposal,
        )


def _same_contracts(kept: Belongings, gone: Belongings) -> list[tuple[Contract, Contract]]:
    """Return the contracts that bear one number; a number that one of the two has twice tells nothing."""
    ours, theirs = _by_number(kept.contracts), _by_number(gone.contracts)
    return [(ours[number], theirs[number]) for number in ours if number in theirs]


def _by_number(contracts: Sequence[Contract]) -> dict[str, Contract]:
    numbers = [compact(contract.number) for contract in contracts]
    return {
        number: contract
        for number, contract in zip(numbers, contracts, strict=True)
        if number and numbers.count(number) == 1
    }


def _same_amounts(kept: Belongings, gone: Belongings) -> list[tuple[YearAmount, YearAmount]]:
    now = _contract_now(kept, gone)
    ours = {(amount.contract_id, amount.year, amount.kind): amount for amount in kept.amounts}
    found = ((ours.get((now(one), one.year, one.kind)), one) for one in gone.amounts)
    return [(amount, other) for amount, other in found if amount is not None]


class _ContractNow:
    """Of which contract a figure is once the contracts of one number are one."""

    def __init__(self, same: Iterable[tuple[Contract, Contract]]) -> None:
        self._joined = {theirs.id: ours.id for ours, theirs in same}

    def __call__(self, amount: YearAmount) -> str | None:
        return self._joined.get(amount.contract_id, amount.contract_id) if amount.contract_id else None


def _contract_now(kept: Belongings, gone: Belongings) -> _ContractNow:
    return _ContractNow(_same_contracts(kept, gone))


def _joined(first: Contract, second: Contract) -> Contract:
    """Return the first contract with what only the second one knows; its days only where they do not contradict."""
    filled = replace(
        first,
        title=first.title or second.title,
        total_cents=second.total_cents if first.total_cents is None else first.total_cents,
        note=first.note or second.note,
        pso_basis=PsoBasis.CONTRACT if PsoBasis.CONTRACT in (first.pso_basis, second.pso_basis) else first.pso_basis,
    )
    dated = replace(filled, starts_on=first.starts_on or second.starts_on, ends_on=first.ends_on or second.ends_on)
    return filled if fault_of(dated) else dated


# -- what is written --------------------------------------------------------------------------------------------------


def record_changes(
    kept: Belongings, gone: Belongings, chosen: Mapping[str, Side], checks: Mapping[str, Sequence[Verification]]
) -> Changes:
    """Return what has to be written before everything of the one that goes is moved.

    `checks` are the verifications of its certificates.
    """
    changes = Changes()
    _settle_contracts(kept, gone, chosen, changes)
    _settle_contacts(kept, gone, changes)
    _settle_certificates(kept, gone, checks, changes)
    return changes


def _settle_contracts(kept: Belongings, gone: Belongings, chosen: Mapping[str, Side], changes: Changes) -> None:
    same, now = _same_contracts(kept, gone), _contract_now(kept, gone)
    figures = {other.id: (amount, chosen.get(f"amount:{amount.id}")) for amount, other in _same_amounts(kept, gone)}
    owner = {contract.id: contract.supplier_id for contract in kept.contracts}
    for other in gone.amounts:
        amount, side = figures.get(other.id, (None, Side.GONE))
        contract_id = now(other)
        if amount is not None and side is Side.BOTH:
            changes.changed.append(_summed(amount, other))
        if amount is not None:
            changes.ended.append(amount if side is Side.GONE else other)
        if side is Side.GONE and contract_id != other.contract_id and contract_id is not None:
            changes.changed.append(replace(other, contract_id=contract_id, supplier_id=owner[contract_id]))
    for ours, theirs in same:
        is_theirs = chosen.get(f"contract:{ours.id}") is Side.GONE
        after = replace(_joined(theirs, ours), id=ours.id, supplier_id=ours.supplier_id) if is_theirs else None
        changes.changed.append(after or _joined(ours, theirs))
        changes.ended.append(theirs)


def _summed(amount: YearAmount, other: YearAmount) -> YearAmount:
    """Return two figures as one, as old as the older one."""
    sources = dict.fromkeys(filter(None, (amount.source, other.source)))
    days = [day for day in (amount.as_of, other.as_of) if day]
    return replace(
        amount, cents=amount.cents + other.cents, source=" + ".join(sources), as_of=min(days) if days else None
    )


def _settle_contacts(kept: Belongings, gone: Belongings, changes: Changes) -> None:
    known = {_person(contact) for contact in kept.contacts}
    has_first = any(contact.is_primary for contact in kept.contacts)
    for contact in gone.contacts:
        if _person(contact) in known:
            changes.ended.append(contact)
        elif has_first and contact.is_primary:
            changes.changed.append(replace(contact, is_primary=False))


def _person(contact: Contact) -> Contact:
    return replace(contact, id="", supplier_id="", is_primary=False)


def _settle_certificates(
    kept: Belongings, gone: Belongings, checks: Mapping[str, Sequence[Verification]], changes: Changes
) -> None:
    for theirs in gone.certificates:
        ours = next((one for one in kept.certificates if _is_same_certificate(one, theirs)), None)
        if ours is None:
            continue
        changes.changed.append(
            replace(
                ours,
                number=ours.number or theirs.number,
                issuer=ours.issuer or theirs.issuer,
                note="\n".join(dict.fromkeys(filter(None, (ours.note, theirs.note)))),
            )
        )
        changes.changed += (replace(check, certificate_id=ours.id) for check in checks.get(theirs.id, ()))
        changes.ended.append(theirs)


def _is_same_certificate(one: Certificate, other: Certificate) -> bool:
    def told(certificate: Certificate) -> Certificate:
        return replace(certificate, id="", supplier_id=None, number="", issuer="", note="", is_verified=False)

    numbers = {compact(one.number), compact(other.number)} - {""}
    return told(one) == told(other) and len(numbers) < 2


# -- words ------------------------------------------------------------------------------------------------------------


def _contract_words(contract: Contract) -> str:
    days = [short_date(day) for day in (contract.starts_on, contract.ends_on) if day]
    total = "" if contract.total_cents is None else _euro(contract.total_cents)
    basis = "PSO in contract" if contract.pso_basis is PsoBasis.CONTRACT else ""
    return ", ".join(filter(None, (contract.title, " t/m ".join(days), total, basis, contract.note)))


def _amount_words(amount: YearAmount) -> str:
    return f"{_euro(amount.cents)} ({amount.source})" if amount.source else _euro(amount.cents)


def _euro(cents: int) -> str:
    return euro(cents, with_cents=bool(cents % 100))
