"""The built-in library: 82 papers, summaries of our own, replaced by the real abstracts."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from tui.core import paths
from tui.core.paper import SAMPLE, Paper
from tui.core.text import normalize
from tui.library.library import Library
from tui.sources.reader import read
from tui.ui.app import import_samples

LINES = paths.sample_library().read_text(encoding="utf-8").splitlines()
RECORDS = [json.loads(line) for line in LINES]


def test_it_has_82_papers_with_summaries_of_40_to_90_words() -> None:
    assert len(RECORDS) == 82
    assert len({normalize(record["title"]) for record in RECORDS}) == 82
    for record in RECORDS:
        assert record["abstract_source"] == SAMPLE
        assert 40 <= len(record["abstract"].split()) <= 90, record["title"]


def test_ids_and_dates_are_well_formed() -> None:
    for record in RECORDS:
        assert re.fullmatch(r"\d{4}\.\d{4,5}", record["ids"]["arxiv"]), record["title"]
        if "published" in record:
            assert re.fullmatch(r"20\d\d-\d\d(-\d\d)?", record["published"])


def test_the_first_launch_adds_it_once(home: Path) -> None:
    with Library(home, create=True) as library:
        assert import_samples(library) == "82 sample papers were added · `sheaf add` adds your own"
        assert len(library.catalog) == 82
        assert import_samples(library) == ""


def test_it_is_not_added_to_a_home_with_papers(home: Path) -> None:
    with Library(home, create=True) as library:
        library.add([Paper("Mine")])
        assert import_samples(library) == ""
        assert len(library.catalog) == 1


def test_real_papers_replace_the_summaries(home: Path) -> None:
    record = RECORDS[5]
    with Library(home, create=True) as library:
        import_samples(library)
        outcome = library.add([Paper(record["title"], abstract="The abstract as published.")])
        assert (outcome.added, outcome.updated) == (0, 1)
        stored = library.find(f"arxiv:{record['ids']['arxiv']}")
        assert stored is not None
        assert stored.paper.abstract == "The abstract as published."
        assert stored.paper.abstract_source == ""
        assert list(stored.paper.author_names) == record["authors"]


def test_the_summaries_share_no_long_run_of_words_with_the_abstracts(
    shared: Path, home: Path
) -> None:
    page = [
        record
        for record in read(str(shared / "seed" / "hf-papers-page.txt"), date(2026, 11, 23))
        if isinstance(record, Paper)
    ]
    assert [paper.title for paper in page] == [record["title"] for record in RECORDS]
    for paper, record in zip(page, RECORDS, strict=True):
        original = normalize(paper.abstract).split()
        runs = {tuple(original[i : i + 7]) for i in range(len(original) - 6)}
        words = normalize(record["abstract"]).split()
        shared_runs = [
            words[i : i + 7] for i in range(len(words) - 6) if tuple(words[i : i + 7]) in runs
        ]
        assert shared_runs == [], paper.title
    with Library(home, create=True) as library:
        import_samples(library)
        assert library.add(page).updated == 82
        assert len(library.catalog) == 82
        abstracts = [stored.paper.abstract for stored in library.catalog.iterate()]
        assert abstracts == [paper.abstract for paper in page]


def test_it_is_found_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel has `assets` inside the package; pyproject.toml puts it there."""
    package = tmp_path / "tui"
    (package / "assets").mkdir(parents=True)
    (package / "assets" / "sample-library.jsonl").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(paths, "__file__", str(package / "core" / "paths.py"))
    assert paths.sample_library() == package / "assets" / "sample-library.jsonl"
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert '"assets/sample-library.jsonl" = "tui/assets/sample-library.jsonl"' in project
