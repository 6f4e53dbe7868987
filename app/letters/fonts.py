"""The two font families of a letter: Inter for everything, Noto Sans for what Inter lacks, a box for what both lack.

ReportLab is imported by the first letter, not when this module is: most starts of the program draw nothing.
"""

import io
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from app.base import paths

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

MISSING = "□"

# Letters share most of their words; a round with very many names must not grow without end.
KNOWN_WORDS = 20_000

_FILES = {
    "Tredewijzer-Regular": "Inter-Regular.ttf",
    "Tredewijzer-SemiBold": "Inter-SemiBold.ttf",
    "Tredewijzer-Fallback": "NotoSans-Regular.ttf",
}


class Face(StrEnum):
    """A weight that a letter is set in; the value is the name ReportLab knows it by."""

    REGULAR = "Tredewijzer-Regular"
    SEMIBOLD = "Tredewijzer-SemiBold"

    # That of an enumeration is worked out anew each time, and every word is looked up by its face.
    __hash__ = str.__hash__


# A piece of text that one font can draw: the font's name and the text.
Run = tuple[str, str]


class Fonts:
    """The registered fonts, with the width of every word looked up once."""

    def __init__(self, widths: dict[str, dict[int, float]]) -> None:
        """Take the width of every character at size 1, by name of the font."""
        self.widths = widths
        self._held = frozenset(chr(code) for codes in widths.values() for code in codes)
        self._known_words: dict[tuple[str, Face], float] = {}

    def runs(self, text: str, face: Face) -> tuple[Run, ...]:
        """Return the text in pieces that one font each can draw; what no font has is replaced by a box."""
        first = self.widths[face]
        if all(ord(c) in first for c in text):
            return ((face.value, text),)
        found: list[list[str]] = []
        for character in text:
            name, drawn = self._drawn(character, face)
            if found and found[-1][0] == name:
                found[-1][1] += drawn
            else:
                found.append([name, drawn])
        return tuple((name, drawn) for name, drawn in found)

    def width(self, text: str, face: Face, size: float) -> float:
        """Return the width in points of a text on one line."""
        if " " not in text:
            return self._word_width(text, face) * size
        words = text.split(" ")
        return (sum(self._word_width(word, face) for word in words) + (len(words) - 1) * self.widths[face][0x20]) * size

    def missing(self, text: str) -> set[str]:
        """Return the characters that no font has."""
        return set(text) - self._held

    def _drawn(self, character: str, face: Face) -> Run:
        for name in (face.value, "Tredewijzer-Fallback"):
            if ord(character) in self.widths[name]:
                return name, character
        return face.value, MISSING

    def _word_width(self, word: str, face: Face) -> float:
        width = self._known_words.get((word, face))
        if width is None:
            width = sum(self.widths[name][ord(c)] for name, drawn in self.runs(word, face) for c in drawn)
            if len(self._known_words) < KNOWN_WORDS:
                self._known_words[(word, face)] = width
        return width


@lru_cache(maxsize=1)
def load() -> Fonts:
    """Register the shipped fonts with ReportLab, once; the only files that drawing a letter opens."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    widths: dict[str, dict[int, float]] = {}
    for name, file in _FILES.items():
        # Handed over as bytes: given a name, ReportLab would search folders of its own.
        font = TTFont(name, io.BytesIO(paths.shipped("resources", "fonts", file).read_bytes()))
        # In thousandths of the size. More decimals than one nobody can see, but they make every file longer.
        font.face.charWidths = {code: round(width, 1) for code, width in font.face.charWidths.items()}
        pdfmetrics.registerFont(font)
        widths[name] = _widths(font)
    return Fonts(widths)


def _widths(font: "TTFont") -> dict[int, float]:
    """Return the width of every character at size 1."""
    return {code: font.face.charWidths[code] / 1000 for code in font.face.charToGlyph}
