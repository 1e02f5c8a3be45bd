"""Mail addresses as people write them: checked, and in the form that mail servers accept."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.headerregistry import Address

from tui.core.text import clean_line, shorten

MAX_NAME_LENGTH = 100
"""In characters; a longer name before an address is cut."""
# A comma inside quotation marks belongs to a name: "Doe, Jo" <jo@example.org>.
_BETWEEN_COMMAS = re.compile(r'((?:"[^"]*"|[^,])*)(?:,|$)')
_NAME_AND_ADDRESS = re.compile(r"(?P<name>[^<>]*)<(?P<spec>[^<>]*)>")
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.IGNORECASE)


class InvalidAddress(ValueError):
    """A text is not an address; the message continues `mail.to: `."""


def parse_addresses(text: str) -> tuple[str, ...]:
    """Return the addresses of `Ada <ada@example.org>, bo@example.org`.

    Raises InvalidAddress with the first mistake.
    """
    _check_characters(text)
    parts = [part[1] for part in _BETWEEN_COMMAS.finditer(f"{text},")][:-1]
    addresses = tuple(dict.fromkeys(map(parse_address, parts)))
    specs = [split_address(each).addr_spec.lower() for each in addresses]
    if repeated := next((spec for spec in specs if specs.count(spec) > 1), ""):
        raise InvalidAddress(f"has {repeated} twice")
    return addresses


def parse_address(text: str) -> str:
    """Return `ada@example.org` or `Ada <ada@example.org>` with the domain in ASCII.

    Raises InvalidAddress.
    """
    _check_characters(text)
    text = clean_line(text)
    quoted = f"“{shorten(text, 60)}”"
    if not text:
        raise InvalidAddress("has an empty place where an address should be")
    found = _NAME_AND_ADDRESS.fullmatch(text)
    name = found["name"].strip().strip('"').strip() if found else ""
    local, at, domain = (found["spec"] if found else text).strip().rpartition("@")
    if not at or not local:
        raise InvalidAddress(f"{quoted} is not an address: it needs a name, @ and a domain")
    if not local.isascii():
        raise InvalidAddress(f"{quoted} has letters before the @ that few mail servers accept")
    if ".." in f".{local}." or set(local) & set(' "(),:;<>@[\\]'):
        raise InvalidAddress(f"{quoted} is not an address: a character before the @ is not allowed")
    try:
        address = Address(name[:MAX_NAME_LENGTH], local, _ascii_domain(domain))
    except (MessageError, ValueError, IndexError):
        message = f"{quoted} is not an address: after the @ there is no valid domain"
        raise InvalidAddress(message) from None
    if len(address.addr_spec) > 254 or len(local) > 64:
        raise InvalidAddress(f"{quoted} is longer than an address may be")
    return f"{address.display_name} <{address.addr_spec}>" if name else address.addr_spec


def split_address(address: str) -> Address:
    """Return the parts of an address that `parse_address` returned."""
    found = _NAME_AND_ADDRESS.fullmatch(address)
    local, _, domain = (found["spec"] if found else address).rpartition("@")
    return Address(found["name"].strip() if found else "", local, domain)


def _check_characters(text: str) -> None:
    # A line end would begin another header, and invisible characters can hide another address.
    if not text.isprintable():
        raise InvalidAddress("holds a line end or an invisible character")


def parse_host(text: str) -> str:
    """Return the name of a server in ASCII. Raises InvalidAddress."""
    try:
        return _ascii_domain(text.strip())
    except ValueError:
        raise InvalidAddress("must be the name of a server, such as smtp.example.org") from None


def _ascii_domain(domain: str) -> str:
    """Return `bücher.example` as `xn--bcher-kva.example`. Raises ValueError."""
    ascii_domain = domain.encode("idna").decode("ascii").lower()
    if not _DOMAIN.fullmatch(ascii_domain) or len(ascii_domain) > 253:
        raise ValueError(domain)
    return ascii_domain
