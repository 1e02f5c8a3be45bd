"""Every key of every dialog, from the table of commands, and moved by the config."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from textual.containers import VerticalScroll
from textual.screen import Screen

from tests.ui.conftest import Open, Reader
from tui.config import Config
from tui.config.custom_commands import CustomCommand
from tui.core.commands import COMMANDS, QUESTIONS, answers, valid_in
from tui.core.paper import Paper
from tui.feeds.feed_names import Feed
from tui.feeds.subscriptions import follow_change, followed_feeds
from tui.net.network_settings import NetworkSettings
from tui.ui.dialogs.custom_command import CustomCommandScreen
from tui.ui.dialogs.days import DaysScreen
from tui.ui.dialogs.feeds import FeedsChoice, FeedsScreen
from tui.ui.dialogs.help import HelpScreen
from tui.ui.dialogs.manual import ManualScreen
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.widgets.filter_bar import CleanInput
from tui.ui.widgets.paper_detail import PaperDetail

NOTHING_YET = object()
DAYS = {"2026-05-01": 3, "2026-05-04": 9, "2026-05-06": 1}
LONG = [Paper("A long one", abstract=" ".join(f"word{number}" for number in range(2_000)))]


class Dialog:
    """A dialog on top of the reader, and its result."""

    def __init__(self, reader: Reader, screen: Screen[Any]) -> None:
        self.reader = reader
        self.result: Any = NOTHING_YET
        reader.app.push_screen(screen, self._end)

    def _end(self, result: Any) -> None:
        self.result = result

    async def press(self, *command_ids: str) -> None:
        """Press the first key of each command."""
        for command_id in command_ids:
            await self.reader.settle()
            (command,) = (each for each in self.reader.app.commands if each.id == command_id)
            await self.reader.press(command.keys[0])


def keys_moved() -> Iterator[tuple[str, ...]]:
    """Other keys than those of the table."""
    return ((f"f{number}",) for number in range(9, 24))


@pytest.fixture
def config() -> Config:
    """Other keys for all commands of all dialogs; those of the table are pressed in other tests."""
    places = {place for each in COMMANDS for place in each.where} - {"list", "reading", "filter"}
    keys: dict[str, tuple[str, ...]] = {}
    for place in sorted(places):
        common = [each.id for each in valid_in(place) if each.where == QUESTIONS]
        own = [each.id for each in valid_in(place) if each.where != QUESTIONS]
        keys |= dict(zip([*common, *own], keys_moved(), strict=False))
    return Config(keys=keys)


async def test_each_answer_is_given_by_its_key(open_reader: Open, config: Config) -> None:
    async with open_reader(config=config) as reader:
        for place in QUESTIONS:
            for answer in answers(place, reader.app.commands):
                question = Dialog(reader, QuestionScreen("Which?", place))
                await question.press(answer.id)
                assert question.result == answer.id


async def test_the_keys_of_every_question(open_reader: Open, config: Config) -> None:
    async with open_reader(config=config) as reader:
        question = Dialog(reader, QuestionScreen("Which?", "order"))
        await question.press("question_next", "question_next", "question_previous")
        await question.press("question_choose")
        assert question.result == "order_added"
        question = Dialog(reader, QuestionScreen("Which?", "order"))
        await question.press("question_leave")
        assert question.result is None
        question = Dialog(reader, QuestionScreen("Which?", "order"))
        await question.press("question_previous", "question_choose")
        assert question.result is None


async def test_the_keys_of_the_calendar(open_reader: Open, config: Config) -> None:
    async with open_reader(config=config) as reader:
        for pressed, day in (
            (["days_previous"], "2026-05-04"),
            (["days_first"], "2026-05-01"),
            (["days_first", "days_next"], "2026-05-04"),
            (["days_first", "days_last"], "2026-05-06"),
        ):
            days = Dialog(reader, DaysScreen(DAYS, "2026-05-06"))
            await days.press(*pressed, "days_choose")
            assert days.result == day
        days = Dialog(reader, DaysScreen(DAYS, "2026-05-06"))
        await days.press("days_leave")
        assert days.result is None


async def test_the_keys_of_the_feeds(open_reader: Open, config: Config) -> None:
    async with open_reader(config=config) as reader:
        library = reader.app.library
        followed = [Feed("arxiv:cs.CL"), Feed("hf:daily")]
        library.store.apply(follow_change(followed, date(2026, 5, 7)))

        def feeds() -> Dialog:
            return Dialog(
                reader,
                FeedsScreen(
                    library.store,
                    library.catalog.path,
                    NetworkSettings(),
                    reader.main.triage.submit,
                ),
            )

        for pressed, result in (
            (["feeds_fetch"], FeedsChoice(fetch=["arxiv:cs.CL"])),
            (["feeds_next", "feeds_fetch"], FeedsChoice(fetch=["hf:daily"])),
            (["feeds_next", "feeds_previous", "feeds_papers"], FeedsChoice(show="arxiv:cs.CL")),
            (["feeds_fetch_all"], FeedsChoice()),
            (["feeds_pause", "feeds_leave"], None),
            (["feeds_next", "feeds_remove", "feeds_leave"], None),
        ):
            dialog = feeds()
            await dialog.press(*pressed)
            assert dialog.result == result
        left = [(feed.name, feed.paused) for feed in followed_feeds(library.store)]
        assert left == [("arxiv:cs.CL", True)]
        dialog = feeds()
        await dialog.press("feeds_add")
        await reader.type("arxiv:cs.AI")
        await dialog.press("prompt_accept")
        assert len(followed_feeds(library.store)) == 2


async def test_the_keys_of_a_commands_output(open_reader: Open, config: Config) -> None:
    async with open_reader(config=config) as reader:
        output = Dialog(reader, CustomCommandScreen(CustomCommand("seq", "seq 200"), []))
        for _ in range(100):
            await reader.pilot.pause(0.02)
            if "200" in reader.app.screen._text:  # type: ignore[attr-defined]
                break
        scroll = reader.app.screen.query_one(VerticalScroll)
        await output.press("output_down")
        assert scroll.scroll_offset.y == 1
        await output.press("output_up")
        assert scroll.scroll_offset.y == 0
        await output.press("output_page_down")
        assert scroll.scroll_offset.y == scroll.size.height
        await output.press("output_page_up")
        assert scroll.scroll_offset.y == 0
        await output.press("output_bottom")
        assert scroll.scroll_offset.y == scroll.max_scroll_y
        await output.press("output_top")
        assert scroll.scroll_offset.y == 0
        await output.press("output_copy")
        assert reader.app.clipboard.startswith("1\n2\n3")
        await output.press("output_leave")
        assert output.result is None


async def test_the_keys_of_the_help(open_reader: Open, config: Config) -> None:
    async with open_reader(config=config) as reader:
        dialog = Dialog(reader, HelpScreen())
        await reader.settle()
        scroll = reader.app.screen.query_one(VerticalScroll)
        await dialog.press("help_down", "help_page_down", "help_up")
        assert scroll.scroll_offset.y == scroll.size.height
        await dialog.press("help_page_up")
        assert scroll.scroll_offset.y == 0
        await dialog.press("help_leave")
        assert reader.app.screen is reader.main


async def test_the_keys_of_the_manual(open_reader: Open, config: Config) -> None:
    async with open_reader(config=config, size=(80, 24)) as reader:
        dialog = Dialog(reader, HelpScreen())
        await dialog.press("help_manual")
        screen = reader.app.screen
        assert isinstance(screen, ManualScreen)
        assert "The query language" in reader.frame
        scroll = screen.query_one(VerticalScroll)
        await dialog.press("manual_down", "manual_page_down", "manual_up")
        assert scroll.scroll_offset.y == scroll.size.height
        await dialog.press("manual_page_up")
        assert scroll.scroll_offset.y == 0
        await dialog.press("manual_next")
        assert screen.topic == "security"
        await dialog.press("manual_previous", "manual_previous")
        assert screen.topic == "performance"
        assert "100,000 papers" in reader.frame
        await dialog.press("manual_leave", "help_leave")
        assert reader.app.screen is reader.main


async def test_the_keys_of_a_prompt(open_reader: Open, config: Config) -> None:
    async with open_reader(config=config) as reader:
        prompt = Dialog(reader, PromptScreen("name", suggest=lambda word: ["wheat"]))
        await reader.settle()
        await reader.type("wh")
        await prompt.press("prompt_complete")
        assert reader.app.screen.query_one(CleanInput).value == "wheat "
        await prompt.press("prompt_accept")
        assert prompt.result == "wheat "
        prompt = Dialog(reader, PromptScreen("name", "text"))
        await prompt.press("prompt_leave")
        assert prompt.result is None


async def test_what_is_typed_before_a_prompt_is_accepted_counts(open_reader: Open) -> None:
    async with open_reader() as reader:
        prompt = Dialog(reader, PromptScreen("name"))
        await reader.settle()
        await reader.pilot.press("a", "b", "c", "enter")
        await reader.settle()
        assert prompt.result == "abc"


async def test_the_keys_of_the_pane_of_the_paper(open_reader: Open, config: Config) -> None:
    async with open_reader((80, 24), LONG, config=config) as reader:
        await reader.press("enter")
        pane = reader.main.query_one(PaperDetail)
        commands = {each.id: each.keys[0] for each in reader.app.commands if each.keys}
        for command_id, top in (
            ("paper_down", 1),
            ("paper_up", 0),
            ("paper_page_down", round(pane.size.height * 0.9)),
            ("paper_page_up", 0),
            ("paper_bottom", pane.line_count - pane.size.height),
            ("paper_top", 0),
        ):
            await reader.press(commands[command_id])
            assert pane.top == top
