"""The examples in the manual are valid and show every setting."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import threading
import tomllib
from pathlib import Path

import pytest

from tests.config.conftest import Write
from tui.config import Columns, network_section
from tui.config.custom_commands import CustomCommand
from tui.config.mail_section import SETTINGS
from tui.config.settings import ExportSettings
from tui.core.paper import Paper
from tui.docs import manual
from tui.library.library import Library
from tui.ui.custom_program import run
from tui.ui.styles.themes import AVAILABLE_THEMES


def example() -> str:
    text = manual.text("config")
    found = re.search(r"<!-- config -->\n```toml\n(.*?)```\n<!-- /config -->", text, re.DOTALL)
    assert found
    return found[1]


def test_every_key_of_the_example_is_accepted(write: Write) -> None:
    config = write(example()).with_themes(AVAILABLE_THEMES)
    assert config.problems == ()
    names = ("theme", "layout", "dates", "rows", "preset", "columns.venue", "keys.star")
    for name in (*names, "export.key"):
        assert config.origin(name).startswith("config.toml:"), name


def test_the_example_of_the_manual_shows_every_setting() -> None:
    tables = tomllib.loads(example())
    assert set(tables) == {
        "theme",
        "layout",
        "dates",
        "rows",
        "preset",
        "columns",
        "keys",
        "commands",
        "mail",
        "export",
        "network",
    }
    assert {"mail", "every", "arxiv_url"} == set(tables["network"])
    assert [name for name in network_section.SETTINGS if name not in example()] == []
    assert set(tables["columns"]) == set(Columns._fields)
    assert set(tables["export"]) == set(ExportSettings._fields)
    assert set(tables["mail"]) == set(SETTINGS)
    (command,) = tables["commands"].values()
    names = set(CustomCommand._fields) - {"name", "keys"}
    assert set(command) == names | {"key"}


def examples() -> str:
    text = manual.text("config")
    found = re.search(r"<!-- examples -->\n```toml\n(.*?)```\n<!-- /examples -->", text, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.skipif(
    not shutil.which("jq") or os.name != "posix", reason="the examples are lines of jq for a shell"
)
def test_the_examples_pass_papers_to_programs(
    write: Write, tmp_path: Path, home: Path, papers: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = write(examples())
    assert config.problems == ()
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, line in (("curl", "cat"), ("sheaf", f'exec "{sys.executable}" -m tui "$@"')):
        (programs / name).write_text(f"#!/bin/sh\n{line}\n")
        (programs / name).chmod(0o700)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    with Library(home, create=True) as library:
        library.add(papers)
        chosen = list(library.papers_with_marks([1, 2]))
    written = {each.name: run(each, chosen, threading.Event()) for each in config.custom}
    problems = {name: output.problem for name, output in written.items()}
    assert problems == {"zotero": "", "slack": ""}
    assert written["zotero"].text.count("\n  title = {") == 2
    message = json.loads(written["slack"].text)["text"]
    assert message.splitlines()[0] == (
        "<https://arxiv.org/abs/2309.99901|Efficient Sinks for Streaming Attention>"
    )
