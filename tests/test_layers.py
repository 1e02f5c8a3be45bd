"""The layer rule of the design, held by the imports as they are written and as they run."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import tui

ROOT = Path(tui.__file__).parent
UI = ("screens", "widgets", "styles", "app")
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
    assert _broken(CORE, ("textual", "tui.screens", "tui.widgets", "tui.styles", "tui.app")) == []


def test_widgets_know_the_core_but_not_the_screens() -> None:
    assert _broken(("widgets", "styles"), ("tui.screens", "tui.app", "tui.library")) == []


def test_nothing_imports_the_app_but_the_command_line() -> None:
    everyone = tuple({_layer(path) for path in _modules()} - {"cli"})
    assert _broken(everyone, ("tui.app",)) == []


def test_the_index_knows_neither_state_nor_screens() -> None:
    assert _broken(("index", "query", "search"), ("tui.state", "tui.library", "rich")) == []


def test_the_state_knows_nothing_but_errors() -> None:
    others = tuple(f"tui.{layer}" for layer in CORE if layer not in ("state", "errors"))
    assert _broken(("state",), (*others, "rich", "numpy")) == []


def test_the_network_and_what_is_looked_up_know_no_home() -> None:
    stores = ("tui.library", "tui.catalog", "tui.batch", "tui.state", "tui.index", "tui.shell")
    assert _broken(("net", "services"), (*stores, "tui.config", "rich")) == []
    assert _broken(("net",), ("tui.paper", "tui.sources", "tui.services")) == []


def test_the_digest_never_waits_for_a_feed() -> None:
    network = ("httpx", "urllib.request", "tui.net", "tui.feeds", "tui.services")
    assert _broken(("digest",), network) == []
    mailing = {path.stem for path in _modules() if "smtplib" in _imports(path)}
    assert mailing == {"smtp"}


def test_papers_go_out_without_the_screens_the_shell_or_the_network() -> None:
    assert _broken(("export",), ("tui.shell", "tui.config", "tui.net", "httpx", "rich")) == []


def test_the_network_knows_no_papers() -> None:
    others = tuple(f"tui.{layer}" for layer in CORE if layer not in ("net", "errors", "clean"))
    assert _broken(("net",), (*others, "rich", "numpy")) == []


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
