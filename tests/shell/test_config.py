"""`sheaf config`: values, where they come from, and mistakes."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from tests.config.conftest import _remove_theme_variable
from tui.cli import main
from tui.core.commands import COMMANDS

__all__ = ["_remove_theme_variable"]

Captured = pytest.CaptureFixture[str]


def write_config(home: Path, text: str) -> Path:
    home.mkdir()
    path = home / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_are_printed(home: Path, capsys: Captured) -> None:
    assert main(["config"]) == 0
    out = capsys.readouterr().out
    assert f"{home / 'config.toml'}  (does not exist; these are the defaults)" in out
    assert "theme             sheaf-dark        default" in out
    for command in COMMANDS:
        assert f"\n{command.id} " in out
    assert not home.exists()


def test_values_are_printed_with_their_line(home: Path, capsys: Captured) -> None:
    write_config(
        home, "theme = 'nord'\n[keys]\nstar = ['f9']\n[commands.sum]\nkey = 'f10'\nrun = 'wc'"
    )
    assert main(["config"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "theme             nord              config.toml:1" in lines
    assert f"{'star':20} {'F9':16}  config.toml:3" in lines
    assert f"{'commands.sum':20} {'F10':16}  config.toml:4" in lines
    assert "sum               wc  (markdown to pane, 60 s)" in lines


def test_mistakes_end_with_status_1(home: Path, capsys: Captured) -> None:
    write_config(home, "theme = 'neon'\nlayout = 'up'")
    assert main(["config"]) == 1
    result = [line for line in capsys.readouterr().out.splitlines() if line.startswith("!")]
    assert result == [
        "! config.toml:2: layout: must be one of auto, side, stacked, list, not 'up'; auto is used",
        "! config.toml:1: theme: there is no theme 'neon'; sheaf-dark is used",
    ]


def test_json_is_one_object(home: Path, capsys: Captured) -> None:
    path = write_config(
        home, "rows = 2\n[commands.sum]\nkey = 'f10'\nrun = 'wc'\n[keys]\nfly = 'x'"
    )
    assert main(["config", "--json"]) == 1
    result = orjson.loads(capsys.readouterr().out)
    assert result["path"] == str(path)
    assert result["settings"]["rows"] == {"value": 2, "from": "config.toml:1"}
    assert set(result["keys"]) == {command.id for command in COMMANDS}
    assert result["commands"]["sum"]["key"] == ["f10"]
    assert [problem["key"] for problem in result["problems"]] == ["keys.fly"]


def test_hostile_values_are_cleaned(home: Path, capsys: Captured) -> None:
    write_config(home, 'theme = "\\u001b[31m"\n[commands.x]\nrun = "a \\u001b]0;x\\u0007"')
    assert main(["config"]) == 1
    out = capsys.readouterr().out
    assert out.replace("\n", "").isprintable()


def test_keys_prints_the_keys_of_the_user(home: Path, capsys: Captured) -> None:
    write_config(home, "[keys]\nstar = ['f9']\nread = []\n[commands.sum]\nkey = 'f10'\nrun = 'wc'")
    assert main(["keys"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  F9            Star, or remove the star" in lines
    assert "  none          Mark read, or unread again" in lines
    assert "  F10           Run your command sum" in lines


def test_doctor_counts_the_mistakes(home: Path, capsys: Captured) -> None:
    write_config(home, "theme = 'neon'\nlayout = 'up'")
    assert main(["doctor"]) == 1
    result = [line for line in capsys.readouterr().out.splitlines() if line.startswith("!")]
    assert result == ["! config.toml: 2 mistakes; `sheaf config` lists them"]
