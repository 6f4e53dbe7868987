"""A second start hands its wish to the first; what comes in over the socket is never trusted."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import ExpectedLog
from tests.keyboard import Keys
from ui.base.single_instance import SingleInstance
from ui.base.wish import Wish
from ui.main import begin, start

ROOT = Path(__file__).resolve().parents[2]
# A second program: hands over what it was started with, or else listens and waits.
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.base.single_instance import SingleInstance
from ui.base.wish import Wish
app = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]))
if not instance.is_first():
    print("handed over" if instance.hand_over(Wish(Path(sys.argv[2]))) else "no answer")
else:
    instance.listen()
    print("first", flush=True)
    app.exec()
"""


def second(folder: Path, wish: Path) -> "subprocess.Popen[str]":
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(
        [sys.executable, "-c", SECOND, str(folder), str(wish)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


Wishes = tuple[SingleInstance, list[Wish]]


@pytest.fixture
def first(qapp: QApplication, tmp_path: Path) -> Iterator[Wishes]:
    """A program that listens, and what it was asked."""
    instance = SingleInstance(tmp_path)
    wishes: list[Wish] = []
    instance.wished.connect(wishes.append)
    assert instance.is_first()
    instance.listen()
    yield instance, wishes
    instance.close()


@pytest.fixture
def say(qtbot: QtBot, first: Wishes) -> Iterator[Callable[[bytes], QLocalSocket]]:
    """Send bytes to the program that listens."""
    sockets: list[QLocalSocket] = []

    def send(content: bytes) -> QLocalSocket:
        socket = QLocalSocket()
        sockets.append(socket)
        socket.connectToServer(first[0]._socket_name())
        assert socket.waitForConnected(1000)
        socket.write(content)
        socket.flush()
        return socket

    yield send
    for socket in sockets:
        socket.abort()


@pytest.mark.parametrize("name", ["inkoop.tredewijzer", "Größe é € ł 🦉.tredewijzer"])
def test_a_second_program_hands_its_file_to_the_first_and_ends(
    qtbot: QtBot, first: Wishes, tmp_path: Path, name: str
) -> None:
    other = second(tmp_path, tmp_path / name)
    qtbot.waitUntil(lambda: first[1] == [Wish(tmp_path / name)], timeout=20_000)
    qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
    assert other.communicate()[0].strip() == "handed over"


def test_a_first_that_was_killed_does_not_stand_in_the_way(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    killed = second(tmp_path, tmp_path / "x")
    assert killed.stdout is not None
    assert killed.stdout.readline().strip() == "first"
    killed.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    killed.communicate()
    instance = SingleInstance(tmp_path)
    assert instance.is_first()
    instance.listen()
    other = second(tmp_path, tmp_path / "na.tredewijzer")
    wishes: list[Wish] = []
    instance.wished.connect(wishes.append)
    qtbot.waitUntil(lambda: wishes == [Wish(tmp_path / "na.tredewijzer")], timeout=20_000)
    qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
    other.communicate()
    instance.close()


def test_nobody_listens_and_the_program_starts_by_itself(qapp: QApplication, tmp_path: Path) -> None:
    assert not SingleInstance(tmp_path / "leeg").hand_over(Wish(tmp_path / "x.tredewijzer"))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"{kapot\n", "not understood"),
        (b"\xff\xfe\x00\n", "not understood"),
        (b"[" * 5_000 + b"\n", "not understood"),
        (b"9" * 5_000 + b"\n", "not understood"),
        (b"null\n", "not understood"),
        (b"[1, 2]\n", "not understood"),
        (b'"0475381240"\n', "not understood"),
        (b'{"path": null}\n', "not understood"),
        (b'{"path": ""}\n', "not understood"),
        (b'{"path": "inkoop.tredewijzer"}\n', "not understood"),
        (b'{"path": "/a\\u0000b"}\n', "not understood"),
        (b'{"path": "/a\\ud800b", "call": 1}\n', "not understood"),
        (b'{"call": 475381240}\n', "not understood"),
        (b'{"call": ["0475381240"]}\n', "not understood"),
        (b'{"call": ""}\n', "not understood"),
        (b'{"call": " 0475381240"}\n', "not understood"),
        (b'{"call": "0475381240\\n"}\n', "not understood"),
        (b'{"call": "0475\\u202e381240"}\n', "not understood"),
        (b'{"call": "tel:0475381240"}\n', "not understood"),
        (b'{"call": "--register"}\n', "not understood"),
        (b'{"call": "0475381240", "run": "undo"}\n', "not understood"),
        (b'{"call": "' + b"0" * 4_000 + b'"}\n', "not understood"),
        (b"x" * 20_000, "too long"),
        (b"x" * 20_000 + b"\n", "too long"),
    ],
)
def test_what_is_no_wish_is_left_alone_and_logged(
    qtbot: QtBot,
    first: Wishes,
    say: Callable[[bytes], QLocalSocket],
    expected_log: ExpectedLog,
    caplog: pytest.LogCaptureFixture,
    content: bytes,
    word: str,
) -> None:
    expected_log(word)
    say(content)
    qtbot.waitUntil(lambda: word in caplog.text)
    assert first[1] == []
    assert len(caplog.records) == 1
    assert "475" not in caplog.text
    # And it goes on listening.
    say(json.dumps({"path": str(Path.home()), "call": "0475-38 12 40"}).encode() + b"\n")
    qtbot.waitUntil(lambda: first[1] == [Wish(Path.home(), "0475-38 12 40")])


def test_half_a_line_waits_for_the_rest(qtbot: QtBot, first: Wishes, say: Callable[[bytes], QLocalSocket]) -> None:
    socket = say(b'{"call": ')
    say(b"{}\n")
    qtbot.waitUntil(lambda: first[1] == [Wish()])
    socket.write(b'"0475381240"}\n')
    socket.flush()
    qtbot.waitUntil(lambda: first[1] == [Wish(), Wish(call="0475381240")])


def test_the_window_comes_forward_and_opens_what_the_second_start_wants(
    qtbot: QtBot, qapp: QApplication, example: Path, tmp_path: Path, keys: Keys
) -> None:
    state = tmp_path / "settings" / "venster.json"
    state.parent.mkdir()
    state.write_text('{"screen": "GO_SETTINGS"}', encoding="utf-8")
    started = start(None, state)
    assert started is not None
    _app, window, instance = started
    begin(window, None)
    instance.listen()
    window.showMinimized()
    other = second(state.parent, example)
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=30_000)
    assert window.desk is not None
    assert window.desk.path == example
    assert not window.isMinimized()
    qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
    other.communicate()
    window.close()
    window.deleteLater()
    instance.close()
