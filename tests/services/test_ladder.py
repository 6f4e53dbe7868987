"""Required and held through the years: the policy's dated rules as steps, certificates as bars."""

from dataclasses import replace
from datetime import date

import pytest

from app.base.errors import NotFoundError
from app.domain.certificate import Certificate, CertificateStatus, Level
from app.domain.contract import AmountKind, YearAmount
from app.domain.policy import Exemption, PolicySettings
from app.domain.supplier import Supplier
from app.services import Register
from app.services.ladder import Bar, Step, ladder

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def one_supplier(register: Register) -> None:
    with register.operation("edit", "erbij"):
        register.suppliers.add(Supplier(id="s", name="Bouwbedrijf Maasdal B.V.", kvk="01234567"))


def order(register: Register, years: range, cents: int = 20_000_000) -> None:
    with register.operation("edit", "opdrachten"):
        register.amounts.add_all(
            YearAmount(id=f"a{year}", supplier_id="s", year=year, kind=AmountKind.AGREED, cents=cents) for year in years
        )


def certify(register: Register, key: str, level: Level, begin: date, end: date, **more: object) -> None:
    values = {"supplier_id": "s", "covered_kvk": ("01234567",), "number": f"PSO-{key}", **more}
    with register.operation("edit", "certificaat"):
        register.certificates.add(Certificate(id=key, level=level, valid_from=begin, valid_to=end, **values))  # type: ignore[arg-type]


def test_what_is_asked_rises_with_the_rules_and_falls_with_the_amount(register: Register) -> None:
    order(register, range(2020, 2026))
    order(register, range(2026, 2029), cents=1_000_000)
    found = ladder(register, "s", on=TODAY)
    assert (found.first_year, found.last_year, found.held) == (2020, 2028, ())
    assert found.required == (
        Step(date(2020, 1, 1), None),
        Step(date(2021, 1, 1), Level.TREDE1),
        Step(date(2022, 1, 1), Level.TREDE2),
        Step(date(2026, 1, 1), None),
    )


def test_a_year_of_which_the_amount_is_not_known_is_marked(register: Register) -> None:
    order(register, range(2022, 2027))
    assert ladder(register, "s", on=TODAY).required == (
        Step(date(2020, 1, 1), None),
        Step(date(2021, 1, 1), None, is_known=False),
        Step(date(2022, 1, 1), Level.TREDE2),
        Step(date(2027, 1, 1), None, is_known=False),
    )


def test_a_rule_or_exemption_within_a_year_makes_a_step_on_its_day(register: Register) -> None:
    order(register, range(2020, 2029))
    rule = next(rule for rule in register.rules.list_all() if rule.code == "trede2-2022")
    with register.operation("edit", "beleid"):
        register.rules.save(replace(rule, valid_to=date(2027, 6, 30)))
        register.rules.add(
            replace(rule, id="r", code="trede3-2027", level=Level.TREDE3, valid_from=date(2027, 7, 1), valid_to=None)
        )
        register.exemptions.add(
            Exemption(id="e", supplier_id="s", reason="anders", approver="de directie", from_on=date(2024, 3, 1),
                      to_on=date(2024, 4, 30))
        )  # fmt: skip
    assert ladder(register, "s", on=TODAY).required[2:] == (
        Step(date(2022, 1, 1), Level.TREDE2),
        Step(date(2024, 3, 1), None),
        Step(date(2024, 5, 1), Level.TREDE2),
        Step(date(2027, 7, 1), Level.TREDE3),
    )


def test_only_certificates_that_count_are_bars_and_the_first_one_begins_the_chart(register: Register) -> None:
    certify(register, "2", Level.TREDE1, date(2025, 3, 13), date(2027, 3, 12))
    certify(register, "1", Level.BASIS, date(2018, 5, 1), date(2020, 4, 30), number="")
    certify(register, "withdrawn", Level.TREDE2, date(2021, 1, 1), date(2022, 12, 31),
            status=CertificateStatus.WITHDRAWN, status_on=date(2022, 1, 1))  # fmt: skip
    certify(register, "never", Level.TREDE2, date(2021, 1, 1), date(2022, 12, 31), status=CertificateStatus.SUSPENDED)
    certify(register, "others", Level.TREDE3, date(2021, 1, 1), date(2022, 12, 31), covered_kvk=("01239999",))
    certify(register, "group", Level.TREDE3, date(2023, 1, 1), date(2024, 12, 31), supplier_id=None)
    found = ladder(register, "s", on=TODAY)
    assert found.held == (
        Bar(date(2018, 5, 1), date(2020, 4, 30), Level.BASIS, "Basistrede"),
        Bar(date(2021, 1, 1), date(2021, 12, 31), Level.TREDE2, "Trede 2 · PSO-withdrawn"),
        Bar(date(2023, 1, 1), date(2024, 12, 31), Level.TREDE3, "Trede 3 · PSO-group"),
        Bar(date(2025, 3, 13), date(2027, 3, 12), Level.TREDE1, "Trede 1 · PSO-2"),
    )
    assert (found.first_year, found.required[0].from_on) == (2018, date(2018, 1, 1))


def test_an_unchecked_certificate_is_no_bar_where_it_does_not_count(register: Register) -> None:
    certify(register, "1", Level.TREDE2, date(2026, 1, 1), date(2027, 12, 31))
    with register.operation("edit", "beleid"):
        register.save_settings(PolicySettings(unverified_counts=False))
    assert ladder(register, "s", on=TODAY).held == ()


def test_an_unknown_supplier_is_not_found(register: Register) -> None:
    with pytest.raises(NotFoundError):
        ladder(register, "weg", on=TODAY)
