"""Records of one noun: find, get, list, add, save, archive. Writing needs a running `Register.operation`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar

from app.base.errors import NotFoundError
from app.storage.driver import Database
from app.storage.mapping import RowShape

R = TypeVar("R")

_AT_ONCE = 500


class Repository(Generic[R]):
    """The records of one table that have not ended (`archived_at` is empty)."""

    def __init__(self, db: Database, shape: RowShape[R], *, title: str) -> None:
        """`title` is the Dutch word for one record, for messages."""
        self._db = db
        self._shape = shape
        self._title = title
        self._select = f"SELECT {', '.join(shape.columns)} FROM {shape.table}"

    def find(self, record_id: str) -> R | None:
        """Return the record with this key, ended or not, or None."""
        rows = self._records("WHERE id = ?", [record_id])
        return next(rows, None)

    def get(self, record_id: str) -> R:
        """Return the record with this key; raises `NotFoundError`."""
        found = self.find(record_id)
        if found is None:
            raise NotFoundError(f"Er is geen {self._title} met dit nummer: {record_id}.", "Zoek op naam of KvK-nummer.")
        return found

    def list_all(self, order: str = "id") -> tuple[R, ...]:
        """Return every record that has not ended."""
        return tuple(self._records(f"WHERE archived_at IS NULL ORDER BY {order}", []))

    def iterate_all(self) -> Iterator[R]:
        """Yield every record that has not ended, in no order: for many, of which not all may be wanted."""
        return self._records("WHERE archived_at IS NULL", [])

    def count_all(self) -> int:
        """Return how many records have not ended."""
        statement = f"SELECT count(*) FROM {self._shape.table} WHERE archived_at IS NULL"
        found: int = self._db.execute(statement).fetchone()[0]
        return found

    def list_ever(self) -> tuple[R, ...]:
        """Return every record, also those that have ended."""
        return tuple(self._records("ORDER BY id", []))

    def list_last(self, column: str, limit: int) -> tuple[R, ...]:
        """Return the records that have not ended with the highest values in a column, the highest first."""
        condition = f"WHERE archived_at IS NULL ORDER BY {column} DESC, id LIMIT ?"
        return tuple(self._records(condition, [limit]))

    def list_where(self, column: str, value: Any, order: str = "id") -> tuple[R, ...]:
        """Return the records that have not ended with that value in a column; None finds those without one."""
        return tuple(self._records(f"WHERE {column} IS ? AND archived_at IS NULL ORDER BY {order}", [value]))

    def add_all(self, records: Iterable[R]) -> None:
        """Write new records."""
        marks = ", ".join("?" for _ in self._shape.columns)
        statement = f"INSERT INTO {self._shape.table} ({', '.join(self._shape.columns)}) VALUES ({marks})"
        self._db.conn.executemany(statement, map(self._shape.to_row, records))

    def add(self, record: R) -> None:
        """Write a new record."""
        self.add_all([record])

    def save_all(self, records: Iterable[R]) -> None:
        """Write changed records, only the fields that differ; raises `NotFoundError`."""
        rows = iter(map(self._shape.to_row, records))
        while some := list(islice(rows, _AT_ONCE)):
            self._save_rows(some)

    def save(self, record: R) -> None:
        """Write a changed record, only the fields that differ; raises `NotFoundError`."""
        self.save_all([record])

    def _save_rows(self, rows: list[tuple[Any, ...]]) -> None:
        columns = self._shape.columns
        key = columns.index("id")
        marks = ", ".join("?" for _ in rows)
        found = self._db.execute(f"{self._select} WHERE id IN ({marks})", [row[key] for row in rows])
        stored = {row[key]: row for row in found}
        # Those of which the same fields differ are written together.
        differing: dict[tuple[int, ...], list[list[Any]]] = defaultdict(list)
        for row in rows:
            old = stored.get(row[key])
            if old is None:
                raise NotFoundError(f"Er is geen {self._title} met dit nummer: {row[key]}.")
            places = tuple(place for place, value in enumerate(row) if value != old[place])
            if places:
                differing[places].append([*(row[place] for place in places), row[key]])
        for places, values in differing.items():
            assignments = ", ".join(f"{columns[place]} = ?" for place in places)
            self._db.conn.executemany(f"UPDATE {self._shape.table} SET {assignments} WHERE id = ?", values)

    def archive(self, record_id: str, at: str) -> None:
        """End a record; it stays in the history. `at` is an ISO time in UTC."""
        self._db.execute(
            f"UPDATE {self._shape.table} SET archived_at = ? WHERE id = ? AND archived_at IS NULL", [at, record_id]
        )

    def _records(self, condition: str, values: Sequence[Any]) -> Iterator[R]:
        return map(self._shape.from_row, self._db.execute(f"{self._select} {condition}", list(values)))
