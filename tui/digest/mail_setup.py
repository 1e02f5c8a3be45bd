"""Subscribing: each answer checked as it is given, `[mail]` added to config.toml, a test sent."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tui.config import MailSettings
from tui.config.findings import Findings
from tui.config.mail_addresses import InvalidAddress, parse_addresses, split_address
from tui.config.mail_section import DEFAULT_PORTS, read_mail
from tui.core.errors import SheafError
from tui.core.files import write_user_file
from tui.digest import mail_message, password_command, smtp

Answers = Mapping[str, str]
"""What the person has typed so far, by the name of the question."""


@dataclass(frozen=True, slots=True)
class SetupQuestion:
    """One thing to ask; the name is that of the setting."""

    name: str
    asks: str
    help: str
    usual: Callable[[Answers], str] = lambda _: ""
    """What to suggest, from the answers before; empty where there is nothing to suggest."""
    needed: Callable[[Answers], bool] = lambda _: True
    """Whether it is asked at all."""


def _sender(answers: Answers) -> str:
    with suppress(InvalidAddress):
        return parse_addresses(answers.get("to", ""))[0]
    return ""


def _server(answers: Answers) -> str:
    with suppress(InvalidAddress):
        return "smtp." + split_address(parse_addresses(answers.get("from", ""))[0]).domain
    return ""


def _user(answers: Answers) -> str:
    with suppress(InvalidAddress):
        return split_address(parse_addresses(answers.get("from", ""))[0]).addr_spec
    return ""


def _port(answers: Answers) -> str:
    return str(DEFAULT_PORTS.get(answers.get("security", ""), ""))


QUESTIONS = (
    SetupQuestion("to", "Who gets the digest?", "an address, or several with commas between them"),
    SetupQuestion("from", "From which address?", "as the server knows you", _sender),
    SetupQuestion("server", "Which server sends it?", "as smtp.example.org", _server),
    SetupQuestion(
        "security", "How is it protected?", ", ".join(DEFAULT_PORTS), lambda _: "starttls"
    ),
    SetupQuestion("port", "At which port?", "the usual one is suggested", _port),
    SetupQuestion("user", "Who logs in there?", "empty where nobody needs to", _user),
    SetupQuestion(
        "password-command",
        "Which program prints the password?",
        "as: pass show mail. The password itself is never written down",
        needed=lambda answers: bool(answers.get("user")),
    ),
)
"""In the order they are asked."""


def check_answer(name: str, answers: Answers) -> str:
    """What is wrong with the answer to one question, given all so far; empty if it is good."""
    findings = Findings(Path(), "")
    read_mail(_table(answers), findings)
    messages = (each.message for each in findings.problems if each.key == f"mail.{name}")
    return next(messages, "")


def mail_from_answers(answers: Answers) -> MailSettings:
    """The mail of all the answers. SheafError with the first that is wrong."""
    findings = Findings(Path(), "")
    settings = read_mail(_table(answers), findings)
    if settings is None:
        first = findings.problems[0]
        raise SheafError(f"{first.key}: {first.message}")
    return settings


def format_section(answers: Answers) -> str:
    """The lines `[mail]` of config.toml consists of."""
    lines = [f"{name} = {_toml(value)}" for name, value in _table(answers).items() if value != ""]
    return "\n".join(["[mail]", *lines]) + "\n"


def append_section(path: Path, answers: Answers) -> None:
    """Add `[mail]` to config.toml, whole or not at all; every byte before it stays.

    SheafError if an answer is wrong, the file has a [mail] already, or is no TOML.
    """
    mail_from_answers(answers)
    target = path.resolve()
    try:
        before = target.read_bytes()
    except FileNotFoundError:
        before = b""
    except OSError as error:
        raise SheafError(f"{path}: cannot be read: {error.strerror or error}") from error
    if "mail" in _parsed(path, before):
        raise SheafError(f"{path} has a [mail] already; change it there")
    end = "\r\n" if b"\r\n" in before else "\n"
    gap = ("" if before.endswith(b"\n") else end) + end if before.strip() else ""
    after = before + (gap + format_section(answers).replace("\n", end)).encode()
    if "mail" not in _parsed(path, after):
        raise SheafError(f"{path}: [mail] cannot be added at its end; add it by hand")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode if target.exists() else 0o600
        write_user_file(target, after)
        target.chmod(mode & 0o777)
    except OSError as error:
        raise SheafError(f"{path}: cannot be written: {error.strerror or error}") from error


def send_test(config: MailSettings) -> str:
    """Send a few words by the config, once; what became of it, in words for the person.

    Waits for the server: not on the UI's thread.
    """
    composed = mail_message.compose_test(config, datetime.now().astimezone())
    sender = split_address(config.sender).addr_spec
    to = [split_address(each).addr_spec for each in config.to]
    try:
        word = password_command.read_password(config.password_command) if config.user else ""
        refused = smtp.send_message(config, word, sender, to, composed.as_bytes(), lambda _: None)
    except SheafError as why:
        return f"The test was not sent. {why}"
    got = ", ".join(each for each in to if each not in refused)
    lost = "".join(f" Not to {each}: {why}." for each, why in refused.items())
    return f"A test is on its way to {got}.{lost}"


def _table(answers: Answers) -> dict[str, str | int]:
    """The answers as the section would have them; what is empty is left to its default."""
    table: dict[str, str | int] = {}
    for question in QUESTIONS:
        text = answers.get(question.name, "").strip()
        if not question.needed(answers) or (not text and question.name not in ("to", "server")):
            continue
        digits = question.name == "port" and text.isascii() and text.isdigit() and len(text) < 6
        table[question.name] = int(text) if digits else text
    return table


def _toml(value: str | int) -> str:
    """A value as TOML writes it; what JSON escapes, TOML reads."""
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def _parsed(path: Path, data: bytes) -> Mapping[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        why = str(error) or "not TOML"
        raise SheafError(f"{path}: cannot be added to before it is mended: {why}") from error
