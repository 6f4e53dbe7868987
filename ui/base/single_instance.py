"""One running program per user: a second start hands its wish to the first and ends.

A local socket of this user alone; nothing listens on a network. What comes in is untrusted: one short line, the path of
a file or nothing, which only leads to that file being opened as any other. A lock file says at once who is first, so
that Qt's network library, which the socket needs, is not loaded before the first paint.
"""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QThread, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log = logging.getLogger(__name__)
_PATIENCE_MS = 1500
_PAUSE_MS = 100
_LONGEST = 8_192


class SingleInstance(QObject):
    """The first program listens; `wished` brings what a later one was started with (a path, or None)."""

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

    def hand_over(self, path: Path | None) -> bool:
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
        socket.write(json.dumps(str(path) if path else None).encode() + b"\n")
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
            wish = json.loads(line)
        except (ValueError, RecursionError):
            _log.warning("a wish of another start was not understood")
            return
        if wish is None:
            self._tell(None)
        elif isinstance(wish, str) and "\0" not in wish and Path(wish).is_absolute():
            self._tell(Path(wish))
        else:
            _log.warning("a wish of another start was no path")
