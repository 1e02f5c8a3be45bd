"""Archives: every kind is read; files that expand too much or lead outside are rejected."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest
import zstandard

from tests.sources.reading import read_text

LINES = b"".join(b'{"title": "Title %d"}\n' % number for number in range(2000))


def make_zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(LINES),
        bz2.compress(LINES),
        lzma.compress(LINES),
        zstandard.compress(LINES),
        make_zip({"deep/a.jsonl": LINES, "__MACOSX/x": b"rubbish", ".hidden": b"rubbish"}),
        make_zip({"a.jsonl.gz": gzip.compress(LINES)}),
        gzip.compress(make_zip({"a.jsonl": LINES})),
    ],
    ids=["gz", "bz2", "xz", "zst", "zip", "gz in zip", "zip in gz"],
)
def test_every_kind_of_compression_is_read(tmp_path: Path, data: bytes) -> None:
    papers, rejected = read_text(tmp_path, data)
    assert len(papers) == 2000
    assert rejected == []


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, zstandard.compress])
def test_a_cut_file_gives_what_was_before_the_cut(tmp_path: Path, pack) -> None:  # type: ignore[no-untyped-def]
    noise = b"".join(b'{"title": "%d"}\n' % hash(str(number)) for number in range(12_000))
    data = pack(noise)
    papers, rejected = read_text(tmp_path, data[: len(data) * 2 // 3])
    assert 100 < len(papers) < 12_000
    assert rejected


def test_files_of_a_zip_that_are_not_read_are_rejected_by_name(tmp_path: Path) -> None:
    data = make_zip({
        "good.json": b'{"title": "Good"}',
        "../../outside.json": b'{"title": "Outside"}',
        "/etc/absolute.json": b'{"title": "Absolute"}',
        "large.json": b" " * 70_000_000,
    })  # fmt: skip
    papers, rejected = read_text(tmp_path, data, "a.zip")
    assert [paper.title for paper in papers] == ["Good"]
    assert rejected[0] == "a.zip: ../../outside.json: the name leads outside the archive"
    assert rejected[1] == "a.zip: etc/absolute.json: the name leads outside the archive"
    assert "400 times its size" in rejected[2]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress])
def test_a_file_that_expands_too_much_is_not_read_to_its_end(
    tmp_path: Path, pack, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("tui.sources.archives.FREE_SIZE", 2**19)
    data = pack(b'{"title": "Good"}\n' * 3 + b" " * 12_000_000)
    papers, rejected = read_text(tmp_path, data)
    assert [paper.title for paper in papers] == ["Good"] * 3
    assert "400 times its size" in rejected[0]


def test_an_office_document_is_not_an_archive(tmp_path: Path) -> None:
    data = make_zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    papers, rejected = read_text(tmp_path, data, "a.docx")
    assert papers == []
    assert len(rejected) == 1
    assert "office document" in rejected[0]


def test_a_damaged_zip_is_rejected(tmp_path: Path) -> None:
    papers, rejected = read_text(tmp_path, make_zip({"a.json": LINES})[:-30])
    assert papers == []
    assert "the zip is damaged" in rejected[0]


def test_zips_in_zips_share_one_allowance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many bytes come out of all levels as may come out of the outermost file."""
    monkeypatch.setattr("tui.sources.archives.FREE_SIZE", 2**19)
    inside = b'{"title": "Good"}\n' + b"\n" * 250_000
    inner = make_zip({f"{number}.jsonl": inside for number in range(20)})
    data = make_zip({f"{number}.zip": inner for number in range(20)})
    papers, rejected = read_text(tmp_path, data, "a.zip")
    assert 0 < (len(papers) - 1) * len(inside) < 2**19 + 400 * len(data)
    assert "400 times its size" in rejected[-1]
