"""arXiv: the announcements of a category, or a search.

Only the RSS feed of a category says what was announced on which day, with cross-lists and papers
that were held back. It has only the last day, and at first perhaps only a part of it. The rest is
filled in through OAI-PMH, by the day on which a record changed: the API, by the day of submission,
does not show papers that were held back or cross-listed later. A search uses only the API.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from urllib.parse import urlencode

from tui.core.paper import Paper
from tui.core.schemes import arxiv_month
from tui.feeds import arxiv_calendar, oai
from tui.feeds.fetch_context import FEED, OAI, FetchContext, Page, Pages
from tui.feeds.paged_list import PagedList, Span
from tui.net.client import Response
from tui.net.errors import NetError
from tui.sources.interface import Notice

PAGE_SIZE = 100
FIRST_DAYS = 7
"""Days of a category that are fetched when it is new."""
FIRST_PAPERS = 200
"""The least number of papers that are fetched of a new search."""
HELD_BACK = timedelta(days=60)
"""How long moderators may hold a paper back; a later change of its record is of another kind."""
OVERLAP = timedelta(days=4)
"""How long before its announcement a paper may have been submitted: a weekend and a holiday."""
_MAX_RESULTS = 30_000
"""The API gives no results beyond this."""
_EMPTY_PAGE_TRIES = 3
"""The API sometimes gives an empty page where there are more results."""

_GROUPS = ("cs", "econ", "eess", "math", "q-bio", "q-fin", "stat")
"""Groups of OAI-PMH that have the name of their only archive; all other archives are physics."""
_VERSION = re.compile(rb"<version\b[^>]*>\s*<date>([^<]+)</date>")
_CATEGORIES = re.compile(rb"<categories>\s*(\w[^<]*)")

# Whole items that announce a new version of a paper of another day.
_REPLACED = re.compile(
    rb"<(item|entry)\b(?:(?!</\1>).)*?<arxiv:announce_type>\s*replace.*?</\1>", re.DOTALL
)
_PUBLISHED = re.compile(rb"<pubDate>\s*([^<]+)</pubDate>")
_TOTAL = re.compile(rb"<opensearch:totalResults[^>]*>\s*(\d+)")
# The id of an entry, without version, and the time of its first submission.
_SUBMITTED = re.compile(
    rb"<id>[^<]*/abs/([^<]+?)(?:v\d+)?</id>(?:(?!</entry>).)*?<published>([^<]+)</published>",
    re.DOTALL,
)


async def fetch_category(context: FetchContext) -> Pages:
    """Yield what was announced since the last fetch.

    The cursor also has the first day of the feed: every paper announced since then is here.
    """
    cursor, new = context.status.cursor, context.utc_today - timedelta(days=FIRST_DAYS)
    first = str(cursor.get("first") or cursor.get("day") or new)
    async for page in _fetch_announced(context, first):
        whole = None if page.cursor is None else {**page.cursor, "first": first}
        yield replace(page, cursor=whole)


async def _fetch_announced(context: FetchContext, first: str) -> Pages:
    records = PagedList(context, partial(_get_announced_records, context, first))
    response = await context.get(f"{context.network.base('arxiv_rss')}/rss/{context.query}")
    if response.not_modified:
        return
    latest = _announcement_date_of(response.body, context.utc_today)
    page = await _read_announcements(context, response, latest)
    until = latest or arxiv_calendar.last_announcement_date(context.today)
    day = records.complete_until
    if latest and day and latest < day:
        page.notices.append(Notice(context.name, f"arXiv gave the page of {latest} again"))
    if day and until <= day and not records.is_interrupted:
        yield page.with_cursor({"day": day.isoformat()}, response)
        return
    yield page
    async for page in records.finish():
        yield page
    if day and until <= day:
        return
    since = day or until - timedelta(days=FIRST_DAYS)
    # The last day may have been fetched before it was complete. Later days may have been missed;
    # their records may have changed since.
    is_next = day and latest and not arxiv_calendar.missed_announcement(day, latest)
    last = day if day and is_next else max(until, context.utc_today)
    async for page in records.read(Span(since, last, until), validators_of=response):
        yield page


def fetch_search(context: FetchContext) -> Pages:
    """Yield what was submitted since the last fetch; of a new search, FIRST_PAPERS at least."""
    submissions = PagedList(context, partial(_get_submissions, context, context.query))
    return submissions.read_new(OVERLAP, OVERLAP, FIRST_PAPERS)


async def _get_submissions(
    context: FetchContext, query: str, span: Span
) -> tuple[Response, Page, str]:
    """Return one page of the API, and where the next one starts."""
    start = int(span.start or 0)
    parameters: dict[str, str | int] = {
        "search_query": query,
        "start": start,
        "max_results": PAGE_SIZE,
        "sortBy": "submittedDate",
        "sortOrder": "descending",
    }
    url = f"{context.network.base('arxiv')}/query?{urlencode(parameters)}"
    for _ in range(_EMPTY_PAGE_TRIES):
        response = await context.get(url)
        if response.not_modified:
            return response, Page([]), ""
        page = await context.read_page(response, FEED)
        found = _TOTAL.search(response.body)
        total = int(found[1]) if found else start + len(page.papers)
        if page.papers or page.rejected or start >= total:
            page = _with_announcement_dates(context, response, page)
            total = min(total, _MAX_RESULTS)
            return response, page, span.next_start(page.papers, PAGE_SIZE, total)
    raise NetError("broken", "arXiv gave an empty page where there are more; fetch again later")


async def _get_announced_records(
    context: FetchContext, first: str, span: Span
) -> tuple[Response, Page, str]:
    """Return one page of OAI-PMH, and where the next one starts: its set and its token."""
    names = context.query.split("+")
    number, _, token = (span.start or "0").partition(" ")
    at = min(int(number), len(names) - 1)
    response, records, token = await oai.get_records(
        context,
        context.network.base("arxiv_oai"),
        replace(span, start=token),
        prefix="arXivRaw",
        set_name=_set_name(names[at]),
    )
    days = (_announcement_day(record, names[at], span.since, first) for record in records)
    announced = [each for each in zip(days, records, strict=True) if each[0]]
    page = await context.read_days(response, OAI, announced, oai.join_records)
    following = f"{at} {token}" if token else str(at + 1) if at + 1 < len(names) else ""
    return response, page, following


def _set_name(category: str) -> str:
    """Return the set of a category: `cs:cs:CL`, `physics:astro-ph:GA`, `math:math`."""
    archive = category.partition(".")[0]
    group = archive if archive in _GROUPS else "physics"
    return f"{group}:{category.replace('.', ':')}"


def _announcement_day(record: bytes, category: str, since: date, first_day: str) -> str:
    """Return the day since `since` on which a category announced a paper; empty if it did not.

    A new version of a paper that was announced between `first_day` and `since` gets a day, too: it
    cannot be told from a late cross-list, and papers that the feed has are left out afterwards.

    A record changes when the paper is announced, replaced, listed in one more category, or gets a
    journal reference. Its versions say when it was announced, unless it was held back.
    """
    changed = oai.datestamp(record)
    times = [_parse_time(found) for found in _VERSION.findall(record)]
    days = [arxiv_calendar.announcement_date(time) for time in times if time]
    if not changed or not days:
        return changed
    found = _CATEGORIES.search(record)
    first, *others = found[1].decode("ascii", "replace").split() if found else [""]
    is_first = _is_in(first, category)
    if days[0] >= since:
        # A later change is a new version, a cross-list elsewhere, or the end of being held back.
        is_on_time = len(days) > 1 or (is_first and others)
        return min(days[0].isoformat(), changed) if is_on_time else changed
    is_known = days[0].isoformat() >= first_day
    is_new_version = len(days) > 1 and days[-1].isoformat() >= changed and not is_known
    is_edit = days[0] < since - HELD_BACK if is_first else b"<journal-ref>" in record
    return "" if is_new_version or is_edit else changed


def _parse_time(text: bytes) -> datetime | None:
    try:
        time = parsedate_to_datetime(text.decode("ascii", "replace"))
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _with_announcement_dates(context: FetchContext, response: Response, page: Page) -> Page:
    """List papers of the API on the days they were announced, which follow from submission."""
    days: dict[str, str] = {}
    for name, submitted in _SUBMITTED.findall(response.body):
        try:
            time = datetime.fromisoformat(submitted.decode("ascii", "replace").strip())
        except ValueError:
            continue
        time = time if time.tzinfo else time.replace(tzinfo=UTC)
        day = min(arxiv_calendar.announcement_date(time), context.today)
        days[name.decode("ascii", "replace")] = day.isoformat()
    papers = []
    for paper in page.papers:
        listing = paper.listings[0]
        listing = listing._replace(day=days.get(paper.ids.get("arxiv", ""), listing.day))
        papers.append(paper._replace(listings=(listing,)))
    return replace(page, papers=papers)


def _announcement_date_of(body: bytes, today: date) -> date | None:
    """Return the day of a page of RSS, which most of its items have; None if it has no items.

    A day in the future becomes today.
    """
    if b"<item" not in body:
        return None
    times = filter(None, map(_parse_time, _PUBLISHED.findall(body)))
    days = Counter(time.date() for time in times).most_common(1)
    return min(days[0][0], today) if days else None


async def _read_announcements(context: FetchContext, response: Response, day: date | None) -> Page:
    """Return the new papers and cross-lists of a day, without new versions of old papers.

    Raises NetError if they are of other categories.
    """
    response = replace(response, body=_REPLACED.sub(b"", response.body))
    page = await context.read_page(response, FEED, day.isoformat() if day else "", 1)
    others = {each for paper in page.papers for each in paper.categories}
    names = context.query.split("+")
    if others and not any(_is_in(each, name) for each in others for name in names):
        found = " ".join(sorted(others))[:80]
        why = f"arXiv answered with papers of {found} instead of {context.query}"
        raise NetError("broken", f"{why}, which are not added; fetch again later")
    return replace(page, papers=[_with_month_of_id(paper) for paper in page.papers])


def _is_in(category: str, name: str) -> bool:
    """Return whether a category is `name`, or is in the archive `name`."""
    return category == name or category.startswith(f"{name}.")


def _with_month_of_id(paper: Paper) -> Paper:
    """Correct the date of publication by the id, because RSS gives the day of the cross-list."""
    month = arxiv_month(paper.ids.get("arxiv", ""))
    return paper if paper.published.startswith(month) else paper._replace(published=month)
