"""The letters of the past: made by the program itself, from what was in the register on that day."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from random import Random

from app.domain.letter import Letter, LetterKind, ReplyKind
from app.example.cast import Player
from app.example.chronicle import ADVISORS, Chronicle
from app.example.days import working_day
from app.example.material import Material, ReplyCase, RoundPlan
from app.services.letter_archive import mark_posted, mark_printed
from app.services.letter_replies import log_reply
from app.services.plan_letters import plan_letters
from app.services.undo import undo_last
from app.services.write_letters import write_letters
from app.storage.register import Register

_RULES_SINCE = date(2021, 1, 1)
_MADE, _ANSWERED, _POSTED = (11, 5), (14, 20), (16, 15)


class Rounds:
    """Plans the rounds in the chronicle; each makes its letters when its day comes."""

    def __init__(self, material: Material, chronicle: Chronicle, register: Register, random: Random) -> None:
        """The register is written to when the chronicle is."""
        self._material = material
        self._chronicle = chronicle
        self._register = register
        self._random = random

    def enter(self, players: Sequence[Player]) -> None:
        """Plan every round up to the chronicle's today."""
        self._enter_yearly()
        invited: dict[str, set[str]] = {}
        for player in players:
            for code in player.case.rounds:
                invited.setdefault(code, set()).add(player.supplier.id)
        for plan in self._material.rounds:
            self._enter_one(plan, invited[plan.code])
        for player in players:
            if player.case.reply:
                self._enter_reply(player.supplier.id, player.case.reply)

    def _enter_yearly(self) -> None:
        yearly = self._material.yearly
        back = 0
        while (made_on := self._day(back + yearly.days_ago)) >= _RULES_SINCE:
            asked: set[str] = set()
            self._make_and_post(made_on, kind=LetterKind.REQUEST, limit=yearly.limit, remember=asked)
            remind_on = self._day(back + yearly.remind_days_ago)
            self._make_and_post(remind_on, kind=LetterKind.REMINDER, limit=yearly.remind_limit, invited=asked)
            back += 365

    def _enter_reply(self, supplier_id: str, reply: ReplyCase) -> None:
        on = self._day(reply.days_ago)

        def log() -> None:
            (letter, *_older) = self._register.sent_letters.list_of(supplier_id, on=on)
            log_reply(self._register, letter.id, kind=ReplyKind(reply.kind), received_on=on, note=reply.note)

        self._chronicle.do(on, f"reply {reply.kind}", log, at=_ANSWERED)

    def _enter_one(self, plan: RoundPlan, invited: Collection[str]) -> None:
        on = self._day(plan.days_ago)
        if plan.is_mistake:
            self._chronicle.do(on, "letters by mistake", lambda: self._make_by_mistake(on, plan, invited), at=_MADE)
        else:
            self._make_and_post(on, limit=plan.limit, invited=invited)

    def _make_and_post(
        self,
        on: date,
        *,
        limit: int | None,
        kind: LetterKind | None = None,
        invited: Collection[str] | None = None,
        remember: set[str] | None = None,
    ) -> None:
        """Plan letters, and the post in the afternoon; `remember` receives who got one."""
        made: list[Letter] = []

        def make() -> None:
            made.extend(self._make(on, limit=limit, kind=kind, invited=invited))
            if remember is not None:
                remember.update(letter.supplier_id for letter in made)

        self._chronicle.do(on, "letters", make, at=_MADE)
        self._chronicle.do(on, "post", lambda: self._post(made), at=_POSTED)

    def _make(
        self, on: date, *, limit: int | None, kind: LetterKind | None = None, invited: Collection[str] | None = None
    ) -> tuple[Letter, ...]:
        proposals = [
            proposal
            for proposal in plan_letters(self._register, on=on).due
            if (not kind or proposal.kind == kind) and (invited is None or proposal.supplier.id in invited)
        ]
        if limit is not None and len(proposals) > limit:
            chosen = sorted(self._random.sample(range(len(proposals)), limit))
            proposals = [proposals[place] for place in chosen]
        return write_letters(self._register, tuple(proposals), on=on, folder=None).letters

    def _make_by_mistake(self, on: date, plan: RoundPlan, invited: Collection[str]) -> None:
        if self._make(on, limit=plan.limit, invited=invited):
            undo_last(self._register)

    def _post(self, letters: list[Letter]) -> None:
        self._register.by = ADVISORS[0]
        ids = [letter.id for letter in letters]
        mark_printed(self._register, ids)
        mark_posted(self._register, ids)

    def _day(self, days_ago: int) -> date:
        return working_day(self._chronicle.today - timedelta(days=days_ago))
