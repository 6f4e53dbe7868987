"""Filling a new register with the rules and letter texts that ship with the program.

From then on they are the register's own, as dated versions: an update of the program never rewrites the past.
"""

from datetime import date

from app.base.paths import shipped
from app.domain.letter import LetterSettings, LetterTemplate
from app.domain.policy import PolicySettings
from app.letters import templates
from app.policy.rulebook import load_rules
from app.storage.register import Register

_ALWAYS = date(2020, 1, 1)


def seed(register: Register) -> None:
    """Write the shipped rules, letter texts and settings into an empty register."""
    rules = load_rules(shipped("data", "policy", "wonen-limburg.toml").read_text(encoding="utf-8"))
    with register.operation("init", "Register aangemaakt", is_undoable=False):
        register.rules.add_all(rules)
        register.templates.add_all(
            LetterTemplate(id=register.new_id(), kind=kind, version=1, valid_from=_ALWAYS, source=source)
            for kind, source in sorted(templates.shipped().items())
        )
        register.save_settings(PolicySettings())
        register.save_settings(LetterSettings())
