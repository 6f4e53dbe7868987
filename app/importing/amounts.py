"""Amounts of money: one notation per column, to whole cents, half up, by Decimal and never by float."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from app.base.formatting import euro
from app.importing.asking import Asked, Option, Question
from app.importing.cleaning import ColumnValues, Misfit, is_nothing, plain_text
from app.importing.tables import Cell

# Twelve digits before the point: more is a wrong column, and would not fit a 64-bit integer of cents for long.
_LARGEST = Decimal(10) ** 12
_COMMA, _POINT = "comma", "point"
_ADVICE = "Vul een bedrag in, of laat de cel leeg."
_LETTER = r"[^\W\d_]"
_CURRENCY = re.compile(rf"€|£|\$|(?<!{_LETTER})(?:euro'?s?|eur|gbp|usd)(?!{_LETTER})", re.IGNORECASE)
_ROUND_ENDING = re.compile(r"[.,]\s?(-{1,2}|–|—|=)$")
_NUMBER = re.compile(r"^\d[\d.,' ]*$|^[.,]\d+$")
# How nearly every amount of a system is written.
_PLAIN = re.compile(r"-?\d[\d.,]*\d|-?\d")
_NEGATIVE_WORD = re.compile(rf"\s*(?<!{_LETTER})cr(?!{_LETTER})\.?\s*", re.IGNORECASE)
_POSITIVE_WORD = re.compile(rf"\s*(?<!{_LETTER})(?:dr|db)(?!{_LETTER})\.?\s*", re.IGNORECASE)
_FOREIGN = {"ponden (£)": ("£", "gbp"), "dollars ($)": ("$", "usd")}


def to_cents(value: Decimal) -> int:
    """Return an amount as whole cents; half a cent goes away from zero."""
    return int((value * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def without_vat(cents: int, rate: int) -> int:
    """Return an amount without the VAT in it, at a rate in percent; half a cent goes away from zero."""
    return int((Decimal(cents) * 100 / (100 + rate)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def read_amounts(cells: Sequence[Cell], *, dutch: bool, answer: str | None = None) -> ColumnValues[int]:
    """Read a column of amounts to cents.

    Whether the comma or the point is the decimal sign is decided by the whole column, or by the `answer` of the user;
    where no value tells (only "1.234" and the like) it is asked, and `dutch` proposes.
    """
    cores = [_core(cell) for cell in cells]
    texts = [core[1] for core in cores if core is not None and not isinstance(core, Decimal)]
    comma, point = _votes(texts)
    notes: tuple[str, ...] = ()
    decimal_sign = "," if comma > point else "." if point > comma else "," if dutch else "."
    decimal_sign = {_COMMA: ",", _POINT: "."}.get(answer or "", decimal_sign)
    has_text = any("," in text or "." in text for text in texts)
    if has_text:
        notes = (f"Bedragen gelezen als {'1.234,56' if decimal_sign == ',' else '1,234.56'}.",)
    values: list[int | Misfit | None] = []
    example: Cell = None
    for cell, core in zip(cells, cores, strict=True):
        value = _value(cell, core, decimal_sign)
        values.append(value)
        if example is None and core is not None and not isinstance(core, Decimal) and _is_open(core[1]):
            example = cell
    marks = {mark.casefold() for cell in cells if isinstance(cell, str) for mark in _CURRENCY.findall(cell)}
    for currency, signs in _FOREIGN.items():
        if not marks.isdisjoint(signs):
            notes += (f"Er staan bedragen in {currency}. Ze zijn overgenomen zonder om te rekenen.",)
    is_open = answer is None and comma == point
    question = _ask(example, decimal_sign, is_open=is_open) if example is not None or (comma and point) else None
    return ColumnValues(values, notes, question)


def _ask(example: Cell, decimal_sign: str, *, is_open: bool) -> Question:
    """Return the two ways to read a column, by what they make of a cell of it that allows both."""

    def option(value: str, sign: str, form: str) -> Option:
        cents = _value(example, _core(example), sign)
        shown = f"{plain_text(example)} is {euro(cents, with_cents=True)}" if isinstance(cents, int) else f"als {form}"
        return Option(value, shown)

    return Question(
        asked=Asked.DECIMAL,
        text="Staat in deze bedragen de komma of de punt voor de centen?",
        options=(option(_COMMA, ",", "1.234,56"), option(_POINT, ".", "1,234.56")),
        answer=_COMMA if decimal_sign == "," else _POINT,
        is_open=is_open,
    )


def looks_like_amount(cell: Cell) -> bool:
    """Whether a cell may be an amount, whatever its notation."""
    core = _core(cell)
    return core is not None and (isinstance(core, Decimal) or bool(_NUMBER.match(core[1])))


def _core(cell: Cell) -> Decimal | tuple[bool, str] | None:
    """Return a number, or whether it is negative with its bare digits and separators; None for an empty cell."""
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, str) and _PLAIN.fullmatch(cell):
        return cell.startswith("-"), cell.lstrip("-")
    text = plain_text(cell)
    if is_nothing(text):
        return None
    text = _CURRENCY.sub(" ", text).replace("\u2212", "-").strip()
    if is_nothing(text):
        return None
    negative = bool(_NEGATIVE_WORD.search(text))
    text = _POSITIVE_WORD.sub("", _NEGATIVE_WORD.sub("", text)).strip()
    text = _ROUND_ENDING.sub(lambda found: f"{found[0][0]}00", text)
    if text.startswith("(") and text.endswith(")"):
        negative, text = True, text[1:-1].strip()
    if text.startswith(("-", "–")) or text.endswith(("-", "–")):
        negative, text = True, text.strip("-– ")
    return negative, text.lstrip("+").strip()


def _votes(texts: Sequence[str]) -> tuple[int, int]:
    """Count the values that can only be read with a decimal comma, and with a decimal point."""
    comma = point = 0
    for text in texts:
        if not _NUMBER.match(text):
            continue
        sign = _certain_sign(text)
        comma += sign == ","
        point += sign == "."
    return comma, point


def _certain_sign(text: str) -> str | None:
    commas, points = text.count(","), text.count(".")
    if commas and points:
        last = "," if text.rfind(",") > text.rfind(".") else "."
        return last if text.count(last) == 1 else None
    if not commas and not points:
        return None
    sign, other = (",", ".") if commas else (".", ",")
    if commas + points > 1:
        return other
    before, after = text.replace(" ", "").split(sign)
    is_open = len(after) == 3 and 0 < len(before) <= 3 and not before.startswith("0")
    return None if is_open else sign


def _is_open(text: str) -> bool:
    return ("," in text or "." in text) and _certain_sign(text) is None


def _value(cell: Cell, core: Decimal | tuple[bool, str] | None, decimal_sign: str) -> int | Misfit | None:
    if core is None:
        return None
    shown = plain_text(cell)
    if isinstance(cell, bool) or (cell is not None and not isinstance(cell, str | Decimal)):
        return Misfit(shown, f"'{shown}' is geen bedrag. {_ADVICE}")
    if isinstance(core, Decimal):
        number: Decimal | None = core
    else:
        number = _parse(core[1], decimal_sign)
        if number is not None and core[0]:
            number = -number
    if number is None:
        return Misfit(shown, f"'{shown}' is geen bedrag. {_ADVICE}")
    if abs(number) >= _LARGEST:
        return Misfit(shown, f"'{shown}' is te groot voor een bedrag. {_ADVICE}")
    return to_cents(number)


def _parse(text: str, decimal_sign: str) -> Decimal | None:
    """Return the number, or None when the text is no amount in this notation."""
    if not _NUMBER.match(text):
        return None
    whole, _, rest = text.partition(decimal_sign)
    if whole.isdecimal() and (not rest or rest.isdecimal()):
        return Decimal(f"{whole}.{rest or '0'}")
    if rest and not rest.isdecimal():
        return None
    other = "." if decimal_sign == "," else ","
    groups = re.split(rf"[{other}' ]", whole) if whole else ["0"]
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:])):
        return None
    digits = "".join(groups)
    return Decimal(f"{digits or '0'}.{rest or '0'}") if (digits + rest).isdecimal() else None
