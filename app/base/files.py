"""Writing files whole or not at all, and naming them safely."""

import contextlib
import errno
import os
import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from app.base.errors import FileError

_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_LONGEST_NAME = 120
_PART = re.compile(r"\..+\.\d+\.part")
_ABANDONED_SECONDS = 3600


def write_whole(path: Path, content: bytes | Callable[[BinaryIO], object]) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut.

    `content` is all of it, or what writes it piece by piece. Raises `FileError` with a Dutch message, and what
    `content` raises; an older file of that name is then untouched.
    """
    with StagedFiles() as staged:
        staged.stage(path, content)
        staged.publish()


def cannot_write(path: Path, error: OSError) -> FileError:
    """Return the message for a file that the system would not let us write."""
    if isinstance(error, PermissionError):
        why, advice = "u mag daar niet schrijven, of het bestand is open", "Sluit het bestand of kies een andere map."
    elif error.errno == errno.EROFS:
        why, advice = "die schijf is alleen te lezen", "Kies een map op een andere schijf."
    elif error.errno == errno.ENOSPC:
        why, advice = "de schijf is vol", "Maak ruimte vrij en probeer het opnieuw."
    elif isinstance(error, FileExistsError | IsADirectoryError):
        why, advice = "er staat al iets met die naam", "Kies een andere naam."
    elif isinstance(error, FileNotFoundError | NotADirectoryError):
        why, advice = "die map bestaat niet", "Kies een bestaande map."
    else:
        # What the system says itself is English, or for programmers.
        why, advice = f"het systeem gaf fout {error.errno}", "Probeer het opnieuw of kies een andere map."
    return FileError(f"Het bestand {path} kon niet worden geschreven: {why}.", advice)


def is_file(path: Path) -> bool:
    """Whether a file is there and may be seen; a name that no system takes is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def make_folder(path: Path) -> None:
    """Make a folder with its parents; raises `FileError`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error


def safe_name(text: str, extension: str) -> str:
    """Return a file name made from any text: readable, valid on Windows, at most 120 characters.

    Separators, control and direction characters go; reserved device names get an underscore.
    """
    plain = unicodedata.normalize("NFC", text)
    plain = "".join(c for c in plain if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    plain = re.sub(r"\s+", " ", _UNSAFE.sub(" ", plain)).strip(" .") or "naamloos"
    while len(plain.encode()) > _LONGEST_NAME - len(extension):
        plain = plain[:-1]
    plain = plain.rstrip(" .") or "naamloos"
    return f"{'_' if _RESERVED.match(plain) else ''}{plain}{extension}"


class StagedFiles:
    """Several files that appear together: written under hidden names first, shown by `publish`.

    Used as a context: leaving it without `publish`, or with an error, removes what it made.
    """

    def __init__(self) -> None:
        """Start with no files."""
        self._parts: list[tuple[Path, Path]] = []
        self._swept: set[Path] = set()
        self._published: list[tuple[Path, Path | None]] = []

    def __enter__(self) -> "StagedFiles":
        """Start staging."""
        return self

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        """Remove what was not published; after an error put back what stood there before.

        Raises `FileError`, naming the files, when some cannot be taken away any more because another program has them
        open.
        """
        for part, _target in self._parts:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        left = []
        for path, older in self._published:
            try:
                if error is None and older:
                    older.unlink(missing_ok=True)
                elif error is not None and older:
                    older.replace(path)
                elif error is not None:
                    path.unlink(missing_ok=True)
            except OSError:
                left.append(path.name)
        if left and isinstance(error, FileError):
            there = f"Wel al in de map: {', '.join(left)}."
            raise FileError(f"{error.message} {there}", error.advice) from error

    def stage(self, path: Path, content: bytes | Callable[[BinaryIO], object]) -> None:
        """Write a file under a hidden name in its own folder; raises `FileError`, and what `content` raises."""
        if path.parent not in self._swept:
            self._swept.add(path.parent)
            _sweep(path.parent)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._parts.append((part, path))
        try:
            with part.open("wb") as stream:
                if isinstance(content, bytes):
                    stream.write(content)
                else:
                    content(stream)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise cannot_write(path, error) from error

    def publish(self) -> None:
        """Give every file its name; raises `FileError` at the first that cannot.

        Newest first: a print file comes last and is the likeliest to be open elsewhere, so that it fails before
        anything else was shown.
        """
        while self._parts:
            part, path = self._parts[-1]
            older = path.with_name(f".{path.name}.{os.getpid()}.old") if path.is_file() else None
            try:
                if older:
                    path.replace(older)
                part.replace(path)
            except OSError as error:
                if older and not path.exists():
                    older.replace(path)
                raise cannot_write(path, error) from error
            self._parts.pop()
            self._published.append((path, older))


def _sweep(folder: Path) -> None:
    """Remove what a program that was killed left under hidden names: a letter must not lie about."""
    for leftover in folder.glob(".*.part"):
        with contextlib.suppress(OSError):
            if _PART.fullmatch(leftover.name) and time.time() - leftover.stat().st_mtime > _ABANDONED_SECONDS:
                leftover.unlink()
