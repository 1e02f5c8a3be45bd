"""Notes with the fields of a paper above their text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reading import read_text

OBSIDIAN = """---
title: Sheaf: a reader
authors:
  - "[[Ada Lindqvist]]"
  - name: Tomás Reyes
year: 2024
tags: [reading]
---
My thoughts.

## Abstract
We read.

## Notes
"""
LOGSEQ = """title:: @Sheaf: a reader
authors:: [[Ada Lindqvist]], [[Tomás Reyes]]
date:: [[Feb 28th, 2024]]

- [[Abstract]]
	- We read.
"""


@pytest.mark.parametrize("text", [OBSIDIAN, LOGSEQ], ids=["Obsidian", "Logseq"])
def test_a_note_on_a_paper_is_read_without_its_tags(tmp_path: Path, text: str) -> None:
    (paper,), rejected = read_text(tmp_path, text, "note.md")
    assert rejected == []
    assert paper.title == "Sheaf: a reader"
    assert paper.author_names == ("Ada Lindqvist", "Tomás Reyes")
    assert (paper.published[:4], paper.abstract, paper.categories) == ("2024", "We read.", ())


def test_a_note_without_fields_of_a_work_is_not_a_paper(tmp_path: Path) -> None:
    papers, _ = read_text(tmp_path, "---\ntitle: Meeting of Monday\ntags: [x]\n---\nMinutes.\n")
    assert papers == []
