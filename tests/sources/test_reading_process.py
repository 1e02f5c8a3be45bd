"""Files that another process reads: the same records, whatever happens to the process."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tui.core.paper import Paper
from tui.sources import reader, reading_process
from tui.sources.interface import Notice, Record, RejectedRecord
from tui.sources.reading_process import ReadingProgress

PAPER = {
    "title": "On $O(n\\log n)$ Things",
    "authors": ["Ada Lindqvist", "Tomás Reyes"],
    "abstract": "We work.\n\nWell.",
    "published": "2024-02-28",
    "arxiv_id": "2402.99901",
    "url": "https://example.org/a",
    "categories": ["cs.CL"],
    "upvotes": 3,
    "counts": {"comments": 2},
}


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_process, "MIN_SIZE", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started, in order."""
    processes: list[subprocess.Popen[bytes]] = []
    real = reading_process._start_process

    def keep(*words: Any) -> Any:
        process = real(*words)
        if process:
            processes.append(process)
        return process

    monkeypatch.setattr(reading_process, "_start_process", keep)
    return processes


def read(*files: Path) -> list[Record]:
    names = [str(file) for file in files]
    return list(reading_process.read_all(names, "", ReadingProgress(names)))


def write(path: Path, count: int) -> Path:
    lines = (json.dumps({**PAPER, "arxiv_id": f"2402.{n:05}"}) + "\n" for n in range(count))
    path.write_text("".join(lines), encoding="utf-8")
    return path


def endless(path: Path) -> Iterator[Record]:
    """Records of a file so long that its process cannot have ended before all are taken."""
    write(path, 100_000)
    return reading_process.read_all([str(path)], "", ReadingProgress([str(path)]))


def test_the_other_process_reads_the_same_records(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    jsonl = tmp_path / "a.jsonl"
    lines = [json.dumps(PAPER), "{no json", json.dumps({"arxiv_id": "2402.99902"})]
    jsonl.write_text("\n".join(lines), encoding="utf-8")
    bibtex = tmp_path / "b.bib"
    bibtex.write_text("@article{k, title = {Of {Bib}TeX}, doi = {10.5555/b}}\n", encoding="utf-8")
    old = tmp_path / "c.bib"
    old.write_bytes("@article{k, title = {Étude des forêts}, doi = {10.5555/c}}\n".encode("cp1252"))
    found = read(jsonl, bibtex, old, tmp_path / "missing")
    assert len(started) == 1
    assert started[0].returncode == 0
    files = [str(jsonl), str(bibtex), str(old), str(tmp_path / "missing")]
    assert found == list(reading_process._read_here(files, "", ReadingProgress(())))
    assert [type(record) for record in found] == [
        Paper,
        RejectedRecord,
        RejectedRecord,
        Paper,
        Paper,
        Notice,
        RejectedRecord,
    ]
    first, third = found[0], found[2]
    assert isinstance(first, Paper)
    assert first.tex["title"] == PAPER["title"]
    assert isinstance(third, RejectedRecord)
    assert third.ids == {"arxiv": "2402.99902"}


def test_small_files_and_standard_input_are_read_here(
    tmp_path: Path, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path / "a.jsonl", 3)
    monkeypatch.setattr(reading_process, "MIN_SIZE", file.stat().st_size + 1)
    assert len(read(file)) == 3
    monkeypatch.setattr(reading_process, "MIN_SIZE", 1)
    monkeypatch.setattr("sys.stdin", file.open(encoding="utf-8"))
    assert (
        len(list(reading_process.read_all([str(file), "-"], "", ReadingProgress([str(file)])))) == 6
    )
    assert started == []


@pytest.mark.parametrize("program", ["/bin/false", "/no/such/program"])
def test_without_the_other_process_files_are_read_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    file = write(tmp_path / "a.jsonl", 3)
    monkeypatch.setattr(reading_process.sys, "executable", program)
    assert len(read(file)) == 3


def test_a_process_that_is_killed_is_reported(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    records = endless(tmp_path / "a.jsonl")
    assert isinstance(next(records), Paper)
    started[0].send_signal(signal.SIGKILL)
    *others, last = records
    assert len(others) < 99_999
    assert all(isinstance(record, Paper) for record in others)
    assert isinstance(last, RejectedRecord)
    assert last.where == str(tmp_path / "a.jsonl")
    assert "read only in part" in last.why


def test_the_other_process_ends_when_reading_stops(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    records = endless(tmp_path / "a.jsonl")
    next(records)
    records.close()  # type: ignore[attr-defined]
    assert started[0].returncode == -signal.SIGKILL


def test_progress_shows_how_far_the_other_process_is(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", 3000)
    progress = ReadingProgress([str(file)])
    seen = {progress.done for _ in reading_process.read_all([str(file)], "", progress)}
    assert len(seen) > 1
    assert progress.name == str(file)
    assert progress.done == progress.total == file.stat().st_size


def test_progress_counts_bytes_on_the_disk(tmp_path: Path) -> None:
    text = "".join(f'{{"title": "Title number {n}"}}\n' for n in range(9000))
    plain, packed = tmp_path / "a.jsonl", tmp_path / "folder" / "b.jsonl.gz"
    packed.parent.mkdir()
    plain.write_text(text, encoding="utf-8")
    packed.write_bytes(gzip.compress(text.encode()))
    names = [str(plain), str(packed.parent)]
    progress = ReadingProgress(names)
    assert progress.total == plain.stat().st_size + packed.stat().st_size
    seen = []
    for name in names:
        for _ in reader.read(name, date(2026, 11, 23), "", progress.on_open):
            seen.append(progress.done)
    assert seen == sorted(seen)
    assert 0 < seen[0] < seen[4500] < plain.stat().st_size
    assert seen[9000] > plain.stat().st_size
    assert progress.name == str(packed)
    assert progress.done == progress.total
    assert ReadingProgress(["-", str(tmp_path / "missing")]).total == 0
