"""How a text file keeps cells together: quotes of every kind, in order or not, and text of one byte per letter."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importing import dialect
from app.importing.dialect import decode, find_delimiter, split_records


def records(text: str, delimiter: str = ",") -> list[tuple[list[str], str]]:
    return [(record.cells, record.stray_quote) for record in split_records(text, delimiter)]


def cells(text: str, delimiter: str = ",") -> list[list[str]]:
    return [found for found, stray in records(text, delimiter) if not stray]


def test_a_quote_behind_a_backslash_is_text():
    rows = ["Naam,Maat,Plaats", '"Bord, 48\\" rond",2,Echt', '"Bord, 24\\" rond, wit",3,Echt', "Stoel,4,Weert"]
    assert cells("\n".join(rows)) == [
        ["Naam", "Maat", "Plaats"],
        ['Bord, 48" rond', "2", "Echt"],
        ['Bord, 24" rond, wit', "3", "Echt"],
        ["Stoel", "4", "Weert"],
    ]


def test_a_backslash_at_the_end_of_a_cell_is_no_more_than_that():
    assert cells('Map,Naam\n"C:\\data\\",A\n"C:\\map\\",B\n') == [
        ["Map", "Naam"],
        ["C:\\data\\", "A"],
        ["C:\\map\\", "B"],
    ]


def test_cells_may_stand_between_single_quotes_with_apostrophes_in_them():
    rows = ["Naam,Plaats", "'Bos, Wei en zo's',Echt", "'Jan, Piet''s zaak','s-Hertogenbosch", "O'Brien,Weert"]
    assert cells("\n".join(rows)) == [
        ["Naam", "Plaats"],
        ["Bos, Wei en zo's", "Echt"],
        ["Jan, Piet's zaak", "'s-Hertogenbosch"],
        ["O'Brien", "Weert"],
    ]


@given(st.lists(st.sampled_from(["'t Hoekje", "Van 's-Gravesande'", "O'Brien", "Bos", "Zo'n"]), min_size=1))
def test_names_with_an_apostrophe_do_not_make_it_a_quote(names: list[str]):
    assert [found[0] for found in cells("".join(f"{name};x\n" for name in names), ";")] == names


def test_a_cell_may_be_as_long_as_the_file():
    note = "Zie de bijlage. " * 20_000
    (heading, first, second) = split_records(f'Naam;Notitie\nA;"{note}"\nB;kort\n', ";")
    assert [heading.cells, first.cells, second.cells] == [["Naam", "Notitie"], ["A", note], ["B", "kort"]]
    assert not first.stray_quote


def test_quotes_that_close_nothing_are_not_read_to_the_end_for_ever(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dialect, "_MOST_WASTED", 100)
    found = cells("Naam;Plaats\n" + 'a";"c\n' * 60 + '"b;c";Echt\nd;Weert\n', ";")
    assert found[-2:] == [["b;c", "Echt"], ["d", "Weert"]]


def test_a_quote_inside_a_cell_that_is_marked_in_no_way_is_text():
    rows = ["Naam,Maat,Plaats", '"Bord, 48"","van hout, rond",Echt', '"Bord van 8\'9" breed",2,Echt', '"Stoel",3,Weert']
    assert cells("\n".join(rows)) == [
        ["Naam", "Maat", "Plaats"],
        ['Bord, 48"', "van hout, rond", "Echt"],
        ["Bord van 8'9\" breed", "2", "Echt"],
        ["Stoel", "3", "Weert"],
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('1,"2,3,"x, y","z"', ["1", "2", "3", "x, y", "z"]),
        ('1,2,3,""x, y","z"', ["1", "2", "3", "x, y", "z"]),
        ('1,2,3,"x, y","', ["1", "2", "3", "x, y", ""]),
    ],
)
def test_a_quote_too_many_costs_itself_and_is_reported(line: str, expected: list[str]):
    others = 'a,b,c,d,e\n5,6,7,"v, w",8\n'
    assert records(f"{others}{line}\n{others}") == [
        (["a", "b", "c", "d", "e"], ""),
        (["5", "6", "7", "v, w", "8"], ""),
        (expected, line),
        (["a", "b", "c", "d", "e"], ""),
        (["5", "6", "7", "v, w", "8"], ""),
    ]


@given(
    st.sampled_from([",", ";", "\t", "|"]),
    st.lists(st.lists(st.text("ab'\"\\, ;\n", max_size=6), min_size=2, max_size=3), min_size=3, max_size=8),
)
def test_what_is_written_as_it_should_be_is_read_whatever_marks_are_in_it(delimiter: str, rows: list[list[str]]):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    assert cells(stream.getvalue(), delimiter) == rows


WORDS = ["Financiën", "Coöperatie", "Patiëntenvervoer", "Zuiderkoën", "CAFÉS", "Maçonnerie", "Müller", "Curaçao"]


@given(st.lists(st.sampled_from(WORDS), min_size=1), st.sampled_from(["cp850", "cp1252"]))
def test_dos_and_windows_are_told_apart_by_the_letters_inside_words(words: list[str], encoding: str):
    text = "\r\n".join(["Naam;Plaats", *(f"{word};Echt" for word in words)])
    assert decode(text.encode(encoding)) == (text, encoding)


CHINESE = "景點中文名稱".encode("big5").decode("cp1252", errors="ignore")


@pytest.mark.parametrize("text", ["‘t Hof – 2026", "Bos’ “winkel”", "Café Zuid", "€ 5", "L’Oréal en d’Or", CHINESE])
def test_in_doubt_text_of_one_byte_per_letter_is_that_of_windows(text: str):
    assert decode(text.encode("cp1252", errors="ignore"))[1] in {"cp1252", "ascii"}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n"])
def test_every_delimiter_is_found_in_wide_text_too(encoding: str, ending: str):
    for delimiter in ";,\t|":
        text = ending.join(f"Naam {n}{delimiter}Coöperatie{delimiter}1" for n in range(5))
        found, name = decode(text.encode(encoding))
        assert (name, find_delimiter(found)) == (encoding, delimiter)
