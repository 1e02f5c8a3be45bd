"""Private names of Textual are used in one file only, and none of ours is one by accident."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import textual

import tui.ui

ROOT = Path(tui.ui.__file__).parent
TESTS = Path(__file__).parents[1]
ALLOWED = {ROOT / "textual_private.py", TESTS / "textual_private.py"}
BASES = ("message_pump", "dom", "widget", "screen", "app", "widgets/_static", "widgets/_input",
         "widgets/_text_area", "containers", "scroll_view")  # fmt: skip
"""Modules of Textual with the classes that ours inherit from."""


def trees(*folders: Path) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def names_of_self(tree: ast.AST) -> set[str]:
    """The private attributes and methods that classes give themselves."""
    names = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node.value) == "self"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            names |= {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    return {name for name in names if is_private(name)}


def test_private_modules_and_names_are_imported_in_one_place() -> None:
    found = []
    for path, tree in trees(ROOT, TESTS):
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
                names = [*(node.module or "").split("."), *(each.name for each in node.names)]
                if any(map(is_private, names)) and path not in ALLOWED:
                    found.append(f"{path}:{node.lineno}")
    assert found == []


PUBLIC = {"_replace", "_fields", "_asdict", "_exit"}
"""Public attributes of named tuples, named so to avoid clashes with fields, and `os._exit`."""


def test_private_attributes_of_other_objects_are_used_in_one_place() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path, tree in trees(ROOT)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and is_private(node.attr)
        and node.attr not in PUBLIC
        and ast.unparse(node.value) not in ("self", "cls", "super()")
        and path not in ALLOWED
    ]
    assert found == []


def test_no_private_name_of_ours_is_one_of_textual() -> None:
    root = Path(textual.__file__).parent
    theirs: set[str] = set()
    for module in BASES:
        theirs |= names_of_self(ast.parse((root / f"{module}.py").read_text(encoding="utf-8")))
    ours = {
        f"{path.relative_to(ROOT)}: {name}"
        for path, tree in trees(ROOT)
        if "from textual" in path.read_text(encoding="utf-8")  # else it has no widgets
        for name in names_of_self(tree) & theirs
    }
    assert ours == set()
