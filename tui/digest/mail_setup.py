"""Setting up mail: the questions, the check of each answer, `[mail]` in config.toml, a test."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from pathlib import Path

from tui.config.findings import Findings
from tui.config.mail_addresses import InvalidAddress, parse_addresses, split_address
from tui.config.mail_section import DEFAULT_PORTS, MailSettings, read_mail
from tui.core.errors import SheafError
from tui.core.files import atomic_file
from tui.digest import mail_message, password_command, smtp

Answers = Mapping[str, str]
"""Name of a question to the user's answer, for those answered so far."""


@dataclass(frozen=True, slots=True)
class SetupQuestion:
    """A question about one setting of `[mail]`."""

    name: str
    text: str
    help: str
    suggest: Callable[[Answers], str] = lambda _: ""
    """Returns a suggestion from the answers before; empty if there is none."""
    is_needed: Callable[[Answers], bool] = lambda _: True


def _first_address(answers: Answers, name: str) -> Address | None:
    with suppress(InvalidAddress):
        return split_address(parse_addresses(answers.get(name, ""))[0])
    return None


def _suggest_sender(answers: Answers) -> str:
    with suppress(InvalidAddress):
        return parse_addresses(answers.get("to", ""))[0]
    return ""


def _suggest_server(answers: Answers) -> str:
    sender = _first_address(answers, "from")
    return f"smtp.{sender.domain}" if sender else ""


def _suggest_user(answers: Answers) -> str:
    sender = _first_address(answers, "from")
    return sender.addr_spec if sender else ""


QUESTIONS = (
    SetupQuestion("to", "Who gets the digest?", "one address, or several with commas between them"),
    SetupQuestion("from", "From which address?", "your address at that server", _suggest_sender),
    SetupQuestion("server", "Which server sends it?", "such as smtp.example.org", _suggest_server),
    SetupQuestion(
        "security", "How is the connection secured?", ", ".join(DEFAULT_PORTS), lambda _: "starttls"
    ),
    SetupQuestion(
        "port",
        "At which port?",
        "the usual port is suggested",
        lambda answers: str(DEFAULT_PORTS.get(answers.get("security", ""), "")),
    ),
    SetupQuestion(
        "user", "Who logs in there?", "empty if the server needs no login", _suggest_user
    ),
    SetupQuestion(
        "password-command",
        "Which program prints the password?",
        "such as: pass show mail. The password itself is never stored",
        is_needed=lambda answers: bool(answers.get("user")),
    ),
)
"""In the order they are asked."""


def check_answer(name: str, answers: Answers) -> str:
    """Return what is wrong with the answer to one question, given all so far; empty if nothing."""
    findings = Findings(Path(), "")
    read_mail(_table(answers), findings)
    messages = (each.message for each in findings.problems if each.key == f"mail.{name}")
    return next(messages, "")


def mail_from_answers(answers: Answers) -> MailSettings:
    """Return the settings. Raises SheafError with the first answer that is wrong."""
    findings = Findings(Path(), "")
    settings = read_mail(_table(answers), findings)
    if settings is None:
        first = findings.problems[0]
        raise SheafError(f"{first.key}: {first.message}")
    return settings


def format_section(answers: Answers) -> str:
    """Return the section `[mail]` of config.toml."""
    lines = [f"{name} = {_toml(value)}" for name, value in _table(answers).items() if value != ""]
    return "\n".join(["[mail]", *lines]) + "\n"


def append_section(path: Path, answers: Answers) -> None:
    """Add `[mail]` to the end of config.toml; every byte before it stays.

    Raises SheafError if an answer is wrong, or if the file has a [mail] already, is not TOML, or
    cannot be written.
    """
    mail_from_answers(answers)
    try:
        before = path.read_bytes()
    except FileNotFoundError:
        before = b""
    except OSError as error:
        raise SheafError(f"{path}: cannot be read: {error.strerror or error}") from error
    if "mail" in _parse_toml(path, before):
        raise SheafError(f"{path} has a [mail] already; change it there")
    line_end = "\r\n" if b"\r\n" in before else "\n"
    gap = ("" if before.endswith(b"\n") else line_end) + line_end if before.strip() else ""
    after = before + (gap + format_section(answers).replace("\n", line_end)).encode()
    # After an array of tables or an inline `mail.x = 1`, the section would mean something else.
    if "mail" not in _parse_toml(path, after):
        raise SheafError(f"{path}: [mail] cannot be appended; add it by hand")
    try:
        path.resolve().parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(path, mode=0o600) as file:
            file.write(after)
    except OSError as error:
        raise SheafError(f"{path}: cannot be written: {error.strerror or error}") from error


def send_test(settings: MailSettings) -> str:
    """Send a short message once and return what happened, for the user.

    Waits for the server, so it must not run on the thread of the user interface.
    """
    message = mail_message.compose_test(settings, datetime.now().astimezone())
    sender = split_address(settings.sender).addr_spec
    to = [split_address(each).addr_spec for each in settings.to]
    try:
        command = settings.password_command
        password = password_command.read_password(command) if settings.user else ""
        refused = smtp.send_message(
            settings, password, sender, to, message.as_bytes(), lambda _: None
        )
    except SheafError as error:
        return f"The test was not sent. {error}"
    accepted = ", ".join(each for each in to if each not in refused)
    refusals = "".join(f" {each} was refused: {why}." for each, why in refused.items())
    return f"A test was sent to {accepted}.{refusals}"


def _table(answers: Answers) -> dict[str, str | int]:
    """Return the answers as the section has them, without those that are left to the default."""
    table: dict[str, str | int] = {}
    for question in QUESTIONS:
        text = answers.get(question.name, "").strip()
        is_required = question.name in ("to", "server")
        if not question.is_needed(answers) or (not text and not is_required):
            continue
        is_number = text.isascii() and text.isdigit() and len(text) < 6
        table[question.name] = int(text) if question.name == "port" and is_number else text
    return table


def _toml(value: str | int) -> str:
    """Return a value in TOML, which reads the escapes of JSON."""
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def _parse_toml(path: Path, data: bytes) -> Mapping[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        why = str(error) or "not TOML"
        message = f"{path}: correct this mistake first, then [mail] can be added: {why}"
        raise SheafError(message) from error
