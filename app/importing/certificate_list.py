"""A list of certificates against the register: whose they are, what changed since the last time, what is missing.

Holders are looked up and never added. Every certificate that is taken was checked: who, when and on which list.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from app.base.formatting import join_words
from app.domain.certificate import Certificate, CertificateStatus, Verification
from app.domain.certificate_change import describe_certificate, describe_certificate_change
from app.domain.identifiers import kvk_key, own_key
from app.domain.names import name_key, sort_key
from app.domain.supplier import Supplier
from app.importing.candidates import distinct
from app.importing.certificates import CertificateResult, Holder, has_certificate
from app.importing.choices import Doubt
from app.importing.entries import Entry
from app.importing.grouping import Group, place_of
from app.importing.headings import Header
from app.importing.holders import HolderFinder, holder_of
from app.importing.matching import Match
from app.importing.outcome import Absent, ImportPlan, Outcome
from app.importing.planning import DECIDED, Given, Planning, contradiction
from app.importing.tables import RawTable

METHOD = "PSO-lijst"
_STRANGER = "Geen leverancier van ons. Het certificaat is bewaard bij het nummer op deze rij."
_NAMELESS = "Geen leverancier van ons. Zonder KvK-nummer wordt het certificaat niet bewaard."
_LEFT_OUT = (Outcome.MAYBE, Outcome.ERROR)


class CertificateListPlanning(Planning):
    """Plans a list of certificates."""

    def __init__(self, given: Given) -> None:
        """Index what the register knows; raises `Cancelled`."""
        super().__init__(given)
        register = given.register
        self.finder = HolderFinder(self.index, register.certificates)
        self.listed = [one for one in register.certificates if one.id in self.options.past.listed]
        self.checks = {(one.certificate_id, one.checked_on, one.method, one.note) for one in register.verifications}
        self.book.tells_plus30 = any(
            entry.plus30 is not None or (entry.level and entry.level.is_plus30) for entry in self.reading.entries
        )
        self.of_supplier: dict[str, list[Entry]] = defaultdict(list)
        self.of_stranger: dict[object, list[Entry]] = defaultdict(list)
        # Rows of which somebody said whose they are.
        self.decided: set[int] = set()
        self.taken: list[CertificateResult] = []

    def plan(self) -> None:
        """Find the holders, and compare their certificates with what was known."""
        self.reading.note("Gelezen als een lijst van certificaten: er zijn geen leveranciers aangemaakt.")
        firms: dict[object, Group] = defaultdict(Group)
        for entry in self.reading.entries:
            if has_certificate(entry):
                firms[_firm_of(entry)].add(entry)
            else:
                self._put([entry], Outcome.SKIPPED, None, "Geen certificaat in deze rij.")
        for done, group in enumerate(firms.values()):
            self._tell(done, len(firms))
            self._find_holder(group)
        for supplier_id, entries in self.of_supplier.items():
            entries.sort(key=lambda entry: entry.row)
            self._plan_supplier(self.index.by_id[supplier_id], entries)
        for entries in self.of_stranger.values():
            self._plan_stranger(entries)

    def finish(self, table: RawTable, header: Header, sheets: tuple[str, ...]) -> ImportPlan:
        """Put everything in the order of the file, and log what was checked."""
        note = self.options.source + (f", blad ‘{table.sheet}’" if table.sheet else "")
        for result in self.taken:
            assert result.record is not None
            key = (result.record.id, self.options.today, METHOD, note)
            if key not in self.checks:
                self.checks.add(key)
                certificate_id, checked_on, method, note = key
                self.new.verifications.append(
                    Verification(
                        id=self.new_id(),
                        certificate_id=certificate_id,
                        checked_on=checked_on,
                        checked_by=self.options.by,
                        method=method,
                        note=note,
                    )
                )
        return super().finish(table, header, sheets)

    # -- holders ------------------------------------------------------------------------------------------------

    def _find_holder(self, group: Group) -> None:
        """Give the rows that name one firm to a supplier or to a stranger, or ask about them together."""
        open_rows, doubt = Group(), None
        for entry, found in zip(group.entries, self.finder.find(group), strict=True):
            if found.supplier is not None:
                self.of_supplier[found.supplier.id].append(entry)
            else:
                open_rows.add(entry)
                doubt = doubt or found.doubt
        entries = open_rows.entries
        decision = self._decision(entries)
        if entries and (doubt or decision):
            self._ask(open_rows, doubt or Match())
        if decision is not None and decision.doubt is Doubt.SKIP:
            self._put(entries, Outcome.SKIPPED, None, DECIDED)
        elif decision is not None and decision.supplier_id in self.index.by_id and decision.doubt is Doubt.SAME:
            self.of_supplier[self.index.by_id[decision.supplier_id].id] += entries
            self.decided.update(entry.row for entry in entries)
        elif doubt is not None and doubt.doubt is not None and (decision is None or decision.doubt is not Doubt.NEW):
            self._put(entries, Outcome.MAYBE, doubt.doubt.id, doubt.why)
        else:
            self._set_apart(entries)

    def _set_apart(self, entries: list[Entry]) -> None:
        """Keep rows of who is no supplier by their number; without one they could never be given to anybody."""
        for entry in entries:
            kvk, own = kvk_key(entry.text("kvk")), own_key(entry.text("own_number"))
            key = kvk or frozenset(map(kvk_key, entry.covers_kvk)) or (("own", own) if own else None)
            if key:
                self.of_stranger[key].append(entry)
            else:
                self._put([entry], Outcome.SKIPPED, None, _NAMELESS)

    # -- certificates -------------------------------------------------------------------------------------------

    def _plan_supplier(self, supplier: Supplier, entries: list[Entry]) -> None:
        why = contradiction(supplier, entries)
        if why:
            asked = [entry for entry in entries if entry.text("kvk") and entry.row not in self.decided]
            entries = [entry for entry in entries if entry not in asked]
            for entry in asked:
                group = Group()
                group.add(entry)
                self._ask(group, Match(supplier))
            self._put(asked, Outcome.MAYBE, supplier.id, why)
        known, supplier = supplier, self._with_kvk(supplier, entries)
        decided = [entry for entry in entries if entry.row in self.decided]
        self._warn_of_other_kvk(supplier, decided)
        name = decided[0].text("name") if decided else ""
        holder = holder_of(supplier, name=name, kvk=[entry.text("kvk") for entry in entries])
        self._plan_certificates(holder, entries, is_changed=supplier != known)

    def _with_kvk(self, supplier: Supplier, entries: list[Entry]) -> Supplier:
        """Return the supplier with its lost zero back, or with the KvK number that the register did not have.

        The certificate would not count for it otherwise (`Certificate.covers`).
        """
        kvk, numbers = supplier.kvk, {kvk_key(number) for entry in entries if (number := entry.text("kvk"))}
        if kvk_key(kvk) in numbers and any(entry.text("kvk") == kvk_key(kvk) for entry in entries):
            kvk = kvk_key(kvk)
        elif not kvk and len(numbers) == 1 and not numbers & self.index.by_kvk.keys():
            is_told = any(self._is_told(entry, supplier) for entry in entries if entry.text("kvk"))
            kvk = numbers.pop() if is_told else kvk
        if kvk == supplier.kvk:
            return supplier
        supplier = replace(supplier, kvk=kvk)
        self.changed.suppliers.append(supplier)
        self.first_rows[supplier.id] = entries[0].row
        return supplier

    def _is_told(self, entry: Entry, supplier: Supplier) -> bool:
        """Whether somebody said that a row is this supplier, or a number of ours on it does."""
        own = own_key(entry.text("own_number"))
        is_ours = bool(own) and own == own_key(supplier.own_number)
        return entry.row in self.decided or is_ours or entry.text("register_id") == supplier.id

    def _warn_of_other_kvk(self, supplier: Supplier, decided: Sequence[Entry]) -> None:
        known = {kvk_key(kvk) for kvk in (supplier.kvk, *supplier.former_kvk)}
        for entry in decided:
            if supplier.kvk and entry.text("kvk") and kvk_key(entry.text("kvk")) not in known:
                message = (
                    f"{supplier.name} heeft in het register een ander KvK-nummer ({supplier.kvk}). Een certificaat "
                    "telt alleen voor de KvK-nummers die erop staan. Kijk welk nummer klopt."
                )
                self._warn([entry], message, "kvk")

    def _plan_stranger(self, entries: list[Entry]) -> None:
        numbers = frozenset(kvk_key(kvk) for entry in entries for kvk in (entry.text("kvk"), *entry.covers_kvk) if kvk)
        name = next((entry.text("name") for entry in entries if entry.text("name")), entries[0].text("kvk"))
        covered = distinct(one for kvk in sorted(numbers) for one in self.index.by_kvk.get(kvk, ()))
        names = join_words([one.name for one in covered])
        why = f"Het certificaat geldt voor {names}: hun KvK-nummer staat erop." if covered else _STRANGER
        holder = Holder(None, name, numbers, entries[0].text("own_number"))
        self._plan_certificates(holder, entries, why=why, concerns_us=bool(covered))

    def _plan_certificates(
        self,
        holder: Holder,
        entries: Sequence[Entry],
        *,
        why: str = "",
        is_changed: bool = False,
        concerns_us: bool = True,
    ) -> None:
        for result in self.book.plan(holder, entries):
            if result.record is None or result.change is None:
                self._refuse(result.entries, "level", result.problem)
                continue
            self.taken.append(result)
            self._keep_certificate(result)
            told = describe_certificate_change(result.change, result.before, result.record)
            if result.change.is_loss and concerns_us:
                self._warn(result.entries, told, "level", "certificate_status")
            is_updated = is_changed and result.outcome is Outcome.UNCHANGED
            self._put(
                result.entries,
                Outcome.UPDATED if is_updated else result.outcome,
                holder.supplier.id if holder.supplier else None,
                " ".join(filter(None, (told, why))),
                certificate_change=result.change,
            )

    def _list_absent(self) -> tuple[Absent, ...]:
        """Return what the last list held and this one does not; not what a row that was left out may be about."""
        seen = {one.id for result in self.taken for one in (result.record, result.before) if one is not None}
        left_out = [row for row in self.reading.rows if row.outcome in _LEFT_OUT or row.is_decided]
        names = {name_key(row.name) for row in left_out if row.name}
        maybe = {like.supplier_id for row in left_out for like in row.resembles}
        gone = [
            Absent(certificate.supplier_id or "", name, describe_certificate(certificate))
            for certificate in self.listed
            if certificate.id not in seen and certificate.supplier_id not in maybe and self._still_stands(certificate)
            for name in (self._holder_name(certificate),)
            if names.isdisjoint(map(name_key, (name, certificate.holder_name)))
        ]
        return tuple(sorted(gone, key=lambda absent: (sort_key(absent.name), absent.supplier_id, absent.what)))

    def _still_stands(self, certificate: Certificate) -> bool:
        is_over = certificate.valid_to is not None and certificate.valid_to < self.options.today
        return certificate.status is CertificateStatus.VALID and not is_over

    def _holder_name(self, certificate: Certificate) -> str:
        supplier = self.index.by_id.get(certificate.supplier_id or "")
        return supplier.name if supplier else certificate.holder_name


def _firm_of(entry: Entry) -> object:
    """Return what a row says of the firm: rows that say the same are asked about together."""
    kvk, own = kvk_key(entry.text("kvk")), own_key(entry.text("own_number"))
    name, covered = name_key(entry.text("name")), frozenset(entry.covers_kvk)
    return entry.text("register_id"), kvk, own, name, place_of(entry), covered
