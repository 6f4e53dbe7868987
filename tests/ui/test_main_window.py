"""The frame: what loads when, who is reachable, what stays behind."""

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app import bootstrap
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import when_asked
from ui.base.actions import Act
from ui.base.tasks import TaskProgress
from ui.dialogs import ask
from ui.dialogs.crash_dialog import CrashDialog
from ui.dialogs.keys_dialog import KeysDialog
from ui.main import make_window
from ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7")
# Screens that are not on the rail, and the keys that lead there.
WAYS = {"supplier": ("Ctrl+2", "Return"), "duplicates": ("Ctrl+2", "Home", "Space", "Down", "Space", "Ctrl+Shift+D")}
JOBS = {
    "sqlite_utils", "sqlcipher3", "reportlab", "xlsxwriter", "pypdfium2", "python_calamine", "rapidfuzz", "holidays",
    "dateutil", "app.storage", "app.services", "app.bootstrap", "PySide6.QtNetwork", "PySide6.QtPrintSupport",
}  # fmt: skip
FIRST_PAINT = """
import sys
from pathlib import Path
from ui.main import start
app, window, instance = start(None, Path(sys.argv[1]))
while not window.windowHandle().isExposed():
    app.processEvents()
window.repaint()
print(*sorted(sys.modules), sep="\\n")
instance.close()
"""


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing runs off the window's thread."""
    desk = window.desk
    assert desk is not None
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=20_000)


def test_the_first_paint_loads_no_library_of_a_job(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(tmp_path / "venster.json")],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "ui.main_window" in loaded
    assert sorted(JOBS & loaded) == []


def test_every_control_of_every_screen_has_a_name_for_a_screen_reader(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path
):
    window = open_window(example)
    nameless = []
    for place in (*SCREENS, *WAYS):
        show(window, keys, qtbot, place)
        nameless += [f"{place}: {described(part)}" for part in controls(window) if not name_of(part)]
    assert nameless == []


def test_tab_reaches_every_control_of_every_screen(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    missed = []
    for place in (*SCREENS, *WAYS):
        show(window, keys, qtbot, place)
        wanted = {part for part in controls(window) if part.focusPolicy() & Qt.FocusPolicy.TabFocus}
        reached: set[QWidget] = set()
        for _ in range(len(wanted) * 2 + 20):
            keys.press("Tab")
            if part := QApplication.focusWidget():
                reached.add(part)
            if wanted <= reached:
                break
        missed += [f"{place}: {described(part)}" for part in wanted - reached]
    assert missed == []


@pytest.mark.parametrize("place", [*SCREENS, *WAYS])
def test_every_field_takes_accents_and_a_hundred_thousand_pasted_characters(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path, monkeypatch: pytest.MonkeyPatch, place: str
):
    # Leaving a screen with all this in it asks; here the answer is yes.
    monkeypatch.setattr(ask, "confirm", lambda *_words, **_more: True)
    window = open_window(example)
    show(window, keys, qtbot, place)
    if place == "supplier":
        keys.press("F2")
    lines = [
        part for part in controls(window) if isinstance(part, QLineEdit | QPlainTextEdit) and not part.isReadOnly()
    ]
    for line in lines:
        line.setFocus()
        keys.press("Ctrl+A")
        keys.paste("é€ł漢🙂<b>{x}" * 9_000)
        keys.type("ë€")
        settle(qtbot, window)
    assert not isinstance(QApplication.activeModalWidget(), CrashDialog)
    assert window.desk is not None
    assert window.desk.is_ready


def test_nothing_outlives_a_window(open_window: Open, keys: Keys, qtbot: QtBot, example: Path, qapp: QApplication):
    def visit() -> None:
        window = open_window(example)
        for place in (*SCREENS, *WAYS):
            show(window, keys, qtbot, place)
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qapp.processEvents()
        gc.collect()

    visit()
    widgets, timers = len(qapp.allWidgets()), running_timers()
    visit()
    left = [described(part) for part in qapp.allWidgets() if isinstance(part, MainWindow)]
    assert left == []
    assert len(qapp.allWidgets()) <= widgets
    assert [thread.name for thread in threading.enumerate() if thread.name in {"reader", "writer", "maker"}] == []
    assert running_timers() == timers


def test_the_menu_and_the_overview_of_keys_are_made_from_the_actions(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path
):
    window = open_window(example)
    shown: list[str] = []

    def read_menu() -> None:
        menu = QApplication.activePopupWidget()
        assert menu is not None
        shown.extend(action.text() for action in menu.actions())
        keys.press("Escape")

    QTimer.singleShot(200, window, read_menu)
    keys.press("F10")
    assert {"Ongedaan maken\tCtrl+Z", "Brieven\tCtrl+4", "Afronden\tCtrl+Enter", "Ga naar"} <= set(shown)
    words: list[str] = []

    def read_keys(dialog: KeysDialog) -> None:
        words.extend(label.text() for label in dialog.findChildren(QLabel))
        keys.press("Escape")

    when_asked(window, KeysDialog, read_keys)
    keys.press("Ctrl+/")
    for act in Act:
        assert act.spec.tip in words or act.spec.text in words, act


@pytest.mark.parametrize("is_new", [False, True])
def test_undo_and_redo_say_what_they_took_back(
    open_window: Open, keys: Keys, qtbot: QtBot, tmp_path: Path, is_new: bool
):
    path = tmp_path / "leeg.tredewijzer"
    bootstrap.make_register(path).close()
    window = open_window(path)
    if not is_new:
        keys.press("Ctrl+Z")
        qtbot.waitUntil(lambda: "niets om ongedaan te maken" in window.notice.words)
        return
    keys.press("Ctrl+N")
    keys.type("Bouwbedrijf Café Één B.V.")
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: window.desk is not None and len(window.desk.rows) == 1, timeout=10_000)
    keys.press("Ctrl+2", "Ctrl+Z")
    qtbot.waitUntil(lambda: "Ongedaan gemaakt: Leverancier toegevoegd: Bouwbedrijf Café" in window.notice.words)
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.rows == [])
    keys.press("Ctrl+Shift+Z")
    qtbot.waitUntil(lambda: "Opnieuw gedaan: Leverancier toegevoegd" in window.notice.words)
    qtbot.waitUntil(lambda: window.desk is not None and len(window.desk.rows) == 1)


def test_a_register_that_is_left_while_it_is_judged_leaves_no_progress_behind(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path
):
    window = open_window(example)
    assert window.desk is not None
    begun = threading.Event()

    def wait(_register: object, progress: TaskProgress) -> None:
        begun.set()
        while True:
            progress.step(0, 1, "Bezig")

    window.desk.read(wait, what="Bezig", owner=window, done=lambda _nothing: None)
    qtbot.waitUntil(window.progress.isVisible)
    begun.clear()
    window.open_register(example)
    qtbot.waitUntil(lambda: not window.progress.isVisible())
    # Nor what begins at the very moment of leaving, of which the window hears later.
    window.open_register(example)
    assert window.desk is not None
    window.desk.read(wait, what="Bezig", owner=window, done=lambda _nothing: None)
    assert begun.wait(10)
    window.open_register(example)
    desk = window.desk
    qtbot.waitUntil(lambda: desk.has_rows and not desk.is_busy, timeout=15_000)
    assert not window.progress.isVisible()
    assert not [timer for timer in window.progress.findChildren(QTimer) if timer.isActive()]


def test_a_window_that_is_closed_at_its_first_paint_leaves_without_a_word(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
):
    window = make_window(qapp, tmp_path / "venster.json")
    with qtbot.captureExceptions() as surprises:
        window.show()
        assert window.close()
    assert surprises == []
    window.deleteLater()


def running_timers() -> int:
    """Return how many timers still run."""
    timers = [item for item in gc.get_objects() if isinstance(item, QTimer) and shiboken6.isValid(item)]
    return sum(timer.isActive() for timer in timers)


def show(window: MainWindow, keys: Keys, qtbot: QtBot, place: str) -> None:
    """Go to a screen by its key, or by the keys that lead there."""
    for key in WAYS.get(place, (place,)):
        keys.press(key)
        settle(qtbot, window)


def controls(window: MainWindow) -> list[QWidget]:
    """Return what a person can use of what is seen now."""
    inner = {part.viewport() for part in window.findChildren(QAbstractScrollArea)}
    return [
        part
        for part in window.findChildren(QWidget)
        if part.isVisible() and part.isEnabled() and part.focusPolicy() != Qt.FocusPolicy.NoFocus
        if part not in inner and not isinstance(part.parentWidget(), QComboBox) and part.focusProxy() is None
    ]


def name_of(part: QWidget) -> str:
    """Return what a screen reader says; of a choice its own name, because there its value stands for the name."""
    if part.accessibleName():
        return part.accessibleName()
    if isinstance(part, QComboBox):
        return ""
    interface = QAccessible.queryAccessibleInterface(part)
    return interface.text(QAccessible.Text.Name)


def described(part: QWidget) -> str:
    parents: list[str] = []
    here: QWidget | None = part
    while here is not None and len(parents) < 4:
        parents.append(f"{type(here).__name__}#{here.objectName()}")
        here = here.parentWidget()
    return " in ".join(parents)
