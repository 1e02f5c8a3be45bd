"""The action that looks up the missing fields of papers at the services."""

from __future__ import annotations

from tui.catalog.catalog import Catalog
from tui.core.progress import Progress
from tui.core.text import clean_line
from tui.ui.actions.long_work import run_or_stop
from tui.ui.actions.selecting import target_rows
from tui.ui.jobs import JobProgress, JobReport
from tui.ui.reader_protocol import Reader


async def complete_paper(reader: Reader) -> None:
    """Look up the missing abstract, DOI, venue, citations and code of the papers."""
    papers = list(reader.library.catalog.get_many(target_rows(reader)))
    if not papers:
        reader.status.message("no paper is selected")
        return
    path, network = reader.library.catalog.path, reader.config.network

    def work(progress: JobProgress) -> str:
        from tui.services.completion import complete

        summary, completed = "", 0
        catalog = Catalog(path)
        try:
            for number, stored in enumerate(papers):
                if progress.cancelled():
                    break
                progress.update("completing", number + 1, len(papers))
                done = complete(stored.paper, network, Progress(progress.cancelled))
                summary = done.summary
                if done.papers:
                    completed += 1
                    catalog.add(done.papers)
        finally:
            catalog.close()
        if len(papers) == 1:
            return summary
        return f"{completed:,} of {len(papers):,} papers were completed; the last: {summary}"

    def done(summary: str) -> JobReport:
        return JobReport(clean_line(summary))

    await run_or_stop(reader, "completing", work, done)
