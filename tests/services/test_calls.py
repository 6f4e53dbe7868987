"""A call from the first ring to what was agreed; a draft is nobody's change until it is finished."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.base.clock import SetClock
from app.base.errors import RegisterError
from app.domain.supplier import Supplier
from app.services import Register, record
from app.services.calls import (
    Agreed,
    add_agreed,
    begin_call,
    drop_draft,
    drop_finished,
    finish_call,
    keep_draft,
    list_drafts,
    recent_calls,
)
from app.services.undo import redo_last, undo_last
from app.storage.driver import DatabaseError

MAASDAL = Supplier(id="maasdal", name="Bouw Maasdal")
AUDIT = Agreed(due_on=date(2027, 5, 12), what="audit")
BELLEN = Agreed(due_on=date(2026, 12, 1), what="terugbellen")


def pass_time(register: Register, minutes: int) -> None:
    assert isinstance(register.clock, SetClock)
    register.clock.moment += timedelta(minutes=minutes)


def test_a_draft_is_kept_as_it_is_typed_and_is_in_nobodys_history(register: Register) -> None:
    record.add(register, MAASDAL)
    draft = begin_call(register, "maasdal", caller=" K.\nProefven ")
    for text in ("au", "audit", "audit in mei"):
        draft = keep_draft(register, replace(draft, text=text))
    assert list_drafts(register) == (draft,)
    assert (draft.text, draft.caller) == ("audit in mei", "K. Proefven")
    assert [found.label for found in register.history.list_operations(1)] == ["Leverancier toegevoegd: Bouw Maasdal"]
    undo_last(register)
    assert [(kept.text, kept.supplier_id) for kept in list_drafts(register)] == [("audit in mei", None)]


def test_two_calls_of_one_supplier_each_have_a_note(register: Register) -> None:
    record.add(register, MAASDAL)
    first = keep_draft(register, replace(begin_call(register, "maasdal"), text="eerste"))
    pass_time(register, 1)
    second = keep_draft(register, replace(begin_call(register, "maasdal"), text="tweede"))
    assert list_drafts(register) == (second, first)
    finish_call(register, first)
    assert list_drafts(register) == (second,)


def test_a_finished_call_is_one_step_and_undo_brings_the_draft_back(register: Register) -> None:
    record.add(register, MAASDAL)
    draft = keep_draft(register, replace(begin_call(register, "maasdal", is_call=True, by="A. Proef"), text=" mei \n"))
    pass_time(register, 7)
    note = finish_call(register, draft)
    assert (note.text, note.by) == ("mei", "A. Proef")
    assert note.ended_at
    assert note.ended_at - note.started_at == timedelta(minutes=7)
    assert list_drafts(register) == ()
    undo_last(register)
    assert register.call_notes.list_all() == ()
    assert list_drafts(register) == (draft,)
    redo_last(register)
    assert register.call_notes.list_all() == (note,)
    assert list_drafts(register) == ()
    drop_finished(register)
    undo_last(register)
    assert list_drafts(register) == ()


def test_only_a_call_that_the_phone_began_and_that_was_noted_has_a_duration(register: Register) -> None:
    assert finish_call(register, begin_call(register, None, is_call=True)).ended_at is None
    assert finish_call(register, begin_call(register, None, caller="0475-38 12 40")).ended_at is None
    assert [found.label for found in register.history.list_operations(1)] == ["Gesprek met 0475-38 12 40"]


def test_a_call_that_could_not_be_finished_is_a_draft_as_it_was_typed_last(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_notes: object) -> None:
        raise DatabaseError("disk I/O error")

    draft = keep_draft(register, replace(begin_call(register, None), text="half"))
    with monkeypatch.context() as patch, pytest.raises(RegisterError, match="schijf"):
        patch.setattr(register.call_notes, "add", refuses)
        finish_call(register, replace(draft, text="half af"))
    assert [kept.text for kept in list_drafts(register)] == ["half af"]
    assert register.call_notes.list_all() == ()


def test_a_draft_that_could_not_be_written_is_told(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_draft: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(register.call_drafts, "keep", refuses)
    with pytest.raises(RegisterError, match="schijf is vol"):
        keep_draft(register, begin_call(register, None))


def test_a_draft_that_says_nothing_can_be_thrown_away(register: Register) -> None:
    draft = keep_draft(register, begin_call(register, None))
    drop_draft(register, draft.id)
    assert list_drafts(register) == ()


def test_what_was_agreed_is_one_step_and_nothing_agreed_leaves_no_trace(register: Register) -> None:
    record.add(register, MAASDAL)
    add_agreed(register, "maasdal", promise=AUDIT, follow_up=BELLEN)
    add_agreed(register, "maasdal")
    assert [found.label for found in register.history.list_operations(1)] == ["Afspraak vastgelegd bij Bouw Maasdal"]
    assert [(found.what, found.due_on) for found in register.promises.list_all()] == [("audit", AUDIT.due_on)]
    assert [(found.what, found.due_on) for found in register.follow_ups.list_all()] == [("terugbellen", BELLEN.due_on)]
    undo_last(register)
    assert (*register.promises.list_all(), *register.follow_ups.list_all()) == ()


def test_the_last_calls_come_newest_first(register: Register) -> None:
    record.add(register, MAASDAL)
    for who in ("maasdal", None, "maasdal"):
        pass_time(register, 1)
        finish_call(register, begin_call(register, who))
    assert [note.supplier_id for note in recent_calls(register, limit=2)] == ["maasdal", None]
