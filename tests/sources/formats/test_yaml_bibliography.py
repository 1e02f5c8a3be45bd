"""Papers in YAML and TOML."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import read_text


@pytest.mark.parametrize(
    "text",
    [
        '- title: "A Work"\n  authors: [Ada Lindqvist, Wei Li]\n  venue: ICML\n  year: 2020\n',
        "papers:\n  - title: A Work\n    author: Ada Lindqvist and Wei Li\n"
        "    conference: ICML\n    date: 2020-01-02\n",
        "author: Lindqvist, Ada and Li, Wei\njournal: ICML\nref: L\ntitle: A Work\nyear: 2020\n",
        '[[papers]]\ntitle = "A Work"\nauthors = ["Ada Lindqvist", "Wei Li"]\n'
        'venue = "ICML"\nyear = 2020\n',
        '+++\ntitle = "A Work"\ndate = 2020-01-02T00:00:00\nauthors = ["Ada Lindqvist", "Wei Li"]\n'
        'publication = "ICML"\n+++\nText.\n',
    ],
    ids=["list", "list under a key", "Papis", "TOML", "Hugo"],
)
def test_lists_and_single_papers_are_read_from_yaml_and_toml(tmp_path: Path, text: str) -> None:
    (paper,), rejected = read_text(tmp_path, text)
    assert rejected == []
    assert (paper.title, paper.authors) == ("A Work", ("Ada Lindqvist", "Wei Li"))
    assert (paper.venue, paper.published[:4]) == ("ICML", "2020")
