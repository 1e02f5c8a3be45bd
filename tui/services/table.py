"""The services in the order in which their word counts, and who is asked for what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from tui.core.identifiers import SCHEMES
from tui.core.merge import merge_papers
from tui.core.paper import Paper
from tui.services import acl, arxiv, crossref, hf, openalex, openreview, pubmed, s2
from tui.services.service import Service

SERVICES: tuple[Service, ...] = (
    arxiv.SERVICE,
    acl.SERVICE,
    pubmed.SERVICE,
    openreview.SERVICE,
    crossref.SERVICE,
    s2.SERVICE,
    openalex.SERVICE,
    hf.SERVICE,
)
_HOMES: Mapping[str, Service] = {
    "arxiv": arxiv.SERVICE,
    "doi": crossref.SERVICE,
    "acl": acl.SERVICE,
    "pmid": pubmed.SERVICE,
    "openreview": openreview.SERVICE,
}


def home_of(ids: Mapping[str, str]) -> Service | None:
    """The service that gave the most telling of these identifiers."""
    return next((_HOMES[scheme] for scheme in SCHEMES if scheme in ids), None)


def in_order(labels: Iterable[str]) -> list[str]:
    """The labels of services in their order, each once."""
    given = set(labels)
    return [each.label for each in SERVICES if each.label in given]


def joined(answers: Mapping[str, Paper]) -> Paper:
    """One record of what the services said of a paper, by their names; there is an answer."""
    ordered = (answers[each.name] for each in SERVICES if each.name in answers)
    return reduce(merge_papers, ordered)
