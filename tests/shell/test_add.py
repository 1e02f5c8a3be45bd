"""sheaf add of files and standard input: what is added, what is rejected."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.shell.conftest import Sheaf


def test_add_prints_the_counts_and_the_rejected_records(sheaf: Sheaf, tmp_path: Path) -> None:
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


def test_papers_are_added_from_standard_input(
    sheaf: Sheaf, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stdin:
        buffer = io.BytesIO(b'{"title": "From a Pipe"}')

    monkeypatch.setattr(sys, "stdin", Stdin())
    assert sheaf("add", "-").status == 0
    assert [each["title"] for each in sheaf("list", "--json").objects] == ["From a Pipe"]


def test_add_does_not_add_the_sample_library(sheaf: Sheaf, tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text('{"title": "A"}', encoding="utf-8")
    sheaf("add", file)
    assert len(sheaf("list", "--json").objects) == 1


def test_a_missing_file_is_rejected_and_the_others_are_added(sheaf: Sheaf, tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text('{"title": "A"}', encoding="utf-8")
    done = sheaf("--quiet", "add", tmp_path / "missing", file)
    assert done.status == 1
    assert done.err == f"sheaf: {tmp_path / 'missing'}: no such file or folder\n"
    assert len(sheaf("list").out.splitlines()) == 1


def test_the_format_of_a_file_can_be_given(sheaf: Sheaf, tmp_path: Path) -> None:
    file = tmp_path / "refs.txt"
    file.write_text("@misc{a, title={A Title}, year={2024}}", encoding="utf-8")
    assert sheaf("add", file, "--format", "bibtex", "--json").objects[0]["added"] == 1


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


def test_control_characters_in_names_of_files_are_not_printed(sheaf: Sheaf, tmp_path: Path) -> None:
    name = "evil\x1b]0;title\x07\u202e.json"
    (tmp_path / name).write_text(json.dumps({"no": "title"}), encoding="utf-8")
    done = sheaf("add", tmp_path / name)
    assert done.status == 1
    assert not set("\x1b\x07\u202e") & set(done.err)


def test_a_few_papers_kept_apart_are_named_and_doctor_lists_all(
    sheaf: Sheaf, tmp_path: Path
) -> None:
    fruits = ["apples", "pears", "plums", "figs", "dates", "limes", "kiwis"]
    file = tmp_path / "book.bib"
    file.write_text(
        "".join(f"@misc{{{each}, title={{On {each}}}, doi={{10.1000/bk}}}}" for each in fruits)
    )
    done = sheaf("add", file)
    assert done.status == 0
    assert done.err.splitlines() == [
        *(
            f"sheaf: “On {each}” shares its DOI with “On apples”; kept apart"
            for each in fruits[1:6]
        ),
        "sheaf: 1 more kept apart; `sheaf doctor --duplicates` lists them",
        "7 added, 6 kept apart",
    ]
    assert sheaf("add", file).err == "0 added, 7 already here\n"
    pairs = sheaf("doctor", "--duplicates", "--json").objects
    assert [pair["shared"] for pair in pairs] == ["doi:10.1000/bk"] * 6
    assert {each["title"] for pair in pairs for each in pair["papers"]} == {  # type: ignore[attr-defined]
        f"On {each}" for each in fruits
    }
    assert ", both with doi:10.1000/bk" in sheaf("doctor", "--duplicates").out


def test_a_guessed_encoding_is_told_and_no_failure(sheaf: Sheaf, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.bib" for number in range(52)]
    for number, file in enumerate(files):
        text = f"@misc{{a, title={{Über die Größe dünner Schichten, {number}}}}}"
        file.write_bytes(text.encode("latin-1"))
    told = "read as windows-1252: it is not UTF-8 and declares no encoding"
    done = sheaf("add", files[0])
    assert done.status == 0
    assert done.err == f"sheaf: {files[0]}: {told}\n1 added\n"
    done = sheaf("add", *files)
    assert done.err.endswith(
        "sheaf: 2 more with a guessed encoding; --json lists all\n51 added, 1 already here\n"
    )
    again = sheaf("add", files[0], "--json")
    assert again.objects[0]["notices"] == [{"where": str(files[0]), "text": told}]
