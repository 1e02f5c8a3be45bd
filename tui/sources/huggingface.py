"""Hugging Face daily papers: the API's records, and those of scrapers of the page."""

from __future__ import annotations

import re

from tui.core import identifiers as ids
from tui.sources.shapes import Object, Shape, inner, objects, signs, text


def _daily(record: Object) -> Object:
    """A paper as listed: votes, the day, who submitted it, its code and keywords."""
    paper = inner(record, "paper") or record
    who = text(record, "submittedBy", "fullname") or text(paper, "submittedOnDailyBy", "fullname")
    notes = [f"submitted by {who}"] if who else []
    authors = [each for each in objects(paper.get("authors")) if each.get("hidden") is not True]
    votes = paper.get("upvotes")
    return {
        "title": text(paper, "title") or text(record, "title"),
        "authors": authors or paper.get("authors"),
        "abstract": text(paper, "summary") or text(record, "summary"),
        "published": text(paper, "publishedAt") or text(record, "publishedAt"),
        "listed": text(paper, "submittedOnDailyAt") or text(record, "publishedAt"),
        "venue": "arXiv" if ids.arxiv_id(text(paper, "id")) else "",
        "categories": paper.get("ai_keywords"),
        "id": text(paper, "id"),
        "code": text(paper, "githubRepo"),
        "comment": "; ".join(notes),
        "votes": votes,
        "comments_count": record.get("numComments"),
        "stars_count": paper.get("githubStars"),
    }


def _scraped(record: Object) -> Object:
    """The page of a paper as a scraper saw it; what stands as its abstract may be a comment."""
    details = inner(record, "details")
    links = details.get("github_links")
    own = [
        link
        for link in (links if isinstance(links, list) else [])
        if isinstance(link, str) and re.match(r"https://github\.com/(?!huggingface)[^/]+/.", link)
    ]
    abstract = text(details, "abstract") or text(record, "abstract")
    title = text(record, "title") or text(details, "title")
    votes = text(record, "upvotes")
    return {
        "title": title,
        "authors": record.get("authors") or details.get("authors"),
        "abstract": "" if abstract == title else abstract,
        "listed": text(record, "scraped_date") or text(details, "scraped_at")[:10],
        "url": text(details, "arxiv_page_url") or text(record, "paper_url"),
        "pdf_url": text(details, "pdf_url"),
        "code": own[0] if own else "",
        "votes": int(votes) if votes.isdecimal() else 0,
    }


DAILY = Shape(
    "hf-daily",
    "Hugging Face daily papers",
    signs(
        "paper publishedAt title",
        "paper numComments",
        "submittedOnDailyAt upvotes",
        "ai_keywords upvotes",
        "githubRepo upvotes",
    ),
    _daily,
)
SCRAPED = Shape(
    "hf-scraped", "Hugging Face papers, scraped", signs("paper_url details title"), _scraped
)
