"""Bringing a register to the schema of this program, step by step."""

from app.storage import changes, schema
from app.storage.driver import Database, Migrations
from app.storage.look_up_upkeep import Upkeep

NEWEST = 4
"""The schema version this program writes; kept in `PRAGMA user_version`."""

_steps = Migrations("tredewijzer")


@_steps()
def step_1(db: Database) -> None:
    """Make every table of the first released schema."""
    _run(db, schema.STEP_1)


@_steps()
def step_2(db: Database) -> None:
    """Add drafts of call notes and what was set aside on the work list, and another look-up index."""
    _run(db, schema.STEP_2)


@_steps()
def step_3(db: Database) -> None:
    """Add answers to letters, the language of suppliers and texts, what a letter confirms, and drafts of rounds."""
    _run(db, schema.STEP_3)


@_steps()
def step_4(db: Database) -> None:
    """Add what was chosen at an import, suppliers that were merged, and those that are known to be two."""
    _run(db, schema.STEP_4)


def migrate(db: Database) -> None:
    """Apply the missing steps, then make the change log's triggers and the look-up index anew from what is there now.

    The caller holds the transaction: a register is brought up to date whole or stays as it was.
    """
    _steps.apply(db)
    changes.install_triggers(db)
    Upkeep(db.conn).rebuild()
    db.execute(f"PRAGMA user_version = {NEWEST}")


def _run(db: Database, script: str) -> None:
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if _is_complete(statement):
            db.execute(statement)
            statement = ""
    assert not statement.strip(), statement


def _is_complete(statement: str) -> bool:
    text = statement.strip()
    return text.endswith("END;") if text.startswith("CREATE TRIGGER") else text.endswith(";")
