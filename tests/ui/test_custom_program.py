"""Programs of the config: what they read, what becomes of their output, how they are ended."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import orjson
import pytest

from tui.catalog.catalog import StoredPaper
from tui.config.custom_commands import CustomCommand
from tui.core.paper import Paper
from tui.library.library import Library
from tui.state import Mark
from tui.ui.custom_program import MAX_OUTPUT, Papers, ProgramOutput, run


@pytest.fixture
def two(home: Path, papers: list[Paper]) -> list[tuple[StoredPaper, Mark]]:
    with Library(home, create=True) as library:
        library.add(papers)
        return list(library.papers_with_marks(library.catalog.newest()[:2]))


def go(papers: Papers, run_line: str, **fields: object) -> ProgramOutput:
    command = CustomCommand("own", run_line, **fields)  # type: ignore[arg-type]
    return run(command, papers, threading.Event())


def python(code: str) -> str:
    return f'{sys.executable} -c "{code}"'


def test_a_program_reads_markdown(two: Papers) -> None:
    text = go(two, "cat").text
    assert text.startswith("# Efficient Sinks for Streaming Attention\n\nAda Lindqvist, ")
    assert "\n\n# Longformers Revisited" in text
    assert "https://arxiv.org/abs/2309.99901" in text


def test_a_program_reads_json_lines_if_the_config_says_so(two: Papers) -> None:
    lines = go(two, "cat", input="json").text.splitlines()
    assert [orjson.loads(line)["key"] for line in lines] == [stored.key for stored, _ in two]


def test_no_shell_is_used_unless_the_config_says_so(two: Papers) -> None:
    assert go(two, "echo $HOME | wc").text == "$HOME | wc"
    assert go(two, "echo a | tr a b", shell=True).text == "b"


def test_a_program_that_does_not_exist_is_a_problem() -> None:
    assert go([], "no-such-program-here x") == ProgramOutput(
        "", "no-such-program-here x: No such file or directory"
    )


def test_a_failure_shows_the_error_output(two: Papers) -> None:
    output = go(two, "echo out; echo why >&2; exit 3", shell=True)
    assert output == ProgramOutput("out", "own ended with status 3\nwhy")


def test_the_error_output_of_a_program_that_succeeds_is_left_out(two: Papers) -> None:
    assert go(two, "echo out; echo why >&2", shell=True) == ProgramOutput("out")


def test_hostile_output_is_cleaned(two: Papers) -> None:
    output = go(two, python(r"print('\x1b]0;x\x07a\u202eb\x9b1m')"))
    assert output.text == "]0;xab1m"
    output = go(two, python(r"import sys; sys.exit('\x1b[31mno')"))
    assert "\x1b" not in output.problem


def test_a_program_need_not_read_its_input() -> None:
    paper = Paper("x" * 1_000_000, published="2024")
    assert go([(StoredPaper(1, paper.key, "", paper), Mark())], "true") == ProgramOutput("")


def test_a_slow_program_is_ended_with_its_children(two: Papers, tmp_path: Path) -> None:
    started = time.monotonic()
    late = tmp_path / "late"
    output = go(two, f"(sleep 1; touch {late}) & sleep 60", shell=True, timeout=0.2)
    assert "took longer than 0.2 s" in output.problem
    assert time.monotonic() - started < 5
    time.sleep(1.2)
    assert not late.exists()


def test_a_child_that_holds_the_pipe_is_not_waited_for(two: Papers) -> None:
    started = time.monotonic()
    assert go(two, "echo done; sleep 60 &", shell=True).text == "done"
    assert time.monotonic() - started < 10


def test_a_program_that_never_stops_writing_is_stopped(two: Papers) -> None:
    output = go(two, "yes")
    assert "wrote more than 1 MB" in output.problem
    assert len(output.text) <= MAX_OUTPUT


def test_a_program_can_be_stopped(two: Papers) -> None:
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    assert run(CustomCommand("own", "sleep 60"), two, stop).problem == "own was stopped"
