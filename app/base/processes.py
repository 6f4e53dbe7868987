"""How the program starts itself anew, for work that must be able to end without it."""

import sys
from importlib.util import find_spec
from pathlib import Path

from app.base.paths import shipped

# The one argument that makes the built program read a workbook and nothing else.
READ_WORKBOOK = "--read-workbook"


def own_command(flag: str, module: str, *, needs: str) -> list[str]:
    """Return the command of a fresh process in which `main()` of a module of `app` runs.

    The built program is told so by the flag. Elsewhere it is this Python, which looks only where `app` and the package
    `needs` lie: settings, start-up files and the working folder of the user play no part, and it starts sooner.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, flag]
    found = find_spec(needs)
    assert found is not None and found.origin is not None
    folders = (str(shipped()), str(Path(found.origin).parents[1]))
    run = f"import sys; sys.path[:0] = sys.argv[1:]; from {module} import main; main()"
    return [sys.executable, "-I", "-S", "-c", run, *folders]
