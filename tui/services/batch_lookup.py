"""BatchLookup: several papers looked up together, with few requests to each service."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from tui.core.paper import Paper
from tui.net.errors import NetError
from tui.services import openalex, semantic_scholar
from tui.services.failures import explain_failure
from tui.services.lookup_request import LookupRequest
from tui.services.service import HttpSession, Identifier, Papers, Service
from tui.services.service_order import issuer, merge_answers

MAX_EXTRA_WAIT = 5.0
"""Seconds to wait for a service when every paper has an answer of another one."""
MAX_SINGLE_LOOKUPS = 20
"""Up to this number, papers of a service without batches are requested at once. Of more papers,
only those that no batch request finds are requested."""
_LASTING = ("offline", "timeout", "tls", "busy", "server", "stopped")
"""Kinds of failures after which a service is not asked again in this command."""


@dataclass(slots=True)
class LookupResult:
    """What the services answered about one paper."""

    request: LookupRequest
    answers: dict[str, Paper] = field(default_factory=dict)
    """Name of a service to its answer."""
    unknown: list[str] = field(default_factory=list)
    """Labels of the services that do not know the paper."""
    failed: dict[str, NetError] = field(default_factory=dict)
    """Labels of the services that did not answer, and why."""

    @property
    def ids(self) -> dict[str, str]:
        """The identifiers of the request and of the answers."""
        answered = {k: v for paper in self.answers.values() for k, v in paper.ids.items()}
        return answered | dict(self.request.ids)

    @property
    def paper(self) -> Paper | None:
        """All answers merged; None without any."""
        return merge_answers(self.answers) if self.answers else None

    @property
    def why(self) -> str:
        """Why there is no answer, and what to do."""
        why = explain_failure(self.request.ids, self.unknown, self.failed)
        return f"{why}, or add a file" if why.endswith("later") else why

    @property
    def _has_abstract(self) -> bool:
        return any(paper.abstract for paper in self.answers.values())


class BatchLookup:
    """Looks up several papers once; `results` has their answers in order."""

    def __init__(
        self,
        session: HttpSession,
        requests: Iterable[LookupRequest],
        unavailable: dict[str, NetError],
        report_found: Callable[[int], None],
    ) -> None:
        """Prepare the look-up.

        `unavailable` maps the names of services that must not be asked again to the reason; those
        that fail for good are added. `report_found` is called with the number of papers found since
        its last call.
        """
        self.results = [LookupResult(each) for each in requests]
        self._session = session
        self._unavailable = unavailable
        self._report_found = report_found

    async def run(self) -> None:
        """Ask the services.

        First the issuer of each paper's identifier and, at the same time, Semantic Scholar, which
        takes all papers in one request; then OpenAlex for papers without answer or abstract.
        """
        by_issuer: dict[str, tuple[Service, list[LookupResult]]] = {}
        for each in self.results:
            if service := issuer(each.request.ids):
                by_issuer.setdefault(service.name, (service, []))[1].append(each)
        groups = list(by_issuer.values())
        now = [
            (s, some) for s, some in groups if s.batch_size > 1 or len(some) <= MAX_SINGLE_LOOKUPS
        ]
        later = [
            (s, some) for s, some in groups if s.batch_size == 1 and len(some) > MAX_SINGLE_LOOKUPS
        ]
        all_papers = asyncio.create_task(self._ask(semantic_scholar.SERVICE, self.results))
        try:
            await asyncio.gather(*(self._ask(service, some) for service, some in now))
        finally:
            await self._wait(all_papers)
        for service, some in later:
            await self._ask(service, [each for each in some if not each.answers])
        incomplete = [each for each in self.results if not each._has_abstract]
        await self._wait(asyncio.create_task(self._ask(openalex.SERVICE, incomplete)))

    async def _wait(self, task: asyncio.Task[None]) -> None:
        """Wait for a task, for MAX_EXTRA_WAIT seconds if every paper has an answer."""
        some_missing = any(not each.answers for each in self.results)
        try:
            await asyncio.wait({task}, timeout=None if some_missing else MAX_EXTRA_WAIT)
            if task.done():
                task.result()
        finally:
            task.cancel()

    async def _ask(self, service: Service, some: Sequence[LookupResult]) -> None:
        """Ask one service for some papers and record its answers."""
        results_of: dict[Identifier, list[LookupResult]] = {}
        for each in some:
            if identifier := service.choose_identifier(each.ids):
                results_of.setdefault(identifier, []).append(each)
        identifiers = list(results_of)
        for start in range(0, len(identifiers), service.batch_size):
            batch = identifiers[start : start + service.batch_size]
            answers, error = await self._request(service, batch)
            before = self._found
            for identifier in batch:
                for each in results_of[identifier]:
                    if identifier in answers:
                        each.answers[service.name] = answers[identifier]
                    elif error:
                        each.failed[service.label] = error
                    else:
                        each.unknown.append(service.label)
            self._report_found(self._found - before)

    @property
    def _found(self) -> int:
        return sum(bool(each.answers) for each in self.results)

    async def _request(
        self, service: Service, identifiers: Sequence[Identifier]
    ) -> tuple[Papers, NetError | None]:
        if error := self._unavailable.get(service.name):
            return {}, error
        try:
            return await service.look_up(self._session, identifiers), None
        except NetError as error:
            if error.kind in _LASTING:
                self._unavailable[service.name] = error
            return {}, error
