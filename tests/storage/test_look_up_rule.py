"""The index answers as a slow, obvious model of the rule does, whatever is in the register and whatever is typed.

The registers reach every field, every way to fit, ended suppliers, ketenpartners and amounts.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.clock import SetClock
from app.domain.certificate import Certificate, Level
from app.domain.contract import AmountKind, Contract, YearAmount
from app.domain.supplier import Address, Contact, Supplier
from app.storage import database
from app.storage.register import Register
from tests.look_up_model import Known, answer
from tests.storage.test_look_up import add_letters, letter

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


# -- registers --------------------------------------------------------------------------------------------------------

_WORDS = ("Bouw", "Bouwbedrijf", "Maasdal", "Maas", "Dal", "Café", "Van", "de", "Ven", "Venlo", "v.d.", "Gebr.", "&",
          "B.V.", "Stichting", "a4print", "2000", "Horne", "Hoorn", "Schilders", "groep",
          "schildersgroep", "ĲSSEL", "Straße")  # fmt: skip
_NUMBERS = (
    "01234567",
    "0123 45.68",
    "40012",
    "2000",
    "RC-2026/14",
    "RC-2026/15",
    "bouw12",
    "NL001234567B01",
    "475381240",
)
_PHONES = ("0475-38 12 40", "+31 475 381241", "06-12345678", "001 475 38", "n.v.t.", "2000")
_MAILS = ("info@maasdal.nl", "ven@bouw-dal.nl", "info@bouw.nl", "maas@horne", "nl", "@dal.nl")
_POSTCODES = ("6041 AB", "6041 AC", "4711 XX", "B-3600")


def several(values: st.SearchStrategy[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=most).map(tuple)


phrases = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join)
maybe_phrase = st.one_of(st.just(""), phrases)
maybe_number = st.one_of(st.just(""), st.sampled_from(_NUMBERS))
maybe_phone = st.one_of(st.just(""), st.sampled_from(_PHONES))
maybe_mail = st.one_of(st.just(""), st.sampled_from(_MAILS))
maybe_postcode = st.one_of(st.just(""), st.sampled_from(_POSTCODES))


@st.composite
def registers(draw: st.DrawFn) -> list[Known]:
    made = []
    keys = count()
    for place in range(draw(st.integers(1, 7))):
        key = f"s{place}"
        supplier = Supplier(
            id=key, name=draw(phrases), trade_names=draw(several(phrases, 1)), former_names=draw(several(phrases, 1)),
            kvk=draw(maybe_number), former_kvk=draw(several(st.sampled_from(_NUMBERS), 1)),
            own_number=draw(maybe_number), btw_id=draw(maybe_number), is_key_partner=draw(st.booleans()),
            visiting=Address(city=draw(maybe_phrase), postcode=draw(maybe_postcode)),
            postal=Address(city=draw(maybe_phrase), postcode=draw(maybe_postcode)),
            phone=draw(maybe_phone), phones=draw(several(st.sampled_from(_PHONES), 1)), email=draw(maybe_mail),
            archived_at=draw(st.sampled_from((None, None, NOW))),
        )  # fmt: skip
        contacts = [
            Contact(id=f"{key}-{next(keys)}", supplier_id=key, initials=draw(st.sampled_from(("", "K."))),
                    infix=draw(st.sampled_from(("", "van de", "v.d.", "ter"))), surname=draw(maybe_phrase),
                    literal_name=draw(maybe_phrase), phone=draw(maybe_phone), email=draw(maybe_mail))
            for _ in range(draw(st.integers(0, 2)))
        ]  # fmt: skip
        contracts = [
            Contract(id=f"{key}-{next(keys)}", supplier_id=key, number=draw(maybe_number), title=draw(maybe_phrase))
            for _ in range(draw(st.integers(0, 1)))
        ]
        amounts = [
            YearAmount(id=f"{key}-{year}-{kind}", supplier_id=key, year=year, kind=kind, cents=cents)
            for year, kind, cents in draw(
                st.lists(
                    st.tuples(
                        st.sampled_from((2025, 2026)), st.sampled_from(AmountKind), st.sampled_from((0, 5, 9, -5))
                    ),
                    max_size=3, unique_by=lambda item: item[:2],
                )
            )
        ]  # fmt: skip
        kenmerken = [f"PSO-{next(keys)}-2000{place}" for _ in range(draw(st.sampled_from((0, 0, 1))))]
        covered = [*dict.fromkeys(draw(several(st.sampled_from(_NUMBERS))))]
        made.append(Known(supplier, contacts, contracts, amounts, covered, kenmerken))
    return made


@st.composite
def typed_texts(draw: st.DrawFn) -> str:
    """What is said of a supplier, cut, joined, misspelt or told in another way; sometimes anything at all."""
    every = (*_WORDS, *_NUMBERS, *_PHONES, *_MAILS, *_POSTCODES, "PSO-0-20001", "van der", "gebroeders", "en")
    parts = []
    for part in draw(st.lists(st.sampled_from(every), min_size=1, max_size=3)):
        first = draw(st.sampled_from((0, 0, 0, 1, 2)))
        last = draw(st.one_of(st.none(), st.integers(1, 12)))
        text = part[first:last]
        match draw(st.sampled_from(("", "", "", "leave", "swap", "add", "change"))):
            case "leave" if text:
                at = draw(st.integers(0, len(text) - 1))
                text = text[:at] + text[at + 1 :]
            case "swap" if len(text) > 1:
                at = draw(st.integers(0, len(text) - 2))
                text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
            case "add":
                at = draw(st.integers(0, len(text)))
                text = text[:at] + draw(st.sampled_from("aelxz")) + text[at:]
            case "change" if text:
                at = draw(st.integers(0, len(text) - 1))
                text = text[:at] + draw(st.sampled_from("aelxz")) + text[at + 1 :]
        parts.append(draw(st.sampled_from((text, text.upper(), text.lower()))))
    return draw(st.sampled_from((" ", " ", "", "-", "."))).join(parts)


class _UndoneError(Exception):
    """Ends the operation of one example, so that the next finds an empty register."""


@pytest.fixture(scope="module")
def shared_register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    path: Path = tmp_path_factory.mktemp("look up") / "proef.tredewijzer"
    clock = SetClock.at(date(2026, 11, 23))
    made = Register(database.create(path, device="test", by="test", clock=clock), clock=clock, by="test")
    yield made
    made.close()


def store(register: Register, made: list[Known], operation: int) -> None:
    register.suppliers.add_all(known.supplier for known in made)
    register.contacts.add_all(contact for known in made for contact in known.contacts)
    register.contracts.add_all(contract for known in made for contract in known.contracts)
    register.amounts.add_all(amount for known in made for amount in known.amounts)
    register.certificates.add_all(
        Certificate(id=f"c{known.supplier.id}", supplier_id=known.supplier.id, holder_name="H", level=Level.BASIS,
                    covered_kvk=tuple(known.certificate_kvk))
        for known in made
    )  # fmt: skip
    kenmerken = [(known.supplier.id, kenmerk) for known in made for kenmerk in known.kenmerken]
    add_letters(register, *(letter(kenmerk, supplier_id, kenmerk) for supplier_id, kenmerk in kenmerken))
    register.look_up.follow(operation)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
@given(
    made=registers(),
    typed=st.lists(typed_texts(), min_size=1, max_size=8),
    nonsense=st.text(max_size=12),
    renamed=phrases,
)
def test_it_answers_as_the_rule_says(
    shared_register: Register, made: list[Known], typed: list[str], nonsense: str, renamed: str
) -> None:
    register = shared_register
    try:
        with register.operation("test", "voorbeeld") as operation:
            store(register, made, operation)
            changed = replace(made[0].supplier, name=renamed, is_key_partner=not made[0].supplier.is_key_partner)
            register.suppliers.save(changed)
            register.look_up.follow(operation)
            made[0].supplier = changed
            assert register.look_up.differences() == 0
            for text in (*typed, nonsense):
                hits, total = register.look_up.search(text, 20)
                wanted = answer(made, text)
                assert ([hit.supplier_id for hit in hits], total) == (wanted, len(wanted)), repr(text)
            raise _UndoneError
    except _UndoneError:
        pass
