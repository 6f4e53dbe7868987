"""The look-up index: finds a supplier by whatever a caller says first.

Two full-text tables kept in step by `Register.operation`: words with their beginnings, and parts of words of three
letters and more. Texts are folded before they go in, so that accents, case and points do not matter; phone numbers
lie there as national digits. Ranking is by where the words fit: an exact number, the name's beginning, a word of the
name, another field, inside a word; then ketenpartners, then name.
"""

import json
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.domain.identifiers import digits, phone_key
from app.domain.names import fold, words
from app.storage.driver import Database

FIELDS = ("name", "other_names", "place", "contact", "number", "phone")
_CANDIDATES = 100
_SHORTEST_PART = 3
# As people and phone programs write it: perhaps a word in front (tel: T.), perhaps a server behind.
_PHONE = re.compile(r"\s*([A-Za-z]{1,4}[:.]\s*)?[+\d\s().\-/]+(@.*)?")

_TEXTS = """
SELECT s.id, s.name,
  s.trade_names, s.former_names,
  s.visiting_city, s.postal_city, s.visiting_postcode,
  s.kvk, s.own_number, s.btw_id, s.former_kvk,
  s.phone, s.phones,
  (SELECT json_group_array(json_array(initials, first_name, infix, surname, literal_name, phone)) FROM contact c
    WHERE c.supplier_id = s.id AND c.archived_at IS NULL),
  (SELECT json_group_array(kenmerk) FROM letter l WHERE l.supplier_id = s.id),
  (SELECT json_group_array(number) FROM contract k WHERE k.supplier_id = s.id AND k.archived_at IS NULL)
FROM supplier s WHERE s.archived_at IS NULL
"""

_TOUCHED = """
SELECT DISTINCT s.id FROM change c JOIN supplier s ON s.id = CASE c.table_name
  WHEN 'supplier' THEN c.record_id
  WHEN 'contact' THEN (SELECT supplier_id FROM contact WHERE id = c.record_id)
  WHEN 'contract' THEN (SELECT supplier_id FROM contract WHERE id = c.record_id)
  WHEN 'letter' THEN (SELECT supplier_id FROM letter WHERE id = c.record_id)
  END
WHERE c.operation = :operation
UNION
SELECT json_extract(c.old, '$.supplier_id') FROM change c
WHERE c.operation = :operation AND c.table_name IN ('contact', 'contract') AND c.field IS NULL AND c.new IS NULL
UNION
SELECT c.record_id FROM change c
WHERE c.operation = :operation AND c.table_name = 'supplier' AND c.field IS NULL AND c.new IS NULL
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A supplier that fits, and the field in which it fits."""

    supplier_id: str
    field: str


class Written(NamedTuple):
    """What may be found of a supplier, as it is written in the register; `texts` per field of `FIELDS`."""

    supplier_id: str
    name: str
    kvk: str
    city: str
    phone: str
    texts: tuple[tuple[str, ...], ...]


class LookUpIndex:
    """Search and upkeep of the two full-text tables."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        self._db = db

    def search(self, text: str, limit: int) -> tuple[Found, ...]:
        """Return the best suppliers for a text, best first; an empty text finds none."""
        sought = _Sought(text)
        rows: dict[int, Any] = {}
        # The likeliest first, so that a common word does not push out the name that is meant.
        for table, query in sought.queries():
            if len(rows) >= limit + _CANDIDATES:
                break
            rows |= self._rows(table, query, limit + _CANDIDATES, known=rows)
        ranked = sorted((sought.rank(row), row[1]) for row in rows.values())
        return tuple(Found(supplier_id, FIELDS[rank[1]]) for rank, supplier_id in ranked[:limit])

    def list_written(self, supplier_ids: Sequence[str]) -> tuple[Written, ...]:
        """Return what is written of these suppliers, in their order; one that ended or does not exist is left out."""
        statement = f"{_TEXTS} AND s.id IN (SELECT value FROM json_each(?))"
        found = {row[0]: _written(row) for row in self._db.execute(statement, [json.dumps(supplier_ids)])}
        return tuple(found[key] for key in supplier_ids if key in found)

    def list_named(self, sought: Sequence[str], limit: int) -> tuple[tuple[str, str], ...]:
        """Return suppliers with all these words in their name, each with that name as folded words, unranked."""
        if not sought:
            return ()
        statement = (
            "SELECT r.supplier_id, w.name FROM look_up_word w JOIN look_up_row r ON r.number = w.rowid "
            "WHERE look_up_word MATCH ? LIMIT ?"
        )
        query = " AND ".join(f'name : "{word}"' for word in sought)
        return tuple((supplier_id, name) for supplier_id, name in self._db.execute(statement, [query, limit]))

    def follow(self, operation: int) -> None:
        """Bring the index in step with what an operation changed."""
        touched = [row[0] for row in self._db.execute(_TOUCHED, {"operation": operation}) if row[0]]
        self._forget(touched)
        self._write(self._texts(touched))

    def differences(self) -> int:
        """Return in how many places the index misses a supplier, has one too many, or holds another text."""
        stored: dict[str, tuple[str, ...]] = {
            row[0]: row[1:]
            for row in self._db.execute(
                f"SELECT supplier_id, {', '.join(f'look_up_word.{field}' for field in FIELDS)} FROM look_up_row "
                "LEFT JOIN look_up_word ON look_up_word.rowid = look_up_row.number"
            )
        }
        wanted = dict(self._texts(None))
        astray: int = sum(
            self._db.execute(f"SELECT count(*) FROM (SELECT {one} EXCEPT SELECT {other})").fetchone()[0]
            for one, other in (
                ("rowid FROM look_up_word", "number FROM look_up_row"),
                ("rowid FROM look_up_part", "number FROM look_up_row"),
                ("number FROM look_up_row", "rowid FROM look_up_part"),
            )
        )
        return (
            astray
            + len(stored.keys() ^ wanted.keys())
            + sum(stored[key] != wanted[key] for key in stored.keys() & wanted.keys())
        )

    def _rows(self, table: str, query: str, limit: int, *, known: Container[int]) -> dict[int, Any]:
        """Return what is ranked of the suppliers that fit, by their number; most were known by a query before."""
        fitting = self._db.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT ?", [query, limit])
        new = [number for (number,) in fitting if number not in known]
        if not new:
            return {}
        statement = (
            f"SELECT r.number, r.supplier_id, s.is_key_partner, {', '.join(f'w.{field}' for field in FIELDS)} "
            "FROM json_each(?) f JOIN look_up_row r ON r.number = f.value JOIN look_up_word w ON w.rowid = f.value "
            "JOIN supplier s ON s.id = r.supplier_id"
        )
        return {row[0]: row for row in self._db.execute(statement, [json.dumps(new)])}

    def _forget(self, supplier_ids: list[str]) -> None:
        connection = self._db.conn
        numbers = [
            (row[0],)
            for key in supplier_ids
            for row in connection.execute("SELECT number FROM look_up_row WHERE supplier_id = ?", [key])
        ]
        for table in ("look_up_word", "look_up_part"):
            connection.executemany(f"DELETE FROM {table} WHERE rowid = ?", numbers)
        connection.executemany("DELETE FROM look_up_row WHERE number = ?", numbers)

    def _write(self, texts: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        connection = self._db.conn
        first = connection.execute("SELECT ifnull(max(number), 0) + 1 FROM look_up_row").fetchone()[0]
        rows = list(enumerate(texts, start=first))
        connection.executemany("INSERT INTO look_up_row (number, supplier_id) VALUES (?, ?)",
                               [(number, key) for number, (key, _) in rows])  # fmt: skip
        marks = ", ".join("?" for _ in FIELDS)
        connection.executemany(
            f"INSERT INTO look_up_word (rowid, {', '.join(FIELDS)}) VALUES (?, {marks})",
            [(number, *fields) for number, (_, fields) in rows],
        )
        connection.executemany(
            "INSERT INTO look_up_part (rowid, text) VALUES (?, ?)",
            [(number, " ".join(fields)) for number, (_, fields) in rows],
        )

    def _texts(self, supplier_ids: list[str] | None) -> Iterable[tuple[str, tuple[str, ...]]]:
        if supplier_ids is None:
            yield from map(_folded, self._db.execute(_TEXTS))
            return
        for key in supplier_ids:
            yield from map(_folded, self._db.execute(f"{_TEXTS} AND s.id = ?", [key]))


class _Sought:
    """What was typed, as the index is asked for it."""

    def __init__(self, text: str) -> None:
        self.words = tuple(word for word in words(text[:200]) if word != "&")
        self.phone = phone_key(text) if _PHONE.fullmatch(text) and len(digits(text)) >= _SHORTEST_PART else ""
        self.compact = "".join(self.words)
        self.begins = tuple(f" {word}" for word in self.words)
        self.beginning = "".join(self.begins)

    def queries(self) -> Iterator[tuple[str, str]]:
        """Yield table and full-text query, the likeliest hits first; none for a text without words."""
        if not self.words:
            return
        begins = [f'"{word}" *' for word in self.words]
        yield "look_up_word", f'number : "{self.compact}" *'
        if self.phone:
            yield "look_up_word", f'phone : "{self.phone}" *'
        yield "look_up_word", " AND ".join(f'"{word}"' for word in self.words)
        yield "look_up_word", " AND ".join([f"name : ^ {begins[0]}", *begins[1:]])
        yield "look_up_word", " AND ".join(begins)
        if all(len(word) >= _SHORTEST_PART for word in self.words):
            yield "look_up_part", " AND ".join(f'"{word}"' for word in self.words)
        if len(self.phone) >= _SHORTEST_PART:
            yield "look_up_part", f'"{self.phone}"'

    def rank(self, row: Any) -> tuple[int, int, int, str]:
        """Return how well a row fits, smaller is better, and in which field (its place in `FIELDS`)."""
        # Each word with a space before it: where a word begins is then one search in the whole text.
        fields = [f" {field}" for field in row[3:]]
        name, numbers, phones = fields[0], f"{fields[4]} ", f"{fields[5]} "
        how, where = 9, 0
        if f" {self.compact} " in numbers:
            how, where = 0, 4
        elif self.phone and f" {self.phone} " in phones:
            how, where = 0, 5
        elif name.startswith(self.beginning):
            how, where = 1, 0
        else:
            how, where = min(self._fit(index, field) for index, field in enumerate(fields))
        return how, where, -row[2], row[3]

    def _fit(self, index: int, field: str) -> tuple[int, int]:
        begins, sought = self.begins, self.words
        if index == 5 and self.phone:
            begins, sought = (f" {self.phone}",), (self.phone,)
        if index == 4 and f" {self.compact}" in field:
            return 3, index
        hits = 0
        for word in begins:
            hits += word in field
        if hits == len(begins):
            return 2 if index == 0 else 3, index
        inside = sum(word in field for word in sought)
        if inside == len(sought):
            return 5, index
        return (6 if hits else 7 if inside else 8), index


def _written(row: Any) -> Written:
    (key, name, trade, former, city, postal_city, postcode, kvk, own_number, btw_id, former_kvk, phone, phones,
     contacts, letters, contracts) = row  # fmt: skip
    people = json.loads(contacts)
    texts = (
        (name,),
        (*_texts(trade), *_texts(former)),
        (city, postal_city, postcode),
        tuple(" ".join(filter(None, person[:5])) for person in people),
        (kvk, own_number, btw_id, *_texts(former_kvk), *_texts(letters), *_texts(contracts)),
        (phone, *_texts(phones), *(person[5] for person in people)),
    )
    return Written(key, name, kvk, city or postal_city, phone, texts)


def _texts(stored: str) -> tuple[str, ...]:
    return () if stored == "[]" else tuple(json.loads(stored))


def _folded(row: Any) -> tuple[str, tuple[str, ...]]:
    written = _written(row)
    *plain, numbers, phones = written.texts
    return written.supplier_id, (
        *(" ".join(words(" ".join(field))) for field in plain),
        # A number is one word, however it is written; kenmerken and contract numbers have no space inside them.
        " ".join(dict.fromkeys("".join(words(item)) for text in numbers for item in text.split() if fold(item))),
        " ".join(dict.fromkeys(filter(None, map(phone_key, phones)))),
    )
