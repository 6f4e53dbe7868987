import codecs
import csv
import io
import os
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import Cancelled, FileError
from app.base.progress import NoProgress, StopAfter
from app.importing.dialect import decode, find_delimiter, split_records
from app.importing.readers import read_copied, read_tables
from app.importing.tables import RawTable

TEXT = "Naam;Plaats;Bedrag\nCafé Ĳssel;Roermond;1,50\n"


def read(path: Path) -> list[RawTable]:
    return read_tables(path, NoProgress())


def write(tmp_path: Path, data: bytes, name: str = "bestand.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_is_read_with_or_without_its_mark(tmp_path: Path, encoding: str):
    (table,) = read(write(tmp_path, TEXT.encode(encoding)))
    assert table.rows == [("Naam", "Plaats", "Bedrag"), ("Café Ĳssel", "Roermond", "1,50")]


@given(st.lists(st.sampled_from(["é", "ë", "Ü", "€", "’", "ñ", "ß"]), min_size=1))
def test_western_text_is_read_as_it_was_written(letters: list[str]):
    text = "".join(f"{letter}x" for letter in letters)
    assert decode(text.encode("cp1252")) == (text, "cp1252")


@given(st.binary(max_size=200))
def test_no_bytes_make_decoding_fail(data: bytes):
    text, _ = decode(data)
    assert "\0" not in text
    for delimiter in (";", None):
        list(split_records(text, delimiter))


@pytest.mark.parametrize("mark", ["\ufeff", "ï»¿", "Ã¯»¿"])
def test_a_mark_that_was_encoded_once_too_often_is_no_part_of_the_first_heading(tmp_path: Path, mark: str):
    (table,) = read(write(tmp_path, (mark + TEXT).encode()))
    assert table.rows[0][0] == "Naam"


def test_bytes_that_windows_does_not_define_do_no_harm(tmp_path: Path):
    (table,) = read(write(tmp_path, b"Naam;Plaats\nCaf\xe9 \x81\x8d;Venlo\n"))
    assert str(table.rows[1][0]).startswith("Café")
    assert table.encoding == "cp1252"


def test_one_bad_byte_does_not_spoil_a_utf8_file(tmp_path: Path):
    (table,) = read(write(tmp_path, "Naam;Plaats\nCafé Zuiderkoën;Één\n".encode() + b"Caf\xe9;Venlo\n"))
    assert table.encoding == "utf-8"
    assert [row[0] for row in table.rows] == ["Naam", "Café Zuiderkoën", "Café"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_end_are_found(tmp_path: Path, delimiter: str, ending: str):
    lines = [["Naam", "Plaats", "Bedrag"], ["A BV", "Venlo", "12"], ["B BV", "Weert", "13"]]
    (table,) = read(write(tmp_path, ending.join(delimiter.join(line) for line in lines).encode()))
    assert table.delimiter == delimiter
    assert [list(row) for row in table.rows] == lines


def test_decimal_commas_do_not_make_the_comma_a_delimiter():
    assert find_delimiter("Naam;Bedrag;Vorig\nA;1,50;2,50\nB, C;3,50;4,50\n") == ";"


def test_the_first_line_may_name_the_delimiter(tmp_path: Path):
    (table,) = read(write(tmp_path, b"sep=|\r\nNaam|Plaats\r\nA;B|Venlo\r\n"))
    assert table.delimiter == "|"
    assert table.rows[-1] == ("A;B", "Venlo")
    assert table.numbers[-1] == 3


@pytest.mark.parametrize("named", ['"', "a", " ", "\r"])
def test_a_first_line_that_names_no_delimiter_is_not_obeyed(tmp_path: Path, named: str):
    (table,) = read(write(tmp_path, f"sep={named}\r\nNaam|Plaats\r\nA|Venlo\r\n".encode()))
    assert table.delimiter == "|"
    assert table.rows[-1] == ("A", "Venlo")


def test_a_text_file_of_more_lines_or_cells_than_fit_is_refused(tmp_path: Path):
    for data in (b"\n" * 2_100_000 + b"Naam;Plaats\nA;Venlo\n", b"Naam;Plaats\n" + b";" * 20_100_000):
        with pytest.raises(FileError, match="te groot"):
            read(write(tmp_path, data))


def test_a_record_is_numbered_by_its_first_line(tmp_path: Path):
    (table,) = read(write(tmp_path, b'Naam;Nota\r\nA;"een\r\ntwee\r\ndrie"\r\nB;vier\r\n'))
    assert table.numbers == [1, 2, 5]


def test_a_quote_that_is_never_closed_costs_one_line_only(tmp_path: Path):
    rows = "".join(f"A{n};Venlo;{n}\n" for n in range(40))
    (table,) = read(write(tmp_path, f'Naam;Plaats;Bedrag\n"Fout;Weert;1\n{rows}'.encode()))
    assert len(table.rows) == 42
    assert table.rows[1] == ("Fout", "Weert", "1")


def test_numbers_and_dates_of_a_workbook_come_exactly(workbook: Callable[..., Path]):
    path = workbook({"Blad": [[], ["Naam", "KvK", "Bedrag", "Vanaf"], ["A", 12345678, 0.1, date(2026, 1, 2)]]})
    (table,) = read(path)
    assert table.sheet == "Blad"
    assert table.rows[2] == ("A", Decimal("12345678.0"), Decimal("0.1"), date(2026, 1, 2))
    assert table.number_of(2) == 3


def test_a_renamed_workbook_is_still_a_workbook(workbook: Callable[..., Path]):
    path = workbook({"Blad": [["Naam"], ["A"]]})
    assert read(path.rename(path.with_suffix(".csv")))[0].sheet == "Blad"


def test_hidden_sheets_are_not_read(workbook: Callable[..., Path]):
    path = workbook({"Lijst": [["Naam"], ["A"]], "Geheim": [["Naam"], ["B"], ["C"]]}, hidden="Geheim")
    assert [table.sheet for table in read(path)] == ["Lijst"]


def test_reading_stops_when_the_user_asks(tmp_path: Path):
    path = write(tmp_path, b"Naam;Plaats\n" + b"A;Venlo\n" * 10_000)
    with pytest.raises(Cancelled):
        read_tables(path, StopAfter(2))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is leeg"),
        (b"\xef\xbb\xbf", "is leeg"),
        (b" \r\n\r\n", "is leeg"),
        (b"%PDF-1.7 ...", "een pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "een afbeelding"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "een webpagina"),
        (b"PK\x03\x04 and no more", "beschadigd"),
        (codecs.decode("d0cf11e0a1b11ae1", "hex") + bytes(600), "beschadigd"),
        ("EncryptedPackage".encode("utf-16-le").join([codecs.decode("d0cf11e0a1b11ae1", "hex"), b"x"]), "wachtwoord"),
        (bytes(range(1, 32)) * 20, "geen tabel"),
    ],
)
def test_what_is_no_table_is_refused_clearly(tmp_path: Path, data: bytes, words: str):
    with pytest.raises(FileError, match=words) as refused:
        read(write(tmp_path, data))
    assert refused.value.advice


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_workbook_that_unpacks_to_far_too_much_is_refused_before_it_is_unpacked(tmp_path: Path):
    bomb = zipped(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(250_000_000)})
    with pytest.raises(FileError, match="te groot"):
        read(write(tmp_path, bomb, "bom.xlsx"))


def test_a_workbook_that_lies_about_its_size_is_refused_too(tmp_path: Path):
    bomb = zipped(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(250_000_000)})
    lie = bomb.replace((250_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lie != bomb
    with pytest.raises(FileError, match="te groot"):
        read(write(tmp_path, lie, "bom.xlsx"))


def test_one_cell_at_the_far_end_of_a_sheet_does_not_fill_the_memory(tmp_path: Path, workbook: Callable[..., Path]):
    path = workbook({"Blad": [["Naam"], ["A"]]})
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", far)
    with pytest.raises(FileError, match="te groot"):
        read(write(tmp_path, zipped(**parts), "ver.xlsx"))


def test_half_a_workbook_is_refused(tmp_path: Path, workbook: Callable[..., Path]):
    data = workbook({"Blad": [["Naam"], ["A"]]}).read_bytes()
    for size in (100, len(data) // 2, len(data) - 10):
        with pytest.raises(FileError, match="beschadigd"):
            read(write(tmp_path, data[:size], "half.xlsx"))


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path):
    with pytest.raises(FileError, match="is een map"):
        read(tmp_path)
    with pytest.raises(FileError, match="bestaat niet"):
        read(tmp_path / "weg.csv")
    for name in ("nul\0.csv", "half\ud800.csv"):
        with pytest.raises(FileError, match="bestaat niet"):
            read(tmp_path / name)


def test_what_is_no_file_on_a_disk_is_refused_and_not_waited_for():
    with pytest.raises(FileError, match=r"geen gewoon bestand|bestaat niet"):
        read(Path(os.devnull))


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = write(tmp_path, b"Naam\nA\n")

    # Root may read everything, so the refusal of the system is put in by hand.
    def refuse(_path: Path, _mode: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileError, match="mag het niet lezen"):
        read(path)


def test_an_ods_with_torn_xml_is_refused_before_the_reader_sees_it(tmp_path: Path):
    with pytest.raises(FileError, match="beschadigd"):
        read(write(tmp_path, zipped(**{"content.xml": b"<a><b></a>", "mimetype": b"x"}), "half.ods"))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # Two columns, and the quote never closes; also in the last line, and in the headings.
        (['"Open;1', *["F;2"] * 45], [["Open", "1"], *[["F", "2"]] * 45]),
        (["F;2", '"Open;1'], [["F", "2"], ["Open", "1"]]),
        # Quotes further on close it by accident.
        (['"Open;1', "F;2", '"G";3'], [["Open", "1"], ["F", "2"], ["G", "3"]]),
        (['"Een";"1;5";"Echt', '"F";"2";"Venlo"'], [["Een", "1;5", "Echt"], ["F", "2", "Venlo"]]),
        (['A;"Echt', *["F;2"] * 20, 'B;Weert"'], [["A", "Echt"], *[["F", "2"]] * 20, ["B", 'Weert"']]),
        # Real cells of several lines, one of them with text behind its last quote.
        (["A;1", 'B;"een; twee', 'drie; vier"', "C;2"], [["A", "1"], ["B", "een; twee\ndrie; vier"], ["C", "2"]]),
        (["A;1", 'B;"een ""a""', 'drie; vier" x', "C;2"], [["A", "1"], ["B", 'een "a"\ndrie; vier x'], ["C", "2"]]),
    ],
)  # fmt: skip
def test_a_stray_quote_is_told_from_a_cell_of_several_lines(lines: list[str], expected: list[list[str]]):
    assert [record.cells for record in split_records("\n".join(lines) + "\n", ";")] == expected


@given(st.lists(st.lists(st.text('a;"\n ', max_size=8), min_size=1, max_size=3), min_size=1, max_size=8))
def test_whatever_is_quoted_as_it_should_be_comes_back(rows: list[list[str]]):
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    assert [(record.cells, record.stray_quote) for record in split_records(stream.getvalue(), ";")] == [
        (row, "") for row in rows
    ]


def test_a_stray_quote_in_the_headings_does_not_hide_the_delimiter(tmp_path: Path):
    (table,) = read(write(tmp_path, b'"Naam;KvK\n' + b"A;1\n" * 300))
    assert (table.delimiter, len(table.rows)) == (";", 301)
    assert table.stray_quotes == {1: '"Naam;KvK'}


@pytest.mark.parametrize(
    ("copied", "what"),
    [("", "geen tekst"), ("\r\n", "geen tekst"), ("Maasdal", "maar één cel"), ("Naam\tPlaats", "geen tabel"),
     ("Beste collega,\nHierbij de lijst.", "geen tabel")],
)  # fmt: skip
def test_what_was_copied_and_is_no_table_is_told(copied: str, what: str):
    with pytest.raises(FileError, match=f"Op het klembord staat {what}"):
        read_copied("Geplakt", copied.encode(), NoProgress())


def test_cells_copied_from_a_spreadsheet_are_a_table():
    table = read_copied("Geplakt", b'Naam\tPlaats\r\n"Maasdal\n""Bouw"""\tEcht; Stein\r\n', NoProgress())
    assert (table.delimiter, table.rows) == ("\t", [("Naam", "Plaats"), ('Maasdal\n"Bouw"', "Echt; Stein")])
