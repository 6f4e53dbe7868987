"""From the text of the policy to rules, and from rules and the team's answers to what decides."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from app.base.errors import AppError
from app.domain.certificate import Level
from app.domain.policy import PolicySettings, Rule
from app.domain.verdict import Policy

# The two rules that the open questions of domain.md §10 are about, by code.
DEMAND_OF_2021 = "trede1-2021"
DEMAND_OF_2022 = "trede2-2022"

_IDENTITY = UUID("5d7c3c1e-0c8b-5c53-9b1f-1d0f6f1b6a27")
_TABLES = {"demand": True, "expectation": False}
_REQUIRED = {"code": str, "title": str, "valid_from": date, "level": str, "quote": str, "source": str}
_OPTIONAL = {"threshold_cents": int, "key_partners_only": bool, "valid_to": date}
_KINDS = {str: "tekst", date: "een datum zoals 2022-01-01", int: "een geheel getal", bool: "true of false"}
_ADVICE = "Herstel het beleidsbestand of installeer het programma opnieuw."


def load_rules(toml_text: str) -> tuple[Rule, ...]:
    """Return the rules of a policy text, in its order: tables `[[demand]]` and `[[expectation]]`.

    The id of a rule follows from its code, so that every register knows the shipped rules by the same id.
    Raises `AppError` on anything that is not exactly such a text: a rule that is half understood judges wrongly.
    """
    try:
        tables = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise _rubbish(f"het is geen geldige TOML ({error})") from error
    unknown = sorted(tables.keys() - _TABLES.keys())
    if unknown:
        raise _rubbish(f"onbekend onderdeel ‘{unknown[0]}’")
    rules = tuple(
        _rule(row, is_demand=is_demand) for name, is_demand in _TABLES.items() for row in _rows(tables.get(name, []))
    )
    codes = [rule.code for rule in rules]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise _rubbish(f"regel ‘{twice}’ staat er twee keer in")
    if not any(rule.is_demand for rule in rules):
        raise _rubbish("er staat geen enkele eis in")
    return rules


def with_settings(rules: tuple[Rule, ...], settings: PolicySettings) -> Policy:
    """Return the policy that decides: the rules with the team's answers to the open questions (domain.md §10).

    Question 1: the brochure's sentence of 2022 names no amount; without its threshold the rule holds for everybody.
    Question 5: the sentence of 2021 says "ketenpartners", that of 2022 "leveranciers".
    The other answers do not change a rule; `evaluate` and `explain` read them.
    """
    return Policy(rules=tuple(_answered(rule, settings) for rule in rules), settings=settings)


def _answered(rule: Rule, settings: PolicySettings) -> Rule:
    if rule.code == DEMAND_OF_2022 and not settings.trede2_has_threshold:
        return replace(rule, threshold_cents=None)
    if rule.code == DEMAND_OF_2021 and settings.key_partners_only_2021:
        return replace(rule, key_partners_only=True)
    return rule


def _rows(found: Any) -> list[Mapping[str, Any]]:
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise _rubbish("elke regel begint met [[demand]] of [[expectation]]")
    return found


def _rule(row: Mapping[str, Any], *, is_demand: bool) -> Rule:
    code = row.get("code")
    if not isinstance(code, str) or not code.strip():
        raise _rubbish("een regel heeft geen code")
    _check_keys(row, code)
    level = row["level"]
    if level not in list(Level):
        raise _rubbish(f"regel ‘{code}’ noemt een onbekende trede: ‘{level}’")
    if row.get("threshold_cents", 0) < 0:
        raise _rubbish(f"regel ‘{code}’ heeft een drempel onder nul")
    if row.get("valid_to", row["valid_from"]) < row["valid_from"]:
        raise _rubbish(f"regel ‘{code}’ eindigt voordat hij begint")
    return Rule(**{**row, "level": Level(level)}, id=str(uuid5(_IDENTITY, code)), is_demand=is_demand)


def _check_keys(row: Mapping[str, Any], code: str) -> None:
    kinds = _REQUIRED | _OPTIONAL
    for key in sorted(row.keys() - kinds.keys()):
        raise _rubbish(f"regel ‘{code}’ heeft een onbekend veld ‘{key}’")
    for key in sorted(_REQUIRED.keys() - row.keys()):
        raise _rubbish(f"bij regel ‘{code}’ ontbreekt ‘{key}’")
    for key, value in row.items():
        if not _is_kind(value, kinds[key]):
            raise _rubbish(f"‘{key}’ van regel ‘{code}’ moet {_KINDS[kinds[key]]} zijn")
        if isinstance(value, str) and not value.strip():
            raise _rubbish(f"‘{key}’ van regel ‘{code}’ is leeg")


def _is_kind(value: object, kind: type) -> bool:
    # To Python a moment is a date, and true is a number.
    return isinstance(value, kind) and not isinstance(value, datetime) and isinstance(value, bool) == (kind is bool)


def _rubbish(what: str) -> AppError:
    return AppError(f"Het beleid kan niet worden gelezen: {what}.", _ADVICE)
