"""Foreign text in every store and closed or full streams: no control characters, no traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.authors import authors
from tests.shell.conftest import Sheaf
from tui.catalog.catalog import Catalog
from tui.core import paths
from tui.core.paper import Paper
from tui.feeds.feed_status import FeedStatus, save_status
from tui.library.library import Library
from tui.shell.subcommands import SUBCOMMANDS
from tui.state import Change

HOSTILE = "t\x1b]0;OWNED\x07\x9b31m\u202e\x7f"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
KEY = "arxiv:2309.99901"
TITLE = "Efficient Sinks for Streaming Attention"
ESCAPED = HOSTILE.encode("unicode_escape").decode().replace("\\x", "\\u00")
CONFIG = f"""
theme = "{ESCAPED}"
"{ESCAPED}" = 1
[keys]
star = ["{ESCAPED}"]
[commands.sum]
run = "echo {ESCAPED}"
[mail]
to = "ada@example.org"
server = "smtp.example.org"
"""

COMMANDS = (
    "add FILE --offline", "add FILE --offline --json", "add FILE --format TEXT", "add TEXT",
    "list", "list --json", "list TEXT", "list --sort TEXT", "show KEY", "show KEY --json",
    "show TEXT", "mark KEY --read", "mark TEXT --read", "mark KEY --tag TEXT --note TEXT",
    "fetch", "fetch --json", "fetch TEXT", "fetch --day TEXT", "fetch --timer",
    "feeds", "feeds --json", "feeds list", "feeds list --json", "feeds export", "feeds add TEXT",
    "feeds add hf:daily --title TEXT", "feeds remove TEXT", "feeds pause TEXT",
    "feeds resume TEXT", "feeds import FILE", "feeds import OPML",
    "digest", "digest --format html", "digest --format markdown", "digest --format eml",
    "digest --since TEXT", "digest --send --dry-run", "digest --timer", "digest -o FILE",
    "state export", "state import FILE", "state import STATE", "state forget TEXT", "state repair",
    "doctor", "doctor --duplicates", "doctor --duplicates --json", "doctor --repair",
    "paths", "paths --json", "config", "config --json", "keys", "help", "help TEXT", "TEXT",
    "export --format TEXT", "export -o FILE --format bibtex", "export --format notes -o FOLDER",
    *(f"export --notes --format {name}" for name in
      ("bibtex", "biblatex", "ris", "csl", "csv", "jsonl", "markdown", "html")),
)  # fmt: skip


def test_every_subcommand_is_tried() -> None:
    tried = {" ".join(command.split()[:length]) for command in COMMANDS for length in (1, 2)}
    for subcommand in SUBCOMMANDS:
        names = [f"{subcommand.name} {part.name}" for part in subcommand.parts]
        assert {*(names or [subcommand.name])} <= tried


@pytest.fixture(scope="module")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with hostile text in marks, notes, drafts, views, feeds, settings and file names."""
    home = tmp_path_factory.mktemp("template") / "home"
    paper = Paper(
        TITLE, authors("Ada Lindqvist"), "Abstract.", "2023-09-29", ids={"arxiv": KEY[6:]},
        sources=("hf:daily",),
    )  # fmt: skip
    alike = Paper(f"{TITLE}s", authors("Ada Lindqvist"), ids={"doi": "10.5555/sinks"})
    feeds = {name: {"followed": "2026-05-01", "title": HOSTILE} for name in ("hf:daily", HOSTILE)}
    views = {HOSTILE: {"query": "sinks"}}
    with Library(home, create=True) as library:
        library.add([paper, alike])
        fields = {"tags_add": [HOSTILE], "note": HOSTILE, "star": True}
        library.change_marks("mark", {KEY: fields, f"arxiv:{HOSTILE}": {"star": True}})
        library.store.apply(Change.of(HOSTILE, tables={"feeds": feeds, "views": views}))
        library.store.save_draft(f"arxiv:{HOSTILE}", HOSTILE)
    catalog = Catalog(paths.papers_db(home))
    save_status(catalog, "hf:daily", FeedStatus("2026-05-01T00:00:00Z", error=HOSTILE))
    catalog.close()
    state = paths.state_file(home)
    shutil.copy(state, state.with_name(f"state (conflict {HOSTILE}).json"))
    state.with_name(f"state (conflict 2 {HOSTILE}).json").write_text("{", encoding="utf-8")
    (home / "config.toml").write_text(CONFIG, encoding="utf-8")
    return home


@pytest.fixture
def hostile_home(filled_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / f"home {HOSTILE}"
    shutil.copytree(filled_home, home)
    monkeypatch.setenv("SHEAF_HOME", str(home))
    return home


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_print_no_control_characters(
    command: str, hostile_home: Path, tmp_path: Path, sheaf: Sheaf
) -> None:
    names = {
        "KEY": KEY,
        "TEXT": HOSTILE,
        "FILE": str(tmp_path / f"{HOSTILE}.txt"),
        "OPML": str(tmp_path / f"{HOSTILE}.opml"),
        "STATE": str(tmp_path / "state.json"),
        "FOLDER": str(tmp_path / f"notes {HOSTILE}"),
    }
    if "add" in command or "import" in command:
        Path(names["FILE"]).write_text(f'{{"title": 1, "x": "{HOSTILE}"}}', encoding="utf-8")
    outline = "<opml><body><outline xmlUrl='ftp://&#x9b;1m'/></body></opml>"
    Path(names["OPML"]).write_text(outline, encoding="utf-8")
    sheaf("state", "export", names["STATE"])
    done = sheaf(*(names.get(word, word) for word in command.split()))
    printed = (done.out + done.err).replace("\r\n", "\n")
    assert done.status in (0, 1, 2)
    assert not CONTROL.search(printed)
    notes = list(Path(names["FOLDER"]).glob("*"))
    assert len(notes) == (2 if "FOLDER" in command else 0)
    assert not any(CONTROL.search(path.read_text(encoding="utf-8")) for path in notes)


@pytest.mark.parametrize("command", [each for each in COMMANDS if "--json" in each])
def test_json_has_the_hostile_text_as_escapes(
    command: str, hostile_home: Path, tmp_path: Path, sheaf: Sheaf
) -> None:
    file = tmp_path / "papers.txt"
    file.write_text("nothing", encoding="utf-8")
    done = sheaf(*({"KEY": KEY, "FILE": str(file)}.get(word, word) for word in command.split()))
    assert done.objects
    if command in ("list --json", "show KEY --json", "feeds --json", "paths --json"):
        assert json.dumps(HOSTILE)[1:-1] in json.dumps(done.objects)


def run_in_shell(command: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", f"{sys.executable} -m tui --home {home} {command}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | environment,
    )


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("paths >&-", "standard output cannot be written"),
        ("paths >/dev/full", "standard output cannot be written: No space left"),
        ("--help >&-", "standard output cannot be written"),
        ("export --format bibtex >&-", "standard output cannot be written"),
        ("export --format bibtex -o - >/dev/full", "cannot be written: No space left"),
        ("add - --offline <&-", "standard input: cannot be read"),
        ("state import - <&-", "standard input: cannot be read"),
    ],
)
def test_a_closed_or_full_stream_is_named(command: str, words: str, tmp_path: Path) -> None:
    if "/dev/full" in command and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    with Library(tmp_path / "home", create=True) as library:
        library.add([Paper("Sinks", abstract="All of it. " * 4000)])
    done = run_in_shell(command, tmp_path / "home")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert done.returncode in (1, 2)


def test_characters_that_the_terminal_does_not_have_are_replaced(tmp_path: Path) -> None:
    with Library(tmp_path / "home", create=True) as library:
        library.add([Paper("Études")])
    done = run_in_shell("list", tmp_path / "home", PYTHONIOENCODING="ascii")
    assert (done.returncode, "\t?tudes" in done.stdout) == (0, True)
