"""Setting up mail: answers are checked, the section written, a test sent."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from tests.digest.conftest import WORD, Serve, mail_settings
from tui.config import load
from tui.core.errors import SheafError
from tui.digest.mail_setup import (
    QUESTIONS,
    append_section,
    check_answer,
    format_section,
    mail_from_answers,
    send_test,
)

ANSWERS = {
    "to": "Ada Lövlace <ada@example.org>, bo@bücher.example",
    "from": 'Sheaf "at home" <me@example.org>',
    "server": "smtp.example.org",
    "security": "tls",
    "port": "465",
    "user": "me",
    "password-command": "pass show 'my mail'",
}
LEAST = {"to": "a@b.org", "server": "smtp.b.org"}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_each_question_suggests_from_the_answers_before() -> None:
    answers = {"to": "Ada <ada@example.org>"}
    for question in QUESTIONS[1:]:
        if question.is_needed(answers):
            answers[question.name] = question.suggest(answers)
    assert answers == {
        "to": "Ada <ada@example.org>",
        "from": "Ada <ada@example.org>",
        "server": "smtp.example.org",
        "security": "starttls",
        "port": "587",
        "user": "ada@example.org",
        "password-command": "",
    }


def test_an_invalid_answer_gives_no_suggestions() -> None:
    for question in QUESTIONS:
        if question.name in ("from", "server", "user", "port"):
            assert question.suggest({"to": "x", "from": "y", "security": "z"}) == ""


def test_without_a_user_there_is_no_question_about_a_password() -> None:
    (last,) = [question for question in QUESTIONS if question.name == "password-command"]
    assert not last.is_needed({"user": ""})
    assert (
        mail_from_answers(LEAST | {"user": "", "password-command": "pass"}).password_command == ()
    )


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("to", "", "missing"),
        ("to", "ada@example", ""),
        ("to", "ada@exa mple.org", "domain"),
        ("to", "a@b.org,,c@d.org", "empty place"),
        ("to", "a@b.org\nBcc: c@d.org", "line end"),
        ("from", "me", "not an address"),
        ("server", "", "missing"),
        ("server", "smtp example", "name of a server"),
        ("security", "ssl", "starttls, tls, none"),
        ("port", "high", "1 to 65535"),
        ("port", "0", "1 to 65535"),
        ("port", "²", "1 to 65535"),
        ("port", "9" * 5000, "1 to 65535"),
        ("user", "a\tb", "name to log in with"),
        ("password-command", "", "missing"),
        ("password-command", "pass 'x", "program"),
    ],
)
def test_each_answer_is_checked_as_it_is_given(name: str, text: str, why: str) -> None:
    said = check_answer(name, ANSWERS | {name: text})
    assert why in said
    assert bool(said) == bool(why)


def test_valid_answers_are_accepted() -> None:
    assert [check_answer(question.name, ANSWERS) for question in QUESTIONS] == [""] * len(QUESTIONS)


def test_the_section_reads_back_as_the_answers(config: Path) -> None:
    append_section(config, ANSWERS)
    loaded = load(config, {})
    assert loaded.problems == ()
    assert loaded.mail == mail_from_answers(ANSWERS)
    assert loaded.mail
    assert loaded.mail.to[1] == "bo@xn--bcher-kva.example"
    assert config.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "before",
    [
        b"rows = 2",
        b"rows = 2\n",
        b"# mine\r\nrows = 2\r\n\r\n[keys]\r\nstar = 's'\r\n",
        b"\xef\xbb\xbfrows = 2\n",
        b"[commands.x]\nrun = 'a' # no line end",
        b"",
        b"\n\n",
    ],
)
def test_the_rest_of_the_file_stays_byte_for_byte(config: Path, before: bytes) -> None:
    config.write_bytes(before)
    config.chmod(0o640)
    append_section(config, LEAST)
    after = config.read_bytes()
    assert after.startswith(before)
    assert load(config, {}).problems == ()
    assert load(config, {}).mail
    assert config.stat().st_mode & 0o777 == 0o640
    if b"\r\n" in before:
        assert after.count(b"\n") == after.count(b"\r\n")


@pytest.mark.parametrize(
    ("before", "why"),
    [
        ("[mail]\nto = 'x@y.org'\n", "has a .mail. already"),
        ("mail = {}\n", "has a .mail. already"),
        ("mail.to = 'x@y.org'", "has a .mail. already"),
        ("rows = \n", "correct this mistake first"),
        ("\x00", "correct this mistake first"),
    ],
)
def test_a_file_with_mail_or_without_toml_is_not_changed(
    config: Path, before: str, why: str
) -> None:
    config.write_text(before)
    with pytest.raises(SheafError, match=why):
        append_section(config, LEAST)
    assert config.read_text() == before
    assert list(config.parent.iterdir()) == [config]


def test_a_wrong_answer_writes_nothing(config: Path) -> None:
    with pytest.raises(SheafError, match=r"mail\.to: “x” is not an address"):
        append_section(config, LEAST | {"to": "x"})
    assert not config.exists()


def test_a_link_to_the_file_stays_a_link(config: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "sheaf.toml"
    real.parent.mkdir()
    real.write_text("rows = 2\n")
    config.symlink_to(real)
    append_section(config, LEAST)
    assert config.is_symlink()
    assert "[mail]" in real.read_text()


def test_the_folder_is_made_where_there_is_none(tmp_path: Path) -> None:
    config = tmp_path / "new" / "config.toml"
    append_section(config, LEAST)
    assert tomllib.loads(config.read_text()) == {"mail": LEAST}


def test_settings_without_answer_are_not_written() -> None:
    assert format_section(LEAST) == '[mail]\nto = "a@b.org"\nserver = "smtp.b.org"\n'


def test_a_test_message_arrives_and_is_reported(serve: Serve) -> None:
    command = (sys.executable, "-c", f"print('{WORD}')")
    with serve(auth=True) as server:
        to = ("ada@example.org", "bo@example.org")
        result = send_test(mail_settings(server, user="me", password_command=command, to=to))
        assert result == "A test was sent to ada@example.org, bo@example.org."
        server.answers["RCPT"] = ["250 OK", "550 no Bo here"]
        result = send_test(mail_settings(server, user="me", password_command=command, to=to))
    assert result.endswith("to ada@example.org. bo@example.org was refused: 550 no Bo here.")
    assert server.got[0][1]["Subject"] == "A test of Sheaf's digest"


def test_a_failed_test_says_why_and_does_not_raise(serve: Serve) -> None:
    with serve(auth=True) as server:
        wrong = mail_settings(
            server, user="me", password_command=(sys.executable, "-c", "print('x')")
        )
        assert "does not let me log in" in send_test(wrong)
        none = mail_settings(server, user="me", password_command=("no-such-program",))
        assert send_test(none).startswith("The test was not sent. password-command: ")
    assert "refused" in send_test(mail_settings(server))
