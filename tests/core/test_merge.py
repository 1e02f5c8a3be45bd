"""Merging: what the one record of two records of one work says."""

from __future__ import annotations

import pytest

from tests.authors import authors
from tui.core.merge import merge_papers
from tui.core.paper import SAMPLE, Paper


def test_merging_keeps_the_fuller_field() -> None:
    old = Paper("T", abstract="short", published="2023", sources=("a",), venue="arXiv")
    new = Paper("T", authors("A", "B"), "much longer", "2023-05-01", venue="ICLR", sources=("b",))
    both = merge_papers(old, new)
    assert both.author_names == ("A", "B")
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


def test_a_notice_of_withdrawal_survives_the_older_comment() -> None:
    old, new = Paper("T", comment="4 pages"), Paper("T", comment="Withdrawn. 4 pages")
    assert merge_papers(old, new).comment == "Withdrawn. 4 pages"
    assert merge_papers(new, old).comment == "Withdrawn. 4 pages"


def test_counts_only_grow_and_latex_stays_with_the_text_that_was_taken() -> None:
    latex = {"title": r"A $\alpha$ bound", "abstract": r"Of \'Etale things, longer."}
    tex = Paper("A α bound", abstract="Of Étale things, longer.", tex=latex)
    plain = Paper("A α bound", abstract="Short.", counts={"citations": 3})
    for both in (merge_papers(tex, plain), merge_papers(plain, tex)):
        assert both.counts == {"citations": 3}
        assert both.abstract == "Of Étale things, longer."
        assert both.tex == latex
    counted = plain._replace(counts={"citations": 2, "stars": 1})
    assert merge_papers(plain, counted).counts == {"citations": 3, "stars": 1}


@pytest.mark.parametrize(
    ("old", "new", "taken"),
    [
        ("Attention over Long …", "Attention over Long Streams", "new"),
        ("Attention over Long...", "Attention over Long Streams", "new"),
        ("Attention over Long Streams", "Attention over Long …", "old"),
        ("Something Else...", "Attention over Long Streams", "old"),
        ("A STUDY OF THINGS", "A Study of Things", "new"),
        ("a study of things", "A study of things", "new"),
        ("A Study of Things", "A STUDY OF THINGS", "old"),
        ("A Study of Things", "A study of things", "old"),
        ("BERT", "Bert", "old"),
        ("Schr\ufffddinger and the Cat", "Schrödinger and the Cat", "new"),
        ("Preprint Name", "Journal Name", "old"),
    ],
)
def test_the_fuller_title_wins(old: str, new: str, taken: str) -> None:
    both = merge_papers(Paper(old), Paper(new))
    assert both.title == {"old": old, "new": new}[taken]
    assert merge_papers(both, Paper(new)) == both
    assert merge_papers(both, Paper(old)) == both


def test_the_latex_of_a_title_goes_with_it() -> None:
    cut = Paper("On Bounds of …", tex={"title": "On Bounds of \\ldots"})
    full = Paper("On Bounds of α", tex={"title": "On Bounds of $\\alpha$"})
    assert merge_papers(cut, full).tex == full.tex
    assert merge_papers(full, cut).tex == full.tex


def test_names_written_out_win_over_initials() -> None:
    short, long = (
        Paper("T", authors("A. Lindqvist", "Wei Li")),
        Paper("T", authors("Ada Lindqvist", "Li, Wei")),
    )
    assert merge_papers(short, long).authors == merge_papers(long, short).authors == long.authors
