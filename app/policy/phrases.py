"""Parts of sentences that the explanation on screen and the spoken text have in common."""

from app.base.formatting import euro
from app.domain.certificate import Level
from app.domain.policy import Rule
from app.domain.verdict import Policy, Verdict


def deciding_rule(verdict: Verdict, policy: Policy) -> Rule | None:
    """Return the rule that a verdict rests on, else the one whose threshold it names; None when it is gone."""
    demands = policy.demands_on(verdict.on)
    if verdict.rule_code is not None:
        return next((rule for rule in demands if rule.code == verdict.rule_code), None)
    return next((rule for rule in demands if rule.threshold_cents == verdict.threshold_cents), None)


def money(cents: int, *, beside: int | None = None) -> str:
    """Return whole euros, unless rounding would hide a threshold's cents or on which side of it an amount lies."""
    needs_cents = cents % 100 != 0 if beside is None else 0 < abs(cents - beside) < 100
    return euro(cents, with_cents=needs_cents)


def level_words(level: Level | None) -> str:
    """Return a level as it stands within a sentence."""
    if level is None:
        return "een certificaat"
    return f"de {level.label}" if level in {Level.ASPIRANT, Level.BASIS} else level.label
