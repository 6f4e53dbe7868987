"""The texts of letters by keys alone: a mistake is seen with its place, mended, saved, and in the next letter."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QListWidget
from pytestqt.qtbot import QtBot

from app.domain.letter import LetterKind, LetterSettings
from app.domain.supplier import Language
from app.services import Register
from app.services.change_settings import change_settings, get_settings
from app.services.letter_texts import get_text, list_texts, save_text
from app.services.plan_letters import plan_letters
from app.services.write_letters import draft_letters
from tests.keyboard import Keys
from tests.ui.conftest import TODAY, Open
from tests.ui.steps import part, press_when_asked, tab_to, words_on
from ui.base.actions import Act
from ui.dialogs import ask
from ui.main_window import MainWindow
from ui.pages.letters_texts import TextsPanel
from ui.widgets.check_box import CheckBox
from ui.widgets.page_view import PageView
from ui.widgets.row_table import RowTable
from ui.widgets.source_edit import SourceEdit

REQUEST = LetterKind.REQUEST, Language.DUTCH
# Before the quotation mark that ends the last sentence of the request.
LAST_LINE = ("Ctrl+End", "Up", "End", "Left")


@pytest.fixture
def opened(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """The window at the text of the request, with the focus on the list; closing it after the test asks nothing."""
    window = open_window(example)
    go_to_texts(window, keys, qtbot)
    yield window
    monkeypatch.setattr(ask, "confirm", lambda *_question, **_words: True)


def go_to_texts(window: MainWindow, keys: Keys, qtbot: QtBot) -> None:
    keys.press("Ctrl+4", "Ctrl+Shift+T")
    texts = part(window, RowTable, "letters.texts")
    assert QApplication.focusWidget() is texts
    while texts.current_key() != REQUEST:
        keys.press("Down")
    qtbot.waitUntil(lambda: view(window).page is not None, timeout=10_000)


def register(window: MainWindow) -> Register:
    assert window.desk is not None
    return window.desk.register


def panel(window: MainWindow) -> TextsPanel:
    return part(window, TextsPanel)


def editor(window: MainWindow) -> SourceEdit:
    return part(window, SourceEdit)


def view(window: MainWindow) -> PageView:
    return part(panel(window), PageView)


def place(window: MainWindow) -> tuple[int, int]:
    """Line and column of the cursor, from 1."""
    cursor = editor(window).textCursor()
    return cursor.blockNumber() + 1, cursor.positionInBlock() + 1


def state_of(window: MainWindow) -> str:
    """What the list says of the request."""
    model = part(window, RowTable, "letters.texts").rows_model
    said: str = model.columns[2].text(model.rows[model.place_of(REQUEST)])
    return said


def first_letter(window: MainWindow) -> str:
    """The words of the first request that is due."""
    plan = plan_letters(register(window), on=TODAY)
    due = next(found for found in plan.proposals if found.kind is LetterKind.REQUEST)
    (draft,) = draft_letters(register(window), (due,), on=TODAY)
    return " ".join(paragraph.text for block in draft.content.blocks for paragraph in block.paragraphs)


def test_a_mistake_is_seen_mended_saved_and_in_the_next_letter_and_all_of_it_can_be_taken_back(
    qtbot: QtBot, opened: MainWindow, keys: Keys
) -> None:
    before = get_text(register(opened), *REQUEST).source
    first_page = view(opened).page
    keys.press("Return", *LAST_LINE)
    line, column = place(opened)
    keys.type(" Ook uw {lid} telt.")
    qtbot.waitUntil(
        lambda: f"(regel {line}, kolom {column + 8}): bij 'Geen certificaat' is {{lid}} leeg" in said(opened)
    )
    assert view(opened).page == first_page
    assert state_of(opened) == "Niet bewaard"
    keys.press("Ctrl+Home", "Ctrl+S")
    qtbot.waitUntil(lambda: "Er is niets opgeslagen." in opened.notice.words)
    assert place(opened) == (line, column + 8)
    keys.press("Ctrl+Home", "F8")
    assert place(opened) == (line, column + 8)
    keys.press(*["Delete"] * len("{lid}"))
    keys.type("{team")
    keys.press("Return")
    qtbot.waitUntil(lambda: view(opened).page not in (None, first_page), timeout=10_000)
    assert "klopt niet" not in said(opened)
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: opened.notice.words.startswith("Tekst opgeslagen."))
    assert "Ook uw Team Inkoopadvies telt." in first_letter(opened)
    assert state_of(opened) == "Eigen tekst"
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: "Ongedaan gemaakt: Brieftekst gewijzigd: Verzoek" in opened.notice.words)
    assert editor(opened).toPlainText() == before
    assert "Ook uw" not in first_letter(opened)
    keys.press("Ctrl+Y")
    qtbot.waitUntil(lambda: "Ook uw {team} telt." in editor(opened).toPlainText())
    keys.press("Ctrl+Shift+H")
    qtbot.waitUntil(lambda: opened.notice.words.startswith("De tekst van het programma is terug."))
    assert editor(opened).toPlainText() == before
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: "Ook uw {team} telt." in editor(opened).toPlainText())


def said(window: MainWindow) -> str:
    return words_on(panel(window))


def test_fields_are_offered_while_typing_and_by_a_key(opened: MainWindow, keys: Keys) -> None:
    keys.press("Return", "Ctrl+Home")
    offered = part(opened, QListWidget, "offered")
    keys.type("# {vo")
    assert [offered.item(row).text()[:15] for row in range(offered.count())] == ["{vorige_datum} ", "{vorig_kenmerk}"]
    keys.press("Down", "Tab")
    assert editor(opened).toPlainText().startswith("# {vorig_kenmerk}# De tekst")
    assert not offered.isVisible()
    keys.type(" {{")
    assert not offered.isVisible()
    keys.press("Backspace", "Backspace", "Ctrl+Space")
    assert offered.count() > 20
    keys.press("Up", "Up", "Escape")
    assert not offered.isVisible()
    keys.press("Ctrl+Space", "Return")
    assert editor(opened).toPlainText().startswith("# {vorig_kenmerk} {organisatie}# De tekst")
    keys.press("Left", "Left", "Left")
    keys.press("Ctrl+Space", "Tab")
    assert editor(opened).toPlainText().startswith("# {vorig_kenmerk} {organisatie}# De tekst")


def test_a_block_is_taken_out_of_the_letter_with_the_space_bar(qtbot: QtBot, opened: MainWindow, keys: Keys) -> None:
    source = get_text(register(opened), *REQUEST).source
    marked = source.replace('heading = "Waarom vragen wij dit?"', 'block = "Wat PSO is"\nheading = "Waarom?"')
    assert opened.desk is not None
    opened.desk.write(lambda register, _: save_text(register, *REQUEST, source=marked), what="Blok", owner=opened)
    qtbot.waitUntil(lambda: any(box.text() == "Wat PSO is" for box in panel(opened).findChildren(CheckBox)))
    box = tab_to(keys, "Blok: Wat PSO is", kind=CheckBox)
    assert "Prestatieladder" in first_letter(opened)
    keys.press("Space")
    assert 'block = "Wat PSO is"\non = false\n' in editor(opened).toPlainText()
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: opened.notice.words.startswith("Tekst opgeslagen."))
    assert "Prestatieladder" not in first_letter(opened)
    assert not box.isChecked()
    keys.press("Ctrl+Z")
    qtbot.waitUntil(box.isChecked)


def test_typing_can_be_undone_after_something_else_changed_in_the_register(
    qtbot: QtBot, opened: MainWindow, keys: Keys
) -> None:
    before = editor(opened).toPlainText()
    keys.press("Return", "Ctrl+Home")
    keys.type("# a")
    assert opened.desk is not None
    changed = register(opened).newest_change()
    team = replace(get_settings(register(opened), LetterSettings), team="Sociaal inkopen")
    opened.desk.write(lambda register, _: change_settings(register, team), what="Elders", owner=opened)
    qtbot.waitUntil(lambda: register(opened).newest_change() > changed)
    qtbot.waitUntil(lambda: not opened.desk.is_busy)  # type: ignore[union-attr]
    keys.press("Ctrl+Z")
    assert editor(opened).toPlainText() == before
    assert not panel(opened).holds_typing
    assert get_settings(register(opened), LetterSettings) == team


def test_the_example_follows_the_reason_and_the_other_text_that_is_chosen(
    qtbot: QtBot, opened: MainWindow, keys: Keys
) -> None:
    first = view(opened).page
    reason = tab_to(keys, "Voorbeeld bij", kind=QComboBox)
    keys.press("Down", "Down")
    assert reason.currentText() == "Trede te laag"
    qtbot.waitUntil(lambda: view(opened).page not in (None, first), timeout=10_000)
    second = view(opened).page
    keys.press("Escape", "Down")
    assert editor(opened).toPlainText() == get_text(register(opened), LetterKind.REQUEST, Language.ENGLISH).source
    assert reason.currentText() == "Trede te laag"
    qtbot.waitUntil(lambda: view(opened).page not in (None, first, second), timeout=10_000)


def test_what_is_typed_stays_while_another_text_is_looked_at_and_leaving_asks(
    qtbot: QtBot, opened: MainWindow, keys: Keys
) -> None:
    keys.press("Return", "Ctrl+Home")
    keys.type("# ł é 🦉 ")
    press_when_asked(opened, keys, "Return")
    keys.press("Escape")
    assert editor(opened).toPlainText().startswith("# ł é 🦉 # De tekst van het verzoek")
    part(opened, RowTable, "letters.texts").setFocus()
    keys.press("Down")
    assert editor(opened).toPlainText().startswith("# De tekst van het verzoek om een PSO-certificaat. In het Engels")
    keys.press("Up")
    assert editor(opened).toPlainText().startswith("# ł é 🦉 #")
    asked = press_when_asked(opened, keys, "Escape")
    keys.press("Ctrl+2")
    assert "nog niet opgeslagen" in asked[0]
    assert panel(opened).isVisible()
    press_when_asked(opened, keys, "Tab", "Space")
    keys.press("Escape")
    assert editor(opened).toPlainText() == get_text(register(opened), *REQUEST).source
    keys.press("Ctrl+2")
    assert not panel(opened).isVisible()


def test_an_earlier_version_can_be_read_and_used_again(qtbot: QtBot, opened: MainWindow, keys: Keys) -> None:
    before = get_text(register(opened), *REQUEST).source
    assert opened.desk is not None
    opened.desk.write(
        lambda register, _: save_text(register, *REQUEST, source=before + "# anders\n"), what="Tekst", owner=opened
    )
    qtbot.waitUntil(lambda: editor(opened).toPlainText().endswith("# anders\n"))
    versions = tab_to(keys, "Versie van de tekst", kind=QComboBox)
    assert versions.currentText().startswith("Sinds 23-11-2026, ")
    assert versions.currentText().endswith(": eigen tekst")
    keys.press("Down")
    assert editor(opened).toPlainText() == before
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: get_text(register(opened), *REQUEST).source == before)
    assert get_text(register(opened), *REQUEST).version == 4


def test_a_register_that_is_only_read_shows_its_texts_and_changes_none(
    qtbot: QtBot, open_window: Open, example: Path, keys: Keys
) -> None:
    window = open_window(example)
    window.open_register(example, to_write=False)
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=15_000)
    go_to_texts(window, keys, qtbot)
    before = editor(window).toPlainText()
    keys.press("Return", "Ctrl+Space", "Down")
    keys.type("x{")
    keys.press("Ctrl+S", "Ctrl+Shift+H")
    assert editor(window).toPlainText() == before
    assert not panel(window).holds_typing
    assert "alleen te lezen" in said(window)
    assert not part(window, QListWidget, "offered").isVisible()


def test_anything_may_be_pasted_and_is_only_text(qtbot: QtBot, opened: MainWindow, keys: Keys) -> None:
    before = list_texts(register(opened))
    keys.press("Return", "Ctrl+A")
    keys.paste("<b>{x.__class__}</b> %s {% 🦉" * 4_000)
    qtbot.waitUntil(lambda: "klopt niet" in said(opened), timeout=10_000)
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: "Er is niets opgeslagen" in opened.notice.words, timeout=10_000)
    assert list_texts(register(opened)) == before
    keys.press("Ctrl+Z")
    assert editor(opened).toPlainText() == get_text(register(opened), *REQUEST).source


def test_a_text_that_is_too_old_for_the_program_is_told(
    qtbot: QtBot, opened: MainWindow, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = get_text(register(opened), *REQUEST).source + "# nieuw\n"
    monkeypatch.setattr("app.letters.templates.shipped", lambda: {REQUEST: newer})
    keys.press("Ctrl+2", "Ctrl+4")
    assert "Het programma heeft een nieuwere tekst" in said(opened)
    assert state_of(opened) == "Nieuwe tekst"
    keys.press("Ctrl+Shift+H")
    qtbot.waitUntil(lambda: editor(opened).toPlainText() == newer)
    assert "Het programma heeft een nieuwere tekst" not in said(opened)
    assert Act.RESTORE_TEXT in opened.bound_actions()
    assert all(label.textFormat().name == "PlainText" for label in panel(opened).findChildren(QLabel))
