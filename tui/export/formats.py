"""FORMATS: every format there is, in the order of the menu."""

from __future__ import annotations

from tui.export import bibtex, csl, lines, markdown, page, ris, table
from tui.export.base import Format

FORMATS: tuple[Format, ...] = (
    Format("bibtex", "BibTeX", ".bib", bibtex.bibtex, keyed=True),
    Format("biblatex", "BibLaTeX", ".bib", bibtex.biblatex, keyed=True),
    Format("ris", "RIS", ".ris", ris.pieces),
    Format("csl", "CSL-JSON", ".json", csl.pieces, keyed=True),
    Format("csv", "CSV", ".csv", table.pieces),
    Format("jsonl", "JSON lines", ".jsonl", lines.pieces, private=True),
    Format("markdown", "Markdown list", ".md", markdown.pieces),
    Format("notes", "Markdown notes", "", None, keyed=True, private=True),
    Format("html", "HTML page", ".html", page.pieces),
)


def format_of(name: str) -> Format | None:
    """The format of this name."""
    return next((each for each in FORMATS if each.name == name), None)


def format_for(file_name: str) -> Format | None:
    """The first format whose files end as this one's name does."""
    end = file_name.lower()
    return next((each for each in FORMATS if each.suffix and end.endswith(each.suffix)), None)
