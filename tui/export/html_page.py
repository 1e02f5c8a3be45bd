"""HTML: one page without scripts and other files, light or dark as the system is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from tui.core.author import Author
from tui.core.paper import Paper
from tui.core.text import count_items
from tui.core.urls import web_url
from tui.export.item import ExportItem
from tui.export.publication import links_with_ids

_STYLE = """
:root { color-scheme: light dark; --dim: #666; --line: #ddd; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --dim: #999; --line: #333; --link: #8ab4f8; } }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif;
  background: Canvas; color: CanvasText; overflow-wrap: anywhere; }
article { padding: 1rem 0; border-top: 1px solid var(--line); }
h2 { font-size: 1.1rem; line-height: 1.35; margin: 0 0 .25rem; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
p { margin: .25rem 0; } .facts, summary, footer { color: var(--dim); font-size: .9rem; }
cite { font-style: normal; }
.note { white-space: pre-wrap; border-left: 3px solid var(--line); padding-left: .75rem; }
"""
_HEAD = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Papers</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Papers</h1>
"""


def format_html(items: Iterable[ExportItem]) -> Iterator[str]:
    """Yield the page, an article for each paper."""
    yield _HEAD
    count = 0
    for item in items:
        count += 1
        yield _article(item)
    yield f"<footer>{count_items(count, 'papers')}, from Sheaf</footer>\n</body>\n</html>\n"


def _article(item: ExportItem) -> str:
    paper = item.paper
    links = links_with_ids(paper)
    facts = [f"<cite>{escape(paper.venue)}</cite>"] if paper.venue else []
    facts += [f"<time>{paper.date}</time>"] if paper.date else []
    facts += map(escape, item.mark.tags)
    facts += [_link(name, url) for name, url in links.items() if web_url(url)]
    abstract = "".join(f'<p dir="auto">{escape(part)}</p>' for part in paper.abstract.split("\n\n"))
    parts = [
        f'<article>\n<h2 dir="auto">{_link(paper.title, links.get("abs", ""))}</h2>',
        f'<p dir="auto">{_authors(paper)}</p>' if paper.authors else "",
        f'<p class="facts">{" · ".join(facts)}</p>' if facts else "",
        f"<details><summary>Abstract</summary>{abstract}</details>" if paper.abstract else "",
        f'<p class="note" dir="auto">{escape(item.note)}</p>' if item.note else "",
    ]
    return "\n".join(part for part in parts if part) + "\n</article>\n"


def _authors(paper: Paper) -> str:
    """Return each author in an element, with the parts of a name that its text does not show."""
    names = []
    for author in paper.authors:
        text = str(author)
        written = f"{{{text}}}" if author.is_literal else author.family_first()
        data = "" if Author.parse(text) == author else f' data-name="{escape(written)}"'
        names.append(f"<span{data}>{escape(text)}</span>")
    return ", ".join(names) + (" et al." if paper.more_authors else "")


def _link(text: str, url: str) -> str:
    url = web_url(url)
    if not url:
        return escape(text)
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(text)}</a>'
