"""Amounts of money: one notation per column, to whole cents, half up, by Decimal and never by float."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from app.base.formatting import euro
from app.importing.asking import Asked, Option, Question
from app.importing.cleaning import ColumnValues, Misfit, is_nothing, plain_text
from app.importing.tables import Cell

# Twelve digits before the point: more is a wrong column, and would not fit a 64-bit integer of cents for long.
_LARGEST = Decimal(10) ** 12
_COMMA, _POINT = "comma", "point"
_EITHER = ",."
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
    signs = [_sign(core[1]) if isinstance(core, tuple) else None for core in cores]
    votes = Counter(signs)
    comma, point = votes[","], votes["."]
    notes: tuple[str, ...] = ()
    decimal_sign = "," if comma > point else "." if point > comma else "," if dutch else "."
    decimal_sign = {_COMMA: ",", _POINT: "."}.get(answer or "", decimal_sign)
    if any(signs):
        notes = (f"Bedragen gelezen als {'1.234,56' if decimal_sign == ',' else '1,234.56'}.",)
    values = [_value(cell, core, decimal_sign) for cell, core in zip(cells, cores, strict=True)]
    example = cells[signs.index(_EITHER)] if votes[_EITHER] else None
    # No amount has three decimals.
    odd = next(
        (cell for cell, sign in zip(cells, signs, strict=True) if sign == _EITHER and _has(cell, decimal_sign)), None
    )
    example = example if odd is None else odd
    marks = {mark.casefold() for cell in cells if isinstance(cell, str) for mark in _CURRENCY.findall(cell)}
    for currency, known in _FOREIGN.items():
        if not marks.isdisjoint(known):
            notes += (f"Er staan bedragen in {currency}. Ze zijn overgenomen zonder om te rekenen.",)
    is_open = answer is None and (comma == point or odd is not None)
    question = _ask(example, decimal_sign, is_open=is_open) if example is not None or (comma and point) else None
    return ColumnValues(values, notes, question)


def _has(cell: Cell, sign: str) -> bool:
    return isinstance(cell, str) and sign in cell


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


def _sign(text: str) -> str | None:
    """Return the only decimal sign with which an amount can be read, `_EITHER` of both; None where neither is in it."""
    commas, points = text.count(","), text.count(".")
    if (not commas and not points) or not _NUMBER.match(text):
        return None
    if commas and points:
        last = "," if text.rfind(",") > text.rfind(".") else "."
        return last if text.count(last) == 1 else _EITHER
    sign, other = (",", ".") if commas else (".", ",")
    if commas + points > 1:
        return other
    before, after = text.replace(" ", "").split(sign)
    return _EITHER if len(after) == 3 and 0 < len(before) <= 3 and not before.startswith("0") else sign


def _value(cell: Cell, core: Decimal | tuple[bool, str] | None, decimal_sign: str) -> int | Misfit | None:
    if core is None:
        return None
    number: Decimal | None = None
    if isinstance(core, Decimal):
        number = core
    elif isinstance(cell, str):
        number = _parse(core[1], decimal_sign)
    if number is None or abs(number) >= _LARGEST:
        shown = plain_text(cell)
        return Misfit(shown, f"'{shown}' is {'geen' if number is None else 'te groot voor een'} bedrag. {_ADVICE}")
    cents = to_cents(number)
    return -cents if isinstance(core, tuple) and core[0] else cents


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
