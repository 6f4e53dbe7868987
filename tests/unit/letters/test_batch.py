from dataclasses import replace

import pytest

from app.base.errors import Cancelled
from app.base.progress import StopAfter
from app.domain.letter import LetterSettings
from app.letters.batch import envelope_order, file_name
from app.letters.render import render_print_file
from tests.unit.letters.examples import MAASDAL, letter, page_texts


class Steps:
    def __init__(self) -> None:
        self.seen: list[tuple[int, int]] = []

    def step(self, done: int, total: int, what: str) -> None:
        self.seen.append((done, total))


def three():
    return [letter(replace(MAASDAL, kenmerk=f"PSO-2026-{number:04d}")) for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Bouwbedrijf Maasdal", "PSO-2026-0148 Bouwbedrijf Maasdal.pdf"),
        ("../../Weg\\weg: <b>", "PSO-2026-0148 .. .. Weg weg b.pdf"),
        ("Café 't Ĳ", "PSO-2026-0148 Café 't Ĳ.pdf"),
        ("", "PSO-2026-0148.pdf"),
    ],
)
def test_a_file_is_named_after_kenmerk_and_supplier(name: str, file: str):
    assert file_name("PSO-2026-0148", name) == file


def test_a_very_long_name_keeps_the_kenmerk_and_the_extension():
    name = file_name("PSO-2026-0148", "Zeer lang " * 60)
    assert name.startswith("PSO-2026-0148 Zeer") and name.endswith(".pdf") and len(name) <= 120


def test_the_pile_goes_by_dutch_postcode_then_name_and_then_abroad():
    pile = [
        ("3600", "Genk BVBA", "België"),
        ("6041 AC", "Aarde", ""),
        ("6041AB", "Élan", "NL"),
        ("6041 AB", "Zon", ""),
        ("5911 KD", "Zon", "Nederland"),
        ("", "Zonder postcode", ""),
    ]
    ordered = sorted(pile, key=lambda one: envelope_order(one[0], one[1], country=one[2]))
    assert [name for _, name, _ in ordered] == ["Zon", "Élan", "Zon", "Aarde", "Zonder postcode", "Genk BVBA"]


def test_a_print_file_holds_every_letter_in_order():
    steps = Steps()
    pages = page_texts(render_print_file(three(), LetterSettings(), progress=steps))
    assert [f"PSO-2026-000{number}" in page for number, page in enumerate(pages, start=1)] == [True] * 3
    assert steps.seen[-1] == (3, 3)


def test_a_print_file_stops_when_the_user_asks():
    with pytest.raises(Cancelled):
        render_print_file(three(), LetterSettings(), progress=StopAfter(2))
