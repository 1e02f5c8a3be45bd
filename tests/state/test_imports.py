"""What the package may import, and where it touches the disk."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import tui.state

HERE = Path(tui.state.__file__).parent
ALLOWED = {"tinydb", "filelock", "orjson", "tui"} | sys.stdlib_module_names
WRITING = {"write_bytes", "write_text", "unlink", "rename", "fsync", "ftruncate", "mkdir"}


def imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_the_package_imports_only_what_is_allowed() -> None:
    for path in HERE.glob("*.py"):
        for name in imports(ast.parse(path.read_text())):
            assert name.split(".")[0] in ALLOWED, (path.name, name)
            if name.startswith("tui"):
                assert name.startswith(("tui.state", "tui.core")), (
                    path.name,
                    name,
                )


def test_files_are_written_only_through_core_files() -> None:
    for path in HERE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                on_path = not (isinstance(owner, ast.Name) and owner.id in ("files", "memory"))
                named = node.func.attr in WRITING
                assert not (named and on_path), (path.name, node.lineno)


def test_it_starts_where_there_is_no_fcntl() -> None:
    code = (
        "import sys; sys.modules['textual'] = sys.modules['rich'] = None\n"
        "import filelock; sys.modules['fcntl'] = None\n"
        "import tui.state; assert tui.state.Store"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=HERE.parents[1])
