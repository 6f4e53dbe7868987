"""A register is opened, locked and refused with clear words; what was reported as saved is saved."""

import errno
import gzip
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.base.clock import SetClock
from app.base.errors import RegisterError
from app.domain.supplier import Supplier
from app.services.check_register import check_register
from app.storage import database, migrations
from app.storage.driver import Database, DatabaseError, connect
from app.storage.register import Register

CLOCK = SetClock.at(date(2026, 11, 23), 9, 5)


def closed_register(folder: Path) -> Path:
    """Make a register with one supplier, closed."""
    path = folder / "inkoop 2026 – proef.tredewijzer"
    register = Register(database.create(path, device="test", by="advisor 1", clock=CLOCK), clock=CLOCK, by="advisor 1")
    with register.operation("edit", "erbij"):
        register.suppliers.add(Supplier(id="s1", name="Bouwbedrijf Maasdal B.V."))
    register.close()
    return path


def names_in(path: Path) -> list[str]:
    opened = database.open_for_reading(path)
    try:
        return [row[0] for row in opened.db.execute("SELECT name FROM supplier")]
    finally:
        opened.close()


def test_a_closed_register_is_one_file(tmp_path: Path) -> None:
    path = closed_register(tmp_path)
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_it_can_be_read_while_somebody_writes(tmp_path: Path) -> None:
    path = closed_register(tmp_path)
    writer = database.open_for_writing(path, by="advisor 1", clock=CLOCK)
    assert names_in(path) == ["Bouwbedrijf Maasdal B.V."]
    writer.close()


def test_a_register_on_a_network_drive_can_be_read_but_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = closed_register(tmp_path)
    monkeypatch.setattr(database, "network_place", lambda _path: "een netwerkschijf (Z:)")
    message = r"staat op een netwerkschijf \(Z:\)\. Daar kan het beschadigen\."
    with pytest.raises(RegisterError, match=message):
        database.open_for_writing(path, by="advisor 1", clock=CLOCK)
    with pytest.raises(RegisterError, match=message):
        database.create(tmp_path / "nieuw.tredewijzer", device="test", by="advisor 1", clock=CLOCK)
    assert list(tmp_path.iterdir()) == [path]
    assert names_in(path) == ["Bouwbedrijf Maasdal B.V."]


def test_a_second_writer_is_told_who_has_it_and_since_when(tmp_path: Path) -> None:
    path = closed_register(tmp_path)
    writer = database.open_for_writing(path, by="advisor 1", clock=CLOCK)
    with pytest.raises(RegisterError, match="in gebruik: advisor 1, sinds 23-11-2026 09:05"):
        database.open_for_writing(path, by="advisor 2", clock=CLOCK)
    writer.close()
    database.open_for_writing(path, by="advisor 2", clock=CLOCK).close()


def test_a_full_disk_does_not_keep_somebody_from_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = closed_register(tmp_path)
    original = os.fdopen

    class Full(io.FileIO):
        def write(self, _text: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def opening(number: int, *arguments: object, **named: object) -> object:
        return Full(number, "r+b") if arguments[:1] == ("r+b",) else original(number, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "fdopen", opening)
    writer = database.open_for_writing(path, by="advisor 1", clock=CLOCK)
    with pytest.raises(RegisterError, match=r"in gebruik\."):
        database.open_for_writing(path, by="advisor 2", clock=CLOCK)
    writer.close()


def _remove(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _rubbish(path: Path) -> None:
    path.write_bytes(b"Beste collega, hierbij de lijst." * 200)


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 3 * 4096])


def _scramble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : 12 * 4096] = random.Random(1).randbytes(11 * 4096)
    path.write_bytes(content)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _foreign(path: Path) -> None:
    path.unlink()
    other = connect(str(path))
    other.execute("CREATE TABLE notes (text)")
    other.conn.close()


def _newer(path: Path) -> None:
    other = connect(str(path))
    other.execute(f"PRAGMA user_version = {migrations.NEWEST + 1}")
    other.conn.close()


@pytest.mark.parametrize("to_write", [True, False], ids=["writing", "reading"])
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_remove, "bestaat niet"),
        (_empty, "geen register van Tredewijzer"),
        (_rubbish, "geen register van Tredewijzer"),
        (_truncate, "beschadigd"),
        (_scramble, "beschadigd"),
        (_folder, "is een map"),
        (_foreign, "ander programma"),
        (_newer, "nieuwere versie"),
    ],
)
def test_a_file_that_is_no_good_is_refused_and_left_as_it_is(
    tmp_path: Path, spoil: Callable[[Path], None], words: str, to_write: bool
) -> None:
    path = closed_register(tmp_path)
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RegisterError, match=words) as caught:
        _use(path, to_write)
    assert caught.value.advice
    assert (path.read_bytes() if path.is_file() else None) == before


def _use(path: Path, to_write: bool) -> None:
    """Open a register and read all of it: damage deep in the file shows only then."""
    opened = database.open_for_writing(path, by="a", clock=CLOCK) if to_write else database.open_for_reading(path)
    try:
        register = Register(opened, clock=CLOCK, by="a")
        problems = register.integrity_problems()
        if problems:
            raise RegisterError("Het register is beschadigd.", "Zet een reservekopie terug.")
    finally:
        opened.close()


def test_a_full_disk_keeps_what_was_saved_and_says_so(tmp_path: Path) -> None:
    path = closed_register(tmp_path)
    opened = database.open_for_writing(path, by="advisor 1", clock=CLOCK)
    register = Register(opened, clock=CLOCK, by="advisor 1")
    pages = opened.db.execute("PRAGMA page_count").fetchone()[0]
    opened.db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(RegisterError, match="schijf is vol"), register.operation("edit", "te veel"):
        register.suppliers.add_all(Supplier(id=f"x{n}", name=f"Firma {n}", note="x" * 500) for n in range(500))
    assert [supplier.id for supplier in register.suppliers.list_all()] == ["s1"]
    opened.db.execute("PRAGMA max_page_count = 1000000")
    with register.operation("edit", "opnieuw"):
        register.suppliers.add(Supplier(id="s2", name="Dakwerken Tienbunder"))
    assert register.integrity_problems() == ()
    register.close()


def test_a_register_in_a_folder_without_write_permission_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = closed_register(tmp_path)

    # Root may write everywhere, so the refusal of the system is put in by hand.
    def refusing(target: str, *, uri: bool = False) -> Database:
        if target.endswith("mode=ro"):
            raise DatabaseError("unable to open database file")
        return connect(target, uri=uri)

    monkeypatch.setattr(database, "connect", refusing)
    assert names_in(path) == ["Bouwbedrijf Maasdal B.V."]


@pytest.mark.parametrize("version", range(1, migrations.NEWEST))
def test_an_older_register_is_copied_before_it_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    path = tmp_path / "oud.tredewijzer"
    sample = Path(__file__).parent / "samples" / f"register-{version}.tredewijzer.gz"
    path.write_bytes(gzip.decompress(sample.read_bytes()))
    with pytest.raises(RegisterError, match="oudere versie"):
        database.open_for_reading(path)
    opened = database.open_for_writing(path, by="a", clock=CLOCK)
    register = Register(opened, clock=CLOCK, by="a")
    assert [found.name for found in register.suppliers.list_all("name")] == [
        "Bouwbedrijf Maasdal B.V.",
        "Drukkerij Van Horne",
        "Schildersgroep Peel & Maas",
    ]
    assert [letter.kenmerk for letter in register.letters.list_all("kenmerk")] == ["PSO-2026-0001", "PSO-2026-0002"]
    assert register.look_up.search("maasdal roermond", 5).hits
    assert not any(result.problem for result in check_register(register))
    schema = _schema(opened.db)
    register.close()
    copy = connect(str(path.with_name(f"oud.versie-{version}.tredewijzer")))
    assert copy.execute("PRAGMA user_version").fetchone()[0] == version
    assert copy.execute("SELECT count(*) FROM supplier").fetchone()[0] == 3
    copy.conn.close()
    new = database.create(tmp_path / "nieuw.tredewijzer", device="test", by="a", clock=CLOCK)
    assert schema == _schema(new.db)
    new.close()


def _schema(db: Database) -> list[tuple[str, str]]:
    return db.execute("SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY name").fetchall()


def test_making_a_register_never_overwrites_a_file(tmp_path: Path) -> None:
    path = tmp_path / "belangrijk.xlsx"
    path.write_bytes(b"niet kwijtraken")
    with pytest.raises(RegisterError, match="bestaat al"):
        database.create(path, device="test", by="a", clock=CLOCK)
    with pytest.raises(RegisterError, match=r"map .* bestaat niet"):
        database.create(tmp_path / "geen map" / "x", device="test", by="a", clock=CLOCK)
    assert path.read_bytes() == b"niet kwijtraken"


_WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from app.base.clock import SystemClock
    from app.domain.supplier import Supplier
    from app.storage import database
    from app.storage.register import Register

    clock = SystemClock()
    register = Register(database.open_for_writing(Path(sys.argv[1]), by="a", clock=clock), clock=clock, by="a")
    for number in range(100_000):
        with register.operation("edit", "erbij"):
            register.suppliers.add(Supplier(id=f"k{number}", name=f"Firma {number}"))
        print(number, flush=True)
    """
)


_TYPIST = textwrap.dedent(
    """
    import sys
    from datetime import UTC, datetime
    from pathlib import Path
    from app.base.clock import SystemClock
    from app.domain.journal import CallDraft
    from app.storage import database
    from app.storage.register import Register

    clock = SystemClock()
    register = Register(database.open_for_writing(Path(sys.argv[1]), by="a", clock=clock), clock=clock, by="a")
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    for number in range(100_000):
        text = "audit " * number
        register.keep_draft(
            CallDraft(id="d", supplier_id=None, started_at=at, saved_at=at, text=text, by="a", caller="Proefven")
        )
        print(len(text), flush=True)
    """
)


def killed_child(script: str, path: Path) -> list[str]:
    """Run a script on a register, kill it in the middle, and return the lines that it printed."""
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert child.stdout
    saved = [child.stdout.readline() for _ in range(60)]
    child.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    saved += child.stdout.read().splitlines()
    child.stdout.close()
    child.wait()
    return saved


def test_a_note_survives_a_kill_up_to_what_was_saved_last(tmp_path: Path) -> None:
    path = closed_register(tmp_path)
    saved = killed_child(_TYPIST, path)
    register = Register(database.open_for_writing(path, by="b", clock=CLOCK), clock=CLOCK, by="b")
    (draft,) = register.call_drafts.list_all()
    assert len(draft.text) >= int(saved[-1])
    assert draft.caller == "Proefven"
    assert register.history.list_operations()[0].label == "erbij"
    register.close()


def test_what_was_reported_as_saved_survives_a_kill(tmp_path: Path) -> None:
    path = closed_register(tmp_path)
    saved = killed_child(_WRITER, path)
    shutil.copytree(tmp_path, tmp_path / "as it was left", dirs_exist_ok=False)

    opened = database.open_for_writing(path, by="b", clock=CLOCK)
    register = Register(opened, clock=CLOCK, by="b")
    kept = {supplier.id for supplier in register.suppliers.list_all()}
    assert {f"k{int(line)}" for line in saved} <= kept
    assert register.integrity_problems() == ()
    assert register.unlogged_tables() == ()
    assert register.look_up.differences() == 0
    register.close()
