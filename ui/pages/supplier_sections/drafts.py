"""What was typed and is not saved: by owner, record and the form it was typed in."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

# What a new record is called before it has a key.
NEW = ""


class DraftKey(NamedTuple):
    """Where something was typed: whose, in which record (`NEW` for one to be made), in which form."""

    owner: str
    record: str
    form: str


class Drafts:
    """Edits that wait; those on their way to the register are no drafts any more, unless that fails."""

    def __init__(self) -> None:
        """Begin without any."""
        self._edits: dict[DraftKey, dict[str, Any]] = {}
        self._saving: set[DraftKey] = set()

    def edits(self, key: DraftKey) -> Mapping[str, Any]:
        """Return what was typed there, field by field."""
        return self._edits.get(key, {})

    def keep(self, key: DraftKey, edits: Mapping[str, Any]) -> None:
        """Keep what was typed there, in the place of what was kept before; nothing typed leaves no draft."""
        self._edits.pop(key, None)
        if edits:
            self._edits[key] = dict(edits)

    def unsaved(self, shown: DraftKey, *, is_edited: bool) -> set[DraftKey]:
        """Return what is not saved; of the form that is shown, `is_edited` tells it."""
        found = self._edits.keys() - {shown} | ({shown} if is_edited else set())
        return found - self._saving

    def is_saving(self, key: DraftKey) -> bool:
        """Whether it is on its way to the register."""
        return key in self._saving

    def begin_saving(self, key: DraftKey) -> None:
        """Note that it is on its way."""
        self._saving.add(key)

    def end_saving(self, key: DraftKey) -> None:
        """Note that it arrived, or did not."""
        self._saving.discard(key)

    def drop_gone(self, owner: str, records: Collection[str]) -> bool:
        """Drop the drafts of an owner's records that are no more; whether there were any."""
        gone = [
            key
            for key in self._edits.keys() - self._saving
            if key.owner == owner and key.record not in records and key.record != NEW
        ]
        for key in gone:
            del self._edits[key]
        return bool(gone)

    def clear(self) -> None:
        """Drop all."""
        self._edits.clear()


def without(edits: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed since `sent` went off."""
    return {name: typed for name, typed in edits.items() if sent.get(name) != typed}
