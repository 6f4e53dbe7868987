"""What is dragged over the window or let go there, and whether it is one file."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMimeData

from ui.base.notice import Notice, Tone

_LONGEST = 60


class Dropped(NamedTuple):
    """One file to import, or None with the reason why it is not, and what to do."""

    path: Path | None
    words: str
    advice: str = ""

    @property
    def hint(self) -> str:
        """What is said while it is dragged."""
        return f"{self.words} {self.advice}".strip()

    def notice(self) -> Notice:
        """Return why nothing was done with it."""
        return Notice(f"{self.words} Er is niets gelezen.", Tone.NOTE, self.advice)


def look_at(dragged: QMimeData) -> Dropped | None:
    """Say what is dragged; None for what is no file at all, such as text."""
    urls = dragged.urls()
    if not urls:
        return None
    if len(urls) > 1:
        return Dropped(None, f"Dit zijn {len(urls)} bestanden.", "Sleep er één tegelijk.")
    path = Path(urls[0].toLocalFile())
    if not urls[0].isLocalFile():
        return Dropped(None, "Dit bestand staat niet op deze computer.", "Bewaar het eerst hier.")
    if path.is_dir():
        name = path.name[:_LONGEST]
        return Dropped(None, f"{name} is een map.", "Sleep er een bestand uit.")
    return Dropped(path, f"Laat los om {path.name[:_LONGEST]} te importeren")
