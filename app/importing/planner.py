"""Works a file out against the register: records to add and to change, and the outcome of every row."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TypeAlias

from app.base.formatting import count, euro, join_words
from app.base.progress import Progress
from app.domain.certificate import Certificate
from app.domain.contract import AmountKind, Contract, YearAmount
from app.domain.identifiers import kvk_key
from app.domain.names import name_key
from app.domain.rows import Records
from app.domain.supplier import Contact, Supplier
from app.importing.asking import Asked, Option, Question
from app.importing.candidates import Resembling, candidates_among
from app.importing.certificates import CertificateBook, CertificateResult, Holder, has_certificate
from app.importing.choices import Decision, Doubt, ImportOptions
from app.importing.columns import Column
from app.importing.entries import Entry, Reading
from app.importing.grouping import Group, group_entries
from app.importing.headings import Header
from app.importing.matching import Match, RegisterIndex
from app.importing.merging import ContractResult, Differences, contacts_after, contracts_after, supplier_after
from app.importing.outcome import Absent, CellFault, ImportPlan, Outcome, PlannedRow, Resemblance
from app.importing.tables import RawTable

_STEP = 500
_NO_CONTRACTS = ContractResult()
_REPLACE, _ADD = "replace", "add"
_DECIDED = "U hebt deze rij overgeslagen."
# Supplier, contract or None, year and kind.
_AmountKey: TypeAlias = tuple[str, str | None, int, AmountKind]
# Supplier, year and kind.
_Owed: TypeAlias = tuple[str, int, AmountKind]


@dataclass
class _Changes:
    suppliers: list[Supplier] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    amounts: list[YearAmount] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)

    def records(self) -> Records:
        return Records(
            suppliers=tuple(self.suppliers),
            contacts=tuple(self.contacts),
            contracts=tuple(self.contracts),
            amounts=tuple(self.amounts),
            certificates=tuple(self.certificates),
        )


class Planner:
    """Plans one file; `finish` gives the plan."""

    def __init__(
        self,
        register: Records,
        options: ImportOptions,
        new_id: Callable[[], str],
        progress: Progress,
        reading: Reading,
        columns: Sequence[Column],
    ) -> None:
        self.options, self.new_id, self.progress, self.reading = options, new_id, progress, reading
        self.columns = columns
        self.headings = {column.field: column.heading for column in reversed(columns) if column.field}
        self.index = RegisterIndex(register.suppliers, progress)
        self.book = CertificateBook(register.certificates, new_id)
        self.contacts: dict[str, list[Contact]] = defaultdict(list)
        self.contracts: dict[str, list[Contract]] = defaultdict(list)
        self.amounts: dict[_AmountKey, list[YearAmount]] = defaultdict(list)
        for contact in register.contacts:
            self.contacts[contact.supplier_id].append(contact)
        for contract in register.contracts:
            self.contracts[contract.supplier_id].append(contract)
        for amount in register.amounts:
            self.amounts[amount.supplier_id, amount.contract_id, amount.year, amount.kind].append(amount)
        self.new, self.changed = _Changes(), _Changes()
        self.differences = Differences(self.headings)
        self.first_rows: dict[str, int] = {}
        self.without_start: list[int] = []
        self.replaced = 0
        self.taken_cents = 0
        self.has_certificates = bool({"level", "certificate_number", "valid_from", "valid_to"} & self.headings.keys())
        self.has_contracts = bool({"contract_number", "contract_title"} & self.headings.keys())
        self.touched: set[_Owed] = set()
        self.digest = _digest(reading.entries)
        # Added up twice, the same amounts would count twice.
        self.is_added = options.choices.answers.get(f"{Asked.REPEAT}:") == _ADD
        self.is_known = self.is_added and self.digest in options.past.digests

    # -- suppliers ----------------------------------------------------------------------------------------------

    def plan_suppliers(self) -> None:
        """Plan a file of suppliers."""
        groups = group_entries(self.reading.entries)
        matched: dict[str, list[Group]] = defaultdict(list)
        unmatched: list[Group] = []
        for done, group in enumerate(groups):
            self._tell(done, len(groups))
            decision = self._decision(group.entries)
            if decision is None:
                match = self.index.match(group, name_suffices=self.has_contracts)
            elif decision.doubt is Doubt.SKIP:
                self._put(group.entries, Outcome.SKIPPED, None, _DECIDED)
                continue
            else:
                match = Match(self.index.by_id.get(decision.supplier_id) if decision.doubt is Doubt.SAME else None)
            if match.doubt is not None:
                self._ask(group.entries, match)
            elif match.supplier is None:
                unmatched.append(group)
            elif match.supplier.is_archived and decision is None:
                why = f"{match.supplier.name} staat in het register als beëindigd. Niet overgenomen."
                self._ask(group.entries, Match(candidates=candidates_among(group, [match.supplier]), why=why))
            else:
                matched[match.supplier.id].append(group)
        for supplier_id, found in matched.items():
            self._plan_matched(found, self.index.by_id[supplier_id])
        for done, group in enumerate(unmatched):
            self._tell(done, len(unmatched))
            self._plan_group(group, None)
        self._warn_of_twins(unmatched)

    def _warn_of_twins(self, groups: Sequence[Group]) -> None:
        """Warn of new suppliers that may be one and the same; they go in, and can be merged in the register."""
        rows = {supplier.id: self.first_rows[supplier.id] for supplier in self.new.suppliers}
        new = list(self.new.suppliers)
        key_of = {supplier.id: name_key(supplier.name) for supplier in new}
        # Two different KvK numbers are two firms.
        everyone, without_kvk = (
            Resembling(found, key_of) for found in (new, [supplier for supplier in new if not supplier.kvk])
        )
        for done, group in enumerate(groups):
            self._tell(done, len(groups))
            row = group.entries[0].row
            near = (without_kvk if group.kvk else everyone).find(group)
            twin = next((found for found in near if rows[found.supplier.id] < row), None)
            if twin:
                message = (
                    f"Lijkt op ‘{twin.supplier.name}’ in rij {rows[twin.supplier.id]}: "
                    f"{join_words(twin.likeness.reasons_for)}. Is het dezelfde, voeg ze dan na het importeren samen "
                    "bij Dubbele leveranciers."
                )
                self.reading.warnings.append(
                    CellFault(row, self.headings.get("name", ""), group.first("name"), message)
                )

    def _plan_matched(self, groups: Sequence[Group], supplier: Supplier) -> None:
        """Join the groups that are this supplier; those whose KvK numbers contradict each other are left out."""
        joined = Group()
        decided = any(self._decision(group.entries) for group in groups)
        why = "" if decided else _contradiction(supplier, [entry for group in groups for entry in group.entries])
        for group in groups:
            if why and group.kvk:
                self._ask(group.entries, Match(candidates=candidates_among(group, [supplier]), why=why))
                continue
            for entry in group.entries:
                joined.add(entry)
        joined.entries.sort(key=lambda entry: entry.row)
        if joined.entries:
            self._plan_group(joined, supplier)

    def _plan_group(self, group: Group, before: Supplier | None) -> None:
        if before is None and not group.first("name"):
            message = "Deze leverancier staat niet in het register en de naam ontbreekt. Vul de naam in."
            self._refuse(group.entries, "name", message)
            return
        known = before or Supplier(id=self.new_id(), name="")
        # Whoever says that an ended supplier is the same, has it back.
        known = replace(known, archived_at=None) if known.is_archived else known
        supplier = supplier_after(known, group, own_numbers=self.index.own_numbers_of(known.id))
        certificates = [entry for entry in group.entries if has_certificate(entry)] if self.has_certificates else []
        results = self.book.plan(self._holder(supplier), certificates) if certificates else []
        for result in results:
            if result.problem:
                # The rest of the row is about the supplier, and that goes in.
                heading = self.headings.get("level") or self.headings.get("certificate_number") or ""
                message = f"{result.problem} Het certificaat is niet overgenomen, de leverancier wel."
                self.reading.warnings.append(CellFault(result.entries[0].row, heading, "", message))
        is_changed = before is not None and supplier != before
        self.differences.look_at(group)
        self.first_rows[supplier.id] = group.entries[0].row
        if before is None:
            self.new.suppliers.append(supplier)
        elif is_changed:
            self.changed.suppliers.append(supplier)
        is_changed |= self._plan_contacts(group, supplier)
        is_changed |= self._plan_amounts(group, supplier)
        for result in results:
            is_changed |= self._keep_certificate(result)
        outcome = Outcome.NEW if before is None else Outcome.UPDATED if is_changed else Outcome.UNCHANGED
        self._put(group.entries, outcome, supplier.id)

    def _plan_contacts(self, group: Group, supplier: Supplier) -> bool:
        if "contact" not in self.headings:
            return False
        new, changed = contacts_after(self.contacts.get(supplier.id, []), group, supplier.id, self.new_id)
        self.new.contacts += new
        self.changed.contacts += changed
        self.first_rows.update((contact.id, group.entries[0].row) for contact in (*new, *changed))
        return bool(new or changed)

    def _plan_amounts(self, group: Group, supplier: Supplier) -> bool:
        contracts = _NO_CONTRACTS
        if self.has_contracts:
            contracts = contracts_after(self.contracts.get(supplier.id, []), group, supplier.id, self.new_id)
        self.new.contracts += contracts.new
        self.changed.contracts += contracts.changed
        for entry in contracts.ends_first:
            message = "Het contract zou eindigen voordat het begint. De datums zijn niet overgenomen."
            self.reading.warnings.append(CellFault(entry.row, self.headings.get("contract_to", ""), "", message))
        for row, contract_id in contracts.of_row.items():
            self.first_rows.setdefault(contract_id, row)
        sums: dict[_AmountKey, int] = defaultdict(int)
        rows: dict[_AmountKey, int] = {}
        for entry in group.entries:
            for amount in entry.amounts:
                key = (supplier.id, contracts.of_row.get(entry.row), amount.year, amount.kind)
                sums[key] += amount.cents
                rows.setdefault(key, entry.row)
                self.taken_cents += amount.cents
        is_changed = bool(contracts.new or contracts.changed)
        for key, cents in sums.items():
            is_changed |= self._keep_amount(key, cents, rows[key])
        return is_changed

    def _keep_amount(self, key: _AmountKey, cents: int, row: int) -> bool:
        supplier_id, contract_id, year, kind = key
        known = self.amounts.get(key, [])
        # Of several figures for one year, the one that came from this file is the one to replace.
        before = next((amount for amount in known if amount.source == self.options.source), known[0] if known else None)
        self.touched.add((supplier_id, year, kind))
        if before is not None and self.is_added:
            cents += before.cents
        if before is not None and (before.cents == cents or self.is_known):
            return False
        after = before or YearAmount(
            id=self.new_id(), supplier_id=supplier_id, contract_id=contract_id, year=year, kind=kind, cents=cents
        )
        after = replace(after, cents=cents, source=self.options.source, as_of=self.options.today)
        (self.changed if before else self.new).amounts.append(after)
        self.first_rows[after.id] = row
        self.replaced += before is not None
        return True

    def _keep_certificate(self, result: CertificateResult) -> bool:
        record, outcome = result.record, result.outcome
        if record is not None and record.valid_to and not record.valid_from:
            self.without_start.append(result.entries[0].row)
        if record is None or outcome is Outcome.UNCHANGED:
            return False
        self.first_rows[record.id] = result.entries[0].row
        (self.new if outcome is Outcome.NEW else self.changed).certificates.append(record)
        return True

    # -- a list of certificates -----------------------------------------------------------------------------------

    def plan_certificates(self) -> None:
        """Plan a list of certificates: holders are looked up and never added."""
        self.reading.note("Gelezen als een lijst van certificaten: er zijn geen leveranciers aangemaakt.")
        holders: dict[object, tuple[Holder, list[Entry]]] = {}
        for done, entry in enumerate(self.reading.entries):
            self._tell(done, len(self.reading.entries))
            if not has_certificate(entry):
                self._put([entry], Outcome.SKIPPED, None, "Geen certificaat in deze rij.")
                continue
            holder = self._find_holder(entry)
            loose = (holder.name.casefold(), holder.kvk, holder.number.casefold())
            holders.setdefault(holder.supplier.id if holder.supplier else loose, (holder, []))[1].append(entry)
        for holder, entries in holders.values():
            if holder.supplier:
                self._plan_certificates_of(holder.supplier, entries)
            else:
                why = "De houder staat niet in het register; het certificaat is wel bewaard."
                self._plan_certificates_with(holder, entries, why=why)

    def _plan_certificates_of(self, supplier: Supplier, entries: list[Entry]) -> None:
        """Plan the certificates of one supplier of the register, and give its KvK number a lost zero back."""
        doubt = _contradiction(supplier, entries)
        if doubt:
            self._put([entry for entry in entries if entry.text("kvk")], Outcome.MAYBE, supplier.id, doubt)
            entries = [entry for entry in entries if not entry.text("kvk")]
        whole = kvk_key(supplier.kvk)
        is_mended = whole != supplier.kvk and any(entry.text("kvk") == whole for entry in entries)
        if is_mended:
            supplier = replace(supplier, kvk=whole)
            self.changed.suppliers.append(supplier)
            self.first_rows[supplier.id] = entries[0].row
        self._plan_certificates_with(self._holder(supplier), entries, is_changed=is_mended)

    def _plan_certificates_with(
        self, holder: Holder, entries: Sequence[Entry], *, why: str = "", is_changed: bool = False
    ) -> None:
        for result in self.book.plan(holder, entries):
            if result.problem:
                self._refuse(result.entries, "level", result.problem)
                continue
            self._keep_certificate(result)
            is_updated = is_changed and result.outcome is Outcome.UNCHANGED
            outcome = Outcome.UPDATED if is_updated else result.outcome
            self._put(result.entries, outcome, holder.supplier.id if holder.supplier else None, why)

    def _find_holder(self, entry: Entry) -> Holder:
        kvk, own, name = kvk_key(entry.text("kvk")), entry.text("own_number").casefold(), entry.text("name")
        found = self.index.by_kvk.get(kvk, []) or self.index.by_former_kvk.get(kvk, []) if kvk else []
        found = found or (self.index.by_own.get(own, []) if own else [])
        if not found:
            found = [s for s in self.index.find_by_name(name) if not (kvk and s.kvk)]
        if len(found) == 1:
            return self._holder(found[0])
        if found:
            message = "Meer leveranciers in het register passen hierbij. Het certificaat is bewaard zonder leverancier."
            self.reading.warnings.append(CellFault(entry.row, self.headings.get("name", ""), name, message))
        numbers = {kvk, *map(kvk_key, entry.covers_kvk)} - {""}
        return Holder(None, name or entry.text("kvk"), frozenset(numbers), entry.text("own_number"))

    def _holder(self, supplier: Supplier) -> Holder:
        numbers = {kvk_key(kvk) for kvk in (supplier.kvk, *supplier.former_kvk) if kvk}
        return Holder(supplier, supplier.name, frozenset(numbers), supplier.own_number)

    # -- the result ---------------------------------------------------------------------------------------------

    def _decision(self, entries: Sequence[Entry]) -> Decision | None:
        """Return what the user decided about these rows."""
        decisions = self.options.choices.decisions
        return next((decisions[entry.row] for entry in entries if entry.row in decisions), None) if decisions else None

    def _ask(self, entries: Sequence[Entry], match: Match) -> None:
        """Leave rows out until somebody says which supplier they are."""
        resembles = tuple(
            Resemblance(supplier.id, found.score, found.reasons_for, found.reasons_against)
            for supplier, found in match.candidates
        )
        self._put(entries, Outcome.MAYBE, resembles[0].supplier_id, match.why, resembles)

    def _put(
        self,
        entries: Sequence[Entry],
        outcome: Outcome,
        supplier_id: str | None,
        why: str = "",
        resembles: tuple[Resemblance, ...] = (),
    ) -> None:
        is_decided = self._decision(entries) is not None
        self.reading.rows += [
            PlannedRow(
                entry.row, outcome, supplier_id, why, entry.text("name"), entry.text("city"), resembles, is_decided
            )
            for entry in entries
        ]

    def _refuse(self, entries: Sequence[Entry], field_name: str, message: str) -> None:
        heading = self.headings.get(field_name, "")
        self.reading.faults += [CellFault(entry.row, heading, entry.text(field_name), message) for entry in entries]
        self._put(entries, Outcome.ERROR, None, message)

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

    def _ask_repeat(self) -> tuple[Question, ...]:
        """Ask whether amounts of the register are replaced or added to, when there are any that differ."""
        answer = self.options.choices.answers.get(f"{Asked.REPEAT}:")
        if not self.replaced and not self.is_known:
            return ()
        what = count(self.replaced, "bedrag", "bedragen")
        if self.is_known:
            self.reading.note("Deze bedragen zijn al eerder geïmporteerd en opgeteld. Ze tellen niet nog een keer mee.")
        elif self.is_added:
            self.reading.note(f"Bij {what} in het register is het bedrag uit dit bestand opgeteld.")
        else:
            verb = "wordt" if self.replaced == 1 else "worden"
            self.reading.note(f"{what} uit het register {verb} vervangen door dit bestand.")
        return (
            Question(
                asked=Asked.REPEAT,
                text=f"In het register staan al andere bedragen van hetzelfde jaar ({what}). Wat is dit bestand?",
                options=(
                    Option(_REPLACE, "het hele jaar tot nu toe: vervangen"),
                    Option(_ADD, "een nieuwe periode: optellen"),
                ),
                answer=answer or _REPLACE,
                is_open=answer is None,
            ),
        )

    def _list_absent(self) -> tuple[Absent, ...]:
        """Return whose amounts of these years came from an earlier file of this layout and are not in this one."""
        years = {(year, kind) for _supplier_id, year, kind in self.touched}
        if not years or not self.options.past.sources or self.is_added:
            return ()
        gone: dict[_Owed, int] = defaultdict(int)
        for (supplier_id, _contract_id, year, kind), amounts in self.amounts.items():
            is_gone = (year, kind) in years and (supplier_id, year, kind) not in self.touched
            if is_gone and any(amount.source in self.options.past.sources for amount in amounts):
                gone[supplier_id, year, kind] += sum(amount.cents for amount in amounts)
        return tuple(
            Absent(supplier_id, self.index.by_id[supplier_id].name, f"Opdrachten {year} {kind.label}: {euro(cents)}")
            for (supplier_id, year, kind), cents in gone.items()
        )

    def finish(self, table: RawTable, header: Header, sheets: tuple[str, ...]) -> ImportPlan:
        """Put everything in the order of the file."""
        questions = (*self.reading.questions, *self._ask_repeat())
        if self.without_start:
            self._warn_without_start()
        if "valid_to" in self.headings:
            self.reading.note(f"'{self.headings['valid_to']}' is gelezen als de laatste geldige dag.")
        return ImportPlan(
            table=table,
            header=header,
            sheets=sheets,
            columns={column.heading: column.field for column in self.columns},
            rows=tuple(sorted(self.reading.rows, key=lambda row: row.row)),
            faults=tuple(sorted(self.reading.faults, key=lambda fault: fault.row)),
            warnings=tuple(sorted([*self.reading.warnings, *self.differences.warnings], key=lambda fault: fault.row)),
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


def _digest(entries: Sequence[Entry]) -> str:
    """Return a checksum of whose amounts are in the file, whatever its order and format; "" when there are none."""
    lines = []
    for entry in (entry for entry in entries if entry.amounts):
        amounts = (f"{amount.kind} {amount.year} {amount.cents}" for amount in entry.amounts)
        keys = (entry.text(name) for name in ("kvk", "own_number", "name", "contract_number"))
        lines.append("\x1f".join((*keys, *amounts)))
    return sha256("\n".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest() if lines else ""


def _contradiction(supplier: Supplier, entries: Sequence[Entry]) -> str:
    """Say why rows with different KvK numbers cannot all be a supplier that has no number; "" when they can."""
    former = set(map(kvk_key, supplier.former_kvk))
    numbers = {kvk_key(kvk): kvk for entry in entries if (kvk := entry.text("kvk"))}
    unknown = [kvk for key, kvk in numbers.items() if key not in former]
    if supplier.kvk or len(unknown) < 2:
        return ""
    return (
        f"Misschien is dit {supplier.name} uit het register. Dat heeft daar geen KvK-nummer, en het bestand geeft er "
        f"meer: {join_words(unknown)}. Niet overgenomen. Vul het juiste KvK-nummer in het register in."
    )
