"""The open register, as the window works with it.

One worker owns the writing connection, another judges and gathers; the window itself reads through a connection of its
own, so that look-up answers while an import runs. Every screen shows the same rows, judged on one reference date.
"""

from bisect import bisect, insort
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from app.base.clock import AMSTERDAM, Clock, SystemClock
from app.base.errors import AppError, Cancelled, RegisterError
from app.domain.rows import SupplierRow
from app.domain.work import WorkItem, work_order
from ui.base.actions import Act, shown_key
from ui.base.notice import Notice, Tone, sentence
from ui.base.tasks import Task, Work, Worker

if TYPE_CHECKING:
    from app.services import Register
    from app.services.list_suppliers import Everyone


# More suppliers than this are judged anew with everyone, off the window's thread.
_FEW = 20
_MINUTE_MS = 60_000
_STOPPED = "Het beoordelen is gestopt. U ziet nog het oordeel van daarvoor."


class Opener(Protocol):
    """Opens and makes registers; each call may take long and runs on a worker's thread."""

    def for_writing(self, path: Path, *, by: str) -> "Register":
        """Open as the one writer; raises `RegisterError`."""

    def for_reading(self, path: Path) -> "Register":
        """Open beside a writer; raises `RegisterError`."""

    def make_empty(self, path: Path) -> None:
        """Make a register with the shipped rules and texts; raises `RegisterError`."""

    def make_example(self, path: Path) -> None:
        """Make a register of fictional firms; raises `RegisterError`."""


class Desk(QObject):
    """An open register with its workers.

    `rows` holds every supplier that has not ended, by `sort_name`; `work` what there is to do on the reference date, in
    `work_order`, also what was set aside. Both come from one judging pass; `work_changed` follows `rows_changed`.
    """

    ready = Signal()
    refused = Signal(object)
    changed = Signal()
    rows_changed = Signal()
    work_changed = Signal()
    noticed = Signal(object)
    undone = Signal(object)
    broke = Signal(object)
    task_started = Signal(object)
    task_progressed = Signal(object, int, int, str)
    task_ended = Signal(object)

    def __init__(
        self, opener: Opener, path: Path, *, by: str, to_write: bool = True, clock: Clock | None = None
    ) -> None:
        """Nothing is opened until `start`. `by` is the advisor's name, "" for the system's."""
        super().__init__()
        self.path = path
        self.by = by
        self.can_write = to_write
        self.clock = clock or SystemClock()
        self.on = self.clock.today()
        self.rows: list[SupplierRow] = []
        self.work: list[WorkItem] = []
        self.has_rows = False
        self.saved_at: datetime | None = None
        self._opener = opener
        self._register: Register | None = None
        self._places: dict[str, int] = {}
        self._loading: Task | None = None
        self._is_current = False
        self._follows_today = True
        # The window may stay in use while midnight passes.
        self._minutes = QTimer(self)
        self._minutes.setInterval(_MINUTE_MS)
        self._minutes.timeout.connect(self.follow_the_clock)
        self._reader = Worker("reader", lambda: opener.for_reading(path))
        self._writer = Worker("writer", lambda: opener.for_writing(path, by=by)) if to_write else None
        for worker in filter(None, (self._reader, self._writer)):
            worker.started.connect(self.task_started)
            worker.progressed.connect(self.task_progressed)
            worker.ended.connect(self.task_ended)

    # -- life -----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Open the register; `ready` or `refused` follows."""
        worker = self._writer or self._reader
        self._submit(
            worker, lambda _register, _progress: None, "Register openen", self, self._opened, self.refused.emit
        )

    def close(self) -> None:
        """Stop the work and close every connection. What was reported as saved is saved.

        The writer closes last: only when nobody else reads any more can it take the journal back into the file.
        """
        self._minutes.stop()
        self._reader.close()
        if self._register:
            self._register.close()
            self._register = None
        if self._writer:
            self._writer.close()

    @property
    def register(self) -> "Register":
        """The window's own reading connection, for what takes less than a blink."""
        assert self._register is not None, "not ready"
        return self._register

    @property
    def is_ready(self) -> bool:
        """Whether the register is open."""
        return self._register is not None

    @property
    def is_busy(self) -> bool:
        """Whether anything runs or waits off the window's thread."""
        return self._reader.is_busy or self.is_writing

    @property
    def is_writing(self) -> bool:
        """Whether something is being written or waits to be."""
        return self._writer is not None and self._writer.is_busy

    def _opened(self, _nothing: object) -> None:
        try:
            self._register = self._opener.for_reading(self.path)
        except AppError as error:
            self.refused.emit(error)
            return
        self._minutes.start()
        self.ready.emit()
        self.reload()

    # -- work -----------------------------------------------------------------------------------------------------

    def read(
        self,
        work: Work,
        *,
        what: str,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> Task:
        """Let the reading worker do something that takes longer than a blink."""
        return self._submit(self._reader, work, what, owner, done, failed or self.report)

    def write(
        self,
        work: Work,
        *,
        what: str,
        owner: QObject,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        touched: Collection[str] | None = None,
    ) -> Task | None:
        """Let the writing worker change something; every screen hears of it.

        `touched` are the suppliers whose judgement can differ afterwards; None when it can be anyone, as after a
        change of a certificate, which may count for others. A register that is open for reading only refuses: then
        None is returned. When `owner` is gone by the time it is done, the screens still follow and an error is still
        told; only `done` and `failed` are left out.
        """
        if self._writer is None:
            self.noticed.emit(
                Notice("Dit register is alleen te lezen; er is niets veranderd.", Tone.PROBLEM, "Open het opnieuw.")
            )
            return None

        def written(result: Any) -> None:
            self.saved_at = self.clock.now()
            self._refresh(touched)
            self.changed.emit()
            if done and shiboken6.isValid(owner):
                done(result)

        def refused(error: BaseException) -> None:
            (failed if failed and shiboken6.isValid(owner) else self.report)(error)

        # Delivered to the desk, because the screens must follow also when the part that asked is gone by then.
        return self._submit(self._writer, work, what, self, written, refused)

    def keep(
        self,
        work: Work,
        *,
        what: str,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Let the writing worker put away what is no change of the register yet, such as the draft of a note.

        No screen needs to follow, and it is done also when the register closes. Waits its turn behind what is being
        written. A register that is open for reading only keeps nothing.
        """
        if self._writer is not None:
            self._writer.submit(Task(work, what, owner, done, failed, must_end=True))

    def report(self, error: BaseException) -> None:
        """Tell the user what went wrong: a sentence for the world's fault, a report for a bug."""
        if self._register:
            error = self._register.explained(error)
        if isinstance(error, Cancelled):
            self.noticed.emit(Notice("Gestopt. Er is niets half opgeslagen.", Tone.NOTE))
        elif isinstance(error, AppError):
            self.noticed.emit(Notice(error.message, Tone.PROBLEM, error.advice))
        else:
            self.broke.emit(error)

    def undo(self) -> None:
        """Take back the newest operation, and say which."""
        from app.services.undo import undo_last

        self._take_back(undo_last, "Ongedaan maken", self._say_undone)

    def redo(self) -> None:
        """Do again what the newest undo took back, and say which."""
        from app.services.undo import redo_last

        def say(taken: Any) -> None:
            label = taken.label.removeprefix("Ongedaan gemaakt: ")
            self.noticed.emit(Notice(sentence(f"Opnieuw gedaan: {label}"), act=Act.UNDO))

        self._take_back(redo_last, "Opnieuw doen", say)

    def undo_operation(self, number: int) -> None:
        """Take back one operation of the history, and say which."""
        from app.services.undo import undo_operation

        self._take_back(partial(undo_operation, number=number), "Terugdraaien", self._say_undone)

    def _take_back(self, undo: Callable[..., Any], what: str, say: Callable[[Any], None]) -> None:
        self.write(
            lambda register, progress: undo(register, progress=progress),
            what=what,
            owner=self,
            done=say,
            failed=self._tell_not_undone,
        )

    def _tell_not_undone(self, error: BaseException) -> None:
        # That there is nothing to take back is no problem.
        if isinstance(error, AppError) and not isinstance(error, RegisterError):
            self.noticed.emit(Notice(error.message, Tone.NOTE, error.advice))
        else:
            self.report(error)

    def _say_undone(self, taken: Any) -> None:
        words = sentence(f"Ongedaan gemaakt: {taken.label}")
        if taken.kept:
            kept = "1 gegeven bleef" if len(taken.kept) == 1 else f"{len(taken.kept)} gegevens bleven"
            words += f" {kept} staan: daar is later op voortgebouwd, bijvoorbeeld met een brief."
        self.undone.emit(taken)
        self.noticed.emit(Notice(words, act=Act.REDO))

    def _submit(
        self,
        worker: Worker,
        work: Work,
        what: str,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> Task:
        return worker.submit(Task(work, what, owner, done, failed))

    # -- the judged rows --------------------------------------------------------------------------------------------

    def row(self, supplier_id: str) -> SupplierRow | None:
        """Return the row of a supplier, None when it ended or is not judged yet."""
        place = self._places.get(supplier_id)
        return None if place is None else self.rows[place]

    @property
    def follows_today(self) -> bool:
        """Whether the reference date is today, whatever day that becomes."""
        return self._follows_today

    def judge_on(self, on: date) -> None:
        """Move the reference date: the whole judgement follows, also on the same day when it was stopped before."""
        self._follows_today = on == self.clock.today()
        if on != self.on or not (self._is_current or self._loading):
            self.on = on
            self.reload()
            self.changed.emit()

    def follow_the_clock(self) -> None:
        """Move on to today when midnight has passed."""
        today = self.clock.today()
        if self._follows_today and today != self.on:
            self.judge_on(today)

    def reload(self) -> None:
        """Judge everyone anew; what an older request still brings is dropped."""
        from app.services.list_suppliers import judge_everyone

        if self._loading:
            self._loading.cancel()
        self._is_current = False
        on = self.on

        # A request that was stopped too late still arrives, and would show the day or the register of before.
        def done(everyone: "Everyone") -> None:
            if self._loading is loading:
                self._loading, self._is_current = None, True
                self._show(everyone)

        def failed(error: BaseException) -> None:
            if self._loading is not loading:
                return
            self._loading = None
            if isinstance(error, Cancelled):
                advice = f"Beoordeel op vandaag met {shown_key(Act.TODAY)}."
                self.noticed.emit(Notice(_STOPPED, Tone.PROBLEM, advice))
            else:
                self.report(error)

        self._loading = loading = self.read(
            lambda register, progress: judge_everyone(register, on=on, progress=progress),
            what="Beoordelen",
            owner=self,
            done=done,
            failed=failed,
        )

    def saved_text(self) -> str:
        """Return when something was saved last, in Dutch time; "" when nothing was yet."""
        return f"{self.saved_at.astimezone(AMSTERDAM):%H:%M}" if self.saved_at else ""

    @property
    def open_work(self) -> int:
        """How much there is to do, what was set aside left out."""
        return sum(item.aside is None for item in self.work)

    @property
    def pressing_work(self) -> int:
        """How much of the open work cannot wait until tomorrow."""
        return sum(item.aside is None and item.kind.presses for item in self.work)

    def _show(self, everyone: "Everyone") -> None:
        self.rows, self.work = everyone
        self.has_rows = True
        self._places = {row.supplier_id: place for place, row in enumerate(self.rows)}
        self._tell_judged()

    def _refresh(self, touched: Collection[str] | None) -> None:
        # What is being judged now may not have seen this change.
        if touched is None or len(touched) > _FEW or not self._is_current:
            self.reload()
            return
        from app.services.find_work import find_loose_calls
        from app.services.list_suppliers import judge_one

        work = [*find_loose_calls(self.register, on=self.on)]
        for supplier_id in touched:
            line = judge_one(self.register, supplier_id, on=self.on)
            self._put(supplier_id, line.row if line else None)
            work += line.work if line else ()
        self._put_work({None, *touched}, work)
        self._tell_judged()

    def _tell_judged(self) -> None:
        self.rows_changed.emit()
        self.work_changed.emit()

    def _put_work(self, whose: Collection[str | None], work: Iterable[WorkItem]) -> None:
        # A list of its own, because a screen may hold on to the one that it showed.
        self.work = [item for item in self.work if item.supplier_id not in whose]
        for item in work:
            insort(self.work, item, key=work_order)

    def _put(self, supplier_id: str, row: SupplierRow | None) -> None:
        place = self._places.get(supplier_id)
        if row is not None and place is not None and self.rows[place].sort_name == row.sort_name:
            # A list of its own, because a screen may hold on to the one that it showed.
            self.rows = [*self.rows[:place], row, *self.rows[place + 1 :]]
            return
        rows = [known for known in self.rows if known.supplier_id != supplier_id]
        if row is not None:
            rows.insert(bisect(rows, row.sort_name, key=lambda known: known.sort_name), row)
        self.rows = rows
        self._places = {known.supplier_id: at for at, known in enumerate(rows)}
