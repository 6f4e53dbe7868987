"""Records that were stored as text are read back as they were, and older ones as far as they go."""

import json
from typing import Any

import pytest

from app.base.plain import as_json, from_plain
from app.domain.letter import LetterFacts, LetterSettings
from tests.unit.letters.examples import LETTERS, MAASDAL


@pytest.mark.parametrize("name", LETTERS)
def test_the_facts_of_a_letter_are_read_back(name: str) -> None:
    assert from_plain(LetterFacts, json.loads(as_json(LETTERS[name]))) == LETTERS[name]


def test_what_a_class_does_not_know_is_left_out_and_what_is_missing_takes_its_default() -> None:
    stored = json.loads(as_json(MAASDAL)) | {"colour": "blue"}
    del stored["language"], stored["sender"]["phone"]
    found = from_plain(LetterFacts, stored)
    assert (found.language, found.sender.phone) == (MAASDAL.language, LetterSettings().phone)


@pytest.mark.parametrize(
    "change",
    [
        {"kenmerk": 7},
        {"written_on": "gisteren"},
        {"language": "klingon"},
        {"verdict": None},
        {"sender": []},
        {"address": "x"},
    ],
)
def test_what_cannot_be_read_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        from_plain(LetterFacts, json.loads(as_json(MAASDAL)) | change)


@pytest.mark.parametrize("data", [None, [], "x", 7, {}])
def test_what_is_no_record_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match="not a LetterFacts"):
        from_plain(LetterFacts, data)
