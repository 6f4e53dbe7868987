"""The conversations that are not finished: what is typed in a note is kept, whatever happens to screen or program."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, Signal

from app.base.clock import AMSTERDAM
from app.base.errors import AppError
from app.domain.journal import CallDraft
from app.services import calls
from app.services.calls import Agreed
from ui.base.desk import Desk

_PAUSE_MS = 500
_AGAIN_MS = 10_000
_PATIENCE_S = 3.0


class OpenCalls(QObject):
    """The drafts as they are on screen, the newest first, written after every pause and whenever that is asked.

    `changed` tells that there are more, fewer, or that one belongs to another supplier; `kept` that the state of
    writing changed.
    """

    changed = Signal()
    kept = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Read the drafts of before."""
        super().__init__(parent)
        self._desk = desk
        self._drafts: dict[str, CallDraft] = {}
        self._unwritten: set[str] = set()
        self._under_way: Counter[str] = Counter()
        self._finishing: set[str] = set()
        self._problems: dict[str, str] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.keep_now)
        desk.changed.connect(self.follow_register)
        self.follow_register()

    @property
    def drafts(self) -> tuple[CallDraft, ...]:
        """The conversations, the newest first."""
        # Of two in one second the one that was begun last.
        found = reversed(self._drafts.values())
        return tuple(sorted(found, key=lambda draft: draft.started_at, reverse=True))

    @property
    def problem(self) -> str:
        """Why a note could not be written, "" when all is well."""
        return next(iter(self._problems.values()), "")

    def find(self, draft_id: str) -> CallDraft | None:
        """Return one of them."""
        return self._drafts.get(draft_id)

    def find_for(self, supplier_id: str) -> CallDraft | None:
        """Return the newest with a supplier."""
        return next((draft for draft in self.drafts if draft.supplier_id == supplier_id), None)

    def find_unknown(self, caller: str = "") -> CallDraft | None:
        """Return the newest without a supplier, of that caller when one is given."""
        return next(
            (draft for draft in self.drafts if draft.supplier_id is None and (not caller or draft.caller == caller)),
            None,
        )

    def is_finishing(self, draft_id: str) -> bool:
        """Whether it is on its way to be a call note: nothing more is typed in it."""
        return draft_id in self._finishing

    def is_unsafe(self, draft_id: str) -> bool:
        """Whether a note could not be written."""
        return draft_id in self._problems

    def state(self, draft_id: str) -> str:
        """Return in Dutch how safe a note is."""
        draft = self._drafts.get(draft_id)
        if draft is None or not (draft.text or draft.is_call):
            return ""
        if problem := self._problems.get(draft_id):
            return f"Nog niet bewaard: {problem}"
        if draft_id in self._finishing:
            return "Wordt vastgelegd…"
        if draft_id in self._unwritten or self._under_way[draft_id]:
            return "Wordt bewaard…"
        return f"Bewaard om {draft.saved_at.astimezone(AMSTERDAM):%H:%M}"

    # -- typing -------------------------------------------------------------------------------------------------------

    def begin(self, supplier_id: str | None, *, caller: str = "", text: str = "", is_call: bool = False) -> CallDraft:
        """Begin a conversation now, with what was typed of it; one that the phone began is written at once."""
        begun = calls.begin_call(self._desk.register, supplier_id, by=self._desk.by, caller=caller, is_call=is_call)
        draft = replace(begun, text=text)
        self._put(draft)
        if is_call:
            self.keep_now()
        else:
            self._pause.start(_PAUSE_MS)
        self.changed.emit()
        return draft

    def type(self, draft_id: str, text: str) -> None:
        """Take what stands in a note; it is written when the typing pauses."""
        draft = self._drafts.get(draft_id)
        if draft is not None and draft.text != text and draft_id not in self._finishing:
            self._put(replace(draft, text=text))
            self._pause.start(_PAUSE_MS)
            self.kept.emit()

    def link(self, draft_id: str, supplier_id: str | None) -> None:
        """Say with whom a conversation is; None: with nobody known."""
        draft = self._drafts.get(draft_id)
        if draft is not None and draft.supplier_id != supplier_id:
            self._put(replace(draft, supplier_id=supplier_id))
            self.keep_now()
            self.changed.emit()

    def drop(self, draft_id: str) -> None:
        """Throw away a note; one that says something is not thrown away."""
        draft = self._drafts.get(draft_id)
        if draft is None or draft.text.strip() or draft_id in self._finishing:
            return
        self._forget(draft_id)
        self._desk.keep(
            lambda register, _progress: calls.drop_draft(register, draft_id),
            what="Lege notitie weghalen",
            owner=self,
            done=lambda _nothing: None,
            failed=self._desk.report,
        )

    # -- writing ------------------------------------------------------------------------------------------------------

    def keep_now(self) -> None:
        """Write what was not written yet."""
        self._pause.stop()
        for draft_id in tuple(self._unwritten):
            self._write(self._drafts[draft_id])
        self.kept.emit()

    def settle(self) -> str:
        """Write everything and wait a while for it; returns why that did not succeed, "" when it did.

        What waits behind something long is written all the same when the register closes.
        """
        self.keep_now()
        until = time.monotonic() + _PATIENCE_S
        while +self._under_way and time.monotonic() < until:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)
        return self.problem

    def finish(self, draft_id: str, *, done: Callable[[], None], refused: Callable[[], None]) -> None:
        """Make a call note of it; `done` runs when it is in the register, `refused` when it is still a draft."""
        if draft_id in self._finishing:
            return
        draft = self._drafts[draft_id]
        self._unwritten.discard(draft_id)
        self._finishing.add(draft_id)

        def finished(_note: Any) -> None:
            self._finishing.discard(draft_id)
            self._forget(draft_id)
            done()

        def failed(error: BaseException) -> None:
            self._finishing.discard(draft_id)
            self._unwritten.add(draft_id)
            self._pause.start(_PAUSE_MS)
            refused()
            self._desk.report(error)

        self._desk.write(
            lambda register, _progress: calls.finish_call(register, draft),
            what="Gesprek vastleggen",
            owner=self,
            done=finished,
            failed=failed,
            touched=() if draft.supplier_id is None else (draft.supplier_id,),
        )
        self.kept.emit()

    def agree(
        self,
        supplier_id: str,
        follow_up: Agreed | None,
        promise: Agreed | None,
        *,
        done: Callable[[], None],
        refused: Callable[[], None],
    ) -> None:
        """Record what was agreed with a supplier."""

        def failed(error: BaseException) -> None:
            refused()
            self._desk.report(error)

        self._desk.write(
            lambda register, _progress: calls.add_agreed(register, supplier_id, follow_up=follow_up, promise=promise),
            what="Afspraak vastleggen",
            owner=self,
            done=lambda _nothing: done(),
            failed=failed,
            touched=(supplier_id,),
        )

    def follow_register(self) -> None:
        """Take in what came back by an undo, and know of suppliers that are gone or were merged."""
        register = self._desk.register
        if not self._desk.is_ready:
            return
        new = [draft for draft in reversed(calls.list_drafts(register)) if draft.id not in self._drafts]
        self._drafts |= {draft.id: draft for draft in new}
        now = {draft.id: calls.supplier_now(register, draft) for draft in self._drafts.values()}
        moved = [draft for draft in self._drafts.values() if draft.supplier_id != now[draft.id]]
        for draft in moved:
            self._put(replace(draft, supplier_id=now[draft.id]))
        if new or moved:
            self.changed.emit()

    def _put(self, draft: CallDraft) -> None:
        self._drafts[draft.id] = draft
        self._unwritten.add(draft.id)

    def _write(self, draft: CallDraft) -> None:
        self._unwritten.discard(draft.id)
        self._under_way[draft.id] += 1
        self._desk.keep(
            lambda register, _progress: calls.keep_draft(register, draft),
            what="Notitie bewaren",
            owner=self,
            done=self._written,
            failed=lambda error: self._failed(draft.id, error),
        )

    def _written(self, kept: CallDraft) -> None:
        self._under_way[kept.id] -= 1
        self._problems.pop(kept.id, None)
        if draft := self._drafts.get(kept.id):
            self._drafts[kept.id] = replace(draft, saved_at=kept.saved_at)
        self.kept.emit()

    def _failed(self, draft_id: str, error: BaseException) -> None:
        self._under_way[draft_id] -= 1
        error = self._desk.register.explained(error)
        if draft_id in self._drafts:
            self._unwritten.add(draft_id)
            self._problems[draft_id] = error.message if isinstance(error, AppError) else "er ging iets mis."
            self._pause.start(_AGAIN_MS)
        if not isinstance(error, AppError):
            self._desk.report(error)
        self.kept.emit()

    def _forget(self, draft_id: str) -> None:
        self._drafts.pop(draft_id, None)
        self._unwritten.discard(draft_id)
        self._problems.pop(draft_id, None)
        self.changed.emit()
