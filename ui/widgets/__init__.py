"""The parts that screens are built from: rail, chips, cards, tables, charts, fields.

Belongs here: what draws or takes input and knows no screen. May import `ui.base` and `ui.models`.
"""
