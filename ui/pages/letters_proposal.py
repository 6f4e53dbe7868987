"""A letter that is due: as a row of the list, and as the pages that it would have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.base.formatting import number, short_date
from app.domain.letter import LetterKind
from app.domain.names import sort_key
from app.domain.supplier import Language
from app.domain.verdict import Reason
from app.services import Register
from app.services.proposals import LetterPlan, Proposal
from app.services.round_draft import Otherwise
from app.services.write_letters import draft_letters, draft_notes, render_draft
from ui.base.actions import Act, shown_key
from ui.base.desk import Desk
from ui.models.row_table_model import Cell, Column, Fact
from ui.widgets.page_preview import Sheets, Wanted
from ui.widgets.quiet_combo import QuietCombo


def proposal_columns() -> list[Column]:
    """Return the columns of the list."""
    return [
        Column("tick", "✓", 34, lambda _row: "", Cell.CHECK),
        Column("name", "Leverancier", 0, lambda r: r.supplier.name, Cell.STRONG, lambda r: sort_key(r.supplier.name)),
        Column("mind", "!", 26, lambda r: "!" if r.warnings else "", Cell.STRONG, lambda r: not r.warnings),
        Column("kind", "Soort brief", 168, _kind_words, Cell.TEXT, lambda r: list(LetterKind).index(r.kind)),
        Column("reason", "Reden", 170, _why_words, Cell.TEXT,
               lambda r: (r.verdict.reason or "", r.verdict.valid_to or date.min)),
        Column("reply_by", "Reageren t/m", 108, _reply_words, Cell.MUTED,
               lambda r: r.reply_by or date.max, yields=True, fact=Fact("date", lambda r: r.reply_by)),
    ]  # fmt: skip


def show_kinds(combo: QuietCombo, proposals: Sequence[Proposal]) -> None:
    """Let a choice offer what there is to show, with how many letters each; what was chosen stays chosen.

    The first is what the policy asks for, where there are courtesies beside it. The data of a choice are a `Wish`.
    """
    chosen = combo.currentData()
    entries = [(words, wish) for words, wish in _entries(proposals) if any(map(wish.fits, proposals))]
    combo.blockSignals(True)
    combo.clear()
    for words, wish in entries:
        combo.addItem(f"{words} ({number(sum(map(wish.fits, proposals)))})", wish)
    combo.setCurrentIndex(max((place for place, (_, wish) in enumerate(entries) if wish == chosen), default=0))
    combo.blockSignals(False)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which letters to show: of a kind, a courtesy or not, with something to mind or not; None is all the same."""

    kind: LetterKind | None = None
    is_offer: bool | None = None
    has_warnings: bool | None = None

    def fits(self, found: Proposal) -> bool:
        """Whether a letter is among them."""
        return (
            self.kind in (None, found.kind)
            and self.is_offer in (None, found.is_offer)
            and self.has_warnings in (None, bool(found.warnings))
        )


def _entries(proposals: Sequence[Proposal]) -> list[tuple[str, Wish]]:
    kinds = [(kind.label, Wish(kind=kind)) for kind in LetterKind]
    everything = [("Alle brieven", Wish()), ("Met een waarschuwing", Wish(has_warnings=True))]
    if len({found.is_offer for found in proposals}) < 2:
        return [*everything, *kinds]
    return [("Volgens het beleid", Wish(is_offer=False)), ("Aan te bieden", Wish(is_offer=True)), *everything, *kinds]


def other_letters(proposal: Proposal) -> list[tuple[str, Otherwise]]:
    """Return what else can be written to a supplier, in words."""
    kinds = [(f"Als {kind.noun}", Otherwise(kind=kind)) for kind in proposal.kinds if kind is not proposal.kind]
    others = [language for language in Language if language is not proposal.language]
    return [*kinds, *((f"In het {other.label}", Otherwise(language=other)) for other in others)]


def drafted(proposal: Proposal, *, on: date, before: int, version: int) -> Wanted:
    """Return the letter as it would be made on a day, with so many letters of the round before it.

    `version` tells apart what was known of the register when it was proposed.
    """

    def make(register: Register) -> Sheets:
        draft = draft_letters(register, (proposal,), on=on, before=before)[0]
        return Sheets(render_draft(register, draft), draft_notes(register, draft))

    return Wanted((version, proposal.supplier.id, before, proposal.kind, proposal.language), make)


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


def _kind_words(proposal: Proposal) -> str:
    return f"{proposal.kind.label} (Engels)" if proposal.language is Language.ENGLISH else proposal.kind.label


def _reply_words(proposal: Proposal) -> str:
    return short_date(proposal.reply_by) if proposal.reply_by else ""


def _why_words(proposal: Proposal) -> str:
    """Return what the letter is about; of a courtesy its kind tells that, and only the day is left."""
    verdict = proposal.verdict
    if not proposal.kind.asks:
        until = verdict.until or verdict.valid_to
        return f"t/m {short_date(until)}" if until else ""
    if verdict.reason is Reason.EXPIRED and verdict.valid_to:
        return f"Verlopen {short_date(verdict.valid_to)}"
    return verdict.reason.label if verdict.reason else verdict.status.label
