"""What planning any file against the register has in common: what is known, what will be written, what rows become."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.base.formatting import count, join_words
from app.base.progress import Progress
from app.base.turns import let_go
from app.domain.certificate import Certificate, Verification
from app.domain.certificate_change import CertificateChange
from app.domain.contract import Contract, YearAmount
from app.domain.identifiers import kvk_key
from app.domain.rows import Records
from app.domain.supplier import Contact, Supplier
from app.importing.asking import Question
from app.importing.candidates import candidates_among
from app.importing.certificates import CertificateBook, CertificateResult
from app.importing.choices import Decision, ImportOptions
from app.importing.columns import Column
from app.importing.entries import Entry, Reading
from app.importing.grouping import Group
from app.importing.headings import Header
from app.importing.matching import Match, RegisterIndex
from app.importing.outcome import Absent, CellFault, ImportPlan, Outcome, PlannedRow, Resemblance
from app.importing.tables import RawTable

DECIDED = "U hebt deze rij overgeslagen."
_STEP = 500


class Given(NamedTuple):
    """What a plan is made of: the register, the circumstances, keys for new records, and the rows as they were read."""

    register: Records
    options: ImportOptions
    new_id: Callable[[], str]
    progress: Progress
    reading: Reading
    columns: Sequence[Column]


class _AskedAbout(NamedTuple):
    """What is asked about a row, together with the others of its group."""

    at: int = 0
    resembles: tuple[Resemblance, ...] = ()
    is_decided: bool = False


_NOT_ASKED = _AskedAbout()


@dataclass
class _Changes:
    suppliers: list[Supplier] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    amounts: list[YearAmount] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    verifications: list[Verification] = field(default_factory=list)

    def records(self) -> Records:
        return Records(**{kind: tuple(records) for kind, records in vars(self).items()})


class Planning(ABC):
    """Plans one file: `plan`, then `finish` gives the plan. Nothing is written."""

    taken_cents = 0
    digest = ""

    def __init__(self, given: Given) -> None:
        """Index what the register knows; raises `Cancelled`."""
        register, self.options, self.new_id, self.progress, self.reading, self.columns = given
        self.headings = {column.field: column.heading for column in reversed(self.columns) if column.field}
        self.index = RegisterIndex(register.suppliers, self.progress)
        self.book = CertificateBook(register.certificates, self.new_id, self.options.today)
        self.new, self.changed = _Changes(), _Changes()
        self.first_rows: dict[str, int] = {}
        self.asked: dict[int, _AskedAbout] = {}
        self.without_start: list[int] = []

    @abstractmethod
    def plan(self) -> None:
        """Compare the rows with the register; raises `Cancelled`."""

    def finish(self, table: RawTable, header: Header, sheets: tuple[str, ...]) -> ImportPlan:
        """Put everything in the order of the file."""
        questions = (*self.reading.questions, *self._questions())
        if self.without_start:
            self._warn_without_start()
        if "valid_to" in self.headings:
            self.reading.note(f"'{self.headings['valid_to']}' is gelezen als de laatste geldige dag.")
        let_go(self.reading.entries)
        return ImportPlan(
            table=table,
            header=header,
            sheets=sheets,
            columns={column.heading: column.field for column in self.columns},
            rows=tuple(sorted(self.reading.rows, key=lambda row: row.row)),
            faults=tuple(sorted(self.reading.faults, key=lambda fault: fault.row)),
            warnings=tuple(sorted(self.reading.warnings, key=lambda fault: fault.row)),
            new=self.new.records(),
            changed=self.changed.records(),
            first_rows=self.first_rows,
            samples=self.reading.samples,
            amount_cents=self.taken_cents,
            digest=self.digest,
            notes=tuple(self.reading.notes),
            questions=tuple(sorted(questions, key=lambda question: not question.is_open)),
            absent=self._list_absent(),
        )

    def _questions(self) -> tuple[Question, ...]:
        """Return what comparing with the register leaves open."""
        return ()

    @abstractmethod
    def _list_absent(self) -> tuple[Absent, ...]:
        """Return what an earlier file of this kind held and this one does not."""

    def _keep_certificate(self, result: CertificateResult) -> bool:
        record, outcome = result.record, result.outcome
        if record is not None and record.valid_to and not record.valid_from:
            self.without_start.append(result.entries[0].row)
        if record is None or outcome is Outcome.UNCHANGED:
            return False
        self.first_rows[record.id] = result.entries[0].row
        (self.new if outcome is Outcome.NEW else self.changed).certificates.append(record)
        return True

    def _decision(self, entries: Sequence[Entry]) -> Decision | None:
        """Return what the user decided about these rows."""
        decisions = self.options.choices.decisions
        return next((decisions[entry.row] for entry in entries if entry.row in decisions), None) if decisions else None

    def _ask(self, group: Group, match: Match) -> None:
        """Keep which suppliers these rows may be; somebody decides about them together."""
        candidates = match.candidates or (candidates_among(group, [match.supplier]) if match.supplier else ())
        resembles = tuple(
            Resemblance(supplier.id, found.score, found.reasons_for, found.reasons_against)
            for supplier, found in candidates
        )
        asked = _AskedAbout(group.entries[0].row, resembles, self._decision(group.entries) is not None)
        self.asked.update((entry.row, asked) for entry in group.entries)

    def _put(
        self,
        entries: Sequence[Entry],
        outcome: Outcome,
        supplier_id: str | None,
        why: str = "",
        certificate_change: CertificateChange | None = None,
    ) -> None:
        for entry in entries:
            asked = self.asked.get(entry.row, _NOT_ASKED)
            self.reading.rows.append(
                PlannedRow(
                    row=entry.row,
                    outcome=outcome,
                    supplier_id=supplier_id,
                    why=why,
                    name=entry.text("name"),
                    city=entry.text("city"),
                    resembles=asked.resembles,
                    asked_at=asked.at,
                    is_decided=asked.is_decided,
                    certificate_change=certificate_change,
                )
            )

    def _refuse(self, entries: Sequence[Entry], field_name: str, message: str) -> None:
        heading = self.headings.get(field_name, "")
        self.reading.faults += [CellFault(entry.row, heading, entry.text(field_name), message) for entry in entries]
        self._put(entries, Outcome.ERROR, None, message)

    def _warn(self, entries: Sequence[Entry], message: str, *field_names: str) -> None:
        """Say what deserves a look, in the column of the first of these fields that the file has."""
        heading = next((self.headings[name] for name in field_names if name in self.headings), "")
        self.reading.warnings.append(CellFault(entries[0].row, heading, "", message))

    def _tell(self, done: int, total: int) -> None:
        if done % _STEP == 0:
            self.progress.step(done, total, "Vergelijken met het register")

    def _warn_without_start(self) -> None:
        """Say once for the whole column that certificates without a first day do not count."""
        number = len(self.without_start)
        subject = "Een certificaat heeft" if number == 1 else f"{count(number, 'certificaat', 'certificaten')} hebben"
        message = (
            f"{subject} wel een einddatum, maar geen begindatum. Zonder begindatum telt een certificaat niet mee: "
            "het wordt bewaard als 'gemeld, bewijs gevraagd'. Vul de begindatum in en importeer het bestand opnieuw."
        )
        heading = self.headings.get("valid_from") or self.headings["valid_to"]
        self.reading.warnings.append(CellFault(min(self.without_start), heading, "", message))


def contradiction(supplier: Supplier, entries: Sequence[Entry]) -> str:
    """Say why rows with different KvK numbers cannot all be a supplier that has no number; "" when they can."""
    if supplier.kvk:
        return ""
    former = set(map(kvk_key, supplier.former_kvk))
    numbers = {kvk_key(kvk): kvk for entry in entries if (kvk := entry.text("kvk"))}
    unknown = [kvk for key, kvk in numbers.items() if key not in former]
    if len(unknown) < 2:
        return ""
    return (
        f"Misschien is dit {supplier.name} uit het register. Dat heeft daar geen KvK-nummer, en het bestand geeft er "
        f"meer: {join_words(unknown)}. Niet overgenomen. Vul het juiste KvK-nummer in het register in."
    )
