"""Citation keys from a pattern: `{author}{year}{word}` gives `vaswani2017attention`.

    {author}   family name of the first author, letters and digits only, lower case
    {Author}   the same with a capital
    {year}     of publication, else of listing; empty if unknown
    {yy}       its last two digits
    {word}     the first word of the title that is not a stop word
    {Word}     the same with a capital
    {title}    the first three such words
    {venue}    the first such word of the venue
    {id}       the arXiv id, else the DOI; a hyphen for each run of other characters

Accents are dropped, and so is everything but ASCII letters and digits, as BibTeX wants it. A key
without any letter gets `paper` before it. `tui.config.export_section` checks patterns.
"""

from __future__ import annotations

import re

from tui.core.paper import Paper
from tui.core.text import normalize

MAX_KEY_LENGTH = 60
"""In characters, without the letter that makes a key unique."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9]+")
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    a an the on in of for to and or with from by at as is are be do does can how what why when
    where which who whom whose towards toward via into onto over under using its it this that
    these those some
    """,
    )
)


def expand_pattern(paper: Paper, pattern: str) -> str:
    """Return the key that `pattern` gives a paper; other papers may get the same."""
    key = _PLACEHOLDER.sub(lambda found: _value(paper, found[1]), pattern)
    key = key[:MAX_KEY_LENGTH].strip(".:+-")
    return key if re.search(r"[A-Za-z]", key) else f"paper{key}"


def _value(paper: Paper, placeholder: str) -> str:
    match placeholder:
        case "author" | "Author":
            author = _ascii_letters(paper.authors[0].last_name) if paper.authors else ""
            return author.capitalize() if placeholder == "Author" else author
        case "year" | "yy":
            return paper.date[:4] if placeholder == "year" else paper.date[2:4]
        case "word" | "Word" | "title":
            words = "".join(_significant_words(paper.title)[: 3 if placeholder == "title" else 1])
            return words.capitalize() if placeholder == "Word" else words
        case "venue":
            return "".join(_significant_words(paper.venue)[:1])
        case _:
            identifier = paper.ids.get("arxiv") or paper.ids.get("doi", "")
            return _NOT_IN_KEY.sub("-", identifier).strip("-")


def _significant_words(text: str) -> list[str]:
    """Return the words that are not stop words; all words if there are no others."""
    words = [letters for word in normalize(text).split() if (letters := _ascii_letters(word))]
    return [word for word in words if word not in _STOP_WORDS] or words


def _ascii_letters(text: str) -> str:
    return _NOT_IN_KEY.sub("", normalize(text).replace(" ", ""))
