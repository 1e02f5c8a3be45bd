"""Fixtures: a small library with its index, and marks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.search.dict_marks import DictMarks
from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.index.index import Index


@pytest.fixture
def marks() -> DictMarks:
    """No marks yet."""
    return DictMarks()


@pytest.fixture
def library(tmp_path: Path) -> Callable[..., tuple[Catalog, Index]]:
    """A function that makes a catalog of papers and an index of them."""

    def make(*papers: Paper) -> tuple[Catalog, Index]:
        catalog = Catalog(tmp_path / "papers.db", create=True)
        catalog.add(papers)
        index = Index.open(tmp_path / "index", catalog)
        index.update(catalog)
        return catalog, index

    return make
