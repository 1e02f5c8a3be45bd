"""No test changes what the tests after it see: only `monkeypatch` changes modules.

Benchmarks run in processes of their own, and `textual_private.py` changes Textual for all tests.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

TESTS = Path(__file__).parent
FILES = [
    path
    for path in sorted(TESTS.rglob("*.py"))
    if path.name != "textual_private.py" and path.parent.name != "benchmarks"
]


def _imports(tree: ast.AST) -> dict[str, object]:
    """Return the modules and classes that a file imports, by the names it gives them."""
    found: dict[str, object] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                found[each.asname or each.name.partition(".")[0]] = importlib.import_module(
                    each.name if each.asname else each.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                with suppress(ImportError):
                    module = importlib.import_module(node.module)
                    if not hasattr(module, each.name):
                        importlib.import_module(f"{node.module}.{each.name}")
                    found[each.asname or each.name] = getattr(module, each.name)
    return {name: value for name, value in found.items() if isinstance(value, ModuleType | type)}


def _assigned_attributes(tree: ast.AST) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        yield from (each for each in targets if isinstance(each, ast.Attribute))


def changed_globals(text: str) -> list[str]:
    """Return each assignment of a file to an attribute of a module or class it imports."""
    tree = ast.parse(text)
    attributes = list(_assigned_attributes(tree))
    if not any(isinstance(each.value, ast.Name) for each in attributes):
        return []
    imports = _imports(tree)
    return [ast.unparse(each) for each in attributes if ast.unparse(each.value) in imports]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TESTS)))
def test_no_test_changes_a_global(path: Path) -> None:
    assert changed_globals(path.read_text(encoding="utf-8")) == []


def test_a_changed_global_is_found() -> None:
    text = (
        "from tui.state import replica\n\ndef test() -> None:\n    replica.REREAD_SECONDS = 0.0\n"
    )
    assert changed_globals(text) == ["replica.REREAD_SECONDS"]
    assert changed_globals("import os\nclass A:\n    def f(self):\n        self.os = 1\n") == []
