"""`sheaf export`: what goes to stdout, to a file, and what is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.shell.conftest import Sheaf
from tui.core.paper import Paper
from tui.library.library import Library

BIB = "@misc{lindqvist2023efficient,\n"


@pytest.fixture(autouse=True)
def _papers(home: Path, papers: list[Paper]) -> None:
    with Library(home, create=True) as library:
        library.add(papers)


def test_standard_output_has_the_papers_and_nothing_else(sheaf: Sheaf) -> None:
    done = sheaf("export", "sinks", "--format", "bibtex")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(BIB)
    assert sheaf("export", "--format", "jsonl").out == sheaf("list", "--json").out


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "ris", "csl", "csv", "markdown", "html"])
def test_every_format_can_be_printed(sheaf: Sheaf, name: str) -> None:
    done = sheaf("export", "--format", name, "-o", "-")
    assert done.status == 0
    assert "Efficient Sinks for Streaming Attention" in done.out


def test_the_name_of_the_file_gives_the_format(sheaf: Sheaf, tmp_path: Path) -> None:
    for name, start in (
        ("a.bib", BIB),
        ("a.ris", "TY  - GEN"),
        ("a.json", "[\n{"),
        ("a.csv", "key,"),
    ):
        done = sheaf("export", "sinks", "-o", tmp_path / name)
        assert (done.status, done.out) == (0, "")
        assert done.err.startswith(f"1 paper to {tmp_path / name} (")
        assert (tmp_path / name).read_text().startswith(start)
    assert sheaf("--quiet", "export", "sinks", "-o", tmp_path / "b.bib").err == ""


def test_an_existing_file_is_replaced_only_with_force(sheaf: Sheaf, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("mine", encoding="utf-8")
    done = sheaf("export", "-o", path)
    assert done.status == 1
    assert "exists; --force replaces it" in done.err
    assert path.read_text() == "mine"
    assert sheaf("export", "-o", path, "--force").status == 0
    assert "lindqvist2023efficient" in path.read_text()


@pytest.mark.parametrize(("answer", "written"), [("y\n", True), ("n\n", False), ("", False)])
def test_on_a_terminal_replacing_a_file_is_a_question(
    sheaf: Sheaf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, written: bool
) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("mine", encoding="utf-8")
    monkeypatch.setattr(sys.stdin, "readline", lambda: answer)
    monkeypatch.setattr("tui.shell.export._has_person", lambda: True)
    done = sheaf("export", "-o", path)
    assert "refs.bib exists; replace it? [y/N]" in done.err
    assert done.status == (0 if written else 1)
    assert (path.read_text() != "mine") == written


def test_query_order_and_limit_choose_the_papers(sheaf: Sheaf) -> None:
    out = sheaf("export", "--format", "jsonl", "--sort", "title", "--limit", "2").objects
    assert [paper["title"] for paper in out] == [
        "A Title Without Anything Else",
        "Efficient Sinks for Streaming Attention",
    ]
    out = sheaf("export", "attention", "-longformers", "-onlooker", "--format", "jsonl").objects
    assert [paper["key"] for paper in out] == ["arxiv:2309.99901"]


def test_no_file_is_written_if_nothing_matches(sheaf: Sheaf, tmp_path: Path) -> None:
    done = sheaf("export", "id:nosuchpaper", "-o", tmp_path / "a.bib")
    assert done.status == 1
    assert "no paper matches; nothing is written" in done.err
    assert not (tmp_path / "a.bib").exists()
    done = sheaf("export", "id:nosuchpaper", "--format", "csl")
    assert (done.status, done.out, done.err) == (0, "[]\n", "no paper matches\n")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--format", "bib"], "there is no format bib; the formats are bibtex, "),
        ([], "name the format with --format; the formats are bibtex, "),
        (["-o", "x.docx"], "name the format"),
        (["--format", "notes"], "name a folder with -o FOLDER"),
        (["--formt", "ris"], "unknown option --formt"),
        (["--format", "ris", "--limit", "-1"], "a number of papers is 0 or more"),
        (["--format", "ris", "-o", "no/such/folder.ris"], "cannot be written"),
    ],
)
def test_wrong_use_of_export_names_the_mistake(sheaf: Sheaf, words: list[str], why: str) -> None:
    done = sheaf("export", *words)
    assert done.status == 2
    assert why in done.err
    assert done.out == ""


def test_private_notes_need_the_option(sheaf: Sheaf) -> None:
    sheaf("mark", "2309.99901", "--note", "secret", "--tag", "rag")
    out = sheaf("export", "sinks", "--format", "bibtex").out
    assert "secret" not in out
    assert "keywords = {cs.CL, cs.AI, rag}" in out
    assert "annote = {secret}" in sheaf("export", "sinks", "--format", "bibtex", "--notes").out


def test_the_pattern_of_citation_keys_comes_from_the_config(sheaf: Sheaf, home: Path) -> None:
    (home / "config.toml").write_text('[export]\nkey = "{Author}{yy}"\n', encoding="utf-8")
    assert "@misc{Lindqvist23,\n" in sheaf("export", "sinks", "--format", "bibtex").out
    (home / "config.toml").unlink()
    assert "@misc{Lindqvist23,\n" in sheaf("export", "sinks", "--format", "bibtex").out


def test_notes_are_written_to_a_folder(sheaf: Sheaf, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    done = sheaf("export", "--format", "notes", "-o", folder)
    assert (done.status, done.out) == (0, "")
    assert "4 new" in done.err
    assert len(list(folder.glob("*.md"))) == 4
    (folder / "title.md").write_text("mine", encoding="utf-8")
    done = sheaf("export", "--format", "notes", "-o", folder)
    assert done.status == 1
    assert (
        f"{folder / 'title.md'}: not written by Sheaf; --force puts the note before its text"
        in done.err
    )
    assert "3 unchanged" in done.err


def test_the_help_of_export_lists_the_formats(sheaf: Sheaf) -> None:
    from tui.export.formats import FORMATS

    done = sheaf("export", "--help")
    assert done.status == 0
    assert ", ".join(form.name for form in FORMATS) in " ".join(done.out.split())
    assert "-o FILE" in done.out
