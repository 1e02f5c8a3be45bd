"""FORMATS: every format, in the order of the menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tui.core.errors import UsageError
from tui.export.bibtex import format_biblatex, format_bibtex
from tui.export.csl import format_csl
from tui.export.csv_table import format_csv
from tui.export.html_page import format_html
from tui.export.item import ExportItem
from tui.export.jsonl import format_jsonl
from tui.export.markdown_list import format_markdown
from tui.export.ris import format_ris


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format that papers can be exported in."""

    name: str
    """As the command line names it."""
    label: str
    """As people call it."""
    suffix: str
    """Of its files; empty for a folder with one file for each paper."""
    chunks: Callable[[Iterable[ExportItem]], Iterator[str]] | None
    """Returns the text of a file in chunks; None for a folder."""
    has_keys: bool = False
    """Whether papers have citation keys in it."""
    has_notes: bool = False
    """Whether it always holds the private notes."""


FORMATS: tuple[ExportFormat, ...] = (
    ExportFormat("bibtex", "BibTeX", ".bib", format_bibtex, has_keys=True),
    ExportFormat("biblatex", "BibLaTeX", ".bib", format_biblatex, has_keys=True),
    ExportFormat("ris", "RIS", ".ris", format_ris),
    ExportFormat("csl", "CSL-JSON", ".json", format_csl, has_keys=True),
    ExportFormat("csv", "CSV", ".csv", format_csv),
    ExportFormat("jsonl", "JSON lines", ".jsonl", format_jsonl, has_notes=True),
    ExportFormat("markdown", "Markdown list", ".md", format_markdown),
    ExportFormat("notes", "Markdown notes", "", None, has_keys=True, has_notes=True),
    ExportFormat("html", "HTML page", ".html", format_html),
)


def find_format(name: str = "", file_name: str = "") -> ExportFormat:
    """Return the format called `name`; without a name, the one whose suffix `file_name` has.

    Raises UsageError, which lists the formats, if there is none.
    """
    for each in FORMATS:
        has_suffix = each.suffix and file_name.lower().endswith(each.suffix)
        if each.name == name or (not name and has_suffix):
            return each
    problem = f"there is no format {name}" if name else "name the format with --format"
    raise UsageError(f"{problem}; the formats are {', '.join(each.name for each in FORMATS)}")
