"""Markdown: a list of links. Also the letters Markdown would take for its own, escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tui.core.paper import Paper
from tui.export.item import ExportItem

_SPECIAL = re.compile(r"[\\`*_\[\]<>$~|]|&(?=#?\w+;)|%(?=%)|=(?==)|\^(?=\[)|(?<!\w)#(?=\w)")
_BLOCK = re.compile(r"^(?=[-+#=])|^(\d{1,9})(?=[.)])", re.MULTILINE)
"""The start of a line that would make it a list, a heading or a rule."""
_NOT_URL = re.compile(r"[\s<>()\\\"]")
_NAMED = 3
"""Authors that are named; of more than that the first ones, then `et al.`"""


def format_markdown(items: Iterable[ExportItem]) -> Iterator[str]:
    """One line a paper; the user's note below it, where it was asked for."""
    for item in items:
        yield f"- {paper_line(item.stored.paper)}\n"
        if item.note:
            yield "".join(f"  > {text}".rstrip() + "\n" for text in item.note.split("\n"))


def escape_markdown(text: str) -> str:
    """Text as Markdown that shows it."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def escape_paragraphs(text: str) -> str:
    """Paragraphs as Markdown that shows them as such."""
    return _BLOCK.sub(lambda found: f"{found[1] or ''}\\", escape_markdown(text))


def markdown_link(text: str, url: str) -> str:
    """A link; the text alone where there is no URL."""
    text = escape_markdown(" ".join(text.split()))
    return f"[{text}]({_url(url)})" if url else text


def paper_line(paper: Paper) -> str:
    """Title as a link, who wrote it, where it appeared, when."""
    links = paper.all_links
    more = [markdown_link(name, links[name]) for name in ("pdf", "code") if name in links]
    facts = [
        markdown_link(paper.title, links.get("abs", "")),
        escape_markdown(_authors(paper.authors)),
        escape_markdown(paper.venue),
        paper.date,
        " ".join(more),
    ]
    return " · ".join(fact for fact in facts if fact)


def _authors(authors: tuple[str, ...]) -> str:
    named = ", ".join(authors[:_NAMED])
    return " ".join((f"{named} et al." if len(authors) > _NAMED else named).split())


def _url(url: str) -> str:
    return _NOT_URL.sub(lambda found: f"%{ord(found[0]):02X}", url)
