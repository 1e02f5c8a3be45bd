"""Papers of a muting view are shown nowhere but there, and where `is:muted` asks for them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date

import pytest

from tests.search.dict_marks import DictMarks
from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.index.index import Index
from tui.search.query import parse
from tui.search.search import Search

Make = Callable[..., tuple[Catalog, Index]]
PAPERS = (
    Paper("A Survey of Vision", categories=("cs.CV",)),
    Paper("A Survey of Language", categories=("cs.CL",)),
    Paper("Attention", categories=("cs.CV",)),
    Paper("Starred Vision Survey", categories=("cs.CV",)),
)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Attention", "Starred Vision Survey", "A Survey of Language"]),
        ("survey", ["A Survey of Language", "Starred Vision Survey"]),
        ("is:muted", ["A Survey of Vision"]),
        ("survey (is:muted OR cat:cs.CL)", ["A Survey of Vision", "A Survey of Language"]),
        ("-is:muted", ["Attention", "Starred Vision Survey", "A Survey of Language"]),
        ("survey cat:cs.CV then:mute", ["A Survey of Vision", "Starred Vision Survey"]),
        ("survey cat:cs.CV then:tag:x", ["Starred Vision Survey"]),
        ("title:nothing", []),
    ],
)
def test_muted_papers_are_shown_on_request(library: Make, query: str, titles: list[str]) -> None:
    catalog, index = library(*PAPERS)
    marks = DictMarks()
    marks.marked["star", None] = {4}
    search = Search(index, marks, lambda: ("survey cat:cs.CV -is:muted", "then:mute nothing by"))
    hits = search.run(parse(query))
    assert sorted(each.paper.title for each in catalog.get_many(hits.rows.tolist())) == sorted(
        titles
    )
    assert set(hits.words) <= {"survey", "nothing"}


def test_similar_papers_are_not_muted(library: Make) -> None:
    search = Search(library(*PAPERS)[1], DictMarks(), lambda: ("title:language then:mute",))
    assert search.find_similar(1).rows.tolist() == [4]


def test_nothing_is_muted_without_a_muting_view(library: Make) -> None:
    search = Search(library(*PAPERS)[1], DictMarks())
    assert search.run(parse("")).total == 4
    assert search.run(parse("is:muted")).total == 0


def test_a_condition_on_today_is_another_one_tomorrow(
    library: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, index = library(Paper("Of May 7", published="2026-05-07"))
    search = Search(index, DictMarks(), lambda: ("date:today then:mute",))
    for day, total in ((7, 0), (8, 1)):
        today = date(2026, 5, day)
        fake = type("date", (date,), {"today": classmethod(lambda _, today=today: today)})
        for module in ("tui.search.search", "tui.search.query.parse"):
            monkeypatch.setattr(sys.modules[module], "date", fake)
        assert search.run(parse("")).total == total


@pytest.mark.parametrize(
    ("text", "then", "problems"),
    [
        ("a then:mute", "mute", 0),
        ("then:tag:#RAG", "tag:RAG", 0),
        ("then:MUTE", "mute", 0),
        ("then:tag: x", "", 1),
        ("then:delete x", "", 1),
    ],
)
def test_what_a_view_does_is_part_of_its_query(text: str, then: str, problems: int) -> None:
    query = parse(text, complete=True)
    assert (query.then, len(query.problems)) == (then, problems)
