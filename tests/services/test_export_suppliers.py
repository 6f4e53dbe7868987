"""The table of all suppliers as a file: what it says, and that it comes back as it went."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app import bootstrap
from app.base.clock import SetClock
from app.domain.certificate import Level
from app.domain.rows import SupplierRow
from app.domain.soundness import tidied
from app.domain.supplier import Address, Supplier
from app.domain.verdict import AmountSource, Reason, Status
from app.importing.exported import texts_of
from app.importing.outcome import ImportPlan, Outcome
from app.services import Register, import_register
from app.services.export_suppliers import export_suppliers
from app.services.list_suppliers import list_suppliers
from tests import strategies
from tests.storing import store

ON = date(2026, 11, 23)
# As a register makes them.
A, B, C = (f"{letter * 8}-0000-4000-8000-{letter * 12}" for letter in "abc")
FORMATS = ("xlsx", "csv")

# What stands in registers: signs that a spreadsheet runs, legal forms, and what other fields are told by.
NAMES = (
    "Bouwbedrijf Maasdal B.V.", "Maasdal Bouwbedrijf", "BOUWBEDRIJF MAASDAL BV", "=Dakwerken Tienbunder", "'=Sloop'",
    "+31 Groep", "-Min-", "@Net", "Totaal Wonen", "Totaal", "Som", "Leverancier", "X", "00042", "1e5",
    '"Quote" Advies', "Café 't Ĳzer & Zn.", "Dak; wand, en \"vloer\"", "_x0041_", "<r>vet</r>", "GmbH", "🏗 Hijs",
)  # fmt: skip
TEXTS = ("", "", "Bouw", "=bouw", "'-", "geen", "n.v.t.", "Overig; rest", "00042", "12-03-2027", "ja", " ruimte  ")
NUMBERS = ("", "", "00042", "42", "42A", "=42", "K-1/2", "-", "12 34", "1e5", "2026")
PHONES = ("", "0475-12 34 56", "+31 6 12345678", "0032 11 22 33 44", "tel. 046 123 45 67 (kantoor)", "12", "=06",
          "0475-11 22 33 / 06-1234 5678")  # fmt: skip
CITIES = ("Roermond", "Roermond", "'s-Hertogenbosch", "Köln", "", "Sint-Truiden", "Echt-Susteren (L)")
STREETS = ("", "Dijk", "Industrieweg 12", "Plein 1944", "Postbus 7", "Rue de la Loi 16 bis", "12 High Street", "= 1")
POSTCODES = ("", "6041 AB", "D-52062", "3800", "B-3600", "6041 AB Roermond", "SW1A 1AA")
KVK = ("", "01234567", "12345678", "12345678", "1234567", "BE 0123.456.789", "HRB 12345678", "n.v.t.", "00000000")


def _addresses() -> st.SearchStrategy[Address]:
    pick = st.sampled_from
    return st.builds(
        Address,
        street=pick(STREETS),
        house_number=pick(("", "", "12", "12a", "1-3", "130 hs", "=2")),
        postcode=pick(POSTCODES),
        city=pick(CITIES),
        country=pick(("", "", "", "België", "Duitsland", "DE", "Nederland")),
    )


@st.composite
def _registers(draw: st.DrawFn) -> strategies.Register:
    """A random register of which the suppliers bear what suppliers in registers bear."""
    data = draw(strategies.registers(ON))
    pick = st.sampled_from
    suppliers = [
        tidied(
            replace(
                supplier,
                name=draw(pick(NAMES)),
                kvk=draw(pick(KVK)),
                own_number=draw(pick(NUMBERS)),
                category=draw(pick(TEXTS)),
                btw_id=draw(pick(("", "", "NL123456782B90", "BE0123456789", "geen"))),
                phone=draw(pick(PHONES)),
                phones=tuple(draw(st.lists(pick(PHONES[1:]), max_size=2))),
                email=draw(pick(("", "info@maasdal.example", "=x@maasdal.example", "a@b.example; c@d.example", "@"))),
                visiting=draw(_addresses()),
                postal=draw(_addresses()),
                trade_names=draw(pick(((), ("Maasdal",), NAMES[:2]))),
                former_kvk=draw(pick(((), ("87654321",)))),
                archived_at=draw(pick((None, None, SetClock.at(ON).now()))) if place else None,
            )
        )
        for place, supplier in enumerate(data.suppliers)
    ]
    return replace(data, suppliers=tuple(suppliers))


class _UndoneError(Exception):
    """Ends the operation of one example, so that the next finds an empty register."""


@pytest.fixture(scope="module")
def shared_register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    path: Path = tmp_path_factory.mktemp("export") / "proef.tredewijzer"
    made = bootstrap.make_register(path, clock=SetClock.at(ON))
    yield made
    made.close()


def there_and_back(register: Register, path: Path) -> ImportPlan:
    export_suppliers(register, list_suppliers(register, on=ON), path, on=ON)
    return import_register.preview(register, path).plan


def assert_nothing_changes(plan: ImportPlan) -> None:
    assert plan.new == plan.changed == type(plan.new)()
    assert plan.faults == ()
    assert [row for row in plan.rows if row.outcome not in {Outcome.UNCHANGED, Outcome.SKIPPED}] == []


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=_registers(), form=st.sampled_from(FORMATS))
def test_any_register_comes_back_as_it_went(
    shared_register: Register, tmp_path_factory: pytest.TempPathFactory, data: strategies.Register, form: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"rond.{form}"
    try:
        with shared_register.operation("test", "voorbeeld"):
            store(shared_register, data)
            assert_nothing_changes(there_and_back(shared_register, path))
            raise _UndoneError
    except _UndoneError:
        pass


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The example register; nothing is written to it."""
    made = bootstrap.make_example(tmp_path_factory.mktemp("voorbeeld") / "voorbeeld.tredewijzer", today=ON)
    yield made
    made.close()


@pytest.mark.parametrize("form", FORMATS)
def test_the_example_register_comes_back_as_it_went(example: Register, tmp_path: Path, form: str) -> None:
    plan = there_and_back(example, tmp_path / f"leveranciers.{form}")
    assert_nothing_changes(plan)
    assert plan.count(Outcome.UNCHANGED) == len(list_suppliers(example, on=ON))
    assert plan.warnings == ()
    unused = [heading for heading, field in plan.columns.items() if field is None]
    assert unused and all(heading.endswith(" (berekend)") for heading in unused)


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_fills_an_empty_register(
    example: Register, shared_register: Register, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"leveranciers.{form}"
    rows = list_suppliers(example, on=ON)
    export_suppliers(example, rows, path, on=ON)
    plan = import_register.preview(shared_register, path).plan
    said = [{**texts_of(found), "register_id": ""} for found in plan.new.suppliers]
    there = [{**texts_of(example.suppliers.get(row.supplier_id)), "register_id": ""} for row in rows]
    assert said == there
    assert len(plan.new) == len(rows), "nothing but suppliers"


def lines_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=";"))


def changed_file(register: Register, path: Path, change: dict[str, dict[str, str]]) -> ImportPlan:
    """Export, write something else in cells (row by name → heading → text) and plan the import of that."""
    export_suppliers(register, list_suppliers(register, on=ON), path, on=ON)
    heading, *lines = lines_of(path)
    for line in lines:
        for column, text in change.get(line[0], {}).items():
            line[heading.index(column)] = text
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([heading, *lines])
    return import_register.preview(register, path).plan


@pytest.fixture
def three(register: Register) -> Register:
    """Two firms of one name in one place that only the register tells apart, and another one."""
    roermond = Address(street="Dijk", house_number="1", city="Roermond")
    with register.operation("edit", "leveranciers"):
        register.suppliers.add_all(
            [
                Supplier(id=A, name="Bos", visiting=roermond, phone="0475-111111", category="Groen"),
                Supplier(id=B, name="Bos", visiting=roermond, phone="0475-222222", phones=("06-33333333",)),
                Supplier(id=C, name="=Dakwerken", kvk="01234567", own_number="00042", visiting=roermond),
            ]
        )
    return register


def test_what_was_changed_in_the_file_is_what_changes(three: Register, tmp_path: Path) -> None:
    change = {"'=Dakwerken": {"Telefoon": "'+31 475 999999", "Categorie": "Dak", "Status (berekend)": "Voldoet"}}
    plan = changed_file(three, tmp_path / "leveranciers.csv", change)
    before = three.suppliers.get(C)
    assert plan.changed.suppliers == (replace(before, phone="+31 475 999999", category="Dak"),)
    assert len(plan.new) == 0 and len(plan.changed) == 1
    assert [row.outcome for row in plan.rows] == [Outcome.UPDATED, Outcome.UNCHANGED, Outcome.UNCHANGED]


def test_namesakes_are_told_apart_by_their_register_number(three: Register, tmp_path: Path) -> None:
    plan = changed_file(three, tmp_path / "leveranciers.csv", {"Bos": {"E-mail": "info@bos.example"}})
    assert [(found.id, found.phone) for found in plan.changed.suppliers] == [(A, "0475-111111"), (B, "0475-222222")]


def test_a_new_name_kvk_and_own_number_are_those_of_the_supplier_in_the_row(three: Register, tmp_path: Path) -> None:
    renamed = changed_file(three, tmp_path / "naam.csv", {"'=Dakwerken": {"Leverancier": "Heel Anders B.V."}})
    numbered = changed_file(three, tmp_path / "kvk.csv", {"'=Dakwerken": {"KvK": "87654321", "Eigen nummer": "77"}})
    (changed,) = renamed.changed.suppliers
    assert (changed.id, changed.name, changed.former_names) == (C, "Heel Anders B.V.", ("=Dakwerken",))
    assert [(found.kvk, found.own_number) for found in numbered.changed.suppliers] == [("87654321", "77")]


def test_a_register_number_behind_the_data_of_another_supplier_is_doubt(three: Register, tmp_path: Path) -> None:
    plan = changed_file(three, tmp_path / "leveranciers.csv", {"'=Dakwerken": {"Registernummer": A}})
    assert plan.changed.suppliers == ()
    dakwerken = next(row for row in plan.rows if row.name == "=Dakwerken")
    assert dakwerken.outcome is Outcome.MAYBE and "is dat van een ander" in dakwerken.why
    bare = {"'=Dakwerken": {"Registernummer": A, "KvK": "", "Eigen nummer": ""}}
    plan = changed_file(three, tmp_path / "leveranciers.csv", bare)
    assert "naam en nummers zijn anders" in next(row.why for row in plan.rows if row.name == "=Dakwerken")


def test_a_supplier_that_ended_or_was_merged_since_is_doubt(three: Register, tmp_path: Path) -> None:
    path = tmp_path / "leveranciers.csv"
    export_suppliers(three, list_suppliers(three, on=ON), path, on=ON)
    ended = three.clock.now()
    with three.operation("edit", "beëindigd en samengevoegd"):
        three.suppliers.save(replace(three.suppliers.get(B), archived_at=ended, merged_into=A))
        three.suppliers.save(replace(three.suppliers.get(C), archived_at=ended))
    plan = import_register.preview(three, path).plan
    assert len(plan.new) == len(plan.changed) == 0
    assert sorted(row.outcome.label for row in plan.rows) == ["gelijk", "misschien dezelfde", "misschien dezelfde"]
    assert "samengevoegd na de export" in " ".join(row.why for row in plan.rows)


def test_the_number_of_a_trade_register_is_no_number_of_ours(three: Register, tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Leverancier;Plaats;Registernummer\nBakkerij;Echt;HRB 1234\n", encoding="utf-8")
    assert import_register.preview(three, path).plan.columns["Registernummer"] is None


MAASDAL = SupplierRow(
    supplier_id="s-1",
    name="Bouwbedrijf Maasdal B.V.",
    city="Roermond",
    kvk="01234567",
    own_number="00042",
    category="Bouw",
    is_key_partner=True,
    status=Status.NON_COMPLIANT,
    reason=Reason.LEVEL_TOO_LOW,
    required=Level.TREDE2,
    held=Level.TREDE1,
    valid_to=date(2027, 3, 12),
    amount_cents=412_500_00,
    amount_year=2025,
    amount_source=AmountSource.LAST_KNOWN,
    until=None,
    is_unverified=True,
    next_step="Brief klaarzetten",
    next_on=None,
    sort_name="bouwbedrijf maasdal",
    text="bouwbedrijf maasdal",
)
UNKNOWN = MAASDAL._replace(
    supplier_id="s-2",
    status=Status.UNKNOWN,
    reason=None,
    required=None,
    held=None,
    valid_to=None,
    amount_cents=None,
    amount_year=None,
    is_unverified=False,
    next_step="",
)


@pytest.fixture
def two(register: Register) -> Register:
    address = Address(street="Dijk", house_number="12a", postcode="6041 AB", city="Roermond")
    post = Address(street="Postbus 7", postcode="6040 AA", city="Roermond")
    with register.operation("edit", "leveranciers"):
        register.suppliers.add(
            Supplier(id="s-1", name="Bouwbedrijf Maasdal B.V.", kvk="01234567", own_number="00042", category="Bouw",
                     is_key_partner=True, btw_id="NL123456782B90", visiting=address, postal=post,
                     phone="0475-123456", phones=("06-12345678",), email="info@maasdal.example")
        )  # fmt: skip
        register.suppliers.add(Supplier(id="s-2", name="=HYPERLINK()"))
    return register


def test_a_csv_says_what_the_screen_says_and_how_the_supplier_is_reached(two: Register, tmp_path: Path) -> None:
    path = tmp_path / "leveranciers.CSV"
    export_suppliers(two, [MAASDAL, UNKNOWN], path, on=ON)
    heading, first, second = lines_of(path)
    assert dict(zip(heading, first, strict=True)) == {
        "Leverancier": "Bouwbedrijf Maasdal B.V.",
        "Plaats": "Roermond",
        "Status (berekend)": "Voldoet niet",
        "Reden (berekend)": "Trede te laag",
        "Vereist (berekend)": "Trede 2",
        "Heeft (berekend)": "Trede 1 (niet gecontroleerd)",
        "Geldig t/m (berekend)": "12-03-2027",
        "Opdrachten 2026 excl. btw (berekend)": "412500,00",
        "Bedrag is van (berekend)": "2025",
        "Volgende stap (berekend)": "Brief klaarzetten",
        "KvK": "01234567",
        "Eigen nummer": "00042",
        "Categorie": "Bouw",
        "Ketenpartner": "ja",
        "Btw-nummer": "NL123456782B90",
        "Straat": "Dijk",
        "Huisnummer": "12a",
        "Postcode": "6041 AB",
        "Land": "",
        "Postadres straat": "Postbus 7",
        "Postadres huisnummer": "",
        "Postadres postcode": "6040 AA",
        "Postadres plaats": "Roermond",
        "Telefoon": "0475-123456 / 06-12345678",
        "E-mail": "info@maasdal.example",
        "Registernummer": "s-1",
    }
    assert [text for text in second if text] == ["'=HYPERLINK()", "Onbekend", "nee", "s-2"]


def test_a_workbook_holds_numbers_and_days_and_keeps_leading_zeros(two: Register, tmp_path: Path) -> None:
    path = tmp_path / "leveranciers.xlsx"
    export_suppliers(two, [MAASDAL, UNKNOWN], path, on=ON)
    heading, first, second = CalamineWorkbook.from_path(path).get_sheet_by_name("Leveranciers 23-11-2026").to_python()
    found = dict(zip(heading, first, strict=True))
    assert (found["KvK"], found["Eigen nummer"], found["Postcode"]) == ("01234567", "00042", "6041 AB")
    assert found["Geldig t/m (berekend)"] == date(2027, 3, 12)
    assert (found["Opdrachten 2026 excl. btw (berekend)"], found["Bedrag is van (berekend)"]) == (412_500.0, 2025.0)
    assert second[0] == "=HYPERLINK()"


def test_the_columns_stand_in_the_order_of_the_screen(two: Register, tmp_path: Path) -> None:
    path = tmp_path / "leveranciers.csv"
    export_suppliers(two, [MAASDAL], path, on=ON, shown=["tick", "amount", "name", "valid_to"])
    assert [heading.removesuffix(" (berekend)") for heading in lines_of(path)[0][:6]] == [
        "Opdrachten 2026 excl. btw", "Bedrag is van", "Leverancier", "Geldig t/m", "Plaats", "Status",
    ]  # fmt: skip
