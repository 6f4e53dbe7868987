"""Running one command, and saying in Dutch what went wrong."""

import logging
import sys
from collections.abc import Sequence

from app.base import logs
from app.base.errors import AppError
from app.base.paths import log_folder
from app.cli.commands import COULD_NOT, DONE
from app.cli.parser import make_parser

_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    logs.write_to(log_folder())
    try:
        arguments = make_parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or DONE)
    try:
        result: int = arguments.run(arguments)
    except AppError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return _fail("Gestopt. Er is niets half opgeslagen.")
    except BrokenPipeError:
        return DONE
    except Exception:  # noqa: BLE001 - the user gets a sentence, the log gets the error
        _log.exception("unexpected error in %s", arguments.command)
        return _fail(
            "Er ging iets mis in het programma zelf. Het register is niet half gewijzigd. "
            f"Stuur het logboek in {log_folder()} naar de beheerder."
        )
    return result


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return COULD_NOT
