"""Filling a new register with the rules and letter texts that ship with the program.

From then on they are the register's own, as dated versions: an update of the program never rewrites the past.
"""

from app.base.paths import shipped
from app.domain.letter import LetterSettings
from app.domain.policy import PolicySettings
from app.policy.rulebook import load_rules
from app.services.letter_texts import add_missing
from app.storage.register import Register


def seed(register: Register) -> None:
    """Write the shipped rules, letter texts and settings into an empty register."""
    rules = load_rules(shipped("data", "policy", "wonen-limburg.toml").read_text(encoding="utf-8"))
    with register.operation("init", "Register aangemaakt", is_undoable=False):
        register.rules.add_all(rules)
        add_missing(register)
        register.save_settings(PolicySettings())
        register.save_settings(LetterSettings())
