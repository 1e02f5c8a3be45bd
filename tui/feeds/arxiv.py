"""arXiv: the announcements of a category, or a search.

Only the RSS feed of a category says what was announced on which day, with cross-lists and papers
that were held back. It has only the last day, so missed days are filled in from the API. A search
uses only the API.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from urllib.parse import urlencode

from tui.core.paper import Paper
from tui.core.schemes import arxiv_month
from tui.feeds import arxiv_calendar
from tui.feeds.fetch_context import FEED, FetchContext, Page, Pages
from tui.feeds.paged_list import PagedList, Span
from tui.net.client import Response
from tui.net.errors import NetError

PAGE_SIZE = 100
FIRST_DAYS = 7
"""Days of a category that are fetched when it is new."""
FIRST_PAPERS = 200
"""The least number of papers that are fetched of a new search."""
OVERLAP = timedelta(days=4)
"""How long before its announcement a paper may have been submitted: a weekend and a holiday."""
_MAX_RESULTS = 30_000
"""The API gives no results beyond this."""
_EMPTY_PAGE_TRIES = 3
"""The API sometimes gives an empty page where there are more results."""

# Whole items that announce a new version of a paper of another day.
_REPLACED = re.compile(
    rb"<(item|entry)\b(?:(?!</\1>).)*?<arxiv:announce_type>\s*replace.*?</\1>", re.DOTALL
)
_TOTAL = re.compile(rb"<opensearch:totalResults[^>]*>\s*(\d+)")
# The id of an entry, without version, and the time of its first submission.
_SUBMITTED = re.compile(
    rb"<id>[^<]*/abs/([^<]+?)(?:v\d+)?</id>(?:(?!</entry>).)*?<published>([^<]+)</published>",
    re.DOTALL,
)


async def fetch_category(context: FetchContext) -> Pages:
    """Yield what was announced since the last fetch."""
    # A category without a dot is an archive: `cs` stands for all of its subjects.
    names = context.query.split("+")
    query = " OR ".join(f"cat:{name}" if "." in name else f"cat:{name}*" for name in names)
    submissions = PagedList(context, partial(_get_submissions, context, query))
    async for page in submissions.finish():
        yield page
    day = submissions.complete_until
    response = await context.get(f"{context.network.base('arxiv_rss')}/rss/{context.query}")
    if response.not_modified:
        return
    page = await _read_announcements(context, response)
    latest = max((date.fromisoformat(each.listed) for each in page.papers), default=None)
    until = latest or arxiv_calendar.last_announcement_date(context.today)
    if day and not arxiv_calendar.missed_announcement(day, until):
        yield page.with_cursor({"day": (latest or day).isoformat()}, response)
        return
    yield page
    since = day - OVERLAP if day else until - timedelta(days=FIRST_DAYS)
    async for page in submissions.read(Span(since, until, until), validators_of=response):
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
    papers = [p._replace(listed=days.get(p.ids.get("arxiv", ""), p.listed)) for p in page.papers]
    return replace(page, papers=papers)


async def _read_announcements(context: FetchContext, response: Response) -> Page:
    """Return the new papers and cross-lists of the day, without new versions of old papers."""
    response = replace(response, body=_REPLACED.sub(b"", response.body))
    page = await context.read_page(response, FEED)
    return replace(page, papers=[_with_month_of_id(paper) for paper in page.papers])


def _with_month_of_id(paper: Paper) -> Paper:
    """Correct the date of publication by the id, because RSS gives the day of the cross-list."""
    month = arxiv_month(paper.ids.get("arxiv", ""))
    return paper if paper.published.startswith(month) else paper._replace(published=month)
