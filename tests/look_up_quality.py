"""How often a caller is found: texts made from a register's own records, ambiguous ones counted apart.

What is ambiguous is told by the records alone, never by the index: a text that others fit as well as the one it was
made from.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import OSA

from app.domain.contract import Contract
from app.domain.identifiers import digits, phone_key
from app.domain.names import company_key, words
from app.domain.supplier import Contact, Supplier
from app.services import Register
from app.services.look_up import find_matches

_SAMPLE = 250
_SHOWN = 20
_LETTERS = "abcdefghijklmnoprstuvwz"


@dataclass
class Quality:
    """What came of one kind of text: how many were found in time, of how many that mean one supplier."""

    what: str
    found: int = 0
    unambiguous: int = 0
    ambiguous: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The part that was found."""
        return self.found / self.unambiguous if self.unambiguous else 0.0

    def __str__(self) -> str:
        """The line as printed."""
        return f"{self.what:<46}{self.share:>10.1%} of {self.unambiguous}, {self.ambiguous} ambiguous left out"


class Callers:
    """Makes texts from the records of a register and looks them up."""

    def __init__(self, register: Register, *, seed: int = 4) -> None:
        """The same register and seed give the same texts."""
        self._register = register
        self._seed = seed
        self._chance = random.Random(seed)
        self._suppliers = register.suppliers.list_all()
        self._contacts: dict[str, list[Contact]] = {}
        for contact in register.contacts.list_all():
            self._contacts.setdefault(contact.supplier_id, []).append(contact)

    def all(self) -> tuple[Quality, ...]:
        """Return every kind."""
        return (
            self.kvk(), self.phone(), self.last_digits(), self.misspelt_name(), self.contact(), self.inside(),
        )  # fmt: skip

    def kvk(self) -> Quality:
        """Eight digits of a KvK number: the first."""
        quality = Quality("KvK number: the first")
        bearers = Counter(number for supplier in self._suppliers for number in self._numbers[supplier.id])
        for supplier in self._some():
            if supplier.kvk:
                self._ask(quality, supplier.id, supplier.kvk, among=1, is_clear=bearers[supplier.kvk] == 1)
        return quality

    def phone(self) -> Quality:
        """A phone number in five notations: the first."""
        quality = Quality("phone in any notation: the first")
        bearers = Counter(number for supplier in self._suppliers for number in self._numbers[supplier.id])
        for supplier in self._some():
            key = phone_key(supplier.phone)
            for text in _notations(key) if key and not supplier.visiting.country else ():
                self._ask(quality, supplier.id, text, among=1, is_clear=bearers[key] == 1)
        return quality

    def last_digits(self) -> Quality:
        """The last six digits of a phone number: the first."""
        quality = Quality("last six digits of a phone: the first")
        for supplier in self._some():
            last = digits(supplier.phone)[-6:]
            bearers = sum(any(last in number for number in numbers) for numbers in self._numbers.values())
            self._ask(quality, supplier.id, last, among=1, is_clear=len(last) == 6 and bearers == 1)
        return quality

    def misspelt_name(self) -> Quality:
        """A whole name with one typing error in a word of four letters or more: among the first three."""
        quality = Quality("name with a typing error: among 3")
        names = {supplier.id: company_key(supplier.name) for supplier in self._suppliers}
        for supplier in self._some():
            if text := self._misspelt(supplier.name.casefold()):
                said = company_key(text)
                # Also a name that goes on: whoever says the beginning of several means none of them in particular.
                alike = sum(OSA.distance(said, name[: len(said)], score_cutoff=2) <= 2 for name in names.values())
                self._ask(quality, supplier.id, text, among=3, is_clear=alike <= 3)
        return quality

    def contact(self) -> Quality:
        """A contact's surname, with what stands before it or not, and the town: among the first five."""
        quality = Quality("contact's surname and town: among 5")
        self._chance = random.Random(self._seed)
        for supplier in self._suppliers:
            for person in self._contacts.get(supplier.id, ()):
                infix = self._chance.choice((person.infix, ""))
                text = " ".join(filter(None, (infix, person.surname, supplier.visiting.city)))
                if person.surname and supplier.visiting.city:
                    self._ask(quality, supplier.id, text, among=5, is_clear=self._bearers(text) <= 5)
        return quality

    def inside(self) -> Quality:
        """A piece inside a word of the name, and the town: among the first five."""
        quality = Quality("inside a word of a name, and town: among 5")
        for supplier in self._some():
            long = [word for word in words(supplier.name) if len(word) >= 8 and word.isalpha()]
            if long and supplier.visiting.city:
                word = self._chance.choice(long)
                start = self._chance.randrange(1, len(word) - 6)
                text = f"{word[start : start + self._chance.randint(5, 7)]} {supplier.visiting.city}"
                self._ask(quality, supplier.id, text, among=5, is_clear=self._bearers(text) <= 5)
        return quality

    def _ask(self, quality: Quality, supplier_id: str, text: str, *, among: int, is_clear: bool) -> None:
        if not is_clear:
            quality.ambiguous += 1
            return
        quality.unambiguous += 1
        shown = find_matches(self._register, text, limit=_SHOWN).shown[:among]
        if any(match.supplier_id == supplier_id for match in shown):
            quality.found += 1
        else:
            quality.missed.append((supplier_id, text))

    def _some(self) -> Sequence[Supplier]:
        """Return some suppliers, the same for each kind however often and in which order they are asked."""
        self._chance = random.Random(self._seed)
        return self._chance.sample(self._suppliers, _SAMPLE)

    def _bearers(self, text: str) -> int:
        """Return how many suppliers have every one of these words somewhere."""
        sought = words(text)
        return sum(all(word in known for word in sought) for known in self._texts.values())

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {supplier.id: " ".join(words(" ".join(self._written(supplier)))) for supplier in self._suppliers}

    @cached_property
    def _numbers(self) -> dict[str, set[str]]:
        """The numbers of each supplier, phone numbers as national digits, with and without their 0."""
        found: dict[str, set[str]] = {}
        for supplier in self._suppliers:
            phones = (supplier.phone, *supplier.phones, *(c.phone for c in self._contacts.get(supplier.id, ())))
            numbers = (supplier.kvk, *supplier.former_kvk, supplier.own_number, digits(supplier.btw_id))
            keys = {*map(phone_key, phones)}
            found[supplier.id] = {*keys, *(f"0{key}" for key in keys), *numbers} - {"", "0"}
        for certificate in self._register.certificates.list_all():
            if certificate.supplier_id in found:
                found[certificate.supplier_id] |= {*certificate.covered_kvk}
        for contract in self._register.contracts.list_all():
            if contract.supplier_id in found:
                found[contract.supplier_id].add(digits(contract.number))
        return found

    def _written(self, supplier: Supplier) -> Iterator[str]:
        yield from (supplier.name, *supplier.trade_names, *supplier.former_names)
        yield from (supplier.visiting.city, supplier.postal.city, supplier.email.partition("@")[2])
        for contact in self._contacts.get(supplier.id, ()):
            yield from (contact.first_name, contact.infix, contact.surname, contact.literal_name)
            yield contact.email.partition("@")[2]
        yield from (contract.title for contract in self._contracts.get(supplier.id, ()))

    @cached_property
    def _contracts(self) -> dict[str, list[Contract]]:
        found: dict[str, list[Contract]] = {}
        for contract in self._register.contracts.list_all():
            found.setdefault(contract.supplier_id, []).append(contract)
        return found

    def _misspelt(self, name: str) -> str:
        """Return a name with one letter left out, doubled, wrong or in the wrong place; "" when its words are short."""
        long = [word for word in words(name) if len(word) >= 4 and word.isalpha() and word in name]
        if not long:
            return ""
        word = self._chance.choice(long)
        at = self._chance.randrange(len(word) - 1)
        other = self._chance.choice(_LETTERS)
        wrong = self._chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + other + word[at:],
                word[:at] + other + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )
        return name.replace(word, wrong, 1)


def _notations(key: str) -> tuple[str, ...]:
    return (f"0{key}", f"0{key[:3]}-{key[3:5]} {key[5:7]} {key[7:]}", f"+31 {key[:3]} {key[3:]}", f"0031{key}",
            f"+31 (0){key}")  # fmt: skip
