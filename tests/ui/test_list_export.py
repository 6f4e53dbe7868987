"""Every list on screen can be saved as it is shown, with the same key, by keys alone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from app.services import import_register
from app.services.import_register import Outcome
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import part, press_when_asked, tab_to, tab_to_field, type_path_when_asked, when_asked
from ui.base.actions import Act
from ui.main_window import MainWindow
from ui.pages.suppliers_page import SuppliersPage
from ui.widgets.row_table import RowTable

Sheet = list[list[object]]
Export = Callable[[], Sheet]


@pytest.fixture
def window(open_window: Open, example: Path) -> MainWindow:
    return open_window(example)


@pytest.fixture
def export(window: MainWindow, keys: Keys, qtbot: QtBot, tmp_path: Path) -> Export:
    """Press the key, type where to, and return what the file holds."""

    def press() -> Sheet:
        path = tmp_path / "lijst.xlsx"
        path.unlink(missing_ok=True)
        type_path_when_asked(window, keys, path)
        keys.press("Ctrl+E")
        qtbot.waitUntil(lambda: "lijst.xlsx" in window.notice.words, timeout=15_000)
        return [list(line) for line in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()]

    return press


def shown(window: MainWindow, name: str) -> RowTable:
    return part(window.stack.currentWidget(), RowTable, name)


def test_the_work_list_holds_days_and_amounts_in_the_order_shown(
    window: MainWindow, keys: Keys, export: Export
) -> None:
    keys.press("Ctrl+3")
    heading, *lines = export()
    items = shown(window, "work").rows_model.rows
    assert heading == [
        "Opdrachten 2026 (berekend)", "Leverancier", "Wat te doen", "Wanneer", "Status", "Waarover", "KvK",
        "Eigen nummer", "Registernummer",
    ]  # fmt: skip
    assert [line[2] for line in lines] == [item.words for item in items]
    assert [line[0] for line in lines] == ["" if item.cents is None else item.cents / 100 for item in items]
    assert [line[3] for line in lines] == [item.day or "" for item in items]
    loose = [line for line in lines if not line[8]]
    assert loose and all(line[1] == "" and ": " in str(line[5]) for line in loose), "who called is no supplier"


def test_what_a_filter_leaves_out_stays_out(window: MainWindow, keys: Keys, export: Export) -> None:
    keys.press("Ctrl+3", "Ctrl+F")
    keys.type("bouw")
    _heading, *lines = export()
    items = shown(window, "work").rows_model.rows
    assert 0 < len(items) < len(window.desk.work if window.desk else ())
    assert [line[2] for line in lines] == [item.words for item in items]


def test_the_archive_holds_the_letters_that_were_found(
    window: MainWindow, keys: Keys, qtbot: QtBot, export: Export
) -> None:
    keys.press("Ctrl+4", "Ctrl+Shift+A")
    keys.type("herinnering")
    table = shown(window, "letters.archive")
    qtbot.waitUntil(lambda: 0 < len(table.rows_model.rows) < 60)
    heading, *lines = export()
    assert heading[:4] == ["Kenmerk", "Leverancier", "Stand", "Antwoord"]
    written = heading.index("Datum")
    assert [(line[0], line[written]) for line in lines] == [
        (found.letter.kenmerk, found.letter.written_on) for found in table.rows_model.rows
    ]


def test_the_rounds_are_numbers_and_moments(window: MainWindow, keys: Keys, qtbot: QtBot, export: Export) -> None:
    keys.press("Ctrl+4", "Ctrl+Shift+D")
    table = shown(window, "letters.rounds")
    qtbot.waitUntil(lambda: bool(table.rows_model.rows))
    heading, *lines = export()
    assert heading == [column.heading for column in table.rows_model.columns]
    assert [line[2:7] for line in lines] == [
        [float(r.letters), float(r.printed), float(r.posted), float(r.answered), float(r.withdrawn)]
        for r in table.rows_model.rows
    ]
    assert all(isinstance(line[7], date) for line in lines)


def test_the_amounts_of_a_supplier_are_amounts(window: MainWindow, keys: Keys, qtbot: QtBot, export: Export) -> None:
    keys.press("Ctrl+K")
    keys.type("maasdal")
    keys.press("Return", "Ctrl+PgDown", "Ctrl+PgDown", "Ctrl+PgDown")
    tab_to(keys, "Bedragen per jaar, excl. btw")
    figures = shown(window, "supplier.figures").rows_model.rows
    heading, *lines = export()
    assert heading == ["Jaar", "Contract", "Afgesproken", "Gefactureerd"]
    assert [line[0] for line in lines] == [float(line.record.year) for line in figures]
    assert [line[2] for line in lines] == [line.record.agreed.cents / 100 for line in figures]


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("work", ("Ctrl+3",)),
        ("letters", ("Ctrl+4",)),
        ("letters.skipped", ("Ctrl+4", "Ctrl+Shift+O")),
        ("letters.archive", ("Ctrl+4", "Ctrl+Shift+A")),
        ("respites", ("Ctrl+6", "Ctrl+PgDown")),
    ],
)
def test_a_list_of_suppliers_that_is_imported_again_changes_nothing(
    window: MainWindow, keys: Keys, qtbot: QtBot, export: Export, tmp_path: Path, name: str, steps: tuple[str, ...]
) -> None:
    assert window.desk
    for key in steps:
        keys.press(key)
        qtbot.waitUntil(lambda: not window.desk or not window.desk.is_busy, timeout=15_000)
    assert len(export()) == len(shown(window, name).rows_model.rows) + 1 > 1
    plan = import_register.preview(window.desk.register, tmp_path / "lijst.xlsx").plan
    assert len(plan.new) == len(plan.changed) == 0
    assert {row.outcome for row in plan.rows} <= {Outcome.UNCHANGED, Outcome.SKIPPED, Outcome.MAYBE}
    assert all("beëindigd" in row.why for row in plan.rows if row.outcome is Outcome.MAYBE)


def test_there_is_nothing_to_save_of_an_empty_list(window: MainWindow, keys: Keys) -> None:
    keys.press("Ctrl+2", "Ctrl+F")
    keys.type("xyzzy")
    page = part(window, SuppliersPage)
    assert [action.isEnabled() for action in page.actions() if action.objectName() == Act.EXPORT.name] == [False]


def test_a_file_is_never_replaced_unasked(window: MainWindow, keys: Keys, qtbot: QtBot, tmp_path: Path) -> None:
    kept = tmp_path / "lijst.xlsx"
    kept.write_bytes(b"van iemand anders")
    asked: list[str] = []

    def type_name(dialog: QFileDialog) -> None:
        questions = press_when_asked(dialog, keys, "Escape")
        keys.press("Ctrl+A")
        keys.type(str(kept.with_suffix("")))
        keys.press("Return")
        asked.extend(questions)
        keys.press("Escape")

    keys.press("Ctrl+2")
    when_asked(window, QFileDialog, type_name)
    keys.press("Ctrl+E")
    qtbot.waitUntil(lambda: not window.desk or not window.desk.is_busy)
    assert ["lijst.xlsx" in question for question in asked] == [True]
    assert kept.read_bytes() == b"van iemand anders"


def test_the_name_follows_the_kind_of_file_that_is_chosen(window: MainWindow, keys: Keys, qtbot: QtBot) -> None:
    def choose_csv(_dialog: QFileDialog) -> None:
        tab_to_field(keys, "fileTypeCombo")
        keys.press("Down")
        tab_to_field(keys, "fileNameEdit")
        keys.press("Return")

    keys.press("Ctrl+2")
    when_asked(window, QFileDialog, choose_csv)
    keys.press("Ctrl+E")
    qtbot.waitUntil(lambda: "opgeslagen in Leveranciers 2026-11-23.csv." in window.notice.words, timeout=15_000)
    assert window.desk and window.desk.path.with_name("Leveranciers 2026-11-23.csv").is_file()
