"""Titles and abstracts to plain text: markup and LaTeX are converted, then the text is cleaned.

A text without `\\`, `$`, `<`, `&` and double backticks has neither, and is only cleaned by
`tui.core.text`.
"""

from __future__ import annotations

import re

from tui.core.text import clean_line, clean_paragraphs
from tui.sources.markup import markup_to_text
from tui.sources.tex import inline_tex_to_text

_ANNOUNCEMENT = re.compile(
    r"\s*(?:arxiv:\s?\S{4,24}\s+announce\s+type:\s*[\w-]+\s*)?"
    r"(?:abstract\s*[:.–—]\s*|abstract\s*-{1,3}\s+|abstract\s*\n\s*|(?-i:ABSTRACT)\s+)?",
    re.IGNORECASE,
)
"""Words before an abstract: `arXiv:2402.99901v1 Announce Type: new`, `Abstract:`, `ABSTRACT `."""
_WITHDRAWN = re.compile(
    r"\b(?:paper|article|manuscript|submission|work|preprint|version|note|it)\b[^.]{0,40}"
    r"\b(?:has|have|had|is|was)\b[^.]{0,20}\b(?:been\s+)?(?P<a>withdrawn|retracted)\b"
    r"|^\W*(?P<b>withdrawn|retracted)\b"
    r"|\b(?P<c>withdrawn|retracted)\s+(?:by\s+(?:the\s+)?(?:author|arxiv)|due\s+to|because)",
    re.IGNORECASE,
)
_NO_ABSTRACT = re.compile(
    r"\W*(?:no abstract(?: is)?(?: available| provided| found)?"
    r"|abstract (?:is )?(?:not|un) ?available|n/?a)\W*",
    re.IGNORECASE,
)
"""What databases write in place of an abstract that is missing."""
_MAX_PASSES = 4
"""Times a text is converted: an entity such as `&lt;i&gt;` becomes a tag, which is markup again."""
_NOTICE_LENGTH = 400
"""Characters at the start of an abstract that are searched for a notice of withdrawal."""


def clean_title(text: str) -> str:
    """Return a title, venue or name as one line of plain text."""
    if not text:
        return ""
    return clean_line(_to_plain_text(text) if _may_have_markup(text) else text)


def clean_abstract(text: str) -> str:
    """Return an abstract as paragraphs of plain text, without the words that announce it."""
    if _may_have_markup(text):
        text = _to_plain_text(text)
    if text[:64].lstrip()[:5].lower() in ("abstr", "arxiv"):
        text = text[_ANNOUNCEMENT.match(text).end() :]  # type: ignore[union-attr]
    if len(text) < 40 and _NO_ABSTRACT.fullmatch(text):
        return ""
    return clean_paragraphs(text)


def join_subtitle(title: str, subtitle: str) -> str:
    """Return `Title: Subtitle`, or the title alone where it has the subtitle already."""
    if not title or not subtitle or subtitle.lower() in title.lower():
        return title or subtitle
    title = title.rstrip(" :–—-")
    return f"{title} {subtitle}" if title.endswith(("?", "!")) else f"{title}: {subtitle}"


def withdrawal_notice(title: str, abstract: str, comment: str) -> str:
    """Return `Withdrawn` or `Retracted` if the paper says that it is, else an empty text."""
    for text in (comment, title, abstract[:_NOTICE_LENGTH]):
        if ("ithdrawn" in text or "etracted" in text or "WITHDRAWN" in text
                or "RETRACTED" in text) and (found := _WITHDRAWN.search(text)):  # fmt: skip
            return (found["a"] or found["b"] or found["c"]).capitalize()
    return ""


def _may_have_markup(text: str) -> bool:
    return "\\" in text or "$" in text or "<" in text or "&" in text or "``" in text


def _to_plain_text(text: str) -> str:
    """Convert markup and LaTeX until nothing changes, so that plain text stays as it is."""
    for _ in range(_MAX_PASSES):
        before, text = text, inline_tex_to_text(markup_to_text(text))
        if text == before or not _may_have_markup(text):
            break
    return text
