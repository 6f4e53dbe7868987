"""What we think of a supplier on a day, and what that rests on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.certificate import Certificate, CertificateStatus, Level
from app.domain.contract import Contract, YearAmount
from app.domain.policy import Exemption, PolicySettings, Postponement, Rule
from app.domain.supplier import SupplierKind


class Status(StrEnum):
    """The answer to "does this supplier meet the policy?"."""

    COMPLIANT = "COMPLIANT"
    EXPIRING = "EXPIRING"
    NON_COMPLIANT = "NON_COMPLIANT"
    POSTPONED = "POSTPONED"
    EXEMPT = "EXEMPT"
    BELOW_THRESHOLD = "BELOW_THRESHOLD"
    UNKNOWN = "UNKNOWN"

    @property
    def label(self) -> str:
        """The Dutch word on screen."""
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.COMPLIANT: "Voldoet",
    Status.EXPIRING: "Verloopt binnenkort",
    Status.NON_COMPLIANT: "Voldoet niet",
    Status.POSTPONED: "Uitstel",
    Status.EXEMPT: "Vrijgesteld",
    Status.BELOW_THRESHOLD: "Onder drempel",
    Status.UNKNOWN: "Onbekend",
}


class Reason(StrEnum):
    """Why a supplier does not comply; kept beneath a postponement."""

    NO_CERTIFICATE = "NO_CERTIFICATE"
    EXPIRED = "EXPIRED"
    LEVEL_TOO_LOW = "LEVEL_TOO_LOW"
    WITHDRAWN = "WITHDRAWN"
    NOT_COVERED = "NOT_COVERED"
    MEMBER_FAILS = "MEMBER_FAILS"

    @property
    def label(self) -> str:
        """The Dutch words on screen."""
        return _REASON_LABELS[self]

    @property
    def within(self) -> str:
        """The same words within a line; an abbreviation keeps its capital."""
        return self.label if self is Reason.NOT_COVERED else f"{self.label[0].lower()}{self.label[1:]}"


_REASON_LABELS = {
    Reason.NO_CERTIFICATE: "Geen certificaat",
    Reason.EXPIRED: "Certificaat verlopen",
    Reason.LEVEL_TOO_LOW: "Trede te laag",
    Reason.WITHDRAWN: "Certificaat ingetrokken",
    Reason.NOT_COVERED: "KvK-nummer niet op certificaat",
    Reason.MEMBER_FAILS: "Lid van de combinatie voldoet niet",
}


GRACE_GROUND = "vaste termijn na afloop van het certificaat"
"""The ground of a postponement that nobody gave: the team chose days of grace (domain.md §10, question 9)."""


class AmountSource(StrEnum):
    """Where the amount of a year comes from, the firmest first."""

    ENTERED = "ENTERED"
    PRO_RATA = "PRO_RATA"
    LAST_KNOWN = "LAST_KNOWN"
    INVOICED = "INVOICED"
    INVOICED_LAST_YEAR = "INVOICED_LAST_YEAR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything that decides: the rules with their settings applied, and the settings themselves."""

    rules: tuple[Rule, ...]
    settings: PolicySettings = PolicySettings()

    def demands_on(self, on: date) -> tuple[Rule, ...]:
        """Return the demands in force on a day, the strictest first; ties by lowest threshold, then code."""
        found = (rule for rule in self.rules if rule.is_demand and rule.is_in_force(on))
        return tuple(sorted(found, key=lambda rule: (-rule.level.rank, rule.threshold_cents or 0, rule.code)))

    def expectations_on(self, on: date) -> tuple[Rule, ...]:
        """Return the expectations in force on a day: advice, never a status."""
        return tuple(rule for rule in self.rules if not rule.is_demand and rule.is_in_force(on))


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFacts:
    """What counts of one member of a combination."""

    supplier_id: str
    name: str
    kvk: str
    is_lead: bool
    certificates: tuple[Certificate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierFacts:
    """Everything about one supplier that a verdict may rest on.

    `certificates` holds those recorded under the supplier and those that list its KvK number.
    """

    supplier_id: str
    name: str
    kvk: str = ""
    kind: SupplierKind = SupplierKind.FIRM
    is_key_partner: bool = False
    contracts: tuple[Contract, ...] = ()
    amounts: tuple[YearAmount, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    postponements: tuple[Postponement, ...] = ()
    members: tuple[MemberFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The judgement of one supplier on one day, flat: what the list shows and what the explanation needs.

    `required` is what the deciding rule asks, None when nothing is asked. `held` is the highest level that counts on
    that day. `valid_to` is the last day on which the supplier meets the policy (COMPLIANT, EXPIRING; a successor that
    joins on is followed), else the last day of `certificate_id`: as printed on it when it expired, was withdrawn or
    does not cover. `amount_year` is the year the figure belongs to.
    `until` is the last day of the exemption or postponement, `ground` its reason in words.
    `decision` and `decided_on` say what ended a certificate before its time (WITHDRAWN only).
    `reported` is a level that was told without proof. Money in cents excl. btw.
    """

    supplier_id: str
    name: str
    kvk: str
    on: date
    status: Status
    reason: Reason | None = None
    rule_code: str | None = None
    required: Level | None = None
    threshold_cents: int | None = None
    held: Level | None = None
    certificate_id: str | None = None
    valid_to: date | None = None
    is_unverified: bool = False
    amount_cents: int | None = None
    amount_year: int | None = None
    amount_source: AmountSource | None = None
    until: date | None = None
    ground: str = ""
    decision: CertificateStatus | None = None
    decided_on: date | None = None
    failing_member: str = ""
    reported: Level | None = None

    @property
    def headroom_cents(self) -> int | None:
        """How far below the threshold the amount is; negative above it; None when one of them is not known."""
        if self.amount_cents is None or self.threshold_cents is None:
            return None
        return self.threshold_cents - self.amount_cents
