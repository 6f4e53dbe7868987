"""Letters are found again, printed again exactly, and their fate is noted once."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from app.base.errors import AppError, NotFoundError
from app.domain.letter import Letter, LetterState, ReplyKind
from app.domain.supplier import Supplier
from app.services import Register, letter_archive, undo
from app.services.letter_replies import log_reply
from app.services.plan_letters import plan_letters
from tests.services.conftest import NAMES, TODAY


def found(register: Register, text: str = "") -> list[tuple[str, str]]:
    return [(item.letter.kenmerk, item.supplier_name) for item in letter_archive.list_letters(register, text=text)]


def states(register: Register) -> list[str]:
    """From the oldest to the newest letter."""
    return [item.state for item in reversed(letter_archive.list_letters(register))]


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_letters_are_listed_newest_first(register: Register, letters: tuple[Letter, ...]) -> None:
    assert found(register) == [(f"PSO-2026-000{number}", NAMES[number - 1]) for number in (3, 2, 1)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2026-0002", [2]),
        ("pso-2026", [3, 2, 1]),
        ("cafe ijzer", [2]),
        ("  MAASDAL  ", [1]),
        ("0003 dakwerken", [3]),
        ("0003 maasdal", []),
        ("%", []),
    ],
)
def test_a_letter_is_found_by_kenmerk_and_by_name(
    register: Register, letters: tuple[Letter, ...], text: str, numbers: list[int]
) -> None:
    assert [kenmerk for kenmerk, _ in found(register, text)] == [f"PSO-2026-000{number}" for number in numbers]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("verzoek", [3, 2, 1]),
        ("herinnering", []),
        ("gepost", [2]),
        ("INGETROKKEN", [3]),
        ("gemaakt", [1]),
        ("verzoek ijzer gepost", [2]),
        ("verzoek maasdal gepost", []),
        ("antwoord", [2, 1]),
        ("onbestelbaar", [1]),
        ("plan", []),
        ("certificaat gepost", [2]),
        ("gepost " * 5000, [2]),
        (" ".join(map(str, range(5000))), []),
    ],
)
def test_a_letter_is_found_by_its_kind_state_and_answer(
    register: Register, letters: tuple[Letter, ...], text: str, numbers: list[int]
) -> None:
    one, two, three = (letter.id for letter in letters)
    letter_archive.mark_posted(register, [two])
    letter_archive.withdraw_letters(register, [three])
    log_reply(register, one, kind=ReplyKind.UNDELIVERABLE, received_on=TODAY)
    log_reply(register, two, kind=ReplyKind.PLAN, received_on=TODAY, promise_due_on=TODAY)
    log_reply(register, two, kind=ReplyKind.CERTIFICATE, received_on=TODAY)
    assert [kenmerk for kenmerk, _ in found(register, text)] == [f"PSO-2026-000{number}" for number in numbers]


def test_a_letter_bears_the_name_that_its_supplier_has_now(register: Register, letters: tuple[Letter, ...]) -> None:
    with register.operation("edit", "naam"):
        register.suppliers.save(Supplier(id="s0", name="Maasdal Groep"))
    assert found(register, "0001") == [("PSO-2026-0001", "Maasdal Groep")]


def test_letters_are_printed_again_exactly_and_in_the_order_that_was_asked(
    register: Register, letters: tuple[Letter, ...]
) -> None:
    chosen = [letters[2].id, letters[0].id]
    alone = [letter_archive.get_letter_pdf(register, letter_id) for letter_id in chosen]
    assert text_of(letter_archive.get_round_pdf(register, chosen)) == "\n".join(map(text_of, alone))
    with pytest.raises(NotFoundError):
        letter_archive.get_round_pdf(register, ["nergens"])


def test_saved_files_are_the_exact_letters_under_names_that_tell(
    register: Register, letters: tuple[Letter, ...], tmp_path: Path
) -> None:
    letter_archive.mark_posted(register, [letters[1].id])
    files = letter_archive.save_pdf(register, [letter.id for letter in letters], tmp_path / "uit")
    assert [path.name for path in files] == [
        "PSO-2026-0001 Bouwbedrijf Maasdal B.V.pdf",
        "PSO-2026-0002 Café 't Ĳzer.pdf",
        "PSO-2026-0003 Dakwerken Tienbunder Zuid.pdf",
    ]
    kept = [letter_archive.get_letter_pdf(register, letter.id) for letter in letters]
    assert [path.read_bytes() for path in files] == kept
    assert letter_archive.save_pdf(register, [letters[1].id], tmp_path / "nog eens")[0].read_bytes() == kept[1]
    assert len(list((tmp_path / "uit").iterdir())) == 3


def test_all_files_are_saved_or_none(register: Register, letters: tuple[Letter, ...], tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        letter_archive.save_pdf(register, [letters[0].id, "nergens"], tmp_path / "uit")
    assert list((tmp_path / "uit").iterdir()) == []


def test_printed_is_kept_apart_from_posted_and_can_be_taken_back(
    register: Register, letters: tuple[Letter, ...]
) -> None:
    one, two, _ = (letter.id for letter in letters)
    letter_archive.mark_printed(register, [one, two])
    letter_archive.mark_posted(register, [two])
    assert states(register) == ["afgedrukt", "gepost", "gemaakt"]
    assert register.letters.get(one).printed_at == register.clock.now()
    with pytest.raises(AppError, match="kan niet ongedaan"):
        undo.undo_last(register)
    printed = next(item for item in register.history.list_operations() if item.kind == "printed")
    undo.undo_operation(register, printed.id)
    assert states(register) == ["gemaakt", "gepost", "gemaakt"]


def test_what_was_noted_keeps_its_time_and_only_news_is_an_operation(
    register: Register, letters: tuple[Letter, ...]
) -> None:
    ids = [letter.id for letter in letters]
    letter_archive.mark_posted(register, ids[:2])
    first = register.letters.get(ids[0]).posted_at
    register.clock.set(date(2026, 11, 24))  # type: ignore[attr-defined]
    letter_archive.mark_posted(register, [*ids, ids[2]])
    letter_archive.mark_posted(register, ids)
    assert register.letters.get(ids[0]).posted_at == first != register.letters.get(ids[2]).posted_at
    labels = [item.label for item in register.history.list_operations() if item.kind == "posted"]
    assert labels == ["1 brief gepost", "2 brieven gepost"]


def test_a_letter_that_was_withdrawn_counts_no_more_and_is_not_sent(
    register: Register, letters: tuple[Letter, ...]
) -> None:
    ids = [letter.id for letter in letters]
    letter_archive.withdraw_letters(register, ids[:1])
    assert states(register)[0] == LetterState.WITHDRAWN
    assert [proposal.supplier.id for proposal in plan_letters(register, on=TODAY).proposals] == ["s0"]
    for mark in (letter_archive.mark_printed, letter_archive.mark_posted):
        with pytest.raises(AppError, match="PSO-2026-0001"):
            mark(register, ids)
    assert states(register) == ["ingetrokken", "gemaakt", "gemaakt"]
    undo.undo_last(register)
    assert states(register) == ["gemaakt"] * 3


def test_a_posted_letter_is_named_and_then_none_is_withdrawn(register: Register, letters: tuple[Letter, ...]) -> None:
    ids = [letter.id for letter in letters]
    letter_archive.mark_posted(register, ids[:2])
    with pytest.raises(AppError) as refused:
        letter_archive.withdraw_letters(register, ids)
    assert refused.value.message == (
        "Al gepost, en daarom niet meer in te trekken: PSO-2026-0001 en PSO-2026-0002. Er is niets ingetrokken."
    )
    assert states(register) == ["gepost", "gepost", "gemaakt"]
