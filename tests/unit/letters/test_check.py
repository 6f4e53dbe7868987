"""A text is refused when it is saved, and not when the letters of a round are made."""

import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from app.domain.letter import LetterKind
from app.domain.supplier import Language
from app.domain.verdict import Reason
from app.letters.check import check_template
from app.letters.content import as_text, compose, field_values
from app.letters.specimen import reasons_of, specimen, specimens
from app.letters.templates import FIELDS, Template, TemplateError, shipped

REQUEST = LetterKind.REQUEST, Language.DUTCH
SMALL = """kind = "verzoek"
title = "Proefbrief"
subject = "Over {kenmerk}"
greeting = "Met vriendelijke groet,"

[[section]]
text = "Wij vragen {trede}."
"""


_heard: list[str] = []
_OUTSIDE = ("open", "socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "exec", "compile", "ctypes.")


def _hear(event: str, _args: tuple[Any, ...]) -> None:
    if event.startswith(_OUTSIDE):
        _heard.append(event)


@pytest.fixture(scope="module", autouse=True)
def hearing() -> None:
    """Hear whatever the process opens or runs; Python cannot forget such a hook."""
    check_template(SMALL, *REQUEST)
    sys.addaudithook(_hear)


@pytest.fixture
def no_files() -> Iterator[list[str]]:
    """What was opened or run in this test."""
    _heard.clear()
    yield _heard


def refused(source: str, kind: LetterKind = LetterKind.REQUEST, language: Language = Language.DUTCH) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        check_template(source, kind, language)
    return caught.value


def with_section(words: str) -> str:
    return f"{SMALL}\n[[section]]\n{words}\n"


@pytest.mark.parametrize(("kind", "language"), shipped(), ids=str)
def test_every_text_that_ships_is_right_in_every_case(kind: LetterKind, language: Language):
    assert check_template(shipped()[kind, language], kind, language).kind is kind


@pytest.mark.parametrize(
    ("words", "line", "column", "case"),
    [
        ('text = "Uw lid {lid} niet."', 10, 16, "bij 'Geen certificaat' is {lid} leeg"),
        ('reasons = ["MEMBER_FAILS"]\ntext = "{lid} {geldig_tot}"', 11, 15, "bij 'Lid van de combinatie voldoet niet'"),
        ('reasons = ["EXPIRED"]\ntext = "{geldig_tot}:\\n{trede_nu}"', 11, 24, "'Certificaat verlopen' is {trede_nu}"),
        ('text = "Mail {email}."', 10, 14, "zonder e-mailadres van het team is {email} leeg"),
        ('with = ["email"]\ntext = "{kvk}"', 11, 9, "zonder KvK-nummer is {kvk} leeg"),
        ('with = ["drempel"]\ntext = "{grootste}"', 11, 9, "bij 'Geen certificaat' is {grootste} leeg"),
        ('without = ["drempel"]\ntext = "{bedrag}"', 11, 9, "zonder bekend bedrag is {bedrag} leeg"),
        ('text = """\n- een\n- {vorige_datum}\n"""', 12, 3, "is {vorige_datum} leeg"),
        ('heading = "{trede_gemeld}"\ntext = "a"', 10, 12, "zonder gemelde trede is {trede_gemeld} leeg"),
    ],
)
def test_a_field_that_is_empty_in_some_case_is_named_with_that_case_and_its_place(
    words: str, line: int, column: int, case: str
):
    fault = refused(with_section(words))
    assert case in fault.message
    assert (fault.line, fault.column) == (line, column)


@pytest.mark.parametrize(
    "words",
    [
        'with = ["email"]\ntext = "Mail {email}."',
        'with = ["bedrag"]\ntext = "{bedrag} in {bedrag_jaar}"',
        'reasons = ["WITHDRAWN"]\ntext = "Het is {besluit}, was t/m {geldig_tot}."',
        'reasons = ["LEVEL_TOO_LOW"]\ntext = "{trede_nu}"',
        'with = ["drempel"]\ntext = "{bedrag}"',
    ],
)
def test_what_can_never_be_empty_there_is_accepted(words: str):
    assert check_template(with_section(words), *REQUEST).kind is LetterKind.REQUEST


def test_the_second_of_two_lines_that_are_alike_is_found():
    fault = refused(with_section('with = ["email"]\ntext = "Mail {email}."\n\n[[section]]\ntext = "Mail {email}."'))
    assert (fault.line, fault.column) == (14, 14)


def test_a_text_of_another_kind_or_language_is_refused_at_its_place():
    assert "niet van 'verzoek'" in refused(SMALL, LetterKind.REMINDER).message
    assert refused(SMALL, LetterKind.REMINDER).line == 1
    english = SMALL.replace("title", 'language = "en"\ntitle', 1)
    assert "in het Nederlands, niet in het Engels" in refused(english).message
    assert refused(english).line == 2
    assert "in het Engels, niet in het Nederlands" in refused(SMALL, language=Language.ENGLISH).message
    assert check_template(english, LetterKind.REQUEST, Language.ENGLISH).language is Language.ENGLISH
    assert "'fr' is geen taal" in refused(english.replace('"en"', '"fr"')).message


def test_a_reason_that_the_text_leaves_out_is_refused_before_a_letter_needs_it():
    fault = refused(SMALL.replace("greeting", 'reasons = ["EXPIRED", "WITHDRAWN"]\ngreeting', 1))
    assert "'NO_CERTIFICATE' ontbreekt" in fault.message
    assert fault.line == 4
    silent = refused(SMALL.replace("text =", 'reasons = ["EXPIRED"]\ntext =', 1))
    assert "bij 'Geen certificaat' staat er niets in de brief" in silent.message
    expiring = SMALL.replace("verzoek", "verloopt").replace("greeting", 'reasons = ["EXPIRED"]\ngreeting', 1)
    assert "bij deze soort brief hoort geen oorzaak" in refused(expiring, LetterKind.EXPIRING).message


def test_the_list_of_fields_says_which_can_be_empty_and_the_cases_agree():
    empty: set[str] = set()
    filled: set[str] = set()
    for kind in LetterKind:
        for case in specimens(kind, Language.DUTCH):
            for name, value in field_values(case.facts).items():
                (filled if value else empty).add(name)
    said = {name for name, meaning in FIELDS.items() if re.search("leeg|alleen als", meaning)}
    assert empty == said
    assert filled == set(FIELDS)


@pytest.mark.parametrize("kind", LetterKind, ids=str)
def test_a_case_is_what_its_kind_says(kind: LetterKind):
    for reason in reasons_of(kind):
        facts = specimen(kind, Language.ENGLISH, reason=reason)
        assert facts.verdict.reason is reason
        assert bool(facts.previous_kenmerk) is bool(facts.previous_written_on)
        assert bool(facts.verdict.until) is (kind in (LetterKind.POSTPONEMENT, LetterKind.EXEMPTION))
    assert len({case.words for case in specimens(kind, Language.DUTCH)}) == 16 * len(reasons_of(kind))


HOSTILE = {
    "attribute": "{leverancier.__class__}",
    "index": "{0}",
    "conversion": "{kenmerk!r}",
    "format": "{kenmerk:>9999999999}",
    "nested": "{kenmerk{team}}",
    "bare": "{!r}",
    "shell": "${kenmerk",
    "jinja": "{% for x in y %}",
    "jinja_value": "{{ self }}{",
    "command": "{__import__('os').system('true')}",
}
HARMLESS = {
    "percent": "%s %(team)s %n",
    "dollar": "$HOME ${{}} $(true) `true`",
    "braces": "{{leverancier}} {{{{",
    "markup": "<b>&lt;</b><img src='logo.png'/> <para/>",
    "path": "\\\\\\\\server\\\\share",
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_what_looks_like_code_is_refused(words: str, no_files: list[str]):
    fault = refused(with_section(f'text = "{words}"'))
    assert fault.line == 10
    assert no_files == []


@pytest.mark.parametrize("words", HARMLESS.values(), ids=HARMLESS)
def test_what_looks_like_code_elsewhere_is_text(words: str, no_files: list[str]):
    template = check_template(with_section(f'text = "{words}"'), *REQUEST)
    assert shown(template).endswith(words.replace("\\\\", "\\").replace("{{", "{").replace("}}", "}"))
    assert no_files == []


def shown(template: Template) -> str:
    content = compose(specimen(*REQUEST, reason=Reason.EXPIRED), template)
    return as_text(content).split("\n\nMet vriendelijke groet,")[0]


MONSTERS = {
    "nothing": "",
    "nul": "\0",
    "nul_in_text": with_section('text = "a\0b"'),
    "half_character": with_section('text = "\ud800"'),
    "deep_list": "x = " + "[\n" * 40_000,
    "deep_table": "x = " + "{a=" * 1_300,
    "deep_key": "a." * 40_000 + 'b = "c"',
    "huge_number": "x = " + "9" * 50_000,
    "long_text": with_section('text = """' + "a\n" * 50_000 + '"""'),
    "huge_text": with_section(f'text = "{"a" * 1_000_000}"'),
    "many_sections": "[[section]]\n" * 8_000,
    "byte_order_mark": "\ufeff" + SMALL,
    "section_is_text": SMALL.partition("[[")[0] + 'section = "a"',
    "section_is_numbers": SMALL.partition("[[")[0] + "section = [1]",
}


@pytest.mark.parametrize("source", MONSTERS.values(), ids=MONSTERS)
def test_a_monster_is_refused_in_words(source: str, no_files: list[str]):
    refused(source)
    assert no_files == []
