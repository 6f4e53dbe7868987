"""Links on Linux, by the files that freedesktop.org describes; no program has to be there to write them.

A .desktop file in the user's folder says that this program can open a scheme (Desktop Entry Specification). Which one
does is a line of mimeapps.list (MIME Applications Associations): written for `tredewijzer:`, which is ours, and never
for `tel:`, where the user chooses.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from app.base.errors import AppError, FileError
from app.base.files import cannot_write, make_folder, write_whole
from app.base.paths import PROGRAM
from ui.base.url_scheme import taken
from ui.base.wish import OPTION, OWN_SCHEME

_MARK = f"X-{PROGRAM}-Scheme"
_GROUP = "[Default Applications]"
# These mean something in a quoted argument; the backslash first, else it would double its own.
_QUOTED = '\\"`$'


class DesktopSchemes:
    """The `UrlSchemes` of desktops that follow freedesktop.org."""

    def __init__(
        self,
        data: Path,
        settings: Path,
        command: Sequence[str],
        *,
        folder: Path | None = None,
        refresh: Callable[[Path], None] | None = None,
    ) -> None:
        """`data` and `settings` are XDG_DATA_HOME and XDG_CONFIG_HOME; `command` starts the window, in `folder`.

        `refresh` is told which folder of .desktop files changed; without it the desktop's own program is.
        """
        self._applications = data / "applications"
        self._list = settings / "mimeapps.list"
        self._command, self._folder = command, folder
        self._refresh = refresh or _refresh_cache

    def is_on(self, scheme: str) -> bool:
        """Whether the file stands as it should, and for our own scheme whether it is the one that is used."""
        try:
            is_known = _read(self._file(scheme)) == self._entry(scheme)
            return is_known and (scheme != OWN_SCHEME or self._default(scheme) == self._file(scheme).name)
        except AppError:
            return False

    def turn_on(self, scheme: str) -> None:
        """Write the file, and for our own scheme the line; raises `AppError` when one of them is another's."""
        file, entry = self._file(scheme), self._entry(scheme)
        found = _read(file)
        if found is not None and not self._is_ours(found, scheme):
            raise taken(scheme)
        if scheme == OWN_SCHEME and self._default(scheme) not in ("", file.name):
            raise taken(scheme)
        _store(file, entry)
        if scheme == OWN_SCHEME:
            try:
                self._set_default(scheme, file.name)
            except AppError:
                file.unlink(missing_ok=True)
                raise
        self._refresh(self._applications)

    def turn_off(self, scheme: str) -> None:
        """Remove the line and the file that are ours; raises `AppError`."""
        file = self._file(scheme)
        self._set_default(scheme, None)
        found = _read(file)
        if found is not None and self._is_ours(found, scheme):
            _store(file, "")
        self._refresh(self._applications)

    # -- the .desktop file ------------------------------------------------------------------------------------------

    def _file(self, scheme: str) -> Path:
        return self._applications / f"{PROGRAM.lower()}-{'call' if scheme == OWN_SCHEME else scheme}.desktop"

    def _entry(self, scheme: str) -> str:
        lines = [
            "[Desktop Entry]",
            "Type=Application",
            f"Name={PROGRAM}",
            "Comment=Toont wie er belt",
            f"Exec={exec_line(self._command)}",
            *([f"Path={_escaped(str(self._folder))}"] if self._folder else []),
            "NoDisplay=true",
            "Terminal=false",
            f"MimeType=x-scheme-handler/{scheme};",
            f"{_MARK}={scheme}",
        ]
        return "\n".join([*lines, ""])

    def _is_ours(self, entry: str, scheme: str) -> bool:
        return f"{_MARK}={scheme}" in entry.split("\n")

    # -- the line in mimeapps.list ----------------------------------------------------------------------------------

    def _default(self, scheme: str) -> str:
        """Return which .desktop file the user's list names first for a scheme, "" for none."""
        lines = (_read(self._list) or "").split("\n")
        place = _find_line(lines, scheme)
        return "" if place is None else next(iter(_names(lines[place])), "")

    def _set_default(self, scheme: str, name: str | None) -> None:
        """Name a file for a scheme that nobody has yet, or with None take ours out; other lines stay as they are."""
        text = _read(self._list) or ""
        lines, ours = text.split("\n"), self._file(scheme).name
        place = _find_line(lines, scheme)
        if place is not None and not _names(lines[place]):
            # A line without a name is nobody's choice.
            del lines[place]
            place = None
        if place is not None:
            others = [found for found in _names(lines[place]) if found != ours]
            if name or ours not in _names(lines[place]):
                return
            lines[place : place + 1] = [f"{_key(scheme)}={';'.join(others)};"] if others else []
            _drop_empty_group(lines)
        elif name:
            if _GROUP not in map(str.rstrip, lines):
                lines[-1:] = [*([lines[-1]] if lines[-1] else []), _GROUP, ""]
            lines.insert(_place_of_group(lines) + 1, f"{_key(scheme)}={name};")
        if "\n".join(lines) != text:
            # A list that is kept elsewhere and linked stays there.
            _store(self._list.resolve(), "\n".join(lines))


def exec_line(command: Sequence[str]) -> str:
    """Return a command as the key Exec has it, with the link as its last argument; raises `AppError`.

    Two layers: within quotes some characters get a backslash, and then every backslash of the whole is doubled. A `%`
    would begin a field code and is doubled too.
    """
    if "=" in command[0]:
        raise AppError(
            "De map van het programma heeft een = in de naam, en daarmee kan het systeem geen koppeling openen.",
            "Zet het programma in een andere map.",
        )
    parts = []
    for argument in (*command, OPTION):
        for character in _QUOTED:
            argument = argument.replace(character, f"\\{character}")
        parts.append(f'"{argument}"'.replace("%", "%%"))
    return f"{_escaped(' '.join(parts))} %u"


def _escaped(text: str) -> str:
    for plain, written in (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        text = text.replace(plain, written)
    return f"\\s{text[1:]}" if text.startswith(" ") else text


def _key(scheme: str) -> str:
    return f"x-scheme-handler/{scheme}"


def _names(line: str) -> list[str]:
    return [name for part in line.partition("=")[2].split(";") if (name := part.strip())]


def _find_line(lines: Sequence[str], scheme: str) -> int | None:
    group = ""
    for place, line in enumerate(lines):
        if line.startswith("["):
            group = line.rstrip()
        elif group == _GROUP and line.partition("=")[0].strip() == _key(scheme):
            return place
    return None


def _place_of_group(lines: Sequence[str]) -> int:
    return next(place for place, line in enumerate(lines) if line.rstrip() == _GROUP)


def _drop_empty_group(lines: list[str]) -> None:
    """Remove the heading when nothing follows it, as it was before."""
    place = _place_of_group(lines)
    if not "".join(lines[place + 1 :]).strip():
        del lines[place]


def _read(path: Path) -> str | None:
    """Return the text of a file, also one that is not all UTF-8; None when there is none. Raises `FileError`."""
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError(f"Het bestand {path} is niet te lezen.", "Kijk of u het mag openen.") from error


def _store(path: Path, text: str) -> None:
    """Write a file whole, or remove it when nothing is left in it; raises `FileError`."""
    if text:
        make_folder(path.parent)
        write_whole(path, text.encode("utf-8", "surrogateescape"))
        return
    try:
        path.unlink()
    except OSError as error:
        raise cannot_write(path, error) from error


def _refresh_cache(applications: Path) -> None:
    """Let the desktop read the folder anew, where it has a program for that; nobody waits for it."""
    from PySide6.QtCore import QProcess

    QProcess.startDetached("update-desktop-database", [str(applications)])
