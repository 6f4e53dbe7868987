"""The desk: what is shown is what the register holds now, whoever asked and whatever was overtaken."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from app.base.clock import SetClock
from app.base.errors import Cancelled
from app.domain.journal import Aside, CallNote
from app.domain.work import WorkKind, work_order
from app.services import Register, list_suppliers, record
from app.services.record import save
from app.services.set_aside import set_aside
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
        original: Callable[..., Any] = list_suppliers.judge_everyone

        def judge(register: Register, *, on: date, progress: Any) -> Any:
            everyone = original(register, on=on)
            self.begun.set()
            assert self._opened.wait(PATIENCE / 1000)
            return everyone

        monkeypatch.setattr(list_suppliers, "judge_everyone", judge)

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

    def show(self: Desk, everyone: Any) -> None:
        shown.append(self.on)
        original(self, everyone)

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
        stopped.setattr(list_suppliers, "judge_everyone", stop)
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


def test_a_change_of_one_supplier_judges_nobody_else_and_puts_its_work_in_its_place(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judge(*_values: object, **_more: object) -> Any:
        pytest.fail("everyone was judged")

    monkeypatch.setattr(list_suppliers, "judge_everyone", judge)
    before = desk.work
    chosen = next(item for item in before if item.kind is WorkKind.EXPIRING and not item.aside)
    others = [item for item in before if item.supplier_id != chosen.supplier_id]
    assert chosen.supplier_id is not None
    call = CallNote(id="los", supplier_id=None, started_at=desk.clock.now(), text="Wie?", by="a")

    def work(register: Register, _progress: object) -> None:
        set_aside(register, [chosen], how=Aside.SEEN, reason="x", until_on=TODAY)
        record.add(register, call)

    with qtbot.waitSignal(desk.work_changed, timeout=PATIENCE):
        desk.write(work, what="Wegzetten", owner=desk, touched=[chosen.supplier_id])
    assert desk.open_work == sum(item.aside is None for item in before)
    assert desk.work == sorted(desk.work, key=work_order)
    assert [item for item in desk.work if item.supplier_id != chosen.supplier_id and item.record_id != "los"] == others
    assert [item.aside is not None for item in desk.work if item.key == chosen.key] == [True]


def test_many_at_once_are_judged_off_the_window_s_thread(qtbot: QtBot, desk: Desk) -> None:
    chosen = [item for item in desk.work if item.supplier_id][:40]
    whose = {item.supplier_id for item in chosen if item.supplier_id}
    assert len(whose) > 20

    def work(register: Register, _progress: object) -> None:
        set_aside(register, chosen, how=Aside.SEEN, reason="x", until_on=TODAY)

    before = desk.open_work
    already = sum(item.aside is not None for item in chosen)
    desk.write(work, what="Wegzetten", owner=desk, touched=whose)
    qtbot.waitUntil(lambda: desk.open_work == before - len(chosen) + already, timeout=PATIENCE)
    assert not desk.is_writing


def test_the_day_moves_on_while_the_window_stays_in_use(qtbot: QtBot, desk: Desk) -> None:
    assert isinstance(desk.clock, SetClock)
    desk.clock.set(TODAY + timedelta(days=1))
    (minutes,) = desk.findChildren(QTimer)
    with qtbot.waitSignal(desk.work_changed, timeout=PATIENCE):
        minutes.timeout.emit()
    assert desk.on == TODAY + timedelta(days=1)


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
