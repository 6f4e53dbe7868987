"""Names: found however they are typed, addressed as their owners wish (domain.md §6.2)."""

import pytest

from app.domain.names import attention_line, company_key, fold, salutation, sort_key, telling_words, words
from app.domain.supplier import Contact, Salutation


def person(**parts: object) -> Contact:
    return Contact(id="p", supplier_id="s", **parts)  # type: ignore[arg-type]


def test_accents_case_and_points_do_not_matter() -> None:
    assert fold("  Café   ĲSSEL Łódź ") == "cafe ijssel lodz"
    assert words("Gebr. v.d. Ven B.V.") == ("gebr", "vd", "ven", "bv")
    assert words("’s-Hertogenbosch (NB)") == ("s", "hertogenbosch", "nb")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gebr. Aelen B.V.", "gebroeders aelen bv"),
        ("Bouwbedr. Maasdal BV", "Bouwbedrijf Maasdal B.V."),
        ("Stichting De Brug", "de brug"),
        ("Peel en Maas Schilders", "Peel & Maas schilders"),
    ],
)
def test_legal_form_and_abbreviations_do_not_make_another_firm(one: str, other: str) -> None:
    assert company_key(one) == company_key(other)


def test_a_holding_is_another_firm_and_a_name_is_never_empty() -> None:
    assert company_key("Maasdal Holding B.V.") != company_key("Maasdal B.V.")
    assert company_key("B.V.") == "bv"


def test_the_words_to_find_a_like_name_by_are_those_that_everybody_writes_alike() -> None:
    assert telling_words("Gebroeders Aelen B.V.") == telling_words("Gebr. Aelen") == ("aelen",)
    assert telling_words("Stichting Installatie") == ("installatie",)
    assert telling_words("B.V.") == ("bv",)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Bouwbedrijf Café Maasdal", "bouwbedrijf cafe maasdal"),
        ("Van den Berg B.V.", "berg b.v., van den"),
        ("van  der Ven", "ven, van der"),
        ("V.d. Ven", "ven, v.d."),
        ("De Brug", "brug, de"),
        ("’t Hofje", "hofje, 't"),
        ("In 't Veld Groen", "veld groen, in 't"),
        ("In Balans", "in balans"),
        ("Ter Horst", "horst, ter"),
        ("Den", "den"),
        ("Van de", "de, van"),
        ("", ""),
    ],
)
def test_what_stands_before_a_name_comes_behind_it_in_a_list(name: str, key: str) -> None:
    assert sort_key(name) == key


@pytest.mark.parametrize(
    ("contact", "opening", "line"),
    [
        (None, "Geachte heer, mevrouw,", None),
        (person(salutation=Salutation.MR, initials="J.", infix="van der", surname="Proef"),
         "Geachte heer Van der Proef,", "t.a.v. de heer J. van der Proef"),
        (person(salutation=Salutation.MRS, surname="'t Voorbeeld"),
         "Geachte mevrouw 't Voorbeeld,", "t.a.v. mevrouw 't Voorbeeld"),
        (person(initials="K.", infix="de", surname="Proef"), "Geachte K. de Proef,", "t.a.v. K. de Proef"),
        (person(salutation=Salutation.MRS, literal_name="Patsy Van der Proeven"),
         "Geachte mevrouw Patsy Van der Proeven,", "t.a.v. mevrouw Patsy Van der Proeven"),
        (person(salutation=Salutation.MR, infix="van den", surname="Proef"),
         "Geachte heer Van den Proef,", "t.a.v. de heer Van den Proef"),
    ],
)  # fmt: skip
def test_a_letter_begins_as_its_reader_wishes(contact: Contact | None, opening: str, line: str | None) -> None:
    assert salutation(contact) == opening
    if contact:
        assert attention_line(contact) == line
