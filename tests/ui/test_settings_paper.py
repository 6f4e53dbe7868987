"""The files on the letters, chosen and cleared by keys; the test page; the lists of free days."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.letter import LetterSettings
from app.services.change_settings import get_settings
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import tab_to_field, type_path_when_asked, words_on
from tests.unit.letters.examples import page_texts
from tests.unit.letters.files import letter_paper, locked_paper, picture
from ui.base import paper
from ui.dialogs import ask
from ui.main_window import MainWindow
from ui.widgets.sheet_view import SheetView


@pytest.fixture
def opened(open_window: Open, example: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The window at the settings; nothing is asked when it is closed after the test."""
    window = open_window(example)
    keys.press("Ctrl+7")
    yield window
    monkeypatch.setattr(ask, "confirm", lambda *_question, **_words: True)


def stored(window: MainWindow) -> LetterSettings:
    assert window.desk is not None
    return get_settings(window.desk.register, LetterSettings)


def field(window: MainWindow, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def choose(qtbot: QtBot, window: MainWindow, keys: Keys, key: str, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    type_path_when_asked(window, keys, path)
    keys.press(key)
    qtbot.waitUntil(lambda: window.desk is not None and not window.desk.is_busy)


def until(is_so: Callable[[], bool]) -> None:
    """Wait while the window handles nothing."""
    for _ in range(1000):
        if is_so():
            return
        time.sleep(0.01)
    pytest.fail("It did not come about.")


def test_letter_paper_is_chosen_seen_saved_cleared_and_taken_back_by_keys(
    qtbot: QtBot, opened: MainWindow, keys: Keys, tmp_path: Path
) -> None:
    sheet = opened.findChild(SheetView)
    assert sheet is not None
    choose(qtbot, opened, keys, "Ctrl+Shift+P", tmp_path / "papier.pdf", letter_paper())
    line = field(opened, "background")
    qtbot.waitUntil(lambda: line.text() == "papier.pdf")
    assert opened.focusWidget() is line
    kind = opened.findChild(QComboBox, "paper")
    assert kind is not None and kind.currentText() == "Eigen pdf"
    # The green of the paper, before anything was saved.
    place = (sheet.width() // 2, 8)
    qtbot.waitUntil(lambda: sheet.grab().toImage().pixelColor(*place).name() == "#00664d", timeout=10_000)
    assert stored(opened).background == ""
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: stored(opened).paper == "background" and len(stored(opened).background) == 64)
    qtbot.waitUntil(lambda: line.text().startswith("Gekozen: pdf, "))
    keys.press("Ctrl+Delete")
    assert line.text() == "Niet gekozen"
    keys.press("Ctrl+S")
    assert "Kies hier uw eigen briefpapier" in opened.notice.words
    tab_to_field(keys, "paper")
    keys.press("Home")
    QTest.keyClick(opened.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    # The undo is written before the window hears of the save: `Keys` would let it hear.
    until(lambda: stored(opened).background == "")
    QTest.keyClick(opened.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    until(lambda: len(stored(opened).background) == 64)
    qtbot.waitUntil(lambda: line.text().startswith("Gekozen: pdf, "))
    qtbot.waitUntil(lambda: kind.currentText() == "Eigen pdf")


def test_logo_and_signature_may_be_drawings_and_pictures(
    qtbot: QtBot, opened: MainWindow, keys: Keys, tmp_path: Path
) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><rect width="9" height="3"/></svg>'
    choose(qtbot, opened, keys, "Ctrl+Shift+L", tmp_path / "logo.svg", drawing)
    qtbot.waitUntil(lambda: field(opened, "logo").text() == "logo.svg")
    choose(qtbot, opened, keys, "Ctrl+Shift+H", tmp_path / "hand.jpg", picture("JPEG"))
    qtbot.waitUntil(lambda: field(opened, "signature").text() == "hand.jpg")
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: stored(opened).logo != "" and stored(opened).signature != "")
    assert opened.desk is not None
    assert opened.desk.register.documents.get(stored(opened).logo).media_type == "application/pdf"
    assert stored(opened).paper == "plain"


@pytest.mark.parametrize(
    ("key", "content", "words"),
    [
        ("Ctrl+Shift+P", locked_paper(), "beveiligd met een wachtwoord"),
        ("Ctrl+Shift+P", picture(), "Briefpapier is een pdf"),
        ("Ctrl+Shift+L", b"<svg><script/></svg>", "svg"),
        ("Ctrl+Shift+H", picture()[:99], "beschadigd"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_what_was_typed_stays(
    qtbot: QtBot, opened: MainWindow, keys: Keys, tmp_path: Path, key: str, content: bytes, words: str
) -> None:
    city = tab_to_field(keys, "city")
    keys.type("Weert")
    choose(qtbot, opened, keys, key, tmp_path / "bestand.dat", content)
    qtbot.waitUntil(lambda: words in opened.notice.words)
    assert isinstance(city, QLineEdit)
    assert city.text() == "Weert"
    assert [field(opened, name).text() for name in ("background", "logo", "signature")] == ["Niet gekozen"] * 3


def test_the_test_page_is_saved_and_printed_with_the_offset_that_was_typed(
    qtbot: QtBot, opened: MainWindow, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab_to_field(keys, "offset_right_mm")
    keys.press("Ctrl+A")
    keys.type("2,5")
    path = tmp_path / "proef.pdf"
    type_path_when_asked(opened, keys, path)
    keys.press("Ctrl+E")
    qtbot.waitUntil(lambda: opened.notice.words == "Testpagina opgeslagen in proef.pdf.")
    assert "2,5 mm naar rechts" in " ".join(page_texts(path.read_bytes())[0].split())

    def to_file(_parent: object, _title: str) -> object:
        printer = paper.make_printer()
        printer.setOutputFileName(str(tmp_path / "gedrukt.pdf"))
        return printer

    monkeypatch.setattr(ask, "printer", to_file)
    keys.press("Ctrl+P")
    qtbot.waitUntil(lambda: opened.notice.words == "Testpagina naar de printer gestuurd.", timeout=10_000)
    assert (tmp_path / "gedrukt.pdf").stat().st_size > 1000


def test_a_day_that_cannot_be_read_is_named_and_nothing_is_saved(qtbot: QtBot, opened: MainWindow, keys: Keys) -> None:
    tab_to_field(keys, "closed_days")
    keys.type("8-2-2027 carnaval")
    keys.press("Return")
    keys.type("31-2-2027 bestaat niet")
    words = "‘31-2-2027 bestaat niet’ begint niet met een datum."
    assert words in words_on(opened.stack)
    keys.press("Ctrl+S")
    assert words in opened.notice.words and "Er is niets opgeslagen." in opened.notice.words
    assert stored(opened).closed_days == ""
    tab_to_field(keys, "closed_days")
    for _ in range(len("31-2-2027 bestaat niet")):
        keys.press("Backspace")
    keys.type("2027-02-09")
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: stored(opened).closed_days == "8-2-2027 carnaval\n2027-02-09")
