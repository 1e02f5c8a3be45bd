"""The action that writes papers to a file or a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.catalog.catalog import Catalog
from tui.core.paths import complete_path
from tui.core.text import clean_line, count_items
from tui.ui.actions.long_work import run_or_stop
from tui.ui.actions.selecting import target_rows
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.jobs import JobProgress, JobReport
from tui.ui.reader_protocol import Reader

if TYPE_CHECKING:
    from tui.export.writer import ExportReport


async def export(reader: Reader) -> None:
    """Ask which papers to export, in which format and where."""
    from tui.export.formats import FORMATS

    rows = await _rows_to_export(reader)
    if not rows:
        return
    formats = {form.name: form for form in FORMATS}
    count = count_items(len(rows), "papers")
    answer = await reader.ask(QuestionScreen(f"Export {count} as", "format"))
    if answer is None:
        return
    form = formats[answer.removeprefix("format_")]
    default = f"papers{form.suffix}" if form.suffix else "notes"
    kind = "file" if form.suffix else "folder, one file a paper"
    prompt = PromptScreen(
        f"{form.label} of {count} to", default, hint=kind, suggest=complete_path, whole=True
    )
    where = (await reader.ask(prompt) or "").strip()
    if not where:
        return
    target = Path(where).expanduser()
    exists = bool(form.suffix) and target.is_file()
    question = QuestionScreen(f"{where} is there already.", "overwrite")
    if exists and not await reader.ask(question):
        return
    await _export(reader, rows, form.name, target, overwrite=exists)


async def _rows_to_export(reader: Reader) -> list[int]:
    """Return the selected papers; without any, this paper or all shown, as the user answers."""
    papers, selection = reader.panes.papers, reader.selection
    shown = [int(row) for row in papers.rows]
    if selection:  # in the order of the list; then those that it does not show
        return [*(row for row in shown if row in selection), *sorted(selection - {*shown})]
    if len(shown) <= 1:
        return shown
    words = {"export_all": f"all {len(shown):,} shown"}
    answer = await reader.ask(QuestionScreen("Export", "export", words=words))
    if answer == "export_this":
        return target_rows(reader)
    return shown if answer == "export_all" else []


async def _export(
    reader: Reader, rows: list[int], form: str, target: Path, *, overwrite: bool
) -> None:
    library, pattern = reader.library, reader.config.export.key

    def work(progress: JobProgress) -> ExportReport:
        from tui.export.writer import export_papers

        catalog = Catalog(library.catalog.path)
        try:
            return export_papers(
                library, rows, form, target, force=overwrite, pattern=pattern,
                catalog=catalog, progress=progress,
            )  # fmt: skip
        finally:
            catalog.close()

    def done(report: ExportReport) -> JobReport:
        warning = f"not exported: {report.skipped[0]}" if report.skipped else ""
        return JobReport(f"wrote {report.summary}", warning=clean_line(warning))

    await run_or_stop(reader, "exporting", work, done)
