"""Cells that hold two things, and names of contact persons, taken apart as far as that is certain."""

import re

from app.domain.identifiers import clean_postcode
from app.domain.names import fold
from app.domain.supplier import Contact, Salutation

_TITLES = (
    (re.compile(r"^(t\.?a\.?v\.?\s+)?(de\s+heer|dhr\.?|hr\.?|heer)\s+", re.IGNORECASE), Salutation.MR),
    (re.compile(r"^(t\.?a\.?v\.?\s+)?(mevrouw|mevr\.?|mw\.?|mrs\.?|ms\.?)\s+", re.IGNORECASE), Salutation.MRS),
    (re.compile(r"^t\.?a\.?v\.?\s+", re.IGNORECASE), Salutation.NEUTRAL),
)
_INFIX_WORDS = frozenset(
    "van de der den het 't ’t ten ter te in op aan uit bij la le du von zu d' l' vd v.d. el al".split()
)
_INITIALS = re.compile(r"^(?:(?:[A-Z]|Th|Ch|Chr|Ph|IJ|Ij|Tj|Sj)\.[- ]?)+$")
_BARE_INITIALS = re.compile(r"^[A-Z]{1,4}$")
_NAME = re.compile(r"^[^\W\d_][^\W\d_'’.-]*(?:[-'’][^\W\d_]+)*$")
# A department answers too, but is nobody.
_NOBODY = re.compile(
    r"\b(afdeling|afd|administratie|team|receptie|info|sales|inkoop|verkoop|directie|kantoor|en)\b|[/&@+\d]"
)
_POSTCODE_CITY = re.compile(
    r"^\s*([1-9]\d{3}\s?[A-Za-z]{2})\s*[,;-]?\s+(\D{2,})$|^\s*([1-9]\d{3}[A-Za-z]{2})([A-Z]\D+)$"
)
_STREET_NUMBER = re.compile(
    r"^(.*)(?<![-/])[ ,](\d{1,5}(?:\s?[-/]?\s?[A-Za-z0-9]{1,4}(?:\s?-\s?\d{1,5})?)?(?:\s?hs|\s?bis)?)$"
)
_NAME_KVK = re.compile(
    r"^(\S.*?)\s*\(\s*(?:k\.?v\.?k\.?[\s:-]*(?:n(?:umme)?r\.?[\s:]*)?)?([0-9]{8})\s*\)$", re.IGNORECASE
)
_LETTER = re.compile(r"[^\W\d_]")
_NO_STREET = re.compile(r"^(postbus|p\.?\s?o\.?\s?box|antwoordnummer)\b", re.IGNORECASE)


def parse_contact(text: str, *, contact_id: str, supplier_id: str) -> Contact:
    """Return a contact person. What is not certain stays in `literal_name`; gender only from dhr. or mevr."""
    salutation, rest = Salutation.NEUTRAL, text.strip()
    for pattern, title in _TITLES:
        if found := pattern.match(rest):
            salutation, rest = title, rest[found.end() :].strip()
            break
    first, infix, surname = _take_apart(rest, has_title=salutation is not Salutation.NEUTRAL)
    if not surname:
        return Contact(id=contact_id, supplier_id=supplier_id, salutation=salutation, literal_name=rest or text)
    are_initials = bool(_INITIALS.match(first) or _BARE_INITIALS.match(first))
    return Contact(
        id=contact_id,
        supplier_id=supplier_id,
        salutation=salutation,
        initials=_dotted(first) if are_initials else "",
        first_name="" if are_initials else first,
        infix=infix,
        surname=surname,
    )


def _take_apart(text: str, *, has_title: bool) -> tuple[str, str, str]:
    """Return first name or initials, infix and surname; the surname is empty when that is not certain."""
    # Of a name in capitals it cannot be seen which part is what.
    if _NOBODY.search(fold(text)) or (text.isupper() and len(re.sub(r"[^A-Z]", "", text)) > 6):
        return "", "", ""
    if text.count(",") == 1:
        surname, given = (part.strip() for part in text.split(","))
        words = given.split()
        infix = [word for word in words if word.casefold() in _INFIX_WORDS]
        own = " ".join(word for word in words if word.casefold() not in _INFIX_WORDS)
        return (own, " ".join(infix), surname) if own and _is_surname(surname) and _is_given(own) else ("", "", "")
    words = re.sub(r"(?<=[A-Z]\.)(?=[A-Za-z][a-z])", " ", text).split()
    given_words: list[str] = []
    while words and _INITIALS.match(words[0]):
        given_words.append(words.pop(0))
    if not given_words and len(words) > 1 and words[0].casefold() not in _INFIX_WORDS:
        given_words.append(words.pop(0))
    infix_words: list[str] = []
    while len(words) > 1 and words[0].casefold() in _INFIX_WORDS:
        infix_words.append(words.pop(0))
    given, surname = " ".join(given_words), " ".join(words)
    if not _is_surname(surname) or (given and not _is_given(given)) or (not given and not has_title):
        return "", "", ""
    return given, " ".join(infix_words), surname


def _is_surname(text: str) -> bool:
    parts = [part for part in re.split(r"\s*-\s*", text) if part]
    bare = [part.split()[-1] for part in parts if all(word.casefold() in _INFIX_WORDS for word in part.split()[:-1])]
    return bool(parts) and len(bare) == len(parts) and all(_NAME.match(word) and word[:1].isupper() for word in bare)


def _is_given(text: str) -> bool:
    if _INITIALS.match(text) or _BARE_INITIALS.match(text):
        return True
    return " " not in text and bool(_NAME.match(text)) and text[0].isupper() and not text.isupper()


def _dotted(initials: str) -> str:
    if _BARE_INITIALS.match(initials):
        return "".join(f"{letter}." for letter in initials)
    return initials.replace(" ", "")


def split_postcode(text: str) -> tuple[str, str]:
    """Return postcode and city of a cell that holds both, such as `6041 AB Roermond`; else the postcode alone."""
    found = _POSTCODE_CITY.match(text)
    if found is None:
        return clean_postcode(text), ""
    return clean_postcode(found[1] or found[3]), (found[2] or found[4]).strip(" ,")


def split_street(text: str) -> tuple[str, str]:
    """Return street and house number of a cell that holds both, such as `Industrieweg 12a`; a PO box stays whole."""
    found = None if _NO_STREET.match(text) else _STREET_NUMBER.match(text)
    # The letter is looked for by itself: as part of the pattern it takes minutes in a long text.
    return (found[1].strip(" ,"), found[2].strip()) if found and _LETTER.search(found[1]) else (text, "")


def split_kvk(text: str) -> tuple[str, str]:
    """Return name and KvK number of a cell that holds both, such as `Aelen Bouw (12345678)`; else the name alone."""
    found = _NAME_KVK.match(text)
    return (found[1], found[2]) if found else (text, "")
