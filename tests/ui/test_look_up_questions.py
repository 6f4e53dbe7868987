"""What callers ask: typed, walked with the arrows, read and copied by keys alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.services.questions import answer_questions
from tests.keyboard import Keys
from tests.phone_cards import CASES, TODAY
from tests.ui.steps import part, words_on
from ui.base import theme
from ui.pages.look_up_questions import QuestionsPanel
from ui.widgets.layout import column
from ui.widgets.line_edit import LineEdit
from ui.widgets.norm_view import NormView
from ui.widgets.question_list import QuestionList

MAASDAL = CASES["level_too_low"]


class Screen:
    """The panel inside a page that has the same keys for itself, and what the page hears."""

    def __init__(self) -> None:
        self.page = QWidget()
        self.panel = QuestionsPanel()
        self.page.setLayout(column(self.panel))
        self.copied: list[str] = []
        self.closed: list[None] = []
        self.stolen: list[str] = []
        self.panel.copied.connect(self.copied.append)
        self.panel.closed.connect(lambda: self.closed.append(None))
        for key in ("Return", "Ctrl+Shift+C", "Escape", "F3"):
            action = QAction(self.page)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(lambda _on=False, key=key: self.stolen.append(key))
            self.page.addAction(action)
        self.filter = part(self.panel, LineEdit)
        self.list = part(self.panel, QuestionList)

    @property
    def keys_shown(self) -> list[str]:
        return [answer.key for answer in self.list.lines()]


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication) -> Iterator[Screen]:
    theme.load_fonts(qapp)
    theme.apply(qapp, theme.Appearance.LIGHT)
    made = Screen()
    qtbot.addWidget(made.page)
    made.panel.show_for(MAASDAL, on=TODAY, today=TODAY)
    made.page.resize(740, 560)
    with qtbot.waitActive(made.page):
        made.page.show()
    made.panel.begin()
    yield made
    made.page.close()


def test_all_questions_stand_there_and_the_arrows_walk_while_the_focus_stays(screen: Screen, keys: Keys) -> None:
    answers = answer_questions(MAASDAL, "", on=TODAY)
    assert screen.keys_shown == [answer.key for answer in answers]
    assert screen.panel.answer_text == answers[0].text
    keys.press("Down", "Down", "Up")
    assert screen.panel.answer_text == answers[1].text
    assert answers[1].text in words_on(screen.panel) and f"Bron: {answers[1].source}" in words_on(screen.panel)
    keys.press("Up", "Up", "Up")
    assert screen.panel.answer_text == answers[0].text
    assert screen.filter.hasFocus()


def test_a_word_finds_the_question_and_the_answer_names_whose_facts_are_in_it(screen: Screen, keys: Keys) -> None:
    keys.type("verplciht")
    assert screen.keys_shown == ["obligatory"]
    assert "‘Dakonderhoud’ (2024-017)" in screen.panel.answer_text
    shown = words_on(screen.panel)
    assert "Voor Bouwbedrijf Maasdal B.V." in shown and "Eerst controleren: kijk in het contract zelf" in shown
    screen.panel.show_for(None, on=TODAY, today=TODAY)
    assert screen.filter.text() == "verplciht" and screen.keys_shown == ["obligatory"]
    assert "Dakonderhoud" not in screen.panel.answer_text and "Algemeen antwoord" in words_on(screen.panel)


def test_another_supplier_keeps_the_question(screen: Screen, keys: Keys) -> None:
    keys.press("Down")
    screen.panel.show_for(CASES["expiring"], on=TODAY, today=TODAY)
    assert screen.panel.answer_text.startswith("U voldoet nog tot en met")


def test_enter_and_the_copy_key_and_the_button_give_the_answer_and_the_page_does_not_take_the_key(
    screen: Screen, keys: Keys
) -> None:
    keys.type("kosten")
    keys.press("Return", "Ctrl+Shift+C")
    keys.press("Tab", "Return", "Space")
    assert screen.copied == [screen.panel.answer_text] * 4
    assert screen.panel.answer_text.startswith("U betaalt één keer voor de audit")
    keys.press("F3")
    assert screen.stolen == ["F3"]


def test_escape_empties_first_and_then_leaves(screen: Screen, keys: Keys) -> None:
    keys.type("kosten")
    keys.press("Escape")
    assert (screen.filter.text(), len(screen.keys_shown), screen.closed) == ("", 18, [])
    keys.press("Escape")
    assert screen.closed == [None] and screen.stolen == []


def test_what_stood_there_is_selected_on_coming_back(screen: Screen, keys: Keys) -> None:
    keys.type("kosten")
    screen.panel.begin()
    keys.type("zzp")
    assert screen.filter.text() == "zzp" and screen.keys_shown == ["alone"]


def test_the_norms_stand_beside_their_question_only_and_a_size_leaves_two_rows(screen: Screen, keys: Keys) -> None:
    norms = part(screen.panel, NormView)
    assert not norms.isVisible()
    keys.type("norm")
    assert norms.isVisible() and norms.accessibleDescription().count("mensen") == 17
    shown = words_on(screen.panel)
    assert "Normen in procenten (indicatief)" in shown and "waarschijnlijk van vóór april 2023" in shown
    keys.type(" 42")
    assert norms.accessibleDescription() == (
        "40 mensen: Trede 1 3,7 procent, Trede 2 5,1 procent, Trede 3 7,9 procent; "
        "45 mensen: Trede 1 3,4 procent, Trede 2 4,6 procent, Trede 3 7,4 procent"
    )
    keys.press("Backspace", "Backspace")
    keys.type("1")
    assert not norms.isVisible() and screen.panel.answer_text.startswith("Met minder dan 2 medewerkers")


def test_nothing_found_says_what_to_do_and_gives_nothing_to_copy(screen: Screen, keys: Keys) -> None:
    keys.paste("<qqxx> " * 10_000)
    assert screen.keys_shown == [] and screen.panel.answer_text == ""
    assert "Geen vraag gevonden met “<qqxx> <qqxx>" in words_on(screen.panel)
    keys.press("Return", "Ctrl+Shift+C", "Down", "PgDown")
    assert screen.copied == []
    assert not part(screen.panel, QPushButton).isEnabled()


@pytest.mark.parametrize("size", [(740, 560), (960, 780)])
def test_everything_that_is_said_fits_the_place_of_the_card(
    screen: Screen, keys: Keys, qtbot: QtBot, size: tuple[int, int]
) -> None:
    screen.page.resize(*size)

    def is_whole() -> bool:
        labels = [label for label in screen.panel.findChildren(QLabel) if label.isVisible() and label.wordWrap()]
        lowest = max(label.mapTo(screen.panel, label.rect().bottomLeft()).y() for label in labels)
        return lowest < screen.panel.height() and all(
            label.height() >= label.heightForWidth(label.width()) for label in labels
        )

    for _question in screen.keys_shown:
        keys.press("Down")
        # Wrapped text finds its height in a few passes.
        qtbot.waitUntil(is_whole)
    assert screen.panel.width() == size[0]
