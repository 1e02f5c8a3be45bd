"""sheaf list and sheaf show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.shell.conftest import Sheaf
from tui.core.paper import Paper
from tui.library.library import Library


def test_all_papers_are_listed_newest_first(sheaf: Sheaf, library: list[Paper]) -> None:
    done = sheaf("list")
    assert done.status == 0
    assert [line.split("\t")[3] for line in done.out.splitlines()] == [p.title for p in library]
    assert len(sheaf("list", "--limit", "2").out.splitlines()) == 2


def test_a_listed_paper_as_json_has_all_its_fields(sheaf: Sheaf, library: list[Paper]) -> None:
    sheaf("mark", "2309.99901", "--read", "--star", "--tag", "rag", "--rate", "4", "--note", "N")
    first, _, _, last = sheaf("list", "--json").objects
    assert first.pop("added")
    assert first == {
        "key": "arxiv:2309.99901",
        "title": library[0].title,
        "authors": list(library[0].author_names),
        "author": [author.to_csl() for author in library[0].authors],
        "abstract": library[0].abstract,
        "published": "2023-09-29",
        "listed": "2026-05-07",
        "listings": [{"day": "2026-05-07"}],
        "categories": ["cs.CL", "cs.AI"],
        "ids": {"arxiv": "2309.99901"},
        "links": {
            "abs": "https://arxiv.org/abs/2309.99901",
            "pdf": "https://arxiv.org/pdf/2309.99901",
        },
        "marks": {"read": True, "star": True, "tags": ["rag"], "rating": 4, "note": "N"},
    }
    assert sorted(last) == ["added", "key", "title"]


def test_a_query_finds_words_fields_and_marks(sheaf: Sheaf, library: list[Paper]) -> None:
    sheaf("mark", "10.5555/LONG.2022", "--star")
    found = {
        query: [str(each["title"])[:11] for each in sheaf("list", *query.split(), "--json").objects]
        for query in ("sparce transfomers", "is:starred", "author:kekule", "year:2021 -sparse")
    }
    assert found == {
        "sparce transfomers": ["Longformers"],
        "is:starred": ["Longformers"],
        "author:kekule": ["Longformers"],
        "year:2021 -sparse": ["日本語の論文を読む"],
    }


def test_a_filter_without_a_whole_value_is_explained(sheaf: Sheaf, library: list[Paper]) -> None:
    assert sheaf("list", "votes:").err.startswith("sheaf: votes: needs a value")
    assert sheaf("list", "year:20").err.startswith("sheaf: year:20 is no date")
    assert len(sheaf("list", "2309.99901", "OR", "(tag:none)", "--json").objects) == 1


def test_papers_are_listed_by_title(sheaf: Sheaf, library: list[Paper]) -> None:
    titles = [str(each["title"]) for each in sheaf("list", "--sort", "title", "--json").objects]
    assert sorted(titles, key=str.casefold) == titles


def test_papers_are_listed_by_first_author(sheaf: Sheaf, library: list[Paper]) -> None:
    found = sheaf("list", "--sort", "author", "--json").objects
    authors = [each.get("authors", ["-"])[0] for each in found]  # type: ignore[index]
    assert authors == ["Jürgen Kekulé", "Ada Lindqvist", "山田太郎", "-"]


def test_a_paper_is_shown_by_key_id_or_url(sheaf: Sheaf, library: list[Paper]) -> None:
    for name in ("arxiv:2309.99901", "2309.99901v2", "https://arxiv.org/abs/2309.99901"):
        assert "We keep the first tokens" in sheaf("show", name).out
    assert sheaf("show", "2309.99901", "--json").objects[0]["key"] == "arxiv:2309.99901"
    missing = sheaf("show", "9999.99999")
    assert missing.status == 1
    assert missing.err == "sheaf: no paper 9999.99999; `sheaf list` prints the keys\n"


def test_a_closed_pipe_is_not_an_error(sheaf: Sheaf, home: Path) -> None:
    with Library(home, create=True) as library:
        library.add(Paper(f"Title number {number}", abstract="x" * 2000) for number in range(300))
    done = subprocess.run(
        f"{sys.executable} -m tui list --json | head -1",
        shell=True,
        check=False,
        capture_output=True,
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == b""
