"""Steps of an import that its tests share."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from app import bootstrap
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import type_path_when_asked, words_on
from ui.main_window import MainWindow
from ui.pages.import_page import ImportPage
from ui.widgets.action_button import ActionButton


def at_import(open_window: Open, folder: Path, keys: Keys) -> ImportPage:
    """Return the import of an empty register."""
    path = folder / "leeg.tredewijzer"
    bootstrap.make_register(path).close()
    window = open_window(path)
    keys.press("Ctrl+5")
    page = window.stack.currentWidget()
    assert isinstance(page, ImportPage)
    return page


def window_of(page: ImportPage) -> MainWindow:
    """Return the window around it."""
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def names(window: MainWindow) -> list[str]:
    """Return who is in the register."""
    assert window.desk is not None
    return [supplier.name for supplier in window.desk.register.suppliers.list_all("name")]


def button_words(page: ImportPage) -> str:
    """Return what the buttons say, in reading order."""
    buttons = [button for button in page.findChildren(ActionButton) if button.isVisible()]
    return " | ".join(button.text() + ("" if button.isEnabled() else " (uit)") for button in buttons)


def choose(qtbot: QtBot, keys: Keys, page: ImportPage, path: Path) -> None:
    """Choose a file in Qt's own dialog by typing its path."""
    type_path_when_asked(page.window(), keys, path)
    keys.press("Ctrl+L")
    wait_for(qtbot, page)


def wait_for(qtbot: QtBot, page: ImportPage) -> None:
    """Wait until nothing is read or stored any more."""
    qtbot.waitUntil(lambda: not page._draft.is_reading and not page._draft.is_storing, timeout=15_000)


def check(qtbot: QtBot, keys: Keys, page: ImportPage, path: Path) -> QTableView:
    """Take a file up to the last step."""
    page.navigator.open_import(path)
    wait_for(qtbot, page)
    keys.press("Ctrl+Return")
    table = QApplication.focusWidget()
    assert isinstance(table, QTableView), words_on(page)
    return table


def shown_rows(table: QTableView, *headings: str) -> list[str]:
    """Return what the rows of a table say beneath these headings."""
    model = table.model()
    heads = {model.headerData(place, Qt.Orientation.Horizontal): place for place in range(model.columnCount())}
    places = [heads[heading] for heading in headings or ("Rij", "In het bestand", "Uitkomst")]
    return [
        " ".join(filter(None, (model.index(row, place).data() for place in places))) for row in range(model.rowCount())
    ]
