"""Judging and looking up in a register of some size, beside reading its tables and its rows."""

import random
from datetime import date
from functools import partial
from pathlib import Path

from app import bootstrap
from app.services import Register
from app.services.judge_suppliers import current_policy, judge_suppliers
from tests.bench.timing import Figure, median_ms

ON = date(2026, 11, 23)
# What any judgement must read first.
_JUDGED = (
    ("id, name, kvk, kind, is_key_partner", "supplier"),
    ("id, supplier_id, starts_on, ends_on, total_cents", "contract"),
    ("supplier_id, contract_id, year, kind, cents", "year_amount"),
    ("id, supplier_id, level, valid_from, valid_to, status, status_on", "certificate"),
    ("certificate_id, kvk", "certificate_entity"),
)


def measure(folder: Path, suppliers: int) -> list[Figure]:
    """Return the figures for an example register with that many suppliers more."""
    path = folder / f"bench-{suppliers}.tredewijzer"
    register = bootstrap.make_example(path, today=ON, extra=suppliers)
    try:
        policy = current_policy(register)
        database = register._db.conn
        keys = [row[0] for row in database.execute("SELECT id FROM supplier")]
        names = [row[0] for row in database.execute("SELECT name FROM supplier")]
        phones = [row[0] for row in database.execute("SELECT phone FROM supplier WHERE phone <> ''")]

        def read() -> None:
            for columns, table in _JUDGED:
                database.execute(f"SELECT {columns} FROM {table}").fetchall()

        read_ms = median_ms(read, rounds=3)
        chance = random.Random(1)
        key = chance.choice(keys)
        row = median_ms(
            lambda: database.execute("SELECT * FROM supplier WHERE id = ?", [key]).fetchone(), per_round=200
        )
        label = f"{len(keys):,}".replace(",", ".")
        figures = [
            Figure(
                f"judge all, {label} suppliers",
                median_ms(lambda: list(register.verdicts.judge_all(policy=policy, on=ON)), rounds=3),
                "reading the same rows, no judgement",
                read_ms,
            ),
            Figure(
                f"judge and explain all, {label} suppliers",
                median_ms(lambda: judge_suppliers(register, on=ON), rounds=3),
                "reading the same rows, no judgement",
                read_ms,
            ),
        ]
        sought = {
            "name, first 3 letters": [name[:3] for name in chance.sample(names, 60)],
            "name, first 6 letters": [name[:6] for name in chance.sample(names, 60)],
            "phone number": chance.sample(phones, 60),
        }
        for what, texts in sought.items():
            found = median_ms(partial(_search_all, register, texts)) / len(texts)
            figures.append(Figure(f"look-up by {what}, {label} suppliers", found, "a row by its key", row))
        return figures
    finally:
        register.close()


def _search_all(register: Register, texts: list[str]) -> None:
    for text in texts:
        register.look_up.search(text, 20)
