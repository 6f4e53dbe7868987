"""What a start asks for: a number is a number in every notation, and nothing else ever is."""

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.base.wish import Wish, find_call, find_number, read_arguments

# What a link or a phone program can bring along, beside any text at all.
PIECES = (
    "tredewijzer:", "TREDEWIJZER://", "tel:", "call", "call/", "?", "number=", "&", ";ext=1", "%2B", "%25", "%00",
    "%0A", "+31", "0475", "38 12 40", "(0)", "/", "-", ".", '"', "'", "--register", "--call", "\0", "\n", "\u202e",
    "\ud800", "٣",
)  # fmt: skip
HOSTILE = st.one_of(
    st.text(),
    st.text(alphabet=st.characters(), max_size=60),
    st.text(alphabet="0123456789+ ()-./", max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0475381240", "0475381240"),
        ("  0475-38 12 40 ", "0475-38 12 40"),
        ("+31 (0)475/38.12.40", "+31 (0)475/38.12.40"),
        ("(0475) 381240", "(0475) 381240"),
        ("(+31) 475", "(+31) 475"),
        ("112", "112"),
        ("tredewijzer:call?number=0475381240", "0475381240"),
        ("tredewijzer:call?number=+31475381240", "+31475381240"),
        ("tredewijzer:call?number=%2B31%20475%20381240", "+31 475 381240"),
        ("tredewijzer:call?number=%2b31+475+38+12+40", "+31 475 38 12 40"),
        ("Tredewijzer://Call/?number=0475-381240", "0475-381240"),
        ("tel:+31-475-381240", "+31-475-381240"),
        ("TEL://0475.381240", "0475.381240"),
        ("tel:381240;phone-context=+31475;ext=12", "381240"),
        ("tel:%2B31475381240;isub=1%3B2", "+31475381240"),
        ("0" * 20, "0" * 20),
        ("1 " * 15 + "23", "1 " * 15 + "23"),
    ],
)
def test_a_number_is_taken_as_it_was_written(text: str, number: str) -> None:
    assert find_call(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "anonymous",
        "%nummer%",
        "12",
        "0" * 21,
        "1 " * 16 + "2",
        "04753812x0",
        "0475381240#",
        "*21*0475381240",
        "0475\n381240",
        "0475381240\n",
        "\t0475381240",
        "0475381240\0",
        "0475\u202e381240",
        "0475\u200b381240",
        "0475\u00a0381240",
        "\ud8000475381240",
        "٠٤٧٥٣٨١٢٤٠",
        "0475\uff13\uff18",
        "0475+381240",
        "++31475381240",
        "-0475381240",
        "--register",
        "../../0475381240",
        "https://0475381240",
        "sip:0475381240",
        "tredewijzer:",
        "tredewijzer:0475381240",
        "tredewijzer:open?number=0475381240",
        "tredewijzer:call?path=0475381240",
        "tredewijzer:call?number=0475381240&path=0475381240",
        "tredewijzer:call?path=x&number=0475381240",
        "tredewijzer:call?number=0475381240&number=0475381240",
        "tredewijzer:call?number=0475381240#x",
        "tredewijzer:call?number=0475381240%26path",
        'tredewijzer:call?number=0475381240" --register "x',
        "tredewijzer:call?number=%2525",
        "tredewijzer:call?number=%30%00%31%32%33",
        "tredewijzer:call?number=0475381240%0A",
        "tredewijzer:call?number=%E2%80%AE0475381240",
        "tredewijzer:call?number=tel:0475381240",
        "tel:tel:0475381240",
        "tel:",
        "tel:0800-BLOEMEN",
        "tel:0475381240?x=1",
        "0" * 100_000,
        "tel:" + "%30" * 100_000,
    ],
)
def test_whatever_is_no_number_is_left_out(text: str) -> None:
    assert find_call(text) is None
    assert read_arguments(["--call", text]) == Wish(is_faulty=True)


@given(HOSTILE)
def test_nothing_but_a_number_comes_out_of_any_text(text: str) -> None:
    for found in (find_number(text), find_call(text)):
        if found is not None:
            assert len(found) <= 32
            assert set(found) <= set(string.digits + "+ ()-./")
            assert re.match(r"[( ]*\+?[( ]*[0-9]", found)
            assert 3 <= sum(character.isdigit() for character in found) <= 20
            assert find_number(found) == found


@given(st.lists(HOSTILE, max_size=4))
def test_words_after_a_call_never_become_a_path_or_a_command(words: list[str]) -> None:
    wish = read_arguments(["--call", *words])
    assert wish is not None
    assert wish.path is None
    assert wish.is_faulty is (wish.call == "")


@pytest.mark.parametrize(
    ("arguments", "wish"),
    [
        ([], Wish()),
        (["inkoop.tredewijzer"], Wish(Path("inkoop.tredewijzer").absolute())),
        (["--call", "0475381240"], Wish(call="0475381240")),
        (["--call=0475381240"], Wish(call="0475381240")),
        (["--call", "0475-38", "12", "40"], Wish(call="0475-38 12 40")),
        (["--call", "tredewijzer:call?number=0475381240"], Wish(call="0475381240")),
        (["tredewijzer:call?number=0475381240"], Wish(call="0475381240")),
        (["tel:+31475381240"], Wish(call="+31475381240")),
        (["a.tredewijzer", "--call", "0475381240"], Wish(Path("a.tredewijzer").absolute(), "0475381240")),
        (["a.tredewijzer", "--call", "anoniem"], Wish(Path("a.tredewijzer").absolute(), is_faulty=True)),
        (["--call"], Wish(is_faulty=True)),
        (["--call", ""], Wish(is_faulty=True)),
        (["--call", "0475381240", "a.tredewijzer"], Wish(is_faulty=True)),
        (["--call", "0475381240", "--register", "5"], Wish(is_faulty=True)),
        (["tel:0475381240", "a.tredewijzer"], Wish(is_faulty=True)),
        (["tredewijzer:call?number=1234", "--call", "5678"], Wish(is_faulty=True)),
        (["https://example.nl/x"], Wish(is_faulty=True)),
        (["mailto:inkoop"], Wish(is_faulty=True)),
        (["a.tredewijzer", "b.tredewijzer"], None),
        (["a.tredewijzer", "--register", "b"], None),
        (["a.tredewijzer", "--callx"], None),
    ],
)
def test_the_arguments_are_a_file_a_call_both_or_of_the_command_line(arguments: list[str], wish: Wish | None) -> None:
    assert read_arguments(arguments) == wish


def test_a_drive_is_no_scheme_and_a_file_that_looks_like_one_opens_with_its_folder() -> None:
    for name in (r"C:\inkoop.tredewijzer", "./tel:inkoop", "/tel:inkoop"):
        assert read_arguments([name]) == Wish(Path(name).absolute())
