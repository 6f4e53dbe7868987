"""What holds for any register, policy and day, and that the random registers reach every kind of verdict."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Protocol, TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.domain.supplier import SupplierKind
from app.domain.verdict import GRACE_GROUND, AmountSource, Policy, Reason, Status, SupplierFacts, Verdict
from app.policy.evaluate import judge
from app.policy.explain import explain
from tests.strategies import Case, cases

MEETS = {Status.COMPLIANT, Status.EXPIRING}
FAILS = {Status.NON_COMPLIANT, Status.POSTPONED}

T = TypeVar("T")


class Identified(Protocol):
    @property
    def id(self) -> str: ...


def verdicts(case: Case) -> list[Verdict]:
    return [judge(facts, policy=case.policy, on=case.on) for facts in case.facts()]


def test_random_registers_reach_every_status_reason_source_and_boundary():
    seen: Counter[object] = Counter()

    @settings(
        max_examples=2500, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(cases())
    def look(case: Case) -> None:
        for verdict in verdicts(case):
            seen[verdict.status, verdict.reason] += 1
            seen[verdict.amount_source] += 1
            seen["cents", verdict.headroom_cents] += 1
            seen["told", verdict.reported is not None] += 1
            seen["unverified", verdict.is_unverified] += 1
            if verdict.valid_to and verdict.status in MEETS:
                seen["end", (verdict.valid_to - verdict.on).days - case.policy.settings.expiring_days] += 1
            if verdict.ground == GRACE_GROUND:
                seen["grace"] += 1

    look()
    wanted: list[object] = [(status, None) for status in Status if status not in FAILS]
    wanted += [(status, reason) for status in FAILS for reason in Reason]
    wanted += [None, *AmountSource, ("told", True), ("unverified", True), "grace"]
    wanted += [(kind, more) for kind in ("cents", "end") for more in (-1, 0, 1)]
    assert {what: seen[what] for what in wanted if seen[what] < 3} == {}


def in_another_order(facts: SupplierFacts, order: random.Random) -> SupplierFacts:
    def mixed(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(order.sample(items, len(items)))

    return replace(
        facts,
        contracts=mixed(facts.contracts),
        amounts=mixed(facts.amounts),
        certificates=mixed(facts.certificates),
        exemptions=mixed(facts.exemptions),
        postponements=mixed(facts.postponements),
        members=tuple(replace(m, certificates=mixed(m.certificates)) for m in mixed(facts.members)),
    )


@given(cases(), st.randoms())
def test_the_order_in_which_records_come_does_not_matter(case: Case, order: random.Random):
    policy = replace(case.policy, rules=tuple(order.sample(case.policy.rules, len(case.policy.rules))))
    for facts in case.facts():
        again = judge(in_another_order(facts, order), policy=policy, on=case.on)
        assert again == judge(facts, policy=case.policy, on=case.on)


@given(cases())
def test_expectations_never_change_a_verdict(case: Case):
    demands_only = Policy(
        rules=tuple(rule for rule in case.policy.rules if rule.is_demand), settings=case.policy.settings
    )
    assert verdicts(replace(case, policy=demands_only)) == verdicts(case)


@given(cases())
def test_who_meets_the_rule_meets_it_through_the_last_day_named_and_not_after(case: Case):
    for facts in case.facts():
        verdict = judge(facts, policy=case.policy, on=case.on)
        if verdict.status not in MEETS:
            continue
        assert verdict.valid_to is not None
        # The same rule on later days, whatever the amount and without leave.
        rule = next(rule for rule in case.policy.demands_on(case.on) if rule.code == verdict.rule_code)
        policy = replace(case.policy, rules=(replace(rule, threshold_cents=None, valid_to=None),))
        bare = replace(facts, exemptions=(), postponements=())
        last = judge(bare, policy=policy, on=verdict.valid_to)
        after = judge(bare, policy=policy, on=verdict.valid_to + timedelta(days=1))
        # In a combination the members may take over from its own certificate, and it from them.
        assert last.status in (MEETS if facts.members else {Status.EXPIRING})
        if not facts.members:
            assert after.status in FAILS


@given(cases())
def test_a_verdict_is_consistent_in_itself(case: Case):
    for facts, verdict in zip(case.facts(), verdicts(case), strict=True):
        assert (verdict.reason is not None) == (verdict.status in FAILS)
        assert (verdict.until is not None) == (verdict.status in {Status.EXEMPT, Status.POSTPONED})
        assert (verdict.required is not None) == (verdict.rule_code is not None) == (verdict.status in MEETS | FAILS)
        assert (verdict.certificate_id is not None) == (verdict.valid_to is not None)
        assert (verdict.amount_cents is None) == (verdict.amount_year is None) == (verdict.amount_source is None)
        assert bool(verdict.failing_member) == (verdict.reason is Reason.MEMBER_FAILS)
        if verdict.status in MEETS:
            assert verdict.held is not None
            assert verdict.required is not None
            assert verdict.held.rank >= verdict.required.rank
        if verdict.reason is Reason.MEMBER_FAILS:
            assert facts.kind is SupplierKind.COMBINATION


@given(cases())
def test_every_verdict_can_be_told_in_three_sentences(case: Case):
    for verdict in verdicts(case):
        text = explain(verdict, policy=case.policy)
        assert text[0].isupper()
        assert text.endswith(".")
        assert "None" not in text
        assert "onbekende datum" not in text
        assert "minimaal een certificaat" not in text
        assert text.count("btw") <= 1


@given(cases())
def test_a_register_keeps_to_what_a_database_demands(case: Case):
    register = case.register
    assert all(c.valid_from is None or c.valid_to is None or c.valid_from <= c.valid_to for c in register.certificates)
    assert all(e.from_on <= e.to_on for e in register.exemptions)
    assert all(p.from_on <= p.to_on for p in register.postponements)
    assert all(c.starts_on is None or c.ends_on is None or c.starts_on <= c.ends_on for c in register.contracts)
    assert all(c.total_cents is None or c.total_cents >= 0 for c in register.contracts)
    keys = [(a.supplier_id, a.contract_id, a.year, a.kind) for a in register.amounts]
    assert len(set(keys)) == len(keys)
    owner = {contract.id: contract.supplier_id for contract in register.contracts}
    assert all(a.contract_id is None or owner[a.contract_id] == a.supplier_id for a in register.amounts)
    combinations = {s.id for s in register.suppliers if s.kind is SupplierKind.COMBINATION}
    pairs = [(m.combination_id, m.member_id) for m in register.members]
    assert len(set(pairs)) == len(pairs)
    assert all(whole in combinations and part not in combinations for whole, part in pairs)
    everything: list[Identified] = [
        *register.suppliers, *register.contracts, *register.amounts, *register.certificates, *register.exemptions,
        *register.postponements, *register.members,
    ]  # fmt: skip
    assert len({one.id for one in everything}) == len(everything)
