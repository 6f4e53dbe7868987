"""How the index is asked for what was typed: one question after another, the best answers first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.storage.driver import Connection
from app.storage.look_up_query import Meant, Sought
from app.storage.look_up_text import (
    BEGIN,
    EXACT,
    JOINED,
    MAILBOX,
    NAME_WORD,
    PHONE,
    RUNS_ON,
    SHORTEST_PART,
    has_digit,
    pieces,
)
from app.storage.look_up_words import WordList, most_errors

# Shorter beginnings lie ready in the index. Of longer ones the words that begin so are asked for instead, for
# words the index need not put together what it finds before the first is known.
_LONGEST_READY = 4
_MOST_WORDS = 16
# A shorter piece of a number lies in the numbers of too many to be looked for beside words.
_SHORTEST_BESIDE_WORDS = 4

_TOKEN = "SELECT rowid FROM look_up_token WHERE look_up_token MATCH ? LIMIT ?"


class Question(NamedTuple):
    """A statement for the index with all its values but the last: how many numbers are wanted."""

    statement: str
    values: tuple[str, ...]


class Questions:
    """The questions about one text."""

    def __init__(self, connection: Connection, words: WordList, sought: Sought) -> None:
        """Nothing is asked yet."""
        self._db = connection
        self._words = words
        self._sought = sought
        self._begun: dict[str, list[str]] = {}

    def exactly(self) -> Question | None:
        """Ask for a whole number."""
        whole, phones = self._sought.exact, self._sought.phones
        if not whole:
            return None
        # The token of a number may also be a word of a name.
        tokens = _either(map(_exact, (whole, *(PHONE + key for key in phones))))
        numbers = dict.fromkeys((whole, *phones))
        conditions = " OR ".join("instr(r.numbers || ' ', ?)" for _ in numbers)
        statement = (
            "SELECT t.rowid FROM look_up_token t JOIN look_up_row r ON r.number = t.rowid "
            f"WHERE t.look_up_token MATCH ? AND ({conditions}) LIMIT ?"
        )
        return Question(statement, (tokens, *(f"{EXACT}{number} " for number in numbers)))

    def name_begins(self) -> Question | None:
        """Ask for names that begin so, with or without spaces."""
        if self._sought.mailbox:
            return None
        single = {word.word for word in self._sought.words}
        return _tokens(
            _either(
                way
                for whole in self._sought.wholes
                for way in (self._first_words(whole) if whole in single else [_begin(RUNS_ON + whole)])
            )
        )

    def name_words_begin(self) -> Question | None:
        """Ask for names with words that begin so."""
        if self._sought.mailbox:
            return None
        return _tokens(" AND ".join(self._beginning(word, NAME_WORD) for word in self._sought.words))

    def words_begin(self) -> Question:
        """Ask for words that begin so, also in different fields."""
        words, mailbox, whole = self._sought.words, self._sought.mailbox, self._sought.whole
        asked = [self._beginning(word) for word in words]
        if mailbox:
            asked.append(_exact(MAILBOX + mailbox) if words else _begin(MAILBOX + mailbox))
        every = " AND ".join(asked)
        if len(words) > 1 and has_digit(whole) and not mailbox:
            every = f"({every}) OR {_begin(whole)}"
        return _tokens(every)

    def inside(self) -> Question | None:
        """Ask for what holds it inside words and numbers, or running on from word to word."""
        words = self._sought.words
        if self._sought.mailbox:
            return None
        shortest = SHORTEST_PART if len(words) == 1 else _SHORTEST_BESIDE_WORDS
        numbers = [word for word in words if has_digit(word.word) and len(word.word) >= shortest]
        if numbers:
            return _inside_numbers(numbers, [word for word in words if word not in numbers])
        asked = []
        for word in words:
            held = () if has_digit(word.word) else self._words.list_containing(word.word)
            asked.append(_either([self._beginning(word), *(_begin(JOINED + begin) for begin in word.begins),
                                  *map(_exact, held)]))  # fmt: skip
        return _tokens(" AND ".join(asked))

    def slips(self, errors: int, *, shortest: int) -> list[Mapping[str, int]]:
        """Return for each word those that may be meant by it, each with its errors; none for a number or a word with
        fewer letters than `shortest`.
        """
        if self._sought.mailbox:
            return []
        found: list[Mapping[str, int]] = []
        for word, _ in self._sought.words:
            most = 0 if has_digit(word) or len(word) < shortest else min(errors, most_errors(word))
            found.append({slip.word: slip.errors for slip in self._words.list_misspelt(word, most)} if most else {})
        return found

    def misspelt(self, slips: Sequence[Mapping[str, int]], errors: int) -> Question | None:
        """Ask for words with so many errors together; `slips` are the words that each one may be, with its errors."""
        asked = [
            " AND ".join(
                _either(_exact(other) for other, wrong in found.items() if wrong == count)
                if count
                else self._beginning(word)
                for word, found, count in zip(self._sought.words, slips, way, strict=True)
            )
            for way in _ways([{0, *found.values()} for found in slips], errors)
        ]
        return _tokens(_either(f"({one})" for one in asked)) if asked else None

    def _beginning(self, word: Meant, mark: str = "") -> str:
        return _either(way for begin in word.begins for way in self._ways_to_begin(begin, mark))

    def _ways_to_begin(self, begin: str, mark: str) -> list[str]:
        """Return the words that begin so; few words, else the beginning itself."""
        if len(begin) <= _LONGEST_READY or not begin.isalpha():
            return [_begin(mark + begin)]
        if begin not in self._begun:
            self._begun[begin] = self._words.list_beginning(begin, _MOST_WORDS + 1)
        found = self._begun[begin]
        if len(found) > _MOST_WORDS:
            return [_begin(mark + begin)]
        return [_exact(mark + word) for word in found or [begin]]

    def _first_words(self, begin: str) -> list[str]:
        """Return how a name may begin with this word, or with more words that make it up."""
        ways = self._ways_to_begin(begin, BEGIN)
        if len(begin) > _LONGEST_READY:
            shorter = _either(_exact(BEGIN + begin[:end]) for end in range(1, len(begin)))
            if not self._db.execute(_TOKEN, (shorter, 1)).fetchone():
                return ways
        return [*ways, _begin(RUNS_ON + begin)]


def _tokens(query: str) -> Question:
    return Question(_TOKEN, (query,))


def _inside_numbers(numbers: list[Meant], others: list[Meant]) -> Question:
    """Pieces of three are looked for, and in the suppliers found the whole.

    The words beside a number are looked for in what those suppliers have: to ask the index for them too would walk all
    who live in a town.
    """
    held = " AND ".join(_exact(piece) for word, _ in numbers for piece in pieces(word))
    asked: list[tuple[str, tuple[str, ...]]] = [("r.numbers", (word,)) for word, _ in numbers]
    asked += [("r.compared", tuple(_in_compared(word))) for word in others]
    conditions = "".join(f" AND ({' OR '.join(f'instr({text}, ?)' for _ in parts)})" for text, parts in asked)
    statement = (
        "SELECT n.rowid FROM look_up_number n JOIN look_up_row r ON r.number = n.rowid "
        f"WHERE n.look_up_number MATCH ?{conditions} LIMIT ?"
    )
    return Question(statement, (held, *(part for _, parts in asked for part in parts)))


def _in_compared(word: Meant) -> Iterator[str]:
    yield from (f" {begin}" for begin in word.begins)
    if len(word.word) >= SHORTEST_PART:
        yield word.word


def _ways(options: Sequence[set[int]], errors: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to spread so many errors over the words."""
    if not options:
        if errors == 0:
            yield ()
        return
    for count in options[0]:
        if count <= errors:
            for rest in _ways(options[1:], errors - count):
                yield (count, *rest)


def _begin(word: str) -> str:
    return f'"{word}" *'


def _exact(word: str) -> str:
    return f'"{word}"'


def _either(asked: Iterable[str]) -> str:
    every = tuple(dict.fromkeys(asked))
    return every[0] if len(every) == 1 else f"({' OR '.join(every)})"
