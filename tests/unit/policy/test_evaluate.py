"""Verdicts reasoned by hand from the brochure, and every boundary a day or a cent to either side."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.certificate import Certificate, CertificateStatus, Level
from app.domain.contract import AmountKind, Contract, YearAmount
from app.domain.policy import Exemption, PolicySettings, Postponement, Rule
from app.domain.supplier import SupplierKind
from app.domain.verdict import GRACE_GROUND, AmountSource, MemberFacts, Policy, Reason, Status, SupplierFacts, Verdict
from app.policy.evaluate import judge
from app.policy.rulebook import load_rules, with_settings

ROOT = Path(__file__).resolve().parents[3]
RULES = load_rules((ROOT / "data" / "policy" / "wonen-limburg.toml").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
KVK = "12045678"


def agreed(cents: int, year: int = 2026, contract_id: str | None = None) -> YearAmount:
    return YearAmount(
        id=f"a{year}{contract_id}{cents}", supplier_id="s", year=year, kind=AmountKind.AGREED, cents=cents,
        contract_id=contract_id,
    )  # fmt: skip


def invoiced(cents: int, year: int = 2026, contract_id: str | None = None) -> YearAmount:
    return replace(agreed(cents, year, contract_id), kind=AmountKind.INVOICED)


def certificate(level: Level = Level.TREDE2, **changes: object) -> Certificate:
    usual = Certificate(
        id="c", level=level, supplier_id="s", valid_from=date(2025, 10, 1), valid_to=date(2027, 9, 30),
        is_verified=True,
    )  # fmt: skip
    return replace(usual, **changes)  # type: ignore[arg-type]


def supplier(*certificates: Certificate, amounts: tuple[YearAmount, ...] = (agreed(41_250_000),)) -> SupplierFacts:
    return SupplierFacts(supplier_id="s", name="Maasdal", kvk=KVK, amounts=amounts, certificates=certificates)


def verdict(facts: SupplierFacts, on: date = TODAY, **answers: object) -> Verdict:
    return judge(facts, policy=with_settings(RULES, PolicySettings(**answers)), on=on)  # type: ignore[arg-type]


def exempted(first: date, last: date, *, id: str = "e", reason: str = "overheid") -> Exemption:  # noqa: A002
    return Exemption(id=id, supplier_id="s", reason=reason, approver="x", from_on=first, to_on=last)


def postponed(first: date, last: date, *, id: str = "p", reason: str = "audit") -> Postponement:  # noqa: A002
    return Postponement(id=id, supplier_id="s", reason=reason, approver="x", from_on=first, to_on=last)


# Ten verdicts from the brochure's own words.


def test_1_exactly_the_threshold_with_trede_1_on_the_last_day_of_2021_meets_it():
    # "Bij een opdrachtsom van minimaal 150.000 euro (per jaar) … vanaf 1 januari 2021 een trede 1 certificering":
    # minimaal includes 150.000 itself, and the sentence of 2022 does not hold yet.
    held = certificate(Level.TREDE1, valid_from=date(2021, 3, 1), valid_to=date(2023, 2, 28))
    facts = supplier(held, amounts=(agreed(15_000_000, 2021), agreed(15_000_000, 2022)))
    judged = verdict(facts, date(2021, 12, 31))
    assert judged == Verdict(
        supplier_id="s", name="Maasdal", kvk=KVK, on=date(2021, 12, 31), status=Status.COMPLIANT,
        rule_code="trede1-2021", required=Level.TREDE1, threshold_cents=15_000_000, held=Level.TREDE1,
        certificate_id="c", valid_to=date(2023, 2, 28), amount_cents=15_000_000, amount_year=2021,
        amount_source=AmountSource.ENTERED,
    )  # fmt: skip
    # A day later "minimaal PSO-2 niveau" holds, and the same certificate is a step too low.
    later = verdict(facts, date(2022, 1, 1))
    assert (later.status, later.reason, later.required) == (
        Status.NON_COMPLIANT, Reason.LEVEL_TOO_LOW, Level.TREDE2,
    )  # fmt: skip
    assert (later.rule_code, later.held, later.valid_to) == ("trede2-2022", Level.TREDE1, date(2023, 2, 28))


def test_2_nothing_is_asked_the_day_before_the_first_rule():
    # "Vanaf 1 januari 2021": on 31 December 2020 a million without certificate is below every rule.
    facts = supplier(amounts=(agreed(100_000_000, 2020), agreed(100_000_000, 2021)))
    before = verdict(facts, date(2020, 12, 31))
    assert (before.status, before.required, before.threshold_cents) == (Status.BELOW_THRESHOLD, None, None)
    assert before.amount_cents == 100_000_000
    first = verdict(facts, date(2021, 1, 1))
    assert (first.status, first.reason, first.required) == (
        Status.NON_COMPLIANT, Reason.NO_CERTIFICATE, Level.TREDE1,
    )  # fmt: skip


def test_3_one_cent_below_the_threshold_asks_nothing():
    # "minimaal 150.000 euro": 149.999,99 is less.
    below = verdict(supplier(amounts=(agreed(14_999_999),)))
    assert (below.status, below.required, below.rule_code) == (Status.BELOW_THRESHOLD, None, None)
    assert (below.threshold_cents, below.headroom_cents) == (15_000_000, 1)
    assert verdict(supplier(amounts=(agreed(15_000_000),))).status is Status.NON_COMPLIANT


@pytest.mark.parametrize("level", [Level.BASIS, Level.ASPIRANT])
def test_4_basistrede_and_aspirant_are_below_trede_1(level: Level):
    # "trede 1 tot en met 3": both came later or stand below it; neither is the trede 1 that was asked in 2021.
    held = certificate(level, valid_from=date(2021, 1, 1), valid_to=date(2022, 12, 31))
    judged = verdict(supplier(held, amounts=(agreed(20_000_000, 2021),)), date(2021, 6, 1))
    assert (judged.status, judged.reason, judged.held) == (Status.NON_COMPLIANT, Reason.LEVEL_TOO_LOW, level)


def test_5_pso_2_is_trede_2_and_not_the_second_rung():
    # "minimaal PSO-2 niveau": rung 2 of the ladder today is Basistrede; Trede 2 is rung 4 and Trede 1 is not enough.
    statuses = {level: verdict(supplier(certificate(level))).status for level in Level}
    assert statuses == {
        Level.ASPIRANT: Status.NON_COMPLIANT,
        Level.BASIS: Status.NON_COMPLIANT,
        Level.TREDE1: Status.NON_COMPLIANT,
        Level.TREDE2: Status.COMPLIANT,
        Level.TREDE3: Status.COMPLIANT,
    }


def test_6_the_last_day_counts_and_the_day_after_does_not():
    facts = supplier(certificate(valid_to=TODAY))
    assert (verdict(facts).status, verdict(facts).valid_to) == (Status.EXPIRING, TODAY)
    after = verdict(facts, TODAY + DAY)
    assert (after.status, after.reason, after.valid_to) == (Status.NON_COMPLIANT, Reason.EXPIRED, TODAY)
    assert (after.held, after.certificate_id) == (None, "c")
    early = supplier(certificate(valid_from=TODAY))
    assert verdict(early).status is Status.COMPLIANT
    assert verdict(early, TODAY - DAY).reason is Reason.NO_CERTIFICATE


def test_7_the_certificate_of_a_holding_counts_only_when_it_lists_our_supplier():
    # domain.md §1.6: only the KvK numbers on the certificate are covered.
    listing = certificate(supplier_id="holding", covered_kvk=("99999999", KVK))
    assert verdict(supplier(listing)).status is Status.COMPLIANT
    # Recorded under the supplier, yet with other numbers on it: not covered.
    other = verdict(supplier(certificate(covered_kvk=("99999999",))))
    assert (other.status, other.reason, other.held) == (Status.NON_COMPLIANT, Reason.NOT_COVERED, None)
    assert (other.certificate_id, other.valid_to) == ("c", date(2027, 9, 30))


def combination(*members: MemberFacts, own: tuple[Certificate, ...] = ()) -> SupplierFacts:
    return replace(supplier(*own), kind=SupplierKind.COMBINATION, members=members)


def member(name: str, *certificates: Certificate, is_lead: bool = False) -> MemberFacts:
    id = name.lower()  # noqa: A001
    own = tuple(replace(c, supplier_id=id, id=f"{id}-{c.id}") for c in certificates)
    return MemberFacts(supplier_id=id, name=name, kvk="", is_lead=is_lead, certificates=own)


def test_8_a_combination_is_as_strong_as_its_weakest_member():
    # "onze leveranciers": every firm that does the work, until the team says otherwise (question 8).
    strong, weak = certificate(Level.TREDE3), certificate(Level.TREDE2, valid_to=date(2027, 6, 30))
    judged = verdict(combination(member("Bos", strong), member("Aelen", weak)))
    assert (judged.status, judged.held, judged.certificate_id) == (Status.COMPLIANT, Level.TREDE2, "aelen-c")
    assert judged.valid_to == date(2027, 6, 30)
    failing = verdict(combination(member("Bos", strong), member("Dirks"), member("Coumans")))
    assert (failing.status, failing.reason) == (Status.NON_COMPLIANT, Reason.MEMBER_FAILS)
    assert (failing.failing_member, failing.held, failing.certificate_id) == ("Coumans", None, None)
    low = verdict(combination(member("Bos", strong), member("Aelen", certificate(Level.TREDE1))))
    assert (low.failing_member, low.held, low.certificate_id) == ("Aelen", Level.TREDE1, "aelen-c")
    assert low.valid_to == date(2027, 9, 30)


def test_9_an_exemption_ends_the_question_and_a_postponement_keeps_the_reason():
    # The folder gives no rights and names no exceptions; both are the team's own decisions, with an end.
    last = TODAY + 30 * DAY
    exempt = verdict(replace(supplier(), exemptions=(exempted(TODAY, last),), postponements=(postponed(TODAY, last),)))
    assert (exempt.status, exempt.until, exempt.ground) == (Status.EXEMPT, last, "overheid")
    assert (exempt.reason, exempt.required, exempt.threshold_cents) == (None, None, None)
    assert (exempt.amount_cents, exempt.amount_source) == (41_250_000, AmountSource.ENTERED)
    more_time = verdict(replace(supplier(), postponements=(postponed(TODAY, last),)))
    assert (more_time.status, more_time.reason) == (Status.POSTPONED, Reason.NO_CERTIFICATE)
    assert (more_time.until, more_time.ground, more_time.required) == (last, "audit", Level.TREDE2)


def test_10_an_unknown_amount_is_no_reproach_but_trede_3_is_enough_anyhow():
    # Without an opdrachtsom nobody can say whether the sentence applies; more than Trede 2 is never asked.
    unknown = verdict(supplier(amounts=()))
    assert (unknown.status, unknown.required, unknown.rule_code) == (Status.UNKNOWN, None, None)
    assert (unknown.threshold_cents, unknown.amount_source) == (15_000_000, None)
    enough = verdict(supplier(certificate(Level.TREDE3), amounts=()))
    assert (enough.status, enough.required, enough.rule_code) == (Status.COMPLIANT, Level.TREDE2, "trede2-2022")
    low = verdict(supplier(certificate(Level.TREDE1), amounts=()))
    assert (low.status, low.held, low.valid_to) == (Status.UNKNOWN, Level.TREDE1, date(2027, 9, 30))


# Days.


@pytest.mark.parametrize(("days", "status"), [(89, Status.EXPIRING), (90, Status.EXPIRING), (91, Status.COMPLIANT)])
def test_a_certificate_is_expiring_from_ninety_days_before_its_end(days: int, status: Status):
    assert verdict(supplier(certificate(valid_to=TODAY + days * DAY))).status is status


@pytest.mark.parametrize(("gap", "status"), [(0, Status.COMPLIANT), (1, Status.COMPLIANT), (2, Status.EXPIRING)])
def test_a_sufficient_successor_counts_when_it_joins_on(gap: int, status: Status):
    first = certificate(Level.TREDE3, valid_to=TODAY + 10 * DAY)
    second = certificate(id="d", valid_from=TODAY + (10 + gap) * DAY, valid_to=TODAY + 400 * DAY)
    judged = verdict(supplier(second, first))
    assert (judged.status, judged.held, judged.certificate_id) == (status, Level.TREDE3, "c")
    assert judged.valid_to == TODAY + (400 if status is Status.COMPLIANT else 10) * DAY


def test_a_chain_of_successors_is_followed_to_its_end_and_a_lower_one_breaks_it():
    chain = [
        certificate(id=str(n), valid_from=TODAY + n * 10 * DAY, valid_to=TODAY + (n * 10 + 9) * DAY) for n in range(20)
    ]
    assert verdict(supplier(*reversed(chain))).valid_to == TODAY + 199 * DAY
    chain[5] = replace(chain[5], level=Level.TREDE1)
    assert verdict(supplier(*chain)).valid_to == TODAY + 49 * DAY


@pytest.mark.parametrize("more", [-1, 0, 1, 2])
def test_exemptions_and_postponements_hold_on_both_their_ends(more: int):
    on = TODAY + more * DAY
    exempt = verdict(replace(supplier(), exemptions=(exempted(TODAY, TODAY + DAY),)), on)
    assert exempt.status is (Status.EXEMPT if more in {0, 1} else Status.NON_COMPLIANT)
    later = verdict(replace(supplier(), postponements=(postponed(TODAY, TODAY + DAY),)), on)
    assert later.status is (Status.POSTPONED if more in {0, 1} else Status.NON_COMPLIANT)


def test_of_several_exemptions_or_postponements_the_longest_is_named():
    spans = [("b", TODAY + 5 * DAY), ("c", TODAY + 9 * DAY), ("a", TODAY + 9 * DAY)]
    exempt = verdict(replace(supplier(), exemptions=tuple(exempted(TODAY, t, id=i, reason=i) for i, t in spans)))
    assert (exempt.until, exempt.ground) == (TODAY + 9 * DAY, "a")
    later = verdict(replace(supplier(), postponements=tuple(postponed(TODAY, t, id=i, reason=i) for i, t in spans)))
    assert (later.until, later.ground) == (TODAY + 9 * DAY, "a")


@pytest.mark.parametrize(
    "status", [CertificateStatus.WITHDRAWN, CertificateStatus.SUSPENDED, CertificateStatus.REPLACED]
)
def test_a_certificate_counts_until_the_day_before_it_was_withdrawn(status: CertificateStatus):
    facts = supplier(certificate(status=status, status_on=TODAY))
    before = verdict(facts, TODAY - DAY)
    assert (before.status, before.valid_to) == (Status.EXPIRING, TODAY - DAY)
    judged = verdict(facts)
    assert (judged.status, judged.reason) == (Status.NON_COMPLIANT, Reason.WITHDRAWN)
    assert (judged.certificate_id, judged.valid_to, judged.held) == ("c", date(2027, 9, 30), None)
    # Without a date it never counted.
    assert verdict(supplier(certificate(status=status)), TODAY - DAY).reason is Reason.WITHDRAWN


# Why not.


def test_the_most_telling_reason_is_named():
    low = certificate(Level.TREDE1, id="low")
    foreign = certificate(Level.TREDE3, id="foreign", covered_kvk=("99999999",))
    gone = certificate(Level.TREDE3, id="gone", status=CertificateStatus.WITHDRAWN, status_on=TODAY)
    past = certificate(Level.TREDE3, id="past", valid_to=TODAY - DAY)
    coming = certificate(Level.TREDE3, id="coming", valid_from=TODAY + DAY)
    order = [
        (low, Reason.LEVEL_TOO_LOW), (foreign, Reason.NOT_COVERED), (gone, Reason.WITHDRAWN), (past, Reason.EXPIRED),
        (coming, Reason.NO_CERTIFICATE),
    ]  # fmt: skip
    for first, (_, reason) in enumerate(order):
        judged = verdict(supplier(*(c for c, _ in order[first:])))
        assert judged.reason is reason
        assert judged.certificate_id == (None if reason is Reason.NO_CERTIFICATE else order[first][0].id)


def test_the_certificate_named_for_a_level_is_the_highest_then_the_longest_then_the_newest():
    usual = certificate(Level.TREDE1, id="b")
    for better in (
        certificate(Level.TREDE2, id="z", valid_to=TODAY),
        replace(usual, id="z", valid_to=date(2027, 10, 1)),
        replace(usual, id="z", valid_from=date(2025, 10, 2)),
        replace(usual, id="a"),
    ):
        assert verdict(supplier(usual, better)).certificate_id == better.id
        assert verdict(supplier(better, usual)).certificate_id == better.id


def test_the_certificate_named_as_expired_is_the_last_to_end():
    old = certificate(Level.TREDE3, id="old", valid_to=TODAY - 2 * DAY)
    recent = certificate(Level.BASIS, id="recent", valid_to=TODAY - DAY)
    assert verdict(supplier(old, recent)).certificate_id == "recent"
    assert verdict(supplier(replace(recent, id="z"), replace(old, valid_to=recent.valid_to))).certificate_id == "old"


def test_of_two_that_expired_together_the_higher_is_named_then_the_newer_then_the_smallest_id():
    usual = certificate(Level.TREDE1, id="b", valid_to=TODAY - DAY)
    for better in (
        replace(usual, id="z", level=Level.TREDE3, valid_from=date(2025, 1, 1)),
        replace(usual, id="z", valid_from=date(2025, 10, 2)),
        replace(usual, id="a"),
    ):
        assert verdict(supplier(usual, better)).certificate_id == better.id
        assert verdict(supplier(better, usual)).certificate_id == better.id


def test_an_expired_certificate_is_named_whether_recorded_here_or_listing_the_supplier():
    past = certificate(valid_to=TODAY - DAY)
    assert verdict(supplier(replace(past, supplier_id="holding", covered_kvk=(KVK,)))).reason is Reason.EXPIRED
    assert verdict(supplier(replace(past, covered_kvk=("99999999",)))).reason is Reason.EXPIRED


def test_a_certificate_withdrawn_before_it_began_is_named_from_its_first_day():
    gone = certificate(status=CertificateStatus.WITHDRAWN, status_on=TODAY - 5 * DAY, valid_from=TODAY)
    assert verdict(supplier(gone), TODAY - DAY).reason is Reason.NO_CERTIFICATE
    assert verdict(supplier(gone)).reason is Reason.WITHDRAWN


def test_a_withdrawal_to_come_shortens_a_level_too_low_but_not_what_stands_on_paper():
    ending = certificate(Level.TREDE1, status=CertificateStatus.WITHDRAWN, status_on=TODAY + DAY)
    assert verdict(supplier(ending)).valid_to == TODAY
    assert verdict(supplier(replace(ending, covered_kvk=("99999999",)))).valid_to == date(2027, 9, 30)


def test_the_certificate_named_as_withdrawn_is_the_highest():
    high = certificate(Level.TREDE3, id="z", status=CertificateStatus.WITHDRAWN, valid_to=TODAY)
    low = certificate(Level.BASIS, id="a", status=CertificateStatus.WITHDRAWN)
    assert verdict(supplier(low, high)).certificate_id == "z"


def test_a_told_level_never_counts_and_is_remembered():
    told = [
        certificate(Level.TREDE3, valid_from=None), certificate(Level.ASPIRANT, valid_to=None),
        certificate(Level.TREDE3, valid_from=None, supplier_id="other", covered_kvk=(KVK,)),
    ]  # fmt: skip
    judged = verdict(supplier(*told))
    assert (judged.reason, judged.reported) == (Reason.NO_CERTIFICATE, Level.TREDE3)
    assert verdict(supplier(*told[1:])).reported is Level.ASPIRANT
    assert verdict(supplier(told[2])).reported is None
    assert verdict(supplier(told[0], certificate())).reported is Level.TREDE3
    # The highest by rank, which is not the alphabet's order.
    assert verdict(supplier(told[1], certificate(Level.BASIS, valid_to=None))).reported is Level.BASIS


def test_a_level_beside_the_point_is_told_with_its_own_last_day():
    facts = supplier(certificate(status=CertificateStatus.WITHDRAWN, status_on=TODAY + DAY), amounts=(agreed(1),))
    judged = verdict(facts)
    assert (judged.status, judged.held, judged.valid_to) == (Status.BELOW_THRESHOLD, Level.TREDE2, TODAY)


# Amounts.


def with_contracts(*contracts: Contract, amounts: tuple[YearAmount, ...] = ()) -> SupplierFacts:
    return replace(supplier(amounts=amounts), contracts=contracts)


def contract(id: str, starts_on: date | None, ends_on: date | None, total_cents: int | None = None) -> Contract:  # noqa: A002
    return Contract(id=id, supplier_id="s", starts_on=starts_on, ends_on=ends_on, total_cents=total_cents)


def figure(judged: Verdict) -> tuple[int | None, int | None, AmountSource | None]:
    return judged.amount_cents, judged.amount_year, judged.amount_source


TWO_YEARS = contract("k", date(2026, 1, 1), date(2027, 12, 31), 30_000_000)
OPEN = contract("o", None, None)


def test_entered_amounts_of_the_supplier_and_its_contracts_are_added_up():
    amounts = (
        agreed(8_000_000), agreed(2_000_000), agreed(4_000_000, contract_id="k"), agreed(1_000_000, contract_id="o"),
    )  # fmt: skip
    judged = verdict(with_contracts(TWO_YEARS, OPEN, amounts=amounts))
    assert figure(judged) == (15_000_000, 2026, AmountSource.ENTERED)
    assert judged.status is Status.NON_COMPLIANT


def test_a_contract_with_a_total_counts_by_its_days_in_the_year():
    # 730 days, 365 of them in 2026; 2024 and 2028 are leap years, 2026 and 2027 are not.
    assert figure(verdict(with_contracts(TWO_YEARS))) == (15_000_000, 2026, AmountSource.PRO_RATA)
    # A single day of the year: 1 of 366.
    one_day = contract("k", date(2025, 1, 1), date(2026, 1, 1), 36_600)
    assert figure(verdict(with_contracts(one_day)))[0] == 100
    # Two days with one cent: half a cent is rounded up.
    halves = contract("k", date(2025, 12, 31), date(2026, 1, 1), 1)
    assert figure(verdict(with_contracts(halves)))[0] == 1


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(None, date(2027, 1, 1)), (date(2026, 1, 1), None), (date(2026, 2, 1), date(2026, 1, 1))],
)
def test_without_a_sound_period_a_total_says_nothing_of_a_year(starts: date | None, ends: date | None):
    assert verdict(with_contracts(contract("k", starts, ends, 99_000_000))).status is Status.UNKNOWN


def test_a_running_contract_without_a_figure_counts_with_its_last_known_year():
    amounts = (agreed(2_000_000, 2023, "o"), agreed(1_000_000, 2024, "o"), agreed(9_000_000, 2027, "o"))
    assert figure(verdict(with_contracts(OPEN, amounts=amounts))) == (1_000_000, 2024, AmountSource.LAST_KNOWN)
    ended = contract("o", None, date(2025, 12, 31))
    assert verdict(with_contracts(ended, amounts=amounts)).status is Status.UNKNOWN
    on_the_edge = contract("o", None, date(2026, 1, 1))
    assert figure(verdict(with_contracts(on_the_edge, amounts=amounts)))[2] is AmountSource.LAST_KNOWN


def test_a_figure_is_as_firm_as_its_weakest_part():
    last_known = (agreed(1, 2024, "o"), agreed(1, 2025, "p"))
    also_open = replace(OPEN, id="p")
    judged = verdict(with_contracts(TWO_YEARS, OPEN, also_open, amounts=last_known))
    assert figure(judged) == (15_000_002, 2024, AmountSource.LAST_KNOWN)
    entered = contract("e", None, None)
    judged = verdict(with_contracts(TWO_YEARS, entered, amounts=(agreed(5, contract_id="e"),)))
    assert figure(judged) == (15_000_005, 2026, AmountSource.PRO_RATA)


def test_a_figure_for_the_whole_supplier_leaves_no_room_for_estimates():
    amounts = (agreed(100), agreed(7, 2025, "o"), agreed(20, contract_id="k"))
    assert figure(verdict(with_contracts(TWO_YEARS, OPEN, amounts=amounts))) == (120, 2026, AmountSource.ENTERED)
    assert figure(verdict(with_contracts(TWO_YEARS, amounts=(agreed(0),)))) == (0, 2026, AmountSource.ENTERED)


def test_invoices_speak_last_and_those_of_last_year_after_them():
    bills = (invoiced(16_000_000), invoiced(-500_000, contract_id="o"), invoiced(1, 2025))
    assert figure(verdict(with_contracts(OPEN, amounts=bills))) == (15_500_000, 2026, AmountSource.INVOICED)
    last_year = verdict(with_contracts(OPEN, amounts=bills[2:]))
    assert figure(last_year) == (1, 2025, AmountSource.INVOICED_LAST_YEAR)
    assert figure(verdict(with_contracts(OPEN, amounts=(*bills, agreed(3)))))[2] is AmountSource.ENTERED
    assert verdict(supplier(amounts=(invoiced(1, 2024),))).status is Status.UNKNOWN


# Settings: each changes a verdict.


def test_question_1_without_a_threshold_trede_2_is_asked_of_everybody():
    facts = supplier(amounts=(agreed(1),))
    assert verdict(facts).status is Status.BELOW_THRESHOLD
    judged = verdict(facts, trede2_has_threshold=False)
    assert (judged.status, judged.required, judged.threshold_cents) == (Status.NON_COMPLIANT, Level.TREDE2, None)
    assert verdict(supplier(amounts=()), trede2_has_threshold=False).status is Status.NON_COMPLIANT


def test_question_2_per_contract_only_the_largest_counts():
    amounts = (agreed(10_000_000, contract_id="o"), agreed(9_000_000))
    facts = with_contracts(OPEN, amounts=amounts)
    assert verdict(facts).status is Status.NON_COMPLIANT
    judged = verdict(facts, amount_scope="contract")
    assert (judged.status, judged.amount_cents) == (Status.BELOW_THRESHOLD, 10_000_000)
    bills = (invoiced(8_000_000, contract_id="o"), invoiced(9_000_000), invoiced(2_000_000, 2025, "o"))
    assert verdict(supplier(amounts=bills)).amount_cents == 17_000_000
    assert verdict(supplier(amounts=bills), amount_scope="contract").amount_cents == 9_000_000


def test_question_2_of_two_equal_contracts_the_firmer_figure_is_named_then_the_newer():
    others = (replace(OPEN, id="p"), replace(OPEN, id="q"))
    known = (agreed(15_000_000, 2024, "p"), agreed(15_000_000, 2025, "q"))
    judged = verdict(with_contracts(*others, amounts=known), amount_scope="contract")
    assert figure(judged) == (15_000_000, 2025, AmountSource.LAST_KNOWN)
    judged = verdict(with_contracts(*others, TWO_YEARS, amounts=known), amount_scope="contract")
    assert figure(judged) == (15_000_000, 2026, AmountSource.PRO_RATA)
    entered = agreed(15_000_000, contract_id="p")
    judged = verdict(with_contracts(TWO_YEARS, *others, amounts=(entered,)), amount_scope="contract")
    assert figure(judged) == (15_000_000, 2026, AmountSource.ENTERED)


def test_question_4_invoices_may_come_first_but_last_years_never_do():
    facts = with_contracts(OPEN, amounts=(agreed(15_000_000), invoiced(14_000_000), invoiced(13_000_000, 2025)))
    assert figure(verdict(facts, amount_order="invoiced")) == (14_000_000, 2026, AmountSource.INVOICED)
    facts = replace(facts, amounts=(facts.amounts[0], facts.amounts[2]))
    assert figure(verdict(facts, amount_order="invoiced")) == (15_000_000, 2026, AmountSource.ENTERED)
    facts = replace(facts, amounts=facts.amounts[1:])
    assert figure(verdict(facts, amount_order="invoiced"))[2] is AmountSource.INVOICED_LAST_YEAR


def test_question_5_in_2021_only_key_partners_may_be_asked():
    facts = supplier(amounts=(agreed(20_000_000, 2021),))
    on = date(2021, 6, 1)
    assert verdict(facts, on).status is Status.NON_COMPLIANT
    left_out = verdict(facts, on, key_partners_only_2021=True)
    assert (left_out.status, left_out.threshold_cents) == (Status.BELOW_THRESHOLD, None)
    partner = replace(facts, is_key_partner=True)
    assert verdict(partner, on, key_partners_only_2021=True).status is Status.NON_COMPLIANT


def test_question_6_the_threshold_itself_may_be_below_it():
    assert verdict(supplier(amounts=(agreed(15_000_000),)), threshold_is_inclusive=False).required is None
    assert verdict(supplier(amounts=(agreed(15_000_001),)), threshold_is_inclusive=False).required is Level.TREDE2


def test_question_8_the_lead_may_answer_for_all():
    facts = combination(member("Bos", certificate(), is_lead=True), member("Aelen"))
    assert verdict(facts).failing_member == "Aelen"
    assert verdict(facts, members="lead").status is Status.COMPLIANT
    nobody_leads = combination(member("Bos", certificate()), member("Aelen"))
    assert verdict(nobody_leads, members="lead").failing_member == "Aelen"


@pytest.mark.parametrize(("days", "status"), [(30, Status.POSTPONED), (31, Status.NON_COMPLIANT)])
def test_question_9_an_expired_certificate_may_bring_time_of_itself(days: int, status: Status):
    facts = supplier(certificate(valid_to=TODAY - days * DAY))
    judged = verdict(facts, grace_days=30)
    assert (judged.status, judged.reason) == (status, Reason.EXPIRED)
    if status is Status.POSTPONED:
        assert (judged.until, judged.ground) == (TODAY, GRACE_GROUND)
    assert verdict(facts).status is Status.NON_COMPLIANT


def test_question_9_an_agreed_postponement_goes_before_and_other_reasons_bring_nothing():
    facts = replace(supplier(certificate(valid_to=TODAY - DAY)), postponements=(postponed(TODAY, TODAY),))
    assert (verdict(facts, grace_days=30).until, verdict(facts, grace_days=30).ground) == (TODAY, "audit")
    assert verdict(supplier(certificate(Level.TREDE1)), grace_days=30).status is Status.NON_COMPLIANT
    assert verdict(supplier(certificate(valid_to=TODAY - DAY)), grace_days=10**9).until == date.max


def test_question_9_a_certificate_that_was_not_enough_brings_no_time():
    too_low = supplier(certificate(Level.TREDE1, valid_to=TODAY - DAY))
    assert (verdict(too_low, grace_days=30).status, verdict(too_low).reason) == (Status.NON_COMPLIANT, Reason.EXPIRED)


def test_the_warning_before_the_end_is_a_setting():
    facts = supplier(certificate(valid_to=TODAY + 30 * DAY))
    assert verdict(facts, expiring_days=30).status is Status.EXPIRING
    assert verdict(facts, expiring_days=29).status is Status.COMPLIANT


def test_an_unchecked_certificate_counts_with_a_mark_or_not_at_all():
    facts = supplier(certificate(is_verified=False))
    assert (verdict(facts).status, verdict(facts).is_unverified) == (Status.COMPLIANT, True)
    refused = verdict(facts, unverified_counts=False)
    assert (refused.reason, refused.held, refused.is_unverified) == (Reason.NO_CERTIFICATE, None, False)


# Combinations, further.


def test_a_combination_may_hold_a_certificate_of_its_own():
    own = certificate(Level.TREDE2)
    weak = member("Aelen", certificate(Level.TREDE1))
    judged = verdict(combination(weak, own=(own,)))
    assert (judged.status, judged.held, judged.certificate_id) == (Status.COMPLIANT, Level.TREDE2, "c")
    # The members' level is named where it is higher, while the end is that of its own certificate.
    strong = member("Aelen", certificate(Level.TREDE3, valid_to=date(2028, 1, 1)))
    judged = verdict(combination(strong, own=(own,)))
    assert (judged.held, judged.certificate_id, judged.valid_to) == (Level.TREDE3, "aelen-c", date(2027, 9, 30))
    # Of equals its own.
    equal = member("Aelen", certificate(Level.TREDE1, valid_to=date(2028, 1, 1)))
    assert verdict(combination(equal, own=(certificate(Level.TREDE1),))).certificate_id == "c"


def test_a_combination_without_members_is_judged_as_a_firm():
    assert verdict(combination()).reason is Reason.NO_CERTIFICATE
    assert verdict(combination(own=(certificate(Level.TREDE1),))).reason is Reason.LEVEL_TOO_LOW


def test_members_mean_nothing_outside_a_combination():
    facts = replace(combination(member("Aelen", certificate())), kind=SupplierKind.FIRM)
    assert verdict(facts).reason is Reason.NO_CERTIFICATE


def test_of_equally_weak_members_the_first_to_end_is_named_then_the_smallest_id():
    low = certificate(Level.TREDE1)
    shorter = replace(low, valid_to=date(2027, 9, 29))
    assert verdict(combination(member("Aelen", low), member("Bos", shorter))).certificate_id == "bos-c"
    assert verdict(combination(member("Bos", low), member("Aelen", low))).certificate_id == "aelen-c"


def test_the_failing_member_is_the_first_by_name():
    zed, anna = replace(member("Zed"), supplier_id="1"), replace(member("Anna"), supplier_id="2")
    assert verdict(combination(zed, anna)).failing_member == "Anna"


# Other rules than the brochure's.


def rule(code: str, level: Level, threshold_cents: int | None, **changes: object) -> Rule:
    usual = Rule(
        id=code, code=code, title=code, valid_from=date(2022, 1, 1), level=level, threshold_cents=threshold_cents
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def test_the_strictest_rule_that_the_amount_brings_decides():
    rules = (rule("low", Level.TREDE1, 5_000_000), rule("high", Level.TREDE3, 50_000_000))
    policy = Policy(rules=rules)
    for cents, required, threshold in (
        (4_999_999, None, 5_000_000), (5_000_000, Level.TREDE1, 5_000_000), (49_999_999, Level.TREDE1, 5_000_000),
        (50_000_000, Level.TREDE3, 50_000_000),
    ):  # fmt: skip
        judged = judge(supplier(amounts=(agreed(cents),)), policy=policy, on=TODAY)
        assert (judged.required, judged.threshold_cents) == (required, threshold)


def test_a_rule_ends_after_its_last_day():
    policy = Policy(rules=(rule("a", Level.TREDE1, None, valid_to=TODAY),))
    assert judge(supplier(), policy=policy, on=TODAY).status is Status.NON_COMPLIANT
    assert judge(supplier(), policy=policy, on=TODAY + DAY).status is Status.BELOW_THRESHOLD


def test_with_an_unknown_amount_the_strictest_rule_is_the_measure():
    rules = (rule("low", Level.TREDE1, None), rule("high", Level.TREDE3, 50_000_000))
    judged = judge(supplier(certificate(Level.TREDE2), amounts=()), policy=Policy(rules=rules), on=TODAY)
    assert (judged.status, judged.threshold_cents) == (Status.UNKNOWN, 50_000_000)


def test_an_expectation_never_changes_the_status():
    policy = Policy(rules=(rule("a", Level.TREDE3, None, is_demand=False),))
    assert judge(supplier(), policy=policy, on=TODAY).status is Status.BELOW_THRESHOLD
