"""What was read: amounts, rows and the whole of a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from app.domain.certificate import CertificateStatus
from app.domain.contract import AmountKind
from app.importing.asking import Question
from app.importing.levels import WrittenLevel
from app.importing.outcome import CellFault, ColumnSample, PlannedRow

CERTIFICATE_ENDS_FIRST = "Het certificaat eindigt voordat het begint. Verbeter een van de datums."


class Amount(NamedTuple):
    """What one row says was ordered or invoiced in a year, in cents excl. btw."""

    kind: AmountKind
    year: int
    cents: int


class Entry(NamedTuple):
    """One data row, read: texts cleaned, "" where nothing stands."""

    row: int
    texts: dict[str, str]
    amounts: tuple[Amount, ...] = ()
    key_partner: bool | None = None
    level: WrittenLevel | None = None
    plus30: bool | None = None
    status: CertificateStatus | None = None
    days: Mapping[str, date] = MappingProxyType({})
    contract_total: int | None = None
    covers_kvk: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """Return a text field, "" when it is empty or has no column."""
        return self.texts.get(name, "")


@dataclass
class Reading:
    """What was read of a table."""

    entries: list[Entry] = field(default_factory=list)
    rows: list[PlannedRow] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    warnings: list[CellFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    samples: tuple[ColumnSample, ...] = ()

    def note(self, *texts: str) -> None:
        """Add notes that are not there yet."""
        self.notes += [text for text in dict.fromkeys(texts) if text not in self.notes]
