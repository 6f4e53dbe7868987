"""Which letter comes after which, and what ends or pauses asking."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.certificate import CertificateStatus
from app.domain.letter import LetterKind, ReplyKind, SentLetter
from app.domain.policy import Postponement
from app.domain.verdict import Reason, Status, Verdict
from app.policy.due_letters import Asked, asked, awaited, find_about, unsettled

ON = date(2026, 11, 23)
VERDICT = Verdict(
    supplier_id="s", name="Bouwbedrijf Maasdal B.V.", kvk="", on=ON, status=Status.NON_COMPLIANT,
    reason=Reason.NO_CERTIFICATE,
)  # fmt: skip
K = LetterKind


def ago(days: int) -> date:
    return ON - timedelta(days=days)


def sent(kind: LetterKind, days_ago: int, **more: Any) -> SentLetter:
    """A letter of so many days ago, with two weeks to answer."""
    letter = SentLetter(
        id=f"{kind}-{days_ago}", kind=kind, kenmerk=f"PSO-{days_ago}", written_on=ago(days_ago),
        reply_by=ago(days_ago - 14), certified_by=ago(days_ago - 180), is_posted=True, about="", reply=None,
        replied_on=None, reference="", is_settled=False, came_back=False, has_contract=False,
    )  # fmt: skip
    return letter._replace(**more)


def answered(kind: LetterKind, days_ago: int, reply: ReplyKind, replied_days_ago: int, **more: Any) -> SentLetter:
    return sent(kind, days_ago, reply=reply, replied_on=ago(replied_days_ago), **more)


def look(*letters: SentLetter, verdict: Verdict = VERDICT, postponed_until: date | None = None) -> Asked:
    """What is known of these letters, the newest given first."""
    until = [postponed_until] if postponed_until else []
    postponements = [
        Postponement(id="p", supplier_id="s", reason="audit", approver="a", from_on=ago(300), to_on=day)
        for day in until
    ]
    return asked(letters, verdict, postponements=postponements)


STAGES = {
    "nothing yet": ((), K.REQUEST),
    "told about the policy": ((sent(K.INFORMATION, 40),), K.REQUEST),
    "asked": ((sent(K.REQUEST, 40),), K.REMINDER),
    "reminded": ((sent(K.REMINDER, 40), sent(K.REQUEST, 60)), K.SECOND_REMINDER),
    "reminded twice": ((sent(K.SECOND_REMINDER, 40), sent(K.REMINDER, 60)), None),
    "reminded twice, by contract": ((sent(K.SECOND_REMINDER, 40, has_contract=True),), K.NOTICE),
    "in default": ((sent(K.NOTICE, 40, has_contract=True),), None),
    "a year ago to the day": ((sent(K.REQUEST, 365),), K.REMINDER),
    "longer ago": ((sent(K.REMINDER, 366), sent(K.REQUEST, 380)), K.REQUEST),
    "a chain of which only the beginning is old": ((sent(K.REMINDER, 300), sent(K.REQUEST, 400)), K.SECOND_REMINDER),
    "closed with thanks": ((sent(K.CLOSING, 20), sent(K.REQUEST, 60)), K.REQUEST),
    "closed with thanks on a later day": ((sent(K.CLOSING, -20), sent(K.REQUEST, 60)), K.REMINDER),
    "warned that the certificate ends": ((sent(K.EXPIRING, 60),), K.REQUEST),
    "a confirmation in between": ((sent(K.EXEMPTION, 20), sent(K.REQUEST, 60)), K.REMINDER),
    "the certificate came": ((answered(K.REMINDER, 60, ReplyKind.CERTIFICATE, 40), sent(K.REQUEST, 90)), K.REQUEST),
    "a plan came": ((answered(K.REQUEST, 60, ReplyKind.PLAN, 50),), K.REMINDER),
    "another answer came": ((answered(K.REQUEST, 60, ReplyKind.OTHER, 50),), K.REMINDER),
    "it came back": ((answered(K.REMINDER, 60, ReplyKind.UNDELIVERABLE, 50), sent(K.REQUEST, 90)), K.REMINDER),
}  # fmt: skip


@pytest.mark.parametrize("case", STAGES)
def test_each_letter_is_followed_by_the_next_stage(case: str):
    letters, kind = STAGES[case]
    assert look(*letters).next_kind is kind


def test_the_first_and_the_last_letter_are_those_of_this_time():
    found = look(sent(K.SECOND_REMINDER, 30), sent(K.REMINDER, 60), sent(K.REQUEST, 90), sent(K.REQUEST, 480))
    assert [letter.kenmerk for letter in found.letters] == ["PSO-90", "PSO-60", "PSO-30"]


@pytest.mark.parametrize(("days_ago", "waits"), [(0, True), (14, True), (15, False)])
def test_until_its_last_day_to_answer_nothing_more_is_asked(days_ago: int, waits: bool):
    assert look(sent(K.REQUEST, days_ago)).waits_on(ON) is waits


@pytest.mark.parametrize("kind", [K.REQUEST, K.EXPIRING])
@pytest.mark.parametrize("reply", [ReplyKind.CERTIFICATE, ReplyKind.OTHER])
def test_an_answer_holds_everything_until_somebody_dealt_with_it(reply: ReplyKind, kind: LetterKind):
    letter = answered(kind, 60, reply, 40)
    assert look(letter).answered == letter
    assert look(letter._replace(is_settled=True)).answered is None


@pytest.mark.parametrize("reply", [None, ReplyKind.OTHER])
def test_a_warning_that_a_certificate_ends_waits_for_its_answer_too(reply: ReplyKind | None):
    letter = sent(K.EXPIRING, 10) if reply is None else answered(K.EXPIRING, 10, reply, 5)
    ended = replace(VERDICT, reason=Reason.EXPIRED, valid_to=ago(5))
    found = look(letter, sent(K.REQUEST, 100), verdict=ended)
    assert (found.next_kind, found.newest, found.waits_on(ON)) == (K.REQUEST, letter, True)


def test_of_a_plan_the_promise_tells_how_long_to_wait():
    assert not look(answered(K.REQUEST, 20, ReplyKind.PLAN, 1)).waits_on(ON)


@pytest.mark.parametrize("reply", [None, ReplyKind.CERTIFICATE, ReplyKind.OTHER, ReplyKind.PLAN])
@pytest.mark.parametrize(("days_to_go", "waits"), [(0, True), (-1, False)])
def test_an_early_answer_does_not_shorten_the_term_of_the_letter(reply: ReplyKind | None, days_to_go: int, waits: bool):
    letter = answered(K.INFORMATION, 28, reply, 27) if reply else sent(K.INFORMATION, 28)
    assert look(letter._replace(reply_by=ago(-days_to_go))).waits_on(ON) is waits


def test_a_letter_that_came_back_is_to_be_sent_again_once_the_address_is_mended():
    came_back = answered(K.REQUEST, 20, ReplyKind.UNDELIVERABLE, 10, came_back=True)
    assert look(came_back).came_back == came_back
    mended = look(came_back._replace(came_back=False))
    assert (mended.came_back, mended.next_kind) == (None, K.REQUEST)
    assert look(sent(K.REQUEST, 5), came_back).came_back is None


@pytest.mark.parametrize(("days_ago", "kind"), [(31, K.REQUEST), (30, K.REQUEST), (29, K.REMINDER)])
@pytest.mark.parametrize("cause", ["expired", "withdrawn", "postponed"])
def test_what_was_asked_before_things_changed_was_about_something_else(cause: str, days_ago: int, kind: LetterKind):
    verdict, postponed_until = VERDICT, None
    if cause == "expired":
        verdict = replace(VERDICT, reason=Reason.EXPIRED, valid_to=ago(30))
    elif cause == "withdrawn":
        decided = {"decision": CertificateStatus.WITHDRAWN, "decided_on": ago(30)}
        verdict = replace(VERDICT, reason=Reason.WITHDRAWN, **decided)  # type: ignore[arg-type]
    else:
        postponed_until = ago(30)
    assert look(sent(K.REQUEST, days_ago), verdict=verdict, postponed_until=postponed_until).next_kind is kind


def test_a_letter_of_thanks_settles_what_was_asked_within_a_year():
    request = sent(K.REQUEST, 100)
    assert unsettled([sent(K.EXPIRING, 10), request], on=ON) == request
    assert unsettled([sent(K.CLOSING, 10), request], on=ON) is None
    assert unsettled([answered(K.REQUEST, 100, ReplyKind.CERTIFICATE, 80)], on=ON) is not None
    assert unsettled([answered(K.REQUEST, 100, ReplyKind.UNDELIVERABLE, 80)], on=ON) is None
    assert unsettled([sent(K.REQUEST, 366)], on=ON) is None


def test_a_letter_about_a_record_that_came_back_is_written_again_once_the_address_is_mended():
    letter = sent(K.POSTPONEMENT, 10, about="p")
    assert find_about([letter], K.POSTPONEMENT, "p") == letter
    assert find_about([letter], K.POSTPONEMENT, "q") is None
    assert find_about([letter], K.EXEMPTION, "p") is None
    undeliverable = letter._replace(reply=ReplyKind.UNDELIVERABLE)
    assert find_about([undeliverable], K.POSTPONEMENT, "p") is None
    at_the_same_address = undeliverable._replace(came_back=True)
    assert find_about([at_the_same_address], K.POSTPONEMENT, "p") == at_the_same_address


AWAITED = {
    "a request that may be answered": (sent(K.REQUEST, 5), Status.COMPLIANT, True),
    "a request that was not answered": (sent(K.REQUEST, 50), Status.NON_COMPLIANT, True),
    "one that is needed no more": (sent(K.REQUEST, 50), Status.COMPLIANT, False),
    "one of more than a year ago": (sent(K.REQUEST, 366), Status.NON_COMPLIANT, False),
    "one with an answer": (answered(K.REQUEST, 5, ReplyKind.OTHER, 1), Status.NON_COMPLIANT, False),
    "a confirmation": (sent(K.POSTPONEMENT, 5), Status.NON_COMPLIANT, False),
    "thanks": (sent(K.CLOSING, 5), Status.NON_COMPLIANT, False),
}


@pytest.mark.parametrize("case", AWAITED)
def test_on_the_phone_we_ask_for_the_answer_that_we_wait_for(case: str):
    letter, status, is_awaited = AWAITED[case]
    assert (awaited([letter], replace(VERDICT, status=status)) is not None) is is_awaited
