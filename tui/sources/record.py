"""The one way to make records: fields under their common names become a Paper.

Each format maps its records to fields and hands them to `read_record`, so they are cleaned and
judged alike, and a rejected record keeps the identifiers by which it can be looked up.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

from tui.core import identifiers as ids
from tui.core.listing import Listing, merge_listings
from tui.core.paper import COUNTS, Paper
from tui.core.schemes import SCHEMES
from tui.core.text import clean_line
from tui.core.urls import is_web_url
from tui.sources.dates import to_iso_date
from tui.sources.field_names import FIELD_KEYS
from tui.sources.interface import Record, RejectedRecord
from tui.sources.names import parse_authors
from tui.sources.plain_text import clean_abstract, clean_title, withdrawal_notice

Fields = Mapping[str, Any]

MAX_TITLE = 20_000
"""Characters; a longer text is not a title, whatever field it is in."""
_ARXIV_CATEGORY = re.compile(
    r"(?:acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg"
    r"|comp-gas|cond-mat|cs|dg-ga|econ|eess|funct-an|gr-qc|hep-\w+|math|math-ph|mtrl-th|nlin"
    r"|nucl-\w+|patt-sol|physics|plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con)"
    r"(?:\.[A-Za-z-]+)?"
)
_LATEX = re.compile(r"\\[A-Za-z\"'`^~=.(\[]|\$.+\$", re.DOTALL)
"""A macro, an accent or a formula, which an export to LaTeX should have as it was written."""
_ARXIV_NUMBER = re.compile(r"^[\[(](?:arXiv:)?\d{4}\.\d{4,5}(?:v\d+)?[\])]\s+(?=\S)")
"""The id before the title of an arXiv page, which bookmarks of the page have too."""
_EXTRA = re.compile(r"(arXiv|PMID|PMCID|DOI)\s*:\s*([^\s;]\S*)", re.IGNORECASE)
_EXTRA_LINE = re.compile(rf"^[ \t]*((?:{_EXTRA.pattern}[\s;]*)+)", re.IGNORECASE | re.MULTILINE)
"""One or more of them at the start of a line: elsewhere a note names other papers."""
_MARKS = re.compile(r"[;\n|]|(?<=[\w)]),(?=[^\W\d])")
"""Between semicolons, `Models, Theoretical` is one keyword and `law,ethics` are two."""
_COMMAS = re.compile(r"[,\n]")
_NOTHING: Fields = MappingProxyType({})
_COUNT_KEYS = tuple((name, f"{name}_count") for name in COUNTS)
_LINKS = {"abs": "url", "pdf": "pdf_url", "code": "code"}
_URL_KEYS = ("url", "pdf_url", "link", "paper_url")
_DATE_KEYS = FIELD_KEYS["published"] + FIELD_KEYS["year"]


class NotAPaper(ValueError):
    """The record is not a paper, or cannot be used as one; `str` says why."""

    def __init__(self, why: str, ids: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(why)
        self.ids = ids
        """The identifiers of a record that only lacks a title."""


_Arguments = ParamSpec("_Arguments")
_Raw = TypeVar("_Raw")

FieldSource = str | Callable[[_Raw], Any]
"""Where a format keeps a field: paths separated by `|`, the best first, or a function."""

LIST_FIELDS = frozenset(("authors", "categories"))
"""The fields whose value is a list."""
TEXT_FIELDS = frozenset(
    ("title", "abstract", "published", "listed", "listed_by", "year", "venue", "comment", "id",
     "doi", "arxiv", "pmid", "url", "pdf_url", "code")
)  # fmt: skip
"""The fields whose value is one text."""


def map_fields(
    raw: _Raw,
    sources: Mapping[str, FieldSource[_Raw]],
    get: Callable[[_Raw, str, str], Any],
) -> dict[str, Any]:
    """Return the fields of a record, each from the first of its sources that holds something.

    `get(raw, path, name)` returns the value at one path, in the form that the field `name` has.
    """
    fields: dict[str, Any] = {}
    for name, source in sources.items():
        if callable(source):
            fields[name] = source(raw)
        else:
            values = (get(raw, path, name) for path in split_paths(source))
            fields[name] = next(filter(None, values), None)
    return fields


@cache
def split_paths(source: str) -> tuple[str, ...]:
    """Return the paths of a source that are separated by `|`."""
    return tuple(source.split("|"))


def read_record(
    where: str,
    build: Callable[_Arguments, Fields | Paper | None],
    *args: _Arguments.args,
    **kwargs: _Arguments.kwargs,
) -> Iterator[Record]:
    """Yield the record that `build(*args)` makes; `where` is its place, for messages.

    `build` returns the fields of a paper, a Paper, or None for an entry that is not a record of a
    work, such as a comment or an attachment. NotAPaper becomes a RejectedRecord with its
    identifiers. So does every other error, because one record must not cost the rest of its file;
    under pytest an unforeseen error is a fault of Sheaf and is raised.
    """
    try:
        built = build(*args, **kwargs)
        if built is not None:
            yield built if isinstance(built, Paper) else build_paper(built)
    except NotAPaper as error:
        yield RejectedRecord(where, str(error), error.ids)
    except RecursionError:
        yield RejectedRecord(where, "nested too deep")
    except Exception as error:
        raise_under_pytest(error)
        yield RejectedRecord(where, f"cannot be understood: {describe_error(error)}")


def raise_under_pytest(error: Exception) -> None:
    """Raise `error` if a test is running, in this process or in the one that started it."""
    if "PYTEST_VERSION" in os.environ:
        raise error


def describe_error(error: Exception) -> str:
    """Return the class and the beginning of the message of an unforeseen error."""
    return f"{type(error).__name__} {str(error)[:200]}".strip()


def build_paper(fields: Fields) -> Paper:
    """Return the Paper of one record. Raises NotAPaper if it has no usable title."""
    fields = {
        name: value
        for name, value in fields.items()
        if value is not None and value != "" and value != []
    }
    if "extra" in fields:
        fields = _extra_identifiers(_raw(fields, "extra")) | fields
    for name, key in _other_names(tuple(fields)):
        fields[name] = fields[key]
    title = fields.get("title")
    if title is None:
        raise NotAPaper("no title", _ids(fields))
    if not isinstance(title, str):
        raise NotAPaper("the title is not text", _ids(fields))
    cleaned = _ARXIV_NUMBER.sub("", clean_title(title))
    if not cleaned:
        raise NotAPaper("the title is empty", _ids(fields))
    if is_web_url(cleaned):
        raise NotAPaper("the title is an address", _ids(fields))
    if len(cleaned) > MAX_TITLE:
        raise NotAPaper(f"the title has {len(cleaned):,} characters", _ids(fields))
    written = _raw(fields, "abstract")
    abstract = clean_abstract(written)
    authors, more_authors = parse_authors(fields.get("authors"))
    comment = clean_title(_raw(fields, "comment"))
    return Paper(
        title=cleaned,
        authors=authors,
        abstract=abstract,
        published=_date_of_publication(fields),
        listings=_listings(fields),
        venue=clean_title(_raw(fields, "venue")),
        categories=_words(fields.get("categories")),
        ids=_ids(fields),
        links=_links(fields),
        sources=_words(fields.get("sources")),
        abstract_source=clean_line(_raw(fields, "abstract_source"))[:20],
        comment=_with_notice(comment, withdrawal_notice(cleaned, abstract, comment)),
        votes=_count(fields.get("votes") or fields.get("upvotes")),
        counts=_counts(fields),
        tex=_tex(fields, ("title", title, cleaned), ("abstract", written, abstract)),
        more_authors=bool(authors) and (more_authors or fields.get("more_authors") is True),
    )


def _extra_identifiers(text: str) -> dict[str, str]:
    """Return the identifiers that Zotero has no field for and keeps in lines such as `PMID: 1`."""
    lines = " ".join(found[1] for found in _EXTRA_LINE.finditer(text))
    return {scheme.lower(): value for scheme, value in _EXTRA.findall(lines)}


@lru_cache(maxsize=1024)  # the records of a file have the same keys
def _other_names(keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(field, key) for each field whose best key among these is not its name."""
    best = ((name, [key for key in names if key in keys]) for name, names in FIELD_KEYS.items())
    return tuple((name, found[0]) for name, found in best if found and found[0] != name)


def _listings(fields: Fields) -> tuple[Listing, ...]:
    """The listings, from a list of objects or from the fields of one."""
    given = fields.get("listings")
    records = given if isinstance(given, list) else [_one_listing(fields)]
    found = (
        Listing(
            to_iso_date(_text(each, "day")),
            _text(each, "feed"),
            _count(each.get("rank")),
            _text(each, "by"),
            _count(each.get("votes")),
            _count(each.get("comments")),
        )
        for each in records
        if isinstance(each, Mapping)
    )
    return merge_listings((), (each for each in found if len(each.day) == len("2026-05-07")))


def _one_listing(fields: Fields) -> Fields:
    """The fields of a listing among those of a paper of a page of papers."""
    day = fields.get("listed")
    if not day:
        return _NOTHING
    votes, comments = fields.get("votes"), fields.get("comments_count")
    by = fields.get("listed_by")
    return {"day": day, "by": by, "votes": votes, "comments": comments}


def _counts(fields: Fields) -> dict[str, int]:
    """The counts above 0, from the object `counts` or from fields such as `citations_count`."""
    given = _object(fields, "counts")
    return {
        name: count
        for name, key in _COUNT_KEYS
        if (name in given or key in fields)
        and (count := _count(given.get(name)) or _count(fields.get(key)))
    }


def _tex(fields: Fields, *texts: tuple[str, str, str]) -> dict[str, str]:
    """The LaTeX of fields, where it was converted to another text: name, as written, cleaned."""
    given = _object(fields, "tex")
    tex: dict[str, str] = {}
    for name, written, cleaned in texts:
        text = _raw(given, name) or written
        is_tex = ("\\" in text or "$" in text) and _LATEX.search(text)
        if is_tex and (text := clean_line(html.unescape(text))) != cleaned:
            tex[name] = text
    return tex


def _with_notice(comment: str, notice: str) -> str:
    """The comment, with the notice of withdrawal at its beginning if there is one."""
    if not notice or comment.lower().startswith(notice.lower()):
        return comment
    return f"{notice}. {comment}" if comment else notice


def _object(fields: Fields, key: str) -> Fields:
    """The object under a key, or an empty one."""
    value = fields.get(key)
    return value if value and isinstance(value, Mapping) else _NOTHING


def _raw(fields: Fields, key: str) -> str:
    value = fields.get(key, "")
    if isinstance(value, str):
        return value
    return str(value) if type(value) in (int, float) else ""


def _text(fields: Fields, key: str) -> str:
    return clean_line(_raw(fields, key)) if key in fields else ""


def _words(value: Any) -> tuple[str, ...]:
    """The words of a list or of a text, each once, in order."""
    if isinstance(value, str):
        return _split_words(value)
    if not value or not isinstance(value, Iterable) or isinstance(value, Mapping):
        return ()
    # A program may write all its keywords into each of several items; `&amp;` has no space.
    each = (word for item in value if isinstance(item, str) for word in item.split("; "))
    words = map(clean_title, each)
    return tuple(dict.fromkeys(word for word in words if word))


@lru_cache(maxsize=4096)
def _split_words(text: str) -> tuple[str, ...]:
    """Split at semicolons, else at commas; at spaces only if all words are arXiv categories."""
    spaced = text.split()
    if all(_ARXIV_CATEGORY.fullmatch(word) for word in spaced):
        words = spaced
    else:
        words = (_MARKS if ";" in text or "|" in text else _COMMAS).split(text)
    cleaned = (clean_title(word) for word in words)
    return tuple(dict.fromkeys(word for word in cleaned if word))


def _date_of_publication(fields: Fields) -> str:
    """The first of the dates that can be read."""
    for key in _DATE_KEYS:
        if key in fields and (day := to_iso_date(_text(fields, key))):
            return day
    return ""


def _ids(fields: Fields) -> dict[str, str]:
    """The identifiers. Their fields take precedence over URLs, keys and the venue."""
    found: dict[str, str] = {}
    for name in _URL_KEYS:
        if name in fields:
            found |= ids.from_url(_text(fields, name))
    links = _object(fields, "links")
    for name in ("abs", "pdf"):
        if name in links:
            found |= ids.from_url(_text(links, name))
    for name in ("key", "id"):
        if name in fields:
            found |= ids.from_text(_text(fields, name))
    if doi := _text(fields, "doi"):
        found |= ids.from_doi(html.unescape(doi))
    if arxiv := _text(fields, "arxiv"):
        found |= arxiv_identifier(arxiv)
    pmid = _text(fields, "pmid")
    if pmid := pmid and (ids.pmid(pmid) or ids.from_url(pmid).get("pmid", "")):
        found["pmid"] = pmid
    if "arxiv" not in found:
        venue = _raw(fields, "venue")
        if "rXiv" in venue or "arxiv" in venue or "CoRR" in venue:
            found |= ids.from_venue(venue)
    if given := _object(fields, "ids"):
        found |= {scheme: name for scheme in SCHEMES if (name := _text(given, scheme))}
    return found


def arxiv_identifier(text: str) -> dict[str, str]:
    """Return the arXiv id in a field: `2401.00001`, `arXiv:2401.00001v2 [cs.LG]`, or a URL."""
    name = ids.arxiv_id(text) or ids.arxiv_id(re.sub(r"\s*\[[\w.-]+\]$", "", text))
    found = {"arxiv": name} if name else ids.from_url(text)
    return {"arxiv": found["arxiv"]} if "arxiv" in found else {}


def _links(fields: Fields) -> dict[str, str]:
    links = {name: _text(fields, key) for name, key in _LINKS.items() if key in fields}
    given = _object(fields, "links")
    links |= {name: _text(given, name) for name in _LINKS if name in given}
    return {name: url for name, url in links.items() if is_web_url(url)}


def _count(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 2**31 else 0
