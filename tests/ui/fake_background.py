"""A background for tests: it works in the thread of the test, when the test says so."""

from __future__ import annotations

from collections.abc import Callable


class FakeBackground:
    """Keeps work and calls until `finish`."""

    def __init__(self) -> None:
        self.work: list[tuple[str, Callable[[], None]]] = []
        self.calls: list[tuple[str, Callable[[], None]]] = []

    def run(self, work: Callable[[], None], group: str, description: str) -> object:
        self.work.append((group, work))
        return None

    def call(self, function: Callable[[], None], flood: str = "") -> object:
        if flood and self.calls and self.calls[-1][0] == flood:
            self.calls.pop()
        self.calls.append((flood, function))
        return None

    def finish(self) -> None:
        """Run all work, make all calls, and what they lead to."""
        while self.work or self.calls:
            works, self.work = self.work, []
            for _, work in works:
                work()
            calls, self.calls = self.calls, []
            for _, function in calls:
                function()
