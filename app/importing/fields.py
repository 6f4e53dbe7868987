"""The used columns read as a whole, each by what it is used for: amounts, dates, levels, answers or text."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.base.errors import AppError
from app.base.formatting import join_words
from app.base.progress import Progress
from app.domain.contract import AmountKind
from app.domain.names import company_key
from app.importing.amounts import read_amounts, without_vat
from app.importing.asking import Asked, Option, Question
from app.importing.cleaning import ColumnValues, Misfit, is_nothing, plain_text, read_each
from app.importing.columns import Column
from app.importing.dates import read_dates
from app.importing.levels import parse_level, parse_status, parse_yes_no
from app.importing.tables import Cell
from app.importing.vocabulary import VatInHeading, vat_in_heading

AMOUNT_KINDS = {"amount": AmountKind.AGREED, "invoiced": AmountKind.INVOICED}
_MONEY = frozenset({*AMOUNT_KINDS, "contract_total"})
DATE_FIELDS = ("contract_from", "contract_to", "valid_from", "valid_to", "status_on")
_CODE_AND_NAME = re.compile(r"^(?=\S*\d)([A-Z0-9]{5,}) : (\S.*)$")


_SCALES = {"1": "in euro's", "1000": "in duizenden euro's", "1000000": "in miljoenen euro's"}
_MILLIONS = re.compile(r"\bx\s?(€|eur|euro)?\s?1[. ]?000[. ]?000\b|\bmln\b|\bmiljoen(en)?\b|\bmeur\b", re.IGNORECASE)
_THOUSANDS = re.compile(
    r"\bx\s?(€|eur|euro)?\s?1[. ]?000\b|\bk\s?(€|eur)|€\s?k\b|\(k\)|\b(in )?duizend(en|tallen)?\b|'000\b", re.IGNORECASE
)
_VAT_RATES = {"0": "exclusief btw", "21": "inclusief 21 % btw", "9": "inclusief 9 % btw"}


@dataclass(slots=True)
class FieldsRead:
    """The values of every column by its index, notes on how they were read, and what may be read otherwise."""

    values: dict[int, Sequence[object]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def read_fields(
    rows: Sequence[tuple[Cell, ...]],
    columns: Sequence[Column],
    *,
    answers: Mapping[str, str],
    above: Sequence[str],
    dutch: bool,
    with_dates: bool,
    progress: Progress,
) -> FieldsRead:
    """Read the columns as the user answered, else as the whole column tells.

    `above` are the texts above the headings. `with_dates` False leaves the column of dates unread: the year of the
    amounts is known already.
    """
    found = FieldsRead()
    dated = [column.index for column in columns if column.field == "date" or column.field in DATE_FIELDS]
    dates = [row[index] for row in rows for index in dated if index < len(row)]
    for done, column in enumerate(columns):
        progress.step(done, len(columns), "Kolommen lezen")
        cells = [row[column.index] if column.index < len(row) else None for row in rows]
        keys = (f"{asked}:{column.heading}" for asked in (Asked.DECIMAL, Asked.ORDER))
        answer = next((answers[key] for key in keys if key in answers), None)
        read = _typed(column.field, cells, dutch, answer, dates if with_dates or column.field != "date" else None)
        if read is not None:
            found.values[column.index] = read.values
            found.notes += read.notes
            found.questions += [replace(read.question, column=column.heading)] if read.question else []
        else:
            texts = ["" if is_nothing(text := plain_text(cell)) else text for cell in cells]
            found.values[column.index] = _without_codes(texts) if column.field == "name" else texts
    _scale_up(found, columns, answers, above)
    _take_vat_out(found, columns, answers)
    return found


def _scale_up(found: FieldsRead, columns: Sequence[Column], answers: Mapping[str, str], above: Sequence[str]) -> None:
    """Bring amounts to euros where the heading, or a line above the table, says that they are thousands or millions."""
    money = [column for column in columns if column.field in _MONEY]
    for_all = max(map(_scale_in, above), default=1)
    scaled = {column.index: max(for_all, _scale_in(column.heading)) for column in money}
    asked = [column for column in money if scaled[column.index] > 1]
    if not asked:
        return
    names, proposal = _names(asked), str(scaled[asked[0].index])
    question = _ask(Asked.SCALE, f"Waarin staan de bedragen van {names}?", _SCALES, proposal, answers)
    found.questions.append(question)
    if (factor := int(question.answer)) > 1:
        found.notes.append(f"De bedragen van {names} zijn {_SCALES[question.answer]} gelezen.")
        for column in asked:
            values = found.values[column.index]
            found.values[column.index] = [value * factor if isinstance(value, int) else value for value in values]


def _scale_in(text: str) -> int:
    return 1_000_000 if _MILLIONS.search(text) else 1000 if _THOUSANDS.search(text) else 1


def _take_vat_out(found: FieldsRead, columns: Sequence[Column], answers: Mapping[str, str]) -> None:
    """Bring amounts to what they are without VAT: headings that say "excl. btw" are believed, others asked about.

    Those that say "incl." are asked about apart, so that nothing is taken out of those that say nothing.
    """
    told: dict[VatInHeading, list[Column]] = defaultdict(list)
    for column in columns:
        if column.field in _MONEY:
            told[vat_in_heading(column.heading)].append(column)
    untold, including = told[VatInHeading.UNTOLD], told[VatInHeading.IN]
    for asked, proposal in ((untold, "0"), (including, "21")):
        if not asked:
            continue
        about = asked[0].heading if asked is including and untold else ""
        text = f"Zijn de bedragen van {_names(asked)} exclusief of inclusief btw?"
        question = _ask(Asked.VAT, text, _VAT_RATES, proposal, answers, about=about)
        found.questions.append(question)
        if rate := int(question.answer):
            which = f" van {_names(asked)}" if untold and including else ""
            found.notes.append(f"De btw van {rate} % is van de bedragen{which} afgetrokken.")
            for column in asked:
                found.values[column.index] = [
                    without_vat(value, rate) if isinstance(value, int) else value
                    for value in found.values[column.index]
                ]


def _ask(
    asked: Asked, text: str, labels: Mapping[str, str], proposal: str, answers: Mapping[str, str], *, about: str = ""
) -> Question:
    """Return a question about several columns at once; its answer is what is followed."""
    answer = answers.get(f"{asked}:{about}")
    return Question(
        asked=asked,
        text=text,
        options=tuple(Option(value, label) for value, label in labels.items()),
        answer=answer if answer is not None and answer in labels else proposal,
        is_open=answer is None,
        column=about,
    )


def _names(columns: Sequence[Column]) -> str:
    return join_words([f"‘{column.heading}’" for column in columns[:3]])


def _typed(
    name: str | None, cells: list[Cell], dutch: bool, answer: str | None, dates: Sequence[Cell] | None
) -> ColumnValues[object] | None:
    """Read one column by its field; None for text. `dates` are all dates of the table, None to leave them unread."""
    if name in AMOUNT_KINDS:
        return read_amounts(cells, dutch=dutch, answer=answer)
    if name == "contract_total":
        return _without_negatives(cells, read_amounts(cells, dutch=dutch, answer=answer))
    if name in DATE_FIELDS:
        return read_dates(cells, beside=dates or (), answer=answer)
    if name == "date":
        if dates is None:
            return ColumnValues([None] * len(cells))
        return read_dates(cells, whole=False, beside=dates, answer=answer)
    if name == "level":
        return read_each(cells, parse_level, advice="Schrijf Aspirant, Basis, Trede 1, Trede 2 of Trede 3.")
    if name == "certificate_status":
        return read_each(cells, parse_status, advice="Schrijf geldig, ingetrokken, opgeschort of vervangen.")
    if name in {"plus30", "key_partner"}:
        return read_each(cells, parse_yes_no, advice="Schrijf ja of nee, of laat de cel leeg.")
    return None


def _without_negatives(cells: Sequence[Cell], read: ColumnValues[int]) -> ColumnValues[int]:
    message = "De waarde van een contract kan niet negatief zijn. Vul een bedrag in, of laat de cel leeg."
    values = [
        Misfit(plain_text(cell), message) if isinstance(value, int) and value < 0 else value
        for cell, value in zip(cells, read.values, strict=True)
    ]
    return replace(read, values=values)


def used_columns(columns: Sequence[Column], year: int | None) -> list[Column]:
    """Return the used columns; of several years next to each other the chosen year only (`AppError` if absent)."""
    used = [column for column in columns if column.field]
    for kind in AMOUNT_KINDS:
        years = {column.year for column in used if column.field == kind and column.year}
        if year is None or len(years) < 2:
            continue
        if year not in years:
            listed = ", ".join(str(year) for year in sorted(years))
            raise AppError(
                f"Het bestand heeft geen bedragen van {year}, wel van {listed}. Er is niets geïmporteerd.",
                "Kies een van die jaren, of laat het jaar weg om ze allemaal te lezen.",
            )
        used = [column for column in used if column.field != kind or column.year in (None, year)]
    return used


def _without_codes(names: list[str]) -> list[str]:
    """Take the code off names such as `UK0479435601 : Prime Care`, where the whole column is written so."""
    split = [_CODE_AND_NAME.match(name) for name in names]
    matched = [found for found in split if found]
    filled = sum(bool(name) for name in names)
    if not matched or len(matched) < 0.8 * filled:
        return names
    codes: dict[str, set[str]] = {}
    for found in matched:
        codes.setdefault(company_key(found[2]), set()).add(found[1])
    if any(len(values) > 1 for values in codes.values()):
        return names
    return [found[2] if found else name for found, name in zip(split, names, strict=True)]
