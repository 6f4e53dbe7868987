"""The sentences, word by word, against texts that were written before the code (tests/golden/explain)."""

import re
from dataclasses import replace
from datetime import date

import pytest

from app.domain.certificate import CertificateStatus, Level
from app.domain.policy import PolicySettings, Rule
from app.domain.verdict import AmountSource, Policy, Reason, Status, Verdict
from app.policy.explain import advise, explain, what_is_needed
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
    NO_AMOUNT,
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

CASES: dict[str, dict[str, tuple[Verdict, Policy]]] = {
    "compliant": {
        "entered": (COMPLIANT, POLICY),
        "under the rule of 2021, on its last day": (IN_2021, POLICY),
        "pro rata": (from_source(COMPLIANT, AmountSource.PRO_RATA, cents=20_000_000), POLICY),
        "last known": (from_source(COMPLIANT, AmountSource.LAST_KNOWN, 2025), POLICY),
        "invoiced": (from_source(COMPLIANT, AmountSource.INVOICED), POLICY),
        "invoiced last year": (from_source(COMPLIANT, AmountSource.INVOICED_LAST_YEAR, 2025), POLICY),
        "amount unknown": (
            replace(NO_AMOUNT, held=Level.TREDE3, certificate_id="c", valid_to=date(2027, 9, 30)), POLICY,
        ),
        "no threshold": (replace(COMPLIANT, threshold_cents=None), asks(trede2_has_threshold=False)),
        "unverified, and a higher level told": (
            replace(COMPLIANT, is_unverified=True, reported=Level.TREDE3), POLICY,
        ),
        "a lower level told is not mentioned": (replace(COMPLIANT, reported=Level.TREDE2), POLICY),
        "per contract, incl. btw, threshold exclusive": (
            COMPLIANT, asks(amount_scope="contract", vat_basis="incl.", threshold_is_inclusive=False),
        ),
        "per contract, invoiced": (from_source(COMPLIANT, AmountSource.INVOICED), asks(amount_scope="contract")),
        "rule for key partners only": (IN_2021, asks(key_partners_only_2021=True)),
        "a rule that is no longer there": (COMPLIANT, ENDED),
    },
    "expiring": {
        "entered": (EXPIRING, POLICY),
        "unverified, amount unknown": (
            replace(EXPIRING, is_unverified=True, amount_cents=None, amount_year=None, amount_source=None), POLICY,
        ),
    },
    "non_compliant": {
        "no certificate": (NONE, POLICY),
        "no certificate, a level told": (TOLD, POLICY),
        "no certificate, while unverified ones do not count": (NONE, asks(unverified_counts=False)),
        "expired": (EXPIRED, POLICY),
        "expired, unverified, a level told": (replace(EXPIRED, is_unverified=True, reported=Level.TREDE2), POLICY),
        "level too low": (TOO_LOW, POLICY),
        "level too low, no threshold": (
            replace(TOO_LOW, held=Level.ASPIRANT, threshold_cents=None), asks(trede2_has_threshold=False),
        ),
        "level too low, one cent above a threshold that is exclusive": (
            replace(TOO_LOW, held=Level.BASIS, amount_cents=15_000_001), asks(threshold_is_inclusive=False),
        ),
        "withdrawn": (WITHDRAWN, POLICY),
        "suspended, day unknown": (
            replace(WITHDRAWN, decision=CertificateStatus.SUSPENDED, decided_on=None),
            POLICY,
        ),
        "not covered": (NOT_COVERED, POLICY),
        "not covered, no KvK number known": (replace(NOT_COVERED, kvk=""), POLICY),
        "member fails": (from_source(MEMBER, AmountSource.INVOICED_LAST_YEAR, 2025), POLICY),
        "member fails, the combination has a lower level": (MEMBER_LOW, POLICY),
    },
    "postponed": {
        "no certificate": (postponed(NONE), POLICY),
        "no certificate, a level told, no reason given": (postponed(TOLD, " "), POLICY),
        "expired": (postponed(EXPIRED), POLICY),
        "expired, grace": (postponed(EXPIRED, "audit na afloop", date(2026, 12, 29)), asks(grace_days=90)),
        "level too low": (postponed(TOO_LOW), POLICY),
        "withdrawn": (postponed(WITHDRAWN), POLICY),
        "not covered": (postponed(NOT_COVERED), POLICY),
        "member fails": (postponed(MEMBER), POLICY),
        "member fails, a reason with a point, a level": (
            postponed(replace(MEMBER_LOW, held=Level.BASIS), "audit in\njanuari. "), POLICY,
        ),
    },
    "exempt": {
        "amount known": (replace(EXEMPT, ground="te klein voor PSO (minder dan 2 fte)"), POLICY),
        "amount unknown, no reason given": (
            replace(EXEMPT, ground="", amount_cents=None, amount_year=None, amount_source=None), POLICY,
        ),
        "a level all the same": (with_low_level(EXEMPT, is_unverified=True), POLICY),
        "a level told": (replace(EXEMPT, ground="overheid", reported=Level.TREDE2), POLICY),
    },
    "below_threshold": {
        "entered": (BELOW, POLICY),
        "one cent below": (replace(BELOW, amount_cents=14_999_999), POLICY),
        "exactly a threshold that is exclusive": (
            replace(BELOW, amount_cents=15_000_000), asks(threshold_is_inclusive=False),
        ),
        "last known, with a level": (
            with_low_level(from_source(BELOW, AmountSource.LAST_KNOWN, 2024, 12_000_000)), POLICY,
        ),
        "invoiced, a level told": (
            replace(from_source(BELOW, AmountSource.INVOICED, 2026, 12_000_000), reported=Level.TREDE2), POLICY,
        ),
        "the day before the first rule": (BEFORE, POLICY),
        "before anything was monitored, amount unknown": (
            replace(BEFORE, on=date(2019, 12, 31), amount_cents=None, amount_year=None, amount_source=None), POLICY,
        ),
        "a demand for key partners only": (
            replace(BEFORE, on=date(2021, 6, 1), amount_year=2021), asks(key_partners_only_2021=True),
        ),
        "all rules have ended": (with_low_level(replace(ORDERS, status=Status.BELOW_THRESHOLD)), ENDED),
    },
    "unknown": {
        "nothing known": (UNKNOWN, POLICY),
        "a level that may be too low": (with_low_level(UNKNOWN), POLICY),
        "a level told": (replace(UNKNOWN, reported=Level.TREDE2), POLICY),
    },
}  # fmt: skip
EACH = [(file, heading) for file, cases in CASES.items() for heading in cases]


def test_every_text_has_a_case_and_every_case_a_text():
    assert {file: set(golden("explain", file)) for file in golden_files("explain")} == {
        file: set(cases) for file, cases in CASES.items()
    }


@pytest.mark.parametrize(("file", "heading"), EACH)
def test_the_sentences_are_those_that_were_written_by_hand(file: str, heading: str):
    verdict, policy = CASES[file][heading]
    assert verdict.status == file.upper()
    assert explain(verdict, policy=policy).replace("\u00a0", " ") == golden("explain", file)[heading]


@pytest.mark.parametrize(("file", "heading"), EACH)
def test_a_text_is_at_most_three_sentences_and_names_the_vat_basis_once(file: str, heading: str):
    text = explain(CASES[file][heading][0], policy=CASES[file][heading][1])
    assert 1 <= len(re.findall(r"\.(?= [A-Z]|$)", text.replace("B.V. ", "BV "))) <= 3
    assert text.count("btw") == (1 if "€" in text else 0)
    assert not re.search(r"\btot\b", text)


def test_every_status_reason_and_source_has_a_text():
    verdicts = [verdict for cases in CASES.values() for verdict, _ in cases.values()]
    assert {v.status for v in verdicts} == set(Status)
    assert {v.amount_source for v in verdicts} == {None, *AmountSource}
    for status in (Status.NON_COMPLIANT, Status.POSTPONED):
        assert {v.reason for v in verdicts if v.status is status} == set(Reason)


def test_an_amount_and_a_date_do_not_break_over_two_lines():
    text = explain(COMPLIANT, policy=POLICY)
    assert "€\u00a0412.500" in text
    assert "30\u00a0september 2027" in text


def test_a_threshold_with_cents_shows_them():
    rule = Rule(id="r", code="r", title="", valid_from=date(2022, 1, 1), level=Level.TREDE1, threshold_cents=15_000_050)
    verdict = replace(BELOW, amount_cents=15_000_000, threshold_cents=15_000_050)
    text = explain(verdict, policy=Policy(rules=(rule,))).replace("\u00a0", " ")
    assert "€ 150.000,00 excl." in text
    assert "€ 150.000,50 of meer" in text


def test_the_year_in_which_monitoring_began_is_a_setting():
    assert "gevolgd sinds 2018" in explain(BEFORE, policy=asks(monitored_since=2018))
    assert "gevolgd" not in explain(BEFORE, policy=asks(monitored_since=2021))


def test_an_expectation_is_advice_to_who_does_not_meet_it_and_is_meant():
    below = replace(ORDERS, status=Status.BELOW_THRESHOLD, amount_cents=1)
    wish = "Het beleid verwacht ook: ketenpartners hebben een PSO-certificaat."
    assert advise(below, is_key_partner=True, policy=POLICY) == (wish,)
    assert advise(below, is_key_partner=False, policy=POLICY) == ()
    assert advise(replace(below, held=Level.BASIS), is_key_partner=True, policy=POLICY) == ()
    assert advise(replace(below, on=date(2020, 12, 31)), is_key_partner=True, policy=POLICY) == ()


RESPITE = "of een vastgelegde vrijstelling of uitstel"
NEEDED: dict[str, tuple[Verdict, str]] = {
    "no certificate": (NONE, f"Wat is nodig: een certificaat Trede 2 of hoger, {RESPITE}."),
    "not covered": (NOT_COVERED, f"Wat is nodig: een certificaat Trede 2 of hoger met dit KvK-nummer erop, {RESPITE}."),
    "not covered, no KvK number known": (
        replace(NOT_COVERED, kvk=""),
        "Wat is nodig: het KvK-nummer van de leverancier, en een certificaat Trede 2 of hoger met dat nummer erop, "
        f"{RESPITE}.",
    ),
    "member fails": (MEMBER, f"Wat is nodig: een certificaat Trede 2 of hoger van elk lid, {RESPITE}."),
    "postponed": (
        postponed(EXPIRED), "Wat is nodig: een certificaat Trede 2 of hoger, voordat het uitstel afloopt.",
    ),
    "postponed, not covered": (
        postponed(NOT_COVERED),
        "Wat is nodig: een certificaat Trede 2 of hoger met dit KvK-nummer erop, voordat het uitstel afloopt.",
    ),
    "expiring": (
        EXPIRING,
        "Wat is nodig: een nieuw certificaat Trede 2 of hoger dat uiterlijk 1\u00a0februari 2027 ingaat.",
    ),
    "amount unknown": (UNKNOWN, "Wat is nodig: het bedrag van 2026. Vul het in bij Contracten."),
    "below the threshold": (BELOW, "Nog €\u00a030.000 tot de drempel."),
    "one cent below it": (replace(BELOW, amount_cents=14_999_999), "Nog €\u00a00,01 tot de drempel."),
    "before there was a threshold": (BEFORE, ""),
    "not checked": (replace(COMPLIANT, is_unverified=True), "Wat is nodig: een controle van het certificaat."),
    "compliant": (COMPLIANT, ""),
    "exempt": (EXEMPT, ""),
}  # fmt: skip


@pytest.mark.parametrize("case", NEEDED)
def test_what_is_needed_mends_what_the_verdict_blames(case: str) -> None:
    verdict, words = NEEDED[case]
    assert what_is_needed(verdict, settings=PolicySettings()) == words


def test_where_only_the_lead_firm_counts_its_certificate_is_needed() -> None:
    words = what_is_needed(MEMBER, settings=PolicySettings(members="lead"))
    assert words == f"Wat is nodig: een certificaat Trede 2 of hoger van de penvoerder, {RESPITE}."
