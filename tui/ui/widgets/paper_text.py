"""A paper as styled text for the detail pane: what the eye wants first comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.content import Content
from textual.style import Style

from tui.catalog.catalog import Stored
from tui.core.identifiers import SCHEMES
from tui.core.paper import COUNTS, SAMPLE
from tui.core.text import clean_line, clean_typed_line
from tui.state import Mark
from tui.ui.widgets.glyphs import Glyphs

Spans = Iterable[tuple[int, int]]
Highlighter = Callable[[str], Spans]
"""The spans of a text that match the filter."""

DIM = "$dim"
ACCENT = "$lit"
MATCH = "bold underline $lit"
SAMPLE_NOTICE = "summary written for the sample library"


def paper_content(stored: Stored, mark: Mark, highlighter: Highlighter, glyphs: Glyphs) -> Content:
    """Title, authors, facts, links, abstract with the matches highlighted, tags and note."""
    paper = stored.paper
    parts: list[Content] = [_highlighted(paper.title, highlighter, "bold"), Content("")]
    if paper.authors:
        parts.append(_highlighted(", ".join(paper.authors), highlighter, ""))
    parts.append(Content.assemble((_facts(stored), DIM)))
    for paragraph in paper.abstract.split("\n\n"):
        if paragraph:
            parts += [Content(""), _highlighted(paragraph, highlighter, "")]
    if not paper.abstract:
        parts += [Content(""), Content.assemble(("No abstract came with this paper.", DIM))]
    if paper.abstract_source == SAMPLE:
        parts += [Content(""), Content.assemble((SAMPLE_NOTICE, f"italic {DIM}"))]
    if paper.comment:
        parts += [Content(""), Content.assemble((paper.comment, DIM))]
    if state := _state(mark, glyphs):
        parts += [Content(""), state]
    if mark.note:
        parts += [Content(""), Content.assemble((f"{glyphs.note} Note", f"bold {ACCENT}"))]
        parts += [
            _highlighted(clean_typed_line(line), highlighter, "") for line in mark.note.split("\n")
        ]
    if links := paper.all_links:
        parts += [Content(""), _links(links)]
    return Content("\n").join(parts)


def _highlighted(text: str, highlighter: Highlighter, style: str) -> Content:
    content = Content.assemble((text, style)) if style else Content(text)
    for start, end in highlighter(text):
        content = content.stylize(MATCH, start, end)
    return content


def _facts(stored: Stored) -> str:
    paper = stored.paper
    facts = [paper.issued]
    if paper.listed:
        facts.append(f"listed {paper.listed}")
    if paper.venue and paper.venue != "arXiv":
        facts.append(paper.venue)
    facts.append(" ".join(paper.categories))
    facts += [f"{SCHEMES[scheme].label} {value}" for scheme, value in paper.ids.items()]
    if paper.votes:
        facts.append(f"{paper.votes:,} votes")
    facts += [f"{paper.counts[name]:,} {name}" for name in COUNTS if name in paper.counts]
    return " · ".join(fact for fact in facts if fact)


def _links(links: dict[str, str]) -> Content:
    """Each link by its name and address; a click opens it."""
    lines = []
    for name, url in links.items():
        click = Style.from_meta({"@click": ("screen.open_link", (name,))})
        shown = Content(url.split("://", 1)[-1]).stylize("underline").stylize(click)
        label = f"{name:5}".replace(" ", "\u00a0")  # so that a long address folds after it
        lines.append(Content.assemble((label, DIM), shown))
    return Content("\n").join(lines)


def _state(mark: Mark, glyphs: Glyphs) -> Content | None:
    """Star, rating and tags as chips; None for a paper without any."""
    chips = [Content(f"{glyphs.star} starred")] if mark.star else []
    chips += [Content("not for me")] if mark.dismissed else []
    chips += [Content(f"rated {mark.rating} of 5")] if mark.rating else []
    for tag in mark.tags:
        click = Style.from_meta({"@click": ("screen.filter_tag", (tag,))})
        chips.append(Content(f"#{clean_line(tag)}").stylize(click))
    if not chips:
        return None
    return Content("  ").join(chip.stylize(ACCENT) for chip in chips)
