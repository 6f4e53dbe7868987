"""The change log in words that a reader knows: no name of a column, no key, no code."""

import json

import pytest

from app.domain.journal import Change
from app.services import Register
from app.services.column_labels import COLUMN_LABELS, TABLE_LABELS
from app.services.describe_change import describe_change, describe_fields
from app.storage import changes


def change(table: str, field: str | None, old: str | int | None, new: str | int | None, key: str = "k") -> Change:
    return Change(seq=1, operation_id=1, table=table, record_id=key, field=field, old=old, new=new)


def told(found: Change, **named: dict[str, str]) -> list[tuple[str, str, str]]:
    lines = describe_change(found, **named)
    return [(line.label, line.old.replace("\xa0", " "), line.new.replace("\xa0", " ")) for line in lines]


def test_every_column_that_is_logged_has_a_dutch_name(register: Register) -> None:
    logged = changes.logged_tables(register._db)
    assert TABLE_LABELS.keys() == COLUMN_LABELS.keys() == logged.keys()
    for table, columns in logged.items():
        assert COLUMN_LABELS[table].keys() == set(columns) - {"id"}, table


def test_everything_in_a_register_can_be_told(register: Register) -> None:
    rows = register._db.execute("SELECT table_name, record_id, field, old, new FROM change").fetchall()
    found = [told(change(table, field, old, new, key)) for table, key, field, old, new in rows]
    assert all(found)
    assert ("Termijn om te antwoorden, in dagen", "", "14") in [item for items in found for item in items]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (change("supplier", "kvk", "", "01234567"), ("KvK-nummer", "", "01234567")),
        (change("supplier", "phones", "[]", '["077-1", "077-2"]'), ("Andere telefoonnummers", "", "077-1, 077-2")),
        (change("supplier", "is_key_partner", 0, 1), ("Ketenpartner", "nee", "ja")),
        (change("supplier", "kind", "firm", "sole_trader"), ("Soort", "bedrijf", "zzp")),
        (
            change("supplier", "archived_at", None, "2026-11-23T08:05:00Z"),
            ("Beëindigd", "", "23 november 2026 09:05"),
        ),
        (change("year_amount", "cents", 38_800_000, 41_250_050), ("Opdrachten", "€ 388.000", "€ 412.500,50")),
        (change("certificate", "valid_to", "2027-03-12", None), ("Certificaat · Geldig t/m", "12 maart 2027", "")),
        (change("certificate", "status", "VALID", "WITHDRAWN"), ("Certificaat · Status", "geldig", "ingetrokken")),
        (change("certificate", "supplier_id", None, "abc"), ("Certificaat · Hoort bij een leverancier", "", "ja")),
        (change("letter", "posted_at", None, "2026-11-03T10:00:00Z"), ("Brief · Gepost", "", "3 november 2026 11:00")),
        (
            change("setting", "value", "true", "false", "policy.unverified_counts"),
            ("Een certificaat dat nog niet is gecontroleerd telt mee", "ja", "nee"),
        ),
        (change("setting", "value", '"a"', '"b"', "elders.iets"), ("Instelling", "a", "b")),
    ],
)
def test_a_field_is_told_old_and_new(given: Change, expected: tuple[str, str, str]) -> None:
    assert told(given) == [expected]


def test_the_subject_says_of_which_record_it_is() -> None:
    subjects = {"a": "Opdrachten 2026 afgesproken", "c": "Contract RC-14"}
    assert told(change("year_amount", "cents", 100, 200, "a"), subjects=subjects) == [
        ("Opdrachten 2026 afgesproken", "€ 1", "€ 2")
    ]
    assert told(change("contract", "ends_on", "2026-12-31", "2027-12-31", "c"), subjects=subjects) == [
        ("Contract RC-14 · T/m", "31 december 2026", "31 december 2027")
    ]


def test_a_record_that_came_or_went_tells_what_was_filled_in() -> None:
    record = {"id": "k", "supplier_id": "s", "contract_id": None, "year": 2026, "kind": "invoiced", "cents": 500,
              "source": "a.csv", "as_of": "2026-09-30", "archived_at": None}  # fmt: skip
    lines = [
        ("Opdrachten 2026 gefactureerd", "€ 5"),
        ("Opdrachten 2026 gefactureerd · Bron", "a.csv"),
        ("Opdrachten 2026 gefactureerd · Stand van", "30 september 2026"),
    ]
    text = json.dumps(record)
    assert told(change("year_amount", None, None, text)) == [(label, "", value) for label, value in lines]
    assert told(change("year_amount", None, text, None)) == [(label, value, "") for label, value in lines]


def test_what_did_not_change_is_not_told() -> None:
    assert describe_fields("supplier", old={"name": "A", "kvk": "1"}, new={"name": "A", "kvk": "1"}) == ()
