"""The table of every screen: order, ticks, remembered columns."""

import random
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.keyboard import Keys
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column, RowTableModel
from ui.widgets.row_table import RowTable


class Firm(NamedTuple):
    key: str
    name: str
    cents: int


FIRMS = [Firm("a", "Berg", 300), Firm("b", "Aelen", 100), Firm("c", "Zwaluw", 200), Firm("d", "Éclair", 100)]
COLUMNS = (
    Column("tick", "✓", 30, lambda _firm: "", Cell.CHECK),
    Column("name", "Naam", 0, lambda firm: firm.name, Cell.STRONG, lambda firm: firm.name),
    Column("cents", "Bedrag", 90, lambda firm: str(firm.cents), Cell.NUMBER, lambda firm: firm.cents),
    Column("note", "Opmerking", 80, lambda firm: "", yields=True),
)


def shown_table(qtbot: QtBot, state: WindowState) -> RowTable:
    table = RowTable("firms", "Firma’s", COLUMNS, lambda firm: firm.key, state)
    qtbot.addWidget(table)
    table.resize(600, 300)
    with qtbot.waitActive(table):
        table.show()
    table.show_rows(FIRMS)
    table.setFocus()
    return table


def names(table: RowTable) -> list[str]:
    return [firm.name for firm in table.rows_model.rows]


def test_the_model_keeps_to_the_rules_of_qt_through_every_change(qtmodeltester: ModelTester):
    model = RowTableModel(COLUMNS, lambda firm: firm.key)
    qtmodeltester.check(model)
    chance = random.Random(7)
    for _ in range(40):
        model.show(chance.sample(FIRMS, chance.randint(0, len(FIRMS))))
        model.sort(chance.randint(-1, 3), chance.choice(list(Qt.SortOrder)))
        model.set_checked(["a", "c"], is_checked=chance.random() < 0.5)


def test_rows_that_are_equal_keep_their_order_and_the_third_click_gives_the_rows_own_order(
    qtbot: QtBot, tmp_path: Path
):
    table = shown_table(qtbot, WindowState(tmp_path / "v.json"))
    heads = table.horizontalHeader()
    heads.setSortIndicator(2, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["Aelen", "Éclair", "Zwaluw", "Berg"]
    heads.setSortIndicator(2, Qt.SortOrder.DescendingOrder)
    assert names(table) == ["Berg", "Zwaluw", "Aelen", "Éclair"]
    heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert names(table) == [firm.name for firm in FIRMS]


def test_the_order_is_chosen_by_key_and_turned_by_choosing_again(qtbot: QtBot, keys: Keys, tmp_path: Path):
    table = shown_table(qtbot, WindowState(tmp_path / "v.json"))

    def choose() -> None:
        # The first column with an order is the name, the second the amount.
        keys.press("Down", "Down", "Return")

    for expected in (["Aelen", "Éclair", "Zwaluw", "Berg"], ["Berg", "Zwaluw", "Aelen", "Éclair"]):
        QTimer.singleShot(100, table, choose)
        keys.press("Ctrl+Shift+S")
        assert names(table) == expected


def test_ticks_follow_their_rows_and_go_with_them(qtbot: QtBot, keys: Keys, tmp_path: Path):
    table = shown_table(qtbot, WindowState(tmp_path / "v.json"))
    keys.press("Space", "Down", "Down", "Space")
    assert [firm.key for firm in table.rows_model.checked_rows()] == ["a", "c"]
    table.horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    assert [firm.key for firm in table.rows_model.checked_rows()] == ["c", "a"]
    table.show_rows(FIRMS[:1])
    assert table.rows_model.checked == {"a"}
    keys.press("Ctrl+A")
    assert table.rows_model.checked == set()


def test_the_current_row_stays_current_when_rows_change_around_it(qtbot: QtBot, keys: Keys, tmp_path: Path):
    table = shown_table(qtbot, WindowState(tmp_path / "v.json"))
    keys.press("Down", "Down")
    assert table.current_key() == "c"
    table.show_rows(FIRMS[1:])
    assert table.current_key() == "c"
    table.show_rows(FIRMS[:2])
    assert table.current_key() == "a"


def test_enter_opens_the_current_row(qtbot: QtBot, keys: Keys, tmp_path: Path):
    table = shown_table(qtbot, WindowState(tmp_path / "v.json"))
    with qtbot.waitSignal(table.opened) as opened:
        keys.press("Down", "Return")
    assert opened.args == [FIRMS[1]]


def test_widths_order_and_sorting_are_remembered_and_rubbish_is_not_taken(qtbot: QtBot, tmp_path: Path):
    state = WindowState(tmp_path / "v.json")
    table = shown_table(qtbot, state)
    heads = table.horizontalHeader()
    heads.resizeSection(2, 140)
    heads.moveSection(2, 0)
    heads.setSortIndicator(2, Qt.SortOrder.DescendingOrder)
    again = shown_table(qtbot, state)
    assert again.horizontalHeader().sectionSize(2) == 140
    assert again.horizontalHeader().visualIndex(2) == 0
    assert names(again)[0] == "Berg"
    state.set("firms.order", ["cents", "weg", "cents", "name"])
    state.set("firms.widths", {"cents": -5, "weg": 9, "name": 99_999_999})
    state.set("firms.sort", "-weg")
    odd = shown_table(qtbot, state)
    assert odd.horizontalHeader().sectionSize(2) >= 28
    assert names(odd) == [firm.name for firm in FIRMS]


def test_a_column_that_yields_is_left_out_where_there_is_too_little_room(qtbot: QtBot, tmp_path: Path):
    table = shown_table(qtbot, WindowState(tmp_path / "v.json"))
    assert not table.isColumnHidden(3)
    table.resize(330, 300)
    assert table.isColumnHidden(3)
    table.resize(700, 300)
    assert not table.isColumnHidden(3)


def test_rows_that_come_anew_leave_place_height_and_selection(qtbot: QtBot, tmp_path: Path, keys: Keys):
    table = shown_table(qtbot, WindowState(tmp_path / "v.json"))
    table.setSelectionMode(RowTable.SelectionMode.ExtendedSelection)
    many = [Firm(str(place), f"Firma {place:03d}", place) for place in range(100)]
    table.show_rows(many)
    keys.press(*["Down"] * 30, "PgUp", "Down", "Shift+Down")
    selected, top = [firm.key for firm in table.selected_rows()], table.verticalScrollBar().value()
    assert top > 0
    table.show_rows([firm._replace(cents=1) for firm in many])
    assert table.verticalScrollBar().value() == top
    table.show_rows(many[4:])
    assert table.verticalScrollBar().value() == top - 4
    assert [firm.key for firm in table.selected_rows()] == selected
    assert table.current_key() == selected[-1]


def test_a_column_that_is_left_out_comes_back_as_wide_as_it_was(qtbot: QtBot, tmp_path: Path):
    state = WindowState(tmp_path / "v.json")
    table = shown_table(qtbot, state)
    table.horizontalHeader().resizeSection(2, 120)
    table.leave_out({"cents"})
    table.horizontalHeader().resizeSection(0, 40)
    assert table.isColumnHidden(2)
    again = shown_table(qtbot, state)
    assert not again.isColumnHidden(2)
    assert (again.columnWidth(0), again.columnWidth(2)) == (40, 120)


def test_a_click_on_an_answer_picks_it_and_one_beside_it_does_not(qtbot: QtBot, tmp_path: Path):
    answers = Column("answer", "Keuze", 260, lambda _firm: "", Cell.CHOICE, value=lambda _firm: -1,
                     choices=("Dezelfde", "Nieuw"))  # fmt: skip
    table = RowTable(
        "firms", "Firma’s", (*COLUMNS[1:3], answers), lambda firm: firm.key, WindowState(tmp_path / "v.json")
    )
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    table.show_rows(FIRMS)
    picked: list[tuple[str, int]] = []
    table.picked.connect(lambda firm, place: picked.append((firm.key, place)))
    cell = table.visualRect(table.rows_model.index(1, 2))
    for x in (20, 110, 250):
        place = cell.topLeft() + QPoint(x, cell.height() // 2)
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked == [("b", 0), ("b", 1)]
