"""Errors with messages for the user."""


class SheafError(Exception):
    """An error for the user; `str(error)` is one line that says what happened and what to do."""


class UsageError(SheafError):
    """The command or the setting is wrong as given; exit status 2."""
