"""A drawing becomes a page of PDF; one that reaches outside itself, or has no end, never gets that far."""

import pytest

pytest.importorskip("PySide6", reason="PySide6 is absent")

from PySide6.QtWidgets import QApplication

from app.base.errors import AppError
from app.services.letter_paper import Use, check_artwork
from tests.unit.letters.examples import page_texts
from ui.base.svg import is_svg, svg_as_pdf

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 120 40">'
BAR = '<rect id="a" width="60" height="40" fill="#0F7F78"/>'


def svg(inside: str, before: str = "") -> bytes:
    return f"{before}{HEAD}{inside}</svg>".encode()


def repeated(levels: int) -> str:
    parts = ['<g id="g0"><rect width="1" height="1"/></g>']
    for level in range(levels):
        parts.append(f'<g id="g{level + 1}">' + f'<use xlink:href="#g{level}"/>' * 10 + "</g>")
    return "".join(parts)


def test_a_drawing_becomes_one_page_in_its_shape(qapp: QApplication) -> None:
    drawing = svg(
        f'<defs>{BAR}</defs><use xlink:href="#a"/><text x="62" y="30" font-size="12">Wonen é</text>'
        '<sodipodi:x xmlns:sodipodi="urn:x"/><linearGradient id="b"/><path d="M0 0h9" fill="url(#b)"/>',
        before='<?xml version="1.0"?><!-- gemaakt -->',
    )
    assert is_svg(drawing)
    pdf = svg_as_pdf(drawing)
    [text] = page_texts(pdf)
    assert "Wonen é" in text
    assert check_artwork(pdf, use=Use.LOGO).content == pdf


@pytest.mark.parametrize(
    ("drawing", "words"),
    [
        (svg(BAR, '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'), "verwijzing"),
        (svg("<text>&x;</text>", '<!DOCTYPE svg [<!ENTITY x SYSTEM "../geheim.txt">]>'), "verwijzing"),
        (svg(BAR, '<!DOCTYPE svg SYSTEM "http://voorbeeld.example/svg.dtd">').decode().encode("utf-16"), "verwijzing"),
        (svg(BAR, '<?xml-stylesheet href="http://voorbeeld.example/a.css"?>'), "verwijzing"),
        (svg('<image href="../geheim.txt"/>'), "image"),
        (svg('<image xlink:href="data:image/png;base64,AAAA"/>'), "image"),
        (svg('<use xlink:href="http://voorbeeld.example/a.svg#a"/>'), "verwijzing"),
        (svg('<use href="elders.svg#a"/>'), "verwijzing"),
        (svg('<rect fill="url( http://voorbeeld.example/a )"/>'), "verwijzing"),
        (svg("<rect style=\"fill:url('a.svg#b')\"/>"), "verwijzing"),
        (svg("<style>@import 'a.css';</style>"), "verwijzing"),
        (svg("<script>alert(1)</script>"), "script"),
        (svg('<rect onload="alert(1)"/>'), "opdracht"),
        (svg('<foreignObject width="9" height="9"/>'), "foreignObject"),
        (svg('<filter id="f"><feImage href="a.png"/></filter>'), "filter"),
        (svg("<animate/>"), "animate"),
        (svg(repeated(6)), "herhaling"),
        (svg('<g id="a"><use xlink:href="#a"/></g>'), "herhaling"),
        (svg("<g>" * 200 + "</g>" * 200), "te veel in elkaar"),
        (svg("<g>"), "beschadigd"),
        (b"<svg", "beschadigd"),
        (b"<svg/>", "beschadigd"),
        (b'<html xmlns="http://www.w3.org/1999/xhtml"><svg/></html>', "beschadigd"),
        (HEAD.replace("0 0 120 40", "0 0 0 0").encode() + b"</svg>", "leeg"),
        (svg("<desc>" + "a" * 1_000_000 + "</desc>"), "te groot"),
    ],
)
def test_a_drawing_that_is_not_what_it_should_be_is_refused_in_words(
    qapp: QApplication, drawing: bytes, words: str
) -> None:
    assert is_svg(drawing)
    with pytest.raises(AppError, match=words) as refused:
        svg_as_pdf(drawing)
    assert "pdf of png" in refused.value.advice
