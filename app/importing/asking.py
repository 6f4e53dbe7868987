"""What a file leaves open: asked in Dutch, answered by choosing, and remembered for files of the same layout."""

from dataclasses import dataclass
from enum import StrEnum


class Asked(StrEnum):
    """What is asked about: a column's decimal sign or order of dates, the unit of the amounts and the VAT in them,
    replace or add, or whose certificates a list holds.
    """

    DECIMAL = "decimal"
    ORDER = "order"
    SCALE = "scale"
    VAT = "vat"
    REPEAT = "repeat"
    WHOSE = "whose"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its value for scripts, and what it means in this file."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that the user may decide. `answer` is what was followed; `column` its heading, "" for the whole file.

    `is_open`: nothing in the file tells and nobody answered, so `answer` is only a proposal.
    """

    asked: Asked
    text: str
    options: tuple[Option, ...]
    answer: str
    is_open: bool
    column: str = ""

    @property
    def key(self) -> str:
        """What `Choices.answers` knows it by."""
        return f"{self.asked}:{self.column}"
