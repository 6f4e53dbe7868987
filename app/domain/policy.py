"""The policy: dated rules, expectations, exemptions and postponements, and the open questions as settings."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.base.settings import setting
from app.domain.certificate import Level

EXEMPTION_REASONS = (
    "te klein voor PSO (minder dan 2 fte)",
    "jonger dan 1 jaar",
    "buitenlands",
    "monopolist of nutsbedrijf",
    "overheid",
    "SW-bedrijf zonder PSO",
    "aflopend contract",
    "anders",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """From `valid_from` on, suppliers with at least `threshold_cents` a year must hold `level` or higher.

    `threshold_cents` None: whatever the amount. `is_demand` False is an expectation: advice beside the verdict, it
    never changes the status. `quote` is the sentence of the policy that the rule rests on, `source` where it stands.
    """

    id: str
    code: str
    title: str
    valid_from: date
    level: Level
    threshold_cents: int | None = None
    key_partners_only: bool = False
    is_demand: bool = True
    valid_to: date | None = None
    quote: str = ""
    source: str = ""

    def is_in_force(self, on: date) -> bool:
        """Whether the rule holds on that day, its first and last day included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySettings:
    """The questions that the policy leaves open (domain.md §10), with the default of each."""

    section: ClassVar[str] = "policy"

    trede2_has_threshold: bool = setting(True, "Vraag 1: de drempel van 2021 geldt ook voor Trede 2 vanaf 2022")
    amount_scope: str = setting(
        "supplier",
        "Vraag 2: de drempel geldt voor alle contracten van een leverancier samen, of per contract",
        choices=("supplier", "contract"),
    )
    vat_basis: str = setting("excl.", "Vraag 3: bedragen zijn excl. of incl. btw", choices=("excl.", "incl."))
    amount_order: str = setting(
        "agreed",
        "Vraag 4: het afgesproken bedrag telt eerst, of het gefactureerde bedrag",
        choices=("agreed", "invoiced"),
    )
    key_partners_only_2021: bool = setting(False, "Vraag 5: de regel van 2021 geldt alleen voor ketenpartners")
    threshold_is_inclusive: bool = setting(True, "Vraag 6: precies het drempelbedrag telt als boven de drempel")
    monitored_since: int = setting(2020, "Vraag 7: het jaar waarin het volgen van Social Return begon", at_least=2000)
    members: str = setting(
        "all",
        "Vraag 8: in een combinatie moeten alle leden voldoen, of alleen de penvoerder",
        choices=("all", "lead"),
    )
    grace_days: int = setting(
        0, "Vraag 9: zoveel dagen na afloop van een certificaat geldt vanzelf uitstel", at_least=0, at_most=3650
    )
    expiring_days: int = setting(
        90, "Zoveel dagen voor het einde heet een certificaat 'verloopt binnenkort'", at_least=0, at_most=3650
    )
    unverified_counts: bool = setting(True, "Een certificaat dat nog niet is gecontroleerd telt mee")


@dataclass(frozen=True, slots=True, kw_only=True)
class Respite:
    """A while in which a supplier need not comply: with a reason, an approver, and always an end (domain.md §3.4)."""

    id: str
    supplier_id: str
    reason: str
    approver: str
    from_on: date
    to_on: date
    note: str = ""

    def holds_on(self, on: date) -> bool:
        """Whether it holds on that day, both ends included."""
        return self.from_on <= on <= self.to_on


class Exemption(Respite):
    """Nothing is asked of this supplier; `reason` is one of `EXEMPTION_REASONS` or in own words."""

    __slots__ = ()


class Postponement(Respite):
    """More time until an agreed date; what is wrong stays visible beneath it."""

    __slots__ = ()
