"""The files of timers that send the digest every morning."""

from __future__ import annotations

import configparser
import plistlib
import re
import shlex
import sys
from pathlib import Path

import pytest

from tui.shell import timers
from tui.shell.timers import start_command

ODD = Path("/home/a b/100% $HOME \"x\" \\ 'y' <&>")


def mail_commands(home: Path | None) -> list[list[str]]:
    return [[*start_command(home), *words] for words in timers.MAIL_COMMANDS]


@pytest.mark.parametrize("home", [None, Path("/plain"), ODD])
def test_launchd_runs_both(home: Path | None) -> None:
    found = re.search(r"<\?xml.*</plist>", timers.digest_timer(home), re.DOTALL)
    assert found
    agent = plistlib.loads(found[0].encode())
    assert agent["ProgramArguments"][:2] == ["/bin/sh", "-c"]
    words = shlex.split(agent["ProgramArguments"][2], posix=True)
    fetch, digest = mail_commands(home)
    assert words == [*fetch[:-1], fetch[-1] + ";", *digest]
    assert agent["StartCalendarInterval"] == {"Hour": 7, "Minute": 0}


@pytest.mark.parametrize("home", [None, Path("/plain"), ODD])
def test_cron_runs_fetch_and_digest(home: Path | None) -> None:
    line = timers.digest_timer(home).rstrip("\n").split("\n")[-1]
    assert line.startswith("0 7 * * * ")
    assert not re.search(r"(?<!\\)%", line)
    words = shlex.split(line.split(maxsplit=5)[5].replace(r"\%", "%"))
    fetch, digest = mail_commands(home)
    assert words == [*fetch[:-1], fetch[-1] + ";", *digest]


@pytest.mark.parametrize("home", [None, Path("/plain"), ODD])
def test_systemd_runs_both_and_the_mail_goes_if_a_feed_fails(home: Path | None) -> None:
    text = timers.digest_timer(home)
    starts = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    assert [start[0] == "-" for start in starts] == [True, False]
    for start, words in zip(starts, mail_commands(home), strict=True):
        assert [systemd_word(word) for word in split_as_systemd(start.lstrip("-"))] == words
    units = re.findall(r"^\[Unit\]\n.*?(?=^#)", text, re.MULTILINE | re.DOTALL)
    service, of_timer = (configparser.RawConfigParser(strict=False) for _ in units)
    service.read_string(units[0])
    of_timer.read_string(units[1])
    assert service["Service"]["Type"] == "oneshot"
    assert of_timer["Timer"]["OnCalendar"] == "*-*-* 07:00:00"
    assert of_timer["Timer"]["Persistent"] == "true"


def split_as_systemd(line: str) -> list[str]:
    """The words of a command line as systemd splits it."""
    return re.findall(r'"(?:\\.|[^"\\])*"|\S+', line)


def systemd_word(word: str) -> str:
    if word.startswith('"'):
        word = re.sub(r"\\(.)", r"\1", word[1:-1])
    return word.replace("%%", "%").replace("$$", "$")


def test_the_program_is_given_by_its_full_path() -> None:
    assert Path(start_command(None)[0]).is_absolute()


def test_without_the_script_python_runs_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python3"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert start_command(None) == [str(tmp_path / "python3"), "-m", "tui"]
