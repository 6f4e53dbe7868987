"""A real window on a real register, driven as a person drives it: by key events."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("PySide6", reason="PySide6 is absent")

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.base.clock import SetClock
from ui.main import begin, make_window
from ui.main_window import MainWindow

TODAY = date(2026, 11, 23)


class Keys:
    """The keyboard: what is pressed goes to whatever has the focus."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def press(self, *keys: str) -> None:
        """Press keys such as `Ctrl+F`, `Down` or `Return`, one after the other."""
        for key in keys:
            combination = QKeySequence(key)[0]
            self._qtbot.keyClick(self._target(), combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type text, in any alphabet; a character at a time, as a person does."""
        for character in text:
            target = self._target()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                QCoreApplication.sendEvent(target, event)
            QApplication.processEvents()

    def paste(self, text: str) -> None:
        """Put a whole text in at once."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(self._target(), event)
        QApplication.processEvents()

    def _target(self) -> QWidget:
        shown = QApplication.activePopupWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
        assert shown is not None, "no window is active"
        return shown.focusWidget() or shown


@pytest.fixture
def keys(qtbot: QtBot) -> Keys:
    """The keyboard."""
    return Keys(qtbot)


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example register of one day; copy it before writing."""
    path = tmp_path_factory.mktemp("example") / "voorbeeld.tredewijzer"
    bootstrap.make_example(path, today=TODAY).close()
    return path


@pytest.fixture
def example(example_file: Path, tmp_path: Path) -> Path:
    """An example register of this test's own."""
    path = tmp_path / "voorbeeld.tredewijzer"
    path.write_bytes(example_file.read_bytes())
    return path


Open = Callable[[Path | None], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Open]:
    """Start the program as a user does; waits until the register is judged. Closed after the test."""
    made: list[MainWindow] = []

    def start(path: Path | None) -> MainWindow:
        window = make_window(qapp, tmp_path / "settings" / "venster.json", clock=SetClock.at(TODAY, 10, 30))
        made.append(window)
        with qtbot.waitActive(window):
            window.show()
        begin(window, path)
        if path is not None:
            qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=15_000)
        return window

    yield start
    for window in made:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
