"""PubMed: a search, by the day on which papers entered PubMed (E-utilities of the NCBI)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

from tui.feeds.fetch_context import PUBMED, FetchContext, Page, Pages, parse_object
from tui.feeds.paged_list import PagedList, Span
from tui.net.client import Response
from tui.net.errors import NetError
from tui.net.validators import NO_VALIDATORS
from tui.sources.engines.json import first_text, inner, text
from tui.sources.interface import RejectedRecord

PAGE_SIZE = 100
FIRST_PAPERS = 200
"""The most papers that are fetched of a new search, of those of FIRST_DAYS."""
FIRST_DAYS = timedelta(days=30)
OVERLAP = timedelta(days=2)
"""How far a fetch goes back before the last one, because searches may find a paper late."""
_MAX_RESULTS = 9_999
"""The service gives no results beyond this."""
_ARTICLE = re.compile(rb"<(Pubmed(?:Book)?Article)[\s>].*?</\1>", re.DOTALL)
_PMID = re.compile(rb"<PMID\b[^>]*>\s*(\d+)")
_ENTERED = re.compile(
    rb"<PubMedPubDate\s+PubStatus=\"(?:entrez|pubmed)\">\s*"
    rb"<Year>(\d{4})</Year>\s*<Month>(\d\d?)</Month>\s*<Day>(\d\d?)</Day>"
)


def fetch_search(context: FetchContext) -> Pages:
    """Yield what entered PubMed since the last fetch."""

    async def get_page(span: Span) -> tuple[Response, Page, str]:
        response, ids, total = await _find_ids(context, span)
        if not ids:
            return response, Page([]), ""
        response = await context.get(_url(context, "efetch", {"id": ",".join(ids)}))
        # What the ids stand for may stay as it is while the search finds more of them.
        response = replace(response, validators=NO_VALIDATORS)
        articles = [found[0] for found in _ARTICLE.finditer(response.body)]
        # A page without articles is not what was requested: reading it as a whole says what it is.
        if not articles:
            return response, await context.read_page(response, PUBMED), ""
        listed = ((_entry_day(each), each) for each in articles if _number(each) in ids)
        page = await context.read_days(response, PUBMED, listed, _join_articles)
        for name in sorted(set(ids) - set(map(_number, articles))):
            why = "PubMed has found it but does not give it"
            page.rejected.append(RejectedRecord(f"PMID {name}", why, {"pmid": name}))
        start = int(span.start or 0) + PAGE_SIZE
        is_last = start >= (min(total, span.least) if span.least else total)
        return response, page, "" if is_last else str(start)

    return PagedList(context, get_page).read_new(OVERLAP, FIRST_DAYS, FIRST_PAPERS)


async def _find_ids(context: FetchContext, span: Span) -> tuple[Response, list[str], int]:
    """Return the ids of one page, and the number of results. Raises NetError."""
    parameters = {
        "term": context.query,
        "datetype": "edat",
        "mindate": f"{span.since:%Y/%m/%d}",
        "maxdate": f"{span.until:%Y/%m/%d}",
        "retstart": span.start or "0",
        "retmax": str(PAGE_SIZE),
    }
    response = await context.get(_url(context, "esearch", parameters))
    if response.not_modified:
        return response, [], 0
    answer = parse_object(response)
    result = inner(answer, "esearchresult")
    if error := text(result, "ERROR") or first_text(answer, "error"):
        raise NetError("refused", f"PubMed does not accept this search: {error[:200]}")
    total = int(text(result, "count") or 0)
    if total > _MAX_RESULTS and not span.least:
        why = (
            f"{total:,} papers since {span.since} match this search; PubMed gives {_MAX_RESULTS:,}"
        )
        raise NetError("refused", f"{why}: follow a narrower search")
    unknown = inner(result, "errorlist").get("phrasesnotfound")
    if not total and isinstance(unknown, list) and unknown:
        raise NetError("not-found", f"PubMed does not know {', '.join(map(str, unknown))[:200]}")
    ids = result.get("idlist")
    return response, [str(each) for each in ids] if isinstance(ids, list) else [], total


def _url(context: FetchContext, utility: str, parameters: dict[str, str]) -> str:
    """Return the URL of a utility; it says who is asking, as the NCBI wants it."""
    mode = "json" if utility == "esearch" else "xml"
    parameters = {"db": "pubmed", "retmode": mode, **parameters, "tool": "sheaf-tui"}
    if context.network.mail:
        parameters["email"] = context.network.mail
    return f"{context.network.base('pubmed')}/{utility}.fcgi?{urlencode(parameters)}"


def _number(article: bytes) -> str:
    """Return the number of an article in PubMed."""
    found = _PMID.search(article)
    return found[1].decode() if found else ""


def _entry_day(article: bytes) -> str:
    """Return the day on which an article entered PubMed; empty if it does not say it."""
    found = _ENTERED.search(article)
    return "{}-{:0>2}-{:0>2}".format(*(part.decode() for part in found.groups())) if found else ""


def _join_articles(articles: list[bytes]) -> bytes:
    return b"<PubmedArticleSet>" + b"\n".join(articles) + b"</PubmedArticleSet>"
