"""Files appear whole or not at all, under names that every system accepts."""

import os
import time
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import Cancelled, FileError
from app.base.files import StagedFiles, safe_name, write_whole

WINDOWS_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}


@given(st.text(max_size=300))
def test_any_text_gives_a_name_that_stays_in_its_folder(text: str) -> None:
    name = safe_name(text, ".pdf")
    assert name.endswith(".pdf") and len(name.encode()) <= 130
    assert Path("map", name).parent == Path("map") and name == name.strip()
    assert not set(name) & set('<>:"/\\|?*') and all(character.isprintable() for character in name)
    assert name.split(".")[0].casefold() not in WINDOWS_DEVICES
    assert name.removesuffix(".pdf").rstrip(" .") == name.removesuffix(".pdf")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PSO-2026-0148 Bouwbedrijf Maasdal B.V.", "PSO-2026-0148 Bouwbedrijf Maasdal B.V.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("con", "_con.pdf"),
        ("", "naamloos.pdf"),
        ("Café ’t Ĳ", "Café ’t Ĳ.pdf"),
    ],
)
def test_names_stay_readable(text: str, name: str) -> None:
    assert safe_name(text, ".pdf") == name


def test_writing_replaces_a_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"oud")
    write_whole(path, b"nieuw")
    assert path.read_bytes() == b"nieuw"
    assert [item.name for item in tmp_path.iterdir()] == ["brief.pdf"]


def test_a_file_that_cannot_be_written_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "bezet.pdf").mkdir()
    with pytest.raises(FileError, match=r"bezet\.pdf kon niet worden geschreven"):
        write_whole(tmp_path / "bezet.pdf", b"x")
    with pytest.raises(FileError, match="map bestaat niet"):
        write_whole(tmp_path / "weg" / "brief.pdf", b"x")
    assert [item.name for item in tmp_path.iterdir()] == ["bezet.pdf"]


def test_staged_files_appear_together_or_not(tmp_path: Path) -> None:
    (tmp_path / "alles.pdf").mkdir()
    with pytest.raises(FileError), StagedFiles() as staged:
        staged.stage(tmp_path / "een.pdf", b"1")
        staged.stage(tmp_path / "twee.pdf", b"2")
        staged.stage(tmp_path / "alles.pdf", b"12")
        staged.publish()
    assert [item.name for item in tmp_path.iterdir()] == ["alles.pdf"]


def test_what_cannot_be_taken_back_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = Path.unlink

    def held(self: Path, *, missing_ok: bool = False) -> None:
        if self.name == "twee.pdf":
            raise PermissionError
        unlink(self, missing_ok=missing_ok)

    (tmp_path / "een.pdf").mkdir()
    monkeypatch.setattr(Path, "unlink", held)
    with pytest.raises(FileError, match=r"met die naam\. Wel al in de map: twee\.pdf\."), StagedFiles() as staged:
        for name in ("een.pdf", "twee.pdf", "drie.pdf"):
            staged.stage(tmp_path / name, b"1")
        staged.publish()
    assert sorted(item.name for item in tmp_path.iterdir()) == ["een.pdf", "twee.pdf"]


def test_an_error_after_publishing_puts_back_what_stood_there(tmp_path: Path) -> None:
    (tmp_path / "oud.pdf").write_bytes(b"oud")
    with pytest.raises(ZeroDivisionError), StagedFiles() as staged:
        staged.stage(tmp_path / "oud.pdf", b"nieuw")
        staged.stage(tmp_path / "een.pdf", b"1")
        staged.publish()
        _ = 1 / 0
    assert [(item.name, item.read_bytes()) for item in tmp_path.iterdir()] == [("oud.pdf", b"oud")]


def test_what_a_killed_program_left_is_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    for name, age in ((".brief.pdf.4711.part", 7200), (".brief.pdf.4712.part", 5), (".mijn.part", 7200)):
        (tmp_path / name).write_bytes(b"x")
        then = time.time() - age
        os.utime(tmp_path / name, (then, then))
    write_whole(tmp_path / "nieuw.pdf", b"1")
    assert sorted(item.name for item in tmp_path.iterdir()) == [".brief.pdf.4712.part", ".mijn.part", "nieuw.pdf"]


def test_a_file_that_is_stopped_while_it_is_written_leaves_the_older_one(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    write_whole(path, b"ouder")

    def stopped(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise Cancelled

    with pytest.raises(Cancelled):
        write_whole(path, stopped)
    assert [(found, found.read_bytes()) for found in tmp_path.iterdir()] == [(path, b"ouder")]
    write_whole(path, lambda stream: stream.write(b"nieuw"))
    assert path.read_bytes() == b"nieuw"
