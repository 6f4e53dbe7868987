import builtins
import io
import os
import re
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.base.errors import AppError
from app.domain.letter import LetterSettings
from app.domain.supplier import Address, Contact, Salutation
from app.domain.verdict import Reason
from app.letters.content import as_text, plain
from app.letters.fonts import MISSING
from app.letters.render import missing_characters, render_letter, render_print_file, shortened_lines
from tests.unit.letters.examples import FULL_SENDER, LETTERS, MAASDAL, kind_of, letter, page_glyphs, page_texts, verdict

ROOT = Path(__file__).resolve().parents[3]

NASTY = (
    "A<b>BV",
    "</para><para>",
    '<img src="secret.png">',
    '<a href="https://voorbeeld.example">klik</a>',
    "&lt;script&gt; &amp; &euro;",
    "{naam} {{kenmerk}} {0}",
    "\\n (haakje \\) ( %%EOF",
    "חברה שלום",
    "\u202eomgekeerd\u202c",
    "Bouw 🏗️ & Co",
    "Łódź Şirket Őrség ĳzer ÎLE",
    "Ελληνικά Кирилица",
    "e\u0301 a\u0323\u0302 ﬁ ﬀ",
    "regel een\nregel twee\r\n\tdrie\x00",
    "中文公司",
    "\ud800 half",
    "W" * 300,
)


def squeezed(text: str) -> str:
    """Without spaces and loose accents: PDFium leaves out a second accent on the same spot."""
    return "".join(c for c in text if not c.isspace() and not unicodedata.combining(c))


def test_the_same_letter_gives_the_same_bytes():
    assert render_letter(letter(), FULL_SENDER) == render_letter(letter(), FULL_SENDER)
    # A letter must not depend on the letters before it.
    render_letter(letter(replace(MAASDAL, supplier_name="Кирилица Łódź")), FULL_SENDER)
    assert render_letter(letter(), FULL_SENDER) == render_letter(letter(), FULL_SENDER)


def test_the_same_letter_gives_the_same_bytes_in_another_process():
    code = (
        "import hashlib; from app.letters.render import render_letter;"
        "from tests.unit.letters.examples import FULL_SENDER, letter;"
        "print(hashlib.sha256(render_letter(letter(), FULL_SENDER)).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_all_fonts_are_inside_and_no_other_is_named():
    pdf = render_letter(letter(replace(MAASDAL, supplier_name="Кирилица")), LetterSettings())
    names = set(re.findall(rb"/BaseFont /([^\s/]+)", pdf))
    assert names and all(
        re.fullmatch(rb"[A-Z]{6}\+(Inter-Regular|Inter-SemiBold|NotoSans-Regular)", name) for name in names
    )
    assert len(re.findall(rb"/FontFile2 ", pdf)) == len(names)
    assert b"Helvetica" not in pdf


def test_the_file_says_what_it_is():
    pdf = render_letter(letter(), LetterSettings())
    document = pypdfium2.PdfDocument(pdf)
    facts = document.get_metadata_dict()
    document.close()
    assert facts["Title"] == "PSO-2026-0148 Bouwbedrijf Maasdal B.V.: Verzoek om een PSO-certificaat"
    assert (facts["Author"], facts["Creator"]) == ("Wonen Limburg", "Tredewijzer")
    assert re.search(rb"/Lang \(nl-NL\)", pdf)
    assert b"/Duplex /Simplex" in pdf


def test_a_print_file_says_how_many_letters_it_holds():
    document = pypdfium2.PdfDocument(render_print_file([letter()] * 3, LetterSettings()))
    assert document.get_metadata_dict()["Title"] == "3 brieven"
    document.close()


def test_no_letters_make_no_print_file():
    with pytest.raises(AppError, match="geen brieven"):
        render_print_file([], LetterSettings())


def test_drawing_opens_no_file(monkeypatch: pytest.MonkeyPatch):
    names = ['<img src="secret.png">', "Кирилица", "中"]
    contents = [letter(replace(MAASDAL, supplier_name=name)) for name in names]
    before = [render_letter(content, FULL_SENDER) for content in contents]

    def refuse(*args: object, **_named: object) -> None:
        raise AssertionError(f"opened: {args}")

    for module in (builtins, io, os):
        monkeypatch.setattr(module, "open", refuse)
    assert [render_letter(content, FULL_SENDER) for content in contents] == before


def test_starting_the_program_loads_no_reportlab_and_no_holidays():
    code = (
        "import sys, app.letters.batch, app.letters.terms, app.letters.templates;"
        "print([m for m in ('reportlab', 'holidays', 'dateutil') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize("name", LETTERS)
def test_our_own_letters_lack_no_character(name: str):
    assert missing_characters(letter(LETTERS[name], kind_of(name))) == set()


def test_what_no_font_has_is_a_box_and_is_reported():
    content = letter(replace(MAASDAL, supplier_name="Bouw 🏗 中 B.V."))
    assert missing_characters(content) == {"🏗", "中"}
    assert f"Bouw {MISSING} {MISSING} B.V." in page_texts(render_letter(content, LetterSettings()))[0]


def test_greek_and_cyrillic_come_from_the_second_font():
    content = letter(replace(MAASDAL, supplier_name="Ελλάς Завод Łódź"))
    assert missing_characters(content) == set()
    assert "Ελλάς Завод Łódź" in page_texts(render_letter(content, LetterSettings()))[0]


ANY_TEXT = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=300), st.text(alphabet="Aa <>&{}'\"\\/%$#;\n\u0301ßĳ€", max_size=60)
)


@settings(max_examples=60)
@given(name=ANY_TEXT, street=ANY_TEXT, city=ANY_TEXT, surname=ANY_TEXT, window=st.sampled_from(["left", "right"]))
@example(name=NASTY[1], street=NASTY[2], city=NASTY[4], surname=NASTY[0], window="left")
@example(name=NASTY[7], street=NASTY[9], city=NASTY[12], surname=NASTY[13], window="right")
def test_any_name_and_address_comes_out_as_typed_and_inside_the_window(
    name: str, street: str, city: str, surname: str, window: str
):
    member = plain(name) or "Lid"
    facts = verdict(
        replace(
            MAASDAL,
            supplier_name=name,
            address=Address(street=street, house_number="1", postcode="6041 AB", city=city),
            contact=Contact(id="c", supplier_id="s", salutation=Salutation.MRS, surname=surname),
        ),
        reason=Reason.MEMBER_FAILS,
        failing_member=member,
    )
    content = letter(facts)
    sender = LetterSettings(window=window)
    pdf = render_letter(content, sender)
    missing = missing_characters(content)
    read = squeezed("".join(page_texts(pdf)))
    expected = "".join(MISSING if c in missing else c for c in as_text(content))
    lead = "".join(MISSING if c in missing else c for c in f"van uw lid {member}")
    assert squeezed(lead) in squeezed(expected)
    assert squeezed(lead) in read
    left = 35 if window == "left" else 105
    address = [glyph for glyph in page_glyphs(pdf) if 38 < glyph.top < 92]
    assert all(left - 1 <= glyph.left and glyph.right <= left + 71 for glyph in address)
    assert all(glyph.top >= 47 and glyph.bottom <= 80 for glyph in address)
    if not shortened_lines(content, sender):
        for line in content.address_lines:
            assert squeezed("".join(MISSING if c in missing else c for c in line)) in read


def test_several_threads_may_draw_letters_at_once() -> None:
    contents = [replace(letter(), subject=f"Brief {number}: café, Ωmega, {chr(65 + number)}") for number in range(12)]
    alone = [render_letter(content, LetterSettings()) for content in contents]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as threads:
            drawn = list(threads.map(lambda place: render_letter(contents[place % 12], LetterSettings()), range(96)))
    finally:
        sys.setswitchinterval(before)
    assert drawn == alone * 8
