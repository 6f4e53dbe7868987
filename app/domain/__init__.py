"""The nouns of Social Return: suppliers, certificates, contracts, rules, verdicts, letters, journal.

Belongs here: frozen dataclasses and pure functions on them. No SQL, no files, no screen.
May import `app.base` and, to compare names, rapidfuzz; every other room may import it.
"""
