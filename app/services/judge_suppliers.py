"""Who meets the policy on a day, and why (not)."""

from dataclasses import dataclass
from datetime import date

from app.domain.policy import PolicySettings
from app.domain.supplier import SupplierKind
from app.domain.verdict import MemberFacts, Policy, SupplierFacts, Verdict
from app.policy.evaluate import judge
from app.policy.explain import advise, explain, what_is_needed
from app.policy.rulebook import with_settings
from app.storage.register import Register


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with its Dutch explanation, one to three sentences.

    Of one supplier alone also what would mend or keep it ("" when nothing would), and what the policy expects beside.
    """

    verdict: Verdict
    explanation: str
    needed: str = ""
    advice: tuple[str, ...] = ()


def current_policy(register: Register) -> Policy:
    """Return the register's rules with its answers to the open questions."""
    return with_settings(register.rules.list_all("code"), register.settings(PolicySettings))


def judge_suppliers(register: Register, *, on: date) -> tuple[Judged, ...]:
    """Judge every supplier that has not ended, by name."""
    policy = current_policy(register)
    verdicts = sorted(
        register.verdicts.judge_all(policy=policy, on=on), key=lambda v: (v.name.casefold(), v.supplier_id)
    )
    return tuple(Judged(verdict, explain(verdict, policy=policy)) for verdict in verdicts)


def judge_supplier(register: Register, supplier_id: str, *, on: date, policy: Policy | None = None) -> Judged:
    """Judge one supplier; raises `NotFoundError`."""
    policy = policy or current_policy(register)
    return judge_facts(gather_facts(register, supplier_id), policy=policy, on=on)


def judge_facts(facts: SupplierFacts, *, policy: Policy, on: date) -> Judged:
    """Judge one supplier by what was gathered of it."""
    verdict = judge(facts, policy=policy, on=on)
    advice = advise(verdict, is_key_partner=facts.is_key_partner, policy=policy)
    needed = what_is_needed(verdict, settings=policy.settings)
    return Judged(verdict, explain(verdict, policy=policy), needed, advice)


def gather_facts(register: Register, supplier_id: str) -> SupplierFacts:
    """Return everything that a verdict of one supplier may rest on; raises `NotFoundError`."""
    supplier = register.suppliers.get(supplier_id)
    members: tuple[MemberFacts, ...] = ()
    if supplier.kind is SupplierKind.COMBINATION:
        members = tuple(
            MemberFacts(
                supplier_id=firm.id,
                name=firm.name,
                kvk=firm.kvk,
                is_lead=member.is_lead,
                certificates=register.certificates.list_for(firm.id, firm.kvk),
            )
            for member in register.members.list_where("combination_id", supplier.id)
            for firm in [register.suppliers.get(member.member_id)]
        )
    return SupplierFacts(
        supplier_id=supplier.id,
        name=supplier.name,
        kvk=supplier.kvk,
        kind=supplier.kind,
        is_key_partner=supplier.is_key_partner,
        contracts=register.contracts.list_where("supplier_id", supplier.id),
        amounts=register.amounts.list_where("supplier_id", supplier.id),
        certificates=register.certificates.list_for(supplier.id, supplier.kvk),
        exemptions=register.exemptions.list_where("supplier_id", supplier.id),
        postponements=register.postponements.list_where("supplier_id", supplier.id),
        members=members,
    )
