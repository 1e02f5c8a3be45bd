"""One `Search` for several threads: each gets the answers it would get alone."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import cycle
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.authors import authors
from tests.search.dict_marks import DictMarks
from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.index.index import Index
from tui.index.snapshot import Snapshot
from tui.search import evaluator, word_match
from tui.search.evaluator import Evaluator
from tui.search.query import parse
from tui.search.search import Search

QUERIES = (
    *("graph", "grap", "gra", "sparse graph", "model", "mod", "mdoel", "atention", "state -graph"),
    *("is:read", "is:unread graph", "tag:later", "zebra", "year:2021..", "venue:acl model"),
    *('"sparse graph"', '"state model"', "sort:title", "sort:votes", "sort:author", "graph|state"),
    *("similar:3", "similar:9"),
)
ROUNDS = 6


def _paper(number: int) -> Paper:
    words = ("sparse", "graph", "state", "model", "attention", "vision", "deep")
    pick = [words[number * step % len(words)] for step in (1, 2, 3, 5)]
    return Paper(
        f"{pick[0]} {pick[1]} of {pick[2]} number{number}",
        authors=authors(f"Ann Author{number % 9}"),
        abstract=f"We study {pick[3]} and {pick[0]}.",
        published=f"20{18 + number % 7}",
        venue="ACL" if number % 3 else "",
        votes=number % 5,
        ids={"arxiv": f"2401.{number:05}"},
    )


def _answer(search: Search, text: str) -> list[int]:
    if text.startswith("similar:"):
        return search.find_similar(int(text.partition(":")[2])).rows.tolist()
    return search.run(parse(text)).rows.tolist()


class _Alternating:
    """An index that has another snapshot each time it is asked for one."""

    def __init__(self, snapshots: Iterable[Snapshot]) -> None:
        self._snapshots = cycle(snapshots)

    @property
    def snapshot(self) -> Snapshot:
        return next(self._snapshots)


@pytest.fixture
def quick_switches() -> Iterator[None]:
    """Let the interpreter switch threads after a few instructions."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("quick_switches")
@pytest.mark.parametrize("count", [1, 2], ids=["one snapshot", "two snapshots"])
def test_threads_get_the_answers_they_would_get_alone(
    library: Callable[..., tuple[Catalog, Index]],
    marks: DictMarks,
    monkeypatch: pytest.MonkeyPatch,
    count: int,
) -> None:
    """The caches are too small for all queries; of two snapshots each search sees another one."""
    monkeypatch.setattr(evaluator, "_CACHED", 3)
    monkeypatch.setattr(word_match, "_CACHE_BYTES", 0)
    monkeypatch.setattr(word_match, "_CACHE_LEAST", 3)
    catalog, index = library(*map(_paper, range(40)))
    first = index.snapshot
    catalog.add(map(_paper, range(40, 60)))
    index.update(catalog)
    snapshots = (first, index.snapshot)[:count]
    marks.mark("read", 1, 2, 3, 45)
    marks.mark("tag", 4, 50, value="later")
    marks.note(7, "compare with zebra fish")
    right: dict[str, list[list[int]]] = {text: [] for text in QUERIES}
    for snapshot in snapshots:
        alone = Search(cast(Index, SimpleNamespace(snapshot=snapshot)), marks)
        for text in QUERIES:
            right[text].append(_answer(alone, text))

    search = Search(cast(Index, _Alternating(snapshots)), marks)

    def work(texts: Iterable[str]) -> list[str]:
        queries = [text for _ in range(ROUNDS) for text in texts]
        return [text for text in queries if _answer(search, text) not in right[text]]

    with ThreadPoolExecutor(4) as pool:
        wrong = [pool.submit(work, texts) for texts in (QUERIES, QUERIES[::-1], QUERIES[5:])]
        assert [future.result(60) for future in wrong] == [[], [], []]


class _InterruptedMarks(DictMarks):
    """Marks that call a function once, in another thread, while an answer of theirs is used."""

    def __init__(self) -> None:
        super().__init__()
        self.interrupts: dict[str, Callable[[], object]] = {}
        """What to call, by the name of the method."""

    def _interrupt(self, method: str) -> None:
        if interrupt := self.interrupts.pop(method, None):
            other = threading.Thread(target=interrupt)
            other.start()
            other.join(10)

    def rows(self, what: str, value: str | int | None = None) -> NDArray[np.int64]:
        rows = super().rows(what, value)
        self._interrupt("rows")
        return rows

    def texts(self) -> Iterable[tuple[int, str, str]]:
        texts = list(super().texts())
        self._interrupt("texts")
        return texts


def test_a_search_finds_a_new_note_while_another_search_reads_the_notes(
    library: Callable[..., tuple[Catalog, Index]],
) -> None:
    marks = _InterruptedMarks()
    search = Search(library(*map(_paper, range(5)))[1], marks)
    found = [_answer(search, "zebra")]
    marks.note(2, "compare with zebra fish")
    marks.interrupts["texts"] = lambda: found.append(_answer(search, "zebra"))
    found.append(_answer(search, "zebra"))
    assert found == [[], [2], [2]]


def test_a_mark_that_changes_during_a_search_is_found_by_the_next_search(
    library: Callable[..., tuple[Catalog, Index]],
) -> None:
    marks = _InterruptedMarks()
    search = Search(library(*map(_paper, range(5)))[1], marks)
    marks.mark("read", 1)

    def read_another() -> None:
        marks.mark("read", 3)
        _answer(search, "graph")

    marks.interrupts["rows"] = read_another
    _answer(search, "is:read")
    assert sorted(_answer(search, "is:read")) == [1, 3]


def test_a_note_written_while_a_search_reads_the_notes_is_found_by_the_next_search(
    library: Callable[..., tuple[Catalog, Index]],
) -> None:
    marks = _InterruptedMarks()
    search = Search(library(*map(_paper, range(5)))[1], marks)
    marks.note(2, "compare with zebra fish")
    marks.interrupts["texts"] = lambda: marks.note(3, "a zebra, too")
    assert _answer(search, "zebra") == [2]
    assert sorted(_answer(search, "zebra")) == [2, 3]


def test_a_search_ends_with_what_it_began_with(
    library: Callable[..., tuple[Catalog, Index]],
    marks: DictMarks,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Another search, of a newer snapshot, replaces the evaluator in the middle of the first."""
    with closing(Catalog(tmp_path / "other.db", create=True)) as catalog:
        catalog.add(map(_paper, reversed(range(25))))
        newer = Index.open(tmp_path / "other", catalog)
        newer.update(catalog)
    index = SimpleNamespace(snapshot=library(*map(_paper, range(20)))[1].snapshot)
    search = Search(cast(Index, index), marks)
    right = _answer(search, "graph")
    search = Search(cast(Index, index), marks)
    _answer(search, "sparse")
    real = Evaluator.evaluates

    def interrupt(*arguments: Any) -> bool:
        answer = real(*arguments)
        if index.snapshot is not newer.snapshot:
            index.snapshot = newer.snapshot
            other = threading.Thread(target=_answer, args=(search, "graph"))
            other.start()
            other.join(10)
        return answer

    monkeypatch.setattr(Evaluator, "evaluates", interrupt)
    assert _answer(search, "graph") == right
    assert _answer(search, "graph") != right
