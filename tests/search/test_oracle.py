"""Search finds the same papers as the oracle, for generated libraries, changes and queries."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.search.dict_marks import DictMarks
from tests.search.oracle import Oracle
from tests.search.strategies import POOL, papers, queries
from tui.catalog.catalog import Catalog, StoredPaper
from tui.core.paper import Paper
from tui.index import folder
from tui.index.index import Index
from tui.index.segment import Segment
from tui.index.segment_builder import SegmentBuilder
from tui.index.snapshot import Snapshot
from tui.search import word_match
from tui.search.query import parse
from tui.search.search import Search

EXAMPLES = int(os.environ.get("SHEAF_EXAMPLES", "0"))
"""Examples to generate: few in the suite, SHEAF_EXAMPLES of them by hand."""


@pytest.fixture(autouse=True)
def low_thresholds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lower the limits for rare and for much more frequent words to a library of a few papers."""
    monkeypatch.setattr(word_match, "RARE_BELOW", 3)
    monkeypatch.setattr(word_match, "MIN_FREQUENCY_RATIO", 2)
    monkeypatch.setattr(folder, "CLOCK_TICK", 0)


def _marks(draw: st.DrawFn, rows: int) -> DictMarks:
    marks = DictMarks()
    some = st.lists(st.integers(1, rows), max_size=3)
    for what in ("read", "star", "new"):
        marks.mark(what, *draw(some))
    for tag in ("To Read", "toy", "état"):
        marks.mark("tag", *draw(some), value=tag)
    for row in draw(some):
        marks.note(row, " ".join(draw(st.lists(st.sampled_from(POOL), max_size=3))))
    for row in draw(some):
        if all(row not in rows for (what, _), rows in marks.marked.items() if what == "rating"):
            marks.mark("rating", row, value=draw(st.integers(1, 5)))
    return marks


@st.composite
def libraries(draw: st.DrawFn) -> tuple[list[StoredPaper], Snapshot, DictMarks]:
    """Papers, the snapshot of them in one to three segments, and marks."""
    size = draw(st.integers(1, 12))
    stored = []
    for row in range(1, size + 1):
        paper = draw(papers(row))
        stored.append(StoredPaper(row, paper.key, "2024-05-05T10:00:00Z", paper))
    cuts = sorted(draw(st.lists(st.integers(0, size), max_size=2)))
    segments = []
    for low, high in zip([0, *cuts], [*cuts, size], strict=True):
        builder = SegmentBuilder()
        for one in stored[low:high]:
            builder.add(one)
        if low < high:
            segments.append(Segment(builder.arrays()))
    return stored, Snapshot(segments), _marks(draw, size)


@settings(
    max_examples=EXAMPLES or 80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(libraries(), st.lists(queries, min_size=1, max_size=4))
def test_search_finds_what_reading_every_paper_finds(
    library: tuple[list[StoredPaper], Snapshot, DictMarks], texts: list[str]
) -> None:
    stored, snapshot, marks = library
    search = Search(cast(Index, SimpleNamespace(snapshot=snapshot)), marks)
    oracle = Oracle(stored, marks)
    for text in texts:
        query = parse(text)
        hits = search.run(query)
        assert sorted(hits.rows.tolist()) == sorted(oracle.rows(query)), text
        assert hits.total == len(oracle.rows(query))


class Changes(RuleBasedStateMachine):
    """A library that grows, changes and shrinks, and an index that is updated and reopened."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.place = Path(self.folder.name)
        self.catalog = Catalog(self.place / "papers.db", create=True)
        self.marks = DictMarks()
        self.open()

    def teardown(self) -> None:
        self.catalog.close()
        self.folder.cleanup()

    @rule()
    def open(self) -> None:
        self.index = Index.open(self.place / "index", self.catalog)
        self.search = Search(self.index, self.marks)

    @rule(data=st.data(), numbers=st.lists(st.integers(1, 15), min_size=1, max_size=6))
    def add(self, data: st.DataObject, numbers: list[int]) -> None:
        """Add new papers, and new values of papers that are there."""
        self.catalog.add([data.draw(papers(number)) for number in numbers])

    @rule(number=st.integers(1, 15), other=st.integers(1, 15))
    def add_a_record_of_two_papers(self, number: int, other: int) -> None:
        """Add a record with the identifiers of two papers, which makes them one."""
        doi = f"10.1/{other}"
        for ids in ({"doi": doi}, {"arxiv": f"2401.{number:05}", "doi": doi}):
            self.catalog.add([Paper(f"graph of {other}", ids=ids)])

    @rule(row=st.integers(1, 15), what=st.sampled_from(("read", "star", "note", "tag")))
    def mark(self, row: int, what: str) -> None:
        if what == "note":
            self.marks.note(row, "a telegraph état")
        else:
            self.marks.mark(what, row, value="To Read" if what == "tag" else None)

    @rule()
    def delete_the_segments(self) -> None:
        for path in (self.place / "index").glob("*.segment"):
            path.unlink()
        self.open()

    @rule(text=queries)
    def search_for(self, text: str) -> None:
        self.index.update(self.catalog)
        query = parse(text)
        oracle = Oracle(self.catalog.iterate(), self.marks)
        assert sorted(self.search.run(query).rows.tolist()) == sorted(oracle.rows(query)), text
        assert self.search.run(parse("")).rows.tolist() == self.catalog.newest()


def test_search_is_right_after_any_changes() -> None:
    run_state_machine_as_test(
        Changes,
        settings=settings(
            max_examples=EXAMPLES or 12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
