"""The cells of one row as they stand in the file, and those that are mended before the file is imported."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.importing.cleaning import plain_text
from app.importing.tables import Cell, RawTable
from app.services.import_register import Preview
from app.services.show_import import RowChange


@dataclass(frozen=True, slots=True)
class FlawedCell:
    """A cell that was not understood, deserves a look, or was mended: as written, and as it is read now.

    `reasons` say in Dutch what is the matter with it now; `is_fault` that the row is left out for it.
    """

    heading: str
    written: str
    text: str
    reasons: tuple[str, ...]
    is_fault: bool

    @property
    def is_mended(self) -> bool:
        """Whether it is read otherwise than it was written."""
        return self.text != self.written


def flawed_cells(previewed: Preview, row: RowChange) -> tuple[FlawedCell, ...]:
    """Return the cells of a row that can be mended, in the order of the columns."""
    plan = previewed.plan
    reasons: dict[str, list[str]] = defaultdict(list)
    for flaw in (*row.faults, *row.warnings):
        reasons[flaw.column].append(flaw.message)
    faulty = {fault.column for fault in row.faults}
    mended = {heading for number, heading in previewed.choices.mended if number == row.row}
    in_file = next(table for table in previewed.file.tables if table.sheet == plan.sheet)
    return tuple(
        FlawedCell(
            heading=heading,
            written=_text(in_file, row.row, place),
            text=_text(plan.table, row.row, place),
            reasons=tuple(dict.fromkeys(reasons[heading])),
            is_fault=heading in faulty,
        )
        for place, heading in enumerate(plan.header.headings)
        if heading and heading in reasons.keys() | mended
    )


def used_cells(previewed: Preview, row: RowChange) -> tuple[tuple[str, str], ...]:
    """Return what stands in a row in the columns that are used: heading and text, without the empty ones."""
    plan = previewed.plan
    cells = [
        (heading, _text(plan.table, row.row, place))
        for place, heading in enumerate(plan.header.headings)
        if plan.columns.get(heading)
    ]
    return tuple((heading, text) for heading, text in cells if text)


def _text(table: RawTable, number: int, place: int) -> str:
    cells = _row(table, number)
    return plain_text(cells[place]) if place < len(cells) else ""


def _row(table: RawTable, number: int) -> Sequence[Cell]:
    """Return the row with this number, as the user sees it; the numbers ascend."""
    return table.rows[bisect_left(table.numbers, number) if table.numbers else number - 1]
