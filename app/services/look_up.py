"""Finding a supplier by whatever a caller says first: name, place, KvK, phone, contact, e-mail, contract, kenmerk."""

from collections.abc import Sequence
from datetime import date

from app.domain.identifiers import phone_key
from app.domain.rows import LookUpHit, LookUpMatch, Matches
from app.services.judge_suppliers import current_policy, judge_supplier
from app.storage.register import Register

_FIELD_LABELS = {
    "name": "naam",
    "other_name": "andere naam",
    "place": "plaats",
    "postcode": "postcode",
    "contact": "contactpersoon",
    "phone": "telefoon",
    "kvk": "KvK",
    "certificate_kvk": "KvK op certificaat",
    "former_kvk": "oud KvK",
    "own_number": "eigen nummer",
    "btw_id": "btw-nummer",
    "email": "e-mail",
    "contract": "contract",
    "contract_title": "contract",
    "kenmerk": "kenmerk",
}


def look_up(register: Register, text: str, *, on: date, limit: int = 20) -> tuple[LookUpHit, ...]:
    """Return the suppliers that fit, best first, each with its status on a day; one that has ended has none."""
    policy = current_policy(register)

    def judged(match: LookUpMatch) -> LookUpHit:
        if match.is_ended:
            return LookUpHit(match, None)
        return LookUpHit(match, judge_supplier(register, match.supplier_id, on=on, policy=policy).verdict.status)

    return tuple(map(judged, find_matches(register, text, limit=limit).shown))


def find_matches(register: Register, text: str, *, limit: int = 20) -> Matches:
    """Return the suppliers that fit, best first, not judged: quick enough for every key that is pressed.

    Those that have ended are among them, behind the others that fit as well.
    """
    hits, total = register.look_up.search(text, limit)
    return Matches(
        tuple(
            [
                LookUpMatch(key, name, kvk, city, phone, has_ended, _FIELD_LABELS[field], found, marked, letter_id)
                for key, name, kvk, city, phone, has_ended, field, found, letter_id, marked in hits
            ]
        ),
        total,
    )


def find_caller(register: Register, number: str) -> LookUpMatch | None:
    """Return the one supplier that calls with this number, None when nobody or more than one has it as a whole."""
    key = phone_key(number)
    found = find_matches(register, number).shown if key else ()
    callers = [one for one in found if one.matched == _FIELD_LABELS["phone"] and phone_key(one.matched_text) == key]
    return callers[0] if len(callers) == 1 else None


def list_matches(register: Register, supplier_ids: Sequence[str]) -> tuple[LookUpMatch, ...]:
    """Return these suppliers in their order, without those that ended or are not in this register."""
    return tuple(LookUpMatch(*hit[:5]) for hit in register.look_up.list_hits(supplier_ids))
