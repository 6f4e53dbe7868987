"""A real window on a real register, driven as a person drives it: by key events."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("PySide6", reason="PySide6 is absent")

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.base.clock import SetClock
from tests.keyboard import Keys
from ui.main import begin, make_window
from ui.main_window import MainWindow

TODAY = date(2026, 11, 23)
_PATIENCE_MS = 15_000


@pytest.fixture(autouse=True)
def no_dialog_waits_for_ever(qapp: QApplication) -> Iterator[None]:
    """Fail where a dialog that nobody answers would keep the whole run waiting."""
    unanswered: list[str] = []

    def close() -> None:
        if (dialog := QApplication.activeModalWidget()) is not None:
            unanswered.append(dialog.windowTitle())
            dialog.close()

    timer = QTimer()
    timer.setInterval(_PATIENCE_MS)
    timer.timeout.connect(close)
    timer.start()
    yield
    timer.stop()
    assert not unanswered, f"nobody answered: {unanswered}"


@pytest.fixture
def keys(qapp: QApplication) -> Keys:
    """The keyboard."""
    return Keys()


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
    for window in filter(shiboken6.isValid, made):
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
