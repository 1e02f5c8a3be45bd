"""A library with a day of papers, and a real mail server on this machine."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.authors import authors
from tests.shell.conftest import sheaf  # noqa: F401
from tui.config.mail_section import MailSettings
from tui.core import paths
from tui.core.listing import Listing
from tui.core.paper import Paper
from tui.digest import selection
from tui.digest.entries import Digest
from tui.digest.sending import SendOptions
from tui.library.library import Library
from tui.search.query import parse
from tui.state import Change

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
WORD = "Passwort-with-42-signs"


@pytest.fixture(autouse=True)
def _use_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run in UTC, so that days are the same everywhere."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(autouse=True)
def _skip_disk_syncs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip syncs of the disk: no test cuts the power."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    with Library(home, create=True) as opened:
        yield opened


def add_hours_ago(library: Library, papers: list[Paper], hours_ago: float = 2) -> list[str]:
    """Add papers with the time of some hours ago; return their keys."""
    when = f"{NOW - timedelta(hours=hours_ago):%Y-%m-%dT%H:%M:%SZ}"
    keys = library.add(papers).keys
    with sqlite3.connect(library.catalog.path) as db:
        db.executemany("UPDATE papers SET added = ? WHERE key = ?", [(when, key) for key in keys])
    db.close()
    library.rows.forget_rows()
    return keys


def paper(name: str, *sources: str, **fields: Any) -> Paper:
    """Return a paper called `name` from feeds."""
    return Paper(f"On the Matter of {name}", sources=sources, **fields)


def follow(library: Library, *names: str, **fields: str) -> None:
    documents = {name: {"followed": "2026-05-01", **fields} for name in names}
    library.store.apply(Change.of("follow", tables={"feeds": documents}))


def digest(
    library: Library, query: str = "", since: str = "", limit: int = 20, now: datetime = NOW
) -> Digest | None:
    day = selection.parse_since(since, now.date()) if since else None
    return selection.make_digest(library, parse(query, now.date()), day, limit, now)


def titles(made: Digest | None) -> list[str]:
    """Return the titles of the entries, in order."""
    assert made
    return [entry.title.removeprefix("On the Matter of ") for entry in made.entries]


def sample_day() -> list[Paper]:
    """Return the 82 papers of the sample library as if from two feeds."""
    lines = paths.sample_library().read_text(encoding="utf-8").splitlines()
    papers = []
    for place, fields in enumerate(map(json.loads, lines)):
        fields |= {"authors": authors(*fields["authors"])}
        fields |= {"listings": (Listing(fields.pop("listed")),)}
        feeds = ("hf:daily", "arxiv:cs.CL")[: 2 if place % 3 == 0 else 1]
        fields |= {"sources": feeds, "votes": place * 37 % 101}
        papers.append(Paper(**fields))
    return papers


@dataclass
class Server:
    """A mail server: the messages it received, and the answers it gives."""

    port: int = 0
    context: ssl.SSLContext | None = None
    """The certificates that a client trusts."""
    got: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    """The addresses that each message was accepted for, and the message."""
    raw: list[bytes] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    """Answers to `RCPT` and `DATA` in turn, then OK. `hang` and `cut` hang and disconnect."""

    async def answer(self, what: str, smtp: SMTP, usual: str) -> str:
        waiting = self.answers.get(what, [])
        word = waiting.pop(0) if waiting else usual
        if word == "hang":
            await asyncio.sleep(60)
        if word == "cut":
            assert smtp.transport
            smtp.transport.abort()
            await asyncio.sleep(60)
        return word

    async def handle_RCPT(
        self, smtp: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        word = await self.answer("RCPT", smtp, "250 OK")
        if word.startswith("250"):
            envelope.rcpt_tos.append(address)
        return word

    async def handle_DATA(self, smtp: SMTP, session: Session, envelope: Envelope) -> str:
        word = await self.answer("DATA", smtp, "250 OK")
        if word.startswith("250"):
            assert isinstance(envelope.content, bytes)
            read = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(read, EmailMessage)
            self.raw.append(envelope.content)
            self.got.append((list(envelope.rcpt_tos), read))
        if word == "250 cut":
            await self.answer("cut", smtp, "cut")
        return word

    def authenticate(self, *given: Any) -> AuthResult:
        login = given[-1]
        assert isinstance(login, LoginPassword)
        self.logins.append((login.login.decode(), login.password.decode()))
        return AuthResult(success=login.password.decode() == WORD, handled=False)


Serve = Callable[..., Any]


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def serve(authority: trustme.CA) -> Serve:
    """`with serve("starttls") as server:`, the server in a thread of its own."""

    @contextmanager
    def run_server(security: str = "none", auth: bool = False, **options: Any) -> Iterator[Server]:
        server = Server()
        theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(theirs)
        server.context = ssl.create_default_context()
        authority.configure_trust(server.context)
        settings: dict[str, Any] = {"tls_context": theirs} if security == "starttls" else {}
        if auth:
            settings |= {"authenticator": server.authenticate, "auth_require_tls": False}
        loop = asyncio.new_event_loop()
        started = threading.Event()
        stop = asyncio.Event()

        async def main() -> None:
            tls = theirs if security == "tls" else None
            listening = await loop.create_server(
                lambda: SMTP(server, hostname="localhost", loop=loop, **settings, **options),
                "127.0.0.1",
                0,
                ssl=tls,
            )
            server.port = listening.sockets[0].getsockname()[1]
            started.set()
            await stop.wait()
            listening.close()
            await listening.wait_closed()
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        thread = threading.Thread(target=loop.run_until_complete, args=(main(),))
        thread.start()
        assert started.wait(10)
        try:
            yield server
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join(10)
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()

    return run_server


def mail_settings(there: Server, **fields: Any) -> MailSettings:
    """Return settings that use a server."""
    usual = MailSettings(
        ("Ada <ada@example.org>",), "Sheaf <me@example.org>", "localhost", there.port, "none"
    )
    return usual._replace(**fields)


@dataclass
class Recorder:
    """Records messages to the user, and does not sleep."""

    said: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    time: datetime = NOW

    def options(self, server: Server | None = None, timeout: float = 5) -> SendOptions:
        return SendOptions(
            self.said.append,
            self.warned.append,
            lambda: self.time,
            self.slept.append,
            server.context if server else None,
            timeout,
        )

    @property
    def words(self) -> str:
        return "\n".join(self.said + self.warned)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()
