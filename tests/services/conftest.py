"""A register as a user gets it: shipped rules, letter texts and settings."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app import bootstrap
from app.base.clock import SetClock
from app.domain.contract import AmountKind, YearAmount
from app.domain.letter import Letter
from app.domain.supplier import Address, Supplier
from app.services import Register
from app.services.plan_letters import plan_letters
from app.services.write_letters import write_letters

TODAY = date(2026, 11, 23)
NAMES = ("Bouwbedrijf Maasdal B.V.", "Café 't Ĳzer", "Dakwerken Tienbunder / Zuid")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """An empty register on Monday 23 November 2026."""
    made = bootstrap.make_register(tmp_path / "proef.tredewijzer", clock=SetClock.at(TODAY))
    yield made
    made.close()


@pytest.fixture
def letters(register: Register) -> tuple[Letter, ...]:
    """Three letters of one round, PSO-2026-0001 up to 0003, to s0, s1 and s2."""
    with register.operation("edit", "leveranciers"):
        for number, name in enumerate(NAMES):
            key = f"s{number}"
            address = Address(street="Dijk", house_number="1", postcode=f"600{number} AA", city="Roermond")
            register.suppliers.add(Supplier(id=key, name=name, visiting=address))
            register.amounts.add(
                YearAmount(id=key, supplier_id=key, year=2026, kind=AmountKind.AGREED, cents=20_000_000)
            )
    proposals = plan_letters(register, on=TODAY).proposals
    return write_letters(register, proposals, on=TODAY, folder=None).letters
