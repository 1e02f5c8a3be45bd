"""ExportItem: one paper with its mark, as every format gets it."""

from __future__ import annotations

from dataclasses import dataclass

from tui.catalog.catalog import StoredPaper
from tui.core.paper import Paper
from tui.state import Mark


@dataclass(frozen=True, slots=True)
class ExportItem:
    """One paper that is being exported."""

    stored: StoredPaper
    mark: Mark
    key: str = ""
    """Its citation key; empty for formats that have none."""
    note: str = ""
    """The private note if it is to be written; else empty, whatever `mark` has."""

    @property
    def paper(self) -> Paper:
        return self.stored.paper

    @property
    def keywords(self) -> list[str]:
        """The categories of the paper, then the user's tags; each once."""
        return list(dict.fromkeys((*self.paper.categories, *self.mark.tags)))
