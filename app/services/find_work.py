"""What there is to do for one supplier, and for conversations that belong to none.

What asks something of a supplier follows the same rules as the next step in the table and the rounds of letters: an
answer may be waited for, an open promise comes before everything, and a certificate that is on its way is enough.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from app.base.clock import AMSTERDAM
from app.base.formatting import short_date
from app.domain.certificate import Certificate
from app.domain.journal import UNKNOWN_CALLER, SetAside
from app.domain.letter import ReplyKind, SentLetter
from app.domain.names import fold
from app.domain.verdict import Reason, Status, Verdict
from app.domain.work import TERMS, WorkItem, WorkKind
from app.policy.due_letters import Asked
from app.storage.register import Register
from app.storage.supplier_list import Due, ListedSupplier

_MET = frozenset({Status.COMPLIANT, Status.EXPIRING})
_LONGEST_TERM = timedelta(days=TERMS[-1])
_LONGEST_QUOTE = 120


class _Found(NamedTuple):
    """What makes a `WorkItem` together with the verdict."""

    kind: WorkKind
    day: date | None
    words: str
    about: str
    cause: str
    within: int | None = None


def find_work(
    verdict: Verdict,
    listed: ListedSupplier,
    coming: Certificate | None,
    asked: Asked,
    *,
    text: str,
    asides: Mapping[str, SetAside],
) -> tuple[WorkItem, ...]:
    """Return what there is to do for a supplier on the day of its verdict, also what was set aside.

    `coming` is the certificate that leaves nothing to ask, `asked` how far asking has come, `text` what the supplier is
    found by in a filter, `asides` what stands of this supplier, by its cause.
    """
    return tuple(
        WorkItem(
            supplier_id=verdict.supplier_id,
            name=verdict.name,
            kind=found.kind,
            day=found.day,
            days_left=(found.day - verdict.on).days if found.day else None,
            words=found.words,
            about=found.about,
            cents=verdict.amount_cents,
            cause=found.cause,
            text=f"{text} {fold(f'{_chip(found)} {found.words} {found.about}')}",
            within=found.within,
            status=verdict.status,
            reason=verdict.reason,
            aside=asides.get(found.cause),
        )
        for found in _found(verdict, listed, coming, asked)
    )


def find_loose_calls(register: Register, *, on: date) -> tuple[WorkItem, ...]:
    """Return the conversations up to and including a day that belong to no supplier, the oldest first."""
    calls = register.call_notes.list_where("supplier_id", None, "started_at, id")
    days = [call.started_at.astimezone(AMSTERDAM).date() for call in calls]
    return tuple(
        WorkItem(
            supplier_id=None,
            name=call.caller or UNKNOWN_CALLER,
            kind=WorkKind.LOOSE_CALL,
            day=day,
            days_left=(day - on).days,
            words="Leverancier zoeken",
            about=" ".join(call.text.split())[:_LONGEST_QUOTE],
            cents=None,
            cause=f"call_note:{call.id}",
            text=fold(f"{WorkKind.LOOSE_CALL.label} {call.caller} {call.text}"),
        )
        for call, day in zip(calls, days, strict=True)
        if day <= on
    )


def letter_cause(verdict: Verdict, letter_id: str | None) -> str:
    """Return what is set aside with a letter that would be due: the one that it reminds of, else what expired.

    "" where nothing of it is on the work list.
    """
    if letter_id:
        return f"letter:{letter_id}"
    return f"certificate.expired:{verdict.certificate_id}" if verdict.reason is Reason.EXPIRED else ""


def _chip(found: _Found) -> str:
    """Return the words of the chip that it is behind, for who types them instead."""
    return f"{found.kind.label} {found.within} dagen" if found.within else found.kind.label


def _found(verdict: Verdict, listed: ListedSupplier, coming: Certificate | None, asked: Asked) -> Iterator[_Found]:
    on, promise = verdict.on, listed.promise
    for task in listed.tasks:
        if task.on <= on:
            words = f"Opvolgen: {task.what}"
            yield _Found(WorkKind.TASK_DUE, task.on, words, f"genoteerd door {task.by}", f"follow_up:{task.id}")
    if promise is None:
        yield from _asking(verdict, listed, coming, asked)
    elif promise.on <= on:
        yield _promise(promise, on)
    if verdict.status is Status.UNKNOWN:
        year = on.year
        about = f"opdrachten in {year} zijn niet bekend"
        yield _Found(WorkKind.AMOUNT_UNKNOWN, None, "Bedrag invullen", about, f"amount:{year}")
    elif verdict.is_unverified and verdict.status in _MET:
        about = f"{_held(verdict)}, niet gecontroleerd"
        cause = f"certificate.unverified:{verdict.certificate_id}"
        yield _Found(WorkKind.UNVERIFIED, None, "Certificaat controleren", about, cause)


def _promise(promise: Due, on: date) -> _Found:
    words = "Bellen: toezegging verlopen" if promise.on < on else "Navragen: toegezegd voor vandaag"
    about = f"{promise.what} · genoteerd door {promise.by}"
    return _Found(WorkKind.PROMISE_DUE, promise.on, words, about, f"promise:{promise.id}")


def _asking(verdict: Verdict, listed: ListedSupplier, coming: Certificate | None, asked: Asked) -> Iterator[_Found]:
    """What there is to ask a supplier of which nobody noted a promise."""
    if verdict.status is Status.NON_COMPLIANT:
        yield from _answers(asked)
        if coming is None and not asked.came_back and not asked.answered:
            yield from _overdue_or_expired(verdict, listed, asked)
        return
    if verdict.status is Status.EXPIRING:
        yield from _answers(asked)
        if asked.came_back or asked.answered or asked.waits_on(verdict.on):
            return
    if verdict.status in _MET and verdict.valid_to and verdict.valid_to - verdict.on <= _LONGEST_TERM:
        days = (verdict.valid_to - verdict.on).days
        within = next(term for term in TERMS if days <= term)
        about = f"{_held(verdict)} t/m {short_date(verdict.valid_to)}"
        cause = f"certificate:{verdict.certificate_id}"
        yield _Found(WorkKind.EXPIRING, verdict.valid_to, "Nieuw certificaat vragen", about, cause, within)


def _answers(asked: Asked) -> Iterator[_Found]:
    """What came in the post: a letter that came back, an answer that somebody has to look at."""
    if came_back := asked.came_back:
        about = f"brief {came_back.kenmerk} kwam onbestelbaar terug"
        cause = f"letter.came_back:{came_back.id}"
        yield _Found(WorkKind.CAME_BACK, came_back.replied_on, "Adres nakijken", about, cause)
    if answered := asked.answered:
        kind, words = answer_words(answered)
        about = f"antwoord op brief {answered.kenmerk}"
        yield _Found(kind, answered.replied_on, words, about, f"letter.answered:{answered.id}")


def answer_words(answered: SentLetter) -> tuple[WorkKind, str]:
    """Return what there is to do with an answer that somebody has to look at."""
    if answered.reply is ReplyKind.CERTIFICATE:
        return WorkKind.CERTIFICATE_CAME, "Ontvangen certificaat vastleggen"
    return WorkKind.ANSWERED, "Antwoord bekijken"


def _overdue_or_expired(verdict: Verdict, listed: ListedSupplier, asked: Asked) -> Iterator[_Found]:
    sent = asked.last
    if asked.waits_on(verdict.on):
        return
    if sent:
        about = f"brief {sent.kenmerk}, reactie t/m {short_date(sent.reply_by)}"
        words = overdue_words(asked, has_address=listed.has_letter_address)
        yield _Found(WorkKind.REPLY_OVERDUE, sent.reply_by, words, about, letter_cause(verdict, sent.id))
    elif verdict.reason is Reason.EXPIRED and verdict.valid_to:
        words = "Brief klaarzetten" if listed.has_letter_address else "Adres aanvullen voor de brief"
        about = f"certificaat verlopen, laatste dag {short_date(verdict.valid_to)}"
        yield _Found(WorkKind.EXPIRED, verdict.valid_to, words, about, letter_cause(verdict, None))


def overdue_words(asked: Asked, *, has_address: bool) -> str:
    """Return what to do when the last letter was not answered in time."""
    kind = asked.next_kind
    if kind is None:
        return "Bellen: geen antwoord op de laatste brief"
    return f"{kind.label} klaarzetten" if has_address else f"Adres aanvullen voor de {kind.noun}"


def _held(verdict: Verdict) -> str:
    return verdict.held.label if verdict.held else "certificaat"
