"""Keeping the look-up index in step with the register, in the transaction of each change."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from app.base.turns import give_way
from app.storage.driver import Connection
from app.storage.look_up_order import find_gap, find_neighbours, from_start, spread
from app.storage.look_up_rows import Row, read_rows, touched
from app.storage.look_up_text import Entry, Indexed, indexed, unpacked
from app.storage.look_up_words import WordList

# From so many on, and a quarter of all, it is quicker to make the index anew.
_MANY = 1000
_PART, _TURN = 1000, 200
_TABLES = ("look_up_token", "look_up_number")
_COLUMNS = ", ".join(Row._fields)
_MARKS = ", ".join("?" for _ in Row._fields)


class _Fresh(NamedTuple):
    """A row to be put, with what the index keeps of it."""

    row: Row
    indexed: Indexed


class Upkeep:
    """Writes the index. The caller holds the transaction."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self._db = connection
        self._words = WordList(connection)

    def follow(self, operation: int) -> None:
        """Bring the index in step with what an operation changed."""
        keys = sorted(touched(self._db, operation))
        if len(keys) > _MANY and len(keys) * 4 > self._count():
            self.rebuild()
            return
        stored = self._stored(keys)
        wanted = {row.supplier_id: (row, entries) for row, entries in read_rows(self._db, keys)} if keys else {}
        stale = {key: kept for key, kept in stored.items() if key not in wanted or wanted[key][0] != kept[1]}
        fresh = [_fresh(*wanted[key]) for key in wanted if key not in stored or key in stale]
        if not stale and not fresh:
            return
        self._remove(number for number, _ in stale.values())
        gone = chain.from_iterable(indexed([*unpacked(row.written, row.compared)]).words for _, row in stale.values())
        self._words.change(gone=gone, come=chain.from_iterable(one.indexed.words for one in fresh))
        # Who keeps the place keeps the number.
        numbers = {row.place: number for number, row in stale.values()}
        self._put((numbers[one.row.place], one) for one in fresh if one.row.place in numbers)
        self._insert(sorted((one for one in fresh if one.row.place not in numbers), key=_place))

    def rebuild(self) -> None:
        """Make the index anew from the register."""
        for table in _TABLES:
            self._db.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
        self._db.execute("DELETE FROM look_up_row")
        uses: Counter[str] = Counter()
        rows = []
        for done, (row, entries) in enumerate(read_rows(self._db)):
            if done % _TURN == 0:
                give_way()
            tokens, numbers, words = indexed(entries)
            uses.update(words)
            rows.append((row.place, tokens, numbers, row))
        # A place is there once, so nothing behind it is compared.
        rows.sort(reverse=True)
        numbers_of_all = from_start(len(rows))
        # What is written is let go bit by bit: all at once would hold up the other threads.
        for at in range(0, len(numbers_of_all), _PART):
            part = numbers_of_all[at : at + _PART]
            self._write([(number, *rows.pop()[1:]) for number in part])
        for table in _TABLES:
            self._db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        self._words.rebuild(uses)

    def differences(self) -> int:
        """Return in how many places the index misses something, has too much, or holds another text or order."""
        wanted = {row.supplier_id: _fresh(row, entries) for row, entries in read_rows(self._db)}
        numbered: dict[int, _Fresh] = {}
        last, astray, known = "", 0, 0
        for number, numbers, *columns in self._db.execute(
            f"SELECT number, numbers, {_COLUMNS} FROM look_up_row ORDER BY number"
        ):
            row = Row(*columns)
            one = wanted.get(row.supplier_id)
            if one:
                numbered[number] = one
                known += 1
            astray += one is None or (row, numbers) != (one.row, one.indexed.numbers) or row.place <= last
            last = row.place
        astray += len(wanted) - known
        astray += self._tokens_astray(
            "look_up_token", {n: one.indexed.tokens.split(" ") for n, one in numbered.items()}
        )
        astray += self._tokens_astray(
            "look_up_number", {n: _trigrams(one.indexed.numbers) for n, one in numbered.items()}
        )
        return astray + self._words.differences(Counter(chain.from_iterable(w.indexed.words for w in wanted.values())))

    def _tokens_astray(self, table: str, wanted: Mapping[int, Iterable[str]]) -> int:
        """Return for how many suppliers a table holds other tokens; they are added up, for there are many."""
        self._db.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_seen USING fts5vocab(main, {table}, instance)"
        )
        sums = {number: sum(map(hash, {*tokens} - {""})) for number, tokens in wanted.items()}
        for token, number in self._db.execute(f"SELECT term, doc FROM temp.{table}_seen"):
            sums[number] = sums.get(number, 0) - hash(token)
        return sum(total != 0 for total in sums.values())

    def _count(self) -> int:
        found: int = self._db.execute("SELECT count(*) FROM look_up_row").fetchone()[0]
        return found

    def _stored(self, keys: Sequence[str]) -> dict[str, tuple[int, Row]]:
        statement = f"SELECT number, {_COLUMNS} FROM look_up_row WHERE supplier_id = ?"
        rows = chain.from_iterable(self._db.execute(statement, (key,)) for key in keys)
        return {columns[0]: (number, Row(*columns)) for number, *columns in rows}

    def _insert(self, rows: list[_Fresh]) -> None:
        """Put rows that have no number yet; they ascend by place."""
        while rows:
            place = _place(rows[0])
            gap = find_gap(self._db, place)
            count = bisect_left(rows, gap.next_place, key=_place) if gap.next_place else len(rows)
            numbers = gap.numbers(count)
            if numbers:
                self._put(zip(numbers, rows[:count], strict=True))
            elif around := find_neighbours(self._db, place, count):
                self._move_apart(around, rows[:count])
            else:
                self.rebuild()
                return
            rows = rows[count:]

    def _move_apart(self, around: Sequence[int], newcomers: Iterable[_Fresh]) -> None:
        """Give those with these numbers others between the same ends, so that the newcomers fit among them."""
        marks = ", ".join("?" * len(around))
        stored = [Row(*row) for row in self._db.execute(
            f"SELECT {_COLUMNS} FROM look_up_row WHERE number IN ({marks})", around)]  # fmt: skip
        rows = sorted(
            (*(_Fresh(row, indexed([*unpacked(row.written, row.compared)])) for row in stored), *newcomers), key=_place
        )
        self._remove(around)
        self._put(zip(spread(around[0], around[-1], len(rows)), rows, strict=True))

    def _put(self, numbered: Iterable[tuple[int, _Fresh]]) -> None:
        self._write([(number, one.indexed.tokens, one.indexed.numbers, one.row) for number, one in numbered])

    def _write(self, rows: Sequence[tuple[int, str, str, Row]]) -> None:
        self._db.executemany(
            f"INSERT INTO look_up_row (number, numbers, {_COLUMNS}) VALUES (?, ?, {_MARKS})",
            ((number, numbers, *row) for number, _, numbers, row in rows),
        )
        self._db.executemany(
            "INSERT INTO look_up_token (rowid, tokens) VALUES (?, ?)",
            ((number, tokens) for number, tokens, _, _ in rows),
        )
        self._db.executemany(
            "INSERT INTO look_up_number (rowid, numbers) VALUES (?, ?)",
            ((number, numbers) for number, _, numbers, _ in rows),
        )

    def _remove(self, numbers: Iterable[int]) -> None:
        found = [(number,) for number in numbers]
        for table, key in (*((table, "rowid") for table in _TABLES), ("look_up_row", "number")):
            self._db.executemany(f"DELETE FROM {table} WHERE {key} = ?", found)


def _fresh(row: Row, entries: Sequence[Entry]) -> _Fresh:
    return _Fresh(row, indexed(entries))


def _place(one: _Fresh) -> str:
    return one.row.place


def _trigrams(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}
