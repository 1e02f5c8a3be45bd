"""Feed, and its canonical name from what users type: a name, or the URL of a page about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_plus, urlencode

from tui.core.errors import UsageError
from tui.core.text import clean_line
from tui.core.urls import is_web_url

FEED_KINDS: tuple[tuple[str, str], ...] = (
    ("hf:daily", "the daily papers of Hugging Face"),
    ("hf:trending", "the trending papers of Hugging Face"),
    ("arxiv:cs.CL", "the announcements of arXiv in a category, or in several: cs.CL+cs.LG"),
    ("arxiv:cat:cs.LG AND abs:mamba", "a search of arXiv"),
    ("s2:author/1741101", "an author's papers at Semantic Scholar"),
    ("openalex:A5023888391", "an author (A…), source (S…), institution (I…), topic (T…) or filter"),
    ("acl:2026", "a year of the ACL Anthology, a collection (2026.acl) or volume (2026.acl-long)"),
    ("https://…", "RSS, Atom, JSON feed, BibTeX, or anything else `sheaf add` reads"),
    ("FILE.opml", "each feed of the file"),
)
"""The names of feeds by example, and what they mean."""

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
_HINTS = {
    "hf": "Hugging Face has daily and trending",
    "arxiv": "arXiv has no such category; a search names a field (all:, ti:, au:, abs:, cat:)",
    "s2": "Semantic Scholar has author/NUMBER",
    "openalex": "an id of OpenAlex is a letter and a number, such as A5023888391",
    "acl": "the Anthology is named by year, such as 2026 or 2026.acl",
}
"""Kind of feed to the message about an invalid name."""
_ANTHOLOGY = "https://github.com/acl-org/acl-anthology/tree/master/data/xml"


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed that the user follows, or may follow."""

    name: str
    """Canonical: `hf:daily`, `arxiv:cs.CL`, a URL."""
    title: str = ""
    """From the user or an OPML file."""
    paused: bool = False
    followed: str = ""
    """The day on which the user followed it."""

    @property
    def label(self) -> str:
        return self.title or self.name

    @property
    def kind(self) -> str:
        """The part before the colon, `web` for URLs."""
        scheme = self.name.partition(":")[0]
        return "web" if scheme in ("http", "https") else scheme


class NotAFeed(UsageError):
    """A text is not the name of a feed."""


def parse_feed(text: str) -> Feed:
    """Return the feed of a name or URL. Raises NotAFeed, which lists the kinds of feeds."""
    text = clean_line(text)
    scheme, _, rest = text.partition(":")
    if scheme.lower() in ("http", "https", "feed"):
        return Feed(_name_of_url(text))
    kind = scheme.lower()
    if kind not in _HINTS:
        raise _not_a_feed(text, "this is not the name of a feed")
    name = _canonical(kind, rest.strip())
    if not name:
        raise _not_a_feed(f"{kind}:{rest.strip()}", _HINTS[kind])
    return Feed(f"{kind}:{name}")


def feed_url(name: str) -> str:
    """Return a URL for OPML, from which `parse_feed` makes the name again."""
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
    """Return whether an `arxiv:` feed is a search, not a category."""
    return _QUERY.search(name) is not None


def openalex_filter(name: str) -> str:
    """Return the filter of works that an `openalex:` feed stands for."""
    rest = name.partition(":")[2]
    field = _OPENALEX_FIELDS.get(rest[0]) if rest[1:].isdecimal() else None
    return f"{field}:{rest}" if field else rest


def _name_of_url(text: str) -> str:
    text = re.sub(r"^feed:(?://)?(?=https?:)|^feed:(?=//)", "", text, flags=re.IGNORECASE)
    text = "https:" + text if text.startswith("//") else text
    for pattern, name in _PAGES:
        found = re.fullmatch(rf"https?://(?:www\.)?{pattern}", text, re.IGNORECASE)
        if found:
            return parse_feed(name.format(*map(unquote_plus, found.groups()))).name
    if not is_web_url(text):
        raise _not_a_feed(text, "this is not a URL")
    return text.partition("#")[0]


def _canonical(kind: str, rest: str) -> str:
    """Return the canonical form of what follows the kind in a name; empty if it is invalid."""
    match kind:
        case "hf":
            return rest.lower() if rest.lower() in ("daily", "trending") else ""
        case "arxiv" if _QUERY.search(rest):
            return rest
        case "arxiv":
            names = [_canonical_category(part) for part in re.split(r"[+ ]+", rest)]
            return "+".join(names) if all(names) else ""
        case "s2":
            found = re.fullmatch(r"author/(?:[^/]+/)?(\d+)/?", rest)
            return f"author/{found[1]}" if found else ""
        case "openalex" if re.fullmatch(r"[AISFT]\d+", rest, re.IGNORECASE):
            return rest.upper()
        case "openalex":
            for letter, field in _OPENALEX_FIELDS.items():
                # The filter of a single id is named by that id.
                if re.fullmatch(rf"{re.escape(field)}:{letter}\d+", rest):
                    return rest.rpartition(":")[2]
            return "" if ":" not in rest or " :" in rest else rest
        case _:
            return rest if re.fullmatch(r"(?:19|20)\d\d(?:\.[\w-]+)?|[A-Z]\d\d", rest) else ""


def _canonical_category(text: str) -> str:
    """Return a category as arXiv writes it (`cs.CL`, `cond-mat.mes-hall`), or an empty string."""
    found = _CATEGORY.fullmatch(text)
    if not found:
        return ""
    subject = found[2] or ""
    subject = subject.upper() if len(subject) == 2 else subject.lower()
    return found[1].lower() + (f".{subject}" if subject else "")


# URLs of pages that people see when they want to follow something, and those of `feed_url`.
_PAGES: tuple[tuple[str, str], ...] = (
    (r"huggingface\.co/papers(?:/(?:date|week|month)/[\w-]+)?/?", "hf:daily"),
    (r"huggingface\.co/papers/trending/?", "hf:trending"),
    (r"arxiv\.org/list/([\w.-]+)(?:/.*)?", "arxiv:{}"),
    (r"(?:rss|export)\.arxiv\.org/(?:rss|atom)/([\w.+-]+)", "arxiv:{}"),
    (r"(?:export\.)?arxiv\.org/api/query\?(?:.*?&)?search_query=([^&]+).*", "arxiv:{}"),
    (r"semanticscholar\.org/(author/(?:[^/]+/)?\d+)/?", "s2:{}"),
    (r"openalex\.org/(?:authors/|sources/)?([AISFT]\d+)", "openalex:{}"),
    (r"api\.openalex\.org/works\?(?:.*?&)?filter=([^&]+).*", "openalex:{}"),
    (r"aclanthology\.org/volumes/([\w.-]+?)/?", "acl:{}"),
    (r"github\.com/acl-org/acl-anthology/tree/master/data/xml#([\w.-]+)", "acl:{}"),
)


def _not_a_feed(text: str, why: str) -> NotAFeed:
    kinds = "; ".join(f"{name} ({meaning})" for name, meaning in FEED_KINDS)
    return NotAFeed(f"{text[:80]}: {why}. Feeds are: {kinds}")
