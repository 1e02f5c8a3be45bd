"""The structure of the package: layers, maps, sizes of classes, and what a start imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter import cli

import tui

ROOT = Path(tui.__file__).parent
PACKAGES = sorted(path.parent for path in ROOT.glob("*/**/__init__.py"))
LONGEST_CLASS = 400
"""Lines of a class together with those it inherits from classes of ours."""


def test_the_contracts_of_the_layers_hold(capsys: pytest.CaptureFixture[str]) -> None:
    """The contracts, each with its reason, are in pyproject.toml."""
    status = cli.lint_imports(config_filename=str(ROOT.parent / "pyproject.toml"), no_cache=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_map_of_a_package_names_its_modules(package: Path) -> None:
    """The docstring of `__init__` names every module and every package in it, and no other."""
    tree = ast.parse((package / "__init__.py").read_text(encoding="utf-8"))
    text = ast.get_docstring(tree) or ""
    files = {path.name for path in package.iterdir() if path.suffix in (".py", ".md", ".tcss")}
    named = set(re.findall(r"(?<![\w./-])[\w-]+\.(?:py|md|tcss)\b", text))
    assert sorted(named) == sorted(files - {"__init__.py"})
    assert all(f"{path.parent.name}/" in text for path in package.glob("*/__init__.py"))


def _classes() -> dict[str, ast.ClassDef]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in ROOT.rglob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}


def _family(name: str, classes: dict[str, ast.ClassDef]) -> set[str]:
    """The class and the classes of ours that it inherits from, directly or not."""
    if name not in classes:
        return set()
    bases = [
        base.value if isinstance(base, ast.Subscript) else base for base in classes[name].bases
    ]
    names = [base.id if isinstance(base, ast.Name) else getattr(base, "attr", "") for base in bases]
    return {name}.union(*(_family(base, classes) for base in names))


def test_no_class_is_long_or_inherits_from_many() -> None:
    classes = _classes()
    for name in classes:
        family = _family(name, classes)
        lines = sum((classes[each].end_lineno or 0) - classes[each].lineno + 1 for each in family)
        assert lines <= LONGEST_CLASS, f"{name}: {lines} lines"
        assert len(family) <= 3, f"{name} inherits from {family - {name}}"


def test_the_first_frame_waits_for_neither_the_search_nor_the_sources() -> None:
    """What the app imports is there before the first frame; the rest is imported where used."""
    late = {"numpy", "rapidfuzz", "httpx", "tui.sources", "tui.state.maintenance", "tui.index"}
    code = f"import sys, tui.ui.app; sys.exit(str({late!r} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "set()"


@pytest.mark.parametrize(
    "module",
    ["tui.config", "tui.feeds.subscriptions", "tui.feeds.feed_names", "tui.feeds.feed_status"],
)
def test_what_the_reader_imports_at_its_start_loads_no_http(module: str) -> None:
    code = f"import sys, {module}\nsys.exit('httpx' in sys.modules)\n"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["add", "--help"],
        ["digest", "--help"],
        ["export", "--help"],
        ["keys"],
        ["help", "query"],
    ],
)
def test_a_short_answer_imports_neither_textual_nor_numpy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from tui.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        "heavy = {'textual', 'numpy', 'tinydb', 'rapidfuzz', 'sqlite3', 'httpx'}\n"
        "heavy &= set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout
