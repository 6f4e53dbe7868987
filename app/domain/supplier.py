"""Suppliers and the people who work there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SupplierKind(StrEnum):
    """A firm, a combination of firms (samenwerkingsverband), or somebody who works alone (zzp)."""

    FIRM = "firm"
    COMBINATION = "combination"
    SOLE_TRADER = "sole_trader"


class Language(StrEnum):
    """What a letter is written in: Dutch, or English to a supplier abroad."""

    DUTCH = "nl"
    ENGLISH = "en"

    @property
    def tag(self) -> str:
        """The BCP 47 tag for the file."""
        return "nl-NL" if self is Language.DUTCH else "en-GB"

    @property
    def label(self) -> str:
        """The Dutch word on screen."""
        return "Nederlands" if self is Language.DUTCH else "Engels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address in the Dutch order; `postcode` as "1234 AB", `country` empty for the Netherlands."""

    street: str = ""
    house_number: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether a letter can reach it."""
        return bool(self.street and self.city)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """A supplier. `kvk` is an attribute, never a key: it changes at a takeover (domain.md §0, fact 12).

    `own_number` is the creditor number in our own books. `postal` is used on letters when it is complete.
    `phones` and `trade_names` hold what comes beside the main number and name; `former_kvk` older KvK numbers.
    `language` is that of its letters where the country does not tell it. `merged_into` is the supplier that it turned
    out to be: then it has ended, and keeps only the letters that name it.
    """

    id: str
    name: str
    kind: SupplierKind = SupplierKind.FIRM
    trade_names: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    kvk: str = ""
    former_kvk: tuple[str, ...] = ()
    branch_number: str = ""
    btw_id: str = ""
    own_number: str = ""
    category: str = ""
    is_key_partner: bool = False
    visiting: Address = Address()
    postal: Address = Address()
    phone: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    note: str = ""
    language: Language | None = None
    merged_into: str | None = None
    archived_at: datetime | None = None

    @property
    def is_archived(self) -> bool:
        """Whether the record has ended: it is left out of every judgement."""
        return self.archived_at is not None

    @property
    def letter_address(self) -> Address:
        """Where a letter goes: the postal address, else the visiting address."""
        return self.postal if self.postal.is_complete else self.visiting


class Salutation(StrEnum):
    """How somebody wishes to be addressed; NEUTRAL when that is not known: it is never guessed."""

    MR = "heer"
    MRS = "mevrouw"
    NEUTRAL = "geen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person at a supplier. `literal_name` is for names that never change in shape (Belgian and other)."""

    id: str
    supplier_id: str
    salutation: Salutation = Salutation.NEUTRAL
    initials: str = ""
    first_name: str = ""
    infix: str = ""
    surname: str = ""
    literal_name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    is_primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One firm in a combination; the lead firm signs."""

    id: str
    combination_id: str
    member_id: str
    is_lead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTheSame:
    """That two suppliers which look alike are two: somebody said so. `supplier_id` is the smaller key."""

    id: str
    supplier_id: str
    other_id: str
    by: str
