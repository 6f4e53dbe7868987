"""The phone rings: a later start brings the window forward with who calls, and nothing that was typed is lost."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from app.base import logs
from tests.conftest import ExpectedLog
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import part, tab_to_field, when_asked
from ui.base import waiting_call
from ui.base.page import Page
from ui.base.wish import Wish
from ui.dialogs import ask
from ui.main import begin, open_log, start
from ui.main_window import MainWindow
from ui.pages.look_up_card import LookUpCard
from ui.pages.look_up_note import NoteEdit
from ui.pages.look_up_page import LookUpPage
from ui.pages.settings_page import SettingsPage
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.search_box import SearchBox

ROOT = Path(__file__).resolve().parents[2]
MAASDAL, NUMBER = "Bouwbedrijf Maasdal B.V.", "+31 (0)475/02.30.45"
WAITS = f"Er belt: {MAASDAL} ({NUMBER}). Ctrl+K toont deze leverancier."

Ring = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def ring(own_home: Path) -> Iterator[Ring]:
    """Start the program a second time, as a phone program does; the settings are those of the test's home."""
    started: list[subprocess.Popen[str]] = []

    def call(*arguments: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "ui", *arguments],
            cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield call
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def running(qtbot: QtBot, qapp: QApplication, own_home: Path) -> Iterator[Callable[..., MainWindow]]:
    """The program as it runs, where a second start looks for it."""
    made = []

    def run(path: Path | None, *, screen: str = "GO_SUPPLIERS", call: str = "") -> MainWindow:
        state = own_home / "config" / "tredewijzer" / "venster.json"
        state.parent.mkdir(parents=True)
        state.write_text(f'{{"screen": "{screen}"}}', encoding="utf-8")
        started = start(path, state, call=call)
        assert started is not None
        _app, window, instance = started
        made.append(started)
        instance.listen()
        begin(window, path, call=call)
        if path:
            qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=15_000)
        return window

    yield run
    for _app, window, instance in made:
        window.close()
        window.deleteLater()
        instance.close()


def shows(window: MainWindow, name: str) -> bool:
    """Whether the phone screen is there with the card of that supplier."""
    page = window.stack.currentWidget()
    if not isinstance(page, LookUpPage):
        return False
    card = page.findChild(LookUpCard)
    label = card.findChild(ElidedLabel) if card else None
    return label is not None and label.text() == name


def box_of(window: MainWindow) -> SearchBox:
    page = window.stack.currentWidget()
    assert isinstance(page, LookUpPage)
    return part(page, SearchBox)


@pytest.mark.skipif(sys.platform != "linux", reason="the second start finds the test's settings by XDG_CONFIG_HOME")
@pytest.mark.parametrize(
    "arguments",
    [
        ["--call", "0475023045"],
        ["--call", "0475-02", "30", "45"],
        ["tredewijzer:call?number=%2B31%20475%20023045"],
        ["--call", "tel:+31-475-023045;ext=1"],
    ],
)
def test_a_second_start_brings_the_window_forward_with_the_card_of_the_caller(
    qtbot: QtBot, running: Callable[..., MainWindow], ring: Ring, example: Path, arguments: list[str]
) -> None:
    window = running(example)
    window.showMinimized()
    other = ring(*arguments)
    qtbot.waitUntil(lambda: shows(window, MAASDAL), timeout=20_000)
    assert not window.isMinimized()
    qtbot.waitUntil(lambda: window.isActiveWindow(), timeout=5_000)
    assert isinstance(QApplication.focusWidget(), NoteEdit)
    qtbot.waitUntil(lambda: other.poll() == 0, timeout=20_000)
    assert other.communicate() == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="the second start finds the test's settings by XDG_CONFIG_HOME")
def test_what_is_no_number_only_brings_the_window_forward_with_one_line_in_the_log(
    qtbot: QtBot, running: Callable[..., MainWindow], ring: Ring, example: Path, own_home: Path
) -> None:
    window = running(example)
    window.showMinimized()
    other = ring('tredewijzer:call?number=0475023045" --register "geheim')
    qtbot.waitUntil(lambda: other.poll() == 0, timeout=20_000)
    qtbot.waitUntil(lambda: not window.isMinimized(), timeout=5_000)
    assert other.communicate() == ("", "")
    assert window.notice.words == ""
    assert not isinstance(window.stack.currentWidget(), LookUpPage)
    (log,) = own_home.rglob("tredewijzer.log")
    (line,) = log.read_text(encoding="utf-8").splitlines()
    assert line.endswith("WARNING ui.main: the call that the program was started with is no number")


def test_a_first_start_that_leaves_a_call_out_says_so_once(
    tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch, expected_log: ExpectedLog,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setattr(logs, "write_to", lambda _folder: None)
    expected_log("is no number")
    open_log(Wish(tmp_path / "x.tredewijzer"))
    assert caplog.records == []
    open_log(Wish(is_faulty=True))
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_the_first_start_opens_the_last_register_and_then_shows_who_calls(
    qtbot: QtBot, running: Callable[..., MainWindow], example: Path
) -> None:
    window = running(example, call=NUMBER)
    qtbot.waitUntil(lambda: shows(window, MAASDAL), timeout=15_000)
    assert box_of(window).text() == NUMBER
    assert window.notice.words == ""


def test_a_call_with_another_register_opens_that_one_first(
    qtbot: QtBot, open_window: Open, example: Path, tmp_path: Path, keys: Keys
) -> None:
    window = open_window(example)
    other = tmp_path / "ander.tredewijzer"
    other.write_bytes(example.read_bytes())
    window.take_wish(Wish(other, NUMBER))
    qtbot.waitUntil(lambda: shows(window, MAASDAL), timeout=15_000)
    assert window.desk is not None
    assert window.desk.path == other


def test_a_call_waits_until_a_register_is_open(qtbot: QtBot, open_window: Open, example: Path) -> None:
    window = open_window(None)
    window.take_call("0475-99 99 99")
    window.take_call(NUMBER)
    assert window.notice.words == f"Er belt iemand: {NUMBER}. Open een register om te zien wie."
    window.open_register(example.with_name("weg.tredewijzer"))
    qtbot.waitUntil(lambda: window.desk is None, timeout=10_000)
    assert window.notice.words == f"Er belt iemand: {NUMBER}. Open een register om te zien wie."
    window.open_register(example)
    qtbot.waitUntil(lambda: shows(window, MAASDAL), timeout=15_000)
    assert window.notice.words == ""


@pytest.mark.parametrize("wanted", ["same", "other"])
def test_a_screen_with_unsaved_words_keeps_them_and_the_call_waits(
    qtbot: QtBot, open_window: Open, example: Path, tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch,
    wanted: str,
) -> None:  # fmt: skip
    window = open_window(example)
    keys.press("Ctrl+7")
    field = tab_to_field(keys, "city")
    keys.type("Roer")
    asked: list[str] = []
    monkeypatch.setattr(ask, "confirm", lambda _parent, title, *_words, **_more: asked.append(title))
    window.take_wish(Wish(example if wanted == "same" else tmp_path / "ander.tredewijzer", NUMBER))
    keys.type("mond")
    assert asked == [], "who types would answer without having read it"
    assert window.notice.words == WAITS
    assert isinstance(window.stack.currentWidget(), SettingsPage)
    assert field.property("text") == "Roermond"
    # Who wants to leave is asked as ever, and may stay.
    keys.press("Ctrl+K")
    assert asked == ["Niet opgeslagen"]
    assert field.property("text") == "Roermond"
    # Saving says something else in its place; the call waits all the same.
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: window.notice.words == "Instellingen opgeslagen.", timeout=10_000)
    keys.press("Ctrl+K")
    assert shows(window, MAASDAL)
    # It was shown: the next time the box is for somebody else.
    keys.press("Escape", "Escape", "Ctrl+2", "Ctrl+K")
    assert box_of(window).text() == ""


@pytest.mark.parametrize(
    ("way", "field"),
    [(("Ctrl+N",), "name"), (("Ctrl+3", "Ctrl+G"), "reason"), (("Ctrl+6",), "grace_days")],
    ids=["supplier", "work", "policy"],
)
def test_every_form_with_unsaved_words_keeps_the_keyboard(
    open_window: Open, example: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch, way: tuple[str, ...], field: str
) -> None:
    window = open_window(example)
    keys.press(*way)
    page = window.stack.currentWidget()
    assert isinstance(page, Page)
    tab_to_field(keys, field)
    keys.type("1")
    focused = QApplication.focusWidget()
    assert page.holds_typing
    window.take_call(NUMBER)
    assert (window.stack.currentWidget(), QApplication.focusWidget()) == (page, focused)
    assert window.notice.words == WAITS
    monkeypatch.setattr(ask, "confirm", lambda *_words, **_more: True)


def test_a_caller_with_a_part_of_the_number_is_nobody_the_register_knows(
    qtbot: QtBot, open_window: Open, example: Path, keys: Keys
) -> None:
    window = open_window(example)
    keys.press("Ctrl+7")
    tab_to_field(keys, "city")
    keys.type("Roermond")
    window.take_call("0475-0230")
    assert window.notice.words == "Er belt iemand: 0475-0230. Ctrl+K toont wie."
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: window.notice.words == "Instellingen opgeslagen.", timeout=10_000)


def test_a_file_dialog_stays_with_what_was_typed_in_it_and_the_notice_has_the_key(
    qtbot: QtBot, open_window: Open, example: Path, keys: Keys
) -> None:
    window = open_window(example)
    keys.press("Ctrl+5")
    seen: list[str] = []
    labels: list[str] = []

    def answer(dialog: QFileDialog) -> None:
        keys.type("half een naam")
        window.take_wish(Wish(example.with_name("ander.tredewijzer"), NUMBER))
        seen.extend(name.rpartition("/")[2] for name in dialog.selectedFiles())
        labels.extend(label.text() for label in dialog.findChildren(QLabel))
        keys.press("Escape")

    done = when_asked(window, QFileDialog, answer)
    keys.press("Ctrl+L")
    qtbot.waitUntil(done)
    assert seen == ["half een naam"]
    assert labels == ["Zoeken &in:", "Bestands&naam:", "Bestands&type:"]
    assert window.desk is not None
    assert window.desk.path == example
    assert window.notice.words == WAITS
    qtbot.waitUntil(window.isActiveWindow)
    window.notice.findChildren(QLabel)[0].setFocus()
    keys.press("Ctrl+K")
    assert shows(window, MAASDAL)
    assert window.notice.words == ""


def test_a_menu_that_is_open_makes_room_for_the_caller(
    qtbot: QtBot, open_window: Open, example: Path, keys: Keys
) -> None:
    window = open_window(example)
    QTimer.singleShot(200, window, lambda: window.take_call(NUMBER))
    keys.press("F10")
    assert QApplication.activePopupWidget() is None
    assert shows(window, MAASDAL)


def test_a_call_of_long_ago_does_not_fill_the_box(
    qtbot: QtBot, open_window: Open, example: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(example)
    keys.press("Ctrl+7")
    tab_to_field(keys, "city")
    keys.type("Roermond")
    window.take_call(NUMBER)
    qtbot.waitUntil(lambda: window.notice.words == WAITS)
    monkeypatch.setattr(ask, "confirm", lambda *_words, **_more: True)
    monkeypatch.setattr(waiting_call, "_WAITS_S", -1)
    keys.press("Ctrl+K")
    assert box_of(window).text() == ""


def test_a_number_that_nobody_has_stands_in_the_box_to_go_on_with(
    qtbot: QtBot, open_window: Open, example: Path, keys: Keys
) -> None:
    window = open_window(example)
    window.take_call("0900-1234567")
    assert box_of(window).text() == "0900-1234567"
    qtbot.waitUntil(lambda: box_of(window).hasFocus(), timeout=5_000)
    keys.type("maasdal")
    assert shows(window, MAASDAL)
