"""The first look at a file, and what the user may choose when it shows the wrong thing."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import FileError
from app.base.progress import NoProgress
from app.importing.readers import ENCODINGS, FIRST_ROWS, read_first_rows, read_tables
from app.importing.text_files import read_head, read_text

# No quotes inside: of those a beginning may tell another story than the whole file.
CELLS = st.text(st.sampled_from("abé€;\n 1,"), max_size=30)


class CountingFile(io.BytesIO):
    """A file that knows how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


def lines(count: int, encoding: str = "utf-8", *, delimiter: str = ";", end: str = "\r\n") -> bytes:
    rows = [["Naam", "Plaats", "Bedrag"], *([f"Café {n}", "Heythuysen", f"{n},50"] for n in range(count))]
    return "".join(delimiter.join(row) + end for row in rows).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be"])
@pytest.mark.parametrize(("delimiter", "end"), [(";", "\r\n"), ("\t", "\n"), ("|", "\r")])
def test_the_first_rows_of_a_long_file_are_those_of_the_whole(tmp_path: Path, encoding: str, delimiter: str, end: str):
    path = tmp_path / "lang.csv"
    path.write_bytes(lines(30_000, encoding, delimiter=delimiter, end=end))
    (first,), (whole,) = read_first_rows(path, NoProgress()), read_tables(path, NoProgress())
    assert len(first.rows) == FIRST_ROWS
    assert (first.encoding, first.delimiter) == (whole.encoding, whole.delimiter)
    assert (first.rows, first.numbers) == (whole.rows[:FIRST_ROWS], whole.numbers[:FIRST_ROWS])


def test_a_first_look_reads_only_the_beginning_of_a_text_file():
    source = CountingFile(lines(200_000))
    read_head("lang.csv", source, NoProgress(), encoding=None, delimiter=None, most_rows=FIRST_ROWS)
    assert source.taken < len(source.getvalue()) // 10


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=20), st.integers(1, 400))
def test_a_beginning_of_any_length_gives_the_rows_of_the_whole(rows: list[list[str]], head: int):
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    data = stream.getvalue().encode()
    whole = read_text("heel", data, NoProgress(), delimiter=";")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.importing.text_files._HEAD", head)
        patch.setattr("app.importing.dialect._SAMPLE_ROWS", 5)
        first = read_head("begin", io.BytesIO(data), NoProgress(), encoding=None, delimiter=";", most_rows=5)
    assert first.rows == whole.rows[:5]


def test_rows_that_fill_more_than_a_beginning_are_still_found(tmp_path: Path):
    path = tmp_path / "breed.csv"
    path.write_text("Naam;Nota\n" + "".join(f'A{n};"{"lang " * 1_000}\n{n}"\n' for n in range(300)))
    (first,) = read_first_rows(path, NoProgress())
    assert [row[0] for row in first.rows] == ["Naam", *(f"A{n}" for n in range(FIRST_ROWS - 1))]


def test_the_first_look_at_a_workbook_names_every_sheet_and_reads_the_first_that_is_filled(
    workbook: Callable[..., Path],
):
    many = [["Naam", "KvK"], *(["A", n] for n in range(500))]
    path = workbook({"Leeg": [], "Lijst": many, "Andere": many, "Geheim": many}, hidden="Geheim")
    assert [(table.sheet, len(table.rows)) for table in read_first_rows(path, NoProgress())] == [
        ("Leeg", 0),
        ("Lijst", FIRST_ROWS),
        ("Andere", 0),
    ]
    assert [(table.sheet, len(table.rows)) for table in read_tables(path, NoProgress())] == [
        ("Leeg", 0),
        ("Lijst", 501),
        ("Andere", 501),
    ]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_user_may_choose_encoding_and_delimiter(tmp_path: Path, encoding: str):
    path = tmp_path / "oud.csv"
    path.write_bytes("Naam:Plaats\nCafé:Één\n".encode(encoding))
    for read in (read_tables, read_first_rows):
        (table,) = read(path, NoProgress(), encoding=encoding, delimiter=":")
        assert (table.encoding, table.delimiter) == (encoding, ":")
        assert table.rows == [("Naam", "Plaats"), ("Café", "Één")]


@pytest.mark.parametrize(
    "choice",
    [
        {"encoding": "rot13"},
        {"encoding": ""},
        *({"delimiter": wrong} for wrong in ("", '"', "a", ";;", " ", "\n", "\0")),
    ],
)
def test_a_choice_that_cannot_be_is_refused(tmp_path: Path, choice: dict[str, str]):
    path = tmp_path / "lijst.csv"
    path.write_bytes(lines(3))
    with pytest.raises(FileError) as refused:
        read_tables(path, NoProgress(), **choice)
    assert refused.value.advice


def test_a_mistaken_choice_of_encoding_is_shown_and_does_not_fail(tmp_path: Path):
    path = tmp_path / "lijst.csv"
    path.write_bytes(lines(3, "cp1252"))
    (table,) = read_tables(path, NoProgress(), encoding="utf-8")
    assert table.rows[1][0] == "Caf\ufffd 0"
