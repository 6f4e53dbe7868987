"""Judging and looking up in a register of some size, beside reading its tables and its rows."""

from datetime import date
from pathlib import Path

from app import bootstrap
from app.services.judge_suppliers import current_policy, judge_suppliers
from app.services.list_suppliers import judge_everyone
from tests.bench import look_up_bench
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
        count = database.execute("SELECT count(*) FROM supplier").fetchone()[0]

        def read() -> None:
            for columns, table in _JUDGED:
                database.execute(f"SELECT {columns} FROM {table}").fetchall()

        read_ms = median_ms(read, rounds=3)
        label = f"{count:,}".replace(",", ".")
        return [
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
            Figure(
                f"table and work list of all, {label} suppliers",
                median_ms(lambda: judge_everyone(register, on=ON), rounds=3),
                "reading the same rows, no judgement",
                read_ms,
            ),
            *look_up_bench.measure(register),
        ]
    finally:
        register.close()
