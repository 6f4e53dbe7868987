"""Afspraken: exemptions, postponements, promises and what is still to be done, in one list."""

from datetime import date

from app.base.formatting import short_date
from app.domain.journal import FollowUp, Promise
from app.domain.policy import Exemption, Postponement, Respite
from app.services.show_supplier import Dossier
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column, Fact
from ui.pages.supplier_sections.nouns import EXEMPTION, FOLLOW_UP, POSTPONEMENT, PROMISE
from ui.pages.supplier_sections.record_list import RecordList
from ui.pages.supplier_sections.record_pane import RecordPane
from ui.pages.supplier_sections.section import ListSection

_KINDS = {Exemption: "Vrijstelling", Postponement: "Uitstel", Promise: "Toezegging", FollowUp: "Taak"}


class AgreementsSection(ListSection):
    """The list at the left, the chosen one at the right."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build both."""
        super().__init__(desk, navigator, state)
        pane = RecordPane(desk, [PROMISE, FOLLOW_UP, POSTPONEMENT, EXEMPTION])
        columns = [
            Column("kind", "Soort", 112, lambda r: _KINDS[type(r)], Cell.STRONG),
            Column("what", "Wat", 0, lambda r: r.reason if isinstance(r, Respite) else r.what),
            Column("from", "Vanaf", 116, lambda r: short_date(r.from_on) if isinstance(r, Respite) else "", Cell.MUTED,
                   yields=True, fact=Fact("date", lambda r: r.from_on if isinstance(r, Respite) else None)),
            Column("to", "T/m", 116, lambda r: short_date(_last_day(r)), Cell.TEXT, _last_day,
                   fact=Fact("date", _last_day)),
            Column("by", "Door", 120, lambda r: r.approver if isinstance(r, Respite) else r.by, Cell.MUTED,
                   yields=True),
            Column("state", "Stand", 112, lambda r: standing(r, desk.on).capitalize()),
        ]  # fmt: skip
        records = RecordList(
            "supplier.agreements", "Afspraken", columns, pane, state, adds="Afspraak toevoegen",
            empty="Nog geen afspraken. Hier staan toezeggingen, taken, uitstel en vrijstellingen.",
        )  # fmt: skip
        self._lay_out(records)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show everything agreed, the latest day first."""
        found = (*dossier.exemptions, *dossier.postponements, *dossier.promises, *dossier.follow_ups)
        self._list.show_records(dossier.supplier.id, sorted(found, key=_last_day, reverse=True))


def standing(agreed: Respite | Promise | FollowUp, on: date) -> str:
    """Return how it stands on a day."""
    if isinstance(agreed, Respite):
        if on < agreed.from_on:
            return "begint nog"
        return "afgelopen" if agreed.to_on < on else "loopt"
    is_done = agreed.settled_at if isinstance(agreed, Promise) else agreed.done_at
    if is_done:
        return "afgehandeld" if isinstance(agreed, Promise) else "klaar"
    return "te laat" if agreed.due_on < on else "open"


def _last_day(agreed: Respite | Promise | FollowUp) -> date:
    return agreed.to_on if isinstance(agreed, Respite) else agreed.due_on
