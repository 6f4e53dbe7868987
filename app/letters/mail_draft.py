"""A letter as the draft of an e-mail: one file that a mail program opens, to be read once more and sent from there.

What it says beside the letter is short. Nothing in it is random, so the same letter gives the same bytes.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.charset import QP, Charset
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, formataddr

from app.base.files import safe_name
from app.base.formatting import NBSP, long_date
from app.domain.supplier import Language
from app.letters.content import plain
from app.letters.wording import english_date, from_abroad

# What a mail server takes before the @ without a dispute (RFC 5322, dot-atom), and labels of a domain.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST_ADDRESS, _LONGEST_LOCAL = 254, 64
_FORMAT = compat32.clone(linesep="\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Covering:
    """What the message says of its letter. `reply_by` is None where no answer is asked; `made_at` is in UTC.

    `is_notice` when it is a notice of default, which must not look like a friendly request.

    `closing` is the greeting and then who signs, as in the letter. `sender` is the address of the team, "" for whoever
    sends it; `to_name` goes with the addresses in `to`.
    """

    kenmerk: str
    written_on: date
    made_at: datetime
    subject: str
    salutation: str
    closing: Sequence[str]
    language: Language
    reply_by: date | None
    is_notice: bool = False
    phone: str
    sender: str
    sender_name: str
    to: Sequence[str]
    to_name: str


def mail_file_name(kenmerk: str, supplier_name: str) -> str:
    """Return the name of a draft's file: that of the letter's own PDF, as an e-mail."""
    return safe_name(f"{kenmerk} {supplier_name}", ".eml")


def find_addresses(text: str) -> tuple[str, ...]:
    """Return the e-mail addresses in a field, as they go over the wire; none when one of them cannot be mailed to.

    Several have a comma, a semicolon or a space between them. A domain in other letters is written as IDNA; letters
    before the @ that are no ASCII have no such way.
    """
    found = [_wire_address(part) for part in re.split(r"[\s,;]+", text.strip()) if part]
    return tuple(dict.fromkeys(one for one in found if one)) if all(found) else ()


def mail_text(covering: Covering) -> str:
    """Return the text of the message, of B1 level: that the letter is attached, its kenmerk, and how to react."""
    said = _say_in_english(covering) if covering.language is Language.ENGLISH else _say_in_dutch(covering)
    greeting, *signers = (plain(line) for line in covering.closing)
    parts = [plain(covering.salutation), *said, greeting, "\n".join(signers)]
    return ("\n\n".join(part for part in parts if part) + "\n").replace(NBSP, " ")


def mail_draft(covering: Covering, pdf: bytes, *, pdf_name: str) -> bytes:
    """Return the file of a draft with the letter attached exactly as it was made (RFC 5322, lines end in CR LF).

    `X-Unsent` lets Outlook and Thunderbird open it to be sent. Names can hold anything: what is no plain text is
    encoded, and no line end of theirs begins a header.
    """
    seal = hashlib.sha256(covering.kenmerk.encode() + hashlib.sha256(pdf).digest()).hexdigest()
    # The older classes on purpose: what EmailMessage makes of a long name in other letters, it does not read back.
    message = MIMEMultipart(boundary=f"=_{seal[:40]}")
    message["X-Unsent"] = "1"
    if sender := find_addresses(covering.sender)[:1]:
        message["From"] = _mailboxes("From", covering.sender_name, sender)
    message["To"] = _mailboxes("To", covering.to_name, covering.to)
    message["Subject"] = _header("Subject", _one_line(covering.subject))
    message["Date"] = format_datetime(covering.made_at)
    message["Message-ID"] = f"<{seal[:32]}@tredewijzer.invalid>"
    said = Charset("utf-8")
    said.body_encoding = QP
    body = MIMENonMultipart("text", "plain")
    body.set_payload(mail_text(covering), said)
    body["Content-Language"] = covering.language.tag
    message.attach(body)
    attached = MIMEApplication(pdf, "pdf")
    attached.add_header("Content-Disposition", "attachment", filename=_file_name(pdf_name))
    message.attach(attached)
    return message.as_bytes(policy=_FORMAT)


def _say_in_dutch(covering: Covering) -> list[str]:
    letter = (
        f"In de bijlage vindt u onze brief van {long_date(covering.written_on)}.\n"
        f"Het kenmerk is {plain(covering.kenmerk)}."
    )
    call = f"Heeft u vragen? Bel ons dan op {plain(covering.phone)}." if covering.phone else ""
    if covering.reply_by is None:
        return [letter, _lines(call, "Noem daarbij het kenmerk.")] if call else [letter]
    return [
        letter,
        _lines(
            "Deze brief is een ingebrekestelling. Lees hem goed." if covering.is_notice else "",
            f"{'Reageer' if covering.is_notice else 'Wij ontvangen graag uw antwoord,'} "
            f"uiterlijk op {long_date(covering.reply_by)}.",
            "U kunt dit bericht beantwoorden.",
            call,
            "Noem in uw antwoord het kenmerk.",
        ),
    ]


def _say_in_english(covering: Covering) -> list[str]:
    letter = (
        f"Please find attached our letter of {english_date(covering.written_on)}.\n"
        f"Our reference is {plain(covering.kenmerk)}."
    )
    phone = from_abroad(plain(covering.phone))
    call = f"Do you have any questions? Please call us on {phone}." if phone else ""
    if covering.reply_by is None:
        return [letter, _lines(call, "Please quote our reference.")] if call else [letter]
    return [
        letter,
        _lines(
            "This letter is a notice of default. Please read it carefully." if covering.is_notice else "",
            f"Please reply to us by {english_date(covering.reply_by)}.",
            "You can reply to this message.",
            call,
            "Please quote our reference in your reply.",
        ),
    ]


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _one_line(text: str) -> str:
    """Return text for a header: no non-breaking spaces, which mail programs show as marks of their own."""
    return " ".join(plain(text).replace(NBSP, " ").split())


def _mailboxes(header: str, name: str, addresses: Sequence[str]) -> str:
    """Return the header of a name with each of its addresses."""
    found, shown = Header(header_name=header), _one_line(name)
    for place, address in enumerate(addresses):
        comma = "," if place + 1 < len(addresses) else ""
        if _is_plain(shown):
            found.append(formataddr((shown, address)) + comma, "us-ascii")
        else:
            found.append(shown, "utf-8")
            found.append(f"<{address}>{comma}", "us-ascii")
    return found.encode()


def _header(name: str, text: str) -> str:
    return Header(text, "us-ascii" if _is_plain(text) else "utf-8", header_name=name).encode()


def _is_plain(text: str) -> bool:
    """Whether a header can hold it as it is; what only looks encoded would be decoded where it is read."""
    return text.isascii() and "=?" not in text


def _file_name(name: str) -> str | tuple[str, str, str]:
    return name if name.isascii() else ("utf-8", "", name)


def _wire_address(text: str) -> str:
    local, _, domain = text.rpartition("@")
    try:
        wired = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    labels = wired.split(".")
    is_sound = (
        _LOCAL.fullmatch(local)
        and len(local) <= _LONGEST_LOCAL
        and len(labels) > 1
        and all(map(_LABEL.fullmatch, labels))
        and len(local) + len(wired) < _LONGEST_ADDRESS
    )
    return f"{local}@{wired}" if is_sound else ""
