"""What suppliers were sent and answered: read once, asked per verdict."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from app.domain.letter import SentLetter
from app.domain.policy import Exemption, Postponement
from app.domain.verdict import Verdict
from app.policy.due_letters import Asked, asked
from app.storage.register import Register

R = TypeVar("R", Postponement, Exemption)

_NOTHING = Asked()


class Correspondence:
    """The letters with their answers, of everyone or of one supplier, as things stand on a day."""

    def __init__(self, register: Register, *, on: date, supplier_id: str = "") -> None:
        """Read them."""
        if supplier_id:
            self._letters = {supplier_id: register.sent_letters.list_of(supplier_id, on=on)}
            postponements = register.postponements.list_where("supplier_id", supplier_id)
        else:
            self._letters = register.sent_letters.by_supplier(on=on)
            postponements = register.postponements.list_all()
        self._postponements = by_supplier(postponements)

    def letters_of(self, supplier_id: str) -> tuple[SentLetter, ...]:
        """Return what a supplier was sent, the newest first."""
        return self._letters.get(supplier_id, ())

    def asked(self, verdict: Verdict) -> Asked:
        """Return how far asking has come for a verdict of that day."""
        letters = self.letters_of(verdict.supplier_id)
        if not letters:
            return _NOTHING
        postponements = self._postponements.get(verdict.supplier_id, ())
        return asked(letters, verdict, postponements=postponements)


def by_supplier(records: Iterable[R]) -> dict[str, list[R]]:
    """Return records by the supplier that they belong to."""
    found: dict[str, list[R]] = {}
    for record in records:
        found.setdefault(record.supplier_id, []).append(record)
    return found
