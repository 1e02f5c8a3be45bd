"""The search for reference cycles waits until the user does not type."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator

import pytest

from tui.ui import idle_collector
from tui.ui.idle_collector import IdleCollector


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How often a search was made."""
    times: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda *_: times.append(1) or 0)
    was = gc.isenabled()
    yield times
    if was:
        gc.enable()


def test_cycles_are_searched_when_the_user_rests_and_there_are_many_objects(
    collected: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, now = 10, 100.0
    monkeypatch.setattr(gc, "get_count", lambda: (made, 0, 0))
    monkeypatch.setattr(time, "monotonic", lambda: now)
    tidy = IdleCollector()
    tidy.start()
    assert not gc.isenabled()
    tidy.note_input()
    now += 1
    tidy.collect_if_idle()
    assert collected == []  # too few objects
    made = idle_collector.MIN_WHEN_IDLE + 1
    tidy.collect_if_idle()
    assert collected == [1]
    tidy.note_input()
    tidy.collect_if_idle()
    assert collected == [1]  # the user types
    made = idle_collector.MIN_WHEN_BUSY + 1
    tidy.collect_if_idle()
    assert collected == [1, 1]  # too many objects to wait
    tidy.stop()
    assert gc.isenabled()
