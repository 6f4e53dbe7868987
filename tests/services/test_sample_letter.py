"""The letter on the screen of the settings: drawn with what is typed, without writing anything."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.contract import AmountKind, YearAmount
from app.domain.letter import LetterSettings
from app.domain.supplier import Address, Supplier
from app.services import Register
from app.services.sample_letter import SampleLetter, sample_letter

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def one_supplier_that_does_not_comply(register: Register) -> None:
    with register.operation("edit", "erbij"):
        register.suppliers.add(
            Supplier(
                id="maasdal",
                name="Bouwbedrijf Maasdal B.V.",
                visiting=Address(street="Dijk", house_number="1", postcode="6041 AB", city="Roermond"),
            )
        )
        register.amounts.add(
            YearAmount(id="a", supplier_id="maasdal", year=2026, kind=AmountKind.AGREED, cents=20_000_000)
        )


def drawn(register: Register, settings: LetterSettings, *among: str) -> SampleLetter:
    return sample_letter(register, settings, on=TODAY, among=among, width_px=300)


def test_it_shows_settings_that_were_not_saved_and_saves_nothing(register: Register) -> None:
    before = register.newest_change()
    plain = drawn(register, LetterSettings(), "maasdal")
    other = drawn(register, LetterSettings(signatory="Noor van den Berg"), "maasdal")
    assert plain.page.width == 300
    assert plain.page.rgb_bytes != other.page.rgb_bytes
    assert register.newest_change() == before


def test_the_window_is_there_also_without_a_letter(register: Register) -> None:
    nobody = drawn(register, LetterSettings(window="right", offset_down_mm=2.0))
    assert (nobody.is_invented, nobody.window, nobody.lost) == (True, (105.0, 50.0, 175.0, 81.0), ())
    assert drawn(register, replace(LetterSettings(), window="none")).window is None


def test_lines_that_find_no_place_are_named(register: Register) -> None:
    lines = "\n".join(f"Regel {number}" for number in range(9))
    assert "Regel 8" in drawn(register, LetterSettings(letterhead=lines)).lost
    book = drawn(register, LetterSettings(letterhead="a" * 100_000), "maasdal")
    assert book.lost
