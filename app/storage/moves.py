"""Letting what belongs to one supplier belong to another: what is recorded of it moves, its letters never do."""

from app.storage.changes import references
from app.storage.driver import Database

# A letter is kept as it was made. What names two suppliers takes more than another key.
_APART = frozenset({"letter", "member", "not_the_same"})

_MEMBER_TWICE = """
UPDATE member SET archived_at = :at WHERE archived_at IS NULL AND (
  member_id = :gone AND (combination_id = :kept
    OR combination_id IN (SELECT combination_id FROM member WHERE member_id = :kept AND archived_at IS NULL))
  OR combination_id = :gone AND (member_id = :kept
    OR member_id IN (SELECT member_id FROM member WHERE combination_id = :kept AND archived_at IS NULL)))
"""
_LEAD_STAYS = """
UPDATE member SET is_lead = 1 WHERE archived_at IS NULL AND is_lead = 0 AND EXISTS (
  SELECT 1 FROM member m WHERE m.archived_at IS NULL AND m.is_lead AND (
    m.member_id = :gone AND member.member_id = :kept AND m.combination_id = member.combination_id
    OR m.combination_id = :gone AND member.combination_id = :kept AND m.member_id = member.member_id))
"""
_MEMBER_OF = "UPDATE member SET member_id = :kept WHERE member_id = :gone AND archived_at IS NULL"
_COMBINATION_OF = "UPDATE member SET combination_id = :kept WHERE combination_id = :gone AND archived_at IS NULL"

_OTHER = "CASE {0}.supplier_id WHEN {1} THEN {0}.other_id ELSE {0}.supplier_id END"
_KNOWN_TWICE = f"""
UPDATE not_the_same SET archived_at = :at WHERE archived_at IS NULL AND :gone IN (supplier_id, other_id) AND (
  :kept IN (supplier_id, other_id) OR {_OTHER.format("not_the_same", ":gone")} IN (
    SELECT {_OTHER.format("n", ":kept")} FROM not_the_same n
    WHERE n.archived_at IS NULL AND :kept IN (n.supplier_id, n.other_id)))
"""
_KNOWN_APART = f"""
UPDATE not_the_same SET supplier_id = min(:kept, {_OTHER.format("not_the_same", ":gone")}),
  other_id = max(:kept, {_OTHER.format("not_the_same", ":gone")})
WHERE archived_at IS NULL AND :gone IN (supplier_id, other_id)
"""


def move_all(db: Database, gone: str, *, kept: str, at: str) -> None:
    """Give everything of the supplier `gone` to the supplier `kept`, what has ended too, inside a running operation.

    Suppliers that were merged into `gone` lead to `kept` from now on. What would then be there twice, or be about
    itself, ends at the time `at`: a membership of the same combination, a word that the two are not the same. The
    caller sees to it that no two figures are for the same.
    """
    values = {"gone": gone, "kept": kept, "at": at}
    for statement in (_LEAD_STAYS, _MEMBER_TWICE, _MEMBER_OF, _COMBINATION_OF, _KNOWN_TWICE, _KNOWN_APART):
        db.execute(statement, values)
    # Contracts go first: they bring their amounts.
    for table, column in sorted(references(db)["supplier"], key=lambda found: found[0] != "contract"):
        if table not in _APART:
            db.execute(f"UPDATE {table} SET {column} = :kept WHERE {column} = :gone", values)
