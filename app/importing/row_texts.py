"""The texts of one row: identifiers cleaned and checked, cells that hold two things split. Checks only warn."""

import re
from collections.abc import Mapping

from app.domain.identifiers import check_btw_id, check_kvk, check_postcode, clean_btw_id, clean_kvk
from app.domain.names import fold
from app.importing.outcome import CellFault
from app.importing.people import split_kvk, split_postcode, split_street

# Eight digits on their own, whatever stands beside them; and digits in groups.
_EIGHT = re.compile(r"(?:(?<![^\W_])|(?<=kvk))[0-9]{8}(?![^\W_])", re.IGNORECASE)
_GROUPED = re.compile(r"(?<![^\W_])[0-9](?:[\s.\-]?[0-9])*(?![^\W_])")
_EIGHT_GROUPED = re.compile(r"\s*[0-9](?:[\s.\-]?[0-9]){7}[\s.]*")
_KVK = re.compile(r"[0-9]*[1-9][0-9]*(?<=^[0-9]{8})")
# A number that a program wrote as one with decimals.
_NO_DECIMALS = re.compile(r"(?<=[0-9]{6})[.,]0+$")
_BETWEEN_NUMBERS = re.compile(
    r"\bk\.?v\.?k\b\.?|\b(?:en|and|plus|nummers?|numbers?|nrs?|no)\b[.:]?|[;,/|&+:]", re.IGNORECASE
)
_SHORTENED_BY_EXCEL = re.compile(r"^\d[.,]\d+E\+?\d+$", re.IGNORECASE)
# What people write in a column of numbers for who has none.
_NO_NUMBER = frozenset("? ?? geen n.b. n.n.b. n.v.t n.v.t. nb nieuw nnb nvt onbekend unknown x xxx".split())
# The register leaves the country of an address here empty.
_HERE = frozenset({"nederland", "nl", "netherlands", "the netherlands", "holland"})


class TextCleaner:
    """Cleans row after row and gathers the warnings; `headings` is field → heading."""

    def __init__(self, headings: Mapping[str, str], *, is_dutch: bool, names_hold_kvk: bool = False) -> None:
        """Begin without warnings; in a file with Dutch headings a postcode without a country should be Dutch.

        `names_hold_kvk` tells that the names have their KvK number in brackets behind them.
        """
        self.headings = headings
        self.is_dutch = is_dutch
        self.names_hold_kvk = names_hold_kvk
        self.lists_certificates = not {"level", "certificate_number"}.isdisjoint(headings)
        self.warnings: list[CellFault] = []

    def clean(self, texts: dict[str, str], number: int) -> None:
        """Clean the texts of one row in place; `number` is its row number."""
        typed = dict(texts)
        if self.names_hold_kvk and "name" in texts:
            texts["name"], kvk = split_kvk(texts["name"])
            if kvk:
                texts.setdefault("kvk", kvk)
        if self.lists_certificates and len(set(_EIGHT.findall(texts.get("kvk", "")))) > 1:
            # Which of them is the holder's is not told; the certificate counts for them all.
            texts["covers_kvk"] = "; ".join(filter(None, (texts.pop("kvk"), texts.get("covers_kvk"))))
        if "kvk" in texts and not _KVK.fullmatch(texts["kvk"]):
            texts["kvk"] = self._kvk(texts["kvk"], "kvk", number, texts["kvk"])
        if "own_number" in texts and _is_placeholder(texts["own_number"]):
            message = f"'{texts['own_number']}' is geen eigen nummer. Het is niet overgenomen."
            self._warn(number, "own_number", texts.pop("own_number"), message)
        if "btw_id" in texts:
            texts["btw_id"] = clean_btw_id(texts["btw_id"])
            self._warn(number, "btw_id", typed["btw_id"], check_btw_id(texts["btw_id"]))
        for name, city_name in (("postcode", "city"), ("postal_postcode", "postal_city")):
            if name in texts:
                texts[name], city = split_postcode(texts[name])
                if city:
                    texts.setdefault(city_name, city)
        for name, postcode_name in (("city", "postcode"), ("postal_city", "postal_postcode")):
            if name in texts and texts[name][0].isdigit():
                postcode, city = split_postcode(texts[name])
                if city:
                    texts[name] = city
                    texts.setdefault(postcode_name, postcode)
        for name, number_name in (("street", "house_number"), ("postal_street", "postal_house_number")):
            if name in texts and number_name not in texts:
                texts[name], texts[number_name] = split_street(texts[name])
        if "house_addition" in texts:
            texts["house_number"] = f"{texts.get('house_number', '')} {texts['house_addition']}".strip()
        if fold(texts.get("country", "")) in _HERE:
            del texts["country"]
        if "postcode" in texts and self._is_dutch_place(texts):
            written = typed.get("postcode", texts["postcode"])
            self._warn(number, "postcode", written, check_postcode(texts["postcode"], texts.get("country", "")))

    def _is_dutch_place(self, texts: dict[str, str]) -> bool:
        """Whether a wrong postcode is worth a warning: in a file of foreign addresses each of them is "wrong"."""
        return bool(texts.get("country")) or self.is_dutch

    def _kvk(self, text: str, name: str, number: int, cell: str) -> str:
        """Return a KvK number; what names nobody is left out, so that two firms never share "n.v.t."."""
        kvk = _read_kvk(text)
        digits = re.sub(r"\D", "", kvk)
        if _SHORTENED_BY_EXCEL.match(text.replace(" ", "")):
            message = (
                "Excel heeft dit nummer afgekort. Het is niet overgenomen. Maak de kolom tekst en vul het opnieuw in."
            )
        elif len(digits) < 5 or not digits.strip("0"):
            message = f"'{text}' is geen KvK-nummer. Het is niet overgenomen."
        else:
            self._warn(number, name, cell, check_kvk(kvk))
            return kvk
        self._warn(number, name, cell, message)
        return ""

    def covers(self, texts: dict[str, str], number: int) -> tuple[str, ...]:
        """Return the KvK numbers in the cell of what a certificate covers."""
        cell = texts.get("covers_kvk", "")
        if not cell:
            return ()
        parts = [text for part in _BETWEEN_NUMBERS.split(cell) for text in _take_apart(part)]
        found = [self._kvk(part, "covers_kvk", number, cell) for part in parts]
        return tuple(dict.fromkeys(kvk for kvk in found if kvk))

    def _warn(self, number: int, name: str, value: str, message: str | None) -> None:
        if message:
            heading = self.headings.get(name) or self.headings["name"]
            self.warnings.append(CellFault(number, heading, value, message))


def _is_placeholder(own_number: str) -> bool:
    """Whether a number is anybody's who has none: two firms never share it."""
    return not own_number.strip("0") or own_number.casefold() in _NO_NUMBER


def _read_kvk(text: str) -> str:
    """Return the one number of eight digits in a text; else the text as typed, without points and spaces."""
    text = _NO_DECIMALS.sub("", text)
    found = set(_EIGHT.findall(text))
    if not found:
        found = {digits for run in _GROUPED.findall(text) if len(digits := re.sub(r"\D", "", run)) == 8}
    return found.pop() if len(found) == 1 else clean_kvk(text)


def _take_apart(part: str) -> list[str]:
    """Return the numbers in a part of a cell, and what stands between spaces where that is no number."""
    if _EIGHT_GROUPED.fullmatch(part):
        return [part]
    return [
        text
        for word in part.split()
        for text in (_EIGHT.findall(word) or [word])
        if any(character.isalnum() for character in text)
    ]
