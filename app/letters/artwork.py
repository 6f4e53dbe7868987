"""One's own letter paper, logo and signature: what they may be, and how large they are on the sheet.

Whoever gives out a letter loads these from the register once, as `Artwork`; the sheet shows them.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.base.errors import AppError
from app.base.formatting import number
from app.domain.letter import LetterSettings
from app.letters.copied_page import copied_pages
from app.letters.copied_picture import copied_picture
from app.letters.drawable import Drawable
from app.letters.layout import PAGE_HEIGHT, PAGE_WIDTH, PT_PER_MM

MOST_BYTES = 5_000_000
# At most so large on the sheet, in mm.
LOGO_MM = (60.0, 18.0)
SIGNATURE_MM = (50.0, 16.0)
# A printer shows no more of a logo; it goes along in every letter.
_PIXELS_PER_MM = 400 / 25.4
_PLAY_MM = 3.0
_KEPT = 8


class Use(StrEnum):
    """What a file is for; the value is its field in `LetterSettings`."""

    BACKGROUND = "background"
    LOGO = "logo"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Artwork:
    """The files themselves, None where there is none."""

    background: bytes | None = None
    logo: bytes | None = None
    signature: bytes | None = None


NO_ARTWORK = Artwork()


@dataclass(frozen=True, slots=True)
class Paper:
    """What all letters of a sender have in common: the settings, and the files that they name."""

    settings: LetterSettings
    artwork: Artwork = NO_ARTWORK

    def __post_init__(self) -> None:
        """Hold whoever forgets the files to it: a letter must not go out without its letterhead."""
        for use in Use:
            assert bool(getattr(self.settings, use)) == (getattr(self.artwork, use) is not None), use

    @property
    def background(self) -> tuple[Drawable, ...]:
        """What lies under the first page and under those that follow; the second may be absent, and both."""
        content = self.artwork.background
        return read_artwork(content, use=Use.BACKGROUND) if content and self.settings.paper == "background" else ()

    @property
    def logo(self) -> Drawable | None:
        """What stands in the place of the sender's name."""
        return read_artwork(self.artwork.logo, use=Use.LOGO)[0] if self.artwork.logo else None

    @property
    def signature(self) -> Drawable | None:
        """What stands above the name of who signs."""
        return read_artwork(self.artwork.signature, use=Use.SIGNATURE)[0] if self.artwork.signature else None


def media_type(content: bytes) -> str:
    """Return what kind of file it is by how it begins; raises `AppError` when it is none that can be used."""
    for start, kind in ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg")):
        if content.startswith(start):
            return kind
    # Before a PDF begins there may be other bytes.
    if b"%PDF-" in content[:1024]:
        return "application/pdf"
    raise AppError("Dit bestand is geen pdf, png, jpg of svg.", "Kies een ander bestand.")


@lru_cache(maxsize=_KEPT)
def read_artwork(content: bytes, *, use: Use) -> tuple[Drawable, ...]:
    """Return a file ready to be shown: the pages of letter paper, of a logo or a signature the one picture.

    Raises `AppError` when it is of a kind, a size or in a state that cannot be used.
    """
    if len(content) > MOST_BYTES:
        raise AppError(
            f"Dit bestand is te groot: hoogstens {number(MOST_BYTES // 1_000_000)} MB gaat mee in een brief.",
            "Maak het kleiner en kies het opnieuw.",
        )
    kind = media_type(content)
    if use is Use.BACKGROUND:
        if kind != "application/pdf":
            raise AppError("Briefpapier is een pdf.", "Sla uw briefpapier op als pdf en kies die.")
        pages = copied_pages(content, at_most=2)
        if not all(map(_is_a4, pages)):
            raise AppError("Dit briefpapier is geen staand A4.", "Kies een pdf van 210 bij 297 mm.")
        return pages
    if kind == "application/pdf":
        return copied_pages(content, at_most=1)
    width, height = LOGO_MM if use is Use.LOGO else SIGNATURE_MM
    return (copied_picture(content, most_px=(round(width * _PIXELS_PER_MM), round(height * _PIXELS_PER_MM))),)


def _is_a4(page: Drawable) -> bool:
    return (
        abs(page.width / PT_PER_MM - PAGE_WIDTH) <= _PLAY_MM and abs(page.height / PT_PER_MM - PAGE_HEIGHT) <= _PLAY_MM
    )
