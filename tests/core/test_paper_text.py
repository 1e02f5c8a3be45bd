"""A paper as texts: the facts and their words."""

from __future__ import annotations

from tests.authors import authors
from tui.core.listing import Listing
from tui.core.paper import SAMPLE, Paper
from tui.core.paper_text import SAMPLE_NOTICE, describe_paper
from tui.core.text import count_items


def test_the_facts_name_date_venue_identifiers_and_counts() -> None:
    paper = Paper(
        "A Title",
        authors("Ada Lindqvist", "Mei Tanaka"),
        "One.\n\nTwo.",
        "2024-02-28",
        listings=(Listing("2024-03-01"),),
        venue="ICLR",
        categories=("cs.CL", "cs.AI"),
        ids={"arxiv": "2402.18668", "pmid": "123"},
        votes=1,
        counts={"citations": 1200, "stars": 1},
    )
    text = describe_paper(paper)
    assert text.authors == "Ada Lindqvist, Mei Tanaka"
    assert text.paragraphs == ("One.", "Two.")
    assert text.facts == (
        "2024-02-28",
        "listed 2024-03-01",
        "ICLR",
        "cs.CL cs.AI",
        "arXiv 2402.18668",
        "PMID 123",
        "1 vote",
        "1 star",
        "1,200 citations",
    )


def test_the_venue_arxiv_is_left_out_and_a_sample_has_a_notice() -> None:
    text = describe_paper(
        Paper("A Title", abstract="Written.", venue="arXiv", abstract_source=SAMPLE)
    )
    assert text.facts == ()
    assert text.notice == SAMPLE_NOTICE
    assert describe_paper(Paper("A Title")).paragraphs == ()


def test_a_count_of_one_has_its_noun_in_the_singular() -> None:
    assert count_items(1, "comments") == "1 comment"
    assert count_items(0, "stars") == "0 stars"
