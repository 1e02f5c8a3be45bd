"""Import of files, pasted text and identifiers; the look-up is replaced by a function here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.core.progress import NO_PROGRESS, Progress, ProgressUpdate
from tui.library.importing import OFFLINE, PASTED, PaperImport, import_papers
from tui.net.network_settings import NetworkSettings
from tui.services import lookup
from tui.services.lookup_request import LookupRequest
from tui.sources.interface import Record, RejectedRecord

DOI = "10.5555/long.2022"


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    catalog = Catalog(tmp_path / "papers.db", create=True)
    yield catalog
    catalog.close()


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[LookupRequest]:
    """What was looked up; every request is answered by a paper."""
    seen: list[LookupRequest] = []

    def look_up(
        requests: Sequence[LookupRequest], network: NetworkSettings, progress: Progress
    ) -> Iterator[Record]:
        for request in requests:
            seen.append(request)
            yield Paper("Found by its Identifier", ids=dict(request.ids))

    monkeypatch.setattr(lookup, "look_up", look_up)
    return seen


RECORDS_WITHOUT_TITLE = {
    "ris": f"TY  - JOUR\nDO  - {DOI}\nER  - \n",
    "csl.json": f'[{{"id": "x", "type": "article-journal", "DOI": "{DOI}"}}]',
    "mods": (
        '<?xml version="1.0"?><modsCollection xmlns="http://www.loc.gov/mods/v3"><mods>'
        f'<identifier type="doi">{DOI}</identifier></mods></modsCollection>'
    ),
    "pubmed.xml": (
        '<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation><Article/>'
        "</MedlineCitation><PubmedData><ArticleIdList>"
        f'<ArticleId IdType="doi">{DOI}</ArticleId>'
        "</ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>"
    ),
    "bib": f"@article{{a, doi = {{{DOI}}}}}",
    "csv": f"doi,title\n{DOI},\n",
    "jsonl": f'{{"doi": "{DOI}", "year": 2022}}\n',
}


@pytest.mark.parametrize("name", RECORDS_WITHOUT_TITLE)
def test_a_record_with_only_an_identifier_is_looked_up_in_every_format(
    name: str, tmp_path: Path, catalog: Catalog, requests: list[LookupRequest]
) -> None:
    path = tmp_path / f"a.{name}"
    path.write_text(RECORDS_WITHOUT_TITLE[name], encoding="utf-8")
    result = import_papers(catalog, [str(path)], NetworkSettings(), NO_PROGRESS)
    assert [dict(request.ids) for request in requests] == [{"doi": DOI}]
    assert (result.added.added, result.rejected) == (1, [])


def test_files_and_pasted_text_are_saved_before_anything_is_looked_up(
    tmp_path: Path, catalog: Catalog, requests: list[LookupRequest]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "From a File"}\n{"year": 1}\n', encoding="utf-8")
    papers = PaperImport(catalog, NetworkSettings)
    papers.read(["2309.99901", str(path), b'{"title": "Pasted"}\n{"year": 1}\n'])
    assert (papers.result.added.added, requests) == (2, [])
    papers.look_up()
    assert [request.where for request in requests] == ["2309.99901"]
    assert papers.result.summary == "3 added, 2 refused"
    assert {record.where for record in papers.result.rejected} == {f"{path}:2", f"{PASTED}:2"}


def test_without_network_an_identifier_is_rejected_and_nothing_is_looked_up(
    tmp_path: Path, catalog: Catalog, requests: list[LookupRequest]
) -> None:
    path = tmp_path / "a.bib"
    path.write_text(RECORDS_WITHOUT_TITLE["bib"], encoding="utf-8")
    papers = PaperImport(catalog, None)
    papers.read(["2309.99901", str(path)])
    papers.look_up()
    assert requests == []
    assert RejectedRecord("2309.99901", OFFLINE) in papers.result.rejected
    assert len(papers.result.rejected) == 2


def test_a_listed_paper_that_is_here_with_its_abstract_is_not_looked_up(
    tmp_path: Path, catalog: Catalog, requests: list[LookupRequest]
) -> None:
    catalog.add([Paper("Known", abstract="It is here.", ids={"doi": DOI})])
    path = tmp_path / "a.bib"
    path.write_text(RECORDS_WITHOUT_TITLE["bib"], encoding="utf-8")
    result = import_papers(catalog, [str(path)], NetworkSettings(), NO_PROGRESS)
    assert (requests, result.added.unchanged) == ([], 1)


def test_a_cancelled_import_keeps_what_it_has_read_and_reports_progress(
    tmp_path: Path, catalog: Catalog
) -> None:
    path = tmp_path / "a.jsonl"
    lines = (f'{{"title": "Title number {n}"}}\n' for n in range(500))
    path.write_text("".join(lines), encoding="utf-8")
    updates: list[ProgressUpdate] = []
    progress = Progress(lambda: len(updates) == 2, updates.append)
    result = import_papers(catalog, [str(path)], NetworkSettings(), progress)
    assert result.added.added == len(catalog) == 100
    assert [update.text for update in updates] == ["a.jsonl: 50", "a.jsonl: 100"]


def test_the_summary_counts_the_papers_that_are_kept_apart(
    tmp_path: Path, catalog: Catalog
) -> None:
    path = tmp_path / "book.bib"
    path.write_text(
        "@incollection{a, title={Chapter on apples}, author={Doe, Ann}, doi={10.1000/bk}}"
        "@incollection{b, title={Chapter on pears}, author={Roe, Bob}, doi={10.1000/bk}}"
    )
    result = import_papers(catalog, [str(path)], NetworkSettings(), NO_PROGRESS)
    assert result.summary == "2 added, 1 kept apart"
    assert [str(problem) for problem in result.problems] == [
        "“Chapter on pears” shares its DOI with “Chapter on apples”; kept apart"
    ]
