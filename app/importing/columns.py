"""Which column is used for what: by its heading first, then by what stands in it, and by what the user chose."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.base.errors import AppError
from app.base.formatting import join_words
from app.domain.names import company_key
from app.importing.contents import CERTAIN, Contents
from app.importing.field_labels import LABELS
from app.importing.headings import Header, guesses_of
from app.importing.meanings import FIELDS, OPEN_CONTRACT, OPEN_FROM, OPEN_TO
from app.importing.people import split_kvk
from app.importing.tables import RawTable
from app.importing.vocabulary import Guess, VatInHeading, key_of, vat_in_heading

_AMOUNTS = frozenset({"amount", "invoiced"})
_SURE = 0.8
_JUST_NUMBER = frozenset({"nr", "no", "nummer", "number"})


@dataclass(frozen=True)
class Column:
    """One column of the table and what it is used for. `year` is the year of its amounts, when the heading says so.

    `holds_kvk` is True for names that have their KvK number in brackets behind them. `is_sure` is False where neither
    the user nor the heading by itself says so: then what stands in the column made up for it.
    """

    index: int
    heading: str
    field: str | None
    year: int | None = None
    holds_kvk: bool = False
    is_sure: bool = True


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
    named = [(heading, index) for index, heading in enumerate(header.headings) if heading]
    # A heading as it stands goes before one that reads the same.
    by_key = {key_of(heading): index for heading, index in reversed(named)}
    exact = dict(named)
    for heading, field in mapping.items():
        if field and field not in FIELDS:
            raise AppError(
                f"'{field}' is geen veld. Er is niets geïmporteerd.", f"Kies uit: {join_words(FIELDS, 'of')}."
            )
        index = exact.get(heading, by_key.get(key_of(heading)))
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
        self.contents = Contents(table, header)

    def choose(self, chosen: Mapping[int, str | None]) -> tuple[Column, ...]:
        guesses = {
            index: guesses_of(heading) for index, heading in enumerate(self.header.headings[: self._width()]) if heading
        }
        taken: dict[int, Guess] = {}
        for index, field in chosen.items():
            own = next((guess for guess in guesses.get(index, ()) if guess.field == field), None)
            year = next((guess.year for guess in guesses.get(index, ()) if guess.year), None)
            if field:
                taken[index] = own or Guess(field, 2.0, year if field in _AMOUNTS else None)
        self._refuse_doubles(taken)
        fixed = {guess.field for guess in taken.values()}
        for index, heading in enumerate(self.header.headings):
            if heading in FIELDS and heading not in fixed and index not in chosen:
                taken[index] = Guess(heading, 1.0)
        candidates = [_Candidate(i, guess) for i, found in guesses.items() if i not in chosen for guess in found]
        fixed = {guess.field for guess in taken.values()}
        candidates = [candidate for candidate in candidates if candidate.guess.field not in fixed]
        self._take_name(candidates, taken)
        candidates = self._settle_open(candidates, {guess.field for guess in taken.values()})
        self._take_rest(candidates, taken)
        return tuple(
            self._column(index, taken.get(index), is_chosen=index in chosen)
            for index, heading in enumerate(self.header.headings)
            if heading
        )

    def _width(self) -> int:
        """Return where a second table begins beside this one: a name again, behind a column that is empty."""
        headings = self.header.headings
        for index in range(2, len(headings)):
            base = headings[index].removesuffix(" (2)")
            is_again = base != headings[index] and base in headings and not headings[index - 1]
            if is_again and any(guess.field == "name" and guess.confidence >= CERTAIN for guess in guesses_of(base)):
                return index
        return len(headings)

    def _column(self, index: int, guess: Guess | None, *, is_chosen: bool) -> Column:
        heading = self.header.headings[index]
        if guess is None:
            return Column(index, heading, None)
        holds_kvk = guess.field == "name" and self.contents.hold_kvk(index)
        # Amounts with VAT in them only come after those without, and what is in them is asked.
        is_sure = is_chosen or guess.confidence >= _SURE or vat_in_heading(heading) is VatInHeading.IN
        return Column(index, heading, guess.field, guess.year, holds_kvk, is_sure)

    def _refuse_doubles(self, taken: Mapping[int, Guess]) -> None:
        seen: dict[tuple[str, int | None], int] = {}
        for index, guess in taken.items():
            other = seen.setdefault((guess.field, guess.year), index)
            if other != index and not guess.is_part:
                raise AppError(
                    f"De kolommen '{self.header.headings[other]}' en '{self.header.headings[index]}' zijn allebei "
                    f"gekozen als '{LABELS[guess.field]}'. Er is niets geïmporteerd.",
                    "Kies één kolom per veld.",
                )

    def _take_name(self, candidates: list[_Candidate], taken: dict[int, Guess]) -> None:
        """The name comes first: whether other columns say something about a supplier shows beside it."""
        if not any(guess.field == "name" for guess in taken.values()):
            named = [
                (self.contents.name_quality(c.index, c.guess), c)
                for c in candidates
                if c.guess.field == "name" and c.index not in taken
            ]
            # A column called "supplier id" or "leverancier (KvK)" that holds names is the name, when nothing else is.
            named = [(quality, c) for quality, c in named if quality > 0] or [
                (quality * 0.5, replace(c, guess=replace(c.guess, field="name")))
                for quality, c in (
                    (self.contents.name_quality(c.index, c.guess), c)
                    for c in candidates
                    if c.guess.field in {"own_number", "kvk"}
                )
                if c.guess.confidence >= CERTAIN and self.contents.holds_names(c.index)
            ]
            if named:
                best = max(named, key=lambda item: (item[0], -item[1].index))[1]
                taken[best.index] = best.guess
        index = next((index for index, guess in taken.items() if guess.field == "name"), None)
        names = self.contents.column(index) if index is not None else []
        self.contents.names = [company_key(split_kvk(name)[0]) for name in names]

    def _settle_open(self, candidates: list[_Candidate], fixed: set[str]) -> list[_Candidate]:
        """Give the dates that only say "start" or "end" to the contract or the certificate, whichever the table has."""
        sure = {c.guess.field for c in candidates if c.guess.confidence >= CERTAIN} | fixed
        has_contract = bool(sure & {"contract_number", "contract_title"}) or any(
            c.guess.field == OPEN_CONTRACT for c in candidates
        )
        has_certificate = bool(sure & {"level", "certificate_number"}) or any(
            c.guess.field == "level" and self.contents.fits(c.index, c.guess) for c in candidates
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
            elif field == "own_number" and self._is_house_number(candidate.index):
                field = "house_number"
            elif field == "certificate_status" and has_certificate and not has_contract:
                # A status that is not understood must stop its row: it may say that the certificate does not count.
                if self.contents.holds_a_status(candidate.index):
                    candidate = replace(candidate, guess=replace(candidate.guess, confidence=CERTAIN))
            elif field == OPEN_CONTRACT:
                field = "contract_title" if self.contents.holds_names(candidate.index) else "contract_number"
            if (
                field in {"valid_from", "valid_to", "status_on", "certificate_status", "issuer", "covers_kvk"}
                and not has_certificate
            ):
                continue
            if field == "contract_title" and candidate.guess.confidence < CERTAIN and "contract_number" not in sure:
                # "Titel" is the title of a contract only beside its number.
                continue
            if field == "contract_total" and not has_contract:
                field = "amount"
            settled.append(replace(candidate, guess=replace(candidate.guess, field=field)))
        has_visit = any(
            "ezoek" in self.header.headings[c.index] for c in settled if c.guess.field in {"street", "city"}
        )
        return [self._as_postal(candidate) for candidate in settled] if has_visit else settled

    def _is_house_number(self, index: int) -> bool:
        """Whether a column called "nr" stands right behind the street."""
        before = guesses_of(self.header.headings[index - 1]) if index else ()
        return key_of(self.header.headings[index]).rstrip(".") in _JUST_NUMBER and any(
            guess.field == "street" for guess in before
        )

    def _as_postal(self, candidate: _Candidate) -> _Candidate:
        """Beside a visiting address, the address without a qualifier is where the post goes."""
        field = candidate.guess.field
        is_plain = "ezoek" not in self.header.headings[candidate.index]
        if field in {"street", "postcode", "city", "house_number"} and is_plain:
            return replace(candidate, guess=replace(candidate.guess, field=f"postal_{field}"))
        return candidate

    def _take_rest(self, candidates: list[_Candidate], taken: dict[int, Guess]) -> None:
        ordered = sorted(candidates, key=lambda c: (-c.guess.confidence, c.index))
        years = {
            c.guess.field
            for c in ordered
            if c.guess.field in _AMOUNTS and c.guess.year and self.contents.fits(c.index, c.guess)
        }
        # Whether only parts of a year were taken: then the other ones are taken too.
        used = {(guess.field, guess.year): guess.is_part for guess in taken.values()}
        for candidate in ordered:
            field, year, is_part = candidate.guess.field, candidate.guess.year, candidate.guess.is_part
            if candidate.index in taken or field == "name":
                continue
            if (field, year) in used and not (is_part and used[field, year]):
                continue
            # Beside columns per year, a column without a year is their total.
            if field in years and year is None:
                continue
            if self.contents.fits(candidate.index, candidate.guess):
                taken[candidate.index] = candidate.guess
                used.setdefault((field, year), is_part)
