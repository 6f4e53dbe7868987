"""What the user decides about a round that is being chosen: kept on disk, and taken up again on another day."""

from collections.abc import Collection
from datetime import date

from PySide6.QtCore import QObject, QTimer

from app.base.formatting import count, join_words, long_date
from app.domain.letter import LetterSettings
from app.services.change_settings import get_settings
from app.services.proposals import LetterPlan, Proposal
from app.services.round_draft import Otherwise, RoundChoices, apply_choices, find_choices, keep_choices
from ui.base.desk import Desk

_KEEP_MS = 300


class Choices(QObject):
    """The decisions of one round; `resumed` says in words what was taken up from before, "" for nothing."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Take up what was kept in the register."""
        super().__init__(parent)
        self._desk = desk
        self._choices = RoundChoices()
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_KEEP_MS)
        self._keeping.timeout.connect(self.keep_now)
        self.resumed = ""
        if found := find_choices(desk.register):
            self._choices, begun_at, by = found
            begun = f"{long_date(begun_at.date())} ({by})"
            self.resumed = f"U gaat verder met de ronde van {begun}{_decided(self._choices)}."

    @property
    def only(self) -> tuple[str, ...] | None:
        """For whom the round is; None for everyone."""
        return self._choices.only

    def begin(self, supplier_ids: Collection[str]) -> None:
        """Begin anew, for these suppliers or, when there are none, for everyone."""
        self.resumed = ""
        self._decide(RoundChoices(only=tuple(supplier_ids) or None))

    def forget(self) -> None:
        """Be done: the letters were made."""
        self.begin(())
        self.keep_now()

    def applied(self, plan: LetterPlan, *, on: date) -> tuple[Proposal, ...]:
        """Return the proposals as the user wants them written."""
        settings = get_settings(self._desk.register, LetterSettings)
        return apply_choices(plan, self._choices, on=on, settings=settings)

    def ticked(self, proposals: Collection[Proposal]) -> set[str]:
        """Return the keys of the suppliers whose letter is to be made."""
        return {found.supplier.id for found in proposals if self._choices.has(found)}

    def tick(self, shown: tuple[Proposal, ...], ticked: set[str]) -> None:
        """Note what is ticked among the letters that are shown."""
        self._decide(self._choices.chosen(shown, ticked))

    def write(self, supplier_id: str, otherwise: Otherwise) -> None:
        """Note how to write to a supplier, other than proposed."""
        self._decide(self._choices.written(supplier_id, otherwise))

    def keep_now(self) -> None:
        """Let the register keep what was decided."""
        self._keeping.stop()
        choices = self._choices
        self._desk.keep(
            lambda register, _progress: keep_choices(register, choices),
            what="Ronde bewaren",
            owner=self,
            done=lambda _nothing: None,
            failed=self._desk.report,
        )

    def _decide(self, choices: RoundChoices) -> None:
        if choices != self._choices:
            self._choices = choices
            self._keeping.start()


def _decided(choices: RoundChoices) -> str:
    parts = [
        count(len(choices.only), "gekozen leverancier", "gekozen leveranciers") if choices.only else "",
        f"{len(choices.left_out)} uitgevinkt" if choices.left_out else "",
        f"{len(choices.taken)} extra aangevinkt" if choices.taken else "",
        f"{len(choices.otherwise)} anders geschreven" if choices.otherwise else "",
    ]
    told = join_words([part for part in parts if part])
    return f": {told}" if told else ""
