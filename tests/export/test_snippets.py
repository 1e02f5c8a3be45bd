"""The texts that `y` copies."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.authors import authors
from tui.core.paper import Paper
from tui.export.citation_keys import TABLE, CitationKeys
from tui.export.snippets import SnippetKind, format_citation, format_snippet
from tui.library.library import Library
from tui.state import Mark


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("link", "https://arxiv.org/abs/2309.99901"),
        ("id", "arXiv:2309.99901"),
        (
            "citation",
            "Lindqvist, A., et al. (2023). Efficient Sinks for Streaming Attention. "
            "arXiv:2309.99901",
        ),
        ("markdown", "[Efficient Sinks for Streaming Attention](https://arxiv.org/abs/2309.99901)"),
    ],
)
def test_snippet_kinds(library: Library, kind: SnippetKind, text: str) -> None:
    stored = library.find("2309.99901")
    assert stored
    keys = CitationKeys(library.store, library.catalog)
    assert format_snippet(kind, stored, Mark(), keys) == text
    assert library.store.documents(TABLE) == {}


def test_copying_bibtex_saves_the_citation_key(library: Library) -> None:
    stored = library.find("2309.99901")
    assert stored
    text = format_snippet(
        "bibtex", stored, Mark(note="secret"), CitationKeys(library.store, library.catalog)
    )
    assert text.startswith("@misc{lindqvist2023efficient,\n")
    assert "secret" not in text
    (group,) = library.store.documents(TABLE).values()
    assert group == {"arxiv:2309.99901": "lindqvist2023efficient"}


def test_a_paper_with_only_a_title(library: Library) -> None:
    stored = next(stored for stored in library.catalog.iterate() if not stored.paper.author_names)
    keys = CitationKeys(library.store, library.catalog)
    found = {kind: format_snippet(kind, stored, Mark(), keys) for kind in get_args(SnippetKind)}
    assert found.pop("bibtex").startswith("@misc{title,\n")
    assert found == {
        "link": "",
        "id": stored.key,
        "citation": "(n.d.). A Title Without Anything Else.",
        "markdown": "A Title Without Anything Else",
        "abstract": "",
    }


@pytest.mark.parametrize(
    ("paper", "text"),
    [
        (
            Paper("Why?", authors("Jean-Pierre van der Berg"), published="2020-01"),
            "van der Berg, J.-P. (2020). Why?",
        ),
        (
            Paper("T", authors("A. B. Li", "ATLAS Collaboration"), "", "2021", venue="Nature",
                  ids={"doi": "10.5555/x"}),
            "Li, A. B., & ATLAS Collaboration (2021). T. Nature. https://doi.org/10.5555/x",
        ),
        (
            Paper("日本語", authors("山田太郎", "Smith, John, Jr.", "C D"), ids={"pmid": "7"}),
            "山田太郎, et al. (n.d.). 日本語. PMID:7",
        ),
    ],
)  # fmt: skip
def test_citations_on_one_line(paper: Paper, text: str) -> None:
    assert format_citation(paper) == text
