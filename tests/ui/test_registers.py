"""A register that is gone, in use, damaged or too new is told in words, and nothing is lost."""

import errno
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.services.list_suppliers import list_suppliers
from app.storage import database, migrations
from app.storage.driver import DatabaseError, connect
from tests.keyboard import Keys
from tests.ui.conftest import TODAY, Open
from ui.base.actions import Act
from ui.main_window import MainWindow

Spoil = Callable[[Path], None]


@pytest.fixture(autouse=True)
def begins_at_the_settings(tmp_path: Path) -> None:
    """What is tested here is no matter of a screen; this one needs least."""
    state = tmp_path / "settings" / "venster.json"
    state.parent.mkdir()
    state.write_text('{"screen": "GO_SETTINGS"}', encoding="utf-8")


def _pages(path: Path, first: int, count: int) -> None:
    content = bytearray(path.read_bytes())
    content[first * 4096 : (first + count) * 4096] = random.Random(1).randbytes(count * 4096)
    path.write_bytes(content)


def _remove(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _rubbish(path: Path) -> None:
    path.write_bytes(random.Random(2).randbytes(50_000))


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 3 * 4096 + 100])


def _scramble_schema(path: Path) -> None:
    _pages(path, 1, 12)


def _scramble_middle(path: Path) -> None:
    _pages(path, 20, path.stat().st_size // 4096 - 21)


def _newer(path: Path) -> None:
    other = connect(str(path))
    other.execute(f"PRAGMA user_version = {migrations.NEWEST + 1}")
    other.conn.close()


def _foreign(path: Path) -> None:
    path.unlink()
    other = connect(str(path))
    other.execute("CREATE TABLE notes (text)")
    other.conn.close()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def said(window: MainWindow) -> str:
    """Return all that the window tells a reader now."""
    labels = [label.text() for label in window.welcome.findChildren(QLabel) if label.isVisible()]
    return " ".join([*labels, window.notice.words])


def open_badly(
    open_window: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[MainWindow, list[BaseException]]:
    """Open a register that is no good; return the window and the errors it took for bugs of its own."""
    window = open_window(None)
    bugs: list[BaseException] = []
    monkeypatch.setattr(MainWindow, "show_crash", lambda _window, error: bugs.append(error))
    window.open_register(path)
    return window, bugs


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_remove, "bestaat niet. Kijk of de naam klopt. Een nieuw register maakt u op het eerste scherm"),
        (_empty, "het is leeg"),
        (_rubbish, "is geen register van Tredewijzer"),
        (_truncate, "is beschadigd. Er is niets veranderd"),
        (_scramble_schema, "is beschadigd. Er is niets veranderd"),
        (_scramble_middle, "is beschadigd. Er is niets veranderd"),
        (_newer, "nieuwere versie van Tredewijzer"),
        (_foreign, "databank van een ander programma"),
        (_folder, "is een map, geen register"),
    ],
)
def test_a_register_that_is_no_good_is_refused_in_words_and_left_as_it_is(
    qtbot: QtBot, open_window: Open, example: Path, monkeypatch: pytest.MonkeyPatch, spoil: Spoil, words: str
) -> None:
    spoil(example)
    before = example.read_bytes() if example.is_file() else None
    window, bugs = open_badly(open_window, example, monkeypatch)
    qtbot.waitUntil(lambda: words in said(window), timeout=15_000)
    assert bugs == []
    window.close()
    assert (example.read_bytes() if example.is_file() else None) == before


def test_a_name_that_no_system_takes_is_refused_too(
    qtbot: QtBot, open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a" * 5_000, "a\0b", "\ud800"):
        window, bugs = open_badly(open_window, tmp_path / name, monkeypatch)
        qtbot.waitUntil(lambda: window.desk is None and "Kijk of de naam klopt" in said(window))  # noqa: B023
        assert bugs == []


def test_a_register_in_use_is_opened_for_reading_when_the_user_wants_that(
    qtbot: QtBot, open_window: Open, example: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = bootstrap.open_register(example, to_write=True, by="Sanne")
    try:
        window, bugs = open_badly(open_window, example, monkeypatch)
        qtbot.waitUntil(lambda: "is in gebruik: Sanne, sinds" in said(window))
        focused = window.focusWidget()
        assert isinstance(focused, QPushButton)
        assert focused.text() == "Alleen lezen"
        keys.press("Space")
        qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=15_000)
        assert window.desk is not None
        assert len(window.desk.rows) == len(list_suppliers(holder, on=TODAY))
        window.go(Act.GO_SETTINGS)
        assert "alleen te lezen" in " ".join(label.text() for label in window.findChildren(QLabel))
        window.desk.write(lambda register, _progress: None, what="Iets", owner=window)
        assert window.notice.words == "Dit register is alleen te lezen; er is niets veranderd. Open het opnieuw."
        keys.press("Ctrl+Z")
        assert bugs == []
    finally:
        holder.close()


def test_a_register_on_a_network_drive_is_only_read(
    qtbot: QtBot, open_window: Open, example: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "network_place", lambda _path: "een netwerkschijf (Z:)")
    window, bugs = open_badly(open_window, example, monkeypatch)
    qtbot.waitUntil(lambda: "staat op een netwerkschijf (Z:). Daar kan het beschadigen" in said(window))
    keys.press("Space")
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=15_000)
    assert window.desk is not None
    assert not window.desk.can_write
    assert bugs == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "mag niet worden geschreven. Er is niets veranderd."),
        (errno.EACCES, "mag niet worden geschreven. Er is niets veranderd."),
        (errno.ENOSPC, "kon niet worden geschreven: de schijf is vol."),
        (errno.EIO, "kon niet worden geschreven: het systeem gaf fout 5."),
    ],
)
def test_a_register_where_nothing_may_be_written_is_refused_in_dutch_and_only_read(
    qtbot: QtBot, open_window: Open, example: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch, number: int,
    words: str,
) -> None:  # fmt: skip
    really_open = os.open

    def refuse(path: str | Path, *how: int, **more: int) -> int:
        if str(path).endswith(".slot"):
            raise OSError(number, os.strerror(number))
        return really_open(path, *how, **more)

    monkeypatch.setattr(os, "open", refuse)
    window, bugs = open_badly(open_window, example, monkeypatch)
    qtbot.waitUntil(lambda: words in said(window))
    assert os.strerror(number) not in said(window)
    keys.press("Space")
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=15_000)
    assert window.desk is not None
    assert not window.desk.can_write
    assert bugs == []


def test_damage_that_shows_while_reading_is_said_and_the_register_stays_open(
    qtbot: QtBot, open_window: Open, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(example)
    bugs: list[BaseException] = []
    monkeypatch.setattr(MainWindow, "show_crash", lambda _window, error: bugs.append(error))
    assert window.desk is not None

    def broken(register: object, _progress: object) -> None:
        raise DatabaseError("database disk image is malformed")

    window.desk.read(broken, what="Lezen", owner=window, done=lambda _nothing: None)
    qtbot.waitUntil(lambda: "is beschadigd" in window.notice.words)
    window.notice.hide()
    # And where a screen reads by itself, in answer to a key.
    window.report(DatabaseError("database disk image is malformed"))
    assert "Maak een kopie van het bestand en zet een reservekopie terug." in window.notice.words
    assert bugs == []
    assert window.desk.is_ready


def test_closing_while_something_is_written_leaves_it_whole_or_absent(
    qtbot: QtBot, open_window: Open, example: Path
) -> None:
    window = open_window(example)
    assert window.desk is not None
    begun: list[int] = []

    def work(register, progress):
        with register.operation("edit", "half"):
            for number in range(100_000):
                begun.append(number)
                progress.step(number, 100_000, "Bezig")
                register.call_notes.list_all()

    window.desk.write(work, what="Schrijven", owner=window)
    qtbot.waitUntil(lambda: bool(begun))
    window.close()
    assert window.desk is None
    with bootstrap.opened(example, to_write=True) as register:
        last = register.history.last()
        assert last is None or last.label != "half"
        assert register.integrity_problems() == ()


def test_ctrl_o_shows_the_first_screen_esc_comes_back_and_the_register_can_be_opened_again(
    qtbot: QtBot, open_window: Open, example: Path, keys: Keys
) -> None:
    window = open_window(example)
    shown = window.stack.currentWidget()
    keys.press("Ctrl+O")
    assert window.stack.currentWidget() is window.welcome
    keys.press("Escape")
    assert window.stack.currentWidget() is shown
    keys.press("Ctrl+O")
    button = next(
        found for found in window.welcome.findChildren(QPushButton)
        if found.accessibleName() == f"Register {example.stem} openen"
    )  # fmt: skip
    while QApplication.focusWidget() is not button:
        keys.press("Tab")
    keys.press("Space")
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=15_000)
    assert window.windowState() == Qt.WindowState.WindowNoState
