"""The texts of letters: changed by the office, used by the next letter, and never touched by an update."""

from datetime import date
from pathlib import Path

import pytest

from app import bootstrap
from app.base.clock import SetClock
from app.base.errors import NotFoundError
from app.domain.contract import AmountKind, YearAmount
from app.domain.letter import LetterKind, LetterSettings
from app.domain.supplier import Address, Language, Supplier
from app.domain.verdict import Reason
from app.letters import templates
from app.services import Register, undo
from app.services.letter_archive import get_letter_pdf
from app.services.letter_texts import (
    TemplateError,
    get_text,
    list_texts,
    look_at_text,
    preview_text,
    restore_shipped,
    save_text,
    text_versions,
)
from app.services.plan_letters import plan_letters
from app.services.write_letters import write_letters
from tests.unit.letters.examples import page_texts

TODAY = date(2026, 11, 23)
REQUEST = LetterKind.REQUEST, Language.DUTCH


def add_supplier(register: Register, key: str) -> None:
    with register.operation("edit", "erbij"):
        home = Address(street="Dijk", house_number="1", postcode="6041 AB", city="Roermond")
        register.suppliers.add(Supplier(id=key, name=f"Bouwbedrijf {key} B.V.", visiting=home))
        register.amounts.add(YearAmount(id=key, supplier_id=key, year=2026, kind=AmountKind.AGREED, cents=20_000_000))


def write(register: Register) -> str:
    """Make the letter that is due and return its key."""
    plan = plan_letters(register, on=TODAY)
    (letter,) = write_letters(register, plan.proposals, on=TODAY, folder=None).letters
    return letter.id


def reworded(register: Register, words: str) -> str:
    return get_text(register, *REQUEST).source.replace("Wij denken graag met u mee.", words)


def ship(monkeypatch: pytest.MonkeyPatch, *, without: LetterKind | None = None, extra: str = "") -> None:
    """Let the program ship other texts, as an older or a newer one does."""
    real = templates.shipped()
    changed = {key: source + extra for key, source in real.items() if key[0] is not without}
    monkeypatch.setattr(templates, "shipped", lambda: changed)


def test_a_text_that_was_saved_is_in_the_next_letter_and_letters_that_were_made_keep_theirs(register: Register) -> None:
    add_supplier(register, "een")
    first = write(register)
    before = get_letter_pdf(register, first)
    saved = save_text(register, *REQUEST, source=reworded(register, "Wij helpen u graag."))
    versions = [text.version for text in register.templates.list_ever() if text.kind is LetterKind.REQUEST]
    assert (saved.version, saved.valid_from) == (len(versions), TODAY)
    add_supplier(register, "twee")
    second = write(register)
    assert "Wij helpen u graag." in " ".join(page_texts(get_letter_pdf(register, second))[0].split())
    assert get_letter_pdf(register, first) == before
    assert register.letters.get(first).template_id != register.letters.get(second).template_id == saved.id


def test_saving_is_one_step_of_undo_and_the_same_text_is_no_change(register: Register) -> None:
    before = get_text(register, *REQUEST)
    assert save_text(register, *REQUEST, source=before.source) == before
    assert register.history.last() is None
    saved = save_text(register, *REQUEST, source=reworded(register, "Anders."))
    assert undo.undo_last(register).label == "Brieftekst gewijzigd: Verzoek"
    assert get_text(register, *REQUEST) == before
    undo.redo_last(register)
    assert get_text(register, *REQUEST) == saved


def test_a_text_that_cannot_be_used_is_refused_and_nothing_is_kept(register: Register) -> None:
    before = list_texts(register)
    with pytest.raises(TemplateError, match=r"'Geen certificaat'.*is \{lid\} leeg"):
        save_text(register, *REQUEST, source=reworded(register, "Ook {lid} helpt."))
    assert list_texts(register) == before
    with register.operation("edit", "weg"):
        for text in register.templates.list_where("kind", LetterKind.REQUEST.value):
            register.templates.archive(text.id, "2026-11-23T10:00:00Z")
    with pytest.raises(NotFoundError, match="Er is geen tekst voor: Verzoek"):
        restore_shipped(register, *REQUEST)


def test_the_list_says_whose_text_is_used_since_when_and_what_the_program_offers(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def request() -> tuple[bool, bool]:
        found = next(text for text in list_texts(register) if (text.kind, text.language) == REQUEST)
        return found.version.is_own, found.has_newer

    assert request() == (False, False)
    save_text(register, *REQUEST, source=reworded(register, "Anders."))
    assert request() == (True, False)
    ship(monkeypatch, extra="\n# nieuw")
    assert request() == (True, True)
    restore_shipped(register, *REQUEST)
    assert request() == (False, False)
    ship(monkeypatch, extra="\n# nog nieuwer")
    assert request() == (False, True)
    versions = text_versions(register, *REQUEST)
    assert [version.is_own for version in versions] == [False, True, False]
    assert {version.saved_by for version in versions} == {register.by}
    assert all(version.saved_at.date() == TODAY for version in versions)


def test_the_text_of_the_program_comes_back_and_that_can_be_undone(register: Register) -> None:
    shipped = get_text(register, *REQUEST).source
    own = save_text(register, *REQUEST, source=reworded(register, "Anders.")).source
    assert restore_shipped(register, *REQUEST).source == shipped
    assert restore_shipped(register, *REQUEST) == get_text(register, *REQUEST)
    assert undo.undo_last(register).label == "Tekst van het programma teruggezet: Verzoek"
    assert get_text(register, *REQUEST).source == own


def test_an_update_adds_what_is_missing_once_and_changes_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, clock = tmp_path / "oud.tredewijzer", SetClock.at(TODAY)
    with monkeypatch.context() as older:
        ship(older, without=LetterKind.REMINDER)
        made = bootstrap.make_register(path, clock=clock)
        own = save_text(made, *REQUEST, source=reworded(made, "Eigen woorden."))
        made.close()
    ship(monkeypatch, extra="\n# nieuwer")
    with bootstrap.opened(path, to_write=False, clock=clock) as reading:
        assert LetterKind.REMINDER not in {text.kind for text in list_texts(reading)}
    with bootstrap.opened(path, to_write=True, clock=clock) as opened:
        assert {(text.kind, text.language) for text in list_texts(opened)} == set(templates.shipped())
        assert get_text(opened, *REQUEST) == own
        assert get_text(opened, LetterKind.REMINDER, Language.DUTCH).source.endswith("# nieuwer")
        assert undo.undo_last(opened).label == "Brieftekst gewijzigd: Verzoek"
        newest = opened.newest_change()
    with bootstrap.opened(path, to_write=True, clock=clock) as again:
        assert again.newest_change() == newest
        assert again.unlogged_tables() == ()


def test_a_text_that_a_letter_was_made_with_is_kept_with_it_and_used_no_more_when_its_saving_is_undone(
    register: Register,
) -> None:
    before = get_text(register, *REQUEST)
    saved = save_text(register, *REQUEST, source=reworded(register, "Anders."))
    operation = register.history.last()
    add_supplier(register, "een")
    write(register)
    assert operation is not None
    assert undo.undo_operation(register, operation.id).kept == ()
    assert get_text(register, *REQUEST) == before
    assert register.templates.find(saved.id) == saved
    undo.redo_last(register)
    assert get_text(register, *REQUEST) == saved


def test_an_example_shows_a_text_that_was_not_saved_with_settings_that_were_not(register: Register) -> None:
    before = register.newest_change()
    source = reworded(register, "Voorbeeld {{van}} 🦉 {team}.")
    settings = LetterSettings(team="Sociaal inkopen", signatory="Noor van den Berg")
    shown = preview_text(register, source, *REQUEST, reason=Reason.LEVEL_TOO_LOW, settings=settings)
    words = " ".join(" ".join(page_texts(shown.pdf)).split())
    assert "Sociaal inkopen." in words and "Noor van den Berg" in words
    assert "Voorbeeld {van}" in words and "met niveau Trede 1" in words
    assert shown.notes == ("In deze tekst staan tekens die niet gedrukt kunnen worden: 🦉",)
    assert register.newest_change() == before


def test_a_text_is_looked_at_while_it_is_typed(register: Register) -> None:
    source = get_text(register, *REQUEST).source
    assert look_at_text(source, *REQUEST).fault is None
    unread = look_at_text(f"{source}\nhalf", *REQUEST)
    assert unread.blocks is None and unread.fault is not None
    assert unread.fault.line == source.count("\n") + 2
    empty = look_at_text(source.replace("{telefoon}", "{lid}"), *REQUEST)
    assert empty.blocks is not None and empty.fault is not None
