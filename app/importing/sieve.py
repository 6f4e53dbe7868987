"""Rows of a table that hold no supplier: its headings again, those of another table, totals and footers."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from app.domain.names import fold
from app.importing.cleaning import plain_text
from app.importing.headings import Header
from app.importing.tables import Cell, RawTable
from app.importing.totals import TotalFinder, looks_like_footer
from app.importing.vocabulary import recognise

_SURE = 0.8


class Sieve:
    """Sees the rows in order: a total is the sum of those before it."""

    def __init__(self, table: RawTable, header: Header) -> None:
        """Keep the heading row, to know it again."""
        self._totals = TotalFinder()
        self._headings = [
            [fold(plain_text(cell)) for cell in table.rows[index]] for index in range(header.index, header.first_data)
        ]
        self._leads = {place for heading in self._headings for place in enumerate(heading)}
        self._named_headings = sum(map(bool, header.headings))

    def reason_to_skip(
        self, cells: tuple[Cell, ...], names: Mapping[str, str], amounts: Sequence[tuple[int, object]]
    ) -> str:
        """Say in Dutch why a row holds no supplier, "" when it does.

        `names` are its texts that name one, by field; `amounts` its amounts by column, in cents or as they were found.
        """
        if self._repeats_header(cells):
            return "Herhaalde koprij."
        cents = {index: value for index, value in amounts if isinstance(value, int)}
        has_key = bool(names.get("kvk") or names.get("own_number") or names.get("register_id"))
        if self._totals.is_total(names.get("name", ""), cells, cents, has_key=has_key):
            return "Totaalregel."
        is_alone = self._named_headings > 2 and sum(map(bool, names.values())) < 2
        alone = _only_text(cells) if is_alone else ""
        if alone and looks_like_footer(alone):
            return "Geen leverancier in deze rij: voettekst."
        if not any(names.values()) and (alone or not any(value for _, value in amounts)):
            return "Geen leverancier in deze rij."
        return ""

    def _repeats_header(self, cells: tuple[Cell, ...]) -> bool:
        first = next((place for place, cell in enumerate(cells) if cell is not None), None)
        if first is None or (first, fold(plain_text(cells[first]))) not in self._leads:
            return False
        if any(isinstance(cell, Decimal | date) for cell in cells):
            return False
        texts = [fold(plain_text(cell)) for cell in cells]
        filled = sum(map(bool, texts))
        for heading in self._headings:
            same = sum(text == head for text, head in zip(texts, heading, strict=False) if text)
            if same and same == filled and same >= min(2, sum(map(bool, heading))):
                return True
        return False


def begins_another(cells: tuple[Cell, ...]) -> bool:
    """Whether a row has the headings of a table: what stands below it is not read by the columns of another."""
    if not all(isinstance(cell, str | None) for cell in cells):
        return False
    guesses = [recognise(text)[:1] for text in map(plain_text, cells) if text]
    sure = {guess.field for found in guesses for guess in found if guess.confidence >= _SURE}
    return "name" in sure and len(sure) > 1


def _only_text(cells: Sequence[Cell]) -> str:
    """Return the text of a row that has no other, else ""."""
    found = ""
    for cell in cells:
        if text := plain_text(cell):
            if found:
                return ""
            found = text
    return found
