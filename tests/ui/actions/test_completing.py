"""Completing a paper from the services."""

from __future__ import annotations

from tests.authors import authors
from tests.services.fake_services import FakeServices, KnownPaper
from tests.ui.conftest import Open
from tests.ui.helpers import shown_message
from tui.core.paper import Paper


async def test_a_paper_gets_its_abstract_from_the_services(
    open_reader: Open, world: FakeServices
) -> None:
    known = KnownPaper("Sinks in the Field", arxiv="2401.12345")
    world.known.append(known)
    bare = Paper(known.title, authors(*known.authors), "Ours.", ids={"arxiv": known.arxiv},
                 abstract_source="sample")  # fmt: skip
    async with open_reader(content=[bare]) as reader:
        await reader.press("R")
        assert "abstract" in shown_message(reader)
        stored = reader.main.current
        assert stored is not None
        assert stored.paper.abstract == known.abstract
        assert known.abstract.split()[0] in reader.frame
