"""The project's own commands: python3 dev.py setup | run | test | bench | screenshots | build.

Standard library only: this file makes the environment that holds everything else. Every verb first sets up
what it needs and costs nothing where that was done before. The file must stay readable for old Pythons
(no syntax after 3.6), so that they can say which Python is needed.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this with an older Python must be told
    sys.exit(
        "Tredewijzer needs Python 3.11 or newer; this is {}.{} ({}).".format(*sys.version_info[:2], sys.executable)
    )

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
OUT = ROOT / "out"
SHOWN_LINES = 30
# What the packed program imports, to show that it holds the reader of workbooks.
WRITE_WORKBOOK = """
import sys, xlsxwriter
with xlsxwriter.Workbook(sys.argv[1]) as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Naam", "KvK-nummer", "Plaats", "Opdrachten 2026 excl. btw"])
    sheet.write_row(1, 0, ["Nieuwkoop Proef B.V.", "00999999", "Horn", 12.5])
"""
CORE_TESTS = ("tests/unit", "tests/storage", "tests/services")

# What a minimal Linux lacks: the library that Qt opens, and the Debian package that brings it.
SYSTEM_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
# Everything of Qt, what needs it, and what packs the program: the core must work and be testable without.
WINDOW_PACKAGES = ("pyside6-essentials", "shiboken6", "pytest-qt", "pyinstaller", "pyinstaller-hooks-contrib")


class StepError(Exception):
    """A step failed; the text says which one and, where known, what to do."""


class Environment:
    """A virtual environment of this project, made and repaired on demand.

    `.venv` holds the whole lock. `.venv-core` leaves out `without`, by which the core's tests prove that
    they need no Qt.
    """

    def __init__(self, name: str, *, without: "tuple[str, ...]" = ()) -> None:
        self.folder = ROOT / name
        self.without = without
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self._stamp = self.folder / "tredewijzer-stamp"

    def set_up(self) -> None:
        """Make the environment equal to the lock; instant where it already is."""
        want = self._wanted_stamp()
        found = self._stamp.read_text(encoding="utf-8") if self._stamp.is_file() else ""
        # The stamp goes before the first change and returns after the last: without one, the set-up was
        # interrupted or was not ours, and what lies there cannot be trusted. The place counts, because an
        # environment that was moved or copied points at the other checkout.
        if not found.startswith(str(ROOT) + "\n") or not self._python_works():
            print(f"Making {self.folder.name} with Python {sys.version.split()[0]} …", flush=True)
            self._stamp.unlink(missing_ok=True)
            call(sys.executable, "-m", "venv", "--clear", self.folder, step="making " + self.folder.name)
        elif found == want:
            return
        self._stamp.unlink(missing_ok=True)
        print(f"Installing what requirements.lock names into {self.folder.name} …", flush=True)
        pip = (self.python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input")
        lock = self.folder / "requirements.lock"
        lock.write_text(self._lock_text(), encoding="utf-8")
        only_these = ("--no-deps",) if self.without else ()
        call(*pip, "--require-hashes", "--only-binary=:all:", *only_these, "-r", lock, step="installing the lock")
        call(*pip, "--no-deps", "--no-build-isolation", "-e", ROOT, step="installing the project itself")
        self._stamp.write_text(want, encoding="utf-8")

    def _wanted_stamp(self) -> str:
        pyproject = ROOT / "pyproject.toml"
        digest = hashlib.sha256(self._lock_text().encode() + pyproject.read_bytes()).hexdigest()
        return f"{ROOT}\n{digest}\n"

    def _lock_text(self) -> str:
        """The lock less the packages in `without`; a package is one line and the indented lines beneath it."""
        kept, keep = [], True
        for line in LOCK.read_text(encoding="utf-8").splitlines(keepends=True):
            if not line.startswith((" ", "#")):
                keep = line.split("==")[0].strip() not in self.without
            if keep:
                kept.append(line)
        return "".join(kept)

    def _python_works(self) -> bool:
        probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
        try:
            done = subprocess.run([str(self.python), "-c", probe], stdin=subprocess.DEVNULL, capture_output=True)
        except OSError:
            return False
        return done.returncode == 0


FULL = Environment(".venv")
CORE = Environment(".venv-core", without=WINDOW_PACKAGES)


def call(*command: "str | Path", step: str, env: "dict[str, str] | None" = None) -> None:
    """Run one command of the set-up in the project's folder; raise StepError where it does not end well."""
    done = subprocess.run(
        [str(part) for part in command], cwd=str(ROOT), stdin=subprocess.DEVNULL, env={**os.environ, **(env or {})}
    )
    if done.returncode != 0:
        raise StepError(f"Failed: {step} (exit code {done.returncode}). The reason stands above; run again to resume.")


def install_system_packages() -> None:
    """On Linux: bring the libraries that no wheel contains, or say the line that does."""
    if not sys.platform.startswith("linux"):
        return
    missing = []
    for library, package in SYSTEM_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    if importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    if not missing:
        return
    if shutil.which("apt-get") is None:
        raise StepError("Missing system packages (by their Debian names): " + " ".join(missing))
    if os.geteuid() != 0:
        raise StepError("Missing system packages; run:  sudo apt-get install -y " + " ".join(missing))
    print("Installing system packages: " + " ".join(missing), flush=True)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    call("apt-get", "update", "-q", step="apt-get update", env=quiet)
    install = ("apt-get", "install", "-y", "-q", "--no-install-recommends")
    call(*install, *missing, step="installing system packages", env=quiet)


def set_up(*environments: Environment) -> None:
    """Bring the system's libraries and the environments in order."""
    install_system_packages()
    for environment in environments:
        environment.set_up()


def pytest(environment: Environment, *arguments: str, env: "dict[str, str] | None" = None) -> int:
    """Run pytest in that environment and return its exit code."""
    settings = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **(env or {})}
    return subprocess.run([str(environment.python), "-m", "pytest", *arguments], cwd=str(ROOT), env=settings).returncode


def job(*command: "str | Path") -> "subprocess.CompletedProcess[str]":
    """Run one job of the program and return what it said; raise StepError where it failed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=str(ROOT),
        env={**os.environ, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode != 0:
        said = f"{done.stdout}{done.stderr}"
        raise StepError(f"{said}Failed: {' '.join(map(str, command))} (exit code {done.returncode})")
    return done


def setup(arguments: "list[str]") -> int:
    """make or repair .venv, which holds the program and the developers' tools"""
    del arguments
    set_up(FULL)
    print(f"Ready: {FULL.python}")
    return 0


def run(arguments: "list[str]") -> int:
    """make the example register, judge it and write its letters, all in out/"""
    del arguments
    set_up(FULL)
    register, letters = OUT / "voorbeeld.tredewijzer", OUT / "brieven"
    OUT.mkdir(exist_ok=True)
    for old in OUT.glob(register.name + "*"):
        old.unlink()
    shutil.rmtree(letters, ignore_errors=True)
    program = (FULL.python, "-m", "app")
    print(job(*program, "demo", register).stdout)
    *verdicts, totals = job(*program, "judge", "--register", register).stdout.rsplit("\n\n", 1)
    lines = "".join(verdicts).splitlines()
    print(*lines[:SHOWN_LINES], f"… and {len(lines) - SHOWN_LINES} lines more", "", sep="\n")
    print(totals)
    pile = letters / "alle-brieven.pdf"
    print(job(*program, "letters", "--register", register, "--out", letters, "--single", pile).stdout)
    print(f"Register: {register}\nLetters:  {letters}")
    print(f"The window on it:         {FULL.python} -m ui {register}")
    print(f"From the command line:    {FULL.python} -m app --help")
    return 0


def test(arguments: "list[str]") -> int:
    """test the core without Qt, then everything; with pytest's arguments only the full run"""
    if arguments:
        set_up(FULL)
        return pytest(FULL, *arguments)
    set_up(CORE, FULL)
    print("1/2  The core, where PySide6 does not exist", flush=True)
    job(CORE.python, "-c", "import importlib.util as i, sys; sys.exit(i.find_spec('PySide6') is not None)")
    core = pytest(CORE, *CORE_TESTS, env={"HYPOTHESIS_PROFILE": "quick"})
    print("2/2  Everything", flush=True)
    full = pytest(FULL)
    if core != 0:
        print("The core's tests without PySide6 failed: see 1/2 above.", file=sys.stderr)
    return core or full


def bench(arguments: "list[str]") -> int:
    """measure the hot paths"""
    set_up(FULL)
    return subprocess.run([str(FULL.python), "-m", "tests.bench", *arguments], cwd=str(ROOT)).returncode


def screenshots(arguments: "list[str]") -> int:
    """draw every screen of the example register into the folder DIR"""
    if len(arguments) != 1:
        raise StepError("Usage: python3 dev.py screenshots DIR")
    set_up(FULL)
    folder = Path(arguments[0]).resolve()
    return subprocess.run([str(FULL.python), "-m", "tests.pictures", str(folder)], cwd=str(ROOT)).returncode


def try_window(program: "Path", register: "Path") -> None:
    """Start the packed window where there is no screen and see by the lock file that it opens a register."""
    home = register.parent / "home"
    home.mkdir()
    settings = {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(home), "LOCALAPPDATA": str(home)}
    started = subprocess.Popen([str(program), str(register)], env={**os.environ, **settings})
    try:
        for _ in range(300):
            if register.with_name(register.name + ".slot").exists() and started.poll() is None:
                return
            time.sleep(0.1)
        raise StepError("Failed: the packed window did not open a register")
    finally:
        started.terminate()
        started.wait()


def build(arguments: "list[str]") -> int:
    """pack the program into dist/ and try what came out"""
    del arguments
    set_up(FULL)
    call(FULL.python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN", "build.spec", step="packing")
    folder = ROOT / "dist" / "tredewijzer"
    program = folder / ("tredewijzer-cli.exe" if os.name == "nt" else "tredewijzer")
    window = folder / ("tredewijzer.exe" if os.name == "nt" else "tredewijzer")
    with tempfile.TemporaryDirectory() as temporary:
        register, letters = Path(temporary, "proef met spatie.tredewijzer"), Path(temporary, "brieven")
        single = letters / "alle-brieven.pdf"
        workbook = Path(temporary, "crediteuren.xlsx")
        job(FULL.python, "-c", WRITE_WORKBOOK, workbook)
        for command in (
            ("demo", register),
            ("import", workbook, "--register", register),
            ("lookup", "nieuwkoop", "--register", register),
            ("letters", "--register", register, "--out", letters, "--single", single),
            ("check", "--register", register),
        ):
            done = job(program, *command)
            if done.stderr.strip():
                raise StepError(f"{done.stderr}Failed: the packed program complains at: {command[0]}")
        if not single.is_file() or not single.read_bytes().startswith(b"%PDF-"):
            raise StepError("Failed: the packed program wrote no letters")
        try_window(window, register)
    print(f"Packed and tried: {folder}")
    return 0


VERBS = (setup, run, test, bench, screenshots, build)


def main(arguments: "list[str]") -> int:
    """Do the verb that comes first; the rest is for the verb."""
    verbs = {verb.__name__: verb for verb in VERBS}
    if not arguments or arguments[0] not in verbs:
        print(
            "Usage: python3 dev.py VERB\n", *(f"  {name:11} {verb.__doc__}" for name, verb in verbs.items()), sep="\n"
        )
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    return verbs[arguments[0]](arguments[1:])


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may lack a character; that is no reason to stop.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        sys.exit(main(sys.argv[1:]))
    except StepError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Interrupted; run again to resume.")
