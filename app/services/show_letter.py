"""Looking at a letter: its pages as pictures, for the check before a round and for the archive."""

from app.letters.picture import Picture, page_count, page_picture

__all__ = ["Picture", "page_count", "page_picture"]
