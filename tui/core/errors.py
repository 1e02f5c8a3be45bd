"""What can go wrong, in words for the person at the keyboard."""


class SheafError(Exception):
    """Something the user should know; `str(error)` is one calm line that says what to do."""


class UsageError(SheafError):
    """The command cannot be carried out as given; exit status 2."""
