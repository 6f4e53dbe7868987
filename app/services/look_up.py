"""Finding a supplier by whatever a caller says first: name, place, KvK, phone, contact, kenmerk."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from app.domain.marks import find_marks
from app.domain.rows import LookUpHit, LookUpMatch
from app.services.judge_suppliers import current_policy, judge_supplier
from app.storage.look_up import FIELDS, Written
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
    return tuple(
        LookUpHit(
            **asdict(match),
            status=judge_supplier(register, match.supplier_id, on=on, policy=policy).verdict.status,
        )
        for match in find_matches(register, text, limit=limit)
    )


def find_matches(register: Register, text: str, *, limit: int = 20) -> tuple[LookUpMatch, ...]:
    """Return the suppliers that fit, best first, not judged: quick enough for every key that is pressed."""
    fields = {found.supplier_id: found.field for found in register.look_up.search(text, limit)}
    return tuple(
        _match(written, fields[written.supplier_id], text) for written in register.look_up.list_written([*fields])
    )


def list_matches(register: Register, supplier_ids: Sequence[str]) -> tuple[LookUpMatch, ...]:
    """Return these suppliers in their order, without those that ended or are not in this register."""
    return tuple(_match(written) for written in register.look_up.list_written(supplier_ids))


def _match(written: Written, field: str = "", sought: str = "") -> LookUpMatch:
    return LookUpMatch(
        supplier_id=written.supplier_id,
        name=written.name,
        kvk=written.kvk,
        city=written.city,
        phone=written.phone,
        matched=_FIELD_LABELS.get(field, ""),
        matched_text=_best(written.texts[FIELDS.index(field)], sought) if field else "",
    )


def _best(texts: Sequence[str], sought: str) -> str:
    """Return the text of which most was typed; the first one where it makes no difference."""
    if len(texts) == 1:
        return texts[0]
    return max(texts, key=lambda text: sum(end - begin for begin, end in find_marks(text, sought)), default="")
