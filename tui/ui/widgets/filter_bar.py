"""FilterBar: the field of the filter and a summary of what was found."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, Static

from tui.core.text import clean_typed_line

PLACEHOLDERS = (
    'filter: words, "a phrase", -not, year:2024, is:unread, tag:rag, sort:votes',
    'filter: words, "a phrase", -not, year:2024',
    'filter: words, "a phrase", -not',
    "filter: words",
)
"""Help in the empty field, the longest first: the first one that fits is shown."""


class CleanInput(Input):
    """A field that cleans its text, for instance what is pasted."""

    def validate_value(self, value: str) -> str:
        return clean_typed_line(value)


class FilterInput(CleanInput):
    """The field of the filter."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)
    """A letter causes no new layout, because the size of the field is fixed."""


class FilterBar(Horizontal):
    """`/ words                                4 of 82 · what was understood`"""

    class Changed(Message):
        """The text of the filter has changed."""

        def can_replace(self, message: Message) -> bool:
            """Whether this older `message` is superfluous: only the newest text counts."""
            return isinstance(message, FilterBar.Changed)

    def __init__(self, text: str = "") -> None:
        """`text` is the filter at first."""
        super().__init__()
        self._initial_text = text

    def compose(self) -> ComposeResult:
        yield Static("/ ", id="filter-mark", markup=False)
        yield FilterInput(
            self._initial_text,
            placeholder=PLACEHOLDERS[0],
            compact=True,
            select_on_focus=False,
            id="filter-input",
        )
        yield Static(id="filter-summary", markup=False)

    def on_resize(self) -> None:
        """Show the longest help that fits."""
        width = self.field.size.width
        self.field.placeholder = next((each for each in PLACEHOLDERS if len(each) < width), "")

    @property
    def field(self) -> FilterInput:
        """The field in which the filter is typed."""
        return self.query_one(FilterInput)

    @property
    def text(self) -> str:
        """The filter as it is typed."""
        return self.field.value

    def set_text(self, text: str) -> None:
        """Change the filter as if it was typed."""
        self.field.value = text
        self.field.cursor_position = len(text)

    def show_summary(self, text: str) -> None:
        """Show at the right how many papers were found and how the filter was understood."""
        summary = self.query_one("#filter-summary", Static)
        summary.update(Content(text), layout=False)  # its size is fixed

    @on(Input.Changed)
    def _post_change(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())
