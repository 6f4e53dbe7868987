"""Looking up in a register of some size, key by key, beside a row by its key and beside bm25 on the same words."""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from app import bootstrap
from app.services import Register
from app.services.look_up import find_matches
from app.storage.look_up_text import plain_words
from tests.bench.timing import Figure
from tests.look_up_quality import Callers, Quality

ON = date(2026, 11, 23)

_TARGETS = 60
_EDITS = 60
_SHOWN = 20


def measure(register: Register) -> list[Figure]:
    """Return the figures of one key and of the upkeep after one edit."""
    chance = random.Random(9)
    database = register._db.conn
    keys = [row[0] for row in database.execute("SELECT id FROM supplier WHERE archived_at IS NULL ORDER BY id")]
    label = f"{len(keys):,} suppliers".replace(",", ".")
    typed = [*_typed(register, chance)]
    ours = _times(lambda text: find_matches(register, text, limit=_SHOWN), typed)
    row = statistics.median(
        _times(lambda key: database.execute("SELECT * FROM supplier WHERE id = ?", (key,)).fetchone(), keys[:2000])
    )
    bm25 = _bm25(register)
    # The peer is slow where many fit, so it gets every second text.
    theirs = _times(bm25, typed[::2])
    upkeep = _upkeep(register, chance.sample(keys, _EDITS))
    return [
        Figure(f"look-up, one key, p50, {label}", _part(ours, 0.5), "a row by its key", row),
        Figure(f"look-up, one key, p99, {label}", _part(ours, 0.99), "a row by its key", row),
        Figure(f"the same in bm25, p99, {label}", _part(theirs, 0.99), "our look-up, p99", _part(ours, 0.99)),
        Figure(f"look-up index after one edit, {label}", statistics.median(upkeep), "a row by its key", row),
    ]


def measure_quality(folder: Path, suppliers: int) -> list[Quality]:
    """Return how often who is meant is found in an example register with that many suppliers more."""
    register = bootstrap.make_example(folder / "quality.tredewijzer", today=ON, extra=suppliers)
    try:
        return [*Callers(register).all()]
    finally:
        register.close()


def _typed(register: Register, chance: random.Random) -> Iterator[str]:
    """Yield what is in the box after each key, for callers who say this and that of a supplier."""
    for name, city, kvk, phone in _targets(register, chance):
        words = [word for word in plain_words(name) if len(word) >= 6 and word.isalpha()] or [*plain_words(name)]
        first, some = plain_words(name)[0], chance.choice(words)
        yield from _keys(name.casefold()[:24])
        yield from _keys(f"{first[:5]} {city.casefold()}")
        yield from _keys(kvk, first=3)
        if phone.startswith("0") and len(digits := "".join(filter(str.isdigit, phone))) == 10:
            yield from _keys(f"{digits[:4]}-{digits[4:]}", first=3)
            yield from _keys(f"+31 {digits[1:3]} {digits[3:]}", first=6)
            yield digits[-6:]
        yield from (some[1:6], f"{some[1:6]} {city[:4]}")
        wrong = _misspelt(some, chance)
        yield from (wrong, f"{wrong} {city[:5]}")
    for surname, city in register._db.conn.execute(
        "SELECT surname, visiting_city FROM contact c JOIN supplier s ON s.id = c.supplier_id WHERE surname <> '' "
        "ORDER BY c.id LIMIT ?", (_TARGETS,)
    ).fetchall():  # fmt: skip
        yield from _keys(f"{surname} {city}")


def _targets(register: Register, chance: random.Random) -> Sequence[Any]:
    rows = register._db.conn.execute("SELECT name, visiting_city, kvk, phone FROM supplier ORDER BY id").fetchall()
    return chance.sample(rows, _TARGETS)


def _keys(text: str, *, first: int = 1) -> Iterator[str]:
    return (text[:end] for end in range(first, len(text) + 1))


def _misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, max(2, len(word) - 2))
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def _bm25(register: Register) -> Callable[[str], object]:
    """Return the same look-up as a full-text table is mostly asked: all words, the most relevant first."""
    database = register._db.conn
    database.execute("CREATE VIRTUAL TABLE temp.peer USING fts5 (name, city, kvk, phone, prefix = '1 2 3')")
    rows = database.execute("SELECT rowid, name, visiting_city, kvk, phone FROM supplier").fetchall()
    database.executemany(
        "INSERT INTO temp.peer (rowid, name, city, kvk, phone) VALUES (?, ?, ?, ?, ?)",
        (
            (key, " ".join(plain_words(name)), city, kvk, "".join(plain_words(phone)))
            for key, name, city, kvk, phone in rows
        ),
    )

    def search(text: str) -> object:
        asked = " ".join(f'"{word}"*' for word in plain_words(text)) or '""'
        return database.execute(
            "SELECT rowid FROM temp.peer WHERE peer MATCH ? ORDER BY rank LIMIT ?", (asked, _SHOWN)
        ).fetchall()

    return search


def _upkeep(register: Register, supplier_ids: Sequence[str]) -> list[float]:
    """Return what the index costs after each of some edits, without their commit."""
    found = []
    for supplier_id in supplier_ids:
        supplier = register.suppliers.get(supplier_id)
        with register.operation("edit", "proef") as number:
            register.suppliers.save(replace(supplier, name=f"{supplier.name} Nieuw"))
            found += _times(register.look_up.follow, [number])
    return found


def _times(work: Callable[[Any], object], values: Sequence[Any]) -> list[float]:
    """Return the processor time of this thread for each value, in ms."""
    found = []
    for value in values:
        started = time.thread_time_ns()
        work(value)
        found.append((time.thread_time_ns() - started) / 1e6)
    return found


def _part(times: Sequence[float], part: float) -> float:
    return sorted(times)[int(len(times) * part)]
