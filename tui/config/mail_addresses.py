"""Mail addresses as people write them: checked, and in the form a mail server takes."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.headerregistry import Address

from tui.core.text import clean_line

LONGEST_NAME = 100
"""Characters of a name before an address that are kept."""
_BETWEEN_COMMAS = re.compile(r'((?:"[^"]*"|[^,])*)(?:,|$)')
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<spec>[^<>]*)>")
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.IGNORECASE)


class InvalidAddress(ValueError):
    """Why something is no address, in words that continue `mail.to: …`."""


def parse_addresses(text: str) -> tuple[str, ...]:
    """The addresses of `Ada <ada@example.org>, bo@example.org`, each as `address` gives it.

    NoAddress with the first mistake.
    """
    _check_characters(text)
    found = tuple(dict.fromkeys(parse_address(part) for part in _parts(text)))
    specs = [split_address(each).addr_spec.lower() for each in found]
    twice = next((spec for spec in specs if specs.count(spec) > 1), "")
    if twice:
        raise InvalidAddress(f"has {twice} twice")
    return found


def parse_address(text: str) -> str:
    """`ada@example.org` or `Ada <ada@example.org>`, the domain in ASCII. NoAddress if it is not."""
    _check_characters(text)
    shown = clean_line(text)
    quoted = f"“{shown if len(shown) <= 60 else shown[:59] + '…'}”"
    if not shown:
        raise InvalidAddress("has an empty place where an address should be")
    named = _NAMED.fullmatch(shown)
    spec = (named["spec"] if named else shown).strip()
    name = named["name"].strip().strip('"').strip() if named else ""
    local, at, domain = spec.rpartition("@")
    if not at or not local:
        raise InvalidAddress(f"{quoted} is no address: it needs a name, @ and a domain")
    if not local.isascii():
        raise InvalidAddress(f"{quoted} has letters before the @ that few mail servers take")
    if ".." in f".{local}." or set(local) & set(' "(),:;<>@[\\]'):
        raise InvalidAddress(
            f"{quoted} is no address: something before the @ does not belong there"
        )
    try:
        made = Address(name[:LONGEST_NAME], local, _ascii_domain(domain))
    except (MessageError, ValueError, IndexError):
        raise InvalidAddress(f"{quoted} is no address: the domain after the @ is none") from None
    if len(made.addr_spec) > 254 or len(local) > 64:
        raise InvalidAddress(f"{quoted} is longer than an address may be")
    return f"{made.display_name} <{made.addr_spec}>" if name else made.addr_spec


def split_address(given: str) -> Address:
    """An address that `address` made, in its parts."""
    named = _NAMED.fullmatch(given)
    local, _, domain = (named["spec"] if named else given).rpartition("@")
    return Address(named["name"].strip() if named else "", local, domain)


def _check_characters(text: str) -> None:
    """A line end in an address would begin another header; what is invisible, another address."""
    if not text.isprintable():
        raise InvalidAddress("holds a line end or an invisible character")


def _parts(text: str) -> list[str]:
    """`text` split at commas; those between quotation marks are part of a name."""
    return [part[1] for part in _BETWEEN_COMMAS.finditer(f"{text},")][:-1]


def parse_host(text: str) -> str:
    """The name of a server, in ASCII. NoAddress if it is none."""
    try:
        return _ascii_domain(text.strip())
    except ValueError:
        raise InvalidAddress("is the name of a server, as smtp.example.org") from None


def _ascii_domain(domain: str) -> str:
    """`bücher.example` as `xn--bcher-kva.example`. ValueError if it is no domain."""
    plain = domain.encode("idna").decode("ascii").lower()
    if not _DOMAIN.fullmatch(plain) or len(plain) > 253:
        raise ValueError(domain)
    return plain
