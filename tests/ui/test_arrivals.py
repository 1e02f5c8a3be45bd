"""Papers that have come in are announced once, and counted until the user has seen that."""

from __future__ import annotations

from pathlib import Path

from tui.core.paper import Paper
from tui.library.library import Library
from tui.ui.arrivals import Arrivals
from tui.ui.status_bar import StatusBar


def test_papers_are_counted_from_the_last_announcement_that_was_read(home: Path) -> None:
    status = StatusBar(lambda text: None, lambda notice: None)
    with Library(home, create=True) as library:
        arrivals = Arrivals(library, status, lambda command_id: f"<{command_id}>")
        assert arrivals.count() == 0
        library.add([Paper("First")])
        assert arrivals.count() == 1
        arrivals.announce("1 new", 1)
        assert status.text == "1 new · <first> shows them"
        library.add([Paper("Second"), Paper("Third")])
        assert arrivals.count() == 3  # the first is still announced
        arrivals.announce("3 new", 3)
        assert status.end_announcement()
        assert not status.end_announcement()
        library.add([Paper("Fourth")])
        assert arrivals.count() == 1
        arrivals.announce("nothing new", 0)
        assert status.text == "nothing new"
        assert not status.is_announcing
        assert arrivals.count() == 0
