"""The index on disk gives the right answers whatever happens to its files."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.index.conftest import answers, paper
from tui.catalog.catalog import Catalog
from tui.core.progress import Cancelled, Progress, ProgressUpdate
from tui.index.folder import MAX_SEGMENTS
from tui.index.index import Index

Right = Callable[[Catalog], list[list[int]]]


def _built(folder: Path, catalog: Catalog) -> Index:
    index = Index.open(folder, catalog)
    index.update(catalog)
    return index


def _segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.segment"))


def test_an_index_is_complete_when_it_is_opened_again(
    tmp_path: Path, catalog: Catalog, right: Right
) -> None:
    index = Index.open(tmp_path / "index", catalog)
    assert index.is_stale
    assert index.snapshot.count == 0
    index.update(catalog)
    assert not index.is_stale
    again = Index.open(tmp_path / "index", catalog)
    assert not again.is_stale
    assert answers(again) == right(catalog)


def test_new_papers_become_a_new_segment(tmp_path: Path, catalog: Catalog, right: Right) -> None:
    index = _built(tmp_path / "index", catalog)
    before = _segments(tmp_path / "index")
    catalog.add([paper(50), paper(51)])
    assert index.is_stale
    index.update(catalog)
    assert set(before) < set(_segments(tmp_path / "index"))
    assert answers(index) == right(catalog)
    assert answers(Index.open(tmp_path / "index", catalog)) == right(catalog)


def test_old_versions_of_papers_are_not_found(
    tmp_path: Path, catalog: Catalog, right: Right
) -> None:
    index = _built(tmp_path / "index", catalog)
    catalog.add([paper(3, abstract="A longer abstract about transformers and learning to see.")])
    catalog.add([paper(7, published="1990", ids={"doi": "10.1/x"})])  # another year, another paper
    index.update(catalog)
    catalog.add([paper(7, ids={"doi": "10.1/x", "arxiv": "2401.00007"})])
    assert catalog.removed_rows()
    index.update(catalog)
    assert answers(index) == right(catalog)
    assert answers(Index.open(tmp_path / "index", catalog)) == right(catalog)


def test_many_small_segments_are_merged(tmp_path: Path, catalog: Catalog, right: Right) -> None:
    index = _built(tmp_path / "index", catalog)
    for number in range(100, 112):
        catalog.add([paper(number), paper(number - 90, abstract=f"new text {number} " * 9)])
        index.update(catalog)
        assert len(_segments(tmp_path / "index")) <= MAX_SEGMENTS
        assert answers(index) == right(catalog)


@pytest.mark.parametrize("name", ["manifest", "segment"])
def test_a_damaged_file_is_not_used(
    tmp_path: Path, catalog: Catalog, right: Right, name: str
) -> None:
    folder = tmp_path / "index"
    _built(folder, catalog)
    expected = right(catalog)
    path = folder / "manifest.json" if name == "manifest" else _segments(folder)[0]
    data = path.read_bytes()
    step = max(len(data) // 40, 1)
    damaged = [data[:-1], data[: len(data) // 2], b"", data + b"x"]
    damaged += [
        data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :] for at in range(0, len(data), step)
    ]
    for bad in damaged:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bad)
        index = Index.open(folder, catalog)
        assert answers(index) == expected if not index.is_stale else index.snapshot.count == 0
        index.update(catalog)
        assert answers(index) == expected
        if name == "segment":
            path = _segments(folder)[0]
            data = path.read_bytes()


def test_missing_segments_are_built_again(tmp_path: Path, catalog: Catalog, right: Right) -> None:
    _built(tmp_path / "index", catalog)
    for path in _segments(tmp_path / "index"):
        path.unlink()
    index = Index.open(tmp_path / "index", catalog)
    assert index.is_stale
    index.update(catalog)
    assert answers(index) == right(catalog)


def test_a_copied_index_is_used_after_comparing_checksums(tmp_path: Path, catalog: Catalog) -> None:
    _built(tmp_path / "index", catalog)
    path = _segments(tmp_path / "index")[0]
    os.utime(path, (1, 1))
    assert not Index.open(tmp_path / "index", catalog).is_stale
    assert _built(tmp_path / "index", catalog)
    assert _segments(tmp_path / "index") == [path]


def test_the_index_of_another_catalog_is_not_used(tmp_path: Path, catalog: Catalog) -> None:
    _built(tmp_path / "index", catalog)
    time.sleep(1.1)  # the catalog notes seconds
    other = Catalog(tmp_path / "other.db", create=True)
    other.add(paper(n + 100) for n in range(40))
    assert other.last_change == catalog.last_change
    index = Index.open(tmp_path / "index", other)
    assert index.is_stale
    index.update(other)
    assert index.snapshot.title(0) == paper(100).title


def test_a_cancelled_update_changes_nothing(tmp_path: Path, catalog: Catalog, right: Right) -> None:
    index = Index.open(tmp_path / "index", catalog)
    with pytest.raises(Cancelled):
        index.update(catalog, Progress(lambda: True))
    assert index.is_stale
    index.update(catalog)
    assert answers(index) == right(catalog)


def test_progress_counts_papers(tmp_path: Path, catalog: Catalog) -> None:
    seen: list[ProgressUpdate] = []
    index = Index.open(tmp_path / "index", catalog)
    index.update(catalog, Progress(report=seen.append))
    assert (seen[0].done, seen[0].total) == (0, 40)


def test_without_a_writable_folder_the_index_is_in_memory(
    tmp_path: Path, catalog: Catalog, right: Right
) -> None:
    (tmp_path / "index").write_text("a file, not a folder")
    index = Index.open(tmp_path / "index", catalog)
    index.update(catalog)
    assert index.problem
    assert answers(index) == right(catalog)
    catalog.add([paper(77)])
    index.update(catalog)
    assert answers(index) == right(catalog)


def test_a_reader_keeps_its_snapshot_until_it_updates(
    tmp_path: Path, catalog: Catalog, right: Right
) -> None:
    index = _built(tmp_path / "index", catalog)
    reader = Index.open(tmp_path / "index", catalog)
    before = answers(reader)
    catalog.add([paper(70)])
    index.update(catalog)
    for number in range(80, 80 + MAX_SEGMENTS + 1):
        catalog.add([paper(number)])
        index.update(catalog)
    assert answers(reader) == before
    reader.update(catalog)
    assert answers(reader) == right(catalog)


KILLS = int(os.environ.get("SHEAF_KILLS", "4"))
"""Builds to kill; set SHEAF_KILLS=50 to try many."""

BUILD = """
import sys
from pathlib import Path
from tui.catalog.catalog import Catalog
from tui.index import segment_builder
from tui.index.index import Index
segment_builder.LETTERS_PER_SEGMENT = 400
catalog = Catalog(Path(sys.argv[1]))
index = Index.open(Path(sys.argv[2]), catalog)
print("begin", flush=True)
index.update(catalog)
print("end", flush=True)
"""


def test_a_build_that_is_killed_leaves_a_usable_index(
    tmp_path: Path, catalog: Catalog, right: Right
) -> None:
    folder = tmp_path / "index"
    for number in range(KILLS):
        catalog.add([paper(200 + number), paper(number, abstract=f"again {number} " * number)])
        command = [sys.executable, "-c", BUILD, str(catalog.path), str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            assert process.stdout.readline() == b"begin\n"
            time.sleep(0.4 * number / KILLS)
            process.kill()
        index = Index.open(folder, catalog)
        assert index.is_stale or answers(index) == right(catalog)
        index.update(catalog)
        assert answers(index) == right(catalog)
    assert {path.suffix for path in folder.iterdir()} == {"", ".json", ".segment"}
