"""What there is to do: overdue, due, expired, expiring, unknown or unchecked, each with the money behind it."""

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from app.domain.journal import SetAside
from app.domain.verdict import Reason, Status

TERMS = (30, 60, 90, 180)
"""Within how many days a certificate ends: the first of these that fits is told. Earlier there is nothing to do."""


class WorkKind(StrEnum):
    """Why something is on the work list."""

    REPLY_OVERDUE = "reply_overdue"
    PROMISE_DUE = "promise_due"
    TASK_DUE = "task_due"
    EXPIRED = "expired"
    EXPIRING = "expiring"
    AMOUNT_UNKNOWN = "amount_unknown"
    UNVERIFIED = "unverified"
    CAME_BACK = "came_back"
    CERTIFICATE_CAME = "certificate_came"
    ANSWERED = "answered"
    LOOSE_CALL = "loose_call"

    @property
    def label(self) -> str:
        """The Dutch words on screen."""
        return _LABELS[self]

    @property
    def presses(self) -> bool:
        """Whether it cannot wait: somebody let a day pass, or nobody knows yet whose it is. The rest is work ahead."""
        return self in _PRESSING


_LABELS = {
    WorkKind.REPLY_OVERDUE: "Geen reactie",
    WorkKind.PROMISE_DUE: "Toezegging",
    WorkKind.TASK_DUE: "Taak",
    WorkKind.EXPIRED: "Verlopen",
    WorkKind.EXPIRING: "Verloopt",
    WorkKind.AMOUNT_UNKNOWN: "Bedrag onbekend",
    WorkKind.UNVERIFIED: "Niet gecontroleerd",
    WorkKind.CAME_BACK: "Onbestelbaar",
    WorkKind.CERTIFICATE_CAME: "Certificaat ontvangen",
    WorkKind.ANSWERED: "Antwoord",
    WorkKind.LOOSE_CALL: "Gesprek zonder leverancier",
}

_PRESSING = frozenset(
    {
        WorkKind.REPLY_OVERDUE,
        WorkKind.PROMISE_DUE,
        WorkKind.TASK_DUE,
        WorkKind.EXPIRED,
        WorkKind.CAME_BACK,
        WorkKind.CERTIFICATE_CAME,
        WorkKind.ANSWERED,
        WorkKind.LOOSE_CALL,
    }
)


class WorkItem(NamedTuple):
    """One line of the work list; a named tuple, because there may be 100,000 of them.

    `supplier_id` is None and `name` the caller for a conversation without a supplier. `day` is the day behind it, with
    `days_left` until then (below nought when it is late); both None where there is none. `cents` is the amount of the
    verdict, excl. btw. `cause` names what it is about, as in `SetAside`; `within` the term of an expiring certificate.
    `words` say in Dutch what to do, `about` what is behind it. `text` is what a typed filter is looked for in, folded.
    `aside` is what set it aside, None when it is open.
    """

    supplier_id: str | None
    name: str
    kind: WorkKind
    day: date | None
    days_left: int | None
    words: str
    about: str
    cents: int | None
    cause: str
    text: str
    within: int | None = None
    status: Status | None = None
    reason: Reason | None = None
    aside: SetAside | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by: of one supplier, one cause is on the list once."""
        return self.supplier_id or "", self.cause

    @property
    def record_id(self) -> str:
        """The key of the record it is about: a letter, promise, follow-up, certificate or call note."""
        return self.cause.partition(":")[2]


def work_order(item: WorkItem) -> tuple[Any, ...]:
    """Return what the list is sorted by: the largest amount first, those not known last; then the day."""
    return item.cents is None, -(item.cents or 0), item.day or date.max, item.name, item.key
