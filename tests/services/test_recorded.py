"""Recorded answers of the real services."""

from __future__ import annotations

import json
from pathlib import Path

from tests.services.fake_services import FakeServices
from tui.core.paper import Paper
from tui.net.network_settings import NetworkSettings
from tui.services.completion import complete
from tui.services.lookup import look_up
from tui.sources.interface import RejectedRecord

ARXIV = "arxiv-atom/lukasschwab__arxiv.py__id_"


def test_an_id_that_arxiv_leaves_out_is_unknown(
    shared: Path, world: FakeServices, network: NetworkSettings
) -> None:
    for name in ("0808.05394_1707.08567_s0_m100_42e5aa0ec3af", "0808.05394_s0_m100_7b0c7d0a7cdd"):
        body = (shared / "formats" / f"{ARXIV}{name}.atom.xml").read_bytes()
        world.recorded = {"arxiv": ("application/atom+xml", body)}
        records = list(look_up(["1707.08567", "0808.05394"], network))
        found = [each.ids["arxiv"] for each in records if isinstance(each, Paper)]
        assert found == (["1707.08567"] if "1707" in name else [])
        refused = [each for each in records if isinstance(each, RejectedRecord)]
        assert all("know no arXiv id" in each.why for each in refused)
        assert len(found) + len(refused) == 2


def test_an_answer_of_crossref_is_read(
    shared: Path, world: FakeServices, network: NetworkSettings
) -> None:
    folder = shared / "formats" / "crossref-json"
    for file in sorted(folder.glob("papis__papis__tests__resources__crossref__test_*.json")):
        body = file.read_bytes()
        doi = json.loads(body)["message"]["DOI"].lower()
        world.recorded = {"crossref": ("application/json", body)}
        (paper,) = look_up([doi], network)
        assert isinstance(paper, Paper)
        assert paper.ids["doi"] == doi
        assert paper.sources == ("Crossref",)
        assert paper.authors


def test_an_answer_of_openalex_is_read(
    shared: Path, world: FakeServices, network: NetworkSettings
) -> None:
    folder = shared / "formats" / "openalex-json"
    body = (
        folder / "TheIllusionOfLife__talent_graph__tests__fixtures__openalex_work.json"
    ).read_bytes()
    world.recorded = {"openalex": ("application/json", b'{"results": [' + body + b"]}")}
    (paper,) = look_up(["1706.03762"], network)
    assert isinstance(paper, Paper)
    assert paper.ids == {"arxiv": "1706.03762"}
    assert paper.counts["citations"] == json.loads(body)["cited_by_count"]


def test_an_answer_of_hugging_face_is_read(
    shared: Path, world: FakeServices, network: NetworkSettings
) -> None:
    daily = json.loads((shared / "formats/hf-daily-papers/daily-papers-first-8.json").read_bytes())
    record = next(each["paper"] for each in daily if each["paper"].get("githubRepo"))
    world.recorded = {"hf": ("application/json", json.dumps(record).encode())}
    mine = Paper(record["title"], ids={"arxiv": record["id"]})
    done = complete(mine, network)
    assert "code" in done.summary
    assert done.papers[0].links["code"] == record["githubRepo"]


def test_an_answer_of_pubmed_is_read(
    shared: Path, world: FakeServices, network: NetworkSettings
) -> None:
    body = (shared / "formats/pubmed-xml/dspinellis__alexandria3k__pubmed3.xml").read_bytes()
    pmid = body.partition(b"<PMID")[2].partition(b">")[2].partition(b"<")[0].decode()
    world.recorded = {"pubmed": ("text/xml", body)}
    (paper,) = look_up([f"pmid:{pmid}"], network)
    assert isinstance(paper, Paper)
    assert paper.ids["pmid"] == pmid


def test_an_error_of_semantic_scholar_is_not_an_answer(
    shared: Path, world: FakeServices, network: NetworkSettings
) -> None:
    name = "danielnsilva__semanticscholar__test_bad_query_parameters.0.json"
    body = (shared / "formats/semantic-scholar-json" / name).read_bytes()
    world.recorded = {"s2": ("application/json", body)}
    (refused,) = look_up(["2309.99901"], network)
    assert isinstance(refused, RejectedRecord)
    assert "Semantic Scholar could not be asked (broken)" in refused.why
