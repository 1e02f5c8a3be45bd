"""FORMATS: every format there is, in the order of the menu."""

from __future__ import annotations

from tui.export import bibtex, csl, csv_table, html_page, jsonl, markdown_list, ris
from tui.export.item import Format

FORMATS: tuple[Format, ...] = (
    Format("bibtex", "BibTeX", ".bib", bibtex.format_bibtex, keyed=True),
    Format("biblatex", "BibLaTeX", ".bib", bibtex.format_biblatex, keyed=True),
    Format("ris", "RIS", ".ris", ris.format_ris),
    Format("csl", "CSL-JSON", ".json", csl.format_csl, keyed=True),
    Format("csv", "CSV", ".csv", csv_table.format_csv),
    Format("jsonl", "JSON lines", ".jsonl", jsonl.format_jsonl, private=True),
    Format("markdown", "Markdown list", ".md", markdown_list.format_markdown),
    Format("notes", "Markdown notes", "", None, keyed=True, private=True),
    Format("html", "HTML page", ".html", html_page.format_html),
)


def find_format(name: str) -> Format | None:
    """The format of this name."""
    return next((each for each in FORMATS if each.name == name), None)


def format_for_file(file_name: str) -> Format | None:
    """The first format whose files end as this one's name does."""
    end = file_name.lower()
    return next((each for each in FORMATS if each.suffix and end.endswith(each.suffix)), None)
