"""`complete`: what the services know about one paper of the library."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from tui.core.identity import is_same_as_searched, is_same_by_identifier
from tui.core.merge import WITHDRAWAL_NOTICES, merge_papers
from tui.core.paper import COUNTS, Paper
from tui.core.progress import NO_PROGRESS, Progress
from tui.core.schemes import SCHEMES
from tui.core.text import normalize, shorten
from tui.net.client import Client
from tui.net.errors import NetError
from tui.net.network_settings import NetworkSettings
from tui.services.failures import explain_failure, join_words, name_failed
from tui.services.service import HttpSession, Service
from tui.services.service_order import SERVICES, merge_answers, order_labels

SERVICE_TIMEOUT = 20.0
"""Seconds that the services together have for one round of requests."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What the services know about a paper."""

    papers: tuple[Paper, ...]
    """For `Library.add`, which merges them into the paper; empty if there is nothing new."""
    summary: str
    """One line: what is new and from which services, or why there is nothing new."""


def complete(
    paper: Paper, network: NetworkSettings, progress: Progress = NO_PROGRESS
) -> Completion:
    """Ask every service that knows an identifier of `paper`, or its title if it has none.

    Runs an event loop, so there must be none in the calling thread.

    Raises UsageError if the network settings have an invalid URL.
    """
    return asyncio.run(_complete(paper, network, progress))


async def _complete(paper: Paper, network: NetworkSettings, progress: Progress) -> Completion:
    async with Client(network, cancelled=progress.cancelled) as client:
        request = _CompletionRequest(HttpSession(client, network), paper)
        await request.run()
    return request.completion()


@dataclass(slots=True)
class _CompletionRequest:
    session: HttpSession
    paper: Paper
    answers: dict[str, Paper] = field(default_factory=dict)
    """Name of a service to its answer."""
    unknown: list[str] = field(default_factory=list)
    """Labels of services that do not know the paper."""
    failed: dict[str, NetError] = field(default_factory=dict)
    """Labels of services that did not answer, and why."""
    other_titles: dict[str, str] = field(default_factory=dict)
    """Labels of services that have another paper under the identifier, and its title."""

    async def run(self) -> None:
        """Search by title if there is no identifier, then look up until there are no new ones."""
        if not self.paper.ids:
            await self._ask_all([s for s in SERVICES if s.search], self._search)
        asked = set(self.answers)
        while services := [
            s for s in SERVICES if s.name not in asked and s.choose_identifier(self._ids())
        ]:
            asked |= {service.name for service in services}
            await self._ask_all(services, self._look_up)

    def _ids(self) -> dict[str, str]:
        answered = {k: v for each in self.answers.values() for k, v in each.ids.items()}
        return answered | dict(self.paper.ids)

    async def _ask_all(
        self, services: list[Service], ask: Callable[[Service], Coroutine[Any, Any, None]]
    ) -> None:
        """Ask services at once; one that takes longer than SERVICE_TIMEOUT has failed."""
        tasks = {asyncio.create_task(ask(service)): service for service in services}
        try:
            done, slow = await asyncio.wait(tasks, timeout=SERVICE_TIMEOUT)
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
            papers = await service.search(self.session, self.paper)
            found = next((each for each in papers if is_same_as_searched(self.paper, each)), None)
        except NetError as error:
            self.failed[service.label] = error
        else:
            self._record(service, found)

    async def _look_up(self, service: Service) -> None:
        identifier = service.choose_identifier(self._ids())
        assert identifier
        try:
            found = (await service.look_up(self.session, [identifier])).get(identifier)
        except NetError as error:
            self.failed[service.label] = error
        else:
            self._record(service, found)

    def _record(self, service: Service, found: Paper | None) -> None:
        self.failed.pop(service.label, None)
        if found is None:
            self.unknown.append(service.label)
        elif not is_same_by_identifier(self.paper, found):
            self.other_titles[service.label] = found.title
        else:
            self.answers[service.name] = found

    def completion(self) -> Completion:
        """Return what was found, or why nothing was."""
        if not self.answers:
            return Completion((), self._explain())
        labels = [each.label for each in SERVICES if each.name in self.answers]
        found = _with_key_of(self.paper, merge_answers(self.answers))
        gains = _name_gains(self.paper, merge_papers(self.paper, found))
        summary = f"{', '.join(gains) or 'nothing new'} from {join_words(labels)}"
        if self.failed:
            summary += f"; {name_failed(self.failed)}"
        return Completion((found,) if gains else (), summary)

    def _explain(self) -> str:
        """Return why nothing was found."""
        if self.other_titles:
            label = order_labels(self.other_titles)[0]
            title = shorten(self.other_titles[label], 60)
            return f"{label} has another paper under this identifier: “{title}”"
        if self.paper.ids or not self.unknown:
            return explain_failure(self.paper.ids, self.unknown, self.failed)
        who = join_words(order_labels(self.unknown))
        why = f"{who} found no paper of this title and these authors"
        return f"{why}; {name_failed(self.failed)}" if self.failed else why


def _with_key_of(paper: Paper, found: Paper) -> Paper:
    """Return `found` with the identifiers or the title by which the catalog finds `paper`."""
    if paper.ids:
        return found._replace(ids={**found.ids, **paper.ids})
    if normalize(found.title) == normalize(paper.title):
        return found
    tex = {name: text for name, text in found.tex.items() if name != "title"}
    return found._replace(title=paper.title, tex=tex)


def _name_gains(before: Paper, after: Paper) -> list[str]:
    """Return the names of what is new, the most important first."""
    gains: list[str] = []
    was_withdrawn = before.comment.startswith(WITHDRAWAL_NOTICES)
    if after.comment.startswith(WITHDRAWAL_NOTICES) and not was_withdrawn:
        gains.append(f"notice that it is {after.comment.split('.')[0].lower()}")
    gains += ["title"] if after.title != before.title else []
    if after.abstract != before.abstract:
        fuller = before.abstract and not before.abstract_source
        gains.append("fuller abstract" if fuller else "abstract")
    gains += ["authors"] if after.authors != before.authors else []
    new_ids = after.ids.keys() - before.ids.keys()
    gains += [scheme.noun for name, scheme in SCHEMES.items() if name in new_ids]
    gains += ["venue"] if after.venue != before.venue else []
    gains += ["date"] if after.published != before.published else []
    new_links = after.all_links.keys() - before.all_links.keys()
    gains += [word for link, word in (("pdf", "PDF"), ("code", "code")) if link in new_links]
    gains += [
        f"{after.counts[name]:,} {name}"
        for name in reversed(COUNTS)
        if after.counts.get(name, 0) > before.counts.get(name, 0)
    ]
    if after.votes > before.votes:
        gains.append(f"{after.votes:,} upvotes")
    return gains
