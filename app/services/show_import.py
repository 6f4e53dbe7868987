"""What an import would change, row by row and field by field: what the user checks before saying yes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.base.progress import NoProgress, Progress
from app.domain.certificate import Certificate
from app.domain.contract import Contract, YearAmount
from app.domain.supplier import Contact, Supplier
from app.importing.outcome import CellFault, ImportPlan, Outcome, PlannedRow
from app.services.describe_change import FieldChange, describe_fields, subject_of
from app.services.import_register import Preview
from app.storage.mapping import RowShape
from app.storage.register import Register

__all__ = ["FieldChange", "RowChange", "row_changes"]

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
class RowChange:
    """One row of the file and what it changes. Rows of one supplier: what they change together stands at the first.

    `name` and `city` are those of the file, or of the register where the file does not name the supplier; `known_as`
    is the supplier of the register that the row belongs to or, of a MAYBE, resembles ("" when it is new).
    """

    row: int
    outcome: Outcome
    supplier_id: str | None
    name: str
    city: str
    known_as: str
    why: str
    changes: tuple[FieldChange, ...]
    faults: tuple[CellFault, ...]


def row_changes(register: Register, previewed: Preview, *, progress: Progress | None = None) -> tuple[RowChange, ...]:
    """Return every row of the file in its order; to be asked before the plan is carried out. Raises `Cancelled`.

    Reads the register in bulk, so that 10,000 rows take less than reading the file did.
    """
    progress = progress or NoProgress()
    plan = previewed.plan
    suppliers = {supplier.id: supplier for supplier in register.suppliers.list_ever()}
    changes = _changes_by_row(register, plan, suppliers, progress)
    faults: dict[int, list[CellFault]] = defaultdict(list)
    for fault in plan.faults:
        faults[fault.row].append(fault)
    return tuple(
        _row_change(row, plan, suppliers.get(row.supplier_id or ""), changes.get(row.row, ()), faults.get(row.row, ()))
        for row in plan.rows
    )


def _row_change(
    row: PlannedRow,
    plan: ImportPlan,
    known: Supplier | None,
    changes: Sequence[FieldChange],
    faults: Sequence[CellFault],
) -> RowChange:
    first = plan.first_rows.get(row.supplier_id or "", row.row)
    why = row.why
    if not why and not changes and first != row.row and row.outcome in {Outcome.NEW, Outcome.UPDATED}:
        why = f"Samen met rij {first}."
    return RowChange(
        row=row.row,
        outcome=row.outcome,
        supplier_id=row.supplier_id,
        name=row.name or (known.name if known else ""),
        city=row.city or (known.visiting.city if known else ""),
        known_as=", ".join(filter(None, (known.name, known.visiting.city or known.postal.city))) if known else "",
        why=why,
        changes=tuple(changes),
        faults=tuple(faults),
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
