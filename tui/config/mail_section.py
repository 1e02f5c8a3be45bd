"""`[mail]`: where the digest goes and the server that takes it. One mistake and no mail is sent."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

DEFAULT_PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""How the connection is protected, and the port that is usual for it."""
SETTINGS = ("to", "from", "server", "port", "security", "user", "password-command")
NO_MAIL = "no mail is sent"

Wrong = Callable[[str, str, str], None]
"""Told the key, what is wrong, and what holds instead."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Who gets the digest and how it is sent; every value is checked."""

    to: tuple[str, ...]
    """`ada@example.org` or `Ada <ada@example.org>`, domains in ASCII."""
    sender: str
    server: str
    port: int = DEFAULT_PORTS["starttls"]
    security: str = "starttls"
    user: str = ""
    """Empty: the server wants nobody to log in."""
    password_command: tuple[str, ...] = ()
    """A program and its arguments; its first line of output is the password."""

    @property
    def shown(self) -> dict[str, str | int]:
        """Its values by the names of the config file, for people."""
        command = shlex.join(self.password_command)
        values = (", ".join(self.to), self.sender, self.server, self.port, self.security)
        return dict(zip(SETTINGS, (*values, self.user, command), strict=True))


def read_mail(table: Mapping[str, Any], wrong: Wrong) -> MailSettings | None:
    """The section as it is written; None, with the reasons told, if no mail can be sent by it."""
    return _Reader(table, wrong).mail()


class _Reader:
    """One section being read."""

    def __init__(self, table: Mapping[str, Any], wrong: Wrong) -> None:
        self._table = table
        self._tell = wrong
        self._good = True

    def _wrong(self, name: str, why: str) -> None:
        self._good = False
        self._tell(f"mail.{name}", why, NO_MAIL)

    def mail(self) -> MailSettings | None:
        for name in self._table:
            if name == "password":
                why = "a password does not belong in this file"
                self._tell("mail.password", why, "not read; password-command names what prints it")
            elif name not in SETTINGS:
                self._tell(f"mail.{name}", "there is no such setting", _KNOWN)
        to = self._to()
        sender = self._sender(to)
        server = self._server()
        security = self._security()
        port = self._port(security)
        user, command = self._login(security, server)
        if not self._good:
            return None
        return MailSettings(to, sender, server, port, security, user, command)

    def _to(self) -> tuple[str, ...]:
        from tui.config.mail_addresses import InvalidAddress, parse_addresses

        given = self._table.get("to", "")
        parts = [given] if isinstance(given, str) else given
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            self._wrong("to", "is an address, or a list of them")
        elif not any(parts):
            self._wrong("to", "missing: the address the digest goes to")
        else:
            try:
                return parse_addresses(", ".join(parts))
            except InvalidAddress as why:
                self._wrong("to", str(why))
        return ()

    def _sender(self, to: tuple[str, ...]) -> str:
        """`from`; without one, the first who gets it."""
        from tui.config.mail_addresses import InvalidAddress, parse_address

        given = self._table.get("from", to[0] if to else "")
        if not isinstance(given, str):
            self._wrong("from", "is an address")
        elif given or "from" in self._table:
            try:
                return parse_address(given)
            except InvalidAddress as why:
                self._wrong("from", str(why))
        return ""

    def _server(self) -> str:
        from tui.config.mail_addresses import InvalidAddress, parse_host

        given = self._table.get("server", "")
        if not isinstance(given, str) or not given:
            self._wrong("server", "missing: the server that sends, as smtp.example.org")
            return ""
        try:
            return given if _is_number(given) else parse_host(given)
        except InvalidAddress as why:
            self._wrong("server", str(why))
            return ""

    def _security(self) -> str:
        given = self._table.get("security", "starttls")
        if isinstance(given, str) and given in DEFAULT_PORTS:
            return given
        self._wrong("security", f"is one of {', '.join(DEFAULT_PORTS)}")
        return "starttls"

    def _port(self, security: str) -> int:
        given = self._table.get("port", DEFAULT_PORTS[security])
        if isinstance(given, int) and not isinstance(given, bool) and 0 < given < 65536:
            return given
        self._wrong("port", "is a number from 1 to 65535")
        return 0

    def _login(self, security: str, server: str) -> tuple[str, tuple[str, ...]]:
        user = self._table.get("user", "")
        if not isinstance(user, str) or not user.isprintable():
            self._wrong("user", "is the name to log in by")
            return "", ()
        command = self._command()
        if user and not command and "password-command" not in self._table:
            self._wrong("password-command", "missing: a program that prints the user's password")
        elif command and not user:
            self._wrong("user", "missing: the name the password is for")
        elif user and security == "none" and not is_local_server(server):
            self._wrong("security", "none would send the password readable for everybody")
        return user, command

    def _command(self) -> tuple[str, ...]:
        if "password-command" not in self._table:
            return ()
        given = self._table["password-command"]
        try:
            words = shlex.split(given) if isinstance(given, str) else given
        except ValueError:
            words = None
        if (
            isinstance(words, list)
            and all(isinstance(word, str) and "\0" not in word for word in words)
            and words
            and words[0]
        ):
            return tuple(words)
        self._wrong("password-command", "is a program and its arguments")
        return ()


_KNOWN = f"ignored; there are {', '.join(SETTINGS)}"


def _is_number(server: str) -> bool:
    """Whether `server` is an IP address."""
    from ipaddress import ip_address  # 2 ms, and few need it

    try:
        ip_address(server)
    except ValueError:
        return False
    return True


def is_local_server(server: str) -> bool:
    """Whether what is sent to `server` stays on this machine."""
    from ipaddress import ip_address

    return server == "localhost" or (_is_number(server) and ip_address(server).is_loopback)
