"""What publishers write into the summary of a feed's item in place of an abstract, or before it:
the journal, the day, the authors, the DOI. What it tells is taken, what is left is the abstract.
"""

from __future__ import annotations

import re

_AUTHORS = re.compile(
    r"\bAuthor(?:\(s\)|s):?\s*(?:</b>)?\s*(?P<names>[^<]{2,5000}?)\s*</p>", re.DOTALL
)
_SOURCE = re.compile(r"<b>Source:</b>\s*(?P<venue>[^<,]{2,200})")
_DATED = re.compile(r"Publication date:(?:\s*</b>)?\s*(?P<day>[^<]{4,60}?)\s*</p>")
_ISSUE = re.compile(
    r"\s*(?:<p>\s*)?(?P<venue>[^<>.]{2,150}?),\s+(?:Volume|Vol\.)\s+[^<>]{1,150}?\b(?:19|20)\d\d\.?"
    r"\s*(?:<br\s*/?>)?\s*(?:</p>)?\s*$"
)
"""Nothing but where it stands: `Science, Volume 384, Issue 6695, Page 1-2, May 2024.`"""
_ONLINE = re.compile(
    r"^\s*<p>[^<>]{2,80}, Published online: [^<>]{4,60};?\s*"
    r"(?:<a\b[^<>]*>)?\s*doi:\S+?(?:</a>)?</p>\s*"
)
_BY = re.compile(r"^\s*<p>\s*by [^<>]{2,5000}</p>\s*")
_MDPI = re.compile(
    r"^\s*<p><b>[^<>]*</b></p>\s*<p>[^<>]*<a\b[^<>]*>\s*doi:[^<>]*</a></p>\s*"
    r"<p>\s*Authors:[^<>]*</p>\s*",
    re.DOTALL,
)
_ACS = re.compile(r"^.*?<cite>[^<>]*</cite></div><div>DOI: \S+</div>\s*$", re.DOTALL)
_NUMBERED = re.compile(r"^\s*[^:<>]{2,100}, Vol\. \d+, Pages? [^:<>]{1,20}: ")
_EARLY = re.compile(r"^\s*\[(?:ASAP|Article|Perspective|Review|Letter)\]\s+")


def title(text: str) -> str:
    """The title without the volume or the kind that stands before it."""
    return _EARLY.sub("", _NUMBERED.sub("", text, count=1), count=1)


def abstract(text: str) -> tuple[str, dict[str, str]]:
    """The abstract that is left, and what else the text told."""
    told: dict[str, str] = {}
    if "<b>Source:</b>" in text and (source := _SOURCE.search(text)):
        names, day = _AUTHORS.search(text), _DATED.search(text)
        told = {"venue": source["venue"].strip()}
        told["authors"] = names["names"] if names else ""
        told["published"] = day["day"] if day else ""
        return "", told
    if issue := _ISSUE.fullmatch(text):
        return "", {"venue": issue["venue"].strip()}
    if "<" in text:
        for residue in (_ONLINE, _MDPI, _BY, _ACS):
            text = residue.sub("", text, count=1)
    return text, told
