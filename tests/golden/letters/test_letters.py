"""The letters as somebody wrote them by hand, word for word."""

import re

import pytest

from app.base.formatting import NBSP
from app.domain.letter import STAGES, LetterKind
from app.domain.supplier import Language
from app.domain.verdict import Reason
from app.letters.content import as_text
from app.letters.render import render_letter
from tests.unit.letters.examples import (
    FULL_SENDER,
    GOLDEN,
    LETTERS,
    as_printed,
    kind_of,
    letter,
    one_line,
    page_texts,
    template,
)

# What they must explain may take a second page.
LONG = (LetterKind.SECOND_REMINDER, LetterKind.NOTICE)


def written(name: str) -> str:
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_says_what_was_written_by_hand(name: str):
    made = as_text(letter(LETTERS[name], kind_of(name)))
    assert made.replace(NBSP, " ") == written(name)


@pytest.mark.parametrize("name", [name for name in LETTERS if kind_of(name) not in LONG])
def test_the_printed_letter_is_one_page_with_the_same_words(name: str):
    facts = LETTERS[name]
    content = letter(facts, kind_of(name))
    for sender in (facts.sender, FULL_SENDER):
        assert [one_line(page) for page in page_texts(render_letter(content, sender))] == [as_printed(content, sender)]


@pytest.mark.parametrize("name", [name for name in LETTERS if kind_of(name) in LONG])
def test_a_long_letter_keeps_all_its_words_on_two_pages_at_most(name: str):
    facts = LETTERS[name]
    content = letter(facts, kind_of(name))
    pages = [one_line(page) for page in page_texts(render_letter(content, facts.sender))]
    assert len(pages) <= 2
    # Where a page ends, its foot and the next page's head stand between two lines.
    lines = {word for page in pages for word in page.split()}
    words = [word for block in content.blocks for p in block.paragraphs for word in p.text.replace(NBSP, " ").split()]
    assert [word for word in (*words, *" ".join(b.heading for b in content.blocks).split()) if word not in lines] == []
    text = " ".join(pages)
    assert [b.heading for b in content.blocks if b.heading] == sorted(
        (b.heading for b in content.blocks if b.heading), key=text.index
    )
    assert pages[-1].count(content.closing[0]) == 1


def test_every_hand_written_letter_is_compared():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(LETTERS)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", [kind for kind in STAGES if kind is not LetterKind.INFORMATION])
def test_what_is_asked_can_be_asked_for_every_reason(kind: LetterKind, language: Language):
    assert template(kind, language).reasons == set(Reason)


@pytest.mark.parametrize("name", [name for name in LETTERS if kind_of(name) != LetterKind.NOTICE])
def test_a_letter_never_threatens(name: str):
    threats = (
        r"verplicht(?!en u tot niets)|eisen wij|sanctie|gevolgen|moet u\b(?! op letten)|u moet|dient u|in gebreke|boete"
        r"|obliged|\bmust\b|penalty|consequences|default"
    )
    assert re.findall(threats, written(name).casefold()) == []


@pytest.mark.parametrize("name", LETTERS)
def test_sentences_are_short(name: str):
    body = re.split("Geachte|Dear", written(name), maxsplit=1)[1]
    # However many words the name of a member has.
    body = re.sub(r"Schilderwerken Kempenlicht B\.V\.(?= [A-Z]|\n)", "lid.", body)
    body = body.replace("Schilderwerken Kempenlicht B.V.", "lid")
    sentences = re.split(r"(?<=[a-z)\d][.?!])\s+|(?<=B\.V\.)\s+(?=[A-Z])|\n+", body)
    # English writes apart what Dutch writes as one word.
    longest, average = (24, 14) if name.endswith(".en") else (18, 12)
    assert [sentence for sentence in sentences if len(sentence.split()) > longest] == []
    words = [len(sentence.split()) for sentence in sentences if len(sentence.split()) > 3]
    assert sum(words) / len(words) < average
