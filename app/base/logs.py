"""The log: what the program did, never who it was about.

Records carry identifiers, counts and error types only; names, addresses and file contents stay out (domain.md §7).
"""

import logging
import logging.handlers
import sys
import traceback
from pathlib import Path
from types import TracebackType

from app.base.paths import shipped

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _WithoutWords(logging.Formatter):
    """Tells where an error came from and its type; its text may hold a supplier's data and is left out."""

    def format(self, record: logging.LogRecord) -> str:
        # Logging keeps the first formatter's text of an error on the record and gives it to the next.
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatException(self, ei: _ErrorInfo) -> str:  # noqa: N802 - the name is logging's
        error = ei[1]
        return without_words(error) if error else "error"


def without_words(error: BaseException) -> str:
    """Return where an error came from and its type.

    Not its text, which may hold a supplier's data, and no folder of the user, whose name may stand in it.
    """
    cause = error.__cause__ or error.__context__
    from_where = f" (from {type(cause).__name__})" if cause else ""
    lines = "".join(traceback.format_tb(error.__traceback__))
    for folder in (str(shipped()), str(Path(sys.prefix)), str(Path.home())):
        lines = lines.replace(folder, "…")
    return f"{lines}{type(error).__name__}{from_where}"


def write_to(folder: Path) -> None:
    """Send log records to a rotating file in a folder; where that cannot be, the program goes on without."""
    logging.raiseExceptions = False
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    handler = logging.handlers.RotatingFileHandler(
        folder / "tredewijzer.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(_WithoutWords(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
