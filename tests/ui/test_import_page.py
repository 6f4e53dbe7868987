"""An import by keyboard: file, columns, check, store, take back. Nothing is stored before the last key."""

import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QTableView
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.base.progress import Progress
from app.domain.supplier import Supplier
from app.services import Register, import_register
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.import_steps import (
    at_import,
    button_words,
    check,
    choose,
    names,
    shown_rows,
    wait_for,
    window_of,
)
from tests.ui.steps import press_when_asked, tab_to, type_path_when_asked, words_on
from ui.main_window import MainWindow
from ui.pages.import_page import ImportPage

HEADING = "Naam;KvK;Plaats;Opdrachten 2026 excl. btw;Bijnaam\n"
ROWS = (
    "Bouwbedrijf Maasdal B.V.;01234567;Roermond;388.000,00;Maasdal Bouw\n"
    "Dakwerken Tienbunder;;Echt;n.v.t.;\n"
    "Groenvoorziening Peelzicht;;Panningen;1.500,00;\n"
    "Totaal;;;389.500,00;\n"
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "crediteuren é.csv"
    path.write_text(HEADING + ROWS, encoding="utf-8")
    return path


@pytest.fixture
def page(open_window: Open, tmp_path: Path, keys: Keys) -> ImportPage:
    """The import of an empty register."""
    return at_import(open_window, tmp_path, keys)


@pytest.fixture
def window(page: ImportPage) -> MainWindow:
    """The window around it."""
    return window_of(page)


def column_of(heading: str) -> str:
    return f"Kolom {heading} wordt"


def test_a_file_is_imported_by_keys_alone_and_taken_back(
    qtbot: QtBot, keys: Keys, window: MainWindow, page: ImportPage, source: Path
) -> None:
    choose(qtbot, keys, page, source)
    assert "Importeren — crediteuren é.csv Koprij 1 · 4 rijen · 2 nieuwe leveranciers · samen" in words_on(page)
    combo = tab_to(keys, column_of("Bijnaam"), kind=QComboBox)
    assert combo.currentText() == "Niet gebruiken"
    keys.type("Handels")
    keys.press("Ctrl+Return")
    wait_for(qtbot, page)
    table = QApplication.focusWidget()
    assert isinstance(table, QTableView)
    assert shown_rows(table) == [
        "2 Bouwbedrijf Maasdal B.V. Nieuw",
        "3 Dakwerken Tienbunder Fout",
        "4 Groenvoorziening Peelzicht Nieuw",
        "5 Overgeslagen",
    ]
    changes = page.findChild(QTableView, "import.changes")
    assert isinstance(changes, QTableView)
    told = [changes.model().index(row, 0).data() for row in range(changes.model().rowCount())]
    assert "Handelsnamen" in told and "Opdrachten 2026 afgesproken" in told
    assert button_words(page) == "Stap terug | Fouten opslaan… | 2 rijen importeren"
    assert names(window) == []
    keys.press("Ctrl+Return")
    wait_for(qtbot, page)
    assert names(window) == ["Bouwbedrijf Maasdal B.V.", "Groenvoorziening Peelzicht"]
    assert window.notice.words == "crediteuren é.csv is geïmporteerd: 2 nieuw."
    assert "Niet overgenomen: 1 foute rij en 1 overgeslagen rij." in words_on(page)
    keys.press("Return")
    assert window.stack.currentWidget() is not page
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: names(window) == [])
    keys.press("Ctrl+5")
    assert "is geïmporteerd" not in words_on(page)
    assert "Er is nog niets geïmporteerd." in words_on(page)


def test_faulty_rows_are_filtered_explained_and_saved(
    qtbot: QtBot, keys: Keys, page: ImportPage, source: Path, tmp_path: Path
) -> None:
    table = check(qtbot, keys, page, source)
    tab_to(keys, "Fout: 1")
    keys.press("Space")
    assert shown_rows(table) == ["3 Dakwerken Tienbunder Fout"]
    assert "'n.v.t.' is geen bedrag." in words_on(page)
    target = tmp_path / "fouten.csv"
    type_path_when_asked(page.window(), keys, target)
    keys.press("Ctrl+E")
    qtbot.waitUntil(target.is_file)
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Rij;Uitkomst;Reden;Naam;KvK;Plaats;Opdrachten 2026 excl. btw;Bijnaam"
    assert lines[1].startswith("3;fout;Opdrachten 2026 excl. btw: 'n.v.t.' is geen bedrag.")
    assert lines[1].endswith(";Dakwerken Tienbunder;;Echt;n.v.t.;")
    assert lines[2].startswith("5;overgeslagen;Totaalregel.;Totaal;")


def test_the_year_is_asked_where_the_file_does_not_tell_it(
    qtbot: QtBot, keys: Keys, page: ImportPage, source: Path
) -> None:
    source.write_text("Naam;Bedrag\nBouwbedrijf Maasdal B.V.;100\n", encoding="utf-8")
    choose(qtbot, keys, page, source)
    assert "Van welk jaar zijn de bedragen in de kolom ‘Bedrag’?" in words_on(page)
    assert "--" not in words_on(page)
    year = tab_to(keys, "Jaar van de bedragen", kind=QComboBox)
    assert year.currentText() == "2026"
    keys.press("Down", "Tab", "Return")
    wait_for(qtbot, page)
    assert "Van welk jaar" not in words_on(page)
    assert "2025: € 100,00" in words_on(page).replace("\xa0", " ")
    of_all = tab_to(keys, "Bedragen zijn van", kind=QComboBox)
    assert of_all.currentText() == "2025"


def test_a_file_without_headings_asks_for_the_name(qtbot: QtBot, keys: Keys, page: ImportPage, source: Path) -> None:
    source.write_text("Omschrijving;Getal\nBouwbedrijf Maasdal B.V.;7\nDakwerken Tienbunder;8\n", encoding="utf-8")
    choose(qtbot, keys, page, source)
    assert "geen kolom met de naam van de leverancier" in words_on(page)
    assert button_words(page) == "Stap terug | Verder naar nakijken (uit)"
    tab_to(keys, "Kolom met de naam van de leverancier")
    keys.press("Tab", "Return")
    wait_for(qtbot, page)
    combo = tab_to(keys, column_of("Omschrijving"), kind=QComboBox)
    assert combo.currentText() == "Naam"


def test_a_column_chosen_twice_moves_and_the_focus_stays(
    qtbot: QtBot, keys: Keys, page: ImportPage, source: Path
) -> None:
    page.navigator.open_import(source)
    wait_for(qtbot, page)
    combo = tab_to(keys, column_of("Bijnaam"), kind=QComboBox)
    keys.press("Home", "Down")
    qtbot.waitUntil(lambda: not page._draft.is_reading)
    assert QApplication.focusWidget() is combo
    assert combo.currentText() == "Naam"
    other = tab_to(keys, column_of("Naam"), kind=QComboBox)
    assert other.currentText() != "Naam"


def test_a_refused_file_says_why_and_is_read_again_once_mended(
    qtbot: QtBot, keys: Keys, page: ImportPage, source: Path
) -> None:
    source.write_text("", encoding="utf-8")
    choose(qtbot, keys, page, source)
    assert "Het bestand crediteuren é.csv is leeg." in words_on(page)
    source.write_text(HEADING + ROWS, encoding="utf-8")
    keys.press("F5")
    wait_for(qtbot, page)
    assert "Koprij 1 · 4 rijen" in words_on(page)
    keys.press("Escape")
    assert "is leeg" not in words_on(page)
    assert "Verder met crediteuren é.csv" in button_words(page)


def test_the_same_file_again_says_that_all_of_it_was_there(
    qtbot: QtBot, keys: Keys, page: ImportPage, source: Path
) -> None:
    check(qtbot, keys, page, source)
    keys.press("Ctrl+Return")
    wait_for(qtbot, page)
    check(qtbot, keys, page, source)
    assert "Alles wat goed is, stond er al." in words_on(page)
    assert button_words(page) == "Stap terug | Fouten opslaan… | Niets te importeren (uit)"


def add_maasdal(register: Register, _progress: object) -> None:
    with register.operation("edit", "intussen"):
        register.suppliers.add(Supplier(id="s", name="Bouwbedrijf Maasdal B.V.", kvk="01234567"))


def test_a_check_stays_while_looking_elsewhere_and_follows_the_register(
    qtbot: QtBot, keys: Keys, window: MainWindow, page: ImportPage, source: Path
) -> None:
    table = check(qtbot, keys, page, source)
    keys.press("Down", "Ctrl+2")
    assert window.notice.words == "Er is nog niets opgeslagen. crediteuren é.csv staat klaar onder Importeren."
    assert window.desk is not None

    with qtbot.waitSignal(window.desk.changed):
        window.desk.write(add_maasdal, what="intussen", owner=page)
    keys.press("Ctrl+5")
    wait_for(qtbot, page)
    assert QApplication.focusWidget() is table
    assert table.currentIndex().row() == 1
    assert shown_rows(table)[0] == "2 Bouwbedrijf Maasdal B.V. Bijgewerkt"


def test_a_register_that_changed_under_the_last_key_is_compared_anew(
    qtbot: QtBot, keys: Keys, window: MainWindow, page: ImportPage, source: Path
) -> None:
    table = check(qtbot, keys, page, source)

    assert window.desk is not None
    window.desk.write(add_maasdal, what="intussen", owner=page)
    keys.press("Ctrl+Return")
    wait_for(qtbot, page)
    assert window.notice.words.startswith("Het register was intussen veranderd.")
    assert names(window) == ["Bouwbedrijf Maasdal B.V."]
    assert shown_rows(table)[0] == "2 Bouwbedrijf Maasdal B.V. Bijgewerkt"


def never_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an import write on until it is stopped."""
    original = import_register._write

    def write(register: Register, found: import_register.ImportPlan, progress: Progress) -> None:
        original(register, found, progress)
        while True:
            progress.step(0, 1, "Opslaan")
            time.sleep(0.001)

    monkeypatch.setattr(import_register, "_write", write)


def test_closing_in_the_middle_of_an_import_asks_and_leaves_nothing_half(
    qtbot: QtBot,
    keys: Keys,
    window: MainWindow,
    page: ImportPage,
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check(qtbot, keys, page, source)
    never_end(monkeypatch)
    keys.press("Ctrl+Return", "Ctrl+2")
    assert window.stack.currentWidget() is not page, "the import goes on while looking elsewhere"
    asked = press_when_asked(window, keys, "Escape")
    keys.press("Ctrl+Q")
    assert window.isVisible()
    assert page._draft.is_storing
    again = press_when_asked(window, keys, "Tab", "Space")
    path = window.desk.path if window.desk else Path()
    keys.press("Ctrl+Q")
    assert not window.isVisible()
    assert asked == again == ["De import is nog bezig. Als u stopt, wordt er niets van opgeslagen."]
    with bootstrap.opened(path, to_write=False) as register:
        assert register.suppliers.list_all() == ()
        assert register.import_batches.list_all() == ()


def test_stopping_an_import_keeps_the_check(
    qtbot: QtBot,
    keys: Keys,
    window: MainWindow,
    page: ImportPage,
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = check(qtbot, keys, page, source)
    never_end(monkeypatch)
    keys.press("Ctrl+Return")
    qtbot.waitUntil(window.progress.isVisible)
    tab_to(keys, "Stoppen")
    keys.press("Space")
    wait_for(qtbot, page)
    assert window.notice.words == "De import is gestopt. Er is niets opgeslagen."
    assert names(window) == []
    assert table.model().rowCount() == 4
    assert "2 rijen importeren" in button_words(page)


def test_an_import_of_before_is_taken_back_from_the_list(
    qtbot: QtBot, keys: Keys, window: MainWindow, page: ImportPage, source: Path
) -> None:
    check(qtbot, keys, page, source)
    keys.press("Ctrl+Return")
    wait_for(qtbot, page)
    other = source.with_name("later.csv")
    other.write_text("Naam;KvK\nTegelwerken Modelaar;01239999\n", encoding="utf-8")
    check(qtbot, keys, page, other)
    keys.press("Ctrl+Return")
    wait_for(qtbot, page)
    tab_to(keys, "Eerder geïmporteerd")
    keys.press("Down", "Ctrl+Shift+U")
    qtbot.waitUntil(lambda: names(window) == ["Tegelwerken Modelaar"])
    assert "crediteuren é.csv" in window.notice.words


def test_what_was_changed_since_stays_when_an_import_is_taken_back_and_is_listed(
    qtbot: QtBot, keys: Keys, window: MainWindow, page: ImportPage, source: Path
) -> None:
    later = source.with_name("later.csv")
    later.write_text("Naam;KvK;Plaats\nBouwbedrijf Maasdal B.V.;01234567;Echt\n", encoding="utf-8")
    for path in (source, later):
        check(qtbot, keys, page, path)
        keys.press("Ctrl+Return")
        wait_for(qtbot, page)
    tab_to(keys, "Eerder geïmporteerd")
    keys.press("Down", "Ctrl+Shift+U")
    qtbot.waitUntil(lambda: names(window) == ["Bouwbedrijf Maasdal B.V."])
    assert "Dit bleef staan: het is later gewijzigd" in words_on(page)
    kept = tab_to(keys, "Wat bleef staan", kind=QTableView)
    assert shown_rows(kept, "Leverancier", "Wat") == ["Bouwbedrijf Maasdal B.V. Leverancier"]


def test_a_register_for_reading_only_can_be_checked_against(
    qtbot: QtBot, keys: Keys, open_window: Open, tmp_path: Path, source: Path
) -> None:
    path = tmp_path / "leeg.tredewijzer"
    bootstrap.make_register(path).close()
    window = open_window(None)
    window.open_register(path, to_write=False)
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows)
    keys.press("Ctrl+5")
    page = window.stack.currentWidget()
    assert isinstance(page, ImportPage)
    check(qtbot, keys, page, source)
    assert "Dit register is alleen te lezen: nakijken kan, importeren niet." in words_on(page)
    assert button_words(page) == "Stap terug | Fouten opslaan… | 2 rijen importeren (uit)"
