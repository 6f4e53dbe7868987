"""A list of certificates: whose they are, what changed since the last time, what is missing, and what was checked."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.certificate import Certificate, Level
from app.domain.certificate_change import CertificateChange
from app.domain.identifiers import kvk_key
from app.domain.rows import Records
from app.domain.supplier import Address, Supplier
from app.importing.choices import Decision, Doubt, Past
from app.importing.outcome import ImportPlan, Outcome
from tests.unit.importing.conftest import TODAY, Importer

HEAD = "Organisatie;Plaats;KvK;Trede;Geldig vanaf;Geldig t/m\n"
PERIOD = "1-1-2026;31-12-2027"
_DAYS = {
    PERIOD: (date(2026, 1, 1), date(2027, 12, 31)),
    "1-1-2028;31-12-2029": (date(2028, 1, 1), date(2029, 12, 31)),
}


def supplier(key: str, name: str, *, city: str = "", kvk: str = "", own_number: str = "") -> Supplier:
    return Supplier(id=key, name=name, visiting=Address(city=city), kvk=kvk, own_number=own_number)


@pytest.fixture
def known(importer: Importer) -> Importer:
    importer.register = Records(
        suppliers=(
            supplier("aelen", "Gebroeders Aelen B.V.", city="Roermond", kvk="12345678"),
            supplier("cox", "Cox Groen", city="Echt"),
            supplier("dael", "Dael Techniek", kvk="22222223", own_number="500"),
            supplier("peel", "Groenvoorziening Peelzicht", city="Panningen"),
        )
    )
    return importer


def outcomes(plan: ImportPlan) -> list[str]:
    return [f"{row.outcome.name} {row.supplier_id or ''}".strip() for row in plan.rows]


def changes(plan: ImportPlan) -> list[CertificateChange | None]:
    return [row.certificate_change for row in plan.rows]


def same(supplier_id: str) -> Decision:
    return Decision(Doubt.SAME, supplier_id)


# -- whose it is ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reasons_for", "reasons_against"),
    [
        ("Cox Groen;Echt;", ("naam gelijk", "zelfde plaats"), ()),
        ("COX GROEN BV;;", ("naam gelijk",), ()),
        ("Cox Groen;Weert;", ("naam gelijk",), ("andere plaats",)),
        ("Cox Groen;Echt;40000001", ("naam gelijk", "zelfde plaats"), ()),
        ("Cox Grooen;Echt;", ("naam bijna gelijk (95 %)", "zelfde plaats"), ()),
        ("Groenvoorzieningen Peelzicht;;", ("naam bijna gelijk (96 %)",), ()),
    ],
)
def test_a_name_is_never_enough_and_is_asked_with_its_reasons(
    known: Importer, row: str, reasons_for: tuple[str, ...], reasons_against: tuple[str, ...]
):
    plan = known.plan(f"{HEAD}{row};Trede 3;{PERIOD}\n")
    (found,) = plan.rows
    assert found.outcome is Outcome.MAYBE
    assert (found.resembles[0].reasons_for, found.resembles[0].reasons_against) == (reasons_for, reasons_against)
    assert "geen nummer bevestigt het" in found.why
    assert not len(plan.new) and not len(plan.changed), "what is doubtful is not taken, and was not checked either"


def test_an_answer_gives_the_certificate_and_the_next_list_knows_it(known: Importer):
    row = f"Cox Groen;Weert;;Trede 2;{PERIOD}\n"
    plan = known.take(HEAD + row, decisions={2: same("cox")})
    assert outcomes(plan) == ["NEW cox"]
    assert plan.new.certificates[0].covers("cox", "")
    assert outcomes(known.take(HEAD + row)) == ["UNCHANGED cox"]
    renewed = known.plan(HEAD + row.replace("2026", "2028").replace("2027", "2029"))
    assert outcomes(renewed) == ["MAYBE cox"], "another certificate under the same name is another question"


def test_an_answer_gives_a_missing_kvk_number_that_settles_later_lists(known: Importer):
    row = f"Cox Groen;Weert;40000001;Trede 2;{PERIOD}\n"
    plan = known.take(HEAD + row, decisions={2: same("cox")})
    assert [one.kvk for one in plan.changed.suppliers] == ["40000001"]
    assert plan.new.certificates[0].covers("cox", "40000001")
    renewed = known.plan(HEAD + row.replace("Cox Groen", "Coxs").replace("2026", "2028").replace("2027", "2029"))
    assert outcomes(renewed) == ["NEW cox"]


def test_an_answer_goes_for_all_rows_that_say_the_same(known: Importer):
    rows = (
        f"Cox Groen;Echt;;Trede 2;{PERIOD}\nCox Groen;Echt;;Trede 1;1-1-2024;31-12-2025\nCox Groen;Weert;;2;{PERIOD}\n"
    )
    asked = known.plan(HEAD + rows)
    assert [(row.outcome.name, row.asked_at) for row in asked.rows] == [("MAYBE", 2), ("MAYBE", 2), ("MAYBE", 4)]
    decided = known.plan(HEAD + rows, decisions={3: same("cox")})
    assert outcomes(decided) == ["NEW cox", "NEW cox", "MAYBE cox"]
    assert [row.is_decided for row in decided.rows] == [True, True, False]


def test_an_answer_leaves_what_the_register_held_already(known: Importer):
    first = f"Cox Groen;Echt;;2;{PERIOD}\n"
    known.take(HEAD + first, decisions={2: same("cox")})
    both = f"{HEAD}{first}Cox Groen;Echt;;3;1-1-2028;31-12-2029\n"
    assert [(row.outcome.name, row.asked_at) for row in known.plan(both).rows] == [("UNCHANGED", 0), ("MAYBE", 3)]
    assert outcomes(known.plan(both, decisions={3: Decision(Doubt.NEW)})) == ["UNCHANGED cox", "SKIPPED"]
    gone = known.plan(both, decisions={3: same("gone")})
    assert outcomes(gone) == ["UNCHANGED cox", "MAYBE cox"], "an answer about who is gone is asked again"


def test_who_is_none_of_ours_is_kept_by_its_number_only(known: Importer):
    rows = (
        f"Cox Groen;Weert;40000001;2;{PERIOD}\nCox Groen;Heel;;2;{PERIOD}\nZorgvliet;Breda;;3;{PERIOD}\n"
        f"Loods;;50000005;3;{PERIOD}\n"
    )
    none = Decision(Doubt.NEW)
    plan = known.plan(HEAD + rows, decisions={2: none, 3: none})
    assert outcomes(plan) == ["NEW", "SKIPPED", "SKIPPED", "NEW"]
    assert [one.holder_name for one in plan.new.certificates] == ["Cox Groen", "Loods"]
    assert all(one.supplier_id is None for one in plan.new.certificates)


def test_a_row_that_was_skipped_was_not_checked(known: Importer):
    plan = known.plan(f"{HEAD}Cox Groen;Echt;;2;{PERIOD}\n", decisions={2: Decision(Doubt.SKIP)})
    assert outcomes(plan) == ["SKIPPED"] and not len(plan.new)


def test_a_different_kvk_number_is_another_firm_whatever_its_name(known: Importer):
    plan = known.plan(f"{HEAD}Gebroeders Aelen;Roermond;87654321;3;{PERIOD}\n")
    assert outcomes(plan) == ["NEW"]
    assert not plan.new.certificates[0].covers("aelen", "12345678")


@pytest.mark.parametrize(
    ("name", "numbers", "holder"),
    [
        ("Holding Zuid", "12345678", "aelen"),
        ("Holding Zuid", "40000001, 12345678", "aelen"),
        ("Holding Zuid", "12345678 / 22222223", None),
        ("Dael Techniek", "12345678; 22222223", "dael"),
    ],
)
def test_a_certificate_of_sister_firms_counts_for_each_whoever_holds_it(
    known: Importer, name: str, numbers: str, holder: str | None
):
    plan = known.take(f'Organisatie;KvK;Trede;Geldig vanaf;Geldig t/m\n{name};"{numbers}";2;{PERIOD}\n')
    (certificate,) = plan.new.certificates
    assert certificate.supplier_id == holder
    assert certificate.covers("aelen", "12345678")
    assert certificate.covers("dael", "22222223") == ("22222223" in numbers)
    again = known.plan(f'Organisatie;KvK;Trede;Geldig vanaf;Geldig t/m\n{name};"{numbers}";2;{PERIOD}\n')
    assert again.unchanged_rows == 1


def test_a_certificate_is_not_kept_once_more_for_a_sister_firm_that_came_later(known: Importer):
    head = "Organisatie;KvK;Geldt ook voor KvK;Trede;Geldig vanaf;Geldig t/m\n"
    row = f'Noord;70000007;"70000007, 12345678";2;{PERIOD}\n'
    assert outcomes(known.take(head + row)) == ["NEW aelen"]
    noord = supplier("noord", "Noord", kvk="70000007")
    known.register = replace(known.register, suppliers=(*known.register.suppliers, noord))
    again = known.plan(head + row, past=listed(known))
    assert (outcomes(again), again.absent) == (["UNCHANGED aelen"], ())


def test_a_certificate_that_waited_is_given_to_one_of_the_sister_firms_it_names(known: Importer):
    first, last = _DAYS[PERIOD]
    waiting = Certificate(
        id="c", level=Level.TREDE2, valid_from=first, valid_to=last, covered_kvk=("12345678", "22222223")
    )
    known.register = replace(known.register, certificates=(waiting,))
    plan = known.take(f"{HEAD}Aelen;;12345678;2;{PERIOD}\nDael;;22222223;2;{PERIOD}\n")
    assert outcomes(plan) == ["UPDATED aelen", "NEW dael"]
    again = known.plan(f"{HEAD}Dael;;22222223;2;{PERIOD}\nAelen;;12345678;2;{PERIOD}\n", past=listed(known))
    assert (outcomes(again), again.absent) == (["UNCHANGED dael", "UNCHANGED aelen"], ())


def test_suppliers_with_one_kvk_number_share_its_certificate(known: Importer):
    both = (supplier("a", "Aelen Noord", kvk="12345678"), supplier("b", "Aelen Zuid", kvk="12345678"))
    known.register = Records(suppliers=both)
    plan = known.plan(f"{HEAD}Gebroeders Aelen;;12345678;2;{PERIOD}\n")
    assert outcomes(plan) == ["NEW"]
    assert "geldt voor Aelen Noord en Aelen Zuid" in plan.rows[0].why


def test_our_own_number_is_certain_unless_the_name_or_the_kvk_number_says_otherwise(known: Importer):
    head = "Crediteurnummer;Organisatie;KvK;Trede;Geldig vanaf;Geldig t/m\n"
    plan = known.plan(f"{head}500;Dael;;2;{PERIOD}\n500;Dael Techniek;99999998;2;{PERIOD}\n")
    assert outcomes(plan) == ["NEW dael", "MAYBE dael"]


def test_a_column_of_running_numbers_clears_nobody(known: Importer):
    plan = known.plan(f"Nr;Organisatie;KvK;Trede;Geldig vanaf;Geldig t/m\n500;Zorgbedrijf Zuid;;2;{PERIOD}\n")
    assert outcomes(plan) == ["MAYBE dael"] and not len(plan.new) and not len(plan.changed)
    assert "het eigen nummer is gelijk, maar de naam is anders" in plan.rows[0].why


def test_a_certificate_kept_by_a_running_number_is_never_given_to_a_firm_of_another_name(importer: Importer):
    listed = f"Nr;Organisatie;Trede;Geldig vanaf;Geldig t/m\n1;Zorgbedrijf Zuid;2;{PERIOD}\n"
    importer.take(listed)
    importer.take("Naam;Crediteurnummer\nAelen Bouw;1\n")
    assert outcomes(importer.plan(listed)) == ["MAYBE id-3"]
    assert [one.supplier_id for one in importer.register.certificates] == [None]


def test_a_certificate_that_somebody_gave_to_a_firm_with_another_kvk_number_does_not_count_for_it(known: Importer):
    head = "Crediteurnummer;Organisatie;KvK;Trede;Geldig vanaf;Geldig t/m\n"
    plan = known.plan(f"{head}500;Dael Techniek;99999998;2;{PERIOD}\n", decisions={2: same("dael")})
    (certificate,) = plan.new.certificates
    assert certificate.supplier_id == "dael" and not certificate.covers("dael", "22222223")
    assert any("ander KvK-nummer (22222223)" in warning.message for warning in plan.warnings)


def test_an_answer_never_gives_a_kvk_number_that_another_supplier_has(known: Importer):
    noord = supplier("noord", "Aelen Noord", own_number="600")
    known.register = Records(suppliers=(*known.register.suppliers, noord))
    head = "Crediteurnummer;Organisatie;KvK;Trede;Geldig vanaf;Geldig t/m\n"
    content = f"{head}600;Aelen;12345678;2;{PERIOD}\n"
    assert {like.supplier_id for like in known.plan(content).rows[0].resembles} == {"aelen", "noord"}
    assert not known.plan(content, decisions={2: same("noord")}).changed.suppliers


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (f"Cox Groen;Echt;;2;{PERIOD};P7", "UNCHANGED cox"),
        ("Cox Groen;Echt;;3;1-1-2026;31-12-2029;P7", "UPDATED cox"),
        (f"Tuinman Cox;Echt;;2;{PERIOD};P7", "MAYBE cox"),
        (f"Cox Groen;;;2;{PERIOD};", "UNCHANGED cox"),
        (f"Cox Groen;Weert;;2;{PERIOD};", "MAYBE cox"),
        (f"Cox Groen;Echt;40000001;2;{PERIOD};", "MAYBE cox"),
        ("Cox Groen;Echt;;2;1-1-2026;31-12-2028;", "MAYBE cox"),
        ("Cox Groen;Echt;;2;;;", "MAYBE cox"),
    ],
)
def test_the_very_certificate_that_the_register_holds_is_no_question(known: Importer, row: str, expected: str):
    first, last = _DAYS[PERIOD]
    held = Certificate(id="c", supplier_id="cox", level=Level.TREDE2, number="P7", valid_from=first, valid_to=last)
    known.register = replace(known.register, certificates=(held,))
    assert outcomes(known.plan(f"{HEAD[:-1]};Certificaatnummer\n{row}\n")) == [expected]


# -- what changed -----------------------------------------------------------------------------------------------------


_NEXT = "1-1-2028;31-12-2029"


@pytest.mark.parametrize(
    ("row", "change", "words"),
    [
        (f"2;{PERIOD};", "same", ""),
        ("2;;;", "same", ""),
        (f"2;{_NEXT};", "renewed", "Verlengd: Trede 2, geldig t/m 31 december 2029 (was t/m 31 december 2027)."),
        (f"3;{_NEXT};", "upgraded", "Hogere trede: Trede 2 → Trede 3, geldig t/m 31 december 2029."),
        (f"2 | 30+;{_NEXT};", "upgraded", "Hogere trede: Trede 2 → Trede 2 met PSO 30+, geldig t/m 31 december 2029."),
        ("3;;;", "upgraded", "Hogere trede: Trede 2 → Trede 3, zonder einddatum."),
        (f"1;{_NEXT};", "downgraded", "Let op: lagere trede: Trede 2 → Trede 1, geldig t/m 31 december 2029."),
        (f"1;{PERIOD};", "downgraded", "Let op: lagere trede: Trede 2 → Trede 1, geldig t/m 31 december 2027."),
        (f"2;{PERIOD};ingetrokken", "ended", "Let op: ingetrokken: Trede 2."),
        ("1;1-1-2022;31-12-2023;", "new", "Nieuw certificaat: Trede 1, geldig t/m 31 december 2023."),
    ],
)
def test_a_row_says_what_is_different_since_the_last_time(known: Importer, row: str, change: str, words: str):
    head = f"{HEAD[:-1]};Status certificaat\n"
    known.take(f"{head}Aelen;;12345678;2;{PERIOD};\n")
    plan = known.plan(f"{head}Aelen;;12345678;{row}\n")
    (planned,) = plan.rows
    assert (planned.certificate_change, planned.why.replace("\xa0", " ")) == (change, words)
    losses = [warning.message for warning in plan.warnings if "Let op" in warning.message]
    assert losses == ([planned.why] if change in {"downgraded", "ended"} else []), "a loss stands out"


def test_a_level_without_dates_is_told_anew_and_not_kept_beside_the_old_one(known: Importer):
    head = "Organisatie;KvK;Trede\n"
    assert changes(known.take(f"{head}Aelen;12345678;Trede 1\n")) == [CertificateChange.NEW]
    assert changes(known.take(f"{head}Aelen;12345678;Trede 3|30+\n")) == [CertificateChange.UPGRADED]
    other = "Loods;50000005;Trede 3|30+\n"
    assert changes(known.take(f"{head}Aelen;12345678;Trede 3\n{other}"))[0] is CertificateChange.DOWNGRADED
    assert [(one.level, one.is_plus30) for one in known.register.certificates][:1] == [(Level.TREDE3, False)]
    assert len(known.register.certificates) == 2


def test_a_row_with_an_end_only_is_the_certificate_that_ends_then(known: Importer):
    known.take(f"{HEAD}Aelen;;12345678;2;{PERIOD}\n")
    plan = known.plan("Organisatie;KvK;Trede;Geldig t/m\nAelen;12345678;2;31-12-2027\n")
    assert outcomes(plan) == ["UNCHANGED aelen"]


# -- what was checked, and what is missing ----------------------------------------------------------------------------


def listed(importer: Importer) -> Past:
    return Past(listed=frozenset(check.certificate_id for check in importer.register.verifications))


def test_every_certificate_that_is_taken_was_checked(known: Importer):
    content = (
        f"{HEAD}Aelen;;12345678;2;{PERIOD}\nAelen;;12345678;2;{PERIOD}\nLoods;;50000005;3;{PERIOD}\n"
        f"Cox Groen;;;1;{PERIOD}\nDael;;22222223;9;{PERIOD}\n"
    )
    plan = known.take(content)
    assert [row.outcome.name for row in plan.rows] == ["NEW", "NEW", "NEW", "MAYBE", "ERROR"]
    checks = plan.new.verifications
    assert [check.certificate_id for check in checks] == [one.id for one in plan.new.certificates]
    assert {(check.checked_on, check.method, check.note) for check in checks} == {(TODAY, "PSO-lijst", "bestand.csv")}
    assert not len(known.plan(content).new), "the same list on the same day says nothing new"


def test_the_sheet_stands_with_the_check(known: Importer, tmp_path: Path, workbook):
    path = workbook(
        {"PSO": [HEAD.strip().split(";"), ["Aelen", "", "12345678", "2", date(2026, 1, 1), date(2027, 12, 31)]]}
    )
    assert [check.note for check in known.plan(path).new.verifications] == ["boek.xlsx, blad ‘PSO’"]


def test_what_the_last_list_held_and_this_one_does_not_is_told(known: Importer):
    known.take(
        f"{HEAD}Aelen;;12345678;2;{PERIOD}\nDael;;22222223;1;{PERIOD}\nLoods;;50000005;3;{PERIOD}\n"
        f"Oud;;60000006;3;1-1-2023;31-12-2024\nStop;;70000007;3;{PERIOD}\n"
    )
    plan = known.plan(f"{HEAD}Aelen;;12345678;3;1-1-2028;31-12-2029\nStop;;70000007;9;{PERIOD}\n", past=listed(known))
    told = [(gone.supplier_id, gone.name, gone.what.replace("\xa0", " ")) for gone in plan.absent]
    assert told == [
        ("dael", "Dael Techniek", "Trede 1, geldig t/m 31 december 2027"),
        ("", "Loods", "Trede 3, geldig t/m 31 december 2027"),
    ], "not who was renewed, expired, or stands on a row that was left out"
    assert all(one.supplier_id == "aelen" for one in plan.new.certificates) and not plan.changed.certificates


def test_a_supplier_of_which_a_row_is_still_doubtful_is_not_missing(known: Importer):
    known.take(f"{HEAD}Cox Groen;Echt;;2;{PERIOD}\n", decisions={2: same("cox")})
    for name in ("Cox Groen", "Coxx Groen"):
        renewed = f"{HEAD}{name};Echt;;2;1-1-2028;31-12-2029\n"
        assert known.plan(renewed, past=listed(known)).absent == ()
    assert len(known.plan(f"{HEAD}Loods;;50000005;3;{PERIOD}\n", past=listed(known)).absent) == 1


# -- a large list -----------------------------------------------------------------------------------------------------


def test_of_a_large_list_without_numbers_only_what_resembles_a_supplier_is_asked(importer: Importer):
    importer.register = Records(
        suppliers=tuple(supplier(f"s{n}", f"Bedrijf {n * 7919} Proef B.V.", city="Weert") for n in range(50))
    )
    ours = [f"Bedrijf {n * 7919} Proef;Weert;Trede 2" for n in range(0, 50, 5)]
    others = [f"Organisatie {chr(97 + n % 26) * 4}{chr(97 + n // 26) * 4};Heerlen;Trede 1" for n in range(190)]
    plan = importer.plan("Organisatie;Plaats;PSO-trede\n" + "\n".join([*ours, *others]) + "\n")
    assert (plan.maybe_rows, plan.skipped_rows, len(plan.new)) == (10, 190, 0)


def test_a_list_with_addresses_is_asked_about_before_it_makes_anybody_a_supplier(known: Importer):
    head = "Organisatie;Plaats;Branche;Telefoon;KvK;Trede;Geldig vanaf;Geldig t/m\n"
    content = f"{head}Loods;Breda;Bouw;076-5220000;50000005;2;{PERIOD}\n"
    plan = known.plan(content)
    (question,) = [one for one in plan.questions if one.asked == "whose"]
    assert question.is_open and len(plan.new.suppliers) == 1
    plan = known.plan(content, answers={question.key: "certificates"})
    assert (len(plan.new.suppliers), len(plan.new.certificates)) == (0, 1)
    assert [one.is_open for one in plan.questions if one.asked == "whose"] == [False]


# -- a list can never clear a supplier by name alone -------------------------------------------------------------------

_NAMES = ("Cox Groen", "Cox Groen B.V.", "Coxx Groen", "Dael", "")
_CITIES = ("Echt", "Weert", "")
_KVKS = ("12345678", "22222223", "33333334", "1234567", "01234567", "")
_OWNS = ("500", "501", "")
_LEVELS = ("Trede 1", "Trede 2", "Trede 3|30+")
_DATES = (PERIOD, "1-1-2028;31-12-2029", ";31-12-2027", ";")
_NUMBERS = ("P1", "P2", "")

_SUPPLIERS = st.lists(
    st.tuples(st.sampled_from(_NAMES[:4]), st.sampled_from(_CITIES), st.sampled_from(_KVKS), st.sampled_from(_OWNS)),
    min_size=1,
    max_size=3,
)
_HELD = st.lists(
    st.tuples(
        st.sampled_from(("s0", "s1", "s2", None)), st.sampled_from(_NAMES), st.sampled_from(_NUMBERS),
        st.sampled_from(list(Level)), st.sampled_from(sorted(_DAYS)), st.sampled_from(_KVKS),
    ),
    max_size=3,
)  # fmt: skip
_ROWS = st.lists(
    st.tuples(*map(st.sampled_from, (_OWNS, _NAMES, _CITIES, _KVKS, _KVKS, _LEVELS, _DATES, _NUMBERS))),
    min_size=1,
    max_size=4,
)
_WIDE = "Crediteurnummer;Organisatie;Plaats;KvK;Geldt ook voor KvK;Trede;Geldig vanaf;Geldig t/m;Certificaatnummer\n"


@given(suppliers=_SUPPLIERS, held=_HELD, rows=_ROWS, decided=st.none() | st.integers(0, 2))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_supplier_is_given_a_certificate_by_name_alone(tmp_path: Path, suppliers, held, rows, decided):
    importer = Importer(tmp_path)
    ours = [
        supplier(f"s{n}", name, city=city, kvk=kvk, own_number=own)
        for n, (name, city, kvk, own) in enumerate(suppliers)
    ]
    before = [
        Certificate(id=f"c{n}", supplier_id=holder if holder in {one.id for one in ours} else None, holder_name=name,
                    number=number, level=level, covered_kvk=(kvk,) if kvk else (),
                    valid_from=_DAYS[days][0], valid_to=_DAYS[days][1])
        for n, (holder, name, number, level, days, kvk) in enumerate(held)
    ]  # fmt: skip
    importer.register = Records(suppliers=tuple(ours), certificates=tuple(before))
    decisions = {2: same(f"s{decided}")} if decided is not None and decided < len(ours) else {}
    plan = importer.plan(_WIDE + "".join(";".join(row) + "\n" for row in rows), decisions=decisions)

    taken = [row for row in plan.rows if row.outcome in {Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED}]
    for row in (row for row in taken if row.supplier_id and not row.is_decided):
        owner = next(one for one in ours if one.id == row.supplier_id)
        cells = rows[row.row - 2]
        assert _shares_number(owner, cells) or any(_is_it(one, cells) for one in before if one.supplier_id == owner.id)
    holders = {row.supplier_id for row in taken}
    untouched = {one.id: one.supplier_id for one in before}
    for certificate in (*plan.new.certificates, *plan.changed.certificates):
        assert certificate.supplier_id in holders or certificate.supplier_id == untouched.get(certificate.id)
    checked = {check.certificate_id for check in plan.new.verifications}
    assert len(checked) <= len(taken)
    assert {one.id for one in (*plan.new.certificates, *plan.changed.certificates)} <= checked


def _shares_number(owner: Supplier, cells: Iterable[str]) -> bool:
    own, _name, _city, kvk, covers, *_ = cells
    return bool(owner.own_number and owner.own_number == own) or bool(
        owner.kvk and kvk_key(owner.kvk) in {kvk_key(kvk), kvk_key(covers)}
    )


def _is_it(certificate: Certificate, cells: Iterable[str]) -> bool:
    _own, _name, _city, _kvk, _covers, level, days, number = cells
    same_days = _DAYS.get(days) == (certificate.valid_from, certificate.valid_to)
    return bool(number and number == certificate.number) or (same_days and level.startswith(certificate.level.label))
