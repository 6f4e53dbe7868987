"""Answers to letters: found by the kenmerk that is on them, and logged."""

import re
from datetime import date, timedelta

from app.base.errors import AppError
from app.base.formatting import long_date
from app.domain.journal import Promise
from app.domain.letter import Letter, LetterReply, ReplyKind
from app.domain.names import fold
from app.storage.register import Register

# A year and a number behind whatever stands before them; without marks between them the number has its four digits.
_WITH_YEAR = re.compile(r"(.*?)-?(20\d\d)(?:-0*|(?=\d{4}))(\d+)")
_NUMBER = re.compile(r"(?:(.*\D)-?)?0*(\d+)")
_LONGEST = 60
_RECENT = timedelta(days=365)


def find_letter(register: Register, kenmerk: str) -> Letter | None:
    """Return the letter with a kenmerk as it was typed, None when there is none or more than one could be meant.

    Case, spaces and other marks do not matter. The prefix may be left out, and zeros: `2026-148` is `PSO-2026-0148`.
    Without a year the number must be one that counts once only: withdrawn letters and those of over a year ago do not.
    """
    typed = re.sub(r"[\W_]+", "-", fold(kenmerk)).strip("-")
    if not typed or len(typed) > _LONGEST:
        return None
    if found := _WITH_YEAR.fullmatch(typed):
        return _only(register.letters.list_numbered(int(found[3]), year=int(found[2])), prefix=found[1])
    if found := _NUMBER.fullmatch(typed):
        letters = register.letters.list_numbered(int(found[2]), year=None)
        since = register.clock.today() - _RECENT
        recent = [one for one in letters if one.written_on >= since and one.withdrawn_at is None]
        return _only(recent or letters, prefix=found[1] or "")
    return None


def list_replies(register: Register, letter_id: str) -> tuple[LetterReply, ...]:
    """Return the answers to a letter, the last one first."""
    return register.letter_replies.list_where("letter_id", letter_id, "received_on DESC, rowid DESC")


def log_reply(
    register: Register,
    letter_id: str,
    *,
    kind: ReplyKind,
    received_on: date,
    note: str = "",
    reference: str = "",
    promise_due_on: date | None = None,
) -> LetterReply:
    """Log an answer, or that the letter came back, as one operation; `reference` is the kenmerk on the answer.

    With a plan it also records the promise to hold the certificate on `promise_due_on`; of a supplier that was merged
    it is the promise of the one that it turned out to be. Raises `NotFoundError`, and
    `AppError` for a letter that was withdrawn, a day that cannot be, or a plan without its day; then nothing is logged.
    """
    letter = register.letters.get(letter_id)
    _refuse(register, letter, received_on)
    reply = LetterReply(
        id=register.new_id(),
        letter_id=letter.id,
        received_on=received_on,
        kind=kind,
        note=note.strip(),
        by=register.by,
        reference=" ".join(reference.split()),
    )
    promise = _promise(register, letter, received_on, promise_due_on) if kind is ReplyKind.PLAN else None
    with register.operation("reply", f"Antwoord op brief {letter.kenmerk}: {kind.label.lower()}"):
        register.letter_replies.add(reply)
        if promise:
            register.promises.add(promise)
    return reply


def planned_words(kenmerk: str) -> str:
    """Return what a supplier promised that answered a letter with a plan; a later letter knows it again by this."""
    return f"PSO-certificaat, volgens het plan op brief {kenmerk}"


def _only(letters: tuple[Letter, ...] | list[Letter], *, prefix: str) -> Letter | None:
    """Return the letter that is meant; of what was typed before the number the end must be the letter's own prefix."""
    wanted = prefix.strip("-")
    fitting = [one for one in letters if not wanted or f"-{wanted}".endswith(f"-{_prefix(one)}")]
    return fitting[0] if len(fitting) == 1 else None


def _prefix(letter: Letter) -> str:
    before = letter.kenmerk.rsplit("-", 2)[0]
    return re.sub(r"[\W_]+", "-", fold(before)).strip("-")


def _refuse(register: Register, letter: Letter, received_on: date) -> None:
    kept = "Er is niets vastgelegd."
    if letter.withdrawn_at is not None:
        raise AppError(
            f"Brief {letter.kenmerk} is ingetrokken. {kept}", "Kijk welke brief de leverancier heeft gekregen."
        )
    if received_on > register.clock.today():
        raise AppError(f"{long_date(received_on)} moet nog komen. {kept}", "Vul de dag in waarop het antwoord kwam.")
    if received_on < letter.written_on:
        raise AppError(
            f"Brief {letter.kenmerk} is van {long_date(letter.written_on)}; een antwoord komt niet eerder. {kept}",
            "Vul de dag in waarop het antwoord kwam.",
        )


def _promise(register: Register, letter: Letter, received_on: date, due_on: date | None) -> Promise:
    if due_on is None or due_on < received_on:
        why = "Bij een plan hoort een dag" if due_on is None else "De dag van het plan ligt voor die van het antwoord"
        raise AppError(f"{why}. Er is niets vastgelegd.", "Vul in wanneer het certificaat er moet zijn.")
    return Promise(
        id=register.new_id(),
        supplier_id=register.survivor_id(letter.supplier_id),
        due_on=due_on,
        what=planned_words(letter.kenmerk),
        by=register.by,
    )
