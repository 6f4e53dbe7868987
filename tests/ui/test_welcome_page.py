"""The first screen: three ways to begin, the registers of before, everything by keys."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import bootstrap
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import type_path_when_asked, when_asked
from ui.main_window import MainWindow


@pytest.fixture(autouse=True)
def begins_at_the_settings(tmp_path: Path) -> Path:
    """What is tested here is no matter of a screen; this one needs least. Returns the file with the state."""
    state = tmp_path / "settings" / "venster.json"
    state.parent.mkdir()
    state.write_text('{"screen": "GO_SETTINGS"}', encoding="utf-8")
    return state


def order_of(window: MainWindow, keys: Keys) -> list[str]:
    """Return the names of what Tab reaches on the screen, from where the focus is."""
    names: list[str] = []
    part = QApplication.focusWidget()
    while part is not None and window.welcome.isAncestorOf(part):
        names.append(part.accessibleName())
        keys.press("Tab")
        part = QApplication.focusWidget()
    return names


def cards(window: MainWindow) -> list[QWidget]:
    buttons = [found for found in window.welcome.findChildren(QPushButton) if found.property("kind") == "primary"]
    return [card for button in buttons if (card := button.parentWidget())]


def test_the_tab_order_is_the_reading_order_and_the_three_choices_are_alike(
    open_window: Open, keys: Keys, tmp_path: Path, begins_at_the_settings: Path
) -> None:
    kept, gone = tmp_path / "een.tredewijzer", tmp_path / "weg" / "twee.tredewijzer"
    kept.write_bytes(b"")
    begins_at_the_settings.write_text(json.dumps({"recent": [str(gone)]}), encoding="utf-8")
    window = open_window(None)
    window.welcome.show_recent([kept, gone])
    assert order_of(window, keys) == [
        "Voorbeeld bekijken",
        "Leeg beginnen",
        "Spreadsheet importeren",
        "Register een openen",
        "Bestaand register openen…",
    ]
    for size in ((1100, 640), (1440, 900)):
        window.resize(*size)
        QApplication.processEvents()
        found = cards(window)
        assert len({(card.height(), card.y()) for card in found}) == 1
        assert max(card.width() for card in found) - min(card.width() for card in found) <= 1


def test_a_register_that_is_gone_is_named_but_cannot_be_opened(
    open_window: Open, begins_at_the_settings: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "weg" / "oud.tredewijzer"
    impossible = ["a" * 5_000, "a\0b", "", "\ud800", "/"]
    begins_at_the_settings.write_text(json.dumps({"recent": [str(gone), *impossible]}), encoding="utf-8")
    window = open_window(None)
    button = next(
        found
        for found in window.welcome.findChildren(QPushButton)
        if found.accessibleName() == "Register oud bestaat niet meer"
    )
    assert not button.isEnabled()
    assert button.toolTip() == str(gone)


def test_ctrl_o_asks_for_a_file_and_opens_it(qtbot: QtBot, open_window: Open, example: Path, keys: Keys) -> None:
    window = open_window(None)
    type_path_when_asked(window, keys, example)
    keys.press("Ctrl+O")
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=15_000)
    assert window.desk is not None
    assert window.desk.path == example


def test_a_file_dialog_that_is_closed_changes_nothing(open_window: Open, keys: Keys) -> None:
    window = open_window(None)
    when_asked(window, QFileDialog, lambda _dialog: keys.press("Escape"))
    keys.press("Ctrl+O")
    assert window.stack.currentWidget() is window.welcome
    assert window.desk is None


def test_an_empty_register_is_made_where_the_user_says(
    qtbot: QtBot, open_window: Open, keys: Keys, tmp_path: Path
) -> None:
    window = open_window(None)
    keys.press("Tab")
    type_path_when_asked(window, keys, tmp_path / "Inkoop é € ł 2026")
    keys.press("Space")
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=15_000)
    assert window.desk is not None
    assert window.desk.path == tmp_path / "Inkoop é € ł 2026.tredewijzer"
    assert window.desk.rows == []
    assert window.state.recent_registers() == [window.desk.path]


def test_the_example_is_made_and_shown_with_its_suppliers(
    qtbot: QtBot, open_window: Open, keys: Keys, tmp_path: Path
) -> None:
    window = open_window(None)
    type_path_when_asked(window, keys, tmp_path / "proef")
    keys.press("Space")
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=60_000)
    assert window.desk is not None
    assert len(window.desk.rows) > 100
    assert type(window.stack.currentWidget()).__name__ == "SuppliersPage"


def test_a_register_is_never_made_over_another_one(qtbot: QtBot, open_window: Open, keys: Keys, tmp_path: Path) -> None:
    path = tmp_path / "bestaat.tredewijzer"
    bootstrap.make_register(path).close()
    before = path.read_bytes()
    window = open_window(None)
    window.welcome.wanted_empty.emit(path)
    qtbot.waitUntil(lambda: "bestaat al; het is niet overschreven" in window.notice.words)
    assert path.read_bytes() == before


def test_a_pasted_book_in_the_file_dialog_is_refused_in_words(
    qtbot: QtBot, open_window: Open, keys: Keys, tmp_path: Path
) -> None:
    window = open_window(None)
    window.welcome.wanted_empty.emit(tmp_path / ("é" * 100_000))
    qtbot.waitUntil(lambda: "kan niet worden geopend" in window.notice.words)
    assert window.stack.currentWidget() is window.welcome
