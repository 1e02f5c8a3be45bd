"""Sheaf's own JSON lines, as `sheaf list --json` and `sheaf export` write them.

Titles and abstracts were converted to plain text when the paper was added, so they are not
converted again: `$` or `\\` in them is part of the text.
"""

from __future__ import annotations

from tui.core.author import Author
from tui.core.paper import Paper
from tui.core.text import clean_line, clean_paragraphs
from tui.sources.engines.json import JsonFormat, Object, inner, objects, text
from tui.sources.record import build_paper


def _paper(record: Object) -> Paper:
    named = objects(record.get("author"))
    names = [{key: clean_line(text(name, key)) for key in name} for name in named]
    authors = [Author.from_csl(name) for name in names if name.get("literal") or name.get("family")]
    paper = build_paper({**record, "authors": authors} if authors else record)
    tex = {name: clean_line(text(record, "tex", name)) for name in inner(record, "tex")}
    return paper._replace(
        title=clean_line(text(record, "title")) or paper.title,
        abstract=clean_paragraphs(text(record, "abstract")),
        tex={name: source for name, source in tex.items() if source},
    )


SHEAF = JsonFormat("sheaf", "Sheaf's JSON lines", ("key title added",), _paper)
