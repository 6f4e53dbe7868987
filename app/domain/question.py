"""What callers ask and what an advisor answers: the questions, what an answer may depend on, and the norms per size."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.certificate import Level
from app.domain.verdict import Reason, Status


class Blank(StrEnum):
    """A field in an answer, by the name that stands between its braces; it may have no value for a supplier."""

    REQUIRED = "trede"
    SINCE = "sinds"
    THRESHOLD = "grens"
    AMOUNT = "bedrag"
    AMOUNT_KIND = "bedrag_soort"
    HEADROOM = "ruimte"
    YEAR = "jaar"
    HELD = "trede_nu"
    LAST_DAY = "geldig_tm"
    DAY_AFTER = "volgende_dag"
    DECISION = "besluit"
    REPORTED = "gemeld"
    KVK = "kvk"
    MEMBER = "lid"
    RESPITE_END = "respijt_tm"
    GROUND = "reden"
    EXPECTATION = "verwachting"
    PROMISE = "toegezegd"
    PROMISE_END = "toegezegd_tm"
    CONTRACT = "contract"
    LETTER = "brief"
    LETTER_DATE = "brief_datum"
    KENMERK = "kenmerk"
    REPLY_BY = "antwoord_tm"
    CERTIFIED_BY = "certificaat_tm"
    SIZE = "grootte"
    NORM_LEVEL = "norm_trede"
    NORM_SIZE = "norm_grootte"
    NORM = "norm"
    UPPER_SIZE = "hogere_grootte"
    UPPER_NORM = "hogere_norm"


class Situation(StrEnum):
    """What an answer may depend on, besides the status and the reason of the verdict.

    KVK_LISTED and KVK_OPEN: whether the certificate of the verdict lists the supplier's KvK number, or no number was
    entered. IN_CONTRACT and IN_POLICY: a running contract demands a certificate, or none of those that run does.
    LETTER_WAITING: the newest letter was made, but is not known to be posted. The last four are about the size that
    was typed, compared with the rows of the norms.
    """

    MEETS = "MEETS"
    FALLS_SHORT = "FALLS_SHORT"
    HAS_DEMAND = "HAS_DEMAND"
    UNVERIFIED = "UNVERIFIED"
    HOLDS_ASPIRANT = "HOLDS_ASPIRANT"
    HOLDS_BASIS = "HOLDS_BASIS"
    SOLE_TRADER = "SOLE_TRADER"
    KVK_LISTED = "KVK_LISTED"
    KVK_OPEN = "KVK_OPEN"
    IN_CONTRACT = "IN_CONTRACT"
    IN_POLICY = "IN_POLICY"
    HAS_PROMISE = "HAS_PROMISE"
    PROMISE_PAST = "PROMISE_PAST"
    LETTER_POSTED = "LETTER_POSTED"
    LETTER_WAITING = "LETTER_WAITING"
    NO_LETTER = "NO_LETTER"
    REPLY_PAST = "REPLY_PAST"
    TOO_SMALL = "TOO_SMALL"
    ON_NORM = "ON_NORM"
    BETWEEN_NORMS = "BETWEEN_NORMS"
    LAST_NORM = "LAST_NORM"


SITUATIONS = frozenset[str]({*Status, *Reason, *Situation})


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One wording, for when all of `when` holds and every field in it has a value."""

    answer: str
    when: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; `answer` serves without a supplier and where no variant fits.

    `words` are those that callers use, also several in a row. `source` is what the answer rests on; `caution` what
    the advisor checks before saying it, "" when nothing.
    """

    key: str
    question: str
    words: tuple[str, ...]
    answer: str
    source: str
    caution: str = ""
    shows_norms: bool = False
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionBook:
    """The questions in their order, and the sentences that answers share, by name."""

    questions: tuple[Question, ...]
    phrases: Mapping[str, tuple[Variant, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """The percentage that each level asks of an organisation of `size` employees (fte), or of that many and more."""

    size: int
    trede1: Decimal
    trede2: Decimal
    trede3: Decimal
    is_last: bool = False

    @property
    def size_words(self) -> str:
        """The size as a table says it."""
        return f"{self.size} en meer" if self.is_last else str(self.size)

    def percent(self, level: Level) -> str:
        """Return the percentage as Dutch readers write it, `3,7`; raises `KeyError` for a level without a norm."""
        found = {Level.TREDE1: self.trede1, Level.TREDE2: self.trede2, Level.TREDE3: self.trede3}[level]
        return f"{found:.1f}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class NormTable:
    """Rows by size, from small to large: indicative (domain.md §1.3). `edition` says how old they are."""

    edition: str
    source: str
    rows: tuple[Norm, ...]

    def near(self, size: int) -> tuple[Norm, ...]:
        """Return the row of that size, else the two beside it; the last row for larger sizes, () below the first.

        Nothing is calculated between two rows: the official table has a row for every size.
        """
        below = [row for row in self.rows if row.size <= size]
        above = [row for row in self.rows if row.size > size]
        if not below:
            return ()
        return (below[-1],) if below[-1].size == size or not above else (below[-1], above[0])


NORM_LEVELS = (Level.TREDE1, Level.TREDE2, Level.TREDE3)
"""The levels that have a norm; none was found for the other two."""
