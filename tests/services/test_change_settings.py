"""Settings of several sections are changed as one step of undo."""

from dataclasses import replace

from app.domain.letter import LetterSettings
from app.domain.policy import PolicySettings
from app.services import Register, undo
from app.services.change_settings import change_settings, get_settings


def test_sections_change_together_and_go_back_together(register: Register) -> None:
    paper, policy = get_settings(register, LetterSettings), get_settings(register, PolicySettings)
    new_paper, new_policy = replace(paper, letterhead="Afdeling\nInkoop"), replace(policy, grace_days=7)
    change_settings(register, new_paper, new_policy)
    assert (get_settings(register, LetterSettings), get_settings(register, PolicySettings)) == (new_paper, new_policy)
    assert undo.undo_last(register).label == "Instellingen gewijzigd"
    assert (get_settings(register, LetterSettings), get_settings(register, PolicySettings)) == (paper, policy)


def test_settings_as_they_were_are_no_change(register: Register) -> None:
    before = register.history.last()
    change_settings(register, get_settings(register, LetterSettings), label="Niets")
    assert register.history.last() == before
