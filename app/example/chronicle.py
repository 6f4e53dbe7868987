"""The past of the example: what was written down when, and writing it in that order."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.base.clock import SetClock
from app.base.progress import Progress
from app.domain.certificate import Certificate, Verification
from app.domain.contract import Contract, YearAmount
from app.domain.journal import CallNote, FollowUp, ImportBatch, Promise
from app.domain.policy import Exemption, Postponement
from app.domain.supplier import Contact, Member, Supplier
from app.example.days import FIRST_DAY
from app.storage.register import Register

ADVISORS = ("advisor 1", "advisor 2")

# In the order in which one record may point at another.
_ROOMS = {
    Supplier: "suppliers",
    Contact: "contacts",
    Member: "members",
    Contract: "contracts",
    YearAmount: "amounts",
    Certificate: "certificates",
    Verification: "verifications",
    Exemption: "exemptions",
    Postponement: "postponements",
    Promise: "promises",
    FollowUp: "follow_ups",
    CallNote: "call_notes",
}


@dataclass(slots=True)
class _Deed:
    """One operation: records that came and records that changed, or work that makes operations of its own."""

    on: date
    at: tuple[int, int]
    by: str
    kind: str
    label: str
    added: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    work: Callable[[], None] | None = None


class Chronicle:
    """Gathers what happened in any order, and writes it in the order of time."""

    def __init__(self, today: date) -> None:
        """Nothing happens after `today`."""
        self.today = today
        self._deeds: dict[tuple[date, str], _Deed] = {}

    def note(
        self,
        on: date,
        label: str,
        *,
        kind: str = "edit",
        at: tuple[int, int] = (9, 30),
        by: str = ADVISORS[0],
        added: Iterable[Any] = (),
        changed: Iterable[Any] = (),
    ) -> None:
        """Add to the operation of that day and label; `at` is its wall time in the Netherlands."""
        deed = self._deed(on, at, by, kind, label)
        deed.added += added
        deed.changed += changed

    def note_import(
        self,
        on: date,
        file_name: str,
        *,
        at: tuple[int, int] = (8, 30),
        added: Iterable[Any],
        changed: Iterable[Any] = (),
    ) -> None:
        """Add to the import of that file."""
        self.note(on, f"Import van {file_name}", kind="import", at=at, added=added, changed=changed)

    def do(self, on: date, label: str, work: Callable[[], None], *, at: tuple[int, int]) -> None:
        """Have work done on that day that makes operations of its own."""
        self._deed(on, at, ADVISORS[1], "", label).work = work

    def write(self, register: Register, clock: SetClock, progress: Progress) -> None:
        """Write everything, moving the clock along; it and the advisor are left as they were found, today."""
        was_by = register.by
        deeds = sorted(self._deeds.values(), key=lambda deed: (deed.on, deed.at, deed.label))
        for done, deed in enumerate(deeds):
            progress.step(done, len(deeds), "Voorbeeldregister maken")
            clock.set(deed.on, *deed.at)
            register.by = deed.by
            if deed.work:
                deed.work()
            else:
                _write(register, deed)
        progress.step(len(deeds), len(deeds), "Voorbeeldregister maken")
        register.by = was_by
        clock.set(self.today)

    def _deed(self, on: date, at: tuple[int, int], by: str, kind: str, label: str) -> _Deed:
        on = min(max(on, FIRST_DAY), self.today)
        # On the last day it is nine o'clock, so nothing of it may be later than that.
        at = min(at, (8, 50)) if on == self.today else at
        return self._deeds.setdefault((on, label), _Deed(on, at, by, kind, label))


def later(day: date, *, than: date, today: date) -> date:
    """Return that day, or the day after another when it is not later than that; never after today."""
    return min(max(day, than + timedelta(days=1)), today)


def _write(register: Register, deed: _Deed) -> None:
    with register.operation(deed.kind, deed.label):
        for kind, room in _ROOMS.items():
            repository = getattr(register, room)
            repository.add_all([record for record in deed.added if type(record) is kind])
            repository.save_all([record for record in deed.changed if type(record) is kind])
        if deed.kind == "import":
            register.import_batches.add(_batch(register, deed))


def _batch(register: Register, deed: _Deed) -> ImportBatch:
    file_name = deed.label.removeprefix("Import van ")
    return ImportBatch(
        id=register.new_id(),
        file_name=file_name,
        sheet="Blad1",
        row_count=len({getattr(record, "supplier_id", "") or record.id for record in (*deed.added, *deed.changed)}),
        sha256=hashlib.sha256(file_name.encode()).hexdigest(),
        columns="{}",
        imported_at=register.clock.now(),
        imported_by=register.by,
    )
