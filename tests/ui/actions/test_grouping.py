"""The papers of the list in groups, by their keys."""

from __future__ import annotations

import pytest

from tests.subjects import papers_on_subjects
from tests.ui.conftest import Open, Reader
from tests.ui.helpers import shown_message
from tui.ui import grouping
from tui.ui.actions.clicks import go_to_similar_row
from tui.ui.widgets.paper_list import PaperList


def headings(reader: Reader) -> list[str]:
    places = reader.papers.places
    every = (places.heading_at(place) for place in range(len(places)))
    return [f"{each.name.split(',')[0]} {len(each.rows)}" for each in every if each]


def titles_read(reader: Reader) -> int:
    return len(reader.app.library.store.keys_where("read"))


async def test_a_group_is_unfolded_passed_over_and_undone(open_reader: Open) -> None:
    async with open_reader((80, 24), papers_on_subjects()) as reader:
        await reader.press("G")
        assert headings(reader) == ["Wheat 4", "Lenses 3", "BERT 3", "Other 1"]
        assert "11 papers in 4 groups" in reader.frame
        assert "4 papers · 4 unread" in reader.frame
        await reader.press("s", "space", "j")  # a heading is no paper to star
        assert reader.main.current
        assert reader.main.current.paper.title == "Wheat in dry fields"
        await reader.press("space", "s", "P")
        assert titles_read(reader) == 4
        assert "4 papers · all read" in reader.frame
        assert reader.papers.heading
        assert reader.papers.heading.name.startswith("Lenses")
        assert len(reader.papers.places) == 4
        await reader.press("u")
        assert titles_read(reader) == 1
        assert "4 papers · 3 unread" in reader.frame
        await reader.press("end", "space", "j", "space")  # the next unread one is in a folded group
        assert "end of the list" in shown_message(reader)
        await reader.press("g", "v", "r", "g", "P")
        assert titles_read(reader) == 5
        assert "all papers of “Wheat” are read" in shown_message(reader)
        await reader.press("h", "j", "escape")
        assert not headings(reader)
        assert reader.main.current
        assert reader.main.current.paper.title.startswith("Glass")


async def test_another_list_ends_the_groups_and_the_same_one_does_not(open_reader: Open) -> None:
    async with open_reader((80, 24), papers_on_subjects()) as reader:
        await reader.press("G", "j", "enter")
        reader.main.refresh_list()
        await reader.settle()
        assert len(headings(reader)) == 4
        await reader.press("slash")
        await reader.type("wheat")
        await reader.press("enter")
        assert not headings(reader)
        await reader.press("P")
        assert shown_message(reader) == "G groups the papers first"
        await reader.press("G", "G")
        assert not headings(reader)
        await reader.press("slash")
        await reader.type("rust")
        await reader.press("enter", "G")
        assert shown_message(reader) == "too few papers to group"


async def test_only_the_first_of_very_many_papers_are_grouped(
    open_reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "MOST_PAPERS", 10)
    async with open_reader((80, 24), papers_on_subjects()) as reader:
        await reader.press("G")
        assert headings(reader) == ["Wheat 4", "Lenses 3", "BERT 3"]
        assert "first 10 of 11 papers in 3 groups" in reader.frame
        go_to_similar_row(reader.main, int(reader.papers.rows[-1]))  # its group is folded
        assert reader.papers.row == reader.papers.rows[-1]
        assert len(reader.papers.places) == 3 + 3
        assert reader.papers.top == 0
        await reader.pilot.click(PaperList, offset=(10, 0))
        assert len(reader.papers.places) == 3 + 3 + 4
        assert reader.papers.cursor == 0
