"""A spreadsheet into the register: choose the file, see how it is read, check every row, and only then store it."""

from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget

from app.base.errors import AppError
from app.services.check_import import ImportCheck
from app.services.import_register import Choices, NoHeadingsError, YearUnknownError
from ui.base.actions import Act, bind, on_escape
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.base.page import Navigator, Page
from ui.base.state import WindowState
from ui.dialogs import ask
from ui.pages import import_words as words
from ui.pages.import_check_step import CheckStep
from ui.pages.import_columns_step import ColumnsStep
from ui.pages.import_draft import ImportDraft, StoppedError
from ui.pages.import_faults import save_faults
from ui.pages.import_file_step import FileStep
from ui.pages.import_foot import ImportFoot
from ui.pages.import_head import ImportHead
from ui.widgets.layout import EDGE, column

_REASON = Qt.FocusReason.OtherFocusReason


class Step(IntEnum):
    """Where the user is."""

    FILE = 0
    COLUMNS = 1
    CHECK = 2


class ImportPage(Page):
    """The three steps. What was chosen and read stays when the user looks at another screen in between."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the steps; no file is chosen yet."""
        super().__init__(desk, navigator, state)
        self._draft = ImportDraft(desk, self)
        # What was chosen when the next step was asked for ahead of the reading.
        self._wants_next: Choices | None = None
        self._done: ImportCheck | None = None
        self._done_batch = ""
        self._bind_actions()
        self._head = ImportHead()
        self._file = FileStep(desk, state, self._choose, self._paste, self._again)
        self._columns = ColumnsStep(desk.clock.today().year)
        self._rows = CheckStep(state)
        self._stack = QStackedWidget()
        self._foot = ImportFoot(self._back, self._faults, self._next)
        self._build()
        self._draft.changed.connect(self._tell)
        self._draft.was_looked_at.connect(self._show_look)
        self._draft.was_read.connect(self._show)
        self._draft.was_refused.connect(self._refuse)
        self._draft.was_stored.connect(self._stored)
        self._columns.chosen.connect(self._draft.use_column)
        self._columns.year_chosen.connect(lambda year: self._draft.choose(year=year))
        self._columns.sheet_chosen.connect(self._draft.use_sheet)
        self._columns.encoding_chosen.connect(lambda name: self._draft.read_text_as(encoding=name))
        self._columns.delimiter_chosen.connect(lambda sign: self._draft.read_text_as(delimiter=sign))
        self._columns.answered.connect(self._draft.answer)
        self._rows.opened.connect(navigator.open_supplier)
        self._file.opened.connect(navigator.open_supplier)
        self._rows.decided.connect(lambda decisions: self._draft.choose(decisions=decisions))
        self._rows.mended.connect(self._draft.mend)
        desk.changed.connect(self._register_changed)
        self._go(Step.FILE)

    def arrive(self) -> None:
        """Be shown as it was left; what changed in the meantime is compared anew."""
        self._register_changed()
        self._focus()

    def begin(self, path: Path) -> None:
        """Begin with a file: it is read at once, and nothing is stored."""
        if self._draft.is_storing:
            self.desk.noticed.emit(Notice("Er loopt nog een import.", Tone.NOTE, "Wacht tot die klaar is."))
            return
        if not self._may_forget("Ander bestand lezen"):
            return
        self._clear()
        self._file.show_kept(None)
        self.state.set("import.folder", str(path.parent))
        self._draft.begin(path)
        self._go(Step.COLUMNS)

    @property
    def holds_typing(self) -> bool:
        """Whether a cell is being mended."""
        return self._step is Step.CHECK and self._rows.holds_typing

    def may_leave(self) -> bool:
        """Let go: a check stays ready, and an import that runs goes on."""
        if self._draft.check and not self._draft.is_storing:
            name = words.short_name(self._draft.name)
            self.desk.noticed.emit(
                Notice(f"Er is nog niets opgeslagen. {name} staat klaar onder Importeren.", Tone.NOTE)
            )
        return True

    def may_close(self) -> bool:
        """Ask before an import that runs is stopped, which leaves nothing half, or what was chosen is lost."""
        if not self._draft.is_storing:
            return self._may_forget("Weggaan zonder importeren")
        question = "De import is nog bezig. Als u stopt, wordt er niets van opgeslagen."
        if not ask.confirm(self, "Import stoppen?", question, verb="Import stoppen", keep="Laten lopen"):
            return False
        if not self._draft.is_storing:
            # It was ready before the answer came: what is stored must be seen to be stored.
            return False
        self._draft.stop()
        return True

    def take_back(self) -> bool:
        """Undo the last choice about the file."""
        if self._step is Step.FILE or not self._draft.take_back():
            return False
        self.desk.noticed.emit(Notice(words.TAKEN_BACK, Tone.NOTE))
        return True

    def _may_forget(self, verb: str) -> bool:
        """Ask before what was decided and mended row by row is lost."""
        chosen = self._draft.choices_about_rows
        question = words.may_forget(self._draft.name, chosen)
        return not chosen or ask.confirm(self, "Nog niet geïmporteerd", question, verb=verb)

    # -- building ---------------------------------------------------------------------------------------------------

    def _bind_actions(self) -> None:
        self._choose = bind(Act.CHOOSE_FILE, self, self._choose_file)
        self._paste = bind(Act.PASTE_TABLE, self, self._begin_pasted)
        self._again = bind(Act.READ_AGAIN, self, self._read_again)
        self._back = bind(Act.PREVIOUS_STEP, self, self._step_back)
        self._faults = bind(Act.SAVE_FAULTS, self, self._save_faults)
        self._next = bind(Act.NEXT_STEP, self, self._step_on)
        # Holding the keys must not run through the check unseen.
        self._next.setAutoRepeat(False)
        on_escape(self, self._step_out)

    def _build(self) -> None:
        for part in (self._file, self._columns, self._rows):
            self._stack.addWidget(part)
        layout = column(self._head, self._stack, self._foot, gap=12, edge=EDGE)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    # -- steps ------------------------------------------------------------------------------------------------------

    @property
    def _step(self) -> Step:
        return Step(self._stack.currentIndex())

    def _go(self, step: Step) -> None:
        self._stack.setCurrentIndex(step)
        self._tell()
        self._focus()

    def _focus(self) -> None:
        if not self.isVisible():
            return
        if self._step is Step.FILE:
            (self._foot.primary if self._next.isVisible() else self._file.choose).setFocus(_REASON)
        elif self._step is Step.CHECK:
            self._rows.table.setFocus(_REASON)
        elif self._draft.is_reading or not self._columns.focus_first():
            self.setFocus(_REASON)

    def _step_on(self) -> None:
        if self._step is Step.FILE and self._done:
            self.navigator.open_suppliers()
        elif self._step is Step.FILE:
            self._go(Step.COLUMNS)
        elif self._step is Step.CHECK and self._rows.holds_typing:
            # What is typed is taken over first, and seen among the rows.
            self._rows.table.setFocus(_REASON)
        elif self._step is Step.CHECK:
            self._draft.store()
        elif self._draft.is_reading:
            # Whoever types ahead goes on as soon as the file is read.
            self._wants_next = self._draft.choices
        else:
            self._go(Step.CHECK)

    def _step_out(self) -> None:
        """Stop the reading, or else step back."""
        if self._draft.is_reading:
            self._draft.stop()
        elif self._back.isEnabled():
            self._step_back()

    def _step_back(self) -> None:
        self._wants_next = None
        self._go(Step(self._step - 1))

    def _tell(self) -> None:
        """Bring head, buttons and foot in line with where we are."""
        step, draft = self._step, self._draft
        in_file, is_storing = step is Step.FILE, draft.is_storing
        self._head.show_draft(draft, step)
        self._back.setVisible(not in_file)
        self._back.setEnabled(not in_file and not is_storing)
        self._again.setEnabled(bool(draft.name) and not is_storing)
        for action in (self._choose, self._paste):
            action.setEnabled(not is_storing)
        self._rows.show_choices(draft.choices)
        checked = self._checked()
        self._faults.setVisible(checked is not None and words.has_left_out(checked))
        self._faults.setEnabled(in_file or draft.is_ready)
        self._foot.show_draft(
            draft, step, is_done=self._done is not None, can_write=self.desk.can_write, undecided=self._rows.undecided
        )

    # -- the file ---------------------------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        folder = self.state.get("import.folder", "")
        path = ask.file_to_open(self, "Spreadsheet kiezen", ask.SPREADSHEETS, folder=Path(folder) if folder else None)
        if path:
            self.begin(path)

    def _begin_pasted(self) -> None:
        """Begin with the table on the clipboard; what was chosen about another file is not dropped for it."""
        if self._step is not Step.FILE and self._draft.choices != Choices():
            self.desk.noticed.emit(Notice("Plakken kan bij de eerste stap.", Tone.NOTE, words.PASTE_ANEW))
            return
        if not self._may_forget("Geplakte tabel lezen"):
            return
        self._clear()
        self._file.show_kept(None)
        self._draft.begin_pasted(QGuiApplication.clipboard().text())
        self._go(Step.COLUMNS)

    def _clear(self) -> None:
        self._draft.forget()
        self._done = None
        self._wants_next = None
        self._file.show_result("", "")
        self._file.show_problem(None)
        self._columns.clear()
        self._rows.clear()

    def _read_again(self) -> None:
        self._draft.read_again()
        if self._draft.check is None:
            self._file.show_problem(None)
            self._go(Step.COLUMNS)

    def _show_look(self) -> None:
        """Show the columns while the rest is read; the focus waits for what is to be asked."""
        if self._draft.look:
            self._columns.show_look(self._draft.look)
        self._tell()

    def _show(self, found: ImportCheck) -> None:
        """Show a file that was read; the focus stays where it is when that is still there."""
        # The window's own: right after a dialog the program has none yet.
        focused = self.window().focusWidget()
        self._columns.show_draft(self._draft)
        self._rows.show_check(found, self._draft.choices)
        is_wanted, self._wants_next = self._wants_next is self._draft.choices, None
        if is_wanted and self._step is Step.COLUMNS and not self._draft.open_questions:
            self._go(Step.CHECK)
            return
        self._tell()
        if focused is self or self.window().focusWidget() is not focused:
            self._focus()

    def _refuse(self, error: AppError) -> None:
        """Show what stands in the way, where something can be done about it."""
        self._wants_next = None
        if self._step is Step.CHECK and isinstance(error, StoppedError):
            # Who stops the comparing goes on with it where he was.
            self.desk.noticed.emit(Notice(words.NOT_COMPARED, Tone.NOTE))
            self._tell()
        elif self._draft.check or isinstance(error, NoHeadingsError | YearUnknownError):
            self._columns.show_problem(self._draft)
            self._go(Step.COLUMNS)
        else:
            is_stopped = isinstance(error, StoppedError)
            self._file.show_problem(error, can_read_again=self._draft.path is not None or is_stopped)
            self._go(Step.FILE)

    # -- storing ----------------------------------------------------------------------------------------------------

    def _stored(self, check: ImportCheck, has_changed: bool) -> None:
        """Say what was stored, and offer what comes next."""
        self._clear()
        self._done = check
        self._file.refresh()
        self._done_batch = self._file.newest_batch() if has_changed else ""
        told = words.result(check) if has_changed else words.NOTHING_NEW
        self._file.show_result(told, words.left_out(check))
        self._go(Step.FILE)
        self.desk.noticed.emit(Notice(told, Tone.DONE, act=Act.UNDO if has_changed else None))

    def _checked(self) -> ImportCheck | None:
        """Return the check whose left-out rows can be saved here: the one before storing, or of what was stored."""
        return {Step.FILE: self._done, Step.CHECK: self._draft.check}.get(self._step)

    def _register_changed(self) -> None:
        """Follow what was stored elsewhere: the list of imports, and the check that was made before it."""
        if self._draft.is_storing or not self.isVisible():
            return
        self._file.refresh()
        if self._done and self._done_batch and not self._file.stands(self._done_batch):
            self._clear()
            self._go(self._step)
        self._draft.follow_register()

    def _save_faults(self) -> None:
        if check := self._checked():
            save_faults(self, self.desk, self.state, check)
