"""Library: the stores of one home, used from several threads."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tui.core.paper import Paper
from tui.index.index import Index
from tui.library.library import Library


def test_threads_that_need_the_search_first_get_the_same_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Index] = []
    real = Index.open

    def slow_open(*arguments: Any) -> Index:
        time.sleep(0.05)
        opened.append(real(*arguments))
        return opened[-1]

    monkeypatch.setattr(Index, "open", slow_open)
    with Library(tmp_path / "home", create=True) as library:
        found: list[object] = []
        threads = [threading.Thread(target=lambda: found.append(library.search)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(opened) == 1
        assert found == [library.search] * 4


def test_rows_of_marks_are_answered_while_other_threads_forget_them(tmp_path: Path) -> None:
    with Library(tmp_path / "home", create=True) as library:
        added = library.add(Paper(f"Title number {n}") for n in range(50))
        library.mark("star", {key: {"star": True} for key in added.keys})
        ends = time.monotonic() + 0.3
        failures: list[BaseException] = []

        def ask() -> None:
            try:
                while time.monotonic() < ends:
                    assert len(library.rows.rows("star")) == 50
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        while time.monotonic() < ends:
            library.rows.forget_rows()
        for thread in threads:
            thread.join()
        assert failures == []
