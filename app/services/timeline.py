"""Everything that happened with one supplier in the order of time, and what is to come."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

from app.base.clock import AMSTERDAM
from app.base.formatting import count, join_words, long_date
from app.domain.certificate import Certificate, CertificateStatus
from app.domain.journal import CallNote, Change, FollowUp, Operation, Promise
from app.domain.letter import Letter, LetterReply, ReplyKind
from app.domain.names import full_name
from app.domain.policy import Respite
from app.services.describe_change import describe_change
from app.services.show_supplier import Dossier

_LONGEST_QUOTE = 80
_MOST_FIGURES = 3
# What has an entry of its own needs no second one as a change.
_TOLD = frozenset(
    "letter letter_reply letter_round call_note promise follow_up exemption postponement certificate "
    "certificate_entity verification set_aside".split()
)


class EntryKind(StrEnum):
    """What an entry is about; it decides the icon, and which record `TimelineEntry.record_id` names."""

    LETTER = "letter"
    CALL = "call"
    CERTIFICATE = "certificate"
    IMPORT = "import"
    PROMISE = "promise"
    FOLLOW_UP = "follow_up"
    EXEMPTION = "exemption"
    POSTPONEMENT = "postponement"
    SET_ASIDE = "set_aside"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One thing on one day, in Dutch.

    An answer to a letter names that letter. Of IMPORT, CHANGE and SET_ASIDE the record is the operation's number.
    """

    day: date
    kind: EntryKind
    title: str
    detail: str
    record_id: str


@dataclass(frozen=True, slots=True)
class _Moment:
    at: datetime
    entry: TimelineEntry


def timeline(dossier: Dossier, *, on: date) -> tuple[TimelineEntry, ...]:
    """Return the entries of a supplier, newest first, so that what lies ahead of `on` stands on top."""
    answered = {reply.letter_id for reply in dossier.replies}
    moments = [
        *(moment for letter in dossier.letters for moment in _of_letter(letter, on, answered=answered)),
        *_of_replies(dossier),
        *map(_of_call, dossier.call_notes),
        *_of_certificates(dossier),
        *map(_of_promise, dossier.promises),
        *map(_of_follow_up, dossier.follow_ups),
        *(_of_respite(one, EntryKind.EXEMPTION, "Vrijstelling") for one in dossier.exemptions),
        *(_of_respite(one, EntryKind.POSTPONEMENT, "Uitstel") for one in dossier.postponements),
        *_of_set_asides(dossier),
        *_of_operations(dossier),
    ]
    return tuple(moment.entry for moment in sorted(moments, key=lambda moment: moment.at, reverse=True))


def subjects_of(dossier: Dossier) -> dict[str, str]:
    """Return what each record of a supplier is, by its id, for `describe_change`."""
    contracts = {item.id: f"Contract {item.number or item.title}".strip() for item in dossier.contracts}
    subjects = {item.id: f"Contactpersoon {full_name(item)}".strip() for item in dossier.contacts}
    subjects |= contracts
    for amount in dossier.amounts:
        contract = contracts.get(amount.contract_id or "")
        beside = f", {contract[0].lower()}{contract[1:]}" if contract else ""
        subjects[amount.id] = f"Opdrachten {amount.year} {amount.kind.label}{beside}"
    subjects |= {item.id: f"Certificaat {item.level.label}" for item in dossier.certificates}
    kenmerken = {item.id: item.kenmerk for item in dossier.letters}
    subjects |= {key: f"Brief {kenmerk}" for key, kenmerk in kenmerken.items()}
    subjects |= {item.id: f"Antwoord op brief {kenmerken[item.letter_id]}" for item in dossier.replies}
    return subjects


def _of_letter(letter: Letter, on: date, *, answered: Collection[str]) -> Iterator[_Moment]:
    what = f"{letter.kind.label} {letter.kenmerk}"
    if letter.withdrawn_at:
        state = f"ingetrokken op {_day(letter.withdrawn_at)}"
    elif letter.posted_at:
        state = f"gepost op {_day(letter.posted_at)}"
    elif letter.printed_at:
        state = f"afgedrukt op {_day(letter.printed_at)}, nog niet gepost"
    else:
        state = "nog niet gepost"
    has_term = letter.kind.awaits_reply and not letter.withdrawn_at
    detail = f"{state} · reactie t/m {long_date(letter.reply_by)}" if has_term else state
    yield _moment(letter.made_at, EntryKind.LETTER, what, detail, letter.id, day=letter.written_on)
    if has_term and letter.reply_by >= on and letter.id not in answered:
        yield _moment(None, EntryKind.LETTER, "Reactie verwacht", f"op {what}", letter.id, day=letter.reply_by)


def _of_replies(dossier: Dossier) -> Iterator[_Moment]:
    recorded = _recorded(dossier, "letter_reply")
    kenmerken = {letter.id: letter.kenmerk for letter in dossier.letters}
    for reply in dossier.replies:
        operation = recorded.get(reply.id)
        is_same_day = operation and operation.at.astimezone(AMSTERDAM).date() == reply.received_on
        yield _moment(
            operation.at if operation and is_same_day else None,
            EntryKind.LETTER,
            _reply_title(reply, kenmerken[reply.letter_id]),
            _joined(
                f"hun kenmerk {reply.reference}" if reply.reference else "",
                _quote(reply.note) if reply.note else "",
                f"genoteerd door {reply.by}",
            ),
            reply.letter_id,
            day=reply.received_on,
        )


def _reply_title(reply: LetterReply, kenmerk: str) -> str:
    if reply.kind is ReplyKind.UNDELIVERABLE:
        return f"Brief {kenmerk} kwam onbestelbaar terug"
    return f"Antwoord op brief {kenmerk}: {reply.kind.label.lower()}"


def _of_call(note: CallNote) -> _Moment:
    minutes = max(1, round((note.ended_at - note.started_at).total_seconds() / 60)) if note.ended_at else 0
    parts = (f"met {note.caller}" if note.caller else "", f"door {note.by}", f"{minutes} min" if minutes else "")
    title = f"Gesprek {_quote(note.text)}" if note.text.strip() else "Gesprek"
    return _moment(note.started_at, EntryKind.CALL, title, _joined(*parts), note.id)


def _recorded(dossier: Dossier, table: str) -> dict[str, Operation]:
    """Return the operation that added each record of a table."""
    return {
        change.record_id: operation
        for operation, changes in dossier.history
        for change in changes
        if change.table == table and change.field is None and change.old is None
    }


def _of_certificates(dossier: Dossier) -> Iterator[_Moment]:
    recorded = _recorded(dossier, "certificate")
    for certificate in dossier.certificates:
        is_told = certificate.is_reported
        operation = recorded.get(certificate.id)
        at = operation.at if operation else None
        # What was recorded under another holder stands on the day that it begins.
        day = None if at else certificate.valid_from or certificate.valid_to
        plus = " met PSO 30+" if certificate.is_plus30 else ""
        what = "gemeld" if is_told else "vastgelegd" if at else "gaat in"
        title = f"Certificaat {certificate.level.label}{plus} {what}"
        other = dossier.other_holders.get(certificate.id)
        detail = _joined(
            f"op naam van {other or 'een onbekende houder'}" if other is not None else "",
            "bewijs gevraagd" if is_told else _validity(certificate),
            "" if is_told else _check(dossier, certificate),
        )
        if at or day:
            yield _moment(at, EntryKind.CERTIFICATE, title, detail, certificate.id, day=day)


def _validity(certificate: Certificate) -> str:
    assert certificate.valid_from and certificate.valid_to
    text = f"geldig {long_date(certificate.valid_from)} t/m {long_date(certificate.valid_to)}"
    if certificate.status is CertificateStatus.VALID:
        return text
    since = f" op {long_date(certificate.status_on)}" if certificate.status_on else ""
    return f"{text} · {certificate.status.label}{since}"


def _check(dossier: Dossier, certificate: Certificate) -> str:
    checks = [check for check in dossier.verifications if check.certificate_id == certificate.id]
    if not checks:
        return "nog niet gecontroleerd"
    last = max(checks, key=lambda check: (check.checked_on, check.id))
    how = f" ({last.method})" if last.method else ""
    return f"gecontroleerd op {long_date(last.checked_on)} door {last.checked_by}{how}"


def _of_promise(promise: Promise) -> _Moment:
    state = f"afgehandeld op {_day(promise.settled_at)}" if promise.settled_at else "nog open"
    title = f"Toezegging {_quote(promise.what)}"
    detail = _joined(state, f"genoteerd door {promise.by}")
    return _moment(None, EntryKind.PROMISE, title, detail, promise.id, day=promise.due_on)


def _of_follow_up(task: FollowUp) -> _Moment:
    state = f"klaar op {_day(task.done_at)}" if task.done_at else "nog te doen"
    title = f"Taak {_quote(task.what)}"
    return _moment(
        None, EntryKind.FOLLOW_UP, title, _joined(state, f"genoteerd door {task.by}"), task.id, day=task.due_on
    )


def _of_respite(respite: Respite, kind: EntryKind, what: str) -> _Moment:
    detail = _joined(
        f"{long_date(respite.from_on)} t/m {long_date(respite.to_on)}", f"goedgekeurd door {respite.approver}"
    )
    return _moment(None, kind, f"{what}: {respite.reason}", detail, respite.id, day=respite.from_on)


def _of_set_asides(dossier: Dossier) -> Iterator[_Moment]:
    recorded = _recorded(dossier, "set_aside")
    for aside in dossier.set_asides:
        operation = recorded[aside.id]
        title = f"Weggezet t/m {long_date(aside.until_on)}: {aside.reason}"
        yield _moment(operation.at, EntryKind.SET_ASIDE, title, f"door {aside.by}", str(operation.id))


def _of_operations(dossier: Dossier) -> Iterator[_Moment]:
    subjects = subjects_of(dossier)
    for operation, changes in dossier.history:
        is_import = operation.kind == "import"
        if is_import or any(change.table not in _TOLD for change in changes):
            kind = EntryKind.IMPORT if is_import else EntryKind.CHANGE
            detail = _operation_detail(operation, changes, subjects)
            yield _moment(operation.at, kind, operation.label, detail, str(operation.id))


def _operation_detail(operation: Operation, changes: tuple[Change, ...], subjects: dict[str, str]) -> str:
    """The figures, because those are asked about, when they are few; of the rest how much it was."""
    figures = [
        f"{found.label} {found.old} → {found.new}" if found.old else f"{found.label} {found.new}"
        for change in changes
        if change.table == "year_amount"
        for found in describe_change(change, subjects=subjects)
        if found.new and found.label == subjects.get(change.record_id)
    ]
    return _joined(
        join_words(figures) if len(figures) <= _MOST_FIGURES else "",
        count(len(changes), "wijziging", "wijzigingen"),
        f"door {operation.by}",
        "later ongedaan gemaakt" if operation.undone_by else "",
    )


def _moment(
    at: datetime | None, kind: EntryKind, title: str, detail: str, record_id: str, *, day: date | None = None
) -> _Moment:
    """Place an entry: on its day, and within a day by the time that is known."""
    if at is not None:
        day = day or at.astimezone(AMSTERDAM).date()
    assert day is not None
    hour = at.astimezone(AMSTERDAM).time() if at is not None else time.min
    entry = TimelineEntry(day=day, kind=kind, title=title, detail=detail, record_id=record_id)
    return _Moment(datetime.combine(day, hour, tzinfo=UTC), entry)


def _day(moment: datetime) -> str:
    return long_date(moment.astimezone(AMSTERDAM).date())


def _quote(text: str) -> str:
    plain = " ".join(text.split())
    return f"“{plain if len(plain) <= _LONGEST_QUOTE else f'{plain[: _LONGEST_QUOTE - 1].rstrip()}…'}”"


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
