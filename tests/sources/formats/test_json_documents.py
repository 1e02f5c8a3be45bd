"""JSON and JSON lines, whole and damaged: good records are read, the others rejected."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.authors import authors
from tui.core.paper import Paper
from tui.sources.interface import RejectedRecord
from tui.sources.names import parse_authors
from tui.sources.reader import read

TODAY = date(2026, 11, 23)

RECORD: dict[str, Any] = {
    "id": "2402.99901",
    "title": "On\nTwo Lines",
    "authors": ["Ada Lindqvist", "Reyes, Tomás"],
    "abstract": "An abstract.\nStill the same paragraph.",
    "date": "2024-02-28",
    "year": 2024,
    "venue": "arXiv",
    "categories": ["cs.CL", "cs.AI"],
    "url": "https://arxiv.org/abs/2402.99901",
    "pdf_url": "https://arxiv.org/pdf/2402.99901",
    "doi": "10.5555/ABC",
    "comment": "4 pages",
}


def read_all(path: Path) -> tuple[list[Paper], list[str]]:
    records = list(read(str(path), TODAY))
    rejected = [str(record) for record in records if isinstance(record, RejectedRecord)]
    return (
        [record for record in records if isinstance(record, Paper)],
        [line.replace(str(path), path.name) for line in rejected],
    )


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_every_field_of_a_record_is_read(tmp_path: Path) -> None:
    papers, rejected = read_all(write(tmp_path / "a.jsonl", json.dumps(RECORD)))
    assert rejected == []
    assert papers == [
        Paper(
            "On Two Lines",
            authors("Ada Lindqvist", "Tomás Reyes"),
            "An abstract. Still the same paragraph.",
            "2024-02-28",
            venue="arXiv",
            categories=("cs.CL", "cs.AI"),
            ids={"arxiv": "2402.99901", "doi": "10.5555/abc"},
            links={
                "abs": "https://arxiv.org/abs/2402.99901",
                "pdf": "https://arxiv.org/pdf/2402.99901",
            },
            sources=("a.jsonl",),
            comment="4 pages",
        )
    ]


TITLES = [{"title": f"Title {number}"} for number in range(4)]
LINES = "\n".join(json.dumps(each) for each in TITLES)


@pytest.mark.parametrize(
    "content",
    [
        LINES,
        LINES + "\n",
        LINES.replace("\n", "\r\n"),
        "\n\n" + LINES.replace("\n", "\n\n"),
        b"\xef\xbb\xbf" + LINES.encode(),
        LINES.encode("utf-16"),
        json.dumps(TITLES),
        json.dumps(TITLES, indent=2),
        json.dumps({"papers": TITLES}),
        json.dumps({"total": 4, "results": TITLES}, indent=1),
        gzip.compress(LINES.encode(), mtime=0),
        gzip.compress(json.dumps(TITLES).encode(), mtime=0),
    ],
)
def test_records_are_found_in_every_kind_of_document(tmp_path: Path, content: bytes | str) -> None:
    papers, rejected = read_all(write(tmp_path / "file", content))
    assert [paper.title for paper in papers] == [each["title"] for each in TITLES]
    assert rejected == []


def test_one_record_is_one_paper(tmp_path: Path) -> None:
    assert len(read_all(write(tmp_path / "a.json", json.dumps(RECORD, indent=2)))[0]) == 1


def test_bad_lines_are_rejected_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [
        '{"title": "Good"}',
        '{"title": "cut off',
        "[1, 2]",
        '{"abstract": "no title"}',
        '{"title": 5}',
        '{"title": " \\u200b "}',
        "",
        '{"title": "NaN is no number", "year": NaN}',
        '{"title": "half \\ud800 a character"}',
        '{"title": "Last"}',
    ]
    papers, rejected = read_all(write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert [paper.title for paper in papers] == [
        "Good",
        "NaN is no number",
        "half \ufffd a character",
        "Last",
    ]
    assert [each.split(": ")[0] for each in rejected] == [f"a.jsonl:{n}" for n in (2, 3, 4, 5, 6)]
    assert "not JSON" in rejected[0]
    assert rejected[2:] == [
        "a.jsonl:4: no title",
        "a.jsonl:5: the title is not text",
        "a.jsonl:6: the title is empty",
    ]


def test_a_broken_document_gives_its_whole_records(tmp_path: Path) -> None:
    whole = json.dumps(TITLES, indent=1)
    papers, rejected = read_all(write(tmp_path / "a.json", whole[:-20]))
    assert [paper.title for paper in papers] == ["Title 0", "Title 1", "Title 2"]
    assert len(rejected) == 1
    assert rejected[0].startswith("a.json:11: not JSON")


def test_a_cut_gz_gives_what_was_before_the_cut(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"title": f"{n} {hash(str(n))}"}) for n in range(5000))
    packed = gzip.compress(lines.encode())
    papers, rejected = read_all(write(tmp_path / "a.gz", packed[: len(packed) // 2]))
    assert 1000 < len(papers) < 4000
    assert "the compressed file is damaged after" in rejected[0]


@pytest.mark.parametrize("tail", ["{" * 50_000, "\\\\{" * 50_000, '{"items": [' * 10_000])
def test_a_document_with_thousands_of_breaks_is_given_up(
    tmp_path: Path, tail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of attempts to read an object is bounded, and so is the work they do."""
    attempts = 0
    plain = json.JSONDecoder.raw_decode

    def raw_decode(self: json.JSONDecoder, text: str, idx: int = 0) -> Any:
        nonlocal attempts
        attempts += 1
        return plain(self, text, idx)

    monkeypatch.setattr(json.JSONDecoder, "raw_decode", raw_decode)
    papers, rejected = read_all(write(tmp_path / "a.json", '[{"title": "Good"}, ' + tail))
    assert [paper.title for paper in papers] == ["Good"]
    assert "not JSON in too many places" in rejected[-1]
    assert attempts < 1100


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "a PNG image"),
        (bytes(range(256)), "not text"),
        (b"Just a letter to my aunt, with no paper in it.", "unknown format"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"a":' * 100_000, "nested too deep"),
        (b"{", "not JSON"),
        (b"[1, 2, 3]", "not an object with a title"),
        (b"\x1f\x8b\x08\0\0", "the compressed file is damaged"),
    ],
)
def test_unreadable_files_are_rejected_with_the_reason(
    tmp_path: Path, content: bytes, why: str
) -> None:
    papers, rejected = read_all(write(tmp_path / "file", content))
    assert papers == []
    assert any(why in each for each in rejected)
    assert all(each.startswith("file") for each in rejected)


def test_what_is_not_a_file_is_rejected(tmp_path: Path) -> None:
    assert read_all(tmp_path / "missing")[1] == ["missing: no such file or folder"]
    assert read_all(Path("/dev/zero"))[1] == ["zero: a device, not a file"]
    (tmp_path / "empty").mkdir()
    assert read_all(tmp_path / "empty")[1] == ["empty: the folder has no files"]


def test_a_folder_is_read_in_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write(tmp_path / "b.json", '{"title": "B"}')
    write(tmp_path / "deep" / "c.jsonl.gz", gzip.compress(b'{"title": "C"}'))
    write(tmp_path / "a.json", '{"title": "A"}')
    write(tmp_path / ".hidden.json", '{"title": "Hidden"}')
    papers, rejected = read_all(tmp_path)
    assert [paper.title for paper in papers] == ["A", "B", "C"]
    assert rejected == []


def test_a_line_that_is_too_long_is_rejected_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.sources.formats.json_documents.MAX_LINE", 100)
    lines = ['{"title": "A"}', json.dumps({"title": "x" * 1000}), '{"title": "B"}']
    papers, rejected = read_all(write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert [paper.title for paper in papers] == ["A", "B"]
    assert [each.split(": ")[0] for each in rejected] == ["a.jsonl:2"]


def test_links_that_a_browser_should_not_get_are_left_out(tmp_path: Path) -> None:
    record = {"title": "T", "url": "javascript:alert(1)", "pdf_url": "file:///etc/passwd"}
    papers, _ = read_all(write(tmp_path / "a.json", json.dumps(record)))
    assert papers[0].all_links == {}


def test_odd_values_are_read(shared: Path) -> None:
    papers, rejected = read_all(shared / "corpora" / "oddities.jsonl")
    assert len(papers) == 629
    assert rejected == []


@pytest.mark.parametrize(
    ("authors", "shown"),
    [
        (["Smith J.", "van der Berg A.-B."], ("J. Smith", "A.-B. van der Berg")),
        ("Kowalski J.; Nowak AB", ("J. Kowalski", "A. B. Nowak")),
        (["Wei LI", "Yu XU"], ("Wei LI", "Yu XU")),
        (["Martin King Jr."], ("Martin King Jr.",)),
        (["Smith J.", "Song Han"], ("J. Smith", "Song Han")),
        (["Wei Li 0001", "Team 2020"], ("Wei Li", "Team 2020")),
    ],
)
def test_names_that_end_in_initials_are_reversed(authors: object, shown: tuple[str, ...]) -> None:
    names, _ = parse_authors(authors)
    assert tuple(map(str, names)) == shown
