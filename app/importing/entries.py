"""Rows to entries: every used column read as a whole, then each row taken, skipped or refused."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.base.errors import AppError
from app.base.formatting import euro
from app.base.progress import Progress
from app.domain.certificate import CertificateStatus
from app.domain.contract import AmountKind
from app.domain.identifiers import check_btw_id, check_kvk, check_postcode, clean_btw_id, clean_kvk
from app.domain.names import company_key, fold
from app.importing.amounts import read_amounts
from app.importing.cleaning import ColumnValues, Misfit, is_nothing, plain_text, read_each
from app.importing.columns import Column, is_dutch
from app.importing.dates import read_dates
from app.importing.headings import Header
from app.importing.levels import WrittenLevel, parse_level, parse_status, parse_yes_no
from app.importing.outcome import CellFault, ImportOptions, Outcome, PlannedRow
from app.importing.people import split_postcode, split_street
from app.importing.readers import Cell, RawTable
from app.importing.totals import TotalFinder, looks_like_footer

_STEP = 1000
_KINDS = {"amount": AmountKind.AGREED, "invoiced": AmountKind.INVOICED}
_DATE_FIELDS = ("contract_from", "contract_to", "valid_from", "valid_to", "status_on")
_CODE_AND_NAME = re.compile(r"^(?=\S*\d)([A-Z0-9]{5,}) : (\S.*)$")
_SHORTENED_BY_EXCEL = re.compile(r"^\d[.,]\d+E\+?\d+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount of one row. `year` None: the row does not say."""

    kind: AmountKind
    year: int
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One data row, read: texts cleaned, "" where nothing stands."""

    row: int
    texts: dict[str, str]
    amounts: tuple[Amount, ...] = ()
    key_partner: bool | None = None
    level: WrittenLevel | None = None
    plus30: bool | None = None
    status: CertificateStatus | None = None
    days: dict[str, date] = field(default_factory=dict)
    contract_total: int | None = None
    covers_kvk: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """Return a text field, "" when it is empty or has no column."""
        return self.texts.get(name, "")


@dataclass
class Reading:
    """What was read of a table."""

    entries: list[Entry] = field(default_factory=list)
    rows: list[PlannedRow] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    warnings: list[CellFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, *texts: str) -> None:
        """Add notes that are not there yet."""
        self.notes += [text for text in dict.fromkeys(texts) if text not in self.notes]


def read_entries(
    table: RawTable, header: Header, columns: Sequence[Column], options: ImportOptions, progress: Progress
) -> Reading:
    """Read the rows below the heading row; raises `AppError` when no year can be told, and `Cancelled`."""
    return _EntryReader(table, header, columns, options, progress).read()


class _EntryReader:
    def __init__(
        self, table: RawTable, header: Header, columns: Sequence[Column], options: ImportOptions, progress: Progress
    ) -> None:
        self.table, self.header, self.options, self.progress = table, header, options, progress
        self.reading = Reading()
        self.columns = _columns_of_year(columns, options)
        self.by_field = {column.field: column for column in self.columns if column.field}
        self.indexes = [
            index for index in range(header.first_data, len(table.rows)) if any(map(_is_filled, table.rows[index]))
        ]
        self.rows = [table.rows[index] for index in self.indexes]
        self.values: dict[int, Sequence[object]] = {}
        self.overfull = self._find_overfull()
        self.totals = TotalFinder()
        self.repeats = [
            [fold(plain_text(cell)) for cell in table.rows[index]] for index in range(header.index, header.first_data)
        ]

    def read(self) -> Reading:
        self._read_columns()
        amount_columns = [column for column in self.columns if column.field in _KINDS]
        for position, index in enumerate(self.indexes):
            if position % _STEP == 0:
                self.progress.step(position, len(self.indexes), "Rijen lezen")
            self._read_row(position, self.table.number_of(index), amount_columns)
        for column in amount_columns:
            if column.is_gross:
                self.reading.note(f"De kolom '{column.heading}' is inclusief btw; het register rekent exclusief btw.")
        return self.reading

    # -- columns ------------------------------------------------------------------------------------------------

    def _cells(self, column: Column) -> list[Cell]:
        return [row[column.index] if column.index < len(row) else None for row in self.rows]

    def _read_columns(self) -> None:
        dutch = self.table.delimiter == ";" or is_dutch(self.header)
        for done, column in enumerate(self.columns):
            self.progress.step(done, len(self.columns), "Kolommen lezen")
            cells = self._cells(column)
            read: ColumnValues[object] | None = self._typed(column, cells, dutch)
            if read is not None:
                self.values[column.index] = read.values
                self.reading.note(*read.notes)
            elif column.field == "name":
                self.values[column.index] = _without_codes([plain_text(cell) for cell in cells])
            else:
                texts = [plain_text(cell) for cell in cells]
                self.values[column.index] = ["" if is_nothing(text) else text for text in texts]

    def _typed(self, column: Column, cells: list[Cell], dutch: bool) -> ColumnValues[object] | None:
        name = column.field
        if name in _KINDS:
            return read_amounts(cells, dutch=dutch)
        if name == "contract_total":
            return _without_negatives(read_amounts(cells, dutch=dutch))
        if name in _DATE_FIELDS:
            return read_dates(cells)
        if name == "date":
            return read_dates(cells, whole=False) if self._needs_date() else ColumnValues([None] * len(cells))
        if name == "level":
            return read_each(cells, parse_level, advice="Schrijf Aspirant, Basis, Trede 1, Trede 2 of Trede 3.")
        if name == "certificate_status":
            return read_each(cells, parse_status, advice="Schrijf geldig, ingetrokken, opgeschort of vervangen.")
        if name in {"plus30", "key_partner"}:
            return read_each(cells, parse_yes_no, advice="Schrijf ja of nee, of laat de cel leeg.")
        return None

    def _needs_date(self) -> bool:
        amounts = [column for column in self.columns if column.field in _KINDS]
        return self.options.year is None and any(column.year is None for column in amounts)

    def _find_overfull(self) -> set[int]:
        """Rows of a text file with text beyond the last heading, when that is an exception: a separator too many."""
        if self.table.delimiter is None:
            return set()
        width = len(self.header.headings)
        over = {position for position, row in enumerate(self.rows) if any(map(_is_filled, row[width:]))}
        return over if len(over) * 2 <= len(self.rows) else set()

    # -- rows ---------------------------------------------------------------------------------------------------

    def _read_row(self, position: int, number: int, amount_columns: Sequence[Column]) -> None:
        cells = self.rows[position]
        why = self._reason_to_skip(position, amount_columns)
        if why:
            self.reading.rows.append(PlannedRow(number, Outcome.SKIPPED, None, why))
            if why.startswith("Totaal"):
                self.reading.note("Totaalregels zijn overgeslagen.")
            return
        faults = self._misfits(position, number)
        if position in self.overfull:
            extra = next(plain_text(cell) for cell in cells[len(self.header.headings) :] if _is_filled(cell))
            message = "Deze rij heeft meer cellen dan de koprij. Kijk of er een scheidingsteken te veel staat."
            faults.append(CellFault(number, "", extra, message))
        entry = None if faults else self._entry(position, number, amount_columns, faults)
        if entry is None or faults:
            self.reading.faults += faults
            self.reading.rows.append(PlannedRow(number, Outcome.ERROR, None, faults[0].message))
        else:
            self.reading.entries.append(entry)

    def _reason_to_skip(self, position: int, amount_columns: Sequence[Column]) -> str:
        cells = self.rows[position]
        if self._repeats_header(cells):
            return "Herhaalde koprij."
        found = [(column.index, self.values[column.index][position]) for column in amount_columns]
        cents = {index: value for index, value in found if isinstance(value, int)}
        names = {name: self._raw_text(name, position) for name in ("name", "kvk", "own_number")}
        texts = [text for text in map(plain_text, cells) if text]
        is_total = self.totals.is_total(names["name"], texts, cents, has_key=bool(names["kvk"] or names["own_number"]))
        if is_total:
            return "Totaalregel."
        is_alone = len(texts) == 1 and len([text for text in self.header.headings if text]) > 2
        if is_alone and looks_like_footer(texts[0]):
            return "Geen leverancier in deze rij: voettekst."
        if not any(names.values()) and (is_alone or not any(value for _, value in found)):
            return "Geen leverancier in deze rij."
        return ""

    def _raw_text(self, name: str, position: int) -> str:
        column = self.by_field.get(name)
        text = str(self.values[column.index][position] or "") if column else ""
        return "" if is_nothing(text) else text

    def _repeats_header(self, cells: tuple[Cell, ...]) -> bool:
        if any(isinstance(cell, Decimal | date) for cell in cells):
            return False
        texts = [fold(plain_text(cell)) for cell in cells]
        for heading in self.repeats:
            pairs = [(text, head) for text, head in zip(texts, heading, strict=False) if text]
            same = sum(text == head for text, head in pairs)
            if (
                same
                and same == len([text for text in texts if text])
                and same >= min(2, len([h for h in heading if h]))
            ):
                return True
        return False

    def _misfits(self, position: int, number: int) -> list[CellFault]:
        return [
            CellFault(number, column.heading, value.value, value.message)
            for column in self.columns
            if isinstance(value := self.values[column.index][position], Misfit)
        ]

    def _entry(
        self, position: int, number: int, amount_columns: Sequence[Column], faults: list[CellFault]
    ) -> Entry | None:
        typed = {name: self.values[column.index][position] for name, column in self.by_field.items()}
        texts = {name: value for name, value in typed.items() if isinstance(value, str) and value}
        days = {name: value for name in (*_DATE_FIELDS, "date") if isinstance(value := typed.get(name), date)}
        self._clean_texts(texts, number)
        if not (texts.get("name") or texts.get("kvk") or texts.get("own_number")):
            column = self.by_field.get("name")
            faults.append(CellFault(number, column.heading if column else "", "", "De naam ontbreekt. Vul de naam in."))
            return None
        self._check_order(days, number, faults)
        amounts = self._amounts(position, number, amount_columns, days, faults)
        level, total = typed.get("level"), typed.get("contract_total")
        status, key_partner, plus30 = typed.get("certificate_status"), typed.get("key_partner"), typed.get("plus30")
        return Entry(
            row=number,
            texts=texts,
            amounts=amounts,
            key_partner=key_partner if isinstance(key_partner, bool) else None,
            level=level if isinstance(level, WrittenLevel) else None,
            plus30=plus30 if isinstance(plus30, bool) else None,
            status=status if isinstance(status, CertificateStatus) else None,
            days=days,
            contract_total=total if isinstance(total, int) else None,
            covers_kvk=self._covers(texts, number),
        )

    def _amounts(
        self,
        position: int,
        number: int,
        columns: Sequence[Column],
        days: dict[str, date],
        faults: list[CellFault],
    ) -> tuple[Amount, ...]:
        found: list[Amount] = []
        for column in columns:
            cents = self.values[column.index][position]
            if not isinstance(cents, int):
                continue
            day = days.get("date") or days.get("contract_from")
            year = self.options.year or column.year or (day.year if day else None)
            if year is None:
                self._refuse_without_year(column)
                beside = self.by_field.get("date") or self.by_field.get("contract_from") or column
                faults.append(
                    CellFault(number, beside.heading, "", "Het jaar van dit bedrag is niet bekend. Vul de datum in.")
                )
                continue
            found.append(Amount(_KINDS[column.field or ""], year, cents))
        return tuple(found)

    def _refuse_without_year(self, column: Column) -> None:
        if "date" not in self.by_field and "contract_from" not in self.by_field:
            raise AppError(
                f"Van welk jaar zijn deze bedragen? Dat staat niet in het bestand (kolom '{column.heading}'). "
                "Er is niets geïmporteerd.",
                f"Kies het jaar: --year {self.options.today.year}.",
            )

    def _check_order(self, days: dict[str, date], number: int, faults: list[CellFault]) -> None:
        for begin, end, message in (
            ("valid_from", "valid_to", "Het certificaat eindigt voordat het begint. Verbeter een van de datums."),
            ("contract_from", "contract_to", "Het contract eindigt voordat het begint. Verbeter een van de datums."),
        ):
            if begin in days and end in days and days[end] < days[begin]:
                column = self.by_field[end]
                shown = plain_text(days[end])
                faults.append(CellFault(number, column.heading, shown, message))

    # -- texts --------------------------------------------------------------------------------------------------

    def _clean_texts(self, texts: dict[str, str], number: int) -> None:
        if "kvk" in texts:
            texts["kvk"] = self._kvk(texts["kvk"], "kvk", number)
        if "btw_id" in texts:
            texts["btw_id"] = clean_btw_id(texts["btw_id"])
            self._warn(number, "btw_id", texts["btw_id"], check_btw_id(texts["btw_id"]))
        for name, city_name in (("postcode", "city"), ("postal_postcode", "postal_city")):
            if name in texts:
                texts[name], city = split_postcode(texts[name])
                if city:
                    texts.setdefault(city_name, city)
        for name, number_name in (("street", "house_number"), ("postal_street", "postal_house_number")):
            if name in texts and number_name not in texts:
                texts[name], texts[number_name] = split_street(texts[name])
        if "house_addition" in texts:
            texts["house_number"] = f"{texts.get('house_number', '')} {texts['house_addition']}".strip()
        if "postcode" in texts and self._is_dutch_place(texts):
            self._warn(
                number, "postcode", texts["postcode"], check_postcode(texts["postcode"], texts.get("country", ""))
            )

    def _is_dutch_place(self, texts: dict[str, str]) -> bool:
        """Whether a wrong postcode is worth a warning: in a file of foreign addresses each of them is "wrong"."""
        return bool(texts.get("country")) or is_dutch(self.header)

    def _kvk(self, text: str, name: str, number: int) -> str:
        """Return a KvK number; what names nobody is left out, so that two firms never share "n.v.t."."""
        kvk = clean_kvk(text)
        digits = re.sub(r"\D", "", kvk)
        if _SHORTENED_BY_EXCEL.match(text.replace(" ", "")):
            message = (
                "Excel heeft dit nummer afgekort. Het is niet overgenomen. Maak de kolom tekst en vul het opnieuw in."
            )
        elif len(digits) < 5 or len(set(digits)) == 1:
            message = "Dit is geen KvK-nummer. Het is niet overgenomen."
        else:
            self._warn(number, name, kvk, check_kvk(kvk))
            return kvk
        self._warn(number, name, text, message)
        return ""

    def _covers(self, texts: dict[str, str], number: int) -> tuple[str, ...]:
        parts = re.split(r"[;,/|\s]+", texts.get("covers_kvk", ""))
        found = [self._kvk(part, "covers_kvk", number) for part in parts if part]
        return tuple(dict.fromkeys(kvk for kvk in found if kvk))

    def _warn(self, number: int, name: str, value: str, message: str | None) -> None:
        if message:
            self.reading.warnings.append(CellFault(number, self.by_field[name].heading, value, message))


def _is_filled(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _without_negatives(read: ColumnValues[int]) -> ColumnValues[int]:
    message = "De waarde van een contract kan niet negatief zijn. Vul een bedrag in, of laat de cel leeg."
    values = [
        Misfit(euro(value, with_cents=True), message) if isinstance(value, int) and value < 0 else value
        for value in read.values
    ]
    return ColumnValues(values, read.notes)


def _columns_of_year(columns: Sequence[Column], options: ImportOptions) -> list[Column]:
    """Return the used columns; of several years next to each other the chosen year only."""
    used = [column for column in columns if column.field]
    for kind in _KINDS:
        years = {column.year for column in used if column.field == kind and column.year}
        if options.year is None or len(years) < 2:
            continue
        if options.year not in years:
            listed = ", ".join(str(year) for year in sorted(years))
            raise AppError(
                f"Het bestand heeft geen bedragen van {options.year}, wel van {listed}. Er is niets geïmporteerd.",
                "Kies een van die jaren, of laat het jaar weg om ze allemaal te lezen.",
            )
        used = [column for column in used if column.field != kind or column.year in (None, options.year)]
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
