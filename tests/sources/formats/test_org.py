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
