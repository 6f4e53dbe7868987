"""Levels, names of people, addresses and identifiers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.certificate import Level
from app.domain.names import full_name
from app.domain.supplier import Salutation
from app.importing.cleaning import plain_text
from app.importing.levels import parse_level, parse_status, parse_yes_no
from app.importing.outcome import CellFault
from app.importing.people import parse_contact, split_kvk, split_postcode, split_street
from app.importing.row_texts import TextCleaner


@pytest.mark.parametrize(
    ("text", "level", "plus"),
    [
        ("Trede 3", Level.TREDE3, False),
        ("PSO-2", Level.TREDE2, False),
        ("2", Level.TREDE2, False),
        ("TREDE1", Level.TREDE1, False),
        ("PSO trede II", Level.TREDE2, False),
        ("Trede 3 | 30+", Level.TREDE3, True),
        ("PSO 30+", Level.TREDE3, True),
        ("aspirant-status", Level.ASPIRANT, False),
        ("Basis", Level.BASIS, False),
        ("Basistrede", Level.BASIS, False),
        ("Trede 3|30+", Level.TREDE3, True),
        ("PSO 30+ Trede 3", Level.TREDE3, True),
        ("Trede 3 en PSO 30+", Level.TREDE3, True),
        ("trede 3 plus 30+", Level.TREDE3, True),
        ("3 + 30 plus", Level.TREDE3, True),
        ("30+ Abw", Level.TREDE3, True),
        ("PSO 30+ | Abw", Level.TREDE3, True),
        ("Trede 2 (30+)", Level.TREDE2, True),
        ("Aspirant status", Level.ASPIRANT, False),
        ("aspirantstatus", Level.ASPIRANT, False),
        ("Basis trede", Level.BASIS, False),
        ("trede III", Level.TREDE3, False),
        ("Trede\u00a0\u2161", Level.TREDE2, False),
        ("T2", Level.TREDE2, False),
        ("2e trede", Level.TREDE2, False),
        ("trede twee", Level.TREDE2, False),
        ("Niveau 2", Level.TREDE2, False),
        ("Prestatieladder Socialer Ondernemen, trede 1", Level.TREDE1, False),
        ("geen", None, False),
        ("geen 30+", None, False),
        ("geen PSO-certificaat", None, False),
        ("n.v.t.", None, False),
        ("-", None, False),
    ],
)
def test_levels_are_read_as_people_write_them(text: str, level: Level | None, plus: bool):
    read = parse_level(text)
    assert (read.level, read.is_plus30) == (level, plus)


@pytest.mark.parametrize(
    "text", ["4", "ja", "goud", "PSO", "2026", "Trede", "gecertificeerd", "in aanvraag", "30", "2030+"]
)
def test_what_is_no_level_is_not_guessed(text: str):
    with pytest.raises(ValueError, match="geen trede"):
        parse_level(text)


@pytest.mark.parametrize(
    "text",
    [
        "PSO Trede 1 t/m 2027",
        "Trede 2/3",
        "aspirant af, nu trede 1",
        "Trede 3, geen 30+",
        "Trede 3+",
        "Trede 1 (in aanvraag)",
    ],
)
def test_a_cell_that_says_more_than_a_level_is_not_guessed(text: str):
    with pytest.raises(ValueError, match="meer dan een trede"):
        parse_level(text)


_WRITTEN = {
    Level.ASPIRANT: ("aspirant",),
    Level.BASIS: ("basis", "basistrede"),
    Level.TREDE1: ("1", "I"),
    Level.TREDE2: ("2", "II"),
    Level.TREDE3: ("3", "III"),
}
_WRITING = {
    "before": st.sampled_from(("", "PSO", "trede ", "PSO-trede: ", "Niveau", "prestatieladder ")),
    "between": st.sampled_from((" ", "-", "_", " - ", "  ")),
    "behind": st.sampled_from(("", " status", "-certificaat", " (PSO)")),
    "plus": st.sampled_from(("", " 30+", "|30+", " (30 +)", " + PSO 30plus", " / Abw")),
    "shout": st.booleans(),
}


@given(level=st.sampled_from(list(Level)), which=st.integers(0, 1), **_WRITING)
def test_a_level_is_the_same_however_it_is_written(
    level: Level, which: int, before: str, between: str, behind: str, plus: str, shout: bool
):
    text = f"{before}{between}{_WRITTEN[level][which % len(_WRITTEN[level])]}{behind}{plus}"
    read = parse_level(text.upper() if shout else text)
    assert (read.level, read.is_plus30) == (level, bool(plus))


@given(levels=st.lists(st.sampled_from(list(Level)), min_size=2, max_size=2, unique=True), **_WRITING)
def test_two_levels_in_a_cell_are_never_one(
    levels: list[Level], before: str, between: str, behind: str, plus: str, shout: bool
):
    one, other = (_WRITTEN[level][0] for level in levels)
    text = f"{before}{between}{one} {behind} {before}{between}{other}{behind}{plus}"
    with pytest.raises(ValueError, match="meer dan een trede"):
        parse_level(text.upper() if shout else text)


def test_statuses_and_answers_are_read_in_both_languages():
    assert [parse_status(text).label for text in ("Geldig", "withdrawn", "OPGESCHORT", "vervangen")] == [
        "geldig",
        "ingetrokken",
        "opgeschort",
        "vervangen",
    ]
    assert [parse_yes_no(text) for text in ("Ja", "x", "1", "nee", "0", "No")] == [True] * 3 + [False] * 3


@pytest.mark.parametrize(
    ("text", "name", "salutation"),
    [
        ("P. Jansen", "P. Jansen", Salutation.NEUTRAL),
        ("Berg, Karin van den", "Karin van den Berg", Salutation.NEUTRAL),
        ("dhr. de Vries", "de Vries", Salutation.MR),
        ("Mevr. Y. El Idrissi", "Y. El Idrissi", Salutation.MRS),
        ("PJ Jansen", "P.J. Jansen", Salutation.NEUTRAL),
        ("afdeling inkoop", "afdeling inkoop", Salutation.NEUTRAL),
        ("JAN DE GROOT", "JAN DE GROOT", Salutation.NEUTRAL),
    ],
)
def test_contacts_are_taken_apart_and_no_gender_is_guessed(text: str, name: str, salutation: Salutation):
    contact = parse_contact(text, contact_id="c", supplier_id="s")
    assert (full_name(contact), contact.salutation) == (name, salutation)


def test_the_infix_stands_apart():
    contact = parse_contact("Karin van den Berg", contact_id="c", supplier_id="s")
    assert (contact.first_name, contact.infix, contact.surname) == ("Karin", "van den", "Berg")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Industrieweg 12a", ("Industrieweg", "12a")),
        ("Plein 1944 3-5", ("Plein 1944", "3-5")),
        ("Postbus 446", ("Postbus 446", "")),
        ("Dorpsstraat", ("Dorpsstraat", "")),
        ("12 High Street", ("12 High Street", "")),
    ],
)
def test_street_and_number_in_one_cell_are_split(text: str, parts: tuple[str, str]):
    assert split_street(text) == parts


@pytest.mark.parametrize("text", ["a" * 100_000, "," * 100_000 + "a", "a, " * 40_000 + "a"])
def test_a_street_without_end_is_kept_whole_and_takes_no_minutes(text: str):
    assert split_street(text) == (text, "")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("6041 AB Roermond", ("6041 AB", "Roermond")),
        ("6041ab  Den Haag", ("6041 AB", "Den Haag")),
        ("6041AB", ("6041 AB", "")),
        ("B-3600 Genk", ("B-3600 Genk", "")),
    ],
)
def test_postcode_and_place_in_one_cell_are_split(text: str, parts: tuple[str, str]):
    assert split_postcode(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Aelen Bouw B.V. (12345678)", ("Aelen Bouw B.V.", "12345678")),
        ("Aelen (Echt) (K.v.K.-nr. 12345678)", ("Aelen (Echt)", "12345678")),
        ("Aelen Bouw (1234567)", ("Aelen Bouw (1234567)", "")),
        ("Aelen Bouw 12345678", ("Aelen Bouw 12345678", "")),
        ("(12345678)", ("(12345678)", "")),
    ],
)
def test_a_name_with_its_kvk_number_in_brackets_is_split(text: str, parts: tuple[str, str]):
    assert split_kvk(text) == parts


def test_invisible_characters_and_guards_go():
    assert plain_text("\u200bA\x12 B\u00a0 \ud800C\n") == "A B C"
    assert plain_text("'=1+1") == "=1+1"
    assert plain_text("'t Hoekje") == "'t Hoekje"


def cleaned(**texts: str) -> tuple[dict[str, str], list[CellFault]]:
    cleaner = TextCleaner(dict.fromkeys(texts, "Kolom"), is_dutch=True)
    cleaner.clean(texts, 2)
    return texts, cleaner.warnings


@pytest.mark.parametrize("kvk", ["11111111", "22222222", "44444444", "99999999", "00000001"])
def test_a_kvk_number_of_eight_digits_is_kept_whatever_its_digits(kvk: str):
    assert cleaned(kvk=kvk) == ({"kvk": kvk}, [])


@pytest.mark.parametrize("text", ["00000000", "n.v.t.", "onbekend", "0"])
def test_what_is_no_kvk_number_is_left_out_with_a_warning(text: str):
    texts, (warning,) = cleaned(kvk=text)
    assert texts == {"kvk": ""}
    assert (warning.value, warning.message) == (text, f"'{text}' is geen KvK-nummer. Het is niet overgenomen.")


@pytest.mark.parametrize("text", ["0", "000", "n.v.t.", "Onbekend", "?"])
def test_what_is_no_number_of_ours_is_left_out_with_a_warning(text: str):
    texts, (warning,) = cleaned(own_number=text)
    assert texts == {}
    assert (warning.value, warning.message) == (text, f"'{text}' is geen eigen nummer. Het is niet overgenomen.")


@pytest.mark.parametrize(
    ("text", "kvk"),
    [
        ("KvK 40000001", "40000001"),
        ("KVK-nr: 40000001", "40000001"),
        ("KvK40000001", "40000001"),
        ("40 00 00 02", "40000002"),
        ("KvK: 40.000.002", "40000002"),
        ("40000002.0", "40000002"),
        ("40000001 / 000012345678", "40000001"),
    ],
)
def test_one_kvk_number_is_found_in_whatever_stands_around_it(text: str, kvk: str):
    assert cleaned(kvk=text) == ({"kvk": kvk}, [])


@pytest.mark.parametrize(
    ("text", "kvk"),
    [("1234567.0", "1234567"), ("40000001/40000002", "40000001/40000002"), ("DE12345678", "DE12345678")],
)
def test_no_kvk_number_is_made_of_other_numbers(text: str, kvk: str):
    texts, (warning,) = cleaned(kvk=text)
    assert (texts["kvk"], warning.value) == (kvk, text)


def test_a_warning_shows_the_cell_as_it_was():
    _, warnings = cleaned(kvk="KvK 123.456", btw_id="nl 12", postcode="6041 SS Roermond")
    assert [warning.value for warning in warnings] == ["KvK 123.456", "nl 12", "6041 SS Roermond"]


@pytest.mark.parametrize(
    "text",
    [
        "KvK 40000001 en 40000002",
        "KvK-nummers: 40000001 & 40000002.",
        "40000001 and KvK 40 00 00 02",
        "40000001-40000002",
        "40000001 + 40000002",
    ],
)
def test_words_between_the_numbers_that_a_certificate_covers_are_no_fault(text: str):
    cleaner = TextCleaner({"covers_kvk": "Kolom"}, is_dutch=True)
    assert cleaner.covers({"covers_kvk": text}, 2) == ("40000001", "40000002")
    assert not cleaner.warnings


def test_a_number_that_a_certificate_covers_stays_as_typed_and_what_is_none_is_told():
    cleaner = TextCleaner({"covers_kvk": "Kolom"}, is_dutch=True)
    assert cleaner.covers({"covers_kvk": "1234567, Echt"}, 2) == ("1234567",)
    assert [(warning.value, warning.message[:13]) for warning in cleaner.warnings] == [
        ("1234567, Echt", "Een KvK-numme"),
        ("1234567, Echt", "'Echt' is gee"),
    ]
