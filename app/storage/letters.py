"""Letters as they were made, each with its exact PDF."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from app.base.errors import NotFoundError
from app.domain.letter import Letter
from app.domain.names import fold
from app.storage.driver import Database
from app.storage.mapping import RowShape, encode
from app.storage.repository import Repository


class LetterRepository(Repository[Letter]):
    """Write-once: the record and the PDF are never changed or removed; only its fate is added."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        super().__init__(db, RowShape(Letter, "letter"), title="brief")
        db.register_function(fold, deterministic=True)

    def add_with_pdf(self, letter: Letter, pdf: bytes) -> None:
        """Write a letter and its PDF; `letter.sha256` must be the checksum of the PDF."""
        assert hashlib.sha256(pdf).hexdigest() == letter.sha256
        self._db.execute(
            "INSERT OR IGNORE INTO document (sha256, media_type, content) VALUES (?, 'application/pdf', ?)",
            [letter.sha256, pdf],
        )
        self.add(letter)

    def get_pdf(self, letter_id: str) -> bytes:
        """Return the exact PDF of a letter; raises `NotFoundError`."""
        row = self._db.execute(
            "SELECT content FROM document JOIN letter USING (sha256) WHERE letter.id = ?", [letter_id]
        ).fetchone()
        if row is None:
            raise NotFoundError("Deze brief is niet gevonden.", "Zoek de brief op kenmerk.")
        return bytes(row[0])

    def next_number(self, prefix: str, year: int) -> int:
        """Return the number after the highest that this register ever gave out in a year."""
        start = f"{prefix}-{year}-"
        row = self._db.execute(
            "SELECT max(CAST(substr(kenmerk, ?) AS INTEGER)) FROM letter WHERE substr(kenmerk, 1, ?) = ?",
            [len(start) + 1, len(start), start],
        ).fetchone()
        return (row[0] or 0) + 1

    def search(self, text: str) -> tuple[tuple[Letter, str], ...]:
        """Return letters with the name their supplier has now, newest first.

        Each word of the text stands in the kenmerk or the name, as folded by `names.fold`.
        """
        words = fold(text).split()
        rows = self._db.execute(
            f"SELECT name, {', '.join(f'l.{column}' for column in self._shape.columns)} "
            "FROM letter l JOIN supplier s ON s.id = l.supplier_id "
            f"WHERE {' AND '.join(['instr(fold(kenmerk || char(10) || name), ?)'] * len(words)) or 'TRUE'} "
            "ORDER BY written_on DESC, l.rowid DESC",
            words,
        )
        return tuple((self._shape.from_row(row[1:]), row[0]) for row in rows)

    def mark_printed(self, letter_ids: Iterable[str], at: datetime) -> None:
        """Note that letters came out of the printer; the first time counts."""
        self._set_once("printed_at", letter_ids, at, "withdrawn_at IS NULL")

    def mark_posted(self, letter_ids: Iterable[str], at: datetime) -> None:
        """Note that letters went out; a letter in the post cannot be taken back."""
        self._set_once("posted_at", letter_ids, at, "withdrawn_at IS NULL")

    def withdraw(self, letter_ids: Iterable[str], at: datetime) -> None:
        """Note that letters count no more; one in the post is left alone."""
        self._set_once("withdrawn_at", letter_ids, at, "posted_at IS NULL")

    def _set_once(self, column: str, letter_ids: Iterable[str], at: datetime, condition: str) -> None:
        self._db.conn.executemany(
            f"UPDATE letter SET {column} = ? WHERE id = ? AND {column} IS NULL AND {condition}",
            [(encode(at), letter_id) for letter_id in letter_ids],
        )

    def latest_by_supplier(self) -> dict[str, Letter]:
        """Return of each supplier the newest letter that was not withdrawn."""
        condition = (
            "WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER "
            "(PARTITION BY supplier_id ORDER BY written_on DESC, kenmerk DESC) AS place "
            "FROM letter WHERE withdrawn_at IS NULL) WHERE place = 1)"
        )
        return {letter.supplier_id: letter for letter in self._records(condition, [])}

    def damaged(self) -> tuple[str, ...]:
        """Return the kenmerk of every letter whose PDF is not what its checksum says."""
        rows = self._db.execute(
            "SELECT kenmerk, letter.sha256, content FROM letter LEFT JOIN document USING (sha256) ORDER BY kenmerk"
        )
        return tuple(
            kenmerk for kenmerk, sha, content in rows if content is None or hashlib.sha256(content).hexdigest() != sha
        )
