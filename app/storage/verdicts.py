"""The judgement of all suppliers at once, set-based.

The same rules as `app.policy.evaluate`, which is the truth and explains them; this one is fast. A property test
(`tests/storage/test_verdicts.py`) holds every field of every verdict against it. Source of the rules: the policy in
`data/policy`, and domain.md §1.6, §3.4 and §10 for what the policy leaves open.

`verdict_sql` gathers what counts per supplier; here its rows become verdicts.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from app.domain.certificate import CertificateStatus, Level
from app.domain.policy import PolicySettings
from app.domain.verdict import GRACE_GROUND, AmountSource, Policy, Reason, Status, Verdict
from app.storage.driver import Database
from app.storage.verdict_sql import statement

_AMOUNT_SOURCES = tuple(AmountSource)

_REASONS = {
    None: Reason.NO_CERTIFICATE,
    1: Reason.LEVEL_TOO_LOW,
    2: Reason.NOT_COVERED,
    3: Reason.WITHDRAWN,
    4: Reason.EXPIRED,
}


class VerdictQuery:
    """Judges every supplier that has not ended."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        self._db = db

    def judge_all(self, *, policy: Policy, on: date) -> Iterator[Verdict]:
        """Yield the verdict of each supplier on a day, in no particular order."""
        settings = policy.settings
        values = {
            "on": on.isoformat(),
            "year": on.year,
            "first_day": f"{on.year}-01-01",
            "last_day": f"{on.year}-12-31",
            "all_members": settings.members == "all",
            "unverified_counts": settings.unverified_counts,
        }
        demands = policy.demands_on(on)
        for index, rule in enumerate(demands):
            values[f"code{index}"] = rule.code
            values[f"threshold{index}"] = rule.threshold_cents
        for row in self._db.execute(statement(policy, on), values):
            yield _verdict(_Row(*row), settings=settings, on=on)


class _Row(NamedTuple):
    """What the statement gives for one supplier, in its order; days as ISO text."""

    supplier_id: str
    name: str
    kvk: str
    cents: int | None
    source: int | None
    year: int | None
    lowest: int | None
    required: int | None
    code: str | None
    threshold: int | None
    exempt_to: str | None
    exempt_ground: str
    postponed_to: str | None
    postponed_ground: str
    held_id: str | None
    held_rank: int | None
    held_to: str | None
    held_verified: int | None
    ends_on: str | None
    failing_member: str | None
    cause: int | None
    cause_id: str | None
    cause_to: str | None
    cause_last: str | None
    cause_verified: int | None
    cause_status: str | None
    cause_status_on: str | None
    met_until_expiry: int | None
    reported: int | None


def _verdict(row: _Row, *, settings: PolicySettings, on: date) -> Verdict:
    """Turn one row into a verdict: the order of judgement."""
    values: dict[str, Any] = {
        "held": _level(row.held_rank),
        "certificate_id": row.held_id,
        "valid_to": _day(row.held_to),
        "is_unverified": row.held_id is not None and not row.held_verified,
    }
    if row.exempt_to is not None:
        values |= {"status": Status.EXEMPT, "until": _day(row.exempt_to), "ground": row.exempt_ground}
    elif row.required is None:
        values |= {"status": Status.BELOW_THRESHOLD, "threshold_cents": row.lowest}
    elif row.ends_on is None and row.cents is None and row.threshold is not None:
        values |= {"status": Status.UNKNOWN, "threshold_cents": row.threshold}
    else:
        values |= {"rule_code": row.code, "required": _level(row.required), "threshold_cents": row.threshold}
        values |= _failing(row, settings, on) if row.ends_on is None else _met(row.ends_on, settings, on)
    return Verdict(
        supplier_id=row.supplier_id,
        name=row.name,
        kvk=row.kvk,
        on=on,
        amount_cents=row.cents,
        amount_year=row.year,
        amount_source=None if row.source is None else _AMOUNT_SOURCES[row.source],
        reported=_level(row.reported),
        **values,
    )


def _met(ends_on: str, settings: PolicySettings, on: date) -> dict[str, Any]:
    last_day = date.fromisoformat(ends_on)
    is_near = (last_day - on).days <= settings.expiring_days
    return {"status": Status.EXPIRING if is_near else Status.COMPLIANT, "valid_to": last_day}


def _failing(row: _Row, settings: PolicySettings, on: date) -> dict[str, Any]:
    values: dict[str, Any] = {"status": Status.NON_COMPLIANT, "reason": _REASONS[row.cause]}
    if row.failing_member is not None:
        values |= {"reason": Reason.MEMBER_FAILS, "failing_member": row.failing_member}
    elif row.cause is not None:
        values |= {
            "certificate_id": row.cause_id,
            "valid_to": _day(row.cause_last if values["reason"] is Reason.LEVEL_TOO_LOW else row.cause_to),
            "is_unverified": not row.cause_verified,
        }
    if values["reason"] is Reason.WITHDRAWN and row.cause_status is not None:
        values |= {"decision": CertificateStatus(row.cause_status), "decided_on": _day(row.cause_status_on)}
    if row.postponed_to is not None:
        values |= {"status": Status.POSTPONED, "until": _day(row.postponed_to), "ground": row.postponed_ground}
    elif row.met_until_expiry and row.failing_member is None:
        values |= _grace(values["valid_to"], settings, on)
    return values


def _grace(expired_on: date, settings: PolicySettings, on: date) -> dict[str, Any]:
    if (on - expired_on).days > settings.grace_days:
        return {}
    last = min(expired_on.toordinal() + settings.grace_days, date.max.toordinal())
    return {"status": Status.POSTPONED, "until": date.fromordinal(last), "ground": GRACE_GROUND}


def _level(rank: int | None) -> Level | None:
    return None if rank is None else Level.of_rank(rank)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
