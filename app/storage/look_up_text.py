"""What can be found of a supplier, as written and as compared, and the tokens under which the index keeps it.

Compared is folded text: no accents, case or punctuation. An entry's `runs` holds each way in which its words may be
said, apart by ` |`, every word with a space before it, so that a search in plain text tells where a word begins.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.domain.identifiers import phone_key
from app.domain.names import infix_variants, telling_variant, words

FIELDS = (
    "name", "other_name", "place", "postcode", "contact", "phone", "kvk", "certificate_kvk", "former_kvk",
    "own_number", "btw_id", "email", "contract", "contract_title", "kenmerk",
)  # fmt: skip
NAMES = frozenset(("name", "other_name"))
WHOLE = frozenset(("phone", "kvk", "certificate_kvk", "former_kvk", "own_number", "btw_id", "contract", "kenmerk"))
_OF_WORDS = frozenset(("place", "contact", "contract_title"))

BEGIN, RUNS_ON, NAME_WORD, JOINED, PHONE, MAILBOX, EXACT = "=", "^", "+", "~", "!", "@", "#"
"""What stands before a token: the first word of a name, a whole name without spaces, a word of a name, words behind
each other without spaces, a national phone number, what stands before the @, a whole number."""

TOP_DOMAINS = frozenset("nl be de eu com org net info biz nu shop online example".split())
SHORTEST_PART = 3
_JOINED_WORDS = 4
_MOST_WORDS = 40
BETWEEN = "\x1e"
_CONTROL = re.compile(r"[\x00-\x1f]+")
_DIGIT = re.compile(r"[0-9]")
_DIGITS = frozenset("0123456789")
_BEFORE_DIGIT = re.compile(r"[^0-9]*")


class Entry(NamedTuple):
    """One text of a supplier: in which field, as it is written, and as it is compared."""

    field: str
    written: str
    runs: str

    @property
    def joined(self) -> str:
        """The runs without spaces, each behind a `|`."""
        return f"|{self.runs.replace(' ', '')}"

    @property
    def whole(self) -> str:
        """The first word: of a number that may be typed whole, all of it."""
        return self.runs[1:].partition(" ")[0].lstrip(PHONE)


class Indexed(NamedTuple):
    """What the index keeps of a supplier: tokens, words with a digit ("#" before one that is a whole number), each
    apart by spaces; and the words without a digit, that may be cut or misspelt.
    """

    tokens: str
    numbers: str
    words: tuple[str, ...]


def packed(entries: Sequence[Entry]) -> tuple[str, str]:
    """Return entries as two texts, to be kept in a row: as written, each behind the sign of its field, and compared."""
    written = [_CODES[field] + (text if text.isprintable() else _CONTROL.sub(" ", text)) for field, text, _ in entries]
    return BETWEEN.join(written), BETWEEN.join([entry.runs for entry in entries])


def unpacked(written: str, compared: str) -> Iterator[Entry]:
    """Yield the entries of `packed`, one by one: mostly the first is the one that is sought."""
    for text, runs in zip(written.split(BETWEEN), compared.split(BETWEEN), strict=True):
        yield Entry(_FIELDS[text[0]], text[1:], runs)


_CODES = {field: chr(ord("a") + place) for place, field in enumerate(FIELDS)}
_FIELDS = {code: field for field, code in _CODES.items()}


def indexed(entries: Sequence[Entry]) -> Indexed:
    """Return what the index keeps of a supplier. It is written to be quick: a big import waits for it."""
    words = dict.fromkeys(" ".join([entry.runs for entry in entries]).replace("|", " ").split())
    numbers = dict.fromkeys(
        [EXACT + runs.split(None, 1)[0].lstrip(PHONE) for field, _, runs in entries if runs and field in WHOLE]
    )
    letters: dict[str, None] = {}
    starts: dict[str, str] = {}
    for word in words:
        if word.isalpha():
            if len(word) >= SHORTEST_PART:
                letters[word] = None
        elif word[0] != MAILBOX:
            start = "" if word[0] in _DIGITS else _BEFORE_DIGIT.match(word)[0]  # type: ignore[index]
            if len(start) >= SHORTEST_PART:
                letters[start] = None
                starts[word] = start
            if len(start) < len(word) and EXACT + (bare := word.lstrip(PHONE)) not in numbers:
                numbers[bare] = None
    marked: list[str] = []
    for field, _, runs in entries:
        if field in NAMES:
            for run in runs.split("|"):
                own = run.split()
                heads = [*own, *(starts[word] for word in own if word in starts)] if starts else own
                marked += [NAME_WORD + word for word in heads]
                marked += [BEGIN + own[0], RUNS_ON + "".join(own), *_joined(own)] if own else []
                if own and own[0] in starts:
                    marked.append(BEGIN + starts[own[0]])
        elif field in _OF_WORDS and " " in runs[1:]:
            for run in runs.split("|"):
                marked += _joined(run.split())
    return Indexed(" ".join((*words, *starts.values(), *dict.fromkeys(marked))), " ".join(numbers), tuple(letters))


def plain_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, "&" as "en", digits of any script as 0 to 9."""
    found = words(_plain_digits(text).replace("_", " "))
    return tuple("en" if word == "&" else word for word in found) if "&" in found else found


def national(text: str) -> str:
    """Return a phone number as compared (`phone_key`), from digits of any script."""
    return phone_key(_plain_digits(text))


def has_digit(word: str) -> bool:
    """Whether a folded word holds a digit: such words are numbers, and never misspelt."""
    return _DIGIT.search(word) is not None


def name_entry(field: str, written: str) -> Entry:
    """Return the entry of a firm's name: also without legal form and abbreviations."""
    found = plain_words(written)[:_MOST_WORDS]
    told = telling_variant(found)
    ways = [found, *infix_variants(found)]
    # Where only the end is left out, what begins so is found in the whole already.
    if found[: len(told)] != told:
        ways += [told, *infix_variants(told)]
    return Entry(field, written, _runs(ways))


# Towns and titles come again and again.
@lru_cache(maxsize=4096)
def text_entry(field: str, written: str) -> Entry:
    """Return the entry of another text of words."""
    found = plain_words(written)[:_MOST_WORDS]
    return Entry(field, written, _runs([found, *infix_variants(found)]))


def number_entry(field: str, written: str) -> Entry:
    """Return the entry of a number: the whole as one word, and its parts."""
    if written.isascii() and written.isdigit():
        return Entry(field, written, f" {written}")
    found = plain_words(written)[:_MOST_WORDS]
    whole = "".join(found)
    return Entry(field, written, f" {whole} | {' '.join(found)}" if len(found) > 1 else _runs([found]))


def phone_entry(written: str) -> Entry:
    """Return the entry of a phone number."""
    key = national(written)
    return Entry("phone", written, f" {PHONE}{key}" if key else "")


def email_entry(written: str) -> Entry:
    """Return the entry of an address: the words of its domain, and what stands before the @ as one."""
    box, _, domain = written.rpartition("@")
    found = plain_words(domain)[:_MOST_WORDS]
    # That all addresses end in nl tells nobody apart.
    kept = found[:-1] if len(found) > 1 and found[-1] in TOP_DOMAINS else found
    return Entry("email", written, _runs([kept, _mailbox(box)]))


@lru_cache(maxsize=1024)
def _mailbox(box: str) -> tuple[str, ...]:
    found = "".join(plain_words(box))
    return (MAILBOX + found,) if found else ()


def pieces(word: str) -> list[str]:
    """Return every three characters that stand behind each other in a word."""
    return list(dict.fromkeys(word[at : at + SHORTEST_PART] for at in range(len(word) - SHORTEST_PART + 1)))


def _joined(own: list[str]) -> list[str]:
    return ["".join((JOINED, *own[at : at + _JOINED_WORDS])) for at in range(len(own) - 1)]


def _runs(ways: Iterable[tuple[str, ...]]) -> str:
    return " |".join(f" {' '.join(way)}" for way in ways if way)


def _plain_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
