"""What a user can do, one verb per file: the only door for the window and the command line.

Belongs here: "first this, then that, all or nothing". May import every room below; knows no SQL, draws nothing.
"""

from app.storage.register import Register

__all__ = ["Register"]
