"""Notes of calls that are being typed: each write is a transaction of its own, and none is in the history."""

from app.domain.journal import CallDraft
from app.storage.driver import Database
from app.storage.mapping import RowShape

# A column `id` would put the table in the change log.
_KEY = "key"


class CallDrafts:
    """The conversations that are not finished."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        self._db = db
        self._shape = RowShape(CallDraft, "call_draft")
        self._columns = [_KEY if name == "id" else name for name in self._shape.columns]

    def list_all(self) -> tuple[CallDraft, ...]:
        """Return every draft that did not become a call note yet, the newest call first."""
        statement = (
            f"SELECT {', '.join(self._columns)} FROM call_draft WHERE {_KEY} NOT IN (SELECT id FROM call_note) "
            f"ORDER BY started_at DESC, {_KEY}"
        )
        return tuple(map(self._shape.from_row, self._db.execute(statement)))

    def keep(self, draft: CallDraft) -> None:
        """Write a draft as it is now; on disk when this returns, unless a transaction is running."""
        marks = ", ".join("?" for _ in self._columns)
        others = ", ".join(f"{name} = excluded.{name}" for name in self._columns if name != _KEY)
        with self._db.atomic():
            self._db.execute(
                f"INSERT INTO call_draft ({', '.join(self._columns)}) VALUES ({marks}) "
                f"ON CONFLICT ({_KEY}) DO UPDATE SET {others}",
                list(self._shape.to_row(draft)),
            )

    def drop(self, draft_id: str) -> None:
        """Remove a draft, and all that became notes; one that is gone is fine."""
        with self._db.atomic():
            self._db.execute(
                f"DELETE FROM call_draft WHERE {_KEY} = ? OR {_KEY} IN (SELECT id FROM call_note)", [draft_id]
            )
