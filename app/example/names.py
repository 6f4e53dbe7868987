"""Names, numbers and addresses of firms and people that do not exist."""

from collections.abc import Callable
from random import Random

from app.domain.names import company_key, fold
from app.domain.supplier import Address, Contact, Salutation
from app.example.material import Material, Place, Trade

_LETTERS = "ABCDEFGHJKLMNPRTVWXZ"
_ALONE = ("B.V.", "Gebr.", " & ", "groep", "Combinatie")


class Inventor:
    """Invents what makes a firm. The same source gives the same firms; names and KvK numbers come once."""

    def __init__(self, material: Material, random: Random) -> None:
        """Start with nothing given out."""
        self._words = material.words
        self._material = material
        self._random = random
        self._shares = [trade.share for trade in material.trades]
        self._home_places = [place for place in material.places if not place.country]
        self._names: set[str] = set()
        self._numbers: set[str] = set()

    def trade(self) -> Trade:
        """Return a trade, the common ones more often."""
        return self._random.choices(self._material.trades, self._shares)[0]

    def place(self) -> Place:
        """Return a town in Limburg."""
        return self._random.choice(self._home_places)

    def claim(self, name: str) -> None:
        """Keep a name from being invented again."""
        self._names.add(company_key(name))

    def name(self, trade: Trade, *, is_alone: bool = False) -> str:
        """Return a new name for a firm; `is_alone`: of somebody who works alone."""
        patterns = [p for p in trade.patterns if not is_alone or not any(sign in p for sign in _ALONE)]
        while True:
            invented = self._pick("beginnings") + self._pick("endings")
            name = self._random.choice(patterns or trade.patterns).format(n=invented, s=self._pick("surnames"))
            if company_key(name) not in self._names:
                self.claim(name)
                return name

    def kvk(self) -> str:
        """Return a new KvK number from the ends of the range: 00 was never given out, 99 not yet."""
        while True:
            number = f"{self._random.choice(('00', '99'))}{self._random.randrange(100_000, 500_000):06d}"
            if number not in self._numbers:
                self._numbers.add(number)
                return number

    def btw_id(self) -> str:
        """Return a btw-id that passes the check of legal persons."""
        while True:
            eight = f"00{self._random.randrange(1_000_000):06d}"
            last = sum(int(digit) * weight for digit, weight in zip(eight, range(9, 1, -1), strict=True)) % 11
            if last < 10:
                return f"NL{eight}{last}B01"

    def address(self, place: Place) -> Address:
        """Return an address in a town."""
        postcode = str(place.postcode)
        if not place.country:
            postcode += f" {self._random.choice(_LETTERS)}{self._random.choice(_LETTERS)}"
        number = f"{self._random.randrange(1, 180)}{self._random.choice(['', '', '', '', 'a', 'b'])}"
        street = self._pick("streets")
        return Address(street=street, house_number=number, postcode=postcode, city=place.name, country=place.country)

    def postbox(self, place: Place) -> Address:
        """Return a post office box in a town."""
        box = str(self._random.randrange(100, 9_000))
        return Address(
            street=str(self._words["postboxes"]), house_number=box, postcode=f"{place.postcode - 1} AA", city=place.name
        )

    def phone(self, place: Place) -> str:
        """Return a number of a firm in a town, which nobody has: after the area code comes a 0 or 1."""
        if place.country:
            return f"{place.area} {self._digits(6)}"
        return self._number(self._random.choices((place.area, "088", "06"), (12, 2, 1))[0])

    def contact(
        self, new_id: Callable[[], str], supplier_id: str, site: str, *, literal: str = "", is_primary: bool = True
    ) -> Contact:
        """Return somebody who works there; some are known by their role alone, of some no title is known."""
        role = self._pick("roles")
        phone = self._number("06") if self._random.random() < 0.2 else ""
        if literal or self._random.random() < 0.12:
            mail = f"{fold(role).replace(' ', '').replace('&', 'en')}@{site}"
            return Contact(
                id=new_id(), supplier_id=supplier_id, literal_name=literal, role=role, email=mail, phone=phone,
                is_primary=is_primary,
            )  # fmt: skip
        surname = self._pick("surnames")
        title = self._random.choice((Salutation.MR, Salutation.MRS, Salutation.MRS, Salutation.MR, Salutation.NEUTRAL))
        is_neutral = title is Salutation.NEUTRAL
        return Contact(
            id=new_id(),
            supplier_id=supplier_id,
            salutation=title,
            initials="" if is_neutral else self._pick("initials"),
            first_name=self._pick("first_names") if is_neutral else "",
            infix=self._pick("infixes"),
            surname=surname,
            role=role,
            email=f"{fold(surname)}@{site}",
            phone=phone,
            is_primary=is_primary,
        )

    def _pick(self, words: str) -> str:
        return self._random.choice(self._words[words])

    def _number(self, area: str) -> str:
        rest = self._digits(10 - len(area))
        cuts = {6: (2, 4), 7: (3, 5), 8: (2, 4, 6)}[len(rest)]
        parts = [rest[start:end] for start, end in zip((0, *cuts), (*cuts, len(rest)), strict=True)]
        return f"{area}-{' '.join(parts)}"

    def _digits(self, count: int) -> str:
        """So many digits, the first a 0 or 1; written out, for a phone number is text."""
        return f"{self._random.choice('01')}{self._random.randrange(10 ** (count - 1)):0{count - 1}d}"


def site(name: str) -> str:
    """Return the domain of a firm, under the top level that is kept for examples."""
    kept = "".join(character if character.isalnum() else " " for character in company_key(name))
    return f"{'-'.join(kept.split())}.example"
