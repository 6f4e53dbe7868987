"""The plan of an import: what a file would change in the register, with nothing written yet.

What a file holds follows from its columns, and is asked where they leave it open. A list of certificates never adds
suppliers; any other file adds and updates them, with their contacts, contracts, amounts per year and certificates.
Amounts of a file replace those of the register, so that the same file twice changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.base.errors import AppError
from app.base.formatting import join_words
from app.base.progress import Progress
from app.domain.rows import Records
from app.importing.asides import tell_asides
from app.importing.asking import Asked, Option, Question
from app.importing.certificate_list import CertificateListPlanning
from app.importing.choices import Choices, ImportOptions
from app.importing.columns import choose_columns
from app.importing.entry_reader import read_entries
from app.importing.headings import Header, find_header
from app.importing.headings import list_headings as texts_of
from app.importing.outcome import ColumnSample, ImportPlan, NoHeadingsError
from app.importing.planner import SupplierPlanning
from app.importing.planning import Given
from app.importing.tables import RawTable
from app.importing.vocabulary import key_of

_YEARS = range(1980, 2101)
# Only who buys has these of a supplier; a list of certificates of anybody may give where they are and what they do.
_OURS = frozenset(
    "register_id key_partner btw_id amount invoiced contract_number contract_title contract_from contract_to".split()
)
_ANYBODYS = frozenset("street house_number phone email contact category".split())
_SUPPLIERS, _CERTIFICATES = "suppliers", "certificates"


def plan_import(
    tables: Sequence[RawTable],
    *,
    register: Records,
    options: ImportOptions,
    new_id: Callable[[], str],
    progress: Progress,
) -> ImportPlan:
    """Plan the import of the best of these tables into the register.

    Raises `AppError` where the file or the choices of the user leave no plan (`YearUnknownError` and `NoHeadingsError`
    where a choice helps), and `Cancelled`.
    """
    choices = options.choices
    if choices.year is not None and choices.year not in _YEARS:
        raise AppError(f"{choices.year} is geen jaar. Er is niets geïmporteerd.", "Geef een jaar als 2026.")
    table, header = _best_table(tables, choices)
    if not any(any(cell is not None for cell in row) for row in table.rows[header.first_data :]):
        raise AppError("Onder de koprij staan geen rijen. Er is niets geïmporteerd.", "Kies een ander bestand.")
    table = _mended(table, header, choices)
    columns = choose_columns(table, header, choices.mapping)
    used = {column.field for column in columns if column.field}
    if not used & {"name", "kvk", "own_number", "register_id"}:
        raise _no_header(list(header.headings))
    reading = read_entries(table, header, columns, options, progress)
    tell_asides(reading, table, header, columns, choices.mapping)
    sheets = tuple(other.sheet for other in tables if other.sheet and other.rows)
    others = [name for name in sheets if name != table.sheet]
    if others and choices.sheet is None:
        listed = join_words([f"'{name}'" for name in others])
        reading.note(f"Gelezen is blad '{table.sheet}'. Niet gelezen: {listed}.")
    question = _ask_whose(used, choices)
    reading.questions += [question] if question else []
    is_list = question.answer == _CERTIFICATES if question else _has_certificates(used) and not used & _OURS
    kind = CertificateListPlanning if is_list else SupplierPlanning
    planning = kind(Given(register, options, new_id, progress, reading, columns))
    planning.plan()
    return planning.finish(table, header, sheets)


def look_at(
    tables: Sequence[RawTable], *, options: ImportOptions, most_rows: int, progress: Progress
) -> tuple[RawTable, Header, tuple[ColumnSample, ...]]:
    """Return the table that would be read, at most `most_rows` of it, its heading row and samples of its columns.

    What the rows behind these tell may have the columns read otherwise. Raises as `plan_import`.
    """
    table, header = _best_table(tables, options.choices)
    last = header.first_data + most_rows
    table = replace(table, rows=table.rows[:last], numbers=table.numbers[:last])
    columns = choose_columns(table, header, options.choices.mapping)
    return table, header, read_entries(table, header, columns, options, progress).samples


def list_headings(tables: Sequence[RawTable], choices: Choices) -> tuple[str, ...]:
    """Return the headings of the table that would be read: what a layout is known by. Raises `AppError`."""
    try:
        _, header = _best_table(tables, choices)
    except NoHeadingsError as error:
        return error.headings
    return tuple(filter(None, header.headings))


def _has_certificates(fields: set[str]) -> bool:
    dated_number = "certificate_number" in fields and bool(fields & {"valid_from", "valid_to"})
    return "level" in fields or dated_number


def _ask_whose(fields: set[str], choices: Choices) -> Question | None:
    """Ask whether levels beside addresses are those of our suppliers, or a list of whoever has a certificate.

    Every organisation of such a list would become a supplier otherwise.
    """
    if not _has_certificates(fields) or fields & _OURS or not fields & _ANYBODYS:
        return None
    answer = choices.answers.get(f"{Asked.WHOSE}:")
    return Question(
        asked=Asked.WHOSE,
        text="Van wie zijn de certificaten in dit bestand?",
        options=(
            Option(_SUPPLIERS, "van onze leveranciers: wie nieuw is, komt erbij"),
            Option(_CERTIFICATES, "van allerlei organisaties, zoals in een PSO-lijst: er komt geen leverancier bij"),
        ),
        answer=answer if answer in {_SUPPLIERS, _CERTIFICATES} else _SUPPLIERS,
        is_open=answer is None and "own_number" not in fields,
    )


def _mended(table: RawTable, header: Header, choices: Choices) -> RawTable:
    """Return the table with the cells that the user corrected."""
    if not choices.mended:
        return table
    places = {table.number_of(index): index for index in range(header.first_data, len(table.rows))}
    rows = list(table.rows)
    for (number, heading), text in choices.mended.items():
        if number in places and heading in header.headings:
            at = header.headings.index(heading)
            cells = list(rows[places[number]]) + [None] * (at + 1 - len(rows[places[number]]))
            cells[at] = text or None
            rows[places[number]] = tuple(cells)
    return replace(table, rows=rows)


def _best_table(tables: Sequence[RawTable], choices: Choices) -> tuple[RawTable, Header]:
    if choices.sheet is not None:
        tables = [table for table in tables if table.sheet == choices.sheet]
        if not tables:
            raise AppError(
                f"Het blad '{choices.sheet}' staat niet in het bestand. Er is niets geïmporteerd.",
                "Kies een blad dat er wel staat.",
            )
    chosen = {key_of(heading) for heading in choices.mapping}
    best: tuple[tuple[bool, float, int], RawTable, Header] | None = None
    for table in tables:
        header = find_header(table, chosen=chosen)
        if header is None:
            continue
        rows = len(table.rows) - header.first_data
        is_of_year = choices.year is not None and str(choices.year) in (table.sheet or "")
        rank = (is_of_year and rows > 0, round(header.score, 1) if rows else 0.0, rows)
        if best is None or rank > best[0]:
            best = (rank, table, header)
    if best is None:
        seen = max(map(texts_of, tables), key=len, default=())
        raise _no_header(list(seen))
    return best[1], best[2]


def _no_header(seen: list[str]) -> NoHeadingsError:
    shown = [f"'{text[:40]}'" for text in seen if text][:12]
    what = f" Dit staat er wel: {', '.join(shown)}." if shown else ""
    return NoHeadingsError(
        f"In dit bestand is geen kolom met de naam van de leverancier gevonden.{what} Er is niets geïmporteerd.",
        'Zet een koprij boven de tabel, of wijs de kolom zelf aan: --map "Kolom=name".',
        headings=tuple(text for text in seen if text),
    )
