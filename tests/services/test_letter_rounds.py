"""Rounds are listed with how far they came, and can be withdrawn or posted as a whole."""

import pytest

from app.base.errors import AppError, NotFoundError
from app.domain.letter import Letter, ReplyKind
from app.services import Register, letter_archive, undo
from app.services.letter_replies import log_reply
from app.services.letter_rounds import list_rounds, post_round, withdraw_round
from app.services.plan_letters import plan_letters
from app.services.write_letters import write_letters
from tests.services.conftest import TODAY


def tallies(register: Register) -> list[tuple[int, int, int, int, int]]:
    found = list_rounds(register)
    return [(item.letters, item.printed, item.posted, item.withdrawn, item.answered) for item in found]


def round_of(letters: tuple[Letter, ...]) -> str:
    return letters[0].round_id


def test_a_round_counts_how_far_its_letters_came(register: Register, letters: tuple[Letter, ...]) -> None:
    assert tallies(register) == [(3, 0, 0, 0, 0)]
    letter_archive.mark_printed(register, [letter.id for letter in letters])
    letter_archive.mark_posted(register, [letters[0].id])
    letter_archive.withdraw_letters(register, [letters[1].id])
    for letter in (letters[0], letters[0], letters[2]):
        log_reply(register, letter.id, kind=ReplyKind.OTHER, received_on=TODAY)
    (found,) = list_rounds(register)
    assert tallies(register) == [(3, 2, 1, 1, 2)]
    assert (found.round.title.replace("\xa0", " "), found.round.made_at) == (
        "Brieven van 23 november 2026", register.clock.now(),
    )  # fmt: skip
    assert found.standing == 2
    assert found.is_unfinished


def test_rounds_that_wait_for_the_post_come_first_and_then_the_newest(
    register: Register, letters: tuple[Letter, ...]
) -> None:
    withdraw_round(register, round_of(letters))
    made: list[str] = []
    for _ in range(3):
        register.clock.set(TODAY, 10 + len(made))  # type: ignore[attr-defined]
        proposals = plan_letters(register, on=TODAY).proposals[:1]
        made.append(write_letters(register, proposals, on=TODAY, folder=None).round_id)
    post_round(register, made[2])
    assert [item.round.id for item in list_rounds(register)] == [made[1], made[0], made[2], round_of(letters)]
    assert [item.is_unfinished for item in list_rounds(register)] == [True, True, False, False]


def test_a_whole_round_is_withdrawn_in_one_operation_and_comes_back(
    register: Register, letters: tuple[Letter, ...]
) -> None:
    letter_archive.withdraw_letters(register, [letters[2].id])
    withdraw_round(register, round_of(letters))
    assert tallies(register) == [(3, 0, 0, 3, 0)]
    undo.undo_last(register)
    assert tallies(register) == [(3, 0, 0, 1, 0)]


def test_a_round_of_which_a_letter_was_posted_is_not_withdrawn(register: Register, letters: tuple[Letter, ...]) -> None:
    letter_archive.mark_posted(register, [letters[1].id])
    with pytest.raises(AppError) as refused:
        withdraw_round(register, round_of(letters))
    assert refused.value.message == (
        "Deze ronde is niet als geheel in te trekken: 1 brief is al gepost. Er is niets ingetrokken."
    )
    assert tallies(register) == [(3, 0, 1, 0, 0)]


def test_a_whole_round_is_posted_but_for_what_was_withdrawn(register: Register, letters: tuple[Letter, ...]) -> None:
    letter_archive.withdraw_letters(register, [letters[0].id])
    post_round(register, round_of(letters))
    assert tallies(register) == [(3, 0, 2, 1, 0)]
    assert not list_rounds(register)[0].is_unfinished


def test_a_round_without_letters_that_count_or_that_is_not_there_is_not_posted(
    register: Register, letters: tuple[Letter, ...]
) -> None:
    withdraw_round(register, round_of(letters))
    with pytest.raises(AppError, match="ingetrokken"):
        post_round(register, round_of(letters))
    for work in (withdraw_round, post_round):
        with pytest.raises(NotFoundError):
            work(register, "nergens")
    assert tallies(register) == [(3, 0, 0, 3, 0)]


def test_the_letters_of_a_round_come_in_the_order_of_their_numbers(
    register: Register, letters: tuple[Letter, ...]
) -> None:
    found = letter_archive.list_round(register, round_of(letters))
    assert [item.letter for item in found] == list(letters)
    assert letter_archive.list_round(register, "nergens") == ()
