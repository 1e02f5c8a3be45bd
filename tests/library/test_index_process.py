"""The index built in a second process while papers are added."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from tui.core.paper import Paper
from tui.core.progress import Progress, ProgressUpdate
from tui.library import index_process
from tui.library.index_process import IndexProcess, update_until
from tui.library.library import Library


@pytest.fixture(autouse=True)
def _few_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_process, "LARGE", 100)
    monkeypatch.setattr(index_process, "STEP", 100)
    monkeypatch.setattr(index_process, "_POLL", 0.01)


def _papers(count: int) -> list[Paper]:
    return [Paper(f"Title number {n}") for n in range(count)]


def test_the_index_is_updated_until_all_papers_are_added(home: Path) -> None:
    with Library(home, create=True) as library:
        library.add(_papers(450))
    all_added = threading.Event()
    updating = threading.Thread(target=update_until, args=(home, all_added))
    updating.start()
    with Library(home) as library:
        for _ in range(500):
            if not library.index.is_stale:
                break
            library._index = None
            time.sleep(0.01)
        assert not library.index.is_stale
        library.add([Paper("One More")])
    all_added.set()
    updating.join(20)
    with Library(home) as library:
        assert not library.index.is_stale


def test_the_process_starts_once_many_papers_are_added_and_reports_its_progress(
    home: Path,
) -> None:
    updates: list[ProgressUpdate] = []
    with Library(home, create=True) as library, IndexProcess(home) as process:
        process.report_added(99)
        assert not process.is_needed
        library.add(_papers(450))
        process.report_added(450)
        assert process.is_needed
        process.finish(library, Progress(report=updates.append))
        library._index = None
        assert not library.index.is_stale
    assert all(update.label == "indexing" for update in updates)
