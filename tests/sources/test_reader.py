"""The reader as a whole: what it imports, how it detects formats, and what it rejects."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources.reading import TODAY, read_text
from tui.sources.interface import RejectedRecord
from tui.sources.reader import FORMATS, read


def test_libraries_are_imported_where_they_are_used() -> None:
    code = (
        "import sys\n"
        "import tui.sources.reader\n"
        "late = {'rispy', 'feedparser', 'defusedxml', 'pylatexenc', 'pypdf',\n"
        "        'zstandard', 'textual', 'numpy'}\n"
        "sys.exit(str(late & set(sys.modules)) if late & set(sys.modules) else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_names_of_formats_are_unique() -> None:
    names = [source.name for source in FORMATS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"[]", "no papers in it, read as JSON"),
        (b"<modsCollection></modsCollection>", "no papers in it, read as MODS"),
        (b"% only a comment\n@string{a = {b}}\n", "no papers in it, read as BibTeX"),
        (b"<html><body>A page of the web</body></html>", "no papers in it, read as a web page"),
    ],
)
def test_a_file_without_papers_is_rejected(tmp_path: Path, content: bytes, why: str) -> None:
    papers, rejected = read_text(tmp_path, content)
    assert papers == []
    assert len(rejected) == 1
    assert why in rejected[0]


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (b"@misc{a, title = {T one}}", "T one"),
        (b'{"title": "T one"}', "T one"),
        (b"TY  - JOUR\nTI  - T one\nER  - \n", "T one"),
    ],
)
def test_the_extension_of_a_file_does_not_matter(
    tmp_path: Path, content: bytes, title: str
) -> None:
    for name in ("a.bib", "a.xml", "a.pdf", "a.zip", "a.csv"):
        papers, rejected = read_text(tmp_path, content, name)
        assert [paper.title for paper in papers] == [title]
        assert rejected == []


def test_an_unknown_format_name_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"{}")
    assert list(read(str(path), TODAY, "nonsense")) == [
        RejectedRecord(str(path), "no format is called “nonsense”")
    ]


def test_a_file_of_endless_refusals_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each refusal stays in memory; records with an identifier are looked up later."""
    monkeypatch.setattr("tui.sources.reader.MAX_FAILURES", 100)
    untitled = "@misc{a, year = 2020}\n" * 99
    text = f"{untitled}@misc{{b, title = {{A Work}}}}\n{untitled}@misc{{c, doi = {{10.5555/a}}}}\n"
    papers, rejected = read_text(tmp_path, text + untitled * 3, "a.bib")
    assert [paper.title for paper in papers] == ["A Work"]
    assert len(rejected) == 99 + 99 + 1 + 100 + 1
    assert rejected[-1] == "a.bib: 100 records in a row are no papers; the rest is not read"
