"""Where the command `tredewijzer` starts: a command goes to the command line, a file or a call to the window.

The order of a start: the arguments, a program that runs already, the look, the window, its first paint, and only then
the register and the libraries that it needs.
"""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from app.base.paths import PROGRAM
from app.cli.names import COMMANDS
from ui.base.wish import Wish, read_arguments

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.base.clock import Clock
    from app.services import Register
    from ui.base.single_instance import SingleInstance
    from ui.main_window import MainWindow


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the arguments ask (those of the process by default) and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    is_command = bool(arguments) and (arguments[0] in COMMANDS or arguments[0] in {"-h", "--help"})
    wish = None if is_command else read_arguments(arguments)
    if wish is None:
        # Imported here, so that asking for a window will not have to load every job of the command line first.
        from app.cli.program import main as run_command_line

        return run_command_line(arguments)
    return run_window(wish)


class Registers:
    """The `Opener` of the window: the real registers, loaded when the first one is asked for."""

    def __init__(self, clock: "Clock | None" = None) -> None:
        """`clock` stands still in pictures and tests."""
        self._clock = clock

    def for_writing(self, path: Path, *, by: str) -> "Register":
        """Open as the one writer; raises `RegisterError`."""
        from app import bootstrap

        return bootstrap.open_register(path, to_write=True, clock=self._clock, by=by)

    def for_reading(self, path: Path) -> "Register":
        """Open beside a writer; raises `RegisterError`."""
        from app import bootstrap

        return bootstrap.open_register(path, to_write=False, clock=self._clock)

    def make_empty(self, path: Path) -> None:
        """Make a register with the shipped rules and texts; raises `RegisterError`."""
        from app import bootstrap

        bootstrap.make_register(path, clock=self._clock).close()

    def make_example(self, path: Path) -> None:
        """Make a register of fictional firms; raises `RegisterError`."""
        from app import bootstrap

        bootstrap.make_example(path, today=self._clock.today() if self._clock else None).close()


def run_window(wish: Wish) -> int:
    """Show the window until it is closed; hands over to one that runs already."""
    started = start(wish.path, settings_folder() / "venster.json", call=wish.call)
    if started is None:
        if wish.is_faulty:
            open_log(wish)
        return 0
    app, window, instance = started

    def go_on() -> None:
        open_log(wish)
        catch_surprises(window)
        instance.listen()
        begin(window, wish.path, call=wish.call)

    window.painted.connect(go_on)
    try:
        return app.exec()
    finally:
        instance.close()


def open_log(wish: Wish) -> None:
    """Let the log be written, and say in it when a call was left out; not which, because anyone can have written it."""
    import logging

    from app.base import logs
    from app.base.paths import log_folder

    logs.write_to(log_folder())
    if wish.is_faulty:
        logging.getLogger(__name__).warning("the call that the program was started with is no number")


def start(
    path: Path | None, state_path: Path, *, call: str = ""
) -> "tuple[QApplication, MainWindow, SingleInstance] | None":
    """Show the window; None when a program that runs already took over the wish to open `path` or show who calls."""
    # What is made at the start stays, and looking for waste in it would delay the first paint; `begin` ends this.
    gc.disable()
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from ui.base.single_instance import SingleInstance

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName(PROGRAM.lower())
    app.setApplicationDisplayName(PROGRAM)
    instance = SingleInstance(state_path.parent)
    if not instance.is_first() and instance.hand_over(Wish(path, call)):
        return None
    window = make_window(app, state_path)
    # Not from within the socket, which a question to the user would leave waiting, or even dead.
    instance.wished.connect(window.take_wish, Qt.ConnectionType.QueuedConnection)
    window.show()
    return app, window, instance


def make_window(app: "QApplication", state_path: Path, *, clock: "Clock | None" = None) -> "MainWindow":
    """Give the program its look and return the window, not shown yet; `begin` goes on after its first paint."""
    from PySide6.QtCore import QLocale, QStandardPaths

    from ui.base import theme
    from ui.base.state import WindowState
    from ui.main_window import MainWindow

    QLocale.setDefault(QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands))
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    state = WindowState(state_path)
    theme.load_fonts(app)
    theme.apply(app, theme.Appearance(state.get("appearance", "")))
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    folder = documents if documents.is_dir() else Path.home()
    return MainWindow(Registers(clock), state, folder=folder, clock=clock)


def begin(window: "MainWindow", path: Path | None, *, call: str = "") -> None:
    """After the first paint: Qt's Dutch, the register that was asked for or the last one, and who calls."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
    from PySide6.QtWidgets import QApplication

    from app.base.files import is_file

    gc.enable()
    window.furnish()
    translator = QTranslator(window)
    translations = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(QLocale.Language.Dutch), "qtbase", "_", translations):
        QApplication.installTranslator(translator)
    recent = [found for found in window.state.recent_registers() if is_file(found)]
    wanted = path or (recent[0] if recent else None)
    if wanted:
        window.open_register(wanted)
    else:
        window.show_welcome()
    if call:
        window.take_call(call)


def catch_surprises(window: "MainWindow") -> None:
    """Show what nobody caught, with a report, and let the program go on."""
    import logging
    import threading

    log = logging.getLogger(__name__)

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("unexpected error", exc_info=(kind, error, trace))
        window.report(error)

    sys.excepthook = show
    threading.excepthook = lambda args: log.error(
        "unexpected error in %s", args.thread.name if args.thread else "a thread", exc_info=args.exc_value
    )


def settings_folder() -> Path:
    """Return where this user's window state lies; Qt knows it without loading anything more."""
    from PySide6.QtCore import QStandardPaths

    return (
        Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)) / PROGRAM.lower()
    )
