"""CustomCommandScreen: a command of the user's config at work, then its output."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.config.custom_commands import CustomCommand
from tui.core.text import clean_line
from tui.ui.custom_program import Papers, ProgramOutput, run
from tui.ui.screen import OneShotModal, scrolling_actions
from tui.ui.widgets.paper_text import DIM


class CustomCommandScreen(OneShotModal["str | None"]):
    """The result is the output of the program, None if it failed or the user left."""

    PLACES = ("output",)
    ACTIONS = scrolling_actions("output")

    @dataclass
    class Ended(Message):
        """The program has ended or could not be started."""

        output: ProgramOutput

    def __init__(self, command: CustomCommand, papers: Papers) -> None:
        super().__init__()
        self._command = command
        self._papers = papers
        self._stop = threading.Event()
        self._text = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="run"):
            yield Static(id="run-title", markup=False)
            with VerticalScroll(id="run-text", can_focus=False):
                yield Static(id="run-output", markup=False)

    def on_mount(self) -> None:
        self._set_title(f"running · {self.key_of('output_leave')} stops it")
        self._show(clean_line(self._command.run), DIM)
        self._run()

    def on_unmount(self) -> None:
        self._stop.set()

    @work(thread=True, group="custom", exit_on_error=False, description="your command")
    def _run(self) -> None:
        output = run(self._command, self._papers, self._stop)
        if not self._stop.is_set():
            self.post_message(self.Ended(output))

    def report_failure(self, text: str) -> None:
        self._show_output(ProgramOutput("", text))

    @on(Ended)
    def _show_end(self, event: Ended) -> None:
        self._show_output(event.output)

    def _show_output(self, output: ProgramOutput) -> None:
        copy, leave = self.key_of("output_copy"), self.key_of("output_leave")
        self._text = output.text
        if output.problem:
            self._text = f"{output.problem}\n\n{output.text}".rstrip("\n")
            self._set_title(f"failed · {copy} copies · {leave} leaves")
        elif not output.text.strip():
            self._set_title(f"no output · {leave} leaves")
        elif self._command.output == "pane":
            self._set_title(f"{copy} copies · {leave} leaves")
        else:
            self.answer(output.text)
            return
        self._show(self._text, "$failure" if output.problem else "")

    def _set_title(self, text: str) -> None:
        title = Content.assemble((self._command.name, "bold"), (f" · {text}", DIM))
        self.query_one("#run-title", Static).update(title)

    def _show(self, text: str, style: str) -> None:
        content = Content.assemble((text, style)) if style else Content(text)
        self.query_one("#run-output", Static).update(content)

    def action_output_leave(self) -> None:
        self._stop.set()
        self.answer(None)

    def action_output_copy(self) -> None:
        if self._text:
            self.app.copy_to_clipboard(self._text)
            self._set_title(f"copied · {self.key_of('output_leave')} leaves")
