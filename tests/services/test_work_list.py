"""The work list: what is on it on which day, what keeps it off, and how it ends."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app import bootstrap
from app.base.clock import SetClock
from app.base.errors import AppError, Cancelled
from app.base.progress import StopAfter
from app.domain.certificate import Certificate, CertificateStatus, Level, Verification
from app.domain.contract import AmountKind, YearAmount
from app.domain.journal import Aside, CallNote, FollowUp, Promise
from app.domain.letter import Letter, LetterKind, LetterRound
from app.domain.policy import Exemption, Postponement
from app.domain.supplier import Address, Supplier
from app.domain.verdict import Status
from app.domain.work import WorkItem, WorkKind
from app.services import Register, record, undo
from app.services.describe_change import describe_change
from app.services.list_suppliers import judge_everyone
from app.services.plan_letters import plan_letters
from app.services.set_aside import put_back, set_aside
from app.services.settle_work import link_call, promise, settle
from app.services.show_supplier import show_supplier
from app.services.timeline import EntryKind, timeline
from app.services.work_list import list_work

TODAY = date(2026, 11, 23)
THEN = datetime(2026, 11, 1, 9, tzinfo=UTC)
PDF = b"de brief"
SUPPLIER = Supplier(id="s", name="Bouwbedrijf Maasdal B.V.", visiting=Address(street="Dijk", city="Roermond"))
AMOUNT = YearAmount(id="b", supplier_id="s", year=2026, kind=AmountKind.AGREED, cents=20_000_000)
LITTLE = replace(AMOUNT, cents=100)
CHECK = Verification(id="v", certificate_id="c", checked_on=TODAY, checked_by="a", method="kopie")

Known = record.Record | Letter


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def certificate(days: int, key: str = "c", level: Level = Level.TREDE2) -> Certificate:
    """One of two years that ends in that many days."""
    begins = in_days(days - 730)
    return Certificate(id=key, supplier_id="s", level=level, valid_from=begins, valid_to=in_days(days))


def letter(days: int, *, is_withdrawn: bool = False) -> Letter:
    """One to be answered in that many days."""
    return Letter(
        id=f"l{days}", supplier_id="s", round_id="r", kind=LetterKind.REQUEST, kenmerk=f"PSO-{days}",
        written_on=in_days(days - 14), reply_by=in_days(days), certified_by=in_days(days + 180), facts="{}",
        template_id="", sha256=hashlib.sha256(PDF).hexdigest(), made_by="a", made_at=THEN,
        withdrawn_at=THEN if is_withdrawn else None,
    )  # fmt: skip


def promised(days: int, key: str = "p") -> Promise:
    return Promise(id=key, supplier_id="s", due_on=in_days(days), what="audit", by="advisor 1")


def task(days: int, key: str = "t") -> FollowUp:
    return FollowUp(id=key, supplier_id="s", due_on=in_days(days), what="terugbellen", by="advisor 1")


def respite(kind: type[Exemption] | type[Postponement]) -> Exemption | Postponement:
    return kind(id="u", supplier_id="s", reason="x", approver="y", from_on=TODAY, to_on=TODAY)


def fill(register: Register, *known: Known) -> None:
    record.add(register, *(item for item in known if not isinstance(item, Letter)))
    template = register.templates.list_all()[0].id
    with register.operation("letters", "brieven"):
        register.letter_rounds.add(LetterRound(id="r", title="ronde", made_at=THEN, made_by="a"))
        for sent in known:
            if isinstance(sent, Letter):
                register.letters.add_with_pdf(replace(sent, template_id=template), PDF)


def lines(register: Register, on: date = TODAY) -> list[tuple[str, int | None, int | None]]:
    """What is open: kind, days left, and the term."""
    return [(item.kind.value, item.days_left, item.within) for item in list_work(register, on=on) if not item.aside]


REPLY, PROMISE, TASK = "reply_overdue", "promise_due", "task_due"
EXPIRED, EXPIRING, AMOUNT_UNKNOWN, UNVERIFIED = "expired", "expiring", "amount_unknown", "unverified"

CASES: dict[str, tuple[tuple[Known, ...], list[tuple[str, int | None, int | None]]]] = {
    "last day to reply": ((SUPPLIER, AMOUNT, letter(0)), []),
    "a day late": ((SUPPLIER, AMOUNT, letter(-1)), [(REPLY, -1, None)]),
    "late, but withdrawn": ((SUPPLIER, AMOUNT, letter(-1, is_withdrawn=True)), []),
    "late, but a newer letter runs": ((SUPPLIER, AMOUNT, letter(-60), letter(3)), []),
    "a year ago": ((SUPPLIER, AMOUNT, letter(-351)), [(REPLY, -351, None)]),
    "longer ago: the asking begins anew": ((SUPPLIER, AMOUNT, letter(-352)), []),
    "late, but complies": ((SUPPLIER, AMOUNT, certificate(300), CHECK, letter(-1)), []),
    "late, but asked nothing": ((SUPPLIER, LITTLE, letter(-1)), []),
    "late, but postponed": ((SUPPLIER, AMOUNT, letter(-1), respite(Postponement)), []),
    "late, but exempt": ((SUPPLIER, AMOUNT, letter(-1), respite(Exemption)), []),
    "late, but a certificate begins": ((SUPPLIER, AMOUNT, letter(-1), certificate(744)), []),
    "late, but promised": ((SUPPLIER, AMOUNT, letter(-1), promised(1)), []),
    "promised for today": ((SUPPLIER, AMOUNT, letter(-1), promised(0)), [(PROMISE, 0, None)]),
    "promise broken, told once": ((SUPPLIER, AMOUNT, letter(-9), promised(-1)), [(PROMISE, -1, None)]),
    "promise broken, a later one runs": ((SUPPLIER, AMOUNT, promised(-5), promised(9, "q")), []),
    "promise of who complies": ((SUPPLIER, LITTLE, promised(-1)), [(PROMISE, -1, None)]),
    "task tomorrow": ((SUPPLIER, LITTLE, task(1)), []),
    "task today": ((SUPPLIER, LITTLE, task(0)), [(TASK, 0, None)]),
    "two tasks": ((SUPPLIER, LITTLE, task(-3), task(-1, "u"), task(2, "v")), [(TASK, -3, None), (TASK, -1, None)]),
    "expired yesterday": ((SUPPLIER, AMOUNT, certificate(-1), CHECK), [(EXPIRED, -1, None)]),
    "expired, letter runs": ((SUPPLIER, AMOUNT, certificate(-30), CHECK, letter(5)), []),
    "expired, no answer": ((SUPPLIER, AMOUNT, certificate(-90), CHECK, letter(-5)), [(REPLY, -5, None)]),
    "expired, asked nothing": ((SUPPLIER, LITTLE, certificate(-1), CHECK), []),
    "expired and postponed": ((SUPPLIER, AMOUNT, certificate(-1), CHECK, respite(Postponement)), []),
    "last day": ((SUPPLIER, AMOUNT, certificate(0), CHECK), [(EXPIRING, 0, 30)]),
    "in 30 days": ((SUPPLIER, AMOUNT, certificate(30), CHECK), [(EXPIRING, 30, 30)]),
    "in 31 days": ((SUPPLIER, AMOUNT, certificate(31), CHECK), [(EXPIRING, 31, 60)]),
    "in 61 days": ((SUPPLIER, AMOUNT, certificate(61), CHECK), [(EXPIRING, 61, 90)]),
    "in 91 days": ((SUPPLIER, AMOUNT, certificate(91), CHECK), [(EXPIRING, 91, 180)]),
    "in 180 days": ((SUPPLIER, AMOUNT, certificate(180), CHECK), [(EXPIRING, 180, 180)]),
    "in 181 days": ((SUPPLIER, AMOUNT, certificate(181), CHECK), []),
    "ends, asked nothing": ((SUPPLIER, LITTLE, certificate(10), CHECK), []),
    "ends, promised": ((SUPPLIER, AMOUNT, certificate(10), CHECK, promised(20)), []),
    "a successor joins on": ((SUPPLIER, AMOUNT, certificate(10), CHECK, certificate(740, "d")), []),
    "a successor is a day late": (
        (SUPPLIER, AMOUNT, certificate(10), CHECK, certificate(742, "d")), [(EXPIRING, 10, 30)],
    ),
    "a successor is too low": (
        (SUPPLIER, AMOUNT, certificate(10), CHECK, certificate(740, "d", Level.TREDE1)), [(EXPIRING, 10, 30)],
    ),
    "no amount": ((SUPPLIER,), [(AMOUNT_UNKNOWN, None, None)]),
    "no amount, but complies anyhow": ((SUPPLIER, certificate(300), CHECK), []),
    "not checked": ((SUPPLIER, AMOUNT, certificate(300)), [(UNVERIFIED, None, None)]),
    "not checked and ending": ((SUPPLIER, AMOUNT, certificate(20)), [(EXPIRING, 20, 30), (UNVERIFIED, None, None)]),
    "not checked, and too low": ((SUPPLIER, AMOUNT, certificate(300, level=Level.TREDE1)), []),
    "not checked, asked nothing": ((SUPPLIER, LITTLE, certificate(300)), []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_thing_is_on_the_list_on_its_days_and_once(register: Register, case: str) -> None:
    known, expected = CASES[case]
    fill(register, *known)
    assert lines(register) == expected


def test_a_supplier_that_ended_is_not_on_the_list(register: Register) -> None:
    fill(register, SUPPLIER, AMOUNT, letter(-1), task(-1))
    record.end(register, SUPPLIER)
    assert lines(register) == []


def test_a_line_says_what_to_do_and_what_is_behind_it(register: Register) -> None:
    fill(register, SUPPLIER, AMOUNT, letter(-12), task(0))
    late, due = list_work(register, on=TODAY)
    assert (late.name, late.words, late.about, late.cents, late.cause, late.status) == (
        "Bouwbedrijf Maasdal B.V.", "Herinnering klaarzetten", "brief PSO--12, reactie t/m 11-11-2026", 20_000_000,
        "letter:l-12", Status.NON_COMPLIANT,
    )  # fmt: skip
    assert (due.words, due.about, due.record_id) == ("Opvolgen: terugbellen", "genoteerd door advisor 1", "t")
    assert "maasdal" in due.text and "terugbellen" in due.text


def test_the_largest_amount_comes_first_and_what_is_not_known_last_by_its_day(register: Register) -> None:
    for key, cents in (("a", 20_000_000), ("b", 90_000_000), ("c", None)):
        record.add(register, Supplier(id=key, name=key))
        if cents:
            record.add(register, replace(AMOUNT, id=key, supplier_id=key, cents=cents))
    for key, days in (("a", -1), ("a", -2), ("b", 0), ("c", 0)):
        record.add(register, replace(task(days, f"{key}{days}"), supplier_id=key))
    record.add(register, CallNote(id="n", supplier_id=None, started_at=THEN, text="Wie was dit?", by="a"))
    assert [(item.name, item.day) for item in list_work(register, on=TODAY)] == [
        ("b", TODAY), ("a", in_days(-2)), ("a", in_days(-1)),
        ("Onbekende beller", date(2026, 11, 1)), ("c", TODAY), ("c", None),
    ]  # fmt: skip


def test_a_conversation_of_nobody_is_on_the_list_until_it_is_linked_or_settled(register: Register) -> None:
    fill(register, SUPPLIER, LITTLE)
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    for key, at in (("m", late), ("n", THEN)):
        record.add(
            register, CallNote(id=key, supplier_id=None, started_at=at, caller="06-1", text="Welke\ntrede?", by="a")
        )
    first, second = list_work(register, on=TODAY)
    assert (first.supplier_id, first.name, first.about, first.record_id) == (None, "06-1", "Welke trede?", "n")
    assert (second.day, second.days_left) == (TODAY, 0), "half past eleven in UTC is the next day here"
    assert len(list_work(register, on=in_days(-1))) == 1
    link_call(register, "n", supplier_id="s")
    settle(register, second)
    assert list_work(register, on=TODAY) == ()
    assert [call.id for call in register.call_notes.list_where("supplier_id", "s")] == ["n"]
    undo.undo_last(register)
    undo.undo_last(register)
    assert len(list_work(register, on=TODAY)) == 2


def only(register: Register, on: date = TODAY) -> WorkItem:
    (item,) = list_work(register, on=on)
    return item


@pytest.mark.parametrize("how", list(Aside))
def test_what_was_set_aside_comes_back_after_its_last_day(register: Register, how: Aside) -> None:
    fill(register, SUPPLIER, AMOUNT, letter(-1))
    set_aside(register, [only(register)], how=how, reason=" wacht op audit ", until_on=in_days(7))
    aside = only(register).aside
    assert aside and (aside.how, aside.reason, aside.until_on, aside.by) == (
        how, "wacht op audit", in_days(7), register.by,
    )  # fmt: skip
    assert lines(register, in_days(7)) == []
    assert lines(register, in_days(8)) == [(REPLY, -9, None)]


def test_what_was_seen_comes_back_when_its_cause_changes_and_goes_when_that_is_taken_back(register: Register) -> None:
    fill(register, SUPPLIER, AMOUNT, certificate(20), CHECK, task(-1))
    due, ending = list_work(register, on=TODAY)
    set_aside(register, [ending], how=Aside.SEEN, reason="x", until_on=in_days(90))
    set_aside(register, [due], how=Aside.LATER, reason="x", until_on=in_days(90))
    record.save(register, replace(certificate(20), valid_to=in_days(25), is_verified=True))
    record.save(register, replace(task(-1), what="mailen"))
    assert lines(register) == [(EXPIRING, 25, 30)], "later is later, whatever changes"
    undo.undo_last(register)
    undo.undo_last(register)
    assert lines(register) == []
    undo.redo_last(register)
    assert lines(register) == [(EXPIRING, 25, 30)]


def test_that_a_letter_is_posted_changes_nothing_about_the_answer(register: Register) -> None:
    fill(register, SUPPLIER, AMOUNT, letter(-1))
    set_aside(register, [only(register)], how=Aside.SEEN, reason="x", until_on=in_days(90))
    with register.operation("posted", "gepost"):
        register.letters.mark_posted(["l-1"], THEN)
    assert lines(register) == []


def test_what_expired_is_on_the_list_although_its_ending_was_seen(register: Register) -> None:
    fill(register, SUPPLIER, AMOUNT, certificate(20), CHECK)
    set_aside(register, [only(register)], how=Aside.SEEN, reason="x", until_on=in_days(90))
    assert lines(register, in_days(20)) == []
    assert lines(register, in_days(21)) == [(EXPIRED, -1, None)]


def test_several_are_set_aside_and_put_back_in_one_go(register: Register) -> None:
    fill(register, SUPPLIER, AMOUNT, certificate(20), task(-1))
    set_aside(register, list_work(register, on=TODAY), how=Aside.SEEN, reason="x", until_on=in_days(9))
    assert lines(register) == []
    assert register.history.list_operations(1)[0].label == "Gezien: Bouwbedrijf Maasdal B.V."
    undo.undo_last(register)
    assert len(lines(register)) == 3
    undo.redo_last(register)
    put_back(register, list_work(register, on=TODAY))
    assert len(lines(register)) == 3
    undo.undo_last(register)
    assert lines(register) == []


def test_setting_aside_again_takes_the_place_of_the_first(register: Register) -> None:
    fill(register, SUPPLIER, AMOUNT, letter(-1))
    set_aside(register, [only(register)], how=Aside.SEEN, reason="lang", until_on=in_days(90))
    set_aside(register, [only(register)], how=Aside.LATER, reason="kort", until_on=in_days(3))
    assert [aside.reason for aside in register.set_asides.list_all()] == ["kort"]
    assert lines(register, in_days(4)) == [(REPLY, -5, None)]


def test_what_cannot_be_set_aside_says_why_and_leaves_nothing(register: Register) -> None:
    fill(register, SUPPLIER, AMOUNT, letter(-1))
    late = only(register)
    record.add(register, CallNote(id="n", supplier_id=None, started_at=THEN, text="", by="a"))
    call = list_work(register, on=TODAY)[1]
    for items, reason, until in (
        ([late, call], "x", in_days(1)), ([late], " ", in_days(1)), ([late], "x", in_days(-1)),
    ):  # fmt: skip
        with pytest.raises(AppError):
            set_aside(register, items, how=Aside.SEEN, reason=reason, until_on=until)
    with pytest.raises(AppError, match="geen leverancier"):
        promise(register, call, what="x", due_on=TODAY)
    with pytest.raises(AppError, match="pas af"):
        settle(register, late)
    assert register.set_asides.list_all() == ()


def test_a_promise_silences_the_late_answer_and_a_new_one_settles_the_broken_one(register: Register) -> None:
    fill(register, SUPPLIER, AMOUNT, letter(-1))
    promise(register, only(register), what="audit", due_on=in_days(10))
    assert lines(register) == []
    assert lines(register, in_days(11)) == [(PROMISE, -1, None)]
    promise(register, only(register, in_days(11)), what="audit, echt", due_on=in_days(20))
    first, second = register.promises.list_where("supplier_id", "s", "due_on")
    assert first.settled_at and not second.settled_at
    assert lines(register, in_days(21)) == [(PROMISE, -1, None)]
    undo.undo_last(register)
    assert [one.what for one in register.promises.list_all()] == ["audit"]


def test_a_promise_or_task_that_is_settled_is_off_the_list(register: Register) -> None:
    fill(register, SUPPLIER, LITTLE, promised(-1), task(-1))
    for item in list_work(register, on=TODAY):
        settle(register, item)
    assert list_work(register, on=TODAY) == ()
    undo.undo_last(register)
    assert only(register).kind is not None


def test_a_letter_that_was_set_aside_is_not_made(register: Register) -> None:
    fill(register, SUPPLIER, AMOUNT, letter(-1))
    set_aside(register, [only(register)], how=Aside.SEEN, reason="wacht op audit", until_on=in_days(9))
    plan = plan_letters(register, on=TODAY, only=["s"])
    assert plan.proposals == ()
    assert [(found.why, found.because) for found in plan.skipped] == [
        ("Weggezet t/m 02-12-2026: wacht op audit.", "aside")
    ]
    assert len(plan_letters(register, on=in_days(10)).proposals) == 1


# What the table may say as the next step of a supplier while this is the first thing on the list for it.
STEPS: dict[WorkKind, str | tuple[str, ...]] = {
    WorkKind.TASK_DUE: "Opvolgen: ",
    WorkKind.PROMISE_DUE: ("Bellen: ", "Toezegging t/m "),
    WorkKind.CAME_BACK: "Adres nakijken",
    WorkKind.CERTIFICATE_CAME: "Ontvangen certificaat vastleggen",
    WorkKind.ANSWERED: "Antwoord bekijken",
    WorkKind.REPLY_OVERDUE: (
        "Herinnering klaarzetten",
        "Tweede herinnering klaarzetten",
        "Bellen: geen antwoord",
        "Adres aanvullen",
    ),
    WorkKind.EXPIRED: ("Brief klaarzetten", "Adres aanvullen"),
    WorkKind.EXPIRING: ("Nieuw certificaat vragen", "Certificaat controleren"),
    WorkKind.UNVERIFIED: ("Certificaat controleren", "Toezegging t/m "),
    WorkKind.AMOUNT_UNKNOWN: ("Bedrag invullen", "Toezegging t/m "),
}


@pytest.mark.parametrize("days", [0, 20, 45, 400])
def test_the_list_the_table_and_a_round_of_letters_say_the_same(tmp_path: Path, days: int) -> None:
    example = bootstrap.make_example(tmp_path / "voorbeeld.tredewijzer", today=TODAY)
    on = in_days(days)
    try:
        rows, work = judge_everyone(example, on=on)
        reminded = {found.supplier.id for found in plan_letters(example, on=on).due if found.asked}
    finally:
        example.close()
    steps = {row.supplier_id: row.next_step for row in rows}
    first: dict[str, WorkKind] = {}
    order = list(STEPS)
    for item in work:
        if item.supplier_id and not item.aside:
            known = first.setdefault(item.supplier_id, item.kind)
            first[item.supplier_id] = min(known, item.kind, key=order.index)
    assert [(steps[key], kind) for key, kind in first.items() if not steps[key].startswith(STEPS[kind])] == []
    asks = ("Opvolgen: ", "Bellen: ", "Herinnering ", "Tweede ", "Nieuw ", "Certificaat ", "Bedrag ")
    assert [step for key, step in steps.items() if step.startswith(asks) and key not in first] == []
    assert [step for key, step in steps.items() if step.startswith("Weggezet ") and key in first] == []
    late = {item.supplier_id for item in work if item.kind is WorkKind.REPLY_OVERDUE and not item.aside}
    assert {key for key in late if key not in reminded and steps[key or ""] != "Adres aanvullen"} == set()
    broken = {item.supplier_id for item in work if item.kind is WorkKind.PROMISE_DUE}
    assert reminded <= late | broken


def test_gathering_stops_when_it_is_cancelled(register: Register) -> None:
    with pytest.raises(Cancelled):
        list_work(register, on=TODAY, progress=StopAfter(0))


def test_a_withdrawn_certificate_is_work_for_a_letter_not_for_the_list(register: Register) -> None:
    gone = replace(certificate(100), status=CertificateStatus.WITHDRAWN, status_on=in_days(-5))
    fill(register, SUPPLIER, AMOUNT, gone, CHECK)
    assert lines(register) == []


def test_the_timeline_tells_who_set_what_aside(register: Register) -> None:
    register.by = "advisor 1"
    fill(register, SUPPLIER, AMOUNT, letter(-1))
    clock = register.clock
    assert isinstance(clock, SetClock)
    set_aside(register, [only(register)], how=Aside.LATER, reason="wacht op audit", until_on=date(2027, 5, 12))
    entry = timeline(show_supplier(register, "s", on=TODAY), on=TODAY)[0]
    assert (entry.day, entry.kind, entry.title.replace("\xa0", " "), entry.detail) == (
        TODAY, EntryKind.SET_ASIDE, "Weggezet t/m 12 mei 2027: wacht op audit", "door advisor 1",
    )  # fmt: skip
    assert entry.record_id == str(register.history.list_operations(1)[0].id)


def test_the_history_tells_in_words_what_was_set_aside(register: Register) -> None:
    fill(register, SUPPLIER, AMOUNT, certificate(20), task(-1))
    record.add(register, Supplier(id="t", name="Onbekend B.V."), replace(promised(0), supplier_id="t"))
    set_aside(register, list_work(register, on=TODAY), how=Aside.SEEN, reason="x", until_on=in_days(9))
    told = {
        (found.label, found.new.replace("\xa0", " "))
        for supplier_id in ("s", "t")
        for change in register.history.list_for_supplier(supplier_id)[0][1]
        for found in describe_change(change)
    }
    about = ("certificaat dat afloopt", "controle van het certificaat", "taak", "toezegging", "bedrag van 2026")
    assert told == {
        *(("Opvolging · Waarover", words) for words in about),
        ("Opvolging · Hoe", "gezien"),
        ("Opvolging · Reden", "x"),
        ("Opvolging · T/m", "2 december 2026"),
        ("Opvolging · Genoteerd door", register.by),
    }
