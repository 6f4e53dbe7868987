"""Workbooks are read in a process of their own, which ends whatever the file does to it."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import Cancelled, FileError
from app.base.processes import READ_WORKBOOK, own_command
from app.base.progress import NoProgress
from app.importing import workbooks
from app.importing.batches import pack, unpack
from app.importing.readers import read_tables
from app.importing.tables import RawTable
from tests.unit.importing.conftest import Importer

MODULE = "app.importing.workbook_process"

CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f"), min_size=1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
)


def read(path: Path) -> list[RawTable]:
    return read_tables(path, NoProgress())


def changed(path: Path, change: Callable[[str], str], *, part: str = "xl/worksheets/sheet1.xml") -> Path:
    """Write a workbook again with one of its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert change(parts[part]) != parts[part]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(content) if name == part else content)
    return path


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1)))
def test_cells_arrive_exactly_as_they_were_sent(rows: list[list[object]]):
    def arrived(cell: object) -> object:
        return Decimal(repr(cell)) if isinstance(cell, int | float) and not isinstance(cell, bool) else cell

    got = list(unpack(pack(rows)))
    assert got == [tuple(map(arrived, row)) for row in rows]
    assert [list(map(type, row)) for row in got] == [[type(arrived(cell)) for cell in row] for row in rows]


def test_what_is_no_cell_of_ours_arrives_as_text_or_nothing():
    sent = [["", float("nan"), "a\x7fb", time(9, 30)], ["", float("inf"), "c", timedelta(hours=30)]]
    assert list(unpack(pack(sent))) == [(None, "nan", "ab", "09:30:00"), (None, "inf", "c", "1 day, 6:00:00")]


def test_every_kind_of_cell_of_a_workbook_is_read_as_it_is(workbook: Callable[..., Path]):
    moment = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001 - cells have no time zone
    (table,) = read(workbook({"Blad": [["A", True, 0.1, date(2026, 1, 2), None, ("=1+1", 2), "=1+1", moment]]}))
    (row,) = table.rows
    # The helper writes every date as a day, so Excel shows the moment as one; its time is there all the same.
    assert row[:6] == ("A", True, Decimal("0.1"), date(2026, 1, 2), None, Decimal("2.0"))
    assert row[7] == moment


def test_hidden_rows_are_read_and_told_by_their_number(workbook: Callable[..., Path]):
    rows = [["Naam", "KvK"], *([f"A{n}", n] for n in range(60_000))]
    path = workbook({"Één & ander": rows, "Tweede": [["Naam"], ["B"]]})
    hidden = {3, 4, 30_000, 60_001}

    def hide(xml: str) -> str:
        return re.sub(r'<row r="(\d+)"', lambda row: row[0] + (' hidden="1"' if int(row[1]) in hidden else ""), xml)

    first, second = read(changed(path, hide))
    assert first.hidden_rows == hidden
    assert len(first.rows) == len(rows)
    assert second.hidden_rows == frozenset()


def test_a_small_file_that_would_fill_the_memory_once_it_is_read_is_refused(workbook: Callable[..., Path]):
    path = workbook({"Blad": [["Naam"], *[["\U0001f600" * 16_000] * 10] * 500]})
    assert path.stat().st_size < 1_000_000
    with pytest.raises(FileError, match="te groot om veilig te lezen"):
        read(path)


def test_a_value_that_the_workbook_does_not_hold_is_said_to_be_lost(importer: Importer, workbook: Callable[..., Path]):
    rows = [["Naam", "Omzet 2026 excl. btw"], ["Alfa", 5], ["Beta", 6], ["Cato", ("=A1*2", 7)], ["Delta", 8]]

    def lose(xml: str) -> str:
        xml = xml.replace('<c r="B2"><v>5</v></c>', '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
        return xml.replace('<c r="B3"><v>6</v></c>', '<c r="B3"><f>SUM(B4:B5)</f></c>')

    plan = importer.plan(changed(workbook({"Blad": rows}), lose))
    assert [amount.cents for amount in plan.new.amounts] == [700, 800]
    assert [(warning.row, "gelezen als leeg" in warning.message) for warning in plan.warnings] == [(2, True), (3, True)]


@pytest.mark.parametrize(("hidden", "said"), [
    ("3", "1 rij is in Excel verborgen. Die is wel gelezen."),
    # The title above the headings is no row of the table.
    ("1345", "3 rijen zijn in Excel verborgen. Die zijn wel gelezen."),
])  # fmt: skip
def test_hidden_rows_are_said_to_be_read(importer: Importer, workbook: Callable[..., Path], hidden: str, said: str):
    path = workbook({"Blad": [["Leveranciers"], ["Naam", "KvK"], *([f"A{n}", 12345670 + n] for n in range(4))]})
    plan = importer.plan(changed(path, lambda xml: re.sub(f'<row r="([{hidden}])"', r'<row r="\1" hidden="1"', xml)))
    assert (len(plan.rows), said in plan.notes) == (4, True)


def test_entities_are_refused_in_every_format(tmp_path: Path, workbook: Callable[..., Path]):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    xlsx = changed(workbook({"Blad": [["Naam"], ["A"]]}), lambda xml: xml.replace("?>", f"?>{bomb}", 1))
    ods = tmp_path / "boek.ods"
    with zipfile.ZipFile(ods, "w") as archive:
        archive.writestr("content.xml", f"{bomb}<x>&b;</x>".encode("utf-16"))
    for path in (xlsx, ods):
        with pytest.raises(FileError, match="verwijzingen"):
            read(path)


def test_a_workbook_with_more_text_than_fits_is_refused(workbook: Callable[..., Path]):
    # One long text that many cells share: a small file, and more than half a gigabyte of cells.
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 20_000))
    path = workbook({"Blad": [["x" * 32_000]]})
    with pytest.raises(FileError, match="te groot"):
        read(changed(path, lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>")))


def test_the_reading_process_loads_nothing_of_the_window_or_the_register():
    *python, run, root, packages = own_command(READ_WORKBOOK, MODULE, needs="python_calamine")
    loads = run.replace("; main()", "; print(*sys.modules)")
    assert loads != run
    loaded = subprocess.run([*python, loads, root, packages], capture_output=True, check=True, text=True).stdout.split()
    assert MODULE in loaded
    assert not [name for name in loaded if re.match(r"PySide6|shiboken|sqlite|sqlcipher|rapidfuzz|subprocess", name)]


def test_the_built_program_starts_itself(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command(READ_WORKBOOK, MODULE, needs="python_calamine") == [sys.executable, READ_WORKBOOK]


def test_what_the_built_program_runs_first_reads_a_workbook_only_when_it_is_asked_to(workbook: Callable[..., Path]):
    def said(*arguments: str) -> list[bytes]:
        first = Path("app/importing/built_process.py").resolve()
        command = [sys.executable, str(first), *arguments]
        settings = {**os.environ, "PYTHONPATH": str(first.parents[2])}
        with workbook({"Blad": [["Naam"], ["A"]]}).open("rb") as source:
            return subprocess.run(command, stdin=source, capture_output=True, check=True, env=settings).stdout.split()

    assert said(READ_WORKBOOK)[-1] == b'["end"]'
    assert said() == said("--call", READ_WORKBOOK) == []


def stand_in(monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """Let another program be the process that reads."""
    command = [sys.executable, "-I", "-S", "-c", does]
    monkeypatch.setattr(workbooks, "own_command", lambda *_args, **_named: command)


class StopAtPid:
    """Presses the button as soon as the process says its number, which it does as the number of its parts."""

    pid = 0

    def step(self, done: int, total: int, what: str) -> None:
        if total > 1:
            self.pid = total
            raise Cancelled


SLEEPS = "import os, time; print(f'[\"checked\", 0, {os.getpid()}]', flush=True); time.sleep(60)"


def test_the_process_is_gone_when_the_user_stops(workbook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch):
    stand_in(monkeypatch, SLEEPS)
    button = StopAtPid()
    with pytest.raises(Cancelled):
        read_tables(workbook({"Blad": [["Naam"]]}), button)
    with pytest.raises(OSError, match=r"."):
        os.kill(button.pid, 0)


class Silence:
    """Waits until nothing more is said, and then presses the button."""

    steps = 0

    def step(self, done: int, total: int, what: str) -> None:
        self.steps += 1
        if self.steps > 5:
            raise Cancelled


def test_stopping_needs_no_word_of_the_process(workbook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch):
    stand_in(monkeypatch, "import time; time.sleep(60)")
    with pytest.raises(Cancelled):
        read_tables(workbook({"Blad": [["Naam"]]}), Silence())


@pytest.mark.parametrize(
    ("does", "words"),
    [
        (SLEEPS, "redelijke tijd"),
        ("import os; os.abort()", "te groot om veilig te lezen, of beschadigd"),
        ("print('[\"rows\", [[\"s', end='')", "te groot om veilig te lezen, of beschadigd"),
        ("raise SystemExit(1)", "te groot om veilig te lezen, of beschadigd"),
    ],
)
def test_a_process_that_hangs_or_dies_is_a_refusal(
    workbook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, does: str, words: str
):
    monkeypatch.setattr(workbooks, "_PATIENCE", 0.2)
    stand_in(monkeypatch, does)
    with pytest.raises(FileError, match=words) as refused:
        read(workbook({"Blad": [["Naam"]]}))
    assert refused.value.advice


def test_a_process_that_cannot_be_started_is_a_refusal(
    workbook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(workbooks, "own_command", lambda *_args, **_named: [str(tmp_path / "weg")])
    with pytest.raises(FileError, match="tweede proces"):
        read(workbook({"Blad": [["Naam"]]}))


def test_a_confined_process_gets_no_more_memory_than_it_may_have():
    *python, _, root, packages = own_command(READ_WORKBOOK, MODULE, needs="python_calamine")
    does = (
        "import sys; sys.path[:0] = sys.argv[1:]; from app.importing.confinement import confine\n"
        "confine(memory=100_000_000, seconds=60)\n"
        "fits = bytearray(50_000_000)\n"
        "try: bytearray(200_000_000)\n"
        "except MemoryError: print('refused')"
    )
    assert subprocess.run([*python, does, root, packages], capture_output=True, text=True).stdout == "refused\n"


def test_a_workbook_without_a_sheet_of_cells_is_refused(workbook: Callable[..., Path]):
    path = workbook({"Blad": [["Naam"]]})
    with pytest.raises(FileError, match="is leeg: er staan geen rijen in"):
        read(changed(path, lambda xml: re.sub(r"<sheets>.*</sheets>", "<sheets/>", xml), part="xl/workbook.xml"))
