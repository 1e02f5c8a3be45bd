"""Keys come from the table of commands: no text of the package and no screen names one itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import tui.ui

ROOT = Path(tui.ui.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
PACKAGE = ROOT.parent
NAMERS = ("cli.py", "shell", "config", "core/commands.py", "sources/formats/journal_macros.py")
"""The table of commands, the command line, and texts in which such a word is no key."""
TEXTS = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if not path.relative_to(PACKAGE).as_posix().startswith(NAMERS)
]
"""Modules whose texts the reader may show."""
NAMED = re.compile(
    r"\b(Esc|Escape|Enter|Return|Tab|Backspace|Space|PgUp|PgDn|Home|End|F[1-9]\d?)\b"
    r"|\b(Ctrl|Shift|Alt)\+|← →|[↑↓]|\b[Pp]ress \S"
)
"""A key by its name."""
LETTER = re.compile(
    r"(^|[\s;,·(])[A-Za-z?/\\](, \S)? "
    r"(adds?|clears?|copies|fetch(es)?|finds?|follows?|goes|hides?|keeps?|leaves?|opens?|pauses?"
    r"|quits?|removes?|returns?|saves?|shows?|stars?|stops?|takes?|then|undoes|writes?)\b"
)
"""A key that is a single character, and what it does."""


def shown_texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the string literals of a module with their lines, without the docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in documentation:
            yield node.lineno, node.value


def test_no_text_names_a_key() -> None:
    named = [
        f"{path.relative_to(PACKAGE)}:{line}: {text}"
        for path in TEXTS
        for line, text in shown_texts(path)
        if NAMED.search(text) or LETTER.search(text)
    ]
    assert named == []


@pytest.mark.parametrize(
    "text",
    ["F5 goes to all", "· Esc leaves", "u undoes it", "press q", "← → days", "Ctrl+P finds"],
)
def test_a_text_that_names_a_key_is_found(text: str) -> None:
    assert NAMED.search(text) or LETTER.search(text)


def test_no_screen_binds_or_compares_keys_itself() -> None:
    """Only the app does: the key that leaves from anywhere is not the user's to change."""
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            binds = isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "BINDINGS"
            compares = isinstance(node, ast.Compare) and any(
                isinstance(each, ast.Constant | ast.Tuple) for each in node.comparators
            )
            if binds or (compares and ast.unparse(node.left).endswith("event.key")):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert [each for each in found if not each.startswith("app.py")] == []
