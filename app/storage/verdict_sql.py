"""The one statement that gathers, for every supplier at once, what its verdict rests on.

How it goes: what was ordered (`agreed`, `invoiced`), which certificate counts for whom (`cover`, `held`), which demand
decides (`asked`), until when cover goes on without a gap (`cover_end`), and why not (`failure`). Only words of this
file and whole numbers are put into the text; everything else is a parameter. Source of the rules: architecture of the
judgement in `app.policy.evaluate`, which is the truth.
"""

from datetime import date

from app.domain.certificate import Level
from app.domain.verdict import Policy

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
  SELECT c.id, c.supplier_id AS holder_id, {rank} AS rank, c.valid_from, c.valid_to, c.status, c.status_on,
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
  u.status, u.status_on, u.cause = 4 AND u.is_covering AND u.last_day = u.valid_to AND u.rank >= a.required, r.rank
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


def statement(policy: Policy, on: date) -> str:
    """Return the statement for the demands of a day and the answers to the open questions.

    Its columns are those of `verdicts._Row`, its parameters those of `VerdictQuery.judge_all`.
    """
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
