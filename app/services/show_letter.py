"""Looking at a letter, before a round and in the archive: its pages as pictures, and the envelope around it."""

from app.domain.letter import LetterSettings
from app.letters.layout import FOLD_YS, PAGE_HEIGHT, PAGE_WIDTH, address_area
from app.letters.picture import Picture, page_count, page_picture

__all__ = ["FOLD_YS", "PAGE_HEIGHT", "PAGE_WIDTH", "Picture", "envelope_window", "page_count", "page_picture"]


def envelope_window(settings: LetterSettings) -> tuple[float, float, float, float] | None:
    """Return what the window of the envelope shows: left, top, right and bottom in mm; None without a window."""
    area = address_area(settings)
    return None if settings.window == "none" else (area.left, area.top, area.right, area.bottom)
