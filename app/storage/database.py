"""Opening a register: create, check, lock, and say clearly why not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from app.base.clock import Clock
from app.base.errors import NotWritableError, RegisterError
from app.base.places import network_place
from app.storage import migrations
from app.storage.driver import Database, DatabaseError, connect
from app.storage.lock import WriterLock

APPLICATION_ID = 0x54524457
"""Marks a file as a register ("TRDW")."""


def create(path: Path, *, device: str, by: str, clock: Clock) -> "OpenRegister":
    """Make an empty register with today's schema and open it for writing; raises `RegisterError`.

    Schema and marks are one transaction; a file that could not be finished is removed.
    """
    if _looked_at(path)[1]:
        raise RegisterError(
            f"{path} bestaat al; het is niet overschreven.", "Kies een andere naam of open het bestaande register."
        )
    if not path.parent.is_dir():
        raise RegisterError(f"De map {path.parent} bestaat niet.", "Kies een bestaande map.")
    _must_be_local(path)
    lock = WriterLock.take(path, by=by, clock=clock)
    try:
        with readable_errors(path), _closed_on_error(_uri(path, "rwc")) as db:
            _set_pragmas(db)
            db.execute("PRAGMA journal_mode = WAL")
            with db.atomic():
                migrations.migrate(db)
                db.execute("UPDATE _sqlite_migrations SET applied_at = ?", [clock.now().isoformat()])
                db.execute("INSERT INTO device (one, name) VALUES (1, ?)", [device])
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    except BaseException:
        path.unlink(missing_ok=True)
        lock.release()
        raise
    return OpenRegister(path, db, lock)


def open_for_writing(path: Path, *, by: str, clock: Clock) -> "OpenRegister":
    """Open an existing register as its one writer, brought up to date; raises `RegisterError`.

    An older schema is first copied to a file beside it, because the step cannot be taken back.
    """
    _must_exist(path)
    _must_be_local(path)
    lock = WriterLock.take(path, by=by, clock=clock)
    try:
        with readable_errors(path), _closed_on_error(_uri(path, "rw")) as db:
            _set_pragmas(db)
            version = _must_be_ours(db, path)
            db.execute("PRAGMA journal_mode = WAL")
            if version < migrations.NEWEST:
                copy_to(db, _free_name(path, f"versie-{version}"))
                with db.atomic():
                    migrations.migrate(db)
    except BaseException:
        lock.release()
        raise
    return OpenRegister(path, db, lock)


def open_for_reading(path: Path) -> "OpenRegister":
    """Open an existing register without any right to write; raises `RegisterError`.

    Works beside a writer, and also in a folder where nothing may be written.
    """
    _must_exist(path)
    with readable_errors(path):
        try:
            return _open_read_only(path, _uri(path, "ro"))
        except DatabaseError as error:
            if "unable to open" not in str(error) or path.with_name(f"{path.name}-wal").exists():
                raise
            # Without a journal nobody is writing; a folder without write permission allows no shared memory file.
            return _open_read_only(path, f"{_uri(path, 'ro')}&immutable=1")


def _open_read_only(path: Path, uri: str) -> "OpenRegister":
    with _closed_on_error(uri) as db:
        version = _must_be_ours(db, path)
        _set_pragmas(db)
        if version < migrations.NEWEST:
            raise RegisterError(
                f"Het register {path} is van een oudere versie van Tredewijzer.",
                "Doe er eerst iets in dat het bijwerkt, zoals een import; het programma bewaart dan een kopie.",
            )
    return OpenRegister(path, db, None)


class OpenRegister:
    """A connection to one register, with the writer's lock when it may write."""

    def __init__(self, path: Path, db: Database, lock: WriterLock | None) -> None:
        """Keep the parts; made by the functions of this module."""
        self.path = path
        self.db = db
        self._lock = lock

    @property
    def can_write(self) -> bool:
        """Whether this is the one writer."""
        return self._lock is not None

    def close(self) -> None:
        """Close the connection and let the next writer in."""
        try:
            self.db.conn.close()
        finally:
            if self._lock:
                self._lock.release()


@contextmanager
def _closed_on_error(uri: str) -> Iterator[Database]:
    db = connect(uri, uri=True)
    try:
        yield db
    except BaseException:
        # On Windows an open file can be neither removed nor replaced.
        db.conn.close()
        raise


def _uri(path: Path, mode: str) -> str:
    """Return what SQLite wants; `Path.as_uri` names the server of a Windows share in a place that it refuses."""
    text = path.absolute().as_posix()
    start = "//" if text.startswith("/") else "///"
    return f"file:{start}{quote(text)}?mode={mode}"


def _free_name(path: Path, what: str) -> Path:
    names = (f"{path.stem}.{what}{extra}{path.suffix}" for extra in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(found for name in names if not (found := path.with_name(name)).exists())


def copy_to(db: Database, target: Path) -> None:
    """Copy the whole register through SQLite's own backup, never by reading the file."""
    copy = connect(str(target))
    try:
        db.conn.backup(copy.conn)
    finally:
        copy.conn.close()


@contextmanager
def readable_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says about the file or the disk into a `RegisterError`; bugs pass unchanged."""
    try:
        yield
    except DatabaseError as error:
        translated = explained(path, error)
        if translated is error:
            raise
        raise translated from error


_MEANINGS = (
    ("file is not a database", "{} is geen register van Tredewijzer, of het is versleuteld of beschadigd.",
     "Kies een ander bestand of zet een reservekopie terug."),
    ("malformed", "Het register {} is beschadigd. Er is niets veranderd.",
     "Maak een kopie van het bestand en zet een reservekopie terug."),
    ("disk is full", "De schijf is vol. De laatste handeling is niet opgeslagen; wat er al stond is er nog.",
     "Maak ruimte vrij en doe het opnieuw."),
    ("readonly", "In {} mag niet worden geschreven. Er is niets veranderd.",
     "Kopieer het register naar een map waar u mag schrijven."),
    ("unable to open", "{} kan niet worden geopend.", "Kijk of de map bestaat en of u er mag schrijven."),
    ("locked", "Het register {} is in gebruik door een ander programma. Er is niets veranderd.",
     "Wacht even en probeer het opnieuw."),
    ("disk i/o error", "De schijf gaf een fout. De laatste handeling is niet opgeslagen.",
     "Kijk of de schijf nog werkt en probeer het opnieuw."),
)  # fmt: skip


def explained(path: Path, error: BaseException) -> BaseException:
    """Return what SQLite says about the file or the disk as a `RegisterError`, any other error as it is."""
    if isinstance(error, DatabaseError):
        text = str(error).casefold()
        for sign, message, advice in _MEANINGS:
            if sign in text:
                kind = NotWritableError if sign == "readonly" else RegisterError
                return kind(message.format(path), advice)
    return error


def _must_exist(path: Path) -> None:
    is_folder, is_there = _looked_at(path)
    if is_folder:
        raise RegisterError(f"{path} is een map, geen register.", "Kies het bestand van het register.")
    if not is_there:
        raise RegisterError(
            f"Het register {path} bestaat niet.",
            "Kijk of de naam klopt. Een nieuw register maakt u op het eerste scherm van Tredewijzer, "
            "of met ‘tredewijzer init BESTAND’.",
        )


def _looked_at(path: Path) -> tuple[bool, bool]:
    """Return whether a path is a folder and whether it is there at all."""
    try:
        return path.is_dir(), path.exists()
    except OSError as error:
        # A name that is too long, or a folder that nobody may look into.
        advice = "Kijk of de naam klopt en of u daar mag lezen."
        raise RegisterError(f"{path} kan niet worden geopend.", advice) from error


def _must_be_local(path: Path) -> None:
    place = network_place(path)
    if place:
        raise NotWritableError(
            f"Het register {path} staat op {place}. Daar kan het beschadigen. Er is niets veranderd.",
            "Zet het register in een map op de laptop zelf, en open het daar.",
        )


def _must_be_ours(db: Database, path: Path) -> int:
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        empty = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
        what = "is leeg" if empty else "is een databank van een ander programma"
        raise RegisterError(f"{path} is geen register van Tredewijzer: het {what}.", "Kies een ander bestand.")
    if version > migrations.NEWEST:
        raise RegisterError(
            f"Het register {path} is gemaakt met een nieuwere versie van Tredewijzer "
            f"(bestand: {version}, dit programma: {migrations.NEWEST}). Er is niets veranderd.",
            "Werk het programma bij.",
        )
    return version


def _set_pragmas(db: Database) -> None:
    for pragma in (
        "foreign_keys = ON", "recursive_triggers = ON", "secure_delete = ON", "trusted_schema = OFF",
        "synchronous = FULL", "busy_timeout = 5000", "cache_size = -65536",
    ):  # fmt: skip
        db.execute(f"PRAGMA {pragma}")
