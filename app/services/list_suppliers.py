"""The table of all suppliers: each with its verdict on a day and what is to be done next."""

from datetime import date

from app.base.formatting import day_month
from app.base.progress import NoProgress, Progress
from app.domain.certificate import Certificate
from app.domain.identifiers import phone_key
from app.domain.names import fold, sort_key
from app.domain.rows import SupplierRow
from app.domain.verdict import Status, Verdict
from app.policy.due_letters import coming_certificate, is_reminder
from app.policy.evaluate import judge
from app.services.coming_certificates import ComingCertificates, answer_term
from app.services.judge_suppliers import current_policy, gather_facts
from app.storage.register import Register
from app.storage.supplier_list import ListedSupplier

_ROWS_PER_STEP = 1000
_YEAR = 365


def list_suppliers(register: Register, *, on: date, progress: Progress | None = None) -> tuple[SupplierRow, ...]:
    """Return every supplier that has not ended as judged on a day, by name. Raises `Cancelled`."""
    progress = progress or NoProgress()
    listed = {found.supplier_id: found for found in register.supplier_list.list_all()}
    progress.step(0, len(listed), "Beoordelen")
    coming = ComingCertificates(register, on=on)
    rows: list[SupplierRow] = []
    for done, verdict in enumerate(register.verdicts.judge_all(policy=current_policy(register), on=on), start=1):
        found = listed.get(verdict.supplier_id)
        # The window reads while another connection writes: somebody may have come in between the two queries.
        if found is not None:
            rows.append(_row(verdict, found, coming.find(verdict)))
        if done % _ROWS_PER_STEP == 0:
            progress.step(done, len(listed), "Beoordelen")
    rows.sort(key=lambda row: (row.sort_name, row.supplier_id))
    return tuple(rows)


def row_of(register: Register, supplier_id: str, *, on: date) -> SupplierRow | None:
    """Return one line of the table, None when the supplier has ended or does not exist."""
    found = register.supplier_list.find(supplier_id)
    if found is None:
        return None
    facts = gather_facts(register, supplier_id)
    verdict = judge(facts, policy=current_policy(register), on=on)
    return _row(verdict, found, coming_certificate(verdict, facts.certificates, within=answer_term(register)))


def _row(verdict: Verdict, listed: ListedSupplier, coming: Certificate | None) -> SupplierRow:
    next_step, next_on = _next_step(verdict, listed, coming)
    return SupplierRow(
        supplier_id=verdict.supplier_id,
        name=verdict.name,
        city=listed.city,
        kvk=verdict.kvk,
        own_number=listed.own_number,
        category=listed.category,
        is_key_partner=listed.is_key_partner,
        status=verdict.status,
        reason=verdict.reason,
        required=verdict.required,
        held=verdict.held,
        valid_to=verdict.valid_to,
        amount_cents=verdict.amount_cents,
        amount_year=verdict.amount_year,
        amount_source=verdict.amount_source,
        until=verdict.until,
        is_unverified=verdict.is_unverified,
        next_step=next_step,
        next_on=next_on,
        sort_name=sort_key(verdict.name),
        text=_text(verdict, listed),
    )


def _text(verdict: Verdict, listed: ListedSupplier) -> str:
    """Join what may be filtered on; a postcode is typed with and without its space."""
    phones = [f"0{key}" for key in map(phone_key, listed.phones) if key]
    parts = (verdict.name, *listed.trade_names, listed.city, listed.postcode, listed.postcode.replace(" ", ""),
             verdict.kvk, listed.own_number, listed.category, *phones)  # fmt: skip
    return fold(" ".join(parts))


def _next_step(verdict: Verdict, listed: ListedSupplier, coming: Certificate | None) -> tuple[str, date | None]:
    """Return what is to be done and the day behind it; what somebody noted down comes before what follows."""
    on = verdict.on
    if listed.task and listed.task.on <= on:
        return f"Opvolgen: {listed.task.what}", listed.task.on
    if listed.promise and listed.promise.on >= on:
        return f"Toezegging t/m {_near(listed.promise.on, on)}: {listed.promise.what}", listed.promise.on
    if listed.promise:
        return "Bellen: toezegging verlopen", listed.promise.on
    match verdict.status:
        case Status.NON_COMPLIANT:
            return _next_letter(listed, coming, on)
        case Status.EXPIRING:
            return "Nieuw certificaat vragen", verdict.valid_to
        case Status.COMPLIANT if verdict.is_unverified:
            return "Certificaat controleren", None
        case Status.UNKNOWN:
            return "Bedrag invullen", None
        case Status.POSTPONED | Status.EXEMPT if verdict.until:
            return f"{verdict.status.label} t/m {_near(verdict.until, on)}", verdict.until
    return "", None


def _next_letter(listed: ListedSupplier, coming: Certificate | None, on: date) -> tuple[str, date | None]:
    """Say what a round of letters would do with it (`plan_letters`), in the same order."""
    sent = listed.letter
    if sent and sent.reply_by >= on:
        return f"Reactie t/m {_near(sent.reply_by, on)}", sent.reply_by
    if coming and coming.valid_from:
        return f"{coming.level.label} gaat in op {_near(coming.valid_from, on)}", coming.valid_from
    if not listed.has_letter_address:
        return "Adres aanvullen", None
    if sent and is_reminder(sent.written_on, on=on):
        return f"Herinnering klaarzetten · {(on - sent.reply_by).days} d te laat", sent.reply_by
    return "Brief klaarzetten", None


def _near(day: date, on: date) -> str:
    """Return a short date, with its year where that would not be the coming one."""
    return day_month(day) if (day - on).days < _YEAR else f"{day_month(day)} {day.year}"
