"""What a column heading means: Dutch and English words, put together to concepts, and concepts to fields.

Nothing here looks at the cells below a heading; `columns` does, and decides.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.domain.names import compact, fold
from app.importing.meanings import ALLOWED_UNKNOWN, CONCEPT_OF, FIELDS, FLOOR, LONG_WORDS, MEANINGS, PHRASES

_PLACE = ("street", "house_number", "postcode", "city")
_ADDRESS = frozenset(
    {*_PLACE, *(f"postal_{part}" for part in _PLACE), "house_addition", "country", "email", "phone", "contact"}
)
# Words that may stand beside an address and make it no other, and "address" beside a part of one.
_OF_AN_ADDRESS = frozenset({"inv", "amount", "street"})


@dataclass(frozen=True, slots=True)
class Guess:
    """What a heading may mean. `year` is the year that stands in it, `is_part` that it is about a part of one."""

    field: str
    confidence: float
    year: int | None = None
    is_part: bool = False


class VatInHeading(Enum):
    """Whether a heading says that VAT is in the amounts below it; UNTOLD when it says nothing."""

    IN = auto()
    OUT = auto()
    UNTOLD = auto()


def vat_in_heading(heading: str) -> VatInHeading:
    """Return what a heading says about VAT."""
    concepts, unknown, _ = _concepts(heading)
    if "net" in concepts:
        return VatInHeading.OUT
    return VatInHeading.IN if _has_vat(concepts, unknown) else VatInHeading.UNTOLD


def says_withdrawn(heading: str) -> bool:
    """Whether a date below this heading is that on which a certificate was withdrawn."""
    return "withdrawn" in _concepts(heading)[0]


def _has_vat(concepts: frozenset[str], unknown: list[str]) -> bool:
    # "Including extensions" says nothing about VAT.
    return "gross" in concepts and ("vat" in concepts or not unknown)


def key_of(heading: str) -> str:
    """Return a heading as compared with what the user typed: no case, accents or spaces."""
    return compact(heading)


@lru_cache(maxsize=4096)
def recognise(heading: str) -> tuple[Guess, ...]:
    """Return what a heading may mean, the likeliest first; nothing for a heading that says nothing."""
    if heading in FIELDS:
        return (Guess(heading, 1.0),)
    concepts, unknown, year = _concepts(heading)
    if "never" in concepts or (not concepts and year is None):
        return ()
    is_part = "part" in concepts
    concepts -= {"part"}
    if not concepts:
        return (Guess("amount", 0.85, year, is_part),) if not unknown else ()
    is_gross, is_net = _has_vat(concepts, unknown), "net" in concepts
    concepts -= {"net", "gross"}
    if is_net or is_gross:
        concepts -= {"vat"}
        concepts = concepts or frozenset({"amount"})
    elif "vat" in concepts and "amount" in concepts:
        return ()
    if "buyer" in concepts:
        return ()
    found: list[Guess] = []
    for field, confidence in _lookup(concepts):
        if len(unknown) > ALLOWED_UNKNOWN.get(field, 1):
            continue
        sure = confidence * 0.9 ** len(unknown) + (0.02 if is_net else -0.3 if is_gross else 0.0)
        if sure < FLOOR.get(field, 0.4):
            continue
        is_amount = field in {"amount", "invoiced"}
        found.append(Guess(field, round(sure, 3), year if is_amount else None, is_part and is_amount))
    return tuple(sorted(found, key=lambda guess: -guess.confidence))


def _lookup(concepts: frozenset[str]) -> list[tuple[str, float]]:
    """Look a set of concepts up, first whole, then without the words that only say whose column it is."""
    weak = "weak_party" in concepts
    whole = _as_party(concepts)
    for dropped, factor in (
        (frozenset(), 1.0),
        ({"visit"}, 1.0),
        ({"party"}, 0.95),
        ({"party", "visit"}, 0.95),
        ({"street"}, 1.0),
        ({"street", "visit"}, 1.0),
        ({"inv"}, 0.6),
        ({"amount"}, 0.8),
    ):
        meaning = MEANINGS.get(whole - dropped)
        if meaning and (not dropped or dropped <= whole):
            is_own = weak and meaning[0][0] in {"name", "own_number"}
            # The address on an invoice is an address, and so is its "value"; an invoice date is nothing but a date.
            if _OF_AN_ADDRESS & dropped and meaning[0][0] not in _ADDRESS:
                continue
            return [(field, sure * factor * (0.88 if is_own else 1.0)) for field, sure in meaning]
    return []


def _as_party(concepts: frozenset[str]) -> frozenset[str]:
    return frozenset("party" if concept == "weak_party" else concept for concept in concepts)


def _concepts(heading: str) -> tuple[frozenset[str], list[str], int | None]:
    """Return the concepts in a heading, the words that are not known, and the year that stands in it."""
    text = re.sub(r"(?<=[a-z]{3})(?=[A-Z])", " ", heading)
    text = fold(text).replace("_", " ")
    for pattern, word in PHRASES:
        text = re.sub(pattern, f" {word} ".replace("  ", " "), text)
    years: set[int] = set()
    concepts: set[str] = set()
    unknown: list[str] = []
    typos: list[str] = []
    for word in re.findall(r"[a-z0-9]+", text):
        if re.fullmatch(r"(19|20)\d\d", word):
            years.add(int(word))
        elif word.isdigit():
            # "Adres 2" is not the street.
            concepts |= {"never"} if word in {"2", "3", "4"} else set()
        elif len(word) > 1:
            parts = _parts(word)
            concepts |= set(parts)
            if not parts:
                (typos if _misspelt(word) else unknown).append(word)
    # Beside words that are not known, a word that is nearly one of ours is just another word.
    if unknown:
        unknown += typos
    else:
        concepts |= {CONCEPT_OF[known] for word in typos if (known := _misspelt(word))}
    concepts.discard("")
    loose = concepts & {"from?", "to?"}
    concepts -= loose
    # "van" and "tot" are a beginning and an end only beside a contract, a certificate or a date, or alone.
    if concepts <= {"contract", "term", "valid", "cert", "pso", "date"} and not unknown:
        concepts |= {word[:-1] for word in loose}
    # Two years are a period, and no amount is of both.
    return frozenset(concepts), unknown, years.pop() if len(years) == 1 else None


@lru_cache(maxsize=4096)
def _parts(word: str) -> tuple[str, ...]:
    """Return the concepts of a word that is known, or a compound of known words."""
    if word in CONCEPT_OF:
        return (CONCEPT_OF[word],)
    for cut in range(len(word) - 2, 2, -1):
        head, tail = word[:cut], word[cut:]
        if CONCEPT_OF.get(tail):
            for known in (head, head.removesuffix("s"), head.removesuffix("en"), head.removesuffix("e")):
                if CONCEPT_OF.get(known):
                    return (CONCEPT_OF[known], CONCEPT_OF[tail])
            head_parts = _parts(head) if len(head) >= 6 else ()
            if len(head_parts) > 1:
                return (*head_parts, CONCEPT_OF[tail])
    return ()


@lru_cache(maxsize=4096)
def _misspelt(word: str) -> str | None:
    """Return the word of ours that this is a typing error of; None when it is too short or too far away."""
    if len(word) < 6:
        return None
    close = process.extractOne(word, LONG_WORDS, scorer=OSA.distance, score_cutoff=2 if len(word) >= 9 else 1)
    return close[0] if close is not None else None
