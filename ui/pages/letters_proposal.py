"""A letter that is due: as a row of the list, and as the pages that it would have."""

from collections.abc import Callable
from datetime import date

from app.base.formatting import short_date
from app.domain.names import sort_key
from app.domain.verdict import Reason, Verdict
from app.services import Register
from app.services.plan_letters import LetterPlan, Proposal
from app.services.write_letters import draft_letters, draft_notes, render_draft
from ui.base.actions import Act, shown_key
from ui.base.desk import Desk
from ui.models.row_table_model import Cell, Column
from ui.widgets.page_preview import Sheets, Wanted


def proposal_columns(reply_by: Callable[[], date]) -> list[Column]:
    """Return the columns of the list; `reply_by` gives the last day to answer, which is the same for all."""
    return [
        Column("tick", "✓", 34, lambda _row: "", Cell.CHECK),
        Column("name", "Leverancier", 0, lambda r: r.supplier.name, Cell.STRONG, lambda r: sort_key(r.supplier.name)),
        Column("kind", "Soort brief", 96, lambda r: r.kind.capitalize(), Cell.TEXT, lambda r: r.kind),
        Column("reason", "Reden", 180, lambda r: _reason_words(r.verdict), Cell.TEXT,
               lambda r: (r.verdict.reason or "", r.verdict.valid_to or date.min)),
        Column("reply_by", "Reageren t/m", 108, lambda _row: short_date(reply_by()), Cell.MUTED, yields=True),
    ]  # fmt: skip


def drafted(proposal: Proposal, *, on: date, before: int, version: int) -> Wanted:
    """Return the letter as it would be made on a day, with so many letters of the round before it.

    `version` tells apart what was known of the register when it was proposed.
    """

    def make(register: Register) -> Sheets:
        draft = draft_letters(register, (proposal,), on=on, before=before)[0]
        return Sheets(render_draft(register, draft), draft_notes(register, draft))

    return Wanted((version, proposal.supplier.id, before), make)


def nothing_words(desk: Desk, plan: LetterPlan | None, *, is_planning: bool, is_choice: bool) -> str:
    """Return why there is no letter to show, and what to do; `is_choice` when suppliers were chosen by hand."""
    if is_planning:
        return "De brieven worden klaargezet …"
    if plan is None:
        return f"Er staan geen brieven klaar. Begin met {shown_key(Act.NEW_ROUND)}."
    if desk.has_rows and not desk.rows:
        where = shown_key(Act.GO_IMPORT)
        return f"Er staan nog geen leveranciers in dit register. Importeer een spreadsheet ({where})."
    seek = f"Eerdere brieven vindt u in het archief ({shown_key(Act.ARCHIVE)})."
    who = "Geen van deze leveranciers krijgt nu een brief." if is_choice else "Niemand hoeft nu een brief te krijgen."
    return f"{who} {seek}"


def _reason_words(verdict: Verdict) -> str:
    if verdict.reason is None:
        return verdict.status.label
    if verdict.reason is Reason.EXPIRED and verdict.valid_to:
        return f"Verlopen, was t/m {short_date(verdict.valid_to)}"
    return verdict.reason.label
