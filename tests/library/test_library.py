"""Library: the stores of one home, used from several threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.authors import authors
from tui.core.paper import Paper
from tui.index.index import Index
from tui.library.library import Library
from tui.library.views import save_view_change
from tui.search.query import parse
from tui.state import Change


def test_new_papers_get_the_tags_of_views(tmp_path: Path) -> None:
    with Library(tmp_path / "home", create=True) as library:
        for name, query in (("Cats", "cats then:tag:pets"), ("Every", "sort:title then:tag:all")):
            library.store.apply(save_view_change(name, query))
        library.add([Paper("Old cats")])
        last_row = library.catalog.last_row
        library.tag_new_papers(last_row)
        assert dict(library.store.tags()) == {}
        library.add([Paper("New cats"), Paper("New dogs")])
        library.tag_new_papers(last_row)
        tags = {
            stored.paper.title: set(library.store.mark(stored.key).tags)
            for stored in library.catalog.iterate()
        }
        assert tags == {"Old cats": set(), "New cats": {"pets", "all"}, "New dogs": {"all"}}


def test_a_muting_view_takes_effect_at_once(tmp_path: Path) -> None:
    with Library(tmp_path / "home", create=True) as library:
        library.add([Paper("Cats"), Paper("Dogs")])
        search = library.up_to_date_search()
        for query, total in (("cats then:mute", 1), ("cats", 2), ("cats then:mute", 1)):
            library.store.apply(save_view_change("No cats", query))
            assert search.run(parse("")).total == total


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


PUBLISHED = {"doi": "10.1000/x"}


@pytest.mark.parametrize("is_marked_first", [True, False])
@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        (Paper("Sinks: A Study"), Paper("Sinks", ids=PUBLISHED), 1),
        (Paper("Sinks", ids={"doi": "10.1101/123456"}), Paper("Sinks", ids=PUBLISHED), 1),
        (Paper("On Apples", ids=PUBLISHED), Paper("On Pears", ids=PUBLISHED), 2),
    ],
)
def test_a_mark_and_its_note_survive_a_join_and_a_keeping_apart(
    tmp_path: Path, old: Paper, new: Paper, count: int, is_marked_first: bool
) -> None:
    old, new = (paper._replace(authors=authors("A. Bee"), published="2024") for paper in (old, new))
    first, second = (old, new) if is_marked_first else (new, old)
    with Library(tmp_path / "home", create=True) as library:
        key = library.add([first]).keys[0]
        library.store.apply(Change("note", {"papers": {key: {"star": True, "note": "read again"}}}))
        library.add([second])
        assert len(library.catalog) == count
        row = library.catalog.row_of(key)
        stored = library.catalog.get(row) if row else None
        assert stored
        mark = library.store.mark(stored.key)
        assert (mark.star, mark.note) == (True, "read again")
        assert stored.paper.title in (first.title, "Sinks: A Study")
