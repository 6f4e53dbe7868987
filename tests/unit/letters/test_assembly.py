"""The fast path gives the letters of the plain path: in every pixel, and in every word that is selected."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.base.progress import NoProgress
from app.domain.letter import LetterSettings
from app.domain.supplier import Address
from app.letters.assembly import COMMON, KEPT_SENDERS
from app.letters.content import LetterContent
from app.letters.fonts import Face, load
from app.letters.render import plain_print_file, render_letter, render_print_file
from tests.unit.letters.examples import FULL_SENDER, LETTERS, MAASDAL, kind_of, letter, page_texts

LONG = replace(letter(), blocks=letter().blocks * 3)
CONTENTS = {name: letter(facts, kind_of(name)) for name, facts in LETTERS.items()} | {"two pages": LONG}
UNCOMMON = letter(replace(MAASDAL, supplier_name="Завод Ελλάς 中"))
# A sender whose own lines need fonts and characters that the letters have not.
FOREIGN_SENDER = replace(FULL_SENDER, letterhead="Ελλάς Завод ẞ", footer="ŵ (\\) 中")


def plain_path(contents: list[LetterContent], sender: LetterSettings) -> bytes:
    return plain_print_file(contents, sender, progress=NoProgress())


def pictures(pdf: bytes, *, dpi: int = 150) -> list[bytes]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [bytes(page.render(scale=dpi / 72).buffer) for page in document]
    finally:
        document.close()


def facts(pdf: bytes) -> dict[str, str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document.get_metadata_dict()
    finally:
        document.close()


def is_assembled(pdf: bytes) -> bool:
    """Whether both fixed fonts are in it, whole."""
    last = [int(code) for code in re.findall(rb"/LastChar (\d+)", pdf)]
    return len(last) >= 2 and all(code > 128 for code in last[:2])


@pytest.mark.parametrize("sender", [LetterSettings(), FOREIGN_SENDER], ids=["plain", "foreign"])
@pytest.mark.parametrize("name", CONTENTS)
def test_a_letter_looks_and_reads_as_on_the_plain_path(name: str, sender: LetterSettings):
    made, plain = render_letter(CONTENTS[name], sender), plain_path([CONTENTS[name]], sender)
    assert is_assembled(made) and not is_assembled(plain)
    assert pictures(made) == pictures(plain)
    assert page_texts(made) == page_texts(plain)
    assert facts(made) == facts(plain)


COMMON_TEXT = st.text(alphabet=COMMON[Face.REGULAR], max_size=120)


@settings(max_examples=40)
@given(name=COMMON_TEXT, street=COMMON_TEXT, city=COMMON_TEXT)
def test_any_name_of_common_characters_looks_and_reads_as_on_the_plain_path(name: str, street: str, city: str):
    address = Address(street=street, house_number="1", postcode="6041 AB", city=city)
    # In capitals a town may leave the common characters; both paths must then agree all the same.
    content = letter(replace(MAASDAL, supplier_name=name, address=address))
    made, plain = render_letter(content, FULL_SENDER), plain_path([content], FULL_SENDER)
    assert pictures(made, dpi=100) == pictures(plain, dpi=100)
    assert page_texts(made) == page_texts(plain)


def test_a_print_file_looks_and_reads_as_on_the_plain_path():
    contents = [*CONTENTS.values(), LONG, letter()]
    made, plain = render_print_file(contents, FULL_SENDER), plain_path(contents, FULL_SENDER)
    assert is_assembled(made)
    assert pictures(made, dpi=72) == pictures(plain, dpi=72)
    assert page_texts(made) == page_texts(plain)
    assert facts(made) == facts(plain)


def test_a_letter_with_an_uncommon_character_is_drawn_on_the_plain_path():
    assert render_letter(UNCOMMON, FULL_SENDER) == plain_path([UNCOMMON], FULL_SENDER)
    contents = [letter(), UNCOMMON, LONG]
    assert render_print_file(contents, FULL_SENDER) == plain_path(contents, FULL_SENDER)


def test_a_letter_does_not_depend_on_the_senders_and_letters_before_it():
    before = [render_letter(content, FULL_SENDER) for content in (letter(), LONG)]
    for number in range(2 * KEPT_SENDERS):
        render_letter(letter(), replace(FULL_SENDER, footer=f"Regel {number}"))
    render_print_file([letter(), LONG], FULL_SENDER)
    assert [render_letter(content, FULL_SENDER) for content in (letter(), LONG)] == before


def test_a_change_of_the_sender_is_seen_in_the_next_letter():
    for footer in ("Eerste regel", "Tweede regel"):
        assert footer in page_texts(render_letter(letter(), replace(FULL_SENDER, footer=footer)))[0]


@pytest.mark.parametrize("name", ["@title@", "/Title (@title@)", "/Root 1 0 R /Info 1 0 R", ")>>\nendobj\ntrailer ("])
def test_a_sender_whose_name_looks_like_a_piece_of_a_file_is_only_a_name(name: str):
    sender = replace(FULL_SENDER, organisation=name)
    made = render_letter(letter(), sender)
    assert is_assembled(made)
    assert facts(made) == facts(plain_path([letter()], sender))
    assert page_texts(made) == page_texts(plain_path([letter()], sender))


@pytest.mark.parametrize(
    "contents", [[letter()], [LONG], [letter(), LONG, letter()], [UNCOMMON]], ids=["one", "long", "several", "uncommon"]
)
def test_qpdf_finds_nothing_wrong(contents: list[LetterContent], tmp_path: Path):
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is absent")
    path = tmp_path / "brief.pdf"
    path.write_bytes(render_print_file(contents, FOREIGN_SENDER))
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    assert checked.returncode == 0 and "WARNING" not in checked.stdout + checked.stderr, checked.stdout + checked.stderr


@pytest.mark.parametrize("contents", [[letter()], [LONG], [letter(), LONG, letter()]], ids=["one", "long", "several"])
def test_every_object_of_a_file_is_referred_to(contents: list[LetterContent]):
    pdf = render_print_file(contents, FOREIGN_SENDER)
    bodies = {
        int(number): {int(referred) for referred in re.findall(rb"(\d+) 0 R", body.partition(b"stream\n")[0])}
        for number, body in re.findall(rb"\n(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL)
    }
    reached: set[int] = set()
    waiting = {int(number) for number in re.findall(rb"(\d+) 0 R", pdf.rpartition(b"trailer")[2])}
    while waiting:
        number = waiting.pop()
        reached.add(number)
        waiting |= bodies[number] - reached
    assert reached == set(bodies) == set(range(1, len(bodies) + 1))


def test_the_common_characters_are_those_of_dutch_and_european_names():
    for face, characters in COMMON.items():
        assert len(set(characters)) == len(characters) <= 254
        assert all(ord(character) in load().widths[face] for character in characters)
    assert set("Łł Şş Őő Œœ Šš Žž Ĳĳ ğ ı İ ß ø é € – ’ ” „ • … ² · &@()\\") <= set(COMMON[Face.REGULAR])


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_takes_less_than_30_kb(name: str):
    assert len(render_letter(CONTENTS[name], FULL_SENDER)) < 30_000
