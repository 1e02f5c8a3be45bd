"""Bookmarks that lead to papers."""

from __future__ import annotations

import json
from pathlib import Path

from tests.sources.reading import read_text


def test_only_bookmarks_that_lead_to_papers_are_read(tmp_path: Path) -> None:
    paper = {"href": "https://arxiv.org/abs/2402.99901", "extended": "", "tags": "a b",
             "description": "[2402.99901] A Work on Things"}  # fmt: skip
    other = {"href": "https://example.org", "extended": "", "description": "Another Thing"}
    papers, rejected = read_text(tmp_path, json.dumps([paper, other]), "a.json")
    assert [(p.title, p.categories) for p in papers] == [("A Work on Things", ("a", "b"))]
    assert rejected == ["a.json: record 2: has no link to a paper"]
    leaf = {
        "typeCode": 1,
        "title": "A Work on Things | Nature",
        "uri": "https://www.nature.com/articles/s1-9",
    }
    tree = {
        "title": "",
        "typeCode": 2,
        "children": [{"title": "x", "typeCode": 2, "children": [leaf]}],
    }
    papers, rejected = read_text(tmp_path, json.dumps(tree))
    assert [(p.title, p.ids) for p in papers] == [("A Work on Things", {"doi": "10.1038/s1-9"})]
    text = "title,url,time_added,tags,status\nA Work,https://arxiv.org/abs/2402.99901,1,,read\nB,https://b.org,2,,read\n"
    papers, rejected = read_text(tmp_path, text, "a.csv")
    assert [p.title for p in papers] == ["A Work"]
    assert rejected == ["a.csv:3: has no link to a paper"]
