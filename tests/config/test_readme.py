"""The README's example is taken as it stands, and shows every setting there is."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

from tests.config.conftest import Write
from tui.config import Columns, OwnCommand, network
from tui.config.export import Export
from tui.config.mail import NAMES
from tui.styles.themes import theme_names

README = Path(__file__).parent.parent.parent / "README.md"


def example() -> str:
    text = README.read_text(encoding="utf-8")
    found = re.search(r"<!-- config -->\n```toml\n(.*?)```\n<!-- /config -->", text, re.DOTALL)
    assert found
    return found[1]


def test_every_key_of_the_example_is_accepted(write: Write) -> None:
    config = write(example()).with_themes(theme_names())
    assert config.problems == ()
    names = ("theme", "layout", "dates", "rows", "preset", "columns.venue", "keys.star")
    for name in (*names, "export.key"):
        assert config.origin(name).startswith("config.toml:"), name


def test_the_example_shows_every_setting() -> None:
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
    assert [name for name in network.NAMES if name not in example()] == []
    assert set(tables["columns"]) == {field.name for field in fields(Columns)}
    assert set(tables["export"]) == {field.name for field in fields(Export)}
    assert set(tables["mail"]) == set(NAMES)
    (command,) = tables["commands"].values()
    names = {field.name for field in fields(OwnCommand)} - {"name", "keys"}
    assert set(command) == names | {"key"}
