"""What is said on the phone, word by word, against texts that were written before the code (tests/golden/say)."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.certificate import Certificate, CertificateStatus, Level
from app.domain.journal import Promise
from app.domain.letter import Letter, LetterKind
from app.domain.verdict import GRACE_GROUND, AmountSource, Policy, Reason, Status, Verdict
from app.policy.say import Dealings, say
from tests.verdicts import (
    BEFORE,
    BELOW,
    COMPLIANT,
    ENDED,
    EXEMPT,
    EXPIRED,
    EXPIRING,
    IN_2021,
    MEMBER,
    MEMBER_LOW,
    NONE,
    NOT_COVERED,
    ORDERS,
    POLICY,
    TOLD,
    TOO_LOW,
    UNKNOWN,
    WITHDRAWN,
    asks,
    from_source,
    golden,
    golden_files,
    postponed,
    with_low_level,
)

TODAY = date(2026, 11, 22)
NEW_YEAR = date(2027, 1, 1)
LAST_DECEMBER = date(2026, 11, 1)


def letter(kind: str, written_on: date, reply_by: date) -> Dealings:
    return Dealings(
        letter=Letter(
            id="l", supplier_id="s", round_id="r", kind=LetterKind(kind), kenmerk="PSO-2026-0148",
            written_on=written_on, reply_by=reply_by, certified_by=date(2027, 5, 1), facts="{}", template_id="t",
            sha256="", made_by="a",
            made_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
    )  # fmt: skip


def promised(due_on: date, what: str = "audit in januari") -> Dealings:
    return Dealings(promise=Promise(id="p", supplier_id="s", due_on=due_on, what=what, by="a"))


NOTHING = Dealings()
SENT = letter("verzoek", date(2026, 11, 10), date(2026, 11, 24))
LAST_DAY = letter("herinnering", date(2026, 11, 8), TODAY)
LATE = letter("verzoek", date(2026, 10, 7), date(2026, 10, 21))

RUNS, CAME_DUE = promised(date(2027, 1, 15), " audit\nin januari. "), promised(date(2026, 11, 15))
COMING = Dealings(coming=Certificate(id="n", level=Level.TREDE2, valid_from=date(2026, 12, 1)))

Case = tuple[Verdict, Policy, Dealings]
CASES: dict[str, dict[str, Case]] = {
    "compliant": {
        "verified": (COMPLIANT, POLICY, SENT),
        "not verified": (replace(COMPLIANT, is_unverified=True), POLICY, NOTHING),
        "a higher level told": (replace(COMPLIANT, reported=Level.TREDE3), POLICY, NOTHING),
        "asked about a day that has passed": (IN_2021, POLICY, SENT),
        "asked about a day to come": (replace(COMPLIANT, on=NEW_YEAR), POLICY, NOTHING),
        "a promise that was not settled": (COMPLIANT, POLICY, CAME_DUE),
    },
    "expiring": {
        "nothing agreed": (EXPIRING, POLICY, NOTHING),
        "not verified": (replace(EXPIRING, is_unverified=True), POLICY, NOTHING),
        "a promise that runs": (replace(EXPIRING, is_unverified=True), POLICY, RUNS),
        "a promise that came due": (EXPIRING, POLICY, CAME_DUE),
        "asked about a day to come": (replace(EXPIRING, on=NEW_YEAR), POLICY, RUNS),
    },
    "non_compliant": {
        "no certificate": (NONE, POLICY, NOTHING),
        "a letter that may still be answered": (NONE, POLICY, SENT),
        "a reminder, on the last day to answer": (NONE, POLICY, LAST_DAY),
        "a letter that was not answered": (NONE, POLICY, LATE),
        "a promise that runs": (NONE, POLICY, replace(RUNS, letter=LATE.letter)),
        "a promise that came due": (NONE, POLICY, CAME_DUE),
        "a certificate that is on its way": (NONE, POLICY, replace(COMING, letter=LATE.letter)),
        "a level told that would do": (TOLD, POLICY, NOTHING),
        "a level told that would do, after a letter": (TOLD, POLICY, SENT),
        "a level told that is too low": (replace(TOLD, reported=Level.TREDE1), POLICY, NOTHING),
        "no certificate, while unverified ones do not count": (NONE, asks(unverified_counts=False), NOTHING),
        "expired": (EXPIRED, POLICY, NOTHING),
        "expired, a level told that would do": (replace(EXPIRED, reported=Level.TREDE2), POLICY, LATE),
        "level too low": (TOO_LOW, POLICY, NOTHING),
        "level too low, a level told that would do": (replace(TOO_LOW, reported=Level.TREDE2), POLICY, NOTHING),
        "level too low, no threshold": (
            replace(TOO_LOW, held=Level.ASPIRANT, threshold_cents=None), asks(trede2_has_threshold=False), NOTHING,
        ),
        "level too low, one cent above a threshold that is exclusive": (
            replace(TOO_LOW, held=Level.BASIS, amount_cents=15_000_001), asks(threshold_is_inclusive=False), NOTHING,
        ),
        "withdrawn": (WITHDRAWN, POLICY, NOTHING),
        "suspended, day unknown": (
            replace(WITHDRAWN, decision=CertificateStatus.SUSPENDED, decided_on=None), POLICY, NOTHING,
        ),
        "replaced": (replace(WITHDRAWN, decision=CertificateStatus.REPLACED), POLICY, NOTHING),
        "not covered": (NOT_COVERED, POLICY, NOTHING),
        "not covered, no KvK number known": (replace(NOT_COVERED, kvk=""), POLICY, NOTHING),
        "member fails": (MEMBER, POLICY, NOTHING),
        "member fails, the combination has a lower level": (MEMBER_LOW, POLICY, NOTHING),
        "pro rata": (from_source(NONE, AmountSource.PRO_RATA, cents=20_000_000), POLICY, NOTHING),
        "last known": (from_source(NONE, AmountSource.LAST_KNOWN, 2025), POLICY, NOTHING),
        "invoiced": (from_source(NONE, AmountSource.INVOICED), POLICY, NOTHING),
        "invoiced last year": (from_source(NONE, AmountSource.INVOICED_LAST_YEAR, 2025), POLICY, NOTHING),
        "per contract, incl. btw": (NONE, asks(amount_scope="contract", vat_basis="incl."), NOTHING),
        "per contract, invoiced": (from_source(NONE, AmountSource.INVOICED), asks(amount_scope="contract"), NOTHING),
        "a rule for key partners only, on a day that has passed": (
            replace(IN_2021, status=Status.NON_COMPLIANT, reason=Reason.NO_CERTIFICATE, held=None),
            asks(key_partners_only_2021=True), LATE,
        ),
        "level too low, on a day to come": (
            from_source(replace(TOO_LOW, on=NEW_YEAR), AmountSource.LAST_KNOWN, 2026), POLICY, SENT,
        ),
        "a rule that is no longer there": (NONE, ENDED, NOTHING),
    },
    "postponed": {
        "no certificate": (postponed(NONE), POLICY, NOTHING),
        "a level told that would do": (postponed(TOLD), POLICY, NOTHING),
        "expired, a promise that runs": (postponed(EXPIRED), POLICY, RUNS),
        "expired, grace": (postponed(EXPIRED, GRACE_GROUND, date(2026, 12, 29)), asks(grace_days=90), NOTHING),
        "level too low": (postponed(TOO_LOW), POLICY, NOTHING),
        "withdrawn": (postponed(WITHDRAWN), POLICY, NOTHING),
        "not covered, after a letter": (postponed(NOT_COVERED), POLICY, LATE),
        "member fails, a promise that came due": (postponed(MEMBER), POLICY, CAME_DUE),
        "a certificate that is on its way": (postponed(NONE), POLICY, COMING),
        "asked about a day that has passed": (replace(postponed(EXPIRED), on=LAST_DECEMBER), POLICY, RUNS),
    },
    "exempt": {
        "nothing else": (EXEMPT, POLICY, LATE),
        "a level all the same": (with_low_level(EXEMPT), POLICY, NOTHING),
        "asked about a day that has passed": (replace(EXEMPT, on=LAST_DECEMBER), POLICY, NOTHING),
    },
    "below_threshold": {
        "entered": (BELOW, POLICY, LATE),
        "exactly a threshold that is exclusive": (
            replace(BELOW, amount_cents=15_000_000), asks(threshold_is_inclusive=False), NOTHING,
        ),
        "one cent below": (replace(BELOW, amount_cents=14_999_999), POLICY, NOTHING),
        "a level all the same": (with_low_level(BELOW), POLICY, NOTHING),
        "the day before the first rule": (BEFORE, POLICY, NOTHING),
        "a demand for key partners only": (
            replace(BEFORE, on=date(2021, 6, 1), amount_year=2021), asks(key_partners_only_2021=True), NOTHING,
        ),
        "all rules have ended": (replace(ORDERS, status=Status.BELOW_THRESHOLD), ENDED, NOTHING),
        "asked about a day to come": (replace(BELOW, on=NEW_YEAR, amount_year=2027), POLICY, NOTHING),
    },
    "unknown": {
        "nothing known": (UNKNOWN, POLICY, NOTHING),
        "a level that may be too low": (with_low_level(UNKNOWN), POLICY, NOTHING),
        "a level told": (replace(UNKNOWN, reported=Level.TREDE2), POLICY, NOTHING),
        "asked about a day that has passed": (replace(UNKNOWN, on=LAST_DECEMBER), POLICY, NOTHING),
    },
}  # fmt: skip
EACH = [(file, heading) for file, cases in CASES.items() for heading in cases]


def spoken(file: str, heading: str) -> str:
    verdict, policy, dealings = CASES[file][heading]
    return say(verdict, policy=policy, today=TODAY, dealings=dealings)


def test_every_text_has_a_case_and_every_case_a_text():
    assert {file: set(golden("say", file)) for file in golden_files("say")} == {
        file: set(cases) for file, cases in CASES.items()
    }


@pytest.mark.parametrize(("file", "heading"), EACH)
def test_what_is_said_was_written_by_hand(file: str, heading: str):
    assert CASES[file][heading][0].status == file.upper()
    assert spoken(file, heading).replace("\u00a0", " ") == golden("say", file)[heading]


@pytest.mark.parametrize(("file", "heading"), EACH)
def test_one_to_four_sentences_are_said_that_nobody_has_to_read_out_as_an_abbreviation(file: str, heading: str):
    text = spoken(file, heading)
    assert 1 <= len(re.findall(r"[.?](?= [A-Z]|$)", text.replace("B.V. ", "BV "))) <= 4
    assert not re.search(r"t/m|excl|incl|\bd\.d\.|\btot\b(?! en met)", text)


def test_every_status_reason_and_source_is_spoken_of():
    verdicts = [verdict for cases in CASES.values() for verdict, _, _ in cases.values()]
    assert {verdict.status for verdict in verdicts} == set(Status)
    assert {verdict.amount_source for verdict in verdicts} == {None, *AmountSource}
    for status in (Status.NON_COMPLIANT, Status.POSTPONED):
        assert {verdict.reason for verdict in verdicts if verdict.status is status} == set(Reason)


@pytest.mark.parametrize(("file", "heading"), EACH)
def test_only_about_today_it_is_said_what_to_do(file: str, heading: str):
    verdict, policy, dealings = CASES[file][heading]
    about = say(replace(verdict, on=date(2026, 11, 20)), policy=policy, today=TODAY, dealings=dealings)
    assert "?" not in about
    assert "kenmerk" not in about
    assert "hoeft nu niets" not in about
