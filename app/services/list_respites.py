"""Who need not comply for a while: the exemptions and postponements of all suppliers that have not ended."""

from datetime import date
from typing import NamedTuple

from app.domain.policy import Exemption, Respite
from app.storage.register import Register


class ListedRespite(NamedTuple):
    """An exemption or a postponement with the name of its supplier."""

    name: str
    respite: Respite

    @property
    def is_exemption(self) -> bool:
        """Whether nothing is asked meanwhile; else there is only more time."""
        return isinstance(self.respite, Exemption)


def list_respites(register: Register, *, on: date) -> tuple[ListedRespite, ...]:
    """Return what runs on a day or is to come, what ends first on top; suppliers that ended are left out."""
    found: tuple[Respite, ...] = (*register.exemptions.list_all(), *register.postponements.list_all())
    listed = []
    for respite in found:
        supplier = register.suppliers.get(respite.supplier_id)
        if respite.to_on >= on and not supplier.is_archived:
            listed.append(ListedRespite(supplier.name, respite))
    return tuple(sorted(listed, key=lambda item: (item.respite.to_on, item.name.casefold(), item.respite.id)))
