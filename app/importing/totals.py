"""Lines that hold no supplier: totals and subtotals, footers, copyright."""

import re
from collections.abc import Mapping, Sequence

from app.domain.names import fold
from app.importing.amounts import looks_like_amount
from app.importing.cleaning import plain_text
from app.importing.tables import Cell

_TOTAL_WORDS = frozenset(
    [
        *"totaal total totalen totals subtotaal subtotal eindtotaal som sum".split(),
        "sub totaal",
        "sub total",
        "grand total",
        "grand totals",
        "generaal totaal",
        "totaal generaal",
        "algemeen totaal",
        "total general",
    ]
)
_TOTAL_START = re.compile(r"^(sub|eind|grand |sub )?tota(al|l|len|ls)\b")
# What stands below a table in the column of the name, and is no firm.
_NO_FIRM = re.compile(r"^(gemiddelde?|average|controle(getal|totaal)|btw( \d+ ?%)?)$")
# A total may differ so many cents from the sum of what was rounded.
_ROUNDED = 100
_FOOTER = re.compile(
    r"^(©|\(c\)|copyright|bron\b|source\b|opmerking|noot\b|note\b|let op|toelichting|gegenereerd|generated|"
    r"afgedrukt|printed|pagina\b|page\b|einde\b|end of|disclaimer|export\b|aantal\b|telling\b|\*)",
    re.IGNORECASE,
)
_SUBTOTALS = (" totaal", " total", " subtotaal")
_LONGEST_NAME = 120


class TotalFinder:
    """Recognises totals by their word, or by being the sum of the rows above; sees the rows in order."""

    def __init__(self) -> None:
        self.sums: dict[int, int] = {}
        self.since: dict[int, int] = {}
        self.last_name = ""

    def is_total(self, name: str, cells: Sequence[Cell], cents: Mapping[int, int], *, has_key: bool) -> bool:
        """Whether this row, with these amounts by column, is a total; a row that is none is added to the sums.

        A supplier may well be called "Totaal Wonen": then only the sum tells. One with a number of its own is none,
        unless it is called "Totaal" and no more.
        """
        plain = _plain(name) if name else ""
        found = (not has_key or plain in _TOTAL_WORDS) and self._is_total(plain, cells, cents)
        if plain and not found:
            self.last_name = plain
        for index, value in cents.items():
            if found:
                self.since[index] = 0
            else:
                self.sums[index] = self.sums.get(index, 0) + value
                self.since[index] = self.since.get(index, 0) + value
        return found

    def _is_total(self, plain: str, cells: Sequence[Cell], cents: Mapping[int, int]) -> bool:
        if plain:
            # A firm called "Total" has more in its row than a name and amounts.
            is_word = plain in _TOTAL_WORDS or bool(_NO_FIRM.match(plain))
            if is_word and sum(not looks_like_amount(text) for text in _texts(cells)) <= 1:
                return True
            # Of each group in a pivot table: "Aelen Bouw totaal" below the rows of Aelen Bouw.
            if plain.endswith(_SUBTOTALS) and plain.rpartition(" ")[0] == self.last_name:
                return True
            return bool(_TOTAL_START.match(plain)) and self._is_sum(cents, slack=_ROUNDED)
        texts = _texts(cells)
        has_word = any(_plain(text) in _TOTAL_WORDS or _TOTAL_START.match(_plain(text)) for text in texts)
        return bool(cents) and (has_word or self._is_sum(cents))

    def _is_sum(self, cents: Mapping[int, int], *, slack: int = 0) -> bool:
        for sums in (self.sums, self.since):
            if any(cents.values()) and all(
                abs(sums.get(at, 0) - value) <= min(slack, abs(value) // 1000) for at, value in cents.items()
            ):
                return True
        return False


def looks_like_footer(text: str) -> bool:
    """Whether the only text in a row is about the table, not in it."""
    return bool(_FOOTER.match(text)) or len(text) > _LONGEST_NAME


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [text for text in map(plain_text, cells) if text]


def _plain(text: str) -> str:
    return fold(text).strip(" :=")
