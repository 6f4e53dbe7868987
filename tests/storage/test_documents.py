"""Files in the register: kept once, never changed, and known to be whole."""

import hashlib

import pytest

from app.base.errors import NotFoundError, RegisterError
from app.domain.letter import LetterSettings
from app.storage.register import Register


def keep(register: Register, content: bytes) -> str:
    with register.operation("settings", "logo gekozen"):
        sha256 = register.documents.add(content, media_type="image/png")
        register.save_settings(LetterSettings(logo=sha256))
    return sha256


def test_a_file_is_found_by_its_checksum_and_kept_once(register: Register) -> None:
    sha256 = keep(register, b"plaatje")
    assert sha256 == hashlib.sha256(b"plaatje").hexdigest()
    with register.operation("settings", "nog eens"):
        assert register.documents.add(b"plaatje", media_type="image/png") == sha256
        register.save_settings(LetterSettings(logo=sha256, team="anders"))
    assert register.documents.get(sha256) == ("image/png", b"plaatje")
    assert register._db.execute("SELECT count(*) FROM document").fetchone() == (1,)


def test_a_file_outlives_the_undo_of_its_choice(register: Register) -> None:
    sha256 = keep(register, b"plaatje")
    chosen = register.history.last()
    assert chosen is not None
    register.undo(chosen)
    assert register.settings(LetterSettings).logo == ""
    assert register.documents.get(sha256).content == b"plaatje"


def test_a_file_that_is_absent_or_not_whole_is_not_given_out(register: Register) -> None:
    with pytest.raises(NotFoundError):
        register.documents.get("0" * 64)
    sha256 = keep(register, b"plaatje")
    register._db.execute("DROP TRIGGER document_is_fixed")
    register._db.execute("UPDATE document SET content = x'00'")
    with pytest.raises(RegisterError, match="beschadigd"):
        register.documents.get(sha256)
