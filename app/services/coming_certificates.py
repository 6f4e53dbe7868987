"""The certificates that begin before a letter would be answered: read once, asked per verdict."""

from datetime import date, timedelta

from app.domain.certificate import Certificate
from app.domain.letter import LetterSettings
from app.domain.verdict import Verdict
from app.policy.due_letters import coming_certificate
from app.storage.register import Register


class ComingCertificates:
    """What begins after a day and within the term to answer a letter, of all suppliers."""

    def __init__(self, register: Register, *, on: date) -> None:
        """Read them."""
        self._term = answer_term(register)
        # By KvK number on the certificate, or by holder where no number was entered.
        self._by_key: dict[str | None, list[Certificate]] = {}
        for certificate in register.certificates.list_beginning(on, on + self._term):
            for key in certificate.covered_kvk or (certificate.supplier_id,):
                self._by_key.setdefault(key, []).append(certificate)

    def find(self, verdict: Verdict) -> Certificate | None:
        """Return the first that is enough for what a verdict of that day requires, None when there is none."""
        known = (*self._by_key.get(verdict.supplier_id, ()), *self._by_key.get(verdict.kvk, ()))
        return coming_certificate(verdict, known, within=self._term)


def answer_term(register: Register) -> timedelta:
    """Return how long a supplier has to answer a letter, working days left aside."""
    return timedelta(days=register.settings(LetterSettings).reply_days)
