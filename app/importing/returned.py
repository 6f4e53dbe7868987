"""A file of the rows that an import left out, mended and imported again: what was put beside the rows is taken away."""

from dataclasses import replace

from app.importing.tables import RawTable

BESIDE = ("Rij", "Uitkomst", "Reden")
"""The headings of what an export of faults puts in front of the columns of the file."""


def without_reasons(table: RawTable) -> RawTable:
    """Return a table as it was before the reasons were put beside its rows; any other table as it is."""
    if not table.rows or table.rows[0][: len(BESIDE)] != BESIDE:
        return table
    heading, *rows = (row[len(BESIDE) :] for row in table.rows)
    # What stood beyond the last heading has none here either.
    while heading and heading[-1] is None:
        heading = heading[:-1]
    return replace(table, rows=[heading, *rows], is_returned=True)
