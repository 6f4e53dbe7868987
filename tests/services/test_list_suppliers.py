"""The table of all suppliers: one line each, the same line alone, and what is to be done next."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app import bootstrap
from app.base.errors import Cancelled
from app.base.progress import StopAfter
from app.domain.certificate import Certificate, Level, Verification
from app.domain.contract import AmountKind, YearAmount
from app.domain.journal import Aside, FollowUp, Promise, SetAside
from app.domain.letter import Letter, LetterKind, LetterRound
from app.domain.policy import Exemption, Postponement
from app.domain.supplier import Address, Supplier
from app.domain.work import work_order
from app.services import Register, record
from app.services.list_suppliers import judge_everyone, judge_one, list_suppliers
from app.services.plan_letters import plan_letters

TODAY = date(2026, 11, 23)
DONE = datetime(2026, 11, 1, 9, tzinfo=UTC)
ADDRESS = Address(street="Dijk", house_number="1", postcode="6041 AB", city="Roermond")
PDF = b"de brief"


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


NOWHERE = Supplier(id="s", name="Bouwbedrijf Maasdal B.V.")
SUPPLIER = Supplier(id="s", name="Bouwbedrijf Maasdal B.V.", visiting=ADDRESS)
AMOUNT = YearAmount(id="bedrag", supplier_id="s", year=2026, kind=AmountKind.AGREED, cents=20_000_000)
CHECK = Verification(id="v", certificate_id="c", checked_on=TODAY, checked_by="advisor 1", method="kopie")


def certificate(days: int) -> Certificate:
    begins, last = in_days(days - 700), in_days(days)
    return Certificate(id="c", supplier_id="s", level=Level.TREDE3, valid_from=begins, valid_to=last)


def letter(days: int, *, is_withdrawn: bool = False) -> Letter:
    """A letter to be answered in that many days."""
    return Letter(
        id=f"brief {days}", supplier_id="s", round_id="r", kind=LetterKind.REQUEST, kenmerk=f"PSO-{days}",
        written_on=in_days(days - 14), reply_by=in_days(days), certified_by=in_days(days + 180), facts="{}",
        template_id="t", sha256=hashlib.sha256(PDF).hexdigest(), made_by="advisor 1", made_at=DONE,
        withdrawn_at=DONE if is_withdrawn else None,
    )  # fmt: skip


def task(days: int, *, is_done: bool = False) -> FollowUp:
    done_at = DONE if is_done else None
    return FollowUp(
        id=f"taak {days}", supplier_id="s", due_on=in_days(days), what=f"taak {days}", by="a", done_at=done_at
    )


def promise(days: int, *, is_settled: bool = False) -> Promise:
    settled_at = DONE if is_settled else None
    return Promise(
        id=f"belofte {days}", supplier_id="s", due_on=in_days(days), what="audit", by="a", settled_at=settled_at
    )


def aside(cause: str, days: int = 170) -> SetAside:
    """Set aside for that many days more."""
    return SetAside(
        id=f"opzij {cause}", supplier_id="s", cause=cause, how=Aside.SEEN, reason="x", until_on=in_days(days), by="a"
    )


POSTPONED = Postponement(id="r", supplier_id="s", reason="x", approver="y", from_on=TODAY, to_on=in_days(170))
EXEMPT = Exemption(id="r", supplier_id="s", reason="x", approver="y", from_on=TODAY, to_on=in_days(170))

# What is known, what is to be done next, and the day behind it, in days from today.
NEXT_STEPS: dict[str, tuple[tuple[record.Record | Letter, ...], str, int | None]] = {
    "no amount": ((SUPPLIER,), "Bedrag invullen", None),
    "no certificate": ((SUPPLIER, AMOUNT), "Brief klaarzetten", None),
    "no address": ((NOWHERE, AMOUNT), "Adres aanvullen", None),
    "letter out": ((SUPPLIER, AMOUNT, letter(8)), "Reactie t/m 1 dec", 8),
    "last day to reply": ((SUPPLIER, AMOUNT, letter(0)), "Reactie t/m 23 nov", 0),
    "a day late": ((SUPPLIER, AMOUNT, letter(-1)), "Herinnering klaarzetten · 1 d te laat", -1),
    "letter of a year ago": ((SUPPLIER, AMOUNT, letter(-351)), "Herinnering klaarzetten · 351 d te laat", -351),
    "letter of longer ago": ((SUPPLIER, AMOUNT, letter(-352)), "Brief klaarzetten", None),
    "newest letter": ((SUPPLIER, AMOUNT, letter(8), letter(-40)), "Reactie t/m 1 dec", 8),
    "newest withdrawn": (
        (SUPPLIER, AMOUNT, letter(8, is_withdrawn=True), letter(-40)), "Herinnering klaarzetten · 40 d te laat", -40,
    ),
    "letter, address gone": ((NOWHERE, AMOUNT, letter(-1)), "Adres aanvullen", None),
    "begins within the term": ((SUPPLIER, AMOUNT, certificate(714), letter(-1)), "Trede 3 gaat in op 7 dec", 14),
    "begins after the term": ((SUPPLIER, AMOUNT, certificate(715)), "Brief klaarzetten", None),
    "begins, but is too low": (
        (SUPPLIER, AMOUNT, replace(certificate(714), level=Level.TREDE1)), "Brief klaarzetten", None,
    ),
    "begins, letter out": ((SUPPLIER, AMOUNT, certificate(714), letter(8)), "Reactie t/m 1 dec", 8),
    "task today": ((SUPPLIER, AMOUNT, task(0), promise(5), letter(8)), "Opvolgen: taak 0", 0),
    "oldest task": ((SUPPLIER, AMOUNT, task(-3), task(-9), task(4)), "Opvolgen: taak -9", -9),
    "task tomorrow": ((SUPPLIER, AMOUNT, task(1)), "Brief klaarzetten", None),
    "task done": ((SUPPLIER, AMOUNT, task(-3, is_done=True)), "Brief klaarzetten", None),
    "promise today": ((SUPPLIER, AMOUNT, promise(0), letter(8)), "Toezegging t/m 23 nov: audit", 0),
    "newest promise": ((SUPPLIER, AMOUNT, promise(-5), promise(170)), "Toezegging t/m 12 mei: audit", 170),
    "far promise": ((SUPPLIER, AMOUNT, promise(400)), "Toezegging t/m 28 dec 2027: audit", 400),
    "promise broken": ((SUPPLIER, AMOUNT, promise(-1), letter(8)), "Bellen: toezegging verlopen", -1),
    "promise settled": ((SUPPLIER, AMOUNT, promise(-1, is_settled=True)), "Brief klaarzetten", None),
    "complies": ((SUPPLIER, AMOUNT, certificate(300), CHECK, letter(8)), "Opnieuw vragen vanaf 23 mrt", 120),
    "complies for long": ((SUPPLIER, AMOUNT, certificate(680), CHECK), "Opnieuw vragen vanaf 6 apr 2028", 500),
    "not checked": ((SUPPLIER, AMOUNT, certificate(181)), "Certificaat controleren", None),
    "not checked, ends in a while": ((SUPPLIER, AMOUNT, certificate(91)), "Certificaat controleren", None),
    "ends in a while": ((SUPPLIER, AMOUNT, certificate(180), CHECK), "Nieuw certificaat vragen", 180),
    "ends later": ((SUPPLIER, AMOUNT, certificate(181), CHECK), "Opnieuw vragen vanaf 24 nov", 1),
    "expiring": ((SUPPLIER, AMOUNT, certificate(90)), "Nieuw certificaat vragen", 90),
    "expiring, seen": (
        (SUPPLIER, AMOUNT, certificate(90), CHECK, aside("certificate:c")), "Weggezet t/m 12 mei: x", 170,
    ),
    "expiring seen, not checked": (
        (SUPPLIER, AMOUNT, certificate(90), aside("certificate:c")), "Certificaat controleren", None,
    ),
    "expired, set aside while it held": (
        (SUPPLIER, AMOUNT, certificate(-1), CHECK, aside("certificate:c")), "Brief klaarzetten", None,
    ),
    "late reply set aside": ((SUPPLIER, AMOUNT, letter(-1), aside("letter:brief -1")), "Weggezet t/m 12 mei: x", 170),
    "an older letter set aside": (
        (SUPPLIER, AMOUNT, letter(-1), aside("letter:brief -40")), "Herinnering klaarzetten · 1 d te laat", -1,
    ),
    "task set aside": ((SUPPLIER, AMOUNT, task(-3), aside("follow_up:taak -3")), "Brief klaarzetten", None),
    "one task set aside": ((SUPPLIER, AMOUNT, task(-3), task(-2), aside("follow_up:taak -3")), "Opvolgen: taak -2", -2),
    "promise set aside": (
        (SUPPLIER, AMOUNT, promise(-1), aside("promise:belofte -1")), "Weggezet t/m 12 mei: x", 170,
    ),
    "amount set aside": ((SUPPLIER, aside("amount:2026")), "Weggezet t/m 12 mei: x", 170),
    "amount of last year set aside": ((SUPPLIER, aside("amount:2025")), "Bedrag invullen", None),
    "set aside until today": ((SUPPLIER, aside("amount:2026", 0)), "Weggezet t/m 23 nov: x", 0),
    "set aside until yesterday": ((SUPPLIER, aside("amount:2026", -1)), "Bedrag invullen", None),
    "expired": ((SUPPLIER, AMOUNT, certificate(-1), CHECK), "Brief klaarzetten", None),
    "postponed": ((SUPPLIER, AMOUNT, POSTPONED, letter(8)), "Uitstel t/m 12 mei", 170),
    "exempt": ((SUPPLIER, AMOUNT, EXEMPT), "Vrijgesteld t/m 12 mei", 170),
    "below the threshold": (
        (SUPPLIER, YearAmount(id="b", supplier_id="s", year=2026, kind=AmountKind.AGREED, cents=100)), "", None,
    ),
}  # fmt: skip


# What the table says of a letter that is due, and of one that is held back, by its kind.
IN_A_ROUND = {
    "verzoek": "Brief klaarzetten",
    "herinnering": "Herinnering klaarzetten · ",
    "tweede_herinnering": "Tweede herinnering klaarzetten · ",
    "talk": "Bellen: geen antwoord op de laatste brief · ",
    "address": "Adres ",
    "certificate": "Ontvangen certificaat vastleggen",
    "reply": "Antwoord bekijken",
    "answer": "Reactie t/m ",
    "coming": " gaat in op ",
    "promise": "Toezegging t/m ",
    "respite": " t/m ",
    "aside": "Weggezet t/m ",
}


@pytest.mark.parametrize("case", NEXT_STEPS)
def test_the_next_step_is_the_first_that_applies(register: Register, case: str) -> None:
    known, next_step, next_in = NEXT_STEPS[case]
    record.add(register, *(item for item in known if not isinstance(item, Letter)))
    with register.operation("letters", "brieven"):
        register.letter_rounds.add(LetterRound(id="r", title="ronde", made_at=DONE, made_by="advisor 1"))
        for sent in known:
            if isinstance(sent, Letter):
                register.letters.add_with_pdf(replace(sent, template_id=register.templates.list_all()[0].id), PDF)
    (row,), work = judge_everyone(register, on=TODAY)
    assert (row.next_step, row.next_on) == (next_step, None if next_in is None else in_days(next_in))
    assert judge_one(register, "s", on=TODAY) == (row, tuple(sorted(work, key=work_order)))


@pytest.mark.parametrize("days", [0, 20, 45, 400])
def test_the_table_says_what_a_round_of_letters_would_do(tmp_path: Path, days: int) -> None:
    example = bootstrap.make_example(tmp_path / "voorbeeld.tredewijzer", today=TODAY)
    on = in_days(days)
    try:
        plan = plan_letters(example, on=on)
        round_ = {found.supplier.id: IN_A_ROUND[found.kind] for found in plan.due}
        round_ |= {found.supplier_id: IN_A_ROUND[found.because] for found in plan.skipped}
        offered = {found.supplier.id for found in plan.proposals if found.is_offer}
        rows = {row.supplier_id: row.next_step for row in list_suppliers(example, on=on)}
    finally:
        example.close()
    # What somebody noted down comes first in the table and holds no letter back.
    noted = ("Opvolgen: ", "Bellen: ")
    assert round_
    assert [
        (rows[key], step) for key, step in round_.items() if not rows[key].startswith(noted) and step not in rows[key]
    ] == []
    asks = ("Brief klaarzetten", "Herinnering klaarzetten", "Tweede herinnering klaarzetten", "Adres aanvullen")
    assert [key for key, step in rows.items() if step.startswith(asks) and key not in round_] == []
    assert not offered & set(round_)


def test_a_line_shows_and_filters_on_what_identifies_a_supplier(register: Register) -> None:
    supplier = Supplier(
        id="s", name="Van den Bergh Café", trade_names=("De Dalbouwers",), kvk="01234567", own_number="C-12",
        category="Onderhoud", is_key_partner=True, postal=ADDRESS, phone="+31 475 38 12 40", phones=("06-12345678",),
    )  # fmt: skip
    record.add(register, supplier)
    (row,) = list_suppliers(register, on=TODAY)
    assert (row.city, row.own_number, row.category, row.is_key_partner) == ("Roermond", "C-12", "Onderhoud", True)
    assert row.sort_name == "bergh cafe, van den"
    assert row.text == (
        "van den bergh cafe de dalbouwers roermond 6041 ab 6041ab 01234567 c-12 onderhoud 0475381240 0612345678"
    )


def test_lines_are_sorted_as_dutch_lists_are_and_leave_out_who_ended(register: Register) -> None:
    names = ("Van den Berg", "Adams", "De Zon", "Caspers", "Weg")
    record.add(register, *(Supplier(id=name, name=name) for name in names))
    record.end(register, register.suppliers.get("Weg"))
    assert [row.name for row in list_suppliers(register, on=TODAY)] == ["Adams", "Van den Berg", "Caspers", "De Zon"]
    assert judge_one(register, "Weg", on=TODAY) is None
    assert judge_one(register, "nooit geweest", on=TODAY) is None


def test_listing_stops_when_it_is_cancelled(register: Register) -> None:
    with pytest.raises(Cancelled):
        list_suppliers(register, on=TODAY, progress=StopAfter(0))


def test_one_line_alone_is_the_line_of_the_list_for_every_supplier_of_the_example(tmp_path: Path) -> None:
    example = bootstrap.make_example(tmp_path / "voorbeeld.tredewijzer", today=TODAY)
    try:
        rows, work = judge_everyone(example, on=TODAY)
        lines = [judge_one(example, row.supplier_id, on=TODAY) for row in rows]
        assert [line and line.row for line in lines] == rows
        assert {item for line in lines if line for item in line.work} == {item for item in work if item.supplier_id}
        assert {row.supplier_id for row in rows} == {supplier.id for supplier in example.suppliers.list_all()}
        assert {row.next_step.split(" ")[0] for row in rows} == {
            "", "Opvolgen:", "Toezegging", "Bellen:", "Reactie", "Herinnering", "Tweede", "Adres", "Brief", "Nieuw",
            "Bedrag", "Certificaat", "Uitstel", "Vrijgesteld", "Opnieuw", "Weggezet", "Ontvangen", "Antwoord",
        }  # fmt: skip
    finally:
        example.close()
