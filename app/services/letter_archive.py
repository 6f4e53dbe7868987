"""The letters that were made: finding them, printing them again, and noting what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.base.errors import AppError
from app.base.files import StagedFiles, make_folder
from app.base.formatting import count, join_words
from app.domain.letter import Letter, LetterReply, LetterState
from app.letters.batch import file_name
from app.letters.joining import joined
from app.storage.register import Register

_NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class ArchivedLetter:
    """A letter with the name its supplier has now and the last answer to it; the text of `state` is Dutch.

    `supplier_id` is whose letter it is now: of a supplier that was merged, the one that it turned out to be.
    """

    letter: Letter
    supplier_id: str
    supplier_name: str
    state: LetterState
    reply: LetterReply | None = None


def list_letters(register: Register, *, text: str = "") -> tuple[ArchivedLetter, ...]:
    """Return the letters, newest first, that every word of a text fits.

    A word fits the kenmerk, the name of the supplier, the kind, the state or the answer: `herinnering gepost`.
    """
    found = register.letters.search(text)
    return tuple(ArchivedLetter(letter, key, name, letter.state, reply) for letter, key, name, reply in found)


def list_round(register: Register, round_id: str) -> tuple[ArchivedLetter, ...]:
    """Return the letters of one round, in the order in which their numbers were given."""
    found = register.letters.search("", round_id=round_id)
    return tuple(ArchivedLetter(letter, key, name, letter.state, reply) for letter, key, name, reply in reversed(found))


def get_letter_pdf(register: Register, letter_id: str) -> bytes:
    """Return a letter exactly as it was made; raises `NotFoundError`."""
    return register.letters.get_pdf(letter_id)


def get_round_pdf(register: Register, letter_ids: Sequence[str]) -> bytes:
    """Return letters as they were made, one after the other in that order, as one PDF for the printer.

    Raises `NotFoundError`, `AppError` when there is no letter, `FileError` when a PDF is damaged.
    """
    return joined([register.letters.get_pdf(letter_id) for letter_id in letter_ids])


def save_pdf(register: Register, letter_ids: Sequence[str], folder: Path) -> tuple[Path, ...]:
    """Write letters exactly as they were made into a folder, all or none; returns the files.

    Each is named after its kenmerk and supplier. Raises `NotFoundError`, `FileError`.
    """
    make_folder(folder)
    files: list[Path] = []
    with StagedFiles() as staged:
        for letter in _get_all(register, letter_ids):
            files.append(folder / file_name(letter.kenmerk, register.suppliers.get(letter.supplier_id).name))
            staged.stage(files[-1], register.letters.get_pdf(letter.id))
        staged.publish()
    return tuple(files)


def mark_printed(register: Register, letter_ids: Sequence[str]) -> None:
    """Note that letters came out of the printer; those already printed keep their time.

    Raises `NotFoundError`, and `AppError` when one was withdrawn; then nothing is noted.
    """
    letters = get_standing(register, letter_ids, kept="Er is niets vastgelegd.")
    ids = [letter.id for letter in letters if letter.printed_at is None]
    with register.operation("printed", f"{count(len(ids), 'brief', 'brieven')} afgedrukt"):
        register.letters.mark_printed(ids, register.clock.now())


def mark_posted(register: Register, letter_ids: Sequence[str]) -> None:
    """Note that letters went out, which cannot be taken back; those already posted keep their time.

    Raises `NotFoundError`, and `AppError` when one was withdrawn; then nothing is noted.
    """
    letters = get_standing(register, letter_ids, kept="Er is niets vastgelegd.")
    ids = [letter.id for letter in letters if letter.posted_at is None]
    with register.operation("posted", f"{count(len(ids), 'brief', 'brieven')} gepost", is_undoable=False):
        register.letters.mark_posted(ids, register.clock.now())


def withdraw_letters(register: Register, letter_ids: Sequence[str]) -> None:
    """Withdraw letters that did not go out: they keep their kenmerk and PDF and count no more.

    Raises `NotFoundError`, and `AppError` when one was posted or answered; then none is withdrawn.
    """
    letters = _get_all(register, letter_ids)
    # An answer proves that it went out, whether somebody noted the posting or not.
    answered = [item.kenmerk for item in letters if register.letter_replies.list_where("letter_id", item.id)]
    if answered:
        raise AppError(
            f"Al beantwoord, en daarom niet meer in te trekken: {_named(answered)}. Er is niets ingetrokken.",
            "Hoort het antwoord bij een andere brief? Draai dan eerst het antwoord terug.",
        )
    posted = [letter.kenmerk for letter in letters if letter.posted_at is not None]
    if posted:
        raise AppError(
            f"Al gepost, en daarom niet meer in te trekken: {_named(posted)}. Er is niets ingetrokken.",
            "Kies alleen brieven die nog niet zijn gepost.",
        )
    ids = [letter.id for letter in letters if letter.withdrawn_at is None]
    with register.operation("withdrawn", f"{count(len(ids), 'brief', 'brieven')} ingetrokken"):
        register.letters.withdraw(ids, register.clock.now())


def get_standing(register: Register, letter_ids: Iterable[str], *, kept: str) -> list[Letter]:
    """Return letters that may go out, each once, in that order.

    Raises `NotFoundError`, and `AppError` when one was withdrawn; `kept` says in Dutch what was not done then.
    """
    letters = _get_all(register, letter_ids)
    withdrawn = [letter.kenmerk for letter in letters if letter.withdrawn_at is not None]
    if withdrawn:
        raise AppError(
            f"Ingetrokken, en daarom niet te versturen: {_named(withdrawn)}. {kept}",
            "Kies alleen brieven die nog gelden.",
        )
    return letters


def _get_all(register: Register, letter_ids: Iterable[str]) -> list[Letter]:
    return [register.letters.get(letter_id) for letter_id in dict.fromkeys(letter_ids)]


def _named(kenmerken: Sequence[str]) -> str:
    if len(kenmerken) <= _NAMED_AT_MOST:
        return join_words(kenmerken)
    return f"{', '.join(kenmerken[:_NAMED_AT_MOST])} en nog {len(kenmerken) - _NAMED_AT_MOST}"
