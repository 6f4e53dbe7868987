"""The errors that a person can do something about."""


class AppError(Exception):
    """The world's fault, not a bug: shown to the user as it stands, in Dutch.

    `message` says what happened and what was kept; `advice` says what to do now.
    Every other exception type is a bug and belongs in the log.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        """Keep both sentences; `str(error)` joins them."""
        super().__init__(message if not advice else f"{message} {advice}")
        self.message = message
        self.advice = advice


class RegisterError(AppError):
    """A register that cannot be opened, read or written."""


class NotWritableError(RegisterError):
    """A register that is whole but cannot be written here and now; it can still be read."""


class FileError(AppError):
    """A file of the user that cannot be read or written."""


class NotFoundError(AppError):
    """A record that the caller named does not exist."""


class Cancelled(Exception):  # noqa: N818 - it is no error: the user asked for it
    """Work was stopped at the user's request; nothing of it was kept."""
