"""The draft of an e-mail: the words that were written by hand, the letter exactly, and no header but our own."""

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.supplier import Language
from app.letters.content import plain
from app.letters.mail_draft import Covering, find_addresses, mail_draft, mail_file_name, mail_text

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "mail"
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40
REQUEST = Covering(
    kenmerk="PSO-2026-0148",
    written_on=date(2026, 11, 23),
    made_at=datetime(2026, 11, 23, 10, 30, tzinfo=UTC),
    subject="Uw PSO-certificaat: graag uw antwoord uiterlijk 7\u00a0december 2026",
    salutation="Geachte heer, mevrouw,",
    closing=("Met vriendelijke groet,", "Team Inkoopadvies", "Wonen Limburg"),
    language=Language.DUTCH,
    reply_by=date(2026, 12, 7),
    phone="088-385 0800",
    sender="inkoopadvies@voorbeeld.example",
    sender_name="Team Inkoopadvies",
    to=("info@maasdal.example",),
    to_name="Bouwbedrijf Maasdal B.V.",
)
WRITTEN = {
    "verzoek": REQUEST,
    "bevestiging": replace(
        REQUEST,
        kenmerk="PSO-2026-0149",
        subject="Uw uitstel voor het PSO-certificaat",
        salutation="Geachte mevrouw Van Voorbeeld,",
        closing=("Met vriendelijke groet,", "K. de Voorbeeldige", "Team Inkoopadvies", "Wonen Limburg"),
        reply_by=None,
    ),
    "request": replace(
        REQUEST,
        kenmerk="PSO-2026-0150",
        subject="Your PSO certificate: please reply by 7 December 2026",
        salutation="Dear Ms Example,",
        closing=("Kind regards,", "Team Inkoopadvies", "Wonen Limburg"),
        language=Language.ENGLISH,
    ),
    "ingebrekestelling": replace(
        REQUEST,
        subject="Ingebrekestelling: PSO-certificaat bij contract RC-14 (Onderhoud voorbeeldwoningen)",
        closing=("Hoogachtend,", "Team Inkoopadvies", "Wonen Limburg"),
        is_notice=True,
    ),
    "notice": replace(
        REQUEST,
        kenmerk="PSO-2026-0150",
        subject="Notice of default: PSO certificate under contract RC-14 (Onderhoud voorbeeldwoningen)",
        salutation="Dear Ms Example,",
        closing=("Yours sincerely,", "Team Inkoopadvies", "Wonen Limburg"),
        language=Language.ENGLISH,
        is_notice=True,
    ),
    "confirmation": replace(
        REQUEST,
        kenmerk="PSO-2026-0151",
        subject="Your extension",
        salutation="Dear Sir or Madam,",
        closing=("Kind regards,", "Team Inkoopadvies", "Wonen Limburg"),
        language=Language.ENGLISH,
        reply_by=None,
    ),
}


def read(draft: bytes) -> Message:
    return message_from_bytes(draft)


def made(covering: Covering, *, pdf_name: str = "PSO-2026-0148 Bouwbedrijf Maasdal B.V.pdf") -> Message:
    return read(mail_draft(covering, PDF, pdf_name=pdf_name))


def header(message: Message, name: str) -> str:
    """A header as a mail program shows it."""
    return str(make_header(decode_header(message[name].replace("\r\n", ""))))


def parts(message: Message) -> tuple[str, bytes, str]:
    """The text, the attached file and its name."""
    payload: Any = message.get_payload()
    body, attached = payload
    text = body.get_payload(decode=True).decode("utf-8").replace("\r\n", "\n")
    return text, attached.get_payload(decode=True), attached.get_filename()


@pytest.mark.parametrize("name", WRITTEN)
def test_the_message_says_what_was_written_by_hand(name: str):
    message = made(WRITTEN[name])
    said = f"Onderwerp: {header(message, 'Subject')}\n\n{parts(message)[0]}"
    assert said == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_every_hand_written_message_is_compared():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(WRITTEN)


def test_the_letter_is_attached_exactly_and_the_draft_is_not_sent_yet():
    message = made(REQUEST)
    _text, attached, name = parts(message)
    assert (attached, name) == (PDF, "PSO-2026-0148 Bouwbedrijf Maasdal B.V.pdf")
    assert [part.get_content_type() for part in message.walk()] == ["multipart/mixed", "text/plain", "application/pdf"]
    assert message["X-Unsent"] == "1"
    assert message["Date"] == "Mon, 23 Nov 2026 10:30:00 +0000"
    assert message["From"] == "Team Inkoopadvies <inkoopadvies@voorbeeld.example>"
    assert message["To"] == '"Bouwbedrijf Maasdal B.V." <info@maasdal.example>'
    assert "From" not in made(replace(REQUEST, sender=""))
    several = made(replace(REQUEST, to=("a@x.example", "b@x.example"), to_name="Café É, Zn"))
    assert getaddresses([header(several, "To").replace("Café É, Zn", "")]) == [("", "a@x.example"), ("", "b@x.example")]


def test_the_same_letter_gives_the_same_bytes_and_another_one_has_another_name():
    draft = mail_draft(REQUEST, PDF, pdf_name="brief.pdf")
    assert draft == mail_draft(REQUEST, PDF, pdf_name="brief.pdf")
    other = made(replace(REQUEST, kenmerk="PSO-2026-0149"))
    assert read(draft)["Message-ID"] != other["Message-ID"]
    assert read(draft).get_boundary() != other.get_boundary()


def test_what_goes_over_the_wire_is_ascii_in_short_lines_that_end_in_cr_lf():
    covering = replace(REQUEST, to_name="Łódź & Zn 北京 " * 9, subject="Überprüfung ‘ĳs’ € " * 12, phone="☎")
    draft = mail_draft(covering, PDF, pdf_name="Łódź.pdf")
    assert draft.isascii()
    lines = draft.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 998


@pytest.mark.parametrize(
    ("field", "addresses"),
    [
        (" info@maasdal.example ", ("info@maasdal.example",)),
        ("a@x.example; b@x.example,a@x.example", ("a@x.example", "b@x.example")),
        ("info@café.example", ("info@xn--caf-dma.example",)),
        ("jan+pso.o'brien@x.example", ("jan+pso.o'brien@x.example",)),
        ("", ()),
        ("geen adres", ()),
        ("é@x.example", ()),
        ("a@x.example\r\nBcc: b@y.example", ()),
        ("Jan <a@x.example>", ()),
        ("a@b@x.example", ()),
        ("a@localhost", ()),
        ("a@x..example", ()),
        ("a@" + "x" * 64 + ".example", ()),
        ("@x.example", ()),
    ],
)
def test_only_an_address_that_can_be_mailed_to_is_one(field: str, addresses: tuple[str, ...]):
    assert find_addresses(field) == addresses


@given(name=st.text(max_size=300), subject=st.text(max_size=300), kenmerk=st.text(max_size=60))
def test_whatever_stands_in_names_no_header_is_added_and_all_can_be_read_back(name: str, subject: str, kenmerk: str):
    covering = replace(REQUEST, to_name=name, subject=subject, salutation=name, kenmerk=kenmerk)
    message = made(covering, pdf_name=mail_file_name(kenmerk, name).replace(".eml", ".pdf"))
    assert sorted(message.keys()) == sorted(
        "X-Unsent From To Subject Date Message-ID MIME-Version Content-Type".split()
    )
    (found,) = getaddresses([message["To"].replace("\r\n", "")])
    assert found[1] == "info@maasdal.example"
    assert str(make_header(decode_header(found[0]))) == shown(name)
    assert header(message, "Subject") == shown(subject)
    assert parts(message) == (mail_text(covering), PDF, mail_file_name(kenmerk, name).replace(".eml", ".pdf"))


def shown(text: str) -> str:
    return " ".join(plain(text).replace("\u00a0", " ").split())
