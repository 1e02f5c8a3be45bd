"""SERVICES: every service, in the order in which their answers take precedence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from tui.core.merge import merge_papers
from tui.core.paper import Paper
from tui.core.schemes import SCHEMES
from tui.services import arxiv, crossref, openalex, pubmed, semantic_scholar
from tui.services.service import Service
from tui.services.single_lookup import ACL, HUGGING_FACE, OPENREVIEW

SERVICES: tuple[Service, ...] = (
    arxiv.SERVICE,
    ACL,
    pubmed.SERVICE,
    OPENREVIEW,
    crossref.SERVICE,
    semantic_scholar.SERVICE,
    openalex.SERVICE,
    HUGGING_FACE,
)
_ISSUERS: Mapping[str, Service] = {
    "arxiv": arxiv.SERVICE,
    "doi": crossref.SERVICE,
    "acl": ACL,
    "pmid": pubmed.SERVICE,
    "openreview": OPENREVIEW,
}


def issuer(ids: Mapping[str, str]) -> Service | None:
    """Return the service that issues the first of these identifiers by the order of SCHEMES."""
    return next((_ISSUERS[scheme] for scheme in SCHEMES if scheme in ids), None)


def order_labels(labels: Iterable[str]) -> list[str]:
    """Return the labels of services in the order of SERVICES, each once."""
    chosen = set(labels)
    return [each.label for each in SERVICES if each.label in chosen]


def merge_answers(answers: Mapping[str, Paper]) -> Paper:
    """Merge the answers about one paper: name of a service to answer, at least one."""
    ordered = (answers[each.name] for each in SERVICES if each.name in answers)
    return reduce(merge_papers, ordered)
