"""A paper as styled text for the panes, the most important parts first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from textual.content import Content
from textual.style import Style

from tui.catalog.catalog import StoredPaper
from tui.core.paper_text import describe_paper
from tui.core.text import clean_line, clean_typed_line
from tui.state import Mark
from tui.ui.widgets.glyphs import Glyphs

Spans = Iterable[tuple[int, int]]
Highlighter = Callable[[str], Spans]
"""The spans of a text that match the filter."""

DIM = "$dim"
ACCENT = "$highlight"
MATCH = "bold underline $highlight"


def paper_content(
    stored: StoredPaper, mark: Mark, highlighter: Highlighter, glyphs: Glyphs
) -> Content:
    """Return title, authors, facts, abstract, tags, note and links; matches are highlighted."""
    text = describe_paper(stored.paper)
    parts: list[Content] = [_highlight(text.title, highlighter, "bold"), Content("")]
    if text.authors:
        parts.append(_highlight(text.authors, highlighter, ""))
    parts.append(Content.assemble((" · ".join(text.facts), DIM)))
    for paragraph in text.paragraphs:
        parts += [Content(""), _highlight(paragraph, highlighter, "")]
    if not text.paragraphs:
        parts += [Content(""), Content.assemble(("No abstract came with this paper.", DIM))]
    if text.notice:
        parts += [Content(""), Content.assemble((text.notice, f"italic {DIM}"))]
    if text.comment:
        parts += [Content(""), Content.assemble((text.comment, DIM))]
    if state := _state(mark, glyphs):
        parts += [Content(""), state]
    if mark.note:
        parts += [Content(""), Content.assemble((f"{glyphs.note} Note", f"bold {ACCENT}"))]
        parts += [
            _highlight(clean_typed_line(line), highlighter, "") for line in mark.note.split("\n")
        ]
    if text.links:
        parts += [Content(""), _links(text.links)]
    return Content("\n").join(parts)


def _highlight(text: str, highlighter: Highlighter, style: str) -> Content:
    content = Content.assemble((text, style)) if style else Content(text)
    for start, end in highlighter(text):
        content = content.stylize(MATCH, start, end)
    return content


def _links(links: Mapping[str, str]) -> Content:
    """Each link by its name and address; a click opens it."""
    lines = []
    for name, url in links.items():
        click = Style.from_meta({"@click": ("screen.click", ("link", name))})
        shown = Content(url.split("://", 1)[-1]).stylize("underline").stylize(click)
        label = f"{name:5}".replace(" ", "\u00a0")  # so that a long address folds after it
        lines.append(Content.assemble((label, DIM), shown))
    return Content("\n").join(lines)


def _state(mark: Mark, glyphs: Glyphs) -> Content | None:
    """Star, rating and tags as chips; None for a paper without any."""
    chips = [Content(f"{glyphs.star} starred")] if mark.star else []
    chips += [Content("dismissed")] if mark.dismissed else []
    chips += [Content(f"rated {mark.rating} of 5")] if mark.rating else []
    for tag in mark.tags:
        click = Style.from_meta({"@click": ("screen.click", ("tag", tag))})
        chips.append(Content(f"#{clean_line(tag)}").stylize(click))
    if not chips:
        return None
    return Content("  ").join(chip.stylize(ACCENT) for chip in chips)
