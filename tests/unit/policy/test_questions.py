"""The text of the questions is read strictly; an answer takes the first wording that fits, and only facts."""

from pathlib import Path

import pytest

from app.base.errors import AppError
from app.domain.certificate import Level
from app.domain.question import SITUATIONS, Blank, Situation
from app.policy.questions import answer_to, load_norms, load_questions

ROOT = Path(__file__).resolve().parents[3]
QUESTIONS = (ROOT / "data" / "pso" / "questions.toml").read_text(encoding="utf-8")
NORMS = (ROOT / "data" / "pso" / "norms.toml").read_text(encoding="utf-8")
GOOD = """
[[phrases]]
key = "stand"
variants = [{ when = ["MEETS"], answer = "U voldoet tot en met {geldig_tm}." }]

[[questions]]
key = "a"
question = "Vraag?"
words = ["kosten"]
answer = "Algemeen."
source = "folder"

[[questions.variants]]
when = ["EXEMPT"]
answer = "Vrij tot en met {respijt_tm}. {stand}"

[[questions.variants]]
answer = "Kenmerk {kenmerk}. {stand}"
"""
GOOD_NORMS = """
edition = "e"
source = "s"
rows = [{ size = 2, TREDE1 = 2.0, TREDE2 = 3.0, TREDE3 = 4.0 }, { size = 5, TREDE1 = 1.0, TREDE2 = 2.0, TREDE3 = 3.5 }]
"""


def test_the_shipped_questions_are_those_that_callers_ask() -> None:
    book = load_questions(QUESTIONS)
    assert len(book.questions) == 18
    assert [question.key for question in book.questions if question.shows_norms] == ["people"]
    assert {question.key for question in book.questions if question.caution} == {
        "people", "expired", "alone", "ourselves", "obligatory", "elsewhere",
    }  # fmt: skip


def test_every_field_and_situation_is_used_by_an_answer() -> None:
    book = load_questions(QUESTIONS)
    variants = [*(v for q in book.questions for v in q.variants), *(v for vs in book.phrases.values() for v in vs)]
    written = " ".join(variant.answer for variant in variants)
    assert [blank for blank in Blank if f"{{{blank}}}" not in written] == []
    used = frozenset().union(*(variant.when for variant in variants))
    assert set(Situation) - used == set()
    assert used <= SITUATIONS


def test_the_first_wording_that_fits_is_taken_and_a_shared_sentence_may_fall_away() -> None:
    book = load_questions(GOOD)

    def said(facts: dict[Blank, str], *when: str) -> tuple[str, bool]:
        return answer_to(book.questions[0], phrases=book.phrases, facts=facts, when=when)

    assert said({}) == ("Algemeen.", False)
    assert said({}, "EXEMPT") == ("Algemeen.", False)
    assert said({Blank.KENMERK: "X"}, "EXEMPT") == ("Kenmerk X.", True)
    until = {Blank.RESPITE_END: "1 mei", Blank.LAST_DAY: "2 mei", Blank.KENMERK: "X"}
    assert said(until, "EXEMPT") == ("Vrij tot en met 1 mei.", True)
    assert said(until, "EXEMPT", "MEETS") == ("Vrij tot en met 1 mei. U voldoet tot en met 2 mei.", True)


def test_what_a_fact_says_is_never_read_for_fields() -> None:
    book = load_questions(GOOD)
    facts = {Blank.KENMERK: r"{stand} {x.__class__} \1 <b>", Blank.KVK: "{kenmerk}"}
    text, _is_own = answer_to(book.questions[0], phrases=book.phrases, facts=facts, when=())
    assert text == r"Kenmerk {stand} {x.__class__} \1 <b>."


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (GOOD, "answer =", "geen geldige TOML"),
        (GOOD, "", "ontbreekt ‘questions’"),
        (GOOD, "questions = 1", "moet een lijst zijn"),
        (GOOD, "questions = [1]", "een vraag heeft geen key"),
        ('key = "a"', 'key = " "', "een vraag heeft geen key"),
        ('key = "a"', 'key = "a"\nid = 1', "onbekend onderdeel ‘id’"),
        ('source = "folder"', "", "ontbreekt ‘source’"),
        ('"Algemeen."', '" "', "‘answer’ van vraag ‘a’ is leeg"),
        ('"Algemeen."', "3", "moet tekst zijn"),
        ('"Algemeen."', '"{trede}"', "algemene antwoord van vraag ‘a’ heeft een veld"),
        ('["kosten"]', "[]", "zoekwoorden"),
        ('["kosten"]', '["kosten", " "]', "zoekwoorden"),
        ('["kosten"]', '"kosten"', "moet een lijst zijn"),
        ("{respijt_tm}", "{respijt}", "onbekend veld {respijt}"),
        ("{respijt_tm}", "{respijt_tm", "losse accolade"),
        ("{geldig_tm}", "{stand}", "zin ‘stand’ heeft een onbekend veld {stand}"),
        ('["EXEMPT"]', '["EXEMPTED"]', "kent de situatie ‘EXEMPTED’ niet"),
        ('["EXEMPT"]', '"EXEMPT"', "moet een lijst zijn"),
        ('["EXEMPT"]', "[[1]]", "kent de situatie ‘[1]’ niet"),
        ('source = "folder"', 'source = "folder"\nshows_norms = 1', "moet true of false zijn"),
        (" {stand}", "", "zin ‘stand’ wordt nergens gebruikt"),
        ("[[phrases]]", "[[phrase]]", "onbekend onderdeel ‘phrase’"),
        (GOOD, GOOD + GOOD, "vraag ‘a’ staat er twee keer in"),
        (GOOD, GOOD[: GOOD.index("[[questions]]")] + GOOD, "een zin staat er twee keer in"),
    ],
)
def test_a_fault_in_the_questions_is_found_and_named_in_dutch(old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(AppError) as caught:
        load_questions(GOOD.replace(old, new))
    assert complaint in caught.value.message
    assert caught.value.message.startswith("De vragen kunnen niet worden gelezen: ")
    assert caught.value.advice


def test_the_shipped_norms_are_a_dated_extract_that_falls_with_the_size_and_rises_with_the_level() -> None:
    table = load_norms(NORMS)
    assert [row.size for row in table.rows] == [2, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100, 105]
    assert table.edition == "Uittreksel zonder datum, waarschijnlijk van vóór april 2023"
    assert all(row.trede1 < row.trede2 < row.trede3 for row in table.rows)
    for smaller, larger in zip(table.rows, table.rows[1:], strict=False):
        assert smaller.trede1 > larger.trede1 and smaller.trede2 > larger.trede2 and smaller.trede3 > larger.trede3
    first, *_, last = table.rows
    assert [first.percent(level) for level in (Level.TREDE1, Level.TREDE2, Level.TREDE3)] == ["21,4", "28,0", "33,0"]
    assert (last.size_words, last.percent(Level.TREDE2), first.size_words) == ("105 en meer", "1,9", "2")


def test_what_is_said_of_the_norms_without_a_size_stands_in_the_table() -> None:
    (people,) = (question for question in load_questions(QUESTIONS).questions if question.shows_norms)
    rows = {row.size: row.percent(Level.TREDE2) for row in load_norms(NORMS).rows}
    assert f"Met 50 medewerkers is Trede 2 ongeveer {rows[50]} procent" in people.answer
    assert f"105 of meer {rows[105]} procent" in people.answer


@pytest.mark.parametrize(
    ("size", "near"),
    [
        (0, []),
        (1, []),
        (2, [2]),
        (3, [2, 5]),
        (42, [40, 45]),
        (40, [40]),
        (104, [100, 105]),
        (105, [105]),
        (9999, [105]),
    ],
)
def test_a_size_gives_its_row_or_its_two_neighbours_and_nothing_in_between(size: int, near: list[int]) -> None:
    assert [row.size for row in load_norms(NORMS).near(size)] == near


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('edition = "e"', "", "ontbreekt ‘edition’"),
        ("size = 5", "size = 2", "niet van klein naar groot"),
        ("size = 5", "size = 5.5", "moet een geheel getal zijn"),
        ("TREDE2 = 3.0", "TREDE2 = 3", "moet een getal als 3.7 zijn"),
        ("TREDE2 = 3.0", "BASIS = 3.0", "onbekend onderdeel ‘BASIS’"),
    ],
)
def test_a_fault_in_the_norms_is_found(old: str, new: str, complaint: str) -> None:
    with pytest.raises(AppError, match=complaint):
        load_norms(GOOD_NORMS.replace(old, new))


def test_norms_without_a_row_are_refused() -> None:
    with pytest.raises(AppError, match="niet van klein naar groot"):
        load_norms(GOOD_NORMS[: GOOD_NORMS.index("[")] + "[]")
