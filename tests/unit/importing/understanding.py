"""What the importer makes of a file, as one line of a table that a person can check; see `tests/golden/import`."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from app.base.errors import AppError
from app.base.progress import NoProgress
from app.domain.contract import AmountKind
from app.importing.headings import Header, find_header, find_table
from app.importing.outcome import ImportPlan, NoHeadingsError, Outcome, YearUnknownError
from app.importing.readers import read_tables
from app.importing.tables import RawTable
from app.importing.vocabulary import key_of
from tests.unit.importing.conftest import Importer

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", None: ""}
# The year that the user gives where the file does not tell.
_YEAR = 2026
_FIELDS = {AmountKind.AGREED: "amount", AmountKind.INVOICED: "invoiced"}


@dataclass(frozen=True)
class Line:
    """One file. `headings` are row numbers; `columns` their number, first and last; `used` is heading→field, ending in
    ! where the user chose it; `wrong` and `skipped` name their rows; `amounts` are sums per field.
    """

    file: str
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    headings: str = ""
    columns: str = ""
    used: str = ""
    taken: str = ""
    wrong: str = ""
    skipped: str = ""
    amounts: str = ""
    refused: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """Return what the user has to choose: heading → field."""
        pairs = [part.removesuffix("!").rpartition("→") for part in self.used.split("; ") if part.endswith("!")]
        return {heading: field for heading, _, field in pairs}


NAMES = tuple(field.name for field in fields(Line))


def read_lines(text: str, section: str) -> list[tuple[Line, str]]:
    """Return the rows of the Markdown table in a section as lines, each with the remark behind it."""
    body = text.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in body.splitlines() if row.startswith("|")]
    return [(Line(*cells[: len(NAMES)]), "".join(cells[len(NAMES) :])) for cells in rows[2:]]


def as_row(line: Line) -> str:
    """Return a line as it stands in the table, to be looked at and taken over."""
    return f"| {' | '.join(getattr(line, name) for name in NAMES)} |"


def understand(path: Path, importer: Importer, chosen: Mapping[str, str]) -> Line:
    """Run a file through the importer with an empty register, and say what came of it.

    `chosen` is what the user answers when he is asked which column holds the name.
    """
    try:
        tables = read_tables(path, NoProgress())
    except AppError as error:
        return Line(path.name, refused=_first_sentence(error))
    plan, asks_year, refusals = _plan(path, importer, chosen)
    if plan:
        table = next(table for table in tables if table.sheet == plan.sheet)
    else:
        table = max(tables, key=lambda table: len(table.rows))
    header = find_header(table, chosen=set(map(key_of, chosen))) or find_table(table)
    assert header is not None
    headings = tuple(heading for heading in header.headings if heading)
    # What the user may choose from is what he sees afterwards.
    assert all(error.headings == headings for error in refusals if isinstance(error, NoHeadingsError))
    line = Line(
        file=path.name,
        sheet=table.sheet or "",
        encoding=table.encoding or "",
        delimiter=DELIMITERS[table.delimiter],
        headings=_rows_of(table, header),
        columns=f"{len(headings)}: {' … '.join(dict.fromkeys((headings[0], headings[-1])))}".replace("|", "¦"),
        refused=" / ".join(map(_first_sentence, refusals)),
    )
    return _with_plan(line, plan, chosen, asks_year) if plan else line


def _plan(
    path: Path, importer: Importer, chosen: Mapping[str, str]
) -> tuple[ImportPlan | None, bool, tuple[AppError, ...]]:
    """Return the plan, whether the year was asked, and the refusals on the way."""
    refusals: list[AppError] = []
    for mapping in ({}, chosen) if chosen else ({},):
        try:
            return importer.plan(path, mapping=mapping), False, tuple(refusals)
        except YearUnknownError:
            return importer.plan(path, mapping=mapping, year=_YEAR), True, tuple(refusals)
        except AppError as error:
            refusals.append(error)
    return None, False, tuple(refusals)


def _with_plan(line: Line, plan: ImportPlan, chosen: Mapping[str, str], asks_year: bool) -> Line:
    used = {heading: field for heading, field in plan.columns.items() if field}
    rows: dict[Outcome, list[int]] = defaultdict(list)
    for row in plan.rows:
        rows[row.outcome].append(row.row)
    sums: dict[str, int] = defaultdict(int)
    for amount in plan.new.amounts:
        sums[_FIELDS[amount.kind]] += amount.cents
    assert sum(sums.values()) == plan.amount_cents
    years = sorted({amount.year for amount in plan.new.amounts})
    told = ", ".join(f"{field} {cents / 100:.2f}" for field, cents in sorted(sums.items()))
    of_years = "year asked" if asks_year else f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))
    return replace(
        line,
        used="; ".join(f"{heading}→{field}{'!' if heading in chosen else ''}" for heading, field in used.items()),
        taken=str(sum(len(found) for outcome, found in rows.items() if outcome not in _LEFT_OUT)),
        wrong=_numbered(rows[Outcome.ERROR]),
        skipped=_numbered(rows[Outcome.SKIPPED]),
        amounts=f"{told} ({of_years})" if told else "",
    )


_LEFT_OUT = (Outcome.ERROR, Outcome.SKIPPED)


def _numbered(rows: list[int]) -> str:
    """Return how many rows these are and which; of many only the first and the last."""
    shown = rows if len(rows) <= 12 else [rows[0], "…", rows[-1]]
    return f"{len(rows)}: {' '.join(map(str, shown))}" if rows else ""


def _rows_of(table: RawTable, header: Header) -> str:
    numbers = [table.number_of(index) for index in range(header.index, header.first_data)]
    return "–".join(map(str, dict.fromkeys((numbers[0], numbers[-1])))) if numbers else "none"


def _first_sentence(error: AppError) -> str:
    assert error.advice
    return f"{error.message.split('. ')[0].rstrip('.')}.".replace("|", "¦")
