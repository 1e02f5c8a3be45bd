"""Which papers a digest has, in which order, and why."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.digest.conftest import NOW, add_hours_ago, digest, follow, paper, sample_day, titles
from tui.core.errors import UsageError
from tui.core.listing import Listing
from tui.digest.coverage import TABLE, load_coverage, save_coverage
from tui.digest.selection import parse_since
from tui.library.library import Library
from tui.library.views import View, save_view_change
from tui.search.query import parse
from tui.state import Change


def next_titles(library: Library, query: str = "") -> list[str]:
    """Return the titles of the next digest and save its coverage."""
    made = digest(library, query)
    if made is None:
        return []
    assert made.coverage
    save_coverage(library.store, made.coverage)
    return sorted(titles(made))


def test_without_feeds_the_digest_has_every_new_paper(library: Library) -> None:
    add_hours_ago(library, [paper("Apples", "apples.bib"), paper("Pears")])
    made = digest(library)
    assert sorted(titles(made)) == ["Apples", "Pears"]
    assert made
    assert made.counts == "2 new papers"
    assert made.headline == "2 new papers since 2026-04-30"
    why = {entry.title[-6:]: entry.reasons for entry in made.entries}
    assert why == {"Apples": ("from apples.bib",), " Pears": ()}


def test_with_feeds_the_digest_has_their_papers_and_names_them(library: Library) -> None:
    follow(library, "arxiv:cs.CL", "hf:daily")
    follow(library, "https://a.example/feed", title="A Blog")
    add_hours_ago(
        library,
        [
            paper("One", "arxiv:cs.CL", "hf:daily"),
            paper("Two", "https://a.example/feed"),
            paper("Near", "https://a.example/feed2"),
            paper("Mine", "refs.bib"),
        ],
    )
    made = digest(library)
    assert made
    assert sorted(titles(made)) == ["One", "Two"]
    assert made.counts == "2 new papers, 3 feeds"
    assert {entry.reasons for entry in made.entries} == {("arxiv:cs.CL", "hf:daily"), ("A Blog",)}


def test_a_query_searches_all_papers(library: Library) -> None:
    follow(library, "hf:daily")
    add_hours_ago(
        library, [paper("Apples", "refs.bib"), paper("Green Apples", "hf:daily"), paper("Pears")]
    )
    made = digest(library, "apples")
    assert made
    assert sorted(titles(made)) == ["Apples", "Green Apples"]
    why = {entry.title[-12:]: entry.reasons for entry in made.entries}
    assert why["Green Apples"] == ("matches “apples”", "hf:daily")
    assert made.counts == "2 new papers"


def test_entries_are_sorted_by_preference_then_votes(library: Library) -> None:
    add_hours_ago(library, sample_day())
    votes = [entry.votes for entry in digest(library, limit=99).entries]  # type: ignore[union-attr]
    assert votes == sorted(votes, reverse=True)
    (starred,) = [
        key
        for key, title in (
            (stored.key, stored.paper.title)
            for stored in library.catalog.get_many(library.catalog.newest())
        )
        if title.startswith("Mamba-360")
    ]
    library.change_marks("star", {starred: {"star": True}})
    made = digest(library)
    assert made
    assert made.counts == "20 of 82 new papers"
    assert "State Space" in made.entries[1].title
    liked = [entry for entry in made.entries if "you starred" in " ".join(entry.reasons)]
    assert liked
    assert all("similar to “Mamba-360" in entry.reasons[-1] for entry in liked)
    assert made.entries[0].title.startswith("Mamba-360")
    assert made.entries[0] not in liked


def test_a_sort_order_in_the_query_is_kept(library: Library) -> None:
    add_hours_ago(library, [paper("B", votes=3), paper("C", votes=2), paper("A", votes=9)])
    assert titles(digest(library, "sort:title")) == ["A", "B", "C"]
    assert titles(digest(library)) == ["A", "B", "C"]


def test_dismissed_papers_are_left_out(library: Library) -> None:
    (key, *_) = add_hours_ago(library, [paper("Dull"), paper("Fine")])
    library.change_marks("dismiss", {key: {"dismissed": True, "read": True}})
    assert titles(digest(library)) == ["Fine"]


def test_a_view_with_the_paper_is_a_reason(library: Library) -> None:
    add_hours_ago(library, [paper("Apples"), paper("Pears", listings=(Listing("2026-05-07"),))])
    library.store.apply(save_view_change("Fruit [1]", "apples"))
    library.store.apply(save_view_change("The day", "listed:{day}"))
    library.store.apply(save_view_change("Nothing", "zzzz"))
    made = digest(library)
    assert made
    why = {entry.title[-6:]: entry.reasons for entry in made.entries}
    assert why == {"Apples": ("in your view “Fruit [1]”",), " Pears": ("in your view “The day”",)}
    assert View("All") not in why


def test_the_next_digest_begins_after_the_last(library: Library) -> None:
    add_hours_ago(library, [paper("Monday")], hours_ago=50)
    assert next_titles(library) == ["Monday"]
    assert next_titles(library) == []
    add_hours_ago(library, [paper("Tuesday")], hours_ago=26)
    assert next_titles(library) == ["Tuesday"]
    add_hours_ago(library, [paper("Wednesday")], hours_ago=2)
    made = digest(library)
    assert made
    assert made.since == "2026-05-06"
    assert made.command == "sheaf added:2026-05-06.."


def test_papers_of_the_same_second_are_neither_lost_nor_repeated(library: Library) -> None:
    add_hours_ago(library, [paper("Early")], hours_ago=2)
    assert next_titles(library) == ["Early"]
    add_hours_ago(library, [paper("Same")], hours_ago=2)
    assert next_titles(library) == ["Same"]
    add_hours_ago(library, [paper("Again")], hours_ago=2)
    assert next_titles(library) == ["Again"]
    assert next_titles(library) == []


def test_each_query_has_its_own_coverage(library: Library) -> None:
    add_hours_ago(library, [paper("Apples"), paper("Pears")])
    assert next_titles(library, "apples") == ["Apples"]
    assert next_titles(library, "apples") == []
    assert next_titles(library, "pears") == ["Pears"]
    assert next_titles(library) == ["Apples", "Pears"]


def test_since_does_not_save_the_coverage(library: Library) -> None:
    add_hours_ago(library, [paper("Old")], hours_ago=24 * 20)
    add_hours_ago(library, [paper("New")])
    assert next_titles(library) == ["New"]
    made = digest(library, since="30d")
    assert made
    assert made.coverage is None
    assert sorted(titles(made)) == ["New", "Old"]


def test_the_first_digest_goes_back_a_week(library: Library) -> None:
    add_hours_ago(library, [paper("Old")], hours_ago=24 * 9)
    add_hours_ago(library, [paper("New")], hours_ago=24 * 6)
    assert titles(digest(library)) == ["New"]


def test_without_new_papers_there_is_no_digest(library: Library) -> None:
    assert digest(library) is None
    add_hours_ago(library, [paper("Old")], hours_ago=24 * 9)
    assert digest(library) is None


def test_a_digest_with_limit_0_has_no_entries(library: Library) -> None:
    add_hours_ago(library, [paper("One"), paper("Two")])
    made = digest(library, limit=0)
    assert made
    assert made.entries == ()
    assert made.counts == "0 of 2 new papers"


def test_the_coverage_never_goes_back(library: Library) -> None:
    add_hours_ago(library, [paper("One")])
    made = digest(library)
    assert made
    assert made.coverage
    save_coverage(library.store, made.coverage)
    save_coverage(library.store, replace(made.coverage, until="2020-01-01T00:00:00Z"))
    assert load_coverage(library.store, "") == made.coverage
    save_coverage(library.store, replace(made.coverage, last=("arxiv:1",)))
    save_coverage(library.store, made.coverage)
    memory = load_coverage(library.store, "")
    assert memory
    assert memory.last == (*made.coverage.last, "arxiv:1")


@pytest.mark.parametrize(
    "covered", [3, {}, {"query": "", "until": "soon", "last": []}, {"query": "x"}]
)
def test_an_invalid_coverage_document_counts_as_none(library: Library, covered: object) -> None:
    add_hours_ago(library, [paper("One")])
    fields = {"feeds": {"covered": covered}}
    library.store.apply(Change.of("x", tables={TABLE: fields}))
    assert titles(digest(library)) == ["One"]


def test_the_command_shown_opens_the_same_papers(library: Library) -> None:
    follow(library, "hf:daily")
    add_hours_ago(library, [paper("Old Apples")], hours_ago=24 * 9)
    add_hours_ago(library, [paper("Apple 'Pie'; rm -rf /"), paper("Pears", "hf:daily")])
    made = digest(library, "apple|pie's")
    assert made
    words = shlex.split(made.command)
    assert words[0] == "sheaf"
    hits = library.up_to_date_search().run(parse(" ".join(words[1:]), NOW.date()))
    assert hits.total == made.total == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("yesterday", "2026-05-06"),
        ("today", "2026-05-07"),
        ("7d", "2026-04-30"),
        ("2W", "2026-04-23"),
        ("2026-04-30", "2026-04-30"),
        ("2026-04", "2026-04-01"),
        ("2025", "2025-01-01"),
    ],
)
def test_first_days_of_since(text: str, day: str) -> None:
    assert parse_since(text, NOW.date()) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-05-08", "2027", "2026-02-30", "2026-01-01..", ">=2026", "7", "0000"]
)
def test_invalid_days_are_usage_errors(text: str) -> None:
    with pytest.raises(UsageError, match="--since"):
        parse_since(text, NOW.date())


def test_the_next_day_has_the_rest_of_two_weeks_exactly_once(library: Library) -> None:
    follow(library, "hf:daily")
    for day in range(14, 0, -1):
        add_hours_ago(library, [paper(f"Day {day}", "hf:daily")], hours_ago=24 * day - 1)
        now = NOW - timedelta(days=day - 1)
        made = digest(library, now=now)
        assert titles(made) == [f"Day {day}"]
        assert made
        assert made.coverage
        save_coverage(library.store, made.coverage)
