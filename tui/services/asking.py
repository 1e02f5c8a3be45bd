"""Asking: some papers, each service asked once for all it may know of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from tui.core.identifiers import SCHEMES
from tui.core.paper import Paper
from tui.net.errors import NetError
from tui.services import openalex, s2
from tui.services.service import Line, Name, Papers, Service
from tui.services.table import home_of, in_order, joined
from tui.services.wanted import Wanted

GRACE = 5.0
"""Seconds that those are given who only add to what is found already."""
FEW = 20
"""Papers that are asked for one by one; of more, only those that no batch knew."""
_LASTING = ("offline", "timeout", "tls", "busy", "server", "stopped")
"""Failures after which a service is left alone until the next command."""


@dataclass(slots=True)
class Heard:
    """What was heard of one paper."""

    wanted: Wanted
    answers: dict[str, Paper] = field(default_factory=dict)
    """Name of a service to what it said."""
    unknown: list[str] = field(default_factory=list)
    """The services that do not know it."""
    failed: dict[str, NetError] = field(default_factory=dict)
    """The services that could not be asked, and why."""

    @property
    def ids(self) -> dict[str, str]:
        """Its identifiers, those the services told included."""
        told = {k: v for paper in self.answers.values() for k, v in paper.ids.items()}
        return told | dict(self.wanted.ids)

    @property
    def paper(self) -> Paper | None:
        """What all answers say together; None without any."""
        return joined(self.answers) if self.answers else None

    @property
    def why(self) -> str:
        """Why there is no answer, and what to do."""
        why = reason(self.wanted, self.unknown, self.failed)
        return f"{why}, or add a file" if why.endswith("later") else why


def reason(wanted: Wanted, unknown: Sequence[str], failed: dict[str, NetError]) -> str:
    """Why no service gave a paper: those that do not know it, those that could not be asked."""
    kinds = {error.kind for error in failed.values()}
    if "stopped" in kinds:
        return "stopped before it was looked up"
    if not unknown and kinds == {"offline"}:
        return "offline; try again later"
    if not unknown:
        return str(failed[in_order(failed)[0]])
    who = in_order(unknown)
    does_not = f"{listed(who)} {'knows' if len(who) == 1 else 'know'} no {called(wanted)}"
    if not failed:
        return f"{does_not}; look at it once more"
    return f"{does_not}; {could_not(failed)}; try again later"


def could_not(failed: dict[str, NetError]) -> str:
    """Who could not be asked, and why in a word."""
    labels = in_order(failed)
    kinds = dict.fromkeys(failed[label].kind for label in labels)
    return f"{listed(labels)} could not be asked ({', '.join(kinds)})"


def called(wanted: Wanted) -> str:
    """The paper by its identifier, as people say it."""
    for name, scheme in SCHEMES.items():
        if name in wanted.ids:
            return f"{scheme.noun} {wanted.ids[name]}"
    return "such paper"


def listed(words: Sequence[str]) -> str:
    """`a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


class Asking:
    """One round of questions about some papers."""

    def __init__(
        self,
        line: Line,
        wanted: Iterable[Wanted],
        down: dict[str, NetError],
        progress: Callable[[int], None],
    ) -> None:
        """`down` are the services that failed for good, told and kept up to date; `progress`
        hears of each number of papers found."""
        self.heard = [Heard(each) for each in wanted]
        self._line = line
        self._down = down
        self._progress = progress

    async def run(self) -> None:
        """Each paper's own service and, beside them, the one that adds to all in one request;
        then those that may know what these did not."""
        homes: dict[str, tuple[Service, list[Heard]]] = {}
        for each in self.heard:
            if home := home_of(each.wanted.ids):
                homes.setdefault(home.name, (home, []))[1].append(each)
        at_once = [(h, some) for h, some in homes.values() if h.most > 1 or len(some) <= FEW]
        late = [(h, some) for h, some in homes.values() if h.most == 1 and len(some) > FEW]
        adding = asyncio.create_task(self._ask(s2.SERVICE, self.heard))
        try:
            await asyncio.gather(*(self._ask(home, some) for home, some in at_once))
        finally:
            await self._wait(adding)
        for home, some in late:
            await self._ask(home, [each for each in some if not each.answers])
        thin = [each for each in self.heard if not (each.answers and _abstract(each))]
        await self._wait(asyncio.create_task(self._ask(openalex.SERVICE, thin)))

    async def _wait(self, adding: asyncio.Task[None]) -> None:
        """As long as it takes where a paper has no answer yet, else a little."""
        wanting = any(not each.answers for each in self.heard)
        try:
            await asyncio.wait({adding}, timeout=None if wanting else GRACE)
            if adding.done():
                adding.result()
        finally:
            adding.cancel()

    async def _ask(self, service: Service, some: Sequence[Heard]) -> None:
        """One service, in as few requests as it takes."""
        named: dict[Name, list[Heard]] = {}
        for each in some:
            if name := service.name_of(each.ids):
                named.setdefault(name, []).append(each)
        names = list(named)
        for start in range(0, len(names), service.most):
            part = names[start : start + service.most]
            answers, error = await self._answers(service, part)
            before = sum(bool(each.answers) for each in self.heard)
            for name in part:
                for each in named[name]:
                    if name in answers:
                        each.answers[service.name] = answers[name]
                    elif error:
                        each.failed[service.label] = error
                    else:
                        each.unknown.append(service.label)
            self._progress(sum(bool(each.answers) for each in self.heard) - before)

    async def _answers(
        self, service: Service, names: Sequence[Name]
    ) -> tuple[Papers, NetError | None]:
        if error := self._down.get(service.name):
            return {}, error
        try:
            return await service.ask(self._line, names), None
        except NetError as error:
            if error.kind in _LASTING:
                self._down[service.name] = error
            return {}, error


def _abstract(heard: Heard) -> bool:
    return any(paper.abstract for paper in heard.answers.values())
