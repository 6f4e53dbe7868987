"""What the user chose about a file, one choice after the other, to be taken back in turn."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from app.services.import_register import Choices, PreviewColumn

_AMOUNTS = frozenset({"amount", "invoiced"})


class Chosen:
    """The choices as they are, and as they were before each of the last ones."""

    def __init__(self) -> None:
        """Begin with nothing chosen."""
        self.now = Choices()
        self._earlier: list[Choices] = []

    def begin_anew(self, sheet: str | None = None) -> None:
        """Forget everything but the sheet: what was chosen for another table says nothing about this one."""
        self.now = Choices(sheet=sheet)
        self._earlier.clear()

    def take(self, **chosen: Any) -> None:
        """Take something else in `Choices`."""
        self._earlier.append(self.now)
        self.now = replace(self.now, **chosen)

    def take_back(self) -> bool:
        """Go back to before the last choice; returns whether there was one."""
        if not self._earlier:
            return False
        self.now = self._earlier.pop()
        return True

    def use_column(self, columns: Iterable[PreviewColumn], heading: str, field: str | None) -> None:
        """Read a column as something else; a column that was that, is not any more."""
        mapping = dict(self.now.mapping)
        for other in columns:
            if field and other.heading != heading and mapping.get(other.heading, other.field) == field:
                # Amounts of several years stand side by side.
                stays = field in _AMOUNTS and other.year is not None and self.now.year is None
                mapping[other.heading] = field if stays else None
        mapping[heading] = field
        self.take(mapping=mapping)

    @property
    def about_rows(self) -> int:
        """How many rows were decided about and cells mended: work that nobody wants to do twice."""
        return len(self.now.decisions) + len(self.now.mended)

    def forget_rows(self) -> None:
        """Forget what was chosen about rows: it goes by their numbers, which are others now."""
        self.now = replace(self.now, decisions={}, mended={})
        self._earlier.clear()
