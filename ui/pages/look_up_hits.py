"""The lines of the phone screen's list: suppliers that fit, notes that are open, and conversations of before."""

from collections.abc import Sequence

from app.base.clock import AMSTERDAM
from app.base.formatting import short_date
from app.domain.journal import UNKNOWN_CALLER, CallDraft, CallNote
from app.domain.rows import LookUpMatch
from app.domain.verdict import Status
from app.services.calls import recent_calls
from app.services.look_up import find_matches, list_matches
from ui.base.desk import Desk
from ui.base.state import WindowState
from ui.pages.look_up_facts import status_words
from ui.widgets.hit_list import Hit

_RECENT = "look_up.recent"
_MOST = 20
_LONGEST = 60


class RecentSuppliers:
    """Which suppliers were opened last on this laptop, the last one first."""

    def __init__(self, state: WindowState) -> None:
        """Remember them with the window."""
        self._state = state

    def keys(self) -> list[str]:
        """Return their keys; these are plain, and what is not was never one."""
        return [key for key in self._state.get(_RECENT, [""]) if key and key.isascii()][:_MOST]

    def add(self, supplier_id: str) -> None:
        """Note that a supplier was opened."""
        kept = [key for key in self.keys() if key != supplier_id]
        self._state.set(_RECENT, [supplier_id, *kept][:_MOST])


def found_lines(desk: Desk, sought: str, *, limit: int) -> tuple[list[Hit], str]:
    """Return who fits what was typed, and how many they are in words."""
    found = find_matches(desk.register, sought, limit=limit)
    hits = [_match_hit(desk, match) for match in found.shown]
    if found.total is None:
        return hits, f"Meer dan 100; de beste {len(hits)}"
    return hits, f"{found.total} gevonden" + (f"; de beste {len(hits)}" if found.total > len(hits) else "")


def opened_lines(desk: Desk, drafts: Sequence[CallDraft], recent: Sequence[str]) -> tuple[list[Hit], str]:
    """Return the notes that are open and the suppliers opened last, with a heading."""
    open_notes = draft_hits(desk, drafts)
    noted = {hit.match.supplier_id for hit in open_notes}
    hits = [*open_notes, *match_hits(desk, [key for key in recent if key not in noted])]
    if not hits:
        return hits, "Nog niemand geopend"
    return hits, "Open notities en laatst geopend" if open_notes else "Laatst geopend"


def past_lines(desk: Desk, *, limit: int) -> tuple[list[Hit], str]:
    """Return the last conversations, with a heading."""
    past = recent_calls(desk.register, limit=limit)
    callers = _callers(desk, [note.supplier_id for note in past])
    hits = (
        _call_hit(desk, callers.get(one.supplier_id), _day(one), one.caller, one.text or "geen notitie") for one in past
    )
    lines = [hit._replace(note_id=note.id) for hit, note in zip(hits, past, strict=True)]
    return lines, "Laatste gesprekken" if lines else "Er zijn nog geen gesprekken"


def match_hits(desk: Desk, supplier_ids: Sequence[str]) -> list[Hit]:
    """Return the lines of these suppliers, without those that ended or are not there."""
    return [_match_hit(desk, match) for match in list_matches(desk.register, supplier_ids)]


def draft_hits(desk: Desk, drafts: Sequence[CallDraft]) -> list[Hit]:
    """Return a line per note that is open, also of who is not known."""
    callers = _callers(desk, [draft.supplier_id for draft in drafts])
    hits = (
        _call_hit(desk, callers.get(one.supplier_id), f"open notitie van {_clock(one)}", one.caller, one.text)
        for one in drafts
    )
    return [hit._replace(draft_id=draft.id) for hit, draft in zip(hits, drafts, strict=True)]


def _match_hit(desk: Desk, match: LookUpMatch) -> Hit:
    status, words = _status(desk, match.supplier_id)
    return Hit(match, status, words)


def _callers(desk: Desk, supplier_ids: Sequence[str | None]) -> dict[str | None, LookUpMatch]:
    """Return what is shown of these suppliers; of one that has ended its name."""
    keys = [key for key in supplier_ids if key]
    known: dict[str | None, LookUpMatch] = {match.supplier_id: match for match in list_matches(desk.register, keys)}
    for key in keys:
        if key not in known and (ended := desk.register.suppliers.find(key)):
            known[key] = LookUpMatch(key, ended.name, ended.kvk, ended.visiting.city, ended.phone, is_ended=True)
    return known


def _call_hit(desk: Desk, match: LookUpMatch | None, when: str, caller: str, words: str) -> Hit:
    found = match or LookUpMatch(supplier_id="", name=caller or UNKNOWN_CALLER, kvk="", city="", phone="")
    status, status_text = _status(desk, found.supplier_id)
    about = " · ".join(filter(None, (when, caller if match else "", shortened(words))))
    return Hit(found, status, status_text, about=about)


def _status(desk: Desk, supplier_id: str) -> tuple[Status | None, str]:
    found = desk.row(supplier_id)
    return (None, "") if found is None else (found.status, status_words(found, on=desk.on))


def _clock(draft: CallDraft) -> str:
    return f"{draft.started_at.astimezone(AMSTERDAM):%H:%M}"


def _day(note: CallNote) -> str:
    local = note.started_at.astimezone(AMSTERDAM)
    return f"{short_date(local.date())} {local:%H:%M}"


def shortened(words: str) -> str:
    """Return words on one line, cut where that is too long for a line of the list."""
    line = " ".join(words[:200].split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
