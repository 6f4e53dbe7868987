"""The first cells of every column beside what was made of them, so that nothing is understood silently."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import islice

from app.base.formatting import euro, long_date
from app.domain.certificate import CertificateStatus
from app.importing.cleaning import Misfit, plain_text
from app.importing.columns import Column
from app.importing.fields import AMOUNT_KINDS
from app.importing.levels import WrittenLevel
from app.importing.outcome import ColumnSample
from app.importing.tables import Cell

_SIZE = 3


def take_samples(
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    *,
    positions: Sequence[int],
    values: Mapping[int, Sequence[object]],
    cleaned: Callable[[int, str], str | None],
    year: int | None,
) -> tuple[ColumnSample, ...]:
    """Return a sample of every column, from the rows at `positions`.

    `values` are the columns that were read, by index; `cleaned` gives the text of a field that is cleaned per row, or
    None; `year` is what the user chose.
    """

    def sample(column: Column) -> ColumnSample:
        shown_at = tuple(islice((at for at in positions if _text(rows[at], column.index)), _SIZE))
        read = values.get(column.index, ())
        of_column = [read[at] for at in shown_at] if read else []
        # A column of dates stays unread where the year of the amounts is known already.
        is_read = any(value is not None for value in of_column)
        field = column.field or ""
        return ColumnSample(
            heading=column.heading,
            field=column.field,
            # The chosen year goes for the columns that are read; beside it other years are left.
            year=((year if read else None) or column.year) if field in AMOUNT_KINDS else None,
            written=tuple(_text(rows[at], column.index) for at in shown_at),
            read_as=tuple(
                _shown(value, field) if (text := cleaned(at, field)) is None else text
                for at, value in zip(shown_at, of_column, strict=True)
            )
            if is_read
            else (),
            is_sure=column.is_sure,
        )

    return tuple(map(sample, columns))


def _text(row: tuple[Cell, ...], index: int) -> str:
    return plain_text(row[index]) if index < len(row) and row[index] is not None else ""


def _shown(value: object, field: str) -> str:
    if value is None or isinstance(value, Misfit):
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, int):
        return euro(value, with_cents=True)
    if isinstance(value, date):
        # Of the day of an invoice line only the year counts.
        return str(value.year) if field == "date" else long_date(value)
    if isinstance(value, WrittenLevel):
        return (value.level.label if value.level else "geen") + (" met PSO 30+" if value.is_plus30 else "")
    return value.label if isinstance(value, CertificateStatus) else str(value)
