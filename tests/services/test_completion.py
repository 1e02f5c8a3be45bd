"""`complete`: what the services add to a paper, and only to the right paper."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.authors import authors
from tests.services.fake_services import FakeServices, KnownPaper
from tui.core.identity import is_same_as_searched
from tui.core.paper import SAMPLE, Paper
from tui.core.progress import Progress
from tui.library.library import Library
from tui.net.network_settings import NetworkSettings
from tui.services import completion
from tui.services.completion import complete
from tui.services.lookup import look_up

SINKS = KnownPaper(
    "Efficient Sinks for Streaming Attention",
    arxiv="2309.99901",
    doi="10.5555/sinks",
    code="https://github.com/x/sinks",
)
SAMPLED = Paper(
    SINKS.title,
    authors("Ada Lindqvist"),
    "A summary that was written for the sample library, and which is longer than the abstract is.",
    "2024-02-28",
    venue="arXiv",
    ids={"arxiv": "2309.99901"},
    abstract_source=SAMPLE,
)
BARE = Paper(SINKS.title, authors(*SINKS.authors), published="2024")


@pytest.fixture(autouse=True)
def _add_known_papers(world: FakeServices) -> None:
    world.known.append(SINKS)


def test_a_paper_of_the_sample_library_is_completed_by_all_services(
    network: NetworkSettings,
) -> None:
    done = complete(SAMPLED, network)
    assert done.summary == (
        "abstract, authors, DOI, venue, code, 312 citations, 41 stars, 7 upvotes "
        "from arXiv, Crossref, Semantic Scholar, OpenAlex and Hugging Face"
    )
    (found,) = done.papers
    assert found.links["code"] == SINKS.code
    assert found.counts == {"citations": 312, "stars": 41}


def test_the_real_abstract_replaces_the_summary(network: NetworkSettings, home: Path) -> None:
    done = complete(SAMPLED, network)
    with Library(home, create=True) as library:
        library.add([SAMPLED])
        outcome = library.add(done.papers)
        assert (outcome.added, outcome.updated) == (0, 1)
        stored = library.find("2309.99901")
        assert stored
        assert (stored.paper.abstract, stored.paper.abstract_source) == (SINKS.abstract, "")
        assert (stored.paper.venue, stored.paper.ids["doi"]) == (SINKS.venue, SINKS.doi)
        again = complete(stored.paper, network)
        assert again.papers == ()
        assert again.summary.startswith("nothing new from arXiv, Crossref,")


def test_each_service_is_asked_once_also_for_ids_found_on_the_way(
    network: NetworkSettings, world: FakeServices
) -> None:
    complete(SAMPLED, network)
    asked = [request.service for request in world.requests]
    assert sorted(asked) == ["arxiv", "crossref", "hf", "openalex", "s2"]
    assert asked[-1] == "crossref"  # arXiv gave the DOI


def test_a_shortened_title_is_completed(network: NetworkSettings) -> None:
    done = complete(SAMPLED._replace(title="Efficient Sinks for…"), network)
    assert done.summary.startswith("title, abstract, ")
    assert done.papers[0].title == SINKS.title


def test_a_paper_without_ids_is_still_found_by_its_title(
    network: NetworkSettings, world: FakeServices, home: Path
) -> None:
    typo = BARE._replace(title="Efficient Sinks for Streeming Attention")
    world.found = {"crossref": [SINKS]}
    with Library(home, create=True) as library:
        library.add([typo])
        library.change_marks("star", {typo.key: {"star": True}})
        outcome = library.add(complete(typo, network).papers)
        assert (outcome.added, outcome.updated) == (0, 1)
        stored = library.find("2309.99901")
        assert stored
        assert stored.paper.abstract == SINKS.abstract
        assert library.store.mark(stored.key).star


def test_without_an_id_the_title_is_searched(network: NetworkSettings, world: FakeServices) -> None:
    other = KnownPaper("Efficient Sinks for Streaming Attentions Everywhere", doi="10.5555/other")
    world.found = {"crossref": [other, SINKS], "s2": [other], "arxiv": [other]}
    done = complete(BARE, network)
    (found,) = done.papers
    assert found.ids == {"doi": SINKS.doi, "arxiv": SINKS.arxiv}
    assert found.title == BARE.title
    assert done.summary.startswith("abstract, arXiv id, DOI, venue, date, PDF, code, 312 citations")


@pytest.mark.parametrize(
    ("title", "authors", "day"),
    [
        ("Efficient Sinks for Streaming Attention", ("Wei Li",), "2024-02-28"),
        ("Efficient Sinks for Streaming Attention", SINKS.authors, "2014-02-28"),
        ("Efficient Sinks for Streaming Attention II", SINKS.authors, "2024-02-28"),
        ("Efficient Sinks for Streaming Attention: Reply", SINKS.authors, "2024-02-28"),
        ("Longformers Revisited", SINKS.authors, "2024-02-28"),
    ],
)
def test_another_paper_in_the_search_results_is_ignored(
    network: NetworkSettings, world: FakeServices, title: str, authors: tuple[str, ...], day: str
) -> None:
    other = KnownPaper(title, authors, arxiv="2309.99909", doi="10.5555/other", day=day)
    world.found = {"crossref": [other], "s2": [other], "arxiv": [other]}
    done = complete(BARE, network)
    assert done.papers == ()
    assert done.summary == (
        "arXiv, Crossref and Semantic Scholar found no paper of this title and these authors"
    )


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Efficient sinks for streaming attention.", True),
        ("Efficient Sinks for Streeming Attention", True),
        ("Efficient Sinks for Streaming Attention 2", False),
        ("Efficient Sinks for Screening Attention", False),
        ("Sinks for Attention", False),
    ],
)
def test_a_typo_in_a_title_is_forgiven(title: str, same: bool) -> None:
    assert is_same_as_searched(BARE, BARE._replace(title=title)) is same


def test_titles_with_different_numbers_are_different() -> None:
    first = BARE._replace(
        title="Scaling of Streaming Language Models, Part 1: The Sinks of Attention"
    )
    second = first._replace(title=first.title.replace("Part 1", "Part 2"))
    assert not is_same_as_searched(first, second)


def test_without_authors_only_a_long_equal_title_is_the_same() -> None:
    nobody = BARE._replace(authors=())
    assert is_same_as_searched(nobody, BARE)
    assert not is_same_as_searched(
        nobody, BARE._replace(title="Efficient Sinks for Streeming Attention")
    )
    assert not is_same_as_searched(
        nobody._replace(title="Editorial"), BARE._replace(title="Editorial")
    )


def test_another_paper_under_the_identifier_is_ignored(
    network: NetworkSettings, world: FakeServices
) -> None:
    mine = Paper("Cells That Read", authors("Wei Li"), ids={"arxiv": "2309.99901"})
    done = complete(mine, network)
    assert done.papers == ()
    assert done.summary == (
        "arXiv has another paper under this identifier: “Efficient Sinks for Streaming Attention”"
    )


def test_a_service_that_fails_is_named(network: NetworkSettings, world: FakeServices) -> None:
    world.down = {"s2": 503, "openalex": 429, "hf": 503}
    done = complete(SAMPLED, network)
    assert done.summary == (
        "abstract, authors, DOI, venue, 300 citations from arXiv and Crossref; "
        "Semantic Scholar, OpenAlex and Hugging Face could not be asked (server, busy)"
    )
    assert len(done.papers) == 1


def test_a_service_that_is_too_slow_is_not_waited_for(
    network: NetworkSettings, world: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completion, "SERVICE_TIMEOUT", 1.0)
    world.hang = {"s2": threading.Event()}
    done = complete(SAMPLED, network)
    assert done.summary.endswith("; Semantic Scholar could not be asked (timeout)")
    assert len(done.papers) == 1


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("paper", [SAMPLED, BARE])
def test_offline_is_said_in_one_line(network: NetworkSettings, paper: Paper) -> None:
    done = complete(paper, network)
    assert (done.papers, done.summary) == ((), "offline; try again later")


def test_a_paper_no_service_knows_is_said_to_be_unknown(network: NetworkSettings) -> None:
    done = complete(SAMPLED._replace(ids={"arxiv": "2309.99909"}), network)
    assert done.papers == ()
    assert done.summary == (
        "arXiv, Semantic Scholar, OpenAlex and Hugging Face know no arXiv id 2309.99909; "
        "check the identifier"
    )


def test_a_cancelled_completion_says_so(network: NetworkSettings) -> None:
    assert (
        complete(SAMPLED, network, Progress(lambda: True)).summary
        == "stopped before it was looked up"
    )


def test_a_retraction_is_named_first(network: NetworkSettings, world: FakeServices) -> None:
    world.known[0] = replace(SINKS, title=f"Retracted: {SINKS.title}")
    done = complete(SAMPLED, network)
    assert done.summary.startswith("notice that it is retracted, abstract, ")


async def test_it_runs_in_a_thread_beside_an_event_loop(network: NetworkSettings) -> None:
    done = await asyncio.to_thread(complete, SAMPLED, network)
    assert len(done.papers) == 1
    records = await asyncio.to_thread(lambda: list(look_up(["2309.99901"], network)))
    assert len(records) == 1
