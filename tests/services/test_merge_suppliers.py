"""Two suppliers become one, whole and undoable; nothing that was said to either is lost."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import bootstrap
from app.base.clock import SetClock
from app.base.errors import AppError
from app.domain.certificate import Certificate, Level, Verification
from app.domain.contract import AmountKind, Contract, PsoBasis, YearAmount
from app.domain.journal import CallNote, FollowUp, Promise
from app.domain.policy import Exemption, Postponement
from app.domain.supplier import Address, Contact, Language, Member, Supplier, SupplierKind
from app.services import Register, record, undo
from app.services.look_up import look_up
from app.services.merge_fields import field_choices, merged
from app.services.merge_suppliers import (
    MergePlan,
    OutdatedMergeError,
    Side,
    merge_suppliers,
    plan_merge,
)
from app.services.show_supplier import show_supplier
from tests.services.conftest import TODAY
from tests.storage.test_changes import dump
from tests.storing import store
from tests.strategies import cases

ROERMOND = Address(street="Dijk", house_number="1", postcode="6041 AB", city="Roermond")
AELEN = Supplier(id="a", name="Gebroeders Aelen B.V.", kvk="12345678", own_number="401", phone="0475-381240",
                 visiting=ROERMOND, trade_names=("Aelen Bouw",))  # fmt: skip
TWIN = Supplier(id="b", name="Aelen Bouwbedrijf", kvk="87654321", own_number="402", phone="0475-381299",
                email="info@aelen.example", former_names=("Aelen & Zn",))  # fmt: skip


@pytest.fixture
def twins(register: Register) -> Register:
    """A register with one supplier twice."""
    with register.operation("edit", "leveranciers"):
        register.suppliers.add_all([AELEN, TWIN, Supplier(id="c", name="Cox Groen", kvk="11111111")])
    return register


def merge(register: Register, kept: str = "a", gone: str = "b", chosen: Mapping[str, Side] | None = None) -> MergePlan:
    plan = plan_merge(register, kept, gone)
    merge_suppliers(register, plan, chosen or {})
    return plan


def add(register: Register, *records: record.Record) -> None:
    record.add(register, *records, label="erbij")


def whole(register: Register) -> dict[str, Any]:
    """Everything in the register, checked to be sound."""
    assert register.integrity_problems() == ()
    assert register.unlogged_tables() == ()
    assert register.look_up.differences() == 0
    return dump(register)


def found(register: Register, text: str) -> list[str]:
    return [hit.match.supplier_id for hit in look_up(register, text, on=TODAY)]


def everything_of(key: str, owner: str) -> tuple[record.Record, ...]:
    day = date(2026, 11, 2)
    return (
        Contact(id=f"p{key}", supplier_id=owner, surname=f"Vrancken {key}", is_primary=True),
        Contract(id=f"k{key}", supplier_id=owner, number=f"RC-{key}", starts_on=date(2026, 1, 1)),
        YearAmount(id=f"y{key}", supplier_id=owner, contract_id=f"k{key}", year=2026, kind=AmountKind.AGREED,
                   cents=100),
        YearAmount(id=f"z{key}", supplier_id=owner, year=2025, kind=AmountKind.INVOICED, cents=int(f"1{key}000")),
        Certificate(id=f"c{key}", supplier_id=owner, level=Level.TREDE2, number=f"PSO-{key}", valid_from=day,
                    valid_to=date(2028, 11, 1)),
        Verification(id=f"v{key}", certificate_id=f"c{key}", checked_on=day, checked_by="a", method="kopie"),
        Exemption(id=f"e{key}", supplier_id=owner, reason="r", approver="a", from_on=day, to_on=day),
        Postponement(id=f"u{key}", supplier_id=owner, reason="r", approver="a", from_on=day, to_on=day),
        Promise(id=f"t{key}", supplier_id=owner, due_on=day, what="audit", by="a"),
        FollowUp(id=f"f{key}", supplier_id=owner, due_on=day, what="bellen", by="a"),
        CallNote(id=f"n{key}", supplier_id=owner, started_at=datetime(2026, 11, 2, 9, tzinfo=UTC), text="Audit",
                 by="a"),
    )  # fmt: skip


def test_everything_of_both_is_with_the_one_that_is_kept_and_one_undo_brings_both_back(twins: Register) -> None:
    add(twins, *everything_of("1", "a"))
    add(twins, *everything_of("2", "b"))
    before = whole(twins)
    plan = merge(twins, chosen={"z1": Side.BOTH})
    assert plan.moves == (
        "1 contactpersoon", "1 contract", "2 bedragen", "1 certificaat", "1 vrijstelling", "1 uitstel",
        "1 toezegging", "1 taak", "1 gesprek",
    )  # fmt: skip
    dossier = show_supplier(twins, "a", on=TODAY)
    for name in ("contacts", "contracts", "certificates", "verifications", "exemptions", "postponements", "promises",
                 "follow_ups", "call_notes"):  # fmt: skip
        assert len(getattr(dossier, name)) == 2, name
    assert [contact.is_primary for contact in sorted(dossier.contacts, key=lambda one: one.id)] == [True, False]
    assert sorted((amount.year, amount.cents) for amount in dossier.amounts) == [
        (2025, 23000),
        (2026, 100),
        (2026, 100),
    ]
    assert twins.suppliers.get("b").merged_into == "a"
    assert [supplier.id for supplier in twins.suppliers.list_all()] == ["a", "c"]
    after = whole(twins)
    last = twins.history.last()
    assert last and last.label == "Samengevoegd: Aelen Bouwbedrijf met Gebroeders Aelen B.V."
    assert undo.undo_last(twins).kept == ()
    assert whole(twins) == before
    undo.redo_last(twins)
    assert whole(twins) == after


def test_what_is_not_chosen_stays_where_it_is_found(twins: Register) -> None:
    merge(twins, chosen={"name": Side.GONE, "kvk": Side.GONE, "phone": Side.KEPT})
    survivor = twins.suppliers.get("a")
    assert (survivor.name, survivor.kvk, survivor.phone, survivor.email) == (
        "Aelen Bouwbedrijf", "87654321", "0475-381240", "info@aelen.example",
    )  # fmt: skip
    assert survivor.trade_names == ("Aelen Bouw",)
    assert survivor.former_names == ("Gebroeders Aelen B.V.", "Aelen & Zn")
    assert (survivor.former_kvk, survivor.phones) == (("12345678",), ("0475-381299",))
    assert survivor.visiting == ROERMOND
    for text in ("gebroeders aelen", "12345678", "87654321", "0475381299", "402", "401", "info@aelen.example"):
        assert found(twins, text) == ["a"], text


def test_the_name_of_a_firm_of_another_legal_form_is_kept() -> None:
    kept, gone = Supplier(id="a", name="Aelen Bouw B.V."), Supplier(id="b", name="Stichting Aelen Bouw")
    assert merged(kept, gone, {}).former_names == ("Stichting Aelen Bouw",)
    assert merged(kept, replace(gone, name="Aelen Bouw bv"), {}).former_names == ()


def test_every_difference_is_a_choice_and_what_only_one_of_them_has_is_proposed() -> None:
    kept = Supplier(id="a", name="Aelen", phone="0475-381240", note="Eerst bellen", kvk="12345678")
    gone = Supplier(id="b", name="Aelen", phone="+31475381240", note="Levert laat", email="info@aelen.example",
                    kind=SupplierKind.SOLE_TRADER, is_key_partner=True, language=Language.ENGLISH)  # fmt: skip
    choices, same = field_choices(kept, gone)
    assert same == ("Naam", "Telefoon")
    assert [(choice.label, choice.kept, choice.gone, choice.proposal, choice.is_conflict) for choice in choices] == [
        ("Soort", "bedrijf", "zzp", Side.GONE, True),
        ("KvK-nummer", "12345678", "", Side.KEPT, False),
        ("Ketenpartner", "nee", "ja", Side.GONE, True),
        ("E-mail", "", "info@aelen.example", Side.GONE, False),
        ("Taal van de brieven", "", "Engels", Side.GONE, False),
        ("Notitie", "Eerst bellen", "Levert laat", Side.BOTH, True),
    ]


def test_no_field_of_a_supplier_is_forgotten() -> None:
    values: dict[str, Any] = {
        "kind": SupplierKind.SOLE_TRADER, "is_key_partner": True, "language": Language.ENGLISH, "visiting": ROERMOND,
        "postal": replace(ROERMOND, street="Postbus"), "archived_at": None,
    }  # fmt: skip
    lists = {item.name for item in fields(Supplier) if str(item.type).startswith("tuple")}
    other = Supplier(**{  # type: ignore[arg-type]
        item.name: values.get(item.name, ("1",) if item.name in lists else None if item.name == "merged_into" else "2")
        for item in fields(Supplier)
    })  # fmt: skip
    asked = {choice.key for choice in field_choices(Supplier(id="a", name="Aelen"), other)[0]}
    assert asked | lists == {item.name for item in fields(Supplier)} - {"id", "merged_into", "archived_at"}


def amounts(register: Register) -> list[tuple[int, str]]:
    return sorted((amount.cents, amount.source) for amount in show_supplier(register, "a", on=TODAY).amounts)


@pytest.mark.parametrize(
    ("theirs", "proposal", "side", "expected"),
    [
        (300, Side.BOTH, Side.BOTH, [(500, "jan.csv + feb.csv")]),
        (200, Side.KEPT, Side.KEPT, [(200, "jan.csv")]),
        (200, Side.KEPT, Side.BOTH, [(400, "jan.csv + feb.csv")]),
        (300, Side.BOTH, Side.KEPT, [(200, "jan.csv")]),
        (300, Side.BOTH, Side.GONE, [(300, "feb.csv")]),
    ],
)
def test_two_figures_for_the_same_are_asked_about(
    twins: Register, theirs: int, proposal: Side, side: Side, expected: list[tuple[int, str]]
) -> None:
    for owner, cents, source in (("a", 200, "jan.csv"), ("b", theirs, "feb.csv")):
        add(twins, YearAmount(id=f"y{owner}", supplier_id=owner, year=2026, kind=AmountKind.AGREED, cents=cents,
                              source=source))  # fmt: skip
    before = whole(twins)
    (choice,) = [one for one in plan_merge(twins, "a", "b").choices if one.key == "amount:ya"]
    assert (choice.label, choice.proposal) == ("Opdrachten 2026 afgesproken", proposal)
    merge(twins, chosen={"amount:ya": side})
    assert amounts(twins) == expected
    undo.undo_last(twins)
    assert whole(twins) == before


def test_an_import_that_is_taken_back_after_a_merge_names_the_figure_that_is_in_the_sum(twins: Register) -> None:
    for owner, cents in (("a", 200), ("b", 300)):
        add(twins, YearAmount(id=f"y{owner}", supplier_id=owner, year=2026, kind=AmountKind.AGREED, cents=cents))
    record.save(twins, replace(twins.amounts.get("yb"), cents=500))
    imported = twins.history.last()
    merge(twins)
    assert imported and amounts(twins) == [(700, "")]
    assert [one.what for one in undo.undo_operation(twins, imported.id).kept] == ["Opdrachten 2026 afgesproken: Bedrag"]
    assert amounts(twins) == [(700, "")]


def test_contracts_of_one_number_become_one_with_the_figures_of_both(twins: Register) -> None:
    add(twins, Contract(id="ka", supplier_id="a", number="RC-14", title="Daken", total_cents=100))
    add(twins, Contract(id="kb", supplier_id="b", number="rc-14 ", starts_on=date(2026, 1, 1),
                        total_cents=300, pso_basis=PsoBasis.CONTRACT))  # fmt: skip
    for key, owner, year in (("1", "a", 2025), ("2", "b", 2025), ("3", "b", 2026)):
        add(twins, YearAmount(id=f"y{key}", supplier_id=owner, contract_id=f"k{owner}", year=year,
                              kind=AmountKind.AGREED, cents=int(key)))  # fmt: skip
    before = whole(twins)
    plan = plan_merge(twins, "a", "b")
    (contract,) = [choice for choice in plan.choices if choice.key == "contract:ka"]
    assert (contract.label, contract.is_conflict) == ("Contract RC-14", True)
    merge_suppliers(twins, plan, {"contract:ka": Side.GONE})
    dossier = show_supplier(twins, "a", on=TODAY)
    (joined,) = dossier.contracts
    assert (joined.id, joined.title, joined.total_cents, joined.starts_on) == ("ka", "Daken", 300, date(2026, 1, 1))
    assert joined.pso_basis is PsoBasis.CONTRACT
    assert sorted((one.contract_id, one.year, one.cents) for one in dossier.amounts) == [
        ("ka", 2025, 3),
        ("ka", 2026, 3),
    ]
    whole(twins)
    undo.undo_last(twins)
    assert whole(twins) == before


def test_the_same_person_and_the_same_certificate_are_there_once(twins: Register) -> None:
    for owner, number, issuer in (("a", "", ""), ("b", "PSO-7", "PSO-Nederland")):
        add(twins, Contact(id=f"p{owner}", supplier_id=owner, surname="Vrancken", email="v@aelen.example"))
        add(twins, Certificate(id=f"c{owner}", supplier_id=owner, level=Level.TREDE1, valid_from=date(2026, 1, 1),
                               valid_to=date(2027, 12, 31), number=number, issuer=issuer,
                               note=f"Gezien door {owner}."))  # fmt: skip
    add(twins, Verification(id="v", certificate_id="cb", checked_on=TODAY, checked_by="a", method="kopie"))
    before = whole(twins)
    merge(twins)
    dossier = show_supplier(twins, "a", on=TODAY)
    assert [contact.id for contact in dossier.contacts] == ["pa"]
    (certificate,) = dossier.certificates
    assert (certificate.id, certificate.number, certificate.is_verified) == ("ca", "PSO-7", True)
    assert (certificate.issuer, certificate.note) == ("PSO-Nederland", "Gezien door a.\nGezien door b.")
    undo.undo_last(twins)
    assert whole(twins) == before


def test_a_firm_is_a_member_once_and_never_of_itself(twins: Register) -> None:
    with twins.operation("edit", "combinaties"):
        twins.suppliers.add_all(Supplier(id=key, name=key, kind=SupplierKind.COMBINATION) for key in ("x", "y"))
        twins.members.add_all([
            Member(id="1", combination_id="x", member_id="a"),
            Member(id="2", combination_id="x", member_id="b", is_lead=True),
            Member(id="3", combination_id="y", member_id="b"), Member(id="4", combination_id="y", member_id="c"),
            Member(id="5", combination_id="x", member_id="c"),
        ])  # fmt: skip
    before = whole(twins)
    merge(twins)
    assert [(m.combination_id, m.member_id, m.is_lead) for m in twins.members.list_all()] == [
        ("x", "a", True), ("y", "a", False), ("y", "c", False), ("x", "c", False)
    ]  # fmt: skip
    merge(twins, "x", "y")
    assert [(m.combination_id, m.member_id) for m in twins.members.list_all()] == [("x", "a"), ("x", "c")]
    merge(twins, "x", "a")
    assert [(m.combination_id, m.member_id) for m in twins.members.list_all()] == [("x", "c")]
    whole(twins)
    for _ in range(3):
        undo.undo_last(twins)
    assert whole(twins) == before


def test_what_was_changed_after_a_merge_stays_and_is_named_when_it_is_taken_back(twins: Register) -> None:
    add(twins, *everything_of("2", "b"))
    merge(twins)
    made = twins.history.last()
    assert made
    record.save(twins, replace(twins.suppliers.get("a"), email="nieuw@aelen.example"))
    record.save(twins, replace(twins.contacts.get("p2"), phone="06-12345678"))
    add(twins, YearAmount(id="later", supplier_id="a", contract_id="k2", year=2027, kind=AmountKind.AGREED, cents=7))
    kept = undo.undo_operation(twins, made.id).kept
    assert [(one.supplier_id, one.what) for one in kept] == [("a", "E-mail")]
    assert twins.suppliers.get("a").email == "nieuw@aelen.example"
    assert twins.suppliers.get("a").kvk == AELEN.kvk
    contact = twins.contacts.get("p2")
    assert (contact.supplier_id, contact.phone) == ("b", "06-12345678")
    assert twins.amounts.get("later").supplier_id == "b", "a figure goes with its contract"
    whole(twins)


def test_merges_are_taken_back_in_the_order_of_their_making(twins: Register) -> None:
    before = whole(twins)
    merge(twins, "a", "b")
    first = twins.history.last()
    merge(twins, "c", "a")
    assert first and twins.suppliers.get("b").merged_into == "c"
    after = whole(twins)
    assert found(twins, "402") == ["c"]
    with pytest.raises(AppError, match="is later nog eens samengevoegd"):
        undo.undo_operation(twins, first.id)
    assert whole(twins) == after
    undo.undo_last(twins)
    undo.undo_last(twins)
    assert whole(twins) == before


def test_what_cannot_be_merged_is_refused_and_nothing_is_written(twins: Register) -> None:
    before = whole(twins)
    with pytest.raises(AppError, match="één leverancier"):
        plan_merge(twins, "a", "a")
    plan = plan_merge(twins, "a", "b")
    record.save(twins, replace(TWIN, phone="077-1"))
    with pytest.raises(OutdatedMergeError):
        merge_suppliers(twins, plan, {})
    undo.undo_last(twins)
    assert whole(twins) == before
    merge(twins)
    with pytest.raises(AppError, match="is beëindigd"):
        plan_merge(twins, "a", "b")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(case=cases(), data=st.data())
def test_any_two_suppliers_can_be_merged_and_parted_again(tmp_path: Path, case: Any, data: st.DataObject) -> None:
    path = tmp_path / "proef.tredewijzer"
    path.unlink(missing_ok=True)
    register = bootstrap.make_register(path, clock=SetClock.at(TODAY))
    try:
        with register.operation("test", "alles"):
            store(register, case.register)
            if len(case.register.suppliers) < 2:
                register.suppliers.add_all(replace(AELEN, id=f"extra {n}") for n in range(2))
        before, states = dump(register), []
        for _ in range(data.draw(st.integers(1, 3))):
            ids = [supplier.id for supplier in register.suppliers.list_all()]
            if len(ids) < 2:
                break
            kept, gone = data.draw(st.permutations(ids).map(lambda order: order[:2]))
            plan = plan_merge(register, kept, gone)
            chosen = {choice.key: data.draw(st.sampled_from([*choice.options])) for choice in plan.choices}
            states.append(dump(register))
            merge_suppliers(register, plan, chosen)
            whole(register)
        for state in reversed(states):
            assert undo.undo_last(register).kept == ()
            assert dump(register) == state
        assert whole(register) == before
    finally:
        register.close()
