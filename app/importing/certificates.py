"""Certificates of a file against those of the register: new, filled in, or known already."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from app.domain.certificate import Certificate
from app.domain.identifiers import kvk_key
from app.domain.names import fold, name_key
from app.domain.supplier import Supplier
from app.importing.entries import Entry
from app.importing.outcome import Outcome

ENDS_FIRST = "Het certificaat eindigt voordat het begint. Verbeter een van de datums."
NO_LEVEL = "De trede ontbreekt. Vul Aspirant, Basis, Trede 1, Trede 2 of Trede 3 in."


@dataclass(frozen=True)
class Holder:
    """Whose certificate it is: a supplier, or for who is not in the register a name, our number and KvK numbers."""

    supplier: Supplier | None
    name: str = ""
    kvk: frozenset[str] = frozenset()
    number: str = ""


@dataclass
class CertificateResult:
    """What becomes of the rows of one certificate; `record` is its after-state, None when it could not be made."""

    entries: list[Entry]
    outcome: Outcome
    record: Certificate | None = None
    problem: str = ""


@dataclass
class CertificateBook:
    """The certificates of the register, to be found by holder."""

    certificates: Iterable[Certificate]
    new_id: Callable[[], str]
    by_supplier: dict[str, list[Certificate]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[Certificate]] = field(default_factory=lambda: defaultdict(list))
    by_kvk: dict[str, list[Certificate]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, list[Certificate]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Index them once."""
        for certificate in self.certificates:
            if certificate.supplier_id is not None:
                self.by_supplier[certificate.supplier_id].append(certificate)
                continue
            if certificate.holder_name:
                self.by_name[name_key(certificate.holder_name)].append(certificate)
            if certificate.holder_number:
                self.by_number[certificate.holder_number.casefold()].append(certificate)
            for kvk in certificate.covered_kvk:
                self.by_kvk[kvk_key(kvk)].append(certificate)

    def plan(self, holder: Holder, entries: Sequence[Entry]) -> list[CertificateResult]:
        """Put the rows of one holder together per certificate, and compare each with the register."""
        known = self._known(holder)
        results: list[CertificateResult] = []
        for rows in _per_certificate(entries):
            existing = next((c for c in known if _is_same(c, rows)), None)
            existing = existing or next((c for c in known if _gets_its_start(c, rows)), None)
            if existing is not None:
                known.remove(existing)
            results.append(self._compare(holder, rows, existing))
        return results

    def _known(self, holder: Holder) -> list[Certificate]:
        # A certificate whose holder was not in the register yet may belong to this supplier now.
        loose = [c for kvk in sorted(holder.kvk) for c in self.by_kvk.get(kvk, ())]
        number = holder.number.casefold()
        loose += self.by_number.get(number, ()) if number else ()
        loose += [
            certificate
            for certificate in (self.by_name.get(name_key(holder.name), ()) if holder.name else ())
            if (not holder.kvk or not certificate.covered_kvk)
            and (not number or certificate.holder_number.casefold() in {"", number})
        ]
        own = self.by_supplier.get(holder.supplier.id, []) if holder.supplier else []
        return list({certificate.id: certificate for certificate in (*own, *loose)}.values())

    def _compare(self, holder: Holder, rows: list[Entry], existing: Certificate | None) -> CertificateResult:
        level = next((entry.level.level for entry in rows if entry.level and entry.level.level), None)
        if existing is None:
            if level is None:
                return CertificateResult(rows, Outcome.ERROR, None, NO_LEVEL)
            existing, outcome = Certificate(id=self.new_id(), level=level), Outcome.NEW
        else:
            outcome = Outcome.UPDATED
        after = _filled(existing, holder, rows)
        if after.valid_from and after.valid_to and after.valid_to < after.valid_from:
            return CertificateResult(rows, Outcome.ERROR, None, ENDS_FIRST)
        return CertificateResult(rows, Outcome.UNCHANGED if after == existing else outcome, after)


def has_certificate(entry: Entry) -> bool:
    """Whether a row says anything about a certificate; "geen" says that there is none."""
    if entry.level is not None:
        return entry.level.level is not None
    return bool(entry.text("certificate_number") or "valid_from" in entry.days or "valid_to" in entry.days)


def _per_certificate(entries: Sequence[Entry]) -> list[list[Entry]]:
    """One certificate per number; without a number, per level and first day."""
    clusters: list[list[Entry]] = []
    for entry in entries:
        number = _number_key(entry.text("certificate_number"))
        for cluster in clusters:
            numbers = {_number_key(other.text("certificate_number")) for other in cluster} - {""}
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
    numbers = {_number_key(entry.text("certificate_number")) for entry in rows} - {""}
    if numbers and certificate.number:
        return _number_key(certificate.number) in numbers
    return any(_level_and_start(entry) == (certificate.level, certificate.valid_from) for entry in rows)


def _gets_its_start(certificate: Certificate, rows: list[Entry]) -> bool:
    """Whether the rows are this certificate, of which only the last day was known."""
    known = (certificate.level, certificate.valid_to)
    is_open = certificate.valid_from is None and certificate.valid_to is not None and not certificate.number
    return is_open and any(
        (entry.level.level if entry.level else None, entry.days.get("valid_to")) == known for entry in rows
    )


def _number_key(number: str) -> str:
    return "".join(fold(number).split())


def _level_and_start(entry: Entry) -> tuple[object, object]:
    return (entry.level.level if entry.level else None, entry.days.get("valid_from"))


def _filled(certificate: Certificate, holder: Holder, rows: list[Entry]) -> Certificate:
    """Return the certificate with what the rows say; what they leave empty stays."""
    after = certificate
    for entry in reversed(rows):
        # The first row that says something wins, so it is applied last.
        level = entry.level.level if entry.level else None
        plus = entry.plus30 if entry.plus30 is not None else (True if entry.level and entry.level.is_plus30 else None)
        after = replace(
            after,
            level=level or after.level,
            is_plus30=after.is_plus30 if plus is None else plus,
            number=entry.text("certificate_number") or after.number,
            issuer=entry.text("issuer") or after.issuer,
            valid_from=entry.days.get("valid_from", after.valid_from),
            valid_to=entry.days.get("valid_to", after.valid_to),
            status=entry.status or after.status,
            status_on=entry.days.get("status_on", after.status_on),
        )
    if _number_key(after.number) == _number_key(certificate.number):
        after = replace(after, number=certificate.number)
    supplier_id = holder.supplier.id if holder.supplier else after.supplier_id
    after = replace(after, supplier_id=supplier_id, covered_kvk=_covered(after, holder, rows))
    if supplier_id:
        return after
    return replace(
        after,
        holder_name=certificate.holder_name or holder.name,
        holder_number=certificate.holder_number or holder.number,
    )


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
