"""The filter and the similar papers by their keys."""

from __future__ import annotations

from tests.ui.conftest import Open
from tests.ui.helpers import has_marks, mark_at, shown_titles
from tui.core.paper import Paper
from tui.ui.widgets.filter_bar import FilterBar, FilterInput


async def test_a_filter_forgives_a_typo_and_is_cleared(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("streming sinks")
        assert shown_titles(reader) == ["Efficient Sinks for Streaming Attention"]
        assert "1 of 4" in reader.frame
        assert "streming → streaming" in reader.frame
        await reader.press("enter", "s")
        assert mark_at(reader, 0).star
        await reader.press("escape")
        assert reader.main.query_one(FilterBar).text == ""
        assert len(shown_titles(reader)) == 4


async def test_a_filter_being_typed_neither_empties_the_list_nor_complains(
    open_reader: Open,
) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        text = "votes:<1 (year:20"
        for size in range(1, len(text) + 1):
            await reader.type(text[:size])
            assert shown_titles(reader), text[:size]
            assert "searched as words" not in reader.frame


async def test_the_cursor_stays_on_its_paper_when_the_filter_goes(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("日本語")
        await reader.press("enter", "escape")
        stored = reader.main.current
        assert stored is not None
        assert stored.paper.title == "日本語の論文を読む"
        assert reader.papers.cursor == 2


async def test_after_the_filter_letters_are_commands_again(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("longformer")
        await reader.press("down", "s")
        assert mark_at(reader, 0).star
        assert reader.main.query_one(FilterBar).text == "longformer"


async def test_letters_in_the_filter_are_no_commands(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("slash", "s", "q", "space", "slash")
        assert reader.main.query_one(FilterInput).value == "sq /"
        assert not has_marks(reader)


async def test_keys_typed_ahead_act_on_the_result(open_reader: Open) -> None:
    """Keys that come faster than the search: the star is for the paper asked for."""
    async with open_reader() as reader:
        await reader.pilot.press("slash", *"longformrs", "enter", "s")
        await reader.settle()
        starred = [key for key, each in reader.app.library.store.marks() if each.star]
        assert starred == ["doi:10.5555/long.2022"]


async def test_an_empty_result_says_why_and_what_to_press(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("slash")
        await reader.type("zzzzqqqq")
        assert "No paper matches." in reader.frame
        assert "Esc clears the filter" in reader.frame
        await reader.press("enter", "s", "r", "space", "n", "o", "y")
        assert not has_marks(reader)


async def test_similar_papers_are_shown_and_left(open_reader: Open) -> None:
    many = [
        Paper("Sparse attention for streams", abstract="sparse attention on streams of text"),
        Paper("Attention that is sparse", abstract="streams of sparse attention in text"),
        Paper("Breeding of wheat", abstract="genes of wheat and rye in dry fields"),
        Paper("Rye in fields", abstract="dry fields and genes of rye"),
    ]
    async with open_reader((120, 40), many) as reader:
        while reader.main.current and reader.main.current.paper.title != "Breeding of wheat":
            await reader.press("j")
        await reader.press("z")
        assert shown_titles(reader)[0] == "Rye in fields"
        assert "similar to “Breeding of wheat”" in reader.frame
        await reader.press("s")
        assert mark_at(reader, 0).star
        await reader.press("escape")
        assert len(shown_titles(reader)) == 4
        assert reader.main.current
        assert reader.main.current.paper.title == "Breeding of wheat"
