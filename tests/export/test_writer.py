"""Atomic files, streams, progress, and citation keys saved before they are written."""

from __future__ import annotations

import io
import os
from pathlib import Path

import orjson
import pytest

from tests.authors import authors
from tui.core.errors import UsageError
from tui.core.paper import Paper
from tui.core.progress import Cancelled, Progress
from tui.export.citation_keys import TABLE
from tui.export.formats import FORMATS
from tui.export.writer import FileExistsAlready, export_papers, open_target
from tui.library.library import Library
from tui.state import SaveRefused

ALL = "jsonl"


def test_a_file_of_every_format(library: Library, tmp_path: Path) -> None:
    rows = library.catalog.newest()
    for form in FORMATS:
        path = tmp_path / f"out-{form.name}"
        report = export_papers(library, rows, form.name, path)
        assert report.count == 4
        assert report.summary.startswith(f"4 papers to {path} ({form.label}")
        assert path.read_bytes() if form.chunks else path.is_dir()


def test_papers_are_in_the_order_of_the_rows_and_missing_ones_left_out(library: Library) -> None:
    out = io.BytesIO()
    report = export_papers(library, [3, 99, 1], ALL, out)
    titles = [orjson.loads(line)["title"] for line in out.getvalue().splitlines()]
    assert titles == ["日本語の論文を読む", "Efficient Sinks for Streaming Attention"]
    assert report.summary == "2 papers (JSON lines)"


def test_an_existing_file_is_replaced_only_with_force(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("mine", encoding="utf-8")
    path.chmod(0o640)
    with pytest.raises(FileExistsAlready, match=r"refs\.bib exists; --force replaces it"):
        export_papers(library, [1], "bibtex", path)
    assert path.read_text() == "mine"
    assert library.store.documents(TABLE) == {}  # no citation key was made in vain
    export_papers(library, [1], "bibtex", path, force=True)
    assert path.read_text().startswith("@misc{lindqvist2023efficient,")
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path).count("refs.bib") == 1  # noqa: PTH208


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.bib"
    real.write_text("old", encoding="utf-8")
    link = tmp_path / "link.bib"
    link.symlink_to(real)
    with open_target(link, force=True) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_a_device_is_written_in_place() -> None:
    with open_target(Path(os.devnull), force=False) as file:
        file.write(b"x")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_a_failure_leaves_the_old_file(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("old", encoding="utf-8")

    def fail() -> None:
        with open_target(path, force=True) as file:
            file.write(b"half")
            raise error

    with pytest.raises((KeyboardInterrupt, UsageError)):
        fail()
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["refs.bib"]


def test_a_file_created_during_the_export_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"

    def create_file() -> None:
        with open_target(path, force=False) as file:
            file.write(b"ours")
            path.write_text("theirs", encoding="utf-8")

    with pytest.raises(FileExistsAlready):
        create_file()
    assert path.read_text() == "theirs"


def test_targets_that_cannot_be_written(tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="is a folder; name a file in it"),
        open_target(tmp_path, force=True),
    ):
        pass
    with (
        pytest.raises(UsageError, match="cannot be written"),
        open_target(tmp_path / "no" / "where", force=True),
    ):
        pass


def test_an_unknown_format_and_a_stream_for_a_folder_are_usage_errors(library: Library) -> None:
    with pytest.raises(UsageError, match="no format bib; the formats are bibtex, "):
        export_papers(library, [1], "bib", io.BytesIO())
    with pytest.raises(UsageError, match="name a folder"):
        export_papers(library, [1], "notes", io.BytesIO())


def many(count: int) -> list[Paper]:
    return [
        Paper(f"Title {n}", authors("Wei Li"), published="2020", ids={"arxiv": f"2001.{n:05}"})
        for n in range(count)
    ]


def test_progress_is_reported_and_an_export_can_be_cancelled(home: Path, tmp_path: Path) -> None:
    updates: list[str] = []
    progress = Progress(lambda: len(updates) == 2, lambda update: updates.append(update.text))
    with Library(home, create=True) as library:
        library.add(many(1200))
        rows = library.catalog.newest()
        with pytest.raises(Cancelled):
            export_papers(library, rows, ALL, tmp_path / "x", progress=progress)
        assert updates == ["exporting: 0 of 1,200", "exporting: 500 of 1,200"]
        assert [path.name for path in tmp_path.iterdir()] == ["home"]
        assert export_papers(library, rows, ALL, tmp_path / "x").count == 1200


def test_papers_are_read_in_blocks(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.catalog.catalog import Catalog

    asked: list[int] = []
    real = Catalog.get_many

    def count_rows(self: Catalog, rows: list[int]):  # type: ignore[no-untyped-def]
        asked.append(len(rows))
        return real(self, rows)

    monkeypatch.setattr(Catalog, "get_many", count_rows)
    with Library(home, create=True) as library:
        library.add(many(1200))
        for name in ("jsonl", "bibtex"):
            export_papers(library, library.catalog.newest(), name, io.BytesIO())
    assert max(asked) <= 500


def test_keys_that_cannot_be_saved_are_not_written(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raise_refused(*_: object) -> None:
        raise SaveRefused("the disk is full")

    monkeypatch.setattr(library.store, "apply", raise_refused)
    with pytest.raises(SaveRefused):
        export_papers(library, [1], "bibtex", tmp_path / "refs.bib")
    assert not (tmp_path / "refs.bib").exists()


def test_another_thread_uses_its_own_catalog(library: Library, home: Path) -> None:
    from tui.catalog.catalog import Catalog
    from tui.core import paths

    catalog = Catalog(paths.papers_db(home))
    out = io.BytesIO()
    assert export_papers(library, [1, 2], "csl", out, catalog=catalog).count == 2
    catalog.close()
