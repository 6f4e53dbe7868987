"""The text of the policy becomes rules, or is refused; the team's answers change what they ask."""

from datetime import date
from pathlib import Path

import pytest

from app.base.errors import AppError
from app.domain.certificate import Level
from app.domain.policy import PolicySettings
from app.policy.rulebook import load_rules, with_settings

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "data" / "policy" / "wonen-limburg.toml").read_text(encoding="utf-8")
GOOD = """
[[demand]]
code = "a"
title = "Eis"
valid_from = 2021-01-01
level = "TREDE1"
quote = "zin"
source = "folder"
"""


def test_the_shipped_policy_is_what_the_brochure_says():
    rules = {rule.code: rule for rule in load_rules(TEXT)}
    assert list(rules) == ["trede1-2021", "trede2-2022", "ketenpartners-2021"]
    first, second, expectation = rules.values()
    assert (first.valid_from, first.level, first.threshold_cents) == (date(2021, 1, 1), Level.TREDE1, 15_000_000)
    assert (second.valid_from, second.level, second.threshold_cents) == (date(2022, 1, 1), Level.TREDE2, 15_000_000)
    assert first.is_demand
    assert second.is_demand
    assert not (first.key_partners_only or second.key_partners_only)
    assert (expectation.is_demand, expectation.key_partners_only, expectation.level) == (False, True, Level.BASIS)
    assert all(rule.quote.endswith(".") and rule.source and rule.valid_to is None for rule in rules.values())


def test_a_rule_keeps_its_id_from_one_reading_to_the_next():
    ids = [rule.id for rule in load_rules(TEXT)]
    assert ids == [rule.id for rule in load_rules(TEXT)]
    assert len(set(ids)) == 3
    # Registers in use know the shipped rules by these ids.
    assert ids[0] == "e4aaa14d-3e18-5895-9c7f-399d406c1100"


def test_what_may_be_left_out_has_its_default():
    (rule,) = load_rules(GOOD)
    assert (rule.threshold_cents, rule.key_partners_only, rule.valid_to) == (None, False, None)


def test_every_optional_field_is_read():
    more = "threshold_cents = 0\nkey_partners_only = true\nvalid_to = 2021-01-01\n"
    (rule,) = load_rules(GOOD + more)
    assert (rule.threshold_cents, rule.key_partners_only, rule.valid_to) == (0, True, date(2021, 1, 1))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "geen enkele eis"),
        (GOOD.replace("[[demand]]", "[[expectation]]"), "geen enkele eis"),
        ("code =", "geen geldige TOML"),
        ("rule = 1", "onbekend onderdeel ‘rule’"),
        ("demand = 1", "begint met"),
        ("demand = [1]", "begint met"),
        (GOOD + GOOD, "twee keer"),
        (GOOD.replace('code = "a"', ""), "geen code"),
        (GOOD.replace('"a"', '" "'), "geen code"),
        (GOOD.replace('"a"', "1"), "geen code"),
        (GOOD.replace('title = "Eis"', ""), "ontbreekt ‘title’"),
        (GOOD.replace('"Eis"', '""'), "‘title’ van regel ‘a’ is leeg"),
        (GOOD.replace('"Eis"', "3"), "moet tekst zijn"),
        (GOOD.replace("TREDE1", "PSO-2"), "onbekende trede: ‘PSO-2’"),
        (GOOD.replace("2021-01-01", "2021-01-01T00:00:00"), "moet een datum"),
        (GOOD.replace("2021-01-01", '"2021-01-01"'), "moet een datum"),
        (GOOD + "valid_to = 2020-12-31", "eindigt voordat hij begint"),
        (GOOD + "threshold_cents = -1", "drempel onder nul"),
        (GOOD + "threshold_cents = 150_000.0", "moet een geheel getal zijn"),
        (GOOD + "threshold_cents = true", "moet een geheel getal zijn"),
        (GOOD + "key_partners_only = 1", "moet true of false zijn"),
        (GOOD + "drempel = 1", "onbekend veld ‘drempel’"),
        (GOOD + 'id = "x"', "onbekend veld ‘id’"),
    ],
)
def test_rubbish_is_refused_in_dutch(text: str, complaint: str):
    with pytest.raises(AppError) as caught:
        load_rules(text)
    assert complaint in caught.value.message
    assert caught.value.message.startswith("Het beleid kan niet worden gelezen: ")
    assert caught.value.advice


def test_the_default_answers_leave_the_rules_as_they_are():
    rules = load_rules(TEXT)
    policy = with_settings(rules, PolicySettings())
    assert policy.rules == rules
    assert policy.settings == PolicySettings()


def test_question_1_takes_the_threshold_from_the_rule_of_2022_alone():
    policy = with_settings(load_rules(TEXT), PolicySettings(trede2_has_threshold=False))
    assert {rule.code: rule.threshold_cents for rule in policy.rules if rule.is_demand} == {
        "trede1-2021": 15_000_000,
        "trede2-2022": None,
    }


def test_question_5_narrows_the_rule_of_2021_alone():
    policy = with_settings(load_rules(TEXT), PolicySettings(key_partners_only_2021=True))
    assert [rule.code for rule in policy.rules if rule.is_demand and rule.key_partners_only] == ["trede1-2021"]
