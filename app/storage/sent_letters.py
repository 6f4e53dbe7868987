"""The letters that suppliers had, with what they answered: what the next letter, the work list and the phone go by.

A letter stays with the supplier that it was written to. Where that was merged, it counts for the one it turned out to
be.
"""

from datetime import date
from typing import Any

from app.domain.letter import LetterKind, ReplyKind, SentLetter
from app.storage.driver import Database
from app.storage.letters import OF_SUPPLIER

_ADDRESS = ("street", "house_number", "postcode", "city", "country")
_SAME_ADDRESS = " AND ".join(
    f"ifnull(json_extract(l.facts, '$.address.{part}'), '') = CASE WHEN s.postal_street <> '' AND s.postal_city <> '' "
    f"THEN s.postal_{part} ELSE s.visiting_{part} END"
    for part in _ADDRESS
)
# A certificate that came is dealt with when one of the supplier is recorded after the answer.
_SETTLED = """r.settled_at IS NOT NULL OR r.kind IS 'certificate' AND EXISTS (
    SELECT 1 FROM certificate x JOIN change c ON c.record_id = x.id
    WHERE x.supplier_id = s.id AND c.table_name = 'certificate' AND c.field IS NULL
      AND c.operation > (SELECT min(operation) FROM change WHERE record_id = r.id))"""
_SELECT = f"""
SELECT s.id, l.id, l.kind, l.kenmerk, l.written_on, l.reply_by, l.certified_by, l.posted_at IS NOT NULL,
  l.about, r.kind, r.received_on, r.reference, {_SETTLED}, r.kind IS 'undeliverable' AND {_SAME_ADDRESS},
  EXISTS (SELECT 1 FROM contract c WHERE c.supplier_id = s.id AND c.pso_basis = 'contracteis'
    AND c.archived_at IS NULL AND c.number || c.title <> ''
    AND ifnull(c.starts_on, '') <= :on AND ifnull(c.ends_on, '9999') >= :on)
FROM letter l JOIN supplier w ON w.id = l.supplier_id JOIN supplier s ON s.id = ifnull(w.merged_into, w.id)
LEFT JOIN letter_reply r ON r.id = (SELECT id FROM letter_reply WHERE letter_id = l.id AND archived_at IS NULL
  ORDER BY received_on DESC, rowid DESC LIMIT 1)
WHERE l.withdrawn_at IS NULL
"""


class SentLetterQuery:
    """Reads them, the newest first."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        self._db = db

    def by_supplier(self, *, on: date) -> dict[str, tuple[SentLetter, ...]]:
        """Return of each supplier that had any its letters, as things stand on a day."""
        found: dict[str, list[SentLetter]] = {}
        rows = self._db.execute(f"{_SELECT} ORDER BY l.written_on DESC, l.rowid DESC", {"on": on.isoformat()})
        for supplier_id, *row in rows:
            found.setdefault(supplier_id, []).append(_sent(row))
        return {supplier_id: tuple(letters) for supplier_id, letters in found.items()}

    def list_of(self, supplier_id: str, *, on: date) -> tuple[SentLetter, ...]:
        """Return the letters of one supplier, also of those that were merged into it."""
        statement = f"{_SELECT} AND {OF_SUPPLIER} ORDER BY l.written_on DESC, l.rowid DESC"
        rows = self._db.execute(statement, {"on": on.isoformat(), "id": supplier_id})
        return tuple(_sent(row[1:]) for row in rows)


def _sent(row: Any) -> SentLetter:
    key, kind, kenmerk, written_on, reply_by, certified_by, is_posted, about, reply, replied_on, reference, *rest = row
    is_settled, came_back, has_contract = rest
    return SentLetter(
        id=key,
        kind=LetterKind(kind),
        kenmerk=kenmerk,
        written_on=date.fromisoformat(written_on),
        reply_by=date.fromisoformat(reply_by),
        certified_by=date.fromisoformat(certified_by),
        is_posted=bool(is_posted),
        about=about,
        reply=ReplyKind(reply) if reply else None,
        replied_on=date.fromisoformat(replied_on) if replied_on else None,
        reference=reference or "",
        is_settled=bool(is_settled),
        came_back=bool(came_back),
        has_contract=bool(has_contract),
    )
