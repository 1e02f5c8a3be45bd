"""JSON of the services: each record is read in its own format, whatever document holds it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sources.reading import read_text

CSL = {
    "id": "a", "type": "article-journal", "title": "A <i>Work</i>", "DOI": "10.5555/ABC",
    "container-title": "Journal of Things", "issued": {"date-parts": [[2024, 2, 28]]},
    "author": [{"family": "Lindqvist", "given": "Ada"}, {"literal": "The Institute"}],
    "abstract": "<jats:p>We work.</jats:p>",
}  # fmt: skip
CROSSREF = CSL | {
    "title": ["A Work"], "container-title": ["Journal of Things"], "prefix": "10.5555",
    "member": "1",
}  # fmt: skip
OPENALEX = {
    "id": "https://openalex.org/W1", "title": "A Work", "doi": "https://doi.org/10.5555/abc",
    "publication_date": "2024-02-28", "publication_year": 2024,
    "authorships": [{"author": {"display_name": "Ada Lindqvist"}}],
    "primary_location": {"source": {"display_name": "Journal of Things"}},
    "abstract_inverted_index": {"work.": [1], "We": [0]},
}  # fmt: skip
SCHOLAR = {
    "paperId": "f00", "externalIds": {"DOI": "10.5555/ABC", "CorpusId": 1}, "title": "A Work",
    "publicationDate": "2024-02-28", "venue": "Journal of Things", "abstract": "We work.",
    "authors": [{"authorId": "1", "name": "Ada Lindqvist"}],
}  # fmt: skip
ZOTERO = {
    "itemType": "journalArticle", "title": "A Work", "DOI": "10.5555/abc", "date": "2024-02-28",
    "creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Lindqvist"}],
    "publicationTitle": "Journal of Things", "abstractNote": "We work.",
}  # fmt: skip
DATACITE = {
    "titles": [{"title": "A Work"}], "doi": "10.5555/ABC",
    "creators": [{"name": "Lindqvist, Ada", "familyName": "Lindqvist", "givenName": "Ada"}],
    "dates": [{"date": "2024-02-28", "dateType": "Issued"}],
    "container": {"title": "Journal of Things"},
    "descriptions": [{"description": "We work.", "descriptionType": "Abstract"}],
}  # fmt: skip
KAGGLE = {
    "id": "0704.9901", "submitter": "A", "authors": "Ada Lindqvist (MIT)", "title": "A\n  Work",
    "journal-ref": "Journal of Things", "doi": "10.5555/abc", "abstract": "  We\nwork.\n",
    "categories": "cs.CL cs.AI", "comments": "4 pages",
    "versions": [{"version": "v1", "created": "Wed, 28 Feb 2024 10:00:00 GMT"}],
    "update_date": "2025-01-01", "authors_parsed": [["Lindqvist", "Ada", ""]],
}  # fmt: skip


@pytest.mark.parametrize(
    "document",
    [
        [CSL],
        {"items": [CSL]},
        {"status": "ok", "message-type": "work-list", "message": {"items": [CROSSREF]}},
        {"status": "ok", "message-type": "work", "message": CROSSREF},
        OPENALEX,
        {"meta": {"count": 1}, "results": [OPENALEX]},
        SCHOLAR,
        {"total": 1, "data": [SCHOLAR]},
        {"data": [{"citingPaper": SCHOLAR}]},
        {"items": [ZOTERO, {"itemType": "attachment", "title": "PDF"}]},
        [{"key": "K", "library": {}, "data": ZOTERO}],
        DATACITE,
        {"data": {"id": "1", "type": "dois", "attributes": DATACITE}},
        KAGGLE,
        [KAGGLE],
    ],
)
def test_records_of_every_service_are_read(tmp_path: Path, document: Any) -> None:
    papers, rejected = read_text(tmp_path, json.dumps(document))
    assert rejected == []
    (paper,) = papers
    assert paper.title == "A Work"
    assert paper.author_names[0] == "Ada Lindqvist"
    assert paper.abstract in ("We work.", "")
    assert paper.published == "2024-02-28"
    assert paper.venue == "Journal of Things"
    assert paper.ids["doi"] == "10.5555/abc"


def test_votes_and_comments_of_hugging_face_are_kept(tmp_path: Path) -> None:
    record = {
        "paper": {
            "id": "2606.99901", "title": "A Work", "summary": "We work.", "upvotes": 7,
            "authors": [{"name": "Ada Lindqvist"}, {"name": "A ghost", "hidden": True}],
            "publishedAt": "2026-05-30T00:00:00.000Z",
            "submittedOnDailyAt": "2026-06-12T00:00:00.000Z",
            "githubRepo": "https://github.com/x/y", "ai_keywords": ["long context"],
        },
        "publishedAt": "2026-05-29T20:00:00.000Z", "title": "A Work", "numComments": 2,
        "submittedBy": {"fullname": "Tomás Reyes"},
    }  # fmt: skip
    (paper,) = read_text(tmp_path, json.dumps([record]))[0]
    assert paper.ids == {"arxiv": "2606.99901"}
    assert paper.author_names == ("Ada Lindqvist",)
    assert (paper.published, paper.listed, paper.votes) == ("2026-05-30", "2026-06-12", 7)
    assert paper.links["code"] == "https://github.com/x/y"
    assert paper.categories == ("long context",)
    assert paper.listings[0].by == "Tomás Reyes"
    assert (paper.listings[0].votes, paper.listings[0].comments) == (7, 2)
    assert paper.counts == {"comments": 2}


def test_one_paper_of_hugging_face_is_read(tmp_path: Path) -> None:
    record = {
        "id": "2606.99901", "title": "A Work", "summary": "We work.", "upvotes": 7,
        "authors": [{"name": "Ada Lindqvist"}], "githubRepo": "https://github.com/x/y",
        "githubStars": 3,
    }  # fmt: skip
    (paper,) = read_text(tmp_path, json.dumps(record))[0]
    assert paper.links["code"] == "https://github.com/x/y"
    assert (paper.votes, paper.counts) == (7, {"stars": 3})


@pytest.mark.parametrize("wrapped", [True, False])
def test_openreview_submissions_are_read(tmp_path: Path, wrapped: bool) -> None:
    content = {"title": "A Work", "authors": ["Ada Lindqvist"], "abstract": "We work.",
               "venue": "ICLR 2024 poster", "keywords": ["long context"]}  # fmt: skip
    notes = [
        {"id": "aBc-1", "forum": "aBc-1", "cdate": 1709078400000,
         "content": {name: {"value": value} if wrapped else value
                     for name, value in content.items()}},
        {"id": "r1", "forum": "aBc-1", "content": {"title": "Good", "rating": {"value": "8"}}},
    ]  # fmt: skip
    (paper,), rejected = read_text(tmp_path, json.dumps({"notes": notes, "count": 2}))
    assert (paper.title, paper.author_names, paper.abstract) == (
        "A Work",
        ("Ada Lindqvist",),
        "We work.",
    )
    assert (paper.published, paper.venue) == ("2024-02-28", "ICLR 2024 poster")
    assert paper.ids == {"openreview": "aBc-1"}
    assert paper.links == {"abs": "https://openreview.net/forum?id=aBc-1"}
    assert rejected == ["file: record 2: a review, comment or decision"]


def test_the_venue_of_a_preprint_is_arxiv(tmp_path: Path) -> None:
    scholar = SCHOLAR | {"venue": "arXiv.org"}
    openalex = OPENALEX | {
        "primary_location": {"source": {"display_name": "arXiv (Cornell University)"}}
    }
    for record in (scholar, openalex):
        (paper,) = read_text(tmp_path, json.dumps(record))[0]
        assert paper.venue == "arXiv"


def test_a_field_of_another_type_costs_only_itself(tmp_path: Path) -> None:
    records = [
        {"bib_type": "article", "fields": {"title": "A Work", "keywords": "graph theory"}},
        {"id": "0704.0001", "title": "B Work", "authors": "Ada Lindqvist", "authors_parsed": 5,
         "journal-ref": "", "submitter": "", "update_date": "2020-01-01", "abstract": "We."},
    ]  # fmt: skip
    fidus, kaggle = (read_text(tmp_path, json.dumps([each]))[0][0] for each in records)
    assert fidus.categories == ("graph theory",)
    assert kaggle.author_names == ("Ada Lindqvist",)


def test_the_snapshot_of_kaggle_is_read(tmp_path: Path) -> None:
    papers, _ = read_text(tmp_path, "\n".join([json.dumps(KAGGLE)] * 3))
    assert len(papers) == 3
    assert papers[0].categories == ("cs.CL", "cs.AI")
    assert papers[0].comment == "4 pages"
    assert papers[0].ids == {"arxiv": "0704.9901", "doi": "10.5555/abc"}


def test_what_is_not_a_paper_is_rejected_with_the_reason(tmp_path: Path) -> None:
    journal = {"message-type": "journal", "message": {"title": "J", "counts": {}, "ISSN": []}}
    assert read_text(tmp_path, json.dumps(journal), "a.json") == (
        [], ["a.json:1: a journal or publisher, not a paper"],
    )  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [
        {"id": "1", "url": "https://arxiv.org/abs/2402.99901", "title": "T", "content_html": "C"},
        {"id": "2", "url": "https://example.org/blog", "title": "B", "content_text": "C"},
    ]}  # fmt: skip
    papers, rejected = read_text(tmp_path, json.dumps(feed), "f.json")
    assert [paper.ids for paper in papers] == [{"arxiv": "2402.99901"}]
    assert rejected == ["f.json: record 2: has no link to a paper"]


def test_datacite_joins_the_subtitle_and_names_the_journal(tmp_path: Path) -> None:
    record = {
        "titles": [{"title": "On ice"}, {"title": "A view", "titleType": "Subtitle"}],
        "creators": [{"familyName": "Roe", "givenName": "Ann"}],
        "publisher": {"name": "A university"},
        "relatedItems": [
            {"relationType": "IsPublishedIn", "titles": [{"title": "Journal of Ice"}]},
        ],
    }
    (paper,), _ = read_text(tmp_path, json.dumps(record))
    assert (paper.title, paper.venue) == ("On ice: A view", "Journal of Ice")


def test_both_forms_of_keywords_of_openalex_are_read(tmp_path: Path) -> None:
    record = {"id": "https://openalex.org/W1", "title": "On ice", "authorships": []}
    for name in ("display_name", "keyword"):
        record["keywords"] = [{name: "Snow", "score": 0.5}]
        (paper,), _ = read_text(tmp_path, json.dumps(record))
        assert paper.categories == ("Snow",)


def test_identifiers_in_the_note_of_csl_are_read(tmp_path: Path) -> None:
    note = "PMID: 1234567\nDOI: 10.5555/abc\narXiv: 2401.99901 [cs]"
    record = {"id": "a", "type": "article-journal", "title": "On ice", "note": note, "issued": {}}
    (paper,), _ = read_text(tmp_path, json.dumps([record]))
    assert paper.ids == {"doi": "10.5555/abc", "arxiv": "2401.99901", "pmid": "1234567"}
    record |= {"note": "", "archive_location": "arXiv:2401.99902"}
    (paper,), _ = read_text(tmp_path, json.dumps([record]))
    assert paper.ids == {"arxiv": "2401.99902"}


def test_the_abstract_is_in_the_language_of_the_work(tmp_path: Path) -> None:
    descriptions = [
        {"description": "We measure ice.", "descriptionType": "Abstract", "lang": "en"},
        {"description": "Wir messen Eis.", "descriptionType": "Abstract", "lang": "de"},
    ]
    for language, abstract in (("de-DE", "Wir messen Eis."), ("en", "We measure ice.")):
        record = {
            "titles": [{"title": "On ice"}],
            "creators": [{"name": "Roe, Ann"}],
            "language": language,
            "descriptions": descriptions,
        }
        (paper,), _ = read_text(tmp_path, json.dumps(record))
        assert paper.abstract == abstract


def test_the_university_is_the_venue_of_a_dissertation(tmp_path: Path) -> None:
    record = {
        "id": "https://openalex.org/W1",
        "title": "On ice",
        "type": "dissertation",
        "authorships": [{"institutions": [{"display_name": "University of Ice"}]}],
    }
    (paper,), _ = read_text(tmp_path, json.dumps(record))
    assert paper.venue == "University of Ice"


def test_references_of_citavi_have_their_authors_and_journal(tmp_path: Path) -> None:
    person = {"FirstName": "Ann", "MiddleName": "B.", "LastName": "Roe", "Protected": False}
    reference = {
        "ReferenceType": "JournalArticle", "Title": "On ice", "Subtitle": "A study",
        "Authors": [person], "Year": "2023", "Periodical": {"Name": "Journal of Ice"},
        "Keywords": [{"Name": "ice"}], "Doi": "10.5555/abc",
    }  # fmt: skip
    document = {"$type": "Citavi.WordPlaceholder", "Entries": [{"Reference": reference}]}
    (paper,), rejected = read_text(tmp_path, json.dumps(document))
    assert rejected == []
    assert (paper.title, paper.author_names) == ("On ice: A study", ("Ann B. Roe",))
    assert (paper.venue, paper.published) == ("Journal of Ice", "2023")
    assert (paper.categories, paper.ids) == (("ice",), {"doi": "10.5555/abc"})


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        ({"issued": [2011], "published-print": [2011, 5]}, "2011-05"),
        ({"issued": [2008, 10, 25], "published-print": [1996, 5]}, "1996-05"),
        ({"issued": [None], "approved": [2025, 4]}, "2025-04"),
        ({"issued": [None], "created": [2004, 6, 22]}, ""),
    ],
)
def test_print_comes_before_online_and_a_deposit_is_no_publication(
    tmp_path: Path, dates: dict[str, list[int | None]], published: str
) -> None:
    record = {"DOI": "10.5555/abc", "prefix": "10.5555", "member": "1", "title": ["On ice"]}
    parts = {name: {"date-parts": [date]} for name, date in dates.items()}
    (paper,), _ = read_text(
        tmp_path, json.dumps({"message": record | parts, "message-type": "work"})
    )
    assert paper.published == published


def test_a_work_of_csl_may_have_its_type_and_title_only(tmp_path: Path) -> None:
    works = [{"id": "1", "type": "book", "title": "On ice", "language": "en"}]
    works += [{"id": "2", "type": "menu", "title": "File", "language": "en"}]
    papers, _ = read_text(tmp_path, json.dumps({each["id"]: each for each in works}))
    assert [paper.title for paper in papers] == ["On ice"]
