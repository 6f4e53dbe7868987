"""Answers, rounds and drafts by keys alone: what came back is logged, and what was put down is gone on with."""

from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.base.errors import FileError
from app.domain.letter import STAGES, Letter, LetterKind, LetterState, ReplyKind
from app.services import Register
from app.services.letter_archive import get_letter_pdf, list_letters, mark_printed
from app.services.letter_replies import list_replies
from app.services.letter_rounds import list_rounds
from app.services.plan_letters import plan_letters
from app.services.show_letter import page_count, page_picture
from app.services.write_letters import write_letters
from tests.keyboard import Keys
from tests.ui.conftest import TODAY, Open
from tests.ui.steps import press_when_asked, tab_to_field, type_path_when_asked, when_asked, words_on
from ui.main_window import MainWindow
from ui.pages import letters_output
from ui.pages.letters_reply import ReplyForm
from ui.pages.letters_reply_words import reply_day_words
from ui.widgets.row_table import RowTable

PATIENCE = 10_000


def register(window: MainWindow) -> Register:
    assert window.desk is not None
    return window.desk.register


def table(window: MainWindow) -> RowTable:
    return next(one for one in window.stack.findChildren(RowTable) if one.isVisible())


def said(window: MainWindow) -> str:
    return words_on(window.stack)


def form(window: MainWindow) -> ReplyForm:
    return next(iter(window.stack.findChildren(ReplyForm)))


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.desk is not None and not window.desk.is_busy, timeout=PATIENCE)


def posted(window: MainWindow) -> Letter:
    """The newest letter that went out and was not answered."""
    letters = list_letters(register(window))
    return next(item.letter for item in letters if item.state is LetterState.POSTED and item.reply is None)


def answer(window: MainWindow, keys: Keys, qtbot: QtBot, typed: str, kind: str) -> None:
    """Begin an answer by its kenmerk, and choose what it is by its digit."""
    keys.press("Ctrl+I")
    keys.type(typed)
    keys.press("Return")
    qtbot.waitUntil(form(window).isVisible)
    keys.press(kind)


def make_round(window: MainWindow, *, letters: int, printed: int) -> None:
    """Let a colleague have made a round, some of it printed."""

    def work(register: Register, _progress: object) -> None:
        proposals = plan_letters(register, on=TODAY).proposals[:letters]
        made = write_letters(register, proposals, on=TODAY, folder=None).letters
        mark_printed(register, [letter.id for letter in made[:printed]])

    assert window.desk is not None
    window.desk.write(work, what="Ronde", owner=window)


def test_only_a_letter_that_asks_for_an_answer_has_a_day_to_answer_by(
    open_window: Open, example: Path, qtbot: QtBot
) -> None:
    letter = replace(posted(open_window(example)), reply_by=TODAY)
    shown = {kind for kind in LetterKind if reply_day_words(replace(letter, kind=kind))}
    assert shown == {*STAGES, LetterKind.EXPIRING}


# -- answers --------------------------------------------------------------------------------------------------------


def test_from_anywhere_an_answer_is_logged_by_its_kenmerk_and_taken_back(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot
) -> None:
    window = open_window(example)
    letter = posted(window)
    keys.press("Ctrl+2", "Ctrl+I")
    assert "Typ het kenmerk dat op het antwoord staat en druk op Enter." in said(window)
    keys.type(letter.kenmerk.lower().replace("-", " "))
    keys.press("Return")
    assert f"Antwoord op {letter.kenmerk}" in said(window)
    keys.press("3")
    tab_to_field(keys, "reference")
    keys.type("M 2026/77")
    tab_to_field(keys, "note")
    keys.type("Belt volgende week, zéker.")
    keys.press("Ctrl+Return")
    qtbot.waitUntil(lambda: f"Antwoord op {letter.kenmerk} vastgelegd." in window.notice.words, timeout=PATIENCE)
    (reply,) = list_replies(register(window), letter.id)
    assert (reply.kind, reply.received_on, reply.reference, reply.note) == (
        ReplyKind.OTHER, TODAY, "M 2026/77", "Belt volgende week, zéker.",
    )  # fmt: skip
    settle(qtbot, window)
    assert not form(window).isVisible()
    assert QApplication.focusWidget() is table(window)
    cells = [column.text(table(window).current_row()) for column in table(window).rows_model.columns]
    assert "Anders, 23 nov" in cells
    assert "hun kenmerk M 2026/77 · “Belt volgende week, zéker.”" in said(window)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: list_replies(register(window), letter.id) == (), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "hun kenmerk" not in said(window), timeout=PATIENCE)


def test_a_plan_asks_its_day_and_becomes_a_promise(open_window: Open, example: Path, keys: Keys, qtbot: QtBot) -> None:
    window = open_window(example)
    letter = posted(window)
    before = register(window).promises.list_all()
    answer(window, keys, qtbot, letter.kenmerk, "1")
    due = form(window).findChild(QWidget, "promise_due_on")
    assert due is not None and not due.isVisible()
    tab_to_field(keys, "kind")
    keys.press("2")
    assert due.isVisible()
    tab_to_field(keys, "promise_due_on")
    keys.press("Ctrl+A")
    keys.type("1-1-2020")
    keys.press("Ctrl+Return")
    assert "Deze dag ligt voor die van het antwoord." in said(window)
    keys.press("Ctrl+A")
    keys.type("3-12-2026")
    keys.press("Ctrl+Return")
    qtbot.waitUntil(lambda: len(register(window).promises.list_all()) == len(before) + 1, timeout=PATIENCE)
    (made,) = set(register(window).promises.list_all()) - set(before)
    assert (made.supplier_id, made.due_on) == (letter.supplier_id, date(2026, 12, 3))


@pytest.mark.parametrize(("kind", "section"), [("1", "certificate"), ("4", "visiting_street")])
def test_a_certificate_and_a_letter_that_came_back_lead_on_to_what_must_be_filled_in(
    open_window: Open,
    example: Path,
    keys: Keys,
    qtbot: QtBot,
    kind: str,
    section: str,
) -> None:
    window = open_window(example)
    letter = posted(window)
    answer(window, keys, qtbot, letter.kenmerk, kind)
    keys.press("Ctrl+Return")
    name = register(window).suppliers.get(letter.supplier_id).name
    qtbot.waitUntil(lambda: name in said(window), timeout=PATIENCE)
    settle(qtbot, window)
    assert len(list_replies(register(window), letter.id)) == 1
    focused = QApplication.focusWidget()
    assert focused is not None
    if section == "certificate":
        assert focused.objectName() == "level"
    else:
        assert focused.objectName() in ("visiting_street", "postal_street")


def test_what_fits_none_or_many_says_so_and_what_was_typed_stays(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot
) -> None:
    window = open_window(example)
    keys.press("Ctrl+I")
    keys.type("zzz 999")
    keys.press("Return")
    assert window.notice.words.startswith("Geen brief past bij ‘zzz 999’.")
    keys.press("Escape")
    keys.press("Ctrl+I")
    keys.type("gepost")
    keys.press("Return")
    assert "brieven passen bij ‘gepost’." in window.notice.words
    assert not form(window).isVisible()
    keys.paste("é" * 100_000)
    keys.press("Return")
    assert "Geen brief past bij" in window.notice.words
    withdrawn = next(item.letter for item in list_letters(register(window)) if item.state is LetterState.WITHDRAWN)
    keys.press("Ctrl+A")
    keys.type(withdrawn.kenmerk)
    keys.press("Return")
    assert f"Brief {withdrawn.kenmerk} is ingetrokken." in window.notice.words
    assert not form(window).isVisible()


def test_the_letter_that_is_looked_at_needs_no_kenmerk(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot
) -> None:
    window = open_window(example)
    keys.press("Ctrl+4", "Ctrl+Shift+A", "Ctrl+F")
    keys.type("verzoek gepost")
    settle(qtbot, window)
    keys.press("Down", "Down")
    current = table(window).current_row()
    keys.press("Ctrl+I")
    assert f"Alleen Enter kiest {current.letter.kenmerk} ({current.supplier_name})." in said(window)
    keys.press("Return")
    assert f"Antwoord op {current.letter.kenmerk}" in said(window)


def test_esc_leaves_what_was_typed_and_leaving_the_screen_asks(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot
) -> None:
    window = open_window(example)
    letter = posted(window)
    other = next(item.letter for item in list_letters(register(window)) if item.letter.id != letter.id)
    answer(window, keys, qtbot, letter.kenmerk, "3")
    tab_to_field(keys, "note")
    keys.type("half")
    keys.press("Escape")
    assert QApplication.focusWidget() is table(window)
    answer(window, keys, qtbot, other.kenmerk, "4")
    answer(window, keys, qtbot, letter.kenmerk, "3")
    assert tab_to_field(keys, "note").text() == "half"  # type: ignore[attr-defined]
    asked = press_when_asked(window, keys, "Escape")
    keys.press("Ctrl+2")
    assert len(asked) == 1
    assert "half" in [tab_to_field(keys, "note").text()]  # type: ignore[attr-defined]
    press_when_asked(window, keys, "Tab", "Space")
    keys.press("Ctrl+2")
    keys.press("Ctrl+4")
    assert not form(window).isVisible()
    assert list_replies(register(window), letter.id) == ()


def test_a_day_that_cannot_be_is_mended_in_the_form(open_window: Open, example: Path, keys: Keys, qtbot: QtBot) -> None:
    window = open_window(example)
    letter = posted(window)
    answer(window, keys, qtbot, letter.kenmerk, "3")
    for typed, words in (
        (f"{TODAY + timedelta(days=1):%d-%m-%Y}", "Deze dag moet nog komen."),
        ("1-1-2020", "De brief is van"),
        ("morgen", "Dit is geen datum."),
        ("", "Vul de dag in waarop het antwoord kwam."),
    ):
        tab_to_field(keys, "received_on")
        keys.press("Ctrl+A", "Delete")
        keys.type(typed)
        keys.press("Ctrl+Return")
        assert words in said(window)
    assert list_replies(register(window), letter.id) == ()
    keys.type(f"{letter.written_on:%d-%m-%Y}")
    keys.press("Ctrl+Return")
    qtbot.waitUntil(lambda: bool(list_replies(register(window), letter.id)), timeout=PATIENCE)
    settle(qtbot, window)


# -- rounds ---------------------------------------------------------------------------------------------------------


def test_a_round_that_was_put_down_is_told_and_gone_on_with(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot
) -> None:
    window = open_window(example)
    make_round(window, letters=5, printed=3)
    settle(qtbot, window)
    keys.press("Ctrl+4")
    told = "Brieven van 23 november 2026: 5 brieven, 3 afgedrukt, niet gepost."
    qtbot.waitUntil(lambda: told in said(window).replace("\xa0", " "), timeout=PATIENCE)
    keys.press("Ctrl+Shift+V")
    qtbot.waitUntil(lambda: len(table(window).rows_model.rows) == 5, timeout=PATIENCE)
    rows = table(window).rows_model.rows
    assert [row.state for row in rows] == [LetterState.PRINTED] * 3 + [LetterState.MADE] * 2
    assert table(window).rows_model.checked == {row.letter.id for row in rows[3:]}
    assert told not in said(window).replace("\xa0", " ")


def test_all_rounds_are_listed_the_unfinished_on_top_and_enter_opens_one(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot
) -> None:
    window = open_window(example)
    keys.press("Ctrl+4", "Ctrl+Shift+D")
    settle(qtbot, window)
    make_round(window, letters=4, printed=0)
    settle(qtbot, window)
    rounds = list_rounds(register(window))
    assert table(window).rows_model.rows == rounds
    assert table(window).current_row() == rounds[0]
    texts = [column.text(rounds[0]) for column in table(window).rows_model.columns]
    assert texts[1:7] == ["Nog niet afgedrukt", "4", "—", "—", "—", "—"]
    keys.press("Down")
    second = table(window).current_row()
    keys.press("Return")
    qtbot.waitUntil(
        lambda: (
            {row.letter.round_id for row in table(window).rows_model.rows if hasattr(row, "letter")}
            == {second.round.id}
        ),
        timeout=PATIENCE,
    )


def test_a_whole_round_is_withdrawn_and_taken_back_or_posted_after_a_question(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot
) -> None:
    window = open_window(example)
    make_round(window, letters=3, printed=0)
    settle(qtbot, window)
    keys.press("Ctrl+4", "Ctrl+Shift+D")
    settle(qtbot, window)
    made = list_rounds(register(window))[0].round.id

    def tally() -> tuple[int, int]:
        found = next(item for item in list_rounds(register(window)) if item.round.id == made)
        return found.posted, found.withdrawn

    keys.press("Ctrl+Delete")
    qtbot.waitUntil(lambda: tally() == (0, 3), timeout=PATIENCE)
    settle(qtbot, window)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: tally() == (0, 0), timeout=PATIENCE)
    settle(qtbot, window)
    keys.press("Ctrl+Home")
    asked = press_when_asked(window, keys, "Escape")
    keys.press("Ctrl+Shift+P")
    assert asked == ["3 brieven van deze ronde vastleggen als gepost? Dat kan niet ongedaan worden gemaakt."]
    assert tally() == (0, 0)
    press_when_asked(window, keys, "Tab", "Space")
    keys.press("Ctrl+Shift+P")
    qtbot.waitUntil(lambda: tally() == (3, 0), timeout=PATIENCE)
    settle(qtbot, window)
    while table(window).current_row().round.id != made:
        keys.press("Down")
    keys.press("Ctrl+Delete")
    assert tally() == (3, 0)


# -- drafts of e-mails ----------------------------------------------------------------------------------------------


def choose_folder(window: MainWindow, keys: Keys, folder: Path) -> None:
    """Type a folder into the dialog that the next key opens."""

    def answer(_dialog: QFileDialog) -> None:
        keys.press("Ctrl+A")
        keys.type(str(folder))
        keys.press("Return")

    when_asked(window, QFileDialog, answer)


def test_letters_leave_in_the_order_of_their_numbers_however_they_are_listed(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(example)
    keys.press("Ctrl+4", "Ctrl+Shift+A", "Ctrl+F")
    keys.type("verzoek gepost 2026-000")
    settle(qtbot, window)
    keys.press("Down", "Ctrl+A")
    chosen = table(window).rows_model.checked_rows()
    kenmerken = [item.letter.kenmerk for item in chosen]
    assert len(kenmerken) > 2
    assert kenmerken == sorted(kenmerken, reverse=True)
    path = tmp_path / "alles.pdf"
    type_path_when_asked(window, keys, path)
    keys.press("Ctrl+Shift+E")
    qtbot.waitUntil(lambda: path.name in window.notice.words, timeout=PATIENCE)
    saved = path.read_bytes()
    assert page_count(saved) == len(chosen)
    for page, item in enumerate(reversed(chosen)):
        own = page_picture(get_letter_pdf(register(window), item.letter.id), 0, width_px=300)
        assert page_picture(saved, page, width_px=300) == own


def test_ticked_letters_become_drafts_and_who_has_no_address_is_named(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    window = open_window(example)
    keys.press("Ctrl+4", "Ctrl+Shift+A", "Ctrl+F")
    keys.type("gepost")
    settle(qtbot, window)
    keys.press("Down", "Space", "Down", "Space")
    chosen = table(window).rows_model.checked_rows()
    assert len(chosen) == 2
    choose_folder(window, keys, folder)
    keys.press("Ctrl+Shift+M")
    qtbot.waitUntil(lambda: "concept" in window.notice.words or "e-mailadres" in window.notice.words, timeout=PATIENCE)
    expected = {
        item.supplier_name
        for item in chosen
        if not register(window).suppliers.get(item.letter.supplier_id).email
        and not any(
            contact.email for contact in register(window).contacts.list_where("supplier_id", item.letter.supplier_id)
        )
    }
    assert len(list(folder.glob("*.eml"))) == 2 - len(expected)
    for path in folder.glob("*.eml"):
        assert message_from_bytes(path.read_bytes())["X-Unsent"] == "1"
    assert all(name in window.notice.words for name in expected)

    def full(*_values: object, **_named: object) -> None:
        raise FileError("Het bestand kon niet worden geschreven: de schijf is vol.", "Maak ruimte vrij.")

    monkeypatch.setattr(letters_output, "save_mail_drafts", full)
    choose_folder(window, keys, folder)
    keys.press("Ctrl+Shift+M")
    qtbot.waitUntil(lambda: "de schijf is vol" in window.notice.words, timeout=PATIENCE)
