"""The round of letters that is being chosen: put down at any moment, and taken up again on another day.

Only what the user decided is kept. Who is due a letter is asked anew each time, for a certificate or an answer may have
come meanwhile.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from app.base.clock import AMSTERDAM
from app.domain.letter import LetterKind, LetterSettings, RoundDraft
from app.domain.supplier import Language
from app.services.proposals import LetterPlan, Proposal, as_kind
from app.storage.register import Register

_KEY = "round"


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """How a letter is to be written, other than proposed; None where as proposed."""

    kind: LetterKind | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundChoices:
    """What the user decided: for whom (None is everyone), who is left out, what was offered and taken, and how.

    Suppliers are named by their keys.
    """

    only: tuple[str, ...] | None = None
    left_out: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()
    otherwise: Mapping[str, Otherwise] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was decided."""
        return self == RoundChoices()

    def has(self, proposal: Proposal) -> bool:
        """Whether this letter is to be made."""
        key = proposal.supplier.id
        return key not in self.left_out if proposal.starts_ticked else key in self.taken

    def chosen(self, proposals: tuple[Proposal, ...], ticked: set[str]) -> "RoundChoices":
        """Return the choices with what is ticked among these proposals; of those not shown nothing changes."""
        due = {found.supplier.id for found in proposals if found.starts_ticked}
        offers = {found.supplier.id for found in proposals if not found.starts_ticked}
        return replace(
            self,
            left_out=frozenset((self.left_out - due) | (due - ticked)),
            taken=frozenset((self.taken - offers) | (offers & ticked)),
        )

    def written(self, supplier_id: str, otherwise: Otherwise) -> "RoundChoices":
        """Return the choices with another way to write to one supplier."""
        known = self.otherwise.get(supplier_id, Otherwise())
        kind, language = otherwise.kind or known.kind, otherwise.language or known.language
        return replace(self, otherwise={**self.otherwise, supplier_id: Otherwise(kind=kind, language=language)})


def apply_choices(
    plan: LetterPlan, choices: RoundChoices, *, on: date, settings: LetterSettings
) -> tuple[Proposal, ...]:
    """Return the proposals as the user wants them written; a kind that is not possible any more is left as proposed."""
    found = []
    for proposal in plan.proposals:
        wanted = choices.otherwise.get(proposal.supplier.id, Otherwise())
        if wanted.kind and wanted.kind in proposal.kinds and wanted.kind is not proposal.kind:
            proposal = as_kind(proposal, wanted.kind, on=on, settings=settings)
        if wanted.language:
            proposal = replace(proposal, language=wanted.language)
        found.append(proposal)
    return tuple(found)


def keep_choices(register: Register, choices: RoundChoices) -> None:
    """Keep what was decided, on disk when this returns; nothing decided is nothing kept. Raises `RegisterError`."""
    if choices.is_empty:
        register.drop_round_draft()
        return
    known = register.round_drafts.find()
    now = register.clock.now()
    register.keep_round_draft(
        RoundDraft(
            id=_KEY,
            begun_at=known.begun_at if known else now,
            saved_at=now,
            by=register.by,
            choices=json.dumps(_as_plain(choices), ensure_ascii=False),
        )
    )


def find_choices(register: Register) -> tuple[RoundChoices, datetime, str] | None:
    """Return what was decided, since when and by whom; None when no round is being chosen.

    What a newer program wrote and this one does not understand counts as nothing, and so does what was decided about a
    supplier that is gone, because its import was undone. What was decided about one that was merged is about the one
    that it turned out to be.
    """
    draft = register.round_drafts.find()
    if draft is None:
        return None
    try:
        choices = _from_plain(json.loads(draft.choices))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    choices = _led_on(choices, register.survivor_id)
    if choices.only is not None:
        known = tuple(key for key in choices.only if register.suppliers.find(key))
        if not known:
            return None
        choices = replace(choices, only=known)
    return choices, draft.begun_at.astimezone(AMSTERDAM), draft.by


def _led_on(choices: RoundChoices, survivor_id: Callable[[str], str]) -> RoundChoices:
    return RoundChoices(
        only=None if choices.only is None else tuple(dict.fromkeys(map(survivor_id, choices.only))),
        left_out=frozenset(map(survivor_id, choices.left_out)),
        taken=frozenset(map(survivor_id, choices.taken)),
        otherwise={survivor_id(key): otherwise for key, otherwise in choices.otherwise.items()},
    )


def _as_plain(choices: RoundChoices) -> dict[str, Any]:
    return {
        "only": choices.only,
        "left_out": sorted(choices.left_out),
        "taken": sorted(choices.taken),
        "otherwise": {key: [one.kind, one.language] for key, one in choices.otherwise.items()},
    }


def _from_plain(plain: Mapping[str, Any]) -> RoundChoices:
    only = plain["only"]
    return RoundChoices(
        only=None if only is None else tuple(map(str, only)),
        left_out=frozenset(map(str, plain["left_out"])),
        taken=frozenset(map(str, plain["taken"])),
        otherwise={
            key: Otherwise(kind=LetterKind(kind) if kind else None, language=Language(language) if language else None)
            for key, (kind, language) in plain["otherwise"].items()
        },
    )
