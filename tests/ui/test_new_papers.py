"""Papers that the user has not seen are new: they have a mark, a count and a view."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.shell.conftest import sheaf as sheaf  # the fixture
from tests.ui.conftest import Open, Reader
from tui.config import Config
from tui.core.paper import Paper
from tui.library.library import Library
from tui.library.views import save_view_change
from tui.state.maintenance import export_tables, import_tables
from tui.ui.actions import marking


def arrive(home: Path, *titles: str) -> None:
    with Library(home, create=True) as library:
        library.add(Paper(title, published="2026-01-01") for title in titles)


def look_twice(reader: Reader) -> None:
    """Let a second pass."""
    for _ in range(2):
        reader.main.seen_papers.look(reader.papers.visible_rows)


async def test_papers_are_new_until_they_were_on_the_screen(open_reader: Open, home: Path) -> None:
    async with open_reader(content=[Paper("Seen Before", published="2026")]) as reader:
        assert "New 0" in reader.frame
    arrive(home, *(f"Came {n:02}" for n in range(60)))
    async with open_reader(content=[], visit=False, size=(120, 24)) as reader:
        assert "New 60" in reader.frame
        assert "◆     Came 59" in reader.frame
        look_twice(reader)
        shown = reader.frame.count("◆")
        assert 10 < shown < 24
        await reader.settle()
        assert "◆     Came 59" in reader.frame  # until the reader is closed
        assert "New 60" in reader.frame
        await reader.press("q")
        assert await reader.has_ended()
    async with open_reader(content=[], visit=False) as reader:
        assert f"New {60 - shown}" in reader.frame
        assert "●     Came 59" in reader.frame


async def test_rows_of_two_lines_are_seen_if_they_are_on_the_screen(
    open_reader: Open, home: Path
) -> None:
    arrive(home, *(f"Came {n:02}" for n in range(60)))
    async with open_reader(content=[], visit=False, config=Config(rows=2)) as reader:
        look_twice(reader)
        change = reader.main.seen_papers.change()
        assert change
        assert len(change.keys) == reader.frame.count("◆")


async def test_catching_up_is_one_step_of_undo_also_for_what_was_on_the_screen(
    open_reader: Open, home: Path
) -> None:
    arrive(home, "Came First", "Came Second")
    async with open_reader(content=[], visit=False) as reader:
        await reader.press("s")
        look_twice(reader)
        await reader.press("C")
        assert "New 0" in reader.frame
        await reader.press("u")
        assert "New 2" in reader.frame
        assert "1 starred" in reader.frame


async def test_very_many_new_papers_are_caught_up_without_a_mark_for_each(
    open_reader: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "MANY_NEW", 3)
    arrive(home, *"abcdef", "muted")
    with Library(home) as library:
        library.store.apply(save_view_change("Mute", "title:muted then:mute"))
    async with open_reader(content=[], visit=False) as reader:
        await reader.press("C")
        assert "no longer new on this machine: 6 papers" in reader.frame
        assert "New 0" in reader.frame
        assert "◆" not in reader.frame
        assert not reader.app.library.store.keys_where("seen")
        assert reader.app.library.catalog.last_visited_row == 7


def test_a_muted_paper_does_not_keep_later_ones_new(tmp_path: Path) -> None:
    with Library(tmp_path / "home", create=True) as library:
        library.add([Paper("Muted"), Paper("Seen", ids={"arxiv": "2401.00001"})])
        library.store.apply(save_view_change("Mute", "title:muted then:mute"))
        library.change_marks("seen", {"arxiv:2401.00001": {"seen": True}})
        library.up_to_date_search()
        library.start_visit(1)
    with Library(tmp_path / "home") as library:
        assert library.catalog.last_visited_row == 2


async def test_a_filtered_list_of_many_new_papers_leaves_the_others_new(
    open_reader: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "MANY_NEW", 3)
    arrive(home, *(f"{name} {n}" for n in range(5) for name in ("wheat", "rye")))
    async with open_reader(query="wheat", content=[], visit=False) as reader:
        await reader.press("C")
        await reader.settle()
        assert "New 5" in reader.frame


async def test_a_glance_is_not_enough_to_have_seen_a_paper(open_reader: Open, home: Path) -> None:
    arrive(home, "Came First")
    async with open_reader(content=[], visit=False) as reader:
        reader.main.seen_papers.look(reader.papers.visible_rows)
        assert reader.main.seen_papers.change() is None


def test_papers_that_are_not_in_the_index_stay_new(tmp_path: Path) -> None:
    with Library(tmp_path / "home", create=True) as library:
        library.add([Paper("Seen", ids={"arxiv": "2401.00001"})])
        library.up_to_date_search()
        library.change_marks("seen", {"arxiv:2401.00001": {"seen": True}})
        library.add([Paper("Came meanwhile")])
        library.start_visit(1)
    with Library(tmp_path / "home") as library:
        assert library.rows.rows("new").tolist() == [2]


def test_a_seen_paper_that_gains_a_key_stays_seen(tmp_path: Path) -> None:
    with Library(tmp_path / "home", create=True) as library:
        library.add([Paper("A Long Title of a Paper")])
        key = library.catalog.keys_of([1])[1]
        library.change_marks("seen", {key: {"seen": True}})
        library.add([Paper("A Long Title of a Paper", ids={"arxiv": "2401.00001"})])
        assert library.store.mark("arxiv:2401.00001").seen
        assert library.rows.rows("new").tolist() == []


async def test_papers_that_were_not_on_the_screen_stay_new(open_reader: Open, home: Path) -> None:
    arrive(home, "Came First", "Came Second")
    async with open_reader(content=[], visit=False) as reader:
        await reader.press("q")
        assert await reader.has_ended()
    async with open_reader(content=[], visit=False) as reader:
        assert "New 2" in reader.frame
        await reader.press("C")
        await reader.settle()
        assert "no longer new: 2 papers" in reader.frame
        assert "New 0" in reader.frame
        await reader.press("u")
        await reader.settle()
        assert "New 2" in reader.frame


def test_a_paper_seen_on_another_machine_is_not_new(tmp_path: Path) -> None:
    exported: dict[str, Any] = {}
    for machine in ("one", "two"):
        with Library(tmp_path / machine, create=True) as library:
            library.add([Paper("A", ids={"arxiv": "2401.00001"}), Paper("B")])
            if exported:
                import_tables(library.store, exported)
            else:
                library.change_marks("seen", {"arxiv:2401.00001": {"seen": True}})
                library.up_to_date_search()
                library.start_visit(1)
            assert library.rows.rows("new").tolist() == [2]
            assert list(library.store.marks()) == []
            exported = export_tables(library.store)
    with Library(tmp_path / "one") as library:
        assert library.catalog.last_visited_row == 1


def test_the_command_line_lists_new_papers(home: Path, sheaf) -> None:  # type: ignore[no-untyped-def]
    arrive(home, "Never Seen")
    for _ in range(2):
        found = sheaf("list", "is:new", "--json").objects
        assert [each["title"] for each in found] == ["Never Seen"]
