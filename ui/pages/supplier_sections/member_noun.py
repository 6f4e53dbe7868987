"""A member of a combination: named by typing what look-up finds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from app.base.errors import AppError
from app.base.formatting import join_words
from app.domain.identifiers import clean_kvk
from app.domain.names import fold
from app.domain.rows import LookUpMatch
from app.domain.supplier import Member
from app.services import Register, record
from app.services.look_up import find_matches
from ui.pages.supplier_sections.noun import Noun
from ui.widgets.record_form import Field, Kind

_SHOWN = 4


class MemberRow(NamedTuple):
    """A member with the firm's name and number."""

    id: str
    member: Member
    name: str
    kvk: str


def list_members(register: Register, members: tuple[Member, ...]) -> list[MemberRow]:
    """Return the members by name, the lead firm first."""
    firms = [(member, register.suppliers.get(member.member_id)) for member in members]
    rows = [MemberRow(member.id, member, firm.name, firm.kvk) for member, firm in firms]
    return sorted(rows, key=lambda row: (not row.member.is_lead, fold(row.name)))


@dataclass(frozen=True, kw_only=True)
class _MemberNoun(Noun):
    """What was typed is looked up as a caller would be, and must lead to one firm."""

    def values_of(self, old: Any) -> dict[str, Any]:
        return {"who": old.name, "is_lead": old.member.is_lead}

    def warnings(self, register: Register, old: Any, values: Mapping[str, Any], *, owner: str) -> dict[str, str]:
        typed = values.get("who", "")
        if not typed or (old and typed == old.name):
            return {}
        hits = _find(register, typed)
        if len(hits) == 1:
            return {"who": f"Dit wordt {_named(hits[0])}."}
        if not hits:
            return {"who": "Deze leverancier staat niet in het register."}
        return {"who": f"Meer leveranciers passen: {join_words([_named(hit) for hit in hits], 'of')}. Typ verder."}

    def save(
        self, register: Register, old: Any, values: Mapping[str, Any], *, edited: Collection[str], owner: str
    ) -> str:
        if old and "who" not in edited:
            made = replace(register.members.get(old.id), is_lead=values["is_lead"])
            record.save(register, made)
            return str(made.id)
        hits = _find(register, values["who"])
        if len(hits) != 1:
            what = "Dit past bij meer leveranciers." if hits else "Deze leverancier staat niet in het register."
            raise AppError(f"{what} Er is niets opgeslagen.", "Typ de hele naam of het KvK-nummer.")
        found, is_lead = hits[0].supplier_id, values["is_lead"]
        if old:
            made = replace(register.members.get(old.id), member_id=found, is_lead=is_lead)
            record.save(register, made)
        else:
            made = Member(id=register.new_id(), combination_id=owner, member_id=found, is_lead=is_lead)
            record.add(register, made)
        return str(made.id)

    def end(self, register: Register, old: Any, *, owner: str) -> None:
        record.end(register, old.member)


def _find(register: Register, typed: str) -> list[LookUpMatch]:
    """Return the firms that are meant: those that are written exactly so, else all that fit and have not ended."""
    hits = [match for match in find_matches(register, typed, limit=_SHOWN).shown if not match.is_ended]
    exact = [hit for hit in hits if fold(hit.name) == fold(typed) or (hit.kvk and hit.kvk == clean_kvk(typed))]
    return exact or hits


def _named(hit: LookUpMatch) -> str:
    beside = f"KvK {hit.kvk}" if hit.kvk else hit.city
    return f"{hit.name} ({beside})" if beside else hit.name


MEMBER = _MemberNoun(
    kind=MemberRow,
    title="Lid",
    shelf="members",
    owner="combination_id",
    concerns_all=True,
    fields=(
        Field("who", "Leverancier", hint="naam of KvK-nummer", is_wide=True),
        Field("is_lead", "Penvoerder: tekent voor de combinatie", Kind.FLAG, is_wide=True),
    ),
    needed={"who": "Typ de naam of het KvK-nummer van het lid."},
)
