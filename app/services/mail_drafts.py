"""Letters as drafts of e-mails: they say what the letter says, and go to the address that is known now."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.base.errors import AppError
from app.base.files import StagedFiles, make_folder
from app.base.plain import from_plain
from app.base.progress import NoProgress, Progress
from app.domain.letter import Letter, LetterFacts, LetterKind, LetterSettings
from app.domain.names import full_name, salutation
from app.domain.supplier import Contact, Language, Supplier
from app.letters.batch import file_name
from app.letters.content import compose
from app.letters.mail_draft import Covering, find_addresses, mail_draft, mail_file_name
from app.letters.template_reader import parse_template
from app.services.letter_archive import get_standing
from app.storage.register import Register

# Around a letter of which the own words cannot be read any more.
_GENERAL = {
    Language.DUTCH: (salutation(None), "Met vriendelijke groet,"),
    Language.ENGLISH: (salutation(None, language=Language.ENGLISH), "Kind regards,"),
}


@dataclass(frozen=True, slots=True)
class MailDrafts:
    """The files that were written, and the suppliers that cannot be mailed to: id and name, each once."""

    files: tuple[Path, ...]
    without_address: tuple[tuple[str, str], ...]


def save_mail_drafts(
    register: Register, letter_ids: Sequence[str], folder: Path, *, progress: Progress | None = None
) -> MailDrafts:
    """Write a draft for each letter into a folder, all or none, but for suppliers without an e-mail address.

    Raises `NotFoundError`, `FileError`, `Cancelled`, and `AppError` when a letter was withdrawn; then nothing is left
    in the folder.
    """
    progress = progress or NoProgress()
    letters = get_standing(register, letter_ids, kept="Er is niets opgeslagen.")
    files: list[Path] = []
    without: dict[str, str] = {}
    with StagedFiles() as staged:
        for done, letter in enumerate(letters):
            progress.step(done, len(letters), "E-mailconcepten maken")
            supplier = register.suppliers.get(register.survivor_id(letter.supplier_id))
            covering = _covering(register, letter, supplier)
            if not covering.to:
                without[supplier.id] = supplier.name
                continue
            if not files:
                make_folder(folder)
            pdf = register.letters.get_pdf(letter.id)
            files.append(folder / mail_file_name(letter.kenmerk, supplier.name))
            staged.stage(files[-1], mail_draft(covering, pdf, pdf_name=file_name(letter.kenmerk, supplier.name)))
        progress.step(len(letters), len(letters), "E-mailconcepten maken")
        staged.publish()
    return MailDrafts(tuple(files), tuple(without.items()))


def _covering(register: Register, letter: Letter, supplier: Supplier) -> Covering:
    facts = _facts_of(letter)
    sender = facts.sender if facts else register.settings(LetterSettings)
    language = facts.language if facts else supplier.language or Language.DUTCH
    contact, to = _addressee(register, supplier, facts.contact if facts else None)
    general, greeting = _GENERAL[language]
    signers = filter(None, (sender.signatory, sender.team, sender.organisation))
    sent = _as_sent(register, letter, facts)
    subject, opening, closing = sent or (f"{letter.kind.label} {letter.kenmerk}", general, (greeting, *signers))
    return Covering(
        kenmerk=letter.kenmerk,
        written_on=letter.written_on,
        made_at=letter.made_at,
        subject=subject,
        salutation=opening,
        closing=closing,
        language=language,
        reply_by=letter.reply_by if letter.kind.awaits_reply else None,
        is_notice=letter.kind is LetterKind.NOTICE,
        phone=sender.phone,
        sender=sender.email,
        sender_name=sender.team or sender.organisation,
        to=to,
        to_name=(full_name(contact) if contact else "") or supplier.name,
    )


def _facts_of(letter: Letter) -> LetterFacts | None:
    """Return what a letter said; None for one of an older program that this one cannot read."""
    try:
        return from_plain(LetterFacts, json.loads(letter.facts))
    except ValueError:
        return None


def _as_sent(register: Register, letter: Letter, facts: LetterFacts | None) -> tuple[str, str, tuple[str, ...]] | None:
    """Return subject, salutation and closing as they stand in the letter: they follow from its facts and its own text.

    None where this program cannot read one of the two any more.
    """
    template = register.templates.find(letter.template_id)
    if facts is None or template is None:
        return None
    try:
        content = compose(facts, parse_template(template.source))
    except AppError:
        return None
    return content.subject, content.salutation, content.closing


def _addressee(
    register: Register, supplier: Supplier, sent_to: Contact | None
) -> tuple[Contact | None, tuple[str, ...]]:
    """Return who is written to and where: the person of the letter, else the first person, else the supplier."""
    contacts = register.contacts.list_where("supplier_id", supplier.id, "is_primary DESC, surname, id")
    same = [contact for contact in contacts if sent_to and contact.id == sent_to.id]
    for contact in (*same, *(contact for contact in contacts if contact.is_primary)):
        if to := find_addresses(contact.email):
            return contact, to
    return None, find_addresses(supplier.email)
