"""PSO levels and certificates (domain.md §1.2 and §1.6)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Level(StrEnum):
    """A rung of the ladder. The order is `rank`, never the digit in the name: "PSO-2" is rung 4 of 5.

    PSO 30+ is no rung: it is a second certificate beside a Trede 3 score.
    """

    ASPIRANT = "ASPIRANT"
    BASIS = "BASIS"
    TREDE1 = "TREDE1"
    TREDE2 = "TREDE2"
    TREDE3 = "TREDE3"

    @property
    def rank(self) -> int:
        """1 for Aspirant up to 5 for Trede 3."""
        return _RANKS[self]

    @property
    def label(self) -> str:
        """The Dutch name, as on a certificate."""
        return _LABELS[self]

    @classmethod
    def of_rank(cls, rank: int) -> "Level":
        """Return the level with that rank, 1 to 5."""
        return list(cls)[rank - 1]


_RANKS = {level: rank for rank, level in enumerate(Level, start=1)}
_LABELS = {
    Level.ASPIRANT: "Aspirant-status",
    Level.BASIS: "Basistrede",
    Level.TREDE1: "Trede 1",
    Level.TREDE2: "Trede 2",
    Level.TREDE3: "Trede 3",
}


class CertificateStatus(StrEnum):
    """What was decided about a certificate; anything but VALID ends it on `status_on`."""

    VALID = "VALID"
    WITHDRAWN = "WITHDRAWN"
    SUSPENDED = "SUSPENDED"
    REPLACED = "REPLACED"

    @property
    def label(self) -> str:
        """The Dutch word."""
        return {"VALID": "geldig", "WITHDRAWN": "ingetrokken", "SUSPENDED": "opgeschort", "REPLACED": "vervangen"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One PSO certificate, or a level that was only told ("gemeld, bewijs gevraagd") when a date is missing.

    `covered_kvk` are the KvK numbers on it. It counts only for those (domain.md §1.6). An empty list means that the
    numbers were not entered: then it counts for `supplier_id`, the holder in the register, alone.
    `holder_name` and `holder_number` (our own creditor number) keep who the holder is until it is in the register.
    """

    id: str
    level: Level
    supplier_id: str | None = None
    holder_name: str = ""
    holder_number: str = ""
    is_plus30: bool = False
    number: str = ""
    issuer: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    status: CertificateStatus = CertificateStatus.VALID
    status_on: date | None = None
    note: str = ""
    covered_kvk: tuple[str, ...] = ()
    is_verified: bool = False

    @property
    def is_reported(self) -> bool:
        """Whether only the level was told, without both dates: it never counts."""
        return self.valid_from is None or self.valid_to is None

    @property
    def last_day(self) -> date | None:
        """The last day on which it counts: `valid_to`, or the day before it was withdrawn; None when reported.

        Withdrawn without a known date: it never counted.
        """
        if self.valid_from is None or self.valid_to is None:
            return None
        if self.status is CertificateStatus.VALID:
            return self.valid_to
        if self.status_on is None:
            return self.valid_from - timedelta(days=1)
        return min(self.valid_to, self.status_on - timedelta(days=1))

    def is_in_force(self, on: date) -> bool:
        """Whether it counts on that day, its first and last day included."""
        last = self.last_day
        return last is not None and self.valid_from is not None and self.valid_from <= on <= last

    def covers(self, supplier_id: str, kvk: str) -> bool:
        """Whether it counts for that supplier."""
        if self.covered_kvk:
            return kvk in self.covered_kvk
        return self.supplier_id == supplier_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """That somebody checked a certificate: when, who and how (domain.md §0, fact 10)."""

    id: str
    certificate_id: str
    checked_on: date
    checked_by: str
    method: str
    note: str = ""
