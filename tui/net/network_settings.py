"""Network: what the config says of the network; the services there are and where each is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tui.core.errors import UsageError

SERVICES: Mapping[str, str] = MappingProxyType(
    {
        "arxiv": "https://export.arxiv.org/api",
        "arxiv_rss": "https://rss.arxiv.org",
        "hf": "https://huggingface.co",
        "s2": "https://api.semanticscholar.org",
        "openalex": "https://api.openalex.org",
        "crossref": "https://api.crossref.org",
        "acl": "https://aclanthology.org",
        "pubmed": "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
        "openreview": "https://api2.openreview.net",
        "github": "https://api.github.com",
        "github_raw": "https://raw.githubusercontent.com",
    }
)
"""Service to the URL its paths lie below."""

_NOWHERE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """What the user wishes of the network."""

    mail: str = ""
    """An address for the User-Agent, and for services that ask whom to write to."""
    every: int = 0
    """Minutes between fetches while the reader is open; 0 is never."""
    bases: Mapping[str, str] = field(default_factory=lambda: _NOWHERE)
    """Service to the base URL the user gave it."""

    def base(self, service: str) -> str:
        """The URL a service's paths lie below, without a slash at its end.

        `SHEAF_ARXIV_URL` and the like come first, then the config, then the service's own.
        KeyError for no service; UsageError for a variable that is no URL.
        """
        usual = SERVICES[service]
        name = environment_variable(service)
        told = os.environ.get(name, "")
        if told and not is_base_url(told):
            raise UsageError(f"{name} is no http or https URL: {told}")
        return (told or self.bases.get(service) or usual).rstrip("/")

    def service_of(self, url: str) -> str:
        """The service whose base an URL lies below; empty if it is of none."""
        bases = {self.base(service): service for service in SERVICES}
        inside = [base for base in bases if url == base or url.startswith((base + "/", base + "?"))]
        return bases[max(inside, key=len)] if inside else ""


def environment_variable(service: str) -> str:
    """The environment variable that points a service elsewhere."""
    return f"SHEAF_{service.upper()}_URL"


def is_base_url(text: str) -> bool:
    """Whether `text` can be the base URL of a service."""
    scheme, _, rest = text.partition("://")
    good = text.isascii() and text.isprintable() and not set(text) & set(" ?#")
    return scheme.lower() in ("http", "https") and good and bool(rest.strip("/"))
