"""The core of Tredewijzer: register, judgement, import, letters and look-up.

Belongs here: everything that works without a screen. Nothing in this package imports PySide6 or `ui`.
"""
