"""The words of the register: which hold a piece of a word, and which may be meant by one with typing errors.

Three plain tables, each word in them once however many suppliers bear it, so that no key walks all words. A piece
inside a word begins one of the word's ends. A misspelt word shares what is left when its wrong letters are taken out
with what is left of the beginning that is meant, so it is found by a few exact look-ups.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.distance import OSA

from app.storage.driver import Connection
from app.storage.look_up_text import SHORTEST_PART

# Of so many first letters, so many may be wrong.
_SLIPS = {4: 1, 5: 1, 6: 2}
_LONGEST_BEGINNING = max(_SLIPS)
_SHORTEST_MISSPELT = min(_SLIPS)
_ONE_MISSING = _SHORTEST_MISSPELT - 1
_MOST_WORDS = 400
_LAST = "\U0010ffff"

_CONTAINING = "SELECT DISTINCT word FROM look_up_end WHERE piece >= ?1 AND piece < ?1 || ?2 LIMIT ?3"
_BEGINNING_SO = "SELECT word FROM look_up_word WHERE word >= ?1 AND word < ?1 || ?2 LIMIT ?3"
_BEGINNING = (
    "SELECT 1 FROM look_up_word WHERE word >= ?1 AND word < ?1 || ?2 AND (length(?1) = ?3 OR word = ?1) LIMIT 1"
)


class Slip(NamedTuple):
    """A word that may be meant, and in how many letters what was typed differs from its beginning."""

    errors: int
    word: str


def most_errors(word: str) -> int:
    """Return how many typing errors a word may hold: 1 of 4 letters, 2 of 6; of 3 letters one may be missing."""
    return 1 if len(word) == _ONE_MISSING else _SLIPS.get(min(len(word), _LONGEST_BEGINNING), 0)


class WordList:
    """Search and upkeep of the words."""

    def __init__(self, connection: Connection) -> None:
        """Use the register's connection."""
        self._db = connection

    def list_beginning(self, start: str, limit: int) -> list[str]:
        """Return the words of three letters and more that begin so, no more than `limit`."""
        return [word for (word,) in self._db.execute(_BEGINNING_SO, (start, _LAST, limit))]

    def list_containing(self, piece: str) -> list[str]:
        """Return the words with these letters behind their first, in no order; () for fewer than three letters."""
        if len(piece) < SHORTEST_PART:
            return []
        return [word for (word,) in self._db.execute(_CONTAINING, (piece, _LAST, _MOST_WORDS))]

    def list_misspelt(self, word: str, errors: int) -> list[Slip]:
        """Return the words that begin with this one but for so many errors or fewer, at least one."""
        if len(word) < _ONE_MISSING:
            return []
        size = max(min(len(word), _LONGEST_BEGINNING), _SHORTEST_MISSPELT)
        left = {word} if len(word) == _ONE_MISSING else _slips(word[:size], min(errors, _SLIPS[size]))
        marks = ", ".join("?" for _ in left)
        found = self._db.execute(
            f"SELECT DISTINCT w.word FROM look_up_slip s JOIN look_up_word w ON w.word >= s.beginning "
            f"AND w.word < s.beginning || ? WHERE s.size = ? AND s.slip IN ({marks})",
            (_LAST, size, *left),
        )
        slips = (Slip(_distance(word, other, errors), other) for (other,) in found)
        return sorted(slip for slip in slips if 0 < slip.errors <= errors)[:_MOST_WORDS]

    def change(self, *, gone: Iterable[str], come: Iterable[str]) -> None:
        """Count words of suppliers that were left out and put in; a word that nobody bears any more goes away."""
        uses = Counter(come)
        uses.subtract(gone)
        changed = [(word, count) for word, count in uses.items() if count]
        known = set()
        for word, count in changed:
            if self._db.execute("UPDATE look_up_word SET uses = uses + ? WHERE word = ?", (count, word)).rowcount:
                known.add(word)
        self._add([(word, count) for word, count in changed if word not in known])
        for word, count in changed:
            if (
                count < 0
                and self._db.execute("DELETE FROM look_up_word WHERE word = ? AND uses <= 0", (word,)).rowcount
            ):
                self._forget(word)

    def rebuild(self, uses: Counter[str]) -> None:
        """Make the tables anew from all words, each with the number of its suppliers."""
        for table in ("look_up_word", "look_up_end", "look_up_slip"):
            self._db.execute(f"DELETE FROM {table}")
        self._add(sorted(uses.items()))

    def differences(self, uses: Counter[str]) -> int:
        """Return how many rows are missing, too many or otherwise than these words with their number of suppliers."""
        wanted: tuple[set[tuple[object, ...]], ...] = (
            set(uses.items()),
            {row for word in uses for row in ends(word)},
            {row for word in uses for row in slips(word)},
        )
        stored = (
            set(self._db.execute(statement))
            for statement in (
                "SELECT word, uses FROM look_up_word",
                "SELECT piece, word FROM look_up_end",
                "SELECT size, slip, beginning FROM look_up_slip",
            )
        )
        return sum(len(one ^ other) for one, other in zip(wanted, stored, strict=True))

    def _add(self, words: list[tuple[str, int]]) -> None:
        self._db.executemany("INSERT INTO look_up_word (word, uses) VALUES (?, ?)", words)
        self._db.executemany(
            "INSERT INTO look_up_end (piece, word) VALUES (?, ?)", (row for word, _ in words for row in ends(word))
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO look_up_slip (size, slip, beginning) VALUES (?, ?, ?)",
            sorted({row for word, _ in words for row in slips(word)}),
        )

    def _forget(self, word: str) -> None:
        self._db.executemany("DELETE FROM look_up_end WHERE piece = ? AND word = ?", ends(word))
        left = [row for row in slips(word) if not self._db.execute(_BEGINNING, (row[2], _LAST, row[0])).fetchone()]
        self._db.executemany("DELETE FROM look_up_slip WHERE size = ? AND slip = ? AND beginning = ?", left)


def ends(word: str) -> Iterator[tuple[str, str]]:
    """Yield every end of a word, of three letters and more, beside it."""
    return ((word[at:], word) for at in range(1, len(word) - SHORTEST_PART + 1))


def slips(word: str) -> Iterator[tuple[int, str, str]]:
    """Yield what is left of a word's beginnings when letters that may be wrong are taken out."""
    for size, errors in _SLIPS.items():
        for left in _slips(word[:size], errors):
            yield size, left, word[:size]


def _slips(beginning: str, errors: int) -> Set[str]:
    length = len(beginning)
    return {
        "".join(letters)
        for count in range(length - errors, length + 1)
        for letters in combinations(beginning, max(count, 0))
    }


def _distance(word: str, other: str, errors: int) -> int:
    """Return the fewest errors between a word and any beginning of another, more than `errors` when there are more."""
    lengths = range(len(word) - errors, min(len(other), len(word) + errors) + 1)
    return min((OSA.distance(word, other[:length], score_cutoff=errors) for length in lengths), default=errors + 1)
