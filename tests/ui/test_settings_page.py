"""The settings: typed by keys, checked while typing, saved with one key, taken back with another."""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.base import places
from app.domain.letter import LetterSettings
from app.services.change_settings import change_settings, get_settings
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import press_when_asked, tab_to_field, words_on
from ui.base import theme, tokens
from ui.dialogs import ask
from ui.main_window import MainWindow
from ui.pages.settings_page import SettingsPage
from ui.widgets.sheet_view import SheetView


@pytest.fixture
def opened(open_window: Open, example: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The window at the settings; nothing is asked when it is closed after the test."""
    window = open_window(example)
    keys.press("Ctrl+7")
    assert isinstance(window.stack.currentWidget(), SettingsPage)
    yield window
    monkeypatch.setattr(ask, "confirm", lambda *_question, **_words: True)


def stored(window: MainWindow) -> LetterSettings:
    assert window.desk is not None
    return get_settings(window.desk.register, LetterSettings)


def sheet_of(window: MainWindow) -> SheetView:
    page = window.stack.currentWidget()
    found = page.findChild(SheetView) if page else None
    assert isinstance(found, SheetView)
    return found


def test_what_is_typed_is_saved_with_one_key_and_taken_back_with_another(
    qtbot: QtBot, opened: MainWindow, keys: Keys
) -> None:
    before = stored(opened)
    tab_to_field(keys, "team")
    keys.press("Ctrl+A")
    keys.type("Inkoop é € ł 🦉")
    keys.press("Tab")
    keys.type(" 088 \u2013 1 ")
    tab_to_field(keys, "offset_down_mm")
    keys.press("Ctrl+A")
    keys.type("2,5")
    keys.press("Ctrl+S")
    wanted = replace(before, team="Inkoop é € ł 🦉", phone="088 \u2013 1", offset_down_mm=2.5)
    qtbot.waitUntil(lambda: stored(opened) == wanted)
    qtbot.waitUntil(lambda: opened.notice.words == "Instellingen opgeslagen.")
    assert "Nog niet opgeslagen" not in words_on(opened.stack)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: stored(opened) == before)
    qtbot.waitUntil(lambda: "Ongedaan gemaakt: Instellingen gewijzigd" in opened.notice.words)
    field = tab_to_field(keys, "team")
    assert isinstance(field, QLineEdit)
    assert field.text() == before.team


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("reply_days", "0", "Vul minstens 1 in."),
        ("reply_days", "366", "Vul hoogstens 365 in."),
        ("reply_days", "14,5", "Vul een heel getal in."),
        ("certified_months", "1e400", "Dit is geen getal."),
        ("offset_right_mm", "links", "Dit is geen getal."),
        ("offset_right_mm", "", "Vul een getal in."),
    ],
)
def test_a_number_that_cannot_be_is_refused_in_words_and_stays_as_typed(
    opened: MainWindow, keys: Keys, name: str, typed: str, words: str
) -> None:
    before = stored(opened)
    tab_to_field(keys, "city")
    keys.type("Roermond")
    field = tab_to_field(keys, name)
    keys.press("Ctrl+A", "Delete")
    keys.type(typed)
    assert words in words_on(opened.stack)
    tab_to_field(keys, "organisation")
    keys.press("Ctrl+S")
    assert opened.notice.words == f"{words} Er is niets opgeslagen."
    assert opened.focusWidget() is field
    assert isinstance(field, QLineEdit)
    assert field.text() == typed
    assert stored(opened) == before


def test_what_looks_wrong_is_said_while_typing_and_may_be_saved(qtbot: QtBot, opened: MainWindow, keys: Keys) -> None:
    tab_to_field(keys, "email")
    keys.type("inkoop")
    tab_to_field(keys, "kvk")
    keys.type("1234567")
    assert "Een e-mailadres heeft een @." in words_on(opened.stack)
    assert "Misschien viel een nul weg: 01234567?" in words_on(opened.stack)
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: stored(opened).email == "inkoop")


def test_leaving_with_unsaved_words_asks_and_keeps_them_unless_told_otherwise(
    qtbot: QtBot, opened: MainWindow, keys: Keys
) -> None:
    tab_to_field(keys, "city")
    keys.type("Roermond")
    asked = press_when_asked(opened, keys, "Escape")
    keys.press("Ctrl+2")
    assert "nog niet opgeslagen" in asked[0]
    page = opened.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    field = tab_to_field(keys, "city")
    assert isinstance(field, QLineEdit)
    assert field.text() == "Roermond"
    press_when_asked(opened, keys, "Return")
    assert not opened.close()
    qtbot.waitUntil(opened.isActiveWindow)
    press_when_asked(opened, keys, "Tab", "Space")
    keys.press("Ctrl+2")
    assert opened.stack.currentWidget() is not page
    keys.press("Ctrl+7")
    assert field.text() == stored(opened).city


def test_escape_puts_back_what_was_stored_when_the_user_is_sure(opened: MainWindow, keys: Keys) -> None:
    field = tab_to_field(keys, "letterhead")
    assert isinstance(field, QPlainTextEdit)
    keys.type("Postbus 1")
    press_when_asked(opened, keys, "Return")
    keys.press("Escape")
    assert field.toPlainText() == "Postbus 1"
    press_when_asked(opened, keys, "Tab", "Space")
    keys.press("Escape")
    assert field.toPlainText() == ""


def test_a_change_elsewhere_is_shown_and_leaves_alone_what_is_being_typed(
    qtbot: QtBot, opened: MainWindow, keys: Keys
) -> None:
    assert opened.desk is not None
    field = tab_to_field(keys, "city")
    keys.type("Weert")
    new = replace(stored(opened), team="Sociaal inkopen", city="Venlo")
    opened.desk.write(lambda register, _: change_settings(register, new), what="Elders", owner=opened)
    qtbot.waitUntil(lambda: stored(opened).city == "Venlo")
    assert isinstance(field, QLineEdit)
    assert field.text() == "Weert"
    team = tab_to_field(keys, "team")
    assert isinstance(team, QLineEdit)
    qtbot.waitUntil(lambda: team.text() == "Sociaal inkopen")
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: (stored(opened).city, stored(opened).team) == ("Weert", "Sociaal inkopen"))


def test_light_and_dark_change_at_once_and_are_remembered(opened: MainWindow, keys: Keys) -> None:
    for _ in range(80):
        part = QApplication.focusWidget()
        if isinstance(part, QComboBox) and part.accessibleName() == "Uiterlijk":
            break
        keys.press("Tab")
    assert isinstance(part, QComboBox)
    keys.press("End")
    assert theme.current() is tokens.DARK
    dark = opened.grab().toImage().pixelColor(opened.width() - 5, 5)
    assert dark.name().upper() == tokens.DARK.page
    keys.press("Up")
    assert theme.current() is tokens.LIGHT
    assert opened.grab().toImage().pixelColor(opened.width() - 5, 5).name().upper() == tokens.LIGHT.page
    assert opened.state.get("appearance", "") == "light"


def test_a_change_of_the_system_is_followed_only_when_that_was_chosen_and_by_no_closed_window(
    qtbot: QtBot, qapp: QApplication, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(None)
    applied: list[theme.Appearance] = []
    monkeypatch.setattr(theme, "apply", lambda _app, look: applied.append(look))
    hints = qapp.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert applied == [theme.Appearance.SYSTEM]
    window.state.set("appearance", "light")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert len(applied) == 1
    window.state.set("appearance", "rommel")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert len(applied) == 2


def test_the_letter_shows_what_is_typed_before_it_is_saved(qtbot: QtBot, opened: MainWindow, keys: Keys) -> None:
    sheet = sheet_of(opened)
    qtbot.waitUntil(lambda: sheet.has_page and sheet.window_mm is not None, timeout=10_000)
    assert sheet.window_mm is not None
    assert sheet.window_mm.left() == 35
    before = sheet.grab().toImage()
    tab_to_field(keys, "window")
    keys.press("Down")
    qtbot.waitUntil(lambda: sheet.window_mm is not None and sheet.window_mm.left() == 105, timeout=10_000)
    assert sheet.grab().toImage() != before
    keys.press("Down")
    qtbot.waitUntil(lambda: sheet.window_mm is None, timeout=10_000)
    tab_to_field(keys, "letterhead")
    for line in range(12):
        keys.type(f"Regel {line}")
        keys.press("Return")
    qtbot.waitUntil(lambda: "regels, vanaf: Regel 4" in words_on(opened.stack), timeout=10_000)
    assert stored(opened).window == "left"


def test_without_a_letter_that_is_due_there_is_one_to_a_firm_that_does_not_exist(
    qtbot: QtBot, open_window: Open, tmp_path: Path, keys: Keys
) -> None:
    path = tmp_path / "leeg.tredewijzer"
    bootstrap.make_register(path).close()
    window = open_window(path)
    keys.press("Ctrl+7")
    qtbot.waitUntil(lambda: "een verzonnen leverancier" in words_on(window.stack), timeout=10_000)
    sheet = sheet_of(window)
    assert sheet.has_page
    assert sheet.window_mm is not None


def test_the_place_of_the_register_can_be_read_selected_and_copied(
    open_window: Open, example: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.settings_page.synced_place", lambda _path: "OneDrive")
    assert places.synced_place(example) is None
    window = open_window(example)
    keys.press("Ctrl+7")
    field = next(part for part in window.findChildren(QLineEdit) if part.accessibleName() == "Waar het register staat")
    while QApplication.focusWidget() is not field:
        keys.press("Tab")
    keys.type("x")
    keys.press("Ctrl+A", "Ctrl+C")
    assert QGuiApplication.clipboard().text() == str(example)
    QGuiApplication.clipboard().setText("")
    keys.press("Ctrl+Shift+C")
    assert QGuiApplication.clipboard().text() == str(example)
    assert "Dit register staat in een map die OneDrive kopieert." in words_on(window.stack)


def test_the_name_of_the_advisor_stands_in_the_history_from_the_next_opening(
    qtbot: QtBot, opened: MainWindow, example: Path, keys: Keys
) -> None:
    tab_to_field(keys, "advisor")
    keys.type("  Noor van den   Berg ")
    tab_to_field(keys, "city")
    keys.type("Weert")
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: opened.notice.words == "Instellingen opgeslagen.")
    assert opened.state.advisor == "Noor van den Berg"
    opened.open_register(example)
    qtbot.waitUntil(lambda: opened.desk is not None and opened.desk.has_rows, timeout=15_000)
    assert opened.desk is not None
    new = replace(stored(opened), city="Venlo")
    opened.desk.write(lambda register, _: change_settings(register, new), what="Plaats", owner=opened)
    qtbot.waitUntil(lambda: stored(opened).city == "Venlo")
    last = opened.desk.register.history.last()
    assert last is not None
    assert last.by == "Noor van den Berg"


def test_any_text_may_be_pasted_into_any_field(qtbot: QtBot, opened: MainWindow, keys: Keys) -> None:
    huge = "é€ł🦉\t<b>x</b>" + "a" * 100_000
    for item in fields(LetterSettings):
        part = tab_to_field(keys, item.name)
        if not isinstance(part, QComboBox):
            keys.paste(huge)
    tab_to_field(keys, "advisor")
    keys.paste(huge)
    keys.press("Ctrl+S")
    assert "Er is niets opgeslagen" in opened.notice.words
    numbers = [item.name for item in fields(LetterSettings) if type(item.default) in {int, float}]
    for name in (*numbers, "closed_days", "decree_days", "kenmerk_prefix"):
        tab_to_field(keys, name)
        keys.press("Ctrl+A")
        keys.type("7" if name in numbers else "7-7-2027")
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: stored(opened).letterhead.endswith("a" * 100_000), timeout=20_000)
    assert stored(opened).organisation.startswith("é€ł🦉")
    assert len(opened.state.advisor) <= 80
    qtbot.waitUntil(lambda: "Geen plaats op de brief voor" in words_on(opened.stack), timeout=30_000)
