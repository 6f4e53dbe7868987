"""The answers, word by word, against texts that were written before the code (tests/golden/questions)."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app import bootstrap
from app.base.paths import shipped
from app.domain.certificate import Certificate, Level
from app.domain.contract import PsoBasis
from app.domain.supplier import SupplierKind
from app.domain.verdict import Reason, Status
from app.policy.questions import load_questions
from app.services import Register, record
from app.services.judge_suppliers import Judged
from app.services.phone_card import PhoneCard, phone_card
from app.services.questions import Answer, answer_questions
from tests.phone_cards import (
    ASKS_NOTHING,
    CASES,
    LACKS,
    LETTER,
    MAASDAL,
    MARCH,
    TODAY,
    TOO_LOW,
    card,
    ordered,
    promised,
)

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "questions"
BOOK = load_questions(shipped("data", "pso", "questions.toml").read_text(encoding="utf-8"))
KEYS = [question.key for question in BOOK.questions]


def golden(file: str) -> dict[str, str]:
    """The texts of one file by heading; they are typed with ordinary spaces."""
    blocks = (GOLDEN / f"{file}.txt").read_text(encoding="utf-8").removeprefix("# ").split("\n\n# ")
    return {heading: text.strip() for heading, _, text in (block.partition("\n") for block in blocks)}


def said(shown: PhoneCard | None, sought: str = "") -> dict[str, str]:
    return {answer.key: plain(answer) for answer in answer_questions(shown, sought, on=TODAY)}


def plain(answer: Answer) -> str:
    return answer.text.replace("\u00a0", " ")


def sentences(words: str) -> list[str]:
    return re.split(r"(?<=[.?])\s+(?=[A-Z])", words)


def test_without_a_supplier_every_question_has_its_general_answer_in_the_order_of_the_file() -> None:
    answers = answer_questions(None, "", on=TODAY)
    assert [answer.key for answer in answers] == KEYS
    assert said(None) == golden("general")
    assert not any(answer.is_own for answer in answers)
    assert all(answer.source for answer in answers)


def test_every_text_has_a_case() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {"general", "norms", *CASES}


@pytest.mark.parametrize("case", CASES)
def test_with_a_supplier_the_answers_are_those_that_were_written_by_hand(case: str) -> None:
    answers = answer_questions(CASES[case], "", on=TODAY)
    assert {answer.key: plain(answer) for answer in answers if answer.is_own} == golden(case)
    general = golden("general")
    assert all(plain(answer) == general[answer.key] for answer in answers if not answer.is_own)


@pytest.mark.parametrize("sought", golden("norms"))
def test_a_size_that_is_typed_gives_the_rows_beside_it(sought: str) -> None:
    (answer, *_rest) = answer_questions(None, sought, on=TODAY)
    assert answer.key == "people"
    assert plain(answer) == golden("norms")[sought]


def test_the_norms_are_shown_whole_and_narrowed_to_a_size() -> None:
    def rows(sought: str) -> list[int] | None:
        norms = answer_questions(card(), sought, on=TODAY)[0].norms
        return [row.size for row in norms.rows] if norms else None

    whole = rows("norm")
    assert whole and len(whole) == 17
    assert (rows("norm 42"), rows("300 medewerkers"), rows("1 fte")) == ([40, 45], [105], None)
    others = [answer for answer in answer_questions(None, "", on=TODAY) if answer.key != "people"]
    assert all(answer.norms is None for answer in others)


def test_the_norm_is_that_of_the_level_that_is_required() -> None:
    (answer, *_rest) = answer_questions(card(replace(LACKS, required=Level.TREDE3)), "40 medewerkers", on=TODAY)
    assert "norm voor Trede 3 ongeveer 7,9 procent" in answer.text
    assert answer.norm_level is Level.TREDE3
    (answer, *_rest) = answer_questions(card(replace(LACKS, required=Level.BASIS)), "40 medewerkers", on=TODAY)
    assert answer.norm_level is Level.TREDE2


@pytest.mark.parametrize("sought", ["trede 2", "pso 2", "3 procent trede 2", "2 jaar", "12045678"])
def test_another_number_is_no_size(sought: str) -> None:
    for answer in answer_questions(None, sought, on=TODAY):
        assert answer.norms is None or len(answer.norms.rows) != 1


# -- wordings that the golden files do not reach ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "key", "words"),
    [
        (card(replace(LACKS, reported=Level.TREDE2)), "level", "U heeft ons Trede 2 gemeld, maar"),
        (card(replace(LACKS, kvk="", reason=Reason.NOT_COVERED), supplier=replace(MAASDAL, kvk="")), "holding",
         "Dat weten wij nog niet, want wij hebben uw KvK-nummer niet."),
        (card(replace(LACKS, reason=Reason.MEMBER_FAILS, failing_member="Aelen Groen B.V.")), "level",
         "In uw combinatie voldoet Aelen Groen B.V. nog niet."),
        (card(replace(LACKS, threshold_cents=None)), "level", "Dat geldt bij elk bedrag."),
        (card(replace(LACKS, amount_cents=15_000_050)), "level", "Wij rekenen met € 150.000,50, "),
        (card(replace(ASKS_NOTHING, status=Status.BELOW_THRESHOLD, amount_cents=14_999_999)), "level",
         "U zit daar € 0,01 onder."),
        (card(replace(ASKS_NOTHING, status=Status.BELOW_THRESHOLD), judged=Judged(
            replace(ASKS_NOTHING, status=Status.BELOW_THRESHOLD), "", advice=("Het beleid verwacht ook: iets.",))),
         "level", "Het beleid verwacht ook: iets."),
        (card(letters=(replace(LETTER, certified_by=date(2026, 11, 22)),)), "deadline",
         "Wanneer kunt u Trede 2 hebben?"),
        (card(supplier=replace(MAASDAL, kind=SupplierKind.SOLE_TRADER)), "alone",
         "Ik vraag een vrijstelling voor u aan."),
        (card(replace(LACKS, reason=Reason.EXPIRED, valid_to=MARCH)), "expired", "Is de audit al gepland?"),
        (card(replace(TOO_LOW, held=Level.BASIS)), "basis", "Wanneer verwacht u Trede 2?"),
        (card(replace(TOO_LOW, status=Status.COMPLIANT, reason=None, held=Level.TREDE3)), "level",
         "Volgens ons register heeft u Trede 3 tot en met 12 maart 2027; wij willen uw certificaat nog controleren."),
    ],
)  # fmt: skip
def test_an_answer_follows_what_is_known(shown: PhoneCard, key: str, words: str) -> None:
    assert words in said(shown)[key]


def test_only_a_contract_that_runs_makes_it_obligatory() -> None:
    ((contract, cents),) = ordered(PsoBasis.CONTRACT)
    ended = card(orders=((replace(contract, ends_on=date(2026, 11, 22)), cents),))
    assert said(ended)["obligatory"] == golden("general")["obligatory"]
    last_day = card(orders=((replace(contract, ends_on=TODAY), cents),))
    assert said(last_day)["obligatory"].startswith("Ja. ")


def test_what_somebody_typed_stays_text_and_short() -> None:
    words = said(card(agreements=promised("{kvk} <b>" + "x" * 100_000, date(2027, 1, 15))))["deadline"]
    assert "{kvk} <b>xxx" in words
    assert len(words) < 400


def test_the_answers_of_the_example_register_are_whole_and_short(tmp_path: Path) -> None:
    with closing(bootstrap.make_example(tmp_path / "v.tredewijzer", today=TODAY)) as register:
        statuses = set()
        for supplier in register.suppliers.list_all("id"):
            shown = phone_card(register, supplier.id, on=TODAY)
            statuses.add(shown.judged.verdict.status)
            for answer in answer_questions(shown, "", on=TODAY):
                assert not re.search(r"[{}]|None|  |\btot \d+\u00a0| ,|\.\.", answer.text), answer.text
                assert 1 <= len(sentences(answer.text)) <= 3, answer.text
        assert statuses == set(Status)


@pytest.mark.parametrize("file", [*CASES, "general", "norms"])
def test_an_answer_is_a_few_short_sentences(file: str) -> None:
    for words in golden(file).values():
        assert len(sentences(words)) <= 3, words
        assert max(len(sentence.split()) for sentence in sentences(words)) <= 24, words


# -- the filter -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", BOOK.questions, ids=lambda question: question.key)
def test_every_search_word_and_the_question_itself_find_it_first(question) -> None:
    for sought in (*question.words, question.question):
        assert next(iter(said(None, sought)), sought) == question.key, sought


@pytest.mark.parametrize(
    ("sought", "first"),
    [
        ("KOSTEN", "cost"), ("wat kost dat nou eigenlijk?", "cost"), ("kotsen", "cost"), ("verplciht", "obligatory"),
        ("aspirnat", "aspirant"), ("hercertificring", "validity"), ("hoe l", "duration"),
        ("hoe lang geldig", "validity"), ("geldig hoe lang", "validity"), ("ben ik dat verplicht", "obligatory"),
        ("zzp'er", "alone"), ("zzp’er", "alone"), ("moederb", "holding"), ("welke trede moet ik", "level"),
        ("trede 2", "level"), ("kvk nummer", "holding"),
    ],
)  # fmt: skip
def test_a_question_is_found_by_how_a_caller_says_it(sought: str, first: str) -> None:
    assert next(iter(said(None, sought))) == first


def test_typing_on_leaves_fewer_questions_and_rubbish_none() -> None:
    assert len(said(None, "hoe lang")) > len(said(None, "hoe lang geldig")) == 1
    assert said(None, "qqxx") == {}
    assert said(None, "?!") == said(None, "") == said(None, "   ")
    assert said(None, "qqxx " * 20_000) == {}


def test_the_certificate_of_the_card_is_that_of_the_verdict(register: Register) -> None:
    held = Certificate(
        id="c", level=Level.TREDE2, supplier_id="s", valid_from=date(2026, 1, 1), valid_to=date(2027, 12, 31),
        covered_kvk=("12045678",),
    )  # fmt: skip
    record.add(register, MAASDAL, held)
    shown = phone_card(register, "s", on=TODAY)
    assert shown.certificate == held
    assert "Uw KvK-nummer 12045678 staat op het certificaat" in said(shown)["holding"]
