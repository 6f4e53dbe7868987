"""From the text of the questions and norms to what is answered, and from the facts of a supplier to the words."""

import re
import tomllib
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from app.base.errors import AppError
from app.domain.question import SITUATIONS, Blank, Norm, NormTable, Question, QuestionBook, Variant

_ADVICE = "Herstel het bestand met de vragen of installeer het programma opnieuw."
_FIELD = re.compile(r"\{([^{}]*)\}")
_QUESTION = {"key": str, "question": str, "words": list, "answer": str, "source": str}
_QUESTION_EXTRA = {"caution": str, "shows_norms": bool, "variants": list}
_PHRASE = {"key": str, "variants": list}
_VARIANT = {"answer": str}
_VARIANT_EXTRA = {"when": list}
_NORMS = {"edition": str, "source": str, "rows": list}
_NORM = {"size": int, "TREDE1": Decimal, "TREDE2": Decimal, "TREDE3": Decimal}
_KINDS = {str: "tekst", list: "een lijst", bool: "true of false", int: "een geheel getal", Decimal: "een getal als 3.7"}


def load_questions(toml_text: str) -> QuestionBook:
    """Return the questions of a text, in its order: tables `[[questions]]` and `[[phrases]]`.

    Raises `AppError` on anything that is not exactly such a text: an answer with a hole in it is read out loud.
    """
    tables = _tables(toml_text)
    _check(tables, "het bestand", {"questions": list}, {"phrases": list})
    phrases = {
        key: tuple(_variant(item, f"zin ‘{key}’", names=frozenset()) for item in row["variants"])
        for row in tables.get("phrases", [])
        for key in [_key(row, "zin", _PHRASE, {})]
    }
    questions = tuple(_question(row, frozenset(phrases)) for row in tables["questions"])
    keys = [question.key for question in questions]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise _rubbish(f"vraag ‘{twice}’ staat er twee keer in")
    used = {name for question in questions for variant in question.variants for name in _names(variant.answer)}
    if idle := sorted(phrases.keys() - used):
        raise _rubbish(f"zin ‘{idle[0]}’ wordt nergens gebruikt")
    if len(phrases) < len(tables.get("phrases", [])):
        raise _rubbish("een zin staat er twee keer in")
    return QuestionBook(questions, phrases)


def load_norms(toml_text: str) -> NormTable:
    """Return the norms of a text, by size; raises `AppError` as `load_questions` does."""
    table = _tables(toml_text)
    _check(table, "het bestand met normen", _NORMS, {})
    for row in table["rows"]:
        _check(row, "een norm", _NORM, {})
    sizes = [row["size"] for row in table["rows"]]
    if sizes != sorted(set(sizes)) or not sizes:
        raise _rubbish("de normen staan niet van klein naar groot")
    rows = tuple(
        Norm(size=row["size"], trede1=row["TREDE1"], trede2=row["TREDE2"], trede3=row["TREDE3"], is_last=row is last)
        for last in table["rows"][-1:]
        for row in table["rows"]
    )
    return NormTable(table["edition"], table["source"], rows)


def answer_to(
    question: Question, *, phrases: Mapping[str, tuple[Variant, ...]], facts: Mapping[Blank, str], when: Collection[str]
) -> tuple[str, bool]:
    """Return the words for a supplier in the situations `when`, and whether they are its own or the general ones.

    What a fact says is text and never read for fields again.
    """
    known = {str(name): value for name, value in facts.items()}
    shared = {name: _first_fitting(variants, known, when) or "" for name, variants in phrases.items()}
    own = _first_fitting(question.variants, {**shared, **known}, when)
    return (question.answer, False) if own is None else (own, True)


def _first_fitting(variants: tuple[Variant, ...], known: Mapping[str, str], when: Collection[str]) -> str | None:
    for variant in variants:
        if variant.when <= set(when) and all(name in known for name in _names(variant.answer)):
            filled = _FIELD.sub(lambda field: known[field[1]], variant.answer)
            # A shared sentence that fell away leaves a space; a non-breaking one is meant.
            return re.sub(" {2,}", " ", filled).strip(" ")
    return None


def _names(answer: str) -> tuple[str, ...]:
    return tuple(_FIELD.findall(answer))


def _tables(toml_text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(toml_text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise _rubbish(f"het is geen geldige TOML ({error})") from error


def _question(row: Any, phrases: frozenset[str]) -> Question:
    key = _key(row, "vraag", _QUESTION, _QUESTION_EXTRA)
    where = f"vraag ‘{key}’"
    if _FIELD.search(row["answer"]) or "{" in row["answer"]:
        raise _rubbish(f"het algemene antwoord van {where} heeft een veld")
    if not row["words"] or not all(isinstance(word, str) and word.strip() for word in row["words"]):
        raise _rubbish(f"{where} heeft zoekwoorden die leeg of geen tekst zijn")
    variants = tuple(_variant(item, where, names=phrases) for item in row.get("variants", []))
    return Question(**{**row, "words": tuple(row["words"]), "variants": variants})


def _variant(row: Any, where: str, *, names: frozenset[str]) -> Variant:
    _check(row, where, _VARIANT, _VARIANT_EXTRA)
    answer, when = row["answer"], row.get("when", [])
    for name in _names(answer):
        if name not in {*Blank, *names}:
            raise _rubbish(f"{where} heeft een onbekend veld {{{name}}}")
    if {"{", "}"} & set(_FIELD.sub("", answer)):
        raise _rubbish(f"{where} heeft een losse accolade")
    for situation in when:
        if not isinstance(situation, str) or situation not in SITUATIONS:
            raise _rubbish(f"{where} kent de situatie ‘{situation}’ niet")
    return Variant(answer=answer, when=frozenset(when))


def _key(row: Any, noun: str, needed: Mapping[str, type], extra: Mapping[str, type]) -> str:
    key = row.get("key") if isinstance(row, dict) else None
    if not isinstance(key, str) or not key.strip():
        raise _rubbish(f"een {noun} heeft geen key")
    _check(row, f"{noun} ‘{key}’", needed, extra)
    return key


def _check(row: Any, where: str, needed: Mapping[str, type], extra: Mapping[str, type]) -> None:
    if not isinstance(row, dict):
        raise _rubbish(f"{where} heeft iets anders dan velden")
    kinds = {**needed, **extra}
    for name in sorted(row.keys() - kinds.keys()):
        raise _rubbish(f"{where} heeft een onbekend onderdeel ‘{name}’")
    for name in sorted(needed.keys() - row.keys()):
        raise _rubbish(f"bij {where} ontbreekt ‘{name}’")
    for name, value in row.items():
        # To Python true is a number.
        if not isinstance(value, kinds[name]) or isinstance(value, bool) != (kinds[name] is bool):
            raise _rubbish(f"‘{name}’ van {where} moet {_KINDS[kinds[name]]} zijn")
        if isinstance(value, str) and not value.strip():
            raise _rubbish(f"‘{name}’ van {where} is leeg")


def _rubbish(what: str) -> AppError:
    return AppError(f"De vragen kunnen niet worden gelezen: {what}.", _ADVICE)
