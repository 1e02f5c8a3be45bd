"""`complete`: what the services add to one paper that is here already."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

from tui.core.identifiers import SCHEMES
from tui.core.merge import WITHDRAWAL_NOTICES, merge_papers
from tui.core.paper import Paper
from tui.core.text import normalize, shorten
from tui.net.client import Client
from tui.net.errors import NetError
from tui.net.settings import Network
from tui.services import titles
from tui.services.asking import could_not, listed, reason
from tui.services.service import Line, Service
from tui.services.table import SERVICES, in_order, joined
from tui.services.wanted import Wanted

PATIENCE = 20.0
"""Seconds that all services together have, each time they are asked."""
_COUNTS = {"citations": "citations", "stars": "stars", "comments": "comments"}


@dataclass(frozen=True, slots=True)
class Completed:
    """What was found."""

    papers: tuple[Paper, ...]
    """For `Library.add`, which merges them into the paper; empty if there is nothing new."""
    words: str
    """What was found and where, or why nothing was, in one line."""


def complete(paper: Paper, network: Network, stop: threading.Event | None = None) -> Completed:
    """Ask every service that knows an identifier of `paper`, or its title if it has none.

    Runs its own event loop: any thread, no other loop in it. Nothing is raised but UsageError, if
    the network's settings name no URL where one must be.
    """
    return asyncio.run(_complete(paper, network, stop))


async def _complete(paper: Paper, network: Network, stop: threading.Event | None) -> Completed:
    async with Client(network, stop=stop) as client:
        completing = _Completing(Line(client, network), paper)
        await completing.run()
    return completing.outcome()


@dataclass(slots=True)
class _Completing:
    line: Line
    paper: Paper
    answers: dict[str, Paper] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    failed: dict[str, NetError] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    """Services that have another paper under the identifier, and its title."""

    async def run(self) -> None:
        """By title if need be, then by identifier as long as new ones are told."""
        if not self.paper.ids:
            await self._each([s for s in SERVICES if s.search], self._search)
        asked = set(self.answers)
        while services := [s for s in SERVICES if s.name not in asked and s.name_of(self._ids())]:
            asked |= {service.name for service in services}
            await self._each(services, self._ask)

    def _ids(self) -> dict[str, str]:
        told = {k: v for each in self.answers.values() for k, v in each.ids.items()}
        return told | dict(self.paper.ids)

    async def _each(
        self, services: list[Service], ask: Callable[[Service], Coroutine[Any, Any, None]]
    ) -> None:
        """All at once; who takes too long is left."""
        tasks = {asyncio.create_task(ask(service)): service for service in services}
        try:
            done, slow = await asyncio.wait(tasks, timeout=PATIENCE)
        finally:
            for task in tasks:
                task.cancel()
        for task in done:
            task.result()
        for task in slow:
            label = tasks[task].label
            self.failed[label] = NetError("timeout", f"{label} took too long; try again later")

    async def _search(self, service: Service) -> None:
        assert service.search
        try:
            found = titles.match(self.paper, await service.search(self.line, self.paper))
        except NetError as error:
            self.failed[service.label] = error
        else:
            self._take(service, found)

    async def _ask(self, service: Service) -> None:
        name = service.name_of(self._ids())
        assert name
        try:
            found = (await service.ask(self.line, [name])).get(name)
        except NetError as error:
            self.failed[service.label] = error
        else:
            self._take(service, found)

    def _take(self, service: Service, found: Paper | None) -> None:
        self.failed.pop(service.label, None)
        if found is None:
            self.unknown.append(service.label)
        elif not titles.is_plausible(self.paper, found):
            self.others[service.label] = found.title
        else:
            self.answers[service.name] = found

    def outcome(self) -> Completed:
        if not self.answers:
            return Completed((), self._why())
        labels = [each.label for each in SERVICES if each.name in self.answers]
        found = _anchored(self.paper, joined(self.answers))
        gains = _gains(self.paper, merge_papers(self.paper, found))
        words = f"{', '.join(gains) or 'nothing new'} from {listed(labels)}"
        if self.failed:
            words += f"; {could_not(self.failed)}"
        return Completed((found,) if gains else (), words)

    def _why(self) -> str:
        if self.others:
            label = in_order(self.others)[0]
            title = self.others[label]
            return f"{label} has another paper under this identifier: “{shorten(title, 60)}”"
        if self.paper.ids or not self.unknown:
            return reason(Wanted("", self.paper.ids), self.unknown, self.failed)
        words = f"{listed(in_order(self.unknown))} found no paper of this title and these authors"
        return f"{words}; {could_not(self.failed)}" if self.failed else words


def _anchored(paper: Paper, found: Paper) -> Paper:
    """What was found, with what the catalog knows the paper by: an identifier or the title."""
    if paper.ids:
        return replace(found, ids={**found.ids, **paper.ids})
    if normalize(found.title) == normalize(paper.title):
        return found
    tex = {name: text for name, text in found.tex.items() if name != "title"}
    return replace(found, title=paper.title, tex=tex)


def _gains(before: Paper, after: Paper) -> list[str]:
    """What is new, the most telling first."""
    gains: list[str] = []
    if after.comment.startswith(WITHDRAWAL_NOTICES) and not before.comment.startswith(
        WITHDRAWAL_NOTICES
    ):
        gains.append(f"notice that it is {after.comment.split('.')[0].lower()}")
    gains += ["title"] if after.title != before.title else []
    if after.abstract != before.abstract:
        fuller = before.abstract and not before.abstract_source
        gains.append("fuller abstract" if fuller else "abstract")
    if after.authors != before.authors:
        gains.append("authors")
    gains += [
        scheme.noun
        for name, scheme in SCHEMES.items()
        if name in after.ids.keys() - before.ids.keys()
    ]
    gains += ["venue"] if after.venue != before.venue else []
    gains += ["date"] if after.published != before.published else []
    new_links = after.all_links.keys() - before.all_links.keys()
    gains += [name for link, name in (("pdf", "PDF"), ("code", "code")) if link in new_links]
    for name, word in _COUNTS.items():
        if after.counts.get(name, 0) > before.counts.get(name, 0):
            gains.append(f"{after.counts[name]:,} {word}")
    if after.votes > before.votes:
        gains.append(f"{after.votes:,} upvotes")
    return gains
