"""A round that is being chosen can be put down and taken up again."""

from dataclasses import replace
from datetime import date, timedelta

from app.domain.contract import AmountKind, YearAmount
from app.domain.letter import LetterKind, LetterSettings
from app.domain.supplier import Address, Language, Supplier
from app.services.letter_archive import mark_posted
from app.services.plan_letters import plan_letters
from app.services.proposals import LetterPlan, Proposal
from app.services.round_draft import Otherwise, RoundChoices, apply_choices, find_choices, keep_choices
from app.services.write_letters import write_letters
from app.storage.register import Register

TODAY = date(2026, 11, 23)
ADDRESS = Address(street="Dijk", house_number="1", postcode="6041 AB", city="Roermond")


def add(register: Register, key: str) -> None:
    with register.operation("edit", "erbij"):
        register.suppliers.add(Supplier(id=key, name=f"Firma {key}", visiting=ADDRESS))
        register.amounts.add(
            YearAmount(id=f"{key}-y", supplier_id=key, year=2026, kind=AmountKind.AGREED, cents=20_000_000)
        )


def plan(register: Register, on: date = TODAY) -> LetterPlan:
    return plan_letters(register, on=on)


def only(found: tuple[Proposal, ...]) -> Proposal:
    (one,) = found
    return one


def test_what_is_ticked_is_kept_until_another_day(register: Register):
    add(register, "a")
    add(register, "b")
    proposals = plan(register).proposals
    choices = RoundChoices().chosen(proposals, {"b"}).written("b", Otherwise(language=Language.ENGLISH))
    keep_choices(register, choices)
    found = find_choices(register)
    assert found is not None
    kept, begun_at, by = found
    assert (kept, begun_at.date(), by) == (choices, register.clock.today(), register.by)
    add(register, "c")
    later = plan(register).proposals
    assert [proposal.supplier.id for proposal in later if kept.has(proposal)] == ["b", "c"]


def test_nothing_decided_is_nothing_kept(register: Register):
    add(register, "a")
    keep_choices(register, RoundChoices().chosen(plan(register).proposals, set()))
    assert find_choices(register) is not None
    keep_choices(register, RoundChoices())
    assert find_choices(register) is None


def test_a_letter_that_refers_to_one_that_was_never_posted_is_not_ticked_at_first(register: Register):
    add(register, "a")
    made = write_letters(register, plan(register).due, on=TODAY, folder=None).letters
    later = TODAY + timedelta(days=20)
    assert not RoundChoices().has(only(plan(register, later).proposals))
    mark_posted(register, [letter.id for letter in made])
    assert RoundChoices().has(only(plan(register, later).proposals))


def test_a_round_that_is_chosen_is_no_change_of_the_register(register: Register):
    before = register.newest_change()
    keep_choices(register, RoundChoices(only=("a",)))
    assert register.newest_change() == before


def test_what_is_not_shown_keeps_its_tick(register: Register):
    add(register, "a")
    add(register, "b")
    first, second = plan(register).proposals
    choices = RoundChoices().chosen((first,), set()).chosen((second,), {second.supplier.id})
    assert (choices.has(first), choices.has(second)) == (False, True)


def test_another_kind_is_written_as_long_as_it_is_possible(register: Register):
    add(register, "a")
    settings = register.settings(LetterSettings)
    choices = RoundChoices().written("a", Otherwise(kind=LetterKind.INFORMATION))
    letter = only(apply_choices(plan(register), choices, on=TODAY, settings=settings))
    assert (letter.kind, letter.reply_by) == (LetterKind.INFORMATION, date(2026, 12, 21))
    choices = choices.written("a", Otherwise(kind=LetterKind.NOTICE, language=Language.ENGLISH))
    letter = only(apply_choices(plan(register), choices, on=TODAY, settings=settings))
    assert (letter.kind, letter.language) == (LetterKind.REQUEST, Language.ENGLISH)


def test_a_reminder_may_be_a_request_once_more(register: Register):
    add(register, "a")
    write_letters(register, plan(register).due, on=TODAY, folder=None)
    later = TODAY + timedelta(days=20)
    reminder = only(plan(register, later).proposals)
    assert (reminder.kind, reminder.kinds[-1]) == (LetterKind.REMINDER, LetterKind.REMINDER)
    choices = RoundChoices().written("a", Otherwise(kind=LetterKind.REQUEST))
    settings = register.settings(LetterSettings)
    again = only(apply_choices(plan(register, later), choices, on=later, settings=settings))
    assert write_letters(register, (again,), on=later, folder=None).letters[0].kind is LetterKind.REQUEST


def test_suppliers_that_are_gone_are_chosen_no_more(register: Register):
    add(register, "a")
    keep_choices(register, RoundChoices(only=("a", "gone")))
    found = find_choices(register)
    assert found and found[0].only == ("a",)
    keep_choices(register, RoundChoices(only=("gone",)))
    assert find_choices(register) is None


def test_what_cannot_be_understood_counts_as_nothing(register: Register):
    keep_choices(register, RoundChoices(only=("a",)))
    draft = register.round_drafts.find()
    assert draft
    for rubbish in ('{"only": 3}', "[]", '{"only": null, "left_out": [], "taken": [], "otherwise": {"a": ["?", ""]}}'):
        register.keep_round_draft(replace(draft, choices=rubbish))
        assert find_choices(register) is None
