"""Recording by hand: one operation each, found at once, taken back at once; what cannot be is refused whole."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.base.errors import AppError, NotFoundError
from app.domain.certificate import Certificate, Level, Verification
from app.domain.contract import AmountKind, Contract, YearAmount
from app.domain.journal import CallNote, FollowUp, Promise
from app.domain.policy import Exemption, Postponement
from app.domain.supplier import Address, Contact, Member, Supplier
from app.services import Register, record
from app.services.check_register import check_register
from app.services.undo import undo_last

TODAY, YESTERDAY = date(2026, 11, 23), date(2026, 11, 22)
MAASDAL = Supplier(
    id="maasdal",
    name="Gebr. Maasdal B.V.",
    kvk="01234567",
    visiting=Address(street="Dijk", house_number="1", postcode="6041 AB", city="Roermond"),
)
TIENBUNDER = Supplier(id="tienbunder", name="Dakwerken Tienbunder", kvk="01234999")
CONTACT = Contact(id="contact", supplier_id="maasdal", initials="K.", surname="Proefven")
CONTRACT = Contract(id="contract", supplier_id="maasdal", number="RC-14")
AMOUNT = YearAmount(
    id="bedrag", supplier_id="maasdal", contract_id="contract", year=2026, kind=AmountKind.AGREED, cents=100
)
CERTIFICATE = Certificate(id="certificaat", supplier_id="maasdal", level=Level.TREDE2, covered_kvk=("01234567",))
RESPITE = {"supplier_id": "maasdal", "reason": "anders", "approver": "teamleider", "from_on": TODAY, "to_on": TODAY}
OF_EVERY_KIND: tuple[record.Record, ...] = (
    Member(id="lid", combination_id="maasdal", member_id="tienbunder"),
    CONTACT,
    CONTRACT,
    AMOUNT,
    CERTIFICATE,
    Verification(id="controle", certificate_id="certificaat", checked_on=TODAY, checked_by="a", method="kopie"),
    Exemption(id="vrij", **RESPITE),  # type: ignore[arg-type]
    Postponement(id="uitstel", **RESPITE),  # type: ignore[arg-type]
    Promise(id="belofte", supplier_id="maasdal", due_on=TODAY, what="audit", by="a"),
    FollowUp(id="taak", supplier_id="maasdal", due_on=TODAY, what="bellen", by="a"),
    CallNote(id="gesprek", supplier_id="maasdal", started_at=datetime(2026, 11, 23, 9, tzinfo=UTC), text="x", by="a"),
)


@pytest.fixture(autouse=True)
def two_suppliers(register: Register) -> None:
    record.add(register, MAASDAL, TIENBUNDER, label="vulling")


def labels(register: Register) -> list[str]:
    """The history since the two suppliers came, oldest first."""
    return [operation.label for operation in register.history.list_operations()][::-1][2:]


def found(register: Register, text: str) -> list[str]:
    return [hit.supplier_id for hit in register.look_up.search(text, 10).hits]


def test_every_kind_is_added_and_ended_with_its_own_words_in_the_history(register: Register) -> None:
    for item in OF_EVERY_KIND:
        record.add(register, item)
    for item in reversed(OF_EVERY_KIND):
        record.end(register, item)
    record.end(register, MAASDAL)
    nouns = ["Lid", "Contactpersoon", "Contract", "Bedrag", "Certificaat", "Controle", "Vrijstelling", "Uitstel",
             "Toezegging", "Taak", "Gesprek"]  # fmt: skip
    assert labels(register) == [
        *(f"{noun} toegevoegd bij Gebr. Maasdal B.V." for noun in nouns),
        *(f"{noun} verwijderd bij Gebr. Maasdal B.V." for noun in reversed(nouns)),
        "Leverancier beëindigd: Gebr. Maasdal B.V.",
    ]
    assert register.suppliers.list_all() == (TIENBUNDER,)
    assert len(register.records()) == 2 and len(register.suppliers.list_ever()) == 2
    assert {line.problem for line in check_register(register)} == {""}
    for _ in range(2 * len(OF_EVERY_KIND) + 1):
        assert undo_last(register).kept == ()
    assert register.suppliers.list_all() == (MAASDAL, TIENBUNDER)


def test_what_belongs_together_is_added_as_one_step_in_any_order(register: Register) -> None:
    firm = Supplier(id="nieuw", name="Nieuwbouw Echt")
    combination = Member(id="lid", combination_id="maasdal", member_id="nieuw")
    record.add(register, *reversed(OF_EVERY_KIND[1:]), combination, firm, label="Dossier overgenomen")
    record.add(register, Supplier(id="los", name="Losse Zaak"), Contact(id="p2", supplier_id="los"))
    record.add(register, CallNote(id="wie", supplier_id=None, started_at=datetime(2026, 11, 23, tzinfo=UTC),
                                  text="wie?", by="a"))  # fmt: skip
    assert labels(register) == ["Dossier overgenomen", "Leverancier toegevoegd: Losse Zaak", "Gesprek toegevoegd"]
    assert [operation.kind for operation in register.history.list_operations(3)] == ["add"] * 3
    for _ in range(3):
        assert undo_last(register).kept == ()
    assert register.records().suppliers == (MAASDAL, TIENBUNDER) and len(register.records()) == 2


def test_a_changed_contact_is_found_under_the_new_name_and_after_undo_under_the_old(register: Register) -> None:
    record.add(register, CONTACT)
    record.save(register, replace(CONTACT, surname="Zonnehof"))
    assert (found(register, "zonnehof"), found(register, "proefven")) == (["maasdal"], [])
    undo_last(register)
    assert (found(register, "zonnehof"), found(register, "proefven")) == ([], ["maasdal"])
    record.end(register, CONTACT)
    assert found(register, "proefven") == []
    assert labels(register)[1:] == [
        "Contactpersoon gewijzigd bij Gebr. Maasdal B.V.",
        "Ongedaan gemaakt: Contactpersoon gewijzigd bij Gebr. Maasdal B.V.",
        "Contactpersoon verwijderd bij Gebr. Maasdal B.V.",
    ]
    assert register.look_up.differences() == 0


def test_saving_what_did_not_change_leaves_no_trace(register: Register) -> None:
    record.add(register, CERTIFICATE)
    record.save(register, MAASDAL, CERTIFICATE)
    assert labels(register) == ["Certificaat toegevoegd bij Gebr. Maasdal B.V."]


def test_mixed_work_is_one_step_of_undo(register: Register) -> None:
    record.add(register, CONTRACT, AMOUNT)
    instead = replace(AMOUNT, id="ander", cents=300)
    renamed = replace(MAASDAL, name="Maasdal Groep")
    record.put(register, added=[instead], changed=[renamed], ended=[AMOUNT], label="Opnieuw opgegeven")
    assert register.amounts.list_all() == (instead,)
    assert register.history.list_operations(1)[0].kind == "edit"
    undo_last(register)
    assert (register.amounts.list_all(), register.suppliers.get("maasdal")) == ((AMOUNT,), MAASDAL)


def test_numbers_and_postcodes_are_kept_as_they_are_compared(register: Register) -> None:
    typed = replace(MAASDAL, name=" Gebr.  Maasdal B.V. ", kvk="0123.4567", btw_id="nl 0012.34.567.b01",
                    visiting=replace(MAASDAL.visiting, postcode="6041ab"))  # fmt: skip
    record.save(register, typed)
    record.add(register, replace(CERTIFICATE, covered_kvk=("0123 4567", "", "01234567")))
    assert register.suppliers.get("maasdal") == replace(MAASDAL, btw_id="NL001234567B01")
    assert register.certificates.get("certificaat").covered_kvk == ("01234567",)


WRONG: dict[str, record.Record] = {
    "Een leverancier heeft een naam nodig.": replace(MAASDAL, id="x", name="  "),
    "Een combinatie is geen lid van zichzelf.": Member(id="x", combination_id="maasdal", member_id="maasdal"),
    "Deze leverancier is al lid van de combinatie.": replace(OF_EVERY_KIND[0], id="x"),
    "Het contract eindigt voordat het begint.": replace(CONTRACT, id="x", starts_on=TODAY, ends_on=YESTERDAY),
    "Het totaal van een contract is niet negatief.": replace(CONTRACT, id="x", total_cents=-1),
    "Het jaar ligt niet tussen 1900 en 9999.": replace(AMOUNT, id="x", year=1899),
    "Er staat al een afgesproken bedrag voor 2026.": replace(AMOUNT, id="x", cents=5),
    "Het certificaat eindigt voordat het begint.": replace(CERTIFICATE, id="x", valid_from=TODAY, valid_to=YESTERDAY),
    "De vrijstelling eindigt voordat zij begint.": Exemption(id="x", **RESPITE | {"to_on": YESTERDAY}),  # type: ignore[arg-type]
    "Het uitstel eindigt voordat het begint.": Postponement(id="x", **RESPITE | {"to_on": YESTERDAY}),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("message", WRONG)
def test_what_the_register_cannot_hold_is_refused_and_nothing_beside_it_is_kept(
    register: Register, message: str
) -> None:
    record.add(register, *OF_EVERY_KIND, label="alles")
    newest = register.newest_change()
    with pytest.raises(AppError) as refused:
        record.add(register, Contact(id="goed", supplier_id="maasdal"), WRONG[message], label="half")
    assert refused.value.message == f"{message} Er is niets opgeslagen." and refused.value.advice
    assert register.newest_change() == newest
    assert register.contacts.find("goed") is None


def test_amounts_that_take_the_place_of_each_other_are_refused_in_the_order_of_writing(register: Register) -> None:
    other = replace(AMOUNT, id="ander", year=2027)
    record.add(register, CONTRACT, AMOUNT, other, replace(AMOUNT, id="geheel", contract_id=None))
    with pytest.raises(AppError, match="al een afgesproken bedrag voor 2027"):
        record.save(register, replace(AMOUNT, year=2027), replace(other, year=2026))
    record.save(register, replace(other, year=2028), replace(AMOUNT, year=2027))
    assert sorted(amount.year for amount in register.amounts.list_all()) == [2026, 2027, 2028]


@pytest.mark.parametrize(
    "orphan",
    [
        replace(CONTACT, supplier_id="weg"),
        replace(AMOUNT, contract_id="weg"),
        Member(id="x", combination_id="maasdal", member_id="weg"),
        OF_EVERY_KIND[5],
    ],
    ids=lambda orphan: type(orphan).__name__,
)
def test_a_record_of_something_that_is_not_there_is_refused(register: Register, orphan: record.Record) -> None:
    newest = register.newest_change()
    with pytest.raises(NotFoundError):
        record.add(register, orphan, label="wees")
    with pytest.raises(NotFoundError):
        record.put(register, changed=[replace(MAASDAL, name="Iets anders")], ended=[orphan], label="wees")
    assert register.newest_change() == newest
    assert register.suppliers.get("maasdal") == MAASDAL


SUPPLIER_WARNINGS: dict[str, tuple[dict[str, object], dict[str, str]]] = {
    "nothing": ({"kvk": "07654321", "email": "x@y.example", "phone": "0475-381240"}, {}),
    "short kvk": (
        {"kvk": "1234567"}, {"kvk": "Een KvK-nummer heeft 8 cijfers. Misschien viel een nul weg: 01234567?"},
    ),
    "same kvk": ({"kvk": "0123 4567"}, {"kvk": "Dit KvK-nummer staat al bij Gebr. Maasdal B.V."}),
    "same name": ({"name": "gebroeders maasdal"}, {"name": "Lijkt op Gebr. Maasdal B.V. (Roermond)"}),
    "same name, no place": ({"name": "Tienbunder Dakwerken"}, {}),
    "like name, no place": ({"name": "dakwerken tienbunder bv"}, {"name": "Lijkt op Dakwerken Tienbunder"}),
    "btw-id": (
        {"btw_id": "nl001234567b01"}, {"btw_id": "Dit btw-id klopt niet: een cijfer is waarschijnlijk verkeerd."},
    ),
    "postcodes": (
        {"visiting": Address(postcode="604 AB"), "postal": Address(postcode="6041")},
        {
            "visiting_postcode": "Een Nederlandse postcode is 4 cijfers en 2 letters, zoals 6041 AB.",
            "postal_postcode": "Een Nederlandse postcode is 4 cijfers en 2 letters, zoals 6041 AB.",
        },
    ),
    "a name of signs": ({"name": '& "" *'}, {}),
    "no name": ({"name": ""}, {"name": "Een leverancier heeft een naam nodig."}),
    "foreign": ({"visiting": Address(postcode="3600", country="BE")}, {}),
    "email and phone": (
        {"email": "bij mij", "phone": "38 12 40"},
        {"email": "Een e-mailadres heeft een @.", "phone": "Dit telefoonnummer lijkt te kort."},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SUPPLIER_WARNINGS)
def test_a_supplier_is_warned_about_while_it_is_typed(register: Register, case: str) -> None:
    typed, expected = SUPPLIER_WARNINGS[case]
    supplier = replace(Supplier(id="nieuw", name="Nieuwbouw Echt"), **typed)  # type: ignore[arg-type]
    assert record.warnings(register, supplier) == expected


def test_a_supplier_is_not_compared_with_itself_nor_with_one_that_ended(register: Register) -> None:
    assert record.warnings(register, MAASDAL) == {}
    record.end(register, MAASDAL)
    assert record.warnings(register, replace(MAASDAL, id="nieuw")) == {}


def test_a_like_name_is_found_among_many_that_begin_alike(register: Register) -> None:
    record.add(register, *(Supplier(id=f"x{n}", name=f"Maasdal Bouw {n} Maasdal") for n in range(300)), label="veel")
    found = record.warnings(register, Supplier(id="nieuw", name="Gebroeders Maasdal"))
    assert found == {"name": "Lijkt op Gebr. Maasdal B.V. (Roermond)"}


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "expected"),
    [
        (date(2024, 1, 1), date(2025, 12, 31), {}),
        (date(2024, 1, 1), date(2026, 1, 1), {}),
        (date(2024, 1, 1), date(2026, 1, 2), {"valid_to": "PSO-certificaten gelden twee jaar."}),
        (date(2024, 1, 2), date(2024, 1, 1), {"valid_to": "Het certificaat eindigt voordat het begint."}),
        (None, None, {"valid_from": "Zonder beide datums telt dit niet: gemeld, bewijs gevraagd."}),
        (date(2024, 1, 1), None, {"valid_to": "Zonder beide datums telt dit niet: gemeld, bewijs gevraagd."}),
    ],
)
def test_the_dates_of_a_certificate_are_warned_about(
    register: Register, valid_from: date | None, valid_to: date | None, expected: dict[str, str]
) -> None:
    typed = replace(CERTIFICATE, valid_from=valid_from, valid_to=valid_to)
    assert record.warnings(register, typed) == expected


def test_other_records_are_warned_about(register: Register) -> None:
    dated = replace(CERTIFICATE, valid_from=YESTERDAY, valid_to=TODAY, covered_kvk=("01234567", "1234"))
    assert record.warnings(register, dated) == {"covered_kvk": "1234: Een KvK-nummer heeft 8 cijfers."}
    assert record.warnings(register, replace(CONTRACT, starts_on=TODAY, ends_on=YESTERDAY)) == {
        "ends_on": "Het contract eindigt voordat het begint."
    }
    assert record.warnings(register, replace(CONTACT, email="bij mij")) == {"email": "Een e-mailadres heeft een @."}
