"""Rounds of letters: how far each came, and what is done with a whole one."""

from app.base.errors import AppError, NotFoundError
from app.base.formatting import count
from app.domain.letter import LetterState, RoundTally
from app.services.letter_archive import ArchivedLetter, list_round, mark_posted, withdraw_letters
from app.storage.register import Register


def list_rounds(register: Register) -> tuple[RoundTally, ...]:
    """Return every round that has letters: those with letters that wait for the post first, then the newest."""
    return register.letters.tally_rounds()


def withdraw_round(register: Register, round_id: str) -> None:
    """Withdraw all letters of a round of which none went out, as one operation.

    Raises `NotFoundError`, and `AppError` when one was posted or answered; then none is withdrawn.
    """
    found = _letters(register, round_id)
    posted = sum(item.state is LetterState.POSTED for item in found)
    if posted:
        gone = count(posted, "brief is", "brieven zijn")
        raise AppError(
            f"Deze ronde is niet als geheel in te trekken: {gone} al gepost. Er is niets ingetrokken.",
            "Open de ronde en trek de brieven in die er nog liggen.",
        )
    withdraw_letters(register, [item.letter.id for item in found])


def post_round(register: Register, round_id: str) -> None:
    """Note that every letter of a round that was not withdrawn went out, which cannot be taken back.

    Raises `NotFoundError`, and `AppError` when all were withdrawn.
    """
    standing = [item.letter.id for item in _letters(register, round_id) if item.state is not LetterState.WITHDRAWN]
    if not standing:
        raise AppError("Alle brieven van deze ronde zijn ingetrokken. Er is niets vastgelegd.", "Maak nieuwe brieven.")
    mark_posted(register, standing)


def _letters(register: Register, round_id: str) -> tuple[ArchivedLetter, ...]:
    found = list_round(register, round_id)
    if not found:
        raise NotFoundError("Deze ronde is niet gevonden.", "Kies een ronde uit de lijst.")
    return found
