"""Service and HttpSession: the requests of a service, and the papers in its answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tui.core.paper import Paper
from tui.net.client import Client, Response
from tui.net.errors import NetError
from tui.net.network_settings import NetworkSettings
from tui.sources.engines.xml import root_element
from tui.sources.interface import Notice, Record, SourceFormat
from tui.sources.reader import read_bytes

Identifier = tuple[str, str]
"""Scheme and identifier."""
Papers = Mapping[Identifier, Paper]
"""Requested identifier to its paper; those that the service does not know are missing."""


@dataclass(frozen=True, slots=True)
class HttpSession:
    """An open client with the network settings."""

    client: Client
    network: NetworkSettings

    async def get(
        self,
        service: str,
        path: str,
        params: Mapping[str, str | int] | None = None,
        json: object = None,
    ) -> Response:
        """Send a GET, or a POST of `json` if that is given, to a service. Raises NetError."""
        url = f"{self.network.base(service)}/{path}"
        return await self.client.get(url, params=params, json=json)

    async def get_if_found(
        self, service: str, path: str, params: Mapping[str, str | int] | None = None
    ) -> Response | None:
        """Send a request as `get`; None if the service answers "not found". Raises NetError."""
        try:
            return await self.get(service, path, params)
        except NetError as error:
            if error.kind == "not-found":
                return None
            raise


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its names, its limits and the functions that send its requests."""

    name: str
    """As in `tui.net.network_settings.SERVICES`."""
    label: str
    """Its name in messages and in the sources of a paper."""
    schemes: tuple[str, ...]
    """The schemes of the identifiers it knows, best first."""
    batch_size: int
    """The number of identifiers in one request."""
    look_up: Callable[[HttpSession, Sequence[Identifier]], Awaitable[Papers]]
    """Return the papers of up to `batch_size` identifiers. Raises NetError."""
    search: Callable[[HttpSession, Paper], Awaitable[list[Paper]]] | None = None
    """Return papers that may have the title of this one. Raises NetError."""

    def choose_identifier(self, ids: Mapping[str, str]) -> Identifier | None:
        """Return the best identifier to ask for; None if the service knows none of them."""
        return next(((each, ids[each]) for each in self.schemes if each in ids), None)


def read_json(answer: Response, source: SourceFormat, label: str) -> list[Record]:
    """Read the records of a JSON answer. Raises NetError if it is not JSON."""
    if answer.body.lstrip()[:1] not in (b"{", b"["):
        raise _unreadable(label, "JSON")
    return _read(answer, source, label)


def read_xml(answer: Response, source: SourceFormat, label: str, element: str) -> list[Record]:
    """Read the records of an XML answer. Raises NetError unless its root begins with `element`."""
    if not root_element(answer.body[:65536]).startswith(element):
        raise _unreadable(label, "XML")
    return _read(answer, source, label)


def read_bibtex(answer: Response, source: SourceFormat, label: str) -> list[Record]:
    """Read the records of a BibTeX answer. Raises NetError if it is not BibTeX."""
    if not answer.body.lstrip().startswith(b"@"):
        raise _unreadable(label, "BibTeX")
    return _read(answer, source, label)


def _read(answer: Response, source: SourceFormat, label: str) -> list[Record]:
    records = read_bytes(answer.body, label, date.today(), source.name, answer.charset)
    return [each for each in records if not isinstance(each, Notice)]


def _unreadable(label: str, what: str) -> NetError:
    return NetError(
        "broken", f"{label} answered with something that is not {what}; try again later"
    )


def papers_in(records: Sequence[Record]) -> list[Paper]:
    """Return the papers among records."""
    return [each for each in records if isinstance(each, Paper)]


def answer_with_first(records: Sequence[Record], identifier: Identifier) -> Papers:
    """Return the first paper among records as the answer for `identifier`."""
    found = papers_in(records)
    return {identifier: found[0]} if found else {}


def match_identifiers(records: Sequence[Record], identifiers: Sequence[Identifier]) -> Papers:
    """Return the papers among records that have one of `identifiers`."""
    requested = set(identifiers)
    return {
        identifier: paper
        for paper in papers_in(records)
        for identifier in paper.ids.items()
        if identifier in requested
    }
