"""A file on its way in: what the user chose about it, the check made with those choices, and storing it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.base.collecting import collect_again
from app.base.errors import AppError, Cancelled
from app.base.progress import Progress
from app.services import Register
from app.services.check_import import ImportCheck, check_import
from app.services.first_look import FirstLook, first_look
from app.services.import_register import (
    Choices,
    NoHeadingsError,
    OutdatedPreviewError,
    PreviewColumn,
    YearUnknownError,
    commit,
)
from app.services.read_spreadsheet import ReadFile
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.base.tasks import Task, Work
from ui.pages import import_words as words
from ui.pages.import_chosen import Chosen
from ui.pages.import_source import ImportSource

_PAUSE_MS = 300


class StoppedError(AppError):
    """The user stopped the reading."""


class ImportDraft(QObject):
    """Reads off the window's thread, anew after every choice; what was chosen stays until another file comes.

    `path` is where the file lies, None for what was pasted. `look` is what the first rows tell until
    there is a check; `check` is the newest one that could be made, `problem` what stood in the way of the last try.
    """

    changed = Signal()
    was_looked_at = Signal()
    was_read = Signal(object)
    was_refused = Signal(object)
    was_stored = Signal(object, bool)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Begin without a file."""
        super().__init__(parent)
        self._desk = desk
        self._source: ImportSource | None = None
        self._file: ReadFile | None = None
        self._checksum = ""
        self._chosen = Chosen()
        self._reading: Task | None = None
        self._storing: Task | None = None
        self.look: FirstLook | None = None
        self.check: ImportCheck | None = None
        self.problem: AppError | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.read)

    @property
    def choices(self) -> Choices:
        """What was chosen about the file."""
        return self._chosen.now

    @property
    def choices_about_rows(self) -> int:
        """How many rows were decided about and cells mended, of which nothing is stored yet."""
        return self._chosen.about_rows

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

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets to choose from, as soon as the file was read."""
        return self._file.sheets if self._file else ()

    @property
    def shows_sheet(self) -> bool:
        """Whether the check is of the sheet that was chosen."""
        return self.check is not None and self.choices.sheet in (None, self.check.preview.plan.sheet)

    @property
    def open_questions(self) -> int:
        """How many questions are still to be answered."""
        asked = self.check.preview.plan.questions if self.check else ()
        return sum(question.is_open and question.key not in self.choices.answers for question in asked)

    @property
    def columns(self) -> tuple[PreviewColumn, ...]:
        """The columns of the chosen sheet, as far as they are known by now."""
        if self.check and self.shows_sheet:
            return self.check.preview.columns
        return self.look.columns if self.look and not self.check else ()

    @property
    def name(self) -> str:
        """What the file or the pasted table is called, "" without one."""
        return self._source.name if self._source else ""

    @property
    def path(self) -> Path | None:
        """Where the file lies; None for what was pasted."""
        return self._source.path if self._source else None

    @property
    def text_reading(self) -> tuple[str, str] | None:
        """The encoding and the delimiter of a text file ("" for none); None for any other."""
        return self._source.text_reading(self._file) if self._source else None

    def begin(self, path: Path) -> None:
        """Begin with a file, without what was chosen for the one before."""
        self._begin(ImportSource(name=path.name, path=path))

    def begin_pasted(self, text: str) -> None:
        """Begin with what was copied in another program."""
        self._begin(ImportSource(name=words.pasted_name(self._desk.clock.now()), pasted=text))

    def _begin(self, source: ImportSource) -> None:
        self.forget()
        self._source = source
        self.read()

    def forget(self) -> None:
        """Let go of the file."""
        self._pause.stop()
        self.stop()
        self._reading = self._source = self._file = self.look = self.check = self.problem = None
        self._checksum = ""
        self._chosen.begin_anew()
        collect_again()

    def stop(self) -> None:
        """Stop what runs; an import that is stopped leaves nothing."""
        if self._storing:
            self._storing.cancel()
        if self._reading:
            self._reading.cancel()
        elif self._pause.isActive():
            self._pause.stop()
            self._refuse(Cancelled())

    def read_again(self) -> None:
        """Read the file anew: it may have been mended outside."""
        self._file = None
        self.read()

    def read(self) -> None:
        """Make the check; one that was under way is dropped."""
        self._pause.stop()
        if self._reading:
            self._reading.cancel()
        if self._file is not None:
            self._compare(self._file)
        elif self._source is not None and self.check is None:
            self._look(self._source.begin, partial(self._load, self._source))
        elif self._source is not None:
            self._load(self._source)

    def _look(self, begin: Callable[[Progress], ReadFile | None], then: Callable[[], None]) -> None:
        """Show what the first rows tell, and go on; what is wrong with them the whole will tell."""
        choices = self.choices

        def work(register: Register, progress: Progress) -> FirstLook | None:
            with suppress(AppError):
                file = begin(progress)
                return first_look(register, file, choices=choices, progress=progress) if file else None
            return None

        def take(found: FirstLook | None) -> None:
            if found is not None:
                self.look = found
                self.was_looked_at.emit()
            then()

        self._ask(work, take)

    def _load(self, source: ImportSource) -> None:
        self._ask(lambda _register, progress: source.load(progress), self._take_file)

    def _take_file(self, file: ReadFile) -> None:
        if self._checksum and file.sha256 != self._checksum:
            if gone := self._chosen.about_rows:
                self._desk.noticed.emit(Notice(words.rows_forgotten(gone), Tone.NOTE))
            self._chosen.forget_rows()
        self._file, self._checksum = file, file.sha256
        if self.look is None and self.check is None:
            self._look(lambda _progress: file, partial(self._compare, file))
        else:
            self._compare(file)

    def _compare(self, file: ReadFile) -> None:
        choices = self.choices
        self._ask(
            lambda register, progress: check_import(register, file, choices=choices, progress=progress), self._take
        )

    def _ask(self, work: Work, take: Callable[[Any], None]) -> None:
        """Let the reading worker do something; what it brings is dropped when something else was asked since."""

        def done(found: Any) -> None:
            if self._reading is task:
                self._reading = None
                take(found)

        def failed(error: BaseException) -> None:
            if self._reading is task:
                self._reading = None
                self._refuse(error)

        task = self._reading = self._desk.read(work, what="Bestand lezen", owner=self, done=done, failed=failed)
        self.changed.emit()

    def read_soon(self) -> None:
        """Make the check once the user has paused."""
        self._pause.start()
        self.changed.emit()

    def use_column(self, heading: str, field: str | None) -> None:
        """Read a column as something else; a column that was that, is not any more."""
        if not self.is_storing:
            self._chosen.use_column(self.columns, heading, field)
            self.read_soon()

    def choose(self, **chosen: Any) -> None:
        """Take something else in `Choices`, and read anew once the user has paused; not while it is being stored."""
        if not self.is_storing:
            self._chosen.take(**chosen)
            self.read_soon()

    def take_back(self) -> bool:
        """Undo the last choice; returns whether there was one."""
        if self.is_storing or not self._chosen.take_back():
            return False
        self.read_soon()
        return True

    def use_sheet(self, sheet: str) -> None:
        """Read another sheet, without what was chosen for this one."""
        if not (self.check and self.shows_sheet and sheet == self.check.preview.plan.sheet):
            self._chosen.begin_anew(sheet)
            self.read()

    def read_text_as(self, *, encoding: str | None = None, delimiter: str | None = None) -> None:
        """Read a text file in another encoding or with another delimiter: then its columns are others."""
        now = self.text_reading
        if (source := self._source) is None or (now and (encoding or now[0], delimiter or now[1]) == now):
            return
        self._source = replace(source, encoding=encoding or source.encoding, delimiter=delimiter or source.delimiter)
        self._chosen.begin_anew()
        self._file, self._checksum = None, ""
        self.look = self.check = self.problem = None
        self.read()

    def answer(self, key: str, value: str) -> None:
        """Answer a question about the file."""
        self.choose(answers={**self.choices.answers, key: value})

    def mend(self, row: int, heading: str, text: str | None) -> None:
        """Read another text in the place of a cell, None for what stands in the file."""
        mended = {place: found for place, found in self.choices.mended.items() if place != (row, heading)}
        self.choose(mended=mended if text is None else {**mended, (row, heading): text})

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
        self.check, self.look, self.problem = found, None, None
        self.was_read.emit(found)

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            error = StoppedError("Het lezen is gestopt. Er is niets opgeslagen.", "Lees het bestand opnieuw (F5).")
        if not isinstance(error, AppError):
            self._desk.report(error)
            error = AppError("Dit bestand kon niet worden gelezen. Er is niets opgeslagen.")
        if self.check is None and not isinstance(error, NoHeadingsError | YearUnknownError):
            # Whoever mends the file begins afresh with it.
            self._chosen.begin_anew()
            self.look = None
            self._source = replace(self._source, encoding=None, delimiter=None) if self._source else None
        self.problem = error
        self.was_refused.emit(error)
