"""Where in a text as it is written the words stand that somebody typed: to mark them on screen."""

import re
from functools import lru_cache
from typing import NamedTuple

from app.domain.identifiers import digits, phone_key
from app.domain.names import fold, words

_FEWEST_DIGITS = 3
_SHORTEST_PART = 3
_ZERO = "0"


class _Letters(NamedTuple):
    """The folded letters and digits of a text, where each stands in it, and which begin a word."""

    text: str
    places: tuple[int, ...]
    begins: frozenset[int]


def find_marks(shown: str, sought: str) -> tuple[tuple[int, int], ...]:
    """Return begin and end of every part of `shown` that `sought` names, in order and apart; () when there is none.

    Accents, case and points do not matter, and a phone number is found in any notation. A word counts where a word
    begins, else inside one when it is not too short to be looked for there, else where words behind each other make
    it up.
    """
    letters = _letters(shown)
    wanted = words(sought)
    marks = [
        _find_word(shown, letters, word) or _find_run(letters, word) for word in dict.fromkeys(wanted) if word != "&"
    ]
    if len(wanted) > 1:
        marks.append(_find_word(shown, letters, "".join(wanted)))
    if len(digits(sought)) >= _FEWEST_DIGITS:
        marks.append(_find_phone(letters, phone_key(sought)))
    return _apart(sorted(mark for mark in marks if mark))


# Key after key the same suppliers are shown.
@lru_cache(maxsize=256)
def _letters(shown: str) -> _Letters:
    text = ""
    places: list[int] = []
    begins: set[int] = set()
    for word in re.finditer(r"[^\W_]+", shown):
        begins.add(len(text))
        for place, letter in enumerate(word[0], start=word.start()):
            # Folding may change how many letters there are: ß is two.
            folded = letter.lower() if letter.isascii() else fold(letter)
            text += folded
            places += [place] * len(folded)
    return _Letters(text, tuple(places), frozenset(begins))


def _find_word(shown: str, letters: _Letters, word: str) -> tuple[int, int] | None:
    inside: tuple[int, int] | None = None
    start = letters.text.find(word)
    while start >= 0:
        first, last = letters.places[start], letters.places[start + len(word) - 1]
        # Letters on both sides of a space are no word; on both sides of a point they are (B.V.).
        if not any(map(str.isspace, shown[first:last])):
            if start in letters.begins:
                return first, last + 1
            if len(word) >= _SHORTEST_PART:
                inside = inside or (first, last + 1)
        start = letters.text.find(word, start + 1)
    return inside


def _find_run(letters: _Letters, word: str) -> tuple[int, int] | None:
    start = letters.text.find(word)
    while start >= 0:
        if start in letters.begins:
            return letters.places[start], letters.places[start + len(word) - 1] + 1
        start = letters.text.find(word, start + 1)
    return None


def _find_phone(letters: _Letters, key: str) -> tuple[int, int] | None:
    # Only a text that is a number can hold one; a text with letters has its digits found as words.
    start = letters.text.find(key) if key and letters.text.isdigit() else -1
    if start < 0:
        return None
    end = letters.places[start + len(key) - 1] + 1
    # The leading 0 was typed or meant, but is not compared.
    return letters.places[start - 1 if letters.text[:start] == _ZERO else start], end


def _apart(marks: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for begin, end in marks:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return tuple(joined)
