"""Which column is used for what: by its heading first, then by what stands in it, and by what the user chose."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.base.errors import AppError
from app.base.formatting import join_words
from app.domain.names import company_key
from app.importing.amounts import looks_like_amount
from app.importing.cleaning import Misfit, is_nothing, plain_text
from app.importing.dates import read_dates
from app.importing.headings import Header, guesses_of
from app.importing.levels import parse_level, parse_status
from app.importing.readers import Cell, RawTable
from app.importing.vocabulary import FIELDS, OPEN_CONTRACT, OPEN_FROM, OPEN_TO, Guess, key_of

_SAMPLE = 5000
# From this confidence on the heading decides, whatever stands below it: then what does not fit is a fault.
_CERTAIN = 0.85
_AMOUNTS = frozenset({"amount", "invoiced"})
_DATES = frozenset({"contract_from", "contract_to", "valid_from", "valid_to", "status_on", OPEN_FROM, OPEN_TO})
_DUTCH = re.compile(
    r"naam|plaats|bedrag|leverancier|crediteur|omzet|straat|adres|telefoon|datum|jaar|opdracht|nummer|trede|gefactureerd|"
    r"betaald|btw|kvk|bedrijf|geldig|waarde|uitgaven|categorie|looptijd",
    re.IGNORECASE,
)
_DUTCH_POSTCODE = re.compile(r"^[1-9]\d{3} ?[A-Z]{2}\b")
# What stands in a cell that answers a question and names nobody.
_ANSWERS = frozenset({"ja", "nee", "yes", "no", "y", "n", "true", "false", "n/a", "n.v.t.", "various", "x"})


@dataclass(frozen=True)
class Column:
    """One column of the table and what it is used for. `year` is the year of its amounts, when the heading says so."""

    index: int
    heading: str
    field: str | None
    year: int | None = None
    is_gross: bool = False


@dataclass(frozen=True)
class _Candidate:
    index: int
    guess: Guess


def choose_columns(table: RawTable, header: Header, mapping: Mapping[str, str | None]) -> tuple[Column, ...]:
    """Decide for every column with a heading what it is used for.

    `mapping` is what the user chose: heading → field, or "" or None for "do not use"; it always wins. Raises
    `AppError` for a heading or field that does not exist.
    """
    return _Chooser(table, header).choose(_resolve(header, mapping))


def _resolve(header: Header, mapping: Mapping[str, str | None]) -> dict[int, str | None]:
    chosen: dict[int, str | None] = {}
    by_key = {key_of(heading): index for index, heading in reversed(list(enumerate(header.headings))) if heading}
    for heading, field in mapping.items():
        if field and field not in FIELDS:
            raise AppError(
                f"'{field}' is geen veld. Er is niets geïmporteerd.", f"Kies uit: {join_words(FIELDS, 'of')}."
            )
        index = by_key.get(key_of(heading))
        if index is None:
            raise AppError(
                f"De kolom '{heading}' staat niet in het bestand. Er is niets geïmporteerd.",
                f"Kies uit: {join_words([text for text in header.headings if text], 'of')}.",
            )
        chosen[index] = field or None
    return chosen


class _Chooser:
    def __init__(self, table: RawTable, header: Header) -> None:
        self.header = header
        self.rows = [row for row in table.rows[header.first_data :] if any(cell is not None for cell in row)][:_SAMPLE]
        self.texts: dict[int, list[str]] = {}
        self.is_dutch = table.delimiter == ";" or is_dutch(header)
        self.names: list[str] = []

    def choose(self, chosen: Mapping[int, str | None]) -> tuple[Column, ...]:
        guesses = {index: guesses_of(heading) for index, heading in enumerate(self.header.headings) if heading}
        taken: dict[int, Guess] = {}
        for index, field in chosen.items():
            own = next((guess for guess in guesses.get(index, ()) if guess.field == field), None)
            year = next((guess.year for guess in guesses.get(index, ()) if guess.year), None)
            if field:
                taken[index] = own or Guess(field, 2.0, year if field in _AMOUNTS else None)
        self._refuse_doubles(taken)
        candidates = [_Candidate(i, guess) for i, found in guesses.items() if i not in chosen for guess in found]
        fixed = {guess.field for guess in taken.values()}
        candidates = [candidate for candidate in candidates if candidate.guess.field not in fixed]
        self._take_name(candidates, taken)
        candidates = self._settle_open(candidates, {guess.field for guess in taken.values()})
        self._take_rest(candidates, taken)
        return tuple(
            Column(index, heading, taken[index].field, taken[index].year, taken[index].is_gross)
            if index in taken
            else Column(index, heading, None)
            for index, heading in enumerate(self.header.headings)
            if heading
        )

    def _refuse_doubles(self, taken: Mapping[int, Guess]) -> None:
        seen: dict[tuple[str, int | None], int] = {}
        for index, guess in taken.items():
            other = seen.setdefault((guess.field, guess.year), index)
            if other != index:
                raise AppError(
                    f"De kolommen '{self.header.headings[other]}' en '{self.header.headings[index]}' zijn allebei "
                    f"gekozen als {guess.field}. Er is niets geïmporteerd.",
                    "Kies één kolom per veld.",
                )

    def _take_name(self, candidates: list[_Candidate], taken: dict[int, Guess]) -> None:
        """The name comes first: whether other columns say something about a supplier shows beside it."""
        if not any(guess.field == "name" for guess in taken.values()):
            named = [(self._name_quality(c), c) for c in candidates if c.guess.field == "name" and c.index not in taken]
            # A column called "supplier id" that holds names is the name, when nothing else is.
            named = [(quality, c) for quality, c in named if quality > 0] or [
                (quality * 0.5, replace(c, guess=replace(c.guess, field="name")))
                for quality, c in ((self._name_quality(c), c) for c in candidates if c.guess.field == "own_number")
                if c.guess.confidence >= _CERTAIN and self._holds_names(c.index)
            ]
            if named:
                best = max(named, key=lambda item: (item[0], -item[1].index))[1]
                taken[best.index] = best.guess
        index = next((index for index, guess in taken.items() if guess.field == "name"), None)
        self.names = [company_key(name) for name in self._column(index)] if index is not None else []

    def _name_quality(self, candidate: _Candidate) -> float:
        values = [text for text in self._column(candidate.index) if text]
        if not values:
            return candidate.guess.confidence * 0.1
        distinct = set(values)
        if {text.casefold() for text in distinct} <= _ANSWERS:
            return 0.0
        lettered = sum(any(character.isalpha() for character in text) for text in distinct) / len(distinct)
        constant = 0.5 if len(values) >= 20 and len(distinct) == 1 else 1.0
        return candidate.guess.confidence * constant * (1.0 if lettered >= 0.5 else 0.2)

    def _holds_names(self, index: int) -> bool:
        values = {text for text in self._column(index) if text}
        wordy = sum(" " in text.strip() and sum(c.isalpha() for c in text) > len(text) / 2 for text in values)
        return bool(values) and wordy / len(values) >= 0.6

    def _settle_open(self, candidates: list[_Candidate], fixed: set[str]) -> list[_Candidate]:
        """Give the dates that only say "start" or "end" to the contract or the certificate, whichever the table has."""
        sure = {c.guess.field for c in candidates if c.guess.confidence >= _CERTAIN} | fixed
        has_contract = bool(sure & {"contract_number", "contract_title"}) or any(
            c.guess.field == OPEN_CONTRACT for c in candidates
        )
        has_certificate = bool(sure & {"level", "certificate_number"}) or any(
            c.guess.field == "level" and self._fits(c) for c in candidates
        )
        of_contract = has_contract or not has_certificate
        if has_contract and has_certificate and sure & {"contract_from", "contract_to"}:
            of_contract = False
        settled: list[_Candidate] = []
        for candidate in candidates:
            field = candidate.guess.field
            if field == OPEN_FROM:
                field = "contract_from" if of_contract else "valid_from"
            elif field == OPEN_TO:
                field = "contract_to" if of_contract else "valid_to"
            elif field == OPEN_CONTRACT:
                field = "contract_title" if self._holds_names(candidate.index) else "contract_number"
            if (
                field in {"valid_from", "valid_to", "status_on", "certificate_status", "issuer", "covers_kvk"}
                and not has_certificate
            ):
                continue
            if field == "contract_total" and not has_contract:
                field = "amount"
            settled.append(replace(candidate, guess=replace(candidate.guess, field=field)))
        has_visit = any(
            "ezoek" in self.header.headings[c.index] for c in settled if c.guess.field in {"street", "city"}
        )
        return [self._as_postal(candidate) for candidate in settled] if has_visit else settled

    def _as_postal(self, candidate: _Candidate) -> _Candidate:
        """Beside a visiting address, the address without a qualifier is where the post goes."""
        field = candidate.guess.field
        is_plain = "ezoek" not in self.header.headings[candidate.index]
        if field in {"street", "postcode", "city", "house_number"} and is_plain:
            return replace(candidate, guess=replace(candidate.guess, field=f"postal_{field}"))
        return candidate

    def _take_rest(self, candidates: list[_Candidate], taken: dict[int, Guess]) -> None:
        ordered = sorted(candidates, key=lambda c: (-c.guess.confidence, c.index))
        years = {c.guess.field for c in ordered if c.guess.field in _AMOUNTS and c.guess.year and self._fits(c)}
        used = {(guess.field, guess.year) for guess in taken.values()}
        for candidate in ordered:
            field, year = candidate.guess.field, candidate.guess.year
            if candidate.index in taken or field == "name" or (field, year) in used:
                continue
            # Beside columns per year, a column without a year is their total.
            if field in years and year is None:
                continue
            if self._fits(candidate):
                taken[candidate.index] = candidate.guess
                used.add((field, year))

    def _fits(self, candidate: _Candidate) -> bool:
        """Whether what stands in the column is what its heading promises."""
        field, sure = candidate.guess.field, candidate.guess.confidence
        cells = self._cells(candidate.index)
        filled = [cell for cell in cells if cell is not None]
        if field == "own_number":
            return self._identifies(candidate, tolerance=0.3 if sure >= _CERTAIN else 0.1)
        if field == "category":
            return self._is_constant_per_name(candidate.index, tolerance=0.3)
        if field == "kvk" and sure < 0.75:
            return self._is_dutch_kvk(filled, candidate)
        if field == "btw_id" and sure < _CERTAIN:
            return (
                _share(filled, lambda cell: bool(re.search(r"[A-Za-z]{2}.*\d|^[\d .]{9,}$", plain_text(cell)))) >= 0.5
            )
        if field in _AMOUNTS or field == "contract_total":
            threshold = 0.5 if sure < _CERTAIN or len(filled) >= 20 else 0.0
            return _share(filled, looks_like_amount) >= threshold
        if field == "date" or (field in _DATES and sure < _CERTAIN):
            return _reads_as_dates(filled, whole=field != "date") >= (0.7 if field == "date" else 0.5)
        if field == "level" and sure < _CERTAIN:
            return bool(filled) and _share(filled, _parses(parse_level)) >= 0.5
        if field == "certificate_status" and sure < _CERTAIN:
            return bool(filled) and _share(filled, _parses(parse_status)) >= 0.5
        return True

    def _identifies(self, candidate: _Candidate, *, tolerance: float) -> bool:
        """Whether a number names a supplier, and not an invoice, a line or a group of suppliers."""
        index = candidate.index
        if not self.names:
            return candidate.guess.confidence >= 0.75
        if self._holds_names(index) or not self._is_constant_per_name(index, tolerance=tolerance):
            return False
        names_of: dict[str, set[str]] = defaultdict(set)
        for name, number in zip(self.names, self._column(index), strict=True):
            if name and number:
                names_of[number].add(name)
        shared = sum(len(names) > 1 for names in names_of.values())
        # A vague heading beside dates is more likely a number of invoices, all different.
        is_vague = candidate.guess.confidence < 0.75
        if is_vague and len(set(self.names)) == len(self.names) and self._has_dates():
            return False
        return not names_of or shared / len(names_of) <= tolerance

    def _has_dates(self) -> bool:
        headings = [guesses_of(heading) for heading in self.header.headings if heading]
        return any(guess.field == "date" for found in headings for guess in found)

    def _is_constant_per_name(self, index: int, *, tolerance: float) -> bool:
        values_of: dict[str, set[str]] = defaultdict(set)
        times: dict[str, int] = defaultdict(int)
        for name, value in zip(self.names, self._column(index), strict=False):
            if name and value:
                values_of[name].add(value)
                times[name] += 1
        repeated = [name for name, count in times.items() if count > 1]
        differing = sum(len(values_of[name]) > 1 for name in repeated)
        return not repeated or differing / len(repeated) <= tolerance

    def _is_dutch_kvk(self, filled: Sequence[Cell], candidate: _Candidate) -> bool:
        if _share(filled, lambda cell: bool(re.fullmatch(r"\d{8}", plain_text(cell)))) < 0.9 or not filled:
            return False
        if self.is_dutch or re.search(
            r"identificatie|registratie|kvk", self.header.headings[candidate.index], re.IGNORECASE
        ):
            return True
        texts = [self._column(index) for index in range(len(self.header.headings))]
        return any(
            values and sum(bool(_DUTCH_POSTCODE.match(value)) for value in values) > len(values) / 2
            for values in ([value for value in column if value] for column in texts)
        )

    def _cells(self, index: int) -> list[Cell]:
        return [row[index] if index < len(row) else None for row in self.rows]

    def _column(self, index: int) -> list[str]:
        if index not in self.texts:
            texts = [plain_text(cell) for cell in self._cells(index)]
            self.texts[index] = ["" if is_nothing(text) else text for text in texts]
        return self.texts[index]


def is_dutch(header: Header) -> bool:
    """Whether the headings are Dutch."""
    return any(_DUTCH.search(heading) for heading in header.headings)


def _share(filled: Sequence[Cell], test: Callable[[Cell], bool]) -> float:
    return sum(map(test, filled)) / len(filled) if filled else 1.0


def _parses(parse: Callable[[str], object]) -> Callable[[Cell], bool]:
    def test(cell: Cell) -> bool:
        try:
            parse(plain_text(cell))
        except ValueError:
            return False
        return True

    return test


def _reads_as_dates(filled: Sequence[Cell], *, whole: bool) -> float:
    values = [value for value in read_dates(filled, whole=whole).values if value is not None]
    return sum(not isinstance(value, Misfit) for value in values) / len(values) if values else 0.0
