"""`look_up`: papers by every kind of identifier, from the services that answer."""

from __future__ import annotations

import threading

import pytest

from tests.services.fake_services import FakeServices, KnownPaper
from tui.core.paper import Paper
from tui.core.progress import Progress, ProgressUpdate
from tui.net.network_settings import NetworkSettings
from tui.services import batch_lookup
from tui.services.lookup import look_up
from tui.services.lookup_request import LookupRequest, parse_identifier
from tui.sources.interface import RejectedRecord

SINKS = KnownPaper("Efficient Sinks for Streaming Attention", arxiv="2309.99901", sha="ab" * 20)
LONG = KnownPaper("Longformers Revisited", doi="10.5555/long.2022", citations=40)
CELLS = KnownPaper("Cells That Read", pmid="12345678", doi="10.5555/cells")
TALK = KnownPaper("Talking to Tables", acl="2020.acl-main.9999", venue="Proceedings of ACL")
NOTE = KnownPaper("Open Reviews Considered", openreview="aBc-12_x")


@pytest.fixture(autouse=True)
def _add_known_papers(world: FakeServices) -> None:
    world.known += [SINKS, LONG, CELLS, TALK, NOTE]


def _papers(
    network: NetworkSettings, *texts: str | LookupRequest
) -> tuple[list[Paper], list[RejectedRecord]]:
    records = list(look_up(texts, network))
    return (
        [each for each in records if isinstance(each, Paper)],
        [each for each in records if isinstance(each, RejectedRecord)],
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("2309.99901", SINKS.title),
        ("arXiv:2309.99901v2", SINKS.title),
        (" <https://arxiv.org/abs/2309.99901v1> ", SINKS.title),
        ("https://arxiv.org/pdf/2309.99901", SINKS.title),
        ("https://arxiv.org/html/2309.99901v3", SINKS.title),
        ("arxiv.org/abs/2309.99901", SINKS.title),
        ("https://huggingface.co/papers/2309.99901", SINKS.title),
        ("https://doi.org/10.48550/arXiv.2309.99901", SINKS.title),
        (f"https://www.semanticscholar.org/paper/Efficient-Sinks/{'ab' * 20}", SINKS.title),
        ("10.5555/LONG.2022", LONG.title),
        ("doi:10.5555/long.2022", LONG.title),
        ("https://doi.org/10.5555/long.2022", LONG.title),
        ("https://dl.acm.org/doi/abs/10.5555/long.2022", LONG.title),
        ("pmid:12345678", CELLS.title),
        ("PMID: 12345678", CELLS.title),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", CELLS.title),
        ("2020.acl-main.9999", TALK.title),
        ("acl:2020.acl-main.9999", TALK.title),
        ("https://aclanthology.org/2020.acl-main.9999/", TALK.title),
        ("https://aclanthology.org/2020.acl-main.9999.pdf", TALK.title),
        ("https://openreview.net/forum?id=aBc-12_x", NOTE.title),
        ("openreview:aBc-12_x", NOTE.title),
    ],
)
def test_a_paper_is_found_by_every_kind_of_identifier_and_url(
    network: NetworkSettings, text: str, title: str
) -> None:
    (paper,), refused = _papers(network, text)
    assert refused == []
    assert paper.title == title
    assert paper.author_names[0] == "Ada Lindqvist"
    assert paper.abstract == SINKS.abstract


def test_text_without_an_identifier_is_rejected(network: NetworkSettings) -> None:
    papers, (refused,) = _papers(network, "some words")
    assert papers == []
    assert str(refused) == "some words: no arXiv id, DOI, PMID, ACL id or URL"


def test_answers_of_two_services_are_merged(network: NetworkSettings, world: FakeServices) -> None:
    (paper,), _ = _papers(network, "2309.99901")
    assert paper.categories == ("cs.CL",)
    assert paper.venue == SINKS.venue
    assert paper.counts == {"citations": 312}
    assert paper.links["abs"] == "https://arxiv.org/abs/2309.99901v2"
    assert paper.sources == ("arXiv", "Semantic Scholar")
    assert (world.count("arxiv"), world.count("s2"), world.count("openalex")) == (1, 1, 0)
    assert "reader@example.org" in world.requests[0].agent


def test_openalex_is_asked_for_a_work_without_abstract(
    network: NetworkSettings, world: FakeServices
) -> None:
    world.thin = {"crossref", "s2"}
    (paper,), _ = _papers(network, LONG.doi)
    assert paper.abstract == LONG.abstract
    assert paper.sources == ("Crossref", "Semantic Scholar", "OpenAlex")


@pytest.mark.parametrize("status", [503, 500, 403, 429])
def test_another_service_answers_if_the_first_fails(
    network: NetworkSettings, world: FakeServices, status: int
) -> None:
    world.down = {"arxiv": status}
    (paper,), refused = _papers(network, "2309.99901")
    assert (paper.title, paper.sources) == (SINKS.title, ("Semantic Scholar",))
    assert refused == []


@pytest.mark.parametrize(
    ("text", "home", "label"),
    [
        ("2309.99901", "arxiv", "OpenAlex"),
        ("10.5555/long.2022", "crossref", "OpenAlex"),
        ("pmid:12345678", "pubmed", "OpenAlex"),
        ("2020.acl-main.9999", "acl", "Semantic Scholar"),
    ],
)
def test_the_third_service_answers_if_two_fail(
    network: NetworkSettings, world: FakeServices, text: str, home: str, label: str
) -> None:
    world.down = {home: 503} | ({"s2": 503} if label == "OpenAlex" else {})
    (paper,), refused = _papers(network, text)
    assert paper.sources == (label,)
    assert refused == []


def test_a_page_of_html_is_not_an_answer(network: NetworkSettings, world: FakeServices) -> None:
    world.down = {"arxiv": 200, "crossref": 200, "s2": 200, "pubmed": 200, "acl": 200}
    papers, _ = _papers(network, "2309.99901", "10.5555/long.2022")
    assert [paper.sources for paper in papers] == [("OpenAlex",), ("OpenAlex",)]
    world.down["openalex"] = 200
    _, (one, two, refused) = _papers(network, "2309.99901", LONG.doi, "2020.acl-main.9999")
    assert "arXiv answered with something that is not XML" in one.why
    assert "Crossref answered with something that is not JSON" in two.why
    assert "ACL Anthology answered with something that is not BibTeX" in refused.why


def test_only_a_short_wait_for_a_service_that_can_only_add(
    network: NetworkSettings, world: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_lookup, "MAX_EXTRA_WAIT", 0.05)
    world.hang = {"s2": threading.Event()}
    (paper,), _ = _papers(network, "2309.99901")
    assert (paper.title, paper.sources) == (SINKS.title, ("arXiv",))


def test_a_full_wait_for_the_only_service_that_answers(
    network: NetworkSettings, world: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_lookup, "MAX_EXTRA_WAIT", 0.02)

    class Late(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            return super().wait(0.15)

    world.hang = {"s2": Late()}
    world.down = {"arxiv": 403, "openalex": 403}
    (paper,), _ = _papers(network, "2309.99901")
    assert paper.sources == ("Semantic Scholar",)


def test_a_hundred_ids_take_one_request(network: NetworkSettings, world: FakeServices) -> None:
    names = [f"2401.{number:05}" for number in range(100)]
    world.known += [KnownPaper(f"Paper Number {name}", arxiv=name) for name in names]
    papers, refused = _papers(network, *names)
    assert [paper.ids["arxiv"] for paper in papers] == names
    assert refused == []
    assert (world.count("arxiv"), world.count("s2")) == (1, 1)
    assert len(world.requests) == 2


def test_identifiers_of_many_schemes_take_few_requests(
    network: NetworkSettings, world: FakeServices
) -> None:
    dois = [f"10.5555/{number}" for number in range(120)]
    pmids = [f"{number}" for number in range(1000, 1150)]
    acl = [f"2021.acl-long.{number}" for number in range(30)]
    world.known += [KnownPaper(f"Work {name}", doi=name) for name in dois]
    world.known += [KnownPaper(f"Article {name}", pmid=name) for name in pmids]
    world.known += [KnownPaper(f"Talk {name}", acl=name) for name in acl]
    papers, refused = _papers(network, *dois, *(f"pmid:{name}" for name in pmids), *acl)
    assert (len(papers), refused) == (300, [])
    assert (world.count("crossref"), world.count("pubmed"), world.count("s2")) == (3, 2, 1)
    assert world.count("acl") == 0  # this many are requested only in batches, and a batch had them


def test_a_doi_with_a_comma_is_requested_by_itself(
    network: NetworkSettings, world: FakeServices
) -> None:
    world.down = {"s2": 503, "openalex": 503}
    odd = KnownPaper("An Odd DOI", doi="10.5555/(a),b<1::aid>2.0;2-#")
    world.known.append(odd)
    papers, _ = _papers(network, odd.doi, LONG.doi)
    assert [paper.title for paper in papers] == ["An Odd DOI", LONG.title]
    world.down = {"s2": 503, "crossref": 503}
    papers, _ = _papers(network, odd.doi, LONG.doi)
    assert [paper.title for paper in papers] == [LONG.title]
    assert world.requests[-1].params["filter"] == f"doi:{LONG.doi}"


def test_an_unknown_id_is_rejected_with_the_services_that_do_not_know_it(
    network: NetworkSettings,
) -> None:
    papers, refused = _papers(network, "2309.99902", "2309.99901", "10.5555/none", "pmid:99")
    assert [paper.title for paper in papers] == [SINKS.title]
    assert list(map(str, refused)) == [
        "2309.99902: arXiv, Semantic Scholar and OpenAlex know no arXiv id 2309.99902; "
        "check the identifier",
        "10.5555/none: Crossref, Semantic Scholar and OpenAlex know no DOI 10.5555/none; "
        "check the identifier",
        "pmid:99: PubMed, Semantic Scholar and OpenAlex know no PMID 99; check the identifier",
    ]


@pytest.mark.parametrize("wrong", ["hep-th/0000001", "9901.00001"])
def test_an_impossible_id_does_not_affect_the_others(
    network: NetworkSettings, world: FakeServices, wrong: str
) -> None:
    world.known += [KnownPaper(f"Paper {n}", arxiv=f"2401.0000{n}") for n in range(5)]
    world.down = {"s2": 503, "openalex": 503}
    ids = [f"2401.0000{n}" for n in range(5)]
    papers, (refused,) = _papers(network, *ids, wrong)
    assert len(papers) == 5
    assert refused.why.startswith("arXiv knows no arXiv id ")
    assert "Semantic Scholar and OpenAlex could not be asked (server)" in refused.why


@pytest.mark.usefixtures("offline")
def test_offline_each_id_is_rejected_with_one_reason(
    network: NetworkSettings, world: FakeServices
) -> None:
    papers, refused = _papers(network, "2309.99901", "doi:10.5555/long.2022")
    assert papers == []
    assert list(map(str, refused)) == [
        "2309.99901: offline; try again later, or add a file",
        "doi:10.5555/long.2022: offline; try again later, or add a file",
    ]


def test_a_service_that_fails_is_not_asked_again(
    network: NetworkSettings, world: FakeServices
) -> None:
    world.down = dict.fromkeys(("arxiv", "s2", "openalex"), 503)
    names = [f"2401.{number:05}" for number in range(1200)]
    papers, refused = _papers(network, *names)
    assert (papers, len(refused)) == ([], 1200)
    assert "try again later, or add a file" in refused[-1].why
    assert len(world.requests) <= 12  # four tries at each, for the first window only


def test_a_cancelled_look_up_rejects_the_rest(
    network: NetworkSettings, world: FakeServices
) -> None:
    (refused,) = look_up(["2309.99901"], network, Progress(lambda: True))
    assert isinstance(refused, RejectedRecord)
    assert refused.why == "stopped before it was looked up"


def test_progress_counts_the_papers_found(network: NetworkSettings) -> None:
    updates: list[ProgressUpdate] = []
    progress = Progress(report=updates.append)
    list(look_up(["2309.99901", "10.5555/long.2022", "2309.99902"], network, progress))
    found = [update.done for update in updates]
    assert found[-1] == 2
    assert found == sorted(found)


def test_the_reason_names_what_the_record_lacks_and_why_it_was_not_found(
    network: NetworkSettings,
) -> None:
    here = LookupRequest(
        "a.txt:3", {"arxiv": "2309.99902"}, why="arxiv:2309.99902, but no title beside it"
    )
    _, (refused,) = _papers(network, here)
    assert str(refused).startswith("a.txt:3: arxiv:2309.99902, but no title beside it; arXiv,")


def test_urls_of_semantic_scholar_and_pubmed_central_are_parsed() -> None:
    named = parse_identifier("https://api.semanticscholar.org/CorpusID:1234")
    assert named
    assert named.ids == {"s2": "CorpusID:1234"}
    named = parse_identifier("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2323736/")
    assert named
    assert named.ids == {"s2": "PMCID:2323736"}
