"""What the policy asked of a supplier through the years, beside the certificates that it held: for a chart."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.certificate import Level
from app.domain.verdict import Policy, Status, SupplierFacts
from app.policy.certificates import Counted, holder
from app.policy.evaluate import judge
from app.services.judge_suppliers import current_policy, gather_facts
from app.storage.register import Register

_YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Step:
    """From `from_on` on the policy asks `level`, until the next step; None: nothing.

    `is_known` False: it depends on an amount that is not known; `level` is then None.
    """

    from_on: date
    level: Level | None
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """A certificate that counts for the supplier, from its first to its last day; `label` is its level and number."""

    from_on: date
    to_on: date
    level: Level
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Required and held from 1 January of `first_year` to 31 December of `last_year`; a bar may stick out."""

    first_year: int
    last_year: int
    required: tuple[Step, ...]
    held: tuple[Bar, ...]


def ladder(register: Register, supplier_id: str, *, on: date) -> Ladder:
    """Return the years from the beginning of the policy, or the first certificate, to two years after a day.

    As the register knows it now; of a combination `held` are its own certificates, not those of its members. Raises
    `NotFoundError`.
    """
    return ladder_of(gather_facts(register, supplier_id), policy=current_policy(register), on=on)


def ladder_of(facts: SupplierFacts, *, policy: Policy, on: date) -> Ladder:
    """Return the ladder of one supplier by what was gathered of it."""
    own = holder(
        facts.supplier_id, facts.name, facts.kvk, certificates=facts.certificates, settings=policy.settings
    ).covering
    held = sorted((c for c in own if c.valid_from <= c.last_day), key=lambda c: (c.valid_from, c.last_day, c.rank))
    first_year = min([on.year, policy.settings.monitored_since, *(c.valid_from.year for c in held)])
    last_year = on.year + _YEARS_AHEAD
    return Ladder(
        first_year=first_year,
        last_year=last_year,
        required=_steps(facts, policy=policy, first_year=first_year, last_year=last_year),
        held=tuple(map(_bar, held)),
    )


def _steps(facts: SupplierFacts, *, policy: Policy, first_year: int, last_year: int) -> tuple[Step, ...]:
    """Judge on every day on which the answer may change: a new year, and where a rule or exemption begins or ends."""
    begins = [rule.valid_from for rule in policy.rules] + [one.from_on for one in facts.exemptions]
    ends = [rule.valid_to for rule in policy.rules if rule.valid_to] + [one.to_on for one in facts.exemptions]
    days = {date(year, 1, 1) for year in range(first_year, last_year + 1)}
    days |= {day for day in begins if first_year <= day.year <= last_year}
    days |= {end + timedelta(days=1) for end in ends if first_year <= end.year <= last_year}
    steps: list[Step] = []
    for day in sorted(days):
        verdict = judge(facts, policy=policy, on=day)
        step = Step(day, verdict.required, is_known=verdict.status is not Status.UNKNOWN)
        if not steps or (step.level, step.is_known) != (steps[-1].level, steps[-1].is_known):
            steps.append(step)
    return tuple(steps)


def _bar(counted: Counted) -> Bar:
    certificate = counted.certificate
    label = " · ".join(filter(None, (certificate.level.label, certificate.number)))
    return Bar(counted.valid_from, counted.last_day, certificate.level, label)
