"""What was said to a supplier that turned out to be another is known of that other."""

from datetime import date

import pytest

from app.domain.letter import Letter, LetterKind, ReplyKind
from app.domain.supplier import Address, Supplier
from app.services import Register, undo
from app.services.calls import begin_call, finish_call, keep_draft, list_drafts
from app.services.letter_archive import list_letters
from app.services.letter_replies import find_letter, log_reply
from app.services.phone_card import phone_card
from app.services.plan_letters import plan_letters
from app.services.round_draft import RoundChoices, find_choices, keep_choices
from app.services.show_supplier import show_supplier
from app.services.timeline import EntryKind, timeline
from app.services.work_list import list_work
from tests.services.test_merge_suppliers import add, found, merge, whole


@pytest.fixture
def written(register: Register, letters: tuple[Letter, ...]) -> Register:
    """Three suppliers that each got a request, and a fourth that turns out to be the first; 10 days later."""
    register.clock.set(date(2026, 12, 10))  # type: ignore[attr-defined]
    address = Address(street="Dijk", house_number="9", postcode="6041 AB", city="Roermond")
    add(register, Supplier(id="kept", name="Maasdal Bouw", visiting=address))
    return register


def test_the_letters_of_a_merged_supplier_count_for_the_one_it_turned_out_to_be(
    written: Register, letters: tuple[Letter, ...]
) -> None:
    on = written.clock.today()
    before = whole(written)
    merge(written, "kept", "s0")
    assert written.letters.get(letters[0].id).supplier_id == "s0", "a letter stays as it was made"
    (proposal,) = plan_letters(written, on=on, only=["kept"]).proposals
    assert proposal.kind is LetterKind.REMINDER
    assert proposal.asked[-1].kenmerk == letters[0].kenmerk
    card = phone_card(written, "s0", on=on)
    assert (card.supplier.id, [letter.kenmerk for letter in card.letters]) == ("kept", ["PSO-2026-0001"])
    titles = [entry.title for entry in timeline(show_supplier(written, "s0", on=on), on=on)]
    assert "Verzoek PSO-2026-0001" in titles
    (archived,) = list_letters(written, text="PSO-2026-0001")
    assert (archived.supplier_id, archived.supplier_name) == ("kept", "Maasdal Bouw")
    assert found(written, "PSO-2026-0001") == ["kept"]
    assert found(written, "bouwbedrijf maasdal") == ["kept"]
    work = [item for item in list_work(written, on=on) if item.supplier_id == "kept"]
    assert [item.about for item in work] == ["brief PSO-2026-0001, reactie t/m 07-12-2026"]
    whole(written)
    undo.undo_last(written)
    assert whole(written) == before


def test_an_answer_to_an_old_letter_reaches_the_one_it_turned_out_to_be(written: Register) -> None:
    on = written.clock.today()
    merge(written, "kept", "s0")
    letter = find_letter(written, "2026-1")
    assert letter
    log_reply(written, letter.id, kind=ReplyKind.PLAN, received_on=on, promise_due_on=date(2027, 3, 1))
    (promise,) = written.promises.list_all()
    assert promise.supplier_id == "kept"
    (skipped,) = plan_letters(written, on=on, only=["kept"]).skipped
    assert skipped.because == "promise"
    kinds = [entry.kind for entry in timeline(show_supplier(written, "kept", on=on), on=on)]
    assert kinds.count(EntryKind.LETTER) == 2, "the letter and the answer"


def test_notes_and_rounds_that_are_open_go_on_with_the_one_it_turned_out_to_be(written: Register) -> None:
    keep_draft(written, begin_call(written, "s0"))
    keep_choices(written, RoundChoices(only=("s0", "kept", "s1"), left_out=frozenset({"s0"})))
    (open_before,) = list_drafts(written)
    merge(written, "kept", "s0")
    (draft,) = list_drafts(written)
    assert draft.supplier_id == "kept"
    kept_choices = find_choices(written)
    assert kept_choices and kept_choices[0] == RoundChoices(only=("kept", "s1"), left_out=frozenset({"kept"}))
    assert finish_call(written, open_before).supplier_id == "kept"
