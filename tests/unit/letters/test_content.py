from dataclasses import replace
from datetime import date

import pytest

from app.base.errors import AppError
from app.base.formatting import NBSP
from app.domain.certificate import Level
from app.domain.policy import PolicySettings
from app.domain.supplier import Address, Contact
from app.domain.verdict import AmountSource, Reason
from app.letters.content import address_lines, as_text, field_values, plain
from tests.unit.letters.examples import MAASDAL, TIENBUNDER, letter, reminder, verdict


def words(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("street", "postcode", "city", "country", "lines"),
    [
        ("Dorpsweg 1", "6041ab", "Horn", "", ("Dorpsweg 1", "6041 AB  HORN")),
        ("Postbus 12", "5200 BA", "'s-Hertogenbosch", "", ("Postbus 12", "5200 BA  'S-HERTOGENBOSCH")),
        ("Kade 2", "3401 AA", "IJsselstein", "", ("Kade 2", "3401 AA  IJSSELSTEIN")),
        ("Kade 2", "", "Weert", "", ("Kade 2", "WEERT")),
        ("Laan 2", "3600", "Genk", "BE", ("Laan 2", "3600 GENK", "BELGIË")),
        ("Ring 5", "52525", "Heinsberg", "Duitsland", ("Ring 5", "52525 HEINSBERG", "DUITSLAND")),
        ("Ring 5", "6041 AB", "Roermond", "NL", ("Ring 5", "6041 AB  ROERMOND")),
        ("", "", "", "", ()),
    ],
)
def test_an_address_is_written_as_the_post_reads_it(
    street: str, postcode: str, city: str, country: str, lines: tuple[str, ...]
):
    name, _, number = street.partition(" ")
    address = Address(street=name, house_number=number, postcode=postcode, city=city, country=country)
    assert address_lines("Firma Proef", None, address) == ("Firma Proef", *lines)


def test_a_contact_without_a_name_leaves_no_empty_line():
    contact = Contact(id="c", supplier_id="s", role="directie")
    assert address_lines("Firma Proef", contact, Address(street="Kade 1", city="Weert"))[1] == "Kade 1"


def test_a_contact_whose_name_cannot_be_seen_is_nobody():
    content = letter(replace(MAASDAL, contact=Contact(id="c", supplier_id="s", surname=" \u200b")))
    assert content.salutation == "Geachte heer, mevrouw,"
    assert content.address_lines[1] == "Industrieweg 12"


def test_empty_references_are_left_out():
    facts = replace(MAASDAL, sender=replace(MAASDAL.sender, team=""))
    content = letter(facts)
    assert [label for label, _ in content.references] == ["Datum", "Ons kenmerk"]
    assert content.closing == ("Met vriendelijke groet,", "Wonen Limburg")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (AmountSource.ENTERED, "zijn uw opdrachten voor Wonen Limburg in 2026 samen € 412.500 (excl. btw)."),
        (AmountSource.PRO_RATA, "samen ongeveer € 412.500 (excl. btw). Daarbij hebben wij een contractbedrag verdeeld"),
        (
            AmountSource.LAST_KNOWN,
            "in 2026 kennen wij nog niet volledig. Wij gaan uit van de laatste cijfers, van 2026:",
        ),
        (AmountSource.INVOICED, "factureerde u ons in 2026 tot nu toe samen € 412.500 (excl. btw)."),
        (AmountSource.INVOICED_LAST_YEAR, "factureerde u ons in 2026 samen € 412.500 (excl. btw)."),
    ],
)
@pytest.mark.parametrize("kind", ["verzoek", "herinnering"])
def test_the_amount_is_told_as_firmly_as_it_is_known(kind: str, source: AmountSource, sentence: str):
    facts = reminder(MAASDAL, "PSO-2026-0200") if kind == "herinnering" else MAASDAL
    assert sentence in words(as_text(letter(verdict(facts, amount_source=source), kind)))


@pytest.mark.parametrize("cents", [None, 0, -100_00])
def test_an_amount_that_says_nothing_is_not_told(cents: int | None):
    text = words(as_text(letter(verdict(MAASDAL, amount_cents=cents))))
    assert "Volgens onze gegevens" not in text
    assert "minimaal Trede 2.\n\nVragen?" in text


def test_amounts_including_vat_say_so():
    assert "(incl. btw)" in words(as_text(letter(replace(MAASDAL, policy=PolicySettings(vat_basis="incl.")))))


def test_another_answer_to_the_open_questions_is_worded_so():
    per_contract = words(as_text(letter(replace(MAASDAL, policy=PolicySettings(amount_scope="contract")))))
    assert "Volgens onze gegevens is uw grootste opdracht in 2026 € 412.500" in per_contract
    assert "samen" not in per_contract
    above = words(as_text(letter(replace(MAASDAL, policy=PolicySettings(threshold_is_inclusive=False)))))
    assert "Voor opdrachten van meer dan € 150.000 per jaar" in above


def test_a_level_that_was_told_is_acknowledged():
    text = words(as_text(letter(verdict(MAASDAL, reported=Level.TREDE2))))
    assert "Bij ons staat dat u een certificaat heeft met niveau Trede 2." in text
    assert "Wij kennen nog geen" not in text


def test_a_rule_of_next_year_is_not_told_as_past():
    text = words(as_text(letter(replace(MAASDAL, rule_valid_from=date(2027, 1, 1)))))
    assert "vragen wij vanaf 1 januari 2027 minimaal" in text


@pytest.mark.parametrize("reason", list(Reason))
def test_a_reminder_names_the_earlier_letter(reason: Reason):
    facts = verdict(reminder(TIENBUNDER, "PSO-2026-0200"), reason=reason, held=Level.TREDE1, failing_member="Lid B.V.")
    text = words(as_text(letter(facts, "herinnering")))
    assert "Op 23 november 2026 vroegen wij" in text
    assert "(ons kenmerk PSO-2026-0149)." in text


def test_a_not_covered_supplier_without_a_number_gets_a_whole_sentence():
    text = as_text(letter(verdict(MAASDAL, reason=Reason.NOT_COVERED, kvk="")))
    assert "vinden wij uw organisatie niet terug." in text


def test_a_field_without_a_value_stops_the_letter():
    with pytest.raises(AppError, match=r"vorige_datum.*leeg.*datum van de eerdere brief"):
        letter(MAASDAL, "herinnering")


def test_a_supplier_that_lacks_nothing_gets_no_request():
    with pytest.raises(AppError, match="past niet bij Bouwbedrijf Maasdal"):
        letter(verdict(MAASDAL, reason=None))


@pytest.mark.parametrize(
    "name", ["{naam} B.V.", "{kenmerk}", "{{x}}", "%s {0} $trede", "<b>Vet</b> &lt;", "Blad\n- punt"]
)
def test_a_name_is_never_read_for_fields_or_markup(name: str):
    facts = replace(verdict(MAASDAL, reason=Reason.MEMBER_FAILS, failing_member=name), supplier_name=name)
    content = letter(facts)
    assert content.address_lines[0] == plain(name)
    assert f"van uw lid {plain(name)}" in as_text(content)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  twee   spaties ", "twee spaties"),
        ("regel\r\neen\ttwee\x00", "regel een twee"),
        ("e\u0301e\u0301n", "één"),
        ("na\u200bam\u202e\ufeff", "naam"),
        ("\u2028a\u2003b\u3000c", "a b c"),
        (f"€{NBSP}1", f"€{NBSP}1"),
        ("half \ud800", "half \ufffd"),
        ("", ""),
    ],
)
def test_text_becomes_one_visible_line(typed: str, kept: str):
    assert plain(typed) == kept


def test_the_values_that_belong_together_are_not_torn_apart():
    values = field_values(MAASDAL)
    assert values["trede"] == f"Trede{NBSP}2"
    assert values["telefoon"] == f"088-385{NBSP}0800"
    assert values["btw"] == f"excl.{NBSP}btw"
