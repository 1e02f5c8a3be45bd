"""The table of identifier schemes: labels, nouns and URLs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Scheme(NamedTuple):
    """A kind of identifier."""

    label: str
    """Its name beside an identifier: `arXiv 1706.03762`."""
    noun: str
    """What one identifier is called: `arXiv id`."""
    page: str
    """The URL of the paper's page, with `{}` for the identifier."""
    pdf: str = ""
    """The URL of the paper's PDF, where the identifier gives it."""


SCHEMES: Mapping[str, Scheme] = {
    "arxiv": Scheme(
        "arXiv", "arXiv id", "https://arxiv.org/abs/{}", pdf="https://arxiv.org/pdf/{}"
    ),
    "doi": Scheme("DOI", "DOI", "https://doi.org/{}"),
    "acl": Scheme("ACL", "ACL id", "https://aclanthology.org/{}"),
    "pmid": Scheme("PMID", "PMID", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    "openreview": Scheme("OpenReview", "OpenReview id", "https://openreview.net/forum?id={}"),
}
"""Every scheme by its name, the one that identifies a paper best first."""


def page_url(scheme: str, identifier: str) -> str:
    """Return the URL of the page of the paper with this identifier."""
    return SCHEMES[scheme].page.format(identifier)


def arxiv_month(name: str) -> str:
    """Return the month in an arXiv id (`2402.18668` gives `2024-02`), or an empty string."""
    digits = name.rpartition("/")[2][:4]
    if not digits.isdecimal() or not "01" <= digits[2:] <= "12":
        return ""
    century = "19" if digits >= "9107" else "20"  # arXiv began in July 1991
    return f"{century}{digits[:2]}-{digits[2:]}"
