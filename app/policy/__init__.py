"""The judge: dated rules, the verdict of one supplier on one day, and the Dutch sentences that explain it.

Belongs here: pure functions on domain objects. No SQL, no files, no clock: the caller hands over text, facts and
day. May import `app.domain` and `app.base`; `app.services` may import it.
"""
