"""What a row of our own export says of a supplier, and how that reads when the row comes back."""

from app.base.formulas import guarded
from app.domain.supplier import Supplier
from app.importing.cleaning import is_nothing, plain_text
from app.importing.grouping import Group
from app.importing.meanings import FIELDS
from app.importing.row_texts import TextCleaner

_NO_HEADINGS = dict.fromkeys(FIELDS, "")
# These are read together: one cell may hold two of them.
_TOGETHER = (
    frozenset({"street", "house_number", "postcode", "city", "country"}),
    frozenset({"postal_street", "postal_house_number", "postal_postcode", "postal_city"}),
)


def texts_of(supplier: Supplier) -> dict[str, str]:
    """Return what an export writes of a supplier, by the field that an import reads it as; "" where nothing stands."""
    visiting, postal = supplier.visiting, supplier.postal
    return {
        "name": supplier.name,
        "city": visiting.city,
        "kvk": supplier.kvk,
        "own_number": supplier.own_number,
        "category": supplier.category,
        "key_partner": "ja" if supplier.is_key_partner else "nee",
        "btw_id": supplier.btw_id,
        "street": visiting.street,
        "house_number": visiting.house_number,
        "postcode": visiting.postcode,
        "country": visiting.country,
        "postal_street": postal.street,
        "postal_house_number": postal.house_number,
        "postal_postcode": postal.postcode,
        "postal_city": postal.city,
        "phone": " / ".join(filter(None, (supplier.phone, *supplier.phones))),
        "email": supplier.email,
        "register_id": supplier.id,
    }


def changed_in(group: Group, supplier: Supplier) -> dict[str, str]:
    """Return what rows of an export say anew of their supplier, by field; what they said already is left out."""
    texts, before = group.texts(), read_back(supplier)
    same = {name for name in before if texts.get(name, "") == before[name]}
    for fields in _TOGETHER:
        if not fields <= same:
            same -= fields
    return {name: text for name, text in texts.items() if name not in same}


def read_back(supplier: Supplier) -> dict[str, str]:
    """Return what an import reads in the row that an export writes of a supplier."""
    texts = {name: plain_text(guarded(text)) for name, text in texts_of(supplier).items()}
    texts = {name: text for name, text in texts.items() if text and not is_nothing(text)}
    TextCleaner(_NO_HEADINGS, is_dutch=False).clean(texts, 0)
    return {name: texts.get(name, "") for name in texts_of(supplier)}
