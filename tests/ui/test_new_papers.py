"""Papers added since the last visit are new: they have a mark, a count and a view."""

from __future__ import annotations

from pathlib import Path

from tests.shell.conftest import sheaf as sheaf  # the fixture
from tests.ui.conftest import Open
from tui.core.paper import Paper
from tui.library.library import Library


def arrive(home: Path, *titles: str) -> None:
    with Library(home, create=True) as library:
        library.add(Paper(title, published="2026-01-01") for title in titles)


async def test_papers_added_since_the_last_visit_are_new(open_reader: Open, home: Path) -> None:
    async with open_reader(content=[Paper("Seen Before", published="2026")]) as reader:
        assert "New 0" in reader.frame
        await reader.press("q")
    arrive(home, "Came First", "Came Second", "Seen Before")
    async with open_reader(content=[], visit=False) as reader:
        assert "New 2" in reader.frame
        assert "◆     Came First" in reader.frame
        assert "●     Seen Before" in reader.frame
        await reader.press("f6")
        assert len(reader.papers.rows) == 2
        assert "Seen Before" not in reader.frame
        await reader.press("q")
    async with open_reader(content=[], visit=False) as reader:
        assert "New 0" in reader.frame


async def test_a_reader_that_was_killed_leaves_them_new(open_reader: Open, home: Path) -> None:
    async with open_reader(content=[Paper("Seen Before")]) as reader:
        await reader.press("q")
    arrive(home, "Came First")
    async with open_reader(content=[], visit=False):
        pass  # ends without `leave`, as if killed
    with Library(home, create=True) as library:
        assert library.catalog.last_visited_row == 1


async def test_the_command_line_lists_new_papers(open_reader: Open, home: Path, sheaf) -> None:  # type: ignore[no-untyped-def]
    arrive(home, "Never Visited")
    assert [each["title"] for each in sheaf("list", "is:new", "--json").objects] == [
        "Never Visited"
    ]
    async with open_reader(content=[]) as reader:
        await reader.press("q")
    assert sheaf("list", "is:new").out == ""
    arrive(home, "Came After")
    assert [each["title"] for each in sheaf("list", "is:new", "--json").objects] == ["Came After"]
