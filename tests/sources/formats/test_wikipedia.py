"""Citations of Wikipedia."""

from __future__ import annotations

from pathlib import Path

from tests.sources.reading import read_text


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
