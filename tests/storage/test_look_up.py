"""Half a name, a number in any notation: the supplier is found."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.contract import Contract
from app.domain.supplier import Address, Contact, Supplier
from app.storage.register import Register

MAASDAL = Supplier(
    id="maasdal",
    name="Bouwbedrijf Café Maasdal B.V.",
    trade_names=("De Dalbouwers",),
    kvk="01234567",
    former_kvk=("07654321",),
    own_number="40012",
    visiting=Address(street="Industrieweg", house_number="12", postcode="6041 AB", city="Roermond"),
    phone="0475-38 12 40",
    phones=("06-12 34 56 78",),
)
TIENBUNDER = Supplier(
    id="tienbunder",
    name="Dakwerken Tienbunder",
    kvk="01234999",
    visiting=Address(street="Nokweg", house_number="7a", postcode="6101 XZ", city="Echt"),
    phone="+31 475 90 15 00",
)
CONTACT = Contact(id="p1", supplier_id="tienbunder", initials="K.", infix="van de", surname="Proefven")


@pytest.fixture
def filled(register: Register) -> Register:
    with register.operation("edit", "vulling"):
        register.suppliers.add_all([MAASDAL, TIENBUNDER])
        register.contacts.add(CONTACT)
        register.contracts.add(Contract(id="k1", supplier_id="tienbunder", number="RC-2026/14", title="Daken"))
    return register


def found(register: Register, text: str) -> list[tuple[str, str]]:
    return [(hit.supplier_id, hit.field) for hit in register.look_up.search(text, 10)]


@pytest.mark.parametrize(
    ("text", "supplier", "field"),
    [
        ("bouwb", "maasdal", "name"),
        ("MAASDAL bv", "maasdal", "name"),
        ("maasdal bouwbedrijf", "maasdal", "name"),
        ("cafe", "maasdal", "name"),
        ("dalbouwers", "maasdal", "other_names"),
        ("asda", "maasdal", "name"),
        ("roerm", "maasdal", "place"),
        ("6041 ab", "maasdal", "place"),
        ("01234567", "maasdal", "number"),
        ("07654321", "maasdal", "number"),
        ("40012", "maasdal", "number"),
        ("0475-381240", "maasdal", "phone"),
        ("+31 475 38 12 40", "maasdal", "phone"),
        ("0031475381240", "maasdal", "phone"),
        ("+31 (0)475 38 12 40", "maasdal", "phone"),
        ("381240", "maasdal", "phone"),
        ("31475381240", "maasdal", "phone"),
        ("tel:+31475381240", "maasdal", "phone"),
        ("T: 0475 38 12 40", "maasdal", "phone"),
        ("0612345678", "maasdal", "phone"),
        ("0475 901500", "tienbunder", "phone"),
        ("van de proefven", "tienbunder", "contact"),
        ("Proefven", "tienbunder", "contact"),
        ("rc-2026/14", "tienbunder", "number"),
        ("dakwerken echt", "tienbunder", "name"),
    ],
)
def test_it_finds(filled: Register, text: str, supplier: str, field: str) -> None:
    assert found(filled, text)[0] == (supplier, field)


@pytest.mark.parametrize("text", ["", "   ", "\x00", '"', "*", "-", "NEAR(", "'; DROP TABLE supplier; --", "zzz", "€"])
def test_nothing_and_nonsense_find_nothing(filled: Register, text: str) -> None:
    assert found(filled, text) == []


def test_the_beginning_of_a_name_comes_before_a_word_inside_it(filled: Register) -> None:
    with filled.operation("edit", "erbij"):
        filled.suppliers.add(Supplier(id="x", name="Echter Dakwerken"))
    assert [key for key, _ in found(filled, "dakw")] == ["tienbunder", "x"]


def test_the_index_follows_every_change_and_its_undo(filled: Register) -> None:
    with filled.operation("edit", "andere naam"):
        filled.suppliers.save(replace(MAASDAL, name="Aannemer Zonnehof"))
        filled.contacts.archive("p1", "2026-11-23T08:00:00Z")
    assert found(filled, "cafe") == []
    assert found(filled, "proefven") == []
    assert found(filled, "zonneh") == [("maasdal", "name")]
    last = filled.history.last()
    assert last
    filled.undo(last)
    assert found(filled, "cafe") == [("maasdal", "name")]
    with filled.operation("edit", "weg"):
        filled.suppliers.archive("maasdal", f"{date(2026, 11, 23).isoformat()}T08:00:00Z")
    assert found(filled, "cafe") == []
    assert filled.look_up.differences() == 0


def test_an_index_that_is_out_of_step_is_noticed(filled: Register) -> None:
    filled._db.execute("UPDATE look_up_word SET name = 'iets anders' WHERE name GLOB 'dakwerken*'")
    assert filled.look_up.differences() == 1
    filled._db.execute("DELETE FROM look_up_part")
    assert filled.look_up.differences() == 3
    filled._db.execute("DELETE FROM look_up_row WHERE supplier_id = 'maasdal'")
    assert filled.look_up.differences() > 2


def test_a_common_word_does_not_push_out_the_firm_that_bears_only_that_name(register: Register) -> None:
    with register.operation("edit", "veel"):
        register.suppliers.add_all(Supplier(id=f"x{n}", name=f"Jansen{n} Bouw Jansen") for n in range(400))
        register.suppliers.add(Supplier(id="jansen", name="Jansen"))
    assert found(register, "jansen")[0] == ("jansen", "name")
