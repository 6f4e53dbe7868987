"""What this window remembers on this laptop: sizes, columns, filters, recent registers, appearance.

One JSON file of the user. It holds no data of suppliers, and rubbish in it costs nothing but the memory: each value is
taken only when it has the type that is asked for.
"""

import json
import logging
from collections.abc import Collection
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T", bool, int, str, list[str], list[int], dict[str, int])

_RECENT = 8
_LONGEST_NAME = 80
_log = logging.getLogger(__name__)


class WindowState:
    """Remembered values by name; `save` writes them whole."""

    def __init__(self, path: Path) -> None:
        """Read the file; one that is absent or unreadable counts as empty."""
        self._path = path
        self._values: dict[str, Any] = {}
        self._saved = ""
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            self._values = found
            self._saved = self._text()

    def get(self, name: str, default: T) -> T:
        """Return a remembered value of the default's type, else the default; a default with items shows theirs."""
        value: Any = self._values.get(name)
        return value if _fits(value, default) else default

    def set(self, name: str, value: T) -> None:
        """Remember a value."""
        self._values[name] = value

    @property
    def advisor(self) -> str:
        """The name for the history, "" for the system's; a line of a decent length whatever the file says."""
        # Half a character, as JSON can hold it, could not be written into any register.
        known = self.get("advisor", "").encode("utf-8", "ignore").decode()
        return " ".join(known.split())[:_LONGEST_NAME].strip()

    def recent_registers(self) -> list[Path]:
        """Return the registers opened before, newest first."""
        found = [str(item) for item in self.get("recent", [""])]
        return [Path(item) for item in found if item and "\0" not in item][:_RECENT]

    def add_recent(self, path: Path) -> None:
        """Note that a register was opened."""
        kept = [item for item in self.recent_registers() if item != path]
        self.set("recent", [str(item) for item in (path, *kept)][:_RECENT])

    def save(self) -> None:
        """Write what changed since the last time; a full disk only costs the memory."""
        from app.base.errors import FileError
        from app.base.files import make_folder, write_whole

        text = self._text()
        if text == self._saved:
            return
        try:
            make_folder(self._path.parent)
            write_whole(self._path, text.encode())
        except FileError:
            _log.info("the state of the window was not written")
            return
        self._saved = text

    def _text(self) -> str:
        return json.dumps(self._values, ensure_ascii=True, indent=1)


def _fits(value: object, default: object) -> bool:
    if type(value) is not type(default):
        return False
    kinds = {type(item) for item in _items(default)}
    return all(type(item) in kinds for item in _items(value))


def _items(value: object) -> Collection[object]:
    return value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
