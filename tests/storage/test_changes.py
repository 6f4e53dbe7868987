"""The change log sees everything, and everything can be taken back."""

import hashlib
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.base.errors import AppError, Cancelled
from app.base.progress import StopAfter
from app.domain.certificate import Certificate, Level, Verification
from app.domain.contract import AmountKind, Contract, YearAmount
from app.domain.letter import Letter, LetterKind, LetterRound, LetterTemplate
from app.domain.supplier import Supplier
from app.services import undo
from app.storage import changes
from app.storage.driver import IntegrityError
from app.storage.register import Register
from tests.storing import store
from tests.strategies import cases

MAASDAL = Supplier(id="s1", name="Bouwbedrijf Maasdal B.V.", kvk="01234567", phone="0475-38 12 40")


def dump(register: Register) -> dict[str, list[tuple[Any, ...]]]:
    """Return every record of every logged table."""
    return {
        table: sorted(register._db.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall(), key=repr)
        for table, columns in changes.logged_tables(register._db).items()
    }


def add(register: Register, supplier: Supplier = MAASDAL) -> Supplier:
    with register.operation("edit", f"{supplier.name} toegevoegd"):
        register.suppliers.add(supplier)
    return supplier


def test_an_undo_that_is_stopped_takes_back_nothing_and_the_history_names_a_redo(register: Register) -> None:
    with register.operation("import", "Import van veel.csv"):
        register.suppliers.add_all(Supplier(id=f"s{n}", name=f"Firma {n}") for n in range(500))
    before = dump(register)
    for steps in (0, 1, 2):
        with pytest.raises(Cancelled):
            undo.undo_last(register, progress=StopAfter(steps))
        assert dump(register) == before
    undo.undo_last(register)
    assert register.suppliers.list_ever() == ()
    undo.redo_last(register)
    assert dump(register)["supplier"] == before["supplier"]
    labels = [operation.label for operation in register.history.list_operations(limit=2)]
    assert labels == ["Opnieuw gedaan: Import van veel.csv", "Ongedaan gemaakt: Import van veel.csv"]


def test_every_column_of_every_table_is_logged_when_it_changes(register: Register) -> None:
    db = register._db
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("PRAGMA ignore_check_constraints = ON")
    for trigger in ("letter_is_fixed", "letter_stays"):
        db.execute(f"DROP TRIGGER {trigger}")
    for table, columns in changes.logged_tables(db).items():
        types = {row[1]: row[2] for row in db.execute(f"PRAGMA table_info([{table}])")}
        first = {name: "[]" if types[name] == "TEXT" else 1 for name in columns} | {"id": f"{table}-1"}
        with register.operation("test", "toevoegen") as number:
            db.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                       list(first.values()))  # fmt: skip
        assert _logged(register, number) == [(table, f"{table}-1", None)]
        for column in columns[1:]:
            value: Any = '["x"]' if types[column] == "TEXT" else 2
            with register.operation("test", "wijzigen") as number:
                db.execute(f"UPDATE {table} SET {column} = ?", [value])
            assert _logged(register, number) == [(table, f"{table}-1", column)], f"{table}.{column}"
        with register.operation("test", "weghalen") as number:
            db.execute(f"DELETE FROM {table}")
        assert _logged(register, number) == [(table, f"{table}-1", None)]
    assert changes.replay_differences(db) == []


def _logged(register: Register, number: int) -> list[Any]:
    return register._db.execute(
        "SELECT table_name, record_id, field FROM change WHERE operation = ?", [number]
    ).fetchall()


def test_a_write_outside_an_operation_is_refused(register: Register) -> None:
    with pytest.raises(IntegrityError):
        register.suppliers.add(MAASDAL)
    assert register.suppliers.list_all() == ()


def test_the_key_of_a_record_is_never_changed(register: Register) -> None:
    add(register)
    with pytest.raises(IntegrityError, match="never changed"), register.operation("edit", "sleutel"):
        register._db.execute("UPDATE supplier SET id = 'other'")


def test_an_operation_that_fails_leaves_nothing_behind(register: Register) -> None:
    before = dump(register)
    with pytest.raises(ZeroDivisionError), register.operation("edit", "half"):
        register.suppliers.add(MAASDAL)
        _ = 1 / 0
    assert dump(register) == before
    assert register.history.last() is None
    assert register.look_up.differences() == 0


def test_an_operation_that_changes_nothing_is_not_in_the_history(register: Register) -> None:
    add(register)
    last = register.history.last()
    with register.operation("edit", "niets"):
        register.suppliers.save(MAASDAL)
    assert register.history.last() == last


def test_only_the_fields_that_differ_are_logged(register: Register) -> None:
    add(register)
    with register.operation("edit", "telefoon"):
        register.suppliers.save(replace(MAASDAL, phone="0475-38 12 41"))
    _operation, logged = register.history.list_for_supplier("s1")[0]
    assert [(change.field, change.old, change.new) for change in logged] == [
        ("phone", "0475-38 12 40", "0475-38 12 41")
    ]


def test_undo_and_redo_go_back_and_forth_until_something_else_is_done(register: Register) -> None:
    states = [dump(register)]
    add(register)
    states.append(dump(register))
    with register.operation("edit", "telefoon"):
        register.suppliers.save(replace(MAASDAL, phone="06-12 34 56 78"))
    states.append(dump(register))

    assert undo.undo_last(register).label == "telefoon"
    assert dump(register) == states[1]
    undo.undo_last(register)
    assert dump(register) == states[0]
    undo.redo_last(register)
    assert dump(register) == states[1]
    undo.redo_last(register)
    assert dump(register) == states[2]
    undo.undo_last(register)
    add(register, Supplier(id="s2", name="Dakwerken Tienbunder"))
    with pytest.raises(AppError, match="niets om opnieuw"):
        undo.redo_last(register)


def test_undo_leaves_alone_what_later_work_built_on_and_says_so(register: Register) -> None:
    add(register)
    first = register.history.last()
    assert first
    with register.operation("edit", "bedrag"):
        register.amounts.add(YearAmount(id="a1", supplier_id="s1", year=2026, kind=AmountKind.AGREED, cents=1))
    kept = register.undo(first)
    assert [(item.table, item.record_id) for item in kept] == [("supplier", "s1")]
    assert register.suppliers.get("s1") == MAASDAL


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(cases(), min_size=1, max_size=4), data=st.data())
def test_undoing_everything_gives_the_register_of_before(register: Register, steps: list[Any], data: Any) -> None:
    before = dump(register)
    done = 0
    for place, case in enumerate(steps):
        tagged = _tagged(case.register, f"{next(_TAGS)}-")
        with register.operation("test", f"stap {place}"):
            store(register, tagged)
            done += 1
        for supplier in data.draw(st.lists(st.sampled_from(tagged.suppliers), max_size=3)):
            changed = replace(register.suppliers.get(supplier.id), phone="077-1", trade_names=("X",))
            last = register.history.last()
            with register.operation("test", "wijzig"):
                register.suppliers.save(changed)
            done += register.history.last() != last
    for _ in range(done):
        undo.undo_last(register)
    assert dump(register) == before
    assert changes.replay_differences(register._db) == []
    assert register.look_up.differences() == 0


_TAGS = count()


def _tagged(data: Any, tag: str) -> Any:
    """Give the rows of a random register other keys, so that several fit into one file."""

    def rename(record: Any) -> Any:
        keys = {
            name: tag + value
            for name in ("id", "supplier_id", "contract_id", "combination_id", "member_id")
            if isinstance(value := getattr(record, name, None), str)
        }
        return replace(record, **keys)

    return replace(data, **{name: tuple(map(rename, getattr(data, name))) for name in data.__slots__})


def test_a_certificate_keeps_its_history_of_covered_numbers(register: Register) -> None:
    add(register)
    certificate = Certificate(id="c1", level=Level.TREDE2, supplier_id="s1", covered_kvk=("01234567", "01234568"))
    with register.operation("edit", "certificaat"):
        register.certificates.add(certificate)
    with register.operation("edit", "nummers"):
        register.certificates.save(replace(certificate, covered_kvk=("01234568", "01234569")))
    assert register.certificates.get("c1").covered_kvk == ("01234568", "01234569")
    undo.undo_last(register)
    assert register.certificates.get("c1") == certificate


def test_any_operation_of_the_history_can_be_taken_back_once(register: Register) -> None:
    add(register)
    with register.operation("edit", "telefoon") as number:
        register.suppliers.save(replace(MAASDAL, phone="06-12 34 56 78"))
    with register.operation("edit", "plaats"):
        register.suppliers.save(replace(register.suppliers.get("s1"), email="info@maasdal.example"))
    assert undo.undo_operation(register, number).kept == ()
    assert register.suppliers.get("s1") == replace(MAASDAL, email="info@maasdal.example")
    with pytest.raises(AppError, match="niet \\(meer\\) ongedaan"):
        undo.undo_operation(register, number)
    with pytest.raises(AppError, match="staat niet in de geschiedenis"):
        undo.undo_operation(register, 99)


def test_what_the_register_would_refuse_now_is_left_alone(register: Register) -> None:
    add(register)
    contract = Contract(id="k1", supplier_id="s1", starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31))
    with register.operation("edit", "contract"):
        register.contracts.add(contract)
    with register.operation("edit", "verlengd") as number:
        register.contracts.save(replace(contract, ends_on=date(2026, 12, 31)))
    with register.operation("edit", "later begonnen"):
        register.contracts.save(replace(register.contracts.get("k1"), starts_on=date(2025, 1, 1)))
    assert len(undo.undo_operation(register, number).kept) == 1
    assert register.contracts.get("k1").ends_on == date(2026, 12, 31)


def test_a_certificate_that_was_checked_since_keeps_the_numbers_on_it(register: Register) -> None:
    add(register)
    certificate = Certificate(id="c1", level=Level.TREDE3, supplier_id="s1", covered_kvk=("01234568",))
    with register.operation("import", "certificaten") as number:
        register.certificates.add(certificate)
    with register.operation("edit", "gecontroleerd"):
        register.verifications.add(
            Verification(id="v1", certificate_id="c1", checked_on=date(2026, 11, 2), checked_by="a", method="kopie")
        )
    assert undo.undo_operation(register, number).kept
    assert register.certificates.get("c1").covered_kvk == ("01234568",)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(cases(), min_size=2, max_size=4), data=st.data())
def test_undoing_in_any_order_never_breaks_the_register(register: Register, steps: list[Any], data: Any) -> None:
    numbers = []
    for case in steps:
        tagged = _tagged(case.register, f"{next(_TAGS)}-")
        with register.operation("test", "stap") as number:
            store(register, tagged)
        numbers.append(number)
        with register.operation("test", "wijzig") as number:
            register.suppliers.save(replace(tagged.suppliers[0], phone=str(number), email=f"{number}@x.example"))
        numbers.append(number)
    for number in data.draw(st.permutations(numbers)):
        undo.undo_operation(register, number)
    assert changes.replay_differences(register._db) == []
    assert register.look_up.differences() == 0
    assert register.integrity_problems() == ()


def _letter(register: Register) -> Letter:
    pdf = b"%PDF-1.7 proef"
    letter = Letter(
        id="l1", supplier_id="s1", round_id="r1", kind=LetterKind.REQUEST, kenmerk="PSO-2026-0001",
        written_on=date(2026, 11, 23), reply_by=date(2026, 12, 7), certified_by=date(2027, 5, 24), facts="{}",
        template_id="t1", sha256="", made_by="advisor 1", made_at=register.clock.now(),
    )  # fmt: skip
    letter = replace(letter, sha256=hashlib.sha256(pdf).hexdigest())
    with register.operation("letters", "1 brief gemaakt"):
        register.templates.add(
            LetterTemplate(id="t1", kind=LetterKind.REQUEST, version=1, valid_from=date(2020, 1, 1), source="")
        )
        register.letter_rounds.add(LetterRound(id="r1", title="ronde", made_at=letter.made_at, made_by=letter.made_by))
        register.letters.add_with_pdf(letter, pdf)
    return letter


def test_undoing_a_letter_withdraws_it_and_keeps_its_number_and_pdf(register: Register) -> None:
    add(register)
    letter = _letter(register)
    assert undo.undo_last(register).kept == ()
    assert register.letters.get("l1").withdrawn_at == register.clock.now()
    assert register.letters.get_pdf("l1") == b"%PDF-1.7 proef"
    assert register.letters.next_number("PSO", 2026) == 2
    undo.redo_last(register)
    assert register.letters.get("l1") == letter


def test_a_posted_letter_is_not_withdrawn(register: Register) -> None:
    add(register)
    _letter(register)
    made = register.history.last()
    assert made
    with register.operation("letters", "1 brief gepost", is_undoable=False):
        register.letters.mark_posted(["l1"], register.clock.now())
    with pytest.raises(AppError, match="kan niet ongedaan worden gemaakt: 1 brief gepost"):
        undo.undo_last(register)
    assert ("letter", "l1") in [(item.table, item.record_id) for item in register.undo(made)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE letter SET facts = '[]'",
        "UPDATE letter SET kenmerk = 'x'",
        "DELETE FROM letter",
        "UPDATE document SET content = x'00'",
        "DELETE FROM document",
    ],
)
def test_a_letter_and_its_pdf_stay_as_they_were_made(register: Register, statement: str) -> None:
    add(register)
    _letter(register)
    with pytest.raises(IntegrityError), register.operation("test", "knoeien"):
        register._db.execute(statement)


def test_every_reference_between_records_has_an_index_that_undo_can_use(register: Register) -> None:
    db = register._db
    for table in changes.logged_tables(db):
        led = {
            db.execute(f"PRAGMA index_info([{row[1]}])").fetchone()[2]
            for row in db.execute(f"PRAGMA index_list([{table}])")
            if not row[4]
        }
        wanted = {row[3] for row in db.execute(f"PRAGMA foreign_key_list([{table}])") if row[1] == 0}
        assert wanted <= led, table
