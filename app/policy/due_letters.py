"""Which letter is due to whom: the stages of asking, what ends or pauses them, and what can wait (domain.md §6.5).

The round of letters, the work list, the table of suppliers and the phone screen all go by this, so that they never say
different things.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.certificate import Certificate
from app.domain.letter import STAGES, LetterKind, ReplyKind, SentLetter
from app.domain.policy import Postponement
from app.domain.verdict import Reason, Status, Verdict

_ANEW_AFTER = timedelta(days=365)
# What a supplier answered, with which nothing more is asked until somebody dealt with it.
_TO_SETTLE = frozenset({ReplyKind.CERTIFICATE, ReplyKind.OTHER})


@dataclass(frozen=True, slots=True)
class Asked:
    """How far asking a supplier has come.

    `letters` are the stages that count, the oldest first; none when asking begins anew. `newest` is the last letter to
    be answered, a warning that a certificate ends included. `came_back` is a letter that has to be sent again once the
    address is mended, `answered` the newest when an answer came that somebody has to look at, `until` the last day of
    waiting for the answer to the newest.
    """

    letters: tuple[SentLetter, ...] = ()
    newest: SentLetter | None = None
    came_back: SentLetter | None = None
    answered: SentLetter | None = None
    until: date | None = None

    @property
    def last(self) -> SentLetter | None:
        """The letter that the next one refers to."""
        return self.letters[-1] if self.letters else None

    @property
    def next_kind(self) -> LetterKind | None:
        """The next stage; None when no letter is left, and only talking helps.

        A notice of default only where a contract demands PSO: the policy by itself gives no such right (domain.md §0,
        fact 6).
        """
        if self.last is None:
            return LetterKind.REQUEST
        place = STAGES.index(self.last.kind) + 1
        if place == len(STAGES) or (STAGES[place] is LetterKind.NOTICE and not self.last.has_contract):
            return None
        return STAGES[place]

    def waits_on(self, on: date) -> bool:
        """Whether an answer may still come on a day."""
        return self.until is not None and self.until >= on


def asked(letters: Iterable[SentLetter], verdict: Verdict, *, postponements: Sequence[Postponement] = ()) -> Asked:
    """Return how far asking has come on the day of a verdict; `letters` are a supplier's, the newest first.

    Asking begins anew a year after the last letter, with a closing letter, when a certificate was received, after a
    postponement, and when a certificate ended since. A letter that came back does not count. An answer that nobody
    dealt with yet holds everything.
    """
    on = verdict.on
    since = _cause_since(verdict, postponements)
    found: list[SentLetter] = []
    newest: SentLetter | None = None
    came_back: SentLetter | None = None
    for letter in letters:
        is_closed = letter.kind is LetterKind.CLOSING and letter.written_on <= on
        after = found[-1].written_on if found else on
        if is_closed or after - letter.written_on > _ANEW_AFTER:
            break
        if not letter.kind.awaits_reply or (letter.kind.asks and since and letter.written_on <= since):
            continue
        if letter.reply is ReplyKind.UNDELIVERABLE:
            came_back = came_back or (letter if letter.came_back and newest is None else None)
            continue
        newest = newest or letter
        if not letter.kind.asks:
            continue
        if letter.reply is ReplyKind.CERTIFICATE:
            break
        found.append(letter)
    is_answered = newest is not None and newest.reply in _TO_SETTLE and not newest.is_settled
    # What was written stands, also when an answer came early; of a plan the promise tells until when.
    until = newest.reply_by if newest else None
    return Asked(tuple(reversed(found)), newest, came_back, newest if is_answered else None, until)


def unsettled(letters: Iterable[SentLetter], *, on: date) -> SentLetter | None:
    """Return the last letter that asked for something and was not closed by a letter of thanks; within a year."""
    for letter in letters:
        if letter.kind is LetterKind.CLOSING or on - letter.written_on > _ANEW_AFTER:
            return None
        if letter.kind.asks and letter.reply is not ReplyKind.UNDELIVERABLE:
            return letter
    return None


def find_about(letters: Iterable[SentLetter], kind: LetterKind, about: str) -> SentLetter | None:
    """Return the letter of a kind that was written about this record, None when there is none.

    One that came back counts until the address is mended, so that it is not sent there again.
    """
    return next((one for one in letters if one.kind is kind and one.about == about and _counts(one)), None)


def awaited(letters: Iterable[SentLetter], verdict: Verdict) -> SentLetter | None:
    """Return the newest letter that still waits for an answer on the day of a verdict, None when none does."""
    for letter in letters:
        if letter.kind is LetterKind.CLOSING:
            return None
        if letter.kind.awaits_reply and letter.written_on <= verdict.on:
            is_asked = verdict.status is Status.NON_COMPLIANT and verdict.on - letter.written_on <= _ANEW_AFTER
            return letter if letter.reply is None and (is_asked or letter.reply_by >= verdict.on) else None
    return None


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


def _counts(letter: SentLetter) -> bool:
    return letter.came_back or letter.reply is not ReplyKind.UNDELIVERABLE


def _cause_since(verdict: Verdict, postponements: Sequence[Postponement]) -> date | None:
    """Return the last day on which things were otherwise: what was asked until then was about something else."""
    days = [respite.to_on for respite in postponements if respite.to_on < verdict.on]
    if verdict.reason is Reason.EXPIRED and verdict.valid_to:
        days.append(verdict.valid_to)
    if verdict.reason is Reason.WITHDRAWN and verdict.decided_on:
        days.append(verdict.decided_on)
    return max(days, default=None)
