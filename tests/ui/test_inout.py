"""Papers in and out of the running reader: feeds, adding, completing, export, copying, mail."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from textual import events

from tests.feeds import payloads
from tests.net.conftest import _few_authorities, few_authorities, server
from tests.net.server import FakeClock, Reply, Request, Server
from tests.services.conftest import offline, world
from tests.services.fake_services import FakeServices, KnownPaper
from tests.ui.conftest import Open, Reader
from tui.config import Config
from tui.core.paper import Paper
from tui.net import client
from tui.net.network_settings import SERVICES, NetworkSettings
from tui.ui.actions.adding import pasted_names
from tui.ui.dialogs.feeds import FeedsScreen

__all__ = ["_few_authorities", "few_authorities", "offline", "server", "world"]

DAILY = "/hf/api/daily_papers"


def said(reader: Reader) -> str:
    return reader.main.status.text


def warned(reader: Reader) -> str:
    notice = reader.main.query_one("#notice")
    return str(notice.render()) if notice.display else ""


def titles(reader: Reader) -> list[str]:
    rows = [int(row) for row in reader.main.papers.rows]
    return [stored.paper.title for stored in reader.app.library.catalog.get_many(rows)]


def day(back: int = 0) -> str:
    return (date.today() - timedelta(days=back)).isoformat()


@pytest.fixture
def hub(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """Every service on the one server, and a clock that does not wait."""
    monkeypatch.setattr(client, "Clock", FakeClock)
    for service in SERVICES:
        monkeypatch.setenv(f"SHEAF_{service.upper()}_URL", f"{server.url}/{service}")
    return server


def daily(days: dict[str, list[object]]) -> Callable[[Request], Reply]:
    def answer(asked: Request) -> Reply:
        records = days.get(asked.query.get("date", ""), [])
        first = asked.query.get("p", "0") == "0"
        return Reply(payloads.dumps(records if first else []), headers=payloads.JSON)

    return answer


async def follow(reader: Reader, name: str) -> None:
    await reader.press("F", "a")
    await reader.type(name)
    await reader.press("enter")


async def test_follow_fetch_and_go_to_what_is_new(open_reader: Open, hub: Server) -> None:
    hub.routes[DAILY] = daily({day(): [payloads.hf("2605.00001", "Of Barley", day(), 9)]})
    async with open_reader() as reader:
        await reader.press("f")
        assert said(reader) == "no feeds are followed; F follows one"
        await follow(reader, "hf:daily")
        assert "hf:daily: followed now; f fetches" in reader.frame
        assert "never fetched" in reader.frame
        await reader.press("f")
        assert said(reader) == "1 new · g shows them"
        cursor = reader.main.papers.row
        assert "New 1" in reader.frame
        assert reader.main.papers.row == cursor
        await reader.press("g")
        assert titles(reader) == ["Of Barley"]
        assert "9 votes" in reader.frame
        await reader.press("F")
        assert "1 new of 1 the last time, 1 in all" in reader.frame
        await reader.press("enter")
        assert "source:" in reader.main.request.text
        assert titles(reader) == ["Of Barley"]


async def test_g_goes_to_the_first_paper_after_another_message(
    open_reader: Open, hub: Server
) -> None:
    hub.routes[DAILY] = daily({day(): [payloads.hf("2605.00001", "Of Barley", day())]})
    async with open_reader() as reader:
        await follow(reader, "hf:daily")
        await reader.press("f")
        assert said(reader) == "1 new · g shows them"
        await reader.press("j", "s")
        await reader.press("g")
        assert reader.main.request.view.name == "All"
        assert reader.main.papers.cursor == 0


async def test_feeds_are_paused_and_removed_and_undo_restores_them(
    open_reader: Open, hub: Server
) -> None:
    async with open_reader() as reader:
        await follow(reader, "hf:daily")
        await reader.press("p")
        assert "paused" in reader.frame
        await reader.press("escape", "f")
        assert said(reader) == "all feeds are paused; F resumes one"
        assert hub.requests == []
        await reader.press("F", "p", "x")
        assert "No feeds are followed." in reader.frame
        await reader.press("escape", "u")
        assert said(reader).startswith("undo: unfollow hf:daily")
        await reader.press("F")
        assert "hf:daily" in reader.frame


async def test_a_name_of_no_feed_is_answered_with_the_kinds_of_names(
    open_reader: Open, home: Path
) -> None:
    async with open_reader((80, 24)) as reader:
        await follow(reader, "foo:bar")
        assert "foo:bar names no feed. There are:" in reader.frame
        assert "arxiv:cs.CL" in reader.frame
        outlines = home.parent / "mine.opml"
        outlines.write_text(
            '<opml version="2.0"><body><outline type="rss" text="Ada" '
            'xmlUrl="https://example.org/feed.xml"/></body></opml>'
        )
        await reader.press("a")
        await reader.type(str(outlines))
        await reader.press("enter")
        assert "Ada (https://example.org/feed.xml)" in reader.frame


async def test_a_failed_feed_is_shown_and_others_are_fetched(
    open_reader: Open, hub: Server
) -> None:
    hub.routes[DAILY] = daily({day(): [payloads.hf("2605.00001", "Of Barley", day())]})
    async with open_reader() as reader:
        await follow(reader, "hf:daily")
        await reader.press("escape")
        await follow(reader, f"{hub.url}/gone.xml")
        await reader.press("escape", "f")
        assert said(reader).startswith("1 new")
        assert "gone.xml" in warned(reader)
        hub.routes.clear()
        await reader.press("escape", "f")
        assert said(reader) == "no feed has answered"
        assert "F shows the feeds" in warned(reader)
        await reader.press("escape", "F")
        assert "! " in reader.frame


async def test_a_missing_day_is_fetched_on_request(open_reader: Open, hub: Server) -> None:
    past = "2026-04-01"
    hub.routes[DAILY] = daily({past: [payloads.hf("2604.00001", "Of Oats", past)]})
    async with open_reader() as reader:
        await reader.press("D")
        await reader.type(past)
        await reader.press("enter")
        assert said(reader) == "1 new · g shows them"
        assert hub.requests[0].query["date"] == past
        await reader.press("f2", "left_square_bracket", "left_square_bracket")
        assert titles(reader) == ["Of Oats"]
        await reader.press("D")
        await reader.type("yesterday")
        await reader.press("enter")
        assert "is not a day" in warned(reader)


async def test_a_fetch_can_be_stopped(open_reader: Open, hub: Server) -> None:
    hold = threading.Event()
    hub.routes[DAILY] = Reply(b"[]", wait=hold)
    async with open_reader() as reader:
        await follow(reader, "hf:daily")
        await reader.pilot.press("f")
        await reader.pilot.pause(0.2)
        assert "fetching" in reader.main.jobs.running
        await reader.pilot.press("f")
        await reader.pilot.pause(0.2)
        assert "Still fetching." in reader.frame
        await reader.press("s")
        assert said(reader).endswith("stopped")
        assert not reader.main.jobs.running
        hold.set()


async def test_papers_slip_in_by_themselves(open_reader: Open, hub: Server, home: Path) -> None:
    from tui.feeds.feed_names import Feed
    from tui.feeds.subscriptions import follow_change as following
    from tui.library.library import Library

    hub.routes[DAILY] = daily({day(): [payloads.hf("2605.00001", "Of Barley", day())]})
    with Library(home, create=True) as library:
        library.store.apply(following([Feed("hf:daily")], date.today()))
    config = Config(network=NetworkSettings(every=30))
    async with open_reader(config=config) as reader:
        assert said(reader) == "1 new · g shows them"
        assert reader.main.papers.row is not None
        assert "Of Barley" in reader.frame


BIB = "@article{a, title = {Sown in a File}, author = {Lindqvist, Ada}, year = 2024}"


async def test_a_adds_a_file_whose_path_completes(open_reader: Open, tmp_path: Path) -> None:
    (tmp_path / "garden").mkdir()
    (tmp_path / "garden" / "refs.bib").write_text(BIB)
    async with open_reader() as reader:
        await reader.press("a")
        await reader.type(f"{tmp_path}/gar")
        assert "garden/" in reader.frame
        await reader.press("tab")
        await reader.press("tab", "enter")
        assert said(reader) == "1 added · g shows them"
        await reader.press("g")
        assert titles(reader) == ["Sown in a File"]
        await reader.press("a")
        await reader.type(str(tmp_path / "garden"))
        await reader.press("enter")
        assert said(reader) == "0 added, 1 already here"


async def test_what_cannot_be_added_is_named(open_reader: Open, tmp_path: Path) -> None:
    (tmp_path / "bad.bib").write_text("@article{x, year = 2024}\n" + BIB)
    async with open_reader() as reader:
        await reader.press("a")
        await reader.type(str(tmp_path / "bad.bib"))
        await reader.press("enter")
        assert said(reader).startswith("1 added, 1 refused")
        assert "bad.bib" in warned(reader)
        await reader.press("escape", "a")
        await reader.type("nothing/here.bib")
        await reader.press("enter")
        assert "no such file or folder" in warned(reader)


async def test_an_id_is_looked_up(open_reader: Open, world: FakeServices) -> None:
    known = KnownPaper("Sinks in the Field", arxiv="2401.12345")
    world.known.append(known)
    async with open_reader() as reader:
        await reader.press("a")
        await reader.type(known.arxiv)
        await reader.press("enter")
        assert said(reader).startswith("1 added")
        await reader.press("g")
        assert titles(reader) == [known.title]


@pytest.mark.usefixtures("offline")
async def test_offline_is_reported_at_once(open_reader: Open) -> None:
    async with open_reader() as reader:
        await reader.press("a")
        await reader.type("2401.12345")
        await reader.press("enter")
        assert "offline" in warned(reader)
        await reader.press("escape", "R")
        assert "offline" in said(reader)


async def paste(reader: Reader, text: str) -> None:
    reader.app.post_message(events.Paste(text))
    await reader.settle()


async def test_pasting_offers_to_add(open_reader: Open, tmp_path: Path) -> None:
    spaced = tmp_path / "my refs.bib"
    spaced.write_text(BIB)
    async with open_reader() as reader:
        await paste(reader, BIB)
        assert "Pasted: @article{a" in reader.frame
        await reader.press("escape")
        assert len(titles(reader)) == 4
        await paste(reader, str(spaced).replace(" ", "\\ ") + " ")
        await reader.press("a")
        assert said(reader) == "1 added · g shows them"
        await paste(reader, BIB.replace("File", "Pasted Text"))
        await reader.press("a")
        assert said(reader) == "1 added · g shows them"
        assert "Sown in a Pasted Text" in reader.frame


def test_what_terminals_paste_for_dropped_files(tmp_path: Path) -> None:
    one, two = tmp_path / "a b.bib", tmp_path / "c.ris"
    one.touch()
    two.touch()
    for text in (
        str(one),
        f"'{one}'",
        str(one).replace(" ", "\\ "),
        f"file://{str(one).replace(' ', '%20')}",
    ):
        assert pasted_names(text) == [str(one)], text
    assert pasted_names(f"'{one}' {two}") == [str(one), str(two)]
    assert pasted_names("2401.12345 10.5555/x") == ["2401.12345", "10.5555/x"]
    assert pasted_names(BIB) == []
    assert pasted_names("it's a line of words") == []


async def test_r_completes_the_paper_here(open_reader: Open, world: FakeServices) -> None:
    known = KnownPaper("Sinks in the Field", arxiv="2401.12345")
    world.known.append(known)
    bare = Paper(known.title, known.authors, "Ours.", ids={"arxiv": known.arxiv},
                 abstract_source="sample")  # fmt: skip
    async with open_reader(content=[bare]) as reader:
        await reader.press("R")
        assert "abstract" in said(reader)
        stored = reader.main.current
        assert stored is not None
        assert stored.paper.abstract == known.abstract
        assert known.abstract.split()[0] in reader.frame


async def test_export_writes_what_the_menu_says(open_reader: Open, tmp_path: Path) -> None:
    target = tmp_path / "out.bib"
    async with open_reader() as reader:
        await reader.press("e")
        assert "a all 4 shown" in reader.frame
        await reader.press("a")
        assert "Export 4 papers as" in reader.frame
        await reader.press("b")
        await reader.type(str(target))
        await reader.press("enter")
        assert said(reader) == f"wrote 4 papers to {target} (BibTeX)"
        assert target.read_text().count("\n@") + 1 == 4
        await reader.press("j", "e", "p", "b")
        await reader.type(str(target))
        await reader.press("enter")
        assert "is there already" in reader.frame
        await reader.press("escape")
        assert target.read_text().count("\n@") + 1 == 4
        await reader.press("v", "v", "e")
        assert "Export 2 papers as" in reader.frame


async def test_notes_go_to_a_folder(open_reader: Open, tmp_path: Path) -> None:
    async with open_reader() as reader:
        await reader.press("e", "a", "n")
        await reader.type(str(tmp_path / "vault"))
        await reader.press("enter")
        assert "4 papers" in said(reader)
    assert len(list((tmp_path / "vault").iterdir())) == 4


async def test_y_copies_what_its_menu_says(open_reader: Open) -> None:
    with patch("tui.ui.clipboard.copy") as system:
        async with open_reader() as reader:
            for key, text in (
                ("l", "https://arxiv.org/abs/2309.99901"),
                ("i", "arXiv:2309.99901"),
                (
                    "m",
                    "[Efficient Sinks for Streaming Attention](https://arxiv.org/abs/2309.99901)",
                ),
            ):
                await reader.press("y", key)
                assert reader.app.clipboard == text
                system.assert_called_with(text)
                assert said(reader).startswith(f"copied {text[:40]}")
            await reader.press("y", "b")
            assert reader.app.clipboard.startswith("@")
            await reader.press("v", "v", "y", "c")
            assert len(reader.app.clipboard.splitlines()) == 2
            assert said(reader) == "copied the citation in one line of 2"
            await reader.press("escape", "G", "y", "l")
            assert said(reader) == "there is no link to copy here"


async def test_subscribe_asks_writes_and_tries(open_reader: Open, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "sheaf-light"\n')
    sent = "A test is on its way to ada@example.org."
    with patch("tui.digest.mail_setup.send_test", return_value=sent) as trial:
        async with open_reader(config=Config(path=path)) as reader:
            await reader.press("M")
            await reader.type("not an address")
            await reader.press("enter")
            assert "not an address" in reader.frame
            await reader.type("ada@example.org")
            await reader.press("enter", "enter", "enter", "enter", "enter")
            await reader.type("")
            await reader.press("enter")
            assert "To be added to" in reader.frame
            await reader.press("a")
            assert trial.call_count == 1
            assert "on its way to ada@example.org" in warned(reader)
            assert "sheaf digest --timer" in warned(reader)
    assert path.read_text().startswith('theme = "sheaf-light"\n')
    assert 'to = "ada@example.org"' in path.read_text()


async def test_leaving_half_way_writes_nothing(open_reader: Open, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    async with open_reader(config=Config(path=path)) as reader:
        await reader.press("M")
        await reader.type("ada@example.org")
        await reader.press("enter", "escape")
        assert said(reader) == "not subscribed; nothing was written"
    assert not path.exists()


async def test_the_feeds_fit_the_smallest_terminal(open_reader: Open) -> None:
    async with open_reader((60, 16)) as reader:
        await reader.press("F")
        assert isinstance(reader.app.screen, FeedsScreen)
        assert "a add" in reader.frame
        assert "Esc leave" in reader.frame
