"""The manual and the README say what the code does.

`SHEAF_WRITE_FRAMES=1` writes the table of keys of the manual.
"""

from __future__ import annotations

import argparse
import os
import re
import tomllib
from pathlib import Path

import pytest

from tui.core.commands import groups
from tui.docs import manual
from tui.shell.parser import make_parser

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
KEYS = re.compile(r"<!-- keys -->\n(.*?)<!-- /keys -->", re.DOTALL)
SETUP = "python3 -m venv .venv && .venv/bin/pip install -q -e "
START = f"{SETUP}. && .venv/bin/sheaf"
TEST = f"{SETUP}'.[test]' && .venv/bin/pytest -n 5"


def key_table() -> str:
    lines = ["| key | what it does |", "|---|---|"]
    for group, commands in groups().items():
        lines.append(f"| **{group}** | |")
        for command in commands:
            keys = " ".join(f"`{key}`" for key in command.shown_keys.split(", "))
            where = f" ({command.shown_place})" if command.shown_place else ""
            lines.append(f"| {keys} | {command.help}{where} |")
    return "\n".join(lines) + "\n"


def test_the_manual_has_every_key() -> None:
    text = manual.text("keys")
    if os.environ.get("SHEAF_WRITE_FRAMES"):
        text = KEYS.sub(lambda _: f"<!-- keys -->\n{key_table()}<!-- /keys -->", text)
        (manual.FOLDER / "keys.md").write_text(text, encoding="utf-8")
    found = KEYS.search(text)
    assert found
    assert found[1] == key_table()


def test_the_manual_has_every_subcommand_and_no_other() -> None:
    lines = manual.text("command-line").split("```")[1]
    shown = set(re.findall(r"^sheaf ([a-z]+)|\| ([a-z]+) ", lines, re.MULTILINE))
    assert {first or second for first, second in shown} == set(subcommands())


def subcommands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (
        action.choices
        for action in make_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    return dict(found)


def test_every_option_of_the_manual_exists() -> None:
    options = {
        option
        for parser in (make_parser(), *subcommands().values())
        for action in parser._actions
        for option in action.option_strings
    } | {"--home", "--quiet", "--no-color"}
    for topic in manual.topics():
        for line in re.findall(r"^sheaf .*|`sheaf [^`]*`", manual.text(topic), re.MULTILINE):
            named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", line))
            assert named <= options, (topic, line)


def test_every_topic_has_a_title_and_is_linked_from_the_readme() -> None:
    readme = README.read_text(encoding="utf-8")
    for topic, title in manual.topics().items():
        assert title, topic
        assert f"(tui/docs/{topic}.md)" in readme


def test_a_topic_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        manual.text("../../README")


def test_the_readme_is_short_and_has_the_two_commands() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(text.encode()) <= 6_000
    for command in (START, TEST):
        assert f"\n{command}\n" in text


def test_the_ci_runs_the_test_command_of_the_readme() -> None:
    assert TEST in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_every_link_of_the_documents_leads_to_a_file() -> None:
    documents = [
        README,
        *(ROOT / ".github").glob("*.md"),
        ROOT / "tests" / "benchmarks" / "README.md",
    ]
    for document in documents:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), (document.name, link)


def test_the_top_level_has_only_the_agreed_names() -> None:
    allowed = {"pyproject.toml", "tui", "tests", "assets", "README.md", "LICENSE"}
    here = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert here - {"build", "dist"} == allowed


def test_every_dependency_has_its_reason_beside_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads("\n".join(lines))["project"]
    for name in project["dependencies"]:
        line = next(line for line in lines if f'"{name}"' in line)
        assert "#" in line, name
