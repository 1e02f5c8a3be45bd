"""LookupRequest: a paper to look up, by what a person typed or what a list contains."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.core import identifiers
from tui.core.paper import Paper
from tui.core.urls import is_web_url

S2 = "s2"
"""The scheme of Semantic Scholar's own identifiers. No Paper stores them."""

_S2_URL = re.compile(
    r"semanticscholar\.org/(?:paper/(?:[^/?#\s]+/)?(?P<sha>[0-9a-f]{40})(?![0-9a-f])"
    r"|(?P<corpus>CorpusId:\d+))",
    re.IGNORECASE,
)
_PMC_URL = re.compile(r"ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/PMC(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LookupRequest:
    """A paper to look up."""

    where: str
    """What was typed, or the place in a file; for messages."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """Scheme to identifier; the schemes are those of `tui.core.identifiers` and S2."""
    url: str = ""
    """The URL the user typed, which may be fetched."""
    why: str = ""
    """Why the record in the file is not enough; for the message if the look-up fails."""
    known: Paper | None = None
    """What is known already; used if no service answers."""


def parse_identifier(text: str) -> LookupRequest | None:
    """Parse an arXiv id, DOI, PMID, ACL id, key or URL; None if `text` is none of them."""
    text = text.strip().strip("<>")
    ids = dict(identifiers.from_text(text))
    if semantic_scholar := _S2_URL.search(text):
        ids[S2] = semantic_scholar["sha"] or semantic_scholar["corpus"]
    elif pmc := _PMC_URL.search(text):
        # Semantic Scholar is the service that finds papers by their PubMed Central id.
        ids[S2] = f"PMCID:{pmc[1]}"
    url = text if is_web_url(text) else ""
    return LookupRequest(text, ids, url) if ids or url else None
