"""Files as a user may choose them for letters: good ones, and those that somebody meant badly."""

import hashlib
import io
import struct
import zlib
from dataclasses import replace
from typing import Any

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from app.domain.letter import LetterSettings
from app.letters.artwork import Artwork

A4_PT = (595.276, 841.89)


def letter_paper(pages: int = 2, *, size: tuple[float, float] = A4_PT) -> bytes:
    """A band at the head, a see-through circle and a line of text; another colour on the second page.

    Cut elsewhere or turned it still looks like nothing else.
    """
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size, invariant=1)
    for page in range(pages):
        canvas.setFillColorRGB(0, 0.4, 0.3 + 0.3 * page)
        canvas.rect(0, size[1] - 60, size[0] - 100, 60, stroke=0, fill=1)
        canvas.setFillAlpha(0.2)
        canvas.circle(80, 90, 60, stroke=0, fill=1)
        canvas.setFillAlpha(1)
        canvas.drawString(60, 40, f"Stichting Voorbeeldpapier, blad {page + 1}")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def turned(pdf: bytes, degrees: int, *, origin: tuple[float, float] = (0, 0), bleed: float = 0.0) -> bytes:
    """The first page turned, with its corner elsewhere, and cut inside a larger sheet."""
    writer = PdfWriter()
    page = writer.add_page(PdfReader(io.BytesIO(pdf)).pages[0])
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    left, bottom = origin
    page.cropbox = page.mediabox = RectangleObject((left - bleed, bottom - bleed, width + bleed, height + bleed))
    page.trimbox = RectangleObject((left, bottom, width, height))
    page.rotation = degrees
    return _saved(writer)


def picture(kind: str = "PNG", *, mode: str = "RGB", size: tuple[int, int] = (600, 200)) -> bytes:
    """A blue bar on white, or on nothing where the mode has transparency."""
    drawn = Image.new("RGBA", size, (255, 255, 255, 0 if mode in {"RGBA", "P"} else 255))
    ImageDraw.Draw(drawn).rectangle((0, 0, size[0] // 2, size[1]), fill=(20, 40, 160, 255))
    if mode == "I;16":
        drawn = drawn.convert("L").convert("I").point(_sixteen_bits)
    stream = io.BytesIO()
    drawn.convert(mode).save(stream, kind)
    return stream.getvalue()


def _sixteen_bits(grey: Any) -> Any:
    return grey * 257


def huge_picture() -> bytes:
    """A PNG of a few bytes that says it is 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(60_001))) + chunk(b"IEND", b"")


def busy_paper() -> bytes:
    """Letter paper with all that a PDF can do besides being seen."""
    writer = PdfWriter(clone_from=io.BytesIO(letter_paper(1)))
    script = _action("/JavaScript")
    script[NameObject("/JS")] = TextStringObject("app.alert('kwaad');")
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_annotation(0, Link(rect=(0, 0, 300, 300), url="https://voorbeeld.example/klik"))
    writer.add_attachment("kwaad.exe", b"MZ")
    writer.add_metadata({"/Author": "Geheime Maker"})
    page = writer.pages[0]
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): _action("/Launch")})
    resources: Any = page["/Resources"]
    resources[NameObject("/Properties")] = DictionaryObject(
        {NameObject("/MC0"): DictionaryObject({NameObject("/Kwaad"): _action("/JavaScript")})}
    )
    outside = DecodedStreamObject()
    outside.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([NumberObject(0)] * 4),
            NameObject("/Ref"): DictionaryObject({NameObject("/F"): NameObject("/elders.pdf")}),
            NameObject("/Metadata"): writer._add_object(DecodedStreamObject()),
        }
    )
    resources[NameObject("/XObject")] = DictionaryObject({NameObject("/Fm9"): writer._add_object(outside)})
    return _saved(writer)


def endless_paper() -> bytes:
    """Letter paper of which a part is made of itself, and a chain of parts too long to follow."""
    writer = PdfWriter(clone_from=io.BytesIO(letter_paper(1)))
    resources: Any = writer.pages[0]["/Resources"]
    first = DictionaryObject()
    reference = writer._add_object(first)
    first[NameObject("/Next")] = reference
    for _ in range(5_000):
        reference = writer._add_object(DictionaryObject({NameObject("/Next"): reference}))
    resources[NameObject("/Pattern")] = DictionaryObject({NameObject("/P0"): reference})
    return _saved(writer)


def locked_paper() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(letter_paper(1)))
    writer.encrypt("geheim", algorithm="RC4-128")
    return _saved(writer)


def with_files(sender: LetterSettings, **files: bytes) -> tuple[LetterSettings, Artwork]:
    """Settings that name these files, and the files."""
    named: dict[str, Any] = {use: hashlib.sha256(content).hexdigest() for use, content in files.items()}
    return replace(sender, **named), Artwork(**files)


def _action(kind: str) -> DictionaryObject:
    return DictionaryObject({NameObject("/Type"): NameObject("/Action"), NameObject("/S"): NameObject(kind)})


def _saved(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
