"""OAI-PMH: the records of a repository by the day of their last change (openarchives.org/pmh)."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from tui.core.text import clean_line
from tui.feeds.fetch_context import OAI, FetchContext, Page, Pages, check_content
from tui.feeds.paged_list import PagedList, Span
from tui.net.client import Response
from tui.net.errors import NetError
from tui.sources.encodings import Utf8Converter

FIRST_DAYS = timedelta(days=30)
"""Days of a repository that are fetched when it is new."""
OVERLAP = timedelta(days=1)
"""How far a fetch goes back before the last one, because a record may appear late."""
_RECORD = re.compile(rb"<((?:[\w.-]+:)?record)[\s>].*?</\1\s*>", re.DOTALL)
_TOKEN = re.compile(rb"<(?:[\w.-]+:)?resumptionToken\b[^>]*>\s*([^<]*[^<\s])\s*<")
_ERROR = re.compile(rb"<(?:[\w.-]+:)?error\s[^>]*?code\s*=\s*[\"'](\w+)[\"'][^>]*>([^<]*)")
_DATESTAMP = re.compile(rb"<(?:[\w.-]+:)?datestamp>\s*(\d{4}-\d\d-\d\d)")


async def get_records(
    context: FetchContext,
    url: str,
    span: Span,
    *,
    prefix: str,
    set_name: str = "",
    user_supplied: bool = False,
) -> tuple[Response, list[bytes], str]:
    """Return a response, its records as XML, and the token of the next page, empty at the end.

    `prefix` names the format of the records. Raises NetError, of the kind `refused` if the
    repository does not know the token any more: tokens expire.
    """
    parameters = {"verb": "ListRecords"}
    if span.start:
        parameters["resumptionToken"] = span.start
    else:
        parameters |= {"metadataPrefix": prefix} | ({"set": set_name} if set_name else {})
        parameters |= {"from": span.since.isoformat(), "until": span.until.isoformat()}
    response = await context.get(f"{url}?{urlencode(parameters)}", user_supplied=user_supplied)
    if response.not_modified:
        return response, [], ""
    check_content(response, OAI)
    # Records are joined without the declaration of their encoding.
    converter = Utf8Converter(response.charset)
    response = replace(response, body=converter.convert(response.body, final=True))
    records = [found[0] for found in _RECORD.finditer(response.body)]
    if not records and (error := _ERROR.search(response.body)):
        code, text = (_decode(part) for part in error.groups())
        if code == "noRecordsMatch":
            return response, [], ""
        host = urlsplit(url).hostname
        raise NetError("refused", f"{host} does not accept this request ({code}): {text[:200]}")
    token = _TOKEN.search(response.body)
    return response, records, _decode(token[1]) if token else ""


def fetch_repository(context: FetchContext) -> Pages:
    """Yield what a repository added or changed since the last fetch."""
    url, _, set_name = context.query.partition("#")

    async def get_page(span: Span) -> tuple[Response, Page, str]:
        response, records, token = await get_records(
            context, url, span, prefix="oai_dc", set_name=set_name, user_supplied=True
        )
        listed = ((datestamp(record), record) for record in records)
        return response, await context.read_days(response, OAI, listed, join_records), token

    return PagedList(context, get_page).read_new(OVERLAP, FIRST_DAYS)


def datestamp(record: bytes) -> str:
    """Return the day of the last change of a record; empty if it has none."""
    found = _DATESTAMP.search(record)
    return found[1].decode() if found else ""


def join_records(records: list[bytes]) -> bytes:
    """Return a document of records."""
    return b"<ListRecords>" + b"\n".join(records) + b"</ListRecords>"


def _decode(text: bytes) -> str:
    return clean_line(html.unescape(text.decode("utf-8", "replace")))
