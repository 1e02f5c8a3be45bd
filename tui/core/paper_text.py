"""PaperText: a paper as texts, from which each screen, command and format makes its layout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tui.core.paper import COUNTS, SAMPLE, Paper
from tui.core.schemes import SCHEMES
from tui.core.text import count_items

SAMPLE_NOTICE = "summary written for the sample library"


class PaperText(NamedTuple):
    """A paper as texts, in the order in which they are shown; empty where unknown."""

    title: str
    authors: str
    facts: tuple[str, ...]
    """When and where it appeared, its identifiers, its counts."""
    paragraphs: tuple[str, ...]
    """The abstract."""
    notice: str
    """What to know about the abstract: that it is not the published one."""
    comment: str
    links: Mapping[str, str]
    """Name to URL, the paper's page first."""


def describe_paper(paper: Paper) -> PaperText:
    """Return the texts of a paper."""
    return PaperText(
        paper.title,
        ", ".join(paper.author_names),
        tuple(filter(None, _facts(paper))),
        tuple(filter(None, paper.abstract.split("\n\n"))),
        SAMPLE_NOTICE if paper.abstract_source == SAMPLE else "",
        paper.comment,
        paper.all_links,
    )


def _listings(paper: Paper) -> list[str]:
    """Return the first listing of each feed: `listed 2026-05-07, no. 3 of hf:daily, by Ada`."""
    first = {each.feed: each for each in reversed(paper.listings)}
    facts = []
    for each in sorted(first.values()):
        place = f"no. {each.rank} of {each.feed}" if each.rank else each.feed
        by = f"by {each.by}" if each.by else ""
        facts.append(", ".join(filter(None, (f"listed {each.day}", place, by))))
    return facts


def _facts(paper: Paper) -> list[str]:
    facts = [paper.issued, *_listings(paper)]
    # The arXiv id says it too.
    facts.append("" if paper.venue == "arXiv" else paper.venue)
    facts.append(" ".join(paper.categories))
    facts += [f"{SCHEMES[scheme].label} {value}" for scheme, value in paper.ids.items()]
    facts.append(count_items(paper.votes, "votes") if paper.votes else "")
    facts += [count_items(paper.counts[name], name) for name in COUNTS if name in paper.counts]
    return facts
