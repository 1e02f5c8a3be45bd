"""What a service can be asked, and how its answers become papers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tui.core.paper import Paper
from tui.net.client import Answer, Client
from tui.net.errors import NetError
from tui.net.settings import Network
from tui.sources.base import Record, Source
from tui.sources.reader import read_bytes
from tui.sources.xmlrecords import root

Name = tuple[str, str]
"""Scheme and identifier."""
Papers = Mapping[Name, Paper]


@dataclass(frozen=True, slots=True)
class Line:
    """The network, open."""

    client: Client
    network: Network

    async def get(
        self,
        service: str,
        path: str,
        params: Mapping[str, str | int] | None = None,
        question: object = None,
    ) -> Answer:
        """Ask one service. NetError if there is no answer."""
        url = f"{self.network.base(service)}/{path}"
        return await self.client.get(url, params=params, question=question)

    async def find(
        self, service: str, path: str, params: Mapping[str, str | int] | None = None
    ) -> Answer | None:
        """The same of what may not be there; None if it is not."""
        try:
            return await self.get(service, path, params)
        except NetError as error:
            if error.kind == "not-found":
                return None
            raise


@dataclass(frozen=True, slots=True)
class Service:
    """One service: who it is and what it answers."""

    name: str
    """As in `tui.net.settings.SERVICES`."""
    label: str
    """For people, and among the sources of a paper."""
    schemes: tuple[str, ...]
    """The identifiers it can be asked by, best first."""
    most: int
    """Names in one request."""
    ask: Callable[[Line, Sequence[Name]], Awaitable[Papers]]
    """The papers of up to `most` names; NetError if it cannot be asked."""
    search: Callable[[Line, Paper], Awaitable[list[Paper]]] | None = None
    """Papers whose title may be that of this one; NetError if it cannot be asked."""

    def name_of(self, ids: Mapping[str, str]) -> Name | None:
        """The name to ask by; None if it knows none of these identifiers."""
        return next(((each, ids[each]) for each in self.schemes if each in ids), None)


def read_json(answer: Answer, source: Source, label: str) -> list[Record]:
    """The records of a JSON answer. NetError if it is none."""
    if answer.body.lstrip()[:1] not in (b"{", b"["):
        raise _unreadable(label, "JSON")
    return _read(answer, source, label)


def read_xml(answer: Answer, source: Source, label: str, element: str) -> list[Record]:
    """The records of an XML answer, whose root begins with `element`. NetError if it does not."""
    if not root(answer.body[:65536])[0].startswith(element):
        raise _unreadable(label, "XML")
    return _read(answer, source, label)


def read_bibtex(answer: Answer, source: Source, label: str) -> list[Record]:
    """The records of BibTeX. NetError if the answer is none."""
    if not answer.body.lstrip().startswith(b"@"):
        raise _unreadable(label, "BibTeX")
    return _read(answer, source, label)


def _read(answer: Answer, source: Source, label: str) -> list[Record]:
    return list(read_bytes(answer.body, label, date.today(), source.name))


def _unreadable(label: str, what: str) -> NetError:
    return NetError("broken", f"{label} answered with something that is no {what}; try again later")


def papers(records: Sequence[Record]) -> list[Paper]:
    """The papers among records."""
    return [each for each in records if isinstance(each, Paper)]


def first(records: Sequence[Record], name: Name) -> Papers:
    """The first paper among records, as the answer to one name."""
    found = papers(records)
    return {name: found[0]} if found else {}


def by_name(records: Sequence[Record], names: Sequence[Name]) -> Papers:
    """The papers of these names, by the identifiers they tell."""
    wanted = set(names)
    return {
        name: paper for paper in papers(records) for name in paper.ids.items() if name in wanted
    }
