"""What the table of all suppliers shows beside the verdict, in one query: for everyone, or for one supplier."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.storage.driver import Database

# A day of ten characters and then lines, so that one look in the index brings all parts. Only the last part may have
# lines of its own.
_SELECT = """
SELECT s.id, s.own_number, s.category, s.is_key_partner, s.trade_names, s.phone, s.phones,
  CASE s.visiting_city WHEN '' THEN s.postal_city ELSE s.visiting_city END,
  CASE s.visiting_postcode WHEN '' THEN s.postal_postcode ELSE s.visiting_postcode END,
  s.postal_street <> '' AND s.postal_city <> '' OR s.visiting_street <> '' AND s.visiting_city <> '',
  (SELECT due_on || id || char(10) || by || char(10) || what FROM promise
    WHERE supplier_id = s.id AND settled_at IS NULL AND archived_at IS NULL ORDER BY due_on DESC, id DESC LIMIT 1)
FROM supplier s WHERE s.archived_at IS NULL
"""
# Few suppliers have any, so that they are read in one go.
_TASKS = """
SELECT supplier_id, due_on || id || char(10) || by || char(10) || what FROM follow_up
WHERE done_at IS NULL AND archived_at IS NULL
"""
_DAY = len("2026-11-23")


class Due(NamedTuple):
    """Something that comes due on a day, and who noted it."""

    on: date
    id: str
    by: str
    what: str


class ListedSupplier(NamedTuple):
    """One supplier in the list.

    `city` and `postcode` are the visiting ones where there are any. `tasks` are the follow-ups that are not done,
    the first one due in front, `promise` the last that was not settled.
    """

    supplier_id: str
    own_number: str
    category: str
    is_key_partner: bool
    trade_names: tuple[str, ...]
    phones: tuple[str, ...]
    city: str
    postcode: str
    has_letter_address: bool
    tasks: tuple[Due, ...]
    promise: Due | None


class SupplierListQuery:
    """Reads the suppliers that have not ended."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        self._db = db

    def list_all(self) -> Iterator[ListedSupplier]:
        """Yield every supplier, in no particular order."""
        tasks: dict[str, list[Due]] = {}
        for supplier_id, stored in self._db.execute(f"{_TASKS} ORDER BY due_on, id"):
            tasks.setdefault(supplier_id, []).append(_due(stored))
        return (_listed(row, tasks.get(row[0], ())) for row in self._db.execute(_SELECT))

    def find(self, supplier_id: str) -> ListedSupplier | None:
        """Return one supplier, None when it has ended or does not exist."""
        row = self._db.execute(f"{_SELECT} AND s.id = ?", [supplier_id]).fetchone()
        if row is None:
            return None
        tasks = self._db.execute(f"{_TASKS} AND supplier_id = ? ORDER BY due_on, id", [supplier_id])
        return _listed(row, [_due(stored) for _, stored in tasks])


def _listed(row: Any, tasks: Sequence[Due]) -> ListedSupplier:
    key, own_number, category, is_key_partner, trade, phone, phones, city, postcode, has_address, promise = row
    return ListedSupplier(
        supplier_id=key,
        own_number=own_number,
        category=category,
        is_key_partner=bool(is_key_partner),
        trade_names=_texts(trade),
        phones=(phone, *_texts(phones)) if phone else _texts(phones),
        city=city,
        postcode=postcode,
        has_letter_address=bool(has_address),
        tasks=tuple(tasks),
        promise=_due(promise) if promise else None,
    )


def _texts(stored: str) -> tuple[str, ...]:
    return () if stored == "[]" else tuple(json.loads(stored))


def _due(stored: str) -> Due:
    record_id, by, what = stored[_DAY:].split("\n", 2)
    return Due(date.fromisoformat(stored[:_DAY]), record_id, by, what)
