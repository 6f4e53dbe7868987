"""One writer per register: a lock file beside it that names who and since when.

The lock is the operating system's: it goes when the program ends, however it ends. The text in it is for people.
"""

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import IO

from app.base.clock import AMSTERDAM, Clock
from app.base.errors import NotWritableError, RegisterError
from app.base.files import cannot_write

_TEXT_BYTES = 300
_LOCK_BYTE = 4096


class WriterLock:
    """Held by the one program that may write."""

    def __init__(self, path: Path, stream: IO[bytes]) -> None:
        """Keep the open, locked file; use `take`."""
        self._path = path
        self._stream = stream

    @classmethod
    def take(cls, register: Path, *, by: str, clock: Clock) -> "WriterLock":
        """Lock a register; raises `RegisterError`, a `NotWritableError` when it can still be read."""
        path = register.with_name(f"{register.name}.slot")
        try:
            stream = os.fdopen(
                os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+b", buffering=0
            )
        except OSError as error:
            raise _as_register_error(register, path, error) from error
        try:
            _lock(stream)
        except OSError as error:
            holder = stream.read(_TEXT_BYTES).decode("utf-8", "replace").strip()
            stream.close()
            raise NotWritableError(
                f"Het register {register} is in gebruik{': ' + holder if holder else ''}. Er is niets veranderd.",
                "Sluit het daar, of werk er verder.",
            ) from error
        since = clock.now().astimezone(AMSTERDAM)
        # The text is for people; a full disk must not keep somebody from opening a register.
        with contextlib.suppress(OSError):
            stream.truncate(0)
            stream.write(f"{by}, sinds {since:%d-%m-%Y %H:%M}".encode())
        return cls(path, stream)

    def release(self) -> None:
        """Let the next writer in."""
        if self._stream.closed:
            return
        if sys.platform != "win32":
            self._path.unlink(missing_ok=True)
        self._stream.close()
        if sys.platform == "win32":
            # There a file that is open cannot be removed, and another program may just have opened it.
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


def _as_register_error(register: Path, path: Path, error: OSError) -> RegisterError:
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return NotWritableError(
            f"In de map {register.parent} mag niet worden geschreven. Er is niets veranderd.",
            "Zet het register in een map waar u mag schrijven, en open het daar.",
        )
    found = cannot_write(path, error)
    is_gone = isinstance(error, FileNotFoundError | NotADirectoryError)
    kind = RegisterError if is_gone else NotWritableError
    return kind(f"Het register kan niet worden beschreven. {found.message}", found.advice)


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: IO[bytes]) -> None:
        # Windows keeps others from reading locked bytes, so the lock lies beyond the text.
        stream.seek(_LOCK_BYTE)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        finally:
            stream.seek(0)

else:
    import fcntl

    def _lock(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(stream.fileno()).st_nlink == 0:
            raise OSError("the lock file was removed while waiting for it")
