"""Making the letters of a round: drafted, drawn, recorded and on disk together, or not at all."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.base.errors import FileError
from app.base.files import StagedFiles, make_folder
from app.base.formatting import count, long_date
from app.base.plain import as_json
from app.base.progress import NoProgress, Progress
from app.domain.contract import PsoBasis
from app.domain.letter import STAGES, Letter, LetterFacts, LetterKind, LetterRound, LetterSettings, LetterTemplate
from app.domain.supplier import Contact, Language, Supplier, SupplierKind
from app.domain.verdict import Policy, Verdict
from app.letters import terms
from app.letters.batch import file_name
from app.letters.content import LetterContent, compose
from app.letters.render import lost_lines, missing_characters, render_letter, render_print_file, shortened_lines
from app.letters.template_reader import parse_template
from app.letters.templates import Template
from app.services.judge_suppliers import current_policy
from app.services.letter_archive import withdraw_letters
from app.services.letter_paper import load_artwork
from app.services.letter_replies import planned_words
from app.services.letter_texts import standing_texts
from app.services.proposals import Proposal
from app.storage.register import Register

_LEAST_NOTICE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that was worded but not made yet."""

    proposal: Proposal
    facts: LetterFacts
    content: LetterContent
    template_id: str


@dataclass(frozen=True, slots=True)
class Written:
    """The letters of one round with their PDF files; `print_file` holds them all in envelope order.

    `notes` says in Dutch which letters need a look: a character that no font has, an address that had to be shortened.
    `round_id` is empty when there was no letter to make; `files` when the letters went to the archive alone.
    """

    letters: tuple[Letter, ...]
    files: tuple[Path, ...]
    print_file: Path | None
    notes: tuple[str, ...] = ()
    round_id: str = ""


def draft_letters(
    register: Register,
    proposals: tuple[Proposal, ...],
    *,
    on: date,
    settings: LetterSettings | None = None,
    before: int = 0,
) -> tuple[Draft, ...]:
    """Return the letters as they would be made on a day, numbered in this order. Writes nothing.

    `settings` that were not saved yet show what they would change; `before` is how many letters of the round go
    before the first of these.
    """
    settings = settings or register.settings(LetterSettings)
    policy = current_policy(register)
    templates = _newest_templates(register, on)
    first = register.letters.next_number(settings.kenmerk_prefix, on.year) + before
    drafts = []
    for number, proposal in enumerate(proposals, start=first):
        kenmerk = f"{settings.kenmerk_prefix}-{on.year}-{number:04d}"
        facts = _facts(register, proposal, kenmerk=kenmerk, on=on, settings=settings, policy=policy)
        version, template = templates[proposal.kind, facts.language]
        drafts.append(Draft(proposal, facts, compose(facts, template), version.id))
    return tuple(drafts)


def render_draft(register: Register, draft: Draft) -> bytes:
    """Return the PDF of a letter as it would be printed now. Writes nothing."""
    settings = register.settings(LetterSettings)
    return render_letter(draft.content, settings, artwork=load_artwork(register, settings))


def draft_notes(register: Register, draft: Draft) -> tuple[str, ...]:
    """Return in Dutch what needs a look before a letter is made, as `Written.notes` says it afterwards."""
    settings = register.settings(LetterSettings)
    return (*draft.proposal.warnings, *_sheet_notes(settings), *_notes(draft, settings))


def write_letters(
    register: Register,
    proposals: tuple[Proposal, ...],
    *,
    on: date,
    folder: Path | None,
    print_file: Path | None = None,
    progress: Progress | None = None,
) -> Written:
    """Make the letters: a PDF each in a folder, one print file, and the exact bytes in the register.

    Without a folder they lie in the register alone; `app.services.letter_archive` gives them out for the printer.
    All or nothing: the files are written under hidden names, the letters recorded, and then the files get their names.
    A number that was given out is never given out again: when the files cannot get their names, the letters are
    withdrawn. Raises `FileError`, `RegisterError`, `Cancelled`; then nothing is left in the folder.
    """
    if not proposals:
        return Written((), (), None)
    progress = progress or NoProgress()
    settings = register.settings(LetterSettings)
    artwork = load_artwork(register, settings)
    if folder:
        make_folder(folder)
    letters: list[Letter] = []
    files: list[Path] = []
    with StagedFiles() as staged:
        with register.operation("letters", count(len(proposals), "brief", "brieven") + " gemaakt"):
            drafts = draft_letters(register, proposals, on=on)
            letter_round = _begin_round(register, on)
            for draft in drafts:
                progress.step(len(letters), len(drafts), "Brieven maken")
                pdf = render_letter(draft.content, settings, artwork=artwork)
                letters.append(_record(register, draft, pdf, letter_round))
                if folder:
                    files.append(folder / file_name(draft.facts.kenmerk, draft.facts.supplier_name))
                    staged.stage(files[-1], pdf)
            if print_file:
                make_folder(print_file.parent)
                contents = [draft.content for draft in drafts]
                staged.stage(print_file, render_print_file(contents, settings, artwork=artwork))
            progress.step(len(letters), len(drafts), "Brieven maken")
        try:
            staged.publish()
        except FileError as error:
            withdraw_letters(register, [letter.id for letter in letters])
            raise FileError(f"{error.message} De brieven zijn ingetrokken.", error.advice) from error
    notes = tuple(note for draft in drafts for note in _notes(draft, settings))
    return Written(tuple(letters), tuple(files), print_file, (*_sheet_notes(settings), *notes), letter_round.id)


def _notes(draft: Draft, settings: LetterSettings) -> Iterator[str]:
    missing = missing_characters(draft.content)
    if missing:
        yield f"In brief {draft.facts.kenmerk} staan tekens die niet gedrukt kunnen worden: {' '.join(sorted(missing))}"
    for line in shortened_lines(draft.content, settings):
        yield f"In brief {draft.facts.kenmerk} is een adresregel ingekort: {line}"


def _sheet_notes(settings: LetterSettings) -> Iterator[str]:
    for line in lost_lines(settings):
        yield f"Op de brieven is geen plaats voor deze regel van briefhoofd of voet: {line}"


def _begin_round(register: Register, on: date) -> LetterRound:
    letter_round = LetterRound(
        id=register.new_id(),
        title=f"Brieven van {long_date(on)}",
        made_at=register.clock.now(),
        made_by=register.by,
    )
    register.letter_rounds.add(letter_round)
    return letter_round


def _record(register: Register, draft: Draft, pdf: bytes, letter_round: LetterRound) -> Letter:
    facts = draft.facts
    letter = Letter(
        id=register.new_id(),
        supplier_id=draft.proposal.supplier.id,
        round_id=letter_round.id,
        kind=draft.proposal.kind,
        kenmerk=facts.kenmerk,
        written_on=facts.written_on,
        reply_by=facts.reply_by,
        certified_by=facts.certified_by,
        facts=as_json(facts),
        template_id=draft.template_id,
        sha256=hashlib.sha256(pdf).hexdigest(),
        made_by=register.by,
        made_at=register.clock.now(),
        about=draft.proposal.about,
    )
    register.letters.add_with_pdf(letter, pdf)
    return letter


def _facts(
    register: Register, proposal: Proposal, *, kenmerk: str, on: date, settings: LetterSettings, policy: Policy
) -> LetterFacts:
    supplier, asked = proposal.supplier, proposal.asked
    # A letter of thanks may settle an information letter; no other letter may say that it asked for a certificate.
    begins = STAGES if proposal.kind is LetterKind.CLOSING else STAGES[1:]
    first = next((letter for letter in asked if letter.kind in begins), None)
    return LetterFacts(
        kenmerk=kenmerk,
        written_on=on,
        reply_by=proposal.reply_by or proposal.verdict.until or on,
        certified_by=_certified_by(proposal, on, settings),
        supplier_name=supplier.name,
        address=supplier.letter_address,
        contact=_addressee(register, supplier),
        verdict=proposal.verdict,
        rule_valid_from=_rule_start(policy, proposal.verdict),
        policy=policy.settings,
        sender=settings,
        previous_kenmerk=asked[-1].kenmerk if asked else "",
        previous_written_on=asked[-1].written_on if asked else None,
        first_kenmerk=first.kenmerk if first else "",
        first_written_on=first.written_on if first else None,
        contract=_contract(register, supplier.id, on) if proposal.kind is LetterKind.NOTICE else "",
        their_reference=next((letter.reference for letter in reversed(asked) if letter.reference), ""),
        planned_by=_planned_by(register, proposal, on),
        is_combination=supplier.kind is SupplierKind.COMBINATION,
        language=proposal.language,
    )


def _certified_by(proposal: Proposal, on: date, settings: LetterSettings) -> date:
    """A reminder repeats the date that was asked before, as long as there is time until then.

    An information letter asks for no certificate, so what comes after it repeats nothing. Of a notice of default that
    time must be reasonable for what is asked (domain.md §6.5).
    """
    verdict, asked = proposal.verdict, proposal.asked
    if not proposal.kind.asks:
        return verdict.until or verdict.valid_to or on
    least = on + _LEAST_NOTICE if proposal.kind is LetterKind.NOTICE else proposal.reply_by or on
    if asked and asked[-1].kind is not LetterKind.INFORMATION and asked[-1].certified_by > least:
        return asked[-1].certified_by
    return terms.certified_by(on, settings)


def _contract(register: Register, supplier_id: str, on: date) -> str:
    """Return the contract that demands PSO, as a letter names it: `RC-14 (Onderhoud)`."""
    demanding = [
        contract
        for contract in register.contracts.list_where("supplier_id", supplier_id, "starts_on, id")
        if contract.pso_basis is PsoBasis.CONTRACT and contract.runs_on(on) and contract.number + contract.title
    ]
    if not demanding:
        return ""
    number, title = demanding[0].number, demanding[0].title
    return f"{number} ({title})" if number and title else number or title


def _planned_by(register: Register, proposal: Proposal, on: date) -> date | None:
    """Return the day by which a supplier that was asked said it would have the certificate, which has passed.

    Only what came with a plan: a promise on the telephone may be about anything.
    """
    plans = {planned_words(letter.kenmerk) for letter in proposal.asked}
    promises = register.promises.list_where("supplier_id", proposal.supplier.id) if plans else ()
    return max((promise.due_on for promise in promises if promise.what in plans and promise.due_on < on), default=None)


def _addressee(register: Register, supplier: Supplier) -> Contact | None:
    contacts = register.contacts.list_where("supplier_id", supplier.id, "is_primary DESC, surname, id")
    return next((contact for contact in contacts if contact.is_primary), None)


def _rule_start(policy: Policy, verdict: Verdict) -> date | None:
    starts = (rule.valid_from for rule in policy.demands_on(verdict.on) if rule.code == verdict.rule_code)
    return next(starts, None)


def _newest_templates(
    register: Register, on: date
) -> Mapping[tuple[LetterKind, Language], tuple[LetterTemplate, Template]]:
    return {key: (version, parse_template(version.source)) for key, version in standing_texts(register, on=on).items()}
