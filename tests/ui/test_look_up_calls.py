"""A call by keyboard: its note is kept while it is typed, a second call has its own, what was agreed is recorded."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.base.clock import SetClock
from app.domain.journal import CallDraft, CallNote
from app.domain.supplier import Supplier
from app.services import Register, record
from app.storage.driver import DatabaseError
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import part, press_when_asked, words_on
from ui.main_window import MainWindow
from ui.pages.look_up_card import LookUpCard
from ui.pages.look_up_note import NoteEdit
from ui.pages.look_up_page import LookUpPage
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.hit_list import HitList

MAASDAL, VLIERSTAAK = "Bouwbedrijf Maasdal B.V.", "Bouwbedrijf Vlierstaak B.V."


class Phone:
    """The phone screen and what is kept behind it."""

    def __init__(self, window: MainWindow, keys: Keys, qtbot: QtBot) -> None:
        keys.press("Ctrl+K")
        page = window.stack.currentWidget()
        assert isinstance(page, LookUpPage)
        self.window, self.page, self.keys, self.qtbot = window, page, keys, qtbot
        self.note = part(page, NoteEdit)

    @property
    def register(self) -> Register:
        assert self.window.desk
        return self.window.desk.register

    @property
    def drafts(self) -> list[CallDraft]:
        return list(self.register.call_drafts.list_all())

    @property
    def name(self) -> str:
        return part(part(self.page, LookUpCard), ElidedLabel).text()

    @property
    def lines(self) -> list[str]:
        return [hit.match.name for hit in part(self.page, HitList).lines()]

    def call(self, words: str, note: str) -> None:
        """Look somebody up a minute later and note something."""
        assert self.window.desk and isinstance(self.window.desk.clock, SetClock)
        self.window.desk.clock.moment += timedelta(minutes=1)
        self.keys.press("Ctrl+K")
        self.keys.type(words)
        self.keys.press("Tab")
        assert self.note.hasFocus()
        self.keys.type(note)

    def wait(self, until: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(until()), timeout=5_000)

    def note_of(self, text: str) -> CallNote:
        """The finished conversation with that note; its draft is gone."""
        self.wait(lambda: text in [note.text for note in self.register.call_notes.list_all()])
        self.wait(lambda: text not in [draft.text for draft in self.drafts])
        (found,) = [note for note in self.register.call_notes.list_all() if note.text == text]
        return found


def fill_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no note be written any more."""

    def refuses(*_any: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr("app.storage.drafts.CallDrafts.keep", refuses)


@pytest.fixture
def phone(open_window: Open, example: Path, keys: Keys, qtbot: QtBot) -> Phone:
    return Phone(open_window(example), keys, qtbot)


def test_a_note_is_on_disk_when_the_typing_pauses_and_there_after_the_program_is_gone(
    phone: Phone, keys: Keys, example: Path, open_window: Open
) -> None:
    phone.call("bouwbedrijf maasdal", "audit in mei")
    phone.wait(lambda: [draft.text for draft in phone.drafts] == ["audit in mei"])
    phone.wait(lambda: "Bewaard om" in words_on(phone.page))
    keys.type("!")
    phone.window.close()
    assert phone.window.desk is None
    again = Phone(open_window(example), keys, phone.qtbot)
    assert again.lines[0] == MAASDAL
    assert again.note.toPlainText() == "audit in mei!"


def test_a_second_call_while_a_note_is_open_gets_its_own_and_both_stay(phone: Phone, keys: Keys) -> None:
    phone.call("bouwbedrijf maasdal", "eerste")
    phone.call("bouwbedrijf vlierstaak", "tweede")
    phone.wait(lambda: {draft.text for draft in phone.drafts} == {"eerste", "tweede"})
    keys.press("Ctrl+G")
    assert (phone.name, phone.note.toPlainText(), phone.note.hasFocus()) == (MAASDAL, "eerste", True)
    keys.press("Ctrl+G")
    assert (phone.name, phone.note.toPlainText()) == (VLIERSTAAK, "tweede")
    assert phone.lines[:2] == [VLIERSTAAK, MAASDAL], "the newest first"


def test_a_call_is_closed_with_a_task_and_a_promise_that_the_note_speaks_of(phone: Phone, keys: Keys) -> None:
    phone.call("bouwbedrijf maasdal", "audit op 12 mei")
    keys.press("Ctrl+Return")
    note = phone.note_of("audit op 12 mei")
    assert note.ended_at is None
    phone.wait(lambda: "Is er iets afgesproken?" in words_on(phone.page))
    keys.type("1 dec")
    keys.press("Tab")
    keys.type("terugbellen over de audit")
    assert "Toezegging t/m 12-05-2027: audit op 12 mei? Ctrl+T neemt dit over." in words_on(phone.page)
    keys.press("Ctrl+T", "Ctrl+Return")
    supplier_id = note.supplier_id
    phone.wait(
        lambda: "audit op 12 mei" in [p.what for p in phone.register.promises.list_where("supplier_id", supplier_id)]
    )
    (promise,) = [
        p for p in phone.register.promises.list_where("supplier_id", supplier_id) if p.what == "audit op 12 mei"
    ]
    assert promise.due_on == date(2027, 5, 12)
    tasks = [(t.what, t.due_on) for t in phone.register.follow_ups.list_where("supplier_id", supplier_id)]
    assert ("terugbellen over de audit", date(2026, 12, 1)) in tasks
    phone.wait(lambda: "heeft toegezegd: audit op 12 mei." in part(phone.page, LookUpCard).spoken)
    assert phone.note.isVisible()
    keys.press("Ctrl+Z", "Ctrl+Z")
    phone.wait(lambda: note.id not in [n.id for n in phone.register.call_notes.list_all()])


def test_a_promise_that_is_only_offered_is_not_recorded(phone: Phone, keys: Keys) -> None:
    phone.call("bouwbedrijf maasdal", "audit op 12 mei")
    keys.press("Ctrl+Return")
    note = phone.note_of("audit op 12 mei")
    phone.wait(lambda: "neemt dit over" in words_on(phone.page))
    keys.press("Ctrl+Return")
    assert phone.note.isVisible()
    assert "audit op 12 mei" not in [
        found.what for found in phone.register.promises.list_where("supplier_id", note.supplier_id)
    ]


def test_what_cannot_be_agreed_is_said_and_nothing_typed_is_lost(phone: Phone, keys: Keys) -> None:
    phone.call("bouwbedrijf maasdal", "")
    keys.press("Ctrl+T")
    keys.type("ooit")
    keys.press("Ctrl+Return")
    assert "Schrijf de dag bijvoorbeeld als 12 mei" in words_on(phone.page)
    keys.press("Ctrl+A")
    keys.type("12-5-2020")
    keys.press("Ctrl+Return")
    assert "Kies een dag die nog komt." in words_on(phone.page)
    keys.press("Ctrl+A")
    keys.type("12 mei")
    keys.press("Ctrl+Return")
    assert "Schrijf erbij wat er is afgesproken." in words_on(phone.page)
    keys.press("Escape")
    assert QApplication.focusWidget() is not phone.note
    assert phone.note.isVisible()


def test_who_is_not_found_has_a_note_that_can_be_put_with_a_supplier_later(phone: Phone, keys: Keys) -> None:
    phone.call("0477 99 99 99", "wil weten welke trede")
    phone.wait(lambda: [(d.supplier_id, d.caller) for d in phone.drafts] == [(None, "0477 99 99 99")])
    keys.press("Ctrl+K")
    keys.type("bouwbedrijf maasdal")
    assert phone.note.toPlainText() == ""
    keys.press("Ctrl+J")
    assert phone.note.toPlainText() == "wil weten welke trede"
    phone.wait(lambda: phone.drafts[0].supplier_id is not None)
    keys.press("Ctrl+J")
    phone.wait(lambda: phone.drafts[0].supplier_id is None)
    keys.press("Ctrl+K")
    keys.type("bouwbedrijf maasdal")
    keys.press("Ctrl+J")
    keys.press("Ctrl+Return")
    assert phone.note_of("wil weten welke trede").caller == "0477 99 99 99"


def test_a_note_without_a_supplier_can_be_closed_as_it_is(phone: Phone, keys: Keys) -> None:
    keys.type("qqqq")
    keys.press("Ctrl+Shift+G")
    keys.type("belt terug")
    keys.press("Ctrl+Return")
    note = phone.note_of("belt terug")
    assert (note.supplier_id, note.caller) == (None, "qqqq")
    keys.press("Ctrl+H")
    assert "qqqq" in phone.lines


def test_a_call_that_rings_opens_the_card_and_a_note_that_knows_how_long_it_took(phone: Phone, keys: Keys) -> None:
    phone.call("bouwbedrijf vlierstaak", "eerste")
    phone.page.take_call("0031 475 023045")
    assert phone.name == MAASDAL
    assert phone.note.hasFocus()
    keys.type("tweede")
    phone.wait(lambda: [d.text for d in phone.drafts if d.is_call] == ["tweede"])
    phone.page.take_call("0475-02 30 45")
    keys.type("nog eens")
    phone.wait(lambda: {d.text for d in phone.drafts} == {"eerste", "tweede", "nog eens"})
    keys.press("Ctrl+Return")
    assert phone.note_of("nog eens").ended_at is not None
    assert {d.text for d in phone.drafts} == {"eerste", "tweede"}


def test_a_missed_call_is_recorded_when_the_next_one_rings_and_esc_throws_it_away(phone: Phone, keys: Keys) -> None:
    phone.page.take_call("0477-99 99 99")
    phone.page.take_call("0475-02 30 45")
    phone.wait(lambda: "0477-99 99 99" in [found.caller for found in phone.register.call_notes.list_all()])
    (note,) = [found for found in phone.register.call_notes.list_all() if found.caller == "0477-99 99 99"]
    assert (note.text, note.ended_at) == ("", None)
    phone.wait(lambda: len(phone.drafts) == 1)
    keys.press("Escape")
    phone.wait(lambda: phone.drafts == [])


def test_part_of_a_number_is_nobodys_number(phone: Phone) -> None:
    phone.page.take_call("107")
    assert phone.lines
    phone.wait(lambda: [d.supplier_id for d in phone.drafts] == [None])


def test_who_types_keeps_the_keyboard_when_it_rings(phone: Phone, keys: Keys) -> None:
    phone.call("bouwbedrijf vlierstaak", "over maasd")
    phone.window.take_call("0477-99 99 99")
    keys.type("al")
    assert phone.note.toPlainText() == "over maasdal"
    phone.wait(lambda: "Er belt iemand" in phone.window.notice.words)


def test_an_unknown_number_that_rings_goes_with_whoever_is_found(phone: Phone, keys: Keys) -> None:
    phone.page.take_call("0477-99 99 99")
    assert phone.lines == []
    keys.press("Ctrl+A")
    keys.type("bouwbedrijf vlierstaak")
    keys.press("Tab")
    keys.type("met een ander toestel")
    phone.wait(lambda: [draft.text for draft in phone.drafts] == ["met een ander toestel"])
    assert phone.register.suppliers.get(phone.drafts[0].supplier_id or "").name == VLIERSTAAK


def test_a_note_that_could_not_be_written_says_so_and_asks_before_it_is_lost(
    phone: Phone, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_disk(monkeypatch)
    phone.call("bouwbedrijf maasdal", "niet kwijt")
    phone.wait(lambda: "Nog niet bewaard: De schijf is vol." in words_on(phone.page))
    asked = press_when_asked(phone.window, keys, "Escape")
    phone.window.close()
    assert asked and "niet bewaard" in asked[0]
    assert phone.window.isVisible()
    monkeypatch.undo()
    keys.type("!")
    phone.wait(lambda: [draft.text for draft in phone.drafts] == ["niet kwijt!"])


def test_a_number_is_called_and_of_several_it_is_asked_which(
    phone: Phone, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []

    def refuses(number: str) -> bool:
        called.append(number)
        return False

    monkeypatch.setattr("ui.pages.look_up_page.dial", refuses)
    keys.type("bouwbedrijf maasdal")
    QTimer.singleShot(0, lambda: keys.press("Down", "Return"))
    keys.press("F4")
    QTimer.singleShot(0, lambda: keys.press("Down", "Down", "Return"))
    keys.press("F4")
    assert len(set(called)) == 2
    assert QApplication.clipboard().text() in called


def test_who_looks_somebody_up_goes_on_typing_when_it_rings(phone: Phone, keys: Keys) -> None:
    keys.type("bouwbedrijf maas")
    phone.window.take_call("0477-99 99 99")
    keys.type("dal")
    assert phone.lines == [MAASDAL]
    keys.press("Ctrl+K")
    phone.wait(lambda: [draft.caller for draft in phone.drafts] == ["0477-99 99 99"])


def test_a_note_of_somebody_unknown_stays_when_another_one_is_closed(phone: Phone, keys: Keys) -> None:
    for caller in ("qqqq", "xxxx"):
        phone.call(caller, f"van {caller}")
    keys.press("Ctrl+G", "Ctrl+G", "Ctrl+Return")
    phone.note_of("van xxxx")
    phone.wait(lambda: phone.lines == ["qqqq"])
    keys.press("Ctrl+G")
    assert phone.note.toPlainText() == "van qqqq"


def test_what_is_typed_last_is_kept_when_the_program_closes_at_once(
    phone: Phone, keys: Keys, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert phone.window.desk
    gate = Event()
    phone.window.desk.write(lambda _register, _progress: gate.wait(10), what="iets langs", owner=phone.window)
    phone.call("bouwbedrijf maasdal", "eerste deel")
    QTest.qWait(700)
    keys.type(" tweede deel")
    monkeypatch.setattr("ui.pages.look_up_calls._PATIENCE_S", 0.1)
    QTimer.singleShot(300, gate.set)
    phone.window.close()
    with bootstrap.opened(example, to_write=False) as register:
        assert [draft.text for draft in register.call_drafts.list_all()] == ["eerste deel tweede deel"]


def test_a_full_disk_is_told_also_when_the_program_closes_at_once(
    phone: Phone, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_disk(monkeypatch)
    phone.call("bouwbedrijf maasdal", "niet kwijt")
    asked = press_when_asked(phone.window, keys, "Escape")
    phone.window.close()
    assert asked
    assert phone.window.isVisible()
    monkeypatch.undo()


def test_a_call_is_closed_once_however_often_the_key_is_pressed(phone: Phone, keys: Keys) -> None:
    assert phone.window.desk
    gate = Event()
    phone.window.desk.write(lambda _register, _progress: gate.wait(10), what="iets langs", owner=phone.window)
    phone.call("bouwbedrijf maasdal", "een keer")
    keys.press("Ctrl+Return", "Ctrl+Return")
    keys.type("x")
    gate.set()
    note = phone.note_of("een keer")
    phone.wait(lambda: "Is er iets afgesproken?" in words_on(phone.page))
    keys.press("Tab", "Tab")
    keys.type("12 mei")
    keys.press("Tab")
    keys.type("audit klaar")
    keys.press("Ctrl+Return", "Ctrl+Return")
    phone.wait(lambda: phone.window.notice.words.startswith("De afspraak met Bouwbedrijf Maasdal B.V. is vastgelegd."))
    made = [p for p in phone.register.promises.list_where("supplier_id", note.supplier_id) if p.what == "audit klaar"]
    assert len(made) == 1


def test_a_note_that_is_closed_from_the_list_asks_what_was_agreed_and_undo_brings_it_back(
    phone: Phone, keys: Keys
) -> None:
    phone.call("bouwbedrijf maasdal", "audit op 12 mei")
    phone.call("bouwbedrijf vlierstaak", "tweede")
    keys.press("Ctrl+G", "Ctrl+Return")
    phone.note_of("audit op 12 mei")
    phone.wait(lambda: "Is er iets afgesproken?" in words_on(phone.page))
    assert phone.name == MAASDAL
    keys.press("Escape", "Ctrl+2", "Ctrl+Z")
    phone.wait(lambda: {draft.text for draft in phone.drafts} == {"audit op 12 mei", "tweede"})


def test_a_half_typed_agreement_is_there_when_it_is_asked_again(phone: Phone, keys: Keys) -> None:
    phone.call("bouwbedrijf maasdal", "")
    keys.press("Ctrl+T")
    keys.type("12 mei")
    phone.call("bouwbedrijf vlierstaak", "")
    phone.call("bouwbedrijf maasdal", "")
    keys.press("Ctrl+T")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit) and field.text() == "12 mei"
    keys.press("Escape")


def test_the_card_stays_with_whom_a_note_is_typed_when_the_supplier_is_undone(phone: Phone, keys: Keys) -> None:
    assert phone.window.desk
    made = Supplier(id="nieuw", name="Zilverberk Proefbouw")
    phone.window.desk.write(
        lambda register, _progress: record.add(register, made), what="Opslaan", owner=phone.window, touched=["nieuw"]
    )
    phone.wait(lambda: phone.register.suppliers.find("nieuw"))
    phone.call("zilverberk proef", "eerste")
    phone.window.desk.undo()
    phone.wait(lambda: phone.register.suppliers.find("nieuw") is None)
    keys.type(" en nog iets")
    phone.wait(lambda: [(d.text, d.supplier_id) for d in phone.drafts] == [("eerste en nog iets", None)])
    assert phone.note.toPlainText() == "eerste en nog iets"
    keys.press("Ctrl+Return")
    assert phone.note_of("eerste en nog iets").supplier_id is None
    phone.wait(lambda: "Gesprek zonder leverancier vastgelegd." in phone.window.notice.words)
    assert "Is er iets afgesproken?" not in words_on(phone.page)


def test_an_emptied_note_leaves_the_card_where_it_is(phone: Phone, keys: Keys) -> None:
    phone.call("bouwbedrijf maasdal", "eerste")
    phone.call("bouwbedrijf vlierstaak", "tweede")
    keys.press("Ctrl+G", "Ctrl+G", "Ctrl+A", "Delete")
    QTest.qWait(700)
    keys.type("nieuw")
    assert (phone.name, phone.note.toPlainText()) == (VLIERSTAAK, "nieuw")


def test_a_note_for_somebody_else_is_no_note_of_who_is_shown(phone: Phone, keys: Keys) -> None:
    phone.call("bouwbedrijf maasdal", "nota")
    keys.press("Ctrl+Shift+G")
    keys.type("van een ander")
    phone.wait(
        lambda: {(d.text, d.supplier_id is None) for d in phone.drafts} == {("nota", False), ("van een ander", True)}
    )


def test_the_last_conversations_are_one_key_away(phone: Phone, keys: Keys) -> None:
    keys.press("Ctrl+H")
    newest = phone.register.call_notes.list_last("started_at", 20)
    assert [hit.note_id for hit in part(phone.page, HitList).lines()] == [note.id for note in newest]
    keys.type("maasdal")
    assert MAASDAL in phone.lines


def test_a_huge_note_is_cut_with_a_word_and_an_empty_one_leaves_nothing(phone: Phone, keys: Keys) -> None:
    phone.call("bouwbedrijf maasdal", "x")
    keys.paste("lang " * 10_000)
    assert "De notitie is vol; de rest is weggelaten" in words_on(phone.page)
    phone.wait(lambda: phone.drafts and len(phone.drafts[0].text) == 20_000)
    keys.press("Ctrl+A", "Delete", "Escape")
    phone.wait(lambda: phone.drafts == [])


def test_what_callers_ask_is_one_key_away_with_the_facts_of_who_is_shown(phone: Phone, keys: Keys) -> None:
    keys.type("bouwbedrijf maasdal")
    keys.press("F3")
    keys.type("welke trede")
    keys.press("Return")
    assert "Trede 2" in QApplication.clipboard().text()
    keys.press("Escape", "Escape", "Tab")
    assert phone.note.hasFocus()
    keys.press("F3", "Escape")
    assert phone.note.hasFocus(), "back where one was"


def test_a_register_that_is_only_read_takes_no_notes(
    open_window: Open, example: Path, keys: Keys, qtbot: QtBot
) -> None:
    window = open_window(None)
    window.open_register(example, to_write=False)
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=15_000)
    phone = Phone(window, keys, qtbot)
    phone.call("bouwbedrijf maasdal", "")
    keys.type("nee")
    assert phone.note.toPlainText() == ""
    phone.page.take_call("0475-02 30 45")
    keys.press("Ctrl+Shift+G")
    assert "Alleen lezen: een notitie kan hier niet worden bewaard" in words_on(phone.page)
    assert phone.name == MAASDAL
    with bootstrap.opened(example, to_write=False) as register:
        assert register.call_drafts.list_all() == ()
