"""Suppliers as the phone screen shows them, one for each thing that an answer depends on."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.domain.certificate import Certificate, Level
from app.domain.contract import Contract, PsoBasis
from app.domain.journal import Promise
from app.domain.letter import Letter, LetterKind
from app.domain.policy import Rule
from app.domain.supplier import Supplier, SupplierKind
from app.domain.verdict import AmountSource, Reason, Status, Verdict
from app.services.judge_suppliers import Judged
from app.services.ladder import Ladder
from app.services.phone_card import PhoneCard

TODAY = date(2026, 11, 23)
MARCH = date(2027, 3, 12)
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)

MAASDAL = Supplier(id="s", name="Bouwbedrijf Maasdal B.V.", kvk="12045678")
RULE = Rule(id="r", code="trede2-2022", title="", valid_from=date(2022, 1, 1), level=Level.TREDE2)
LACKS = Verdict(
    supplier_id="s", name=MAASDAL.name, kvk=MAASDAL.kvk, on=TODAY, status=Status.NON_COMPLIANT,
    reason=Reason.NO_CERTIFICATE, rule_code=RULE.code, required=Level.TREDE2, threshold_cents=15_000_000,
    amount_cents=41_250_000, amount_year=2026, amount_source=AmountSource.ENTERED,
)  # fmt: skip
TOO_LOW = replace(
    LACKS, reason=Reason.LEVEL_TOO_LOW, held=Level.TREDE1, certificate_id="c", valid_to=MARCH, is_unverified=True
)
ASKS_NOTHING = replace(LACKS, reason=None, rule_code=None, required=None)
CERTIFICATE = Certificate(id="c", level=Level.TREDE1, supplier_id="s", covered_kvk=("01234567", "12045678"))
LETTER = Letter(
    id="l", supplier_id="s", round_id="r", kind=LetterKind.REMINDER, kenmerk="PSO-2026-0148",
    written_on=date(2026, 11, 3), reply_by=date(2026, 12, 1), certified_by=date(2027, 5, 3), facts="", template_id="",
    sha256="", made_by="", made_at=NOON, posted_at=NOON,
)  # fmt: skip


def card(verdict: Verdict = LACKS, **more: object) -> PhoneCard:
    empty = PhoneCard(
        spoken="",
        members=(),
        awaits_answer=False,
        supplier=MAASDAL,
        judged=Judged(verdict, ""),
        ladder=Ladder(first_year=2020, last_year=2028, required=(), held=()),
        rule=RULE if verdict.rule_code else None,
        certificate=None,
        figure=None,
        call=None,
        contacts=(),
        letters=(),
        orders=(),
        agreements=(),
    )
    return replace(empty, **more)  # type: ignore[arg-type]


def ordered(basis: PsoBasis, title: str = "") -> tuple[tuple[Contract, int | None], ...]:
    return ((Contract(id="k", supplier_id="s", title=title, number="2024-017", pso_basis=basis), 1),)


def promised(what: str, due_on: date) -> tuple[Promise, ...]:
    return (Promise(id="p", supplier_id="s", due_on=due_on, what=what, by="a"),)


CASES: dict[str, PhoneCard] = {
    "level_too_low": card(
        TOO_LOW, certificate=CERTIFICATE, letters=(LETTER,), orders=ordered(PsoBasis.CONTRACT, "Dakonderhoud"),
    ),
    "expired_with_postponement": card(
        replace(
            LACKS, status=Status.POSTPONED, reason=Reason.EXPIRED, certificate_id="c", valid_to=date(2026, 9, 30),
            until=date(2027, 3, 31), ground="audit in januari", amount_source=AmountSource.INVOICED_LAST_YEAR,
            amount_year=2025,
        ),
        certificate=replace(CERTIFICATE, covered_kvk=()),
        letters=(
            replace(
                LETTER, kind=LetterKind.REQUEST, kenmerk="PSO-2026-0151", written_on=date(2026, 11, 20), posted_at=None
            ),
        ),
        orders=ordered(PsoBasis.POLICY),
        agreements=promised("audit in\njanuari. ", date(2027, 1, 15)),
    ),
    "sole_trader_exempt": card(
        replace(
            ASKS_NOTHING, status=Status.EXEMPT, until=date(2027, 12, 31),
            ground="te klein voor PSO (minder dan 2 fte)",
        ),
        supplier=replace(MAASDAL, kind=SupplierKind.SOLE_TRADER),
    ),
    "below_threshold": card(
        replace(ASKS_NOTHING, status=Status.BELOW_THRESHOLD, amount_cents=12_700_000),
        orders=ordered(PsoBasis.POLICY),
        letters=(
            replace(
                LETTER, kind=LetterKind.REQUEST, kenmerk="PSO-2026-0099", written_on=date(2026, 9, 1),
                reply_by=date(2026, 9, 15),
            ),
        ),
    ),
    "not_covered": card(
        replace(
            LACKS, reason=Reason.NOT_COVERED, certificate_id="c", valid_to=MARCH, amount_source=AmountSource.PRO_RATA,
        ),
        certificate=replace(CERTIFICATE, covered_kvk=("01234567",)),
        agreements=promised("kopie van het certificaat", date(2026, 11, 15)),
    ),
    "expiring": card(
        replace(
            LACKS, status=Status.EXPIRING, reason=None, held=Level.TREDE2, certificate_id="c",
            valid_to=date(2027, 1, 31), amount_source=AmountSource.LAST_KNOWN, amount_year=2025,
        ),
        certificate=replace(CERTIFICATE, level=Level.TREDE2),
    ),
    "amount_unknown": card(
        replace(ASKS_NOTHING, status=Status.UNKNOWN, amount_cents=None, amount_year=None, amount_source=None),
        orders=ordered(PsoBasis.CONTRACT),
    ),
    "aspirant": card(
        replace(TOO_LOW, held=Level.ASPIRANT, amount_source=AmountSource.INVOICED), certificate=CERTIFICATE,
    ),
}  # fmt: skip
