"""What a reader of a file should know beside the plan: what was left out of it, and what may not be as it seems."""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.base.formatting import count, join_words
from app.domain.names import compact
from app.importing.columns import Column
from app.importing.contents import CERTAIN
from app.importing.entries import Reading
from app.importing.headings import Header, guesses_of
from app.importing.outcome import CellFault
from app.importing.tables import RawTable
from app.importing.vocabulary import VatInHeading, key_of, vat_in_heading

_STRAY_QUOTE = (
    "Een aanhalingsteken in deze rij wordt nergens gesloten. Het is gelezen als een gewoon teken. "
    "Kijk of de rij zo klopt, en haal het teken weg."
)
_LOST_VALUE = (
    "In deze rij staat een formule die een fout geeft (zoals #N/B) of nog niet is berekend. Die cel is gelezen als "
    "leeg. Herstel het in Excel, bewaar het bestand en lees het opnieuw."
)
_AMOUNTS = frozenset({"amount", "invoiced"})
_TELLING = _AMOUNTS | {"level"}
# Headings of columns that may say which amounts are to be taken off.
_SIGN = re.compile(
    r"d/?c|c/?d|dr/?cr|s/h|af/?bij|(bedrag)?(debet|credit)(/?credit|/?debet)?|factuurtype|soort(document|factuur)?"
)


def tell_asides(
    reading: Reading,
    table: RawTable,
    header: Header,
    columns: Sequence[Column],
    mapping: Mapping[str, str | None],
) -> None:
    """Add the warnings and notes about a table as it was read; `mapping` is what the user chose."""
    taken = {entry.row for entry in reading.entries}
    reading.warnings += [CellFault(row, "", line, _STRAY_QUOTE) for row, line in table.stray_quotes.items()]
    reading.warnings += [CellFault(row, "", "", _LOST_VALUE) for row in sorted(table.lossy_rows & taken)]
    reading.note(*_hidden(table, header), *_left(columns, mapping), *_signs(columns))


def _hidden(table: RawTable, header: Header) -> Iterator[str]:
    data = range(header.first_data, len(table.rows))
    if hidden := sum(table.number_of(index) in table.hidden_rows for index in data) if table.hidden_rows else 0:
        rows = count(hidden, "rij is in Excel verborgen. Die is", "rijen zijn in Excel verborgen. Die zijn")
        yield f"{rows} wel gelezen."


def _left(columns: Sequence[Column], mapping: Mapping[str, str | None]) -> Iterator[str]:
    """Name columns beside those of the same use that nobody chose to leave out.

    Columns per year stand beside their total, and amounts with VAT beside those without: these are left out rightly.
    """
    chosen = set(map(key_of, mapping))
    used = {column.field for column in columns} & _TELLING
    years = {column.field for column in columns if column.year}
    left = [
        column.heading
        for column in columns
        if column.field is None and key_of(column.heading) not in chosen
        for guess in guesses_of(column.heading)[:1]
        if guess.field in used
        and guess.confidence >= CERTAIN
        and (guess.year is not None or guess.field not in years)
        and vat_in_heading(column.heading) is not VatInHeading.IN
    ]
    if left:
        listed = join_words([f"'{heading}'" for heading in left[:5]])
        yield f"Niet gelezen: {listed}. Kijk bij Kolommen of daar bedragen of treden in staan die mee moeten."


def _signs(columns: Sequence[Column]) -> Iterator[str]:
    if not any(column.field in _AMOUNTS for column in columns):
        return
    for column in columns:
        if column.field is None and _SIGN.fullmatch(compact(column.heading)):
            yield (
                f"De kolom '{column.heading}' is niet gelezen. Een creditnota telt alleen als min mee als er een "
                "minteken bij het bedrag staat."
            )
            return
