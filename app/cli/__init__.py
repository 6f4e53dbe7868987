"""The command line: every job without a window.

Belongs here: arguments in, texts out. Texts go to stdout, with `--json` as JSON; messages in Dutch to stderr; exit 0
done, 1 could not, 2 wrong usage. May import `app.bootstrap` and `app.services`; `main` of `program` is the door.
"""
