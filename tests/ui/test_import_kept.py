"""What was chosen about a file is not lost, nor stored unseen, by a slip of the keys."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from app.importing.outcome import ImportPlan
from app.services import Register, import_register
from app.services.import_register import Doubt
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.import_steps import at_import, check, names, shown_rows, wait_for, window_of
from tests.ui.steps import press_when_asked, tab_to, words_on
from tests.ui.test_import_choices import DOUBTFUL, KNOWN, amounts, store, to_rows, written
from ui.pages.import_page import ImportPage
from ui.widgets.line_edit import LineEdit

FAULTY = "Naam;Omzet 2026 excl. btw\nDakwerken Tienbunder;n.v.t.\nTegelwerken Modelaar;1.500,00\n"


@pytest.fixture
def page(open_window: Open, tmp_path: Path, keys: Keys) -> ImportPage:
    """The import of an empty register."""
    return at_import(open_window, tmp_path, keys)


@pytest.fixture
def doubtful(qtbot: QtBot, keys: Keys, page: ImportPage, tmp_path: Path) -> ImportPage:
    """The check of rows that resemble what was imported before."""
    store(qtbot, keys, page, written(tmp_path, "bekend.csv", KNOWN))
    check(qtbot, keys, page, written(tmp_path, "twijfel.csv", DOUBTFUL))
    return page


def decided(page: ImportPage) -> dict[int, Doubt]:
    return {row: found.doubt for row, found in page._draft.choices.decisions.items()}


def test_what_is_being_typed_is_seen_among_the_rows_before_it_is_imported(
    qtbot: QtBot, keys: Keys, page: ImportPage, tmp_path: Path
) -> None:
    table = check(qtbot, keys, page, written(tmp_path, "fout.csv", FAULTY))
    keys.press("F2", "Ctrl+A")
    keys.type("388.000,00")
    keys.press("Ctrl+Return")
    wait_for(qtbot, page)
    assert QApplication.focusWidget() is table
    assert shown_rows(table) == ["2 Dakwerken Tienbunder Nieuw", "3 Tegelwerken Modelaar Nieuw"]
    assert names(window_of(page)) == []
    keys.press("Ctrl+Return")
    wait_for(qtbot, page)
    assert [amount.cents for amount in amounts(page)] == [150_000, 38_800_000]


def test_keys_while_it_is_stored_neither_stop_nor_change_it(
    qtbot: QtBot, keys: Keys, doubtful: ImportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, write = Event(), import_register._write

    def slow(register: Register, plan: ImportPlan, progress: object) -> None:
        assert may_end.wait(15)
        write(register, plan, progress)  # type: ignore[arg-type]

    monkeypatch.setattr(import_register, "_write", slow)
    keys.press("Ctrl+Return", "D", "Down", "N")
    may_end.set()
    wait_for(qtbot, doubtful)
    assert window_of(doubtful).notice.words == "twijfel.csv is geïmporteerd: 1 nieuw."
    assert "Tegelwerken Modelaar" in names(window_of(doubtful))
    assert decided(doubtful) == {}


def test_ctrl_z_takes_back_the_last_choice_before_anything_that_was_stored(
    qtbot: QtBot, keys: Keys, doubtful: ImportPage
) -> None:
    before = names(window_of(doubtful))
    keys.press("D", "Down", "N", "Ctrl+Z")
    wait_for(qtbot, doubtful)
    assert decided(doubtful) == {2: Doubt.SAME}
    assert shown_rows(to_rows(keys), "Rij", "Keuze")[:2] == ["2 Dezelfde", "3 nog te kiezen"]
    assert "De laatste keuze is teruggenomen." in window_of(doubtful).notice.words
    keys.press("Ctrl+Z")
    wait_for(qtbot, doubtful)
    assert (decided(doubtful), names(window_of(doubtful))) == ({}, before)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: names(window_of(doubtful)) == [])
    wait_for(qtbot, doubtful)


def test_another_file_or_closing_asks_before_choices_are_lost(
    qtbot: QtBot, keys: Keys, doubtful: ImportPage, tmp_path: Path
) -> None:
    window = window_of(doubtful)
    keys.press("D", "Down", "N")
    wait_for(qtbot, doubtful)
    asked = press_when_asked(window, keys, "Escape")
    doubtful.navigator.open_import(written(tmp_path, "ander.csv", KNOWN))
    assert (len(decided(doubtful)), "Importeren — twijfel.csv" in words_on(doubtful)) == (2, True)
    again = press_when_asked(window, keys, "Escape")
    keys.press("Ctrl+Q")
    assert window.isVisible()
    words = "Bij twijfel.csv heeft u 2 keuzes en verbeteringen gemaakt. Die zijn nog niet opgeslagen."
    assert asked == again == [words]
    press_when_asked(window, keys, "Tab", "Space")
    doubtful.navigator.open_import(written(tmp_path, "ander.csv", KNOWN))
    wait_for(qtbot, doubtful)
    assert (decided(doubtful), "Importeren — ander.csv" in words_on(doubtful)) == ({}, True)


def test_choosing_what_was_chosen_already_loses_nothing(qtbot: QtBot, keys: Keys, doubtful: ImportPage) -> None:
    keys.press("D")
    wait_for(qtbot, doubtful)
    keys.press("Escape")
    encoding = tab_to(keys, "Codering", kind=QComboBox)
    keys.press("Alt+Down", "Return")
    wait_for(qtbot, doubtful)
    assert (encoding.currentText(), decided(doubtful)) == ("UTF-8", {2: Doubt.SAME})
    keys.press("Ctrl+Return", "Ctrl+Z")
    wait_for(qtbot, doubtful)


def test_of_a_file_that_was_changed_outside_the_rows_are_chosen_anew_and_it_is_said(
    qtbot: QtBot, keys: Keys, page: ImportPage, tmp_path: Path
) -> None:
    path = written(tmp_path, "fout.csv", FAULTY.replace("1.500,00", "veel"))
    table = check(qtbot, keys, page, path)
    keys.press("Down", "F2", "Ctrl+A")
    keys.type("40,00")
    keys.press("Return")
    wait_for(qtbot, page)
    keys.press("Escape", "Up", "F2", "Ctrl+A")
    keys.type("777,00")
    path.write_text(FAULTY.replace("Dakwerken", "Aannemer Voorop;n.b.\nDakwerken"), encoding="utf-8")
    keys.press("F5")
    wait_for(qtbot, page)
    assert page._draft.choices.mended == {}
    assert [(row[:1], row[-4:]) for row in shown_rows(table)] == [("2", "Fout"), ("3", "Fout"), ("4", "ieuw")]
    assert "1 keuze of verbetering per rij is vervallen" in window_of(page).notice.words
    keys.press("F2")
    field = QApplication.focusWidget()
    assert isinstance(field, LineEdit) and field.text() == "n.b."


def test_escape_right_after_a_choice_stops_the_comparing(qtbot: QtBot, keys: Keys, doubtful: ImportPage) -> None:
    keys.press("D", "Escape")
    assert not doubtful._draft.is_reading
    assert window_of(doubtful).notice.words.startswith("Gestopt. De rijen zijn nog niet opnieuw vergeleken")
    keys.press("F5")
    wait_for(qtbot, doubtful)
    assert shown_rows(to_rows(keys), "Rij", "Uitkomst")[0] == "2 Bijgewerkt"
    keys.press("Ctrl+Z")
    wait_for(qtbot, doubtful)


def test_a_file_does_not_come_in_over_a_form_that_holds_on(
    qtbot: QtBot, keys: Keys, page: ImportPage, tmp_path: Path
) -> None:
    window = window_of(page)
    check(qtbot, keys, page, written(tmp_path, "fout.csv", FAULTY))
    keys.press("Ctrl+N")
    keys.type("Half ingevuld")
    press_when_asked(window, keys, "Escape")
    window.open_import(written(tmp_path, "ander.csv", KNOWN))
    assert window.stack.currentWidget() is not page
    assert page._draft.name == "fout.csv"
    press_when_asked(window, keys, "Tab", "Space")
    keys.press("Ctrl+5")
    assert "Importeren — fout.csv" in words_on(page)
