r"""Links on Windows: keys of this user in the registry, never of the machine.

`tredewijzer:` is a protocol of its own (Software\Classes). For `tel:` the program only makes itself known as one that
can (Capabilities, RegisteredApplications): which one opens it, the user chooses in the settings of Windows.
"""

import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from app.base.errors import AppError
from app.base.paths import PROGRAM
from ui.base.url_scheme import taken
from ui.base.wish import OPTION, OWN_SCHEME

_CLASSES = r"Software\Classes"
_OWN = rf"Software\{PROGRAM}"
_CAPABILITIES = rf"{_OWN}\Capabilities"
_REGISTERED = r"Software\RegisteredApplications"
# Everything behind the option is the number, whatever quotes a link brings along.
_TAIL = f' {OPTION} "%1"'
_SHARED = frozenset({_CLASSES, _REGISTERED, "Software"})
_ASSOCIATIONS_CHANGED = 0x08000000


class RegistrySchemes:
    """The `UrlSchemes` of Windows. `api` is the module `winreg`, or what stands in for it in a test."""

    def __init__(self, api: Any, command: Sequence[str]) -> None:
        """`command` starts the window."""
        self._api = api
        program, *more = command
        # The program always in quotes: Windows would try every space in its path as the end of it.
        self._command = " ".join([f'"{program}"', *filter(None, [subprocess.list2cmdline(more)])]) + _TAIL

    def is_on(self, scheme: str) -> bool:
        """Whether every value stands as it should."""
        try:
            return all(self._read(key, name) == value for key, name, value in self._values(scheme))
        except OSError:
            return False

    def turn_on(self, scheme: str) -> None:
        """Write the values; raises `AppError` when one of them is another's."""
        try:
            if self._is_taken(scheme):
                raise taken(scheme)
            for key, name, value in self._values(scheme):
                with self._api.CreateKeyEx(self._api.HKEY_CURRENT_USER, key, 0, self._api.KEY_WRITE) as handle:
                    self._api.SetValueEx(handle, name, 0, self._api.REG_SZ, value)
        except OSError as error:
            self._remove(scheme)
            raise _refused() from error
        _tell_windows()

    def turn_off(self, scheme: str) -> None:
        """Remove the values, and the keys that are empty then; raises `AppError`."""
        if not self._remove(scheme):
            raise _refused()
        _tell_windows()

    def _values(self, scheme: str) -> list[tuple[str, str, str]]:
        """Return key, name and text of every value, in the order of writing: what makes it work comes last."""
        kind = rf"{_CLASSES}\{scheme if scheme == OWN_SCHEME else f'{PROGRAM}.{scheme}'}"
        protocol = [(kind, "", f"URL:{PROGRAM}"), (kind, "URL Protocol", "")]
        command = (rf"{kind}\shell\open\command", "", self._command)
        if scheme == OWN_SCHEME:
            return [*protocol, command]
        return [
            *protocol,
            command,
            (_CAPABILITIES, "ApplicationName", PROGRAM),
            (_CAPABILITIES, "ApplicationDescription", "Toont wie er belt"),
            (rf"{_CAPABILITIES}\URLAssociations", scheme, f"{PROGRAM}.{scheme}"),
            (_REGISTERED, PROGRAM, _CAPABILITIES),
        ]

    def _is_taken(self, scheme: str) -> bool:
        found = ((self._read(key, name), value) for key, name, value in self._values(scheme))
        return any(read is not None and not _is_ours(read, value) for read, value in found)

    def _read(self, key: str, name: str) -> object:
        try:
            with self._api.OpenKey(self._api.HKEY_CURRENT_USER, key) as handle:
                found: object = self._api.QueryValueEx(handle, name)[0]
                return found
        except FileNotFoundError:
            return None

    def _remove(self, scheme: str) -> bool:
        """Remove what is ours, nothing where another took the place; False when Windows did not let us."""
        values = self._values(scheme)
        try:
            if self._is_taken(scheme):
                return True
            for key, name, value in reversed(values):
                if _is_ours(self._read(key, name), value):
                    with self._api.OpenKey(self._api.HKEY_CURRENT_USER, key, 0, self._api.KEY_SET_VALUE) as handle:
                        self._api.DeleteValue(handle, name)
            for key in {key: None for key, _name, _value in reversed(values)}:
                self._remove_empty(key)
        except OSError:
            return False
        return True

    def _remove_empty(self, key: str) -> None:
        """Remove a key and those above it, as far as nothing is in them and they are nobody else's."""
        while key not in _SHARED:
            try:
                with self._api.OpenKey(self._api.HKEY_CURRENT_USER, key) as handle:
                    keys, values, _when = self._api.QueryInfoKey(handle)
            except FileNotFoundError:
                keys = values = 0
            else:
                if keys or values:
                    return
                self._api.DeleteKey(self._api.HKEY_CURRENT_USER, key)
            key = key.rpartition("\\")[0]


def _is_ours(found: object, value: str) -> bool:
    """Whether a value is the one we write; a command also when it is of the program in another place."""
    return found == value or (isinstance(found, str) and value.endswith(_TAIL) and found.endswith(_TAIL))


def _refused() -> AppError:
    return AppError("Windows liet dit niet toe.", "Vraag uw beheerder of uw register van Windows is vergrendeld.")


def _tell_windows() -> None:
    """Let the settings of Windows read the list of programs anew."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SHChangeNotify(_ASSOCIATIONS_CHANGED, 0, None, None)
