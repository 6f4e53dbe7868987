"""The verdict of one supplier on one day: a pure function of the policy and the facts.

This is the truth; the set-based judge in `app.storage` must say the same in every field. The order of judgement: an
exemption, then no demand, then the demand that the amount brings, then certificates, then a postponement.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from app.domain.certificate import Certificate, Level
from app.domain.policy import Exemption, PolicySettings, Postponement, Rule
from app.domain.supplier import SupplierKind
from app.domain.verdict import GRACE_GROUND, Policy, Reason, Status, SupplierFacts, Verdict
from app.policy.amounts import amount_of_year
from app.policy.certificates import Counted, Holder, Shortfall, holder

G = TypeVar("G", Exemption, Postponement)


def judge(facts: SupplierFacts, *, policy: Policy, on: date) -> Verdict:
    """Return what the policy says of this supplier on that day, on what is recorded now.

    Rules, certificates, exemptions and postponements count by their own dates, so any day can be asked: 1 January
    2021, today, next New Year's Day. Expectations play no part.
    """
    party = _party(facts, policy.settings)
    verdict = _known(facts, party, policy=policy, on=on)
    exemption = _last(facts.exemptions, on)
    if exemption is not None:
        return replace(verdict, status=Status.EXEMPT, until=exemption.to_on, ground=exemption.reason)
    demands = [rule for rule in policy.demands_on(on) if facts.is_key_partner or not rule.key_partners_only]
    if not demands:
        return verdict
    rule = _deciding(demands, verdict.amount_cents, policy.settings)
    if rule is None:
        lowest = min(rule.threshold_cents for rule in demands if rule.threshold_cents is not None)
        return replace(verdict, threshold_cents=lowest)
    met = _if_met(verdict, rule, party, policy.settings)
    if met is not None:
        return met
    if rule.threshold_cents is not None and verdict.amount_cents is None:
        return replace(verdict, status=Status.UNKNOWN, threshold_cents=rule.threshold_cents)
    return _not_met(verdict, rule, party, facts=facts, settings=policy.settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Party:
    """The supplier itself and, of a combination, the members that must comply; empty for every other supplier."""

    own: Holder
    members: tuple[Holder, ...]

    def held_on(self, on: date) -> Counted | None:
        """The certificate that says which level the supplier has: its own, or that of its weakest member if higher."""
        own = self.own.held_on(on)
        of_members = [member.held_on(on) for member in self.members]
        found = [held for held in of_members if held is not None]
        if not found or len(found) < len(of_members):
            return own
        weakest = min(found, key=lambda held: (held.rank, held.last_day, held.certificate.id))
        return own if own is not None and own.rank >= weakest.rank else weakest

    def covered_until(self, on: date, *, required: Level) -> date | None:
        """The last day of sufficient cover, by its own certificates or else by those of every member."""
        own = self.own.covered_until(on, required=required)
        if own is not None or not self.members:
            return own
        ends = [member.covered_until(on, required=required) for member in self.members]
        found = [end for end in ends if end is not None]
        return min(found) if len(found) == len(ends) else None

    def failing_member(self, on: date, *, required: Level) -> str:
        """The name of the first member, by name, that has not what is asked."""
        return min(m.name for m in self.members if m.covered_until(on, required=required) is None)


def _party(facts: SupplierFacts, settings: PolicySettings) -> _Party:
    # Members mean something in a combination only; without a marked lead nobody can be left out (question 8).
    members = facts.members if facts.kind is SupplierKind.COMBINATION else ()
    if settings.members == "lead":
        members = tuple(member for member in members if member.is_lead) or members
    return _Party(
        own=holder(facts.supplier_id, facts.name, facts.kvk, certificates=facts.certificates, settings=settings),
        members=tuple(
            holder(m.supplier_id, m.name, m.kvk, certificates=m.certificates, settings=settings) for m in members
        ),
    )


def _known(facts: SupplierFacts, party: _Party, *, policy: Policy, on: date) -> Verdict:
    """What is known whatever the policy asks; as it stands, the verdict that nothing is asked."""
    amount = amount_of_year(facts, year=on.year, settings=policy.settings)
    held = party.held_on(on)
    verdict = Verdict(
        supplier_id=facts.supplier_id,
        name=facts.name,
        kvk=facts.kvk,
        on=on,
        status=Status.BELOW_THRESHOLD,
        held=None if held is None else held.certificate.level,
        amount_cents=None if amount is None else amount.cents,
        amount_year=None if amount is None else amount.year,
        amount_source=None if amount is None else amount.source,
        reported=max(
            (c.level for c in facts.certificates if c.is_reported and c.supplier_id == facts.supplier_id),
            key=lambda level: level.rank,
            default=None,
        ),
    )
    return verdict if held is None else _resting_on(verdict, held.certificate, held.last_day)


def _deciding(demands: list[Rule], amount_cents: int | None, settings: PolicySettings) -> Rule | None:
    """The strictest demand that the amount brings; while the amount is not known, the strictest of all."""
    if amount_cents is None:
        return demands[0]
    return next((rule for rule in demands if _applies(rule, amount_cents, settings)), None)


def _applies(rule: Rule, amount_cents: int, settings: PolicySettings) -> bool:
    """Whether the amount is one of which the rule asks something: "minimaal 150.000 euro", question 6."""
    if rule.threshold_cents is None:
        return True
    if settings.threshold_is_inclusive:
        return amount_cents >= rule.threshold_cents
    return amount_cents > rule.threshold_cents


def _if_met(verdict: Verdict, rule: Rule, party: _Party, settings: PolicySettings) -> Verdict | None:
    ends_on = party.covered_until(verdict.on, required=rule.level)
    if ends_on is None:
        return None
    is_ending = (ends_on - verdict.on).days <= settings.expiring_days
    status = Status.EXPIRING if is_ending else Status.COMPLIANT
    return replace(_under(verdict, rule), status=status, valid_to=ends_on)


def _not_met(verdict: Verdict, rule: Rule, party: _Party, *, facts: SupplierFacts, settings: PolicySettings) -> Verdict:
    failed = replace(_under(verdict, rule), status=Status.NON_COMPLIANT)
    if party.members:
        member = party.failing_member(verdict.on, required=rule.level)
        failed = replace(failed, reason=Reason.MEMBER_FAILS, failing_member=member)
    else:
        shortfall = party.own.shortfall(verdict.on)
        failed = _falling_short(failed, shortfall)
    postponement = _last(facts.postponements, verdict.on)
    if postponement is not None:
        return replace(failed, status=Status.POSTPONED, until=postponement.to_on, ground=postponement.reason)
    if not party.members and party.own.met_until_expiry(shortfall, required=rule.level):
        return _with_grace(failed, settings)
    return failed


def _with_grace(failed: Verdict, settings: PolicySettings) -> Verdict:
    """Give time of itself after a certificate that was enough has expired, if the team chose so (question 9)."""
    if failed.valid_to is None or (failed.on - failed.valid_to).days > settings.grace_days:
        return failed
    last = min(failed.valid_to.toordinal() + settings.grace_days, date.max.toordinal())
    return replace(failed, status=Status.POSTPONED, until=date.fromordinal(last), ground=GRACE_GROUND)


def _under(verdict: Verdict, rule: Rule) -> Verdict:
    return replace(verdict, rule_code=rule.code, required=rule.level, threshold_cents=rule.threshold_cents)


def _falling_short(verdict: Verdict, shortfall: Shortfall) -> Verdict:
    verdict = replace(verdict, reason=shortfall.reason)
    certificate = shortfall.certificate
    if certificate is None:
        return verdict
    if shortfall.reason is Reason.WITHDRAWN:
        verdict = replace(verdict, decision=certificate.status, decided_on=certificate.status_on)
    return _resting_on(verdict, certificate, shortfall.valid_to)


def _resting_on(verdict: Verdict, certificate: Certificate, valid_to: date | None) -> Verdict:
    return replace(verdict, certificate_id=certificate.id, valid_to=valid_to, is_unverified=not certificate.is_verified)


def _last(given: tuple[G, ...], on: date) -> G | None:
    """The exemption or postponement that holds longest of those on that day; the id makes the choice certain."""
    holding = (one for one in given if one.holds_on(on))
    return min(holding, key=lambda one: (-one.to_on.toordinal(), one.id), default=None)
