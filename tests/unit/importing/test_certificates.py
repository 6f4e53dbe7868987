from dataclasses import replace
from datetime import date

import pytest

from app.domain.certificate import Certificate, CertificateStatus, Level
from app.domain.rows import Records
from app.domain.supplier import Supplier
from tests.unit.importing.conftest import Importer

HEAD = "Organisatie;KvK;Certificaatnummer;Trede;Geldig vanaf;Geldig tot;Status certificaat\n"


@pytest.fixture
def known(importer: Importer) -> Importer:
    importer.register = Records(
        suppliers=(
            Supplier(id="aelen", name="Gebroeders Aelen B.V.", kvk="12345678", former_kvk=("11111112",)),
            Supplier(id="cox", name="Cox Groen"),
        )
    )
    return importer


def test_a_list_of_certificates_finds_holders_and_never_adds_suppliers(known: Importer):
    plan = known.take(
        HEAD + "Aelen;12345678;P1;Trede 2;1-6-2025;31-5-2027;geldig\n"
        "Aelen oud;11111112;P2;Trede 1;1-6-2023;31-5-2025;\n"
        "Aelen;12345678;P3;PSO 30+;1-1-2026;31-12-2027;ingetrokken\n"
        "Onbekend BV;99999998;P4;Aspirant;1-1-2026;31-12-2027;\n"
        "Niets;;;geen;;;\n"
    )
    assert not plan.new.suppliers
    assert [row.outcome.name for row in plan.rows] == ["NEW"] * 4 + ["SKIPPED"]
    found = {c.number: c for c in plan.new.certificates}
    assert found["P1"].supplier_id == "aelen"
    assert found["P1"].covered_kvk == ("12345678",)
    assert (found["P1"].valid_from, found["P1"].valid_to) == (date(2025, 6, 1), date(2027, 5, 31))
    assert found["P2"].supplier_id == "aelen"
    assert (found["P3"].level, found["P3"].is_plus30, found["P3"].status) == (
        Level.TREDE3,
        True,
        CertificateStatus.WITHDRAWN,
    )
    assert (found["P4"].supplier_id, found["P4"].holder_name, found["P4"].covered_kvk) == (
        None,
        "Onbekend BV",
        ("99999998",),
    )


def test_the_same_list_again_changes_nothing_and_a_change_updates_one(known: Importer):
    row = "Aelen;12345678;P1;Trede 2;1-6-2025;31-5-2027;\nWeg BV;99999998;P9;2;1-1-2026;31-12-2027;\n"
    known.take(HEAD + row)
    again = known.plan(HEAD + row)
    assert [r.outcome.name for r in again.rows] == ["UNCHANGED", "UNCHANGED"]
    plan = known.take(HEAD + "Aelen;12345678;P1;Trede 3;;;\n")
    assert [r.outcome.name for r in plan.rows] == ["UPDATED"]
    (changed,) = plan.changed.certificates
    assert (changed.level, changed.valid_to) == (Level.TREDE3, date(2027, 5, 31))


def test_a_holder_that_arrives_later_gets_the_waiting_certificate(known: Importer):
    row = "Nieuw BV;99999998;P4;Trede 1;1-1-2026;31-12-2027;\n"
    known.take(HEAD + row)
    known.take("Naam;KvK;Telefoon\nNieuw BV;99999998;077-1234567\n")
    plan = known.take(HEAD + row)
    assert [r.outcome.name for r in plan.rows] == ["UPDATED"]
    assert len(known.register.certificates) == 1
    assert known.register.certificates[0].supplier_id == plan.rows[0].supplier_id is not None


def test_the_numbers_given_are_exactly_those_covered(known: Importer):
    plan = known.plan(
        "Naam;KvK;Trede;Geldig van;Geldig t/m;Geldt ook voor KvK\n"
        'Aelen;12345678;2;1-1-2026;31-12-2027;"22222223, 33333334;44444445|55555556"\n'
    )
    assert plan.new.certificates[0].covered_kvk == ("22222223", "33333334", "44444445", "55555556")


def test_a_level_in_a_file_of_suppliers_is_a_certificate_of_that_supplier(importer: Importer):
    plan = importer.take("Naam;KvK;Telefoon;PSO-trede;30+\nA;12345678;077-1234567;Trede 3;ja\nB;;077-1234568;geen;\n")
    (certificate,) = plan.new.certificates
    assert certificate.supplier_id == plan.new.suppliers[0].id
    assert certificate.is_plus30
    assert certificate.is_reported
    assert certificate.covered_kvk == ("12345678",)
    assert [supplier.name for supplier in plan.new.suppliers] == ["A", "B"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Aelen;12345678;P1;Trede 9;;;\n", "geen trede"),
        ("Aelen;12345678;P1;;1-1-2026;31-12-2027;\n", "De trede ontbreekt"),
        ("Aelen;12345678;P1;2;31-12-2027;1-1-2026;\n", "eindigt voordat het begint"),
        ("Aelen;12345678;P1;2;;;misschien\n", "geen status"),
    ],
)
def test_a_certificate_that_cannot_be_right_is_a_fault(known: Importer, row: str, words: str):
    plan = known.plan(HEAD + row)
    assert [r.outcome.name for r in plan.rows] == ["ERROR"]
    assert words in plan.faults[0].message


def test_one_certificate_on_several_rows_covers_all_their_numbers(known: Importer):
    plan = known.plan(HEAD + "Aelen;12345678;P1;2;1-1-2026;31-12-2027;\nAelen;12345678;P1;2;1-1-2026;31-12-2027;\n")
    assert len(plan.new.certificates) == 1
    assert plan.new_rows == 2


def test_how_the_last_day_was_read_is_told(known: Importer):
    plan = known.plan(HEAD + "Aelen;12345678;P1;2;1-1-2026;31-12-2027;\n")
    assert "'Geldig tot' is gelezen als de laatste geldige dag." in plan.notes


def test_two_kvk_numbers_are_never_the_certificates_of_one_supplier_without_a_number(known: Importer):
    plan = known.plan(HEAD + "Cox Groen;40000001;P1;2;;;\nCox Groen;40000002;P2;2;;;\nCox Groen;;P3;2;;;\n")
    assert [row.outcome.name for row in plan.rows] == ["MAYBE"] * 3
    known.register = replace(known.register, suppliers=(Supplier(id="cox", name="Cox Groen", own_number="900"),))
    head = "Crediteurnummer;" + HEAD
    plan = known.plan(head + "900;Cox Groen;40000001;P1;2;;;\n900;Cox Groen;40000002;P2;2;;;\n900;Cox Groen;;P3;2;;;\n")
    assert [row.outcome.name for row in plan.rows] == ["MAYBE", "MAYBE", "NEW"]
    assert "40000001 en 40000002" in plan.rows[0].why


def test_a_list_of_certificates_gives_a_supplier_its_leading_zero_back(importer: Importer):
    importer.take("Naam;KvK;Telefoon;Trede\nNul Bouw;1234567;;2\n")
    row = "Nul Bouw;01234567;;2;;31-12-2027;\n"
    plan = importer.take(HEAD + row)
    (supplier,) = plan.changed.suppliers
    (certificate,) = importer.register.certificates
    assert (supplier.kvk, certificate.covered_kvk) == ("01234567", ("01234567",))
    assert certificate.covers(supplier.id, supplier.kvk)
    assert importer.plan(HEAD + row).unchanged_rows == 1


def test_a_supplier_that_gets_its_zero_back_is_updated_though_its_certificate_is_known(importer: Importer):
    importer.register = Records(
        suppliers=(Supplier(id="nul", name="Nul Bouw", kvk="1234567"),),
        certificates=(Certificate(id="c", supplier_id="nul", level=Level.TREDE2, covered_kvk=("01234567",)),),
    )
    plan = importer.plan(HEAD + "Nul Bouw;01234567;;2;;;\n")
    assert plan.updated_rows == 1
    assert [supplier.kvk for supplier in plan.changed.suppliers] == ["01234567"]


def test_a_list_of_certificates_says_that_it_is_read_as_one(known: Importer):
    plan = known.plan(HEAD + "Aelen;12345678;P1;2;1-1-2026;31-12-2027;\n")
    assert "Gelezen als een lijst van certificaten: er zijn geen leveranciers aangemaakt." in plan.notes


def test_a_holder_known_by_our_own_number_only_keeps_that_number(known: Importer):
    content = "Crediteurnummer;Trede;Geldig vanaf;Geldig tot\n900;2;1-1-2026;31-12-2027\n901;2;1-1-2026;31-12-2027\n"
    plan = known.take(content)
    assert [(c.holder_name, c.holder_number) for c in plan.new.certificates] == [("", "900"), ("", "901")]
    assert known.plan(content).unchanged_rows == 2


def test_a_certificate_kept_by_our_own_number_is_given_to_the_supplier_that_bears_it(known: Importer):
    content = "Crediteurnummer;Trede;Geldig vanaf;Geldig tot\n900;2;1-1-2026;31-12-2027\n"
    known.take(content)
    known.take("Naam;Crediteurnummer;Telefoon\nNieuw BV;900;077-1234567\n")
    assert known.take(content).updated_rows == 1
    (certificate,) = known.register.certificates
    assert certificate.supplier_id is not None


def test_a_certificate_that_is_called_expired_before_its_end_is_told_and_kept_as_the_dates_say(known: Importer):
    rows = "Aelen;12345678;P1;2;1-1-2026;31-12-2027;Verlopen\nAelen;12345678;P2;1;1-1-2024;31-12-2025;verlopen\n"
    plan = known.plan(HEAD + rows)
    assert [(w.row, w.column, w.value) for w in plan.warnings] == [(2, "Status certificaat", "Verlopen")]
    assert "de einddatum ligt nog in de toekomst" in plan.warnings[0].message
    assert plan.new.certificates[0].is_in_force(date(2026, 11, 23))


def test_certificates_without_a_first_day_are_told_once(known: Importer):
    head = "Naam;KvK;Trede;Geldig tot\n"
    plan = known.take(head + "Aelen;12345678;2;31-12-2027\nWeg BV;99999998;1;31-12-2027\n")
    (warning,) = plan.warnings
    assert (warning.row, warning.column) == (2, "Geldig tot")
    assert "2 certificaten" in warning.message and "telt een certificaat niet mee" in warning.message
    later = known.plan(HEAD + "Aelen;12345678;;2;1-1-2026;31-12-2027;\n")
    assert (later.updated_rows, later.warnings) == (1, ())


def test_a_fault_shows_the_date_as_it_was_written(known: Importer):
    plan = known.plan(HEAD + "Aelen;12345678;P1;2;2027-12-31;2026-01-01;\n")
    assert plan.faults[0].value == "2026-01-01"
