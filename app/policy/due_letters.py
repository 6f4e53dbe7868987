"""When a letter that is due reminds of an earlier one, and when it can wait for a certificate that is on its way.

The round of letters and the table of suppliers both go by this, so that they never say different things.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from app.domain.certificate import Certificate
from app.domain.verdict import Verdict

_REMINDER_WITHIN = timedelta(days=365)


def is_reminder(written_on: date, *, on: date) -> bool:
    """Whether a letter on a day reminds of the one written on another; after a year the asking begins anew."""
    return on - written_on <= _REMINDER_WITHIN


def coming_certificate(
    verdict: Verdict, certificates: Iterable[Certificate], *, within: timedelta
) -> Certificate | None:
    """Return the first sufficient certificate of a supplier that begins after the day of its verdict, in this time.

    `within` is the term to answer a letter: what begins by then leaves nothing to ask. None when there is none.
    """
    if verdict.required is None:
        return None
    found = [
        (begins, certificate.id, certificate)
        for certificate in certificates
        if (begins := certificate.valid_from) is not None
        and verdict.on < begins <= verdict.on + within
        and certificate.level.rank >= verdict.required.rank
        and certificate.is_in_force(begins)
        and certificate.covers(verdict.supplier_id, verdict.kvk)
    ]
    return min(found)[2] if found else None
