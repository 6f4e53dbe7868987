"""Old .xls workbooks, looked at before they are read: a damaged cell address would claim more memory than there is.

An .xls is a small file system (OLE) that holds one stream of records (BIFF). What cannot be followed here is left to
the reader to refuse.
"""

import struct

from app.importing.unreadable import Reason, Unreadable

_NO_SECTOR = 0xFFFFFFF0
_FILEPASS, _DIMENSIONS = 0x002F, 0x0200
# Records that hold cells, each beginning with its row and column.
_CELLS = frozenset({0x0006, 0x007E, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
# An .xls has 256 columns (A to IV) and 65,536 rows.
_ROWS, _COLUMNS = 65_536, 256


def inspect_compound(data: bytes) -> None:
    """Look through an .xls for a password and for cells that cannot exist; raises `Unreadable`."""
    if _name("EncryptedPackage") in data:
        raise Unreadable(Reason.ENCRYPTED)
    if _name("WordDocument") in data or _name("PowerPoint Document") in data:
        raise Unreadable(Reason.NO_WORKBOOK)
    try:
        stream = _workbook_stream(data)
    except (struct.error, IndexError):
        return
    at, end = 0, len(stream) - 4
    while at <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _FILEPASS:
            raise Unreadable(Reason.ENCRYPTED)
        if kind in _CELLS and size >= 4 and struct.unpack_from("<H", stream, at + 6)[0] >= _COLUMNS:
            raise Unreadable(Reason.BROKEN)
        if kind == _DIMENSIONS and _claims_too_much(stream[at + 4 : at + 4 + size]):
            raise Unreadable(Reason.BROKEN)
        at += 4 + size


def _name(text: str) -> bytes:
    return text.encode("utf-16-le")


def _claims_too_much(dimensions: bytes) -> bool:
    """Whether the size that a sheet gives of itself is more than any .xls can hold."""
    layout = "<IIHH" if len(dimensions) >= 12 else "<HHHH"
    if len(dimensions) < struct.calcsize(layout):
        return False
    _, rows, _, columns = struct.unpack_from(layout, dimensions)
    return int(rows) * int(columns) > _ROWS * _COLUMNS


def _workbook_stream(data: bytes) -> bytes:
    """Return the stream of records; empty when the file holds none."""
    (shift, mini_shift) = struct.unpack_from("<HH", data, 30)
    size, mini_size = 1 << min(shift, 12), 1 << min(mini_shift, 12)
    fat_count, first_directory = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 48)[0]
    first_mini_fat, _, first_difat, _ = struct.unpack_from("<4I", data, 60)
    table_sectors = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _NO_SECTOR]
    while first_difat < _NO_SECTOR and len(table_sectors) < fat_count:
        entries = struct.unpack(f"<{size // 4}I", _sector(data, first_difat, size))
        table_sectors += [sector for sector in entries[:-1] if sector < _NO_SECTOR]
        first_difat = entries[-1]
    fat = [
        number for sector in table_sectors for number in struct.unpack(f"<{size // 4}I", _sector(data, sector, size))
    ]
    directory = b"".join(_sector(data, sector, size) for sector in _chain(fat, first_directory))
    root_start = struct.unpack_from("<I", directory, 116)[0]
    for at in range(0, len(directory), 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + min(length, 64)].decode("utf-16-le", errors="replace").rstrip("\0")
        if name not in {"Workbook", "Book"}:
            continue
        start, total = struct.unpack_from("<II", directory, at + 116)
        if total >= struct.unpack_from("<I", data, 56)[0]:
            return b"".join(_sector(data, sector, size) for sector in _chain(fat, start))[:total]
        small = b"".join(_sector(data, sector, size) for sector in _chain(fat, root_start))
        mini_table = b"".join(_sector(data, sector, size) for sector in _chain(fat, first_mini_fat))
        mini_fat = list(struct.unpack(f"<{len(mini_table) // 4}I", mini_table))
        pieces = (small[sector * mini_size : (sector + 1) * mini_size] for sector in _chain(mini_fat, start))
        return b"".join(pieces)[:total]
    return b""


def _sector(data: bytes, number: int, size: int) -> bytes:
    piece = data[(number + 1) * size : (number + 2) * size]
    if not piece:
        raise IndexError("a sector outside the file")
    # The last sector of a file may be cut short.
    return piece.ljust(size, b"\0")


def _chain(table: list[int], start: int) -> list[int]:
    """Follow a chain of sectors; raises IndexError where it leaves the file or runs in a circle."""
    chain: list[int] = []
    while start < _NO_SECTOR:
        if len(chain) > len(table):
            raise IndexError("a chain without an end")
        chain.append(start)
        start = table[start]
    return chain
