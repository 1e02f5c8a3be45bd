"""Org mode with properties of papers."""

from __future__ import annotations

from pathlib import Path

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
    assert paper.authors == ("Ada Lindqvist", "Tomás Reyes")
    assert paper.ids == {"arxiv": "2402.99901"}


def test_a_file_may_have_its_properties_above_its_title(tmp_path: Path) -> None:
    text = (
        ":PROPERTIES:\n:ID: x\n:AUTHOR: Lindqvist, Ada\n:DOI: 10.5555/abc\n:YEAR: 2001\n:END:\n"
        "#+TITLE: A Work\n\nText.\n"
    )
    (paper,), rejected = read_text(tmp_path, text, "a.org")
    assert rejected == []
    assert (paper.title, paper.authors) == ("A Work", ("Ada Lindqvist",))
    assert (paper.published, paper.ids) == ("2001", {"doi": "10.5555/abc"})
