"""`sheaf add ID|URL`: files and look-ups in one command, and its words."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services.fake_services import FakeServices, KnownPaper
from tests.shell.conftest import Sheaf
from tui.core.progress import Progress
from tui.services import lookup
from tui.sources.interface import Record, RejectedRecord

SINKS = KnownPaper("Efficient Sinks for Streaming Attention", arxiv="2309.99901")
LONG = KnownPaper("Longformers Revisited", doi="10.5555/long.2022")


@pytest.fixture(autouse=True)
def _add_known_papers(world: FakeServices) -> None:
    world.known += [SINKS, LONG]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text('{"title": "From a File"}\n', encoding="utf-8")
    return path


def _titles(sheaf: Sheaf) -> set[str]:
    return {str(each["title"]) for each in sheaf("list", "--json").objects}


def test_files_ids_and_urls_are_added_in_one_command(
    sheaf: Sheaf, file: Path, world: FakeServices
) -> None:
    done = sheaf("add", "2309.99901", file, "https://doi.org/10.5555/long.2022")
    assert (done.status, done.out, done.err) == (0, "", "3 added\n")
    assert _titles(sheaf) == {"From a File", SINKS.title, LONG.title}
    again = sheaf("add", "arXiv:2309.99901v3", "--json")
    assert again.objects == [
        {
            "read": 1,
            "added": 0,
            "updated": 0,
            "unchanged": 1,
            "refused": [],
            "kept_apart": [],
            "notices": [],
        }
    ]


def test_a_file_named_like_an_id_is_read(
    sheaf: Sheaf, tmp_path: Path, world: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("2309.99901").write_text('{"title": "A File Called So"}', encoding="utf-8")
    Path("10.5555").mkdir()
    Path("10.5555/long.2022").write_text('{"title": "Another File"}', encoding="utf-8")
    assert sheaf("add", "2309.99901", "10.5555/long.2022").status == 0
    assert _titles(sheaf) == {"A File Called So", "Another File"}
    assert world.requests == []


@pytest.mark.usefixtures("offline")
def test_offline_files_are_added_and_each_id_is_rejected(sheaf: Sheaf, file: Path) -> None:
    done = sheaf("add", "2309.99901", file, "doi:10.5555/long.2022", "--json")
    assert done.status == 1
    why = "offline; try again later, or add a file"
    assert done.objects == [
        {
            "read": 3,
            "added": 1,
            "updated": 0,
            "unchanged": 0,
            "refused": [
                {"where": "2309.99901", "why": why},
                {"where": "doi:10.5555/long.2022", "why": why},
            ],
            "kept_apart": [],
            "notices": [],
        }
    ]
    assert f"sheaf: 2309.99901: {why}\n" in sheaf("add", "2309.99901").err
    assert _titles(sheaf) == {"From a File"}


def test_the_option_offline_sends_no_request(
    sheaf: Sheaf, file: Path, world: FakeServices, tmp_path: Path
) -> None:
    ids = tmp_path / "ids.txt"
    ids.write_text("2309.99901\n", encoding="utf-8")
    done = sheaf("add", "--offline", "10.5555/long.2022", file, ids)
    assert done.status == 1
    assert "sheaf: 10.5555/long.2022: not looked up because of --offline" in done.err
    assert f"sheaf: {ids}:1: arxiv:2309.99901, but no title beside it\n" in done.err
    assert done.err.endswith("1 added, 2 refused\n")
    assert world.requests == []


def test_a_list_of_ids_is_looked_up_in_one_request(
    sheaf: Sheaf, world: FakeServices, tmp_path: Path
) -> None:
    ids = tmp_path / "ids.txt"
    names = [f"2401.{number:05}" for number in range(60)]
    world.known += [KnownPaper(f"Paper Number {name}", arxiv=name) for name in names]
    ids.write_text("\n".join([*names, "10.5555/long.2022", "2309.99902"]), encoding="utf-8")
    done = sheaf("add", ids)
    assert done.status == 1
    assert f"sheaf: {ids}:62: arxiv:2309.99902, but no title beside it; arXiv, " in done.err
    assert done.err.endswith("61 added, 1 refused\n")
    assert (world.count("arxiv"), world.count("crossref"), world.count("s2")) == (1, 1, 1)

    world.requests.clear()
    again = sheaf("add", ids)
    assert again.err.endswith("61 already here, 1 refused\n")
    assert [asked.params["id_list"] for asked in world.requests if asked.service == "arxiv"] == [
        "2309.99902"
    ]


def test_a_record_without_a_title_is_looked_up(
    sheaf: Sheaf, world: FakeServices, tmp_path: Path
) -> None:
    bib = tmp_path / "a.bib"
    bib.write_text("@article{a, doi = {10.5555/long.2022}}", encoding="utf-8")
    assert sheaf("add", bib).err == "1 added\n"
    assert _titles(sheaf) == {LONG.title}


def test_text_that_is_neither_a_file_nor_an_id_is_rejected(
    sheaf: Sheaf, world: FakeServices
) -> None:
    done = sheaf("add", "some words")
    assert done.err.startswith("sheaf: some words: no such file or folder\n")
    assert world.requests == []


def test_the_url_of_a_service_comes_from_the_config(
    sheaf: Sheaf, home: Path, world: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHEAF_ARXIV_URL")
    home.mkdir()
    text = f'[network]\nmail = "ada@example.org"\narxiv_url = "{world.url}/arxiv"\n'
    (home / "config.toml").write_text(text, encoding="utf-8")
    assert sheaf("add", "2309.99901").status == 0
    assert "ada@example.org" in world.requests[0].agent


def test_an_interrupted_look_up_keeps_what_was_found(
    sheaf: Sheaf, world: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up_until_interrupted(
        requests: Any, network: Any, progress: Progress
    ) -> Iterator[Record]:
        first, second = requests
        yield from real([first], network)
        signal.raise_signal(signal.SIGINT)
        assert progress.cancelled()
        yield RejectedRecord(second.where, "stopped before it was looked up")

    real = lookup.look_up
    monkeypatch.setattr(lookup, "look_up", look_up_until_interrupted)
    done = sheaf("add", "2309.99901", "10.5555/long.2022")
    assert done.status == 130
    assert done.err.endswith("1 added, 1 refused\n")
    assert _titles(sheaf) == {SINKS.title}
