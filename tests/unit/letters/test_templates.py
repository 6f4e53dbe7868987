import pytest

from app.domain.verdict import AmountSource, Reason
from app.letters.content import field_values
from app.letters.template_reader import parse_template
from app.letters.templates import FIELDS, Field, TemplateError, shipped
from tests.unit.letters.examples import MAASDAL

SMALL = """kind = "verzoek"
title = "Proefbrief"
subject = "Over {kenmerk}"
greeting = "Met vriendelijke groet,"

[[section]]
heading = "Wat vragen wij?"
text = \"\"\"
Eerste zin,
met {trede}.

- punt {{een}}
  en verder
- punt twee
Weer gewoon.
\"\"\"
"""


def test_text_fields_and_doubled_braces_are_told_apart():
    section = parse_template(SMALL).sections[0]
    assert section.heading == ("Wat vragen wij?",)
    assert [(part.pieces, part.is_item) for part in section.parts] == [
        (("Eerste zin,", " ", "met ", Field("trede"), "."), False),
        (("punt {een}", " ", "en verder"), True),
        (("punt twee", " ", "Weer gewoon."), True),
    ]


def test_conditions_are_read():
    template = parse_template(
        SMALL.replace('reasons = ["EXPIRED"]', "")
        + '[[section]]\nreasons = ["EXPIRED"]\nsources = ["INVOICED"]\nwith = ["kvk"]\nwithout = ["lid"]\n'
        + 'continues = true\ntext = "a"\n'
    )
    section = template.sections[1]
    assert section.reasons == {Reason.EXPIRED}
    assert section.sources == {AmountSource.INVOICED}
    assert (section.with_fields, section.without_fields, section.continues) == (("kvk",), ("lid",), True)


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("{trede}", "{treden}", 10, 5, "het veld {treden} bestaat niet"),
        ("{kenmerk}", "{naam}", 3, 17, "het veld {naam} bestaat niet"),
        ("{kenmerk}", "{kenmerk.__class__}", 3, 17, "{kenmerk.__class__} bestaat niet"),
        ("{kenmerk}", "{ kenmerk}", 3, 17, "{ kenmerk} bestaat niet"),
        ("{kenmerk}", "{}", 3, 17, "{} bestaat niet"),
        ("{trede}", "{trede", 10, 5, "losse accolade"),
        ("{trede}", "trede}", 10, 10, "losse accolade"),
        ("{trede}", "\\u007bnaam}", 8, 8, "het veld {naam} bestaat niet"),
        ("greeting", "groet", 4, 1, "'groet' is hier onbekend"),
        ("heading", "kopje", 7, 1, "'kopje' is hier onbekend"),
        ('"Wat vragen wij?"', "3", 7, 1, "'heading' ontbreekt of is geen tekst"),
        ('"Wat vragen wij?"', '"a"\nreasons = ["SLORDIG"]', 8, 13, "'SLORDIG' is hier onbekend"),
        ('"Wat vragen wij?"', '"a"\nwith = ["adres"]', 8, 10, "het veld 'adres' bestaat niet"),
        ('"Wat vragen wij?"', '"a"\nreasons = "EXPIRED"', 8, 1, "een lijst van woorden"),
        ('"Wat vragen wij?"', '"a"\ncontinues = "ja"', 8, 1, "true of false"),
        ("[[section]]", "[section]", 6, 2, "elk tekstdeel begint met [[section]]"),
        ("kind = ", "kind ", 1, 6, "geen geldige TOML"),
    ],
)
def test_a_mistake_is_named_with_its_place(old: str, new: str, line: int, column: int, words: str):
    with pytest.raises(TemplateError) as caught:
        parse_template(SMALL.replace(old, new, 1))
    assert words in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)
    assert f"(regel {line}, kolom {column})" in caught.value.message


def test_a_mistake_in_a_comment_is_not_mistaken_for_the_place():
    with pytest.raises(TemplateError) as caught:
        parse_template("# {naam}\n" + SMALL.replace("{kenmerk}", "{naam}"))
    assert caught.value.line == 4


def test_a_mistyped_field_gets_a_suggestion():
    with pytest.raises(TemplateError) as caught:
        parse_template(SMALL.replace("{kenmerk}", "{kenmark}"))
    assert caught.value.advice == "Bedoelt u {kenmerk}?"


@pytest.mark.parametrize("key", ["kind", "title", "subject", "greeting"])
def test_what_every_letter_needs_may_not_be_empty(key: str):
    with pytest.raises(TemplateError, match=f"'{key}' ontbreekt"):
        parse_template("\n".join(f'{key} = " "' if line.startswith(key) else line for line in SMALL.splitlines()))


def test_shipped_letters_are_what_their_names_say():
    texts = shipped()
    assert [parse_template(text).kind for text in texts.values()] == [kind for kind, _language in texts]


def test_every_field_is_explained_and_filled():
    assert set(field_values(MAASDAL)) == set(FIELDS)
