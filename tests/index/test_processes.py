"""Several processes use one index: two read while one writes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.index.conftest import answers, paper
from tui.catalog.catalog import Catalog
from tui.index.index import Index

READ = """
import json, sys
from pathlib import Path
from tests.index.conftest import answers
from tui.catalog.catalog import Catalog
from tui.index.index import Index
catalog = Catalog(Path(sys.argv[1]))
for line in sys.stdin:
    index = Index.open(Path(sys.argv[2]), catalog)
    sizes = []
    while not sizes or line.strip() not in ("", str(sizes[-1])):
        index = Index.open(Path(sys.argv[2]), catalog)
        found = answers(index)
        assert len(found[0]) == index.snapshot.count == len(set(found[0]))
        sizes.append(index.snapshot.count)
    print(json.dumps([sizes, found]), flush=True)
"""
"""For each number on standard input: open the index again until it has so many papers."""


def test_two_processes_read_while_another_writes(
    tmp_path: Path, catalog: Catalog, right: Callable[[Catalog], list[list[int]]]
) -> None:
    folder = tmp_path / "index"
    index = Index.open(folder, catalog)
    index.update(catalog)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READ, str(catalog.path), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    results = []
    try:
        for reader in readers:
            assert reader.stdin
            assert reader.stdout
            reader.stdin.write("\n")
            reader.stdin.flush()
            assert json.loads(reader.stdout.readline())[0] == [40]
            reader.stdin.write("52\n")
            reader.stdin.flush()
        for number in range(100, 112):  # so many segments that they are merged on the way
            catalog.add([paper(number)])
            index.update(catalog)
        for reader in readers:
            results.append(json.loads(reader.communicate(timeout=30)[0]))
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()
    for sizes, found in results:
        assert sizes == sorted(sizes)
        assert 0 not in sizes
        assert found == right(catalog)
    assert answers(index) == right(catalog)
