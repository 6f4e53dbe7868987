"""Numbers that name a firm: cleaned, compared, and doubted with a word."""

import pytest

from app.domain import identifiers


@pytest.mark.parametrize(("text", "clean"), [(" 01.234.567 ", "01234567"), ("0123 4567", "01234567"), ("geen", "geen")])
def test_a_kvk_number_loses_points_and_spaces(text: str, clean: str) -> None:
    assert identifiers.clean_kvk(text) == clean


def test_a_kvk_number_has_eight_digits_and_a_lost_zero_is_proposed() -> None:
    assert identifiers.check_kvk("01234567") is None
    assert identifiers.check_kvk("") is None
    assert "01234567" in (identifiers.check_kvk("1234567") or "")
    assert identifiers.check_kvk("123456789") and identifiers.check_kvk("ABCDEFGH")


@pytest.mark.parametrize("btw_id", ["NL004495445B01", "NL123456782B01", "NL000099998B57", "BE0123456789", ""])
def test_a_btw_id_passes_the_elfproef_or_mod_97(btw_id: str) -> None:
    assert identifiers.check_btw_id(btw_id) is None


@pytest.mark.parametrize("btw_id", ["NL123456789B56", "NL001234567B01", "NL12345B01"])
def test_a_wrong_btw_id_is_doubted(btw_id: str) -> None:
    assert identifiers.check_btw_id(btw_id)


@pytest.mark.parametrize(
    ("text", "clean", "doubted"),
    [
        ("6041ab", "6041 AB", False),
        (" 6041  AB", "6041 AB", False),
        ("0041 AB", "0041 AB", True),
        ("1234SS", "1234 SS", True),
        ("B-3600", "B-3600", True),
    ],
)
def test_a_postcode_is_set_right_or_doubted(text: str, clean: str, doubted: bool) -> None:
    assert identifiers.clean_postcode(text) == clean
    assert (identifiers.check_postcode(clean) is not None) is doubted


def test_a_foreign_postcode_is_not_judged() -> None:
    assert identifiers.check_postcode("3600", "België") is None


@pytest.mark.parametrize(
    "text",
    [
        "0475-38 12 40",
        "+31 475 381240",
        "0031475381240",
        "+31 (0)475 38 12 40",
        "(0475) 381240",
        "0475381240",
        "00310475381240",
        "31475381240",
        "tel:+31475381240",
        "sip:0475381240@voorbeeld.example",
        "T: 0475-381240",
        "\uff10\uff14\uff17\uff15381240",
    ],
)
def test_a_phone_number_is_the_same_in_every_notation(text: str) -> None:
    assert identifiers.phone_key(text) == "475381240"


def test_a_foreign_phone_number_keeps_its_country() -> None:
    assert identifiers.phone_key("+32 89 12 34 56") == "3289123456"
    assert identifiers.phone_key("+32 (0)89 12 34 56") == "3289123456"
    assert identifiers.phone_key("geen") == ""


@pytest.mark.parametrize("text", ["0475-38 12 40", "+31 475 381240", "0031475381240", "06 12345678", "(0475) 381 240"])
def test_a_whole_phone_number_is_known_as_one(text: str) -> None:
    assert identifiers.is_phone_number(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0475/38 12 40", ["0475/38 12 40"]),
        ("0475-111111/0612345678", ["0475-111111", "0612345678"]),
        ("0475/381240 / +31 (0)6 12345678; 077 351 00 00", ["0475/381240", "+31 (0)6 12345678", "077 351 00 00"]),
        ("0475-111111, toestel 12", ["0475-111111, toestel 12"]),
        ("Jan 0612345678, Piet 0687654321", ["Jan 0612345678", "Piet 0687654321"]),
        ("", [""]),
    ],
)
def test_only_whole_phone_numbers_are_parted(text: str, numbers: list[str]) -> None:
    assert identifiers.split_phones(text) == numbers


@pytest.mark.parametrize("text", ["12045678", "0475", "Bakkerij 0475-38 12 40", "", "6041 AB", "+", "0" * 40])
def test_anything_else_is_no_phone_number(text: str) -> None:
    assert not identifiers.is_phone_number(text)


def test_a_kvk_number_is_known_as_one() -> None:
    assert identifiers.is_kvk(" 1204.5678 ")
    assert not identifiers.is_kvk("1204567")
    assert not identifiers.is_kvk("Bakkerij")
