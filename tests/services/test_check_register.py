"""What `check` promises about the letters, with the fault put in by hand."""

from collections.abc import Callable

import pytest

from app.domain.letter import Letter
from app.services import Register
from app.services.check_register import check_register


def problems(register: Register) -> dict[str, str]:
    return {found.what: found.problem for found in check_register(register) if found.problem}


def without_guard(register: Register, guard: str, statement: str) -> None:
    """Do what the register refuses, as a broken disk or another program could."""
    with register._db.atomic():
        register._db.execute(f"DROP TRIGGER {guard}")
        register._db.execute(statement)


def damage_letter(register: Register) -> None:
    without_guard(
        register,
        "document_is_fixed",
        "UPDATE document SET content = CAST(replace(CAST(content AS TEXT), 'PDF', 'pdf') AS BLOB) "
        "WHERE sha256 = (SELECT sha256 FROM letter WHERE kenmerk = 'PSO-2026-0002')",
    )


def damage_paper(register: Register) -> None:
    with register._db.atomic():
        sha256 = register.documents.add(b"logo", media_type="image/png")
    without_guard(register, "document_is_fixed", f"UPDATE document SET content = x'00' WHERE sha256 = '{sha256}'")


def lose_letter(register: Register) -> None:
    with register.operation("fault", "fout"):
        without_guard(register, "letter_stays", "DELETE FROM letter WHERE kenmerk = 'PSO-2026-0002'")


@pytest.mark.parametrize(
    ("fault", "what", "words"),
    [
        (damage_letter, "Brieven", "De pdf klopt niet meer van: PSO-2026-0002"),
        (damage_paper, "Briefpapier", "beschadigd"),
        (lose_letter, "Briefnummers", "Er is geen brief met kenmerk: PSO-2026-0002"),
    ],
)
def test_what_happened_to_a_letter_or_its_paper_is_told(
    register: Register, letters: tuple[Letter, ...], fault: Callable[[Register], None], what: str, words: str
) -> None:
    assert len(letters) == 3
    assert problems(register) == {}
    fault(register)
    assert words in problems(register)[what]
