import time
from dataclasses import replace
from datetime import UTC, datetime
from unittest import mock

import pytest

from app.base.progress import NoProgress
from app.domain.names import legal_forms
from app.domain.rows import Records
from app.domain.supplier import Address, Supplier
from app.importing import grouping
from app.importing.choices import Decision, Doubt
from app.importing.entries import Entry
from app.importing.grouping import Group
from app.importing.matching import RegisterIndex
from app.importing.outcome import ImportPlan, Outcome, PlannedRow
from tests.unit.importing.conftest import Importer


@pytest.fixture
def known(importer: Importer) -> Importer:
    """A register of four suppliers."""
    importer.register = Records(
        suppliers=(
            Supplier(id="aelen", name="Gebroeders Aelen B.V.", kvk="12345678", former_kvk=("11111112",),
                     own_number="401", visiting=Address(city="Roermond", postcode="6041 AB")),
            Supplier(id="bakker", name="Bakker Installatietechniek", visiting=Address(city="Den Haag")),
            Supplier(id="cox", name="Cox Groen"),
            Supplier(id="dael", name="Dael Techniek", own_number="500"),
            Supplier(id="zero", name="Nul Bouw", kvk="01234567"),
            Supplier(id="evers", name="Evers Glas", btw_id="NL001234567B01", phone="0478-51 00 00",
                     visiting=Address(city="Venray", postcode="5801 AB", house_number="7")),
        )
    )  # fmt: skip
    return importer


def plan_row(known: Importer, **row: str) -> PlannedRow:
    fields = {"naam": "name", "kvk": "kvk", "own": "own_number", "plaats": "city", "postcode": "postcode",
              "nummer": "house_number", "btw": "btw_id", "telefoon": "phone"}  # fmt: skip
    cells = ";".join(row.get(name, "") for name in fields)
    (found,) = known.plan(f"{';'.join(fields)}\n{cells}\n", mapping=fields).rows
    return found


def decide(known: Importer, **row_of_file: str) -> str:
    row = plan_row(known, **row_of_file)
    return f"{row.outcome.name} {row.supplier_id}" if row.outcome.name not in {"NEW", "ERROR"} else row.outcome.name


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"naam": "Iets anders", "kvk": "12345678"}, "UPDATED aelen"),
        ({"naam": "Gebr. Aelen", "kvk": "11111112"}, "UNCHANGED aelen"),
        ({"naam": "Nul Bouw BV", "kvk": "1234567"}, "UNCHANGED zero"),
        ({"naam": "Gebr. Aelen", "kvk": "12345678", "own": "402"}, "UPDATED aelen"),
        ({"naam": "Gebr. Aelen BV", "own": "401"}, "UNCHANGED aelen"),
        ({"naam": "gebr aelen bv", "plaats": "ROERMOND"}, "UNCHANGED aelen"),
        ({"naam": "Bakker Installatietechniek", "plaats": "'s-Gravenhage"}, "UPDATED bakker"),
        ({"naam": "Cox Groen BV"}, "UNCHANGED cox"),
        # Another KvK number is another firm, whatever the name.
        ({"naam": "Gebr. Aelen", "kvk": "87654321", "plaats": "Roermond"}, "NEW"),
        ({"naam": "Gebr. Aelen", "plaats": "Venlo"}, "NEW"),
        # Doubt: a key that contradicts, a place that is missing, a name that is nearly the same in the same place.
        ({"naam": "Gebr. Aelen", "kvk": "12345678", "own": "500"}, "MAYBE aelen"),
        ({"naam": "Gebr. Aelen", "kvk": "87654321", "own": "401"}, "MAYBE aelen"),
        ({"naam": "Gebr. Aelen", "own": "402", "plaats": "Roermond"}, "MAYBE aelen"),
        ({"naam": "Gebr. Aelen"}, "MAYBE aelen"),
        ({"naam": "Cox Groen", "plaats": "Weert"}, "MAYBE cox"),
        ({"naam": "Baker Installatietechniek", "plaats": "Den Haag"}, "MAYBE bakker"),
        ({"naam": "Aelen Gebroeders", "postcode": "6041ab", "plaats": "Roermont"}, "MAYBE aelen"),
        ({"naam": "Baker Installatietechniek", "plaats": "Utrecht"}, "NEW"),
        ({"naam": "Cox Groenvoorziening"}, "NEW"),
        # A btw-id settles it only where the name agrees: firms of one fiscal unit may share it.
        ({"naam": "Evers Glas B.V.", "btw": "NL0012.34.567.B01", "plaats": "Weert"}, "UPDATED evers"),
        ({"naam": "Evers Glas", "btw": "NL001234567B01"}, "UNCHANGED evers"),
        ({"naam": "Glaszetterij Noord", "btw": "NL001234567B01", "plaats": "Weert"}, "NEW"),
        # Another name at the same phone and address is a question, not an answer.
        ({"naam": "Glaszetterij Noord", "telefoon": "+31 478 510000", "postcode": "5801AB"}, "MAYBE evers"),
        ({"naam": "Glaszetterij Noord", "telefoon": "0478510000", "plaats": "Weert"}, "NEW"),
        ({"naam": "Evers", "postcode": "5801 AB", "nummer": "7"}, "MAYBE evers"),
        # A running number may be taken for ours; another legal form is another firm.
        ({"naam": "Zorgbedrijf Zuid", "own": "500"}, "MAYBE dael"),
        ({"naam": "Dael", "own": "500"}, "UPDATED dael"),
        ({"naam": "Dael Techniek", "own": "n.v.t."}, "UNCHANGED dael"),
        ({"naam": "Stichting Gebr. Aelen", "plaats": "Roermond"}, "MAYBE aelen"),
        # A look-alike is neither.
        ({"naam": "Evers Glas 2", "plaats": "Venray"}, "NEW"),
        ({"naam": "Evers Glas Holding", "plaats": "Venray"}, "NEW"),
    ],
)  # fmt: skip
def test_a_row_is_the_same_new_or_doubtful(known: Importer, row: dict[str, str], expected: str):
    assert decide(known, **row) == expected


def test_a_doubt_names_who_it_may_be_and_takes_nothing_in(known: Importer):
    plan = known.plan("Naam;Bedrag 2026\nGebr. Aelen;5,00\n")
    assert "Gebroeders Aelen B.V. in Roermond" in plan.rows[0].why
    assert not len(plan.new) and not plan.amount_cents


def test_a_doubt_gives_the_reasons_for_and_against(known: Importer):
    row = plan_row(known, naam="Glaszetterij Noord", telefoon="0478510000", postcode="5801 AB", plaats="Venray")
    assert row.why == (
        "Misschien is dit Evers Glas in Venray uit het register: zelfde telefoon, zelfde postcode en zelfde plaats, "
        "maar andere naam. Niet overgenomen."
    )


def test_those_that_it_may_be_stand_with_the_most_alike_in_front():
    near = [
        Supplier(id=key, name=name, visiting=Address(city="Venlo"), phone=phone)
        for key, name, phone in (
            ("other", "Cox Tuinen", "077-3510000"), ("typo", "Bakker Techniek", ""), ("both", "Baker Techniek B.V.",
            "077 351 0000"), ("far", "Dael", "")
        )
    ]  # fmt: skip
    group = Group()
    group.add(Entry(row=2, texts={"name": "Bakkr Techniek", "city": "Venlo", "phone": "077-351 00 00"}))
    match = RegisterIndex(near, NoProgress()).match(group)
    assert [candidate.supplier.id for candidate in match.candidates] == ["both", "typo"]
    assert match.doubt is near[2] and match.supplier is None
    assert match.candidates[0].likeness.reasons_for[-2:] == ("zelfde telefoon", "zelfde plaats")


@pytest.mark.parametrize(
    "row", [{"kvk": "12340000"}, {"own": "902"}, {"naam": "Oud Installaties", "plaats": "Echt"}, {"kvk": "12340009"}]
)
def test_what_a_merged_supplier_was_known_by_leads_to_the_one_it_turned_out_to_be(known: Importer, row: dict[str, str]):
    gone = Supplier(
        id="gone",
        name="Oud Installaties",
        kvk="12340000",
        former_kvk=("12340009",),
        own_number="902",
        visiting=Address(city="Echt"),
        merged_into="dael",
        archived_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    dael = replace(
        known.register.suppliers[3],
        visiting=Address(city="Echt"),
        kvk="55555555",
        former_kvk=("12340000", "12340009"),
        former_names=("Oud Installaties",),
    )
    others = (one for one in known.register.suppliers if one.id != "dael")
    known.register = Records(suppliers=(*others, gone, dael))
    assert decide(known, **row) == "UNCHANGED dael", "its own number is not changed back and forth either"


def groups(plan: ImportPlan) -> list[str | None]:
    return [row.supplier_id for row in plan.rows]


def test_rows_of_one_file_are_one_supplier_by_number_or_by_name_and_place(importer: Importer):
    plan = importer.plan(
        "Naam;KvK;Plaats\nA BV;;Venlo\nA;12345678;Venlo\nAnders;12345678;\nA;87654321;Venlo\nA;;Weert\n"
    )
    ids = groups(plan)
    assert ids[1] == ids[2]
    assert len({ids[1], ids[3], ids[4]}) == 3
    # Two firms of this name in one place: the row without a number is neither for certain.
    assert ids[0] not in {ids[1], ids[3]}


def test_the_order_of_rows_does_not_matter(importer: Importer):
    rows = ["A BV;;Venlo\n", "A;12345678;Venlo\n", "A;;Venlo\n"]
    for order in (rows, rows[::-1]):
        assert len(set(groups(importer.plan("Naam;KvK;Plaats\n" + "".join(order))))) == 1


def test_similar_names_in_one_file_are_suppliers_of_their_own(importer: Importer):
    plan = importer.plan("Naam;Plaats\nBakkerij Jansen;Venlo\nBakkerij Janssen;Venlo\n")
    assert plan.new_rows == 2
    assert len(plan.new.suppliers) == 2


def test_two_rows_for_one_supplier_of_the_register_are_summed(known: Importer):
    plan = known.plan("Naam;KvK;Bedrag 2026\nAelen;12345678;5,00\nAelen oud;11111112;6,00\n")
    assert {row.supplier_id for row in plan.rows} == {"aelen"}
    assert [amount.cents for amount in plan.new.amounts] == [1100]


def test_ten_thousand_rows_into_a_large_register_take_seconds(importer: Importer):
    places = [f"Plaats {n}" for n in range(50)]
    importer.register = Records(
        suppliers=tuple(
            Supplier(id=str(n), name=f"Firma {n * 7919 % 100_003} Bouw", visiting=Address(city=places[n % 50]))
            for n in range(50_000)
        )
    )
    rows = "".join(f"Firma {n * 31 % 100_003} Bouwt;{places[n % 50]};1,00\n" for n in range(10_000))
    began = time.process_time()
    plan = importer.plan(f"Naam;Plaats;Bedrag 2026\n{rows}")
    assert len(plan.rows) == 10_000
    assert time.process_time() - began < 20


def test_two_kvk_numbers_are_never_joined_to_one_supplier_without_a_number(known: Importer):
    plan = known.plan("Naam;KvK;Bedrag 2026\nCox Groen;40000001;1,00\nCox Groen;40000002;2,00\n")
    assert groups(plan) == ["cox", "cox"]
    assert {row.outcome.name for row in plan.rows} == {"MAYBE"}
    assert all("40000001 en 40000002" in row.why for row in plan.rows)
    assert not len(plan.new) and not len(plan.changed)


def test_a_row_without_a_number_still_finds_its_supplier_beside_two_that_contradict(known: Importer):
    plan = known.plan(
        "Naam;KvK;Crediteurnummer\nDael Techniek;40000001;500\nDael Techniek;40000002;500\nDael Techniek;;500\n"
    )
    assert [row.outcome.name for row in plan.rows] == ["MAYBE", "MAYBE", "UNCHANGED"]


def test_the_rows_of_one_supplier_are_not_looked_through_again_for_each_of_them(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
):
    read = mock.Mock(wraps=legal_forms)
    monkeypatch.setattr(grouping, "legal_forms", read)
    plan = importer.plan("Leverancier;Omzet 2026\n" + "Bouwbedrijf Maasdal B.V.;1,00\n" * 500)
    assert [amount.cents for amount in plan.new.amounts] == [50_000]
    assert read.call_count <= 3 * 500


def test_a_doubt_is_settled_by_the_user(importer: Importer):
    importer.take("Naam;Plaats;KvK\nBouwbedrijf Maasdal B.V.;Roermond;12045678\n")
    content = "Naam;Plaats;Telefoon\nBouwbedrijf Maasdaal;Roermond;0475-381240\n"
    (doubt,) = importer.plan(content).rows
    assert (doubt.outcome, doubt.supplier_id) == (Outcome.MAYBE, importer.register.suppliers[0].id)
    assert [found.supplier_id for found in doubt.resembles] == [doubt.supplier_id]
    same = importer.plan(content, decisions={2: Decision(Doubt.SAME, doubt.supplier_id or "")})
    assert (same.rows[0].outcome, same.rows[0].is_decided) == (Outcome.UPDATED, True)
    assert same.changed.suppliers[0].phone == "0475-381240"
    assert same.changed.suppliers[0].former_names == ("Bouwbedrijf Maasdal B.V.",)
    assert importer.plan(content, decisions={2: Decision(Doubt.NEW)}).new_rows == 1
    skipped = importer.plan(content, decisions={2: Decision(Doubt.SKIP)})
    assert (skipped.rows[0].outcome, len(skipped.new), len(skipped.changed)) == (Outcome.SKIPPED, 0, 0)


def test_rows_of_one_supplier_are_decided_about_together_and_can_be_decided_again(importer: Importer):
    importer.take("Naam;Plaats;KvK\nBouwbedrijf Maasdal B.V.;Roermond;12045678\n")
    content = "Naam;Plaats\nDakwerken Tienbunder;Echt\nBouwbedrijf Maasdaal;Roermond\nBouwbedrijf Maasdaal;Roermond\n"
    asked = [row for row in importer.plan(content).rows if row.asked_at]
    assert [(row.row, row.asked_at) for row in asked] == [(3, 3), (4, 3)]
    for doubt in Doubt:
        decided = importer.plan(content, decisions={4: Decision(doubt, asked[0].supplier_id or "")}).rows
        assert [row.is_decided for row in decided] == [False, True, True]
        assert [(row.asked_at, row.resembles) for row in decided[1:]] == [
            (row.asked_at, row.resembles) for row in asked
        ]


def test_a_decision_about_a_supplier_that_is_gone_is_asked_again(importer: Importer):
    importer.take("Naam;Plaats\nBouwbedrijf Maasdal B.V.;Roermond\n")
    plan = importer.plan("Naam;Plaats\nBouwbedrijf Maasdaal;Roermond\n", decisions={2: Decision(Doubt.SAME, "gone")})
    assert plan.rows[0].outcome is Outcome.MAYBE


def test_one_decision_never_joins_another_kvk_number(importer: Importer):
    importer.take("Naam;Plaats\nCox Groen;Echt\n")
    content = "Naam;Plaats;KvK\nCox Groen;Echt;40000001\nCox Groen;Echt;40000002\n"
    plan = importer.plan(content, decisions={2: Decision(Doubt.SAME, importer.register.suppliers[0].id)})
    assert [row.outcome for row in plan.rows] == [Outcome.UPDATED, Outcome.MAYBE]
    assert [supplier.kvk for supplier in plan.changed.suppliers] == ["40000001"]


def test_who_says_that_another_kvk_number_is_the_same_firm_tells_of_a_takeover(importer: Importer):
    importer.take("Naam;Crediteurnr;KvK\nBouwbedrijf Maasdal B.V.;40012;12045678\n")
    content = "Naam;Crediteurnr;KvK\nBouwbedrijf Maasdal B.V.;40012;87654321\n"
    (doubt,) = importer.plan(content).rows
    assert doubt.outcome is Outcome.MAYBE
    (after,) = importer.plan(content, decisions={2: Decision(Doubt.SAME, doubt.supplier_id or "")}).changed.suppliers
    assert (after.kvk, after.former_kvk) == ("87654321", ("12045678",))


def test_an_ended_supplier_comes_back_when_the_user_says_that_it_is_the_same(importer: Importer):
    importer.take("Naam;Plaats\nBouwbedrijf Maasdal B.V.;Roermond\n")
    (known,) = importer.register.suppliers
    importer.register = Records(suppliers=(replace(known, archived_at=datetime(2026, 1, 1, tzinfo=UTC)),))
    content = "Naam;Plaats\nBouwbedrijf Maasdal B.V.;Roermond\n"
    assert importer.plan(content).rows[0].outcome is Outcome.MAYBE
    plan = importer.plan(content, decisions={2: Decision(Doubt.SAME, known.id)})
    assert [supplier.archived_at for supplier in plan.changed.suppliers] == [None]


def test_new_suppliers_that_may_be_one_deserve_a_look(importer: Importer):
    content = (
        "Naam;Plaats;KvK\nBouwbedrijf Maasdal;Roermond;\nTegelwerken Modelaar;Roermond;\n"
        "Bouwbedrijf Maasdaal B.V.;Roermond;12045678\nBouwbedrijf Maasdael;Roermond;87654321\n"
        "Bouwbedrijf Maasdal;Echt;\n"
    )
    plan = importer.plan(content)
    assert plan.new_rows == 5
    assert [(found.row, "rij 2" in found.message) for found in plan.warnings] == [(4, True), (5, True)]
