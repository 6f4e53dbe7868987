"""PSO lists, one after the other: what they change, what was checked when, by whom and on which list, and undo."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.base.clock import SetClock
from app.domain.certificate import Verification
from app.domain.certificate_change import CertificateChange
from app.domain.contract import AmountKind, YearAmount
from app.domain.policy import PolicySettings
from app.domain.supplier import Address, Supplier
from app.domain.verdict import Status
from app.services import Register, import_register, undo
from app.services.check_import import check_import
from app.services.import_register import Choices, Decision, Doubt, ImportPlan, Outcome
from app.services.judge_suppliers import judge_suppliers
from app.services.list_suppliers import list_suppliers
from tests.services.conftest import TODAY

SUPPLIERS = (
    ("maasdal", "Bouwbedrijf Maasdal B.V.", "01234567"),
    ("tienbunder", "Dakwerken Tienbunder", "22222223"),
    ("peel", "Groenvoorziening Peelzicht", "33333334"),
    ("vlak", "Schilders Vlak & Glad", ""),
    ("boog", "Loodgieters De Boog", "55555556"),
)
HEAD = "Organisatie;Plaats;KvK;Trede;Geldig vanaf;Geldig t/m\n"
FIRST = (
    "Bouwbedrijf Maasdal;Roermond;01234567;PSO-1;1-1-2025;31-12-2026",
    "Tienbunder Daken;Echt;22222223;Trede 2;1-1-2025;31-12-2026",
    "Peelzicht;Panningen;33333334;Trede 3|30+;1-1-2025;31-12-2026",
    "De Boog;Weert;55555556;Aspirant-status;1-1-2026;31-12-2027",
    "Glazenwassers Helder;Venlo;66666667;Trede 2;1-1-2026;31-12-2027",
    "Vlak en Glad Schilders;Roermond;;Trede 1;1-1-2026;31-12-2027",
    "Kantine Zonder Naam;Breda;;Basistrede;1-1-2026;31-12-2027",
)
SECOND = (
    "Bouwbedrijf Maasdal;Roermond;01234567;Trede 2;1-1-2027;31-12-2028",
    "Tienbunder Daken;Echt;22222223;Trede 1;1-1-2027;31-12-2028",
    "Peelzicht;Panningen;33333334;Trede 3|30+;1-1-2027;31-12-2028",
    "Vlak en Glad Schilders;Roermond;;Trede 1;1-1-2026;31-12-2027",
    "Glazenwassers Nieuw;Venlo;77777778;Basis;1-6-2026;31-5-2028",
)

List = Callable[..., ImportPlan]


@pytest.fixture
def ours(register: Register) -> Register:
    """A register of five suppliers, each with enough ordered to be asked for a certificate."""
    with register.operation("edit", "leveranciers"):
        for key, name, kvk in SUPPLIERS:
            register.suppliers.add(Supplier(id=key, name=name, kvk=kvk, visiting=Address(city="Roermond")))
            for year in (2026, 2027):
                amount = YearAmount(
                    id=f"{key} {year}", supplier_id=key, year=year, kind=AmountKind.AGREED, cents=20_000_000
                )
                register.amounts.add(amount)
    return register


@pytest.fixture
def take(ours: Register, tmp_path: Path) -> List:
    """Import a list of certificates."""

    def make(
        rows: Sequence[str], name: str = "pso.csv", *, on: date = TODAY, decisions: dict[int, Decision] | None = None
    ) -> ImportPlan:
        (tmp_path / name).write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
        ours.clock = SetClock.at(on)
        choices = Choices(decisions=decisions or {})
        previewed = import_register.preview(ours, tmp_path / name, choices=choices)
        import_register.commit(ours, previewed)
        return previewed.plan

    return make


def everything(register: Register) -> list[object]:
    return [register.records(), register.import_batches.list_all()]


SAME_VLAK = {7: Decision(Doubt.SAME, "vlak")}


def test_a_second_list_tells_who_is_new_went_up_or_down_was_renewed_or_is_missing(ours: Register, take: List) -> None:
    first = take(FIRST, decisions=SAME_VLAK)
    assert [row.outcome for row in first.rows] == [*[Outcome.NEW] * 6, Outcome.SKIPPED]
    assert first.absent == () and len(ours.suppliers.list_all()) == 5
    second = take(SECOND, "pso-2027.csv", on=date(2027, 1, 11))
    assert [row.certificate_change for row in second.rows] == [
        CertificateChange.UPGRADED,
        CertificateChange.DOWNGRADED,
        CertificateChange.RENEWED,
        CertificateChange.SAME,
        CertificateChange.NEW,
    ]
    assert [(gone.supplier_id, gone.name) for gone in second.absent] == [
        ("", "Glazenwassers Helder"),
        ("boog", "Loodgieters De Boog"),
    ]
    verdicts = {item.verdict.supplier_id: item.verdict for item in judge_suppliers(ours, on=date(2027, 1, 11))}
    assert verdicts["maasdal"].status is Status.COMPLIANT
    assert verdicts["tienbunder"].status is Status.NON_COMPLIANT


def test_the_check_says_who_looked_when_and_on_which_list(ours: Register, take: List) -> None:
    take(FIRST, decisions=SAME_VLAK)
    take(SECOND, "pso-2027.csv", on=date(2027, 1, 11))
    vlak = next(one for one in ours.certificates.list_all() if one.supplier_id == "vlak")
    found = ours.verifications.list_where("certificate_id", vlak.id, "checked_on")
    told = [(one.checked_on, one.checked_by, one.method, one.note) for one in found]
    assert told == [
        (TODAY, ours.by, "PSO-lijst", "pso.csv"),
        (date(2027, 1, 11), ours.by, "PSO-lijst", "pso-2027.csv"),
    ]


def test_a_certificate_on_the_list_counts_where_only_checked_ones_do(ours: Register, take: List) -> None:
    with ours.operation("edit", "beleid"):
        ours.save_settings(replace(ours.settings(PolicySettings), unverified_counts=False))
    take(["Peelzicht;Panningen;33333334;Trede 3;1-1-2025;31-12-2026", "Vlak & Glad;;;Trede 3;1-1-2025;31-12-2026"])
    rows = {row.supplier_id: row for row in list_suppliers(ours, on=TODAY)}
    assert (rows["peel"].status, rows["peel"].is_unverified) == (Status.EXPIRING, False)
    assert rows["vlak"].status is Status.NON_COMPLIANT


def test_the_same_list_twice_adds_a_check_on_another_day_only(ours: Register, take: List) -> None:
    take(FIRST, decisions=SAME_VLAK)
    before = everything(ours)
    again = take(FIRST)
    assert [row.outcome for row in again.rows] == [*[Outcome.UNCHANGED] * 6, Outcome.SKIPPED]
    assert everything(ours) == before
    later = take(FIRST, on=date(2026, 11, 24))
    assert (len(later.new), len(later.new.verifications), len(later.changed)) == (6, 6, 0)
    assert later.absent == ()
    assert len(ours.verifications.list_all()) == 12


def test_lists_of_one_day_are_one_list_the_next_time(ours: Register, take: List) -> None:
    take(FIRST, decisions=SAME_VLAK)
    take([*FIRST[:4], FIRST[4].replace("Trede 2", "Trede 3"), *FIRST[5:]])
    third = take(FIRST[:4], on=date(2026, 12, 1))
    assert [gone.name for gone in third.absent] == ["Glazenwassers Helder", "Schilders Vlak & Glad"]


def test_a_list_that_was_taken_back_is_not_the_last_one(ours: Register, take: List) -> None:
    take(FIRST[:3])
    take(FIRST[3:5], on=date(2026, 11, 24))
    undo.undo_last(ours)
    third = take(FIRST[:1], on=date(2026, 11, 25))
    assert [gone.supplier_id for gone in third.absent] == ["tienbunder", "peel"]


def test_an_undo_takes_certificates_checks_and_answers_back(ours: Register, take: List) -> None:
    take(FIRST, decisions=SAME_VLAK)
    before = everything(ours)
    take(SECOND, "pso-2027.csv", on=date(2027, 1, 11))
    after = everything(ours)
    assert undo.undo_last(ours).kept == ()
    assert everything(ours) == before
    undo.redo_last(ours)
    assert everything(ours) == after
    assert ours.unlogged_tables() == ()


def test_a_check_by_hand_stays_when_the_list_is_taken_back(ours: Register, take: List) -> None:
    take(FIRST[:1])
    number = ours.history.last()
    (certificate,) = ours.certificates.list_all()
    by_hand = Verification(id="v", certificate_id=certificate.id, checked_on=TODAY, checked_by="Ans", method="gebeld")
    with ours.operation("edit", "controle"):
        ours.verifications.add(by_hand)
    assert number is not None
    assert {kept.supplier_id for kept in undo.undo_operation(ours, number.id).kept} == {"maasdal"}
    assert ours.verifications.list_all() == (by_hand,)


def test_what_a_row_changes_stands_in_the_table_to_check(ours: Register, tmp_path: Path, take: List) -> None:
    take(FIRST[:2])
    path = tmp_path / "later.csv"
    path.write_text(HEAD + SECOND[1] + "\n", encoding="utf-8")
    (row,) = check_import(ours, import_register.read_file(path), choices=Choices()).rows
    assert row.why.replace("\xa0", " ") == "Let op: lagere trede: Trede 2 → Trede 1, geldig t/m 31 december 2028."
    assert (row.known_as, row.name) == ("Dakwerken Tienbunder, Roermond", "Tienbunder Daken")
