"""A page of somebody's PDF, copied to be drawn under or on a letter.

Only what is seen goes along: the contents of the page and what they draw with. What a page may hold besides (notes,
links, scripts, forms, layers, files, what other programs noted) stays behind, because nothing that leads to it is
copied. What is compressed stays as it is: nothing of a picture or a font is opened here.
"""

import io
import logging
import zlib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from app.base.errors import AppError
from app.letters.drawable import Drawable, Text

if TYPE_CHECKING:
    from pypdf import PageObject
    from pypdf.generic import DictionaryObject, IndirectObject, RectangleObject

MOST_OBJECTS = 5_000
MOST_CONTENTS_BYTES = 20_000_000
MOST_PIXELS = 100_000_000

# What contents may draw with. Of properties only the names count: they mark layers and text for the blind.
_RESOURCES = ("/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/ProcSet", "/Shading", "/XObject")
# What in a picture, a form or a font leads out of it: to another file, to a layer, or to what is not seen.
_LEFT_OUT = frozenset(
    {
        "/Length", "/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/OC", "/Metadata", "/PieceInfo", "/Alternates",
        "/StructParent", "/StructParents", "/AF", "/Measure", "/PtData", "/LastModified", "/ID",
    }
)  # fmt: skip


class UnreadablePageError(AppError):
    """A PDF that cannot be read or copied."""


def copied_pages(pdf: bytes, *, at_most: int) -> tuple[Drawable, ...]:
    """Return the pages of a PDF.

    Raises `UnreadablePageError` when it is damaged, locked with a password, has none or more than so many pages, or
    holds more than a letter can carry.
    """
    import pypdf
    from pypdf.errors import PyPdfError

    # What it says of a damaged file is told to the user in one sentence.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(pdf))
        if reader.is_encrypted:
            raise UnreadablePageError(
                "Deze pdf is beveiligd met een wachtwoord.", "Sla hem op zonder beveiliging en kies hem opnieuw."
            )
        count = len(reader.pages)
        if not 1 <= count <= at_most:
            allowed = "één bladzijde" if at_most == 1 else f"een of {at_most} bladzijden"
            raise UnreadablePageError(f"Deze pdf heeft {count} bladzijden.", f"Kies een pdf van {allowed}.")
        name = sha256(pdf).hexdigest()[:16]
        return tuple(_copied(page, f"{name}.{number}") for number, page in enumerate(reader.pages, start=1))
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError,
            NotImplementedError, AssertionError, zlib.error) as error:  # fmt: skip
        # A file can be wrong in every place, and the library then stumbles in its own way at each.
        raise UnreadablePageError(
            "Deze pdf is beschadigd of heeft iets wat niet gelezen kan worden.",
            "Sla hem opnieuw op vanuit het programma waarin hij is gemaakt.",
        ) from error


def _copied(page: "PageObject", name: str) -> Drawable:
    from pypdf.generic import DictionaryObject

    left, bottom, right, top = _edges(page)
    turned = page.rotation % 360
    # What turns the page upright and brings its corner to 0, 0.
    matrix = {
        0: (1, 0, 0, 1, -left, -bottom),
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }[turned]
    width, height = (right - left, top - bottom) if turned % 180 == 0 else (top - bottom, right - left)
    if width <= 0 or height <= 0:
        raise ValueError("a page without a size")
    found = page.get_contents()
    contents = b"" if found is None else found.get_data()
    if len(contents) > MOST_CONTENTS_BYTES:
        raise _too_much()
    copier = _Copier(name)
    start = b"/Type /XObject /Subtype /Form /BBox [%s] /Matrix [%s] /Filter /FlateDecode " % (
        _numbers(left, bottom, right, top),
        _numbers(*matrix),
    )
    rest = [b"/Resources ", *copier.resources(page.get("/Resources", DictionaryObject()))]
    if "/Group" in page:
        rest += [b" /Group ", *copier.value(page.raw_get("/Group"))]
    copier.objects[name] = _stream([start, *rest], zlib.compress(contents, 9))
    unit = page.user_unit
    return Drawable(
        name=name,
        width=width * unit,
        height=height * unit,
        drawn_width=width,
        drawn_height=height,
        objects=copier.objects,
    )


def _edges(page: "PageObject") -> tuple[float, float, float, float]:
    """Return the edges of the sheet once it is cut, in its own units; what hangs over for the cutter is not seen."""
    left, bottom, right, top = _sorted(page.cropbox)
    cut = _sorted(page.trimbox)
    # Some programs write edges that lie beside the sheet.
    is_inside = left - 1 <= cut[0] and bottom - 1 <= cut[1] and cut[2] <= right + 1 and cut[3] <= top + 1
    return cut if is_inside else (left, bottom, right, top)


def _sorted(box: "RectangleObject") -> tuple[float, float, float, float]:
    left, right = sorted((float(box.left), float(box.right)))
    bottom, top = sorted((float(box.bottom), float(box.top)))
    return left, bottom, right, top


class _Copier:
    """Writes down objects as the text of a PDF, each once, under names that begin with that of the page."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.objects: dict[str, Text] = {}

    def value(self, value: object) -> Iterator[bytes | str]:
        from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

        if isinstance(value, IndirectObject):
            yield self._reference(value)
        elif isinstance(value, DictionaryObject):
            yield from self._dictionary(value, frozenset())
        elif isinstance(value, ArrayObject):
            yield b"["
            for part in value:
                yield from self.value(part)
                yield b" "
            yield b"]"
        else:
            assert isinstance(value, PdfObject)
            stream = io.BytesIO()
            value.write_to_stream(stream)
            yield stream.getvalue()

    def resources(self, found: object) -> Iterator[bytes | str]:
        """Write what contents draw with; a layer or a mark keeps its name and says nothing."""
        from pypdf.generic import DictionaryObject

        resources = _plain(found)
        yield b"<<"
        for kind in _RESOURCES:
            if kind in resources:
                yield b"%s " % kind.encode()
                yield from self.value(resources.raw_get(kind))
                yield b" "
        marks = _plain(resources.get("/Properties", DictionaryObject()))
        if marks:
            yield b"/Properties <<"
            for mark in marks:
                yield b"%s <<>> " % _name(mark)
            yield b">>"
        yield b">>"

    def _reference(self, reference: "IndirectObject") -> str:
        from pypdf.generic import StreamObject

        name = f"{self.name}.{reference.idnum}"
        if name not in self.objects:
            if len(self.objects) >= MOST_OBJECTS:
                raise _too_much()
            # It may lead back to itself.
            self.objects[name] = ()
            found = reference.get_object()
            if isinstance(found, StreamObject):
                if found.get("/Subtype") == "/Image" and _pixels(found) > MOST_PIXELS:
                    raise _too_much()
                # As it is stored: what opens it is told by its own dictionary.
                self.objects[name] = _stream(self._entries(found, _LEFT_OUT), found._data)
            else:
                self.objects[name] = (b"null",) if found is None else tuple(self.value(found))
        return name

    def _dictionary(self, found: Mapping[str, object], left_out: frozenset[str]) -> Iterator[bytes | str]:
        yield b"<<"
        yield from self._entries(found, left_out)
        yield b">>"

    def _entries(self, found: Mapping[str, object], left_out: frozenset[str]) -> Iterator[bytes | str]:
        for key, value in found.items():
            if key in left_out:
                continue
            yield b"%s " % _name(key)
            yield from self.resources(value) if key == "/Resources" else self.value(value)
            yield b" "


def _plain(found: object) -> "DictionaryObject":
    from pypdf.generic import DictionaryObject, IndirectObject

    resolved = found.get_object() if isinstance(found, IndirectObject) else found
    if not isinstance(resolved, DictionaryObject):
        raise TypeError("resources are a dictionary")
    return resolved


def _pixels(picture: "DictionaryObject") -> int:
    width, height = (getattr(picture[side].get_object(), "real", 0) for side in ("/Width", "/Height"))
    return int(width * height)


def _name(name: str) -> bytes:
    from pypdf.generic import NameObject

    return NameObject(name).renumber()


def _stream(entries: "Iterator[bytes | str] | list[bytes | str]", data: bytes) -> Text:
    return (b"<<", *entries, b"/Length %d>>\nstream\n" % len(data), data, b"\nendstream")


def _numbers(*numbers: float) -> bytes:
    return " ".join(f"{number + 0.0:.4f}".rstrip("0").rstrip(".") for number in numbers).encode()


def _too_much() -> UnreadablePageError:
    return UnreadablePageError(
        "Deze pdf is te zwaar voor een brief.", "Sla hem op met kleinere plaatjes, of kies een eenvoudiger opmaak."
    )
