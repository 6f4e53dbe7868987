"""An answer is logged to the letter that was typed, pauses by a promise, and can be taken back."""

from dataclasses import replace
from datetime import date

import pytest

from app.base.errors import AppError, NotFoundError
from app.domain.certificate import Certificate, Level
from app.domain.letter import Letter, LetterKind, ReplyKind
from app.domain.policy import Postponement
from app.domain.work import WorkKind
from app.services import Register, letter_archive, record, undo
from app.services.describe_change import describe_change
from app.services.letter_replies import find_letter, log_reply
from app.services.plan_letters import plan_letters
from app.services.settle_work import settle
from app.services.show_supplier import show_supplier
from app.services.timeline import EntryKind, timeline
from app.services.work_list import list_work
from app.services.write_letters import write_letters
from tests.services.conftest import TODAY

LATER = date(2026, 12, 3)


@pytest.fixture
def later(register: Register, letters: tuple[Letter, ...]) -> Register:
    """The register ten days after its letters."""
    register.clock.set(LATER)  # type: ignore[attr-defined]
    return register


def entries(register: Register) -> list[tuple[str, str]]:
    found = timeline(show_supplier(register, "s0", on=LATER), on=LATER)
    kinds = (EntryKind.LETTER, EntryKind.PROMISE)
    return [(entry.title, entry.detail.replace("\xa0", " ")) for entry in found if entry.kind in kinds]


@pytest.mark.parametrize(
    "typed",
    [
        "PSO-2026-0002", "pso-2026-0002", " PSO 2026 0002 ", "PSO2026-0002", "PSO20260002", "2026-2", "2026/0002", "2",
        "0002", "pso-2", "Uw kenmerk: PSO-2026-0002", "PSO–2026–0002", "PSO_2026_2",
    ],
)  # fmt: skip
def test_a_letter_is_found_as_its_kenmerk_is_typed(register: Register, letters: tuple[Letter, ...], typed: str) -> None:
    assert find_letter(register, typed) == letters[1]


@pytest.mark.parametrize(
    "typed",
    ["", " ", "PSO", "PSO-2026-0004", "2025-2", "XYZ-2026-0002", "20260002x", "%", "2026-", "é" * 100_000, "9" * 80],
)
def test_what_is_no_kenmerk_finds_nothing(register: Register, letters: tuple[Letter, ...], typed: str) -> None:
    assert find_letter(register, typed) is None


def also(register: Register, letter: Letter, kenmerk: str, *, on: date) -> Letter:
    """Make a letter like another one, with a kenmerk of its own."""
    made = replace(letter, id=register.new_id(), kenmerk=kenmerk, written_on=on)
    with register.operation("letters", "nog een brief"):
        register.letters.add(made)
    return made


def test_a_bare_number_must_be_the_only_one_of_the_last_year(register: Register, letters: tuple[Letter, ...]) -> None:
    next_year = date(2027, 1, 11)
    register.clock.set(next_year)  # type: ignore[attr-defined]
    assert find_letter(register, "1") == letters[0]
    newer = also(register, letters[0], "PSO-2027-0001", on=next_year)
    also(register, letters[0], "PSO-2025-0002", on=date(2025, 3, 3))
    assert find_letter(register, "1") is None, "either could be meant"
    assert find_letter(register, "2026-1") == letters[0]
    assert find_letter(register, "2027-1") == newer
    assert find_letter(register, "2") == letters[1]


def test_a_number_of_two_prefixes_needs_its_prefix(register: Register, letters: tuple[Letter, ...]) -> None:
    other = also(register, letters[0], "Soc.Ret-B-2026-0001", on=TODAY)
    assert find_letter(register, "2026-1") is None
    assert find_letter(register, "soc.ret-b 2026 1") == other
    assert find_letter(register, "pso 1") == letters[0]


def test_an_answer_is_one_operation_in_the_timeline_and_can_be_taken_back(
    later: Register, letters: tuple[Letter, ...]
) -> None:
    before = entries(later)
    log_reply(
        later,
        letters[0].id,
        kind=ReplyKind.OTHER,
        received_on=date(2026, 12, 1),
        note=" Belt terug.\n",
        reference="M 77",
    )
    assert ("Reactie verwacht", "op Verzoek PSO-2026-0001") in before
    assert entries(later) == [
        (
            "Antwoord op brief PSO-2026-0001: ander antwoord",
            "hun kenmerk M 77 · “Belt terug.” · genoteerd door " + later.by,
        ),
        *(entry for entry in before if entry[0] != "Reactie verwacht"),
    ]
    operation, changes = show_supplier(later, "s0", on=LATER).history[0]
    assert (operation.kind, operation.label) == ("reply", "Antwoord op brief PSO-2026-0001: ander antwoord")
    words = {found.label: found.new.replace("\xa0", " ") for change in changes for found in describe_change(change)}
    assert words["Antwoord op een brief · Ontvangen op"] == "1 december 2026"
    assert words["Antwoord op een brief · Soort antwoord"] == "Ander antwoord"
    undo.undo_last(later)
    assert entries(later) == before
    assert later.letter_replies.list_all() == ()


def test_a_plan_is_also_a_promise_that_keeps_the_next_letter_back(later: Register, letters: tuple[Letter, ...]) -> None:
    letter, due_on = letters[0], date(2027, 5, 24)
    log_reply(later, letter.id, kind=ReplyKind.PLAN, received_on=LATER, promise_due_on=due_on)
    (promise,) = later.promises.list_all()
    assert (promise.supplier_id, promise.due_on) == ("s0", due_on)
    assert promise.what == "PSO-certificaat, volgens het plan op brief PSO-2026-0001"
    after = date(2027, 1, 11)
    assert "s0" not in {found.supplier.id for found in plan_letters(later, on=after).proposals}
    undo.undo_last(later)
    assert (later.promises.list_all(), later.letter_replies.list_all()) == ((), ())


def test_a_letter_that_came_back_says_so(later: Register, letters: tuple[Letter, ...]) -> None:
    log_reply(later, letters[0].id, kind=ReplyKind.UNDELIVERABLE, received_on=LATER, note="verhuisd")
    title, detail = entries(later)[0]
    assert title == "Brief PSO-2026-0001 kwam onbestelbaar terug"
    assert "“verhuisd”" in detail


def test_a_confirmation_that_came_back_is_sent_again_to_the_new_address_only(
    register: Register, letters: tuple[Letter, ...]
) -> None:
    respite = Postponement(id="p", supplier_id="s0", reason="audit", approver="a", from_on=TODAY, to_on=LATER)
    with register.operation("edit", "uitstel"):
        register.postponements.add(respite)
    proposals = plan_letters(register, on=TODAY, only=["s0"]).proposals
    (sent,) = write_letters(register, proposals, on=TODAY, folder=None).letters
    log_reply(register, sent.id, kind=ReplyKind.UNDELIVERABLE, received_on=TODAY)
    plan = plan_letters(register, on=TODAY)
    assert [found.mend for found in plan.skipped if found.supplier_id == "s0"] == ["address"]
    assert plan.proposals == ()
    supplier = register.suppliers.get("s0")
    with register.operation("edit", "verhuisd"):
        register.suppliers.save(replace(supplier, visiting=replace(supplier.visiting, street="Markt")))
    (offer,) = plan_letters(register, on=TODAY).proposals
    assert (offer.supplier.id, offer.kind, offer.about) == ("s0", LetterKind.POSTPONEMENT, "p")


def test_a_letter_that_was_answered_went_out_and_is_not_withdrawn(later: Register, letters: tuple[Letter, ...]) -> None:
    making = later.history.find_adding(letters[0].id)
    assert making
    log_reply(later, letters[0].id, kind=ReplyKind.OTHER, received_on=LATER)
    with pytest.raises(AppError, match="Al beantwoord"):
        letter_archive.withdraw_letters(later, [letter.id for letter in letters])
    assert len(undo.undo_operation(later, making.id).kept) == 1
    states = [later.letters.get(letter.id).state.name for letter in letters]
    assert states == ["MADE", "WITHDRAWN", "WITHDRAWN"]


def test_the_archive_shows_the_last_answer(later: Register, letters: tuple[Letter, ...]) -> None:
    log_reply(later, letters[0].id, kind=ReplyKind.CERTIFICATE, received_on=LATER)
    log_reply(later, letters[0].id, kind=ReplyKind.OTHER, received_on=date(2026, 12, 1))
    shown = {item.letter.id: item.reply.kind if item.reply else None for item in letter_archive.list_letters(later)}
    assert shown == {letters[0].id: ReplyKind.CERTIFICATE, letters[1].id: None, letters[2].id: None}


@pytest.mark.parametrize(
    ("kind", "received_on", "due_on", "message"),
    [
        (ReplyKind.OTHER, date(2026, 12, 4), None, "4 december 2026 moet nog komen. Er is niets vastgelegd."),
        (ReplyKind.OTHER, date(2026, 11, 22), None,
         "Brief PSO-2026-0001 is van 23 november 2026; een antwoord komt niet eerder. Er is niets vastgelegd."),
        (ReplyKind.PLAN, LATER, None, "Bij een plan hoort een dag. Er is niets vastgelegd."),
        (ReplyKind.PLAN, LATER, date(2026, 12, 2),
         "De dag van het plan ligt voor die van het antwoord. Er is niets vastgelegd."),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_refused(
    later: Register, letters: tuple[Letter, ...], kind: ReplyKind, received_on: date, due_on: date | None, message: str
) -> None:
    with pytest.raises(AppError) as refused:
        log_reply(later, letters[0].id, kind=kind, received_on=received_on, promise_due_on=due_on)
    assert refused.value.message.replace("\xa0", " ") == message
    assert later.letter_replies.list_all() == ()


def test_nothing_is_logged_to_a_letter_that_was_withdrawn_or_is_not_there(
    later: Register, letters: tuple[Letter, ...]
) -> None:
    letter_archive.withdraw_letters(later, [letters[0].id])
    with pytest.raises(AppError, match="Brief PSO-2026-0001 is ingetrokken"):
        log_reply(later, letters[0].id, kind=ReplyKind.OTHER, received_on=LATER)
    with pytest.raises(NotFoundError):
        log_reply(later, "nergens", kind=ReplyKind.OTHER, received_on=LATER)


MUCH_LATER = date(2026, 12, 30)


def due(register: Register) -> LetterKind | str:
    """What is due to s0 weeks later: a kind of letter, or why none is."""
    plan = plan_letters(register, on=MUCH_LATER, only=["s0"])
    return plan.proposals[0].kind if plan.proposals else plan.skipped[0].because


def test_a_certificate_that_came_holds_every_letter_until_one_is_recorded(later: Register, letters: tuple[Letter, ...]):
    log_reply(later, letters[0].id, kind=ReplyKind.CERTIFICATE, received_on=LATER)
    assert due(later) == "certificate"
    record.add(later, Certificate(id="c", level=Level.TREDE1, supplier_id="s0", valid_from=LATER, valid_to=MUCH_LATER))
    assert due(later) is LetterKind.REQUEST, "asking begins anew, for it is not enough"
    undo.undo_last(later)
    assert due(later) == "certificate"


def test_another_answer_holds_every_letter_until_somebody_dealt_with_it(later: Register, letters: tuple[Letter, ...]):
    log_reply(later, letters[0].id, kind=ReplyKind.OTHER, received_on=LATER)
    assert due(later) == "reply"
    (item,) = [found for found in list_work(later, on=MUCH_LATER) if found.kind is WorkKind.ANSWERED]
    settle(later, item)
    assert due(later) is LetterKind.REMINDER
    assert not [found for found in list_work(later, on=MUCH_LATER) if found.kind is WorkKind.ANSWERED]
