"""An unexpected error is shown calmly, with a report that may be sent to anybody, and the register stays open."""

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.base import logs
from app.base.errors import AppError, RegisterError
from app.base.paths import log_folder
from app.storage.driver import DatabaseError
from tests.conftest import ExpectedLog
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import when_asked
from ui.dialogs.crash_dialog import CrashDialog
from ui.main import catch_surprises
from ui.main_window import MainWindow

NAME = "Bouwbedrijf Maasdal B.V., 06-12345678, in " + str(Path.home())


@pytest.fixture
def window(open_window: Open, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window that catches what nobody caught, as the program's does."""
    state = tmp_path / "settings" / "venster.json"
    state.parent.mkdir()
    state.write_text('{"screen": "GO_SETTINGS"}', encoding="utf-8")
    made = open_window(example)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    catch_surprises(made)
    root, before = logging.getLogger(), set(logging.getLogger().handlers)
    logs.write_to(log_folder())
    yield made
    for handler in set(root.handlers) - before:
        root.removeHandler(handler)
        handler.close()


def in_a_slot(window: MainWindow, error: BaseException) -> None:
    """Raise an error where Qt calls, as a screen with a bug does."""

    def fail() -> None:
        raise error

    QTimer.singleShot(0, window, fail)


def test_a_bug_is_reported_without_a_word_of_data_and_work_goes_on(
    qtbot: QtBot, window: MainWindow, keys: Keys, expected_log: ExpectedLog
) -> None:
    expected_log("unexpected error")

    def copy_and_close(dialog: CrashDialog) -> None:
        assert "Het register is nog open" in " ".join(label.text() for label in dialog.findChildren(QLabel))
        keys.press("Shift+Tab", "Space", "Tab", "Return")

    was_shown = when_asked(window, CrashDialog, copy_and_close)
    in_a_slot(window, ValueError(NAME))
    qtbot.waitUntil(was_shown)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    report = QGuiApplication.clipboard().text()
    assert report.startswith("Tredewijzer op ")
    assert report.endswith("ValueError")
    assert "in fail" in report
    log = (log_folder() / "tredewijzer.log").read_text(encoding="utf-8")
    assert "unexpected error" in log
    for text in (report, log):
        for word in ("Maasdal", "06-12345678", str(Path.home())):
            assert word not in text
    assert window.desk is not None
    assert window.desk.is_ready
    window.desk.read(
        lambda register, _: register.path, what="Lezen", owner=window, done=lambda _path: answers.append(1)
    )
    answers: list[int] = []
    qtbot.waitUntil(lambda: answers == [1])


def test_a_bug_on_a_worker_is_shown_too(qtbot: QtBot, window: MainWindow, keys: Keys) -> None:
    reports: list[str] = []

    def read_and_close(dialog: CrashDialog) -> None:
        part = dialog.findChild(QPlainTextEdit)
        assert isinstance(part, QPlainTextEdit)
        reports.append(part.toPlainText())
        keys.press("Escape")

    def fail(_register: object, _progress: object) -> None:
        raise KeyError(NAME)

    was_shown = when_asked(window, CrashDialog, read_and_close)
    assert window.desk is not None
    window.desk.read(fail, what="Lezen", owner=window, done=lambda _nothing: None)
    qtbot.waitUntil(was_shown)
    assert reports[0].endswith("KeyError")
    assert "Maasdal" not in reports[0]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (AppError("De schijf is vol.", "Maak ruimte vrij."), "De schijf is vol. Maak ruimte vrij."),
        (RegisterError("Het register is weg."), "Het register is weg."),
        (DatabaseError("database disk image is malformed"), "is beschadigd. Er is niets veranderd."),
        (DatabaseError("database is locked"), "is in gebruik door een ander programma."),
    ],
)
def test_what_is_the_fault_of_the_world_is_a_sentence_and_no_report(
    qtbot: QtBot, window: MainWindow, expected_log: ExpectedLog, error: Exception, words: str
) -> None:
    expected_log("unexpected error")
    in_a_slot(window, error)
    qtbot.waitUntil(lambda: words in window.notice.words)
    assert QApplication.activeModalWidget() is None


def test_what_goes_wrong_over_and_over_shows_one_dialog(
    qtbot: QtBot, window: MainWindow, keys: Keys, expected_log: ExpectedLog
) -> None:
    expected_log("unexpected error")
    counts: list[int] = []

    def again(_dialog: CrashDialog) -> None:
        for _ in range(5):
            in_a_slot(window, ValueError(NAME))
        QApplication.processEvents()
        counts.append(len(window.findChildren(CrashDialog)))
        keys.press("Escape")

    was_shown = when_asked(window, CrashDialog, again)
    in_a_slot(window, ValueError(NAME))
    qtbot.waitUntil(was_shown)
    assert counts == [1]
