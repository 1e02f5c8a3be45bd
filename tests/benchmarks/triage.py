"""How many keys and how many lines drawn a day's papers cost: `python tests/benchmarks/triage.py`.

Counts, not seconds: keys for 82 decisions, lines drawn by a mark and by a move, bytes written by a
mark of one paper, of 10,000 and of their undo. Prints a table, with `--json` one object.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tui.core.listing import Listing
from tui.core.paper import Paper
from tui.library.library import Library
from tui.ui.app import SheafApp

DAY = 82
MANY = 10_000


def journal_bytes(home: Path) -> int:
    """Return the size of the journals, the archived ones included, in bytes."""
    return sum(path.stat().st_size for path in (home / "state.json.d").rglob("*j-*"))


async def count_costs(home: Path) -> dict[str, int]:
    """Open the reader on a day's papers and count."""
    figures: dict[str, int] = {}
    with Library(home, create=True) as library:
        library.add(
            Paper(f"Title {number}", listings=(Listing("2026-05-07"),)) for number in range(DAY)
        )
        app = SheafApp(library)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause(1)
            papers = app.reader_screen.panes.papers

            async def cost(key: str) -> tuple[int, int]:
                lines, size = papers.lines_drawn, journal_bytes(home)
                await pilot.press(key)
                await pilot.pause(0.2)
                library.store.flush()
                return papers.lines_drawn - lines, journal_bytes(home) - size

            figures["lines drawn by a move"], _ = await cost("j")
            figures["lines drawn by a mark"], figures["bytes of a mark"] = await cost("s")
            await pilot.press("g")
            keys = 0
            while len(library.store.keys_where("read")) < DAY and keys < 2 * DAY:
                await pilot.press("space")
                keys += 1
            figures[f"keys for {DAY} decisions"] = keys
            library.add(Paper(f"More {number}") for number in range(MANY))
            await pilot.pause(4)
            await pilot.press("asterisk")
            _, figures[f"bytes of {MANY:,} marks"] = await cost("r")
            _, figures["bytes of their undo"] = await cost("u")
    return figures


def main() -> None:
    # A thread of the reader may still write the index.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        figures = asyncio.run(count_costs(Path(folder)))
    if "--json" in sys.argv:
        print(json.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:28}{figure:>12,}")


if __name__ == "__main__":
    main()
