"""Two suppliers side by side: why they may be one, what each of them says, and what stays of it."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.base.formatting import count, join_words
from app.services.find_duplicates import Duplicate
from app.services.merge_suppliers import Choice, MergePlan, Side
from ui.base.actions import Act, bind
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column
from ui.widgets.action_button import ActionButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import card, column, framed, table_head, text
from ui.widgets.row_table import RowTable

_NOTHING = "—"
_NEXT = {Qt.Key.Key_Space, Qt.Key.Key_Right}
_KEEPS = (
    "Een naam, KvK-nummer of telefoon die niet blijft, wordt bewaard als eerdere of andere. "
    "Brieven blijven zoals ze zijn gemaakt."
)


class _Line(NamedTuple):
    """One choice, and whose value stays as things stand."""

    choice: Choice
    side: Side


class DuplicateChoices(QWidget):
    """What merging the pair would do; the choices of each pair are kept until it is dealt with."""

    def __init__(self, state: WindowState) -> None:
        """Begin without a pair."""
        super().__init__()
        self._plan: MergePlan | None = None
        self._chosen: dict[tuple[str, str], dict[str, Side]] = {}
        self._pair = ("", "")
        other = bind(Act.OTHER_VALUE, self, lambda: self._turn(1))
        self._why_for, self._why_against = text(role="small", wraps=True), text(role="warning", wraps=True)
        self._table = _ChoiceTable("duplicates.choices", "Wat blijft", _columns("", ""), lambda line: line.choice.key,
                                   state)  # fmt: skip
        self._asked = text(role="heading")
        self._same, self._moves = ElidedLabel(role="muted"), ElidedLabel(role="muted")
        self._keeps = text(_KEEPS, "small", wraps=True)
        why = column(self._asked, self._why_for, self._why_against, gap=4)
        head = table_head(why, ActionButton(other))
        head.setStretch(0, 1)
        choices = framed(head, self._table)
        parts = column(choices, card(self._same, self._moves, self._keeps, gap=4), gap=8)
        parts.setStretchFactor(choices, 1)
        self.setLayout(parts)
        self._table.turned.connect(self._turn)
        self._table.opened.connect(lambda _line: self._turn(1))

    @property
    def plan(self) -> MergePlan | None:
        """What merging the pair that is shown would do."""
        return self._plan

    @property
    def chosen(self) -> Mapping[str, Side]:
        """What was chosen for the pair that is shown."""
        return self._chosen.get(self._pair, {})

    @property
    def has_focus(self) -> bool:
        """Whether somebody is choosing."""
        return self._table.hasFocus()

    def take_focus(self) -> None:
        """Go to the choices."""
        self._table.setFocus()

    def show_pair(self, pair: Duplicate, plan: MergePlan) -> None:
        """Show a pair, with what was chosen for it before."""
        self._plan, self._pair = plan, pair.key
        found = pair.likeness
        self._why_for.setText(f"Voor: {join_words(found.reasons_for)}." if found.reasons_for else "")
        self._why_against.setText(f"Tegen: {join_words(found.reasons_against)}." if found.reasons_against else "")
        for words in (self._why_for, self._why_against):
            words.setVisible(bool(words.text()))
        self._table.rows_model.set_columns(_columns(plan.kept.name, plan.gone.name))
        self._same.say(f"Gelijk: {join_words(plan.same)}." if plan.same else "Geen van de gegevens is gelijk.")
        self._moves.say(f"Gaat mee: {join_words(plan.moves)}." if plan.moves else "Er gaat verder niets mee.")
        self._show()

    def forget(self, key: tuple[str, str]) -> None:
        """Forget what was chosen for a pair that is dealt with."""
        self._chosen.pop(key, None)

    def _show(self) -> None:
        assert self._plan is not None
        sides = self._plan.sides(self.chosen)
        lines = [_Line(choice, sides[choice.key]) for choice in self._plan.choices]
        # What loses something is looked at first.
        lines.sort(key=lambda line: not line.choice.is_conflict)
        self._table.show_rows(lines)
        conflicts = sum(line.choice.is_conflict for line in lines)
        words = count(conflicts, "verschil", "verschillen")
        self._asked.setText(f"Wat blijft: {words} om na te kijken" if conflicts else "Wat blijft: niets om te kiezen")

    def _turn(self, by: int) -> None:
        line: _Line | None = self._table.current_row()
        if line is not None:
            sides = [*line.choice.options]
            side = sides[(sides.index(line.side) + by) % len(sides)]
            self._chosen.setdefault(self._pair, {})[line.choice.key] = side
            self._show()


class _ChoiceTable(RowTable):
    """`turned` tells by how many places the choice of the current line moves."""

    turned = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar and the arrows to the side choose."""
        if event.key() in _NEXT:
            self.turned.emit(1)
        elif event.key() == Qt.Key.Key_Left:
            self.turned.emit(-1)
        else:
            super().keyPressEvent(event)


def _columns(kept: str, gone: str) -> list[Column]:
    return [
        Column("label", "Gegeven", 224, lambda line: line.choice.label, Cell.MUTED),
        Column("kept", kept, 236, lambda line: _plain(line.choice.kept), Cell.TEXT),
        Column("gone", gone, 236, lambda line: _plain(line.choice.gone), Cell.TEXT),
        Column("stays", "Blijft", 0, lambda line: _plain(line.choice.options[line.side]), Cell.STRONG),
    ]


def _plain(words: str) -> str:
    return " / ".join(words.splitlines()) or _NOTHING
