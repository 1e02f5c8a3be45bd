"""Actions that add papers: a file, a folder, an id or URL, or what is pasted."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from tui.catalog.catalog import Catalog
from tui.core.paths import complete_path, path_exists
from tui.core.text import clean_line, shorten
from tui.ui.actions.long_work import ask_to_stop, run_or_stop
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.jobs import JobProgress, JobReport
from tui.ui.reader_protocol import Reader

SHOWN_LENGTH = 60
"""Characters of a pasted text that are shown."""


async def add(reader: Reader) -> None:
    """Ask for a file, a folder, an id or a URL, and add what it names."""
    if "adding" in reader.jobs.running:
        await ask_to_stop(reader, "adding")
        return
    prompt = PromptScreen(
        "add",
        hint="a file, a folder, an arXiv id, a DOI or a URL",
        suggest=complete_path,
        whole=True,
    )
    name = (await reader.ask(prompt) or "").strip()
    if name:
        await _add(reader, [name])


async def add_pasted(reader: Reader, text: str) -> None:
    """Offer to add what was pasted: a path, an id, a URL or a bibliography."""
    what: Sequence[str | bytes] = pasted_names(text) or [text.encode("utf-8", "replace")]
    shown = shorten(clean_line(text), SHOWN_LENGTH)
    if await reader.ask(QuestionScreen(f"Pasted: {shown}", "pasted")):
        await _add(reader, what)


async def _add(reader: Reader, what: Sequence[str | bytes]) -> None:
    from tui.library.importing import ImportResult, import_papers

    library, network = reader.library, reader.config.network

    def work(progress: JobProgress) -> ImportResult:
        catalog = Catalog(library.catalog.path, create=True)
        try:
            result = import_papers(catalog, what, network, progress)
        finally:
            catalog.close()
        library.move_marks(result.added.renamed)
        return result

    def done(result: ImportResult) -> JobReport:
        warning = ""
        if problems := result.problems:
            first, more = problems[0], len(problems) - 1
            more_in = "`sheaf add` and `sheaf doctor --duplicates` in a shell"
            rest = f" ({more:,} more; {more_in} list them)" if more else ""
            warning = clean_line(f"{first}{rest}")
        return JobReport(result.summary, result.added.added, warning)

    await run_or_stop(reader, "adding", work, done)


def pasted_names(text: str) -> list[str]:
    """Return the files, ids or URLs that a pasted text consists of; empty if it is another text.

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
