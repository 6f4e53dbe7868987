"""The letters: their text, their layout on Dutch office paper and the PDF.

Belongs here: templates (TOML text with merge fields), content (what a letter says, pure), terms (the two dates),
layout and typesetting (window, folds, pages), artwork (paper, logo and
signature of one's own) and the drawing itself. This room and `app.reports` alone draw PDF.
May import `app.base` and `app.domain`; `app.services` imports it.
"""
