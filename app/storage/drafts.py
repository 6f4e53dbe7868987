"""What is being typed or chosen: each write is a transaction of its own, and none is in the history."""

from typing import Generic, TypeVar

from app.domain.journal import CallDraft
from app.domain.letter import RoundDraft
from app.storage.driver import Database
from app.storage.mapping import RowShape

R = TypeVar("R")

# A column `id` would put the table in the change log.
_KEY = "key"


class _Drafts(Generic[R]):
    """The drafts of one table; a draft that is kept again replaces what was kept."""

    def __init__(self, db: Database, shape: RowShape[R]) -> None:
        self._db = db
        self._shape = shape
        self._columns = [_KEY if name == "id" else name for name in shape.columns]

    def keep(self, draft: R) -> None:
        """Write a draft as it is now; on disk when this returns, unless a transaction is running."""
        marks = ", ".join("?" for _ in self._columns)
        others = ", ".join(f"{name} = excluded.{name}" for name in self._columns if name != _KEY)
        with self._db.atomic():
            self._db.execute(
                f"INSERT INTO {self._shape.table} ({', '.join(self._columns)}) VALUES ({marks}) "
                f"ON CONFLICT ({_KEY}) DO UPDATE SET {others}",
                list(self._shape.to_row(draft)),
            )

    def _list(self, condition: str) -> tuple[R, ...]:
        statement = f"SELECT {', '.join(self._columns)} FROM {self._shape.table} {condition}"
        return tuple(map(self._shape.from_row, self._db.execute(statement)))


class CallDrafts(_Drafts[CallDraft]):
    """The conversations that are not finished."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        super().__init__(db, RowShape(CallDraft, "call_draft"))

    def list_all(self) -> tuple[CallDraft, ...]:
        """Return every draft that did not become a call note yet, the newest call first."""
        return self._list(f"WHERE {_KEY} NOT IN (SELECT id FROM call_note) ORDER BY started_at DESC, {_KEY}")

    def drop(self, draft_id: str) -> None:
        """Remove a draft, and all that became notes; one that is gone is fine."""
        with self._db.atomic():
            self._db.execute(
                f"DELETE FROM call_draft WHERE {_KEY} = ? OR {_KEY} IN (SELECT id FROM call_note)", [draft_id]
            )


class RoundDrafts(_Drafts[RoundDraft]):
    """The round of letters that is being chosen; a register has one at a time."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        super().__init__(db, RowShape(RoundDraft, "round_draft"))

    def find(self) -> RoundDraft | None:
        """Return what was kept last, None when nothing was."""
        return next(iter(self._list("ORDER BY saved_at DESC, key LIMIT 1")), None)

    def drop(self) -> None:
        """Forget it; when there is none that is fine."""
        with self._db.atomic():
            self._db.execute("DELETE FROM round_draft")
