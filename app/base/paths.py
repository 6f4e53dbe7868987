"""Where the shipped files and the user's own folders lie, in a checkout and in the built program alike."""

import sys
from pathlib import Path

PROGRAM = "Tredewijzer"


def shipped(*parts: str) -> Path:
    """Return the path of a file that ships with the program, such as `shipped("data", "pso", "levels.toml")`."""
    root = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2]))
    return root.joinpath(*parts)


def log_folder() -> Path:
    """Return the folder of this user for log files; it may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_log_dir(PROGRAM, appauthor=False))
