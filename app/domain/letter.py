"""Letters: what is written to a supplier, and the record of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from app.base.settings import setting
from app.domain.policy import PolicySettings
from app.domain.supplier import Address, Contact
from app.domain.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSettings:
    """Who writes, and how the paper looks. Every sender detail is a setting (domain.md §4); lengths in mm."""

    section: ClassVar[str] = "letter"

    organisation: str = setting("Wonen Limburg", "Naam boven de brief")
    team: str = setting("Team Inkoopadvies", "Team dat de brief behandelt")
    phone: str = setting("088-385 0800", "Telefoonnummer van het team")
    email: str = setting("", "E-mailadres van het team")
    street: str = setting("", "Straat en huisnummer of postbus van de afzender")
    postcode: str = setting("", "Postcode van de afzender")
    city: str = setting("", "Plaats van de afzender")
    kvk: str = setting("", "KvK-nummer in de voet van de brief")
    letterhead: str = setting("", "Extra regels rechtsboven in de brief, onder de naam van het team")
    footer: str = setting("", "Extra regel in de voet van de brief, naast het KvK-nummer")
    signatory: str = setting("", "Naam onder de brief; leeg laat alleen het team staan")
    window: str = setting("left", "Venster van de envelop", choices=("left", "right", "none"))
    offset_right_mm: float = setting(0.0, "Adres naar rechts schuiven, in mm")
    offset_down_mm: float = setting(0.0, "Adres omlaag schuiven, in mm")
    kenmerk_prefix: str = setting("PSO", "Begin van het kenmerk")
    reply_days: int = setting(14, "Termijn om te antwoorden, in dagen", at_least=1, at_most=365)
    certified_months: int = setting(6, "Termijn om het certificaat te halen, in maanden", at_least=1, at_most=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTemplate:
    """A dated version of one letter text. `source` is the TOML as shipped or edited."""

    id: str
    kind: str
    version: int
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """All that one letter says, fixed at the moment of writing; stored with the letter as sent.

    `reply_by` is the last day to answer or send a plan, `certified_by` the last day to hold the certificate: two
    dates, because nobody is certified within two weeks (domain.md §0, fact 8). `previous_*` name the letter that a
    reminder refers to.
    """

    kenmerk: str
    written_on: date
    reply_by: date
    certified_by: date
    supplier_name: str
    address: Address
    contact: Contact | None
    verdict: Verdict
    rule_valid_from: date
    policy: PolicySettings
    sender: LetterSettings
    previous_kenmerk: str = ""
    previous_written_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRound:
    """The letters that were made in one go."""

    id: str
    title: str
    made_at: datetime
    made_by: str


class LetterState(StrEnum):
    """How far a letter came; the value is the Dutch word on screen."""

    MADE = "gemaakt"
    PRINTED = "afgedrukt"
    POSTED = "gepost"
    WITHDRAWN = "ingetrokken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter that was made. `sha256` names the exact PDF, kept for ever; a withdrawn letter keeps its kenmerk."""

    id: str
    supplier_id: str
    round_id: str
    kind: str
    kenmerk: str
    written_on: date
    reply_by: date
    certified_by: date
    facts: str
    template_id: str
    sha256: str
    made_by: str
    made_at: datetime
    printed_at: datetime | None = None
    posted_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def state(self) -> LetterState:
        """How far it came: a letter that was withdrawn or posted goes no further."""
        if self.withdrawn_at is not None:
            return LetterState.WITHDRAWN
        if self.posted_at is not None:
            return LetterState.POSTED
        return LetterState.MADE if self.printed_at is None else LetterState.PRINTED
