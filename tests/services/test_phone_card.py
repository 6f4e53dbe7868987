"""One supplier at a glance: the newest of everything, and what the verdict rests on."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.domain.certificate import Certificate, Level
from app.domain.contract import AmountKind, Contract, YearAmount
from app.domain.journal import CallNote, FollowUp, Promise
from app.domain.policy import Exemption, Postponement
from app.domain.supplier import Address, Contact, Member, Supplier, SupplierKind
from app.domain.verdict import Status
from app.services import Register, record
from app.services.judge_suppliers import judge_supplier
from app.services.ladder import ladder
from app.services.list_respites import list_respites
from app.services.look_up import find_matches, list_matches, look_up
from app.services.phone_card import last_day, phone_card
from app.services.plan_letters import plan_letters
from app.services.write_letters import write_letters

TODAY = date(2026, 11, 23)
MAASDAL = Supplier(id="maasdal", name="Bouw Maasdal", kvk="01234567", phone="0475-38 12 40", phones=("06-12 34 56 78",))


def amount(key: str, kind: AmountKind, euros: int, as_of: date) -> YearAmount:
    return YearAmount(
        id=key, supplier_id="maasdal", year=2026, kind=kind, cents=euros * 100, source=f"{key}.xlsx", as_of=as_of
    )


def call(key: str, hour: int) -> CallNote:
    return CallNote(
        id=key, supplier_id="maasdal", started_at=datetime(2026, 11, 23, hour, tzinfo=UTC), text=key, by="a"
    )


def test_the_card_shows_the_newest_and_what_the_verdict_rests_on(register: Register) -> None:
    record.add(
        register,
        MAASDAL,
        Contact(id="a", supplier_id="maasdal", surname="Schijn"),
        Contact(id="b", supplier_id="maasdal", surname="Proefven", is_primary=True),
        amount("opdrachten", AmountKind.AGREED, 412_500, date(2026, 1, 5)),
        amount("facturen", AmountKind.INVOICED, 100_000, date(2026, 11, 1)),
        call("eerste", 8),
        call("laatste", 9),
    )
    card = phone_card(register, "maasdal", on=TODAY)
    assert card.judged == judge_supplier(register, "maasdal", on=TODAY)
    assert card.ladder == ladder(register, "maasdal", on=TODAY)
    assert card.rule and card.rule.code == "trede2-2022"
    assert card.figure and card.figure.source == "opdrachten.xlsx"
    assert card.contact and card.contact.surname == "Proefven"
    assert card.call and card.call.text == "laatste"
    assert card.letter is None
    assert card.spoken.startswith("Wij hebben van u geen geldig PSO-certificaat.")


def test_the_promise_that_runs_is_spoken_of_else_the_one_that_came_due_last(register: Register) -> None:
    def promise(key: str, due_on: date, settled_at: datetime | None = None) -> Promise:
        return Promise(id=key, supplier_id="maasdal", due_on=due_on, what=key, by="a", settled_at=settled_at)

    record.add(
        register,
        MAASDAL,
        amount("opdrachten", AmountKind.AGREED, 412_500, date(2026, 1, 5)),
        promise("lang geleden", date(2026, 1, 1)),
        promise("laatst", date(2026, 11, 22)),
        promise("klaar", date(2026, 12, 1), datetime(2026, 11, 1, tzinfo=UTC)),
    )
    assert phone_card(register, "maasdal", on=TODAY).spoken.endswith("zou doen: laatst?")
    record.add(register, promise("later", date(2027, 5, 12)), promise("eerst", date(2027, 3, 1)))
    assert phone_card(register, "maasdal", on=TODAY).spoken.endswith("heeft toegezegd: eerst.")


def test_a_letter_is_to_be_answered_as_long_as_something_is_asked_and_for_a_year(register: Register) -> None:
    address = Address(street="Dijk", house_number="1", postcode="6041 AB", city="Roermond")
    record.add(
        register,
        replace(MAASDAL, visiting=address),
        amount("opdrachten", AmountKind.AGREED, 412_500, date(2026, 1, 5)),
        replace(amount("later", AmountKind.AGREED, 412_500, date(2026, 1, 5)), year=2027),
    )
    write_letters(register, plan_letters(register, on=TODAY).proposals, on=TODAY, folder=None)

    def awaits(on: date) -> bool:
        return phone_card(register, "maasdal", on=on).awaits_answer

    assert [awaits(on) for on in (TODAY, date(2027, 11, 23), date(2027, 11, 24))] == [True, True, False]
    assert "kenmerk PSO-2026-0001" in phone_card(register, "maasdal", on=TODAY).spoken
    respite = Exemption(
        id="v", supplier_id="maasdal", reason="overheid", approver="teamleider", from_on=TODAY, to_on=date(2027, 12, 31)
    )
    record.add(register, respite)
    assert [awaits(on) for on in (TODAY, date(2027, 2, 1))] == [True, False]


def test_a_combination_shows_what_each_member_holds(register: Register) -> None:
    valid = {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 12, 31), "covered_kvk": ("01234567",)}
    record.add(
        register,
        MAASDAL,
        Supplier(id="samen", name="Combinatie Proef", kind=SupplierKind.COMBINATION),
        Supplier(id="zonder", name="Zonder Papier"),
        Member(id="m1", combination_id="samen", member_id="maasdal", is_lead=True),
        Member(id="m2", combination_id="samen", member_id="zonder"),
        Certificate(id="c", level=Level.TREDE2, supplier_id="maasdal", **valid),  # type: ignore[arg-type]
    )
    assert set(phone_card(register, "samen", on=TODAY).members) == {
        ("Bouw Maasdal", Level.TREDE2),
        ("Zonder Papier", None),
    }


def test_the_card_lists_who_works_there_what_is_ordered_and_what_still_runs(register: Register) -> None:
    who, long_ago = "maasdal", datetime(2026, 11, 1, tzinfo=UTC)
    rest = {"supplier_id": who, "reason": "audit gepland", "approver": "teamleider", "from_on": date(2026, 1, 1)}
    record.add(
        register,
        MAASDAL,
        Contact(id="a", supplier_id=who, surname="Schijn"),
        Contact(id="b", supplier_id=who, surname="Proefven", is_primary=True),
        Contract(id="klein", supplier_id=who, title="Klein"),
        Contract(id="groot", supplier_id=who, title="Groot", ends_on=date(2026, 1, 31)),
        Contract(id="oud", supplier_id=who, title="Oud", ends_on=date(2025, 12, 31)),
        replace(amount("x", AmountKind.AGREED, 90_000, TODAY), contract_id="groot"),
        Postponement(id="loopt", to_on=date(2027, 2, 1), **rest),  # type: ignore[arg-type]
        Exemption(id="voorbij", to_on=date(2026, 11, 22), **rest),  # type: ignore[arg-type]
        Promise(id="open", supplier_id=who, due_on=date(2027, 1, 11), what="plan", by="a"),
        FollowUp(id="klaar", supplier_id=who, due_on=TODAY, what="bellen", by="a", done_at=long_ago),
    )
    card = phone_card(register, who, on=TODAY)
    assert [person.surname for person in card.contacts] == ["Proefven", "Schijn"]
    assert [(contract.title, cents) for contract, cents in card.orders] == [("Groot", 9_000_000), ("Klein", None)]
    assert [(agreed.id, last_day(agreed)) for agreed in card.agreements] == [
        ("open", date(2027, 1, 11)),
        ("loopt", date(2027, 2, 1)),
    ]


def test_a_match_says_where_it_fits_as_it_is_written(register: Register) -> None:
    record.add(
        register, MAASDAL, Contact(id="a", supplier_id="maasdal", initials="K.", infix="van", surname="Proefven")
    )
    matches = [find_matches(register, text).shown[0] for text in ("maas", "061234", "proefv", "012345")]
    assert [(match.matched, match.matched_text) for match in matches] == [
        ("naam", "Bouw Maasdal"),
        ("telefoon", "06-12 34 56 78"),
        ("contactpersoon", "K. van Proefven"),
        ("KvK", "01234567"),
    ]
    (hit,) = look_up(register, "maas", on=TODAY)
    assert (hit.status, hit.match.matched_text) == (Status.UNKNOWN, "Bouw Maasdal")


def test_suppliers_that_ended_are_left_out_of_those_asked_for_by_key(register: Register) -> None:
    other = replace(MAASDAL, id="ander", name="Ander")
    record.add(register, MAASDAL, other)
    assert [match.name for match in list_matches(register, ["ander", "weg", "maasdal"])] == ["Ander", "Bouw Maasdal"]
    record.end(register, other)
    assert [match.name for match in list_matches(register, ["ander", "maasdal"])] == ["Bouw Maasdal"]


def test_respites_that_run_or_come_are_listed_by_their_end(register: Register) -> None:
    ended = replace(MAASDAL, id="ander", name="Ander")
    rest = {"reason": "anders", "approver": "teamleider"}
    dates = {"from_on": date(2026, 1, 1), "to_on": TODAY}
    record.add(
        register,
        MAASDAL,
        ended,
        Postponement(id="nu", supplier_id="maasdal", **rest, **dates),  # type: ignore[arg-type]
        Exemption(id="straks", supplier_id="maasdal", **rest, from_on=date(2027, 1, 1), to_on=date(2027, 2, 1)),
        Exemption(id="voorbij", supplier_id="maasdal", **rest, from_on=date(2026, 1, 1), to_on=date(2026, 11, 22)),
        Exemption(id="weg", supplier_id="ander", **rest, **dates),  # type: ignore[arg-type]
    )
    record.end(register, ended)
    found = list_respites(register, on=TODAY)
    assert [(item.name, item.respite.id, item.is_exemption) for item in found] == [
        ("Bouw Maasdal", "nu", False),
        ("Bouw Maasdal", "straks", True),
    ]
