"""ReadingProgress: how many bytes of the files have been read."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

from tui.sources.reader import read
from tui.sources.reading_progress import ReadingProgress


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
        for _ in read(name, date(2026, 11, 23), "", progress.on_open):
            seen.append(progress.done)
    assert seen == sorted(seen)
    assert 0 < seen[0] < seen[4500] < plain.stat().st_size
    assert seen[9000] > plain.stat().st_size
    assert progress.name == str(packed)
    assert progress.done == progress.total
    assert ReadingProgress(["-", str(tmp_path / "missing")]).total == 0
