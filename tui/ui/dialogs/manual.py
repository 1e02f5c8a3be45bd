"""ManualScreen: the topics of the manual, one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Markdown, Static

from tui.docs import manual
from tui.ui.screen import DIALOG_STYLES, SheafScreen, scrolling_actions
from tui.ui.widgets.paper_text import DIM


class ManualScreen(SheafScreen[None]):
    """The manual: the names of its topics in the first lines, the text of one below."""

    CSS_PATH = DIALOG_STYLES
    PLACES = ("manual",)
    ACTIONS: ClassVar[Mapping[str, str]] = {
        **scrolling_actions("manual"),
        "manual_next": "show_topic(1)",
        "manual_previous": "show_topic(-1)",
        "manual_leave": "app.pop_screen",
    }

    topic: reactive[str] = reactive("query", init=False)
    """The topic that is shown."""

    names = getters.query_one("#manual-topics", Static)
    scroll_area = getters.query_one("#manual-text", VerticalScroll)
    page = getters.query_one(Markdown)

    def compose(self) -> ComposeResult:
        yield Static(id="manual-topics", markup=False)
        with VerticalScroll(id="manual-text", can_focus=False):
            yield Markdown(open_links=False)

    async def on_mount(self) -> None:
        await self.watch_topic()

    async def watch_topic(self) -> None:
        names = [
            (name, "bold $highlight" if name == self.topic else "") for name in manual.topics()
        ]
        keys = f"{self.key_of('manual_next')} next topic · {self.key_of('manual_leave')} back"
        self.names.update(
            Content.assemble(Content("   ").join(Content.styled(*name) for name in names), "\n")
            + Content.styled(keys, DIM)
        )
        await self.page.update(manual.text(self.topic))
        self.scroll_area.scroll_to(y=0, animate=False)

    def action_show_topic(self, step: int) -> None:
        topics = list(manual.topics())
        self.topic = topics[(topics.index(self.topic) + step) % len(topics)]
