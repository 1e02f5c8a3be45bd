"""`[mail]`: values that are used, and mistakes that prevent all mail."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from tests.config.conftest import Write
from tui.cli import main
from tui.config.mail_addresses import InvalidAddress, parse_address, parse_addresses

WHOLE = """\
[mail]
to = ["Ada Löv <ada@bücher.example>", "bo@example.org"]
from = "Sheaf <me@example.org>"
server = "smtp.example.org"
security = "tls"
user = "me"
password-command = "pass show 'my mail'"
"""
LEAST = "[mail]\nto = 'a@b.org'\nserver = 'smtp.b.org'\n"


def test_every_setting_of_the_section_is_used(write: Write) -> None:
    config = write(WHOLE)
    assert config.problems == ()
    assert config.mail
    assert config.mail.to == ("Ada Löv <ada@xn--bcher-kva.example>", "bo@example.org")
    assert (config.mail.sender, config.mail.port) == ("Sheaf <me@example.org>", 465)
    assert config.mail.password_command == ("pass", "show", "my mail")
    assert config.origin("mail.security") == "config.toml:5"
    assert config.origin("mail.port") == "default"


def test_two_lines_are_enough(write: Write) -> None:
    config = write(LEAST)
    assert config.problems == ()
    assert config.mail
    assert (config.mail.sender, config.mail.port) == ("a@b.org", 587)
    assert config.mail.security == "starttls"


def test_without_the_section_there_is_no_mail_and_no_problem(write: Write) -> None:
    assert write("rows = 2").mail is None


@pytest.mark.parametrize(
    ("text", "line", "key", "words"),
    [
        ("mail = 'a@b.org'", 1, "mail", "must be a section"),
        ("[mail]\nserver = 'smtp.b.org'", 1, "mail.to", "missing"),
        ("[mail]\nto = 'a@b.org'", 1, "mail.server", "missing"),
        (LEAST + "port = 0", 4, "mail.port", "1 to 65535"),
        (LEAST + "port = true", 4, "mail.port", "1 to 65535"),
        (LEAST + "security = 'ssl'", 4, "mail.security", "starttls, tls, none"),
        (LEAST + "security = 7", 4, "mail.security", "starttls, tls, none"),
        (LEAST + "user = 'ada'", 1, "mail.password-command", "missing"),
        (LEAST + "password-command = 'pass'", 1, "mail.user", "missing"),
        (LEAST + "user = 'a'\npassword-command = 'a \"b'", 5, "mail.password-command", "program"),
        (LEAST + "user = 'a'\npassword-command = ['']", 5, "mail.password-command", "program"),
        (LEAST + "user = 'a'\npassword-command = 3", 5, "mail.password-command", "program"),
        (
            LEAST + "user = 'a'\npassword-command = 'b'\nsecurity = 'none'",
            6,
            "mail.security",
            "unencrypted",
        ),
        ("[mail]\nto = 3\nserver = 'b.org'", 2, "mail.to", "or a list"),
        ("[mail]\nto = ['a@b.org', 3]\nserver = 'b.org'", 2, "mail.to", "or a list"),
        ("[mail]\nto = 'a@b.org, c d@e.org'\nserver = 'b.org'", 2, "mail.to", "c d@e.org"),
        ("[mail]\nto = \"a@b.org\\nBcc: c@d.org\"\nserver = 'b.org'", 2, "mail.to", "line end"),
        ("[mail]\nto = 'a@b.org'\nserver = 'smtp b org'", 3, "mail.server", "name of a server"),
        (LEAST + "from = 'me'", 4, "mail.from", "needs a name, @ and a domain"),
        (LEAST + "from = ''", 4, "mail.from", "empty"),
    ],
)
def test_a_mistake_is_reported_and_no_mail_is_sent(
    write: Write, text: str, line: int, key: str, words: str
) -> None:
    config = write(text)
    (problem,) = config.problems
    assert (problem.line, problem.key) == (line, key)
    assert words in str(problem)
    assert config.mail is None


def test_an_unknown_setting_is_reported_and_the_others_are_used(write: Write) -> None:
    config = write(LEAST + "smtp = 'x'")
    assert config.mail
    assert [problem.key for problem in config.problems] == ["mail.smtp"]


def test_a_password_in_the_file_is_reported_but_never_shown(home: Path, write: Write) -> None:
    config = write(LEAST + "password = 'hunter2'")
    (problem,) = config.problems
    assert "password-command" in str(problem)
    assert "hunter2" not in str(problem)
    assert "hunter2" not in repr(config)


def test_a_password_may_be_sent_unencrypted_to_this_machine(write: Write) -> None:
    for server in ("localhost", "127.0.0.1", "::1"):
        config = write(
            f"[mail]\nto = 'a@b.org'\nserver = '{server}'\nsecurity = 'none'\n"
            "user = 'a'\npassword-command = 'b'"
        )
        assert config.mail, server


def test_sheaf_config_shows_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    (home / "config.toml").write_text(WHOLE, encoding="utf-8")
    assert main(["config"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "mail.password-command pass show 'my mail' config.toml:7" in lines
    assert "mail.port 465 default" in lines
    assert main(["config", "--json"]) == 0
    settings = orjson.loads(capsys.readouterr().out)["settings"]
    assert settings["mail.server"] == {"value": "smtp.example.org", "from": "config.toml:4"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@b.org", ("a@b.org",)),
        (" <a@B.org> ", ("a@b.org",)),
        ('"Doe, Jo" <jo@b.org>, c@d.org', ("Doe, Jo <jo@b.org>", "c@d.org")),
        ("Zoë <z@münchen.example>", ("Zoë <z@xn--mnchen-3ya.example>",)),
        ("root@localhost", ("root@localhost",)),
    ],
)
def test_addresses_as_people_write_them(text: str, found: tuple[str, ...]) -> None:
    assert parse_addresses(text) == found
    assert tuple(map(parse_address, found)) == found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty place"),
        ("a@b.org,", "empty place"),
        ("a@b.org; c@d.org", "before the @"),
        ("a b@c.org", "before the @"),
        ("a..b@c.org", "before the @"),
        ("a@b@c.org", "before the @"),
        ("team: a@b.org;", "before the @"),
        ("a@b..org", "domain"),
        ("a@-b.org", "domain"),
        ("a@[1.2.3.4]", "domain"),
        ("a@" + "x" * 64 + ".org", "domain"),
        ("x" * 65 + "@b.org", "longer"),
        ("ü@b.org", "few mail servers"),
        ("a@b.org\r\nBcc: c@d.org", "line end"),
        ("a@b\u202e.org", "invisible"),
        ("a@b.org, A@B.org", "twice"),
        ("@b.org", "needs a name"),
        ("Ada <a@b.org", "before the @"),
        ('"' * 5000, "needs a name"),
        (",".join(["a"] * 5000), "needs a name"),
    ],
)
def test_a_mistake_in_an_address_is_explained(text: str, why: str) -> None:
    with pytest.raises(InvalidAddress, match=why):
        parse_addresses(text)
