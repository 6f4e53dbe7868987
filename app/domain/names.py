"""Names of firms and people: folding for look-up, comparing for import, addressing in letters (domain.md §6.2)."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from app.domain.supplier import Contact, Language, Salutation

_LEGAL_FORMS = frozenset(
    "bv nv vof cv ua ba sa sarl sprl bvba gmbh ag kg ohg ltd limited plc llp llc inc co stichting vereniging "
    "cooperatie coop maatschap".split()
)
_ABBREVIATIONS = {
    "gebr": "gebroeders", "gebrs": "gebroeders", "fa": "firma", "mij": "maatschappij", "bouwbedr": "bouwbedrijf",
    "bouwmij": "bouwmaatschappij", "aann": "aannemersbedrijf", "int": "internationaal", "intern": "internationaal",
    "ned": "nederland", "nl": "nederland", "adv": "advies", "inst": "installatie", "st": "sint", "en": "&", "and": "&",
}  # fmt: skip
_SAME_FORM = {"limited": "ltd", "coop": "cooperatie"}
# What a word of a firm's name tells; "" for nothing.
_TELLING = {word: "" if full == "&" else full for word, full in _ABBREVIATIONS.items()} | dict.fromkeys(
    (*_LEGAL_FORMS, "&"), ""
)
_SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae",
                          "œ": "oe", "Œ": "oe", "þ": "th", "ð": "d", "ĳ": "ij", "Ĳ": "ij", "ı": "i"})  # fmt: skip
_OTHER_NAMES_OF_PLACES = {
    "'s-gravenhage": "den haag",
    "s-gravenhage": "den haag",
    "’s-gravenhage": "den haag",
    "'s-hertogenbosch": "den bosch",
    "s-hertogenbosch": "den bosch",
    "’s-hertogenbosch": "den bosch",
}
_INFIXES = frozenset("van v. v.d. v/d vd v.der ter ten te de den der des het 't".split())
# These belong to a name only with an article behind them: In 't Veld, Op den Berg.
_BEFORE_ARTICLE = frozenset("aan bij in onder op over uit voor".split())
_ARTICLES = frozenset("de den der het 't".split())
_VAN = frozenset(("van", "v", "vd"))
_VAN_DE = (("vd",), ("van", "de"), ("van", "der"), ("van", "den"))
_OWN_ARTICLES = frozenset((("d",), ("de",), ("der",), ("den",)))
_ABBREVIATING_POINT = re.compile(r"(?<=\b\w)\.(?=\w\b|$|\s|\W)")
_WORD = re.compile(r"\w+|&")
_SMALL_PREFIXES = ("'t", "’t", "d'", "d’")


class _Addressing(NamedTuple):
    """How one language addresses somebody: with a title before the name, and without."""

    dear: str
    unknown: str
    in_salutation: Mapping[Salutation, str]
    attention: str
    on_envelope: Mapping[Salutation, str]


_MR_MS = {Salutation.MR: "Mr", Salutation.MRS: "Ms"}
_ADDRESSING = {
    Language.DUTCH: _Addressing(
        dear="Geachte",
        unknown="Geachte heer, mevrouw,",
        in_salutation={Salutation.MR: "heer", Salutation.MRS: "mevrouw"},
        attention="t.a.v.",
        on_envelope={Salutation.MR: "de heer", Salutation.MRS: "mevrouw"},
    ),
    Language.ENGLISH: _Addressing("Dear", "Dear Sir or Madam,", _MR_MS, "Attn.", _MR_MS),
}


def fold(text: str) -> str:
    """Return text as compared: no accents, no case, single spaces. `Café  ĲSSEL` gives `cafe ijssel`."""
    if text.isascii():
        # The same answer, ten times sooner.
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.translate(_SPECIAL))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def compact(text: str) -> str:
    """Return text as compared where spaces tell nothing either, such as a number. `RC 14 a` gives `rc14a`."""
    return "".join(fold(text).split())


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text; points inside abbreviations vanish (`B.V.` gives `bv`)."""
    folded = text.lower() if text.isascii() else fold(text)
    if "." in folded:
        folded = _ABBREVIATING_POINT.sub("", folded)
    return tuple(_WORD.findall(folded))


def is_filler(word: str) -> bool:
    """Whether a folded word of a firm's name says nothing of which firm it is: a legal form, or "en"."""
    return _TELLING.get(word, word) == ""


def written_out(word: str) -> str:
    """Return a folded word without abbreviation: `gebr` gives `gebroeders`; any other as it is."""
    return _TELLING.get(word) or word


def telling_variant(found: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folded words of a firm's name written out, without legal forms and "en"; all where nothing is left."""
    if _TELLING.keys().isdisjoint(found):
        return found
    return tuple(told for word in found if (told := _TELLING.get(word, word))) or found


def infix_variants(found: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return folded words with every other way to write or hear a "van de" in them (domain.md §8); mostly none.

    `v.d. Ven`, `v/d Ven`, `van de Ven`, `van der Ven` and `van den Ven` are one name on the phone.
    """
    if _VAN.isdisjoint(found):
        return ()
    for place, word in enumerate(found):
        if word == "vd" or (word in _VAN and found[place + 1 : place + 2] in _OWN_ARTICLES):
            before, behind = found[:place], found[place + (1 if word == "vd" else 2) :]
            written = (before + infix + behind for infix in _VAN_DE) if behind else ()
            return tuple(one for one in written if one != found)
    return ()


# An import compares the same names again and again.
@lru_cache(maxsize=16384)
def company_key(name: str) -> str:
    """Return a firm's name as compared when importing: without legal form, abbreviations written out.

    `Gebr. Aelen B.V.` and `gebroeders aelen bv` give the same. A name that is only legal forms keeps them.
    """
    found = [_ABBREVIATIONS.get(word, word) for word in words(name)]
    kept = [word for word in found if word not in _LEGAL_FORMS]
    return " ".join(kept or found)


def legal_forms(name: str) -> frozenset[str]:
    """Return the legal forms in a firm's name: `Aelen Bouw B.V.` gives `bv`; nothing where it states none."""
    return frozenset(_SAME_FORM.get(word, word) for word in words(name) if word in _LEGAL_FORMS)


def name_key(name: str) -> str:
    """Return a firm's name as compared; one that has no letters or digits at all stands for itself."""
    return company_key(name) or fold(name) or name


@lru_cache(maxsize=20_000)
def place_key(city: str) -> str:
    """Return a place as compared."""
    folded = fold(city)
    return _OTHER_NAMES_OF_PLACES.get(folded, folded)


def telling_words(name: str) -> tuple[str, ...]:
    """Return the words of a firm's name that everybody writes alike, to look for others with the same `company_key`.

    Legal forms and words that are also written short are left out, unless the name has no others.
    """
    found = company_key(name).split()
    vary = {*_ABBREVIATIONS, *_ABBREVIATIONS.values()}
    return tuple(word for word in found if word not in vary) or tuple(found)


def sort_key(name: str) -> str:
    """Return a name as Dutch lists sort it: folded, with what stands before it behind it.

    `Van den Berg B.V.` gives `berg b.v., van den`; a name of nothing but small words stays as it is.
    """
    found = fold(name).replace("’", "'").replace("‘", "'").replace("`", "'").split()
    start = 0
    while start < len(found) - 1 and (
        found[start] in _INFIXES or (found[start] in _BEFORE_ARTICLE and found[start + 1] in _ARTICLES)
    ):
        start += 1
    return f"{' '.join(found[start:])}, {' '.join(found[:start])}" if start else " ".join(found)


def full_name(contact: Contact) -> str:
    """Return a person's name as spoken: `K. van den Berg`, or the literal name."""
    if contact.literal_name:
        return contact.literal_name
    parts = (contact.initials or contact.first_name, contact.infix, contact.surname)
    return " ".join(part for part in parts if part)


def attention_line(contact: Contact, *, language: Language = Language.DUTCH) -> str:
    """Return the line under the firm's name: `t.a.v. mevrouw M. de Vries`."""
    name = full_name(contact)
    if not name:
        return ""
    words = _ADDRESSING[language]
    title = words.on_envelope.get(contact.salutation, "")
    return " ".join(part for part in (words.attention, title, _standing_first(contact)) if part)


def salutation(contact: Contact | None, *, language: Language = Language.DUTCH) -> str:
    """Return how a letter begins, with its comma (domain.md §6.2).

    No initials after "heer" or "mevrouw", and then the infix gets a capital; a title that is not known is not
    guessed; Belgian names stay as they are.
    """
    words = _ADDRESSING[language]
    if contact is None or not full_name(contact):
        return words.unknown
    title = words.in_salutation.get(contact.salutation, "")
    name = _standing_first(contact)
    if title and not contact.literal_name:
        surname = " ".join(part for part in (contact.infix, contact.surname) if part)
        name = _capital_infix(surname or full_name(contact))
    return f"{' '.join(part for part in (words.dear, title, name) if part)},"


def _standing_first(contact: Contact) -> str:
    """Return the whole name; an infix that it begins with gets a capital."""
    is_bare = not (contact.initials or contact.first_name or contact.literal_name)
    return _capital_infix(full_name(contact)) if is_bare else full_name(contact)


def _capital_infix(surname: str) -> str:
    if surname.startswith(_SMALL_PREFIXES):
        return surname
    return surname[:1].upper() + surname[1:]
