"""A file on its way in: what the user chose about it, the check made with those choices, and storing it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.base.errors import AppError, Cancelled
from app.base.progress import Progress
from app.services import Register
from app.services.check_import import ImportCheck, check_import
from app.services.import_register import (
    Choices,
    NoHeadingsError,
    OutdatedPreviewError,
    ReadFile,
    YearUnknownError,
    commit,
    read_file,
)
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.base.tasks import Task
from ui.pages import import_words as words

_PAUSE_MS = 300
_AMOUNTS = frozenset({"amount", "invoiced"})


class ImportDraft(QObject):
    """Reads off the window's thread, anew after every choice; what was chosen stays until another file comes.

    `check` is the newest one that could be made, `problem` what stood in the way of the last try.
    """

    changed = Signal()
    was_read = Signal(object)
    was_refused = Signal(object)
    was_stored = Signal(object, bool)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Begin without a file."""
        super().__init__(parent)
        self._desk = desk
        self._file: ReadFile | None = None
        self.choices = Choices()
        self._reading: Task | None = None
        self._storing: Task | None = None
        self.path: Path | None = None
        self.check: ImportCheck | None = None
        self.problem: AppError | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.read)

    @property
    def is_reading(self) -> bool:
        """Whether a check is made, or will be in a moment."""
        return self._reading is not None or self._pause.isActive()

    @property
    def is_storing(self) -> bool:
        """Whether the import is being written."""
        return self._storing is not None

    @property
    def is_ready(self) -> bool:
        """Whether the check is that of the choices as they are."""
        return self.check is not None and self.problem is None and not self.is_reading

    def begin(self, path: Path) -> None:
        """Begin with a file, without what was chosen for the one before."""
        self.forget()
        self.path = path
        self.read()

    def forget(self) -> None:
        """Let go of the file."""
        self.stop()
        self._pause.stop()
        self._reading = self._file = self.path = self.check = self.problem = None
        self.choices = Choices()

    def stop(self) -> None:
        """Stop what runs; an import that is stopped leaves nothing."""
        for task in filter(None, (self._reading, self._storing)):
            task.cancel()

    def read_again(self) -> None:
        """Read the file anew: it was mended outside. What was chosen about its rows goes by numbers that may differ."""
        self._file = None
        self.choices = replace(self.choices, decisions={}, mended={})
        self.read()

    def read(self) -> None:
        """Make the check; one that was under way is dropped."""
        self._pause.stop()
        self.stop()
        path, known, choices = self.path, self._file, self.choices
        if path is None:
            return

        def look(register: Register, progress: Progress) -> ImportCheck:
            file = known or read_file(path, progress=progress)
            return check_import(register, file, choices=choices, progress=progress)

        def done(found: ImportCheck) -> None:
            if self._reading is task:
                self._reading = None
                self._take(found)

        def failed(error: BaseException) -> None:
            if self._reading is task:
                self._reading = None
                self._refuse(error)

        task = self._reading = self._desk.read(
            look,
            what="Bestand lezen",
            owner=self,
            done=done,
            failed=failed,
        )
        self.changed.emit()

    def read_soon(self) -> None:
        """Make the check once the user has paused."""
        self._pause.start()
        self.changed.emit()

    def use_column(self, heading: str, field: str | None) -> None:
        """Read a column as something else; a column that was that, is not any more."""
        chosen = dict(self.choices.mapping)
        for other in self.check.preview.columns if self.check else ():
            if field and other.field == field and other.heading != heading:
                # Amounts of several years stand side by side.
                stays = field in _AMOUNTS and other.year is not None and self.choices.year is None
                chosen[other.heading] = field if stays else None
        chosen[heading] = field
        self.choose(mapping=chosen)

    def choose(self, **chosen: Any) -> None:
        """Take something else in `Choices`, and read anew once the user has paused."""
        self.choices = replace(self.choices, **chosen)
        self.read_soon()

    def follow_register(self) -> None:
        """Compare anew when the register is not what it was."""
        if self.check and self._desk.register.newest_change() != self.check.preview.newest_change:
            self.read_soon()

    def store(self) -> None:
        """Carry the check out: everything that it shows, or nothing."""
        check = self.check
        if check is None:
            return

        def done(has_changed: bool) -> None:
            self._storing = None
            self.was_stored.emit(check, has_changed)

        self._storing = self._desk.write(
            lambda register, progress: commit(register, check.preview, progress=progress),
            what="Importeren",
            owner=self,
            done=done,
            failed=self._was_not_stored,
        )
        self.changed.emit()

    def _was_not_stored(self, error: BaseException) -> None:
        self._storing = None
        self.changed.emit()
        if isinstance(error, OutdatedPreviewError):
            self._desk.noticed.emit(Notice(words.CHANGED_SINCE, Tone.NOTE))
            self.read()
        elif isinstance(error, Cancelled):
            self._desk.noticed.emit(Notice("De import is gestopt. Er is niets opgeslagen.", Tone.NOTE))
        else:
            self._desk.report(error)

    def _take(self, found: ImportCheck) -> None:
        self.check, self.problem = found, None
        self._file = found.preview.file
        self.was_read.emit(found)

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            error = AppError("Het lezen is gestopt. Er is niets opgeslagen.", "Lees het bestand opnieuw (F5).")
        if not isinstance(error, AppError):
            self._desk.report(error)
            error = AppError("Dit bestand kon niet worden gelezen. Er is niets opgeslagen.")
        if self.check is None and not isinstance(error, NoHeadingsError | YearUnknownError):
            # Whoever mends the file begins afresh with it.
            self.choices = Choices()
        self.problem = error
        self.was_refused.emit(error)
