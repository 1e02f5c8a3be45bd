"""Merging: when two records are one paper, and what the one record then says."""

from __future__ import annotations

from tui.core.merge import merge_papers, same_work
from tui.core.paper import SAMPLE, Paper


def test_the_same_title_is_the_same_work_unless_something_contradicts() -> None:
    page = Paper("T")
    arxiv = Paper("T", ("A. Bee",), published="2023-01-01", ids={"arxiv": "2301.00001"})
    assert same_work(page, arxiv)
    assert same_work(arxiv, Paper("T", ("Bee, A.", "C"), published="2024"))
    assert not same_work(arxiv, Paper("T", ("Z. Zed",)))
    assert not same_work(arxiv, Paper("T", ("A. Bee",), published="2031"))
    assert not same_work(arxiv, arxiv._replace(ids={"arxiv": "2301.00002"}))
    assert not same_work(Paper("Preface", venue="ACL"), Paper("Preface", venue="EMNLP"))


def test_merging_keeps_the_fuller_field() -> None:
    old = Paper("T", abstract="short", published="2023", sources=("a",), venue="arXiv")
    new = Paper("T", ("A", "B"), "much longer", "2023-05-01", venue="ICLR", sources=("b",))
    both = merge_papers(old, new)
    assert both.authors == ("A", "B")
    assert both.abstract == "much longer"
    assert both.published == "2023-05-01"
    assert both.venue == "ICLR"
    assert both.sources == ("a", "b")
    assert merge_papers(both, new) == both


def test_a_published_abstract_replaces_a_longer_summary() -> None:
    sample = Paper("T", abstract="a long summary of it", abstract_source=SAMPLE)
    real = Paper("T", abstract="the abstract")
    for both in (merge_papers(sample, real), merge_papers(real, sample)):
        assert (both.abstract, both.abstract_source) == ("the abstract", "")
