"""The frame: rail, screens, progress and notices; no business.

The window is painted before anything else is loaded: what it needs to work comes with `furnish`, and a screen with the
libraries of its job when it is first shown.
"""

import importlib
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.base.paths import PROGRAM
from ui.base import dropped, theme
from ui.base.actions import Act, bind
from ui.base.notice import Notice, Tone
from ui.base.page import Page
from ui.base.state import WindowState
from ui.base.waiting_call import WaitingCall
from ui.widgets.drop_hint import DropHint
from ui.widgets.layout import column, row
from ui.widgets.rail import Rail

if TYPE_CHECKING:
    from app.base.clock import Clock
    from ui.base.desk import Desk, Opener
    from ui.base.tasks import OneTask
    from ui.base.wish import Wish
    from ui.pages.welcome_page import WelcomePage
    from ui.widgets.notice_bar import NoticeBar
    from ui.widgets.progress_strip import ProgressStrip

# The screens of the rail: module and class, loaded when first shown.
_SCREENS = {
    Act.GO_LOOK_UP: ("look_up_page", "LookUpPage"),
    Act.GO_SUPPLIERS: ("suppliers_page", "SuppliersPage"),
    Act.GO_WORK: ("work_page", "WorkPage"),
    Act.GO_LETTERS: ("letters_page", "LettersPage"),
    Act.GO_IMPORT: ("import_page", "ImportPage"),
    Act.GO_POLICY: ("policy_page", "PolicyPage"),
    Act.GO_SETTINGS: ("settings_page", "SettingsPage"),
}
_SUPPLIER = ("supplier_page", "SupplierPage")
_DUPLICATES = ("duplicates_page", "DuplicatesPage")
_SMALLEST = (1100, 640)


class MainWindow(QMainWindow):
    """The window. It is the `Navigator` of every screen; `painted` tells once that it can be seen."""

    painted = Signal()

    welcome: "WelcomePage"
    progress: "ProgressStrip"
    notice: "NoticeBar"

    def __init__(
        self,
        opener: "Opener",
        state: WindowState,
        *,
        folder: Path | None = None,
        clock: "Clock | None" = None,
    ) -> None:
        """`folder` is where new registers are proposed."""
        super().__init__()
        self._opener, self.state, self._clock = opener, state, clock
        self._folder = folder or Path.home()
        self.desk: Desk | None = None
        self._pages: dict[str, Page] = {}
        self._back: list[Callable[[], None]] = []
        self._here: Callable[[], None] | None = None
        self._after_opening: Callable[[], None] | None = None
        self._maker: OneTask | None = None
        self._waiting = WaitingCall()
        self._is_painted = False
        self.setWindowTitle(PROGRAM)
        self.setAcceptDrops(True)
        self.setMinimumSize(*_SMALLEST)
        self._actions = self._bind_actions()
        self.rail = Rail([self._actions[act] for act in _SCREENS], self._actions[Act.MENU])
        self.stack = QStackedWidget()
        self._foot = QVBoxLayout()
        right = column(self.stack, self._foot, gap=0)
        right.setStretch(0, 1)
        frame = QWidget()
        frame.setLayout(row(self.rail, right, gap=0))
        self.setCentralWidget(frame)
        self._drop_hint = DropHint(frame)
        self._restore_size()
        self._show_register_state()

    def furnish(self) -> None:
        """Bring what the window needs to work; after the first paint."""
        from ui.base.tasks import OneTask
        from ui.pages.welcome_page import WelcomePage
        from ui.widgets.notice_bar import NoticeBar
        from ui.widgets.progress_strip import ProgressStrip

        self._maker = OneTask(self)
        self.welcome = WelcomePage(self._folder)
        self.progress = ProgressStrip()
        self.notice = NoticeBar(self._actions.__getitem__)
        self.stack.addWidget(self.welcome)
        self._foot.addWidget(self.progress)
        self._foot.addWidget(self.notice)
        self._connect_welcome()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    # -- registers --------------------------------------------------------------------------------------------------

    def open_register(self, path: Path, *, to_write: bool = True, then: Callable[[], None] | None = None) -> None:
        """Open a register in the place of the one that is open; `then` runs when it is there."""
        from ui.base.desk import Desk

        if not self._close_register():
            return
        self._after_opening = then
        self.desk = desk = Desk(self._opener, path, by=self.state.advisor, to_write=to_write, clock=self._clock)
        desk.ready.connect(self._ready)
        desk.refused.connect(self._refused)
        desk.noticed.connect(self.notice.say)
        desk.broke.connect(self.show_crash)
        desk.rows_changed.connect(self._show_register_state)
        desk.work_changed.connect(self._show_work)
        desk.changed.connect(self._show_register_state)
        self.progress.follow(desk)
        desk.start()

    def show_welcome(self) -> None:
        """Show the first screen, with the registers of before."""
        page = self.stack.currentWidget()
        if isinstance(page, Page) and not page.may_leave():
            return
        for act in _SCREENS:
            self._actions[act].setChecked(False)
        self.welcome.show_recent(self.state.recent_registers())
        self.stack.setCurrentWidget(self.welcome)
        self.welcome.arrive()

    def _ready(self) -> None:
        assert self.desk is not None
        self.state.add_recent(self.desk.path)
        self.state.save()
        self._show_register_state()
        then, self._after_opening = self._after_opening, None
        (then or self._go_to_last_screen)()
        if number := self._waiting.find():
            self.take_call(number)

    def _go_to_last_screen(self) -> None:
        last = self.state.get("screen", Act.GO_LOOK_UP.name)
        self.go(next((act for act in _SCREENS if act.name == last), Act.GO_LOOK_UP))

    def _refused(self, error: BaseException) -> None:
        from app.base.errors import AppError, Cancelled, NotWritableError

        assert self.desk is not None
        path, could_write = self.desk.path, self.desk.can_write
        self._close_register()
        if not isinstance(error, AppError):
            self.show_welcome()
            if not isinstance(error, Cancelled):
                self.show_crash(error)
        else:
            self.show_welcome()
            self.welcome.show_problem(path, error, can_read=could_write and isinstance(error, NotWritableError))
        self._tell_who_waits()

    def _close_register(self) -> bool:
        page = self.stack.currentWidget()
        if isinstance(page, Page) and not page.may_leave():
            return False
        if not all(built.may_close() for built in self._pages.values()):
            return False
        for built in self._pages.values():
            self.stack.removeWidget(built)
            built.deleteLater()
        self._pages.clear()
        self._back.clear()
        self._here = None
        if self.desk:
            self.desk.close()
            self.desk.deleteLater()
            self.desk = None
        self._show_register_state()
        return True

    def _make(
        self, make: Callable[[Path], None], path: Path, what: str, then: Callable[[], None] | None = None
    ) -> None:
        """Make a register off the window's thread, then open it and go on."""
        assert self._maker is not None, "not furnished"
        self.notice.say(Notice(f"{what} …", Tone.NOTE))
        self._maker.run(lambda: make(path), what, done=lambda: self.open_register(path, then=then), failed=self.report)

    def _connect_welcome(self) -> None:
        welcome = self.welcome
        welcome.chosen.connect(self.open_register)
        welcome.wanted_reading.connect(lambda path: self.open_register(path, to_write=False))
        welcome.wanted_empty.connect(lambda path: self._make(self._opener.make_empty, path, "Register maken"))
        welcome.wanted_example.connect(
            lambda path: self._make(self._opener.make_example, path, "Voorbeeld maken", self.open_suppliers)
        )
        welcome.wanted_import.connect(
            lambda path, source: self._make(
                self._opener.make_empty, path, "Register maken", lambda: self.open_import(source)
            )
        )

    # -- ways (Navigator) -------------------------------------------------------------------------------------------

    def go(self, act: Act) -> None:
        """Show a screen of the rail."""
        if self.desk is None or not self.desk.is_ready:
            return
        if self._show(*_SCREENS[act], way=lambda: self.go(act)):
            self.state.set("screen", act.name)
            for other in _SCREENS:
                self._actions[other].setChecked(other is act)
            if act is Act.GO_LOOK_UP:
                self._show_caller()

    def open_supplier(self, supplier_id: str, *, section: str = "") -> None:
        """Show everything about one supplier."""

        def way() -> None:
            self.open_supplier(supplier_id)

        if page := self._show(*_SUPPLIER, way=way):
            page.show_supplier(supplier_id, section=section)
            self._mark_suppliers()

    def open_suppliers(self) -> None:
        """Show the table of all suppliers."""
        self.go(Act.GO_SUPPLIERS)

    def open_duplicates(self, supplier_ids: Collection[str] = ()) -> None:
        """Show which suppliers are probably there twice, or two that were chosen."""
        if page := self._show(*_DUPLICATES, way=self.open_duplicates):
            page.begin(supplier_ids)
            self._mark_suppliers()

    def open_letters(self, supplier_ids: Collection[str]) -> None:
        """Prepare letters for these suppliers."""
        self.go(Act.GO_LETTERS)
        self._call("letters_page", "prepare", supplier_ids)

    def open_letter(self, letter_id: str) -> None:
        """Show one letter of the archive."""
        self.go(Act.GO_LETTERS)
        self._call("letters_page", "show_letter", letter_id)

    def log_reply(self) -> None:
        """Log an answer to the letter whose kenmerk is typed."""
        is_here = self.stack.currentWidget() is self._pages.get("letters_page")
        if not is_here:
            self.go(Act.GO_LETTERS)
        page = self._pages.get("letters_page")
        if page is not None and self.stack.currentWidget() is page:
            page.log_reply(is_here=is_here)  # type: ignore[attr-defined]

    def open_import(self, path: Path) -> None:
        """Begin the import of a file."""
        self.go(Act.GO_IMPORT)
        self._call("import_page", "begin", path)

    def new_supplier(self, name: str = "") -> None:
        """Begin a new supplier."""
        if self.desk is None or not self.desk.is_ready:
            return
        # There is no way back to a form: what was typed in it is saved or dropped by then.
        if page := self._show(*_SUPPLIER, way=None):
            page.begin_new(name)
            self._mark_suppliers()

    def leave_register(self) -> None:
        """Choose another register; the one that is open stays so until then, and Esc goes back to it.

        Where none is open, ask which.
        """
        if self.desk is None or self.stack.currentWidget() is self.welcome:
            self.welcome.choose_register()
        else:
            self.show_welcome()

    def go_back(self) -> None:
        """Show the screen before this one."""
        if self._back:
            way = self._back.pop()
            self._here = None
            way()

    def _show(self, module: str, name: str, *, way: Callable[[], None] | None) -> Any:
        """Show a screen, built when it is first asked for; None when the one shown does not let go."""
        shown = self.stack.currentWidget()
        page = self._pages.get(module)
        if isinstance(shown, Page) and shown is not page and not shown.may_leave():
            return None
        if page is None:
            assert self.desk is not None
            page = getattr(importlib.import_module(f"ui.pages.{module}"), name)(self.desk, self, self.state)
            assert isinstance(page, Page)
            self._pages[module] = page
            self.stack.addWidget(page)
        if self._here is not None:
            self._back = [*self._back[-20:], self._here]
        self._here = way
        self.stack.setCurrentWidget(page)
        page.arrive()
        focused: QWidget | None = self.focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            # A page without the focus would not hear its own keys.
            page.setFocus()
        return page

    def _call(self, module: str, name: str, *values: Any) -> None:
        """Go on with a screen, if the one before it let go."""
        if (page := self._pages.get(module)) and page is self.stack.currentWidget():
            getattr(page, name)(*values)

    def _mark_suppliers(self) -> None:
        for act in _SCREENS:
            self._actions[act].setChecked(act is Act.GO_SUPPLIERS)

    # -- who calls --------------------------------------------------------------------------------------------------

    def take_wish(self, wish: "Wish") -> None:
        """Do what a later start of the program asks: be seen, open its register, show who calls."""
        self.come_forward()
        if wish.path is None or (self.desk and self.desk.path == wish.path):
            if wish.call:
                self.take_call(wish.call)
            return
        self._waiting.keep(wish.call)
        if QApplication.activeModalWidget() or (wish.call and self._holds_typing()):
            advice = "Sluit wat open staat en open het bestand opnieuw."
            self.notice.say(Notice("Het bestand is niet geopend.", Tone.NOTE, advice))
            self._tell_who_waits()
        else:
            # From the loop, so that also beneath a question of the screen it says why that was asked.
            QTimer.singleShot(0, self, self._tell_who_waits)
            self.open_register(wish.path)

    def take_call(self, number: str) -> None:
        """Show who calls, as soon as a register is open; where something is typed that is not saved, only say so.

        Nobody is asked anything: who types would answer without having read it. `number` is one that `find_number`
        gave. A later call takes the place of one that waits.
        """
        self._waiting.keep(number)
        if popup := QApplication.activePopupWidget():
            popup.close()
        # A dialog works on the screen beneath it, which must stay; and who types keeps the keyboard.
        if self.desk is None or QApplication.activeModalWidget() or self._holds_typing():
            self._tell_who_waits()
        else:
            self.go(Act.GO_LOOK_UP)

    def _holds_typing(self) -> bool:
        page = self.stack.currentWidget()
        return isinstance(page, Page) and page.holds_typing

    def _tell_who_waits(self) -> None:
        from app.services.look_up import find_caller

        number = self._waiting.find()
        if not number or (self.desk and not self.desk.is_ready):
            return
        known = find_caller(self.desk.register, number) if self.desk else None
        if words := self._waiting.notice(is_open=self.desk is not None, name=known.name if known else ""):
            self.notice.say(words)

    def _show_caller(self) -> None:
        number = self._waiting.take()
        if not number:
            return
        if number in self.notice.words:
            self.notice.hide()
        self._call("look_up_page", "take_call", number)

    # -- actions ----------------------------------------------------------------------------------------------------

    def _bind_actions(self) -> dict[Act, QAction]:
        ways: dict[Act, Callable[[], object]] = {act: lambda act=act: self.go(act) for act in _SCREENS}  # type: ignore[misc]
        ways |= {
            Act.GO_BACK: self.go_back,
            Act.NEW_SUPPLIER: self._new_supplier,
            Act.LOG_REPLY: self.log_reply,
            Act.OPEN_REGISTER: self.leave_register,
            Act.QUIT: self.close,
            Act.UNDO: self._undo,
            Act.REDO: self._redo,
            Act.STOP: self._stop,
            Act.KEYS: self._show_keys,
            Act.MENU: self._show_menu,
        }
        made = {act: bind(act, self, run, everywhere=True) for act, run in ways.items()}
        for act in _SCREENS:
            made[act].setCheckable(True)
        return made

    def bound_actions(self) -> dict[Act, QAction]:
        """Return every action that works somewhere in the window as it is now, by its declaration."""
        found = {action.objectName(): action for action in self.findChildren(QAction)}
        return {act: found[act.name] for act in Act if act.name in found}

    def _new_supplier(self) -> None:
        page = self.stack.currentWidget()
        self.new_supplier(page.unknown_name if isinstance(page, Page) else "")

    def _undo(self) -> None:
        page = self.stack.currentWidget()
        if self.desk and not (isinstance(page, Page) and page.take_back()):
            self.desk.undo()

    def _redo(self) -> None:
        if self.desk:
            self.desk.redo()

    def _stop(self) -> None:
        if not self.progress.isHidden():
            self.progress.stop()

    def _show_keys(self) -> None:
        from ui.dialogs.keys_dialog import KeysDialog

        dialog = KeysDialog(self)
        dialog.exec()
        dialog.deleteLater()

    def _show_menu(self) -> None:
        """Show everything that can be done here, by group."""
        from ui.widgets.action_menu import action_menu

        page = self.stack.currentWidget()
        parts = [self, *([page, *page.findChildren(QWidget)] if page else [])]
        menu = action_menu(self, filter(QWidget.isVisible, parts))
        menu.exec(self.rail.mapToGlobal(self.rail.rect().bottomRight()) - menu.rect().bottomLeft())
        menu.deleteLater()

    # -- what is seen around the screens ----------------------------------------------------------------------------

    def report(self, error: BaseException) -> None:
        """Say what nobody caught: a sentence for the world's fault, a report for a bug; the register stays open."""
        from app.base.errors import AppError

        if self.desk:
            self.desk.report(error)
        elif isinstance(error, AppError):
            self.notice.say(Notice(error.message, Tone.PROBLEM, error.advice))
        else:
            self.show_crash(error)

    def show_crash(self, error: BaseException) -> None:
        """Show an unexpected error with its report; the register stays open."""
        from ui.dialogs.crash_dialog import CrashDialog

        if self.findChild(CrashDialog):
            # What goes wrong at every repaint would otherwise pile up dialogs; the log has them all.
            return
        dialog = CrashDialog(self, error)
        dialog.exec()
        dialog.deleteLater()

    def come_forward(self) -> None:
        """Be seen, as when the program is started a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        # Where the system does not let a program take the front by itself, its place in the task bar lights up.
        QApplication.alert(self)

    def _show_register_state(self) -> None:
        desk = self.desk
        is_open = desk is not None and desk.is_ready
        for act in (*_SCREENS, Act.NEW_SUPPLIER, Act.UNDO, Act.REDO, Act.GO_BACK):
            self._actions[act].setEnabled(is_open)
        for act in (Act.NEW_SUPPLIER, Act.LOG_REPLY, Act.UNDO, Act.REDO):
            self._actions[act].setEnabled(is_open and desk is not None and desk.can_write)
        if desk is None:
            for act in _SCREENS:
                self._actions[act].setChecked(False)
            self.setWindowTitle(PROGRAM)
            self.rail.tell(["Geen register open"])
            self._show_work()
            return
        from app.base.formatting import count, short_date

        self.setWindowTitle(f"{desk.path.stem} — {PROGRAM}")
        lines = [f"Register: {desk.path.stem}"]
        if desk.has_rows:
            lines.append(count(len(desk.rows), "leverancier", "leveranciers"))
        if not desk.can_write:
            lines.append("Alleen lezen")
        elif saved := desk.saved_text():
            lines.append(f"Opgeslagen om {saved} ✓")
        lines.append("Peildatum vandaag" if desk.follows_today else f"Peildatum {short_date(desk.on)}")
        self.rail.tell(lines)

    def _show_work(self) -> None:
        self.rail.show_count(self._actions[Act.GO_WORK], self.desk.pressing_work if self.desk else 0)

    # -- the window itself -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once, when this paint is done, that the window can be seen."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody else had a use for closes the notice, or leaves the choice of a register."""
        if event.key() == Qt.Key.Key_Escape and not self.notice.isHidden():
            self.notice.hide()
        elif event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.welcome:
            self._go_to_last_screen()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Move on to today when the window is used again after midnight."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow() and self.desk and self.desk.is_ready:
            self.desk.follow_the_clock()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show where a file can be let go; what is no single file is taken too, to say what to do."""
        found = dropped.look_at(event.mimeData())
        if found and self.desk and self.desk.is_ready:
            event.acceptProposedAction()
            self._drop_hint.say(found.hint, is_welcome=found.path is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the hint away."""
        self._drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Begin the import of the file that was dropped."""
        self._drop_hint.hide()
        event.acceptProposedAction()
        found = dropped.look_at(event.mimeData())
        if found and found.path:
            # From the loop, so that the program it came from does not wait.
            QTimer.singleShot(0, self, partial(self.open_import, found.path))
        elif found:
            self.notice.say(found.notice())

    def _follow_system(self) -> None:
        """Be light or dark with the system, when that was chosen."""
        look = theme.Appearance(self.state.get("appearance", ""))
        app = QApplication.instance()
        if look is theme.Appearance.SYSTEM and isinstance(app, QApplication):
            theme.apply(app, look)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close when the screen lets go; stop the work and leave nothing half."""
        self._remember_size()
        if not self._close_register():
            event.ignore()
            return
        if self._maker:
            self._maker.close()
        self.state.save()
        event.accept()

    def _restore_size(self) -> None:
        width, height, is_maximized = (*self.state.get("window", [1440, 900, 0]), 0, 0, 0)[:3]
        room = self.screen().availableGeometry()
        self.resize(
            min(max(int(width), _SMALLEST[0]), max(room.width(), _SMALLEST[0])),
            min(max(int(height), _SMALLEST[1]), max(room.height(), _SMALLEST[1])),
        )
        if is_maximized:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _remember_size(self) -> None:
        size = self.normalGeometry().size() if self.isMaximized() else self.size()
        self.state.set("window", [size.width(), size.height(), int(self.isMaximized())])
