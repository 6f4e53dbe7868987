"""The timeline of a supplier tells in Dutch what happened and what is to come, the newest on top."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app import bootstrap
from app.base.clock import SetClock
from app.domain.certificate import Certificate, CertificateStatus, Level, Verification
from app.domain.contract import AmountKind, Contract, YearAmount
from app.domain.journal import CallNote, FollowUp, Promise
from app.domain.policy import Exemption, Postponement
from app.domain.supplier import Address, Supplier
from app.services import Register, undo
from app.services.describe_change import describe_change
from app.services.plan_letters import plan_letters
from app.services.show_supplier import Dossier, show_supplier
from app.services.timeline import EntryKind, subjects_of, timeline
from app.services.write_letters import write_letters

TODAY = date(2026, 11, 23)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """A register with one supplier, of which 388.000 was agreed on 30 September 2026."""
    clock = SetClock.at(date(2026, 9, 30))
    made = bootstrap.make_register(tmp_path / "proef.tredewijzer", clock=clock)
    made.by = "advisor 1"
    with made.operation("import", "Import van crediteuren Q3.csv"):
        made.suppliers.add(
            Supplier(
                id="s", name="Bouwbedrijf Maasdal B.V.", kvk="01234567", visiting=Address(street="Dijk", city="Echt")
            )
        )
        made.contracts.add(Contract(id="c", supplier_id="s", number="RC-14"))
        made.amounts.add(YearAmount(id="a", supplier_id="s", year=2026, kind=AmountKind.AGREED, cents=38_800_000,
                                    contract_id="c"))  # fmt: skip
    yield made
    made.close()


def on_day(register: Register, day: date, hour: int = 9) -> Register:
    assert isinstance(register.clock, SetClock)
    register.clock.set(day, hour)
    return register


def dossier(register: Register, supplier_id: str = "s") -> Dossier:
    return show_supplier(register, supplier_id, on=TODAY)


def lines(register: Register, *kinds: EntryKind, on: date = TODAY, supplier: str = "s") -> list[tuple[str, str, str]]:
    return [
        (entry.day.isoformat(), entry.title, entry.detail.replace("\xa0", " "))
        for entry in timeline(dossier(register, supplier), on=on)
        if not kinds or entry.kind in kinds
    ]


def write_a_letter(register: Register, day: date, folder: Path) -> str:
    on_day(register, day)
    proposals = plan_letters(register, on=day).proposals
    return write_letters(register, proposals, on=day, folder=folder).letters[0].id


def test_a_letter_tells_where_it_is_and_what_is_awaited(register: Register, tmp_path: Path) -> None:
    letter = write_a_letter(register, date(2026, 11, 17), tmp_path)
    assert lines(register, EntryKind.LETTER) == [
        ("2026-12-01", "Reactie verwacht", "op Verzoek PSO-2026-0001"),
        ("2026-11-17", "Verzoek PSO-2026-0001", "nog niet gepost · reactie t/m 1 december 2026"),
    ]
    with on_day(register, date(2026, 11, 18)).operation("edit", "afgedrukt"):
        register.letters.save(replace(register.letters.get(letter), printed_at=register.clock.now()))
    assert lines(register, EntryKind.LETTER)[1][2].startswith("afgedrukt op 18 november 2026, nog niet gepost · ")
    with on_day(register, date(2026, 11, 19)).operation("posted", "gepost"):
        register.letters.mark_posted([letter], register.clock.now())
    assert lines(register, EntryKind.LETTER, on=date(2026, 12, 2)) == [
        ("2026-11-17", "Verzoek PSO-2026-0001", "gepost op 19 november 2026 · reactie t/m 1 december 2026"),
    ]


def test_a_withdrawn_letter_awaits_nothing_and_is_told_once(register: Register, tmp_path: Path) -> None:
    write_a_letter(register, date(2026, 11, 17), tmp_path)
    on_day(register, date(2026, 11, 20))
    undo.undo_last(register)
    told = lines(register)
    assert told[0] == ("2026-11-17", "Verzoek PSO-2026-0001", "ingetrokken op 20 november 2026")
    assert [title for _, title, _ in told[1:]] == ["Import van crediteuren Q3.csv"]


def test_an_import_tells_the_figures_that_changed(register: Register) -> None:
    with on_day(register, date(2026, 11, 2)).operation("import", "Import van crediteuren Q4.csv"):
        register.amounts.save(replace(register.amounts.get("a"), cents=41_250_000, source="Q4"))
    with on_day(register, date(2026, 11, 3)).operation("edit", "Leverancier gewijzigd"):
        register.suppliers.save(replace(register.suppliers.get("s"), phone="077-1234567"))
    undo.undo_last(register)
    assert lines(register) == [
        ("2026-11-03", "Ongedaan gemaakt: Leverancier gewijzigd", "1 wijziging · door advisor 1"),
        ("2026-11-03", "Leverancier gewijzigd", "1 wijziging · door advisor 1 · later ongedaan gemaakt"),
        (
            "2026-11-02",
            "Import van crediteuren Q4.csv",
            "Opdrachten 2026 afgesproken, contract RC-14 € 388.000 → € 412.500 · 2 wijzigingen · door advisor 1",
        ),
        (
            "2026-09-30",
            "Import van crediteuren Q3.csv",
            "Opdrachten 2026 afgesproken, contract RC-14 € 388.000 · 3 wijzigingen · door advisor 1",
        ),
    ]
    kinds = [entry.kind for entry in timeline(dossier(register), on=TODAY)]
    assert kinds == [EntryKind.CHANGE, EntryKind.CHANGE, EntryKind.IMPORT, EntryKind.IMPORT]


def test_a_certificate_tells_when_it_came_and_whether_it_was_checked(register: Register) -> None:
    with on_day(register, date(2026, 10, 5)).operation("edit", "Certificaten vastgelegd"):
        register.certificates.add_all(
            [
                Certificate(id="1", supplier_id="s", level=Level.TREDE1, covered_kvk=("01234567",),
                            valid_from=date(2025, 3, 13), valid_to=date(2027, 3, 12)),
                Certificate(id="2", supplier_id="s", level=Level.TREDE3, is_plus30=True, valid_from=date(2023, 1, 1),
                            valid_to=date(2024, 12, 31), status=CertificateStatus.WITHDRAWN,
                            status_on=date(2024, 2, 1)),
                Certificate(id="3", supplier_id="s", level=Level.BASIS),
            ]
        )  # fmt: skip
        register.verifications.add(
            Verification(id="v", certificate_id="1", checked_on=date(2026, 10, 5), checked_by="advisor 2",
                         method="overzicht op PSO-NL")
        )  # fmt: skip
    assert sorted(lines(register, EntryKind.CERTIFICATE)) == [
        ("2026-10-05", "Certificaat Basistrede gemeld", "bewijs gevraagd"),
        (
            "2026-10-05",
            "Certificaat Trede 1 vastgelegd",
            "geldig 13 maart 2025 t/m 12 maart 2027 · "
            "gecontroleerd op 5 oktober 2026 door advisor 2 (overzicht op PSO-NL)",
        ),
        (
            "2026-10-05",
            "Certificaat Trede 3 met PSO 30+ vastgelegd",
            "geldig 1 januari 2023 t/m 31 december 2024 · ingetrokken op 1 februari 2024 · nog niet gecontroleerd",
        ),
    ]
    assert lines(register, EntryKind.CHANGE) == [], "certificates are told once"


def test_a_certificate_of_another_holder_names_it(register: Register) -> None:
    with register.operation("edit", "groep"):
        register.suppliers.add(Supplier(id="g", name="Maasdal Groep"))
        register.certificates.add_all(
            Certificate(id=key, supplier_id=holder, holder_name=name, level=Level.TREDE2, covered_kvk=("01234567",),
                        valid_from=date(2026, 1, 1), valid_to=date(2027, 12, 31))
            for key, holder, name in (("1", "g", ""), ("2", None, "Maasdal Holding"), ("3", "s", ""))
        )  # fmt: skip
    assert dossier(register).other_holders == {"1": "Maasdal Groep", "2": "Maasdal Holding"}
    assert dossier(register, "g").other_holders == {}
    told = lines(register, EntryKind.CERTIFICATE)
    assert [(day, title, detail.split(" · ")[0]) for day, title, detail in told[1:]] == [
        ("2026-01-01", "Certificaat Trede 2 gaat in", "op naam van Maasdal Groep"),
        ("2026-01-01", "Certificaat Trede 2 gaat in", "op naam van Maasdal Holding"),
    ]


def test_calls_promises_tasks_and_respite_are_told(register: Register) -> None:
    started = datetime(2026, 11, 8, 10, 0, tzinfo=UTC)
    with on_day(register, TODAY).operation("edit", "van alles"):
        register.call_notes.add_all(
            [
                CallNote(id="n", supplier_id="s", started_at=started, ended_at=datetime(2026, 11, 8, 10, 4, tzinfo=UTC),
                         text="audit gepland\nin januari", by="advisor1"),
                CallNote(id="m", supplier_id="s", started_at=datetime(2026, 11, 8, 23, 30, tzinfo=UTC),
                         text="x" * 200, by="advisor1", caller="mevr. Bos"),
            ]
        )  # fmt: skip
        register.promises.add(Promise(id="p", supplier_id="s", due_on=date(2027, 1, 31), what="audit", by="advisor1"))
        register.follow_ups.add(
            FollowUp(id="f", supplier_id="s", due_on=date(2026, 12, 4), what="bellen", by="advisor1", done_at=started)
        )
        register.exemptions.add(
            Exemption(id="e", supplier_id="s", reason="overheid", approver="het bestuur", from_on=date(2020, 1, 1),
                      to_on=date(2020, 12, 31))
        )  # fmt: skip
        register.postponements.add(
            Postponement(id="u", supplier_id="s", reason="audit loopt", approver="het team", from_on=date(2026, 6, 1),
                         to_on=date(2026, 8, 31))
        )  # fmt: skip
    assert [line for line in lines(register) if not line[1].startswith("Import")] == [
        ("2027-01-31", "Toezegging “audit”", "nog open · genoteerd door advisor1"),
        ("2026-12-04", "Taak “bellen”", "klaar op 8 november 2026 · genoteerd door advisor1"),
        ("2026-11-09", f"Gesprek “{'x' * 79}…”", "met mevr. Bos · door advisor1"),
        ("2026-11-08", "Gesprek “audit gepland in januari”", "door advisor1 · 4 min"),
        ("2026-06-01", "Uitstel: audit loopt", "1 juni 2026 t/m 31 augustus 2026 · goedgekeurd door het team"),
        (
            "2020-01-01",
            "Vrijstelling: overheid",
            "1 januari 2020 t/m 31 december 2020 · goedgekeurd door het bestuur",
        ),
    ]


def test_each_line_of_the_history_is_told_with_its_record(register: Register) -> None:
    with register.operation("edit", "anders"):
        register.amounts.save(replace(register.amounts.get("a"), cents=41_250_000))
        register.contracts.save(replace(register.contracts.get("c"), ends_on=date(2027, 12, 31)))
    found = dossier(register)
    _, changes = found.history[0]
    told = [item.label for change in changes for item in describe_change(change, subjects=subjects_of(found))]
    assert told == ["Opdrachten 2026 afgesproken, contract RC-14", "Contract RC-14 · T/m"]
