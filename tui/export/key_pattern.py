"""Citation keys by a pattern: `{author}{year}{word}` gives `vaswani2017attention`.

    {author}   family name of the first author, letters and digits only, lower case
    {Author}   the same with a capital
    {year}     of publication, else of listing; empty if unknown
    {yy}       its last two digits
    {word}     the first word of the title that says something
    {Word}     the same with a capital
    {title}    the first three such words
    {venue}    the first such word of the venue
    {id}       the arXiv id, else the DOI, without what a key cannot hold

Accents are dropped. What is no letter or digit of ASCII is left out, as BibTeX wants it; a key
that would have no letter begins with `paper`.
"""

from __future__ import annotations

import re

from tui.core.paper import Paper, last_name
from tui.core.text import normalize

DEFAULT_PATTERN = "{author}{year}{word}"
PLACEHOLDERS = ("author", "Author", "year", "yy", "word", "Word", "title", "venue", "id")
MAX_KEY_LENGTH = 60
"""Characters of a key, before the letter that tells it from another."""

_BETWEEN = re.compile(r"[A-Za-z0-9_.:+-]*")
_FIELD = re.compile(r"\{([^{}]*)\}")
_NOT_KEY = re.compile(r"[^A-Za-z0-9]+")
_STOP = frozenset(
    re.findall(
        r"\w+",
        """
    a an the on in of for to and or with from by at as is are be do does can how what why when
    where which who whom whose towards toward via into onto over under using its it this that
    these those some
    """,
    )
)


def check_pattern(pattern: object) -> str:
    """Why `pattern` is no pattern for keys; empty if it is one."""
    if not isinstance(pattern, str):
        return f"is a text such as {DEFAULT_PATTERN!r}"
    names = _FIELD.findall(pattern)
    unknown = [name for name in names if name not in PLACEHOLDERS]
    if unknown:
        return f"there is no {{{unknown[0]}}}; there are {', '.join(PLACEHOLDERS)}"
    between = _FIELD.sub("", pattern)
    if not _BETWEEN.fullmatch(between):
        return "holds letters, digits and _ . : + - beside the names in braces"
    if not names:
        return "names nothing of the paper; without {author}, {word} or the like all keys are one"
    return "is too long" if len(pattern) > 200 else ""


def expand_pattern(paper: Paper, pattern: str) -> str:
    """The key the pattern gives a paper, before it is told from those of others."""
    key = _FIELD.sub(lambda field: _value(paper, field[1]), pattern)[:MAX_KEY_LENGTH].strip(".:+-")
    return key if re.search(r"[A-Za-z]", key) else f"paper{key}"


def _value(paper: Paper, name: str) -> str:
    match name:
        case "author" | "Author":
            author = _plain(last_name(paper.authors[0])) if paper.authors else ""
            return author.capitalize() if name == "Author" else author
        case "year" | "yy":
            return paper.date[:4] if name == "year" else paper.date[2:4]
        case "word" | "Word" | "title":
            words = _telling(paper.title)[: 3 if name == "title" else 1]
            return "".join(words).capitalize() if name == "Word" else "".join(words)
        case "venue":
            return "".join(_telling(paper.venue)[:1])
        case _:
            return _NOT_KEY.sub("-", paper.ids.get("arxiv") or paper.ids.get("doi", "")).strip("-")


def _telling(text: str) -> list[str]:
    words = [plain for word in normalize(text).split() if (plain := _plain(word))]
    return [word for word in words if word not in _STOP] or words


def _plain(text: str) -> str:
    return _NOT_KEY.sub("", normalize(text).replace(" ", ""))
