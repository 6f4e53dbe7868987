"""Which certificates count for a firm on a day, until when they cover it, and what is wrong when none is enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.domain.certificate import Certificate, Level
from app.domain.policy import PolicySettings
from app.domain.verdict import Reason


class Counted(NamedTuple):
    """A certificate that is evidence, with its dates known; it never counted when `last_day` is before `valid_from`."""

    certificate: Certificate
    valid_from: date
    valid_to: date
    last_day: date

    @property
    def rank(self) -> int:
        """The rank of its level."""
        return self.certificate.level.rank

    def is_in_force(self, on: date) -> bool:
        """Whether it counts on that day, its first and last day included."""
        return self.valid_from <= on <= self.last_day


class Shortfall(NamedTuple):
    """Why a firm has not what is asked, and the certificate that shows it with the last day to name."""

    reason: Reason
    certificate: Certificate | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """One firm with the certificates that may say something about it: a supplier, or a member of a combination."""

    supplier_id: str
    name: str
    kvk: str
    counted: tuple[Counted, ...]

    @property
    def covering(self) -> tuple[Counted, ...]:
        """The certificates that count for this firm: its KvK number is on them (domain.md §1.6)."""
        return tuple(c for c in self.counted if c.certificate.covers(self.supplier_id, self.kvk))

    def held_on(self, on: date) -> Counted | None:
        """Return the certificate that says which level the firm has on that day."""
        return _best(c for c in self.covering if c.is_in_force(on))

    def covered_until(self, on: date, *, required: Level) -> date | None:
        """Return the last day of unbroken sufficient cover from that day on; None when there is none on that day.

        A successor joins on when it begins on the day after at the latest.
        """
        sufficient = [c for c in self.covering if c.rank >= required.rank]
        ends = [c.last_day for c in sufficient if c.is_in_force(on)]
        while ends:
            end = max(ends)
            ends = [c.last_day for c in sufficient if c.last_day > end and (c.valid_from - end).days <= 1]
            if not ends:
                return end
        return None

    def met_until_expiry(self, shortfall: Shortfall, *, required: Level) -> bool:
        """Whether the certificate that expired was enough for this firm to its last day."""
        expired = shortfall.certificate if shortfall.reason is Reason.EXPIRED else None
        return (
            expired is not None
            and expired.level.rank >= required.rank
            and expired.last_day == expired.valid_to
            and expired.covers(self.supplier_id, self.kvk)
        )

    def shortfall(self, on: date) -> Shortfall:
        """Return what is wrong on a day on which the firm has not what is asked, the most telling first."""
        held = self.held_on(on)
        if held is not None:
            return Shortfall(Reason.LEVEL_TOO_LOW, held.certificate, held.last_day)
        own = [c for c in self.counted if c.certificate.supplier_id == self.supplier_id]
        not_covering = _best(c for c in own if c.is_in_force(on))
        if not_covering is not None:
            return Shortfall(Reason.NOT_COVERED, not_covering.certificate, not_covering.valid_to)
        concerning = (*own, *self.covering)
        withdrawn = [c for c in concerning if c.valid_from <= on <= c.valid_to]
        if withdrawn:
            first = min(withdrawn, key=lambda c: (-c.rank, *_latest(c)))
            return Shortfall(Reason.WITHDRAWN, first.certificate, first.valid_to)
        expired = [c for c in concerning if c.valid_to < on]
        if expired:
            last = min(expired, key=lambda c: (-c.valid_to.toordinal(), -c.rank, *_latest(c)))
            return Shortfall(Reason.EXPIRED, last.certificate, last.valid_to)
        return Shortfall(Reason.NO_CERTIFICATE)


def holder(
    supplier_id: str, name: str, kvk: str, *, certificates: Iterable[Certificate], settings: PolicySettings
) -> Holder:
    """Return a firm with those of its certificates that count: told levels never do, unchecked ones by setting."""
    counted = tuple(
        found for c in certificates if (found := _counted(c)) and (c.is_verified or settings.unverified_counts)
    )
    return Holder(supplier_id=supplier_id, name=name, kvk=kvk, counted=counted)


def _counted(certificate: Certificate) -> Counted | None:
    valid_from, valid_to, last_day = certificate.valid_from, certificate.valid_to, certificate.last_day
    if valid_from is None or valid_to is None or last_day is None:
        return None
    return Counted(certificate, valid_from, valid_to, last_day)


def _best(found: Iterable[Counted]) -> Counted | None:
    """The highest level, then the longest valid, then the newest; the id makes the choice certain."""
    return min(
        found,
        key=lambda c: (-c.rank, -c.last_day.toordinal(), -c.valid_from.toordinal(), c.certificate.id),
        default=None,
    )


def _latest(c: Counted) -> tuple[int, int, str]:
    return -c.valid_to.toordinal(), -c.valid_from.toordinal(), c.certificate.id
