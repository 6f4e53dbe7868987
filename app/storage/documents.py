"""Files that are kept as they were given: write-once, named by their checksum."""

import hashlib
from typing import NamedTuple

from app.base.errors import NotFoundError, RegisterError
from app.storage.driver import Database


class Document(NamedTuple):
    """A file that is kept: what kind it is, and its bytes."""

    media_type: str
    content: bytes


class Documents:
    """The files of a register. None is ever changed or removed; the same bytes are kept once."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        self._db = db

    def add(self, content: bytes, *, media_type: str) -> str:
        """Keep a file, inside an operation; returns its SHA-256, by which it is found again."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._db.execute(
            "INSERT OR IGNORE INTO document (sha256, media_type, content) VALUES (?, ?, ?)",
            [sha256, media_type, content],
        )
        return sha256

    def damaged(self) -> int:
        """Return how many files that are no letters are not what their checksum says."""
        rows = self._db.execute("SELECT sha256, content FROM document WHERE sha256 NOT IN (SELECT sha256 FROM letter)")
        return sum(hashlib.sha256(content).hexdigest() != sha for sha, content in rows)

    def get(self, sha256: str) -> Document:
        """Return a file; raises `NotFoundError`, and `RegisterError` when it is not what was kept."""
        row = self._db.execute("SELECT media_type, content FROM document WHERE sha256 = ?", [sha256]).fetchone()
        if row is None:
            raise NotFoundError("Dit bestand zit niet in het register.", "Kies het opnieuw.")
        content = bytes(row[1])
        if hashlib.sha256(content).hexdigest() != sha256:
            raise RegisterError("Een bestand in het register is beschadigd.", "Zet een reservekopie terug.")
        return Document(row[0], content)
