"""The table of the register, used by keys."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from app import bootstrap
from app.domain.verdict import Status
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import tab_to, type_path_when_asked, words_on
from ui.base.actions import Act
from ui.main_window import MainWindow
from ui.pages.suppliers_page import SuppliersPage
from ui.widgets.row_table import RowTable


def table_of(window: MainWindow) -> RowTable:
    page = window.stack.currentWidget()
    assert isinstance(page, SuppliersPage)
    table = page.findChild(RowTable)
    assert isinstance(table, RowTable)
    return table


def statuses(window: MainWindow) -> set[Status]:
    return {row.status for row in table_of(window).rows_model.rows}


def test_a_filter_wants_every_word_and_esc_shows_everyone_again(open_window: Open, keys: Keys, example: Path):
    window = open_window(example)
    keys.press("Ctrl+2", "Ctrl+F")
    everyone = len(table_of(window).rows_model.rows)
    keys.type("roermond bouw")
    found = table_of(window).rows_model.rows
    assert 0 < len(found) < everyone
    assert all("roermond" in row.text and "bouw" in row.text for row in found)
    keys.press("Escape")
    assert len(table_of(window).rows_model.rows) == everyone


def test_what_is_typed_on_the_table_filters(open_window: Open, keys: Keys, example: Path):
    window = open_window(example)
    keys.press("Ctrl+2")
    assert QApplication.focusWidget() is table_of(window)
    keys.type("ëlan weert")
    assert QApplication.focusWidget() is not table_of(window)
    keys.press("Escape")
    keys.press("Down")
    keys.type("weert")
    assert all("weert" in row.text for row in table_of(window).rows_model.rows)


def test_chips_filter_by_status_and_are_remembered(open_window: Open, keys: Keys, example: Path):
    window = open_window(example)
    keys.press("Ctrl+2")
    tab_to(keys, "Voldoet niet", is_exact=False)
    keys.press("Space")
    assert statuses(window) == {Status.NON_COMPLIANT}
    keys.press("Tab", "Space")
    assert statuses(window) == {Status.NON_COMPLIANT, Status.EXPIRING}
    window.close()
    again = open_window(example)
    keys.press("Ctrl+2")
    assert statuses(again) == {Status.NON_COMPLIANT, Status.EXPIRING}
    keys.press("Ctrl+Backspace")
    assert len(statuses(again)) > 4


def test_the_reference_date_moves_the_whole_judgement(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    desk = window.desk
    assert desk is not None
    keys.press("Ctrl+2", "Ctrl+D", "Ctrl+A")
    keys.type("31 dec 2020")
    keys.press("Return")
    qtbot.waitUntil(
        lambda: {row.status for row in desk.rows} <= {Status.BELOW_THRESHOLD, Status.EXEMPT}, timeout=10_000
    )
    assert "Peildatum 31-12-2020" in words_on(window.rail)
    keys.press("Ctrl+A")
    keys.type("geen dag")
    keys.press("Return")
    assert desk.on.year == 2020, "what is no day moves nothing"
    keys.press("Ctrl+T")
    qtbot.waitUntil(lambda: Status.NON_COMPLIANT in {row.status for row in desk.rows}, timeout=10_000)


def test_what_is_shown_is_exported(open_window: Open, keys: Keys, qtbot: QtBot, example: Path, tmp_path: Path):
    window = open_window(example)
    keys.press("Ctrl+2", "Ctrl+F")
    keys.type("weert")
    shown = [row.name for row in table_of(window).rows_model.rows]
    target = tmp_path / "weert.xlsx"
    type_path_when_asked(window, keys, target)
    keys.press("Ctrl+E")
    qtbot.waitUntil(target.is_file, timeout=10_000)
    sheet = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    assert [line[0] for line in sheet[1:]] == shown
    qtbot.waitUntil(lambda: "weert.xlsx" in window.notice.words)


def test_letters_are_for_the_ticked_suppliers(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    keys.press("Ctrl+2", "Home", "Space", "Down", "Space")
    assert "2 aangevinkte" in window.bound_actions()[Act.LETTERS_FOR].text()


def test_an_empty_register_says_what_to_do(open_window: Open, keys: Keys, tmp_path: Path):
    path = tmp_path / "leeg.tredewijzer"
    bootstrap.make_register(path).close()
    window = open_window(path)
    keys.press("Ctrl+2")
    assert "Importeer een spreadsheet (Ctrl+5)" in words_on(window.stack)


def test_the_keys_of_the_page_work_also_while_there_is_no_table(
    open_window: Open, keys: Keys, qtbot: QtBot, tmp_path: Path
):
    path = tmp_path / "leeg.tredewijzer"
    bootstrap.make_register(path).close()
    window = open_window(path)
    keys.press("Ctrl+N")
    keys.type("Enige B.V.")
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: bool(window.desk and window.desk.rows))
    keys.press("Ctrl+2")
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: bool(window.desk and not window.desk.rows))
    keys.press("Ctrl+F")
    keys.type("enige")
    keys.press("Ctrl+Shift+Z")
    qtbot.waitUntil(lambda: len(table_of(window).rows_model.rows) == 1)
    keys.press("Escape", "Escape")
    assert window.notice.words == ""
