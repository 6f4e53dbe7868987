"""Certificates of a file against those of the register: new, filled in, or known already."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.domain.certificate import Certificate, Level
from app.domain.certificate_change import CertificateChange, change_between, predecessor
from app.domain.identifiers import kvk_key, own_key
from app.domain.names import compact, name_key
from app.domain.party import names_of
from app.domain.supplier import Supplier
from app.importing.entries import CERTIFICATE_ENDS_FIRST, Entry
from app.importing.outcome import Outcome

NO_LEVEL = "De trede ontbreekt. Vul Aspirant, Basis, Trede 1, Trede 2 of Trede 3 in."
_DATES = ("valid_from", "valid_to")


@dataclass(frozen=True)
class Holder:
    """Whose certificates they are: a supplier, or for who is not in the register a name, our number and KvK numbers.

    Of a supplier `name` is what somebody said that a list calls it, "" where nobody had to.
    """

    supplier: Supplier | None
    name: str = ""
    kvk: frozenset[str] = frozenset()
    number: str = ""

    def may_hold(self, certificate: Certificate) -> bool:
        """Whether neither the name nor the KvK numbers on a certificate say that another firm holds it.

        An equal own number alone ties nothing: lists number their rows, and it would clear who has that number here.
        """
        names = (self.name, *names_of(self.supplier)) if self.supplier else (self.name,)
        covered = set(map(kvk_key, certificate.covered_kvk))
        is_named = not certificate.holder_name or name_key(certificate.holder_name) in set(map(name_key, names))
        return is_named and not (covered and self.kvk and covered.isdisjoint(self.kvk))


@dataclass
class CertificateResult:
    """What becomes of the rows of one certificate; `record` is its after-state, None when it could not be made.

    `before` is what was known: the certificate itself as it was, or the newest one that came before it.
    """

    entries: list[Entry]
    outcome: Outcome
    record: Certificate | None = None
    problem: str = ""
    before: Certificate | None = None

    @property
    def change(self) -> CertificateChange | None:
        """What the certificate changes for its holder."""
        return change_between(self.before, self.record) if self.record else None


@dataclass
class CertificateBook:
    """The certificates of the register, to be found by holder.

    `tells_plus30` says that a level without PSO 30+ beside it, as the file writes it, is one without PSO 30+. `claimed`
    are those that rows of the file are about already.
    """

    certificates: Iterable[Certificate]
    new_id: Callable[[], str]
    today: date
    tells_plus30: bool = False
    claimed: set[str] = field(default_factory=set)
    by_supplier: dict[str, list[Certificate]] = field(default_factory=lambda: defaultdict(list))
    by_kvk: dict[str, list[Certificate]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, list[Certificate]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Index them once."""
        for certificate in self.certificates:
            if certificate.supplier_id is not None:
                self.by_supplier[certificate.supplier_id].append(certificate)
                continue
            if certificate.holder_number:
                self.by_number[own_key(certificate.holder_number)].append(certificate)
            for kvk in certificate.covered_kvk:
                self.by_kvk[kvk_key(kvk)].append(certificate)

    def plan(self, holder: Holder, entries: Sequence[Entry]) -> list[CertificateResult]:
        """Put the rows of one holder together per certificate, and compare each with the register."""
        known = self._known(holder)
        left = [certificate for certificate in known if certificate.id not in self.claimed]
        clusters = _per_certificate(entries)
        existing: dict[int, Certificate] = {}
        # What agrees most takes its certificate first, so that the order of rows changes nothing.
        for is_same in (_is_same, _has_same_end, _has_same_period, self._is_in_force, _was_told):
            for at, rows in enumerate(clusters):
                found = None if at in existing else next((one for one in left if is_same(one, rows)), None)
                if found is not None:
                    existing[at] = found
                    left.remove(found)
                    self.claimed.add(found.id)
        return [self._compare(holder, rows, existing.get(at), known) for at, rows in enumerate(clusters)]

    def _known(self, holder: Holder) -> list[Certificate]:
        # A certificate whose holder was not in the register yet may belong to this supplier now.
        loose = [certificate for kvk in sorted(holder.kvk) for certificate in self.by_kvk.get(kvk, ())]
        if holder.number:
            numbered = self.by_number.get(own_key(holder.number), ())
            loose += filter(holder.may_hold, numbered)
        own = self.by_supplier.get(holder.supplier.id, []) if holder.supplier else []
        return list({certificate.id: certificate for certificate in (*own, *loose)}.values())

    def _is_in_force(self, certificate: Certificate, rows: list[Entry]) -> bool:
        """Whether rows without any date give the level of a certificate that is in force."""
        return (
            _are_undated(rows, certificate)
            and certificate.is_in_force(self.today)
            and (_level(rows) in {None, certificate.level})
        )

    def _compare(
        self, holder: Holder, rows: list[Entry], existing: Certificate | None, known: Sequence[Certificate]
    ) -> CertificateResult:
        before, outcome = existing, Outcome.UPDATED
        if before is None:
            level = _level(rows)
            if level is None:
                return CertificateResult(rows, Outcome.ERROR, None, NO_LEVEL)
            before, outcome = Certificate(id=self.new_id(), level=level), Outcome.NEW
        after = self._filled(before, holder, rows)
        if after.valid_from and after.valid_to and after.valid_to < after.valid_from:
            return CertificateResult(rows, Outcome.ERROR, None, CERTIFICATE_ENDS_FIRST)
        outcome = Outcome.UNCHANGED if after == existing else outcome
        return CertificateResult(rows, outcome, after, before=existing or predecessor(after, known))

    def _filled(self, certificate: Certificate, holder: Holder, rows: list[Entry]) -> Certificate:
        """Return the certificate with what the rows say; what they leave empty stays."""
        after = certificate
        for entry in reversed(rows):
            # The first row that says something wins, so it is applied last.
            after = replace(
                after,
                level=(entry.level.level if entry.level else None) or after.level,
                number=entry.text("certificate_number") or after.number,
                issuer=entry.text("issuer") or after.issuer,
                valid_from=entry.days.get("valid_from", after.valid_from),
                valid_to=entry.days.get("valid_to", after.valid_to),
                status=entry.status or after.status,
                status_on=entry.days.get("status_on", after.status_on),
            )
        if compact(after.number) == compact(certificate.number):
            after = replace(after, number=certificate.number)
        after = replace(after, is_plus30=self._has_plus30(after, rows), covered_kvk=_covered(after, holder, rows))
        if holder.supplier:
            return replace(after, supplier_id=holder.supplier.id, holder_name=holder.name or after.holder_name)
        if after.supplier_id:
            return after
        return replace(
            after,
            holder_name=after.holder_name or holder.name,
            holder_number=after.holder_number or holder.number,
        )

    def _has_plus30(self, certificate: Certificate, rows: list[Entry]) -> bool:
        told = {entry.plus30 for entry in rows} | {entry.level.is_plus30 or None for entry in rows if entry.level}
        if True in told:
            return True
        is_without = False in told or (self.tells_plus30 and any(entry.level for entry in rows))
        return not is_without and certificate.is_plus30


def has_certificate(entry: Entry) -> bool:
    """Whether a row says anything about a certificate; "geen" says that there is none."""
    if entry.level is not None:
        return entry.level.level is not None
    return bool(entry.text("certificate_number") or "valid_from" in entry.days or "valid_to" in entry.days)


def _per_certificate(entries: Sequence[Entry]) -> list[list[Entry]]:
    """One certificate per number; without a number, per level and first day."""
    clusters: list[list[Entry]] = []
    for entry in entries:
        number = compact(entry.text("certificate_number"))
        for cluster in clusters:
            numbers = {compact(other.text("certificate_number")) for other in cluster} - {""}
            if number and numbers:
                same = number in numbers
            else:
                same = any(_level_and_start(other) == _level_and_start(entry) for other in cluster)
            if same:
                cluster.append(entry)
                break
        else:
            clusters.append([entry])
    return clusters


def _is_same(certificate: Certificate, rows: list[Entry]) -> bool:
    numbers = _numbers(rows)
    if numbers and certificate.number:
        return compact(certificate.number) in numbers
    return any(_level_and_start(entry) == (certificate.level, certificate.valid_from) for entry in rows)


def _has_same_end(certificate: Certificate, rows: list[Entry]) -> bool:
    """Whether they end on the same day at the same level, and one of the two does not say when it began."""
    if certificate.valid_to is None or _numbers_differ(certificate, rows):
        return False
    return any(
        (_level([entry]), _day(entry, "valid_to")) == (certificate.level, certificate.valid_to)
        and (certificate.valid_from is None or _day(entry, "valid_from") is None)
        for entry in rows
    )


def _has_same_period(certificate: Certificate, rows: list[Entry]) -> bool:
    """Whether first and last day are equal: then another level is a correction."""
    if certificate.is_reported or _numbers_differ(certificate, rows):
        return False
    period = (certificate.valid_from, certificate.valid_to)
    return any((_day(entry, "valid_from"), _day(entry, "valid_to")) == period for entry in rows)


def _was_told(certificate: Certificate, rows: list[Entry]) -> bool:
    """Whether neither the rows nor the certificate have any date: then it is the level that changed."""
    is_told = certificate.valid_from is None and certificate.valid_to is None and not certificate.number
    return is_told and _are_undated(rows, certificate)


def _are_undated(rows: list[Entry], certificate: Certificate) -> bool:
    return not any(_day(entry, name) for entry in rows for name in _DATES) and not _numbers_differ(certificate, rows)


def _level(rows: Iterable[Entry]) -> Level | None:
    return next((entry.level.level for entry in rows if entry.level and entry.level.level), None)


def _day(entry: Entry, name: str) -> date | None:
    return entry.days.get(name)


def _numbers(rows: Iterable[Entry]) -> set[str]:
    return {compact(entry.text("certificate_number")) for entry in rows} - {""}


def _numbers_differ(certificate: Certificate, rows: Iterable[Entry]) -> bool:
    numbers = _numbers(rows)
    return bool(numbers and certificate.number) and compact(certificate.number) not in numbers


def _level_and_start(entry: Entry) -> tuple[object, object]:
    return (entry.level.level if entry.level else None, entry.days.get("valid_from"))


def _covered(certificate: Certificate, holder: Holder, rows: list[Entry]) -> tuple[str, ...]:
    """Exactly the numbers given; else, where none are known yet, the row's own, else the supplier's.

    A number that lost its leading zero would cover nobody: it is completed from the row or the register.
    """
    given = tuple(dict.fromkeys(kvk for entry in rows for kvk in entry.covers_kvk))
    if given:
        return certificate.covered_kvk if set(given) == set(certificate.covered_kvk) else given
    theirs = holder.supplier.kvk if holder.supplier else ""
    own = dict.fromkeys(entry.text("kvk") for entry in rows if entry.text("kvk"))
    if certificate.covered_kvk:
        whole = {kvk_key(kvk): kvk for kvk in own if kvk == kvk_key(kvk)}
        return tuple(dict.fromkeys(whole.get(kvk_key(kvk), kvk) for kvk in certificate.covered_kvk))
    written = [theirs if theirs and kvk_key(kvk) == kvk_key(theirs) else kvk for kvk in own]
    return tuple(written) or ((theirs,) if theirs else ())
