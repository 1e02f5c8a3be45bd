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
    ("arxiv:cs.CL", "a category of arXiv, or several: cs.CL+cs.LG"),
    ("arxiv:cat:cs.LG AND abs:mamba", "a search of arXiv"),
    ("s2:author/1741101", "an author at Semantic Scholar"),
    ("openalex:A5023888391", "A author, S source, I institution, T topic"),
    ("acl:2026", "a year of the ACL Anthology, or 2026.acl-long"),
    ("pubmed:base editing[ti]", "a search of PubMed"),
    ("biorxiv:neuroscience", "a category of bioRxiv"),
    ("medrxiv:oncology", "a category of medRxiv"),
    ("crossref:1476-4687", "a journal, by its ISSN"),
    ("dblp:author/65/9612", "an author at dblp"),
    ("dblp:venue/conf/acl", "a conference or journal at dblp"),
    ("oai:https://a.org/oai#set", "a repository with OAI-PMH, or a set of it"),
    ("https://…", "RSS, Atom, or whatever `sheaf add` reads"),
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
    "hf": "Hugging Face has hf:daily and hf:trending",
    "arxiv": "arXiv has no such category; a search names a field, such as arxiv:abs:mamba (ti:, "
    "au:, abs:, cat:, all:)",
    "s2": "an author at Semantic Scholar is a number, such as s2:author/1741101",
    "openalex": "an id of OpenAlex is a letter and a number, such as openalex:A5023888391",
    "acl": "the Anthology is named by year, such as acl:2026, acl:2026.acl or acl:P19",
    "pubmed": "say what to search for, such as pubmed:base editing[ti]",
    "biorxiv": "bioRxiv has categories, such as biorxiv:neuroscience or biorxiv:cell_biology",
    "medrxiv": "medRxiv has categories, such as medrxiv:oncology",
    "crossref": "a journal is named by its ISSN, such as crossref:1476-4687; check its digits",
    "dblp": "dblp has authors and venues by the address of their page, such as "
    "dblp:author/65/9612, dblp:venue/conf/acl and dblp:venue/journals/tacl",
    "oai": "a repository is named by the URL of its OAI-PMH without parameters, and # before a "
    "set, such as oai:https://example.org/oai#physics",
}
"""Kind of feed to the message about an invalid name."""
_OAI_LIST = "?verb=ListRecords&metadataPrefix=oai_dc"
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
    """A text is not the name of a feed. The message has examples."""

    def __init__(self, text: str, why: str = "") -> None:
        """`why` is the mistake in a name whose kind is known."""
        kinds = "; ".join(f"{name} ({meaning})" for name, meaning in FEED_KINDS)
        super().__init__(
            f"{text[:80]}: {why or f'this is not the name of a feed. Feeds are: {kinds}'}"
        )
        self.has_known_kind = bool(why)


def parse_feed(text: str) -> Feed:
    """Return the feed of a name or URL. Raises NotAFeed, which lists the kinds of feeds."""
    text = clean_line(text)
    scheme, _, rest = text.partition(":")
    if scheme.lower() in ("http", "https", "feed"):
        return Feed(_name_of_url(text))
    kind = scheme.lower()
    if kind not in _HINTS:
        raise NotAFeed(text)
    name = _canonical(kind, rest.strip())
    if not name:
        raise NotAFeed(f"{kind}:{rest.strip()}", _HINTS[kind])
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
        case "pubmed":
            return f"https://pubmed.ncbi.nlm.nih.gov/?{urlencode({'term': rest})}"
        case "biorxiv" | "medrxiv":
            return f"https://www.{kind}.org/collection/{rest.replace('_', '-')}"
        case "crossref":
            return f"https://api.crossref.org/journals/{rest}/works"
        case "dblp":
            section, _, page = rest.partition("/")
            return f"https://dblp.org/{'pid' if section == 'author' else 'db'}/{page}"
        case "oai":
            url, _, set_name = rest.partition("#")
            return f"{url}{_OAI_LIST}" + (f"&set={quote(set_name)}" if set_name else "")
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
    if found := re.fullmatch(rf"([^?]+){re.escape(_OAI_LIST)}(?:&set=([^&#]*))?", text):
        return parse_feed(f"oai:{found[1]}#{unquote_plus(found[2] or '')}").name
    for pattern, name in _PAGES:
        found = re.fullmatch(rf"https?://(?:www\.)?{pattern}", text, re.IGNORECASE)
        if found:
            return parse_feed(name.format(*map(unquote_plus, found.groups()))).name
    if not is_web_url(text):
        raise NotAFeed(text, "this is not a URL")
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
        case "pubmed":
            return rest
        case "biorxiv" | "medrxiv":
            category = re.sub(r"[ _-]+", "_", rest.lower()).strip("_")
            return category if re.fullmatch(r"[a-z_/]+", category) else ""
        case "crossref":
            found = re.fullmatch(r"(\d{4})-?(\d{3}[\dX])", rest.upper())
            return f"{found[1]}-{found[2]}" if found and _is_issn(found[1] + found[2]) else ""
        case "dblp":
            is_page = re.fullmatch(r"author/\w+/[\w-]+|venue/(?:conf|journals|series)/[\w-]+", rest)
            return rest if is_page else ""
        case "oai":
            url, _, set_name = rest.partition("#")
            url = url.rstrip("?")
            is_repository = is_web_url(url) and "?" not in url and not re.search(r"\s", set_name)
            return f"{url}#{set_name}".rstrip("#") if is_repository else ""
        case _:
            return rest if re.fullmatch(r"(?:19|20)\d\d(?:\.[\w-]+)?|[A-Z]\d\d", rest) else ""


def _is_issn(digits: str) -> bool:
    """Return whether the last of the eight digits is the check digit of the others."""
    values = [10 if digit == "X" else int(digit) for digit in digits]
    return sum(value * (8 - at) for at, value in enumerate(values)) % 11 == 0


def _canonical_category(text: str) -> str:
    """Return a category as arXiv writes it (`cs.CL`, `cond-mat.mes-hall`), or an empty string."""
    found = _CATEGORY.fullmatch(text)
    if not found:
        return ""
    subject = found[2] or ""
    subject = subject.upper() if len(subject) == 2 else subject.lower()
    return found[1].lower() + (f".{subject}" if subject else "")


_DBLP = r"dblp\.(?:org|uni-trier\.de|dagstuhl\.de)"
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
    (r"pubmed\.ncbi\.nlm\.nih\.gov/\?(?:.*?&)?term=([^&]+).*", "pubmed:{}"),
    (r"biorxiv\.org/collection/([\w-]+)", "biorxiv:{}"),
    (r"medrxiv\.org/collection/([\w-]+)", "medrxiv:{}"),
    (r"api\.crossref\.org/journals/([\dX-]+)(?:/works)?", "crossref:{}"),
    (_DBLP + r"/pid/(\w+/[\w-]+?)(?:\.html|\.xml)?", "dblp:author/{}"),
    (_DBLP + r"/db/(\w+/[\w-]+)(?:/.*)?", "dblp:venue/{}"),
    (r"github\.com/acl-org/acl-anthology/tree/master/data/xml#([\w.-]+)", "acl:{}"),
)
