"""What a certificate changes for its holder, beside the newest one that was known."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from app.base.formatting import long_date
from app.domain.certificate import Certificate, CertificateStatus


class CertificateChange(StrEnum):
    """What is different since the last time. PSO 30+ is more than the same level without it."""

    NEW = "new"
    UPGRADED = "upgraded"
    DOWNGRADED = "downgraded"
    RENEWED = "renewed"
    ENDED = "ended"
    SAME = "same"

    @property
    def label(self) -> str:
        """The Dutch words."""
        return _LABELS[self]

    @property
    def is_loss(self) -> bool:
        """Whether the holder has less than was known."""
        return self in {CertificateChange.DOWNGRADED, CertificateChange.ENDED}


_LABELS = {
    CertificateChange.NEW: "nieuw certificaat",
    CertificateChange.UPGRADED: "hogere trede",
    CertificateChange.DOWNGRADED: "lagere trede",
    CertificateChange.RENEWED: "verlengd",
    CertificateChange.ENDED: "niet meer geldig",
    CertificateChange.SAME: "ongewijzigd",
}
_TAKEN_AWAY = (CertificateStatus.WITHDRAWN, CertificateStatus.SUSPENDED)


def predecessor(certificate: Certificate, known: Iterable[Certificate]) -> Certificate | None:
    """Return the newest of these certificates of one holder that is not newer than this one.

    Without dates on it, it is as of today and comes behind all others; one that was only told counts where there is
    no evidence.
    """
    end = _end(certificate) if certificate.valid_from or certificate.valid_to else date.max
    earlier = [other for other in known if other.id != certificate.id and _end(other) <= end]
    return max(earlier, key=lambda other: (not other.is_reported, _end(other), _rank(other), other.id), default=None)


def change_between(before: Certificate | None, after: Certificate) -> CertificateChange:
    """Return what a certificate changes; `before` is its own earlier state, or the one that came before it."""
    is_other = before is None or before.id != after.id
    was_valid = before is None or before.status is CertificateStatus.VALID
    if after.status in _TAKEN_AWAY if is_other else was_valid and after.status is not CertificateStatus.VALID:
        return CertificateChange.ENDED
    if before is None:
        return CertificateChange.NEW
    if _rank(after) != _rank(before):
        is_higher = _rank(after) > _rank(before)
        return CertificateChange.UPGRADED if is_higher else CertificateChange.DOWNGRADED
    if is_other and before.is_reported and not after.is_reported:
        # The evidence of what was only told.
        return CertificateChange.NEW
    if _end(after) > _end(before):
        return CertificateChange.RENEWED
    return CertificateChange.NEW if is_other and not after.is_reported else CertificateChange.SAME


def describe_certificate_change(change: CertificateChange, before: Certificate | None, after: Certificate) -> str:
    """Return a change as a Dutch sentence, "" for none: `Hogere trede: Trede 1 → Trede 2, geldig t/m …`."""
    if change is CertificateChange.SAME:
        return ""
    if change is CertificateChange.ENDED:
        since = f" per {long_date(after.status_on)}" if after.status_on else ""
        return f"Let op: {after.status.label}{since}: {level_words(after)}."
    lead = f"{'Let op: ' if change.is_loss else ''}{change.label}"
    is_step = change in {CertificateChange.UPGRADED, CertificateChange.DOWNGRADED}
    step = f"{level_words(before)} → " if before and is_step else ""
    was = f" (was t/m {long_date(before.valid_to)})" if before and before.valid_to and not step else ""
    was = was if change is CertificateChange.RENEWED else ""
    return f"{lead[0].upper()}{lead[1:]}: {step}{describe_certificate(after)}{was}."


def describe_certificate(certificate: Certificate) -> str:
    """Return level and last day in Dutch: `Trede 2, geldig t/m 31 december 2027`."""
    until = f"geldig t/m {long_date(certificate.valid_to)}" if certificate.valid_to else "zonder einddatum"
    return f"{level_words(certificate)}, {until}"


def level_words(certificate: Certificate) -> str:
    """Return the level as Dutch readers say it: `Trede 3 met PSO 30+`."""
    return f"{certificate.level.label}{' met PSO 30+' if certificate.is_plus30 else ''}"


def _rank(certificate: Certificate) -> tuple[int, bool]:
    return certificate.level.rank, certificate.is_plus30


def _end(certificate: Certificate) -> date:
    return certificate.valid_to or certificate.valid_from or date.min
