"""How alike two parties are, with the reasons for and against: one definition for imports and for duplicates.

A name is never certain: a holding, a sister firm and a look-alike bear nearly the same one. A KvK number is, as long as
nothing contradicts it. A different KvK number is another firm, or the same one after a takeover (domain.md §0, fact
12), so that it speaks against everything else together.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from rapidfuzz import fuzz

from app.domain.party import Party

LIKELY = 50
"""From this score on somebody is asked whether two are the same."""

# Without a KvK number in common nothing comes so far.
_CERTAIN, _UNCERTAIN = 100, 89
# What each reason against takes from an equal KvK number.
_PER_DOUBT = 10
# So much of a word must agree to be the same word with a slip in it, and of a name to be said to resemble another.
_SLIP, _RESEMBLING = 80, 70
_SMALL = frozenset("& de den der des het t ter ten te the van vd".split())
_HOLDING = frozenset(
    "holding holdings beheer beheermaatschappij groep group concern deelnemingen participaties beleggingen".split()
)
_MOST_QUOTED = 4
# A longer name is a list of them; each word of one is held against each of the other.
_MOST_WORDS = 30
_COUNTING = frozenset("ii iii iv vi vii viii".split())


@dataclass(frozen=True, slots=True)
class Likeness:
    """From 0 to 100, and why, in Dutch; what weighs most stands in front."""

    score: int
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]

    @property
    def is_certain(self) -> bool:
        """Whether a number that only one firm has speaks for it, and nothing against it."""
        return self.score == _CERTAIN

    @property
    def is_likely(self) -> bool:
        """Whether somebody has to be asked."""
        return self.score >= LIKELY


def likeness(one: Party, other: Party) -> Likeness:
    """Return how alike two parties are; which of them stands in front makes no difference.

    The points say how much each reason tells beside the others: an equal name needs the same place, phone or postcode
    to come far, another name never comes further than being asked about.
    """
    names = _compare_names(one, other)
    found = [*_numbers(one, other, names), *_names(one, other, names), *_whereabouts(one, other)]
    against = tuple(item.words for item in found if item.is_against)
    if base := max((item.base for item in found), default=0):
        score = base - _PER_DOUBT * len(against)
    else:
        score = min(_CERTAIN, sum(item.points for item in found))
        if _differ(one.kvk, other.kvk):
            score //= 2
        score = min((_UNCERTAIN, score, *(item.at_most for item in found)))
    return Likeness(max(score, 0), tuple(item.words for item in found if not item.is_against), against)


def names_agree(one: Party, other: Party) -> bool:
    """Whether names do not speak against one firm: the same but for slips, one inside the other, or not known."""
    names = _compare_names(one, other)
    return names is None or not (names.left and names.right)


def names_differ_wholly(one: Party, other: Party) -> bool:
    """Whether both have names, and no word of them is the same but for slips."""
    names = _compare_names(one, other)
    return names is not None and bool(names.left and names.right) and not names.has_common


def is_holding(name: str) -> bool:
    """Whether a firm's name, as compared, says that it holds others."""
    return not _HOLDING.isdisjoint(name.split())


class _Evidence(NamedTuple):
    """One reason. `base` is where the score begins when it is all but certain, `at_most` what it can still become."""

    words: str
    points: int = 0
    is_against: bool = False
    base: int = 0
    at_most: int = _CERTAIN


def _against(words: str, points: int = 0, *, at_most: int = _CERTAIN) -> _Evidence:
    return _Evidence(words, points, is_against=True, at_most=at_most)


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


# -- numbers ----------------------------------------------------------------------------------------------------------


def _numbers(one: Party, other: Party, names: "_Names | None") -> Iterator[_Evidence]:
    if one.kvk & other.kvk:
        yield _Evidence("KvK-nummer gelijk", base=_CERTAIN)
    elif (one.kvk | one.former_kvk) & (other.kvk | other.former_kvk):
        yield _Evidence("eerder KvK-nummer gelijk", base=_CERTAIN - 5)
    elif _differ(one.kvk, other.kvk):
        yield _against("ander KvK-nummer")
    if one.own_numbers & other.own_numbers:
        yield _Evidence("eigen nummer gelijk", 50)
    if one.branches & other.branches:
        yield _Evidence("vestigingsnummer gelijk", 40)
    elif _differ(one.branches, other.branches):
        yield _against("ander vestigingsnummer", -20)
    if one.btw_ids & other.btw_ids:
        # Firms of one fiscal unit (fiscale eenheid) may share a btw-id.
        is_shared = names is not None and not names.are_same
        yield _Evidence("btw-nummer gelijk", 15 if is_shared else 30)
        if is_shared:
            yield _against("een fiscale eenheid deelt één btw-nummer")
    elif _differ(one.btw_ids, other.btw_ids):
        yield _against("ander btw-nummer", -20)
    if _differ(one.own_numbers, other.own_numbers):
        yield _against("ander eigen nummer", -5)


def _whereabouts(one: Party, other: Party) -> Iterator[_Evidence]:
    if one.phones & other.phones:
        yield _Evidence("zelfde telefoon", 30)
    if one.doors & other.doors:
        yield _Evidence("zelfde postcode en huisnummer", 30)
    elif one.postcodes & other.postcodes:
        yield _Evidence("zelfde postcode", 20)
    if one.places & other.places:
        yield _Evidence("zelfde plaats", 10)
    elif _differ(one.places, other.places) and not one.postcodes & other.postcodes:
        yield _against("andere plaats", -15)
    if one.mail_domains & other.mail_domains:
        yield _Evidence("zelfde e-maildomein", 10)
    if None not in (one.is_combination, other.is_combination) and one.is_combination != other.is_combination:
        yield _against("de een is een combinatie", -5)


# -- names ------------------------------------------------------------------------------------------------------------


class _Names(NamedTuple):
    """How alike the most alike names of two parties are; `left` and `right` are words that only one of them has."""

    percent: int
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    has_common: bool = True
    is_own: bool = True

    @property
    def are_same(self) -> bool:
        """Whether they are one name, but for slips of the pen."""
        return not self.left and not self.right

    @property
    def rank(self) -> tuple[object, ...]:
        """What makes one pair of names more telling than another; the words make the choice certain."""
        is_inside = not (self.left and self.right)
        return self.are_same, is_inside, self.percent, self.is_own, sorted((self.left, self.right))


def _compare_names(one: Party, other: Party) -> _Names | None:
    """Return the most alike names; None when one of the two has none. A place where both are tells nothing."""
    if not one.names or not other.names:
        return None
    untold = {word for place in one.places & other.places for word in place.split()} | _SMALL
    pairs = product(enumerate(one.names), enumerate(other.names))
    compared = [_compare(left, right, untold, is_own=at == place == 0) for (at, left), (place, right) in pairs]
    return max(compared, key=lambda found: found.rank)


def _compare(one: str, other: str, untold: Set[str], *, is_own: bool) -> _Names:
    if one == other:
        return _Names(_CERTAIN, is_own=is_own)
    left, right = _telling(one, untold), _telling(other, untold)
    if sorted(left) == sorted(right) or "".join(left) == "".join(right):
        return _Names(_CERTAIN, is_own=is_own)
    first_words = (" ".join(sorted(telling[:_MOST_WORDS])) for telling in (left, right))
    percent = min(_CERTAIN - 1, round(fuzz.ratio(*first_words)))
    here, there = [*left], []
    for word in right:
        if word in here:
            here.remove(word)
        else:
            there.append(word)
    pairs = product(here[:_MOST_WORDS], there[:_MOST_WORDS])
    slips = sorted((-ratio, sorted(pair), pair) for pair in pairs if (ratio := _slip(*pair)))
    for _, _, (word, slip) in slips:
        if word in here and slip in there:
            here.remove(word)
            there.remove(slip)
    first, second = tuple(sorted(here)), tuple(sorted(there))
    return _Names(percent, first, second, has_common=len(first) < len(left), is_own=is_own)


def _telling(name: str, untold: Set[str]) -> list[str]:
    words = name.split()
    return [word for word in words if word not in untold] or words


def _slip(one: str, other: str) -> float:
    """Return how much of two words agrees, 0 when they are two words; another number is never a slip."""
    return 0 if _counts(one) or _counts(other) else fuzz.ratio(one, other, score_cutoff=_SLIP)


def _counts(word: str) -> bool:
    return word in _COUNTING if word.isalpha() else any(map(str.isdigit, word))


def _names(one: Party, other: Party, names: _Names | None) -> Iterator[_Evidence]:
    if names is None:
        return
    percent = names.percent
    if names.are_same and percent < _CERTAIN:
        # At 90 % the same place makes it likely.
        yield _Evidence(f"naam bijna gelijk ({percent} %)", max(0, 60 - 2 * (_CERTAIN - percent)))
    elif names.are_same:
        yield _Evidence("naam gelijk", 60) if names.is_own else _Evidence("eerdere naam of handelsnaam gelijk", 55)
    elif not (names.left and names.right):
        yield _Evidence("de ene naam staat in de andere", 30)
    elif percent >= _RESEMBLING:
        yield _Evidence(f"naam lijkt erop ({percent} %)", 15)
    if _differ(one.forms, other.forms):
        yield _against("andere rechtsvorm", -10)
    if any(map(_counts, (*names.left, *names.right))):
        yield _against("ander nummer in de naam", at_most=LIKELY - 5)
    elif is_holding(one.names[0]) != is_holding(other.names[0]):
        yield _against("de een is een holding", at_most=LIKELY)
    elif names.left and names.right and not names.has_common:
        yield _against("andere naam", at_most=LIKELY)
    elif not names.are_same:
        at_most = LIKELY + 5 if names.left and names.right else 75
        yield _against(f"alleen in één naam: {_quoted(names)}", at_most=at_most)


def _quoted(names: _Names) -> str:
    return " / ".join(sorted(f"“{_shortened(words)}”" for words in (names.left, names.right) if words))


def _shortened(words: tuple[str, ...]) -> str:
    return " ".join(words if len(words) <= _MOST_QUOTED else (*words[:_MOST_QUOTED], "…"))
