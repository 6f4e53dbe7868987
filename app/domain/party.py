"""What names a firm, as compared: by an import with the register, and within the register in search of duplicates."""

from dataclasses import dataclass

from app.domain.identifiers import clean_btw_id, clean_postcode, kvk_key, own_key, phone_key
from app.domain.names import compact, legal_forms, name_key, place_key
from app.domain.supplier import Supplier, SupplierKind

_SHORTEST_PHONE = 6
# A mailbox there tells nothing of the firm.
_PROVIDERS = frozenset(
    "gmail.com googlemail.com hotmail.com hotmail.nl outlook.com live.com live.nl msn.com icloud.com me.com yahoo.com "
    "kpnmail.nl kpnplanet.nl planet.nl hetnet.nl ziggo.nl home.nl casema.nl chello.nl upcmail.nl xs4all.nl tele2.nl "
    "telfort.nl telenet.be skynet.be t-online.de gmx.de gmx.net web.de".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Everything is folded, without points and spaces, and empty where it is not known.

    `names` begins with its own name, of which `forms` are the legal forms; behind it stand trade and former names.
    `doors` are postcodes with house number.
    """

    names: tuple[str, ...] = ()
    forms: frozenset[str] = frozenset()
    kvk: frozenset[str] = frozenset()
    former_kvk: frozenset[str] = frozenset()
    branches: frozenset[str] = frozenset()
    own_numbers: frozenset[str] = frozenset()
    btw_ids: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    doors: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    mail_domains: frozenset[str] = frozenset()
    is_combination: bool | None = None


def party_of(supplier: Supplier) -> Party:
    """Return what names a supplier of the register."""
    addresses = (supplier.visiting, supplier.postal)
    return Party(
        names=tuple(map(name_key, names_of(supplier))),
        forms=legal_forms(supplier.name),
        kvk=keys(kvk_key(supplier.kvk)),
        former_kvk=keys(*map(kvk_key, supplier.former_kvk)),
        branches=keys(supplier.branch_number),
        own_numbers=keys(own_key(supplier.own_number)),
        btw_ids=keys(clean_btw_id(supplier.btw_id)),
        places=keys(*(place_key(address.city) for address in addresses)),
        postcodes=keys(*(postcode_key(address.postcode) for address in addresses)),
        doors=keys(*(door_key(address.postcode, address.house_number) for address in addresses)),
        phones=keys(*map(line_key, (supplier.phone, *supplier.phones))),
        mail_domains=keys(domain_key(supplier.email)),
        is_combination=supplier.kind is SupplierKind.COMBINATION,
    )


def names_of(supplier: Supplier) -> tuple[str, ...]:
    """Return every name of a supplier, its own in front."""
    return supplier.name, *supplier.trade_names, *supplier.former_names


def keys(*found: str) -> frozenset[str]:
    """Return what is known of these."""
    return frozenset(filter(None, found))


def postcode_key(postcode: str) -> str:
    """Return a postcode as compared."""
    return clean_postcode(postcode).replace(" ", "").casefold() if postcode else ""


def door_key(postcode: str, house_number: str) -> str:
    """Return postcode and house number as compared, "" when one of them is missing."""
    number = compact(house_number) if postcode else ""
    return f"{postcode_key(postcode)} {number}" if number else ""


def line_key(phone: str) -> str:
    """Return a phone number as compared, "" for one too short to be anybody's own."""
    key = phone_key(phone) if phone else ""
    return key if len(key) >= _SHORTEST_PHONE else ""


def domain_key(email: str) -> str:
    """Return the domain of an e-mail address, "" for one where anybody may have a mailbox."""
    domain = email.rpartition("@")[2].strip().casefold() if "@" in email else ""
    return "" if domain in _PROVIDERS else domain
