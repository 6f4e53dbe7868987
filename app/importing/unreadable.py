"""Why a workbook is not read: the words that the reading process and the program share."""

from enum import StrEnum


class Reason(StrEnum):
    """What is wrong with a file; `workbooks` says it in Dutch."""

    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LARGE = "too large"
    NO_WORKBOOK = "no workbook"
    AN_ARCHIVE = "an archive"
    ENTITIES = "entities"
    SLOW = "slow"
    LOST = "lost"
    NOT_STARTED = "not started"


class Unreadable(Exception):  # noqa: N818 - it is a finding about the file
    """A file that is not to be read."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason
