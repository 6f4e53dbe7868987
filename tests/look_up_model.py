"""The rule of the look-up as a slow, obvious model: every supplier, every text and every word is looked at.

It shares with the index only how a text is folded into words and how what was typed is taken apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from app.domain.contract import Contract, YearAmount
from app.domain.names import infix_variants, sort_key, telling_variant
from app.domain.supplier import Contact, Supplier
from app.services import Register
from app.storage.look_up_query import Sought
from app.storage.look_up_text import TOP_DOMAINS, has_digit, national, plain_words


@dataclass
class Known:
    """All that the register holds of one supplier."""

    supplier: Supplier
    contacts: list[Contact]
    contracts: list[Contract]
    amounts: list[YearAmount]
    certificate_kvk: list[str]
    kenmerken: list[str]

    # -- texts ------------------------------------------------------------------------------------------------------

    def names(self) -> Iterator[list[str]]:
        for name in (self.supplier.name, *self.supplier.trade_names, *self.supplier.former_names):
            told = {plain_words(name), telling_variant(plain_words(name))}
            yield from (list(way) for run in told for way in (run, *infix_variants(run)))

    def other_texts(self) -> Iterator[list[str]]:
        people = [" ".join(filter(None, (c.initials, c.first_name, c.infix, c.surname))) for c in self.contacts]
        for text in (
            self.supplier.visiting.city, self.supplier.postal.city, *people, *(c.literal_name for c in self.contacts),
            *(contract.title for contract in self.contracts),
        ):  # fmt: skip
            yield from (list(way) for way in (plain_words(text), *infix_variants(plain_words(text))))

    def numbers(self) -> Iterator[str]:
        it = self.supplier
        yield from (it.kvk, *it.former_kvk, it.own_number, it.btw_id, *self.certificate_kvk, *self.kenmerken)
        yield from (contract.number for contract in self.contracts)

    def phones(self) -> set[str]:
        written = (self.supplier.phone, *self.supplier.phones, *(c.phone for c in self.contacts))
        return {national(text) for text in written} - {""}

    def addresses(self) -> Iterator[tuple[str, list[str]]]:
        for address in (self.supplier.email, *(c.email for c in self.contacts)):
            box, _, domain = address.rpartition("@")
            labels = [*plain_words(domain)]
            yield "".join(plain_words(box)), labels[:-1] if len(labels) > 1 and labels[-1] in TOP_DOMAINS else labels

    def words(self) -> set[str]:
        found = {word for run in (*self.names(), *self.other_texts()) for word in run}
        postcodes = (self.supplier.visiting.postcode, self.supplier.postal.postcode)
        for number in (*self.numbers(), *postcodes):
            found |= {*plain_words(number), "".join(plain_words(number))}
        return (found | {label for _, labels in self.addresses() for label in labels}) - {""}

    # -- rule -------------------------------------------------------------------------------------------------------

    def kind(self, sought: Sought) -> int | None:
        """0 a whole number, 1 the beginning of a name, 2 of its words, 3 of any words, 4 inside; None: not at all."""
        wholes = {"".join(plain_words(number)) for number in self.numbers()} - {""}
        if sought.exact in wholes or self.phones() & {*sought.phones}:
            return 0
        boxes = {box for box, _ in self.addresses()}
        if sought.mailbox:
            fits = sought.mailbox in boxes if sought.words else any(box.startswith(sought.mailbox) for box in boxes)
            return 3 if fits and self._begin(sought, self.words()) else None
        if any("".join(run).startswith(whole) for run in self.names() for whole in sought.wholes):
            return 1
        if self._begin(sought, {word for run in self.names() for word in run}, with_phones=False):
            return 2
        if self._begin(sought, self.words()):
            return 3
        is_number = len(sought.words) > 1 and has_digit(sought.whole)
        if is_number and any(word.startswith(sought.whole) for word in self.words()):
            return 3
        return 4 if self._inside(sought) else None

    def _begin(self, sought: Sought, words: set[str], *, with_phones: bool = True) -> bool:
        every = words | ({f"!{key}" for key in self.phones()} if with_phones else set())
        return all(any(word.startswith(begin) for begin in typed.begins for word in every) for typed in sought.words)

    def _inside(self, sought: Sought) -> bool:
        shortest = 3 if len(sought.words) == 1 else 4
        numbers = [typed for typed in sought.words if has_digit(typed.word) and len(typed.word) >= shortest]
        held = {word for word in self.words() if has_digit(word)} | self.phones()
        every = self.words() | {f"!{key}" for key in self.phones()}
        beside_number = every | {box for box, _ in self.addresses()}
        runs = [run[at : at + 4] for run in (*self.names(), *self.other_texts()) for at in range(len(run) - 1)]
        for typed in sought.words:
            if typed in numbers:
                fits = any(typed.word in word for word in held)
            else:
                fits = any(word.startswith(begin) for begin in typed.begins for word in every)
                if len(typed.word) >= 3 and numbers:
                    fits = fits or any(typed.word in word for word in beside_number)
                elif not numbers:
                    fits = fits or any("".join(run).startswith(begin) for begin in typed.begins for run in runs)
                    is_text = len(typed.word) >= 3 and not has_digit(typed.word)
                    fits = fits or (is_text and any(typed.word in word[1:] for word in self.letter_words()))
            if not fits:
                return False
        return bool(sought.words)

    def letter_words(self) -> set[str]:
        """The words without digits, of numbers the letters that they begin with."""
        starts = {
            word[: next((at for at, sign in enumerate(word) if sign in "0123456789"), None)] for word in self.words()
        }
        return {start for start in starts if len(start) >= 3}

    def errors(self, sought: Sought, *, shortest: int = 3) -> int | None:
        """Return the fewest typing errors, one or two, with which everything that was typed fits; None: no fewer."""
        if sought.mailbox:
            return None
        options: list[set[int]] = []
        every = self.words() | {f"!{key}" for key in self.phones()}
        for typed in sought.words:
            most = 0 if has_digit(typed.word) or len(typed.word) < shortest else 1 if len(typed.word) < 6 else 2
            # Of three letters only one may be missing.
            least = len(typed.word) + 1 if len(typed.word) == 3 else 0
            begins = any(word.startswith(begin) for begin in typed.begins for word in every)
            options.append({0} if begins else set())
            options[-1] |= {
                wrong
                for word in self.letter_words()
                if 0 < (wrong := slips(typed.word, word)) <= most and (not least or left_out(typed.word, word[:least]))
            }
        totals = {sum(way) for way in product(*options)}
        return min((total for total in totals if 0 < total <= 2), default=None)

    def place(self) -> tuple[bool, bool, int, str, str]:
        it = self.supplier
        newest = max((amount.year for amount in self.amounts), default=0)
        sums = [
            sum(amount.cents for amount in self.amounts if amount.year == newest and amount.kind is kind)
            for kind in {amount.kind for amount in self.amounts if amount.year == newest}
        ]
        return it.is_archived, not it.is_key_partner, -max(sums, default=0), sort_key(it.name), it.id


def left_out(typed: str, word: str) -> bool:
    """Whether a text is a word without one of its letters."""
    return any(typed == word[:at] + word[at + 1 :] for at in range(len(word)))


def slips(typed: str, word: str) -> int:
    """Return in how many letters a word differs from the nearest beginning of another: one left out, one too many, one
    wrong, or two that changed places.
    """
    before: list[int] = []
    row = [*range(len(word) + 1)]
    for y, letter_typed in enumerate(typed, start=1):
        last, before, row = before, row, [y]
        for x, letter_there in enumerate(word, start=1):
            row.append(min(row[x - 1] + 1, before[x] + 1, before[x - 1] + (letter_typed != letter_there)))
            if y > 1 and x > 1 and (letter_typed, typed[y - 2]) == (word[x - 2], letter_there):
                row[x] = min(row[x], last[x - 2] + 1)
    return min(row)


def answer(register: list[Known], text: str) -> list[str]:
    """Return who fits, best first."""
    sought = Sought(text)
    if sought.is_empty:
        return []
    fits = [(kind, known.place()) for known in register if (kind := known.kind(sought)) is not None]
    if len(sought.whole) >= 6 and any(kind == 0 for kind, _ in fits):
        fits = [fit for fit in fits if fit[0] == 0]
    there = {place[-1] for _, place in fits}
    others = [known for known in register if known.supplier.id not in there]
    if not fits:
        errors = [(known, known.errors(sought)) for known in others]
        least = min((wrong for _, wrong in errors if wrong), default=None)
        fits = [(5, known.place()) for known, wrong in errors if wrong and wrong == least]
    elif len(fits) < 5 and not sought.exact:
        fits += [(5, known.place()) for known in others if known.errors(sought, shortest=6) == 1]
    return [place[-1] for _, place in sorted(fits)]


def known_suppliers(register: Register) -> list[Known]:
    """Return every supplier of a register, those that have ended too."""
    every = {supplier.id: Known(supplier, [], [], [], [], []) for supplier in register.suppliers.list_ever()}
    for contact in register.contacts.list_all():
        every[contact.supplier_id].contacts.append(contact)
    for contract in register.contracts.list_all():
        every[contract.supplier_id].contracts.append(contract)
    for amount in register.amounts.list_all():
        every[amount.supplier_id].amounts.append(amount)
    for certificate in register.certificates.list_all():
        if certificate.supplier_id:
            every[certificate.supplier_id].certificate_kvk.extend(certificate.covered_kvk)
    for letter in register.letters.list_all():
        every[letter.supplier_id].kenmerken.append(letter.kenmerk)
    return [*every.values()]
