"""Links that open this program: whether `tredewijzer:` and `tel:` lead here, as the system itself has it.

Nothing is remembered: the state is read back from the system each time, so it is also right after the program was
moved or another one took its place. Only what this program wrote is ever changed or removed.
"""

import subprocess
import sys
from pathlib import Path
from typing import Protocol

from app.base.errors import AppError
from app.base.paths import shipped
from ui.base.wish import OPTION, OWN_SCHEME

# As most phone programs write it; each has its own word for it.
_PLACEHOLDER = "%nummer%"


class UrlSchemes(Protocol):
    """The schemes of this user on this system."""

    def is_on(self, scheme: str) -> bool:
        """Whether the system knows this program, where it lies now, for the scheme."""

    def turn_on(self, scheme: str) -> None:
        """Make this program known; raises `AppError` when another has that place or the system does not allow it."""

    def turn_off(self, scheme: str) -> None:
        """Remove what `turn_on` wrote, and only that; raises `AppError`."""


def of_this_system() -> UrlSchemes | None:
    """Return where links are set on this system; None on macOS, where only a bundle can declare them."""
    if sys.platform == "win32":
        import winreg

        from ui.base.url_scheme_windows import RegistrySchemes

        return RegistrySchemes(winreg, program_command())
    if sys.platform == "darwin":
        return None
    from PySide6.QtCore import QStandardPaths

    from ui.base.url_scheme_desktop import DesktopSchemes

    kinds = QStandardPaths.StandardLocation
    data, settings = (
        Path(QStandardPaths.writableLocation(kind)) for kind in (kinds.GenericDataLocation, kinds.GenericConfigLocation)
    )
    return DesktopSchemes(data, settings, program_command(), folder=program_folder())


def program_command() -> tuple[str, ...]:
    """Return how the window of this program is started, packed or by Python; on Windows without a console."""
    is_packed = getattr(sys, "frozen", False)
    program = _without_console(Path(sys.executable))
    return (str(program),) if is_packed else (str(program), "-m", "ui")


def program_folder() -> Path | None:
    """Return the folder to start the program in, where that matters: Python finds it there."""
    return None if getattr(sys, "frozen", False) else shipped()


def phone_command() -> str:
    """Return the command line for a phone program, with the usual word for the number of the caller."""
    command = (*program_command(), OPTION, _PLACEHOLDER)
    if sys.platform == "win32":
        return subprocess.list2cmdline(command)
    import shlex

    # The word for the number needs no quotes, and with them some phone programs would not know it.
    return f"{shlex.join(command[:-1])} {_PLACEHOLDER}"


def phone_url() -> str:
    """Return the link for a phone program that opens links."""
    return f"{OWN_SCHEME}:call?number={_PLACEHOLDER}"


def taken(scheme: str) -> AppError:
    """Return the message for a scheme that another program has."""
    return AppError(
        f"Er is niets veranderd: een ander programma heeft {scheme}: al ingesteld.",
        "Zet dat eerst uit in dat programma.",
    )


def _without_console(program: Path) -> Path:
    for spoken, silent in (("python.exe", "pythonw.exe"), ("tredewijzer-cli.exe", "tredewijzer.exe")):
        other = program.with_name(silent)
        if program.name.casefold() == spoken and other.is_file():
            return other
    return program
