"""The desk: what is shown is what the register holds now, whoever asked and whatever was overtaken."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.base.clock import SetClock
from app.base.errors import Cancelled
from app.services import Register, list_suppliers, record
from app.services.record import save
from tests.ui.conftest import TODAY
from ui.base.desk import Desk
from ui.main import Registers

PATIENCE = 10_000


@pytest.fixture
def desk(qtbot: QtBot, example: Path) -> Iterator[Desk]:
    """An open register of which everyone is judged."""
    clock = SetClock.at(TODAY, 10, 30)
    made = Desk(Registers(clock), example, by="adviseur", clock=clock)
    made.start()
    qtbot.waitUntil(lambda: made.has_rows, timeout=PATIENCE)
    yield made
    made.close()


class Gate:
    """Judging that waits, once begun, until it is let through; it does not look whether it was stopped."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self._opened = threading.Event(), threading.Event()
        original: Callable[..., Any] = list_suppliers.list_suppliers

        def judge(register: Register, *, on: date, progress: Any) -> Any:
            rows = original(register, on=on)
            self.begun.set()
            assert self._opened.wait(PATIENCE / 1000)
            return rows

        monkeypatch.setattr(list_suppliers, "list_suppliers", judge)

    def open(self) -> None:
        self._opened.set()


def renamed(desk: Desk, name: str, owner: QObject, **told: Any) -> str:
    """Ask for the first supplier to be renamed; returns its key."""
    supplier_id = desk.rows[0].supplier_id

    def work(register: Register, _progress: object) -> None:
        save(register, replace(register.suppliers.get(supplier_id), name=name))

    desk.write(work, what="Hernoemen", owner=owner, touched=[supplier_id], **told)
    return supplier_id


def test_a_change_while_everyone_is_judged_is_not_undone_by_what_was_read_before_it(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    desk.reload()
    qtbot.waitUntil(gate.begun.is_set)
    with qtbot.waitSignal(desk.changed, timeout=PATIENCE):
        key = renamed(desk, "Zwartstaal B.V.", desk)
    gate.open()
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=PATIENCE)
    row = desk.row(key)
    assert row is not None and row.name == "Zwartstaal B.V."


def test_a_judgement_that_was_overtaken_is_never_shown(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[date] = []
    original = Desk._show

    def show(self: Desk, rows: Any) -> None:
        shown.append(self.on)
        original(self, rows)

    monkeypatch.setattr(Desk, "_show", show)
    gate = Gate(monkeypatch)
    desk.judge_on(TODAY - timedelta(days=1))
    qtbot.waitUntil(gate.begun.is_set)
    desk.judge_on(TODAY)
    gate.open()
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=PATIENCE)
    assert shown == [TODAY]


def test_who_stops_the_judging_is_told_and_can_ask_again(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_register: Register, *, on: date, progress: object) -> Any:
        raise Cancelled

    with monkeypatch.context() as stopped, qtbot.waitSignal(desk.noticed, timeout=PATIENCE) as noticed:
        stopped.setattr(list_suppliers, "list_suppliers", stop)
        desk.judge_on(TODAY - timedelta(days=400))
        qtbot.waitUntil(lambda: not desk.is_busy, timeout=PATIENCE)
    assert noticed.args[0].text == "Het beoordelen is gestopt. U ziet nog het oordeel van daarvoor."
    with qtbot.waitSignal(desk.rows_changed, timeout=PATIENCE):
        desk.judge_on(desk.on)


def test_what_was_written_is_seen_everywhere_also_when_the_part_that_asked_is_gone(qtbot: QtBot, desk: Desk) -> None:
    owner = QObject()
    told: list[object] = []
    with qtbot.waitSignal(desk.changed, timeout=PATIENCE):
        key = renamed(desk, "Zwartstaal B.V.", owner, done=told.append)
        owner.deleteLater()
    row = desk.row(key)
    assert row is not None and row.name == "Zwartstaal B.V."
    assert told == []


def test_what_could_not_be_written_is_said_also_when_the_part_that_asked_is_gone(qtbot: QtBot, desk: Desk) -> None:
    owner = QObject()
    told: list[object] = []
    with qtbot.waitSignal(desk.noticed, timeout=PATIENCE) as noticed:
        renamed(desk, "", owner, failed=told.append)
        owner.deleteLater()
    assert "Er is niets opgeslagen" in noticed.args[0].text
    assert told == []


def test_closing_while_the_register_is_being_opened_leaves_no_thread(qtbot: QtBot, example: Path) -> None:
    made = Desk(Registers(SetClock.at(TODAY, 10, 30)), example, by="adviseur")
    told: list[object] = []
    made.ready.connect(lambda: told.append("ready"))
    made.refused.connect(told.append)
    made.start()
    made.close()
    qtbot.wait(0)
    assert told == [] and not made.is_busy
    assert [thread.name for thread in threading.enumerate() if thread.name in {"reader", "writer"}] == []


def test_a_register_that_is_only_read_refuses_in_words(qtbot: QtBot, example: Path) -> None:
    made = Desk(Registers(SetClock.at(TODAY, 10, 30)), example, by="", to_write=False)
    try:
        with qtbot.waitSignal(made.ready, timeout=PATIENCE):
            made.start()
        with qtbot.waitSignal(made.noticed, timeout=PATIENCE) as noticed:
            assert made.write(lambda register, _: record.save(register), what="Schrijven", owner=made) is None
        assert "alleen te lezen" in noticed.args[0].text
    finally:
        made.close()
