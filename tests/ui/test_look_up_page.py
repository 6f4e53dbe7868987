"""The phone screen: found while typing, walked with the arrows, opened with Enter; the focus stays in the box."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services.phone_card import phone_card
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import part, tab_to
from ui.main_window import MainWindow
from ui.pages.look_up_card import LookUpCard
from ui.pages.look_up_page import LookUpPage
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.fact_list import FactList
from ui.widgets.hit_list import HitList
from ui.widgets.search_box import SearchBox

MAASDAL, VLIERSTAAK = "Bouwbedrijf Maasdal B.V.", "Bouwbedrijf Vlierstaak B.V."


class Screen:
    """The parts of the page that a person sees."""

    def __init__(self, window: MainWindow, keys: Keys) -> None:
        keys.press("Ctrl+K")
        page = window.stack.currentWidget()
        assert isinstance(page, LookUpPage)
        self.window, self.page = window, page
        self.box = part(page, SearchBox)
        self.list = part(page, HitList)
        self.card = part(page, LookUpCard)

    @property
    def names(self) -> list[str]:
        return [hit.match.name for hit in self.list.lines()]

    @property
    def card_name(self) -> str:
        return part(self.card, ElidedLabel).text()


@pytest.fixture
def screen(open_window: Open, example: Path, keys: Keys) -> Screen:
    return Screen(open_window(example), keys)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which suppliers were opened, instead of opening them."""
    found: list[str] = []
    monkeypatch.setattr(MainWindow, "open_supplier", lambda _window, key, *, section="": found.append(key))
    return found


def test_a_number_in_any_notation_brings_who_it_is_and_why_it_does_not_comply(screen: Screen, keys: Keys) -> None:
    keys.type("+31 475 0230")
    assert screen.names == [MAASDAL]
    (hit,) = screen.list.lines()
    assert (hit.match.matched, hit.match.matched_text, hit.words) == ("telefoon", "0475-02 30 45", "Trede te laag")
    assert screen.card_name == MAASDAL
    facts = part(screen.card, FactList).accessibleDescription()
    assert "Vereist Trede 2 vanaf" in facts and "Heeft Trede 1 t/m" in facts and "Telefoon 0475-02 30 45" in facts
    keys.press("Ctrl+Shift+C")
    assert screen.window.desk
    said = phone_card(screen.window.desk.register, hit.match.supplier_id, on=screen.window.desk.on).spoken
    assert QApplication.clipboard().text() == said == screen.card.spoken


def test_the_arrows_walk_while_the_focus_stays_and_what_was_opened_is_there_next_time(
    screen: Screen, keys: Keys, opened: list[str]
) -> None:
    keys.type("bouw roer")
    assert screen.names == [MAASDAL, VLIERSTAAK]
    keys.press("Down", "Down")
    assert screen.card_name == VLIERSTAAK and screen.box.hasFocus()
    keys.press("Return")
    assert opened == [screen.list.lines()[1].match.supplier_id]
    keys.press("Up", "Enter", "Escape")
    assert screen.box.text() == ""
    assert screen.names == [MAASDAL, VLIERSTAAK] and screen.card_name == MAASDAL


def test_the_box_takes_the_focus_from_anywhere_and_new_words_replace_the_old(screen: Screen, keys: Keys) -> None:
    keys.type("bouw roer")
    keys.press("Ctrl+2", "Ctrl+K")
    assert screen.box.hasFocus() and screen.names == [MAASDAL, VLIERSTAAK]
    keys.type("zilver")
    assert screen.box.text() == "zilver"
    keys.press("Ctrl+K")
    assert screen.box.selectedText() == "zilver"


def test_who_is_not_there_can_be_added_under_the_name_that_was_typed(
    screen: Screen, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    monkeypatch.setattr(MainWindow, "new_supplier", lambda _window, name="": begun.append(name))
    keys.type("bouw")
    keys.press("Ctrl+N", "Escape")
    keys.type("Café  Ĳsbeer €")
    assert screen.names == [] and screen.card.spoken == ""
    keys.press("Ctrl+Shift+C", "Return", "Ctrl+N")
    tab_to(keys, "Nieuwe leverancier")
    keys.press("Space")
    assert begun == ["", "Café Ĳsbeer €", "Café Ĳsbeer €"]


def test_every_key_paints_every_part_once(screen: Screen, keys: Keys) -> None:
    paints: Counter[QObject] = Counter()
    resets: list[None] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
                paints[watched] += 1
            return False

    keys.type("m")
    watch = Watch()
    screen.list.model().modelReset.connect(lambda: resets.append(None))
    QApplication.instance().installEventFilter(watch)  # type: ignore[union-attr]
    for typed in "aasd":
        keys.type(typed)
        assert set(paints.values()) == {1}, typed
        assert screen.list.viewport() in paints
        paints.clear()
    QApplication.instance().removeEventFilter(watch)  # type: ignore[union-attr]
    assert len(resets) == len("aasd")


def test_until_everyone_is_judged_those_that_are_shown_are(
    screen: Screen, keys: Keys, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = screen.window.desk
    assert desk
    keys.type("bouw")
    words = [hit.words for hit in screen.list.lines()]
    keys.press("Escape")
    monkeypatch.setattr(desk, "has_rows", False)
    monkeypatch.setattr(desk, "row", lambda _key: None)
    keys.type("bouw")
    assert screen.card.spoken
    qtbot.waitUntil(lambda: [hit.words for hit in screen.list.lines()] == words, timeout=5_000)


def test_a_huge_paste_finds_nobody_and_harms_nothing(screen: Screen, keys: Keys) -> None:
    keys.paste("bouw " * 20_000)
    assert screen.box.text()
    keys.press("Escape")
    assert screen.box.text() == "" and screen.box.hasFocus()
