"""Where the command `tredewijzer` starts: a command goes to the command line, anything else opens the window.

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

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.base.clock import Clock
    from app.services import Register
    from ui.base.single_instance import SingleInstance
    from ui.main_window import MainWindow


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the arguments ask (those of the process by default) and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and (arguments[0] in COMMANDS or arguments[0] in {"-h", "--help"} or len(arguments) > 1):
        # Imported here, so that asking for a window will not have to load every job of the command line first.
        from app.cli.program import main as run_command_line

        return run_command_line(arguments)
    return run_window(Path(arguments[0]).absolute() if arguments else None)


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


def run_window(path: Path | None) -> int:
    """Show the window until it is closed; hands over to one that runs already."""
    started = start(path, settings_folder() / "venster.json")
    if started is None:
        return 0
    app, window, instance = started

    def go_on() -> None:
        from app.base import logs
        from app.base.paths import log_folder

        logs.write_to(log_folder())
        catch_surprises(window)
        instance.listen()
        begin(window, path)

    window.painted.connect(go_on)
    try:
        return app.exec()
    finally:
        instance.close()


def start(path: Path | None, state_path: Path) -> "tuple[QApplication, MainWindow, SingleInstance] | None":
    """Show the window; None when a program that runs already took over the wish to open `path`."""
    # What is made at the start stays, and looking for waste in it would delay the first paint; `begin` ends this.
    gc.disable()
    from PySide6.QtWidgets import QApplication

    from ui.base.single_instance import SingleInstance

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName(PROGRAM.lower())
    app.setApplicationDisplayName(PROGRAM)
    instance = SingleInstance(state_path.parent)
    if not instance.is_first() and instance.hand_over(path):
        return None
    window = make_window(app, state_path)

    def wish(wanted: Path | None) -> None:
        window.come_forward()
        if wanted and not (window.desk and window.desk.path == wanted):
            window.open_register(wanted)

    instance.wished.connect(wish)
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


def begin(window: "MainWindow", path: Path | None) -> None:
    """After the first paint: Qt's Dutch, and the register that was asked for or the last one."""
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
