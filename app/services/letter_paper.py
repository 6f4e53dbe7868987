"""One's own letter paper, logo and signature: chosen, kept in the register, and loaded for the letters."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from app.base.errors import AppError, FileError
from app.base.formatting import number
from app.domain.letter import LetterSettings
from app.letters.artwork import MOST_BYTES, Artwork, Use, media_type, read_artwork
from app.letters.picture import page_picture
from app.letters.render import render_artwork, render_test_page
from app.storage.register import Register

__all__ = [
    "MOST_BYTES", "ChosenFile", "Use", "check_artwork", "load_artwork", "make_test_page", "read_file", "save_settings",
    "words_for_kept",
]  # fmt: skip

_TRIED_PX = 200
_NOUNS = {Use.BACKGROUND: "Het briefpapier", Use.LOGO: "Het logo", Use.SIGNATURE: "De handtekening"}
_WORDS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


class ChosenFile(NamedTuple):
    """A file that was chosen and can be used, not kept yet: `sha256` is what the settings call it."""

    sha256: str
    content: bytes


def read_file(path: Path) -> bytes:
    """Return a file that the user chose; raises `FileError` when it cannot be read or is far too large."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise FileError(
            f"Het bestand {path.name} kan niet worden gelezen.", "Kijk of het er nog staat en of u het mag openen."
        ) from error
    if len(content) > MOST_BYTES:
        raise FileError(
            f"Het bestand {path.name} is groter dan {number(MOST_BYTES // 1_000_000)} MB.",
            "Maak het kleiner en kies het opnieuw.",
        )
    return content


def check_artwork(content: bytes, *, use: Use) -> ChosenFile:
    """Return a file that a letter can show, after it was drawn once; raises `AppError` that says why it cannot."""
    drawables = read_artwork(content, use=use)
    tried = render_artwork(drawables)
    for page in range(len(drawables)):
        page_picture(tried, page, width_px=_TRIED_PX)
    return ChosenFile(hashlib.sha256(content).hexdigest(), content)


def load_artwork(register: Register, settings: LetterSettings, *, chosen: Mapping[str, bytes] | None = None) -> Artwork:
    """Return the files that settings name, once for all letters of a round.

    `chosen` holds files that are not kept yet, by their SHA-256. Raises `AppError` when one is gone or damaged: a
    letter must not go out without its letterhead.
    """
    fresh, found = chosen or {}, {}
    for use in Use:
        if sha256 := getattr(settings, use):
            try:
                found[use.value] = fresh[sha256] if sha256 in fresh else register.documents.get(sha256).content
            except AppError as error:
                raise AppError(
                    f"{_NOUNS[use]} in het register is weg of beschadigd.",
                    "Kies het bestand opnieuw bij Instellingen, Briefpapier.",
                ) from error
    return Artwork(**found)


def save_settings(register: Register, settings: LetterSettings, *, chosen: Mapping[str, bytes]) -> None:
    """Write the settings of the letters with the chosen files that they name, as one step of undo.

    Raises `AppError`; nothing was changed then.
    """
    named = {getattr(settings, use) for use in Use}
    with register.operation("settings", "Instellingen gewijzigd"):
        for sha256, content in chosen.items():
            if sha256 in named:
                register.documents.add(content, media_type=media_type(content))
        register.save_settings(settings)


def words_for_kept(register: Register, sha256: str) -> str:
    """Return in a few Dutch words what kind of file is kept, and that it is not whole when it is not."""
    try:
        kind, content = register.documents.get(sha256)
    except AppError:
        return "Niet te lezen, kies het opnieuw"
    return f"Gekozen: {_WORDS.get(kind, kind)}, {number(max(1, len(content) // 1000))} kB"


def make_test_page(settings: LetterSettings) -> bytes:
    """Return the sheet by which printer and envelope are tried, as a PDF."""
    return render_test_page(settings)
