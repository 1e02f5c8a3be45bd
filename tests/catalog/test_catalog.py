"""Catalog: adding, merging, reading, and files that cannot be used."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.authors import authors
from tui.catalog.catalog import BATCH_SIZE, Catalog
from tui.core.errors import SheafError
from tui.core.paper import Paper


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    catalog = Catalog(tmp_path / "papers.db", create=True)
    yield catalog
    catalog.close()


def test_papers_are_read_as_they_were_added(catalog: Catalog, papers: list[Paper]) -> None:
    outcome = catalog.add(papers)
    assert (outcome.read, outcome.added, outcome.updated) == (4, 4, 0)
    assert [stored.paper for stored in catalog.iterate()] == papers
    assert outcome.keys == [stored.key for stored in catalog.iterate()]


def test_adding_the_same_papers_again_changes_nothing(
    catalog: Catalog, papers: list[Paper]
) -> None:
    catalog.add(papers)
    before = catalog.last_change
    outcome = catalog.add(papers)
    assert (outcome.added, outcome.updated, outcome.unchanged) == (0, 0, 4)
    assert catalog.last_change == before
    assert list(catalog.iterate(before)) == []


def test_a_title_that_is_twice_in_a_batch_is_one_paper(catalog: Catalog) -> None:
    outcome = catalog.add([Paper("One Title"), Paper("one  title"), Paper("ONE-TITLE.")])
    assert (outcome.added, outcome.unchanged) == (1, 2)
    assert len(catalog) == 1


def test_the_newest_papers_come_first(catalog: Catalog, papers: list[Paper]) -> None:
    catalog.add(reversed(papers))
    rows = catalog.newest()
    titles = [stored.paper.title for stored in catalog.get_many(rows)]
    assert titles == [paper.title for paper in papers]
    assert catalog.newest(2) == rows[:2]


def test_a_paper_that_gains_an_id_is_found_by_both_keys(catalog: Catalog) -> None:
    catalog.add([Paper("One Title")])
    old = Paper("One Title").key
    row = catalog.row_of(old)
    outcome = catalog.add([Paper("One Title", authors("A. Bee"), ids={"arxiv": "2301.00001"})])
    assert outcome.renamed == [(old, "arxiv:2301.00001")]
    assert catalog.row_of(old) == catalog.row_of("arxiv:2301.00001") == row


def test_a_paper_that_connects_two_rows_leaves_one(catalog: Catalog) -> None:
    catalog.add([Paper("The Name of a Preprint", ids={"arxiv": "2301.00001"})])
    catalog.add([Paper("The Name", ids={"doi": "10.1/x"})])
    first = catalog.last_change
    assert len(catalog) == 2
    catalog.add([Paper("The Name", ids={"doi": "10.1/x", "arxiv": "2301.00001"})])
    assert len(catalog) == 1
    assert catalog.removed_rows(first) == [2]
    assert catalog.row_of("doi:10.1/x") == catalog.row_of("arxiv:2301.00001") == 1
    assert catalog.get(2) is None


def test_the_number_of_a_removed_row_is_not_used_again(catalog: Catalog) -> None:
    test_a_paper_that_connects_two_rows_leaves_one(catalog)
    catalog.add([Paper("Another")])
    assert [stored.row for stored in catalog.iterate()] == [1, 3]


def test_two_papers_with_the_same_title_and_no_ids_have_different_keys(catalog: Catalog) -> None:
    catalog.add([Paper("Preface", venue="ACL"), Paper("Preface", venue="EMNLP")])
    keys = [stored.key for stored in catalog.iterate()]
    assert len(set(keys)) == 2
    assert [catalog.row_of(key) for key in keys] == [1, 2]
    assert catalog.add([Paper("Preface", venue="EMNLP")]).unchanged == 1


def test_get_many_keeps_the_order_of_the_rows(catalog: Catalog) -> None:
    catalog.add(Paper(f"Title {number}") for number in range(1200))
    rows = [700, 3, 1199, 3, 9999, 1]
    assert [stored.row for stored in catalog.get_many(rows)] == [700, 3, 1199, 3, 1]


def test_after_a_failure_only_complete_batches_are_there(catalog: Catalog) -> None:
    def papers() -> Iterator[Paper]:
        for number in range(BATCH_SIZE + 10):
            yield Paper(f"Title {number}")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalog.add(papers())
    assert len(catalog) == BATCH_SIZE


def test_papers_that_come_slowly_do_not_wait_for_a_whole_batch(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.catalog.catalog.MAX_BATCH_SECONDS", 0.0)
    seen: list[int] = []

    def papers() -> Iterator[Paper]:
        for number in range(3):
            yield Paper(f"Title {number}")
            seen.append(len(catalog))

    catalog.add(papers())
    assert seen == [1, 2, 3]


def test_two_processes_that_write_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "papers.db"

    def write(start: int) -> None:
        catalog = Catalog(path, create=True)
        for number in range(start, start + 40):
            catalog.add([Paper(f"Title {number}"), Paper("Shared Title")])
        catalog.close()

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 1000, 2000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    catalog = Catalog(path)
    assert len(catalog) == 121
    catalog.close()


def test_a_missing_file_reads_as_empty_and_is_not_created(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "papers.db")
    assert len(catalog) == 0
    catalog.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 50, b"SQLite format 3\0" + b"x" * 99]
)
def test_the_error_names_a_file_that_is_not_a_catalog(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "papers.db"
    path.write_bytes(content)
    with pytest.raises(SheafError, match=r"papers\.db"):
        Catalog(path)
    assert path.read_bytes() == content


def test_a_catalog_of_a_newer_version_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.commit()
    db.close()
    with pytest.raises(SheafError, match="newer Sheaf"):
        Catalog(path)


def test_the_published_paper_replaces_a_sample(catalog: Catalog) -> None:
    sample = Paper("T", abstract="a summary, a long one", abstract_source="sample")
    catalog.add([sample])
    assert catalog.add([Paper("T", abstract="the abstract")]).updated == 1
    stored = catalog.get(1)
    assert stored is not None
    assert stored.paper == sample._replace(abstract="the abstract", abstract_source="")


def test_a_catalog_on_a_read_only_medium_is_read(
    tmp_path: Path, papers: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "papers.db"
    catalog = Catalog(path, create=True)
    catalog.add(papers)
    catalog.close()
    real = sqlite3.connect

    def connect(name: str, **options: Any) -> sqlite3.Connection:
        if "immutable" not in name:
            raise sqlite3.OperationalError("unable to open database file")
        return real(name, **options)

    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setattr(sqlite3, "connect", connect)
    catalog = Catalog(path)
    assert len(catalog) == 4
    catalog.close()


def test_keys_are_found_by_row(catalog: Catalog, papers: list[Paper]) -> None:
    catalog.add(papers)
    assert catalog.keys_of([1, 99, 2]) == {1: "arxiv:2309.99901", 2: "doi:10.5555/long.2022"}
