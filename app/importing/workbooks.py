"""Workbooks, read in a process of their own (`workbook_process`) that is ended when it must be."""

import json
import os
import subprocess
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from queue import Empty, SimpleQueue
from subprocess import DEVNULL, PIPE
from time import monotonic
from typing import IO, Any

from app.base.errors import FileError
from app.base.processes import READ_WORKBOOK, own_command
from app.base.progress import Progress
from app.importing.batches import unpack
from app.importing.tables import RawTable, too_large
from app.importing.unreadable import Reason, Unreadable

# Seconds without a word: to start, also on a cold machine with a virus scanner; and then, plus one for every megabyte.
_START_PATIENCE = 60.0
_PATIENCE = 4.0
_TICK = 0.05
_OPEN_AND_SAVE = "Open het in Excel, bewaar het opnieuw als .xlsx en importeer dat bestand."
# What follows the name of the file, and what to do.
_REFUSALS = {
    Reason.ENCRYPTED: (
        "is beveiligd met een wachtwoord.",
        "Haal het wachtwoord eraf in Excel (Bestand, Info, Werkmap beveiligen), bewaar het en probeer het opnieuw.",
    ),
    Reason.BROKEN: (
        "is beschadigd of niet volledig.",
        "Vraag het bestand opnieuw op, of open het in Excel en bewaar het opnieuw als .xlsx.",
    ),
    Reason.NO_WORKBOOK: (
        "is een tekstdocument of presentatie en geen rekenblad.",
        "Zet de tabel in Excel, bewaar het als .xlsx en importeer dat bestand.",
    ),
    Reason.AN_ARCHIVE: (
        "is een zip-bestand en geen rekenblad.",
        "Pak het bestand uit en importeer het rekenblad dat erin zit.",
    ),
    Reason.ENTITIES: ("bevat verwijzingen die in een rekenblad niet horen.", _OPEN_AND_SAVE),
    Reason.SLOW: ("is niet binnen een redelijke tijd te lezen.", _OPEN_AND_SAVE),
    Reason.NOT_STARTED: (
        "kon niet worden gelezen: het programma mocht daar geen tweede proces voor starten.",
        "Sluit andere programma's en probeer het opnieuw, of bewaar het bestand in Excel als .csv.",
    ),
    Reason.LOST: (
        "is te groot om veilig te lezen, of beschadigd.",
        "Verwijder bladen, rijen en kolommen die u niet nodig hebt, bewaar het opnieuw als .xlsx en probeer het "
        "opnieuw.",
    ),
}


def read_workbook(name: str, source: IO[bytes], progress: Progress, *, most_rows: int | None = None) -> list[RawTable]:
    """Return the visible sheets (all sheets when none is filled) of the workbook in an open file.

    With `most_rows` reading ends at that many rows of the first sheet that has any; sheets behind it are empty then.
    Raises `FileError` in Dutch, and `Cancelled`; the process is gone in any case.
    """
    tables: dict[str, RawTable] = {}
    at = (0, 1, "Bestand lezen")
    try:
        with closing(_messages(source, lambda: progress.step(*at))) as messages:
            for message in messages:
                match message:
                    case ["checked", done, members]:
                        at = (done, members, "Bestand controleren")
                    case ["sheets", names]:
                        tables = {sheet: RawTable(sheet, None, None, []) for sheet in names}
                    case ["sheet", *_] if most_rows is not None and any(table.rows for table in tables.values()):
                        break
                    case ["sheet", sheet, height, hidden, lossy]:
                        rows = (frozenset(hidden), frozenset(lossy))
                        table = RawTable(sheet, None, None, [], hidden_rows=rows[0], lossy_rows=rows[1])
                        tables[sheet] = table
                        at = (0, height, f"Blad {sheet} lezen")
                    case ["rows", columns]:
                        table.rows.extend(unpack(columns))
                        at = (len(table.rows), *at[1:])
                        if most_rows is not None and len(table.rows) >= most_rows:
                            break
                progress.step(*at)
    except Unreadable as error:
        raise _refusal(name, error.reason) from error
    for table in tables.values():
        if most_rows is not None:
            del table.rows[most_rows:]
        if not any(cell is not None for row in table.rows for cell in row):
            table.rows.clear()
    return list(tables.values())


def _messages(source: IO[bytes], wait: Callable[[], None]) -> Generator[list[Any], None, None]:
    """Yield what the process says until it is done, and end it; `wait` is called while it says nothing.

    Raises `Unreadable` when it refuses the file, breaks or is silent for too long.
    """
    source.seek(0, os.SEEK_END)
    patience = _PATIENCE + source.tell() / 1_000_000
    command = own_command(READ_WORKBOOK, "app.importing.workbook_process", needs="python_calamine")
    # Only Windows has the flag: there a program without a console would open one for it.
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        started = subprocess.Popen(command, stdin=source, stdout=PIPE, stderr=DEVNULL, creationflags=flags)
    except OSError as error:
        raise Unreadable(Reason.NOT_STARTED) from error
    with started as process:
        assert process.stdout is not None
        lines: SimpleQueue[bytes] = SimpleQueue()
        listener = threading.Thread(target=_listen, args=(process.stdout, lines), name="workbook")
        listener.start()
        try:
            allowed, heard = _START_PATIENCE, monotonic()
            while True:
                try:
                    line = lines.get(timeout=_TICK)
                except Empty:
                    if monotonic() - heard > allowed:
                        raise Unreadable(Reason.SLOW) from None
                    wait()
                    continue
                if not line.endswith(b"\n"):
                    raise Unreadable(Reason.LOST)
                match json.loads(line):
                    case ["refused", reason]:
                        raise Unreadable(Reason(reason))
                    case ["end"]:
                        return
                    case message:
                        yield message
                allowed, heard = patience, monotonic()
        finally:
            process.kill()
            listener.join()


def _listen(output: IO[bytes], lines: "SimpleQueue[bytes]") -> None:
    """Hand on what is said line by line, and nothing at the end: reading a pipe cannot be given a time limit."""
    for line in output:
        lines.put(line)
    lines.put(b"")


def _refusal(name: str, reason: Reason) -> FileError:
    if reason is Reason.TOO_LARGE:
        return too_large(name)
    what, advice = _REFUSALS[reason]
    return FileError(f"Het bestand {name} {what} Er is niets gelezen.", advice)
