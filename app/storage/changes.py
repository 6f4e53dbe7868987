"""The change log: triggers write it in the transaction of the change, history and undo live on it.

Every table with a column `id` is logged: per insert one row with the record as JSON, per update one row per changed
field, per removal one row with the record as JSON. A write outside an operation is refused, because the log's
`operation` may not be NULL.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from app.base.progress import Progress
from app.storage.driver import Database, IntegrityError

References: TypeAlias = dict[str, list[tuple[str, str]]]

_RECORDS_PER_STEP = 200
_CURRENT = "(SELECT number FROM current_operation)"


def logged_tables(db: Database) -> dict[str, tuple[str, ...]]:
    """Return every logged table with its columns."""
    names = [
        row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_fts*'")
    ]
    columns = {name: tuple(row[1] for row in db.execute(f"PRAGMA table_info([{name}])")) for name in names}
    return {
        name: found
        for name, found in sorted(columns.items())
        if "id" in found and not name.startswith(("_", "look_up"))
    }


def install_triggers(db: Database) -> None:
    """Make the log's triggers anew from the schema as it is."""
    old = [
        row[0]
        for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB '*_is_logged*'")
    ]
    for name in old:
        db.execute(f"DROP TRIGGER {name}")
    for table, columns in logged_tables(db).items():
        for statement in _triggers(table, columns):
            db.execute(statement)


def _triggers(table: str, columns: tuple[str, ...]) -> list[str]:
    def record(side: str) -> str:
        return "json_object(" + ", ".join(f"'{column}', {side}.{column}" for column in columns) + ")"

    def log(when: str, key: str, field: str, old: str, new: str) -> str:
        name = f"{table}_{when.replace(' ', '_').lower()}_is_logged"
        condition = f"WHEN {old} IS NOT {new} " if field != "NULL" else ""
        return (
            f"CREATE TRIGGER {name} AFTER {when} ON {table} {condition}BEGIN "
            f"INSERT INTO change (operation, table_name, record_id, field, old, new) "
            f"VALUES ({_CURRENT}, '{table}', {key}, {field}, {old}, {new}); END"
        )

    return [
        log("INSERT", "NEW.id", "NULL", "NULL", record("NEW")),
        log("DELETE", "OLD.id", "NULL", record("OLD"), "NULL"),
        f"CREATE TRIGGER {table}_id_is_logged BEFORE UPDATE OF id ON {table} BEGIN "
        f"SELECT raise(ABORT, 'the key of a record is never changed'); END",
        *(
            log(f"UPDATE OF {column}", "NEW.id", f"'{column}'", f"OLD.{column}", f"NEW.{column}")
            for column in columns
            if column != "id"
        ),
    ]


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that an undo left as it was, whole or in part, because later work built on it.

    `record` is its row as it is, column → value, empty when it is gone; `fields` are those that stayed, none for all.
    """

    table: str
    record_id: str
    record: dict[str, Any]
    fields: tuple[str, ...] = ()


def take_back(db: Database, operation: int, progress: Progress) -> tuple[Kept, ...]:
    """Write the inverse of an operation, newest record first, inside the current operation.

    A field that was changed again later, a record that later operations changed or point at, and whatever the register
    would refuse now, stay as they are and are returned. A letter is never removed: taking back its making withdraws
    it, because its number and its PDF exist outside the register; taking back that undo makes it valid again. One that
    was posted or answered stays as it is.
    Raises `Cancelled`; the caller's transaction then leaves everything as it was.
    """
    rows = db.execute(
        "SELECT table_name, record_id, field, old, new FROM change WHERE operation = ? ORDER BY seq DESC", [operation]
    ).fetchall()
    records: dict[tuple[str, str], list[_Entry]] = {}
    for table, record_id, field, old, new in rows:
        records.setdefault((table, record_id), []).append(_Entry(field, old, new))
    taker = _Taker(db, _changed_later(db, operation), references(db))
    waiting, done = [*records], 0
    while True:
        kept = []
        for key in waiting:
            if done % _RECORDS_PER_STEP == 0:
                progress.step(min(done, len(records)), len(records), "Terugdraaien")
            fields = taker.take_back(*key, records[key])
            if fields is not None:
                kept.append((key, fields))
            done += 1
        # What had to wait for another record can go now: a figure goes with its contract.
        if len(kept) in {0, len(waiting)}:
            return tuple(Kept(*key, _row(db, *key), fields) for key, fields in kept)
        waiting = [key for key, _fields in kept]


def _row(db: Database, table: str, record_id: str) -> dict[str, Any]:
    found = db.execute(f"SELECT * FROM {table} WHERE id = ?", [record_id])
    row = found.fetchone()
    return dict(zip((column[0] for column in found.description), row, strict=True)) if row else {}


class _Entry(NamedTuple):
    """One line of the log about one record."""

    field: str | None
    old: Any
    new: Any


# Records that make no sense without another: they go and stay with it.
_PARTS = {"certificate_entity": ("certificate", "certificate_id")}

# Where a record belongs; it can go back there also when it has ended.
_PLACES = frozenset({"supplier_id"})


class _Taker:
    """Takes back what one operation did to one record after another."""

    def __init__(self, db: Database, built_upon: set[tuple[str, str]], references: References) -> None:
        self._db = db
        self._built_upon = built_upon
        self._references = references

    def take_back(self, table: str, record_id: str, entries: list[_Entry]) -> tuple[str, ...] | None:
        """Write the inverse of these lines, newest first.

        Returns the fields that stayed, none for the whole record; None when all of it could be done.
        """
        try:
            with self._db.atomic():
                if any(entry.field is None and entry.old is None for entry in entries):
                    return None if self._remove(table, record_id) else ()
                if entries[0].field is None:
                    self._insert(table, json.loads(entries[0].old))
                    return None
                return self._restore(table, record_id, entries)
        except IntegrityError:
            return ()

    def _restore(self, table: str, record_id: str, entries: list[_Entry]) -> tuple[str, ...] | None:
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for field, old, new in entries:
            assert field is not None
            before[field] = old
            after.setdefault(field, new)
        row = self._db.execute(f"SELECT {', '.join(before)} FROM {table} WHERE id = ?", [record_id]).fetchone()
        if row is None:
            return ()
        if before.keys() - _PLACES and self._ended_since(table, record_id, before):
            return tuple(before)
        # A field that is back already came back with another record.
        now = {field: value for field, value in zip(before, row, strict=True) if value != before[field]}
        fields = [field for field in now if now[field] == after[field]]
        if fields:
            assignments = ", ".join(f"{field} = ?" for field in fields)
            values = [before[field] for field in fields]
            self._db.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", [*values, record_id])
        return tuple(field for field in now if field not in fields) or None

    def _ended_since(self, table: str, record_id: str, fields: Collection[str]) -> bool:
        """Whether later work ended a record: a figure that was added to another one may not change behind it."""
        if "archived_at" in fields or (table, record_id) not in self._built_upon:
            return False
        return _row(self._db, table, record_id).get("archived_at") is not None

    def _insert(self, table: str, record: dict[str, Any]) -> None:
        marks = ", ".join("?" for _ in record)
        self._db.execute(f"INSERT INTO {table} ({', '.join(record)}) VALUES ({marks})", list(record.values()))

    def _remove(self, table: str, record_id: str) -> bool:
        if table == "letter":
            return self._withdraw(record_id)
        if table == "letter_round" and self._is_used(table, record_id):
            return True  # its letters stay, withdrawn, and with them the round
        if table == "letter_template" and self._is_used(table, record_id):
            return self._end(table, record_id)  # letters keep their text, and it is used for no new ones
        if self._stays(table, record_id):
            return False
        whole, column = _PARTS.get(table, ("", ""))
        if whole:
            key = self._db.execute(f"SELECT {column} FROM {table} WHERE id = ?", [record_id]).fetchone()[0]
            if self._stays(whole, key):
                return False
        self._db.execute(f"DELETE FROM {table} WHERE id = ?", [record_id])
        return True

    def _end(self, table: str, record_id: str) -> bool:
        found = self._db.execute(
            f"UPDATE {table} SET archived_at = (SELECT at FROM operation JOIN current_operation USING (number)) "
            "WHERE id = ? AND archived_at IS NULL",
            [record_id],
        )
        return bool(found.rowcount)

    def _stays(self, table: str, record_id: str) -> bool:
        return (table, record_id) in self._built_upon or self._is_used(table, record_id)

    def _is_used(self, table: str, record_id: str) -> bool:
        return any(
            self._db.execute(f"SELECT 1 FROM {other} WHERE {column} = ? LIMIT 1", [record_id]).fetchone()
            for other, column in self._references.get(table, ())
            if other not in _PARTS
        )

    def _withdraw(self, letter_id: str) -> bool:
        found = self._db.execute(
            "UPDATE letter SET withdrawn_at = (SELECT at FROM operation JOIN current_operation USING (number)) "
            "WHERE id = ?1 AND withdrawn_at IS NULL AND posted_at IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM letter_reply WHERE letter_id = ?1 AND archived_at IS NULL)",
            [letter_id],
        )
        return bool(found.rowcount)


def _changed_later(db: Database, operation: int) -> set[tuple[str, str]]:
    found = db.execute(
        "SELECT DISTINCT table_name, record_id FROM change JOIN operation ON operation.number = change.operation "
        "WHERE operation.number > ? AND undoes IS NULL AND undone_by IS NULL",
        [operation],
    )
    return {(table, record_id) for table, record_id in found}


def references(db: Database) -> References:
    """Return for every table the columns of logged tables that point at it."""
    found: References = {}
    for table in logged_tables(db):
        for row in db.execute(f"PRAGMA foreign_key_list([{table}])"):
            if row[4] in {None, "id"}:
                found.setdefault(row[2], []).append((table, row[3]))
    return found


def replay_differences(db: Database) -> list[str]:
    """Return the tables whose records are not exactly what the log tells: proof that the log is complete."""
    return [table for table, columns in logged_tables(db).items() if not _tells_all(db, table, columns)]


def _tells_all(db: Database, table: str, columns: tuple[str, ...]) -> bool:
    told: dict[str, dict[str, Any]] = {}
    defaults = _defaults(db, table)
    log = db.execute("SELECT record_id, field, new FROM change WHERE table_name = ? ORDER BY seq", [table])
    for record_id, field, new in log:
        if field is not None:
            if record_id not in told:
                return False
            told[record_id][field] = new
        elif new is None:
            told.pop(record_id, None)
        else:
            told[record_id] = defaults | json.loads(new)
    at = columns.index("id")
    for row in db.execute(f"SELECT {', '.join(columns)} FROM {table}"):
        if told.pop(row[at], None) != dict(zip(columns, row, strict=True)):
            return False
    return not told


def _defaults(db: Database, table: str) -> dict[str, Any]:
    """Return what a column has in records that were logged before it was there."""
    declared = [(row[1], row[4] or "NULL") for row in db.execute(f"PRAGMA table_info([{table}])")]
    values = db.execute(f"SELECT {', '.join(default for _name, default in declared)}").fetchone()
    return {name: value for (name, _default), value in zip(declared, values, strict=True)}
