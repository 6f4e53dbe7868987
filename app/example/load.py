"""Very many test suppliers at once, to see how the program bears them."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from random import Random

from app.base.progress import Progress
from app.domain.certificate import Certificate, Level
from app.domain.contract import AmountKind, Contract, YearAmount
from app.domain.rows import Records
from app.domain.supplier import Supplier
from app.example.days import month_end, month_start
from app.example.material import Material, Trade
from app.example.names import Inventor, site
from app.storage.register import Register

_CHUNK = 2_000
_FIRST_KVK = 500_000
_FIRST_CREDITOR = 100_000


def add_test_suppliers(
    register: Register, material: Material, *, count: int, today: date, random: Random, progress: Progress
) -> None:
    """Add that many suppliers in one operation, a chunk at a time; raises `Cancelled`, and then none was added."""
    if not count:
        return
    makers = _TestSuppliers(register, material, today, random)
    numbers = iter(range(count))
    done = 0
    with register.operation("import", "Testleveranciers toegevoegd"):
        while chunk := list(islice(numbers, _CHUNK)):
            progress.step(done, count, "Testleveranciers toevoegen")
            records = makers.records(chunk)
            register.suppliers.add_all(records.suppliers)
            register.contracts.add_all(records.contracts)
            register.amounts.add_all(records.amounts)
            register.certificates.add_all(records.certificates)
            done += len(chunk)
    progress.step(count, count, "Testleveranciers toevoegen")


class _TestSuppliers:
    """Makes suppliers by number; the number is in the name and the KvK number, so nothing must be remembered."""

    def __init__(self, register: Register, material: Material, today: date, random: Random) -> None:
        self._new_id = register.new_id
        self._material = material
        self._today = today
        self._random = random
        self._inventor = Inventor(material, random)

    def records(self, numbers: list[int]) -> Records:
        """Return the suppliers with these numbers and all that belongs to them."""
        suppliers: list[Supplier] = []
        contracts: list[Contract] = []
        amounts: list[YearAmount] = []
        certificates: list[Certificate] = []
        for number in numbers:
            trade = self._inventor.trade()
            supplier = self._supplier(number, trade)
            own = self._contracts(supplier, trade, number)
            suppliers.append(supplier)
            contracts += own
            amounts += self._amounts(supplier, own)
            certificates += self._certificates(supplier)
        return Records(
            suppliers=tuple(suppliers),
            contracts=tuple(contracts),
            amounts=tuple(amounts),
            certificates=tuple(certificates),
        )

    def _supplier(self, number: int, trade: Trade) -> Supplier:
        words, place = self._material.words, self._inventor.place()
        invented = self._random.choice(words["beginnings"]) + self._random.choice(words["endings"])
        name = self._random.choice(trade.patterns).format(n=invented, s=self._random.choice(words["surnames"]))
        name = f"{name} {number + 1}"
        return Supplier(
            id=self._new_id(),
            name=name,
            kvk=f"{_FIRST_KVK + number:08d}",
            own_number=str(_FIRST_CREDITOR + number),
            category=trade.category,
            visiting=self._inventor.address(place),
            phone=self._inventor.phone(place),
            email=f"info@{site(name)}",
        )

    def _contracts(self, supplier: Supplier, trade: Trade, number: int) -> list[Contract]:
        year = self._today.year
        return [
            Contract(
                id=self._new_id(),
                supplier_id=supplier.id,
                number=f"TC-{number + 1}-{place}",
                title=self._random.choice(trade.contracts),
                starts_on=date(year - self._random.randint(1, 3), 1, 1),
                ends_on=date(year + self._random.randint(0, 2), 12, 31),
            )
            for place in range(1, self._random.choice((0, 0, 1, 1, 2)) + 1)
        ]

    def _amounts(self, supplier: Supplier, contracts: list[Contract]) -> Iterator[YearAmount]:
        lowest, highest = self._material.bands["large" if self._random.random() < 0.3 else "small"]
        contract_ids: list[str | None] = [contract.id for contract in contracts]
        for contract_id in contract_ids or [None]:
            for year in (self._today.year - 1, self._today.year):
                yield YearAmount(
                    id=self._new_id(),
                    supplier_id=supplier.id,
                    contract_id=contract_id,
                    year=year,
                    kind=AmountKind.AGREED,
                    cents=self._random.randrange(lowest, highest) * 100,
                    source="testgegevens",
                )

    def _certificates(self, supplier: Supplier) -> Iterator[Certificate]:
        if self._random.random() < 0.3:
            ends = self._random.randint(-8, 22)
            yield Certificate(
                id=self._new_id(),
                supplier_id=supplier.id,
                level=self._random.choice((Level.TREDE1, Level.TREDE2, Level.TREDE2, Level.TREDE3)),
                number=f"TEST-{supplier.own_number}",
                valid_from=month_start(self._today, ends - 23),
                valid_to=month_end(self._today, ends),
                covered_kvk=(supplier.kvk,),
            )
