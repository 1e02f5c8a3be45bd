"""Own commands as processes: what they read, what they leave, how they are ended."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import orjson
import pytest

from tui.catalog.catalog import StoredPaper
from tui.config import CustomCommand
from tui.core.paper import Paper
from tui.library.library import Library
from tui.state import Mark
from tui.ui.runner import LIMIT, Outcome, Papers, run, words_as_tags


@pytest.fixture
def two(home: Path, papers: list[Paper]) -> list[tuple[StoredPaper, Mark]]:
    with Library(home, create=True) as library:
        library.add(papers)
        return list(library.with_marks(library.catalog.newest()[:2]))


def go(papers: Papers, run_line: str, **fields: object) -> Outcome:
    command = CustomCommand("own", run_line, **fields)  # type: ignore[arg-type]
    return run(command, papers, threading.Event())


def python(code: str) -> str:
    return f'{sys.executable} -c "{code}"'


def test_markdown_comes_in(two: Papers) -> None:
    text = go(two, "cat").text
    assert text.startswith("# Efficient Sinks for Streaming Attention\n\nAda Lindqvist, ")
    assert "\n\n# Longformers Revisited" in text
    assert "https://arxiv.org/abs/2309.99901" in text


def test_json_comes_in_one_object_a_line(two: Papers) -> None:
    lines = go(two, "cat", input="json").text.splitlines()
    assert [orjson.loads(line)["key"] for line in lines] == [stored.key for stored, _ in two]


def test_no_shell_unless_asked(two: Papers) -> None:
    assert go(two, "echo $HOME | wc").text == "$HOME | wc"
    assert go(two, "echo a | tr a b", shell=True).text == "b"


def test_a_program_that_is_not_there_is_told() -> None:
    assert go([], "no-such-program-here x") == Outcome(
        "", "no-such-program-here x: No such file or directory"
    )


def test_a_failure_shows_what_it_said(two: Papers) -> None:
    outcome = go(two, "echo out; echo why >&2; exit 3", shell=True)
    assert outcome == Outcome("out", "own ended with status 3\nwhy")


def test_what_a_good_program_grumbles_is_left_out(two: Papers) -> None:
    assert go(two, "echo out; echo why >&2", shell=True) == Outcome("out")


def test_hostile_output_is_cleaned(two: Papers) -> None:
    outcome = go(two, python(r"print('\x1b]0;x\x07a\u202eb\x9b1m')"))
    assert outcome.text == "]0;xab1m"
    outcome = go(two, python(r"import sys; sys.exit('\x1b[31mno')"))
    assert "\x1b" not in outcome.wrong


def test_a_program_that_does_not_read_is_no_trouble() -> None:
    paper = Paper("x" * 1_000_000, published="2024")
    assert go([(StoredPaper(1, paper.key, "", paper), Mark())], "true") == Outcome("")


def test_a_slow_program_is_ended_with_its_children(two: Papers, tmp_path: Path) -> None:
    started = time.monotonic()
    late = tmp_path / "late"
    outcome = go(two, f"(sleep 1; touch {late}) & sleep 60", shell=True, timeout=0.2)
    assert "took longer than 0.2 s" in outcome.wrong
    assert time.monotonic() - started < 5
    time.sleep(1.2)
    assert not late.exists()


def test_a_child_that_holds_the_output_does_not_hold_us(two: Papers) -> None:
    started = time.monotonic()
    assert go(two, "echo done; sleep 60 &", shell=True).text == "done"
    assert time.monotonic() - started < 10


def test_a_program_that_never_stops_writing_is_stopped(two: Papers) -> None:
    outcome = go(two, "yes")
    assert "wrote more than 1 MB" in outcome.wrong
    assert len(outcome.text) <= LIMIT


def test_it_can_be_stopped(two: Papers) -> None:
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    assert run(CustomCommand("own", "sleep 60"), two, stop).wrong == "own was stopped"


def test_tags_are_words() -> None:
    assert words_as_tags("#rag, long-context\n rag #") == ["rag", "long-context"]
