"""What was agreed and what was invoiced in one year, typed side by side though they are two records."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from app.domain.contract import AmountKind, YearAmount
from app.services import Register, record
from ui.pages.supplier_sections.noun import Noun
from ui.widgets.record_form import Field, Kind

_KINDS = ((AmountKind.AGREED, "agreed"), (AmountKind.INVOICED, "invoiced"))


class YearFigures(NamedTuple):
    """The figures of one year, of a contract or (None) of the supplier as a whole."""

    year: int
    contract_id: str | None
    agreed: YearAmount | None
    invoiced: YearAmount | None

    @property
    def id(self) -> str:
        """What names them in a list."""
        return _key(self.contract_id, self.year)


def list_figures(amounts: Iterable[YearAmount]) -> list[YearFigures]:
    """Return the figures of a supplier, those of one year and contract together."""
    found: dict[tuple[int, str], dict[AmountKind, YearAmount]] = {}
    for amount in amounts:
        found.setdefault((amount.year, amount.contract_id or ""), {})[amount.kind] = amount
    return [
        YearFigures(year, contract_id or None, kinds.get(AmountKind.AGREED), kinds.get(AmountKind.INVOICED))
        for (year, contract_id), kinds in found.items()
    ]


@dataclass(frozen=True, kw_only=True)
class _FiguresNoun(Noun):
    """Two records behind one form: an amount that is emptied ends, one that is filled begins."""

    def values_of(self, old: Any) -> dict[str, Any]:
        values: dict[str, Any] = {"year": old.year, "contract_id": old.contract_id}
        for _kind, name in _KINDS:
            amount: YearAmount | None = getattr(old, name)
            values[name] = amount.cents if amount else None
            values[f"{name}_source"] = amount.source if amount else ""
            values[f"{name}_as_of"] = amount.as_of if amount else None
        return values

    def beginning(self, today: date) -> dict[str, Any]:
        return {"year": today.year}

    def missing(self, values: Mapping[str, Any]) -> dict[str, str]:
        found = {}
        if not isinstance(values.get("year"), int):
            found["year"] = "Vul het jaar in, bijvoorbeeld 2026."
        if values.get("agreed") is None and values.get("invoiced") is None:
            found["agreed"] = "Vul minstens één bedrag in."
        return found

    def warnings(self, register: Register, old: Any, values: Mapping[str, Any], *, owner: str) -> dict[str, str]:
        if self.missing(values):
            return {}
        year = YearAmount(id="", supplier_id=owner, year=values["year"], kind=AmountKind.AGREED, cents=0)
        return record.warnings(register, year)

    def save(
        self, register: Register, old: Any, values: Mapping[str, Any], *, edited: Collection[str], owner: str
    ) -> str:
        added: list[YearAmount] = []
        changed: list[YearAmount] = []
        ended: list[YearAmount] = []
        for kind, name in _KINDS:
            known: YearAmount | None = getattr(old, name) if old else None
            if values[name] is None:
                ended += [known] if known else []
            elif known:
                changed.append(self._changed(register, register.amounts.get(known.id), name, values, edited))
            else:
                blank = YearAmount(
                    id=register.new_id(), supplier_id=owner, year=values["year"], kind=kind, cents=values[name]
                )
                added.append(self._changed(register, blank, name, values, {*edited, name}))
        label = f"Bedragen {values['year']} opgeslagen bij {register.suppliers.get(owner).name}"
        record.put(register, added=added, changed=changed, ended=ended, label=label)
        return _key(values["contract_id"], values["year"])

    def _changed(
        self, register: Register, amount: YearAmount, name: str, values: Mapping[str, Any], edited: Collection[str]
    ) -> YearAmount:
        """A figure that was typed comes from who typed it, today, unless something else was typed."""
        source, as_of = f"{name}_source", f"{name}_as_of"
        typed: dict[str, Any] = {key: values[key] for key in ("year", "contract_id") if key in edited}
        if name in edited:
            typed |= {"cents": values[name], "source": register.by, "as_of": register.clock.today()}
        if source in edited:
            typed["source"] = values[source]
        if as_of in edited:
            typed["as_of"] = values[as_of]
        return replace(amount, **typed)

    def end(self, register: Register, old: Any, *, owner: str) -> None:
        label = f"Bedragen {old.year} verwijderd bij {register.suppliers.get(owner).name}"
        record.put(register, ended=[found for found in (old.agreed, old.invoiced) if found], label=label)


def _key(contract_id: str | None, year: int) -> str:
    return f"{year}:{contract_id or ''}"


FIGURES = _FiguresNoun(
    kind=YearFigures,
    title="Bedragen van een jaar",
    shelf="amounts",
    fields=(
        Field("year", "Jaar", Kind.NUMBER),
        Field("contract_id", "Contract", Kind.CHOICE, ((None, "geen: de leverancier als geheel"),)),
        Field("agreed", "Afgesproken excl. btw", Kind.MONEY),
        Field("invoiced", "Gefactureerd excl. btw", Kind.MONEY),
        Field("agreed_source", "Bron van afgesproken", hint="leeg: uzelf"),
        Field("invoiced_source", "Bron van gefactureerd", hint="leeg: uzelf"),
        Field("agreed_as_of", "Afgesproken, stand van", Kind.DATE),
        Field("invoiced_as_of", "Gefactureerd, stand van", Kind.DATE),
    ),
)
