"""Exporting: papers out to a file."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from textual import work

from tui.catalog.catalog import Catalog
from tui.core.paths import complete_path
from tui.core.progress import Cancelled, Progress
from tui.core.text import clean_line
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.screens.working import Tell, Working
from tui.ui.widgets.paper_list import PaperList

FORMAT_KEYS = {
    "b": "bibtex", "l": "biblatex", "r": "ris", "c": "csl", "v": "csv", "j": "jsonl",
    "m": "markdown", "n": "notes", "h": "html",
}  # fmt: skip


class Exporting(Working):
    """The part of the main screen that writes papers out."""

    @work(group="question", exit_on_error=False, description="export")
    async def action_export(self) -> None:
        """Ask what to write and where: the selected papers, else this one or all shown."""
        from tui.export.formats import FORMATS

        rows = await self._rows_to_export()
        if not rows:
            return
        formats = {form.name: form for form in FORMATS}
        count = f"{len(rows):,} paper{'' if len(rows) == 1 else 's'}"
        answers = {key: formats[name].label for key, name in FORMAT_KEYS.items()}
        answers["escape"] = "leave it"
        key = await self.app.push_screen_wait(QuestionScreen(f"Export {count} as", answers))
        if key not in FORMAT_KEYS:
            return
        form = formats[FORMAT_KEYS[key]]
        usual = f"papers{form.suffix}" if form.suffix else "notes"
        kind = "file" if form.suffix else "folder, one file a paper"
        prompt = PromptScreen(
            f"{form.label} of {count} to", usual, hint=kind, suggest=complete_path, whole=True
        )
        where = (await self.app.push_screen_wait(prompt) or "").strip()
        if not where:
            return
        target = Path(where).expanduser()
        there = target.is_file() if form.suffix else False
        if there:
            answers = {"w": "write over it", "escape": "leave it"}
            question = QuestionScreen(f"{where} is there already.", answers)
            if await self.app.push_screen_wait(question) != "w":
                return
        self._export(rows, form.name, target, there)

    async def _rows_to_export(self) -> list[int]:
        """The selected papers; without any, this paper or all shown, as is answered."""
        papers = self.query_one(PaperList)
        shown = [int(row) for row in papers.rows] if self.selected else []
        if self.selected:  # in the order of the list; then those that it does not show
            return [*(r for r in shown if r in self.selected), *sorted(self.selected - {*shown})]
        if len(papers.rows) <= 1:
            return [int(row) for row in papers.rows]
        answers = {
            "p": "this paper",
            "a": f"all {len(papers.rows):,} shown",
            "escape": "leave it",
        }
        key = await self.app.push_screen_wait(QuestionScreen("Export", answers))
        if key == "p" and papers.row is not None:
            return [papers.row]
        return [int(row) for row in papers.rows] if key == "a" else []

    def _export(self, rows: list[int], form: str, target: Path, force: bool) -> None:
        library, pattern = self.library, self.config.export.key

        def job(stop: threading.Event, tell: Tell) -> Any:
            from tui.export.writer import export_papers

            progress = Progress(stop.is_set, lambda update: tell(update.text))
            catalog = Catalog(library.catalog.path)
            try:
                return export_papers(
                    library, rows, form, target, force=force, pattern=pattern,
                    catalog=catalog, progress=progress,
                )  # fmt: skip
            except Cancelled:
                return None
            finally:
                catalog.close()

        self.begin("exporting", job, self._exported)

    def _exported(self, report: Any) -> None:
        if report is None:
            self.say("export stopped; nothing was written")
            return
        self.say(f"wrote {report.summary}")
        if report.skipped:
            self.warn(clean_line(f"left alone: {report.skipped[0]}"))
