"""StatusBar: messages, progress, warnings and hints, and for how long each is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Notice(NamedTuple):
    """A text above the status line, where it stays until the user hides it."""

    text: str
    is_warning: bool


class StatusBar:
    """Decides what the status line and the notice above it show; a screen shows it."""

    def __init__(
        self,
        show_text: Callable[[str], None],
        show_notice: Callable[[Notice | None], None],
    ) -> None:
        """Call `show_text` and `show_notice` with what is to be shown from now on."""
        self._show_text = show_text
        self._show_notice = show_notice
        self._text = ""
        self._progress = ""
        self._announces = False
        self._notice: Notice | None = None

    @property
    def text(self) -> str:
        """The message or progress at the right end of the status line."""
        return self._text

    @property
    def notice(self) -> Notice | None:
        """The notice above the status line."""
        return self._notice

    def message(self, text: str) -> None:
        """Show what happened, until the next key."""
        self._text = text
        self._show_text(text)

    def announce(self, text: str) -> None:
        """Show a message about papers that have come in; the key for the first paper shows them."""
        self._announces = True
        self.message(text)

    @property
    def is_announcing(self) -> bool:
        """Whether the key for the first paper shows papers that have come in."""
        return self._announces

    def end_announcement(self) -> bool:
        """Give that key its usual meaning again; return whether there was an announcement."""
        was, self._announces = self._announces, False
        return was

    def progress(self, text: str) -> None:
        """Show how far some work is, empty when it is done. A message is not replaced."""
        if self._text in ("", self._progress):
            self._progress = text
            self.message(text)

    def clear_message(self) -> None:
        """Clear the message, because another key was pressed; progress stays."""
        if self._text != self._progress:
            self.message("")

    def warn(self, text: str) -> None:
        """Show what went wrong, until the user hides it."""
        self._set_notice(Notice(text, is_warning=True))

    def hint(self, text: str) -> None:
        """Show help in the place of warnings, until the user hides it."""
        self._set_notice(Notice(text, is_warning=False))

    def hide_notice(self) -> bool:
        """Hide the warning or hint; return whether there was one."""
        had = self._notice is not None
        self._set_notice(None)
        return had

    def _set_notice(self, notice: Notice | None) -> None:
        self._notice = notice
        self._show_notice(notice)
