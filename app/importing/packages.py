"""Workbooks that are zips of XML (xlsx, xlsm, xlsb, ods), looked at before they are unpacked for good.

A few kilobytes can unpack to gigabytes, and the sizes in the directory of a zip may lie. So every member is unpacked
once, piece by piece, without keeping it. Called in the process that reads workbooks only.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple
from xml.parsers import expat

from app.importing.unreadable import Reason, Unreadable

MAX_UNPACKED_BYTES = 200_000_000
MAX_RATIO = 100
# Small members may be very repetitive; only from this size on is a high ratio suspect.
_RATIO_FROM_BYTES = 20_000_000
_PACKED_CHUNK, _CHUNK = 65_536, 1_000_000
# No tag is longer; it may lie across two pieces.
_LONGEST_TAG = 4_096
_SHEETS = "xl/worksheets/"
# Of #N/A and the like, and of a formula that was never worked out, the reader tells nothing.
_LOST_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?=[^<>]* t="e")[^<>]*? r="[A-Z]{1,3}(\d{1,7})"'
    rb'|<(?:\w+:)?c\b[^<>]*? r="[A-Z]{1,3}(\d{1,7})"[^<>]*>'
    rb"<f\b[^<>]*>[^<]*</f></c>"
)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^<>]* hidden="(?:1|true)")[^<>]*? r="(\d{1,7})"')


class Rows(NamedTuple):
    """Numbers of rows of one sheet: those that are not shown, and those with a cell of which the value is lost."""

    hidden: list[int]
    lossy: list[int]


NO_ROWS = Rows([], [])


def inspect_package(source: IO[bytes], step: Callable[[int, int], None]) -> dict[str, Rows]:
    """Return which rows are remarkable by the name of their sheet (xlsx, xlsm); `step` hears how far it is.

    Raises `Unreadable` for what is no workbook, is encrypted or broken, or would unpack to more than the limits.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            members = archive.infolist()
            _refuse_strangers(members)
            budget = MAX_UNPACKED_BYTES
            remarkable: dict[str, Rows] = {}
            for done, member in enumerate(members):
                step(done, len(members))
                found = _Inspected(member.filename)
                for piece in _pieces(source, member, budget):
                    budget -= len(piece)
                    found.take(piece)
                found.end()
                if found.hidden or found.lossy:
                    remarkable[member.filename] = Rows(sorted(found.hidden), sorted(found.lossy))
            return _by_sheet(archive, remarkable) if remarkable else {}
    except (
        zipfile.BadZipFile, zlib.error, expat.ExpatError, struct.error, LookupError, ValueError, OSError, RuntimeError,
        SyntaxError,
    ) as error:  # fmt: skip
        raise Unreadable(Reason.BROKEN) from error


def _refuse_strangers(members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename for member in members}
    if any(member.flag_bits & 0x1 for member in members):
        raise Unreadable(Reason.ENCRYPTED)
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise Unreadable(Reason.NO_WORKBOOK)
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} and "[Content_Types].xml" not in names:
        raise Unreadable(Reason.AN_ARCHIVE)
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise Unreadable(Reason.TOO_LARGE)


def _pieces(source: IO[bytes], member: zipfile.ZipInfo, budget: int) -> Iterator[bytes]:
    """Yield a member unpacked, at most a megabyte at a time, as long as its real size is within the limits."""
    source.seek(member.header_offset)
    name_length, extra_length = struct.unpack_from("<26xHH", source.read(30))
    source.seek(name_length + extra_length, 1)
    size = 0
    for piece in _unpacked(source, member):
        size += len(piece)
        if size > budget or (size > _RATIO_FROM_BYTES and size > MAX_RATIO * max(1, member.compress_size)):
            raise Unreadable(Reason.TOO_LARGE)
        yield piece


def _unpacked(source: IO[bytes], member: zipfile.ZipInfo) -> Iterator[bytes]:
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile(f"compression method {member.compress_type}")
    unpacker = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
    left = member.compress_size
    while left > 0 and (packed := source.read(min(left, _PACKED_CHUNK))):
        left -= len(packed)
        if unpacker is None:
            yield packed
            continue
        while piece := unpacker.decompress(packed, _CHUNK):
            yield piece
            packed = unpacker.unconsumed_tail


class _Inspected:
    """One member, seen piece by piece."""

    def __init__(self, name: str) -> None:
        self.hidden: set[int] = set()
        self.lossy: set[int] = set()
        self._is_xml = name.endswith((".xml", ".rels"))
        self._is_sheet = self._is_xml and name.startswith(_SHEETS)
        self._is_manifest = name == "META-INF/manifest.xml"
        # On torn XML in an .ods calamine never comes back.
        self._parser = expat.ParserCreate() if name == "content.xml" else None
        if self._parser is not None:
            self._parser.EntityDeclHandler = _refuse_entities
        self._tail = b""

    def take(self, piece: bytes) -> None:
        """Look at the next piece; raises `Unreadable` and `ExpatError`."""
        if self._parser is not None:
            self._parser.Parse(piece, False)
        if not self._is_xml:
            return
        # They are declared before the first element.
        if not self._tail and b"<!ENTITY" in piece:
            raise Unreadable(Reason.ENTITIES)
        self._look(piece)
        self._look(self._tail + piece[:_LONGEST_TAG])
        self._tail = piece[-_LONGEST_TAG:]

    def end(self) -> None:
        """Note that this was all of it; raises `ExpatError`."""
        if self._parser is not None:
            self._parser.Parse(b"", True)

    def _look(self, text: bytes) -> None:
        if self._is_manifest and b"encryption-data" in text:
            raise Unreadable(Reason.ENCRYPTED)
        if self._is_sheet and b' hidden="' in text:
            self.hidden.update(map(int, _HIDDEN_ROW.findall(text)))
        if self._is_sheet and (b' t="e"' in text or b"</f></c>" in text):
            self.lossy.update(int(error or formula) for error, formula in _LOST_CELL.findall(text))


def _refuse_entities(*_declared: object) -> None:
    raise Unreadable(Reason.ENTITIES)


def _by_sheet(archive: zipfile.ZipFile, by_part: dict[str, Rows]) -> dict[str, Rows]:
    """Return the same by the name of the sheet that a part of the package holds."""
    from xml.etree import ElementTree

    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): posixpath.join("/xl", relation.get("Target", "")) for relation in relations}
    found: dict[str, Rows] = {}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iterfind(".//{*}sheet"):
        key = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        part = posixpath.normpath(targets.get(key, ""))[1:]
        if part in by_part:
            found[sheet.get("name", "")] = by_part[part]
    return found
