"""Who gets which letter, who does not and why; and that letters and their files come together."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.base.errors import Cancelled, FileError, NotFoundError
from app.base.files import StagedFiles
from app.base.progress import StopAfter
from app.domain.certificate import Certificate, Level
from app.domain.contract import AmountKind, Contract, PsoBasis, YearAmount
from app.domain.journal import Promise
from app.domain.letter import Letter, LetterKind, LetterSettings, ReplyKind
from app.domain.policy import Exemption, Postponement
from app.domain.supplier import Address, Supplier
from app.services import Register, undo
from app.services.change_settings import change_settings, get_settings
from app.services.letter_archive import withdraw_letters
from app.services.letter_replies import log_reply
from app.services.plan_letters import plan_letters
from app.services.proposals import LetterPlan
from app.services.write_letters import Written, draft_letters, render_draft, write_letters

TODAY = date(2026, 11, 23)
MAASDAL = Supplier(
    id="maasdal",
    name="Bouwbedrijf Maasdal B.V.",
    visiting=Address(street="Dijk", house_number="1", postcode="6041 AB", city="Roermond"),
)
Write = Callable[..., Written]


@pytest.fixture(autouse=True)
def one_supplier_that_does_not_comply(register: Register) -> None:
    add(register, MAASDAL)


@pytest.fixture
def write(register: Register, tmp_path: Path) -> Write:
    """Write the letters that are due on a day."""

    def make(on: date = TODAY) -> Written:
        plan = plan_letters(register, on=on)
        return write_letters(
            register, plan.proposals, on=on, folder=tmp_path / "b", print_file=tmp_path / "b" / "a.pdf"
        )

    return make


def add(register: Register, supplier: Supplier, cents: int = 20_000_000) -> None:
    with register.operation("edit", f"{supplier.name} erbij"):
        register.suppliers.add(supplier)
        for year in (2025, 2026, 2027, 2028):
            register.amounts.add(
                YearAmount(
                    id=f"{supplier.id}-{year}", supplier_id=supplier.id, year=year, kind=AmountKind.AGREED, cents=cents
                )
            )


def promise(register: Register, key: str, *, due_on: date, is_settled: bool = False) -> None:
    with register.operation("edit", "toezegging"):
        settled_at = register.clock.now() if is_settled else None
        register.promises.add(
            Promise(id=key, supplier_id="maasdal", due_on=due_on, what="audit", by="advisor 1", settled_at=settled_at)
        )


def why_not(plan: LetterPlan) -> str:
    assert plan.proposals == ()
    return plan.skipped[0].why


def test_the_first_letter_asks_and_the_next_reminds_of_it(register: Register, write: Write) -> None:
    first = write().letters[0]
    assert (first.kind, first.kenmerk, first.reply_by) == ("verzoek", "PSO-2026-0001", date(2026, 12, 7))
    assert "PSO-2026-0001" in why_not(plan_letters(register, on=first.reply_by))
    after = first.reply_by + timedelta(days=1)
    reminder = plan_letters(register, on=after).proposals[0]
    assert (reminder.kind, [letter.id for letter in reminder.asked]) == (LetterKind.REMINDER, [first.id])
    second = write(after).letters[0]
    assert (second.kenmerk, second.certified_by) == ("PSO-2026-0002", first.certified_by)


def test_an_information_letter_asks_for_no_certificate_so_no_later_letter_says_it_did(
    register: Register, write: Write
) -> None:
    change_settings(register, replace(get_settings(register, LetterSettings), begins_with_information=True))
    on = date(2026, 2, 2)
    written: list[Letter] = []
    for days in (0, 150, 30, 30):
        on += timedelta(days=days)
        written += write(on).letters
    facts = [json.loads(letter.facts) for letter in written]
    assert [letter.kind.name for letter in written] == ["INFORMATION", "REQUEST", "REMINDER", "SECOND_REMINDER"]
    assert [found["first_kenmerk"] for found in facts] == ["", "", "PSO-2026-0002", "PSO-2026-0002"]
    assert (written[1].written_on, written[1].certified_by) == (date(2026, 7, 2), date(2027, 1, 4))


def test_a_notice_rests_on_a_contract_that_it_can_name(register: Register, write: Write) -> None:
    on = date(2026, 2, 2)
    for _stage in range(3):
        write(on)
        on += timedelta(days=30)
    nameless = Contract(id="a", supplier_id="maasdal", pso_basis=PsoBasis.CONTRACT)
    with register.operation("edit", "contract"):
        register.contracts.add(nameless)
    assert "neem contact op" in why_not(plan_letters(register, on=on))
    with register.operation("edit", "contract"):
        register.contracts.add(replace(nameless, id="b", number="RC-14"))
    (notice,) = draft_letters(register, plan_letters(register, on=on).proposals, on=on)
    assert (notice.proposal.kind, notice.facts.contract) == (LetterKind.NOTICE, "RC-14")


def test_a_letter_of_long_ago_is_no_reason_to_remind(register: Register, write: Write) -> None:
    write()
    later = plan_letters(register, on=TODAY + timedelta(days=366)).proposals[0]
    assert (later.kind, later.asked) == (LetterKind.REQUEST, ())


def test_a_letter_of_a_later_date_keeps_a_second_one_back(register: Register, write: Write) -> None:
    write(TODAY + timedelta(days=30))
    assert "Kreeg al brief" in why_not(plan_letters(register, on=TODAY))


def test_a_withdrawn_letter_counts_no_more_and_its_number_is_not_used_again(register: Register, write: Write) -> None:
    write()
    undo.undo_last(register)
    assert write().letters[0].kenmerk == "PSO-2026-0002"


def test_a_prefix_with_a_year_in_it_does_not_make_the_numbers_of_another_prefix_leap(
    register: Register, write: Write
) -> None:
    for prefix, kenmerk in (("PSO-2026", "PSO-2026-2026-0001"), ("PSO", "PSO-2026-0001")):
        change_settings(register, replace(get_settings(register, LetterSettings), kenmerk_prefix=prefix))
        (letter,) = write().letters
        assert letter.kenmerk == kenmerk
        withdraw_letters(register, [letter.id])
    assert register.letters.missing_numbers() == ()


def test_a_running_promise_pauses_letters_also_beside_one_that_was_kept(register: Register) -> None:
    promise(register, "open", due_on=TODAY + timedelta(days=30))
    promise(register, "kept", due_on=TODAY + timedelta(days=60), is_settled=True)
    assert "Toezegging t/m 23-12-2026: audit" in why_not(plan_letters(register, on=TODAY))
    assert len(plan_letters(register, on=TODAY + timedelta(days=31)).proposals) == 1


def test_a_letter_speaks_of_a_plan_only_where_one_was_sent(register: Register, write: Write) -> None:
    (letter,) = write().letters
    promise(register, "by telephone", due_on=TODAY + timedelta(days=3), is_settled=True)
    after = letter.reply_by + timedelta(days=1)
    (reminder,) = draft_letters(register, plan_letters(register, on=after).proposals, on=after)
    assert reminder.facts.planned_by is None
    planned = TODAY + timedelta(days=2)
    log_reply(register, letter.id, kind=ReplyKind.PLAN, received_on=TODAY, promise_due_on=planned)
    (reminder,) = draft_letters(register, plan_letters(register, on=after).proposals, on=after)
    assert reminder.facts.planned_by == planned


@pytest.mark.parametrize(("kind", "words"), [(Exemption, "Vrijgesteld t/m"), (Postponement, "Uitstel t/m")])
def test_exempt_and_postponed_suppliers_are_asked_nothing_and_their_respite_is_confirmed_once(
    register: Register, write: Write, kind: type[Exemption | Postponement], words: str
) -> None:
    respite = kind(id="r", supplier_id="maasdal", reason="afspraak", approver="teamleider", from_on=TODAY, to_on=TODAY)
    with register.operation("edit", "afspraak"):
        rooms = {Exemption: register.exemptions, Postponement: register.postponements}
        rooms[kind].add(respite)  # type: ignore[attr-defined]
    (offer,) = plan_letters(register, on=TODAY).proposals
    assert (offer.is_offer, offer.kind.asks, offer.about, offer.reply_by) == (True, False, "r", None)
    write()
    assert words in why_not(plan_letters(register, on=TODAY))
    longer = replace(respite, to_on=TODAY + timedelta(days=90))
    with register.operation("edit", "verlengd"):
        rooms[kind].save(longer)  # type: ignore[attr-defined]
    assert [found.verdict.until for found in plan_letters(register, on=TODAY).proposals] == [longer.to_on]
    write()
    assert words in why_not(plan_letters(register, on=TODAY))


@pytest.mark.parametrize(("days", "is_skipped"), [(1, True), (14, True), (15, False)])
def test_a_certificate_that_begins_within_the_term_to_answer_makes_a_letter_needless(
    register: Register, days: int, is_skipped: bool
) -> None:
    begins = TODAY + timedelta(days=days)
    with register.operation("edit", "certificaat"):
        register.certificates.add(
            Certificate(
                id="c", level=Level.TREDE2, supplier_id="maasdal", valid_from=begins, valid_to=begins.replace(year=2028)
            )
        )
    plan = plan_letters(register, on=TODAY)
    assert [skipped.why for skipped in plan.skipped] == (
        [f"Trede 2 gaat in op {begins:%d-%m-%Y}."] if is_skipped else []
    )


def test_without_an_address_there_is_no_letter_and_it_is_said(register: Register) -> None:
    add(register, Supplier(id="zonder", name="Tegelwerken Modelaar", visiting=Address(city="Echt")))
    plan = plan_letters(register, on=TODAY)
    assert [proposal.supplier.id for proposal in plan.proposals] == ["maasdal"]
    assert [(skipped.supplier_id, "adres" in skipped.why) for skipped in plan.skipped] == [("zonder", True)]


def test_suppliers_that_were_chosen_are_the_only_ones_and_it_is_said_why_one_gets_none(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = Address(street="A", postcode="6101 AA", city="Echt")
    add(register, Supplier(id="goed", name="Goed", kvk="10000000", visiting=address))
    add(register, Supplier(id="klein", name="Klein", visiting=address), cents=100)
    add(register, Supplier(id="straat", name="Straatloos"))
    add(register, Supplier(id="buiten", name="Niet gekozen", visiting=address))
    with register.operation("edit", "meer"):
        register.suppliers.add(Supplier(id="leeg", name="Leeg", visiting=address))
        register.suppliers.add(Supplier(id="weg", name="Weg", archived_at=register.clock.now()))
        register.certificates.add(
            Certificate(id="c", level=Level.TREDE3, supplier_id="goed", valid_from=TODAY, valid_to=date(2027, 11, 30))
        )
    chosen = ["maasdal", "goed", "klein", "straat", "leeg", "weg", "goed"]
    plan = plan_letters(register, on=TODAY, only=chosen)
    assert [proposal.supplier.id for proposal in plan.proposals] == ["maasdal"]
    assert [(skipped.supplier_id, skipped.why, skipped.mend) for skipped in plan.skipped] == [
        ("goed", "Voldoet t/m 30-11-2027: er is geen brief nodig.", ""),
        ("klein", "Onder de drempel: er is geen brief nodig.", ""),
        ("leeg", "Bedrag onbekend: vul eerst het bedrag in.", "amount"),
        ("straat", "Geen adres: vul een straat of postbus en een plaats in.", "address"),
        ("weg", "Deze leverancier is beëindigd: er is geen brief nodig.", ""),
    ]
    # Many are judged together with the whole register, few one by one: it must not make a difference.
    monkeypatch.setattr("app.services.plan_letters._FEW", 0)
    assert plan_letters(register, on=TODAY, only=chosen) == plan
    with pytest.raises(NotFoundError):
        plan_letters(register, on=TODAY, only=["nergens"])


def test_the_pile_follows_the_postcodes(register: Register, write: Write) -> None:
    add(register, Supplier(id="venlo", name="Aarde", visiting=Address(street="A", postcode="5911 AA", city="Venlo")))
    add(register, Supplier(id="genk", name="Genk", visiting=Address(street="A", city="Genk", country="België")))
    assert [letter.supplier_id for letter in write().letters] == ["venlo", "maasdal", "genk"]


@pytest.mark.parametrize("steps", [0, 1])
def test_a_cancelled_round_leaves_no_letter_and_no_file(register: Register, tmp_path: Path, steps: int) -> None:
    plan = plan_letters(register, on=TODAY)
    with pytest.raises(Cancelled):
        write_letters(register, plan.proposals, on=TODAY, folder=tmp_path / "b", progress=StopAfter(steps))
    assert register.letters.list_all() == ()
    assert list((tmp_path / "b").iterdir()) == []


def test_a_full_disk_leaves_no_letter_and_no_file(
    register: Register, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_staged: StagedFiles, path: Path, _content: bytes) -> None:
        raise FileError(f"{path.name}: de schijf is vol.")

    monkeypatch.setattr(StagedFiles, "stage", full)
    with pytest.raises(FileError, match="schijf is vol"):
        write()
    assert register.letters.list_all() == ()
    assert list((tmp_path / "b").iterdir()) == []


def test_what_lies_in_the_folder_is_what_the_register_keeps(register: Register, write: Write) -> None:
    written = write()
    assert written.files[0].read_bytes() == register.letters.get_pdf(written.letters[0].id)
    assert written.print_file and written.print_file.read_bytes().startswith(b"%PDF-")


def test_a_draft_is_drawn_exactly_as_it_will_be_kept(register: Register, write: Write) -> None:
    draft = draft_letters(register, plan_letters(register, on=TODAY).proposals, on=TODAY)[0]
    seen = render_draft(register, draft)
    assert register.letters.list_all() == ()
    assert write().files[0].read_bytes() == seen


def test_a_round_can_lie_in_the_archive_alone(register: Register, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    written = write_letters(register, plan_letters(register, on=TODAY).proposals, on=TODAY, folder=None)
    assert (written.files, written.print_file) == ((), None)
    assert [letter.round_id for letter in written.letters] == [written.round_id]
    assert register.letters.get_pdf(written.letters[0].id).startswith(b"%PDF-")
    assert sorted(tmp_path.iterdir()) == before
    assert "Kreeg al brief PSO-2026-0001" in why_not(plan_letters(register, on=TODAY))


def test_a_letterhead_that_does_not_fit_is_reported_once(register: Register, write: Write) -> None:
    settings = get_settings(register, LetterSettings)
    change_settings(register, replace(settings, letterhead="\n".join(f"Regel {n}" for n in range(1, 6))))
    add(register, replace(MAASDAL, id="tweede", name="Tweede"))
    assert write().notes == ("Op de brieven is geen plaats voor deze regel van briefhoofd of voet: Regel 5",)


def test_a_character_that_cannot_be_printed_is_reported(register: Register, write: Write) -> None:
    add(register, Supplier(id="x", name="Firma \u4e2d", visiting=Address(street="A", city="Echt")))
    notes = write().notes
    assert len(notes) == 1 and "\u4e2d" in notes[0]
