"""The layer rule of the design, held by the imports as they are written and as they run."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import tui

ROOT = Path(tui.__file__).parent
UI = ("ui",)
"""What may import Textual."""


def _modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def _broken(layers: tuple[str, ...], forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in _modules()
        if _layer(path) in layers
        for name in _imports(path)
        if any(name == each or name.startswith(each + ".") for each in forbidden)
    ]


CORE = tuple(sorted({_layer(path) for path in _modules()} - set(UI) - {"cli", "__main__"}))


def test_the_core_does_not_know_textual() -> None:
    assert _broken(CORE, ("textual", "tui.ui")) == []


@pytest.mark.parametrize(
    "module", ["tui.config", "tui.feeds.following", "tui.feeds.names", "tui.feeds.progress"]
)
def test_what_the_reader_needs_at_its_start_loads_no_http(module: str) -> None:
    code = f"import sys, {module}\nsys.exit('httpx' in sys.modules)\n"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in _modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["add", "--help"],
        ["digest", "--help"],
        ["export", "--help"],
        ["keys"],
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
