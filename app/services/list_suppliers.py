"""The table of all suppliers and the work list: each supplier judged on a day, and what is to be done for it."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from app.base.progress import NoProgress, Progress
from app.domain.certificate import Certificate
from app.domain.identifiers import phone_key
from app.domain.journal import SetAside
from app.domain.names import fold, sort_key
from app.domain.rows import SupplierRow
from app.domain.verdict import Verdict
from app.domain.work import WorkItem, work_order
from app.policy.due_letters import Asked, coming_certificate
from app.policy.evaluate import judge
from app.services.coming_certificates import ComingCertificates, answer_term
from app.services.correspondence import Correspondence
from app.services.find_work import find_loose_calls, find_work
from app.services.judge_suppliers import current_policy, gather_facts
from app.services.next_step import next_step
from app.storage.register import Register
from app.storage.supplier_list import ListedSupplier

_ROWS_PER_STEP = 1000


class Line(NamedTuple):
    """One supplier as judged on a day: its line in the table and what there is to do for it."""

    row: SupplierRow
    work: tuple[WorkItem, ...]


class Everyone(NamedTuple):
    """The whole register as judged on a day: the table by name, and the work list in `work_order`."""

    rows: list[SupplierRow]
    work: list[WorkItem]


def list_suppliers(register: Register, *, on: date, progress: Progress | None = None) -> tuple[SupplierRow, ...]:
    """Return every supplier that has not ended as judged on a day, by name. Raises `Cancelled`."""
    return tuple(judge_everyone(register, on=on, progress=progress).rows)


def judge_everyone(register: Register, *, on: date, progress: Progress | None = None) -> Everyone:
    """Judge every supplier that has not ended, once for the table and the work list. Raises `Cancelled`."""
    progress = progress or NoProgress()
    listed = {found.supplier_id: found for found in register.supplier_list.list_all()}
    progress.step(0, len(listed), "Beoordelen")
    coming = ComingCertificates(register, on=on)
    correspondence = Correspondence(register, on=on)
    asides: dict[str, dict[str, SetAside]] = {}
    for aside in register.set_asides.list_standing(on):
        asides.setdefault(aside.supplier_id, {})[aside.cause] = aside
    rows: list[SupplierRow] = []
    work = [*find_loose_calls(register, on=on)]
    for done, verdict in enumerate(register.verdicts.judge_all(policy=current_policy(register), on=on), start=1):
        found = listed.get(verdict.supplier_id)
        # The window reads while another connection writes: somebody may have come in between the two queries.
        if found is not None:
            line = _line(
                verdict, found, coming.find(verdict), correspondence.asked(verdict), asides.get(verdict.supplier_id, {})
            )
            rows.append(line.row)
            work += line.work
        if done % _ROWS_PER_STEP == 0:
            progress.step(done, len(listed), "Beoordelen")
    rows.sort(key=lambda row: (row.sort_name, row.supplier_id))
    work.sort(key=work_order)
    return Everyone(rows, work)


def judge_one(register: Register, supplier_id: str, *, on: date) -> Line | None:
    """Return one supplier as it is in `judge_everyone`, None when it has ended or does not exist."""
    found = register.supplier_list.find(supplier_id)
    if found is None:
        return None
    facts = gather_facts(register, supplier_id)
    verdict = judge(facts, policy=current_policy(register), on=on)
    coming = coming_certificate(verdict, facts.certificates, within=answer_term(register))
    asides = {aside.cause: aside for aside in register.set_asides.list_standing(on, supplier_id=supplier_id)}
    asked = Correspondence(register, on=on, supplier_id=supplier_id).asked(verdict)
    return _line(verdict, found, coming, asked, asides)


def _line(
    verdict: Verdict,
    listed: ListedSupplier,
    coming: Certificate | None,
    asked: Asked,
    asides: Mapping[str, SetAside],
) -> Line:
    text = _text(verdict, listed)
    work = find_work(verdict, listed, coming, asked, text=text, asides=asides)
    step, step_on = next_step(verdict, listed, coming, asked, work=work)
    row = SupplierRow(
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
        next_step=step,
        next_on=step_on,
        sort_name=sort_key(verdict.name),
        text=text,
    )
    return Line(row, work)


def _text(verdict: Verdict, listed: ListedSupplier) -> str:
    """Join what may be filtered on; a postcode is typed with and without its space."""
    phones = [f"0{key}" for key in map(phone_key, listed.phones) if key]
    parts = (verdict.name, *listed.trade_names, listed.city, listed.postcode, listed.postcode.replace(" ", ""),
             verdict.kvk, listed.own_number, listed.category, *phones)  # fmt: skip
    return fold(" ".join(parts))
