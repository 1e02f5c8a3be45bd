"""Make assets/reader.svg from the app itself: `python assets/make_screenshot.py`.

The reader runs without a terminal on a throw-away copy of the sample library, a few papers are
marked and the filter is set; what it then shows is what the README shows.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from tui.library.library import Library
from tui.ui.app import SheafApp, import_samples

SIZE = (120, 30)
FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
"""Rich's export names a font of the web; a picture should load nothing."""


async def picture(library: Library) -> str:
    """The reader as an SVG, a search with a typo typed in."""
    app = SheafApp(library)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1)
        await pilot.press("escape", "slash", *"survey langage")
        await pilot.pause(1)
        await pilot.press("enter", "s", "j", "space", "j", "s", "k")
        await pilot.pause(1)
        return FONT.sub("", app.export_screenshot(title="sheaf"))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder), create=True) as library:
        import_samples(library)
        note = "Compare their table of context lengths with ours."
        library.mark("note", {"arxiv:2311.12351": {"note": note, "tags_add": ["long-context"]}})
        svg = asyncio.run(picture(library))
    (Path(__file__).parent / "reader.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
