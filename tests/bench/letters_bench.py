"""Making 1,000 letters as files and as one print file, beside the same letters drawn plainly and by LibreOffice.

python -m tests.bench.letters_bench measures nothing else.
"""

import os
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from app import bootstrap
from app.domain.letter import LetterSettings
from app.letters.content import LetterContent, as_text
from app.letters.fonts import load
from app.letters.render import render_letter, render_print_file
from app.services.plan_letters import plan_letters
from app.services.write_letters import draft_letters
from tests.bench.plain_letter import plain_file, register_fonts
from tests.bench.timing import Figure, median_ms

ON = date(2026, 11, 23)
NUMBER = 1_000
# Suppliers more than the example has, of whom so many get a letter.
_EXTRA = 3_500
_OFFICE_NUMBER = 200
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the report that is no time."""

    what: str
    value: str

    def __str__(self) -> str:
        """The line as printed."""
        return f"{self.what:<46}{self.value:>14}"


def measure(folder: Path) -> list[Figure | Fact]:
    """Return the figures for the letters of an example register that has so many to write."""
    # Of two fonts with one face ReportLab keeps the first: ours, as in the program.
    load()
    register_fonts()
    contents = _contents(folder / "letters.tredewijzer")
    settings = LetterSettings()

    def each(work: Callable[[], object]) -> float:
        return median_ms(work, rounds=3) / len(contents)

    (folder / "contents.pickle").write_bytes(pickle.dumps(contents))
    largest = max(len(render_letter(content, settings)) for content in contents)
    printed = len(render_print_file(contents, settings)) / len(contents)
    return [
        Figure("plain canvas, the same letter as a file", each(lambda: [plain_file([c], settings) for c in contents]),
               "ours, of 1.000", each(lambda: [render_letter(c, settings) for c in contents])),
        Figure("plain canvas, the same in a print file", each(lambda: plain_file(contents, settings)),
               "ours, of 1.000", each(lambda: render_print_file(contents, settings))),
        _office(folder, contents[:_OFFICE_NUMBER], settings),
        _two_processes(folder),
        Fact("a letter as a file, the largest of 1.000", f"{largest / 1000:.1f} kB"),
        Fact("a letter in a print file of 1.000", f"{printed / 1000:.1f} kB"),
        Fact("most memory of a process for 1.000 files", _memory(folder, "files")),
        Fact("most memory of a process for 1 print file", _memory(folder, "print")),
    ]  # fmt: skip


def _contents(path: Path) -> list[LetterContent]:
    register = bootstrap.make_example(path, today=ON, extra=_EXTRA)
    try:
        proposals = plan_letters(register, on=ON).proposals[:NUMBER]
        assert len(proposals) == NUMBER
        return [draft.content for draft in draft_letters(register, proposals, on=ON)]
    finally:
        register.close()


def _office(folder: Path, contents: Sequence[LetterContent], settings: LetterSettings) -> Figure | Fact:
    """All processes of LibreOffice are counted."""
    what = "LibreOffice, one call of 200, the same words"
    program = shutil.which("soffice")
    if program is None:
        return Fact(what, "   skipped: soffice is not installed")
    sources = [folder / f"{number}.fodt" for number in range(len(contents))]
    for source, content in zip(sources, contents, strict=True):
        source.write_text(_document(content), encoding="utf-8")
    made = folder / "office"
    before = os.times()
    subprocess.run(
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", made, *sources],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    after = os.times()
    assert len([*made.glob("*.pdf")]) == len(contents)
    used = after.children_user + after.children_system - before.children_user - before.children_system
    ours = median_ms(lambda: [render_letter(content, settings) for content in contents])
    return Figure(what, used * 1000 / len(contents), "ours, as files", ours / len(contents))


def _document(content: LetterContent) -> str:
    """Return the letter as a text document in one file of XML, a paragraph a line."""
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in as_text(content).splitlines())
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text" office:version="1.2"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} {kind}>'
        f"<office:body><office:text>{lines}</office:text></office:body></office:document>"
    )


class _Process:
    """A process that makes letters when it is told to."""

    def __init__(self, folder: Path, what: str, first: int, last: int) -> None:
        made = folder / f"{what}-{first}-{last}"
        made.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.letters_process", what, folder / "contents.pickle",
             str(first), str(last), made],
            cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.hear()

    def tell(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def end(self) -> int:
        """Return the most memory that it took, in bytes."""
        last_words, _ = self.process.communicate()
        return int(last_words)


def _memory(folder: Path, what: str) -> str:
    process = _Process(folder, what, 0, NUMBER)
    process.tell()
    process.hear()
    peak = process.end()
    return f"{peak / 1_000_000:.1f} MB" if peak else "   not told by this system"


def _two_processes(folder: Path) -> Figure:
    """One process beside two that make half each, once all have begun: the time on the clock."""
    alone = _clock_ms(folder, [(0, NUMBER)])
    together = _clock_ms(folder, [(0, NUMBER // 2), (NUMBER // 2, NUMBER)])
    return Figure("one process, 1.000 files, on the clock", alone, "two processes, half each", together)


def _clock_ms(folder: Path, parts: Sequence[tuple[int, int]]) -> float:
    processes = [_Process(folder, "files", first, last) for first, last in parts]
    times = []
    for _ in range(9):
        began = time.perf_counter()
        for process in processes:
            process.tell()
        for process in processes:
            process.hear()
        times.append((time.perf_counter() - began) * 1000)
    for process in processes:
        process.end()
    return statistics.median(times)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        print(*measure(Path(name)), sep="\n")
