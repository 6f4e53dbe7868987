"""The look-up index: finds a supplier by whatever a caller says first.

Knowledge derived from the register and kept in step by `Register.operation`, outside the change log: two full-text
tables of tokens (`look_up_text`), one row per supplier with what is shown of it, and the words of the register
(`look_up_words`). `look_up_upkeep` writes them. The numbers of the rows are the order in which suppliers are shown
(`look_up_order`), so that what fits comes in that order and only as much of it is read as is wanted.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.storage.driver import Database
from app.storage.look_up_fit import corrected, fitting
from app.storage.look_up_query import Sought
from app.storage.look_up_questions import Question, Questions
from app.storage.look_up_rows import ENDED
from app.storage.look_up_text import NAME_WORD, unpacked
from app.storage.look_up_upkeep import Upkeep
from app.storage.look_up_words import WordList

COUNTED = 100
"""So many suppliers that fit are counted; of more it is only known that there are more."""

_SHOWN = "SELECT number, supplier_id, name, kvk, city, phone, place, written, compared FROM look_up_row"
_FEW = 5
# A number of so many signs that is somebody's is all that was meant.
_LONG_NUMBER = 6
_MOST_ERRORS = 2
_LONG_WORD = 6


class Hit(NamedTuple):
    """A supplier that fits: what is shown of it, and where it fits. `field` is one of `look_up_text.FIELDS`, `text`
    what is written there, `marked` what to mark in it: what was typed, without its errors.
    """

    supplier_id: str
    name: str
    kvk: str
    city: str
    phone: str
    has_ended: bool = False
    field: str = ""
    text: str = ""
    letter_id: str = ""
    marked: str = ""


class Answer(NamedTuple):
    """The best suppliers for a text, best first, and how many fit in all; None for more than `COUNTED`."""

    hits: tuple[Hit, ...]
    total: int | None


class LookUpIndex:
    """Search and upkeep."""

    def __init__(self, db: Database) -> None:
        """Use the register's connection."""
        self._db = db.conn
        self._words = WordList(db.conn)
        self._upkeep = Upkeep(db.conn)

    # -- search -------------------------------------------------------------------------------------------------------

    def search(self, text: str, limit: int) -> Answer:
        """Return the best suppliers for a text; an empty text finds none.

        Best is a whole number, then a name that begins so, a word of a name, a word of another field, what stands
        inside a word, and only where few or none fit, what was typed with an error or two. Of equals, those first that
        have not ended, then ketenpartners, then the largest amount of the newest year with figures, then the name.
        """
        sought = Sought(text)
        if sought.is_empty:
            return Answer((), 0)
        questions = Questions(self._db, self._words, sought)
        # So many of each kind, that without those known already enough are left.
        enough = max(limit, COUNTED) + 1
        found: dict[int, bool] = {}
        for question, is_exact in self._in_order(questions):
            if question:
                for (number,) in self._db.execute(question.statement, (*question.values, enough)):
                    found.setdefault(number, is_exact)
            if len(found) >= enough or (is_exact and found and len(sought.whole) >= _LONG_NUMBER):
                break
        hits = self._hits(dict([*found.items()][:limit]), sought)
        for errors in range(1, _MOST_ERRORS + 1):
            # Where something fits as it was typed, one error in a long word is believed, and no more.
            if len(found) >= _FEW or (found and (sought.exact or errors > 1)):
                break
            slips = questions.slips(errors, shortest=_LONG_WORD if found else 1)
            question = questions.misspelt(slips, errors) if any(slips) else None
            if question:
                rows = self._db.execute(question.statement, (*question.values, enough))
                new = {number: False for (number,) in rows if number not in found}
                found |= new
                hits += self._hits(dict([*new.items()][: max(0, limit - len(hits))]), sought, slips)
        return Answer(tuple(hits), len(found) if len(found) <= COUNTED else None)

    def list_hits(self, supplier_ids: Sequence[str]) -> tuple[Hit, ...]:
        """Return what is shown of these suppliers, in their order; one that ended or does not exist is left out."""
        statement = "SELECT supplier_id, name, kvk, city, phone, place FROM look_up_row WHERE supplier_id = ?"
        rows = (self._db.execute(statement, (key,)).fetchone() for key in supplier_ids)
        return tuple(Hit(*row[:5]) for row in rows if row and not row[5].startswith(ENDED))

    def list_named(self, sought: Sequence[str], limit: int) -> tuple[tuple[str, str], ...]:
        """Return suppliers that have not ended with all these words in a name, each with its name, unranked."""
        if not sought:
            return ()
        statement = (
            "SELECT supplier_id, name FROM look_up_token t JOIN look_up_row r ON r.number = t.rowid "
            f"WHERE t.look_up_token MATCH ? AND place < '{ENDED}' LIMIT ?"
        )
        query = " AND ".join(f'"{NAME_WORD}{word}"' for word in sought)
        return tuple(self._db.execute(statement, (query, limit)))

    def _in_order(self, questions: Questions) -> Iterator[tuple[Question | None, bool]]:
        """Yield what is asked, and whether it is for a whole number."""
        yield questions.exactly(), True
        yield questions.name_begins(), False
        yield questions.name_words_begin(), False
        yield questions.words_begin(), False
        yield questions.inside(), False

    def _hits(self, numbers: Mapping[int, bool], sought: Sought, slips: Sequence[Mapping[str, int]] = ()) -> list[Hit]:
        """Return what is shown of the suppliers with these numbers; the value says whether a whole number fitted."""
        marks = ", ".join("?" * len(numbers))
        statement = f"{_SHOWN} WHERE number IN ({marks})"
        rows = {row[0]: row for row in self._db.execute(statement, [*numbers])}
        hits = []
        for number, is_exact in numbers.items():
            _, supplier_id, name, kvk, city, phone, place, written, compared = rows[number]
            marked = corrected(compared, sought, slips) if slips else sought.text
            meant = Sought(marked) if slips else sought
            entry = fitting(unpacked(written, compared), meant, is_exact=is_exact)
            letter_id = self._letter_id(entry.written) if entry.field == "kenmerk" else ""
            has_ended = place[0] == ENDED
            hits.append(
                Hit(supplier_id, name, kvk, city, phone, has_ended, entry.field, entry.written, letter_id, marked)
            )
        return hits

    def _letter_id(self, kenmerk: str) -> str:
        found = self._db.execute("SELECT id FROM letter WHERE kenmerk = ?", (kenmerk,)).fetchone()
        return str(found[0]) if found else ""

    # -- upkeep -------------------------------------------------------------------------------------------------------

    def follow(self, operation: int) -> None:
        """Bring the index in step with what an operation changed."""
        self._upkeep.follow(operation)

    def differences(self) -> int:
        """Return in how many places the index is not what the register says."""
        return self._upkeep.differences()
