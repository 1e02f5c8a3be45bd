"""Sheaf's own JSON lines, as `sheaf list --json` and `sheaf export` write them.

The texts have passed the door once and are taken as they stand: what is still LaTeX in them (a
page copied as it was) is not read as such now.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core.paper import Paper
from tui.core.text import clean_line, clean_paragraphs
from tui.sources.shapes import Object, Shape, inner, signs, text


def exact(paper: Paper, record: Object) -> Paper:
    """The paper with title, abstract and LaTeX as the record has them."""
    tex = {name: clean_line(text(record, "tex", name)) for name in inner(record, "tex")}
    return replace(
        paper,
        title=clean_line(text(record, "title")) or paper.title,
        abstract=clean_paragraphs(text(record, "abstract")),
        tex={name: source for name, source in tex.items() if source},
    )


SHAPE = Shape("sheaf", "Sheaf's JSON lines", signs("key title added"), lambda record: record)
