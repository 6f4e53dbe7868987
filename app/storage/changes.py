"""The change log: triggers write it in the transaction of the change, history and undo live on it.

Every table with a column `id` is logged: per insert one row with the record as JSON, per update one row per changed
field, per removal one row with the record as JSON. A write outside an operation is refused, because the log's
`operation` may not be NULL.
"""

import json
from dataclasses import dataclass
from typing import Any

from app.storage.driver import Database

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
    """A change that an undo left alone because a later operation built on it."""

    table: str
    record_id: str
    field: str | None


def take_back(db: Database, operation: int) -> tuple[Kept, ...]:
    """Write the inverse of an operation, newest change first, inside the current operation.

    A field that was changed again later, and a record that later operations changed or point at, stay as they are and
    are returned. A letter is never removed: taking back its making withdraws it, because its number and its PDF exist
    outside the register; taking back that undo makes it valid again.
    """
    rows = db.execute(
        "SELECT table_name, record_id, field, old, new FROM change WHERE operation = ? ORDER BY seq DESC", [operation]
    ).fetchall()
    built_upon = _changed_later(db, operation)
    references = _references(db)
    kept: list[Kept] = []
    for table, record_id, field, old, new in rows:
        if field is not None:
            done = _restore_field(db, table, record_id, field, old, new)
        elif new is None:
            done = _insert(db, table, json.loads(old))
        elif table == "letter":
            done = _withdraw(db, record_id)
        else:
            done = (table, record_id) not in built_upon and _remove(db, table, record_id, references.get(table, []))
        if not done:
            kept.append(Kept(table, record_id, field))
    return tuple(kept)


def _changed_later(db: Database, operation: int) -> set[tuple[str, str]]:
    found = db.execute(
        "SELECT DISTINCT table_name, record_id FROM change JOIN operation ON operation.number = change.operation "
        "WHERE operation.number > ? AND undoes IS NULL AND undone_by IS NULL",
        [operation],
    )
    return {(table, record_id) for table, record_id in found}


def _references(db: Database) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for table in logged_tables(db):
        for row in db.execute(f"PRAGMA foreign_key_list([{table}])"):
            found.setdefault(row[2], []).append((table, row[3]))
    return found


def _restore_field(db: Database, table: str, record_id: str, field: str, old: Any, new: Any) -> bool:
    found = db.execute(f"UPDATE {table} SET {field} = ? WHERE id = ? AND {field} IS ?", [old, record_id, new])
    return bool(found.rowcount)


def _insert(db: Database, table: str, record: dict[str, Any]) -> bool:
    marks = ", ".join("?" for _ in record)
    db.execute(f"INSERT INTO {table} ({', '.join(record)}) VALUES ({marks})", list(record.values()))
    return True


def _remove(db: Database, table: str, record_id: str, references: list[tuple[str, str]]) -> bool:
    for other, column in references:
        if db.execute(f"SELECT 1 FROM {other} WHERE {column} = ? LIMIT 1", [record_id]).fetchone():
            return False
    return bool(db.execute(f"DELETE FROM {table} WHERE id = ?", [record_id]).rowcount)


def _withdraw(db: Database, letter_id: str) -> bool:
    found = db.execute(
        "UPDATE letter SET withdrawn_at = (SELECT at FROM operation JOIN current_operation USING (number)) "
        "WHERE id = ? AND withdrawn_at IS NULL AND posted_at IS NULL",
        [letter_id],
    )
    return bool(found.rowcount)


def replay_differences(db: Database) -> list[str]:
    """Return the tables whose records are not exactly what the log tells: proof that the log is complete."""
    return [table for table, columns in logged_tables(db).items() if not _tells_all(db, table, columns)]


def _tells_all(db: Database, table: str, columns: tuple[str, ...]) -> bool:
    told: dict[str, dict[str, Any]] = {}
    log = db.execute("SELECT record_id, field, new FROM change WHERE table_name = ? ORDER BY seq", [table])
    for record_id, field, new in log:
        if field is not None:
            if record_id not in told:
                return False
            told[record_id][field] = new
        elif new is None:
            told.pop(record_id, None)
        else:
            told[record_id] = json.loads(new)
    at = columns.index("id")
    for row in db.execute(f"SELECT {', '.join(columns)} FROM {table}"):
        if told.pop(row[at], None) != dict(zip(columns, row, strict=True)):
            return False
    return not told
