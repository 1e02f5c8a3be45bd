"""Library: the stores of one home, used from several threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tui.core.paper import Paper
from tui.index.index import Index
from tui.library.library import Library


@pytest.mark.parametrize("name", ["index", "search"])
def test_threads_that_need_the_index_or_search_first_get_the_same_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
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

        def ask() -> None:
            found.append(getattr(library, name))

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(opened) == 1
        assert found == [getattr(library, name)] * 4


@pytest.mark.parametrize("asked", ["rows", "texts"])
def test_rows_that_are_looked_up_while_another_thread_forgets_them_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    with Library(tmp_path / "home", create=True) as library:
        added = library.add([Paper("Of Barley")])
        library.change_marks("note", {added.keys[0]: {"note": "a note"}})
        threads: list[threading.Thread] = []
        real = library.catalog.rows_of

        def rows_of(names: Iterable[str]) -> dict[str, int]:
            rows = real(names)
            threads.append(threading.Thread(target=library.rows.forget_rows))
            threads[-1].start()
            threads[-1].join(0.1)  # it waits until the rows are in the cache
            return rows

        monkeypatch.setattr(library.catalog, "rows_of", rows_of)
        for count in (1, 2):
            if asked == "rows":
                assert library.rows.rows("note").tolist() == [1]
            else:
                assert list(library.rows.texts()) == [(1, "", "a note")]
            threads[-1].join()
            assert len(threads) == count
