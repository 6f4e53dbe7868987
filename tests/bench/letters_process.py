"""A process of its own that makes letters, for `letters_bench`: how much memory it takes, and how two go together.

python -m tests.bench.letters_process files|print CONTENTS FIRST LAST FOLDER

Says "ready" when all is loaded, makes the letters from FIRST up to LAST at every line that it is sent, says "done"
after each, and at the end the most memory that it ever took, in bytes.
"""

import pickle
import sys
from pathlib import Path

from app.domain.letter import LetterSettings
from app.letters.render import render_letter, render_print_file


def main() -> None:
    """Run as the arguments say."""
    what, contents_path, first, last, folder = sys.argv[1:]
    contents = pickle.loads(Path(contents_path).read_bytes())[int(first) : int(last)]
    settings = LetterSettings()
    render_letter(contents[0], settings)
    print("ready", flush=True)
    for _ in sys.stdin:
        if what == "files":
            for number, content in enumerate(contents):
                Path(folder, f"{first}-{number}.pdf").write_bytes(render_letter(content, settings))
        else:
            Path(folder, f"{first}.pdf").write_bytes(render_print_file(contents, settings))
        print("done", flush=True)
    print(_peak(), flush=True)


def _peak() -> int:
    """Return the most memory that this process ever took; 0 where the system does not tell it this way."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    main()
