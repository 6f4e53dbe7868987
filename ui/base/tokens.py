"""Every colour of the program, light and dark: the only place where one is written down.

Source of the light ones: the house style (ux, "Design tokens"). A test holds every pair of text and ground to WCAG AA.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Pair(NamedTuple):
    """A text colour and its ground."""

    fore: str
    back: str


class Tokens(NamedTuple):
    """Every colour of the program, as #RRGGBB.

    `statuses` by the value of a `Status`, which as text is its own key: the nouns are not loaded before the first
    paint.
    """

    is_dark: bool
    surface: str
    page: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    hover: str
    selected: str
    marked: str
    rail: str
    rail_text: str
    rail_muted: str
    rail_line: str
    rail_active: str
    note: Pair
    warning: Pair
    error: Pair
    good: Pair
    statuses: Mapping[str, Pair]

    def chips(self) -> dict[str, Pair]:
        """Return the colours of everything that a chip can say, by its value."""
        return {**self.statuses, **{name: self.statuses[status] for name, status in _LENT.items()}}


LIGHT = Tokens(
    is_dark=False,
    surface="#FFFFFF",
    page="#F5F7F6",
    line="#DDE4E2",
    text="#1D2A2E",
    muted="#5E6C70",
    accent="#0F7F78",
    on_accent="#FFFFFF",
    hover="#EEF3F2",
    selected="#E2F0EF",
    marked="#FFE69C",
    rail="#15323A",
    rail_text="#F4FAFA",
    rail_muted="#9DB2B6",
    rail_line="#28454D",
    rail_active="#0F7F78",
    note=Pair("#3A3320", "#FFF8E1"),
    warning=Pair("#805600", "#FFF1CC"),
    error=Pair("#A4211A", "#FCE5E3"),
    good=Pair("#17703F", "#E2F3E9"),
    statuses={
        "COMPLIANT": Pair("#17703F", "#E2F3E9"),
        "EXPIRING": Pair("#805600", "#FFF1CC"),
        "NON_COMPLIANT": Pair("#A4211A", "#FCE5E3"),
        "POSTPONED": Pair("#805600", "#FFF1CC"),
        "EXEMPT": Pair("#6A4AA3", "#F0E9FB"),
        "BELOW_THRESHOLD": Pair("#55646A", "#ECF0EF"),
        "UNKNOWN": Pair("#40509E", "#E6EAFB"),
    },
)

DARK = Tokens(
    is_dark=True,
    surface="#1B2629",
    page="#131B1E",
    line="#334246",
    text="#E6EDEC",
    muted="#A3B1B4",
    accent="#2FA79E",
    on_accent="#06201E",
    hover="#243236",
    selected="#1F3F3E",
    marked="#6B5510",
    rail="#0E2329",
    rail_text="#E4EEEF",
    rail_muted="#93A8AC",
    rail_line="#243E45",
    rail_active="#11756F",
    note=Pair("#F2E6C2", "#33301F"),
    warning=Pair("#F3C969", "#3D3212"),
    error=Pair("#FFA9A2", "#4A2321"),
    good=Pair("#86DBA9", "#17392A"),
    statuses={
        "COMPLIANT": Pair("#86DBA9", "#17392A"),
        "EXPIRING": Pair("#F3C969", "#3D3212"),
        "NON_COMPLIANT": Pair("#FFA9A2", "#4A2321"),
        "POSTPONED": Pair("#F3C969", "#3D3212"),
        "EXEMPT": Pair("#CDB6F5", "#35294D"),
        "BELOW_THRESHOLD": Pair("#B4C1C4", "#2B373A"),
        "UNKNOWN": Pair("#B5C1FA", "#2A3257"),
    },
)

# What is no status but means as much, in chips: the outcomes of an import, and kinds of work with the terms of those
# that expire.
_LENT = {
    "reply_overdue": "NON_COMPLIANT",
    "post": "EXPIRING",
    "promise_due": "POSTPONED",
    "task_due": "COMPLIANT",
    "expired": "NON_COMPLIANT",
    "amount_unknown": "UNKNOWN",
    "unverified": "UNKNOWN",
    "loose_call": "EXEMPT",
    "within_30": "EXPIRING",
    "within_60": "EXPIRING",
    "within_90": "EXPIRING",
    "within_180": "BELOW_THRESHOLD",
    "new": "COMPLIANT",
    "updated": "UNKNOWN",
    "unchanged": "BELOW_THRESHOLD",
    "maybe": "EXPIRING",
    "error": "NON_COMPLIANT",
    "skipped": "BELOW_THRESHOLD",
    "warned": "EXPIRING",
    "absent": "EXEMPT",
}
