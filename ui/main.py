"""Where the command `tredewijzer` starts."""

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the job that the arguments name (those of the process by default) and return the exit code."""
    # Imported here, so that asking for a window will not have to load every job of the command line first.
    from app.cli import main as run_command_line

    return run_command_line(argv)
