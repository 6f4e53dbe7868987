"""The fields of a supplier itself, both addresses included."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.supplier import Language, Supplier, SupplierKind
from app.services import Register
from ui.pages.supplier_sections.noun import Noun
from ui.widgets.record_form import Field, Kind

_ADDRESSES = ("visiting", "postal")
_PARTS = (
    ("street", "Straat"),
    ("house_number", "Huisnummer"),
    ("postcode", "Postcode"),
    ("city", "Plaats"),
    ("country", "Land"),
)
_KINDS = (
    (SupplierKind.FIRM, "bedrijf"),
    (SupplierKind.COMBINATION, "combinatie"),
    (SupplierKind.SOLE_TRADER, "zzp"),
)
_LANGUAGES = ((None, "volgens het land"), *((language, language.label) for language in Language))


@dataclass(frozen=True, kw_only=True)
class _SupplierNoun(Noun):
    """A form is flat; a supplier has two addresses."""

    def values_of(self, old: Any) -> dict[str, Any]:
        plain = {key: getattr(old, key) for key in self.keys if not key.startswith(_ADDRESSES)}
        return plain | {
            f"{address}_{part}": getattr(getattr(old, address), part) for address in _ADDRESSES for part, _ in _PARTS
        }

    def record_of(self, register: Register, old: Any, values: Mapping[str, Any], *, owner: str) -> Any:
        base = old or Supplier(id=register.new_id(), name="")
        filled = {key: value for key, value in values.items() if not key.startswith(_ADDRESSES)}
        for address in _ADDRESSES:
            parts = {part: values[key] for part, _ in _PARTS if (key := f"{address}_{part}") in values}
            filled[address] = replace(getattr(base, address), **parts)
        return replace(base, **filled)


def _address(address: str, hint: str) -> tuple[Field, ...]:
    return (
        Field(f"{address}_head", hint, Kind.HEADING),
        *(Field(f"{address}_{part}", label, hint="leeg: Nederland" if part == "country" else "")
          for part, label in _PARTS),
    )  # fmt: skip


SUPPLIER = _SupplierNoun(
    kind=Supplier,
    title="Leverancier",
    shelf="suppliers",
    ended="beëindigd",
    concerns_all=True,
    fields=(
        Field("name", "Naam"),
        Field("trade_names", "Handelsnamen", Kind.LINES, hint="met komma’s"),
        Field("former_names", "Eerdere namen", Kind.LINES, hint="met komma’s"),
        Field("kvk", "KvK-nummer", hint="8 cijfers"),
        Field("former_kvk", "Eerdere KvK-nummers", Kind.LINES, hint="met komma’s"),
        Field("branch_number", "Vestigingsnummer", hint="12 cijfers"),
        Field("own_number", "Crediteurnummer"),
        Field("btw_id", "Btw-nummer"),
        Field("category", "Categorie"),
        Field("kind", "Soort", Kind.CHOICE, _KINDS),
        Field("is_key_partner", "Ketenpartner", Kind.FLAG),
        Field("reach_head", "Bereikbaar", Kind.HEADING),
        Field("phone", "Telefoon"),
        Field("phones", "Andere telefoonnummers", Kind.LINES, hint="met komma’s"),
        Field("email", "E-mail"),
        Field("language", "Taal van de brieven", Kind.CHOICE, _LANGUAGES),
        *_address("visiting", "Bezoekadres"),
        *_address("postal", "Postadres (alleen als brieven daarheen gaan)"),
        Field("note_head", "Notitie", Kind.HEADING),
        Field("note", "Notitie", Kind.LONG, is_wide=True),
    ),
    needed={"name": "Een leverancier heeft een naam nodig."},
)
