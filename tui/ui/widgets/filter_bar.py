"""FilterBar: the field that filters while one types, and what it understood."""

from __future__ import annotations

from dataclasses import dataclass

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
"""What an empty field says it takes, the fullest first."""


class CleanInput(Input):
    """A field in which what is pasted is cleaned."""

    def validate_value(self, value: str) -> str:
        return clean_typed_line(value)


class FilterInput(CleanInput):
    """The field of the filter; the keys that leave it are the screen's."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)
    """The field keeps its place however long its text is: a letter lays nothing out anew."""


class FilterBar(Horizontal):
    """`/ words                                4 of 82 · what was understood`"""

    @dataclass
    class Changed(Message):
        """The text of the filter is another."""

        text: str

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._first = text

    def compose(self) -> ComposeResult:
        yield Static("/ ", id="filter-mark", markup=False)
        yield FilterInput(
            self._first,
            placeholder=PLACEHOLDERS[0],
            compact=True,
            select_on_focus=False,
            id="filter-input",
        )
        yield Static(id="filter-told", markup=False)

    def on_resize(self) -> None:
        """The longest words of help that fit, never a part of them."""
        room = self.field.size.width
        fitting = [words for words in PLACEHOLDERS if len(words) < room]
        self.field.placeholder = fitting[0] if fitting else ""

    @property
    def field(self) -> FilterInput:
        return self.query_one(FilterInput)

    @property
    def text(self) -> str:
        return self.field.value

    def set_text(self, text: str) -> None:
        """Change the text as typing does."""
        self.field.value = text
        self.field.cursor_position = len(text)

    def tell(self, words: str) -> None:
        """Say at the right how many were found and what was understood."""
        told = self.query_one("#filter-told", Static)
        told.update(Content(words), layout=False)  # its place is fixed: a letter moves nothing

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))
