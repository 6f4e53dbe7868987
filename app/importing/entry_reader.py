"""Rows to entries: every used column read as a whole, then each row taken, skipped or refused."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from app.base.progress import Progress
from app.domain.certificate import CertificateStatus
from app.importing.choices import ImportOptions
from app.importing.cleaning import Misfit, is_nothing, plain_text
from app.importing.columns import Column
from app.importing.contents import is_dutch
from app.importing.entries import CERTIFICATE_ENDS_FIRST, Amount, Entry, Reading
from app.importing.fields import AMOUNT_KINDS, DATE_FIELDS, read_fields, used_columns
from app.importing.headings import Header
from app.importing.levels import WrittenLevel, says_expired
from app.importing.outcome import CellFault, ColumnSample, Outcome, PlannedRow, YearUnknownError
from app.importing.row_texts import TextCleaner
from app.importing.samples import take_samples
from app.importing.sieve import Sieve, begins_another
from app.importing.tables import Cell, RawTable
from app.importing.vocabulary import says_withdrawn

_STEP = 1000
_NEARLY_ALL = 0.9
_ANOTHER_TABLE = "Deze rij hoort bij een andere tabel op dit blad. Zet die op een eigen blad, en importeer dat ook."


def read_entries(
    table: RawTable, header: Header, columns: Sequence[Column], options: ImportOptions, progress: Progress
) -> Reading:
    """Read the rows below the heading row; raises `YearUnknownError`, `AppError` and `Cancelled`."""
    return _EntryReader(table, header, columns, options, progress).read()


class _EntryReader:
    def __init__(
        self, table: RawTable, header: Header, columns: Sequence[Column], options: ImportOptions, progress: Progress
    ) -> None:
        self.table, self.header, self.options, self.progress = table, header, options, progress
        self.reading = Reading()
        self.all_columns = columns
        self.columns = used_columns(columns, options.choices.year)
        self.by_field = {column.field: column for column in self.columns if column.field}
        self.indexes = [
            index for index in range(header.first_data, len(table.rows)) if any(map(_is_filled, table.rows[index]))
        ]
        self.rows = [table.rows[index] for index in self.indexes]
        self.values: Mapping[int, Sequence[object]] = {}
        self.faulty: list[Column] = []
        self.texts = TextCleaner(
            {name: column.heading for name, column in self.by_field.items() if name},
            is_dutch=is_dutch(header),
            names_hold_kvk="name" in self.by_field and self.by_field["name"].holds_kvk,
        )
        self.overfull = self._find_overfull()
        self.sieve = Sieve(table, header)
        self.is_over = False
        # Without a column that says more, a day of withdrawal does.
        status_on = None if "certificate_status" in self.by_field else self.by_field.get("status_on")
        self.withdraws = status_on is not None and says_withdrawn(status_on.heading)
        self.dated = [name for name in (*DATE_FIELDS, "date") if name in self.by_field]
        self.keys = [
            (self.by_field[name].index, name)
            for name in ("name", "kvk", "own_number", "register_id")
            if name in self.by_field
        ]

    def read(self) -> Reading:
        amount_columns = [column for column in self.columns if column.field in AMOUNT_KINDS]
        read = read_fields(
            self.rows,
            self.columns,
            answers=self.options.choices.answers,
            above=[
                plain_text(cell) for row in self.table.rows[: self.header.index] for cell in row if cell is not None
            ],
            dutch=self.table.delimiter == ";" or is_dutch(self.header),
            with_dates=self.options.choices.year is None and any(column.year is None for column in amount_columns),
            progress=self.progress,
        )
        self.values = read.values
        self.faulty = [
            column for column in self.columns if any(isinstance(value, Misfit) for value in read.values[column.index])
        ]
        self.reading.note(*read.notes)
        self.reading.questions += read.questions
        for position, index in enumerate(self.indexes):
            if position % _STEP == 0:
                self.progress.step(position, len(self.indexes), "Rijen lezen")
            self._read_row(position, self.table.number_of(index), amount_columns)
        if self.texts.names_hold_kvk:
            heading = self.by_field["name"].heading
            self.reading.note(f"De kolom '{heading}' bevat namen met een KvK-nummer erachter. Beide zijn gelezen.")
        self._warn_of_length()
        self.reading.warnings += self.texts.warnings
        self.reading.samples = self._samples()
        return self.reading

    def _samples(self) -> tuple[ColumnSample, ...]:
        skipped = {row.row for row in self.reading.rows if row.outcome is Outcome.SKIPPED}
        numbers = [self.table.number_of(index) for index in self.indexes]
        entries = {entry.row: entry for entry in self.reading.entries}

        def cleaned(position: int, name: str) -> str | None:
            entry = entries.get(numbers[position])
            if entry is None or name not in {"name", "kvk", "btw_id", "covers_kvk"}:
                return None
            is_covered = name == "covers_kvk" or (name == "kvk" and not entry.text("kvk"))
            return ", ".join(entry.covers_kvk) if is_covered else entry.text(name)

        return take_samples(
            self.all_columns,
            self.rows,
            positions=[position for position, number in enumerate(numbers) if number not in skipped],
            values=self.values,
            cleaned=cleaned,
            year=self.options.choices.year,
        )

    def _warn_of_length(self) -> None:
        """Warn of rows of a text file with fewer or more cells than nearly all: what stands in them may be shifted."""
        lengths = Counter(map(len, self.rows)).most_common() if self.table.delimiter else []
        if len(lengths) < 2 or lengths[0][1] < _NEARLY_ALL * len(self.rows):
            return
        usual = lengths[0][0]
        for index, row in zip(self.indexes, self.rows, strict=True):
            texts = [text for text in map(plain_text, row) if text]
            if len(row) != usual and len(texts) > 1:
                message = (
                    f"Deze rij heeft {len(row)} cellen en de andere {usual}. Kijk of alles in de goede kolom staat."
                )
                self.reading.warnings.append(CellFault(self.table.number_of(index), "", texts[0], message))

    def _find_overfull(self) -> set[int]:
        """Rows of a text file with text beyond the last heading, when that is an exception: a separator too many."""
        if self.table.delimiter is None and not self.table.is_returned:
            return set()
        width = len(self.header.headings)
        over = {position for position, row in enumerate(self.rows) if any(map(_is_filled, row[width:]))}
        return over if self.table.is_returned or len(over) * 2 <= len(self.rows) else set()

    def _read_row(self, position: int, number: int, amount_columns: Sequence[Column]) -> None:
        cells = self.rows[position]
        why = _ANOTHER_TABLE if self.is_over else self._reason_to_skip(position, amount_columns)
        faults = [] if why else self._misfits(position, number)
        if faults and begins_another(cells):
            self.is_over, why = True, _ANOTHER_TABLE
            self.reading.note(f"In rij {number} begint een andere tabel. Die is niet gelezen.")
        if why:
            self.reading.rows.append(PlannedRow(number, Outcome.SKIPPED, None, why))
            if why.startswith("Totaal"):
                self.reading.note("Totaalregels zijn overgeslagen.")
            return
        if position in self.overfull:
            extra = next(plain_text(cell) for cell in cells[len(self.header.headings) :] if _is_filled(cell))
            message = "Deze rij heeft meer cellen dan de koprij. Kijk of er een scheidingsteken te veel staat."
            faults.append(CellFault(number, "", extra, message))
        entry = None if faults else self._entry(position, number, amount_columns, faults)
        if entry is None or faults:
            self.reading.faults += faults
            name, city = self._raw_text("name", position), self._raw_text("city", position)
            self.reading.rows.append(PlannedRow(number, Outcome.ERROR, None, faults[0].message, name, city))
        else:
            self.reading.entries.append(entry)

    def _reason_to_skip(self, position: int, amount_columns: Sequence[Column]) -> str:
        names: dict[str, str] = {name: str(self.values[index][position] or "") for index, name in self.keys}
        amounts = [(column.index, self.values[column.index][position]) for column in amount_columns]
        return self.sieve.reason_to_skip(self.rows[position], names, amounts)

    def _raw_text(self, name: str, position: int) -> str:
        column = self.by_field.get(name)
        text = str(self.values[column.index][position] or "") if column else ""
        return "" if is_nothing(text) else text

    def _misfits(self, position: int, number: int) -> list[CellFault]:
        return [
            CellFault(number, column.heading, value.value, value.message)
            for column in self.faulty
            if isinstance(value := self.values[column.index][position], Misfit)
        ]

    def _entry(
        self, position: int, number: int, amount_columns: Sequence[Column], faults: list[CellFault]
    ) -> Entry | None:
        typed = {name: self.values[column.index][position] for name, column in self.by_field.items()}
        texts = {name: value for name, value in typed.items() if isinstance(value, str) and value}
        days = {name: value for name in self.dated if isinstance(value := typed[name], date)}
        self.texts.clean(texts, number)
        if not any(texts.get(name) for _, name in self.keys):
            column = self.by_field.get("name")
            faults.append(CellFault(number, column.heading if column else "", "", "De naam ontbreekt. Vul de naam in."))
            return None
        if days:
            self._check_order(days, position, number, faults)
        if "certificate_status" in self.by_field:
            self._check_status(days, position, number)
        amounts = self._amounts(position, number, amount_columns, days, faults)
        level, total = typed.get("level"), typed.get("contract_total")
        status, key_partner, plus30 = typed.get("certificate_status"), typed.get("key_partner"), typed.get("plus30")
        if self.withdraws and "status_on" in days:
            status = CertificateStatus.WITHDRAWN
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
            covers_kvk=self.texts.covers(texts, number),
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
            year = self.options.choices.year or column.year
            if year is None and day is not None:
                year = day.year
                source = self.by_field["date" if "date" in days else "contract_from"]
                self.reading.note(f"Het jaar van de bedragen komt uit de kolom '{source.heading}'.")
            if year is None:
                self._refuse_without_year(column)
                beside = self.by_field.get("date") or self.by_field.get("contract_from") or column
                faults.append(
                    CellFault(number, beside.heading, "", "Het jaar van dit bedrag is niet bekend. Vul de datum in.")
                )
                continue
            found.append(Amount(AMOUNT_KINDS[column.field or ""], year, cents))
        return tuple(found)

    def _refuse_without_year(self, column: Column) -> None:
        if "date" not in self.by_field and "contract_from" not in self.by_field:
            raise YearUnknownError(
                f"Van welk jaar zijn deze bedragen? Dat staat niet in het bestand (kolom '{column.heading}'). "
                "Er is niets geïmporteerd.",
                f"Kies het jaar: --year {self.options.today.year}.",
                column=column.heading,
            )

    def _check_order(self, days: dict[str, date], position: int, number: int, faults: list[CellFault]) -> None:
        for begin, end, message in (
            ("valid_from", "valid_to", CERTIFICATE_ENDS_FIRST),
            ("contract_from", "contract_to", "Het contract eindigt voordat het begint. Verbeter een van de datums."),
        ):
            if begin in days and end in days and days[end] < days[begin]:
                faults.append(CellFault(number, self.by_field[end].heading, self._written(end, position), message))

    def _check_status(self, days: dict[str, date], position: int, number: int) -> None:
        text = self._written("certificate_status", position)
        if says_expired(text) and days.get("valid_to", date.min) > self.options.today:
            message = (
                f"De status zegt '{text}', maar de einddatum ligt nog in de toekomst. Het certificaat is bewaard met "
                "de datums uit het bestand. Kijk wat klopt."
            )
            self.reading.warnings.append(CellFault(number, self.by_field["certificate_status"].heading, text, message))

    def _written(self, name: str, position: int) -> str:
        """Return a cell as it was written."""
        column = self.by_field.get(name)
        cells = self.rows[position]
        return plain_text(cells[column.index]) if column and column.index < len(cells) else ""


def _is_filled(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))
