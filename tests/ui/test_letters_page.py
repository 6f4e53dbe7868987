"""Letters by keys alone: chosen, checked as they will print, made, printed, saved, found back, withdrawn."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.base.errors import AppError
from app.domain.letter import LetterState
from app.domain.supplier import Address
from app.services import Register
from app.services.letter_archive import get_letter_pdf, get_round_pdf, list_letters
from app.services.plan_letters import plan_letters
from app.services.record import save
from app.services.show_letter import page_count, page_picture
from app.services.write_letters import draft_letters, render_draft, write_letters
from tests.keyboard import Keys
from tests.ui.conftest import TODAY, Open
from tests.ui.steps import press_when_asked, tab_to, type_path_when_asked
from ui.base.paper import as_image, make_printer
from ui.dialogs import ask
from ui.main_window import MainWindow
from ui.pages import letters_choose, letters_proposal
from ui.widgets.page_view import PageView
from ui.widgets.row_table import RowTable


@pytest.fixture
def opened(open_window: Open, example: Path, keys: Keys, qtbot: QtBot) -> MainWindow:
    """The window with the letters of everyone who is due one."""
    window = open_window(example)
    keys.press("Ctrl+4")
    qtbot.waitUntil(lambda: "brieven maken" in said(window), timeout=10_000)
    return window


def register(window: MainWindow) -> Register:
    assert window.desk is not None
    return window.desk.register


def page(window: MainWindow) -> QWidget:
    shown: QWidget = window.stack.currentWidget()  # type: ignore[assignment]  # there is always one
    return shown


def table(window: MainWindow) -> RowTable:
    return next(part for part in page(window).findChildren(RowTable) if part.isVisible())


def view(window: MainWindow) -> PageView:
    return next(part for part in page(window).findChildren(PageView) if part.isVisible())


def said(window: MainWindow) -> str:
    """What can be read on the screen: labels and buttons."""
    parts = [part for kind in (QLabel, QAbstractButton) for part in page(window).findChildren(kind)]
    return " | ".join(part.property("text") for part in parts if part.isVisible())


def shows(window: MainWindow, pdf: bytes) -> bool:
    """Whether the page in view is the first of a PDF, to the pixel."""
    shown = view(window)
    expected = as_image(page_picture(pdf, 0, width_px=shown.page_width_px()))
    return shown.page is not None and shown.page == expected


def states(window: MainWindow) -> list[LetterState]:
    return [item.state for item in list_letters(register(window))]


def make(window: MainWindow, keys: Keys, qtbot: QtBot) -> None:
    """Make the letters and wait for the round."""
    keys.press("Ctrl+Return")
    qtbot.waitUntil(lambda: "Afdrukken…" in said(window) and bool(table(window).rows_model.rows), timeout=20_000)


def test_ticked_suppliers_get_the_letters_that_were_proposed(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot
) -> None:
    window = open_window(example)
    keys.press("Ctrl+2")
    for _ in range(40):
        keys.press("Space", "Down")
    chosen = [found.supplier_id for found in table(window).rows_model.checked_rows()]
    plan = plan_letters(register(window), on=TODAY, only=chosen)
    assert len(chosen) == 40
    assert 2 <= len(plan.proposals) < 40
    drafts = draft_letters(register(window), plan.proposals, on=TODAY)
    expected = {draft.facts.kenmerk: render_draft(register(window), draft) for draft in drafts}
    keys.press("Ctrl+B")
    qtbot.waitUntil(lambda: f"{len(drafts)} brieven maken" in said(window), timeout=10_000)
    assert "Voor 40 gekozen leveranciers" in said(window)
    assert f"{40 - len(drafts)} leveranciers overgeslagen — " in said(window)
    make(window, keys, qtbot)
    rows = table(window).rows_model.rows
    assert {row.letter.kenmerk: get_letter_pdf(register(window), row.letter.id) for row in rows} == expected
    assert table(window).rows_model.checked == {row.letter.id for row in rows}
    assert f"{len(drafts)} brieven gemaakt en bewaard" in window.notice.words
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: {row.state for row in table(window).rows_model.rows} == {LetterState.WITHDRAWN})


def test_the_page_beside_the_list_is_the_letter_as_it_will_print(opened: MainWindow, keys: Keys, qtbot: QtBot) -> None:
    proposals = plan_letters(register(opened), on=TODAY).proposals
    due = [place for place, found in enumerate(proposals) if not found.is_offer]

    def expected(place: int, *, before: int) -> bytes:
        (draft,) = draft_letters(register(opened), proposals[place : place + 1], on=TODAY, before=before)
        return render_draft(register(opened), draft)

    qtbot.waitUntil(lambda: shows(opened, expected(due[0], before=0)), timeout=10_000)
    for _ in range(12):
        keys.press("Down")
    qtbot.waitUntil(lambda: shows(opened, expected(due[12], before=12)), timeout=10_000)
    keys.press("Up", "Space", "Down")
    assert f"{len(due) - 1} aangevinkt" in said(opened)
    qtbot.waitUntil(lambda: shows(opened, expected(due[12], before=11)), timeout=10_000)


def test_window_fold_and_true_size_are_shown_and_remembered(opened: MainWindow, keys: Keys, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view(opened).page is not None, timeout=10_000)
    assert view(opened).window_mm is not None
    keys.press("Return")
    before = view(opened).grab().toImage()
    tick(keys, "Venster", "Vouwlijn", "Ware grootte")
    assert view(opened).window_mm is None
    qtbot.waitUntil(lambda: (shown := view(opened).page) is not None and shown.width() > before.width() + 100)
    keys.press("Ctrl+Shift+A")
    assert view(opened).window_mm is None
    assert opened.state.get("letters.true_size", False)


def tick(keys: Keys, *names: str) -> None:
    """Press the space bar on boxes, reached by Tab."""
    for name in names:
        tab_to(keys, name)
        keys.press("Space")


def test_a_letter_that_cannot_be_made_says_why_and_the_others_are_shown(
    opened: MainWindow, keys: Keys, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_register: Register, _draft: object) -> bytes:
        raise AppError("De brief kan niet worden gemaakt.", "Pas de tekst aan.")

    qtbot.waitUntil(lambda: not opened.desk.is_busy)  # type: ignore[union-attr]
    monkeypatch.setattr(letters_proposal, "render_draft", refuse)
    keys.press("Ctrl+End")
    qtbot.waitUntil(lambda: "De brief kan niet worden gemaakt. Pas de tekst aan." in said(opened))
    assert view(opened).page is None
    monkeypatch.undo()
    keys.press("Ctrl+Home")
    qtbot.waitUntil(lambda: view(opened).page is not None)
    assert "kan niet worden gemaakt" not in said(opened)


def test_the_sheets_of_a_long_letter_are_turned_by_keys(
    opened: MainWindow, keys: Keys, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [item.letter.id for item in list_letters(register(opened))[:2]]
    both = get_round_pdf(register(opened), ids)
    assert page_count(both) == 2
    qtbot.waitUntil(lambda: not opened.desk.is_busy)  # type: ignore[union-attr]
    monkeypatch.setattr(letters_proposal, "render_draft", lambda _register, _draft: both)
    keys.press("Ctrl+End")
    qtbot.waitUntil(lambda: "blad 1 van 2" in said(opened))
    keys.press("Alt+PgDown", "Alt+PgDown")
    assert "blad 2 van 2" in said(opened)
    qtbot.waitUntil(lambda: shows(opened, get_letter_pdf(register(opened), ids[1])))
    keys.press("Return", "PgUp")
    qtbot.waitUntil(lambda: shows(opened, get_letter_pdf(register(opened), ids[0])))
    keys.press("Escape", "Down")
    assert QApplication.focusWidget() is table(opened)


def test_who_is_skipped_is_listed_and_enter_goes_to_what_must_be_mended(
    opened: MainWindow, keys: Keys, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways: list[tuple[str, str]] = []
    monkeypatch.setattr(opened, "open_supplier", lambda key, *, section="": ways.append((key, section)))
    skipped = plan_letters(register(opened), on=TODAY).skipped
    homeless = next(found for found in skipped if found.why.startswith("Geen adres"))
    assert "2 zonder adres" in said(opened)
    keys.press("Ctrl+Shift+O", "Return")
    assert ways == [(homeless.supplier_id, "visiting_street")]
    assert not any(part.isVisible() for part in page(opened).findChildren(PageView))
    keys.press("Escape")
    assert "brieven maken" in said(opened)
    count = len(table(opened).rows_model.rows)
    keys.press("Down", "Space")
    unticked = table(opened).current_key()
    supplier = register(opened).suppliers.get(homeless.supplier_id)
    housed = replace(supplier, visiting=Address(street="Dijk", house_number="1", postcode="6041 AB", city="Roermond"))
    assert opened.desk is not None
    opened.desk.write(lambda register, _: save(register, housed), what="Adres", owner=opened)
    qtbot.waitUntil(lambda: len(table(opened).rows_model.rows) == count + 1, timeout=10_000)
    due = {found.supplier.id for found in table(opened).rows_model.rows if not found.is_offer}
    assert table(opened).rows_model.checked == due - {unticked}


def show(keys: Keys, words: str) -> None:
    """Choose which letters are listed, and go back to them."""
    choice = tab_to(keys, "Welke brieven", kind=QComboBox)
    keys.press("Home")
    while not choice.currentText().startswith(words):
        keys.press("Down")
    keys.press("Tab")


def take_first_of_menu(window: MainWindow) -> None:
    """Press the keys that take the first entry of the menu that comes."""

    def press() -> None:
        if isinstance(menu := QApplication.activePopupWidget(), QMenu):
            timer.stop()
            for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
                QTest.keyClick(menu, key)

    timer = QTimer(window)
    timer.timeout.connect(press)
    timer.start(20)


def test_a_round_is_put_down_and_taken_up_again_with_every_decision(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot
) -> None:
    window = open_window(example)
    keys.press("Ctrl+4")
    qtbot.waitUntil(lambda: "brieven maken" in said(window), timeout=10_000)
    due = {found.supplier.id for found in plan_letters(register(window), on=TODAY).due}
    while len(table(window).current_row().kinds) < 2:
        keys.press("Down")
    other, chosen = table(window).current_key(), table(window).current_row()
    take_first_of_menu(window)
    keys.press("F2")
    assert table(window).current_row().kind is next(kind for kind in chosen.kinds if kind is not chosen.kind)
    keys.press("Down")
    unticked = table(window).current_key()
    keys.press("Space")
    show(keys, "Aan te bieden")
    taken = table(window).current_key()
    keys.press("Space")
    window.close()

    window = open_window(example)
    keys.press("Ctrl+4")
    qtbot.waitUntil(lambda: "brieven maken" in said(window), timeout=10_000)
    assert "U gaat verder met de ronde van" in said(window)
    assert "1 uitgevinkt, 1 extra aangevinkt en 1 anders geschreven" in said(window)
    assert table(window).rows_model.checked == due - {unticked}
    assert f"{len(due)} brieven maken" in said(window)
    show(keys, "Aan te bieden")
    assert table(window).rows_model.checked == {taken}
    show(keys, "Alle brieven")
    table(window).make_current(other)
    assert table(window).current_row().kind is not chosen.kind
    keys.press("Ctrl+Shift+R")
    qtbot.waitUntil(lambda: f"{len(due)} brieven maken" in said(window), timeout=10_000)
    assert table(window).rows_model.checked == due


def test_stopping_while_letters_are_made_leaves_none(
    opened: MainWindow, keys: Keys, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow:
        def __init__(self, progress: Any) -> None:
            self._progress = progress

        def step(self, done: int, total: int, what: str) -> None:
            self._progress.step(done, total, what)
            while done == 5:
                time.sleep(0.01)
                self._progress.step(done, total, what)

    def slowly(*values: Any, progress: Any, **named: Any) -> Any:
        return write_letters(*values, progress=Slow(progress), **named)

    before = states(opened)
    monkeypatch.setattr(letters_choose, "write_letters", slowly)
    keys.press("Ctrl+Return", "Ctrl+Return")
    qtbot.waitUntil(opened.progress.isVisible)
    tick(keys, "Stoppen")
    qtbot.waitUntil(lambda: opened.notice.words == "Gestopt. Er is niets half opgeslagen.")
    assert states(opened) == before
    monkeypatch.undo()
    qtbot.waitUntil(lambda: not opened.desk.is_busy)  # type: ignore[union-attr]
    table(opened).setFocus()
    make(opened, keys, qtbot)
    assert len(states(opened)) == len(before) + len(table(opened).rows_model.rows)


def test_a_round_is_saved_as_one_print_file_at_the_path_that_was_typed(
    opened: MainWindow, keys: Keys, qtbot: QtBot, tmp_path: Path
) -> None:
    make(opened, keys, qtbot)
    wanted = tmp_path / "brieven é"
    type_path_when_asked(opened, keys, wanted)
    keys.press("Ctrl+Shift+E")
    path = wanted.with_name("brieven é.pdf")
    qtbot.waitUntil(lambda: path.name in opened.notice.words, timeout=10_000)
    letters = [row.letter for row in table(opened).rows_model.rows]
    pdfs = [get_letter_pdf(register(opened), letter.id) for letter in letters]
    assert page_count(path.read_bytes()) == sum(map(page_count, pdfs))
    assert page_picture(path.read_bytes(), 0, width_px=300) == page_picture(pdfs[0], 0, width_px=300)
    assert [letter.kenmerk for letter in letters] == sorted(letter.kenmerk for letter in letters)


def test_printed_is_noted_after_the_printer_took_all_and_a_withdrawn_letter_never_goes_there(
    opened: MainWindow, keys: Keys, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def printer(_parent: object, title: str) -> QPrinter:
        asked.append(title)
        made = make_printer()
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(tmp_path / "printer.pdf"))
        return made

    monkeypatch.setattr(ask, "printer", printer)
    make(opened, keys, qtbot)
    table(opened).rows_model.set_checked(list(table(opened).rows_model.checked), is_checked=False)
    keys.press("Space", "Down", "Space", "Down", "Ctrl+P")
    qtbot.waitUntil(
        lambda: (
            [row.state for row in table(opened).rows_model.rows[:3]]
            == [LetterState.PRINTED, LetterState.PRINTED, LetterState.MADE]
        ),
        timeout=20_000,
    )
    assert asked == ["2 brieven afdrukken"]
    assert page_count((tmp_path / "printer.pdf").read_bytes()) == 2
    keys.press("Ctrl+Delete")
    qtbot.waitUntil(lambda: table(opened).rows_model.rows[0].state is LetterState.WITHDRAWN)
    keys.press("Ctrl+P")
    assert len(asked) == 1
    assert "ingetrokken en gaat niet meer weg" in opened.notice.words


def test_a_letter_is_found_by_its_kenmerk_withdrawn_and_taken_back(
    opened: MainWindow, keys: Keys, qtbot: QtBot
) -> None:
    make(opened, keys, qtbot)
    letter = table(opened).rows_model.rows[3].letter
    keys.press("Ctrl+Shift+A", "Ctrl+F")
    keys.type(letter.kenmerk.lower())
    qtbot.waitUntil(lambda: [row.letter for row in table(opened).rows_model.rows] == [letter], timeout=10_000)
    qtbot.waitUntil(lambda: shows(opened, get_letter_pdf(register(opened), letter.id)), timeout=10_000)
    keys.press("Down", "Ctrl+Delete")
    qtbot.waitUntil(lambda: table(opened).rows_model.rows[0].state is LetterState.WITHDRAWN)
    assert "1 brief ingetrokken." in opened.notice.words
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: table(opened).rows_model.rows[0].state is LetterState.MADE)
    keys.press("Ctrl+F")
    keys.paste("é" * 100_000)
    qtbot.waitUntil(lambda: "Geen brief past bij deze woorden" in said(opened), timeout=10_000)
    keys.press("Escape")
    qtbot.waitUntil(lambda: f"{len(states(opened))} brieven" in said(opened), timeout=10_000)


def test_posting_asks_first_because_it_cannot_be_taken_back(opened: MainWindow, keys: Keys, qtbot: QtBot) -> None:
    make(opened, keys, qtbot)
    key = table(opened).rows_model.rows[2].letter.id
    opened.open_letter(key)
    qtbot.waitUntil(lambda: table(opened).current_key() == key, timeout=10_000)
    questions = press_when_asked(opened, keys, "Escape")
    keys.press("Ctrl+Shift+P")
    assert questions == ["1 brief vastleggen als gepost? Dat kan niet ongedaan worden gemaakt."]
    press_when_asked(opened, keys, "Tab", "Space")
    keys.press("Ctrl+Shift+P")
    qtbot.waitUntil(lambda: register(opened).letters.get(key).state is LetterState.POSTED)


def test_a_register_that_is_only_read_shows_letters_and_makes_none(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot
) -> None:
    window = open_window(None)
    window.open_register(example, to_write=False)
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=15_000)
    keys.press("Ctrl+4")
    qtbot.waitUntil(lambda: "brieven maken" in said(window) and view(window).page is not None, timeout=10_000)
    before = states(window)
    keys.press("Ctrl+Return")
    assert "Dit register is alleen te lezen" in window.notice.words
    assert states(window) == before


def test_an_empty_register_says_what_to_do(open_window: Open, tmp_path: Path, keys: Keys, qtbot: QtBot) -> None:
    path = tmp_path / "leeg.tredewijzer"
    bootstrap.make_register(path).close()
    window = open_window(path)
    keys.press("Ctrl+4")
    qtbot.waitUntil(lambda: "Importeer een spreadsheet (Ctrl+5)" in said(window), timeout=10_000)
    keys.press("Ctrl+Return", "Ctrl+Shift+A")
    qtbot.waitUntil(lambda: "Er zijn nog geen brieven gemaakt" in said(window), timeout=10_000)
    keys.press("Ctrl+P", "Ctrl+Delete", "Ctrl+Shift+L", "Ctrl+Shift+R")
    qtbot.waitUntil(lambda: "Importeer een spreadsheet (Ctrl+5)" in said(window), timeout=10_000)
