"""The log: what the program did, never who it was about.

Records carry identifiers, counts and error types only; names, addresses and file contents stay out (domain.md §7).
"""

import logging
import logging.handlers
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def write_to(folder: Path) -> None:
    """Send log records to a rotating file in a folder; a folder that cannot be written is left alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "tredewijzer.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
