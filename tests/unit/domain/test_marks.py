"""What was typed is marked in the text as it is written."""

import pytest

from app.domain.marks import find_marks


@pytest.mark.parametrize(
    ("shown", "sought", "marked"),
    [
        ("Bouwbedrijf Café Maasdal B.V.", "cafe maas", "Bouwbedrijf [Café] [Maas]dal B.V."),
        ("Bouwbedrijf Maasdal B.V.", "bv", "Bouwbedrijf Maasdal [B.V]."),
        ("Bouwbedrijf Maasdal", "ouwb", "B[ouwb]edrijf Maasdal"),
        ("Opdam Dakwerken", "dak", "Opdam [Dak]werken"),
        ("Straßenbau", "strass", "[Straß]enbau"),
        ("Van d’Ell & Zn", "d & z", "Van [d]’Ell & [Z]n"),
        ("0475-38 12 40", "0475 38", "[0475-38] 12 40"),
        ("0475-38 12 40", "+31 475 381", "[0475-38 1]2 40"),
        ("+31 475 90 15 00", "0475 901", "+31 [475 90 1]5 00"),
        ("0475-38 12 40", "381240", "0475-[38 12 40]"),
        ("RC-2026/14", "rc-2026/1", "[RC-2026/1]4"),
        ("6041 AB", "6041 ab", "[6041] [AB]"),
        ("Drukkerij Van Horne B.V.", "vanhorne", "Drukkerij [Van Horne] B.V."),
        ("6041 AB", "6041ab", "[6041 AB]"),
        ("voor mij", "rm", "voor mij"),
        ("Bouw 12", "", "Bouw 12"),
        ("", "bouw", ""),
    ],
)
def test_the_part_that_was_typed_is_marked(shown: str, sought: str, marked: str) -> None:
    for begin, end in reversed(find_marks(shown, sought)):
        shown = f"{shown[:begin]}[{shown[begin:end]}]{shown[end:]}"
    assert shown == marked
