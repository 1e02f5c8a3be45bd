"""config.toml: values that are used, values that are rejected, and their lines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.config.conftest import Write
from tui.config import Config, load

ALL_OF_IT = """\
theme = "nord"
layout = "stacked"
dates = "relative"
rows = 2
preset = "vim"

[columns]
authors = false
venue = true

[keys]
star = ["ctrl+s", "Ctrl+Y"]
open = []

[commands.summary]
key = "ctrl+t"
run = "llm -s 'summarise'"
input = "json"
output = "note"
timeout = 5
"""


def test_a_missing_file_is_not_a_problem(tmp_path: Path) -> None:
    config = load(tmp_path / "config.toml", {})
    assert config == Config(path=tmp_path / "config.toml")
    assert config.origin("theme") == "default"


def test_every_value_is_taken(write: Write) -> None:
    config = write(ALL_OF_IT)
    assert config.problems == ()
    assert (config.theme, config.layout, config.dates, config.rows) == (
        "nord",
        "stacked",
        "relative",
        2,
    )
    assert not config.columns.authors
    assert config.columns.date
    assert config.columns.venue
    assert config.keys == {"star": ("ctrl+s", "ctrl+y"), "open": ()}
    (command,) = config.custom
    assert command.words == ["llm", "-s", "summarise"]
    assert (command.input, command.output, command.timeout, command.shell) == (
        "json",
        "note",
        5.0,
        False,
    )


def test_every_value_says_where_it_comes_from(write: Write) -> None:
    config = write(ALL_OF_IT)
    assert config.origin("theme") == "config.toml:1"
    assert config.origin("columns.venue") == "config.toml:9"
    assert config.origin("columns.date") == "default"
    assert config.origin("keys.star") == "config.toml:12"
    assert config.origin("keys.scroll_down") == "preset vim"
    assert config.origin("keys.quit") == "default"
    assert config.origin("commands.summary") == "config.toml:15"


def test_textual_theme_is_the_default_theme(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    config = load(path, {"TEXTUAL_THEME": "nord"})
    assert (config.theme, config.origin("theme")) == ("nord", "TEXTUAL_THEME")
    path.write_text("theme = 'dracula'")
    config = load(path, {"TEXTUAL_THEME": "nord"})
    assert (config.theme, config.origin("theme")) == ("dracula", "config.toml:1")


@pytest.mark.parametrize(
    ("text", "line", "key", "words"),
    [
        ("\ncolour = 1", 2, "colour", "unknown setting"),
        ("layout = 'sideways'", 1, "layout", "auto is used"),
        ("rows = true", 1, "rows", "not true"),
        ("rows = 1.0", 1, "rows", "not 1.0"),
        ("theme = 7", 1, "theme", "name of a theme"),
        ("keys = 'vim'", 1, "keys", "must be a section"),
        ("preset = 'nano'", 1, "preset", "'', vim, emacs"),
        ("[columns]\nauthors = 'no'", 2, "columns.authors", "true is used"),
        ("[columns]\nvotes = true", 2, "columns.votes", "unknown column"),
        ("[keys]\n\nfly = 'x'", 3, "keys.fly", "no such command"),
        ("[keys]\nstar = 's+'", 2, "keys.star", "is not a key"),
        ("[keys]\nstar = ['hyper+s', 's']", 2, "keys.star", "left out"),
        ("[keys]\nstar = 3", 2, "keys.star", "list of keys"),
        ("[keys]\nstar = ['s', 3]", 2, "keys.star", "list of keys"),
        ("keys = {star = 3}", 1, "keys.star", "list of keys"),
        ("keys.star = 3", 1, "keys.star", "list of keys"),
        ("[ keys ]\n'star' = 3", 2, "keys.star", "list of keys"),
        ("[keys]\nclear = []", 2, "keys.clear", "must have a key"),
        ("[keys]\nnext = 'escape'", 2, "keys.next", "leads back"),
        ("[keys]\nnext = 'ctrl+c'", 2, "keys.next", "leaves Sheaf"),
        ("[keys]\nclear = ['escape', 'c']", 2, "keys.clear", "types text in the filter"),
        ("[commands.x]\nkey = 'ctrl+y'", 1, "commands.x.run", "no program"),
        ("[commands.x]\nrun = 'a \"b'", 2, "commands.x.run", "no closing quotation"),
        ("[commands.x]\nrun = 'a'\ntimeout = -1", 3, "commands.x.timeout", "60 is used"),
        ("[commands.x]\nrun = 'a'\ntimeout = nan", 3, "commands.x.timeout", "60 is used"),
        ("[commands.x]\nrun = 'a'\noutput = 'mail'", 3, "commands.x.output", "pane is used"),
        ("[commands.x]\nrun = 'a'\nshell = 'yes'", 3, "commands.x.shell", "true or false"),
        ("[commands.x]\nrun = 'a'\ncolour = 'red'", 3, "commands.x.colour", "unknown setting"),
        ("[commands.'x y']\nrun = 'a'", 1, "commands.x y", "must be a section"),
        ("[commands]\nx = 'a'", 2, "commands.x", "must be a section"),
        ("rows = 1\nrows = 2", 2, "", "not TOML"),
        ("[keys\n", 1, "", "not TOML"),
        ("a = 1\n\nb = '", 3, "", "not TOML"),
        ("a = " + "[" * 5000, 1, "", "nested too deep"),
        ("a = " + "9" * 5000, 1, "", "not TOML"),
    ],
)
def test_a_mistake_is_reported_with_its_line(
    write: Write, text: str, line: int, key: str, words: str
) -> None:
    config = write(text)
    result = [problem for problem in config.problems if words in str(problem)]
    assert [(problem.line, problem.key) for problem in result] == [(line, key)]
    assert str(result[0]).startswith(f"config.toml:{line}: ")


def test_a_mistake_does_not_affect_other_settings(write: Write) -> None:
    config = write("layout = 'sideways'\nrows = 2\n[keys]\nfly = 'x'\nstar = 'f12'")
    assert (config.layout, config.rows, config.keys["star"]) == ("auto", 2, ("f12",))
    assert len(config.problems) == 2


def test_an_unknown_theme_is_reported_when_the_themes_are_known(write: Write) -> None:
    config = write("\ntheme = 'neon'")
    assert config.problems == ()
    checked = config.with_themes({"sheaf-dark"})
    assert (checked.theme, checked.origin("theme")) == ("sheaf-dark", "default")
    assert [problem.line for problem in checked.problems] == [2]
    assert checked.with_themes({"sheaf-dark"}) == checked


@pytest.mark.parametrize("data", [b"rows = 2\ntheme = '\xff'", b"\x00\x01", b"a" * (2 << 20)])
def test_a_binary_file_gives_the_defaults(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(data)
    config = load(path, {})
    assert len(config.problems) == 1
    assert (config.rows, config.theme) == (1, "sheaf-dark")


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbfrows = 2\r\n")
    assert load(path, {}).problems == ()
    assert load(path, {}).rows == 2


def test_an_unreadable_file_gives_the_defaults(tmp_path: Path) -> None:
    folder = tmp_path / "config.toml"
    folder.mkdir()
    (problem,) = load(folder, {}).problems
    assert "the defaults are used" in str(problem)
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert len(load(pipe, {}).problems) == 1
    assert len(load(Path("bad\0name"), {}).problems) == 1


def test_nothing_in_the_file_reaches_the_terminal_raw(write: Write) -> None:
    config = write('"\\u001b]0;x" = 1\nlayout = "\\u001b[31m"\n[keys]\nstar = "\\u202e"')
    assert len(config.problems) == 3
    for problem in config.problems:
        assert str(problem).isprintable()


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("", ""),
        ("rows = 3", "config.toml:1: rows: 1 is used; `sheaf config` lists them"),
        (
            "rows = 3\nx = 1",
            "config.toml:1: 2 mistakes, the first in rows; `sheaf config` lists them",
        ),
    ],
)
def test_the_warning_is_one_short_line(write: Write, text: str, warning: str) -> None:
    assert write(text).warning == warning


def test_a_toml_error_is_reported_in_one_line(write: Write) -> None:
    warning = write("rows = ").warning
    assert warning.startswith("config.toml:1: not TOML: ")
    assert warning.endswith("the defaults are used; `sheaf config` lists them")
