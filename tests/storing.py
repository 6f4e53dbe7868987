"""Writing a random register of `tests.strategies` into a real one."""

from datetime import date

from app.domain.certificate import Verification
from app.storage.register import Register
from tests import strategies


def store(register: Register, data: strategies.Register) -> None:
    """Write the rows of a random register inside the running operation."""
    register.suppliers.add_all(data.suppliers)
    register.members.add_all(data.members)
    register.contracts.add_all(data.contracts)
    register.amounts.add_all(data.amounts)
    register.certificates.add_all(data.certificates)
    register.verifications.add_all(
        Verification(
            id=f"check of {item.id}", certificate_id=item.id, checked_on=date(2026, 1, 5), checked_by="t", method="t"
        )
        for item in data.certificates
        if item.is_verified
    )
    register.exemptions.add_all(data.exemptions)
    register.postponements.add_all(data.postponements)
