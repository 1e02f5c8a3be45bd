"""FetchContext: what a kind of feed needs to get responses and read them into pages of papers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urlsplit

import orjson

from tui.core.listing import Listing
from tui.core.paper import Paper
from tui.core.text import clean_line
from tui.feeds.feed_status import FeedStatus
from tui.net.client import Client, Response
from tui.net.errors import NetError
from tui.net.network_settings import NetworkSettings
from tui.net.validators import NO_VALIDATORS, Validators
from tui.sources.decoding import decode_head
from tui.sources.encodings import Utf8Converter
from tui.sources.engines.json import is_json
from tui.sources.engines.xml import root_element
from tui.sources.formats import feed, xml_libraries, xml_publishers
from tui.sources.interface import Notice, RejectedRecord
from tui.sources.reader import NOTHING, read_bytes
from tui.sources.streams import HEAD

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ExpectedContent:
    """The content that a response must have."""

    label: str
    """As messages name it: `a web page instead of LABEL`."""
    format_name: str = ""
    """The format in `tui.sources` that reads it; empty if the content decides."""
    matches: Callable[[bytes], bool] = lambda head: True
    """Whether the first bytes of a response can be that."""


JSON = ExpectedContent("JSON", "json", is_json)
FEED = ExpectedContent("a feed", "feed", feed.sniff)
ANTHOLOGY = ExpectedContent("XML of the Anthology", "acl", xml_libraries.ACL.sniff)
PUBMED = ExpectedContent("XML of PubMed", "pubmed-xml", xml_publishers.PUBMED.sniff)
DBLP = ExpectedContent("XML of dblp", "dblp", xml_libraries.DBLP.sniff)
OAI = ExpectedContent("OAI-PMH", "oai", xml_libraries.OAI.sniff)
ANY = ExpectedContent("a feed or a file of papers")


@dataclass(frozen=True, slots=True)
class Page:
    """The papers of one response, and the cursor that is saved after they are in the catalog."""

    papers: list[Paper]
    rejected: list[RejectedRecord] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    cursor: Mapping[str, Any] | None = None
    """None leaves the cursor of the feed as it is."""
    url: str = ""
    """The requested URL that the validators belong to; empty if there are none to be saved."""
    validators: Validators = NO_VALIDATORS
    is_refill: bool = False
    """Whether it may have papers that the feed listed before: they are left out."""

    def with_cursor(self, cursor: Mapping[str, Any], response: Response | None = None) -> Page:
        """Return this page with a cursor, and with the validators of a response.

        Without a response the feed has no validators from then on. One response must tell whether
        there is anything new; validators of one page of several would hide what is on the others.
        """
        if response is None:
            return replace(self, cursor=cursor)
        url, validators = response.requested_url, response.validators
        return replace(self, cursor=cursor, url=url, validators=validators)


Pages: TypeAlias = AsyncGenerator[Page, None]


@dataclass(slots=True)
class FetchContext:
    """One feed that is being fetched: the client, its status, the days."""

    name: str
    network: NetworkSettings
    client: Client
    status: FeedStatus
    today: date
    """By the user's clock."""
    utc_today: date
    """By the clocks of the services."""
    day: str = ""
    """The past day that the user asked for; empty to fetch what is new."""
    not_modified: bool = False
    """Whether a service has answered that nothing changed."""

    @property
    def query(self) -> str:
        """The name without its kind: `cs.CL` of `arxiv:cs.CL`."""
        return self.name.partition(":")[2]

    async def get(self, url: str, *, user_supplied: bool = False, accept: str = "") -> Response:
        """Get a URL, with the validators of the last fetch if they are of this URL.

        Raises NetError.
        """
        response = await self.client.get(
            url,
            validators=self.status.validators if url == self.status.url else None,
            user_supplied=user_supplied,
            accept=accept,
        )
        self.not_modified |= response.not_modified
        return response

    async def read_page(
        self,
        response: Response,
        expected: ExpectedContent,
        listed: str = "",
        first_rank: int = 0,
    ) -> Page:
        """Return the papers of a response, read in a thread so that other feeds go on.

        Papers get the day `listed`, else the day they have themselves, else today. If the order of
        the response is that of a list, the first paper gets the rank `first_rank`. Raises NetError
        if the response does not have the expected content.
        """
        return await asyncio.to_thread(self._read_page, response, expected, listed, first_rank)

    async def read_days(
        self,
        response: Response,
        expected: ExpectedContent,
        records: Iterable[tuple[str, T]],
        join: Callable[[list[T]], bytes],
    ) -> Page:
        """Return the papers of pairs of a day and a record of a response, each listed on its day.

        A day that is missing or in the future becomes today. `join` makes a document of records.
        Papers that the feed has listed before are left out. Raises NetError like `read_page`.
        """
        today = self.utc_today.isoformat()
        groups: dict[str, list[T]] = {}
        for day, record in records:
            groups.setdefault(min(day or today, today), []).append(record)
        page = Page([], is_refill=True)
        for day, group in sorted(groups.items()):
            part = await self.read_page(replace(response, body=join(group)), expected, day)
            page.papers.extend(part.papers)
            page.rejected.extend(part.rejected)
            page.notices.extend(part.notices)
        return page

    def _read_page(
        self, response: Response, expected: ExpectedContent, listed: str, first_rank: int
    ) -> Page:
        check_content(response, expected)
        page = Page([])
        for record in read_bytes(
            response.body, self.name, self.today, expected.format_name, response.charset
        ):
            if isinstance(record, Notice):
                page.notices.append(record)
            elif isinstance(record, Paper):
                rank = first_rank + len(page.papers) if first_rank else 0
                page.papers.append(self._list(record, listed, rank))
            elif not (record.why == feed.EMPTY or record.why.startswith(NOTHING)):
                page.rejected.append(record)
        return page

    def _list(self, paper: Paper, day: str, rank: int) -> Paper:
        """Return a paper of the feed as listed on `day`, with the votes that it has today."""
        today = self.today.isoformat()
        own = paper.listings[0] if paper.listings else Listing(today)
        listing = own._replace(day=day or own.day, feed=self.name, rank=rank)
        votes_on = {today: paper.votes} if paper.votes else {}
        return paper._replace(listings=(listing,), sources=(self.name,), votes_on=votes_on)


def parse_object(response: Response) -> Mapping[str, Any]:
    """Return the JSON object of a response. Raises NetError if it has none."""
    check_content(response, JSON)
    try:
        value = orjson.loads(response.body)
    except ValueError:
        value = None
    if isinstance(value, dict):
        return value
    host = urlsplit(response.url).hostname
    raise NetError("broken", f"{host} answered with JSON that cannot be read; try again later")


def check_content(response: Response, expected: ExpectedContent) -> None:
    """Raise NetError if the body cannot be what is expected, whatever its Content-Type says."""
    head = Utf8Converter(response.charset).convert(response.body[:HEAD])
    is_html = root_element(head).lower() == "html" or re.match(
        r"\s*<!doctype html", decode_head(head), re.I
    )
    if not head.strip():
        found = "nothing"
    elif is_html:
        found = "a web page"
    elif not expected.matches(head) or response.content_type.startswith(_MEDIA):
        found = clean_line(response.content_type)[:60] or "something else"
    else:
        return
    raise NetError(
        "broken",
        f"{urlsplit(response.url).hostname} answered with {found} instead of {expected.label}; it "
        f"may need a login, be under repair, or have moved: open the address in a browser",
    )


_MEDIA = ("image/", "audio/", "video/")
