"""Half a name, a number in any notation, a typing error: the supplier is found, and where it fits is said."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.certificate import Certificate, Level
from app.domain.contract import AmountKind, Contract, YearAmount
from app.domain.letter import Letter, LetterKind, LetterRound, LetterTemplate
from app.domain.marks import find_marks
from app.domain.supplier import Address, Contact, Supplier
from app.storage.look_up_order import STEP
from app.storage.register import Register

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MAASDAL = Supplier(
    id="maasdal",
    name="Bouwbedrijf Café Maasdal B.V.",
    trade_names=("De Dalbouwers",),
    former_names=("Aannemer Zonnehof",),
    kvk="01234567",
    former_kvk=("07654321",),
    own_number="40012",
    btw_id="NL001234567B01",
    visiting=Address(street="Industrieweg", house_number="12", postcode="6041 AB", city="Roermond"),
    postal=Address(street="Postbus", house_number="8", postcode="6040 AA", city="Swalmen"),
    phone="0475-38 12 40",
    phones=("06-12 34 56 78",),
    email="info@maasdal.example",
)
TIENBUNDER = Supplier(
    id="tienbunder",
    name="Dakwerken Tienbunder",
    kvk="01234999",
    visiting=Address(street="Nokweg", house_number="7a", postcode="6101 XZ", city="Echt"),
    phone="+31 475 90 15 00",
)
HORNE = Supplier(id="horne", name="Drukkerij Van Horne", visiting=Address(city="Weert"), email="post@drukwerk.example")
AELEN = Supplier(id="aelen", name="Gebr. Aelen & Zonen B.V.", visiting=Address(city="Weert"))
PEEL = Supplier(id="peel", name="Stichting Schildersgroep Peel")
CONTACTS = (
    Contact(
        id="p1", supplier_id="tienbunder", initials="K.", infix="van de", surname="Proefven", email="k@post.example"
    ),
    Contact(id="p2", supplier_id="maasdal", literal_name="Jan Verzinsel-Bedacht", phone="0478 11 22 33"),
)
CERTIFICATE = Certificate(
    id="c1", supplier_id="tienbunder", holder_name="Holding", level=Level.TREDE2, covered_kvk=("01234999", "09990000")
)


def letter(key: str, supplier_id: str, kenmerk: str) -> Letter:
    return Letter(
        id=key, supplier_id=supplier_id, round_id="ronde", kind=LetterKind.REQUEST, kenmerk=kenmerk, written_on=DAY,
        reply_by=DAY, certified_by=DAY, facts="{}", template_id="tekst", sha256="0" * 64, made_by="a", made_at=NOW,
    )  # fmt: skip


def add_letters(register: Register, *letters: Letter) -> None:
    register.templates.add(LetterTemplate(id="tekst", kind=LetterKind.REQUEST, version=1, valid_from=DAY, source=""))
    register.letter_rounds.add(LetterRound(id="ronde", title="", made_at=NOW, made_by="a"))
    register._db.execute("INSERT INTO document VALUES (?, 'application/pdf', x'')", ["0" * 64])
    register.letters.add_all(letters)


@pytest.fixture
def filled(register: Register) -> Register:
    with register.operation("edit", "vulling"):
        register.suppliers.add_all([MAASDAL, TIENBUNDER, HORNE, AELEN, PEEL])
        register.contacts.add_all(CONTACTS)
        register.contracts.add(Contract(id="k1", supplier_id="tienbunder", number="RC-2026/14", title="Platte daken"))
        register.certificates.add_all([CERTIFICATE])
        add_letters(register, letter("brief", "maasdal", "PSO-2026-0001"))
    return register


def found(register: Register, text: str) -> list[tuple[str, str]]:
    return [(hit.supplier_id, hit.field) for hit in register.look_up.search(text, 10).hits]


@pytest.mark.parametrize(
    ("text", "supplier", "field"),
    [
        ("bouwb", "maasdal", "name"),
        ("MAASDAL bv", "maasdal", "name"),
        ("Maasdal B.V.", "maasdal", "name"),
        ("maasdal bouwbedrijf", "maasdal", "name"),
        ("cafe", "maasdal", "name"),
        ("dalbouwers", "maasdal", "other_name"),
        ("zonneh", "maasdal", "other_name"),
        ("asda", "maasdal", "name"),
        ("roerm", "maasdal", "place"),
        ("swalmen", "maasdal", "place"),
        ("6041 ab", "maasdal", "postcode"),
        ("6041ab", "maasdal", "postcode"),
        ("6040", "maasdal", "postcode"),
        ("01234567", "maasdal", "kvk"),
        ("0123 45 67", "maasdal", "kvk"),
        ("07654321", "maasdal", "former_kvk"),
        ("09990000", "tienbunder", "certificate_kvk"),
        ("40012", "maasdal", "own_number"),
        ("NL 0012.34.567.B01", "maasdal", "btw_id"),
        ("0475-381240", "maasdal", "phone"),
        ("+31 475 38 12 40", "maasdal", "phone"),
        ("0031475381240", "maasdal", "phone"),
        ("+31 (0)475 38 12 40", "maasdal", "phone"),
        ("381240", "maasdal", "phone"),
        ("38 12", "maasdal", "phone"),
        ("31475381240", "maasdal", "phone"),
        ("tel:+31475381240", "maasdal", "phone"),
        ("T: 0475 38 12 40", "maasdal", "phone"),
        ("٠٤٧٥ ٣٨١٢٤٠", "maasdal", "phone"),
        ("0612345678", "maasdal", "phone"),
        ("0478-112233", "maasdal", "phone"),
        ("0475 901500", "tienbunder", "phone"),
        ("van de proefven", "tienbunder", "contact"),
        ("v.d. Proefven", "tienbunder", "contact"),
        ("v/d proefven", "tienbunder", "contact"),
        ("van der proefven", "tienbunder", "contact"),
        ("vandeproefven", "tienbunder", "contact"),
        ("Proefven", "tienbunder", "contact"),
        ("bedacht", "maasdal", "contact"),
        ("maasdal.example", "maasdal", "name"),
        ("@drukwerk", "horne", "email"),
        ("drukwerk.ex", "horne", "email"),
        ("post@drukwerk.example", "horne", "email"),
        ("k@", "tienbunder", "email"),
        ("rc-2026/14", "tienbunder", "contract"),
        ("2026/14", "tienbunder", "contract"),
        ("platte", "tienbunder", "contract_title"),
        ("pso-2026-0001", "maasdal", "kenmerk"),
        ("pso 0001", "maasdal", "kenmerk"),
        ("vanhorne", "horne", "name"),
        ("drukkerijvan", "horne", "name"),
        ("gebroeders aelen", "aelen", "name"),
        ("gebr aelen en zonen", "aelen", "name"),
        ("zonen & aelen", "aelen", "name"),
        ("schilders groep", "peel", "name"),
        ("stichting sch", "peel", "name"),
        ("peel stichting", "peel", "name"),
        ("dakwerken echt", "tienbunder", "name"),
        ("proefven echt", "tienbunder", "contact"),
        ("echt akwer", "tienbunder", "place"),
        ("tienbundre", "tienbunder", "name"),
        ("itenbunder", "tienbunder", "name"),
        ("kienbun", "tienbunder", "name"),
        ("tenbuner", "tienbunder", "name"),
        ("hrone weert", "horne", "name"),
    ],
)  # fmt: skip
def test_it_finds(filled: Register, text: str, supplier: str, field: str) -> None:
    assert found(filled, text)[0] == (supplier, field)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\x00", '"', "*", "-", "NEAR(", "'; DROP TABLE supplier; --", "zzz", "€", "\ud800", "😀", "AND", "^",
     "=", "@", "name:", "x" * 5000, '" OR "' * 300, "\x1e\x1f", "#40012x"],
)  # fmt: skip
def test_nothing_and_nonsense_find_nothing(filled: Register, text: str) -> None:
    assert filled.look_up.search(text, 10) == ((), 0)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("tienbundre", "Dakwerken [Tienbunder]"),
        ("dakwreken tienb", "[Dakwerken] [Tienb]under"),
        ("vanhor", "Drukkerij [Van Hor]ne"),
        ("maasdal bv", "Bouwbedrijf Café [Maasdal] [B.V]."),
        ("38 12", "0475-[38 12] 40"),
        ("pso-2026-0001", "[PSO-2026-0001]"),
    ],
)
def test_what_fits_is_marked_also_where_it_was_misspelt(filled: Register, text: str, marked: str) -> None:
    hit = filled.look_up.search(text, 10).hits[0]
    shown = hit.text
    for begin, end in reversed(find_marks(shown, hit.marked)):
        shown = f"{shown[:begin]}[{shown[begin:end]}]{shown[end:]}"
    assert shown == marked


def test_a_kenmerk_leads_to_its_letter_also_when_that_was_withdrawn(filled: Register) -> None:
    with filled.operation("edit", "brief ingetrokken"):
        filled.letters.withdraw(["brief"], NOW)
    (hit,) = filled.look_up.search("PSO-2026-0001", 10).hits
    assert (hit.supplier_id, hit.text, hit.letter_id) == ("maasdal", "PSO-2026-0001", "brief")


def test_of_equals_the_active_ketenpartner_with_the_largest_amount_comes_first(register: Register) -> None:
    firms = {
        "beëindigd": Supplier(id="0", name="Bouw", is_key_partner=True, archived_at=NOW),
        "partner": Supplier(id="1", name="Bouw Z", is_key_partner=True),
        "groot": Supplier(id="2", name="Bouw Y"),
        "oud groot": Supplier(id="3", name="Bouw X"),
        "a": Supplier(id="4", name="Bouw Aa"),
        "b": Supplier(id="5", name="Bouw Beek"),
        "inside": Supplier(id="6", name="Aanbouw", is_key_partner=True),
    }
    amounts = [
        ("beëindigd", 2026, AmountKind.AGREED, 900), ("groot", 2026, AmountKind.AGREED, 300),
        ("groot", 2026, AmountKind.INVOICED, 500), ("oud groot", 2025, AmountKind.AGREED, 800),
        ("oud groot", 2026, AmountKind.AGREED, 400), ("inside", 2026, AmountKind.AGREED, 900),
    ]  # fmt: skip
    with register.operation("edit", "vulling"):
        register.suppliers.add_all(firms.values())
        register.amounts.add_all(
            YearAmount(id=str(n), supplier_id=firms[who].id, year=year, kind=kind, cents=cents)
            for n, (who, year, kind, cents) in enumerate(amounts)
        )
    answer = register.look_up.search("bouw", 10)
    assert [hit.name for hit in answer.hits] == [
        firms[who].name for who in ("partner", "groot", "oud groot", "a", "b", "beëindigd", "inside")
    ]
    assert [hit.has_ended for hit in answer.hits] == [False] * 5 + [True, False]
    assert answer.total == 7


def test_a_supplier_moves_when_what_orders_it_changes(register: Register) -> None:
    firms = [Supplier(id=f"s{n}", name=f"Bouw {n}") for n in range(5)]
    with register.operation("edit", "vulling"):
        register.suppliers.add_all(firms)

    def order() -> str:
        return "".join(hit.supplier_id[1] for hit in register.look_up.search("bouw", 10).hits)

    assert order() == "01234"
    amount = YearAmount(id="a", supplier_id="s3", year=2026, kind=AmountKind.AGREED, cents=1)
    with register.operation("edit", "bedrag"):
        register.amounts.add(amount)
    assert order() == "30124"
    with register.operation("edit", "ketenpartner"):
        register.suppliers.save(replace(firms[4], is_key_partner=True))
    assert order() == "43012"
    with register.operation("edit", "naar een ander"):
        register.amounts.save(replace(amount, supplier_id="s2"))
    assert order() == "42013"
    with register.operation("edit", "beëindigd"):
        register.suppliers.archive("s0", "2026-11-23T08:00:00Z")
    assert order() == "42130"
    with register.operation("edit", "bedrag weg"):
        register.amounts.archive("a", "2026-11-23T08:00:00Z")
    assert order() == "41230"
    assert register.look_up.differences() == 0


def test_more_than_a_hundred_are_not_counted(register: Register) -> None:
    with register.operation("edit", "honderd"):
        register.suppliers.add_all(Supplier(id=f"s{n:03}", name=f"Firma {n:03}") for n in range(100))
    hits, total = register.look_up.search("firma", 20)
    assert ([hit.name for hit in hits], total) == ([f"Firma {n:03}" for n in range(20)], 100)
    with register.operation("edit", "nog een"):
        register.suppliers.add(Supplier(id="x", name="Aanfirma"))
    assert register.look_up.search("firma", 20).total is None
    assert [hit.name for hit in register.look_up.search("f", 200).hits] == [f"Firma {n:03}" for n in range(100)]


def test_newcomers_between_the_same_two_always_find_a_place(register: Register) -> None:
    with register.operation("edit", "veel"):
        register.suppliers.add_all(Supplier(id=f"{side}{n}", name=f"{side} {n:03}") for side in "az" for n in range(40))
    # Each comes right behind the one before, so that the room there is halved every time.
    names = [f"m {n:03}" for n in range(STEP.bit_length() * 3)]
    for name in names:
        with register.operation("edit", name):
            register.suppliers.add(Supplier(id=name, name=name))
    assert [hit.name for hit in register.look_up.search("m", 100).hits] == names
    assert register.look_up.differences() == 0


def test_the_index_follows_every_change_and_its_undo(filled: Register) -> None:
    with filled.operation("edit", "andere naam"):
        filled.suppliers.save(replace(MAASDAL, name="Aannemer Zuidhof"))
        filled.contacts.archive("p1", "2026-11-23T08:00:00Z")
        filled.certificates.archive("c1", "2026-11-23T08:00:00Z")
    assert not any(found(filled, text) for text in ("cafe", "proefven", "09990000"))
    assert found(filled, "zuidh") == [("maasdal", "name")]
    assert filled.look_up.differences() == 0
    last = filled.history.last()
    assert last
    filled.undo(last)
    assert found(filled, "cafe") == [("maasdal", "name")]
    assert found(filled, "09990000") == [("tienbunder", "certificate_kvk")]
    assert filled.look_up.differences() == 0


def test_a_big_change_makes_the_index_anew(register: Register) -> None:
    with register.operation("import", "veel"):
        register.suppliers.add_all(Supplier(id=f"s{n}", name=f"Firma {n}") for n in range(1_200))
    with register.operation("import", "wijzigen"):
        register.suppliers.save_all(Supplier(id=f"s{n}", name=f"Zaak {n}") for n in range(1_100))
    assert register.look_up.differences() == 0
    assert register.look_up.search("zaak 7", 1).hits[0].name == "Zaak 7"
    assert register.look_up.search("firma 7", 1).total == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE look_up_row SET written = 'anders' WHERE supplier_id = 'maasdal'",
        "UPDATE look_up_row SET name = 'anders' WHERE supplier_id = 'maasdal'",
        "UPDATE look_up_row SET numbers = '' WHERE supplier_id = 'maasdal'",
        "UPDATE look_up_row SET number = 1 WHERE supplier_id = 'peel'",
        "DELETE FROM look_up_row WHERE supplier_id = 'maasdal'",
        "DELETE FROM look_up_token WHERE rowid = (SELECT max(number) FROM look_up_row)",
        "DELETE FROM look_up_number WHERE rowid = (SELECT max(number) FROM look_up_row WHERE numbers <> '')",
        "INSERT INTO look_up_token (rowid, tokens) VALUES (7, 'verdwaald')",
        "INSERT INTO look_up_number (rowid, numbers) VALUES (7, '01234')",
        "UPDATE look_up_word SET uses = 9 WHERE word = 'maasdal'",
        "DELETE FROM look_up_word WHERE word = 'maasdal'",
        "DELETE FROM look_up_end WHERE word = 'maasdal'",
        "DELETE FROM look_up_slip WHERE beginning = 'maasda'",
    ],
)
def test_an_index_that_is_out_of_step_is_noticed(filled: Register, statement: str) -> None:
    assert filled.look_up.differences() == 0
    filled._db.execute(statement)
    assert filled.look_up.differences() > 0


def test_names_are_listed_of_suppliers_that_have_not_ended(filled: Register) -> None:
    assert filled.look_up.list_named(["maasdal"], 10) == (("maasdal", MAASDAL.name),)
    with filled.operation("edit", "beëindigd"):
        filled.suppliers.archive("maasdal", "2026-11-23T08:00:00Z")
    assert filled.look_up.list_named(["maasdal"], 10) == ()
    assert [(hit.supplier_id, hit.has_ended) for hit in filled.look_up.search("maasdal", 10).hits] == [
        ("maasdal", True)
    ]
