"""The register as the services see it: one repository per noun, operations, look-up and verdicts."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from app.base.clock import Clock
from app.base.errors import AppError
from app.base.keys import random_keys
from app.base.progress import NoProgress, Progress
from app.base.settings import SettingsClass, from_text, to_text
from app.domain.certificate import Verification
from app.domain.contract import Contract, YearAmount
from app.domain.journal import CallDraft, CallNote, FollowUp, ImportBatch, Operation, Promise
from app.domain.letter import LetterReply, LetterRound, LetterTemplate, RoundDraft
from app.domain.policy import Exemption, Postponement, Rule
from app.domain.rows import Records
from app.domain.supplier import Contact, Member, NotTheSame, Supplier
from app.storage import changes, moves
from app.storage.certificates import CertificateRepository
from app.storage.database import OpenRegister, explained, readable_errors
from app.storage.documents import Documents
from app.storage.drafts import CallDrafts, RoundDrafts
from app.storage.history import History
from app.storage.letters import LetterRepository
from app.storage.look_up import LookUpIndex
from app.storage.mapping import RowShape, encode
from app.storage.repository import Repository
from app.storage.sent_letters import SentLetterQuery
from app.storage.set_asides import SetAsideRepository
from app.storage.supplier_list import SupplierListQuery
from app.storage.verdicts import VerdictQuery

S = TypeVar("S", bound=SettingsClass)

_log = logging.getLogger(__name__)


class Register:
    """An open register. Reading is always possible; writing only inside `operation`."""

    def __init__(self, opened: OpenRegister, *, clock: Clock, by: str, new_id: Callable[[], str] | None = None) -> None:
        """`by` is the advisor who works here; `new_id` makes keys, random unless a test wants otherwise."""
        self._opened = opened
        self._db = db = opened.db
        self.path = opened.path
        self.can_write = opened.can_write
        self.clock = clock
        self.by = by
        self.new_id = new_id or random_keys()
        self.suppliers = Repository(db, RowShape(Supplier, "supplier"), title="leverancier")
        self.members = Repository(db, RowShape(Member, "member"), title="lid")
        self.not_the_same = Repository(db, RowShape(NotTheSame, "not_the_same"), title="onderscheid")
        self.contacts = Repository(db, RowShape(Contact, "contact"), title="contactpersoon")
        self.contracts = Repository(db, RowShape(Contract, "contract"), title="contract")
        self.amounts = Repository(db, RowShape(YearAmount, "year_amount"), title="bedrag")
        self.certificates = CertificateRepository(db)
        self.verifications = Repository(db, RowShape(Verification, "verification"), title="controle")
        self.exemptions = Repository(db, RowShape(Exemption, "exemption"), title="vrijstelling")
        self.postponements = Repository(db, RowShape(Postponement, "postponement"), title="uitstel")
        self.promises = Repository(db, RowShape(Promise, "promise"), title="toezegging")
        self.follow_ups = Repository(db, RowShape(FollowUp, "follow_up"), title="taak")
        self.call_notes = Repository(db, RowShape(CallNote, "call_note"), title="gesprek")
        self.set_asides = SetAsideRepository(db)
        self.call_drafts = CallDrafts(db)
        self.rules = Repository(db, RowShape(Rule, "rule"), title="regel")
        self.templates = Repository(db, RowShape(LetterTemplate, "letter_template"), title="brieftekst")
        self.letter_rounds = Repository(db, RowShape(LetterRound, "letter_round"), title="briefronde")
        self.letters = LetterRepository(db)
        self.documents = Documents(db)
        self.letter_replies = Repository(db, RowShape(LetterReply, "letter_reply"), title="antwoord")
        self.round_drafts = RoundDrafts(db)
        self.import_batches = Repository(db, RowShape(ImportBatch, "import_batch"), title="import")
        self.look_up = LookUpIndex(db)
        self.verdicts = VerdictQuery(db)
        self.supplier_list = SupplierListQuery(db)
        self.sent_letters = SentLetterQuery(db)
        self.history = History(db)

    def records(self) -> Records:
        """Return what an import compares: every supplier, those that ended too, with all that has not ended."""
        return Records(
            suppliers=self.suppliers.list_ever(),
            contacts=self.contacts.list_all(),
            contracts=self.contracts.list_all(),
            amounts=self.amounts.list_all(),
            certificates=self.certificates.list_all(),
            verifications=self.verifications.list_all(),
        )

    def settings(self, cls: type[S]) -> S:
        """Return the settings of one section."""
        stored = dict(self._db.execute("SELECT id, value FROM setting WHERE id GLOB ?", [f"{cls.section}.*"]))
        return from_text(cls, stored)

    def save_settings(self, settings: SettingsClass) -> None:
        """Write the settings of one section, only those that differ."""
        stored = dict(self._db.execute("SELECT id, value FROM setting"))
        self._write_settings({key: text for key, text in to_text(settings).items() if stored.get(key) != text}, stored)

    def _write_settings(self, values: Mapping[str, str], stored: Mapping[str, str]) -> None:
        for key, text in values.items():
            if key in stored:
                self._db.execute("UPDATE setting SET value = ? WHERE id = ?", [text, key])
            else:
                self._db.execute("INSERT INTO setting (id, value) VALUES (?, ?)", [key, text])

    def keep_draft(self, draft: CallDraft) -> None:
        """Write the draft of a note, on disk when this returns: a transaction outside the history.

        Raises `RegisterError` when the disk or the file refuses.
        """
        with readable_errors(self.path):
            self.call_drafts.keep(draft)

    def drop_drafts(self, draft_id: str) -> None:
        """Remove the draft of a note, and those that became notes; raises `RegisterError`."""
        with readable_errors(self.path):
            self.call_drafts.drop(draft_id)

    def keep_round_draft(self, draft: RoundDraft) -> None:
        """Write what was chosen for a round, instead of what was kept before; raises `RegisterError`."""
        with readable_errors(self.path):
            self.round_drafts.keep(draft)

    def drop_round_draft(self) -> None:
        """Forget what was chosen for a round; raises `RegisterError`."""
        with readable_errors(self.path):
            self.round_drafts.drop()

    @contextmanager
    def operation(self, kind: str, label: str, *, is_undoable: bool = True) -> Iterator[int]:
        """Everything inside is one transaction, one entry in the history and one step of undo.

        Yields the operation's number. An error leaves nothing behind; an operation that changed nothing is not kept.
        Raises `RegisterError` when the disk or the file refuses.
        """
        with readable_errors(self.path):
            try:
                with self._db.atomic():
                    number = self._begin(kind, label, is_undoable)
                    yield number
                    if not self._finish(number):
                        raise _NothingChangedError
            except _NothingChangedError:
                return
        _log.info("operation %s: %s", number, kind)

    def undo(self, operation: Operation, *, progress: Progress | None = None) -> tuple[changes.Kept, ...]:
        """Take back one operation as an operation of its own; returns what was left alone (see `take_back`).

        Taking back an undo is doing again, and the history says so. Raises `Cancelled`, and `AppError` for suppliers
        that were merged further since; nothing was changed then.
        """
        undone, again = "Ongedaan gemaakt: ", "Opnieuw gedaan: "
        label = undone + operation.label if operation.undoes is None else again + operation.label.removeprefix(undone)
        with self.operation("undo", label) as number:
            kept = changes.take_back(self._db, operation.id, progress or NoProgress())
            self._db.execute("UPDATE operation SET undoes = ? WHERE number = ?", [operation.id, number])
            self._db.execute("UPDATE operation SET undone_by = ? WHERE number = ?", [number, operation.id])
            if operation.undoes is not None:
                self._db.execute("UPDATE operation SET undone_by = NULL WHERE number = ?", [operation.undoes])
            self._must_lead_on()
        return kept

    def _must_lead_on(self) -> None:
        """Raise `AppError` where a merged supplier would lead to one that was merged itself, or be there beside it."""
        found = self._db.execute(
            "SELECT k.name FROM supplier g JOIN supplier k ON k.id = g.merged_into "
            "WHERE g.archived_at IS NULL OR k.merged_into IS NOT NULL"
        ).fetchone()
        if found:
            raise AppError(
                f"{found[0]} is later nog eens samengevoegd. Er is niets teruggedraaid.",
                "Draai eerst het laatste samenvoegen terug.",
            )

    def move_all(self, gone_id: str, *, kept_id: str) -> None:
        """Give what is recorded of one supplier to another, but its letters (see `moves.move_all`)."""
        moves.move_all(self._db, gone_id, kept=kept_id, at=encode(self.clock.now()))

    def survivor_id(self, supplier_id: str) -> str:
        """Return the supplier that this one turned out to be, itself where it was not merged."""
        found = self._db.execute("SELECT merged_into FROM supplier WHERE id = ?", [supplier_id]).fetchone()
        return found[0] if found and found[0] else supplier_id

    def is_seeded(self) -> bool:
        """Whether the rules and texts were put in when it was made: without them every verdict would be wrong."""
        return self._db.execute("SELECT 1 FROM operation WHERE kind = 'init'").fetchone() is not None

    def newest_change(self) -> int:
        """Return the number of the newest change, to see later whether anything was changed since."""
        found: int = self._db.execute("SELECT ifnull(max(seq), 0) FROM change").fetchone()[0]
        return found

    def explained(self, error: BaseException) -> BaseException:
        """Return what SQLite says about the file or the disk as a `RegisterError`, any other error as it is.

        For whoever reads outside `operation`: damage or a lock may show at any time.
        """
        return explained(self.path, error)

    def integrity_problems(self) -> tuple[str, ...]:
        """Return what SQLite finds wrong with the file; nothing when it is whole."""
        with readable_errors(self.path):
            found = [row[0] for row in self._db.execute("PRAGMA integrity_check") if row[0] != "ok"]
            found += [f"{row[0]} → {row[2]}" for row in self._db.execute("PRAGMA foreign_key_check")]
        return tuple(found)

    def unlogged_tables(self) -> tuple[str, ...]:
        """Return the tables that hold something the change log does not tell."""
        return tuple(changes.replay_differences(self._db))

    def close(self) -> None:
        """Close the file and let the next writer in."""
        self._opened.close()

    def _begin(self, kind: str, label: str, is_undoable: bool) -> int:
        found = self._db.execute(
            "INSERT INTO operation (kind, label, by, at, device, is_undoable) "
            "VALUES (?, ?, ?, ?, (SELECT name FROM device), ?) RETURNING number",
            [kind, label, self.by, encode(self.clock.now()), int(is_undoable)],
        )
        number: int = found.fetchone()[0]
        self._db.execute("INSERT INTO current_operation (one, number) VALUES (1, ?)", [number])
        return number

    def _finish(self, number: int) -> bool:
        if not self._db.execute("SELECT 1 FROM change WHERE operation = ? LIMIT 1", [number]).fetchone():
            return False
        self.look_up.follow(number)
        self._db.execute("DELETE FROM current_operation")
        return True


class _NothingChangedError(Exception):
    """Ends an operation without a trace."""
