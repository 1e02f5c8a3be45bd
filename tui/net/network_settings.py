"""NetworkSettings: the values of `[network]`, and the services with their base URLs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tui.core.errors import UsageError
from tui.core.urls import is_web_url

SERVICES: Mapping[str, str] = MappingProxyType(
    {
        "arxiv": "https://export.arxiv.org/api",
        "arxiv_rss": "https://rss.arxiv.org",
        "arxiv_oai": "https://oaipmh.arxiv.org/oai",
        "hf": "https://huggingface.co",
        "s2": "https://api.semanticscholar.org",
        "openalex": "https://api.openalex.org",
        "crossref": "https://api.crossref.org",
        "acl": "https://aclanthology.org",
        "pubmed": "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
        "biorxiv": "https://api.biorxiv.org",
        "dblp": "https://dblp.org",
        "openreview": "https://api2.openreview.net",
        "github": "https://api.github.com",
        "github_raw": "https://raw.githubusercontent.com",
    }
)
"""Service to its base URL, below which its paths are."""

_NO_BASES: Mapping[str, str] = MappingProxyType({})


class NetworkSettings(NamedTuple):
    """The values of `[network]`."""

    mail: str = ""
    """The user's mail address, for services to write to; sent in the User-Agent."""
    every: int = 0
    """Minutes between fetches while the reader is open; 0 is never."""
    bases: Mapping[str, str] = _NO_BASES
    """Service to the base URL that the user set."""

    def base(self, service: str) -> str:
        """Return the base URL of a service, without a slash at its end.

        The environment (`SHEAF_ARXIV_URL`) comes first, then the user's setting, then SERVICES.
        Raises UsageError if the environment variable is not a URL.
        """
        name = environment_variable(service)
        url = os.environ.get(name, "")
        if url and not is_base_url(url):
            raise UsageError(f"{name} is not an http or https URL: {url}")
        return (url or self.bases.get(service) or SERVICES[service]).rstrip("/")

    def service_of(self, url: str) -> str:
        """Return the service that a URL belongs to; empty if it belongs to none."""
        bases = {self.base(service): service for service in SERVICES}
        found = [base for base in bases if url == base or url.startswith((base + "/", base + "?"))]
        return bases[max(found, key=len)] if found else ""


def environment_variable(service: str) -> str:
    """Return the environment variable that sets the base URL of a service."""
    return f"SHEAF_{service.upper()}_URL"


def is_base_url(text: str) -> bool:
    """Return whether `text` can be the base URL of a service."""
    return text.isascii() and is_web_url(text) and not set(text) & set("?#")
