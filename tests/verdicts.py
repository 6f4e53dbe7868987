"""Verdicts of every status and reason, for the tests of what is said about them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.domain.certificate import CertificateStatus, Level
from app.domain.policy import PolicySettings
from app.domain.verdict import AmountSource, Policy, Reason, Status, Verdict
from app.policy.rulebook import load_rules, with_settings

_ROOT = Path(__file__).resolve().parents[1]
RULES = load_rules((_ROOT / "data" / "policy" / "wonen-limburg.toml").read_text(encoding="utf-8"))
POLICY = with_settings(RULES, PolicySettings())

BASE = Verdict(
    supplier_id="s", name="Bouwbedrijf Maasdal B.V.", kvk="12045678", on=date(2026, 11, 22), status=Status.COMPLIANT
)
ORDERS = replace(BASE, amount_cents=41_250_000, amount_year=2026, amount_source=AmountSource.ENTERED)
RULED = replace(ORDERS, rule_code="trede2-2022", required=Level.TREDE2, threshold_cents=15_000_000)
NO_AMOUNT = replace(RULED, amount_cents=None, amount_year=None, amount_source=None)

COMPLIANT = replace(RULED, held=Level.TREDE2, certificate_id="c", valid_to=date(2027, 9, 30))
IN_2021 = replace(
    COMPLIANT, on=date(2021, 12, 31), held=Level.TREDE1, valid_to=date(2023, 3, 12), rule_code="trede1-2021",
    required=Level.TREDE1, amount_cents=15_000_000, amount_year=2021,
)  # fmt: skip
EXPIRING = replace(COMPLIANT, status=Status.EXPIRING, valid_to=date(2027, 1, 31))

MARCH = date(2027, 3, 12)
NONE = replace(RULED, status=Status.NON_COMPLIANT, reason=Reason.NO_CERTIFICATE)
TOLD = replace(NONE, reported=Level.TREDE2)
EXPIRED = replace(NONE, reason=Reason.EXPIRED, certificate_id="c", valid_to=date(2026, 9, 30))
TOO_LOW = replace(NONE, reason=Reason.LEVEL_TOO_LOW, held=Level.TREDE1, certificate_id="c", valid_to=MARCH)
WITHDRAWN = replace(
    NONE, reason=Reason.WITHDRAWN, certificate_id="c", valid_to=MARCH, decision=CertificateStatus.WITHDRAWN,
    decided_on=date(2026, 6, 1),
)  # fmt: skip
NOT_COVERED = replace(NONE, reason=Reason.NOT_COVERED, certificate_id="c", valid_to=MARCH)
MEMBER = replace(NONE, reason=Reason.MEMBER_FAILS, failing_member="Aelen Groen B.V.")
MEMBER_LOW = replace(MEMBER, held=Level.TREDE1, certificate_id="c", valid_to=MARCH)

EXEMPT = replace(ORDERS, status=Status.EXEMPT, until=date(2027, 12, 31), ground="aflopend contract")
BELOW = replace(ORDERS, status=Status.BELOW_THRESHOLD, amount_cents=12_000_000, threshold_cents=15_000_000)
BEFORE = replace(ORDERS, status=Status.BELOW_THRESHOLD, on=date(2020, 12, 31), amount_year=2020)
UNKNOWN = replace(NO_AMOUNT, status=Status.UNKNOWN, rule_code=None, required=None)


def asks(**answers: object) -> Policy:
    return with_settings(RULES, PolicySettings(**answers))  # type: ignore[arg-type]


def postponed(verdict: Verdict, ground: str = "audit in januari", until: date = date(2027, 3, 31)) -> Verdict:
    return replace(verdict, status=Status.POSTPONED, ground=ground, until=until)


def with_low_level(verdict: Verdict, *, is_unverified: bool = False) -> Verdict:
    return replace(verdict, held=Level.TREDE1, certificate_id="c", valid_to=MARCH, is_unverified=is_unverified)


def from_source(verdict: Verdict, source: AmountSource, year: int = 2026, cents: int = 41_250_000) -> Verdict:
    return replace(verdict, amount_source=source, amount_year=year, amount_cents=cents)


ENDED = Policy(rules=tuple(replace(rule, valid_to=date(2025, 12, 31)) for rule in RULES))


def golden(kind: str, file: str) -> dict[str, str]:
    """The texts of one golden file by heading; they are typed with ordinary spaces."""
    path = _ROOT / "tests" / "golden" / kind / f"{file}.txt"
    blocks = path.read_text(encoding="utf-8").removeprefix("# ").split("\n\n# ")
    return {heading: text.strip() for heading, _, text in (block.partition("\n") for block in blocks)}


def golden_files(kind: str) -> list[str]:
    """The names of the golden files of one kind."""
    return [path.stem for path in (_ROOT / "tests" / "golden" / kind).glob("*.txt")]
