"""Page, and Asking: what a kind of feed needs to ask one question and read the answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from tui.core.paper import Paper
from tui.core.text import clean_line
from tui.feeds.feed_status import FeedStatus
from tui.net.client import Client, Response
from tui.net.errors import NetError
from tui.net.network_settings import NetworkSettings
from tui.net.validators import NO_VALIDATORS, Validators
from tui.sources import records
from tui.sources.base import RejectedRecord
from tui.sources.decoding import decode_head
from tui.sources.engines.xml import root_element
from tui.sources.formats import feed, xml_libraries
from tui.sources.reader import NOTHING, read_bytes
from tui.sources.streams import HEAD


@dataclass(frozen=True, slots=True)
class ExpectedContent:
    """What an answer must be."""

    label: str
    """Behind "instead of"."""
    format_name: str = ""
    """Of the source that reads it; empty lets the bytes tell."""
    sniff: Callable[[bytes], bool] = lambda head: True


JSON = ExpectedContent("JSON", "json", records.is_json)
FEED = ExpectedContent("a feed", "feed", feed.sniff)
ANTHOLOGY = ExpectedContent("XML of the Anthology", "acl", xml_libraries.ACL.sniff)
ANY = ExpectedContent("a feed or a file of papers")


@dataclass(frozen=True, slots=True)
class Page:
    """What one answer brought, and where to go on once its papers are kept."""

    papers: list[Paper]
    refused: list[RejectedRecord] = field(default_factory=list)
    cursor: Mapping[str, Any] | None = None
    """None leaves it where it is."""
    url: str = ""
    validators: Validators = NO_VALIDATORS
    """To be kept with the papers, if there is a `url` they are of."""

    def ending(self, cursor: Mapping[str, Any], asked: Asked | None = None) -> Page:
        """This page with where to go on, and with the validators of an answer."""
        if asked is None:
            return replace(self, cursor=cursor)
        return replace(self, cursor=cursor, url=asked.url, validators=asked.answer.validators)


Pages: TypeAlias = AsyncGenerator[Page, None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its answer."""

    url: str
    answer: Response

    @property
    def unchanged(self) -> bool:
        return self.answer.unchanged


@dataclass(slots=True)
class FetchContext:
    """One feed being fetched: the client, what is known of it, the days."""

    name: str
    network: NetworkSettings
    client: Client
    status: FeedStatus
    today: date
    """By the user's clock."""
    utc: date
    """By the services' clocks."""
    day: str = ""
    """A past day that is asked for, in place of what is new."""
    unchanged: bool = False
    """Whether a service has said that nothing changed."""

    @property
    def rest(self) -> str:
        """The name without its kind."""
        return self.name.partition(":")[2]

    async def ask(
        self, url: str, *, user_supplied: bool = False, conditional: bool = True, accept: str = ""
    ) -> Asked:
        """Ask, with the validators there are of this very question. NetError."""
        known = conditional and url == self.status.url
        validators = self.status.validators if known else None
        answer = await self.client.get(
            url, validators=validators, user_supplied=user_supplied, accept=accept
        )
        self.unchanged |= answer.unchanged
        return Asked(url, answer)

    async def read(self, asked: Asked, form: ExpectedContent, listed: str = "") -> Page:
        """The papers of an answer, listed on a day if neither they nor `listed` tell another.

        NetError if it is not of the form. Off the loop, so that other feeds go on.
        """
        return await asyncio.to_thread(self._read, asked.answer, form, listed)

    def _read(self, answer: Response, form: ExpectedContent, listed: str) -> Page:
        check_content(answer, form)
        page = Page([])
        for record in read_bytes(answer.body, self.name, self.today, form.format_name):
            if isinstance(record, Paper):
                day = listed or record.listed or self.today.isoformat()
                page.papers.append(replace(record, listed=day, sources=(self.name,)))
            elif not (record.why == feed.EMPTY or record.why.startswith(NOTHING)):
                page.refused.append(record)
        return page


def check_content(answer: Response, form: ExpectedContent) -> None:
    """NetError if the body cannot be what was asked for, whatever its header says."""
    head = answer.body[:HEAD]
    if not head.strip():
        raise _wrong(answer, "nothing", form)
    if root_element(head).lower() == "html" or re.match(
        r"\s*<!doctype html", decode_head(head), re.I
    ):
        raise _wrong(answer, "a web page", form)
    if not form.sniff(head) or answer.content_type.startswith(("image/", "audio/", "video/")):
        raise _wrong(answer, clean_line(answer.content_type)[:60] or "something else", form)


def _wrong(answer: Response, got: str, form: ExpectedContent) -> NetError:
    host = urlsplit(answer.url).hostname
    return NetError(
        "broken",
        f"{host} answered with {got} instead of {form.label}; it may want a login, be under "
        f"repair, or have moved: look at the address in a browser",
    )
