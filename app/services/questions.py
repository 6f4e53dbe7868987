"""Answers to what callers ask: found by the words they use, filled with what is known of the supplier."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from rapidfuzz.distance import OSA

from app.base.paths import shipped
from app.domain.certificate import Level
from app.domain.names import words
from app.domain.question import NormTable, Question, QuestionBook
from app.policy.questions import answer_to, load_norms, load_questions
from app.services.phone_card import PhoneCard
from app.services.question_facts import facts_of, norm_facts, norm_level, norm_situations, situations_of

# They say nothing about what is asked.
_FILLERS = frozenset(
    "aan als bij dan dat de die dit een en er eigenlijk gaat het hoe hoeveel ik in is jullie kan kunnen mag mij moet "
    "nou nu of om ons onze op pso te u uw van voor wat wel wij we worden wordt zijn".split()
)
_NO_SIZE_BEFORE = frozenset("trede niveau pso".split())
_LONGEST = 200
_MOST_WORDS = 12
_SHORTEST_INSIDE = 4
_SHORTEST_BEGUN = 3
# Up to so many letters one typing error is forgiven, in longer words two.
_ONE_ERROR = 7
_PHRASE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question with its answer, to be read out loud.

    `is_own` tells that it is filled with facts of the supplier. `caution` is what to check before saying it, "" when
    nothing. `norms` are the rows to show beside it, narrowed to the size that was named, `norm_level` the level that
    matters in them; None where there are none to show.
    """

    key: str
    question: str
    text: str
    is_own: bool
    source: str
    caution: str
    norms: NormTable | None = None
    norm_level: Level | None = None


def answer_questions(card: PhoneCard | None, sought: str, *, on: date) -> tuple[Answer, ...]:
    """Return the questions that fit what is typed, the best first; all of them, in order, when nothing is typed.

    Without a card the answers are general. A number of employees in `sought` narrows the norms. Raises `AppError`
    when a shipped file is damaged.
    """
    book, norms = _shipped_questions(), _shipped_norms()
    typed = _typed(sought)
    size = _size(sought[:_LONGEST], book)
    if size is not None:
        # The number was understood; what is left names the question.
        typed = tuple(word for word in typed if not word.isdigit())
    found = _find(book.questions, typed) if typed else tuple(q for q in book.questions if size is None or q.shows_norms)
    facts = facts_of(card, on=on) if card else {}
    when = situations_of(card, on=on) if card else frozenset[str]()
    required = card.judged.verdict.required if card else None
    facts |= norm_facts(norms, size, required=required)
    when |= norm_situations(norms, size) if size is not None else frozenset()
    answers = []
    for question in found:
        text, is_own = answer_to(question, phrases=book.phrases, facts=facts, when=when)
        answer = Answer(
            key=question.key, question=question.question, text=text, is_own=is_own and card is not None,
            source=question.source, caution=question.caution,
        )  # fmt: skip
        if question.shows_norms:
            shown = norms if size is None else replace(norms, rows=norms.near(size))
            answer = replace(answer, norms=shown if shown.rows else None, norm_level=norm_level(required), is_own=False)
        answers.append(answer)
    return tuple(answers)


@cache
def _shipped_questions() -> QuestionBook:
    return load_questions(shipped("data", "pso", "questions.toml").read_text(encoding="utf-8"))


@cache
def _shipped_norms() -> NormTable:
    return load_norms(shipped("data", "pso", "norms.toml").read_text(encoding="utf-8"))


# -- finding -----------------------------------------------------------------------------------------------------------


def _typed(sought: str) -> tuple[str, ...]:
    return words(sought[:_LONGEST].replace("’", "'"))[:_MOST_WORDS]


def _size(sought: str, book: QuestionBook) -> int | None:
    """The number of employees that is named: a number alone, or beside a word that asks for norms."""
    typed = _typed(re.sub(r"(?<=\d)\.(?=\d{3}\b)", "", sought))
    numbers = [
        int(word)
        for before, word in zip(("", *typed), typed, strict=False)
        if re.fullmatch(r"[0-9]{1,4}", word) and before not in _NO_SIZE_BEFORE
    ]
    asking = [word for question in book.questions if question.shows_norms for word in question.words]
    begun = tuple(word for word in typed if len(word) >= _SHORTEST_BEGUN)
    is_asked = len(typed) == 1 or any(word.startswith(begun) for word in asking)
    return numbers[0] if numbers and is_asked else None


def _find(questions: Sequence[Question], typed: tuple[str, ...]) -> tuple[Question, ...]:
    """Those that fit the most of what is typed, the best first."""
    telling = [word for word in typed if word not in _FILLERS and not word.isdigit()] or list(typed)
    near = [word for word in telling if not any(_strength(_terms(question), word) for question in questions)]
    scored = []
    for question in questions:
        terms = _terms(question)
        each = [_likeness(terms, word) if word in near else _strength(terms, word) for word in telling]
        whole = _phrase_strength(terms, " ".join(typed))
        scored.append((sum(map(bool, each)), whole + sum(each), question))
    most = max(fitting for fitting, _score, _question in scored)
    kept = [item for item in scored if item[0] == most and most]
    return tuple(question for _fitting, _score, question in sorted(kept, key=lambda item: -item[1]))


@dataclass(frozen=True, slots=True)
class _Terms:
    """What a question is found by, folded: single search words, those of several words, and all other words."""

    single: frozenset[str]
    several: frozenset[str]
    other: frozenset[str]


@cache
def _terms(question: Question) -> _Terms:
    folded = [" ".join(_typed(word)) for word in question.words]
    single = frozenset(word for word in folded if " " not in word)
    several = frozenset(folded) - single
    parts = {part for words_ in (*several, " ".join(_typed(question.question))) for part in words_.split()}
    return _Terms(single, several, frozenset(parts) - single)


def _phrase_strength(terms: _Terms, typed: str) -> int:
    """How well all that is typed fits words that belong together."""
    if typed in terms.several:
        return _PHRASE
    if any(f" {phrase} " in f" {typed} " for phrase in terms.several):
        return _PHRASE // 2
    return _PHRASE // 4 if " " in typed and any(phrase.startswith(typed) for phrase in terms.several) else 0


def _strength(terms: _Terms, word: str) -> int:
    if word in terms.single:
        return 8
    if any(term.startswith(word) for term in terms.single):
        return 6
    if word in terms.other:
        return 4
    if any(term.startswith(word) for term in terms.other):
        return 3
    return 2 if len(word) >= _SHORTEST_INSIDE and any(word in term for term in terms.single) else 0


def _likeness(terms: _Terms, word: str) -> int:
    """How well a word fits that nobody typed without an error."""
    if len(word) < _SHORTEST_INSIDE:
        return 0
    most = 1 if len(word) <= _ONE_ERROR else 2
    distances = [OSA.distance(word, term, score_cutoff=most) for term in terms.single | terms.other]
    return max(0, most + 1 - min(distances, default=most + 1))
