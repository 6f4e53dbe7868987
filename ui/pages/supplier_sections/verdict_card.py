"""The card "Waarom dit oordeel?": the verdict in sentences, and what would mend it."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from app.base.formatting import euro, long_date
from app.domain.certificate import Level
from app.domain.verdict import Reason, Status, Verdict
from app.services.judge_suppliers import Judged
from ui.widgets.layout import CARD_EDGE, column, text

_RESPITE = "of een vastgelegde vrijstelling of uitstel"


class VerdictCard(QFrame):
    """Text that can be read out loud."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setProperty("role", "card")
        self._why, self._needed = text(wraps=True), text(role="muted", wraps=True)
        for label in (self._why, self._needed):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            # Its height follows from its width; Qt's own least height is that of the narrowest column.
            label.setMinimumHeight(1)
        self.setLayout(column(text("Waarom dit oordeel?", "heading"), self._why, self._needed, edge=CARD_EDGE))

    def show_verdict(self, judged: Judged) -> None:
        """Show why, what is needed, and what is expected beside it."""
        self._why.setText(judged.explanation)
        parts = [what_is_needed(judged.verdict), *judged.advice]
        self._needed.setText("\n".join(filter(None, parts)))
        self._needed.setVisible(any(parts))


def what_is_needed(verdict: Verdict) -> str:
    """Return what would make a supplier meet the policy, or keep it so; "" when nothing would."""
    level = f"{_level(verdict.required)} of hoger"
    match verdict.status:
        case Status.NON_COMPLIANT | Status.POSTPONED if verdict.reason is Reason.MEMBER_FAILS:
            return f"Wat is nodig: een certificaat {level} van elk lid, {_RESPITE}."
        case Status.NON_COMPLIANT | Status.POSTPONED if verdict.reason is Reason.NOT_COVERED:
            return f"Wat is nodig: een certificaat {level} met dit KvK-nummer erop, {_RESPITE}."
        case Status.NON_COMPLIANT:
            return f"Wat is nodig: een certificaat {level}, {_RESPITE}."
        case Status.POSTPONED:
            return f"Wat is nodig: een certificaat {level}, voordat het uitstel afloopt."
        case Status.EXPIRING if verdict.valid_to:
            first = long_date(verdict.valid_to + timedelta(days=1))
            return f"Wat is nodig: een nieuw certificaat {level} dat uiterlijk {first} ingaat."
        case Status.UNKNOWN:
            return f"Wat is nodig: het bedrag van {verdict.on.year}. Vul het in bij Contracten."
        case Status.BELOW_THRESHOLD if verdict.headroom_cents is not None and verdict.headroom_cents > 0:
            return f"Nog {euro(verdict.headroom_cents)} tot de drempel."
        case Status.COMPLIANT if verdict.is_unverified:
            return "Wat is nodig: een controle van het certificaat."
    return ""


def _level(level: Level | None) -> str:
    return level.label if level else "van de gevraagde trede"
