"""The command line as scripts use it: data on stdout, words on stderr, the exit status."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell.conftest import Sheaf
from tui import __version__
from tui.core.commands import COMMANDS
from tui.core.paper import Paper
from tui.library.library import Library


@pytest.fixture
def library(home: Path, papers: list[Paper]) -> list[Paper]:
    with Library(home, create=True) as library:
        library.add(papers)
    return papers


def test_version_and_help(sheaf: Sheaf) -> None:
    assert sheaf("--version").out == f"sheaf {__version__}\n"
    help_text = sheaf("--help").out
    for command in ("add", "list", "show", "mark", "doctor", "paths", "keys"):
        assert command in help_text
        assert sheaf(command, "--help").status == 0


def test_add_says_what_came_in(sheaf: Sheaf, tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text('{"title": "A"}\n{"title": "B"}\nnonsense\n', encoding="utf-8")
    done = sheaf("add", file)
    assert (done.status, done.out) == (1, "")
    assert f"sheaf: {file}:3: not JSON" in done.err
    assert done.err.endswith("2 added, 1 refused\n")
    again = sheaf("add", file, "--json")
    assert again.status == 1
    assert again.objects[0]["unchanged"] == 2
    assert again.objects[0]["refused"] == [
        {"where": f"{file}:3", "why": again.objects[0]["refused"][0]["why"]}  # type: ignore[index]
    ]


def test_add_from_standard_input(sheaf: Sheaf, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(b'{"title": "From a Pipe"}')

    monkeypatch.setattr(sys, "stdin", Stdin())
    assert sheaf("add", "-").status == 0
    assert [each["title"] for each in sheaf("list", "--json").objects] == ["From a Pipe"]


def test_add_does_not_bring_the_sample_library(sheaf: Sheaf, tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text('{"title": "A"}', encoding="utf-8")
    sheaf("add", file)
    assert len(sheaf("list", "--json").objects) == 1


def test_add_several_with_one_missing(sheaf: Sheaf, tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text('{"title": "A"}', encoding="utf-8")
    done = sheaf("--quiet", "add", tmp_path / "missing", file)
    assert done.status == 1
    assert done.err == f"sheaf: {tmp_path / 'missing'}: no such file or folder\n"
    assert len(sheaf("list").out.splitlines()) == 1


def test_list_all_newest_first(sheaf: Sheaf, library: list[Paper]) -> None:
    done = sheaf("list")
    assert done.status == 0
    assert [line.split("\t")[3] for line in done.out.splitlines()] == [p.title for p in library]
    assert len(sheaf("list", "--limit", "2").out.splitlines()) == 2


def test_list_as_json_has_the_fields_of_the_design(sheaf: Sheaf, library: list[Paper]) -> None:
    sheaf("mark", "2309.99901", "--read", "--star", "--tag", "rag", "--rate", "4", "--note", "N")
    first, _, _, last = sheaf("list", "--json").objects
    assert first.pop("added")
    assert first == {
        "key": "arxiv:2309.99901",
        "title": library[0].title,
        "authors": list(library[0].authors),
        "abstract": library[0].abstract,
        "published": "2023-09-29",
        "listed": "2026-05-07",
        "categories": ["cs.CL", "cs.AI"],
        "ids": {"arxiv": "2309.99901"},
        "links": {
            "abs": "https://arxiv.org/abs/2309.99901",
            "pdf": "https://arxiv.org/pdf/2309.99901",
        },
        "marks": {"read": True, "star": True, "tags": ["rag"], "rating": 4, "note": "N"},
    }
    assert sorted(last) == ["added", "key", "title"]


def test_list_finds_words_fields_and_marks(sheaf: Sheaf, library: list[Paper]) -> None:
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


def test_list_sorted(sheaf: Sheaf, library: list[Paper]) -> None:
    titles = [str(each["title"]) for each in sheaf("list", "--sort", "title", "--json").objects]
    assert sorted(titles, key=str.casefold) == titles


def test_show(sheaf: Sheaf, library: list[Paper]) -> None:
    for name in ("arxiv:2309.99901", "2309.99901v2", "https://arxiv.org/abs/2309.99901"):
        assert "We keep the first tokens" in sheaf("show", name).out
    assert sheaf("show", "2309.99901", "--json").objects[0]["key"] == "arxiv:2309.99901"
    missing = sheaf("show", "9999.99999")
    assert missing.status == 1
    assert missing.err == "sheaf: no paper 9999.99999; `sheaf list` prints the keys\n"


def test_mark_takes_back(sheaf: Sheaf, library: list[Paper]) -> None:
    key = "2309.99901"
    sheaf("mark", key, "--read", "--star", "--tag", "a,b c", "--rate", "5")
    sheaf("mark", key, "--unread", "--unstar", "--untag", "b", "--rate", "0")
    assert sheaf("show", key, "--json").objects[0]["marks"] == {"tags": ["a", "c"]}


def test_mark_of_an_unknown_key_marks_the_others(sheaf: Sheaf, library: list[Paper]) -> None:
    done = sheaf("mark", "nonsense", "2309.99901", "--star")
    assert done.status == 1
    assert "no paper nonsense" in done.err
    assert len(sheaf("list", "is:starred").out.splitlines()) == 1


def test_marks_follow_a_paper_that_gains_an_id(sheaf: Sheaf, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"title": "A Title"}', encoding="utf-8")
    sheaf("add", file)
    old = str(sheaf("list", "--json").objects[0]["key"])
    sheaf("mark", old, "--star", "--note", "mine")
    file.write_text('{"title": "A Title", "id": "2401.00001"}', encoding="utf-8")
    sheaf("add", file)
    found = sheaf("list", "--json").objects
    assert [(each["key"], each["marks"]) for each in found] == [
        ("arxiv:2401.00001", {"star": True, "note": "mine"})
    ]
    assert sheaf("show", old).status == 0


@pytest.mark.parametrize(
    "words",
    [
        ["mark", "x"],
        ["mark"],
        ["add"],
        ["show"],
        ["--nonsense"],
        ["list", "--nonsense"],
        ["list", "--limit", "-1"],
        ["mark", "x", "--rate", "6"],
        ["mark", "x", "--tag", " "],
        ["paths", "more"],
        ["add", "x", "--format", "nonsense"],
    ],
)
def test_wrong_use_is_one_line_and_status_2(sheaf: Sheaf, words: list[str]) -> None:
    done = sheaf(*words)
    assert done.status == 2
    assert done.out == ""
    assert "sheaf" in done.err.splitlines()[-1]
    assert "Traceback" not in done.err


def test_home_can_be_given_anywhere(sheaf: Sheaf, tmp_path: Path) -> None:
    for words in (["--home", tmp_path / "x", "paths"], ["paths", "--home", tmp_path / "x"]):
        assert sheaf(*words).out.splitlines()[0] == f"home    {tmp_path / 'x'}"
    places = sheaf("paths", "--json").objects[0]
    assert set(places) == {"home", "papers", "index", "state", "config"}


def test_reading_commands_create_nothing(sheaf: Sheaf, home: Path) -> None:
    for words in (["list"], ["list", "x"], ["show", "x"], ["doctor"], ["paths"], ["keys"]):
        sheaf(*words)
    assert not home.exists()


def test_keys_prints_the_table(sheaf: Sheaf) -> None:
    printed = sheaf("keys").out
    for command in COMMANDS:
        assert command.help in printed
        assert command.shown_keys in printed


def test_doctor_of_a_healthy_home(sheaf: Sheaf, library: list[Paper]) -> None:
    done = sheaf("doctor")
    assert done.status == 0
    assert "papers   4" in done.out
    assert "no problems" in done.out


def test_doctor_names_a_catalog_that_is_none(sheaf: Sheaf, home: Path) -> None:
    home.mkdir()
    (home / "papers.db").write_bytes(b"nonsense" * 100)
    done = sheaf("doctor")
    assert done.status == 1
    assert "papers.db: cannot be used" in done.out


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_a_home_that_cannot_be_made_is_one_line(sheaf: Sheaf, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    (tmp_path / "one.json").write_text('{"title": "A"}', encoding="utf-8")
    done = sheaf("--home", blocked / "home", "add", tmp_path / "one.json")
    assert done.status == 2
    assert done.err.startswith("sheaf: cannot write in the home folder")
    assert len(done.err.splitlines()) == 1


def sheaf_process(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tui", *words]
    return subprocess.run(command, check=False, capture_output=True, **options)  # type: ignore[call-overload, no-any-return]


def test_without_a_terminal_the_reader_says_so() -> None:
    done = sheaf_process(stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "sheaf: the reader needs a terminal; `sheaf list` prints papers for scripts"
    ]


def test_a_command_nearly_written_is_named(sheaf: Sheaf) -> None:
    meant = [sheaf("lst", "--json"), sheaf("lst"), sheaf("docter")]
    assert [done.status for done in meant] == [2, 2, 2]
    assert [done.err.rpartition("; ")[2] for done in meant] == [
        "did you mean sheaf list?\n",
        "did you mean sheaf list?\n",
        "did you mean sheaf doctor?\n",
    ]
    assert sheaf("attention", "--json").err.endswith("see sheaf --help\n")


def test_a_reader_of_our_data_that_leaves_is_no_error(sheaf: Sheaf, home: Path) -> None:
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


def test_hostile_names_reach_no_terminal_raw(sheaf: Sheaf, tmp_path: Path) -> None:
    name = "evil\x1b]0;title\x07\u202e.json"
    (tmp_path / name).write_text(json.dumps({"no": "title"}), encoding="utf-8")
    done = sheaf("add", tmp_path / name)
    assert done.status == 1
    assert not set("\x1b\x07\u202e") & set(done.err)


def test_marks_travel_by_export_and_import(
    sheaf: Sheaf, library: list[Paper], tmp_path: Path
) -> None:
    sheaf("mark", "2309.99901", "--star", "--tag", "rag", "--note", "two\nlines")
    file = tmp_path / "marks.json"
    assert sheaf("state", "export", file).status == 0
    assert sheaf("state", "export", file).status == 1
    assert sheaf("state", "export", file, "--force").status == 0
    other = tmp_path / "other"
    assert sheaf("--home", other, "state", "import", file).status == 0
    exported = sheaf("--home", other, "state", "export").out
    assert json.loads(exported) == json.loads(file.read_text(encoding="utf-8"))
    assert sheaf("state", "import", tmp_path / "missing").status == 1


def test_forgetting_ends_every_trace(sheaf: Sheaf, library: list[Paper], home: Path) -> None:
    sheaf("mark", "2309.99901", "--note", "a secret word")
    assert sheaf("state", "forget", "2309.99901").status == 0
    holders = [
        path for path in home.rglob("*") if path.is_file() and b"a secret word" in path.read_bytes()
    ]
    assert holders == []


def test_doctor_lists_marks_whose_paper_is_gone(
    sheaf: Sheaf, library: list[Paper], home: Path
) -> None:
    sheaf("mark", "2309.99901", "--star")
    (home / "papers.db").unlink()
    assert "arxiv:2309.99901" in sheaf("doctor").out


def test_a_damaged_state_is_named_and_repaired(
    sheaf: Sheaf, library: list[Paper], home: Path
) -> None:
    sheaf("mark", "2309.99901", "--star")
    file = home / "state.json"
    file.write_bytes(file.read_bytes()[:40])
    sick = sheaf("doctor")
    assert sick.status == 1
    assert "state.json" in sick.out
    assert len(sheaf("list", "is:starred").out.splitlines()) == 1
    assert sheaf("state", "repair").status == 0
    assert sheaf("doctor").status == 0
    assert len(sheaf("list", "is:starred").out.splitlines()) == 1


def test_list_by_first_author(sheaf: Sheaf, library: list[Paper]) -> None:
    found = sheaf("list", "--sort", "author", "--json").objects
    authors = [each.get("authors", ["-"])[0] for each in found]  # type: ignore[index]
    assert authors == ["Jürgen Kekulé", "Ada Lindqvist", "山田太郎", "-"]


def test_a_format_can_be_named(sheaf: Sheaf, tmp_path: Path) -> None:
    file = tmp_path / "refs.txt"
    file.write_text("@misc{a, title={A Title}, year={2024}}", encoding="utf-8")
    assert sheaf("add", file, "--format", "bibtex", "--json").objects[0]["added"] == 1
