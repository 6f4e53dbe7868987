"""Workbooks: looked at before they are unpacked, then read by calamine (ecosystem.md §7).

A workbook is a zip of XML. A few kilobytes can unpack to gigabytes, the sizes in its directory may lie, and one
stray cell at the far end of a sheet makes the reader reserve memory for everything before it.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from app.base.errors import FileError
from app.base.progress import Progress
from app.importing.compound import Finding, inspect
from app.importing.tables import Cell, RawTable, too_large

MAX_UNPACKED_BYTES = 200_000_000
MAX_RATIO = 100
# Small members may be very repetitive; only from this size on is a high ratio suspect.
_RATIO_FROM_BYTES = 20_000_000
MAX_CELLS = 20_000_000
_CHUNK = 1_000_000
_STEP = 2_000
_ROW = re.compile(rb'<row [^>]*?r="(\d+)"')
_WIDE_CELL = re.compile(rb'r="([A-Z]{2,})(\d+)"')


def read_workbook(path: Path, data: bytes, *, is_zip: bool, progress: Progress) -> list[RawTable]:
    """Return the visible sheets (all sheets when none is visible); raises `FileError` and `Cancelled`."""
    if is_zip:
        _inspect_zip(path, data, progress)
    elif _name_in_ole("EncryptedPackage") in data:
        raise _encrypted(path)
    elif _name_in_ole("WordDocument") in data or _name_in_ole("PowerPoint Document") in data:
        raise _no_workbook(path)
    elif (finding := inspect(data)) is not Finding.FINE:
        raise _encrypted(path) if finding is Finding.ENCRYPTED else _broken(path)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        visible = [sheet.name for sheet in sheets if sheet.visible is SheetVisibleEnum.Visible]
        tables = [_read_sheet(workbook, name, progress) for name in visible]
        if not any(table.rows for table in tables):
            tables = [_read_sheet(workbook, sheet.name, progress) for sheet in sheets if sheet.name not in visible]
    except PasswordError as error:
        raise _encrypted(path) from error
    except (CalamineError, ValueError, OSError) as error:
        raise _broken(path) from error
    except BaseException as error:
        # A panic of the Rust reader is no Exception; it has no name that can be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _broken(path) from error
    return tables


def _read_sheet(workbook: CalamineWorkbook, name: str, progress: Progress) -> RawTable:
    rows: list[tuple[Cell, ...]] = []
    sheet = workbook.get_sheet_by_name(name)
    end = sheet.end
    if end is None:
        return RawTable(name, None, None, [])
    total = end[0] + 1
    for raw in sheet.iter_rows():
        if len(rows) % _STEP == 0:
            progress.step(len(rows), total, f"Blad {name} lezen")
        rows.append(tuple([_cell(value) for value in raw]))
    if not any(cell is not None for row in rows for cell in row):
        rows = []
    return RawTable(name, None, None, rows)


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value or None
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, bool | date | datetime):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, time | timedelta):
        return str(value)
    return None


def _inspect_zip(path: Path, data: bytes, progress: Progress) -> None:
    """Refuse what is no workbook, is encrypted, or would unpack to more than the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
        raise _broken(path) from error
    names = {member.filename for member in members}
    if any(member.flag_bits & 0x1 for member in members):
        raise _encrypted(path)
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise _no_workbook(path)
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} and "[Content_Types].xml" not in names:
        raise FileError(
            f"Het bestand {path.name} is een zip-bestand en geen rekenblad.",
            "Pak het bestand uit en importeer het rekenblad dat erin zit.",
        )
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise too_large(path)
    budget = MAX_UNPACKED_BYTES
    for done, member in enumerate(members):
        progress.step(done, len(members), "Bestand controleren")
        budget -= _unpacked_size(path, data, member, budget)


def _unpacked_size(path: Path, data: bytes, member: zipfile.ZipInfo, budget: int) -> int:
    """Unpack one member piece by piece without keeping it; return its real size, or refuse."""
    begin = member.header_offset
    if begin < 0 or len(data) < begin + 30:
        raise _broken(path)
    name_length, extra_length = struct.unpack_from("<HH", data, begin + 26)
    start = begin + 30 + name_length + extra_length
    packed = data[start : start + member.compress_size]
    extent = _Extent() if member.filename.startswith("xl/worksheets/") else None
    # On torn XML in an .ods calamine never comes back.
    parser = expat.ParserCreate() if member.filename == "content.xml" else None
    size = 0
    try:
        for piece in _pieces(packed, member.compress_type):
            size += len(piece)
            if size > budget or (size > _RATIO_FROM_BYTES and size > MAX_RATIO * max(1, len(packed))):
                raise too_large(path)
            if member.filename == "META-INF/manifest.xml" and b"encryption-data" in piece:
                raise _encrypted(path)
            if extent is not None and not extent.fits(piece):
                raise too_large(path)
            if parser is not None:
                parser.Parse(piece, False)
        if parser is not None:
            parser.Parse(b"", True)
    except (zlib.error, expat.ExpatError, LookupError, zipfile.BadZipFile) as error:
        raise _broken(path) from error
    return size


def _pieces(packed: bytes, method: int) -> Iterator[bytes]:
    """Yield a member unpacked, a megabyte at a time."""
    if method == zipfile.ZIP_STORED:
        yield from (packed[at : at + _CHUNK] for at in range(0, len(packed), _CHUNK))
    elif method == zipfile.ZIP_DEFLATED:
        unpacker = zlib.decompressobj(-15)
        piece = unpacker.decompress(packed, _CHUNK)
        while piece:
            yield piece
            piece = unpacker.decompress(unpacker.unconsumed_tail, _CHUNK)
    else:
        raise zipfile.BadZipFile(f"compression method {method}")


class _Extent:
    """How far a sheet reaches, seen piece by piece."""

    def __init__(self) -> None:
        self.rows = 1
        self.columns = 26
        self.tail = b""

    def fits(self, piece: bytes) -> bool:
        text = self.tail + piece
        self.tail = piece[-64:]
        for number in _ROW.findall(text)[-1:]:
            self.rows = max(self.rows, int(number[:9]))
        for letters, number in set(_WIDE_CELL.findall(text)):
            column = 0
            for letter in letters[:4]:
                column = column * 26 + letter - 64
            self.columns = max(self.columns, column)
            self.rows = max(self.rows, int(number[:9]))
        return self.rows * self.columns <= MAX_CELLS * (2 if self.columns == 26 else 1)


def _name_in_ole(name: str) -> bytes:
    return name.encode("utf-16-le")


def _encrypted(path: Path) -> FileError:
    return FileError(
        f"Het bestand {path.name} is beveiligd met een wachtwoord. Er is niets gelezen.",
        "Haal het wachtwoord eraf in Excel (Bestand, Info, Werkmap beveiligen), bewaar het en probeer het opnieuw.",
    )


def _no_workbook(path: Path) -> FileError:
    return FileError(
        f"Het bestand {path.name} is een tekstdocument of presentatie en geen rekenblad.",
        "Zet de tabel in Excel, bewaar het als .xlsx en importeer dat bestand.",
    )


def _broken(path: Path) -> FileError:
    return FileError(
        f"Het bestand {path.name} is beschadigd of niet volledig. Er is niets gelezen.",
        "Vraag het bestand opnieuw op, of open het in Excel en bewaar het opnieuw als .xlsx.",
    )
