"""One running program per user: a second start hands its wish to the first and ends.

A local socket of this user alone; nothing listens on a network. What comes in is untrusted: one short line, an object
with the path of a file and the number of a caller, both optional, which only leads to that file being opened as any
other and that number being looked up. A lock file says at once who is first, so that Qt's network library, which the
socket needs, is not loaded before the first paint.
"""

import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QThread, Signal

from ui.base.wish import Wish, find_number

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log = logging.getLogger(__name__)
_PATIENCE_MS = 1500
_PAUSE_MS = 100
_LONGEST = 8_192
_ANY_PROGRAM = 0xFFFFFFFF


class SingleInstance(QObject):
    """The first program listens; `wished` brings the `Wish` of a later one."""

    wished = Signal(object)

    def __init__(self, folder: Path) -> None:
        """`folder` holds the user's settings: programs that share it must not meet."""
        super().__init__()
        self._folder = folder
        self._lock = QLockFile(str(folder / "tredewijzer.lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def is_first(self) -> bool:
        """Whether no other program runs; a lock that a killed program left behind does not count."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return True
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def hand_over(self, wish: Wish) -> bool:
        """Give the wish to a program that runs already; False when it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        for _ in range(_PATIENCE_MS // _PAUSE_MS):
            socket.connectToServer(self._socket_name())
            if socket.waitForConnected(_PAUSE_MS):
                break
            # The first one may have begun a blink ago, as after a double click too many, and not listen yet.
            QThread.msleep(_PAUSE_MS)
        else:
            return False
        if sys.platform == "win32":
            import ctypes

            # Windows lets only the program that the user started last bring a window to the front.
            ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROGRAM)
        socket.write(json.dumps(_message(wish)).encode() + b"\n")
        answered = socket.waitForBytesWritten(_PATIENCE_MS) and socket.waitForReadyRead(_PATIENCE_MS)
        socket.disconnectFromServer()
        return answered

    def listen(self) -> None:
        """Be the one that runs. Where that cannot be, the program works without."""
        from PySide6.QtNetwork import QLocalServer

        name = self._socket_name()
        QLocalServer.removeServer(name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._take)
        if server.listen(name):
            self._server = server
        else:
            _log.info("a second start cannot hand over")

    def close(self) -> None:
        """Let the next program be the first."""
        if self._server:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _socket_name(self) -> str:
        import getpass
        import hashlib

        key = hashlib.sha256(f"{getpass.getuser()}\n{self._folder}".encode()).hexdigest()[:16]
        return f"tredewijzer-{key}"

    def _take(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(_Reader(socket, self.wished.emit).read)
            socket.disconnected.connect(socket.deleteLater)


class _Reader(QObject):
    """Reads the one line of one caller."""

    def __init__(self, socket: "QLocalSocket", tell: Callable[[object], None]) -> None:
        super().__init__(socket)
        self._socket = socket
        self._tell = tell

    def read(self) -> None:
        if self._socket.bytesAvailable() > _LONGEST:
            _log.warning("a wish of another start was too long")
            self._socket.abort()
            return
        if not self._socket.canReadLine():
            return
        line = bytes(self._socket.readLine(_LONGEST).data())
        self._socket.write(b"ok\n")
        self._socket.flush()
        try:
            wish = _read(json.loads(line))
        except (ValueError, RecursionError):
            _log.warning("a wish of another start was not understood")
            return
        self._tell(wish)


def _message(wish: Wish) -> dict[str, str]:
    path = {"path": str(wish.path)} if wish.path else {}
    return path | ({"call": wish.call} if wish.call else {})


def _read(message: object) -> Wish:
    """Return the wish of a message, judged anew: whoever sent it need not be this program. Raises `ValueError`."""
    if not isinstance(message, dict) or not message.keys() <= {"path", "call"}:
        raise ValueError("no wish")
    path, call = message.get("path"), message.get("call")
    if "path" in message and not (isinstance(path, str) and _is_path(path)):
        raise ValueError("no path")
    if "call" in message and not (isinstance(call, str) and find_number(call) == call):
        raise ValueError("no number")
    return Wish(Path(path) if path else None, call or "")


def _is_path(text: str) -> bool:
    # Half a character is no name on any disk; the encoding raises a `ValueError`.
    return "\0" not in text and Path(os.fsdecode(os.fsencode(text))).is_absolute()
