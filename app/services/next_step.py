"""What is to be done next for a supplier, and when: the plan that the table and its own page show."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.base.formatting import day_month
from app.domain.certificate import Certificate
from app.domain.verdict import Status, Verdict
from app.domain.work import TERMS, WorkItem, WorkKind
from app.policy.due_letters import Asked
from app.services.find_work import answer_words, overdue_words
from app.storage.supplier_list import Due, ListedSupplier

_YEAR = 365
_LOOK_AHEAD = timedelta(days=TERMS[-1])


def next_step(
    verdict: Verdict,
    listed: ListedSupplier,
    coming: Certificate | None,
    asked: Asked,
    *,
    work: Sequence[WorkItem],
) -> tuple[str, date | None]:
    """Return what is to be done and the day behind it; what somebody noted down comes before what follows.

    `work` is what is on the work list for it: what was set aside there is not asked for here either.
    """
    task = next((item for item in work if item.kind is WorkKind.TASK_DUE and not item.aside), None)
    if task:
        return task.words, task.day
    if listed.promise:
        return _aside(work, {WorkKind.PROMISE_DUE}, verdict.on) or _promised(listed.promise, verdict.on)
    found = _by_status(verdict, listed, coming, asked, work)
    return found or _aside(work, set(WorkKind), verdict.on) or ("", None)


def _promised(promise: Due, on: date) -> tuple[str, date | None]:
    if promise.on < on:
        return "Bellen: toezegging verlopen", promise.on
    return f"Toezegging t/m {_near(promise.on, on)}: {promise.what}", promise.on


def _by_status(
    verdict: Verdict, listed: ListedSupplier, coming: Certificate | None, asked: Asked, work: Sequence[WorkItem]
) -> tuple[str, date | None] | None:
    """Return what follows from the verdict; None when that is nothing, or was set aside."""
    on, last = verdict.on, verdict.valid_to
    is_open = {item.kind: item.aside is None for item in work if item.kind is not WorkKind.TASK_DUE}
    match verdict.status:
        case Status.NON_COMPLIANT:
            return None if False in is_open.values() else _next_letter(listed, coming, asked, on)
        case Status.EXPIRING if found := _from_post(asked, on):
            return found
        case Status.EXPIRING if is_open.get(WorkKind.EXPIRING, not is_open):
            return "Nieuw certificaat vragen", last
        case Status.COMPLIANT | Status.EXPIRING if is_open.get(WorkKind.UNVERIFIED):
            return "Certificaat controleren", None
        case Status.COMPLIANT if is_open.get(WorkKind.EXPIRING):
            return "Nieuw certificaat vragen", last
        case Status.COMPLIANT if last and not is_open:
            begins = last - _LOOK_AHEAD
            return f"Opnieuw vragen vanaf {_near(begins, on)}", begins
        case Status.UNKNOWN if is_open[WorkKind.AMOUNT_UNKNOWN]:
            return "Bedrag invullen", None
        case Status.POSTPONED | Status.EXEMPT if verdict.until:
            return f"{verdict.status.label} t/m {_near(verdict.until, on)}", verdict.until
    return None


def _next_letter(listed: ListedSupplier, coming: Certificate | None, asked: Asked, on: date) -> tuple[str, date | None]:
    """Say what a round of letters would do with it (`plan_letters`), in the same order."""
    sent = asked.last
    if found := _from_post(asked, on):
        return found
    if coming and coming.valid_from:
        return f"{coming.level.label} gaat in op {_near(coming.valid_from, on)}", coming.valid_from
    if not listed.has_letter_address:
        return "Adres aanvullen", None
    if sent:
        return f"{overdue_words(asked, has_address=True)} · {(on - sent.reply_by).days} d te laat", sent.reply_by
    return "Brief klaarzetten", None


def _from_post(asked: Asked, on: date) -> tuple[str, date | None] | None:
    """Return what came back, what was answered, or until when an answer may come; None for none of these."""
    if asked.came_back:
        return "Adres nakijken: brief kwam terug", asked.came_back.replied_on
    if answered := asked.answered:
        return answer_words(answered)[1], answered.replied_on
    if asked.until and asked.waits_on(on):
        return f"Reactie t/m {_near(asked.until, on)}", asked.until
    return None


def _aside(work: Sequence[WorkItem], kinds: set[WorkKind], on: date) -> tuple[str, date | None] | None:
    """Say until when what is to be done was set aside, the first to come back in front."""
    found = [item.aside for item in work if item.aside and item.kind in kinds]
    if not found:
        return None
    first = min(found, key=lambda aside: (aside.until_on, aside.id))
    return f"Weggezet t/m {_near(first.until_on, on)}: {first.reason}", first.until_on


def _near(day: date, on: date) -> str:
    """Return a short date, with its year where that would not be the coming one."""
    return day_month(day) if (day - on).days < _YEAR else f"{day_month(day)} {day.year}"
