"""Letters to the suppliers that do not meet the policy: who gets which, and making them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.base.files import StagedFiles, make_folder
from app.base.formatting import count, long_date, short_date
from app.base.plain import as_json
from app.base.progress import NoProgress, Progress
from app.domain.journal import Promise
from app.domain.letter import Letter, LetterFacts, LetterRound, LetterSettings, LetterTemplate
from app.domain.supplier import Contact, Supplier
from app.domain.verdict import Policy, Status, Verdict
from app.letters import terms
from app.letters.batch import envelope_order, file_name
from app.letters.content import LetterContent, compose
from app.letters.render import render_letter, render_print_file
from app.letters.templates import parse_template
from app.services.judge_suppliers import current_policy
from app.storage.register import Register

_REMINDER_WITHIN = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A letter that is due: to whom, which kind, and the letter it reminds of."""

    verdict: Verdict
    supplier: Supplier
    kind: str
    previous: Letter | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A supplier that gets no letter although it does not comply, and why (Dutch)."""

    supplier_id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class LetterPlan:
    """Who gets a letter, in envelope order, and who does not."""

    proposals: tuple[Proposal, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The letters of one round with their PDF files; `print_file` holds them all in envelope order."""

    letters: tuple[Letter, ...]
    files: tuple[Path, ...]
    print_file: Path | None


def plan_letters(register: Register, *, on: date) -> LetterPlan:
    """Return which letters are due on a day.

    Left out, with the reason: no address, a letter whose reply date has not passed, a promise that still runs, a
    postponement or exemption (domain.md §6.5, §9 lesson d).
    """
    policy = current_policy(register)
    latest = register.letters.latest_by_supplier(on)
    promises = {promise.supplier_id: promise for promise in register.promises.list_all("due_on")}
    proposals: list[Proposal] = []
    skipped: list[Skipped] = []
    for verdict in register.verdicts.judge_all(policy=policy, on=on):
        if verdict.status not in {Status.NON_COMPLIANT, Status.POSTPONED, Status.EXEMPT}:
            continue
        supplier = register.suppliers.get(verdict.supplier_id)
        previous = latest.get(supplier.id)
        why = _why_not(verdict, supplier, previous, promises.get(supplier.id), on)
        if why:
            skipped.append(Skipped(supplier.id, supplier.name, why))
            continue
        is_reminder = previous is not None and on - previous.written_on <= _REMINDER_WITHIN
        kind = "herinnering" if is_reminder else "verzoek"
        proposals.append(
            Proposal(verdict=verdict, supplier=supplier, kind=kind, previous=previous if is_reminder else None)
        )
    proposals.sort(key=_envelope_key)
    return LetterPlan(tuple(proposals), tuple(sorted(skipped, key=lambda item: item.name.casefold())))


def write_letters(
    register: Register,
    proposals: tuple[Proposal, ...],
    *,
    on: date,
    folder: Path,
    print_file: Path | None = None,
    progress: Progress | None = None,
) -> Written:
    """Make the letters: a PDF each in a folder, one print file, and the exact bytes in the register.

    All or nothing: files appear and letters are recorded together. Raises `FileError`, `RegisterError`, `Cancelled`;
    then nothing was recorded and nothing is left in the folder.
    """
    if not proposals:
        return Written((), (), None)
    progress = progress or NoProgress()
    make_folder(folder)
    with StagedFiles() as staged, register.operation("letters", count(len(proposals), "brief", "brieven") + " gemaakt"):
        maker = _Maker(register, on)
        files: list[Path] = []
        for done, proposal in enumerate(proposals):
            progress.step(done, len(proposals), "Brieven maken")
            letter, pdf = maker.make(proposal)
            files.append(folder / file_name(letter.kenmerk, proposal.supplier.name))
            staged.stage(files[-1], pdf)
        if print_file:
            make_folder(print_file.parent)
            staged.stage(print_file, render_print_file(maker.contents, maker.settings))
        progress.step(len(proposals), len(proposals), "Brieven maken")
        staged.publish()
    return Written(tuple(maker.letters), tuple(files), print_file)


class _Maker:
    """Makes the letters of one round, numbering as it goes."""

    def __init__(self, register: Register, on: date) -> None:
        self._register = register
        self._on = on
        self.settings = register.settings(LetterSettings)
        self._policy = current_policy(register)
        self._templates = _newest_templates(register, on)
        self._number = register.letters.next_number(self.settings.kenmerk_prefix, on.year)
        self._round = LetterRound(
            id=register.new_id(),
            title=f"Brieven van {long_date(on)}",
            made_at=register.clock.now(),
            made_by=register.by,
        )
        register.letter_rounds.add(self._round)
        self.letters: list[Letter] = []
        self.contents: list[LetterContent] = []

    def make(self, proposal: Proposal) -> tuple[Letter, bytes]:
        """Compose, draw and record one letter; returns it with its PDF."""
        facts = self._facts(proposal)
        template = self._templates[proposal.kind]
        content = compose(facts, parse_template(template.source))
        pdf = render_letter(content, self.settings)
        letter = Letter(
            id=self._register.new_id(),
            supplier_id=proposal.supplier.id,
            round_id=self._round.id,
            kind=proposal.kind,
            kenmerk=facts.kenmerk,
            written_on=facts.written_on,
            reply_by=facts.reply_by,
            certified_by=facts.certified_by,
            facts=as_json(facts),
            template_id=template.id,
            sha256=hashlib.sha256(pdf).hexdigest(),
            made_by=self._register.by,
            made_at=self._register.clock.now(),
        )
        self._register.letters.add_with_pdf(letter, pdf)
        self._number += 1
        self.letters.append(letter)
        self.contents.append(content)
        return letter, pdf

    def _facts(self, proposal: Proposal) -> LetterFacts:
        previous = proposal.previous
        return LetterFacts(
            kenmerk=f"{self.settings.kenmerk_prefix}-{self._on.year}-{self._number:04d}",
            written_on=self._on,
            reply_by=terms.reply_by(self._on, self.settings),
            certified_by=terms.certified_by(self._on, self.settings),
            supplier_name=proposal.supplier.name,
            address=proposal.supplier.letter_address,
            contact=_addressee(self._register, proposal.supplier),
            verdict=proposal.verdict,
            rule_valid_from=_rule_start(self._policy, proposal.verdict),
            vat_basis=self._policy.settings.vat_basis,
            sender=self.settings,
            previous_kenmerk=previous.kenmerk if previous else "",
            previous_written_on=previous.written_on if previous else None,
        )


def _why_not(
    verdict: Verdict, supplier: Supplier, previous: Letter | None, promise: Promise | None, on: date
) -> str | None:
    if verdict.status is not Status.NON_COMPLIANT and verdict.until:
        return f"{verdict.status.label} t/m {short_date(verdict.until)}: {verdict.ground}."
    if promise and promise.settled_at is None and promise.due_on >= on:
        return f"Toezegging t/m {short_date(promise.due_on)}: {promise.what}."
    if previous and previous.reply_by >= on:
        return f"Kreeg al brief {previous.kenmerk}; de leverancier mag antwoorden t/m {short_date(previous.reply_by)}."
    if not supplier.letter_address.is_complete:
        return "Geen adres: vul een straat of postbus en een plaats in."
    return None


def _addressee(register: Register, supplier: Supplier) -> Contact | None:
    contacts = register.contacts.list_where("supplier_id", supplier.id, "is_primary DESC, surname, id")
    return next((contact for contact in contacts if contact.is_primary), None)


def _rule_start(policy: Policy, verdict: Verdict) -> date:
    return next(rule.valid_from for rule in policy.rules if rule.code == verdict.rule_code)


def _newest_templates(register: Register, on: date) -> Mapping[str, LetterTemplate]:
    versions = register.templates.list_all("kind, version")
    return {template.kind: template for template in versions if template.valid_from <= on}


def _envelope_key(proposal: Proposal) -> object:
    address = proposal.supplier.letter_address
    return envelope_order(address.postcode, proposal.supplier.name)
