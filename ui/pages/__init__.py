"""The screens, one per file: each shows one job and calls `app.services` through the desk.

Belongs here: which parts stand where, and what a key does. May import `ui.dialogs` and below.
"""
