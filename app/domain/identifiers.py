"""Numbers that name a firm (domain.md §5). Every check warns; none blocks: foreign firms and haste exist."""

import re
import unicodedata

_DIGITS = re.compile(r"\D+")
_POSTCODE = re.compile(r"^([1-9]\d{3})\s*([A-Za-z]{2})$")
# The Netherlands and a national number: 31 and nine digits.
_WITH_COUNTRY = 11
_BETWEEN_PHONES = re.compile("([;,/])")
# Of a whole phone number, with or without the zero in front; fewer digits are an area code, or an extension.
_SHORTEST_WHOLE = 8
_BTW = re.compile(r"^NL\d{9}B\d{2}$")


def digits(text: str) -> str:
    """Return only the digits of a text, as 0 to 9 in whatever script they were typed."""
    return _DIGITS.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text))


def clean_kvk(text: str) -> str:
    """Return a KvK number without points and spaces; what is no number stays as typed, trimmed."""
    compact = re.sub(r"[\s.\-]", "", text)
    return compact if compact.isascii() and compact.isdigit() else text.strip()


def kvk_key(kvk: str) -> str:
    """Return a KvK number as compared: a number of 7 digits lost its leading zero in a spreadsheet."""
    return f"0{kvk}" if len(kvk) == 7 and kvk.isdecimal() else kvk.casefold()


def own_key(own_number: str) -> str:
    """Return a number of ours as compared: SAP and the like put zeros in front of it."""
    return own_number.casefold().lstrip("0")


def check_kvk(kvk: str) -> str | None:
    """Return a Dutch warning when this is not 8 digits; there is no check digit (domain.md §5)."""
    if not kvk or re.fullmatch(r"[0-9]{8}", kvk):
        return None
    if re.fullmatch(r"[0-9]{7}", kvk):
        return f"Een KvK-nummer heeft 8 cijfers. Misschien viel een nul weg: 0{kvk}?"
    return "Een KvK-nummer heeft 8 cijfers."


def is_kvk(text: str) -> bool:
    """Whether a text is a KvK number and nothing else."""
    return re.fullmatch(r"[0-9]{8}", clean_kvk(text)) is not None


def is_phone_number(text: str) -> bool:
    """Whether a text is a whole phone number as people write it: it begins with 0 or +."""
    return re.fullmatch(r"\s*\(?[+0][\d\s().\-/]{8,24}", text) is not None


def split_phones(text: str) -> list[str]:
    """Return the phone numbers of a cell: `0475/38 12 40` is one of them, and a name behind one stays there."""
    first, *rest = _BETWEEN_PHONES.split(text)
    found = [first]
    for between, part in zip(rest[::2], rest[1::2], strict=True):
        if min(len(digits(found[-1])), len(digits(part))) >= _SHORTEST_WHOLE:
            found.append(part)
        else:
            found[-1] += between + part
    return [part.strip() for part in found]


def clean_btw_id(text: str) -> str:
    """Return a btw-id in capitals without points and spaces."""
    return re.sub(r"[\s.\-]", "", text).upper()


def check_btw_id(btw_id: str) -> str | None:
    """Return a Dutch warning for a Dutch btw-id that cannot be right; other countries are not judged.

    Right are: nine digits that pass the elfproef (legal persons), or a whole that passes mod 97 (sole traders).
    """
    if not btw_id.startswith("NL"):
        return None
    if not _BTW.match(btw_id):
        return "Een Nederlands btw-id is NL, 9 cijfers, B en 2 cijfers."
    if _passes_eleven(btw_id[2:11]) or _passes_ninety_seven(btw_id):
        return None
    return "Dit btw-id klopt niet: een cijfer is waarschijnlijk verkeerd."


def clean_postcode(text: str) -> str:
    """Return a Dutch postcode as `1234 AB`; anything else as typed, trimmed."""
    found = _POSTCODE.match(text.strip())
    return f"{found[1]} {found[2].upper()}" if found else " ".join(text.split())


def check_postcode(postcode: str, country: str = "") -> str | None:
    """Return a Dutch warning for a postcode that no Dutch address has."""
    if not postcode or country not in {"", "NL", "Nederland"}:
        return None
    found = _POSTCODE.match(postcode)
    if found and found[2].upper() not in {"SA", "SD", "SS"}:
        return None
    return "Een Nederlandse postcode is 4 cijfers en 2 letters, zoals 6041 AB."


def phone_key(text: str) -> str:
    """Return a phone number as compared: national digits without the leading 0; "" when there are none.

    0475-38 12 40, +31 475 381240, 0031475381240, 31475381240 and +31 (0)475 381240 all give 475381240; a foreign
    number keeps its country code.
    """
    text = (text if text.isascii() else unicodedata.normalize("NFKC", text)).partition("@")[0]
    number = digits(text)
    is_international = "+" in text or number.startswith("00")
    if is_international:
        number = number.removeprefix("00")
    if number.startswith("31") and (is_international or len(number) == _WITH_COUNTRY):
        return number[2:].removeprefix("0")
    if is_international:
        return digits(text.replace("(0)", "")).removeprefix("00")
    return number.removeprefix("0")


def _passes_eleven(nine: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(nine, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return total % 11 == 0


def _passes_ninety_seven(btw_id: str) -> bool:
    return int("".join(str(int(character, 36)) for character in btw_id)) % 97 == 1
