"""Reading the change log: who did what, when, and what can be taken back."""

from typing import Any

from app.base.errors import NotFoundError
from app.domain.journal import Change, Operation
from app.storage.driver import Database
from app.storage.mapping import decode_time

_SELECT = "SELECT number, kind, label, by, at, device, is_undoable, undoes, undone_by FROM operation"

_OF_SUPPLIER = """
  SELECT id FROM supplier WHERE id = :id OR merged_into = :id
  UNION SELECT id FROM member WHERE combination_id = :id
  UNION SELECT id FROM contact WHERE supplier_id = :id
  UNION SELECT id FROM contract WHERE supplier_id = :id
  UNION SELECT id FROM year_amount WHERE supplier_id = :id
  UNION SELECT id FROM certificate WHERE supplier_id = :id
  UNION SELECT e.id FROM certificate_entity e JOIN certificate c ON c.id = e.certificate_id WHERE c.supplier_id = :id
  UNION SELECT v.id FROM verification v JOIN certificate c ON c.id = v.certificate_id WHERE c.supplier_id = :id
  UNION SELECT id FROM exemption WHERE supplier_id = :id
  UNION SELECT id FROM postponement WHERE supplier_id = :id
  UNION SELECT id FROM promise WHERE supplier_id = :id
  UNION SELECT id FROM follow_up WHERE supplier_id = :id
  UNION SELECT id FROM call_note WHERE supplier_id = :id
  UNION SELECT id FROM set_aside WHERE supplier_id = :id
  UNION SELECT id FROM not_the_same WHERE supplier_id = :id OR other_id = :id
  UNION SELECT l.id FROM letter l JOIN supplier s ON s.id = l.supplier_id WHERE s.id = :id OR s.merged_into = :id
  UNION SELECT r.id FROM letter_reply r JOIN letter l ON l.id = r.letter_id JOIN supplier s ON s.id = l.supplier_id
    WHERE s.id = :id OR s.merged_into = :id
"""


class History:
    """The operations of a register, newest first."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        self._db = db

    def last(self) -> Operation | None:
        """Return the newest operation that still stands, is no undo and was somebody's own doing, or None.

        What the program puts into a register by itself (`init`) is no step of undo.
        """
        return self._newest("undoes IS NULL AND undone_by IS NULL AND kind <> 'init'")

    def last_undo(self) -> Operation | None:
        """Return the undo that redo would take back, or None once something else was done."""
        return self._newest(
            "undone_by IS NULL AND number > (SELECT max(number) FROM operation WHERE undoes IS NULL) "
            "AND undoes IN (SELECT number FROM operation WHERE undoes IS NULL)"
        )

    def list_operations(self, limit: int = 100) -> tuple[Operation, ...]:
        """Return the newest operations, undos included."""
        rows = self._db.execute(f"{_SELECT} ORDER BY number DESC LIMIT ?", [limit])
        return tuple(_operation(row) for row in rows)

    def find_adding(self, record_id: str) -> Operation | None:
        """Return the operation that added a record, None once it was taken back."""
        return self._newest(
            "undone_by IS NULL AND undoes IS NULL AND number IN "
            "(SELECT operation FROM change WHERE record_id = ? AND field IS NULL AND old IS NULL)",
            record_id,
        )

    def list_adding(self, table: str) -> dict[str, Operation]:
        """Return by key the operation that first added each record of a table, taken back or not."""
        rows = self._db.execute(
            "SELECT record_id, min(operation) FROM change "
            f"WHERE record_id IN (SELECT id FROM {table}) AND field IS NULL AND old IS NULL GROUP BY record_id"
        ).fetchall()
        known = {number: self.get(number) for number in {number for _record_id, number in rows}}
        return {record_id: known[number] for record_id, number in rows}

    def list_added(self, operation: int, table: str) -> tuple[str, ...]:
        """Return the keys of what an operation added to a table."""
        rows = self._db.execute(
            "SELECT record_id FROM change WHERE operation = ? AND table_name = ? AND field IS NULL AND old IS NULL",
            [operation, table],
        )
        return tuple(record_id for (record_id,) in rows)

    def list_for_supplier(self, supplier_id: str) -> tuple[tuple[Operation, tuple[Change, ...]], ...]:
        """Return what changed about a supplier and everything recorded under it, per operation, newest first.

        What was recorded of suppliers that were merged into it is among it.
        """
        rows = self._db.execute(
            "SELECT seq, operation, table_name, record_id, field, old, new FROM change "
            f"WHERE record_id IN ({_OF_SUPPLIER}) ORDER BY operation DESC, seq",
            {"id": supplier_id},
        )
        grouped: dict[int, list[Change]] = {}
        for seq, number, table, record_id, field, old, new in rows:
            grouped.setdefault(number, []).append(
                Change(seq=seq, operation_id=number, table=table, record_id=record_id, field=field, old=old, new=new)
            )
        return tuple((self.get(number), tuple(found)) for number, found in grouped.items())

    def get(self, number: int) -> Operation:
        """Return one operation; raises `NotFoundError`."""
        row = self._db.execute(f"{_SELECT} WHERE number = ?", [number]).fetchone()
        if row is None:
            raise NotFoundError(f"Handeling {number} staat niet in de geschiedenis.")
        return _operation(row)

    def _newest(self, condition: str, *values: str) -> Operation | None:
        row = self._db.execute(f"{_SELECT} WHERE {condition} ORDER BY number DESC LIMIT 1", list(values)).fetchone()
        return _operation(row) if row else None


def _operation(row: tuple[Any, ...]) -> Operation:
    number, kind, label, by, at, device, is_undoable, undoes, undone_by = row
    return Operation(
        id=number,
        kind=kind,
        label=label,
        by=by,
        at=decode_time(at),
        device=device,
        is_undoable=bool(is_undoable),
        undoes=undoes,
        undone_by=undone_by,
    )
