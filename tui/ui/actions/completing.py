"""The action that asks the services for what papers lack."""

from __future__ import annotations

from tui.catalog.catalog import Catalog
from tui.core.progress import Progress
from tui.core.text import clean_line
from tui.ui.actions.long_work import run_or_stop
from tui.ui.actions.selecting import target_rows
from tui.ui.jobs import JobProgress, JobReport
from tui.ui.reader_protocol import Reader


async def complete_paper(reader: Reader) -> None:
    """Ask the services for abstract, DOI, venue, citations and code of the papers."""
    papers = list(reader.library.catalog.get_many(target_rows(reader)))
    if not papers:
        reader.status.message("no paper is selected")
        return
    path, network = reader.library.catalog.path, reader.config.network

    def work(progress: JobProgress) -> str:
        from tui.services.completion import complete

        words, gained = "", 0
        catalog = Catalog(path)
        try:
            for number, stored in enumerate(papers):
                if progress.cancelled():
                    break
                progress.update("completing", number + 1, len(papers))
                done = complete(stored.paper, network, Progress(progress.cancelled))
                words = done.summary
                if done.papers:
                    gained += 1
                    catalog.add(done.papers)
        finally:
            catalog.close()
        if len(papers) == 1:
            return words
        return f"{gained:,} of {len(papers):,} papers have gained; the last: {words}"

    def done(words: str) -> JobReport:
        return JobReport(clean_line(words))

    await run_or_stop(reader, "completing", work, done)
