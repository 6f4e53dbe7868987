"""The judgement of all suppliers at once, set-based.

The same rules as `app.policy.evaluate`, which is the truth and explains them; this one is fast. A property test
(`tests/storage/test_verdicts.py`) holds every field of every verdict against it. Source of the rules: the policy in
`data/policy`, and domain.md §1.6, §3.4 and §10 for what the policy leaves open.

How it goes: what was ordered (`amount`), which certificate counts for whom (`cover`, `held`), which demand decides
(`asked`), until when cover goes on without a gap (`cover_end`), and why not (`failure`).
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from app.domain.certificate import Level
from app.domain.policy import PolicySettings
from app.domain.verdict import GRACE_GROUND, AmountSource, Policy, Reason, Status, Verdict
from app.storage.driver import Database

_AMOUNT_SOURCES = tuple(AmountSource)

_SUPPLIER_LEVEL = """
SELECT supplier_id, cents, 0 AS weakness, year FROM year_amount
WHERE contract_id IS NULL AND kind = 'agreed' AND year = :year AND archived_at IS NULL
"""

_ENTERED = """
SELECT supplier_id, cents, 0, year FROM year_amount
WHERE contract_id IS NOT NULL AND kind = 'agreed' AND year = :year AND archived_at IS NULL
  AND contract_id NOT IN (SELECT id FROM contract WHERE archived_at IS NOT NULL)
"""

_LAST_KNOWN = """
FROM year_amount a WHERE a.supplier_id = running.supplier_id AND ifnull(a.contract_id, '') = running.id
  AND a.kind = 'agreed' AND a.year < :year AND a.archived_at IS NULL ORDER BY a.year DESC LIMIT 1
"""

_ESTIMATED = f"""
SELECT supplier_id,
  CASE WHEN days > 0 THEN (2 * total_cents * days_inside + days) / (2 * days) ELSE known_cents END,
  CASE WHEN days > 0 THEN 1 ELSE 2 END,
  CASE WHEN days > 0 THEN :year ELSE known_year END
FROM (
  SELECT *,
    CASE WHEN days IS NULL THEN (SELECT cents {_LAST_KNOWN}) END AS known_cents,
    CASE WHEN days IS NULL THEN (SELECT year {_LAST_KNOWN}) END AS known_year
  FROM (
    SELECT k.id, k.supplier_id, k.total_cents,
      CASE WHEN k.total_cents IS NOT NULL
        THEN unixepoch(k.ends_on) / 86400 - unixepoch(k.starts_on) / 86400 + 1 END AS days,
      unixepoch(min(k.ends_on, :last_day)) / 86400 - unixepoch(max(k.starts_on, :first_day)) / 86400 + 1 AS days_inside
    FROM contract k
    WHERE k.archived_at IS NULL AND ifnull(k.starts_on, '') <= :last_day AND ifnull(k.ends_on, '9999') >= :first_day
      AND k.supplier_id NOT IN (SELECT supplier_id FROM supplier_level)
      AND k.id NOT IN (SELECT contract_id FROM year_amount
        WHERE kind = 'agreed' AND year = :year AND archived_at IS NULL AND contract_id IS NOT NULL)
  ) running
) WHERE days > 0 OR known_cents IS NOT NULL
"""

_INVOICED = """
SELECT supplier_id, {total}(cents) AS cents FROM year_amount
WHERE kind = 'invoiced' AND year = {year} AND archived_at IS NULL GROUP BY supplier_id
"""

_AGREED_TOGETHER = """
SELECT supplier_id, sum(cents) AS cents, max(weakness) AS weakness,
  CASE max(weakness) WHEN 2 THEN min(CASE weakness WHEN 2 THEN year END) ELSE :year END AS year
FROM agreed_item GROUP BY supplier_id
"""

_AGREED_LARGEST = """
SELECT supplier_id, cents, weakness, year FROM (
  SELECT *, row_number() OVER (PARTITION BY supplier_id ORDER BY cents DESC, weakness, year DESC) AS place
  FROM agreed_item
) WHERE place = 1
"""

_STATEMENT = """
WITH demand (place, code, rank, threshold, key_only) AS ({demands}),
supplier_level AS MATERIALIZED ({supplier_level}),
agreed_item AS MATERIALIZED (
  SELECT * FROM supplier_level UNION ALL {entered} UNION ALL {estimated}
),
agreed AS MATERIALIZED ({agreed}),
invoiced AS MATERIALIZED ({invoiced}),
invoiced_before AS MATERIALIZED ({invoiced_before}),
counted AS MATERIALIZED (
  SELECT c.id, c.supplier_id AS holder_id, {rank} AS rank, c.valid_from, c.valid_to,
    CASE WHEN c.status = 'VALID' THEN c.valid_to
      ELSE min(c.valid_to, date(ifnull(c.status_on, c.valid_from), '-1 day')) END AS last_day,
    EXISTS (SELECT 1 FROM certificate_entity e WHERE e.certificate_id = c.id AND e.archived_at IS NULL) AS has_list,
    EXISTS (SELECT 1 FROM verification v WHERE v.certificate_id = c.id AND v.archived_at IS NULL) AS is_verified
  FROM certificate c
  WHERE c.archived_at IS NULL AND c.valid_from IS NOT NULL AND c.valid_to IS NOT NULL
    AND (:unverified_counts OR is_verified)
),
cover AS MATERIALIZED (
  SELECT s.id AS supplier_id, 1 AS is_covering, c.* FROM counted c
  JOIN certificate_entity e ON e.certificate_id = c.id AND e.archived_at IS NULL JOIN supplier s ON s.kvk = e.kvk
  UNION ALL
  SELECT c.holder_id, NOT c.has_list, c.* FROM counted c JOIN supplier s ON s.id = c.holder_id
  WHERE NOT EXISTS (SELECT 1 FROM certificate_entity e
    WHERE e.certificate_id = c.id AND e.archived_at IS NULL AND e.kvk = s.kvk)
),
held AS MATERIALIZED (
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY supplier_id ORDER BY rank DESC, last_day DESC, valid_from DESC, id) place
    FROM cover WHERE is_covering AND valid_from <= :on AND last_day >= :on
  ) WHERE place = 1
),
considered AS MATERIALIZED (
  SELECT m.combination_id, m.member_id FROM member m JOIN supplier s ON s.id = m.combination_id
  WHERE m.archived_at IS NULL AND s.kind = 'combination' AND (:all_members OR m.is_lead OR NOT EXISTS (
    SELECT 1 FROM member l WHERE l.combination_id = m.combination_id AND l.is_lead AND l.archived_at IS NULL))
),
member_held AS MATERIALIZED (
  SELECT * FROM (
    SELECT c.combination_id AS supplier_id, h.id, h.rank, h.last_day, h.is_verified,
      count(*) OVER whole = count(h.id) OVER whole AS all_hold,
      row_number() OVER (PARTITION BY c.combination_id ORDER BY h.rank, h.last_day, h.id) AS place
    FROM considered c LEFT JOIN held h ON h.supplier_id = c.member_id
    WINDOW whole AS (PARTITION BY c.combination_id)
  ) WHERE place = 1 AND all_hold
),
exempt AS MATERIALIZED ({exempt}),
postponed AS MATERIALIZED ({postponed}),
known AS MATERIALIZED (
  SELECT s.id, s.name, s.kvk, s.kind, s.is_key_partner,
    {amount_cents} AS cents, {amount_source} AS source, {amount_year} AS year,
    (SELECT min(place) FROM demand WHERE NOT key_only OR s.is_key_partner) AS strictest,
    (SELECT min(threshold) FROM demand WHERE NOT key_only OR s.is_key_partner) AS lowest
  FROM supplier s LEFT JOIN agreed g ON g.supplier_id = s.id LEFT JOIN invoiced i ON i.supplier_id = s.id
    LEFT JOIN invoiced_before b ON b.supplier_id = s.id
  WHERE s.archived_at IS NULL
),
asked AS MATERIALIZED (
  SELECT k.*, d.rank AS required, d.code, d.threshold FROM (
    SELECT *, CASE
      WHEN cents IS NULL THEN strictest
      ELSE (SELECT min(place) FROM demand WHERE (NOT key_only OR is_key_partner)
        AND (threshold IS NULL OR cents {reaches} threshold)) END AS decisive
    FROM known
  ) k LEFT JOIN demand d ON d.place = k.decisive
),
sought AS MATERIALIZED (
  SELECT id AS supplier_id, id AS by_id, required FROM asked WHERE required IS NOT NULL
  UNION ALL
  SELECT c.combination_id, c.member_id, a.required FROM considered c JOIN asked a ON a.id = c.combination_id
  WHERE a.required IS NOT NULL
),
cover_end AS MATERIALIZED (
  SELECT supplier_id, by_id, max(last_day) AS ends_on FROM (
    SELECT *, sum(starts_after_gap) OVER (PARTITION BY supplier_id, by_id ORDER BY valid_from, id) AS stretch FROM (
      SELECT s.supplier_id, s.by_id, c.valid_from, c.last_day, c.id,
        ifnull(c.valid_from > date(max(c.last_day) OVER (PARTITION BY s.supplier_id, s.by_id ORDER BY c.valid_from, c.id
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), '+1 day'), 0) AS starts_after_gap
      FROM sought s JOIN cover c ON c.supplier_id = s.by_id
      WHERE c.is_covering AND c.rank >= s.required AND c.last_day >= :on AND c.valid_from <= c.last_day
    )
  ) WHERE stretch = 0 GROUP BY supplier_id, by_id HAVING min(valid_from) <= :on
),
member_end AS MATERIALIZED (
  SELECT s.supplier_id, min(e.ends_on) AS ends_on FROM sought s
  LEFT JOIN cover_end e ON e.supplier_id = s.supplier_id AND e.by_id = s.by_id
  WHERE s.by_id <> s.supplier_id GROUP BY s.supplier_id HAVING count(*) = count(e.ends_on)
),
failing AS MATERIALIZED (
  SELECT * FROM (
    SELECT s.supplier_id, m.name,
      row_number() OVER (PARTITION BY s.supplier_id ORDER BY m.name, m.id) AS place
    FROM sought s JOIN supplier m ON m.id = s.by_id LEFT JOIN held h ON h.supplier_id = s.by_id
    WHERE s.by_id <> s.supplier_id AND ifnull(h.rank, 0) < s.required
  ) WHERE place = 1
),
failure AS MATERIALIZED (
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY supplier_id ORDER BY cause,
      CASE cause WHEN 4 THEN valid_to ELSE rank END DESC,
      CASE cause WHEN 4 THEN rank WHEN 3 THEN valid_to ELSE last_day END DESC, valid_from DESC, id) AS place
    FROM (
      SELECT *, CASE
        WHEN valid_from <= :on AND last_day >= :on THEN CASE WHEN is_covering THEN 1 ELSE 2 END
        WHEN valid_from <= :on AND valid_to >= :on THEN 3
        WHEN valid_to < :on THEN 4 END AS cause
      FROM cover
    ) WHERE cause IS NOT NULL
  ) WHERE place = 1
),
reported AS MATERIALIZED (
  SELECT c.supplier_id, max({rank}) AS rank FROM certificate c
  WHERE c.archived_at IS NULL AND (c.valid_from IS NULL OR c.valid_to IS NULL) GROUP BY c.supplier_id
)
SELECT a.id, a.name, a.kvk, a.cents, a.source, a.year, a.lowest, a.required, a.code, a.threshold,
  x.to_on, x.reason, p.to_on, p.reason,
  CASE WHEN n.rank IS NULL OR h.rank >= n.rank THEN h.id ELSE n.id END,
  CASE WHEN n.rank IS NULL OR h.rank >= n.rank THEN h.rank ELSE n.rank END,
  CASE WHEN n.rank IS NULL OR h.rank >= n.rank THEN h.last_day ELSE n.last_day END,
  CASE WHEN n.rank IS NULL OR h.rank >= n.rank THEN h.is_verified ELSE n.is_verified END,
  coalesce(e.ends_on, m.ends_on), f.name, u.cause, u.id, u.valid_to, u.last_day, u.is_verified,
  u.cause = 4 AND u.is_covering AND u.last_day = u.valid_to AND u.rank >= a.required, r.rank
FROM asked a
LEFT JOIN exempt x ON x.supplier_id = a.id
LEFT JOIN postponed p ON p.supplier_id = a.id
LEFT JOIN held h ON h.supplier_id = a.id
LEFT JOIN member_held n ON n.supplier_id = a.id
LEFT JOIN cover_end e ON e.supplier_id = a.id AND e.by_id = a.id
LEFT JOIN member_end m ON m.supplier_id = a.id
LEFT JOIN failing f ON f.supplier_id = a.id
LEFT JOIN failure u ON u.supplier_id = a.id
LEFT JOIN reported r ON r.supplier_id = a.id
"""

_HOLDING = """
SELECT * FROM (
  SELECT supplier_id, reason, to_on, row_number() OVER (PARTITION BY supplier_id ORDER BY to_on DESC, id) AS place
  FROM {table} WHERE archived_at IS NULL AND from_on <= :on AND to_on >= :on
) WHERE place = 1
"""

_RANK = "CASE c.level " + " ".join(f"WHEN '{level}' THEN {level.rank}" for level in Level) + " END"
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
        for row in self._db.execute(_statement(policy, on), values):
            yield _verdict(_Row(*row), settings=settings, on=on)


def _statement(policy: Policy, on: date) -> str:
    settings = policy.settings
    by_contract = settings.amount_scope == "contract"
    total = "max" if by_contract else "sum"
    order = ("i", "g", "b") if settings.amount_order == "invoiced" else ("g", "i", "b")
    kinds = {"g": "g.weakness", "i": "3", "b": "4"}
    years = {"g": "g.year", "i": ":year", "b": ":year - 1"}
    demands = " UNION ALL ".join(
        f"SELECT {place}, :code{place}, {rule.level.rank}, :threshold{place}, {int(rule.key_partners_only)}"
        for place, rule in enumerate(policy.demands_on(on))
    )

    def first(texts: dict[str, str]) -> str:
        return "CASE " + " ".join(f"WHEN {t}.cents IS NOT NULL THEN {texts[t]}" for t in order) + " END"

    return _STATEMENT.format(
        demands=demands or "SELECT NULL, NULL, NULL, NULL, NULL WHERE 0",
        supplier_level=_SUPPLIER_LEVEL,
        entered=_ENTERED,
        estimated=_ESTIMATED,
        agreed=_AGREED_LARGEST if by_contract else _AGREED_TOGETHER,
        invoiced=_INVOICED.format(total=total, year=":year"),
        invoiced_before=_INVOICED.format(total=total, year=":year - 1"),
        rank=_RANK,
        exempt=_HOLDING.format(table="exemption"),
        postponed=_HOLDING.format(table="postponement"),
        amount_cents=first({t: f"{t}.cents" for t in order}),
        amount_source=first(kinds),
        amount_year=first(years),
        reaches=">=" if settings.threshold_is_inclusive else ">",
    )


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
