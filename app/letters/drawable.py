"""A picture or a page of one's own, ready to be put into any number of letters.

It is kept as the text of PDF objects, in which only the numbers of other objects are open: so it is read once, and
what goes into a file is exactly what was checked. Bytes go in as they are; a `str` is the name of another object.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Text = tuple[bytes | str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawable:
    """Something to show. `objects` holds it under `name`, with all that it refers to; no two have the same name.

    `width` and `height` are its size: in points of a page, in pixels of a picture. As the objects draw it, it measures
    `drawn_width` × `drawn_height`.
    """

    name: str
    width: float
    height: float
    drawn_width: float = 1.0
    drawn_height: float = 1.0
    objects: Mapping[str, Text] = field(repr=False)

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """Return its width and height where it fills as much as it can of these, whatever their unit."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale

    def put(self, canvas: "Canvas", *, x: float, y: float, width: float, height: float) -> None:
        """Draw it over a rectangle in points, from its bottom left; a file gets its objects once."""
        # The canvas has no door for objects that were made elsewhere; its document does.
        document: Any = canvas._doc  # type: ignore[attr-defined]
        if not document.hasForm(self.name):
            self._add_to(document)
        canvas.saveState()
        canvas.transform(width / self.drawn_width, 0, 0, height / self.drawn_height, x, y)
        canvas.doForm(self.name)
        canvas.restoreState()

    def _add_to(self, document: Any) -> None:
        from reportlab.pdfbase.pdfdoc import xObjectName

        # All get their numbers before any is written, for they may refer to each other.
        for name in self.objects:
            document.Reference(b"", xObjectName(name))
        for name, text in self.objects.items():
            document.idToObject[xObjectName(name)] = b"".join(
                part if isinstance(part, bytes) else b"%d %d R" % document.idToObjectNumberAndVersion[xObjectName(part)]
                for part in text
            )
