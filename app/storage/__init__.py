"""The register on disk: the only room that speaks SQL.

Belongs here: opening and checking the file, schema and migrations, one repository per noun, the change log with undo,
the look-up index and the set-based verdicts. May import `app.base` and `app.domain`; only `app.services` and
`app.bootstrap` import it.
"""
