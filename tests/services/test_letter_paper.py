"""Letter paper, logo and signature: checked when chosen, kept with the settings, and on every letter that goes out."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.base.errors import AppError, FileError
from app.domain.contract import AmountKind, YearAmount
from app.domain.letter import LetterSettings
from app.domain.supplier import Address, Supplier
from app.letters.artwork import MOST_BYTES
from app.services import Register, undo
from app.services.letter_paper import (
    ChosenFile,
    Use,
    check_artwork,
    load_artwork,
    make_test_page,
    read_file,
    save_settings,
    words_for_kept,
)
from app.services.plan_letters import plan_letters
from app.services.sample_letter import sample_letter
from app.services.write_letters import draft_letters, render_draft, write_letters
from tests.unit.letters.examples import page_texts
from tests.unit.letters.files import letter_paper, locked_paper, picture

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def one_supplier_that_does_not_comply(register: Register) -> None:
    with register.operation("edit", "erbij"):
        register.suppliers.add(
            Supplier(
                id="maasdal",
                name="Bouwbedrijf Maasdal B.V.",
                visiting=Address(street="Dijk", house_number="1", postcode="6041 AB", city="Roermond"),
            )
        )
        register.amounts.add(
            YearAmount(id="a", supplier_id="maasdal", year=2026, kind=AmountKind.AGREED, cents=20_000_000)
        )


def own_paper(register: Register) -> tuple[LetterSettings, ChosenFile]:
    found = check_artwork(letter_paper(), use=Use.BACKGROUND)
    return replace(register.settings(LetterSettings), paper="background", background=found.sha256), found


def keep(register: Register) -> LetterSettings:
    settings, found = own_paper(register)
    save_settings(register, settings, chosen={found.sha256: found.content})
    return settings


def test_every_way_a_letter_comes_out_shows_the_paper(register: Register, tmp_path: Path) -> None:
    settings = keep(register)
    proposals = plan_letters(register, on=TODAY).proposals
    [draft] = draft_letters(register, proposals, on=TODAY)
    seen = sample_letter(register, settings, on=TODAY, among=["maasdal"], width_px=100)
    assert seen.page.rgb_bytes[:3] == bytes((0, 102, 77))
    written = write_letters(register, proposals, on=TODAY, folder=tmp_path, print_file=tmp_path / "alle.pdf")
    assert written.print_file is not None
    for pdf in (
        render_draft(register, draft),
        written.files[0].read_bytes(),
        written.print_file.read_bytes(),
        register.letters.get_pdf(written.letters[0].id),
    ):
        assert "Voorbeeldpapier, blad 1" in page_texts(pdf)[0]


def test_a_file_that_was_only_chosen_is_seen_and_not_kept(register: Register) -> None:
    settings, found = own_paper(register)
    before = register.newest_change()
    sample = sample_letter(
        register, settings, on=TODAY, among=["maasdal"], width_px=100, chosen={found.sha256: found.content}
    )
    assert sample.page.rgb_bytes[:3] == bytes((0, 102, 77))
    assert register.newest_change() == before
    with pytest.raises(AppError, match=r"Het briefpapier in het register is weg .* opnieuw bij Instellingen"):
        load_artwork(register, settings)


def test_settings_and_files_are_saved_and_taken_back_as_one(register: Register) -> None:
    settings, found = own_paper(register)
    save_settings(register, settings, chosen={found.sha256: found.content, "x": b"niet meer gekozen"})
    assert load_artwork(register, settings).background == letter_paper()
    assert register._db.execute("SELECT media_type FROM document").fetchall() == [("application/pdf",)]
    assert words_for_kept(register, found.sha256).startswith("Gekozen: pdf, ")
    undo.undo_last(register)
    assert register.settings(LetterSettings) == LetterSettings()


def test_no_letter_goes_out_without_the_paper_it_should_have(register: Register, tmp_path: Path) -> None:
    with register.operation("settings", "verwijst naar niets"):
        register.save_settings(LetterSettings(paper="background", background="0" * 64))
    proposals = plan_letters(register, on=TODAY).proposals
    before = register.newest_change()
    with pytest.raises(AppError, match="Het briefpapier in het register is weg"):
        write_letters(register, proposals, on=TODAY, folder=tmp_path / "brieven")
    assert register.newest_change() == before
    assert not (tmp_path / "brieven").exists()
    assert words_for_kept(register, "0" * 64) == "Niet te lezen, kies het opnieuw"


def test_a_chosen_file_is_read_whole_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(picture())
    assert check_artwork(read_file(path), use=Use.LOGO).content == picture()
    with pytest.raises(AppError, match="wachtwoord"):
        check_artwork(locked_paper(), use=Use.BACKGROUND)
    path.write_bytes(bytes(MOST_BYTES + 1))
    with pytest.raises(FileError, match=r"logo\.png is groter dan 5 MB"):
        read_file(path)
    with pytest.raises(FileError, match="kan niet worden gelezen"):
        read_file(tmp_path)
    with pytest.raises(FileError, match="kan niet worden gelezen"):
        read_file(tmp_path / "weg.png")


def test_the_test_page_is_made_of_settings_that_were_not_saved() -> None:
    assert "2,5 mm naar rechts" in " ".join(page_texts(make_test_page(LetterSettings(offset_right_mm=2.5)))[0].split())
