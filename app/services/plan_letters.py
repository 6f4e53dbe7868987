"""Who is due a letter, of which kind, and who is not and why."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.base.formatting import short_date
from app.domain.journal import Promise
from app.domain.letter import Letter, LetterSettings
from app.domain.supplier import Supplier
from app.domain.verdict import Policy, Status, Verdict
from app.letters import terms
from app.letters.batch import envelope_order
from app.policy.due_letters import is_reminder
from app.services.coming_certificates import ComingCertificates
from app.services.find_work import letter_cause
from app.services.judge_suppliers import current_policy, judge_supplier
from app.storage.register import Register

_DUE = frozenset({Status.NON_COMPLIANT, Status.POSTPONED, Status.EXEMPT})
# Why there is no letter: something to fill in, something that runs, or nothing to ask.
Because = Literal["address", "amount", "promise", "answer", "coming", "respite", "aside", "needless", "ended"]
# So many suppliers are judged sooner one by one than by judging the whole register.
_FEW = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A letter that is due: to whom, which kind, and the letter it reminds of."""

    verdict: Verdict
    supplier: Supplier
    kind: str
    previous: Letter | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A supplier that gets no letter, and why: in Dutch, and as a kind."""

    supplier_id: str
    name: str
    why: str
    because: Because

    @property
    def mend(self) -> Literal["", "address", "amount"]:
        """What to fill in so that it could get one."""
        return self.because if self.because == "address" or self.because == "amount" else ""


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """Who gets a letter, in envelope order, and who does not; `reply_by` is the last day to answer these letters."""

    proposals: tuple[Proposal, ...]
    skipped: tuple[Skipped, ...]
    reply_by: date


def plan_letters(register: Register, *, on: date, only: Collection[str] | None = None) -> LetterPlan:
    """Return which letters are due on a day.

    Left out, with the reason: no address, a letter whose reply date has not passed, a promise that still runs, a
    certificate that is known and begins soon, a postponement or exemption (domain.md §6.5, §9 lesson d), and what was
    set aside on the work list.
    `only` are the suppliers that were chosen: then also those that need no letter are named, with the reason.
    Raises `NotFoundError` when one of them does not exist.
    """
    policy = current_policy(register)
    holds = _Holds(register, on)
    proposals: list[Proposal] = []
    skipped: list[Skipped] = []
    judged: set[str] = set()
    for verdict in _verdicts(register, policy, on, only):
        judged.add(verdict.supplier_id)
        found = _needless(verdict) if verdict.status not in _DUE else holds.find(verdict)
        if found:
            if only is not None or verdict.status in _DUE:
                skipped.append(found)
            continue
        supplier = register.suppliers.get(verdict.supplier_id)
        if not supplier.letter_address.is_complete:
            why = "Geen adres: vul een straat of postbus en een plaats in."
            skipped.append(Skipped(supplier.id, supplier.name, why, "address"))
            continue
        previous = holds.reminds_of(supplier.id)
        kind = "herinnering" if previous else "verzoek"
        proposals.append(Proposal(verdict=verdict, supplier=supplier, kind=kind, previous=previous))
    skipped += _ended(register, (supplier_id for supplier_id in only or () if supplier_id not in judged))
    proposals.sort(key=_envelope_key)
    return LetterPlan(
        tuple(proposals),
        tuple(sorted(skipped, key=lambda item: item.name.casefold())),
        terms.reply_by(on, register.settings(LetterSettings)),
    )


def _verdicts(register: Register, policy: Policy, on: date, only: Collection[str] | None) -> Iterator[Verdict]:
    if only is not None and len(only) <= _FEW:
        for supplier_id in dict.fromkeys(only):
            if not register.suppliers.get(supplier_id).is_archived:
                yield judge_supplier(register, supplier_id, on=on, policy=policy).verdict
        return
    wanted = None if only is None else set(only)
    for verdict in register.verdicts.judge_all(policy=policy, on=on):
        if wanted is None or verdict.supplier_id in wanted:
            yield verdict


def _ended(register: Register, supplier_ids: Iterable[str]) -> Iterator[Skipped]:
    for supplier_id in dict.fromkeys(supplier_ids):
        name = register.suppliers.get(supplier_id).name
        yield Skipped(supplier_id, name, "Deze leverancier is beëindigd: er is geen brief nodig.", "ended")


def _needless(verdict: Verdict) -> Skipped:
    if verdict.status is Status.UNKNOWN:
        why = "Bedrag onbekend: vul eerst het bedrag in."
        return Skipped(verdict.supplier_id, verdict.name, why, "amount")
    if verdict.status is Status.BELOW_THRESHOLD:
        why = "Onder de drempel: er is geen brief nodig."
    else:
        until = f" t/m {short_date(verdict.valid_to)}" if verdict.valid_to else ""
        why = f"Voldoet{until}: er is geen brief nodig."
    return Skipped(verdict.supplier_id, verdict.name, why, "needless")


class _Holds:
    """What keeps a letter back that would be due: gathered once, asked per verdict."""

    def __init__(self, register: Register, on: date) -> None:
        self.on = on
        self.latest: Mapping[str, Letter] = register.letters.latest_by_supplier()
        self.promises: Mapping[str, Promise] = {
            promise.supplier_id: promise
            for promise in register.promises.list_all("due_on")
            if promise.settled_at is None and promise.due_on >= on
        }
        self.coming = ComingCertificates(register, on=on)
        self.asides = {(aside.supplier_id, aside.cause): aside for aside in register.set_asides.list_standing(on)}

    def reminds_of(self, supplier_id: str) -> Letter | None:
        """Return the letter that one of this day would remind of."""
        previous = self.latest.get(supplier_id)
        return previous if previous and is_reminder(previous.written_on, on=self.on) else None

    def find(self, verdict: Verdict) -> Skipped | None:
        found = self._why_not(verdict)
        return Skipped(verdict.supplier_id, verdict.name, *found) if found else None

    def _why_not(self, verdict: Verdict) -> tuple[str, Because] | None:
        promise = self.promises.get(verdict.supplier_id)
        previous = self.latest.get(verdict.supplier_id)
        if verdict.status is not Status.NON_COMPLIANT and verdict.until:
            return f"{verdict.status.label} t/m {short_date(verdict.until)}: {verdict.ground}.", "respite"
        if promise:
            return f"Toezegging t/m {short_date(promise.due_on)}: {promise.what}.", "promise"
        if previous and previous.reply_by >= self.on:
            until = short_date(previous.reply_by)
            return f"Kreeg al brief {previous.kenmerk}; de leverancier mag antwoorden t/m {until}.", "answer"
        coming = self.coming.find(verdict)
        if coming and coming.valid_from:
            return f"{coming.level.label} gaat in op {short_date(coming.valid_from)}.", "coming"
        reminded = self.reminds_of(verdict.supplier_id)
        cause = letter_cause(verdict, reminded.id if reminded else None)
        if aside := self.asides.get((verdict.supplier_id, cause)):
            return f"Weggezet t/m {short_date(aside.until_on)}: {aside.reason}.", "aside"
        return None


def _envelope_key(proposal: Proposal) -> tuple[int, str, str]:
    address = proposal.supplier.letter_address
    return envelope_order(address.postcode, proposal.supplier.name, country=address.country)
