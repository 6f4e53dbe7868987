"""Suppliers that are there twice, merged or told apart by keys."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.services import record
from app.services.find_duplicates import Duplicate
from app.services.look_up import look_up
from tests.keyboard import Keys
from tests.ui.conftest import TODAY, Open
from tests.ui.steps import part, words_on
from ui.base.actions import Act
from ui.base.desk import Desk
from ui.main_window import MainWindow
from ui.pages.duplicates_page import DuplicatesPage
from ui.widgets.row_table import RowTable

PATIENCE = 15_000


@pytest.fixture
def doubled(example: Path) -> Path:
    """An example register with its first supplier twice: without KvK number, under another own number."""
    with bootstrap.opened(example, to_write=True) as register:
        first = min(register.suppliers.list_all("name"), key=lambda one: (not one.kvk, not one.phone, one.name))
        record.add(register, replace(first, id="twin", kvk="", own_number="99001", name=f"{first.name} (dubbel)",
                                     email="info@dubbel.example"))  # fmt: skip
    return example


def desk_of(window: MainWindow) -> Desk:
    assert window.desk is not None
    return window.desk


def pairs_of(window: MainWindow) -> RowTable:
    page = window.stack.currentWidget()
    assert isinstance(page, DuplicatesPage)
    return part(page, RowTable, "duplicates")


def begin(window: MainWindow, keys: Keys, qtbot: QtBot) -> Duplicate:
    """Go to the pairs, and wait until they were found."""
    keys.press("Ctrl+2", "Ctrl+Shift+D")
    qtbot.waitUntil(lambda: bool(pairs_of(window).rows_model.rows) and not desk_of(window).is_busy, timeout=PATIENCE)
    pair = pairs_of(window).current_row()
    assert isinstance(pair, Duplicate)
    qtbot.waitUntil(lambda: window.bound_actions()[Act.MERGE].isEnabled(), timeout=PATIENCE)
    return pair


def keys_of(window: MainWindow) -> list[tuple[str, str]]:
    return [pair.key for pair in pairs_of(window).rows_model.rows]


def test_a_pair_is_looked_at_and_merged_by_keys_and_ctrl_z_brings_both_back(
    open_window: Open, keys: Keys, qtbot: QtBot, doubled: Path
):
    window = open_window(doubled)
    desk, everyone = desk_of(window), len(desk_of(window).rows)
    pair = begin(window, keys, qtbot)
    assert "twin" in pair.key
    assert "zelfde telefoon" in words_on(window.stack)
    assert "ander eigen nummer" in words_on(window.stack)
    keys.press("Return")
    choices = part(window.stack.currentWidget(), RowTable, "duplicates.choices")
    assert QApplication.focusWidget() is choices
    while choices.current_row().choice.key != "own_number":
        keys.press("Down")
    assert choices.rows_model.data(choices.currentIndex().siblingAtColumn(3)) == pair.first.own_number
    keys.press("Space")
    assert choices.rows_model.data(choices.currentIndex().siblingAtColumn(3)) == "99001"
    keys.press("Escape")
    assert QApplication.focusWidget() is pairs_of(window)
    keys.press("Ctrl+Return")
    qtbot.waitUntil(lambda: len(desk.rows) == everyone - 1 and not desk.is_busy, timeout=PATIENCE)
    assert "Samengevoegd" in window.notice.words
    assert pair.key not in keys_of(window)
    kept = desk.register.suppliers.get(pair.first.id)
    assert (kept.own_number, kept.kvk) == ("99001", pair.first.kvk)
    (hit, *_) = look_up(desk.register, "info@dubbel.example", on=TODAY)
    assert hit.match.supplier_id == kept.id
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: len(desk.rows) == everyone and not desk.is_busy, timeout=PATIENCE)
    qtbot.waitUntil(lambda: pairs_of(window).current_key() == pair.key, timeout=PATIENCE)
    assert desk.register.suppliers.get(pair.first.id) == pair.first


def test_after_the_last_pair_the_same_key_takes_nothing_back(
    open_window: Open, keys: Keys, qtbot: QtBot, doubled: Path
):
    window = open_window(doubled)
    desk, everyone = desk_of(window), len(desk_of(window).rows)
    begin(window, keys, qtbot)
    while pairs_of(window).rows_model.rows:
        qtbot.waitUntil(lambda: window.bound_actions()[Act.TWO_FIRMS].isEnabled(), timeout=PATIENCE)
        keys.press("Ctrl+T", "Ctrl+T")
        qtbot.waitUntil(lambda: not desk.is_busy, timeout=PATIENCE)
    told = window.notice.words
    assert window.stack.currentWidget() is QApplication.focusWidget()
    qtbot.waitUntil(lambda: not window.bound_actions()[Act.MERGE].isEnabled(), timeout=PATIENCE)
    keys.press("Ctrl+Return", "Ctrl+T", "Return")
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=PATIENCE)
    assert (len(desk.rows), window.notice.words) == (everyone, told)
    assert "Twee bedrijven" in told


def test_who_says_that_these_are_two_sees_the_pair_no_more(open_window: Open, keys: Keys, qtbot: QtBot, doubled: Path):
    window = open_window(doubled)
    pair = begin(window, keys, qtbot)
    keys.press("Ctrl+T")
    qtbot.waitUntil(lambda: "Twee bedrijven" in window.notice.words, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not desk_of(window).is_busy, timeout=PATIENCE)
    assert pair.key not in keys_of(window)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: pair.key in keys_of(window), timeout=PATIENCE)


def test_two_suppliers_that_are_ticked_stand_in_front_however_little_they_are_alike(
    open_window: Open, keys: Keys, qtbot: QtBot, doubled: Path
):
    window = open_window(doubled)
    keys.press("Ctrl+2", "Home", "Space", "Down", "Down", "Space")
    assert "2 samenvoegen" in window.bound_actions()[Act.DUPLICATES].text()
    ticked = {row.supplier_id for row in desk_of(window).rows[0:3:2]}
    keys.press("Ctrl+Shift+D")
    qtbot.waitUntil(lambda: not desk_of(window).is_busy, timeout=PATIENCE)
    pairs = pairs_of(window)
    assert {*pairs.current_key()} == ticked
    assert len(pairs.rows_model.rows) > 1
    keys.press("Escape")
    assert "Leveranciers" in words_on(window.stack)


def test_a_register_without_duplicates_says_so(open_window: Open, keys: Keys, qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "leeg.tredewijzer"
    bootstrap.make_register(path).close()
    window = open_window(path)
    keys.press("Ctrl+2", "Ctrl+Shift+D")
    qtbot.waitUntil(lambda: "Geen leveranciers gevonden die op elkaar lijken" in words_on(window.stack))
    keys.press("Escape")
    assert not isinstance(window.stack.currentWidget(), DuplicatesPage)
