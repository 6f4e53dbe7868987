"""Letters: what is written to a supplier, and the record of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, NamedTuple

from app.base.formatting import parse_day
from app.base.settings import setting
from app.domain.policy import PolicySettings
from app.domain.supplier import Address, Contact, Language
from app.domain.verdict import Verdict


class LetterKind(StrEnum):
    """What a letter is for (domain.md §6.5); the value names its text in `resources/letters`."""

    INFORMATION = "informatiebrief"
    REQUEST = "verzoek"
    REMINDER = "herinnering"
    SECOND_REMINDER = "tweede_herinnering"
    NOTICE = "ingebrekestelling"
    EXPIRING = "verloopt"
    POSTPONEMENT = "uitstel"
    EXEMPTION = "vrijstelling"
    CLOSING = "afsluitbrief"

    @property
    def label(self) -> str:
        """The Dutch words on screen."""
        return _KIND_LABELS[self]

    @property
    def noun(self) -> str:
        """What it is called within a sentence."""
        return _KIND_NOUNS.get(self, self.label.lower())

    @property
    def asks(self) -> bool:
        """Whether it is a step of asking for a certificate, which the next step refers to."""
        return self in STAGES

    @property
    def awaits_reply(self) -> bool:
        """Whether the supplier is asked to answer; the rest only tells."""
        return self.asks or self is LetterKind.EXPIRING


STAGES = (
    LetterKind.INFORMATION,
    LetterKind.REQUEST,
    LetterKind.REMINDER,
    LetterKind.SECOND_REMINDER,
    LetterKind.NOTICE,
)
"""The steps of asking, in their order (domain.md §6.5)."""

_KIND_LABELS = {
    LetterKind.INFORMATION: "Informatiebrief",
    LetterKind.REQUEST: "Verzoek",
    LetterKind.REMINDER: "Herinnering",
    LetterKind.SECOND_REMINDER: "Tweede herinnering",
    LetterKind.NOTICE: "Ingebrekestelling",
    LetterKind.EXPIRING: "Verloopt binnenkort",
    LetterKind.POSTPONEMENT: "Bevestiging van uitstel",
    LetterKind.EXEMPTION: "Bevestiging van vrijstelling",
    LetterKind.CLOSING: "Afsluitbrief",
}

_KIND_NOUNS = {LetterKind.EXPIRING: "brief over een certificaat dat afloopt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSettings:
    """Who writes, and how the paper looks. Every sender detail is a setting (domain.md §4); lengths in mm.

    `paper` is plain paper, on which letterhead and footer are drawn; a background of one's own; or paper on which all
    of that was printed before. `background`, `logo` and `signature` are the SHA-256 of a kept document, "" for none.
    `decree_days` and `closed_days` hold a day per line; "" for the first means the shipped list.
    """

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
    enclosure: str = setting("", "Bijlage bij elke brief, zoals: brochure Social Return")
    paper: str = setting("plain", "Briefpapier", choices=("plain", "background", "preprinted"))
    background: str = setting("", "Eigen briefpapier als pdf")
    logo: str = setting("", "Logo boven de brief")
    signature: str = setting("", "Handtekening onder de brief")
    window: str = setting("left", "Venster van de envelop", choices=("left", "right", "none"))
    has_return_line: bool = setting(True, "Afzender op één regel boven het adres")
    offset_right_mm: float = setting(0.0, "Adres naar rechts schuiven, in mm", at_least=-25, at_most=25)
    offset_down_mm: float = setting(0.0, "Adres omlaag schuiven, in mm", at_least=-12, at_most=14)
    kenmerk_prefix: str = setting("PSO", "Begin van het kenmerk", at_most=20)
    reply_days: int = setting(14, "Termijn om te antwoorden, in dagen", at_least=1, at_most=365)
    certified_months: int = setting(6, "Termijn om het certificaat te halen, in maanden", at_least=1, at_most=120)
    information_days: int = setting(28, "Termijn na een informatiebrief, in dagen", at_least=1, at_most=365)
    notice_days: int = setting(30, "Termijn na een ingebrekestelling, in dagen", at_least=1, at_most=365)
    recent_days: int = setting(30, "Waarschuwen bij een brief in de laatste dagen", at_least=0, at_most=365)
    begins_with_information: bool = setting(False, "Eerst een informatiebrief, dan pas een verzoek")
    print_order: str = setting("postcode", "Volgorde van de brieven", choices=("postcode", "name"))
    decree_days: str = setting("", "Vrije dagen per besluit, een per regel")
    closed_days: str = setting("", "Dagen waarop uw kantoor dicht is, een per regel")

    @property
    def has_drawn_letterhead(self) -> bool:
        """Whether letterhead and footer are drawn; they are where a background was meant and none was chosen."""
        return self.paper == "plain" or (self.paper == "background" and not self.background)


def listed_days(text: str) -> tuple[tuple[str, date | None], ...]:
    """Return the lines of a list of days with the day of each, None where it cannot be read.

    A line is a day as `parse_day` reads it, and after it may stand what day it is: `8-2-2027 carnaval`. A line with
    "t/m" in it cannot be read: each day has a line of its own.
    """
    return tuple((line, _listed_day(line)) for part in text.splitlines() if (line := part.strip()))


def _listed_day(line: str) -> date | None:
    words = line.split()
    if "t/m" in words:
        return None
    for text in (line, " ".join(words[:3]), words[0]):
        try:
            return parse_day(text)
        except (ValueError, OverflowError):
            continue
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTemplate:
    """A dated version of one letter text. `source` is the TOML as shipped or edited.

    Of one kind and language the highest `version` that has begun is used.
    """

    id: str
    kind: LetterKind
    version: int
    valid_from: date
    source: str
    language: Language = Language.DUTCH


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """All that one letter says, fixed at the moment of writing; stored with the letter as sent.

    `reply_by` is the last day to answer or send a plan, `certified_by` the last day to hold the certificate: two
    dates, because nobody is certified within two weeks (domain.md §0, fact 8). `previous_*` name the letter that this
    one refers to, and `first_*` the one that first asked for a certificate. `rule_valid_from` is None where no rule
    asks anything. `contract` is what a notice of default rests on, as number and title. `their_reference` is what the
    supplier put on its last answer, `planned_by` the day by which it said it would have the certificate. A combination
    of firms is addressed as such.
    """

    kenmerk: str
    written_on: date
    reply_by: date
    certified_by: date
    supplier_name: str
    address: Address
    contact: Contact | None
    verdict: Verdict
    rule_valid_from: date | None
    policy: PolicySettings
    sender: LetterSettings
    previous_kenmerk: str = ""
    previous_written_on: date | None = None
    first_kenmerk: str = ""
    first_written_on: date | None = None
    contract: str = ""
    their_reference: str = ""
    planned_by: date | None = None
    is_combination: bool = False
    language: Language = Language.DUTCH


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRound:
    """The letters that were made in one go."""

    id: str
    title: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTally:
    """A round with how far its letters came. Of those that were not withdrawn some were `printed`, some `posted`;
    `answered` are the letters that an answer was logged to.
    """

    round: LetterRound
    letters: int
    printed: int
    posted: int
    withdrawn: int
    answered: int

    @property
    def standing(self) -> int:
        """How many letters count."""
        return self.letters - self.withdrawn

    @property
    def is_unfinished(self) -> bool:
        """Whether a letter waits for the post."""
        return self.posted < self.standing


class LetterState(StrEnum):
    """How far a letter came; the value is the Dutch word on screen."""

    MADE = "gemaakt"
    PRINTED = "afgedrukt"
    POSTED = "gepost"
    WITHDRAWN = "ingetrokken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter that was made. `sha256` names the exact PDF, kept for ever; a withdrawn letter keeps its kenmerk.

    `about` is the key of what it confirms or warns of: a postponement, an exemption, a certificate; "" for a letter
    that asks.
    """

    id: str
    supplier_id: str
    round_id: str
    kind: LetterKind
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
    about: str = ""

    @property
    def state(self) -> LetterState:
        """How far it came: a letter that was withdrawn or posted goes no further."""
        if self.withdrawn_at is not None:
            return LetterState.WITHDRAWN
        if self.posted_at is not None:
            return LetterState.POSTED
        return LetterState.MADE if self.printed_at is None else LetterState.PRINTED


class ReplyKind(StrEnum):
    """What a supplier answered to a letter, or that the letter came back."""

    CERTIFICATE = "certificate"
    PLAN = "plan"
    OTHER = "other"
    UNDELIVERABLE = "undeliverable"

    @property
    def label(self) -> str:
        """The Dutch words on screen."""
        return _REPLY_LABELS[self]


_REPLY_LABELS = {
    ReplyKind.CERTIFICATE: "Certificaat ontvangen",
    ReplyKind.PLAN: "Plan ontvangen",
    ReplyKind.OTHER: "Ander antwoord",
    ReplyKind.UNDELIVERABLE: "Onbestelbaar terug",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterReply:
    """An answer to a letter. `reference` is the supplier's own kenmerk, for "Uw kenmerk" on the next letter.

    `settled_at` is when somebody did with it what there was to do; until then nothing more is asked.
    """

    id: str
    letter_id: str
    received_on: date
    kind: ReplyKind
    note: str
    by: str
    reference: str = ""
    settled_at: datetime | None = None


class SentLetter(NamedTuple):
    """A letter that was not withdrawn, with the last answer to it: what the next letter goes by.

    `reference` is the supplier's own kenmerk on that answer. `is_settled` when somebody settled that answer, or a
    certificate was recorded since. `came_back` when it could not be delivered and the address
    is still the same. `has_contract` when on the day of asking a contract of the supplier demands PSO, of which the
    number or the title is known: a notice of default names it.
    """

    id: str
    kind: LetterKind
    kenmerk: str
    written_on: date
    reply_by: date
    certified_by: date
    is_posted: bool
    about: str
    reply: ReplyKind | None
    replied_on: date | None
    reference: str
    is_settled: bool
    came_back: bool
    has_contract: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDraft:
    """A round that is being chosen: kept while it is, outside the history. `choices` is the JSON of its page."""

    id: str
    begun_at: datetime
    saved_at: datetime
    by: str
    choices: str
