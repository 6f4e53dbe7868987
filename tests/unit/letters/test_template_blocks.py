"""Pieces of a letter that an office leaves out, without touching anything else in the text."""

import pytest

from app.letters.template_reader import parse_template, set_block
from app.letters.templates import TemplateError

HEAD = 'kind = "verzoek"\ntitle = "Proef"\nsubject = "Over"\ngreeting = "Groet,"\n\n'
TEXT = (
    HEAD
    + """# Altijd.
[[section]]
text = "Eerst."

[[section]]
block = "Wat PSO is"  # staat ook in de brochure
text = \"\"\"
[[section]]
block = "Geen blok"
on = false
\"\"\"

[[section]]
on = true # voorlopig
reasons = [
  "EXPIRED", # [[section]]
]
block = 'Hulp: "bel"'
text = "Bel ons."

[[section]]
text = "Meer over PSO."
block = "Wat PSO is"
"""
)


def said(source: str) -> list[str]:
    return [part.pieces[0] for section in parse_template(source).sections for part in section.parts]  # type: ignore[misc]


def test_blocks_are_told_in_their_order_and_are_on_unless_the_text_says_otherwise():
    assert dict(parse_template(TEXT).blocks) == {"Wat PSO is": True, 'Hulp: "bel"': True}
    assert list(parse_template(TEXT).blocks) == ["Wat PSO is", 'Hulp: "bel"']
    assert said(TEXT)[0] == "Eerst." and said(TEXT)[-1] == "Meer over PSO."


def test_a_block_that_is_off_is_left_out_with_all_its_sections():
    off = set_block(TEXT, "Wat PSO is", is_on=False)
    assert said(off) == ["Eerst.", "Bel ons."]
    assert dict(parse_template(off).blocks) == {"Wat PSO is": False, 'Hulp: "bel"': True}


def test_only_the_lines_that_say_on_differ():
    off = set_block(TEXT, "Wat PSO is", is_on=False)
    added = [line for line in off.splitlines() if line not in TEXT.splitlines() or line == "on = false"]
    assert off.count("on = false") == 3
    assert added == ["on = false"] * 3
    assert off.replace("brochure\non = false", "brochure").replace('"Wat PSO is"\non = false', '"Wat PSO is"') == TEXT
    assert set_block(TEXT, 'Hulp: "bel"', is_on=False) == TEXT.replace("on = true # voor", "on = false # voor")


def test_on_and_off_again_gives_the_same_letter_and_asking_twice_changes_nothing():
    off = set_block(TEXT, "Wat PSO is", is_on=False)
    on = set_block(off, "Wat PSO is", is_on=True)
    assert parse_template(on) == parse_template(TEXT)
    assert set_block(off, "Wat PSO is", is_on=False) == off
    assert set_block(TEXT, "Wat PSO is", is_on=True) == TEXT


def test_line_ends_of_windows_and_a_text_without_a_last_line_end_stay_as_they_are():
    source = HEAD + '[[section]]\ntext = "Eerst."\n[[section]]\ntext = "Dan."\nblock = "Slot"'
    assert set_block(source, "Slot", is_on=False) == source + "\non = false"
    windows = source.replace("\n", "\r\n") + "\r\n"
    assert set_block(windows, "Slot", is_on=False) == windows + "on = false\r\n"


def test_what_is_off_must_be_right_too():
    with pytest.raises(TemplateError, match=r"\(regel 9, kolom 9\).*het veld \{naam\} bestaat niet"):
        parse_template(HEAD + '[[section]]\non = false\nblock = "a"\ntext = "{naam}"\n')


@pytest.mark.parametrize("source", [TEXT, HEAD + 'section = [{block = "Ander", text = "a"}]\n', "half"])
def test_a_block_that_cannot_be_set_is_refused(source: str):
    with pytest.raises(TemplateError):
        set_block(source, "Ander", is_on=False)
