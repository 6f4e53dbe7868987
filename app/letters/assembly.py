"""The fast path of drawing letters: what all letters of a sender share is made once.

Most of the time that ReportLab needs for a letter goes into what is the same in the next one: two subsets of fonts,
their widths, letterhead and footer. Here ReportLab makes these once, in the file of one page that holds every common
character and shows every part. The objects of that file are kept as bytes; of each letter only the contents of its
pages are written, and the few objects that name them. No object is left that nothing refers to, and the pages read and
look as those of `CanvasPen`.

The fixed subsets hold the common characters, a byte each. `UncommonCharacter` is raised where a letter needs another
one, and its file is then left to `CanvasPen`. Parts may hold any character: ReportLab draws them. Like ReportLab, all
of this is for one thread at a time.
"""

import re
import zlib
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING, cast

from app.letters.drawable import Drawable
from app.letters.fonts import Face, Fonts
from app.letters.layout import PAGE_HEIGHT, PT_PER_MM
from app.letters.pen import INK, CanvasPen, Ink, Pen, new_canvas

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_WESTERN = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŸĲßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœĳ\N{SINGLE LOW-9 QUOTATION MARK}‘’„“”«»–—…•·€£§°²"
)
# Polish, Czech and Slovak, Hungarian, Turkish, Romanian, Croatian.
_EASTERN = "ĄąĆćĘęŁłŃńŚśŹźŻżČčĎďĚěŇňŘřŠšŤťŮůŽžŐőŰűĞğİıŞşĂăȘșȚțĐđ"
# At most 254 of a face, for a byte each. Only headings, the subject and who writes are bold, mostly in words of our
# own: that face makes do with Dutch and its neighbours, which keeps a file below 30 kB.
COMMON = {
    Face.REGULAR: _ASCII + _WESTERN + _EASTERN,
    Face.SEMIBOLD: _ASCII + "ÄÉËÏÖÜßàáâäçèéêëíîïñóôöúûü‘’“”–·€",
}

# While somebody types in Settings the sender changes with every key; a round needs one or two of these.
KEPT_SENDERS = 4
# Most lines of a round are in every letter of it; a line takes about 300 bytes here.
KNOWN_LINES = 4_000

_Draw = Callable[[Pen], None]
_TITLE, _LANGUAGE = "@title@", "@language@"
_FONTS = {Face.REGULAR: "/F1+0", Face.SEMIBOLD: "/F2+0"}
_ESCAPED = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\r": r"\r", "\n": r"\n"})


class UncommonCharacter(Exception):  # noqa: N818 - it is no error: the file is drawn in another way
    """A letter holds a character that is in none of the fixed subsets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Object:
    """An object that every file has of its own: its number, and its text before and after what differs."""

    number: int
    before: bytes
    after: bytes

    def body(self, differing: bytes) -> bytes:
        return self.before + differing + self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What the files of a sender have in common.

    `start` opens every file, with the objects whose places in it `offsets` tells by their numbers. All numbers below
    `count` that are not among them belong to the first page and to the objects that a file has one of.
    """

    start: bytes
    digest: bytes
    offsets: Mapping[int, int]
    count: int
    page: _Object
    pages: _Object
    catalog: _Object
    info: _Object
    contents_number: int


class AssemblyPen:
    """Writes the pages of one file."""

    # Of the page that is being written: its operators, and what those before set.
    _operators: list[str]
    _is_text: bool
    _font: tuple[Face, float] | None
    _ink: Ink | None

    def __init__(self, fonts: Fonts) -> None:
        """Begin with an empty page."""
        self._fonts = fonts
        self._literal = _literals()
        self._parts: dict[str, _Draw] = {}
        self._drawables: dict[str, Drawable] = {}
        self._pages: list[bytes] = []
        self._begin_page()

    def text(self, x: float, y: float, text: str, *, size_pt: float, face: Face = Face.REGULAR, ink: Ink = INK) -> None:
        """Write one line; raises `UncommonCharacter`."""
        if not self._is_text:
            self._operators.append("BT")
            self._is_text = True
        if (face, size_pt) != self._font:
            self._font = face, size_pt
            self._operators.append(f"{_FONTS[face]} {size_pt:g} Tf")
        if ink != self._ink:
            self._ink = ink
            self._operators.append("{:g} {:g} {:g} rg".format(*ink))
        place = f"{x * PT_PER_MM:.4f} {(PAGE_HEIGHT - y) * PT_PER_MM:.4f}"
        self._operators.append(f"1 0 0 1 {place} Tm {self._literal(text, face)} Tj")

    def line(self, start: tuple[float, float], end: tuple[float, float], *, width_pt: float, ink: Ink) -> None:
        """Write a line."""
        self._end_text()
        (x1, y1), (x2, y2) = ((x * PT_PER_MM, (PAGE_HEIGHT - y) * PT_PER_MM) for x, y in (start, end))
        colour = "{:g} {:g} {:g} RG".format(*ink)
        self._operators.append(f"{colour} {width_pt:g} w {x1:.4f} {y1:.4f} m {x2:.4f} {y2:.4f} l S")

    def part(self, name: str, draw: _Draw) -> None:
        """Show a part; ReportLab draws it when the file is put together, and only if it did not for this sender yet."""
        from reportlab.pdfbase.pdfdoc import xObjectName

        self._parts.setdefault(name, draw)
        self._end_text()
        self._operators.append(f"/{xObjectName(name)} Do")

    def show(self, drawable: Drawable, left: float, top: float, right: float, bottom: float) -> None:
        """Show a picture or a page; it lies among what the letters of a sender share."""
        from reportlab.pdfbase.pdfdoc import xObjectName

        self._drawables[drawable.name] = drawable
        self._end_text()
        width = (right - left) * PT_PER_MM / drawable.drawn_width
        height = (bottom - top) * PT_PER_MM / drawable.drawn_height
        place = f"{left * PT_PER_MM:.4f} {(PAGE_HEIGHT - bottom) * PT_PER_MM:.4f}"
        self._operators.append(f"q {width:.6f} 0 0 {height:.6f} {place} cm /{xObjectName(drawable.name)} Do Q")

    def end_page(self) -> None:
        """Be done with a page."""
        self._end_text()
        self._pages.append(zlib.compress("\n".join(self._operators).encode("latin-1")))
        self._begin_page()

    def file(self, *, sender: Hashable, title: str, author: str, language: str) -> bytes:
        """Return the pages as a PDF file; `sender` is all that the parts depend on."""
        key = (sender, author, *self._parts, *self._drawables)
        if key not in _senders:
            while len(_senders) >= KEPT_SENDERS:
                del _senders[next(iter(_senders))]
            _senders[key] = _shared(self._parts, self._drawables.values(), self._fonts, author)
        return _assembled(_senders[key], self._pages, title=title, language=language)

    def _begin_page(self) -> None:
        self._operators, self._is_text, self._font, self._ink = [], False, None, None

    def _end_text(self) -> None:
        if self._is_text:
            self._operators.append("ET")
            self._is_text = False


_senders: dict[tuple[Hashable, ...], _Shared] = {}


@lru_cache(maxsize=1)
def _literals() -> Callable[[str, Face], str]:
    """Return what writes a text as a string of a page's contents, each byte as the character of that number.

    It raises `UncommonCharacter`.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.pdfdoc import PDFDocument

    codes = {}
    for face, characters in COMMON.items():
        # The same characters in the same order get the same codes in the file of the shared objects.
        [(_, encoded)] = cast("TTFont", pdfmetrics.getFont(face.value)).splitString(characters, PDFDocument())
        codes[face] = dict(zip(characters, map(chr, encoded), strict=True))
        codes[face]["\N{NO-BREAK SPACE}"] = " "

    @lru_cache(maxsize=KNOWN_LINES)
    def literal(text: str, face: Face) -> str:
        try:
            encoded = "".join(map(codes[face].__getitem__, text))
        except KeyError as character:
            raise UncommonCharacter(character) from None
        return f"({encoded.translate(_ESCAPED)})"

    return literal


def _shared(parts: Mapping[str, _Draw], drawables: Iterable[Drawable], fonts: Fonts, author: str) -> _Shared:
    """Let ReportLab make the file of one page that holds all common characters and all parts, and take it apart."""
    stream = BytesIO()
    canvas = new_canvas(stream, title=_TITLE, author=author, language=_LANGUAGE)
    pen = CanvasPen(canvas, fonts)
    for face, characters in COMMON.items():
        pen.text(0, 0, characters, size_pt=1, face=face)
    for name, draw in parts.items():
        pen.part(name, draw)
    for drawable in drawables:
        pen.show(drawable, 0, 0, 1, 1)
    pen.end_page()
    canvas.save()
    pdf = stream.getvalue()

    bodies = _bodies(pdf)
    trailer = pdf.rpartition(b"trailer")[2]
    catalog, info = _reference(trailer, b"/Root"), _reference(trailer, b"/Info")
    pages = _reference(bodies[catalog], b"/Pages")
    page = _reference(bodies[pages], rb"/Kids \[")
    contents = _reference(bodies[page], b"/Contents")

    def own(number: int, differing: bytes) -> _Object:
        before, after = bodies[number].split(differing)
        return _Object(number=number, before=before, after=after)

    start, offsets = pdf[: pdf.index(b"1 0 obj")], {}
    for number in sorted(bodies.keys() - {catalog, info, pages, page, contents}):
        offsets[number] = len(start)
        start += _object(number, bodies[number])
    return _Shared(
        start=start,
        digest=blake2b(start).digest(),
        offsets=offsets,
        count=len(bodies) + 1,
        page=own(page, b"/Contents %d 0 R" % contents),
        pages=own(pages, b"/Count 1 /Kids [ %d 0 R ]" % page),
        catalog=own(catalog, b"/Lang (%s)" % _LANGUAGE.encode()),
        # Brackets in what a user typed are escaped, so that this is found once.
        info=own(info, b"/Title (%s)" % _TITLE.encode()),
        contents_number=contents,
    )


def _bodies(pdf: bytes) -> dict[int, bytes]:
    """Return the objects of a file of ReportLab by their numbers, in whose order they lie in it."""
    table = int(pdf.rpartition(b"startxref")[2].split()[0])
    offsets = [int(offset) for offset in re.findall(rb"(\d{10}) 00000 n", pdf[table:])]
    return {
        number: pdf[start:end].partition(b"obj")[2].rpartition(b"endobj")[0].strip(b"\n")
        for number, (start, end) in enumerate(zip(offsets, [*offsets[1:], table], strict=True), start=1)
    }


def _reference(text: bytes, key: bytes) -> int:
    found = re.search(key + rb" (\d+) 0 R", text)
    assert found, key
    return int(found[1])


def _object(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def _assembled(shared: _Shared, pages: list[bytes], *, title: str, language: str) -> bytes:
    """Return the file: what is shared, the pages, and the objects that there is one of."""
    own: dict[int, bytes] = {}
    kids = []
    for place, data in enumerate(pages):
        # The first page has the numbers of the page that was taken apart, the rest follow.
        number = shared.page.number if place == 0 else shared.count + 2 * place - 2
        contents = shared.contents_number if place == 0 else number + 1
        own[number] = shared.page.body(b"/Contents %d 0 R" % contents)
        own[contents] = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
        kids.append(b"%d 0 R" % number)
    own[shared.pages.number] = shared.pages.body(b"/Count %d /Kids [ %s ]" % (len(kids), b" ".join(kids)))
    own[shared.catalog.number] = shared.catalog.body(b"/Lang (%s)" % language.encode("ascii"))
    own[shared.info.number] = shared.info.body(b"/Title <feff%s>" % title.encode("utf-16-be").hex().encode("ascii"))

    offsets, length = dict(shared.offsets), len(shared.start)
    written = [shared.start]
    for number, body in own.items():
        offsets[number] = length
        written.append(_object(number, body))
        length += len(written[-1])
    name = blake2b(shared.digest + b"".join(written[1:]), digest_size=16).hexdigest().encode("ascii")
    size = len(offsets) + 1
    written.append(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    written += [b"%010d 00000 n \n" % offsets[number] for number in range(1, size)]
    references = b"/Info %d 0 R /Root %d 0 R" % (shared.info.number, shared.catalog.number)
    written.append(b"trailer\n<< /ID [<%s><%s>] %s /Size %d >>\n" % (name, name, references, size))
    written.append(b"startxref\n%d\n%%%%EOF\n" % length)
    return b"".join(written)
