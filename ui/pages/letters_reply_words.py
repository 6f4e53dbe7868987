"""An answer to a letter in words, in a cell of a table and in full beside the letter; and until when it may come."""

from datetime import date

from app.base.formatting import day_month, long_date, short_date
from app.domain.letter import Letter, LetterReply, ReplyKind

_SHORT = {
    ReplyKind.CERTIFICATE: "Certificaat",
    ReplyKind.PLAN: "Plan",
    ReplyKind.OTHER: "Anders",
    ReplyKind.UNDELIVERABLE: "Onbestelbaar",
}


def short_reply(reply: LetterReply | None) -> str:
    """Return `Plan, 3 dec`; "" without an answer. The kenmerk tells the year; beside the letter it stands in full."""
    return f"{_SHORT[reply.kind]}, {day_month(reply.received_on)}" if reply else ""


def reply_words(reply: LetterReply) -> str:
    """Return `Plan ontvangen, 3 december 2026 · hun kenmerk M 77 · “…” · door …`."""
    parts = (
        f"{reply.kind.label}, {long_date(reply.received_on)}",
        f"hun kenmerk {reply.reference}" if reply.reference else "",
        f"“{' '.join(reply.note.split())}”" if reply.note else "",
        f"door {reply.by}",
    )
    return " · ".join(part for part in parts if part)


def reply_day(letter: Letter) -> date | None:
    """Return the last day to answer a letter; None for one that asks nothing."""
    return letter.reply_by if letter.kind.awaits_reply else None


def reply_day_words(letter: Letter) -> str:
    """Return that day; "" for a letter that asks nothing."""
    day = reply_day(letter)
    return short_date(day) if day else ""
