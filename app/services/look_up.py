"""Finding a supplier by whatever a caller says first: name, place, KvK, phone, contact, kenmerk."""

from datetime import date

from app.domain.rows import LookUpHit
from app.services.judge_suppliers import current_policy, judge_supplier
from app.storage.register import Register

_FIELD_LABELS = {
    "name": "naam",
    "other_names": "andere naam",
    "place": "plaats",
    "contact": "contactpersoon",
    "number": "nummer",
    "phone": "telefoon",
}


def look_up(register: Register, text: str, *, on: date, limit: int = 20) -> tuple[LookUpHit, ...]:
    """Return the suppliers that fit, best first, each with its status on a day and the field that fitted."""
    policy = current_policy(register)
    hits = []
    for found in register.look_up.search(text, limit):
        supplier = register.suppliers.get(found.supplier_id)
        judged = judge_supplier(register, supplier.id, on=on, policy=policy)
        hits.append(
            LookUpHit(
                supplier_id=supplier.id,
                name=supplier.name,
                kvk=supplier.kvk,
                city=supplier.visiting.city or supplier.postal.city,
                phone=supplier.phone,
                status=judged.verdict.status,
                matched=_FIELD_LABELS[found.field],
            )
        )
    return tuple(hits)
