"""What a person named, or a list held: a paper to be looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.core import identifiers as ids
from tui.core.paper import Paper

S2 = "s2"
"""The scheme of Semantic Scholar's own names, which no Paper keeps."""

_S2_URL = re.compile(
    r"semanticscholar\.org/(?:paper/(?:[^/?#\s]+/)?(?P<sha>[0-9a-f]{40})(?![0-9a-f])"
    r"|(?P<corpus>CorpusId:\d+))",
    re.IGNORECASE,
)
_PMC_URL = re.compile(r"ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/PMC(\d+)", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper somebody wants."""

    where: str
    """What was typed, or the place it stands in a list: for messages."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """Identifiers, by the schemes of `tui.core.paper` and S2."""
    url: str = ""
    """Where it may be fetched, typed by the user."""
    why: str = ""
    """What the list it stands in lacks, for the refusal."""
    known: Paper | None = None
    """What is known of it, taken where no service answers."""


def wanted(text: str) -> Wanted | None:
    """The paper that `text` names: an arXiv id, DOI, PMID, ACL id, key or URL; None if none."""
    text = text.strip().strip("<>")
    found = dict(ids.from_bare(text))
    if scholar := _S2_URL.search(text):
        found[S2] = scholar["sha"] or scholar["corpus"]
    elif pmc := _PMC_URL.search(text):
        found[S2] = f"PMCID:{pmc[1]}"
    url = text if _URL.fullmatch(text) else ""
    return Wanted(text, found, url) if found or url else None
