"""Feed; and what a person types, a page's address included, to the one name of a feed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from tui.core.errors import UsageError
from tui.core.text import clean_line

FEED_KINDS: tuple[tuple[str, str], ...] = (
    ("hf:daily", "the daily papers of Hugging Face"),
    ("hf:trending", "what trends there"),
    ("arxiv:cs.CL", "what arXiv announces in a category, or in several: cs.CL+cs.LG"),
    ("arxiv:cat:cs.LG AND abs:mamba", "a search of arXiv"),
    ("s2:author/1741101", "an author's papers at Semantic Scholar"),
    ("openalex:A5023888391", "an author (A…), source (S…), institution (I…), topic (T…) or filter"),
    ("acl:2026", "a year of the ACL Anthology, a collection (2026.acl) or volume (2026.acl-long)"),
    ("https://…", "RSS, Atom, JSON feed, BibTeX, or anything else `sheaf add` reads"),
    ("FILE.opml", "each feed of the file"),
)
"""How a feed is named, and what it is."""

_CATEGORY = re.compile(
    r"(astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|nlin"
    r"|nucl-ex|nucl-th|physics|q-bio|q-fin|quant-ph|stat)(?:\.([a-z-]+))?",
    re.IGNORECASE,
)
_QUERY = re.compile(r"\b(?:ti|au|abs|co|jr|cat|rn|id|all|submittedDate):", re.IGNORECASE)
_OPENALEX_FIELDS = {
    "A": "authorships.author.id",
    "I": "authorships.institutions.lineage",
    "S": "primary_location.source.id",
    "T": "topics.id",
    "F": "funders.id",
}
_ANTHOLOGY = "https://github.com/acl-org/acl-anthology/tree/master/data/xml"


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed somebody follows."""

    name: str
    """Canonical: `hf:daily`, `arxiv:cs.CL`, a URL."""
    title: str = ""
    """What the user, or the OPML file it came from, calls it."""
    paused: bool = False
    followed: str = ""
    """Since which day."""

    @property
    def label(self) -> str:
        return self.title or self.name

    @property
    def kind(self) -> str:
        """The part before the colon, `web` for URLs."""
        scheme = self.name.partition(":")[0]
        return "web" if scheme in ("http", "https") else scheme


def parse_feed(text: str) -> Feed:
    """The feed that is meant. UsageError, which lists the kinds there are, if none is."""
    text = clean_line(text)
    scheme, _, rest = text.partition(":")
    if scheme.lower() in ("http", "https", "feed"):
        return Feed(_of_url(text))
    if scheme.lower() not in _READERS:
        raise _unknown(text, "")
    return Feed(_READERS[scheme.lower()](rest.strip()))


def feed_url(name: str) -> str:
    """A page about the feed, from which `parse` makes its name again: for OPML."""
    kind, _, rest = name.partition(":")
    match kind:
        case "hf":
            return "https://huggingface.co/papers" + ("/trending" if rest == "trending" else "")
        case "arxiv" if _QUERY.search(rest):
            return f"https://export.arxiv.org/api/query?{urlencode({'search_query': rest})}"
        case "arxiv":
            return f"https://rss.arxiv.org/rss/{rest}"
        case "s2":
            return f"https://www.semanticscholar.org/{rest}"
        case "openalex":
            return f"https://api.openalex.org/works?{urlencode({'filter': openalex_filter(name)})}"
        case "acl":
            return f"{_ANTHOLOGY}#{quote(rest)}"
    return name


def is_arxiv_search(name: str) -> bool:
    """Whether an `arxiv:` feed is a search, not a category."""
    return _QUERY.search(name) is not None


def openalex_filter(name: str) -> str:
    """The filter of works an `openalex:` feed stands for."""
    rest = name.partition(":")[2]
    field = _OPENALEX_FIELDS.get(rest[0]) if rest[1:].isdecimal() else None
    return f"{field}:{rest}" if field else rest


def _of_url(text: str) -> str:
    text = re.sub(r"^feed:(?://)?(?=https?:)|^feed:(?=//)", "", text, flags=re.IGNORECASE)
    text = "https:" + text if text.startswith("//") else text
    for pattern, name in _PAGES:
        if found := pattern.fullmatch(text):
            return name(found)
    try:
        parts = urlsplit(text)
        good = bool(parts.hostname) and " " not in text
    except ValueError:
        good = False
    if not good:
        raise _unknown(text, "this is no URL")
    return text.partition("#")[0]


def _hf(rest: str) -> str:
    if rest.lower() not in ("daily", "trending"):
        raise _unknown(f"hf:{rest}", "of Hugging Face there are daily and trending")
    return f"hf:{rest.lower()}"


def _arxiv(rest: str) -> str:
    if _QUERY.search(rest):
        return f"arxiv:{rest}"
    names = [_category(part) for part in re.split(r"[+ ]+", rest)]
    if not all(names):
        raise _unknown(
            f"arxiv:{rest}",
            "arXiv has no such category, and a search names a field: all:, ti:, au:, abs:, cat:",
        )
    return f"arxiv:{'+'.join(names)}"


def _category(text: str) -> str:
    """As arXiv writes it: `cs.CL`, `cond-mat.mes-hall`; empty if it has none of that name."""
    found = _CATEGORY.fullmatch(text)
    if not found:
        return ""
    subject = found[2] or ""
    subject = subject.upper() if len(subject) == 2 else subject.lower()
    return found[1].lower() + (f".{subject}" if subject else "")


def _s2(rest: str) -> str:
    found = re.fullmatch(r"author/(?:[^/]+/)?(\d+)/?", rest)
    if not found:
        raise _unknown(f"s2:{rest}", "of Semantic Scholar there is author/NUMBER")
    return f"s2:author/{found[1]}"


def _openalex(rest: str) -> str:
    if re.fullmatch(r"[aisftAISFT]\d+", rest):
        return f"openalex:{rest.upper()}"
    inside = {f"{field}:{letter}": letter for letter, field in _OPENALEX_FIELDS.items()}
    for start in inside:  # the filter that an id stands for is that id
        if rest.startswith(start) and rest[len(start) :].isdecimal():
            return f"openalex:{rest.rpartition(':')[2]}"
    if ":" not in rest or " :" in rest:
        raise _unknown(f"openalex:{rest}", "an id of OpenAlex has a letter before its number")
    return f"openalex:{rest}"


def _acl(rest: str) -> str:
    if not re.fullmatch(r"(?:19|20)\d\d(?:\.[\w-]+)?|[A-Z]\d\d", rest):
        raise _unknown(f"acl:{rest}", "the Anthology is named by year")
    return f"acl:{rest}"


_READERS: dict[str, Callable[[str], str]] = {
    "hf": _hf,
    "arxiv": _arxiv,
    "s2": _s2,
    "openalex": _openalex,
    "acl": _acl,
}
_Page = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def _page(pattern: str, name: Callable[[re.Match[str]], str]) -> _Page:
    return re.compile(rf"https?://(?:www\.)?{pattern}", re.IGNORECASE), name


def _asked(found: re.Match[str], field: str) -> str:
    return next(iter(parse_qs(found["query"]).get(field, [])), "")


_PAGES: tuple[_Page, ...] = (
    _page(r"huggingface\.co/papers(?:/(?:date|week|month)/[\w-]+)?/?", lambda _: "hf:daily"),
    _page(r"huggingface\.co/papers/trending/?", lambda _: "hf:trending"),
    _page(r"arxiv\.org/list/([\w.-]+)(?:/.*)?", lambda found: _arxiv(found[1])),
    _page(r"(?:rss|export)\.arxiv\.org/(?:rss|atom)/([\w.+-]+)", lambda found: _arxiv(found[1])),
    _page(
        r"(?:export\.)?arxiv\.org/api/query\?(?P<query>.*search_query=.*)",
        lambda found: _arxiv(_asked(found, "search_query")),
    ),
    _page(r"semanticscholar\.org/(author/(?:[^/]+/)?\d+)/?", lambda found: _s2(found[1])),
    _page(r"openalex\.org/(?:authors/|sources/)?([AISFT]\d+)", lambda found: _openalex(found[1])),
    _page(
        r"api\.openalex\.org/works\?(?P<query>.*filter=.*)",
        lambda found: _openalex(_asked(found, "filter")),
    ),
    _page(r"aclanthology\.org/volumes/([\w.-]+?)/?", lambda found: _acl(found[1])),
    _page(
        r"github\.com/acl-org/acl-anthology/tree/master/data/xml#([\w.-]+)",
        lambda found: _acl(found[1]),
    ),
)
"""Pages people have open when they want to follow something, and the addresses of OPML."""


def _unknown(text: str, why: str) -> UsageError:
    kinds = "; ".join(f"{form} ({what})" for form, what in FEED_KINDS)
    because = f": {why}" if why else " is the name of no feed"
    return UsageError(f"{text[:80]}{because}; there are: {kinds}")
