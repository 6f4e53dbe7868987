"""Works a file of suppliers out against the register, with their contacts, contracts, amounts and certificates."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias
from zlib import crc32

from app.base.formatting import count, euro, join_words
from app.domain.contract import AmountKind, Contract, YearAmount
from app.domain.names import name_key
from app.domain.supplier import Contact, Supplier
from app.importing.asking import Asked, Option, Question
from app.importing.candidates import Resembling, candidates_among
from app.importing.certificates import has_certificate
from app.importing.choices import Doubt
from app.importing.contracts import ContractResult, contracts_after
from app.importing.entries import Entry
from app.importing.grouping import Group, group_entries
from app.importing.holders import holder_of
from app.importing.matching import Match
from app.importing.merging import Differences, contacts_after, supplier_after
from app.importing.outcome import Absent, CellFault, Outcome
from app.importing.planning import DECIDED, Given, Planning, contradiction

_NO_CONTRACTS = ContractResult()
_REPLACE, _ADD = "replace", "add"
_TAKEN = (Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED)
# Characters of the checksum of a row.
_LINE = 8
# Supplier, contract or None, year and kind.
_AmountKey: TypeAlias = tuple[str, str | None, int, AmountKind]
# Supplier, year and kind.
_Owed: TypeAlias = tuple[str, int, AmountKind]


class SupplierPlanning(Planning):
    """Plans a file of suppliers."""

    def __init__(self, given: Given) -> None:
        """Index what the register knows; raises `Cancelled`."""
        super().__init__(given)
        register = given.register
        self.contacts: dict[str, list[Contact]] = defaultdict(list)
        self.contracts: dict[str, list[Contract]] = defaultdict(list)
        self.amounts: dict[_AmountKey, YearAmount] = {}
        for contact in register.contacts:
            self.contacts[contact.supplier_id].append(contact)
        for contract in register.contracts:
            self.contracts[contract.supplier_id].append(contract)
        for amount in register.amounts:
            self.amounts[amount.supplier_id, amount.contract_id, amount.year, amount.kind] = amount
        self.differences = Differences(self.headings, self.reading.warnings)
        self.replaced = 0
        # Who has, in one year, amounts of a contract and amounts of none.
        self.doubled: set[str] = set()
        self.with_contract = {key[0::2] for key in self.amounts if key[1]}
        self.without_contract = {key[0::2] for key in self.amounts if not key[1]}
        self.has_certificates = bool({"level", "certificate_number", "valid_from", "valid_to"} & self.headings.keys())
        self.has_contracts = bool({"contract_number", "contract_title"} & self.headings.keys())
        self.touched: set[_Owed] = set()
        self.lines = _lines(self.reading.entries)
        self.is_added = self.options.choices.answers.get(f"{Asked.REPEAT}:") == _ADD
        self.counted = self._counted_before() if self.is_added else frozenset()

    def plan(self) -> None:
        """Match groups of rows with the suppliers of the register, and plan what becomes of each."""
        groups = group_entries(self.reading.entries)
        matched: dict[str, list[Group]] = defaultdict(list)
        unmatched: list[Group] = []
        for done, group in enumerate(groups):
            self._tell(done, len(groups))
            match = self._match(group)
            decision = self._decision(group.entries)
            if match.doubt is not None or decision is not None:
                self._ask(group, match)
            if decision is not None and decision.doubt is Doubt.SKIP:
                self._put(group.entries, Outcome.SKIPPED, None, DECIDED)
            elif decision is not None and decision.doubt is Doubt.NEW:
                unmatched.append(group)
            elif decision is not None and decision.supplier_id in self.index.by_id:
                matched[self.index.by_id[decision.supplier_id].id].append(group)
            elif match.doubt is not None:
                self._put(group.entries, Outcome.MAYBE, match.doubt.id, match.why)
            elif match.supplier is None:
                unmatched.append(group)
            else:
                matched[match.supplier.id].append(group)
        for supplier_id, found in matched.items():
            self._plan_matched(found, self.index.by_id[supplier_id])
        for done, group in enumerate(unmatched):
            self._tell(done, len(unmatched))
            self._plan_group(group, None)
        self._warn_of_twins(unmatched)
        taken = {row.row for row in self.reading.rows if row.outcome in _TAKEN}
        self.digest = _whole(self.lines) + "".join(line for row, line in self.lines.items() if row in taken)

    def _counted_before(self) -> frozenset[str]:
        """Return which rows an earlier import added up already: added twice, their amounts would count twice.

        The same file may come back with rows decided or mended that were left out then. Rows of another file are only
        alike: a supplier may well ask the same every month.
        """
        ours, whole = set(self.lines.values()), _whole(self.lines)
        counted: set[str] = set()
        for digest in self.options.past.digests:
            theirs = {digest[at : at + _LINE] for at in range(_LINE, len(digest), _LINE)}
            if digest[:_LINE] == whole or (theirs <= ours and len(theirs) * 2 >= len(ours)):
                counted |= theirs
        return frozenset(counted)

    def _warn_of_twins(self, groups: Sequence[Group]) -> None:
        """Warn of new suppliers that may be one and the same; they go in, and can be merged in the register."""
        rows = {supplier.id: self.first_rows[supplier.id] for supplier in self.new.suppliers}
        new = list(self.new.suppliers)
        # Two different KvK numbers are two firms.
        everyone = Resembling(new, lambda one: name_key(one.name))
        without_kvk = Resembling([one for one in new if not one.kvk], lambda one: name_key(one.name))
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

    def _match(self, group: Group) -> Match:
        """Return what the register says; a supplier that ended is a doubt."""
        match = self.index.match(group, name_suffices=self.has_contracts)
        if match.supplier is None or not match.supplier.is_archived:
            return match
        why = f"{match.supplier.name} staat in het register als beëindigd. Niet overgenomen."
        return Match(candidates=candidates_among(group, [match.supplier]), why=why)

    def _plan_matched(self, groups: Sequence[Group], supplier: Supplier) -> None:
        """Join the groups that are this supplier; those whose KvK numbers contradict each other are left out."""
        why = contradiction(supplier, [entry for group in groups for entry in group.entries])
        if len(groups) == 1 and not why:
            self._plan_group(groups[0], supplier)
            return
        joined = Group()
        for group in groups:
            if why and group.kvk and self._decision(group.entries) is None:
                self._ask(group, Match(supplier))
                self._put(group.entries, Outcome.MAYBE, supplier.id, why)
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
        results = self.book.plan(holder_of(supplier), certificates) if certificates else []
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
            contracts = contracts_after(self.contracts.get(supplier.id, []), group.entries, supplier.id, self.new_id)
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
            if self.counted and self.lines.get(entry.row) in self.counted:
                continue
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
        before = self.amounts.get(key)
        self.touched.add((supplier_id, year, kind))
        if (supplier_id, year) in (self.without_contract if contract_id else self.with_contract):
            self.doubled.add(supplier_id)
        if before is not None and self.is_added:
            cents += before.cents
        if before is not None and before.cents == cents:
            return False
        after = YearAmount(
            id=before.id if before else self.new_id(),
            supplier_id=supplier_id,
            contract_id=contract_id,
            year=year,
            kind=kind,
            cents=cents,
            source=self.options.source,
            as_of=self.options.today,
        )
        (self.changed if before else self.new).amounts.append(after)
        self.first_rows[after.id] = row
        self.replaced += before is not None
        return True

    def _questions(self) -> tuple[Question, ...]:
        """Ask whether amounts of the register are replaced or added to, when there are any that differ."""
        answer = self.options.choices.answers.get(f"{Asked.REPEAT}:")
        if self.doubled:
            whose = count(len(self.doubled), "leverancier", "leveranciers")
            self.reading.note(
                f"Bij {whose} staan van één jaar bedragen met en zonder contract. Ze tellen allebei mee: kijk of dat "
                "klopt."
            )
        if not self.replaced and not self.counted:
            return ()
        what = count(self.replaced, "bedrag", "bedragen")
        if self.counted:
            whose = "Deze bedragen" if len(self.counted) == len(self.lines) else "De meeste van deze bedragen"
            self.reading.note(f"{whose} zijn al eerder geïmporteerd en opgeteld. Ze tellen niet nog een keer mee.")
        if self.is_added and self.replaced:
            self.reading.note(f"Bij {what} in het register is het bedrag uit dit bestand opgeteld.")
        elif self.replaced and answer:
            verb = "wordt" if self.replaced == 1 else "worden"
            self.reading.note(f"{what} uit het register {verb} vervangen door dit bestand.")
        there = f"In het register staan al andere bedragen van hetzelfde jaar ({what})."
        there = there if self.replaced else "Deze bedragen zijn al eerder opgeteld."
        return (
            Question(
                asked=Asked.REPEAT,
                text=f"{there} Wat is dit bestand?",
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
        for (supplier_id, _contract_id, year, kind), amount in self.amounts.items():
            is_gone = (year, kind) in years and (supplier_id, year, kind) not in self.touched
            if is_gone and amount.source in self.options.past.sources:
                gone[supplier_id, year, kind] += amount.cents
        return tuple(
            Absent(supplier_id, self.index.by_id[supplier_id].name, f"Opdrachten {year} {kind.label}: {euro(cents)}")
            for (supplier_id, year, kind), cents in gone.items()
        )


def _whole(lines: Mapping[int, str]) -> str:
    """Return the checksum of all rows with amounts, in whatever order; "" when there are none."""
    return f"{crc32(' '.join(sorted(lines.values())).encode()):08x}" if lines else ""


def _lines(entries: Sequence[Entry]) -> dict[int, str]:
    """Return a checksum of each row with amounts: whose, of when and how much, whatever the format of the file.

    Equal rows of one file are told apart by their order, for both count.
    """
    seen: dict[str, int] = {}
    lines = {}
    for entry in (entry for entry in entries if entry.amounts):
        texts = entry.texts
        whose = texts.get("kvk") or texts.get("own_number") or texts.get("name", "")
        line = f"{whose}\x1f{texts.get('contract_number', '')}\x1f{' '.join(map(str, entry.days.values()))}"
        for kind, year, cents in entry.amounts:
            line += f" {kind} {year} {cents}"
        times = seen[line] = seen.get(line, 0) + 1
        lines[entry.row] = f"{crc32(f'{line} {times}'.encode('utf-8', 'surrogatepass')):08x}"
    return lines
