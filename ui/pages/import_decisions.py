"""What the user decides about rows that may be a supplier of the register: the same, a new one, or left out."""

from collections.abc import Collection, Iterable, Mapping

from app.services.import_register import Decision, Doubt
from app.services.show_import import Lookalike, RowChange

CHOICES = (Doubt.SAME, Doubt.NEW, Doubt.SKIP)
CHOICE_WORDS = ("Dezelfde", "Nieuw", "Overslaan")

Decisions = Mapping[int, Decision]


def can_decide(row: RowChange) -> bool:
    """Whether there is something to decide about a row."""
    return bool(row.asked_at)


def decide(
    decisions: Decisions,
    asked: Iterable[RowChange],
    chosen: Collection[RowChange],
    doubt: Doubt | None,
    like: Lookalike | None = None,
) -> Decisions:
    """Return the decisions after one more, about the chosen rows and those `asked` about together with them.

    The same decision once more takes it back, as None does. `like` is the supplier that the rows are, else each is the
    one that it resembles most.
    """
    wanted = {row.asked_at: _decision(row, doubt, like) for row in chosen if can_decide(row)}
    rows = [row for row in asked if row.asked_at in wanted]
    if doubt is None or all(decisions.get(row.row) == wanted[row.asked_at] for row in rows):
        gone = {row.row for row in rows}
        return {number: found for number, found in decisions.items() if number not in gone}
    made = {row.row: found for row in rows if (found := wanted[row.asked_at]) is not None}
    return {**decisions, **made}


def _decision(row: RowChange, doubt: Doubt | None, like: Lookalike | None) -> Decision | None:
    if doubt is None:
        return None
    if doubt is not Doubt.SAME:
        return Decision(doubt)
    found = like if like in row.resembles else next(iter(row.resembles), None)
    return Decision(doubt, found.supplier_id) if found else None
