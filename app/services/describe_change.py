"""What changed, field by field, in words: for the history of a supplier and for the check of an import."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from app.base.clock import AMSTERDAM
from app.base.formatting import euro, long_date, number
from app.domain.certificate import CertificateStatus, Level
from app.domain.contract import AmountKind
from app.domain.journal import Aside, Change
from app.domain.letter import LetterKind, LetterSettings, ReplyKind
from app.domain.policy import PolicySettings
from app.domain.supplier import Language
from app.services.column_labels import COLUMN_LABELS, TABLE_LABELS

_NOTHING: Mapping[str, str] = MappingProxyType({})
# What a new record says of itself before anybody fills anything in.
_UNSAID = (None, "", "[]")
_DEFAULTS = frozenset(
    {
        ("supplier", "kind", "firm"),
        ("contact", "salutation", "geen"),
        ("contract", "pso_basis", "beleid"),
        ("certificate", "status", CertificateStatus.VALID.value),
    }
)
_WORDS = {
    ("supplier", "kind"): {"firm": "bedrijf", "combination": "combinatie", "sole_trader": "zzp"},
    ("year_amount", "kind"): {kind.value: kind.label for kind in AmountKind},
    ("certificate", "status"): {status.value: status.label for status in CertificateStatus},
    ("supplier", "language"): {language.value: language.label for language in Language},
    ("letter", "kind"): {kind.value: kind.label for kind in LetterKind},
    ("letter_template", "kind"): {kind.value: kind.label for kind in LetterKind},
    ("letter_template", "language"): {language.value: language.label for language in Language},
    ("letter_reply", "kind"): {kind.value: kind.label for kind in ReplyKind},
    ("set_aside", "how"): {Aside.SEEN.value: "gezien", Aside.LATER.value: "later"},
    **{(table, "level"): {level.value: level.label for level in Level} for table in ("certificate", "rule")},
}
# What was set aside, by what stands before the key in its cause.
_CAUSES = {
    "letter": "reactie op een brief",
    "letter.came_back": "brief die terugkwam",
    "letter.answered": "antwoord op een brief",
    "promise": "toezegging",
    "follow_up": "taak",
    "certificate": "certificaat dat afloopt",
    "certificate.expired": "verlopen certificaat",
    "certificate.unverified": "controle van het certificaat",
}
_FLAGS = frozenset({"key_partners_only"})
_DAYS = frozenset({"valid_from", "valid_to", "reply_by", "certified_by", "as_of"})
_LISTS = frozenset({"trade_names", "former_names", "former_kvk", "phones"})
# What the subject of such a record says already, and what is only for the program.
_UNTOLD = frozenset({("year_amount", "year"), ("year_amount", "kind"), ("import_batch", "digest")})
_SETTINGS = {
    f"{cls.section}.{item.name}": str(item.metadata["description"])
    for cls in (PolicySettings, LetterSettings)
    for item in fields(cls)
}
# The one thing that such a record is about.
_SELF_EVIDENT = frozenset({("year_amount", "cents"), ("certificate_entity", "kvk"), ("setting", "value")})
# Long texts and keys that a reader has no use for.
_TECHNICAL = frozenset({"facts", "sha256", "columns", "choices", "digest", "about", "source of letter_template"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, in Dutch; "" where nothing stood or nothing stands."""

    label: str
    old: str
    new: str


def describe_change(change: Change, *, subjects: Mapping[str, str] = _NOTHING) -> tuple[FieldChange, ...]:
    """Return a line of the history in words: one field, or every filled field of a record that came or went.

    `subjects` says what a record is, by its id ("Opdrachten 2026 afgesproken"); without it the log's one field does
    not tell of which year an amount is.
    """
    subject = subjects.get(change.record_id, "") or _SETTINGS.get(change.record_id, "")
    if change.field is not None:
        return describe_fields(
            change.table, old={change.field: change.old}, new={change.field: change.new}, subject=subject
        )
    old, new = (None if text is None else json.loads(str(text)) for text in (change.old, change.new))
    return describe_fields(change.table, old=old, new=new, subject=subject)


def describe_fields(
    table: str, *, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, subject: str = ""
) -> tuple[FieldChange, ...]:
    """Return what differs between two states of one record, as stored: column → value.

    None means that the record is not there; then its filled fields are told and its keys are not. `subject` says what
    the record is; without it the record itself tells as well as it can.
    """
    known = old or new or {}
    is_whole = old is None or new is None
    subject = subject or subject_of(table, known)
    found = []
    for column in known:
        before, after = (old or {}).get(column), (new or {}).get(column)
        if column == "id" or before == after or (is_whole and _says_nothing(table, column, known[column])):
            continue
        old_text = "" if old is None else shown(table, column, before)
        new_text = "" if new is None else shown(table, column, after)
        found.append(FieldChange(_label(table, column, subject), old_text, new_text))
    return tuple(found)


def subject_of(table: str, record: Mapping[str, Any]) -> str:
    """Return what a record is, as well as its own fields tell: `Contract RC-14`."""
    title = TABLE_LABELS[table]
    if table == "year_amount" and {"year", "kind"} <= record.keys():
        return f"{title} {record['year']} {shown(table, 'kind', record['kind'])}"
    if table == "contact":
        parts = [record.get(part) for part in ("initials", "infix", "surname")]
        return " ".join([title, record.get("literal_name") or " ".join(str(part) for part in parts if part)]).strip()
    if table in {"certificate", "rule"} and "level" in record:
        return f"{title} {shown(table, 'level', record['level'])}"
    if table == "contract":
        return f"{title} {record.get('number') or record.get('title') or ''}".strip()
    return f"{title} {record['kenmerk']}" if "kenmerk" in record else title


def shown(table: str, column: str, value: Any) -> str:
    """Return a stored value in Dutch: money, dates, times, levels, answers; "" for nothing."""
    if value is None or value == "":
        return ""
    if (table, column) in _WORDS:
        return _WORDS[table, column].get(value, str(value))
    if column.endswith("_id"):
        return "ja"
    if column == "cause":
        about, _, key = value.partition(":")
        return _CAUSES.get(about, f"bedrag van {key}")
    if column in _TECHNICAL or f"{column} of {table}" in _TECHNICAL:
        return "vastgelegd"
    if column in _LISTS:
        return ", ".join(json.loads(value))
    if table == "setting":
        answer = json.loads(value)
        return ("ja" if answer else "nee") if isinstance(answer, bool) else str(answer)
    return _shown_by_type(column, value)


def _shown_by_type(column: str, value: Any) -> str:
    if column == "cents" or column.endswith("_cents"):
        return euro(value, with_cents=bool(value % 100))
    if column.startswith("is_") or column in _FLAGS:
        return "ja" if value else "nee"
    if column.endswith("_on") or column in _DAYS:
        return long_date(date.fromisoformat(value))
    if column.endswith("_at"):
        moment = datetime.fromisoformat(value).astimezone(AMSTERDAM)
        return f"{long_date(moment.date())} {moment:%H:%M}"
    return number(value) if column == "row_count" else str(value)


def _says_nothing(table: str, column: str, value: Any) -> bool:
    is_flag = column.startswith("is_") or column in _FLAGS
    is_default = value in _UNSAID or (table, column, value) in _DEFAULTS or (is_flag and not value)
    return is_default or column.endswith("_id") or (table, column) in _UNTOLD


def _label(table: str, column: str, subject: str) -> str:
    label = COLUMN_LABELS[table][column]
    if table == "supplier":
        return label
    return subject if (table, column) in _SELF_EVIDENT else f"{subject} · {label}"
