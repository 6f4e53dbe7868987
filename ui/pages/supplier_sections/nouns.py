"""The fields of everything that is recorded under a supplier, each declared once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.certificate import Certificate, CertificateStatus, Level, Verification
from app.domain.contract import Contract, PsoBasis
from app.domain.journal import CallNote, FollowUp, Promise
from app.domain.policy import EXEMPTION_REASONS, Exemption, Postponement
from app.domain.supplier import Contact, Salutation
from app.services import Register
from ui.pages.supplier_sections.noun import Noun
from ui.widgets.record_form import Field, Kind

_OTHER = EXEMPTION_REASONS[-1]
_NEEDS_DAYS = {
    "approver": "Vul in wie dit heeft goedgekeurd.",
    "from_on": "Vul de eerste dag in.",
    "to_on": "Vul de laatste dag in.",
}

CONTACT = Noun(
    kind=Contact,
    title="Contactpersoon",
    shelf="contacts",
    fields=(
        Field("salutation", "Aanhef", Kind.CHOICE,
              ((Salutation.NEUTRAL, "onbekend"), (Salutation.MR, "de heer"), (Salutation.MRS, "mevrouw"))),
        Field("role", "Functie"),
        Field("initials", "Voorletters"),
        Field("first_name", "Voornaam"),
        Field("infix", "Tussenvoegsel"),
        Field("surname", "Achternaam"),
        Field("phone", "Telefoon"),
        Field("email", "E-mail"),
        Field("literal_name", "Naam die nooit verandert", hint="bijv. een Belgische naam, precies zo geschreven",
              is_wide=True),
        Field("is_primary", "Eerste contact: krijgt de brief", Kind.FLAG, is_wide=True),
    ),
)  # fmt: skip

CONTRACT = Noun(
    kind=Contract,
    title="Contract",
    shelf="contracts",
    fields=(
        Field("number", "Nummer"),
        Field("title", "Omschrijving"),
        Field("starts_on", "Loopt van", Kind.DATE),
        Field("ends_on", "T/m", Kind.DATE, hint="leeg: loopt door"),
        Field("pso_basis", "PSO", Kind.CHOICE,
              ((PsoBasis.POLICY, "volgens het beleid"), (PsoBasis.CONTRACT, "eis in het contract"))),
        Field("total_cents", "Totaal excl. btw", Kind.MONEY),
        Field("note", "Notitie", Kind.LONG, is_wide=True),
    ),
)  # fmt: skip

CERTIFICATE = Noun(
    kind=Certificate,
    title="Certificaat",
    shelf="certificates",
    concerns_all=True,
    hint="Alleen gehoord? Laat de datums leeg: ‘gemeld, bewijs gevraagd’. Het telt dan nog niet mee.",
    fields=(
        Field("level", "Trede", Kind.CHOICE, ((None, "kies de trede"), *((level, level.label) for level in Level))),
        Field("is_plus30", "Ook PSO 30+", Kind.FLAG),
        Field("number", "Certificaatnummer"),
        Field("issuer", "Afgegeven door"),
        Field("valid_from", "Geldig van", Kind.DATE),
        Field("valid_to", "Geldig t/m", Kind.DATE),
        Field("status", "Stand", Kind.CHOICE, tuple((status, status.label) for status in CertificateStatus)),
        Field("status_on", "Stand sinds", Kind.DATE),
        Field("covered_kvk", "KvK-nummers op het certificaat", Kind.LINES, hint="met komma’s; leeg: alleen deze",
              is_wide=True),
        Field("note", "Notitie", Kind.LONG, is_wide=True),
    ),
    needed={"level": "Kies de trede."},
)  # fmt: skip

VERIFICATION = Noun(
    kind=Verification,
    title="Controle",
    shelf="verifications",
    owner="certificate_id",
    by="checked_by",
    today="checked_on",
    concerns_all=True,
    fields=(
        Field("checked_on", "Gecontroleerd op", Kind.DATE),
        Field("checked_by", "Door", hint="leeg: uzelf"),
        Field("method", "Hoe", hint="bijv. overzicht op PSO-NL", is_wide=True),
        Field("note", "Notitie", is_wide=True),
    ),
    needed={"checked_on": "Vul de dag van de controle in.", "method": "Vul in hoe het is gecontroleerd."},
)


@dataclass(frozen=True, kw_only=True)
class _ExemptionNoun(Noun):
    """The reason is one of a list, or stands in own words."""

    def values_of(self, old: Any) -> dict[str, Any]:
        is_listed = old.reason in EXEMPTION_REASONS
        known = {key: getattr(old, key) for key in self.keys if key != "own_words"}
        return known | {
            "reason": old.reason if is_listed else _OTHER,
            "own_words": "" if is_listed else old.reason,
        }

    def record_of(self, register: Register, old: Any, values: Mapping[str, Any], *, owner: str) -> Any:
        filled = dict(values)
        if {"reason", "own_words"} & filled.keys():
            before = self.values_of(old) if old else {"reason": _OTHER, "own_words": ""}
            listed, words = (filled.pop(key, before[key]) for key in ("reason", "own_words"))
            filled["reason"] = words if words and listed == _OTHER else listed
        return super().record_of(register, old, filled, owner=owner)


EXEMPTION = _ExemptionNoun(
    kind=Exemption,
    title="Vrijstelling",
    shelf="exemptions",
    hint="Er wordt niets gevraagd van deze leverancier, t/m de laatste dag.",
    fields=(
        Field("reason", "Reden", Kind.CHOICE, tuple((reason, reason) for reason in EXEMPTION_REASONS), is_wide=True),
        Field("own_words", "In eigen woorden", hint="alleen bij ‘anders’", is_wide=True),
        Field("from_on", "Vanaf", Kind.DATE),
        Field("to_on", "T/m", Kind.DATE),
        Field("approver", "Goedgekeurd door", is_wide=True),
        Field("note", "Notitie", Kind.LONG, is_wide=True),
    ),
    needed=_NEEDS_DAYS,
    today="from_on",
)

POSTPONEMENT = Noun(
    kind=Postponement,
    title="Uitstel",
    shelf="postponements",
    hint="De leverancier krijgt meer tijd. Wat niet klopt, blijft zichtbaar.",
    fields=(
        Field("reason", "Reden", is_wide=True),
        Field("from_on", "Vanaf", Kind.DATE),
        Field("to_on", "T/m", Kind.DATE),
        Field("approver", "Goedgekeurd door", is_wide=True),
        Field("note", "Notitie", Kind.LONG, is_wide=True),
    ),
    needed={"reason": "Vul de reden in."} | _NEEDS_DAYS,
    today="from_on",
)

PROMISE = Noun(
    kind=Promise,
    title="Toezegging",
    shelf="promises",
    by="by",
    moment="settled_at",
    hint="Wat de leverancier heeft beloofd. Tot die dag komt er geen herinnering.",
    fields=(
        Field("what", "Wat is toegezegd", is_wide=True),
        Field("due_on", "Uiterlijk op", Kind.DATE),
        Field("settled_at", "Afgehandeld", Kind.FLAG),
    ),
    needed={"what": "Vul in wat is toegezegd.", "due_on": "Vul de dag in."},
)

FOLLOW_UP = Noun(
    kind=FollowUp,
    title="Taak",
    shelf="follow_ups",
    by="by",
    moment="done_at",
    hint="Wat u zelf nog moet doen voor deze leverancier.",
    fields=(
        Field("what", "Wat is te doen", is_wide=True),
        Field("due_on", "Uiterlijk op", Kind.DATE),
        Field("done_at", "Klaar", Kind.FLAG),
    ),
    needed={"what": "Vul in wat er te doen is.", "due_on": "Vul de dag in."},
)


@dataclass(frozen=True, kw_only=True)
class _NoteNoun(Noun):
    """A call ends when its note is saved; `started_at` is given beside what is typed."""

    def record_of(self, register: Register, old: Any, values: Mapping[str, Any], *, owner: str) -> Any:
        ends = {} if old else {"ended_at": register.clock.now()}
        return super().record_of(register, old, {**values, **ends}, owner=owner)


CALL_NOTE = _NoteNoun(
    kind=CallNote,
    title="Gesprek",
    shelf="call_notes",
    by="by",
    fields=(
        Field("text", "Notitie", Kind.LONG, is_wide=True),
        Field("caller", "Met wie", is_wide=True),
    ),
    needed={"text": "Schrijf eerst iets op."},
)
