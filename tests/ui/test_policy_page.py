"""The policy on screen: rules beside their words, answers that judge everyone anew, and who has respite."""

from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.policy import PolicySettings
from app.domain.verdict import Status
from app.services.change_settings import get_settings
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import part, tab_to_field
from ui.main_window import MainWindow
from ui.pages.policy_page import PolicyPage
from ui.widgets.fact_list import FactList
from ui.widgets.record_form import RecordForm
from ui.widgets.row_table import RowTable


def facts(window: MainWindow) -> list[str]:
    page = window.stack.currentWidget()
    assert isinstance(page, PolicyPage)
    return [part.accessibleDescription() for part in page.findChildren(FactList)]


def stored(window: MainWindow) -> PolicySettings:
    assert window.desk
    return get_settings(window.desk.register, PolicySettings)


def statuses(window: MainWindow) -> list[Status]:
    assert window.desk
    return [row.status for row in window.desk.rows]


@pytest.fixture
def window(open_window: Open, example: Path, keys: Keys) -> MainWindow:
    window = open_window(example)
    keys.press("Ctrl+6")
    return window


def test_each_rule_says_what_it_asks_and_whether_it_is_in_force(window: MainWindow, keys: Keys, qtbot: QtBot) -> None:
    assert facts(window) == [
        "Stand Geldt en beslist op 23-11-2026; Vraagt Trede 2 of hoger; "
        "Drempel €\u00a0150.000 of meer, per jaar excl. btw; Voor wie Alle leveranciers vanaf 01-01-2022",
        "Stand Geldt een strengere eis gaat voor; Vraagt Trede 1 of hoger; "
        "Drempel €\u00a0150.000 of meer, per jaar excl. btw; Voor wie Alle leveranciers vanaf 01-01-2021",
        "Stand Verwachting advies naast de status; Vraagt Basistrede of hoger; Drempel Geen bij elk bedrag; "
        "Voor wie Ketenpartners vanaf 01-01-2021",
    ]
    keys.press("Ctrl+D", "Ctrl+A")
    keys.type("31-12-2021")
    keys.press("Return")
    assert facts(window)[0].startswith("Stand Geldt nog niet op 31-12-2021")
    assert facts(window)[1].startswith("Stand Geldt en beslist op 31-12-2021")
    keys.press("Ctrl+T")
    assert facts(window)[0].startswith("Stand Geldt en beslist op 23-11-2026")


def test_an_answer_judges_everyone_anew_and_is_taken_back_as_one_step(
    window: MainWindow, keys: Keys, qtbot: QtBot
) -> None:
    before = statuses(window)
    assert window.desk
    with qtbot.waitSignal(window.desk.rows_changed, timeout=15_000):
        keys.press("Down", "Ctrl+S")
    assert not stored(window).trede2_has_threshold
    assert statuses(window).count(Status.BELOW_THRESHOLD) < before.count(Status.BELOW_THRESHOLD)
    assert "Drempel Geen bij elk bedrag" in facts(window)[0]
    assert window.notice.words == "Beleid opgeslagen. Iedereen wordt opnieuw beoordeeld."
    with qtbot.waitSignal(window.desk.rows_changed, timeout=15_000):
        keys.press("Ctrl+Z")
    assert stored(window).trede2_has_threshold and statuses(window) == before
    assert window.notice.words == "Ongedaan gemaakt: Beleid gewijzigd."


def test_an_answer_that_cannot_be_is_refused_and_stays_as_typed(window: MainWindow, keys: Keys) -> None:
    grace = tab_to_field(keys, "grace_days")
    keys.press("Ctrl+A")
    keys.type("véél")
    keys.press("Ctrl+S")
    assert window.notice.words == "Dit is geen getal. Er is niets opgeslagen."
    assert isinstance(grace, QLineEdit) and grace.text() == "véél" and grace.hasFocus()
    keys.press("Ctrl+A")
    keys.type("-1")
    keys.press("Ctrl+S")
    assert window.notice.words == "Vul minstens 0 in. Er is niets opgeslagen."
    assert stored(window).grace_days == 0
    keys.press("Ctrl+A")
    keys.type("0")


def test_every_open_question_can_be_answered_here(window: MainWindow) -> None:
    form = part(window.stack.currentWidget(), RecordForm)
    names = [item.name for item in fields(PolicySettings)]
    assert form.values() == {name: getattr(PolicySettings(), name) for name in names}


def test_who_has_respite_is_listed_and_opened_at_its_agreements(
    window: MainWindow, keys: Keys, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, str]] = []
    monkeypatch.setattr(MainWindow, "open_supplier", lambda _window, key, *, section="": opened.append((key, section)))
    table = part(window.stack.currentWidget(), RowTable, "respites")
    qtbot.waitUntil(lambda: bool(table.rows_model.rows), timeout=5_000)
    keys.press("Ctrl+PgDown", "Down", "Return")
    assert opened == [(table.rows_model.rows[1].respite.supplier_id, "agreements")]
    ends = [listed.respite.to_on for listed in table.rows_model.rows]
    assert ends == sorted(ends) and window.desk and ends[0] >= window.desk.on
