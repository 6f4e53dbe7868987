"""The letters as somebody wrote them by hand, word for word."""

import re

import pytest

from app.base.formatting import NBSP
from app.domain.verdict import Reason
from app.letters.content import as_text
from app.letters.render import render_letter
from tests.unit.letters.examples import FULL_SENDER, GOLDEN, LETTERS, as_printed, letter, one_line, page_texts, template


def written(name: str) -> str:
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_says_what_was_written_by_hand(name: str):
    made = as_text(letter(LETTERS[name], name.partition("-")[0]))
    assert made.replace(NBSP, " ") == written(name)


@pytest.mark.parametrize("name", LETTERS)
def test_the_printed_letter_is_one_page_with_the_same_words(name: str):
    facts = LETTERS[name]
    content = letter(facts, name.partition("-")[0])
    for sender in (facts.sender, FULL_SENDER):
        assert [one_line(page) for page in page_texts(render_letter(content, sender))] == [as_printed(content, sender)]


def test_every_hand_written_letter_is_compared():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(LETTERS)


def test_both_kinds_can_be_written_for_every_reason():
    assert template("verzoek").reasons == template("herinnering").reasons == set(Reason)


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_asks_and_never_threatens(name: str):
    text = written(name).casefold()
    for word in ("verplicht", "eisen wij", "sanctie", "gevolgen", "moet u", "u moet", "dient u", "ingebreke", "boete"):
        assert word not in text
    assert "graag" in text


@pytest.mark.parametrize("name", LETTERS)
def test_sentences_are_short(name: str):
    body = written(name).partition("Geachte")[2]
    sentences = re.split(r"(?<=[a-z)\d][.?!])\s+|\n+", body)
    long = [sentence for sentence in sentences if len(sentence.split()) > 18]
    assert long == []
    words = [len(sentence.split()) for sentence in sentences if len(sentence.split()) > 3]
    assert sum(words) / len(words) < 12
