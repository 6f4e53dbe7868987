"""The log never stands in the way, and never holds what a user's data says."""

import logging
from pathlib import Path

import pytest

from app.base import logs


@pytest.fixture(autouse=True)
def loud_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put back what the program switches off for good."""
    monkeypatch.setattr(logging, "raiseExceptions", True)


def test_an_error_is_told_by_place_and_type_without_its_words(tmp_path: Path) -> None:
    logs.write_to(tmp_path)
    name = "Bouwbedrijf Maasdal B.V."
    try:
        raise ValueError(name)
    except ValueError:
        logging.getLogger("test").info("it failed", exc_info=True)
    text = (tmp_path / "tredewijzer.log").read_text(encoding="utf-8")
    assert "test_logs.py" in text and "ValueError" in text
    assert "Maasdal" not in text


@pytest.mark.parametrize("place", ["file", "locked"])
def test_a_log_that_cannot_be_written_is_done_without(
    tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "log"
    if place == "file":
        folder.write_bytes(b"")
    else:
        (folder / "tredewijzer.log").mkdir(parents=True)
    logs.write_to(folder)
    logging.getLogger("test").info("nobody hears this")
    assert capsys.readouterr() == ("", "")
