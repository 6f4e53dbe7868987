"""What an import would change, row by row and field by field: what the user checks before saying yes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.base.progress import NoProgress, Progress
from app.domain.certificate import Certificate
from app.domain.contract import Contract, YearAmount
from app.domain.supplier import Contact, Supplier
from app.importing.outcome import Absent, CellFault, ImportPlan, Outcome, PlannedRow, Resemblance
from app.services.describe_change import FieldChange, describe_fields, subject_of
from app.services.import_register import Preview
from app.storage.mapping import RowShape
from app.storage.register import Register

__all__ = ["ABSENT", "WARNED", "FieldChange", "Lookalike", "RowChange", "absent_rows", "row_changes"]

WARNED, ABSENT = "warned", "absent"

_STEP = 500

_SHAPES: Mapping[str, RowShape[Any]] = {
    "suppliers": RowShape(Supplier, "supplier"),
    "contacts": RowShape(Contact, "contact"),
    "contracts": RowShape(Contract, "contract"),
    "amounts": RowShape(YearAmount, "year_amount"),
    "certificates": RowShape(Certificate, "certificate", ("covered_kvk", "is_verified")),
}
# Where a figure comes from changes with every import, and the page says it above the table.
_EVERY_TIME = frozenset({"source", "as_of"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalike:
    """A supplier of the register that a row may be: how alike, from 0 to 100, why (not), and what it is known by."""

    supplier_id: str
    known_as: str
    facts: tuple[str, ...]
    score: int
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """One row of the file and what it changes. Rows of one supplier: what they change together stands at the first.

    `name` and `city` are those of the file, or of the register where the file does not name the supplier; `known_as`
    is the supplier of the register that the row belongs to or, of a MAYBE, resembles ("" when it is new). `asked_at`
    as in the plan. `kinds` is what it is found by: its outcome, WARNED, "maybe" also once it was decided about, and
    "error" also once it was mended. What is not in the file any more has no outcome, is ABSENT, and has a number below
    nought.
    """

    row: int
    outcome: Outcome | None
    supplier_id: str | None
    name: str
    city: str = ""
    known_as: str = ""
    why: str = ""
    changes: tuple[FieldChange, ...] = ()
    faults: tuple[CellFault, ...] = ()
    warnings: tuple[CellFault, ...] = ()
    resembles: tuple[Lookalike, ...] = ()
    asked_at: int = 0
    kinds: frozenset[str] = frozenset()


def row_changes(register: Register, previewed: Preview, *, progress: Progress | None = None) -> tuple[RowChange, ...]:
    """Return every row of the file in its order; to be asked before the plan is carried out. Raises `Cancelled`.

    Reads the register in bulk, so that 10,000 rows take less than reading the file did.
    """
    progress = progress or NoProgress()
    plan = previewed.plan
    suppliers = {supplier.id: supplier for supplier in register.suppliers.list_ever()}
    changes = _changes_by_row(register, plan, suppliers, progress)
    faults, warnings = _by_row(plan.faults), _by_row(plan.warnings)
    mended = {row for row, _heading in previewed.choices.mended}
    found: list[RowChange] = []
    for done, row in enumerate(plan.rows):
        if done % _STEP == 0:
            progress.step(done, len(plan.rows), "Rijen ordenen")
        known = suppliers.get(row.supplier_id or "")
        found.append(
            RowChange(
                row=row.row,
                outcome=row.outcome,
                supplier_id=row.supplier_id,
                name=row.name or (known.name if known else ""),
                city=row.city or (known.visiting.city if known else ""),
                known_as=_known_as(known) if known else "",
                why=row.why or _with_another(row, plan, has_changes=row.row in changes),
                changes=tuple(changes.get(row.row, ())),
                faults=tuple(faults.get(row.row, ())),
                warnings=tuple(warnings.get(row.row, ())),
                resembles=tuple(
                    _lookalike(like, suppliers[like.supplier_id])
                    for like in row.resembles
                    if like.supplier_id in suppliers
                ),
                asked_at=row.asked_at,
                kinds=_kinds(
                    row.outcome, is_warned=row.row in warnings, is_decided=row.is_decided, is_mended=row.row in mended
                ),
            )
        )
    return tuple(found)


def absent_rows(absent: Sequence[Absent]) -> tuple[RowChange, ...]:
    """Return what is not in the file any more, to be shown among its rows."""
    return tuple(
        RowChange(
            row=-1 - place,
            outcome=None,
            supplier_id=gone.supplier_id,
            name=gone.name,
            known_as=gone.name,
            why=gone.what,
            kinds=frozenset({ABSENT}),
        )
        for place, gone in enumerate(absent)
    )


@cache
def _kinds(outcome: Outcome, *, is_warned: bool, is_decided: bool, is_mended: bool) -> frozenset[str]:
    found: set[str] = {outcome}
    found |= {WARNED} if is_warned else set()
    found |= {Outcome.MAYBE} if is_decided else set()
    return frozenset(found | ({Outcome.ERROR} if is_mended else set()))


def _by_row(faults: Sequence[CellFault]) -> dict[int, list[CellFault]]:
    found: dict[int, list[CellFault]] = defaultdict(list)
    for fault in faults:
        found[fault.row].append(fault)
    return found


def _with_another(row: PlannedRow, plan: ImportPlan, *, has_changes: bool) -> str:
    first = plan.first_rows.get(row.supplier_id or "", row.row)
    is_taken = row.outcome in {Outcome.NEW, Outcome.UPDATED}
    return f"Samen met rij {first}." if is_taken and first != row.row and not has_changes else ""


def _known_as(known: Supplier) -> str:
    return ", ".join(filter(None, (known.name, known.visiting.city or known.postal.city)))


def _lookalike(like: Resemblance, known: Supplier) -> Lookalike:
    address = known.visiting if known.visiting.city or known.visiting.street else known.postal
    facts = (
        known.name,
        known.kvk and f"KvK {known.kvk}",
        known.own_number and f"eigen nummer {known.own_number}",
        f"{address.street} {address.house_number}".strip(),
        f"{address.postcode} {address.city}".strip(),
        known.phone,
        "beëindigd" if known.is_archived else "",
    )
    return Lookalike(
        supplier_id=known.id,
        known_as=_known_as(known),
        facts=tuple(filter(None, facts)),
        score=like.score,
        reasons_for=like.reasons_for,
        reasons_against=like.reasons_against,
    )


def _changes_by_row(
    register: Register, plan: ImportPlan, suppliers: Mapping[str, Supplier], progress: Progress
) -> dict[int, list[FieldChange]]:
    found: dict[int, list[FieldChange]] = defaultdict(list)
    contracts: dict[str, Contract] = {}
    if any(amount.contract_id for amount in (*plan.new.amounts, *plan.changed.amounts)):
        contracts = {contract.id: contract for contract in register.contracts.list_all()}
        contracts |= {contract.id: contract for contract in (*plan.changed.contracts, *plan.new.contracts)}
    for kind, shape in _SHAPES.items():
        changed = getattr(plan.changed, kind)
        before: Mapping[str, Any] = {}
        if kind == "suppliers":
            before = suppliers
        elif changed:
            before = {record.id: record for record in getattr(register, kind).list_all()}
        for done, record in enumerate((*getattr(plan.new, kind), *changed)):
            if done % _STEP == 0:
                progress.step(done, len(getattr(plan.new, kind)) + len(changed), "Verschillen zoeken")
            found[plan.first_rows[record.id]] += _describe(shape, before.get(record.id), record, contracts)
    return found


def _describe(shape: RowShape[Any], old: Any, new: Any, contracts: Mapping[str, Contract]) -> tuple[FieldChange, ...]:
    after = _columns(shape, new)
    subject = subject_of(shape.table, after)
    contract = contracts.get(new.contract_id or "") if isinstance(new, YearAmount) else None
    if contract:
        subject += f", contract {contract.number or contract.title}"
    changes = describe_fields(shape.table, old=_columns(shape, old) if old else None, new=after, subject=subject)
    if not isinstance(new, Certificate):
        return changes
    numbers = [", ".join(certificate.covered_kvk) if certificate else "" for certificate in (old, new)]
    return changes if numbers[0] == numbers[1] else (*changes, FieldChange(f"{subject} · KvK-nummers", *numbers))


def _columns(shape: RowShape[Any], record: Any) -> dict[str, Any]:
    row = dict(zip(shape.columns, shape.to_row(record), strict=True))
    return {column: value for column, value in row.items() if column not in _EVERY_TIME or shape.table != "year_amount"}
