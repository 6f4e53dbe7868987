"""Settings survive storage; rubbish falls back to the default."""

from dataclasses import fields

import pytest

from app.base.settings import fault_of, from_text, to_text
from app.domain.letter import LetterSettings
from app.domain.policy import PolicySettings


def test_settings_come_back_as_they_were_stored() -> None:
    settings = PolicySettings(members="lead", expiring_days=30, trede2_has_threshold=False)
    assert from_text(PolicySettings, to_text(settings)) == settings
    paper = LetterSettings(window="right", offset_down_mm=-1.5, city="Roermond")
    assert from_text(LetterSettings, to_text(paper)) == paper


def test_a_whole_number_is_a_length_too() -> None:
    assert from_text(LetterSettings, {"letter.offset_down_mm": "5"}).offset_down_mm == 5.0
    assert from_text(LetterSettings, {"letter.offset_down_mm": "NaN"}).offset_down_mm == 0.0


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("policy.members", '"sommige"'),
        ("policy.expiring_days", '"dertig"'),
        ("policy.expiring_days", "-1"),
        ("policy.expiring_days", "99999999999"),
        ("policy.trede2_has_threshold", "1"),
        ("policy.expiring_days", "{kapot"),
        ("policy.onbekend", "1"),
    ],
)
def test_what_cannot_be_used_takes_the_default(key: str, text: str) -> None:
    assert from_text(PolicySettings, {key: text}) == PolicySettings()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("reply_days", 14, ""),
        ("reply_days", 0, "Vul minstens 1 in."),
        ("reply_days", 366, "Vul hoogstens 365 in."),
        ("reply_days", 14.5, "Vul een heel getal in."),
        ("reply_days", None, "Vul een heel getal in."),
        ("offset_down_mm", -1.5, ""),
        ("offset_down_mm", float("nan"), "Vul een getal in."),
        ("window", "boven", "Kies een van de mogelijkheden."),
        ("city", 1, "Dit kan hier niet staan."),
    ],
)
def test_why_a_value_cannot_be_is_said_in_dutch(name: str, value: object, words: str) -> None:
    item = next(item for item in fields(LetterSettings) if item.name == name)
    assert fault_of(item, value) == words
