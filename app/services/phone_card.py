"""What an advisor wants to see of one supplier while its caller speaks: read in a blink, whatever there is of it."""

from dataclasses import dataclass
from datetime import date

from app.domain.contract import AmountKind, YearAmount
from app.domain.journal import CallNote
from app.domain.letter import Letter
from app.domain.policy import Rule
from app.domain.supplier import Contact, Supplier
from app.domain.verdict import AmountSource, Policy, Verdict
from app.services.judge_suppliers import Judged, current_policy, gather_facts, judge_facts
from app.services.ladder import Ladder, ladder_of
from app.storage.register import Register

_INVOICED = frozenset({AmountSource.INVOICED, AmountSource.INVOICED_LAST_YEAR})


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneCard:
    """One supplier at a glance; None where there is nothing.

    `rule` is the one that decided, `figure` the newest figure behind the amount of the verdict, `letter` the newest
    that was not withdrawn, `call` the last conversation.
    """

    supplier: Supplier
    judged: Judged
    ladder: Ladder
    rule: Rule | None
    figure: YearAmount | None
    contact: Contact | None
    letter: Letter | None
    call: CallNote | None


def phone_card(register: Register, supplier_id: str, *, on: date) -> PhoneCard:
    """Return the card of one supplier as judged on a day; raises `NotFoundError`."""
    policy = current_policy(register)
    supplier = register.suppliers.get(supplier_id)
    facts = gather_facts(register, supplier_id)
    judged = judge_facts(facts, policy=policy, on=on)
    contacts = register.contacts.list_where("supplier_id", supplier_id)
    letters = [item for item in register.letters.list_where("supplier_id", supplier_id) if not item.withdrawn_at]
    calls = register.call_notes.list_where("supplier_id", supplier_id)
    return PhoneCard(
        supplier=supplier,
        judged=judged,
        ladder=ladder_of(facts, policy=policy, on=on),
        rule=_rule(judged.verdict, policy),
        figure=_figure(judged.verdict, facts.amounts),
        contact=max(contacts, key=lambda contact: contact.is_primary, default=None),
        letter=max(letters, key=lambda letter: (letter.written_on, letter.kenmerk), default=None),
        call=max(calls, key=lambda call: call.started_at, default=None),
    )


def _rule(verdict: Verdict, policy: Policy) -> Rule | None:
    return next((rule for rule in policy.rules if rule.code == verdict.rule_code), None)


def _figure(verdict: Verdict, amounts: tuple[YearAmount, ...]) -> YearAmount | None:
    kind = AmountKind.INVOICED if verdict.amount_source in _INVOICED else AmountKind.AGREED
    found = [item for item in amounts if item.year == verdict.amount_year and item.kind is kind]
    return max(found, key=lambda item: (item.as_of or date.min, item.id), default=None)
