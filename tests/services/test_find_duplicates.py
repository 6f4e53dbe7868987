"""Duplicates in the register are found by what they share; what somebody said to be two is not asked again."""

from dataclasses import replace

import pytest

from app.base.errors import Cancelled
from app.base.progress import StopAfter
from app.domain.supplier import Supplier
from app.services import Register, undo
from app.services.find_duplicates import compare, find_duplicates
from app.services.merge_suppliers import mark_not_the_same
from app.services.show_supplier import show_supplier
from tests.services.conftest import TODAY
from tests.services.test_merge_suppliers import AELEN, ROERMOND, merge, whole


def pairs(register: Register) -> list[tuple[str, str]]:
    return [pair.key for pair in find_duplicates(register)]


def test_duplicates_are_found_by_what_they_share_the_most_alike_in_front(register: Register) -> None:
    shared = {
        "number": replace(AELEN, name="Heel anders", own_number="9", phone="", trade_names=()),
        "typo": replace(AELEN, name="Gebroeders Alen", kvk="", own_number="", phone="", trade_names=()),
        "phone": Supplier(id="", name="Aelen Bouw", phone="+31 475 381240"),
        "holding": replace(AELEN, name="Aelen Holding", kvk="12345679", own_number="", trade_names=()),
        "elsewhere": Supplier(id="", name="Gebr. Aelen"),
        "nobody": Supplier(id="", name="Cox Groen", visiting=replace(ROERMOND, postcode="6041 ZZ")),
        "ended": replace(AELEN, archived_at=register.clock.now()),
    }
    with register.operation("edit", "leveranciers"):
        register.suppliers.add_all([AELEN, *(replace(one, id=key) for key, one in shared.items())])
    found = {(pair.key, pair.first.id): pair.likeness.score for pair in find_duplicates(register)}
    assert [*found.values()] == sorted(found.values(), reverse=True)
    of_aelen = {key: pair for pair, key in ((pair, (set(pair[0]) - {"a"}).pop()) for pair in found if "a" in pair[0])}
    assert of_aelen.keys() == {"number", "typo", "phone", "elsewhere"}
    assert {first for _, first in of_aelen.values()} == {"a"}, "of whom most is known stands in front"


def test_a_number_that_everybody_has_makes_no_pairs_of_everybody(register: Register) -> None:
    with register.operation("edit", "leveranciers"):
        register.suppliers.add_all(
            Supplier(id=f"{n:03d}", name=f"Firma {n} Bouw", phone="0475-381240", visiting=ROERMOND) for n in range(200)
        )
    assert find_duplicates(register) == ()


def test_a_search_that_is_stopped_stops(register: Register) -> None:
    with pytest.raises(Cancelled):
        find_duplicates(register, progress=StopAfter(0))


def test_any_two_can_be_compared(register: Register) -> None:
    with register.operation("edit", "leveranciers"):
        register.suppliers.add_all([AELEN, Supplier(id="x", name="Cox Groen")])
    pair = compare(register, "x", "a")
    assert (pair.first.id, pair.likeness.is_likely, pair.likeness.reasons_against) == ("a", False, ("andere naam",))


def test_who_says_that_these_are_two_is_not_asked_again(register: Register) -> None:
    with register.operation("edit", "leveranciers"):
        register.suppliers.add_all(Supplier(id=key, name="Aelen", visiting=ROERMOND) for key in "abc")
    assert pairs(register) == [("a", "b"), ("a", "c"), ("b", "c")]
    mark_not_the_same(register, "c", "a")
    mark_not_the_same(register, "a", "c")
    assert pairs(register) == [("a", "b"), ("b", "c")]
    last = register.history.last()
    assert last and last.label == "Twee bedrijven: Aelen en Aelen"
    assert next(operation.id for operation, _ in show_supplier(register, "a", on=TODAY).history) == last.id
    before = whole(register)
    merge(register, "b", "c")
    assert pairs(register) == [], "who is not the one is not the other either"
    undo.undo_last(register)
    assert whole(register) == before
    merge(register, "a", "c")
    assert register.not_the_same.list_all() == (), "who merges them after all knows better"
    undo.undo_last(register)
    undo.undo_last(register)
    assert pairs(register) == [("a", "b"), ("a", "c"), ("b", "c")]
