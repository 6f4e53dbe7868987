"""Work off the window's thread: one thread per register connection, results back on the window's thread.

A job is a function of the register and a `Progress`; what it returns or raises is delivered to the window, unless the
part that asked is gone by then. Jobs of one worker run one after the other, so a connection is never shared.
"""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from app.base.errors import Cancelled

if TYPE_CHECKING:
    # The services load the database's libraries, which must not delay the first paint.
    from app.services import Register

Work: TypeAlias = "Callable[[Register, TaskProgress], Any]"

_TELL_EVERY = 0.05


@dataclass(eq=False)
class Task:
    """One job on its way. `owner` is the part that asked: when it is gone, nothing is delivered.

    One that `must_end` is still done when its worker closes: what was typed is never dropped.
    """

    work: Work
    what: str
    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    must_end: bool = False
    is_cancelled: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the job to stop; it leaves nothing half done and is delivered as `Cancelled`."""
        self.is_cancelled.set()


class TaskProgress:
    """The `Progress` of a job: tells the window now and then, and stops the job when the user asked."""

    def __init__(self, task: Task, tell: Callable[[Task, int, int, str], None]) -> None:
        """`tell` is called on the worker's thread."""
        self._task = task
        self._tell = tell
        self._told_at = 0.0

    def step(self, done: int, total: int, what: str) -> None:
        """Note how far it is; raises `Cancelled` when the user asked to stop."""
        if self._task.is_cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY:
            self._told_at = now
            self._tell(self._task, done, total, what)


class Worker(QObject):
    """A thread that owns one connection: opened, used and closed there."""

    started = Signal(object)
    progressed = Signal(object, int, int, str)
    ended = Signal(object)
    _arrived = Signal(object, object, object)

    def __init__(self, name: str, open_register: "Callable[[], Register]") -> None:
        """`open_register` runs on the worker's thread at the first job, and again after it failed."""
        super().__init__()
        self._open_register = open_register
        self._jobs: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._register: Register | None = None
        self._pending: set[Task] = set()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def is_busy(self) -> bool:
        """Whether a job waits or runs."""
        return bool(self._pending)

    def submit(self, task: Task) -> Task:
        """Queue a job; returns it, so that it can be cancelled."""
        self._pending.add(task)
        self._jobs.put(task)
        return task

    def close(self) -> None:
        """Stop what runs, drop what waits, close the connection; returns when the thread is gone."""
        dropped = tuple(self._pending)
        for task in dropped:
            if not task.must_end:
                task.cancel()
        self._pending.clear()
        self._jobs.put(None)
        self._thread.join()
        for task in dropped:
            self.ended.emit(task)

    def _run(self) -> None:
        while (task := self._jobs.get()) is not None:
            result: Any = None
            error: BaseException | None = None
            try:
                if task.is_cancelled.is_set():
                    raise Cancelled
                if not task.must_end:
                    # What is kept while one types has no progress to show, and no stopping.
                    self.started.emit(task)
                if self._register is None:
                    self._register = self._open_register()
                result = task.work(self._register, TaskProgress(task, self.progressed.emit))
            except BaseException as caught:  # noqa: BLE001 - it is delivered to whoever asked
                error = caught
            self._arrived.emit(task, result, error)
        if self._register is not None:
            self._register.close()

    def _deliver(self, task: Task, result: Any, error: BaseException | None) -> None:
        if task not in self._pending:
            return
        self._pending.discard(task)
        self.ended.emit(task)
        if not shiboken6.isValid(task.owner):
            return
        if error is None:
            task.done(result)
        else:
            task.failed(error)


class OneTask(QObject):
    """Work that needs no register and happens once, on a thread of its own, such as making a register."""

    def __init__(self, owner: QObject) -> None:
        """Begin idle; `owner` is the part that asks."""
        super().__init__(owner)
        self._worker: Worker | None = None

    def run(
        self,
        work: Callable[[], None],
        what: str,
        *,
        done: Callable[[], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Do it, and end the thread before the outcome is told."""

        def ended(_nothing: Any) -> None:
            self.close()
            done()

        def broke(error: BaseException) -> None:
            self.close()
            failed(error)

        self.close()
        self._worker = Worker("maker", lambda: _NOTHING)
        self._worker.submit(Task(lambda _register, _progress: work(), what, self, ended, broke))

    def close(self) -> None:
        """End the thread; returns when what runs is done."""
        if self._worker:
            self._worker.close()
            self._worker.deleteLater()
            self._worker = None


class _Nothing:
    """Stands where a register would."""

    def close(self) -> None:
        """Do nothing."""


_NOTHING: Any = _Nothing()
