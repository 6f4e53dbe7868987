"""Who is due a letter, of which kind, and who is not and why."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.base.formatting import short_date
from app.domain.journal import Promise
from app.domain.letter import Letter, LetterSettings
from app.domain.supplier import Supplier
from app.domain.verdict import Status, Verdict
from app.letters.batch import envelope_order
from app.services.judge_suppliers import current_policy
from app.storage.register import Register

_REMINDER_WITHIN = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A letter that is due: to whom, which kind, and the letter it reminds of."""

    verdict: Verdict
    supplier: Supplier
    kind: str
    previous: Letter | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A supplier that gets no letter although it does not comply, and why (Dutch)."""

    supplier_id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """Who gets a letter, in envelope order, and who does not."""

    proposals: tuple[Proposal, ...]
    skipped: tuple[Skipped, ...]


def plan_letters(register: Register, *, on: date) -> LetterPlan:
    """Return which letters are due on a day.

    Left out, with the reason: no address, a letter whose reply date has not passed, a promise that still runs, a
    certificate that is known and begins soon, a postponement or exemption (domain.md §6.5, §9 lesson d).
    """
    policy = current_policy(register)
    latest = register.letters.latest_by_supplier()
    term = timedelta(days=register.settings(LetterSettings).reply_days)
    promises = {
        promise.supplier_id: promise
        for promise in register.promises.list_all("due_on")
        if promise.settled_at is None and promise.due_on >= on
    }
    proposals: list[Proposal] = []
    skipped: list[Skipped] = []
    for verdict in register.verdicts.judge_all(policy=policy, on=on):
        if verdict.status not in {Status.NON_COMPLIANT, Status.POSTPONED, Status.EXEMPT}:
            continue
        supplier = register.suppliers.get(verdict.supplier_id)
        previous = latest.get(supplier.id)
        why = _why_not(verdict, supplier, previous, promises.get(supplier.id), on)
        why = why or _is_coming(register, supplier, verdict, term)
        if why:
            skipped.append(Skipped(supplier.id, supplier.name, why))
            continue
        is_reminder = previous is not None and on - previous.written_on <= _REMINDER_WITHIN
        kind = "herinnering" if is_reminder else "verzoek"
        proposals.append(
            Proposal(verdict=verdict, supplier=supplier, kind=kind, previous=previous if is_reminder else None)
        )
    proposals.sort(key=_envelope_key)
    return LetterPlan(tuple(proposals), tuple(sorted(skipped, key=lambda item: item.name.casefold())))


def _why_not(
    verdict: Verdict, supplier: Supplier, previous: Letter | None, promise: Promise | None, on: date
) -> str | None:
    if verdict.status is not Status.NON_COMPLIANT and verdict.until:
        return f"{verdict.status.label} t/m {short_date(verdict.until)}: {verdict.ground}."
    if promise:
        return f"Toezegging t/m {short_date(promise.due_on)}: {promise.what}."
    if previous and previous.reply_by >= on:
        return f"Kreeg al brief {previous.kenmerk}; de leverancier mag antwoorden t/m {short_date(previous.reply_by)}."
    if not supplier.letter_address.is_complete:
        return "Geen adres: vul een straat of postbus en een plaats in."
    return None


def _is_coming(register: Register, supplier: Supplier, verdict: Verdict, term: timedelta) -> str | None:
    """Say that a sufficient certificate begins within the term to answer: then there is nothing to ask."""
    for certificate in register.certificates.list_for(supplier.id, supplier.kvk):
        begins = certificate.valid_from
        if (
            begins is not None
            and verdict.on < begins <= verdict.on + term
            and verdict.required is not None
            and certificate.level.rank >= verdict.required.rank
            and certificate.is_in_force(begins)
            and certificate.covers(supplier.id, supplier.kvk)
        ):
            return f"{certificate.level.label} gaat in op {short_date(begins)}."
    return None


def _envelope_key(proposal: Proposal) -> tuple[int, str, str]:
    address = proposal.supplier.letter_address
    return envelope_order(address.postcode, proposal.supplier.name, country=address.country)
