"""`sheaf feeds` and `sheaf fetch` on the command line."""

from __future__ import annotations

import io
import os
import pty
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from tests.feeds import payloads
from tests.feeds.conftest import SavedHome, saved
from tests.feeds.payloads import JSON, number
from tests.net.conftest import _trust_one_authority, one_authority, server
from tests.net.server import Reply, Server
from tests.shell.conftest import Sheaf
from tui.feeds import subscriptions
from tui.net.network_settings import SERVICES
from tui.state import Store

__all__ = ["_trust_one_authority", "one_authority", "saved", "server"]

FEED = payloads.rss({f"https://arxiv.org/abs/{number(n)}": f"Paper {n}" for n in (1, 2)})


@pytest.fixture(autouse=True)
def _set_service_urls(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for service in SERVICES:
        monkeypatch.setenv(f"SHEAF_{service.upper()}_URL", f"{server.url}/{service}")


def followed_names(home: Path) -> list[str]:
    with Store.open(home) as store:
        return [feed.name for feed in subscriptions.followed_feeds(store)]


def test_without_feeds_the_command_to_follow_one_is_shown(home: Path, sheaf: Sheaf) -> None:
    for words in (["fetch"], ["feeds"], ["feeds", "list"]):
        done = sheaf(*words)
        assert (done.status, done.out) == (0, "")
        assert "sheaf feeds add hf:daily" in done.err
    assert sheaf("fetch", "--quiet").err == ""
    assert sheaf("fetch", "--json").objects == [
        {"added": 0, "updated": 0, "stopped": False, "feeds": []}
    ]
    assert not home.exists()


def test_a_followed_feed_is_fetched(server: Server, sheaf: Sheaf, saved: SavedHome) -> None:
    server.routes["/a"] = Reply(FEED, etag='"1"')
    url = f"{server.url}/a"
    done = sheaf("feeds", "add", url, "--title", "My feed")
    assert (done.status, done.out) == (0, "")
    assert f"{url} is followed\n" in done.err
    assert "never fetched     My feed" in sheaf("feeds").out
    assert "is followed already" in sheaf("feeds", "add", url).err
    done = sheaf("fetch")
    assert (done.status, done.out, done.err) == (0, "", f"{url}: 2 new\n")
    assert saved.titles() == ["Paper 1", "Paper 2"]
    assert sheaf("fetch").err == f"{url}: nothing new\n"
    assert sheaf("fetch", "--quiet").err == ""
    assert "0 new of 0 the last time, 2 in all  My feed" in sheaf("feeds").out


def test_feeds_and_fetches_are_printed_as_json(server: Server, sheaf: Sheaf, home: Path) -> None:
    server.routes["/a"] = Reply(FEED)
    good, bad = f"{server.url}/a", f"{server.url}/gone"
    sheaf("feeds", "add", good, bad)
    done = sheaf("fetch", "--json")
    assert done.status == 1
    (result,) = done.objects
    assert (result["added"], result["updated"], result["stopped"]) == (2, 0, False)
    feeds = result["feeds"]
    assert isinstance(feeds, list)
    assert [(each["feed"], each["state"], each["added"]) for each in feeds] == [
        (good, "done", 2), (bad, "failed", 0),
    ]  # fmt: skip
    assert "does not have this" in feeds[1]["error"]
    listed = {str(each["name"]): each for each in sheaf("feeds", "--json").objects}
    assert (listed[good]["added"], listed[good]["total"], listed[good]["error"]) == (2, 2, "")
    assert listed[bad]["error"] == feeds[1]["error"]
    assert sheaf("feeds", "list", "--json").objects == sheaf("feeds", "--json").objects


def test_errors_are_reported_even_when_quiet(server: Server, sheaf: Sheaf) -> None:
    server.routes["/a"] = Reply(FEED)
    done = sheaf("fetch", "--quiet", f"{server.url}/a", f"{server.url}/gone")
    assert done.status == 1
    assert done.err == (f"sheaf: {server.url}/gone: 127.0.0.1 does not have this (404)\n")


def test_an_offline_fetch_changes_nothing(
    server: Server, sheaf: Sheaf, saved: SavedHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_to_resolve(*_: object, **__: object) -> list[object]:
        import socket

        raise socket.gaierror(-3, "Temporary failure in name resolution")

    server.routes["/a"] = Reply(FEED)
    sheaf("fetch", f"{server.url}/a")
    monkeypatch.setenv("SHEAF_HF_URL", "https://hf.example")
    monkeypatch.setattr("socket.getaddrinfo", fail_to_resolve)
    done = sheaf("fetch", "hf:daily")
    assert done.status == 1
    assert "no network, or no host hf.example; nothing here is lost" in done.err
    assert saved.titles() == ["Paper 1", "Paper 2"]


def test_feeds_are_paused_resumed_and_removed(server: Server, sheaf: Sheaf, home: Path) -> None:
    server.routes["/a"] = Reply(FEED)
    url = f"{server.url}/a"
    sheaf("feeds", "add", url)
    assert sheaf("feeds", "pause", url).err == f"{url} is paused\n"
    assert "paused" in sheaf("feeds").out
    done = sheaf("fetch")
    assert (done.status, server.requests) == (0, [])
    assert "all feeds are paused" in done.err
    assert sheaf("feeds", "resume", url).status == 0
    assert sheaf("fetch").err == f"{url}: 2 new\n"
    assert "its papers stay" in sheaf("feeds", "remove", url).err
    assert followed_names(home) == []
    assert sheaf("list").out.count("\n") == 2
    done = sheaf("feeds", "remove", url)
    assert (done.status, f"{url} is not followed" in done.err) == (2, True)


def test_an_invalid_feed_name_lists_the_kinds_and_follows_nothing(home: Path, sheaf: Sheaf) -> None:
    done = sheaf("feeds", "add", "hf:daily", "nonsense\x1b[31m")
    assert done.status == 2
    assert "arxiv:cs.CL" in done.err
    assert "s2:author/1741101" in done.err
    assert "\x1b" not in done.err
    assert followed_names(home) == []


def test_exported_opml_can_be_imported(sheaf: Sheaf, home: Path, tmp_path: Path) -> None:
    sheaf("feeds", "add", "hf:daily", "arxiv:cat:cs.LG AND abs:mamba", "https://a.example/x")
    before = followed_names(home)
    file = tmp_path / "my.opml"
    assert sheaf("feeds", "export", file).status == 0
    assert sheaf("feeds", "export", file).status == 1
    assert sheaf("feeds", "export", file, "--force").status == 0
    assert sheaf("feeds", "export").out == file.read_text()
    for way in (["add"], ["import"]):
        sheaf("feeds", "remove", *followed_names(home))
        assert followed_names(home) == []
        assert sheaf("feeds", *way, file).status == 0
        assert followed_names(home) == before


def test_opml_is_read_from_standard_input_and_from_a_url(
    server: Server, sheaf: Sheaf, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"<opml><body><outline text='B' xmlUrl='https://b.example/x'/></body></opml>"
    server.routes["/my.opml"] = Reply(data)
    assert sheaf("feeds", "add", f"{server.url}/my.opml").status == 0
    assert followed_names(home) == ["https://b.example/x"]
    other = io.TextIOWrapper(io.BytesIO(data.replace(b"b.example", b"c.example")))
    monkeypatch.setattr("sys.stdin", other)
    assert sheaf("feeds", "import", "-").status == 0
    assert followed_names(home) == ["https://b.example/x", "https://c.example/x"]


@pytest.mark.parametrize("content", [b"", b"not OPML", b"<opml><body/></opml>"])
def test_a_file_without_feeds_is_rejected(sheaf: Sheaf, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.opml"
    path.write_bytes(content)
    done = sheaf("feeds", "add", path)
    assert (done.status, "not an OPML file with feeds" in done.err) == (2, True)
    done = sheaf("feeds", "add", tmp_path / "gone.opml")
    assert (done.status, "No such file" in done.err) == (2, True)


def test_a_past_day_is_fetched(server: Server, sheaf: Sheaf, saved: SavedHome) -> None:
    record = payloads.hf(number(1), "Old", "2026-02-03")
    server.routes["/hf/api/daily_papers"] = Reply(payloads.dumps([record]), headers=JSON)
    assert sheaf("fetch", "--day", "2026-02-03").err == "hf:daily: 1 new\n"
    assert saved.papers()[0].listed == "2026-02-03"
    done = sheaf("fetch", "--day", "yesterday")
    assert (done.status, "write it as 2026-05-07" in done.err) == (2, True)


def test_a_second_fetch_is_refused_while_one_runs(home: Path, sheaf: Sheaf, server: Server) -> None:
    sheaf("feeds", "add", f"{server.url}/a")
    with FileLock(home / ".fetch.lock"):
        done = sheaf("fetch")
    assert done.status == 1
    assert "another fetch is running on this library" in done.err
    assert server.requests == []


def test_the_timer_runs_this_program_on_this_home(sheaf: Sheaf, tmp_path: Path) -> None:
    home = tmp_path / "100% mine"
    done = sheaf("--home", home, "fetch", "--timer")
    assert (done.status, done.err) == (0, "")
    cron = next(line for line in done.out.splitlines() if line.endswith("fetch --quiet"))
    minute, *_ = cron.split(" ")
    assert 0 <= int(minute) < 60
    assert f"--home '{tmp_path}/100\\% mine' fetch --quiet" in cron
    assert f'--home "{tmp_path}/100%% mine" fetch --quiet' in done.out
    assert f"OnCalendar=*-*-* 00/4:{int(minute):02}:00" in done.out
    program = cron.split(" ")[5]
    assert Path(program).is_absolute()
    for part in ("[Unit]", "[Service]", "[Timer]", "[Install]", "Persistent=true"):
        assert part in done.out
    assert not home.exists()


def run(home: Path, *words: str, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tui", "--home", str(home), *words]
    return subprocess.Popen(command, env=os.environ, **options)  # type: ignore[call-overload,no-any-return]


def test_an_interrupted_fetch_keeps_its_papers(
    home: Path, server: Server, saved: SavedHome
) -> None:
    never = threading.Event()
    server.routes["/a"] = Reply(FEED)
    server.routes["/slow"] = Reply(FEED, wait=never)
    running = run(home, "fetch", f"{server.url}/a", f"{server.url}/slow", stderr=subprocess.PIPE)
    while len(server.requests) < 2 or len(saved.papers()) < 2:
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=20)
    never.set()
    assert running.returncode == 130
    assert (
        b"interrupted; the papers fetched so far are saved, `sheaf fetch` fetches the rest" in said
    )
    assert b"Traceback" not in said
    assert saved.titles() == ["Paper 1", "Paper 2"]


def test_on_a_terminal_a_bar_counts_the_papers(home: Path, server: Server) -> None:
    go = threading.Event()
    server.routes["/a"] = Reply(FEED, wait=go)
    near, far = pty.openpty()
    running = run(home, "fetch", f"{server.url}/a", stdin=far, stdout=far, stderr=far)
    os.close(far)
    said = b""
    while running.poll() is None or select.select([near], [], [], 0)[0]:
        if not select.select([near], [], [], 0.1)[0]:
            continue
        try:
            piece = os.read(near, 65536)
        except OSError:  # the other end is closed
            break
        said += piece
        if b"0 papers" in said:
            go.set()
    os.close(near)
    assert running.wait(10) == 0
    assert server.url.encode()[-10:] + b"/a" in said
    assert b"2 new" in said


def test_neither_progress_nor_the_network_is_loaded_to_show_help() -> None:
    code = (
        "import sys\nfrom tui.cli import main\n"
        "try: main(['feeds', 'add', '--help'])\nexcept SystemExit: pass\n"
        "heavy = {'textual', 'numpy', 'sqlite3', 'httpx', 'rich', 'tinydb'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "hf:daily" in done.stdout
