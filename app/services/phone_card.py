"""What an advisor wants to see of one supplier while its caller speaks: read in a blink, whatever there is of it."""

from dataclasses import dataclass
from datetime import date

from app.domain.certificate import Certificate, Level
from app.domain.contract import AmountKind, Contract, YearAmount
from app.domain.journal import CallNote, FollowUp, Promise
from app.domain.letter import Letter
from app.domain.policy import Respite, Rule
from app.domain.supplier import Contact, Supplier
from app.domain.verdict import AmountSource, Policy, SupplierFacts, Verdict
from app.policy.certificates import holder
from app.policy.due_letters import awaited, coming_certificate
from app.policy.say import Dealings, say
from app.services.coming_certificates import answer_term
from app.services.judge_suppliers import Judged, current_policy, gather_facts, judge_facts
from app.services.ladder import Ladder, ladder_of
from app.storage.register import Register

_INVOICED = frozenset({AmountSource.INVOICED, AmountSource.INVOICED_LAST_YEAR})


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneCard:
    """One supplier at a glance; None where there is nothing.

    `spoken` is what to say to the caller. `rule` is the one that decided, `figure` the newest figure behind the amount
    of the verdict, `call` the last conversation of which something was noted, `certificate` the one of the verdict,
    unless a member of a combination holds it. `contacts` begin with the first contact, `letters` with the newest; those
    withdrawn are left out. `orders` are the contracts of the year with what was agreed in it (cents excl. btw),
    `agreements` what runs or waits on the day, the first to end in front. `members` are those of a combination that
    have to comply, each with the level that it holds on the day. `awaits_answer`: the newest letter is to be answered.
    """

    supplier: Supplier
    judged: Judged
    spoken: str
    ladder: Ladder
    rule: Rule | None
    certificate: Certificate | None
    figure: YearAmount | None
    call: CallNote | None
    contacts: tuple[Contact, ...]
    letters: tuple[Letter, ...]
    orders: tuple[tuple[Contract, int | None], ...]
    agreements: tuple[Respite | Promise | FollowUp, ...]
    members: tuple[tuple[str, Level | None], ...]
    awaits_answer: bool

    @property
    def contact(self) -> Contact | None:
        """The first contact."""
        return self.contacts[0] if self.contacts else None

    @property
    def letter(self) -> Letter | None:
        """The newest letter."""
        return self.letters[0] if self.letters else None


def last_day(agreed: Respite | Promise | FollowUp) -> date:
    """Return until when something agreed holds or waits."""
    return agreed.to_on if isinstance(agreed, Respite) else agreed.due_on


def phone_card(register: Register, supplier_id: str, *, on: date) -> PhoneCard:
    """Return the card of one supplier as judged on a day, of one that was merged that of the one it turned out to be.

    Raises `NotFoundError`.
    """
    policy = current_policy(register)
    supplier_id = register.survivor_id(supplier_id)
    supplier = register.suppliers.get(supplier_id)
    facts = gather_facts(register, supplier_id)
    judged = judge_facts(facts, policy=policy, on=on)
    contacts = register.contacts.list_where("supplier_id", supplier_id)
    letters = [item for item in register.letters.list_of(supplier_id) if not item.withdrawn_at]
    letters.sort(key=lambda letter: (letter.written_on, letter.kenmerk), reverse=True)
    calls = register.call_notes.list_where("supplier_id", supplier_id)
    agreements = _agreements(register, facts, on)
    today = register.clock.today()
    sent = awaited(register.sent_letters.list_of(supplier_id, on=today), judged.verdict)
    waiting = sent.id if sent else ""
    dealings = Dealings(
        letter=next((letter for letter in letters if letter.id == waiting), None),
        promise=_promise(agreements, today),
        coming=coming_certificate(judged.verdict, facts.certificates, within=answer_term(register)),
    )
    return PhoneCard(
        supplier=supplier,
        judged=judged,
        spoken=say(judged.verdict, policy=policy, today=today, dealings=dealings),
        ladder=ladder_of(facts, policy=policy, on=on),
        rule=_rule(judged.verdict, policy),
        certificate=next((item for item in facts.certificates if item.id == judged.verdict.certificate_id), None),
        figure=_figure(judged.verdict, facts.amounts),
        call=max(calls, key=lambda call: (bool(call.text), call.started_at), default=None),
        contacts=tuple(sorted(contacts, key=lambda contact: not contact.is_primary)),
        letters=tuple(letters),
        orders=_orders(facts, on.year),
        agreements=agreements,
        members=_members(facts, policy, on),
        awaits_answer=bool(letters) and letters[0].id == waiting,
    )


def _members(facts: SupplierFacts, policy: Policy, on: date) -> tuple[tuple[str, Level | None], ...]:
    counting = [member for member in facts.members if member.is_lead or policy.settings.members == "all"]
    held = (
        holder(
            member.supplier_id, member.name, member.kvk, certificates=member.certificates, settings=policy.settings
        ).held_on(on)
        for member in counting
    )
    return tuple(
        (member.name, counted.certificate.level if counted else None)
        for member, counted in zip(counting, held, strict=True)
    )


def _promise(agreements: tuple[Respite | Promise | FollowUp, ...], today: date) -> Promise | None:
    """Return the promise that runs, the first to end, else the one that came due last."""
    found = [agreed for agreed in agreements if isinstance(agreed, Promise)]
    return next((promise for promise in found if promise.due_on >= today), found[-1] if found else None)


def _orders(facts: SupplierFacts, year: int) -> tuple[tuple[Contract, int | None], ...]:
    agreed: dict[str | None, int] = {}
    for item in facts.amounts:
        if item.year == year and item.kind is AmountKind.AGREED:
            agreed[item.contract_id] = agreed.get(item.contract_id, 0) + item.cents
    found = [(contract, agreed.get(contract.id)) for contract in facts.contracts if contract.runs_in(year)]
    return tuple(sorted(found, key=lambda order: -(order[1] or 0)))


def _agreements(register: Register, facts: SupplierFacts, on: date) -> tuple[Respite | Promise | FollowUp, ...]:
    promises = register.promises.list_where("supplier_id", facts.supplier_id)
    tasks = register.follow_ups.list_where("supplier_id", facts.supplier_id)
    found: tuple[Respite | Promise | FollowUp, ...] = (
        *(item for item in (*facts.exemptions, *facts.postponements) if item.holds_on(on)),
        *(item for item in promises if item.settled_at is None),
        *(item for item in tasks if item.done_at is None),
    )
    return tuple(sorted(found, key=last_day))


def _rule(verdict: Verdict, policy: Policy) -> Rule | None:
    return next((rule for rule in policy.rules if rule.code == verdict.rule_code), None)


def _figure(verdict: Verdict, amounts: tuple[YearAmount, ...]) -> YearAmount | None:
    kind = AmountKind.INVOICED if verdict.amount_source in _INVOICED else AmountKind.AGREED
    found = [item for item in amounts if item.year == verdict.amount_year and item.kind is kind]
    return max(found, key=lambda item: (item.as_of or date.min, item.id), default=None)
