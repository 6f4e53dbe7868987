"""What holds for every test: no surprise in the log, no network, no thread left behind, no file of the user touched."""

import logging
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Before anything imports Qt: without a screen Qt aborts the whole process.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[1]

hypothesis.settings.register_profile("default", deadline=None, max_examples=100, print_blob=True)
hypothesis.settings.register_profile("quick", deadline=None, max_examples=20, print_blob=True)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=10_000, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare pytest-qt's settings where it is absent: the core is tested without Qt, from the same pyproject.toml."""
    if pluginmanager.has_plugin("pytest-qt"):
        return
    for name in ("qt_api", "qt_log_level_fail"):
        parser.addini(name, "of pytest-qt, which is not installed here")
    parser.addini("qt_log_ignore", "of pytest-qt, which is not installed here", type="linelist")


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


class ExpectedLog:
    """The warnings that a test expects; each pattern must match one message or more."""

    def __init__(self) -> None:
        self.patterns: list[re.Pattern[str]] = []

    def __call__(self, pattern: str) -> None:
        """Expect a log message of WARNING or above that holds this regular expression."""
        self.patterns.append(re.compile(pattern))


@pytest.fixture
def expected_log() -> ExpectedLog:
    """Call it with a regular expression for each warning or error that the test means to cause."""
    return ExpectedLog()


@pytest.fixture(autouse=True)
def no_surprise_in_the_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a warning or error that nobody expected, and on an expected one that stayed away."""
    expected = request.getfixturevalue("expected_log") if "expected_log" in request.fixturenames else ExpectedLog()
    root = logging.getLogger()
    collector = _Collector()
    before = [*root.handlers]
    level = root.level
    root.addHandler(collector)
    yield
    still_listening = collector in root.handlers
    # A test that sets the program's own log up leaves a handler behind, with a file in a folder that goes away.
    for handler in [*root.handlers]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)
    assert still_listening, "the test took away the log handler that watches it"
    messages = [(record.levelname, record.getMessage()) for record in collector.records]
    surprises = [m for m in messages if not any(pattern.search(m[1]) for pattern in expected.patterns)]
    assert not surprises, f"unexpected in the log: {surprises}"
    absent = [p.pattern for p in expected.patterns if not any(p.search(message) for _, message in messages)]
    assert not absent, f"expected in the log, but not there: {absent}"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail on any attempt to reach the network, also where the code under test swallows the error."""
    attempts: list[str] = []

    def guarded(name: str) -> Callable[..., Any]:
        original = getattr(socket.socket, name)

        def call(self: socket.socket, *args: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                attempts.append(f"{name}{args}")
                raise OSError("the tests forbid the network")
            return original(self, *args)

        return call

    def resolve(host: object, *_args: object, **_named: object) -> Any:
        attempts.append(f"getaddrinfo({host!r})")
        raise OSError("the tests forbid the network")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, guarded(name))
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    yield
    assert not attempts, f"the network was tried: {attempts}"


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Fail where a thread that began in the test still runs two seconds after it."""
    before = set(threading.enumerate())
    yield
    patience = time.monotonic() + 2.0
    for thread in _threads_since(before):
        thread.join(max(0.0, patience - time.monotonic()))
    left = _threads_since(before)
    assert not left, f"threads left behind: {left}"


def _threads_since(before: set[threading.Thread]) -> list[threading.Thread]:
    # Qt's own threads show up as dummies that outlive them; Qt warns about a QThread that is left running.
    return [t for t in threading.enumerate() if t not in before and not isinstance(t, threading._DummyThread)]


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home of its own, so that it finds no file of the user and leaves none; returns that folder."""
    home = tmp_path_factory.mktemp("home")
    folders = {
        **dict.fromkeys(("HOME", "USERPROFILE"), "."),
        "XDG_CACHE_HOME": "cache",
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "share",
        "XDG_STATE_HOME": "state",
        "XDG_RUNTIME_DIR": "run",
        "XDG_DOCUMENTS_DIR": "documents",
        **dict.fromkeys(("APPDATA", "WIN_PD_OVERRIDE_APPDATA"), "roaming"),
        # platformdirs asks Windows itself and not the environment, but for its own names.
        **dict.fromkeys(("LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"), "local"),
        "WIN_PD_OVERRIDE_PERSONAL": "documents",
    }
    for name, folder in folders.items():
        path = home / folder
        path.mkdir(mode=0o700, exist_ok=True)
        monkeypatch.setenv(name, str(path))
    return home


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder with real open data that may lie beside the checkout."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("shared data is absent")
    return folder
