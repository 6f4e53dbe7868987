"""What a round of letters is made of: a letter that can be written, a supplier that gets none, and both together."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from app.domain.letter import LetterKind, LetterSettings, SentLetter
from app.domain.supplier import Language, Supplier
from app.domain.verdict import Verdict
from app.letters import terms

_LEGAL = "Laat deze brief juridisch toetsen voordat hij de deur uit gaat, en verstuur hem ook aangetekend."
_NO_LEVEL = "Kijk na of het contract deze trede noemt: de brief zegt van wel."
_UNSIGNED = "Onder deze brief staat geen naam. Vul die in bij Instellingen."
_OF_A_NOTICE = frozenset({_LEGAL, _NO_LEVEL, _UNSIGNED})
# Why there is no letter: something to fill in, something that runs, or nothing to ask.
Because = Literal[
    "address",
    "amount",
    "certificate",
    "talk",
    "promise",
    "answer",
    "reply",
    "coming",
    "respite",
    "aside",
    "needless",
    "ended",
]
Mend = Literal["", "address", "amount", "certificate"]
_MENDED = frozenset({"address", "amount", "certificate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A letter that can be written: to whom, which kind, and the letters that it refers to.

    `kinds` are those that it may be as well, in the order of the stages. `asked` are the stages before it, the oldest
    first; for a letter of thanks the one that it settles. `about` is the key of what it confirms or warns of.
    `reply_by` is the last day to answer, None when it asks nothing. `warnings` say in Dutch what to mind before it goes
    out. An offer is a courtesy: nothing is wrong without it. `is_unsure` when the letter before it may never have gone
    out, so that it would refer to nothing.
    """

    verdict: Verdict
    supplier: Supplier
    kind: LetterKind
    kinds: tuple[LetterKind, ...]
    asked: tuple[SentLetter, ...] = ()
    about: str = ""
    language: Language = Language.DUTCH
    reply_by: date | None = None
    warnings: tuple[str, ...] = ()
    is_offer: bool = False
    is_unsure: bool = False

    @property
    def starts_ticked(self) -> bool:
        """Whether it is made unless somebody decides otherwise."""
        return not self.is_offer and not self.is_unsure


@dataclass(frozen=True, slots=True)
class Skipped:
    """A supplier that gets no letter, and why: in Dutch, and as a kind."""

    supplier_id: str
    name: str
    why: str
    because: Because

    @property
    def mend(self) -> Mend:
        """What to fill in so that it could get one."""
        return self.because if self.because in _MENDED else ""  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """Who gets a letter, in the order that the letters are to be printed in, and who does not."""

    proposals: tuple[Proposal, ...]
    skipped: tuple[Skipped, ...]

    @property
    def due(self) -> tuple[Proposal, ...]:
        """The letters that the policy asks for, without the courtesies."""
        return tuple(found for found in self.proposals if not found.is_offer)


def as_kind(proposal: Proposal, kind: LetterKind, *, on: date, settings: LetterSettings) -> Proposal:
    """Return the proposal as another of its kinds, for an advisor who knows better."""
    assert kind in proposal.kinds
    return replace(
        proposal,
        kind=kind,
        reply_by=reply_day(kind, on=on, settings=settings),
        warnings=(
            *(words for words in proposal.warnings if words not in _OF_A_NOTICE),
            *notice_warnings(kind, settings),
        ),
    )


def reply_day(kind: LetterKind, *, on: date, settings: LetterSettings) -> date | None:
    """Return the last day to answer a letter of a kind that is written on a day; None when it asks nothing."""
    if not kind.awaits_reply:
        return None
    days = {LetterKind.INFORMATION: settings.information_days, LetterKind.NOTICE: settings.notice_days}
    return terms.next_working_day(on + timedelta(days=days.get(kind, settings.reply_days)), settings)


def notice_warnings(kind: LetterKind, settings: LetterSettings) -> tuple[str, ...]:
    """Return what to mind of a notice of default, on which a court may look one day."""
    if kind is not LetterKind.NOTICE:
        return ()
    return (_LEGAL, _NO_LEVEL) if settings.signatory else (_LEGAL, _NO_LEVEL, _UNSIGNED)
