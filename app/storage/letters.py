"""Letters as they were made, each with its exact PDF."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from app.base.errors import NotFoundError
from app.domain.letter import Letter
from app.storage.driver import Database
from app.storage.mapping import RowShape, encode
from app.storage.repository import Repository


class LetterRepository(Repository[Letter]):
    """Write-once: the record and the PDF are never changed or removed; only its fate is added."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        super().__init__(db, RowShape(Letter, "letter"), title="brief")

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

    def mark_posted(self, letter_ids: Iterable[str], at: datetime) -> None:
        """Note that letters went out; a letter in the post cannot be taken back."""
        self._db.conn.executemany(
            "UPDATE letter SET posted_at = ? WHERE id = ? AND posted_at IS NULL AND withdrawn_at IS NULL",
            [(encode(at), letter_id) for letter_id in letter_ids],
        )

    def latest_by_supplier(self) -> dict[str, Letter]:
        """Return of each supplier the newest letter that was not withdrawn."""
        condition = "WHERE withdrawn_at IS NULL ORDER BY written_on, kenmerk"
        return {letter.supplier_id: letter for letter in self._records(condition, [])}

    def damaged(self) -> tuple[str, ...]:
        """Return the kenmerk of every letter whose PDF is not what its checksum says."""
        rows = self._db.execute(
            "SELECT kenmerk, letter.sha256, content FROM letter LEFT JOIN document USING (sha256) ORDER BY kenmerk"
        )
        return tuple(
            kenmerk for kenmerk, sha, content in rows if content is None or hashlib.sha256(content).hexdigest() != sha
        )
