"""`[mail]`: who gets the digest, and the server that sends it.

If one value is wrong, no mail is sent: a guess could send it to the wrong person.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.config.findings import Findings

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

DEFAULT_PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""Kind of security of the connection to the usual port."""
SETTINGS = ("to", "from", "server", "port", "security", "user", "password-command")


class MailSettings(NamedTuple):
    """The values of `[mail]`, all valid."""

    to: tuple[str, ...]
    """`ada@example.org` or `Ada <ada@example.org>`, domains in ASCII."""
    sender: str
    server: str
    port: int = DEFAULT_PORTS["starttls"]
    security: str = "starttls"
    user: str = ""
    """Empty if the server needs no login."""
    password_command: tuple[str, ...] = ()
    """A program with its arguments; the first line it prints is the password."""

    @property
    def display_values(self) -> dict[str, str | int]:
        """The values by the names of config.toml."""
        command = shlex.join(self.password_command)
        values = (", ".join(self.to), self.sender, self.server, self.port, self.security)
        return dict(zip(SETTINGS, (*values, self.user, command), strict=True))


def read_mail(table: Mapping[str, Any], findings: Findings) -> MailSettings | None:
    """Return the values of the section; None, with problems in `findings`, if one is wrong."""
    for name in table:
        if name == "password":
            message = "a password does not belong in this file"
            use = "not read; password-command is for a program that prints it"
            findings.reject("mail.password", message, use)
        elif name not in SETTINGS:
            findings.reject_unknown(f"mail.{name}", SETTINGS)
    mail = _Section(table, findings).read()
    if mail:
        for name in table.keys() & set(SETTINGS):
            findings.accept(f"mail.{name}")
    return mail


class _Section:
    """The section while it is read."""

    def __init__(self, table: Mapping[str, Any], findings: Findings) -> None:
        self._table = table
        self._findings = findings
        self._is_valid = True

    def _reject(self, name: str, message: str) -> None:
        self._is_valid = False
        self._findings.reject(f"mail.{name}", message, "no mail is sent")

    def read(self) -> MailSettings | None:
        to = self._to()
        sender = self._sender(to)
        server = self._server()
        security = self._table.get("security", "starttls")
        if not isinstance(security, str) or security not in DEFAULT_PORTS:
            self._reject("security", f"must be one of {', '.join(DEFAULT_PORTS)}")
            security = "starttls"
        port = self._table.get("port", DEFAULT_PORTS[security])
        if type(port) is not int or not 0 < port < 65536:
            self._reject("port", "must be a number from 1 to 65535")
        user, command = self._login(security, server)
        if not self._is_valid:
            return None
        return MailSettings(to, sender, server, port, security, user, command)

    def _parse(self, name: str, parse: Callable[[str], Any], text: str, default: Any) -> Any:
        """Return `parse(text)`; the default, with a problem reported, if it is invalid."""
        from tui.config.mail_addresses import InvalidAddress

        try:
            return parse(text)
        except InvalidAddress as error:
            self._reject(name, str(error))
            return default

    def _to(self) -> tuple[str, ...]:
        from tui.config.mail_addresses import parse_addresses

        value = self._table.get("to", "")
        addresses = [value] if isinstance(value, str) else value
        if not isinstance(addresses, list) or not all(isinstance(each, str) for each in addresses):
            self._reject("to", "must be an address, or a list of addresses")
        elif not any(addresses):
            self._reject("to", "missing: the address that gets the digest")
        else:
            found: tuple[str, ...] = self._parse("to", parse_addresses, ", ".join(addresses), ())
            return found
        return ()

    def _sender(self, to: tuple[str, ...]) -> str:
        """Return the value of `from`, by default the first address that gets the digest."""
        from tui.config.mail_addresses import parse_address

        value = self._table.get("from", to[0] if to else "")
        if not isinstance(value, str):
            self._reject("from", "must be an address")
        elif value or "from" in self._table:
            return str(self._parse("from", parse_address, value, ""))
        return ""

    def _server(self) -> str:
        from tui.config.mail_addresses import parse_host

        value = self._table.get("server", "")
        if not isinstance(value, str) or not value:
            self._reject("server", "missing: the server that sends, such as smtp.example.org")
            return ""
        return value if _ip_address(value) else str(self._parse("server", parse_host, value, ""))

    def _login(self, security: str, server: str) -> tuple[str, tuple[str, ...]]:
        user = self._table.get("user", "")
        if not isinstance(user, str) or not user.isprintable():
            self._reject("user", "must be the name to log in with")
            return "", ()
        command = self._password_command()
        if user and not command and "password-command" not in self._table:
            self._reject("password-command", "missing: a program that prints the user's password")
        elif command and not user:
            self._reject("user", "missing: the name that the password belongs to")
        elif user and security == "none" and not _is_local(server):
            self._reject("security", "must not be none: the password would be sent unencrypted")
        return user, command

    def _password_command(self) -> tuple[str, ...]:
        if "password-command" not in self._table:
            return ()
        value = self._table["password-command"]
        try:
            words = shlex.split(value) if isinstance(value, str) else value
        except ValueError:
            words = None
        is_command = isinstance(words, list) and all(
            isinstance(word, str) and "\0" not in word for word in words
        )
        if is_command and words and words[0]:
            return tuple(words)
        self._reject("password-command", "must be a program with its arguments")
        return ()


def _ip_address(server: str) -> IPv4Address | IPv6Address | None:
    from ipaddress import ip_address  # takes 2 ms to import, and few need it

    try:
        return ip_address(server)
    except ValueError:
        return None


def _is_local(server: str) -> bool:
    """Return whether `server` is this machine, so that a password stays on it."""
    address = _ip_address(server)
    return server == "localhost" or (address is not None and address.is_loopback)
