"""Adding: papers brought in without leaving the reader, and the paper here made complete."""

from __future__ import annotations

import shlex
import threading
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from textual import events, work

from tui.catalog.catalog import Catalog
from tui.core.paths import complete_path, path_exists
from tui.core.progress import Progress
from tui.core.text import clean_line, shorten
from tui.library.importing import ImportResult, import_papers
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.screens.arriving import Arriving
from tui.ui.screens.working import Tell

LONGEST_NAME = 60
"""Characters of a pasted text that are shown."""


class Adding(Arriving):
    """The part of the main screen for papers from outside."""

    # -- a file, folder, id or URL -----------------------------------------------------------

    @work(group="question", exit_on_error=False, description="adding")
    async def action_add(self) -> None:
        if "adding" in self.jobs:
            self._add([])
            return
        prompt = PromptScreen(
            "add", hint="a file, a folder, an arXiv id, a DOI or a URL", suggest=complete_path,
            whole=True,
        )  # fmt: skip
        written = await self.app.push_screen_wait(prompt)
        if written and written.strip():
            self._add([written.strip()])

    def _add(self, what: Sequence[str | bytes]) -> None:
        path, network = self.library.catalog.path, self.config.network

        def job(stop: threading.Event, tell: Tell) -> ImportResult:
            catalog = Catalog(path, create=True)
            try:
                progress = Progress(stop.is_set, lambda update: tell(update.text))
                return import_papers(catalog, what, network, progress)
            finally:
                catalog.close()

        self.begin("adding", job, self._added)

    def _added(self, result: ImportResult) -> None:
        self.library.follow(result.added.renamed)
        self.came_in(result.added.added, result.summary)
        if result.rejected:
            first, more = result.rejected[0], len(result.rejected) - 1
            rest = f" ({more:,} more; `sheaf add` in a shell names them all)" if more else ""
            self.warn(clean_line(f"{first}{rest}"))

    # -- what is pasted ----------------------------------------------------------------------

    async def on_paste(self, event: events.Paste) -> None:
        """A path, an id, a URL or a bibliography pasted into the list: offer to add it."""
        event.stop()
        text = event.text.strip()
        if text:
            self._offer(text)

    @work(group="question", exit_on_error=False, description="adding")
    async def _offer(self, text: str) -> None:
        names = dropped(text)
        what: Sequence[str | bytes] = names or [text.encode("utf-8", "replace")]
        shown = clean_line(text)
        short = shorten(shown, LONGEST_NAME)
        key = await self.app.push_screen_wait(
            QuestionScreen(f"Pasted: {short}", {"a": "add it", "escape": "leave it"})
        )
        if key == "a":
            self._add(what)

    # -- the paper made complete -------------------------------------------------------------

    def action_complete_paper(self) -> None:
        """Ask the services for what the papers lack: abstract, DOI, venue, citations, code."""
        papers = list(self.library.catalog.get_many(sorted(self.subjects().values())))
        if not papers:
            self.say("no paper here")
            return
        path, network = self.library.catalog.path, self.config.network

        def job(stop: threading.Event, tell: Tell) -> str:
            from tui.services.completion import complete

            words, gained = "", 0
            catalog = Catalog(path)
            try:
                for number, stored in enumerate(papers):
                    if stop.is_set():
                        break
                    tell(f"completing {number + 1:,} of {len(papers):,}")
                    done = complete(stored.paper, network, Progress(stop.is_set))
                    words = done.summary
                    if done.papers:
                        gained += 1
                        catalog.add(done.papers)
            finally:
                catalog.close()
            if len(papers) == 1:
                return words
            return f"{gained:,} of {len(papers):,} papers have gained; the last: {words}"

        self.begin("completing", job, self._completed)

    def _completed(self, words: str) -> None:
        self.say(clean_line(words))
        self.look_around()


def dropped(text: str) -> list[str]:
    """The files, ids or URLs a pasted text is made of, empty if it is something else.

    A terminal pastes a dropped file as its path, quoted or with backslashes, or as a file URL.
    """
    from tui.services.lookup_request import parse_identifier

    if path_exists(text) or parse_identifier(text):
        return [text]
    try:
        words = shlex.split(text)
    except ValueError:
        words = text.split()
    names = [unquote(urlsplit(word).path) if word.startswith("file:") else word for word in words]
    return (
        names
        if names and all(path_exists(name) or parse_identifier(name) for name in names)
        else []
    )
