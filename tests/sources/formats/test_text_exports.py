"""Org mode, the bibliography that a run of LaTeX leaves, and PubMed's plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import read_text

ORG = r"""* TODO [#A] A Work on Things :reading:things:
  :PROPERTIES:
  :BIB_AUTHOR: Lindqvist, Ada and Reyes, Tom{\'a}s
  :BIB_YEAR: 2024
  :BIB_EPRINT: 2402.99901
  :END:
* DONE Call the bank
  :PROPERTIES:
  :EFFORT: 0:10
  :END:
"""


def test_a_heading_with_properties_of_a_work_is_a_paper(tmp_path: Path) -> None:
    (paper,), rejected = read_text(tmp_path, ORG)
    assert rejected == []
    assert (paper.title, paper.published) == ("A Work on Things", "2024")
    assert paper.author_names == ("Ada Lindqvist", "Tomás Reyes")
    assert paper.ids == {"arxiv": "2402.99901"}


def test_a_file_may_have_its_properties_above_its_title(tmp_path: Path) -> None:
    text = (
        ":PROPERTIES:\n:ID: x\n:AUTHOR: Lindqvist, Ada\n:DOI: 10.5555/abc\n:YEAR: 2001\n:END:\n"
        "#+TITLE: A Work\n\nText.\n"
    )
    (paper,), rejected = read_text(tmp_path, text, "a.org")
    assert rejected == []
    assert (paper.title, paper.author_names) == ("A Work", ("Ada Lindqvist",))
    assert (paper.published, paper.ids) == ("2001", {"doi": "10.5555/abc"})


BBL = r"""\begin{thebibliography}{2}
\bibitem[Lindqvist \& Reyes(2024)]{lindqvist2024}
Ada Lindqvist, Tom{\'a}s Reyes, and Wei Li.
\newblock A work on {T}hings.
\newblock In \emph{Proceedings of Things}, pages 1--2, 2024.
\newblock \doi{10.5555/abc}.

\bibitem{other}
A. Other, A Work of Another Style, Things \textbf{2} (2020). arXiv:2402.99901
\end{thebibliography}
"""


def test_the_blocks_of_an_item_are_authors_title_and_venue(tmp_path: Path) -> None:
    (paper,), rejected = read_text(tmp_path, BBL, "a.bbl")
    assert paper.title == "A work on Things"
    assert paper.author_names == ("Ada Lindqvist", "Tomás Reyes", "Wei Li")
    assert (paper.venue, paper.published) == ("Proceedings of Things", "2024")
    assert paper.ids == {"doi": "10.5555/abc"}
    assert rejected == [r"a.bbl:8: without \newblock its title cannot be found"]


TEXT = """1. Things. 2024 Feb 28;12(3):45-67. doi: 10.5555/abc. Epub 2024
Jan 1.

A work on things.

Lindqvist A(1)(2), Reyes TB(#)(1).

Author information:
(1)Institute of Things, whose address is far longer than the abstract of this work is.

We work on things.

© 2024. The Authors.

DOI: 10.5555/abc
PMID: 34265844 [Indexed for MEDLINE]


2. Other Things. 2023.

Another work.

Li W.

DOI: 10.5555/def
"""


def test_an_article_is_read_by_the_order_of_its_paragraphs(tmp_path: Path) -> None:
    (first, second), rejected = read_text(tmp_path, TEXT)
    assert rejected == []
    assert (first.title, first.abstract) == ("A work on things", "We work on things.")
    assert first.author_names == ("A. Lindqvist", "T. B. Reyes")
    assert (first.venue, first.published) == ("Things", "2024-02-28")
    assert first.ids == {"doi": "10.5555/abc", "pmid": "34265844"}
    assert (second.title, second.published) == ("Another work", "2023")


def test_citations_are_read_with_what_is_nested_in_them(tmp_path: Path) -> None:
    text = """* {{Cite journal |last1=Roe |first1=Ann |last2=Bell |first2=Bo
 |title=On [[ice]] {{nowrap|now}} |journal=[[Journal of Ice|J. Ice]] |date=5 March 2020
 |doi=10.5555/abc |pmid=12345 }}
* {{cite arXiv|eprint=2401.99901|author=Cy Poe|title=''Frost''|date=2024}}
"""
    (ice, frost), rejected = read_text(tmp_path, text)
    assert rejected == []
    assert [str(name) for name in ice.authors] == ["Ann Roe", "Bo Bell"]
    assert (ice.venue, ice.published) == ("J. Ice", "2020-03-05")
    assert ice.ids == {"doi": "10.5555/abc", "pmid": "12345"}
    assert (frost.title, frost.ids) == ("Frost", {"arxiv": "2401.99901"})


def test_a_citation_without_an_end_is_not_called_broken_json(tmp_path: Path) -> None:
    (paper,), rejected = read_text(tmp_path, "{{Cite journal |title=On ice |year=2020", "w.txt")
    assert paper.title == "On ice"
    assert rejected == []


NEP = """nep.repec.org

1. A Work on Trade: New Evidence
Date:\t2024-02-28
By:\tAda Lindqvist (University of X, Faculty of Y)
Wei Li (Institute of Z)
URL:\thttps://d.repec.org/n?u=RePEc:xxx:yyyyyy:24-1&r=int
We measure
trade.
Keywords:\ttrade, tariffs
JEL:\tF10
"""
OLD_NEP = """In this issue of nep.repec.org we have:

1. A Work on Trade: New Evidence
     Lindqvist,Ada; Li,Wei

----------------------------------------------------------------------------

1. A Work on Trade: New Evidence

    Lindqvist,Ada
    Li,Wei

We measure trade.

Keywords: trade, tariffs
Date:     2024-02-28
URL:      https://d.repec.org/n?u=RePEc:xxx:yyyyyy:24-1&r=int
"""
MAIL = "From: a@b.org\nTo: c@d.org\nSubject: [nep-int]\n\n"


@pytest.mark.parametrize("text", [NEP, OLD_NEP, MAIL + NEP], ids=["new", "old", "mail"])
def test_papers_of_a_report_of_nep_are_read(tmp_path: Path, text: str) -> None:
    (paper,), rejected = read_text(tmp_path, text)
    assert rejected == []
    assert paper.title == "A Work on Trade: New Evidence"
    assert paper.author_names == ("Ada Lindqvist", "Wei Li")
    assert (paper.published, paper.categories) == ("2024-02-28", ("trade", "tariffs"))
    assert " ".join(paper.abstract.split()) == "We measure trade."
    assert paper.links["abs"].startswith("https://d.repec.org/")
