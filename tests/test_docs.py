"""Documents that cannot drift: the README against the code, the packaging against the tree.

`SHEAF_WRITE_FRAMES=1` writes the README's table of keys anew.
"""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest

from tui.core.commands import COMMANDS, groups

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
KEYS = re.compile(r"<!-- keys -->\n(.*?)<!-- /keys -->", re.DOTALL)


def key_table() -> str:
    lines = ["| key | what it does |", "|---|---|"]
    for group, commands in groups().items():
        lines.append(f"| **{group}** | |")
        for command in commands:
            keys = " ".join(f"`{key}`" for key in command.shown_keys.split(", "))
            where = (
                "" if "list" in command.where else f" (in the {' and the '.join(command.where)})"
            )
            lines.append(f"| {keys} | {command.help}{where} |")
    return "\n".join(lines) + "\n"


def test_the_readme_has_every_key() -> None:
    text = README.read_text(encoding="utf-8")
    if os.environ.get("SHEAF_WRITE_FRAMES"):
        table = f"<!-- keys -->\n{key_table()}<!-- /keys -->"
        README.write_text(KEYS.sub(lambda _: table, text), encoding="utf-8")
    found = KEYS.search(README.read_text(encoding="utf-8"))
    assert found
    assert found[1] == key_table()


def test_the_readme_has_the_two_commands() -> None:
    text = README.read_text(encoding="utf-8")
    for command in (
        "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/sheaf",
        "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest -n 5",
    ):
        assert f"\n{command}\n" in text
    assert "uv " in text
    assert "pipx " in text


def test_the_ci_runs_the_test_command_of_the_readme() -> None:
    command = (
        "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest -n 5"
    )
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_top_level_is_what_was_agreed() -> None:
    allowed = {"pyproject.toml", "tui", "tests", "assets", "README.md", "LICENSE"}
    here = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert here - {"build", "dist"} == allowed


def test_every_dependency_has_its_reason_beside_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads("\n".join(lines))["project"]
    for name in project["dependencies"]:
        line = next(line for line in lines if f'"{name}"' in line)
        assert "#" in line, name


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_is_whole(command) -> None:  # type: ignore[no-untyped-def]
    assert command.keys
    assert command.help[0].isupper()
    assert not command.help.endswith(".")
    assert len(command.label.split()) <= 3


def test_no_key_means_two_things_in_one_place() -> None:
    for place in ("list", "reading", "filter", "note"):
        keys = [key for command in COMMANDS if place in command.where for key in command.keys]
        assert len(keys) == len(set(keys)), place
