"""How objects that know no screen run functions in threads and on the event loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from textual.message import Message
from textual.screen import Screen


class Background(Protocol):
    """Runs functions in threads, and on the event loop."""

    def run(self, work: Callable[[], None], group: str, description: str) -> object:
        """Run `work` in a thread. If it raises, `description` is said to have failed."""

    def call(self, function: Callable[[], None], flood: str = "") -> object:
        """Call a function on the event loop soon; may be called from any thread.

        Of the waiting calls with the same `flood`, only the last is made.
        """


class ScreenBackground:
    """The background of a screen: its workers, its queue of messages."""

    @dataclass(eq=False, repr=False)
    class Call(Message):
        """A function is to be called on the event loop."""

        function: Callable[[], None]
        flood: str

        def can_replace(self, message: Message) -> bool:
            """Whether `message`, which came later, makes this one unnecessary."""
            same = isinstance(message, ScreenBackground.Call) and message.flood == self.flood
            return bool(self.flood) and same

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen

    def run(self, work: Callable[[], None], group: str, description: str) -> object:
        return self._screen.run_worker(
            work, group=group, description=description, thread=True, exit_on_error=False
        )

    def call(self, function: Callable[[], None], flood: str = "") -> object:
        return self._screen.post_message(self.Call(function, flood))
