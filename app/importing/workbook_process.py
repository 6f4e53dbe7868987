"""The process that reads one workbook and ends; whatever the file does to it, the program goes on.

Its input is the file. On its output it says what it finds, a line of JSON each:

    ["ready"]
    ["checked", members, of]
    ["sheets", [name, …]]                       the visible ones, which come first
    ["sheet", name, rows, [hidden row, …], [row with a lost value, …]]
    ["rows", [[kinds, texts], …]]               of that sheet, as `batches` packs them
    ["refused", reason]                         or ["end"]

Rows count from 1, as the user sees them. It loads as little as it can.
"""

import gc
import json
import os
import sys
from collections.abc import Callable
from itertools import islice
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from app.importing.batches import is_blank, pack
from app.importing.compound import inspect_compound
from app.importing.confinement import confine
from app.importing.packages import NO_ROWS, Rows, inspect_package
from app.importing.unreadable import Reason, Unreadable

# A sheet of 100,000 rows and 12 columns takes 180 MB; the rest of the process some 20 MB beside these.
MAX_MEMORY_BYTES = 280_000_000
_MAX_SECONDS = 120
MAX_CELLS = 20_000_000
# What the cells would take in the program that asked, where no system bounds them.
MAX_BYTES = 250_000_000
_PER_TEXT, _PER_VALUE = 60, 110
# No sheet of any spreadsheet program is larger (A1 to XFD1048576).
_ROWS, _COLUMNS = 1_048_576, 16_384
# Rows are sent by so many cells; of a very wide sheet at least so many rows, because each column takes a step.
_BATCH_CELLS, _BATCH_ROWS = 16_000, 20

Say = Callable[..., None]


def main() -> None:
    """Read the workbook on the standard input.

    A panic of the Rust reader, or a bug here, ends the process with an error; then the file is refused as well.
    """
    # Nothing here refers to itself, and looking for what does takes time.
    gc.disable()
    confine(memory=MAX_MEMORY_BYTES, seconds=_MAX_SECONDS)
    source, output = _stream(0, "rb"), _stream(1, "wb")
    to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

    def say(*message: object) -> None:
        output.write(to_json(message).encode() + b"\n")
        output.flush()

    say("ready")
    try:
        _read(source, say)
        say("end")
    except Unreadable as error:
        say("refused", error.reason)
    except MemoryError:
        say("refused", Reason.TOO_LARGE)
    except PasswordError:
        say("refused", Reason.ENCRYPTED)
    except (CalamineError, ValueError, OSError):
        say("refused", Reason.BROKEN)


def _stream(number: int, mode: str) -> IO[bytes]:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(number, os.O_BINARY)
    return os.fdopen(number, mode, closefd=False)


def _read(source: IO[bytes], say: Say) -> None:
    remarkable: dict[str, Rows] = {}
    source.seek(0)
    is_package = source.read(2) == b"PK"
    source.seek(0)
    if is_package:
        remarkable = inspect_package(source, lambda done, of: say("checked", done, of))
    else:
        inspect_compound(source.read())
    source.seek(0)
    workbook = CalamineWorkbook.from_filelike(source)
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible is SheetVisibleEnum.Visible]
    say("sheets", visible)
    reader = _Sheets(workbook, remarkable, say)
    filled = [reader.read(name) for name in visible]
    if not any(filled):
        for sheet in sheets:
            if sheet.name not in visible:
                reader.read(sheet.name)


class _Sheets:
    """The sheets of a workbook, read one by one within limits that hold for all of them together."""

    def __init__(self, workbook: CalamineWorkbook, remarkable: dict[str, Rows], say: Say) -> None:
        self._workbook = workbook
        self._remarkable = remarkable
        self._say = say
        self._cells_left, self._bytes_left = MAX_CELLS, MAX_BYTES

    def read(self, name: str) -> bool:
        """Say what is in a sheet; return whether anything is. Raises `Unreadable` beyond the limits."""
        sheet = self._workbook.get_sheet_by_name(name)
        height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
        if height > _ROWS or width > _COLUMNS:
            raise Unreadable(Reason.BROKEN)
        self._cells_left -= height * width
        if self._cells_left < 0:
            raise Unreadable(Reason.TOO_LARGE)
        self._say("sheet", name, height, *self._remarkable.get(name, NO_ROWS))
        rows = sheet.iter_rows()
        is_filled = False
        while batch := list(islice(rows, max(_BATCH_ROWS, _BATCH_CELLS // max(1, width)))):
            columns = pack(batch)
            self._bytes_left -= sum(_size(kinds, text, len(batch)) for kinds, text in columns)
            if self._bytes_left < 0:
                raise Unreadable(Reason.TOO_LARGE)
            self._say("rows", columns)
            is_filled = is_filled or not is_blank(columns)
        return is_filled


def _size(kinds: str, text: str, cells: int) -> int:
    """Return about how many bytes a column of cells takes once it is read; nothing where it is blank."""
    if is_blank([(kinds, text)]):
        return 0
    return len(text) * (1 if text.isascii() else 4) + cells * (_PER_TEXT if kinds == "s" else _PER_VALUE)
