"""Letters as they were made, each with its exact PDF."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from app.base.errors import NotFoundError
from app.domain.letter import Letter, LetterKind, LetterReply, LetterRound, LetterState, ReplyKind, RoundTally
from app.domain.names import fold
from app.storage.documents import Documents
from app.storage.driver import Database
from app.storage.mapping import RowShape, encode
from app.storage.repository import Repository

_LAST_REPLY = (
    "SELECT id FROM letter_reply WHERE letter_id = l.id AND archived_at IS NULL "
    "ORDER BY received_on DESC, rowid DESC LIMIT 1"
)

OF_SUPPLIER = "l.supplier_id IN (SELECT id FROM supplier WHERE id = :id OR merged_into = :id)"
"""Whether a letter `l` was written to the supplier `:id`, or to one that was merged into it."""


def _words_for(column: str, labels: Iterable[tuple[str, str]]) -> str:
    """Return SQL that gives the folded words for a stored value, "" for none."""
    cases = " ".join(f"WHEN '{value}' THEN '{fold(label)}'" for value, label in labels)
    return f"CASE {column} {cases} ELSE '' END"


_SEARCHED = " || char(10) || ".join(
    [
        "fold(kenmerk || char(10) || s.name)",
        _words_for("l.kind", ((kind, kind.label) for kind in LetterKind)),
        f"CASE WHEN withdrawn_at IS NOT NULL THEN '{LetterState.WITHDRAWN}' "
        f"WHEN posted_at IS NOT NULL THEN '{LetterState.POSTED}' "
        f"WHEN printed_at IS NOT NULL THEN '{LetterState.PRINTED}' ELSE '{LetterState.MADE}' END",
        _words_for("r.kind", ((kind, f"antwoord {kind.label}") for kind in ReplyKind)),
    ]
)


def _holds(searched: str, words: str) -> bool:
    """Whether each word stands in a text. In SQL a word each would soon be too deep an expression."""
    return all(word in searched for word in words.split())


class LetterRepository(Repository[Letter]):
    """Write-once: the record and the PDF are never changed or removed; only its fate is added."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        super().__init__(db, RowShape(Letter, "letter"), title="brief")
        self._reply_shape = RowShape(LetterReply, "letter_reply")
        self._round_shape = RowShape(LetterRound, "letter_round")
        db.register_function(fold, deterministic=True)
        db.register_function(_holds, name="holds", deterministic=True)

    def add_with_pdf(self, letter: Letter, pdf: bytes) -> None:
        """Write a letter and its PDF; `letter.sha256` must be the checksum of the PDF."""
        kept = Documents(self._db).add(pdf, media_type="application/pdf")
        assert kept == letter.sha256
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
        """Return the number after the highest that this register ever gave out in a year.

        Another prefix may begin with this one and the year: `PSO-2026-2026-0001` is no number of `PSO`.
        """
        start = f"{prefix}-{year}-"
        row = self._db.execute(
            "SELECT max(CAST(substr(kenmerk, :at) AS INTEGER)) FROM letter "
            "WHERE substr(kenmerk, 1, :at - 1) = :start AND substr(kenmerk, :at) NOT GLOB '*[^0-9]*'",
            {"at": len(start) + 1, "start": start},
        ).fetchone()
        return (row[0] or 0) + 1

    def search(self, text: str, *, round_id: str = "") -> tuple[tuple[Letter, str, str, LetterReply | None], ...]:
        """Return letters with the key and name of who they count for now and the last answer, newest first.

        That is their supplier, or the one that it turned out to be.

        Each word of the text stands in the kenmerk, the name, or the words for the kind, the state and the answer, as
        folded by `names.fold`. `round_id` leaves out what is not of that round.
        """
        words = fold(text)
        conditions = [f"holds({_SEARCHED}, ?)"] * bool(words) + ["round_id = ?"] * bool(round_id)
        letter, reply = self._shape.columns, self._reply_shape.columns
        rows = self._db.execute(
            f"SELECT s.id, s.name, {', '.join(f'l.{column}' for column in letter)}, "
            f"{', '.join(f'r.{column}' for column in reply)} "
            "FROM letter l JOIN supplier w ON w.id = l.supplier_id "
            "JOIN supplier s ON s.id = ifnull(w.merged_into, w.id) "
            f"LEFT JOIN letter_reply r ON r.id = ({_LAST_REPLY}) "
            f"WHERE {' AND '.join(conditions) or 'TRUE'} ORDER BY written_on DESC, l.rowid DESC",
            list(filter(None, (words, round_id))),
        )
        end = 2 + len(letter)
        return tuple(
            (
                self._shape.from_row(row[2:end]),
                row[0],
                row[1],
                None if row[end] is None else self._reply_shape.from_row(row[end:]),
            )
            for row in rows
        )

    def list_of(self, supplier_id: str) -> tuple[Letter, ...]:
        """Return the letters of a supplier, also of those that were merged into it, the oldest first."""
        statement = f"{self._select} l WHERE {OF_SUPPLIER} ORDER BY written_on, kenmerk"
        return tuple(map(self._shape.from_row, self._db.execute(statement, {"id": supplier_id})))

    def list_numbered(self, number: int, *, year: int | None) -> tuple[Letter, ...]:
        """Return the letters with this number in their kenmerk, of one year or of all; the newest first."""
        ending = f"-{year or '____'}-{number:04d}"
        return tuple(self._records("WHERE kenmerk LIKE ? ORDER BY written_on DESC, rowid DESC", [f"%{ending}"]))

    def tally_rounds(self) -> tuple[RoundTally, ...]:
        """Return every round that has letters with how far they came: those unfinished first, then the newest."""
        shape = self._round_shape
        rows = self._db.execute(
            f"SELECT {', '.join(f'o.{column}' for column in shape.columns)}, count(*), "
            "count(*) FILTER (WHERE withdrawn_at IS NULL AND printed_at IS NOT NULL), "
            "count(*) FILTER (WHERE withdrawn_at IS NULL AND posted_at IS NOT NULL), "
            "count(withdrawn_at), "
            "count(*) FILTER (WHERE l.id IN (SELECT letter_id FROM letter_reply WHERE archived_at IS NULL)) "
            "FROM letter_round o JOIN letter l ON l.round_id = o.id GROUP BY o.id "
            "ORDER BY count(*) FILTER (WHERE withdrawn_at IS NULL AND posted_at IS NULL) = 0, "
            "o.made_at DESC, o.rowid DESC"
        )
        return tuple(
            RoundTally(
                round=shape.from_row(row[:-5]),
                letters=row[-5],
                printed=row[-4],
                posted=row[-3],
                withdrawn=row[-2],
                answered=row[-1],
            )
            for row in rows
        )

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

    def missing_numbers(self) -> tuple[str, ...]:
        """Return every kenmerk that must have been given out and that no letter has: numbers follow on in a year."""
        found: dict[str, set[int]] = {}
        for (kenmerk,) in self._db.execute("SELECT kenmerk FROM letter"):
            start, _, number = kenmerk.rpartition("-")
            found.setdefault(start, set()).add(int(number))
        return tuple(
            f"{start}-{number:04d}"
            for start, numbers in sorted(found.items())
            for number in range(1, max(numbers))
            if number not in numbers
        )

    def damaged(self) -> tuple[str, ...]:
        """Return the kenmerk of every letter whose PDF is not what its checksum says."""
        rows = self._db.execute(
            "SELECT kenmerk, letter.sha256, content FROM letter LEFT JOIN document USING (sha256) ORDER BY kenmerk"
        )
        return tuple(
            kenmerk for kenmerk, sha, content in rows if content is None or hashlib.sha256(content).hexdigest() != sha
        )
