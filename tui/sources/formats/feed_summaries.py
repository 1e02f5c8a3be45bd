"""What publishers write into the summary of a feed's item in place of an abstract, or before it.

That is the journal, the day, the authors, the DOI: they become fields, the rest is the abstract.
"""

from __future__ import annotations

import re

_SOURCE = re.compile(r"<b>Source:</b>\s*(?P<venue>[^<,]{2,200})")
"""Elsevier has no abstracts in its feeds; its summaries are lines with these labels."""
_AUTHORS = re.compile(
    r"\bAuthor(?:\(s\)|s):?\s*(?:</b>)?\s*(?P<names>[^<]{2,5000}?)\s*</p>", re.DOTALL
)
_DATE = re.compile(r"Publication date:(?:\s*</b>)?\s*(?P<day>[^<]{4,60}?)\s*</p>")
_ISSUE = re.compile(
    r"\s*(?:<p>\s*)?(?P<venue>[^<>.]{2,150}?),\s+(?:Volume|Vol\.)\s+[^<>]{1,150}?\b(?:19|20)\d\d\.?"
    r"\s*(?:<br\s*/?>)?\s*(?:</p>)?\s*$"
)
"""A citation without an abstract: `Science, Volume 384, Issue 6695, Page 1-2, May 2024.`"""
_NATURE = re.compile(
    r"^\s*<p>[^<>]{2,80}, Published online: [^<>]{4,60};?\s*"
    r"(?:<a\b[^<>]*>)?\s*doi:\S+?(?:</a>)?</p>\s*"
)
_PLOS = re.compile(r"^\s*<p>\s*by [^<>]{2,5000}</p>\s*")
_MDPI = re.compile(
    r"^\s*<p><b>[^<>]*</b></p>\s*<p>[^<>]*<a\b[^<>]*>\s*doi:[^<>]*</a></p>\s*"
    r"<p>\s*Authors:[^<>]*</p>\s*",
    re.DOTALL,
)
_ACS = re.compile(r"^.*?<cite>[^<>]*</cite></div><div>DOI: \S+</div>\s*$", re.DOTALL)
_RESIDUES = (_NATURE, _MDPI, _PLOS, _ACS)
"""What each of these publishers puts around or before the abstract."""
_VOLUME_BEFORE_TITLE = re.compile(r"^\s*[^:<>]{2,100}, Vol\. \d+, Pages? [^:<>]{1,20}: ")
"""MDPI's titles: `Sensors, Vol. 24, Pages 2944: A Work`."""
_KIND_BEFORE_TITLE = re.compile(r"^\s*\[(?:ASAP|Article|Perspective|Review|Letter)\]\s+")


def clean_item_title(text: str) -> str:
    """Return the title without the volume or the kind that stands before it."""
    return _KIND_BEFORE_TITLE.sub("", _VOLUME_BEFORE_TITLE.sub("", text, count=1), count=1)


def split_summary(text: str) -> tuple[str, dict[str, str]]:
    """Return the abstract in a summary, and the fields that it gives beside or instead of one."""
    if "<b>Source:</b>" in text and (source := _SOURCE.search(text)):
        names, day = _AUTHORS.search(text), _DATE.search(text)
        return "", {
            "venue": source["venue"].strip(),
            "authors": names["names"] if names else "",
            "published": day["day"] if day else "",
        }
    if issue := _ISSUE.fullmatch(text):
        return "", {"venue": issue["venue"].strip()}
    if "<" in text:
        for residue in _RESIDUES:
            text = residue.sub("", text, count=1)
    return text, {}
