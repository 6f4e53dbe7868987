"""What is done with letters that were made: to the printer, to a file, into the post, or withdrawn."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.base.errors import Cancelled
from app.base.files import write_whole
from app.base.formatting import count, join_words, number
from app.base.progress import Progress
from app.domain.letter import LetterState
from app.services import Register, letter_archive
from app.services.letter_archive import ArchivedLetter
from app.services.mail_drafts import MailDrafts, save_mail_drafts
from ui.base import paper
from ui.base.actions import Act, shown_key
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.base.tasks import Work
from ui.dialogs import ask

# So few suppliers are judged anew one by one.
_FEW = 20
_NAMED_AT_MOST = 3


def touched(supplier_ids: Sequence[str]) -> Sequence[str] | None:
    """Return whose next step changed; None when judging everyone is sooner done than judging them one by one."""
    return supplier_ids if len(supplier_ids) <= _FEW else None


def print_letters(owner: QWidget, desk: Desk, letters: Sequence[ArchivedLetter]) -> None:
    """Ask for a printer, print in the order of the envelopes, and note that they were printed."""
    if not letters or not _all_count(desk, letters):
        return
    printer = ask.printer(owner, f"{_many(letters)} afdrukken")
    if printer is None:
        return
    ids = _in_envelope_order(letters)

    def run(register: Register, progress: Progress) -> None:
        fetches = [partial(letter_archive.get_letter_pdf, register, letter_id) for letter_id in ids]
        paper.print_letters(printer, fetches, progress=progress)

    def printed(_nothing: object) -> None:
        if not desk.can_write:
            desk.noticed.emit(Notice(f"{_many(letters)} naar de printer gestuurd."))
            return
        _change(
            desk,
            letters,
            lambda register, _: letter_archive.mark_printed(register, ids),
            what="Afdrukken vastleggen",
            notice=Notice(
                f"{_many(letters)} naar de printer gestuurd.",
                advice=f"Zijn ze de deur uit? Leg dat vast met {shown_key(Act.MARK_POSTED)}.",
            ),
        )

    def stopped(error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            desk.report(error)
            return
        words = "Het afdrukken is gestopt. Er kunnen al brieven uit de printer zijn gekomen."
        advice = "Geen brief staat nu op afgedrukt. Gooi weg wat er ligt, en druk de brieven opnieuw af."
        desk.noticed.emit(Notice(words, Tone.NOTE, advice))

    desk.read(run, what="Afdrukken", owner=owner, done=printed, failed=stopped)


def save_print_file(owner: QWidget, desk: Desk, letters: Sequence[ArchivedLetter]) -> None:
    """Save letters as one PDF, each on sheets of its own."""
    if not letters or not _all_count(desk, letters):
        return
    day = max(item.letter.written_on for item in letters)
    proposal = desk.path.with_name(f"brieven {day.isoformat()}.pdf")
    path = ask.file_to_save(owner, "Eén pdf bewaren", ask.PDFS, proposal)
    if path is None:
        return
    ids = _in_envelope_order(letters)
    desk.read(
        lambda register, _: write_whole(path, letter_archive.get_round_pdf(register, ids)),
        what="Pdf maken",
        owner=owner,
        done=lambda _: desk.noticed.emit(Notice(f"{_many(letters)} opgeslagen in {path.name}.")),
    )


def save_pdfs(owner: QWidget, desk: Desk, letters: Sequence[ArchivedLetter]) -> None:
    """Save a PDF of each letter, exactly as it was made."""
    if not letters:
        return
    folder = ask.folder(owner, "Map voor de pdf’s", desk.path.parent)
    if folder is None:
        return
    ids = _in_envelope_order(letters)
    desk.read(
        lambda register, _: letter_archive.save_pdf(register, ids, folder),
        what="Pdf’s opslaan",
        owner=owner,
        done=lambda files: desk.noticed.emit(
            Notice(f"{count(len(files), 'pdf', 'pdf’s')} opgeslagen in de map {folder.name}.")
        ),
    )


def save_mails(owner: QWidget, desk: Desk, letters: Sequence[ArchivedLetter]) -> None:
    """Save each letter as the draft of an e-mail, and say who has no e-mail address."""
    if not letters or not _all_count(desk, letters):
        return
    folder = ask.folder(owner, "Map voor de e-mailconcepten", desk.path.parent)
    if folder is None:
        return
    ids = _in_envelope_order(letters)
    desk.read(
        lambda register, progress: save_mail_drafts(register, ids, folder, progress=progress),
        what="E-mailconcepten maken",
        owner=owner,
        done=lambda saved: desk.noticed.emit(_mails_saved(saved, folder.name)),
    )


def _mails_saved(saved: MailDrafts, folder: str) -> Notice:
    words = f"{count(len(saved.files), 'concept', 'concepten')} opgeslagen in de map {folder}."
    if not saved.without_address:
        return Notice(words, advice="Open ze in Outlook of Thunderbird en verstuur ze daar.")
    names = [name for _key, name in saved.without_address[:_NAMED_AT_MOST]]
    more = len(saved.without_address) - len(names)
    who = join_words([*names, *([f"nog {number(more)}"] if more else [])])
    missing = f"Geen bruikbaar e-mailadres: {who}."
    advice = "Vul het in bij de leverancier (tabblad Gegevens) en maak het concept opnieuw."
    return Notice(f"{words} {missing}" if saved.files else missing, Tone.PROBLEM, advice)


def mark_posted(owner: QWidget, desk: Desk, letters: Sequence[ArchivedLetter]) -> None:
    """Note that letters went out, after a question: it cannot be taken back."""
    fresh = [item for item in letters if item.state is not LetterState.POSTED]
    if not fresh or not _all_count(desk, fresh):
        return
    question = f"{_many(fresh)} vastleggen als gepost? Dat kan niet ongedaan worden gemaakt."
    if not desk.can_write or ask.confirm(owner, "Gepost", question, verb="Ja, gepost"):
        ids = _in_envelope_order(fresh)
        _change(
            desk,
            fresh,
            lambda register, _: letter_archive.mark_posted(register, ids),
            what="Posten vastleggen",
            notice=Notice(f"{_many(fresh)} vastgelegd als gepost."),
        )


def withdraw(desk: Desk, letters: Sequence[ArchivedLetter]) -> None:
    """Withdraw letters that did not go out; Ctrl+Z takes that back."""
    standing = [item for item in letters if item.state is not LetterState.WITHDRAWN]
    if not standing:
        return
    ids = _in_envelope_order(standing)
    _change(
        desk,
        standing,
        lambda register, _: letter_archive.withdraw_letters(register, ids),
        what="Brieven intrekken",
        notice=Notice(f"{_many(standing)} ingetrokken.", act=Act.UNDO),
    )


def _change(desk: Desk, letters: Sequence[ArchivedLetter], work: Work, *, what: str, notice: Notice) -> None:
    suppliers = list({item.supplier_id for item in letters})
    desk.write(work, what=what, owner=desk, done=lambda _: desk.noticed.emit(notice), touched=touched(suppliers))


def _all_count(desk: Desk, letters: Sequence[ArchivedLetter]) -> bool:
    """Whether none was withdrawn: such a letter must not reach an envelope."""
    gone = next((item.letter.kenmerk for item in letters if item.state is LetterState.WITHDRAWN), "")
    if gone:
        advice = "Kies alleen brieven die nog gelden."
        desk.noticed.emit(Notice(f"Brief {gone} is ingetrokken en gaat niet meer weg.", Tone.PROBLEM, advice))
    return not gone


def _in_envelope_order(letters: Sequence[ArchivedLetter]) -> list[str]:
    """Return the ids by kenmerk, which are given out in the order of the envelopes."""
    kenmerken = [
        (item.letter.made_at, len(item.letter.kenmerk), item.letter.kenmerk, item.letter.id) for item in letters
    ]
    return [letter_id for *_, letter_id in sorted(kenmerken)]


def _many(letters: Sequence[ArchivedLetter]) -> str:
    return count(len(letters), "brief", "brieven")
