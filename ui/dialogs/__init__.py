"""The few windows over the window: choosing files, the keys, an unexpected error.

Belongs here: what a person must answer or read before going on. May import `ui.widgets` and below.
"""
