"""What an import asks and lets one decide, by keys: questions, doubt, faulty cells, another sheet, pasted cells."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QTableView
from pytestqt.qtbot import QtBot

from app.base.progress import Progress
from app.domain.contract import YearAmount
from app.services.import_register import Doubt
from app.services.read_spreadsheet import ReadFile, read_file
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.import_steps import at_import, button_words, check, names, shown_rows, wait_for, window_of
from tests.ui.steps import part, tab_to, words_on
from ui.pages import import_source
from ui.pages.import_page import ImportPage
from ui.widgets.line_edit import LineEdit

KNOWN = (
    "Naam;Plaats;KvK;Telefoon\n"
    "Bouwbedrijf Maasdal B.V.;Roermond;01234567;0475-550010\n"
    "Dakwerken Tienbunder;Echt;01239999;0475-550020\n"
    "Groenvoorziening Peelzicht;Panningen;01238888;0475-550030\n"
)
DOUBTFUL = (
    "Naam;Plaats;Telefoon\n"
    "Bouwbedrijf Maasdaal;Roermond;0475-550010\n"
    "Dakweerken Tienbunder;Echt;0475-550020\n"
    "Groenvoorziening Peelsicht;Panningen;0475-550031\n"
    "Tegelwerken Modelaar;Weert;0495-550040\n"
)
AMBIGUOUS = (
    "Naam;KvK;Omzet 2026;Contractnr;Contract t/m\n"
    "Bouwbedrijf Maasdal B.V.;01234567;121,00;RC-1;03-04-2027\n"
    "Dakwerken Tienbunder;01239999;242,00;RC-2;05-06-2027\n"
)


@pytest.fixture
def page(open_window: Open, tmp_path: Path, keys: Keys) -> ImportPage:
    """The import of an empty register."""
    return at_import(open_window, tmp_path, keys)


def amounts(page: ImportPage) -> tuple[YearAmount, ...]:
    return page.desk.register.amounts.list_all("cents")


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def store(qtbot: QtBot, keys: Keys, page: ImportPage, path: Path) -> None:
    check(qtbot, keys, page, path)
    keys.press("Ctrl+Return")
    wait_for(qtbot, page)


def filter_by(keys: Keys, chip: str) -> None:
    tab_to(keys, chip)
    keys.press("Space")


def words_of_focus() -> str:
    focused = QApplication.focusWidget()
    return focused.accessibleName() if focused else ""


def to_rows(keys: Keys) -> QTableView:
    return tab_to(keys, "Rijen van het bestand", kind=QTableView)


def test_what_a_file_leaves_open_is_asked_once_and_remembered(
    qtbot: QtBot, keys: Keys, page: ImportPage, tmp_path: Path
) -> None:
    page.navigator.open_import(written(tmp_path, "contracten.csv", AMBIGUOUS))
    wait_for(qtbot, page)
    assert "Nog 2 vragen over dit bestand" in words_on(page)
    assert "Beantwoord eerst nog 2 vragen." in words_on(page)
    keys.press("Ctrl+Return")
    assert "Verder naar nakijken (uit)" in button_words(page)
    tab_to(keys, "03-04-2027 is 3\xa0april 2027")
    keys.press("Right", "Space")
    wait_for(qtbot, page)
    assert words_of_focus() == "03-04-2027 is 4\xa0maart 2027"
    tab_to(keys, "exclusief btw")
    keys.press("Right", "Return")
    wait_for(qtbot, page)
    assert "4 maart 2027 · 6 mei 2027" in words_on(page)
    assert "Uw antwoorden over dit bestand" in words_on(page)
    keys.press("Ctrl+Return", "Ctrl+Return")
    wait_for(qtbot, page)
    assert [amount.cents for amount in amounts(page)] == [10000, 20000]

    page.navigator.open_import(written(tmp_path, "contracten 2.csv", AMBIGUOUS.replace("242,00", "363,00")))
    wait_for(qtbot, page)
    other = tab_to(keys, "Kolom Contract t/m lezen als", kind=QComboBox)
    assert other.currentText() == "03-04-2027 is 4\xa0maart 2027"
    keys.press("Up")
    wait_for(qtbot, page)
    assert QApplication.focusWidget() is other
    assert "3 april 2027" in words_on(page)
    assert "Nog 1 vraag over dit bestand" in words_on(page), "only whether it replaces the amounts is new"


def test_doubt_is_decided_by_one_key_each_shown_at_once_and_taken_back(
    qtbot: QtBot, keys: Keys, page: ImportPage, tmp_path: Path
) -> None:
    store(qtbot, keys, page, written(tmp_path, "bekend.csv", KNOWN))
    check(qtbot, keys, page, written(tmp_path, "twijfel.csv", DOUBTFUL))
    filter_by(keys, "Misschien dezelfde: 3")
    table = to_rows(keys)
    assert "nog 3 van 3 te kiezen" in words_on(page)
    assert "Ervoor: " in part(page, QPlainTextEdit).toPlainText()
    keys.press("D", "Down", "N", "Down", "O")
    assert shown_rows(table, "Rij", "Keuze") == ["2 Dezelfde", "3 Nieuw", "4 Overslaan"]
    wait_for(qtbot, page)
    assert table.currentIndex().row() == 2, "comparing anew loses no place"
    assert shown_rows(table, "Rij", "Uitkomst") == ["2 Bijgewerkt", "3 Nieuw", "4 Overgeslagen"]
    keys.press("O", "Up", "Delete")
    assert shown_rows(table, "Keuze") == ["Dezelfde", "nog te kiezen", "nog te kiezen"]
    keys.press("Shift+Down", "N")
    wait_for(qtbot, page)
    assert shown_rows(table, "Keuze") == ["Dezelfde", "Nieuw", "Nieuw"]
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1, 2]
    assert {found.doubt for found in page._draft.choices.decisions.values()} == {Doubt.SAME, Doubt.NEW}
    keys.press("Ctrl+Return")
    wait_for(qtbot, page)
    assert names(window_of(page)) == [
        "Bouwbedrijf Maasdaal",
        "Dakweerken Tienbunder",
        "Dakwerken Tienbunder",
        "Groenvoorziening Peelsicht",
        "Groenvoorziening Peelzicht",
        "Tegelwerken Modelaar",
    ]


def test_of_several_that_a_row_resembles_one_is_chosen(
    qtbot: QtBot, keys: Keys, page: ImportPage, tmp_path: Path
) -> None:
    store(
        qtbot,
        keys,
        page,
        written(
            tmp_path,
            "bekend.csv",
            "Naam;Plaats;KvK;Telefoon\nMaasdal Bouw B.V.;Roermond;01234567;0475-550010\n"
            "Maasdal Bouw Holding B.V.;Roermond;01234568;0475-550010\n",
        ),
    )
    table = check(qtbot, keys, page, written(tmp_path, "twijfel.csv", DOUBTFUL.replace("bedrijf Maasdaal", " Maasdal")))
    candidates = tab_to(keys, "Op wie deze rij lijkt", kind=QTableView)
    assert candidates.model().rowCount() == 2
    keys.press("Down")
    second = candidates.currentIndex().siblingAtColumn(1).data()
    keys.press("D")
    wait_for(qtbot, page)
    assert shown_rows(table, "Rij", "Uitkomst", "In het register")[0] == f"2 Bijgewerkt {second}"
    keys.press("Ctrl+Z")
    wait_for(qtbot, page)


def test_a_faulty_cell_is_mended_in_place_and_put_back(
    qtbot: QtBot, keys: Keys, page: ImportPage, tmp_path: Path
) -> None:
    content = "Naam;Omzet 2026 excl. btw\nBouwbedrijf Maasdal B.V.;n.v.t.\nDakwerken Tienbunder;1.500,00\n"
    check(qtbot, keys, page, written(tmp_path, "fout.csv", content))
    filter_by(keys, "Fout: 1")
    table = to_rows(keys)
    keys.press("F2")
    field = QApplication.focusWidget()
    assert isinstance(field, LineEdit) and field.text() == "n.v.t."
    keys.press("Ctrl+A")
    keys.type("veel")
    keys.press("Escape")
    assert (field.text(), page._draft.choices.mended) == ("n.v.t.", {})
    keys.press("Ctrl+A")
    keys.type("388.000,00")
    keys.press("Return")
    wait_for(qtbot, page)
    assert QApplication.focusWidget() is field
    assert shown_rows(table) == ["2 Bouwbedrijf Maasdal B.V. Nieuw"], "it stays among the faults, to be looked at"
    assert "Verbeterd. In het bestand staat ‘n.v.t.’." in words_on(page)
    tab_to(keys, "Zoals in het bestand")
    keys.press("Return")
    wait_for(qtbot, page)
    assert shown_rows(table) == ["2 Bouwbedrijf Maasdal B.V. Fout"]
    keys.press("Escape")
    assert QApplication.focusWidget() is table


def test_another_sheet_is_read_afresh(qtbot: QtBot, keys: Keys, page: ImportPage, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "twee bladen.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, firm in (("Export", "Bouwbedrijf Maasdal B.V."), ("Vorig jaar", "Dakwerken Tienbunder")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Naam", f"Plaats {name}"])
            sheet.write_row(1, 0, [firm, "Echt"])
    page.navigator.open_import(path)
    wait_for(qtbot, page)
    keys.press("Ctrl+Return")
    assert shown_rows(to_rows(keys)) == ["2 Bouwbedrijf Maasdal B.V. Nieuw"]
    keys.press("Ctrl+Shift+Return")
    sheet = tab_to(keys, "Blad", kind=QComboBox)
    keys.press("Down")
    wait_for(qtbot, page)
    assert (QApplication.focusWidget(), sheet.currentText()) == (sheet, "Vorig jaar")
    keys.press("Ctrl+Return")
    assert shown_rows(to_rows(keys)) == ["2 Dakwerken Tienbunder Nieuw"]


def test_a_text_file_is_read_with_another_delimiter(qtbot: QtBot, keys: Keys, page: ImportPage, tmp_path: Path) -> None:
    path = written(tmp_path, "lijst.csv", "Naam|Plaats;Land\nBouwbedrijf Maasdal B.V.|Echt;\nTienbunder|Weert;\n")
    page.navigator.open_import(path)
    wait_for(qtbot, page)
    assert tab_to(keys, "Codering", kind=QComboBox).currentText() == "UTF-8"
    delimiter = tab_to(keys, "Scheidingsteken", kind=QComboBox)
    before = delimiter.currentText()
    keys.press("Home" if before == "streep |" else "End")
    wait_for(qtbot, page)
    assert QApplication.focusWidget() is delimiter
    assert (before, delimiter.currentText()) in {("streep |", "puntkomma"), ("puntkomma", "streep |")}
    keys.press("End")
    wait_for(qtbot, page)
    keys.press("Ctrl+Return")
    assert shown_rows(to_rows(keys)) == ["2 Bouwbedrijf Maasdal B.V. Nieuw", "3 Tienbunder Nieuw"]


def test_the_columns_are_shown_while_the_rest_is_read(
    qtbot: QtBot, keys: Keys, page: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_on(path: Path, *, progress: Progress, **how: object) -> ReadFile:
        while not go_on.wait(0.01):
            progress.step(0, 0, "Bestand lezen")
        return read_file(path)

    go_on = Event()
    monkeypatch.setattr(import_source, "read_file", read_on)
    page.navigator.open_import(written(tmp_path, "lang.csv", DOUBTFUL))
    qtbot.waitUntil(lambda: "de eerste rijen, de rest wordt nog gelezen" in words_on(page))
    assert "Bouwbedrijf Maasdaal · Dakweerken Tienbunder" in words_on(page)
    combo = tab_to(keys, "Kolom Telefoon wordt", kind=QComboBox)
    keys.press("Home")
    go_on.set()
    wait_for(qtbot, page)
    assert "de rest wordt nog gelezen" not in words_on(page)
    assert (QApplication.focusWidget(), combo.currentText()) == (combo, "Niet gebruiken")


def test_cells_are_pasted_as_a_file_is_chosen(qtbot: QtBot, keys: Keys, page: ImportPage) -> None:
    QGuiApplication.clipboard().setText("Maasdal")
    keys.press("Ctrl+V")
    wait_for(qtbot, page)
    assert "Op het klembord staat maar één cel. Er is niets gelezen." in words_on(page)
    assert "Opnieuw lezen" not in button_words(page)
    QGuiApplication.clipboard().setText('Naam\tPlaats\r\n"Bouwbedrijf ""Maasdal"""\tRoermond\r\n')
    tab_to(keys, "Plakken uit klembord")
    keys.press("Return")
    wait_for(qtbot, page)
    assert "Importeren — Geplakt 23-11-2026 10u30" in words_on(page)
    keys.press("Ctrl+Return")
    assert shown_rows(to_rows(keys)) == ['2 Bouwbedrijf "Maasdal" Nieuw']
    keys.press("Ctrl+Return")
    wait_for(qtbot, page)
    assert window_of(page).notice.words == "Geplakt 23-11-2026 10u30 is geïmporteerd: 1 nieuw."


def test_who_is_gone_from_the_file_is_listed_and_opened(
    qtbot: QtBot, keys: Keys, page: ImportPage, tmp_path: Path
) -> None:
    before = "Naam;KvK;Omzet 2026 excl. btw\nDakwerken Tienbunder;01239999;100\nTegelwerken Modelaar;01237777;40\n"
    store(qtbot, keys, page, written(tmp_path, "oktober.csv", before))
    check(qtbot, keys, page, written(tmp_path, "november.csv", before.rpartition("Tegel")[0]))
    filter_by(keys, "Niet meer in bestand: 1")
    table = to_rows(keys)
    (gone,) = shown_rows(table, "Rij", "In het register", "Verschil")
    assert gone.replace("\xa0", " ") == "— Tegelwerken Modelaar Opdrachten 2026 afgesproken: € 40"
    keys.press("Return")
    assert "Tegelwerken Modelaar" in words_on(window_of(page).stack)
    assert window_of(page).stack.currentWidget() is not page


@pytest.mark.parametrize(
    ("names_of", "told"),
    [
        (("een.csv", "twee.csv"), "Dit zijn 2 bestanden. Er is niets gelezen. Sleep er één tegelijk."),
        (("map",), "map is een map. Er is niets gelezen. Sleep er een bestand uit."),
        (("een.csv",), ""),
    ],
)
def test_one_file_can_be_dropped_and_anything_else_is_told(
    qtbot: QtBot, page: ImportPage, tmp_path: Path, names_of: tuple[str, ...], told: str
) -> None:
    (tmp_path / "map").mkdir()
    written(tmp_path, "een.csv", KNOWN)
    window = window_of(page)
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names_of])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, dragged, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    assert window._drop_hint.isVisible()
    assert window._drop_hint.accessibleName().startswith(told.partition(".")[0] or "Laat los om een.csv te importeren")
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, dragged, left, none))
    assert not window._drop_hint.isVisible()
    assert window.notice.words == told
    if not told:
        qtbot.waitUntil(lambda: "Importeren — een.csv" in words_on(page))
        wait_for(qtbot, page)
