"""Drafts of e-mails carry the letters as they were sent; a fault in the middle leaves nothing, and then it goes on."""

import errno
import json
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from app.base.errors import AppError, Cancelled, FileError
from app.base.progress import StopAfter
from app.domain.letter import Letter, LetterSettings
from app.domain.supplier import Contact, Salutation, Supplier
from app.services import Register, letter_archive
from app.services.mail_drafts import save_mail_drafts
from tests.services.conftest import NAMES


@pytest.fixture
def mailed(register: Register, letters: tuple[Letter, ...]) -> list[str]:
    """The ids of three letters to suppliers that can be mailed to."""
    with register.operation("edit", "adressen"):
        for letter in letters:
            supplier = register.suppliers.get(letter.supplier_id)
            register.suppliers.save(replace(supplier, email=f"info@{supplier.id}.example"))
    return [letter.id for letter in letters]


def parts(path: Path) -> tuple[dict[str, str], str, bytes]:
    message = message_from_bytes(path.read_bytes())
    payload: Any = message.get_payload()
    body, attached = payload
    return dict(message.items()), body.get_payload(decode=True).decode(), attached.get_payload(decode=True)


def test_each_letter_is_a_draft_with_exactly_its_pdf(register: Register, mailed: list[str], tmp_path: Path) -> None:
    letter_archive.mark_posted(register, mailed[:1])
    saved = save_mail_drafts(register, mailed, tmp_path / "uit")
    assert [path.name for path in saved.files] == [
        "PSO-2026-0001 Bouwbedrijf Maasdal B.V.eml",
        "PSO-2026-0002 Café 't Ĳzer.eml",
        "PSO-2026-0003 Dakwerken Tienbunder Zuid.eml",
    ]
    assert saved.without_address == ()
    for path, letter_id in zip(saved.files, mailed, strict=True):
        headers, text, pdf = parts(path)
        assert pdf == letter_archive.get_letter_pdf(register, letter_id)
        assert headers["X-Unsent"] == "1"
        assert headers["Subject"] == "Uw PSO-certificaat: graag uw antwoord uiterlijk 7 december 2026"
        assert "Geachte heer, mevrouw," in text
        assert register.letters.get(letter_id).kenmerk in text
    again = save_mail_drafts(register, mailed[:1], tmp_path / "nog eens")
    assert again.files[0].read_bytes() == saved.files[0].read_bytes()


def test_the_person_is_written_to_as_in_the_letter(
    register: Register, mailed: list[str], tmp_path: Path, letters: tuple[Letter, ...]
) -> None:
    person = Contact(id="c", supplier_id="s0", surname="Voorbeeld", salutation=Salutation.MRS, is_primary=True,
                     email="m@s0.example")  # fmt: skip
    with register.operation("edit", "contact"):
        register.contacts.add(person)
    headers, text, _pdf = parts(save_mail_drafts(register, mailed[:1], tmp_path).files[0])
    assert headers["To"] == "Voorbeeld <m@s0.example>"
    # That letter was written before she was known.
    assert text.startswith("Geachte heer, mevrouw,")


def test_who_has_no_address_is_named_and_the_others_get_their_draft(
    register: Register, mailed: list[str], tmp_path: Path
) -> None:
    with register.operation("edit", "adressen"):
        register.suppliers.save(replace(register.suppliers.get("s0"), email=""))
        register.suppliers.save(replace(register.suppliers.get("s2"), email="geen adres"))
    saved = save_mail_drafts(register, mailed, tmp_path / "uit")
    assert len(saved.files) == len(list((tmp_path / "uit").iterdir())) == 1
    assert saved.without_address == (("s0", NAMES[0]), ("s2", NAMES[2]))


def test_a_withdrawn_letter_goes_nowhere(register: Register, mailed: list[str], tmp_path: Path) -> None:
    letter_archive.withdraw_letters(register, mailed[1:2])
    with pytest.raises(AppError, match="PSO-2026-0002"):
        save_mail_drafts(register, mailed, tmp_path / "uit")
    assert not (tmp_path / "uit").exists()


@pytest.mark.parametrize("facts", ["{}", "[]", json.dumps({"kenmerk": 7}), json.dumps({"verdict": None})])
def test_a_letter_of_which_the_facts_cannot_be_read_still_goes_out(
    register: Register, mailed: list[str], tmp_path: Path, facts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = replace(register.letters.get(mailed[0]), facts=facts)
    monkeypatch.setattr(register.letters, "get", lambda _key: older)
    headers, text, pdf = parts(save_mail_drafts(register, mailed[:1], tmp_path).files[0])
    assert headers["Subject"] == "Verzoek PSO-2026-0001"
    assert text.startswith("Geachte heer, mevrouw,")
    assert "Met vriendelijke groet," in text
    assert pdf == letter_archive.get_letter_pdf(register, mailed[0])


def test_facts_are_read_as_they_were_sent_also_when_settings_changed(
    register: Register, mailed: list[str], tmp_path: Path
) -> None:
    with register.operation("settings", "afzender"):
        register.save_settings(LetterSettings(team="Een ander team", phone="0", email="anders@voorbeeld.example"))
    headers, text, _pdf = parts(save_mail_drafts(register, mailed[:1], tmp_path).files[0])
    assert "Team Inkoopadvies" in text and "088-385 0800" in text
    assert "Een ander team" not in text
    assert "From" not in headers


@pytest.mark.parametrize("save", [letter_archive.save_pdf, save_mail_drafts])
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_full_disk_in_the_middle_leaves_nothing_and_running_again_goes_on(
    register: Register, mailed: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, save, place: int
) -> None:
    written = []

    def full(_number: int) -> None:
        written.append(1)
        if len(written) == place:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(FileError, match="de schijf is vol"):
        save(register, mailed, tmp_path / "uit")
    assert list((tmp_path / "uit").iterdir()) == []
    monkeypatch.undo()
    save(register, mailed, tmp_path / "uit")
    assert len(list((tmp_path / "uit").iterdir())) == 3


@pytest.mark.parametrize("save", [letter_archive.save_pdf, save_mail_drafts])
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_file_that_is_open_elsewhere_leaves_what_stood_there_and_nothing_else(
    register: Register, mailed: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, save, place: int
) -> None:
    folder = tmp_path / "uit"
    save(register, mailed, folder)
    files = sorted(folder.iterdir())
    for path in files:
        path.write_bytes(b"van gisteren")
    files[1].unlink()
    named, replace_file = [], Path.replace

    def locked(self: Path, target: Path) -> Path:
        if self.suffix == ".part":
            named.append(1)
            if len(named) == place:
                raise PermissionError(errno.EACCES, "in use")
        return replace_file(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(FileError, match="of het bestand is open"):
        save(register, mailed, folder)
    assert {path: path.read_bytes() for path in folder.iterdir()} == dict.fromkeys(
        (files[0], files[2]), b"van gisteren"
    )
    monkeypatch.undo()
    save(register, mailed, folder)
    assert sorted(folder.iterdir()) == files
    assert b"van gisteren" not in {path.read_bytes() for path in files}


def test_stopping_leaves_nothing(register: Register, mailed: list[str], tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        save_mail_drafts(register, mailed, tmp_path / "uit", progress=StopAfter(2))
    assert list((tmp_path / "uit").iterdir()) == []


def test_a_supplier_that_is_renamed_keeps_the_kenmerk_in_the_name_of_its_file(
    register: Register, mailed: list[str], tmp_path: Path
) -> None:
    with register.operation("edit", "naam"):
        register.suppliers.save(Supplier(id="s0", name="../../weg: <b>", email="info@s0.example"))
    (path,) = save_mail_drafts(register, mailed[:1], tmp_path / "uit").files
    assert path == tmp_path / "uit" / "PSO-2026-0001 .. .. weg b.eml"
