"""The example register: whole, the same for the same day, and with something of every kind on whatever day it is."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from app import bootstrap
from app.base.clock import SetClock
from app.base.errors import AppError
from app.domain.certificate import CertificateStatus, Level
from app.domain.identifiers import check_btw_id, check_kvk, check_postcode
from app.domain.journal import Aside
from app.domain.names import company_key
from app.domain.verdict import AmountSource, Reason, Status, Verdict
from app.domain.work import TERMS, WorkKind
from app.example.fill import fill_example
from app.example.material import material
from app.services.check_register import check_register
from app.services.judge_suppliers import current_policy, judge_supplier, judge_suppliers
from app.services.plan_letters import plan_letters
from app.services.undo import undo_last
from app.services.work_list import list_work
from app.storage import changes
from app.storage.register import Register

TODAY = date(2026, 11, 23)
# The first day that is possible, a Sunday at that; and a leap day.
FIRST_DAY, LEAP_DAY = date(2023, 1, 1), date(2028, 2, 29)

Make = Callable[..., Register]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Make an example register in a folder of its own."""
    made: list[Register] = []

    def make_one(today: date, *, extra: int = 0) -> Register:
        path = tmp_path_factory.mktemp("voorbeeld") / "voorbeeld.tredewijzer"
        made.append(bootstrap.make_example(path, today=today, extra=extra))
        return made[-1]

    yield make_one
    for register in made:
        register.close()


@pytest.fixture(scope="module")
def example(make: Make) -> Register:
    """The example of today; whoever writes to it makes another."""
    return make(TODAY)


def verdicts(register: Register, on: date) -> list[Verdict]:
    return [judged.verdict for judged in judge_suppliers(register, on=on)]


def dump(register: Register) -> dict[str, list[Any]]:
    tables = {"operation": ("*",), "change": ("*",), **changes.logged_tables(register._db)}
    return {
        table: register._db.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1").fetchall()
        for table, columns in tables.items()
    }


def test_the_same_day_gives_the_same_register(example: Register, make: Make):
    assert dump(make(TODAY)) == dump(example)


@pytest.mark.parametrize("today", [TODAY, FIRST_DAY, LEAP_DAY], ids=str)
def test_on_any_day_there_is_something_of_every_kind(today: date, example: Register, make: Make):
    register = example if today == TODAY else make(today)
    found = verdicts(register, today)
    assert {v.status for v in found} == set(Status)
    assert {v.reason for v in found if v.status is Status.NON_COMPLIANT} == set(Reason)
    assert len({v.reason for v in found if v.status is Status.POSTPONED}) >= 3
    assert {v.amount_source for v in found} == {None, *AmountSource}
    assert any(v.is_unverified for v in found) and any(v.reported for v in found)
    ending = [v.valid_to for v in found if v.status is Status.EXPIRING]
    assert all(day and today <= day <= today + timedelta(days=90) for day in ending)
    held = {v.held for v in found} | {None}
    nobody_can_hold = {Level.BASIS} if today < date(2023, 4, 1) else set()
    assert held == {None, *Level} - nobody_can_hold
    shares = {status: 100 * count / len(found) for status, count in Counter(v.status for v in found).items()}
    assert 40 < shares[Status.BELOW_THRESHOLD] < 50 and 20 < shares[Status.COMPLIANT] < 30
    assert 6 < shares[Status.EXPIRING] < 10 and 10 < shares[Status.NON_COMPLIANT] < 15

    plan = plan_letters(register, on=today)
    assert {found.kind for found in plan.due} == {"verzoek", "herinnering", "tweede_herinnering"}
    assert 25 <= len(plan.due) <= 36
    assert {found.kind for found in plan.proposals if found.is_offer} >= {"verloopt", "uitstel", "vrijstelling"}
    reasons = {skipped.why.split()[0] for skipped in plan.skipped}
    assert reasons == {"Antwoordde", "Brief", "Geen", "Kreeg", "Toezegging", "Weggezet"}
    work = list_work(register, on=today)
    assert {item.kind for item in work} == set(WorkKind)
    assert {item.within for item in work} == {None, *TERMS}
    assert 60 < sum(item.aside is None for item in work) < 100
    assert {item.aside.how for item in work if item.aside} == set(Aside)
    assert register.clock.today() == today
    assert {line.problem for line in check_register(register)} == {""}


def test_firms_are_many_and_have_plausible_papers(example: Register):
    suppliers = example.suppliers.list_all()
    assert len(suppliers) >= 300
    assert len({company_key(supplier.name) for supplier in suppliers}) == len(suppliers)
    numbers = [supplier.kvk for supplier in suppliers if supplier.kvk]
    assert len(set(numbers)) == len(numbers)
    towns = {place.name: place for place in material().places}
    for supplier in suppliers:
        assert check_kvk(supplier.kvk) is None and check_btw_id(supplier.btw_id) is None
        assert supplier.email.endswith(".example")
        for address in (supplier.visiting, supplier.postal):
            assert not address.city or address.city in towns
            assert check_postcode(address.postcode, address.country) is None
    contacts = example.contacts.list_all()
    surnames = set(material().words["surnames"])
    assert all(contact.surname in {"", *surnames} and contact.email.endswith(".example") for contact in contacts)


def test_odd_firms_are_among_them(example: Register):
    suppliers = example.suppliers.list_all()
    assert 8 <= sum(supplier.is_key_partner for supplier in suppliers) <= 12
    assert {supplier.kind.value for supplier in suppliers} == {"firm", "combination", "sole_trader"}
    assert {supplier.visiting.country for supplier in suppliers} == {"", "BE"}
    for has in (
        lambda s: s.trade_names,
        lambda s: s.former_names,
        lambda s: s.former_kvk,
        lambda s: len(s.phones) > 1,
        lambda s: s.postal.is_complete,
        lambda s: not s.letter_address.is_complete,
        lambda s: not s.kvk and not s.visiting.country,
    ):
        assert any(has(supplier) for supplier in suppliers)
    ended = example._db.execute("SELECT count(*) FROM supplier WHERE archived_at IS NOT NULL").fetchone()[0]
    assert ended == 1


def test_records_of_every_kind_are_there_in_every_state(example: Register):
    certificates = example.certificates.list_all()
    assert {certificate.status for certificate in certificates} == set(CertificateStatus)
    assert any(certificate.is_plus30 for certificate in certificates)
    assert any(certificate.is_reported for certificate in certificates)
    assert len(example.certificates.list_without_holder()) >= 3
    checks = {check.method for check in example.verifications.list_all()}
    assert checks == {"overzicht op PSO-NL", "kopie van het certificaat", "telefonisch"}
    today = example.clock.today()
    promises = example.promises.list_all()
    assert any(p.settled_at for p in promises)
    assert any(not p.settled_at and p.due_on < today for p in promises)
    assert any(not p.settled_at and p.due_on >= today for p in promises)
    tasks = example.follow_ups.list_all()
    assert any(t.done_at for t in tasks) and any(not t.done_at and t.due_on < today for t in tasks)
    for given in (example.exemptions.list_all(), example.postponements.list_all()):
        assert any(one.holds_on(today) for one in given) and any(one.to_on < today for one in given)
        assert {one.approver for one in given} == {"teamleider Inkoop"}
    contracts = example.contracts.list_all()
    assert any(not c.ends_on for c in contracts) and any(c.total_cents for c in contracts)
    years = {amount.year for amount in example.amounts.list_all()}
    assert years == set(range(2020, today.year + 2))
    assert len(example.call_notes.list_all()) > 40


def test_the_past_was_written_when_it_happened(example: Register):
    operations = example.history.list_operations(10_000)[::-1]
    assert [operation.at for operation in operations] == sorted(operation.at for operation in operations)
    assert operations[0].at.year == 2020 and operations[-1].at <= example.clock.now()
    assert {operation.by for operation in operations} == {"advisor 1", "advisor 2"}
    assert {operation.kind for operation in operations} == {
        "init", "import", "add", "edit", "call", "letters", "posted", "printed", "reply", "undo"
    }  # fmt: skip
    imports = sum(operation.kind == "import" for operation in operations)
    assert len(example.import_batches.list_all()) == imports


def test_letters_of_the_past_were_posted_but_for_one_that_was_a_mistake(example: Register):
    letters = example.letters.list_all()
    withdrawn = [letter for letter in letters if letter.withdrawn_at]
    assert len(withdrawn) == 1 and not withdrawn[0].posted_at
    assert all(letter.posted_at for letter in letters if letter not in withdrawn)
    assert {letter.kind for letter in letters} == {"verzoek", "herinnering"}
    assert example.letters.damaged() == ()


def test_both_judges_say_the_same_of_the_example(example: Register):
    policy = current_policy(example)
    found = {verdict.supplier_id: verdict for verdict in example.verdicts.judge_all(policy=policy, on=TODAY)}
    for supplier_id in [*found][::7]:
        assert judge_supplier(example, supplier_id, on=TODAY, policy=policy).verdict == found[supplier_id]


def test_what_was_done_last_can_be_taken_back_and_test_suppliers_come_in_one_go(make: Make):
    register = make(FIRST_DAY, extra=30)
    before = len(register.suppliers.list_all())
    assert register.history.list_operations(1)[0].label == "Testleveranciers toegevoegd"
    assert undo_last(register).kept == ()
    assert len(register.suppliers.list_all()) == before - 30
    assert undo_last(register).kept == ()
    assert {line.problem for line in check_register(register)} == {""}


def test_a_day_without_a_past_is_refused(example: Register):
    with pytest.raises(AppError, match=r"1.januari 2023"):
        fill_example(example, clock=SetClock.at(TODAY), today=FIRST_DAY - timedelta(days=1))
