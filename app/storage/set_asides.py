"""What was set aside on the work list, as long as it stands."""

from collections.abc import Iterator
from datetime import date

from app.domain.journal import SetAside
from app.storage.driver import Database
from app.storage.mapping import RowShape
from app.storage.repository import Repository

# SEEN holds as long as its cause stays the same: no field of that record was changed since, undone changes left aside.
# A letter is kept as it was made; that it was posted changes nothing about the answer that is awaited. That suppliers
# were merged says nothing about their records.
_STANDING = """
WHERE archived_at IS NULL AND until_on >= ? AND (how <> 'seen' OR cause GLOB 'letter:*' OR NOT EXISTS (
  SELECT 1 FROM change c JOIN operation o ON o.number = c.operation
  WHERE c.record_id = substr(cause, instr(cause, ':') + 1) AND c.field IS NOT NULL AND c.field <> 'supplier_id'
    AND o.undoes IS NULL AND o.undone_by IS NULL
    AND c.operation > (SELECT min(operation) FROM change WHERE record_id = set_aside.id)))
"""


class SetAsideRepository(Repository[SetAside]):
    """Each names its cause as `table:id`, with what about it behind a point: `certificate.expired:id`."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        super().__init__(db, RowShape(SetAside, "set_aside"), title="opvolging")

    def list_standing(self, on: date, *, supplier_id: str = "") -> Iterator[SetAside]:
        """Yield what keeps something off the list on a day: of everyone, or of one supplier; the longest last."""
        condition, values = _STANDING, [on.isoformat()]
        if supplier_id:
            condition, values = f"{condition} AND supplier_id = ?", [*values, supplier_id]
        return self._records(f"{condition} ORDER BY until_on, id", values)
