"""Markdown and plain lists: each line, heading or table row that links to a paper and names it,
and each that is a whole reference. Labelled lines near it may say more: see `markdown`.

A line with only an identifier is rejected with it, so that `tui.services` can look it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, pairwise
from typing import Any, BinaryIO

from tui.core import identifiers as ids
from tui.core.markdown import LIST_MARK
from tui.sources.decoding import decode_head, decode_lines
from tui.sources.engines import citation, markdown
from tui.sources.engines.markdown import LINK
from tui.sources.engines.xml import root_element
from tui.sources.interface import FunctionFormat, Record, RejectedRecord
from tui.sources.record import read_record

_NOTE_LINK = re.compile(
    r"\[\[[^\[\]]{1,200}\]\](?!\()|\[@[^\[\]\s]{1,100}\]|\s#[A-Za-z][\w/-]{1,60}\s*$"
)
"""What links a note to others: a page, a citation key, a tag."""
_IMAGE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()\s]{0,1000}[^()]{0,200}\)|<img\b[^<>]{0,1000}>")
_URL = re.compile(
    r"https?://[^\s<>()\[\]\"'|]{4,1000}"
    r"(?:(?:\([^\s<>()\[\]\"'|]{0,200}\)|<\d[^\s<>]{1,80}>(?=\d))[^\s<>()\[\]\"'|]{0,1000}){0,9}"
)
"""An address, with the brackets of old DOIs in it."""
_IDENTIFIER = re.compile(
    r"(?<![\w./-])(?:arxiv:\s?(\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+/\d{7})|(\d\d(?:0[1-9]|1[0-2])\.\d{5}))"
    r"(?:v\d+)?(?![\w/])"
    rf"|(?:doi:\s*)?(?<![\w/])({ids.DOI_IN_TEXT})",
    re.IGNORECASE,
)
"""An identifier in running text. Without `arxiv:`, only five digits after the dot are one: four
are as likely a decimal number."""
_FILE_NAME = re.compile(r"(?:^|/)(\d\d(?:0[1-9]|1[0-2])\.\d{4,5})(?!\d)")
"""An arXiv id that begins the name of a linked file, as download scripts name them."""
_SAYS_NOTHING = re.compile(
    r"(?:arxiv|pdf|paper|link|code|html|abs|doi|project|page|website|github|here|abstract|url|id"
    r"|bibtex|video|slides|poster|demo|data|blog|[\W\d_v])*",
    re.IGNORECASE,
)
"""The text of links that name what they lead to, not the paper."""
_EXPORTED = re.compile(
    r"- (?:\[(?P<linked>(?:\\.|[^\[\]\\])+)\]\([^()\s]+\)|(?P<plain>(?:\\.|[^\\\[\]])+?))"
    r" · (?P<facts>(?:(?:(?! · ).)+ · ){0,2})(?P<day>(?:1\d|20)\d\d(?:-\d\d){0,2})"
    r"(?: · \[(?:doi|pdf|code)\]\(.*)?"
)
"""`- [Title](url) · authors · venue · date · [pdf](…)`, as Sheaf exports Markdown."""
_LISTED_TITLE = re.compile(r"- \[((?:\\.|[^\[\]\\])+)\]\(([^()\s]+)\)")
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_LINK_FIELDS = {"pdf": "pdf_url", "code": "code", "github": "code", "doi": "doi", "pubmed": "pmid"}
"""The text of a link to the field that has its address."""
_HEADING = re.compile(r"^\s{0,3}(?:#{1,6}\s+|\*\*|<h\d>)")
_TAGGED_LINE = re.compile(r"[A-Z][A-Z0-9] {1,4}-(?: |$)")
"""A line of a tagged export that is broken, or it would have been recognised."""
_BULLET = re.compile(r"\s*(?:[-*+•|]|\(?\d{1,4}[.)\]])\s")
"""The start of a line that speaks for itself, not for the heading above it."""
_LABEL = re.compile(r"^\W*(?:arxiv|doi|url|link|paper|pdf|source)\s*(?:id)?\W*$", re.IGNORECASE)
_ORNAMENT = re.compile(r"^[\s>#*+|•·–-]*(?:\[[ x]\]\s*)?(?:\(?\d{1,4}[.)\]]\s+)?[\s*_`|]*")
"""Bullets, numbers, boxes and emphasis before an identifier."""
_MARKER = re.compile(
    r"^[\s>#+|•·–-]*(?:[*-]\s+|\.\.\s+)?(?:\[[ xX]?\]\s+)?(?:(?:\(?\d{1,4}[.)]|\[\d{1,4}\])\s+)?"
)
"""The same before a title, whose emphasis stays: it shows where the title ends."""
_STATE_AND_TAGS = re.compile(
    r"^(?:(?:TODO|DONE|NEXT|WAITING|LATER|NOW|DOING|STARTED|READ|READING|CANCELLED)\s+)?(?:\[#\w\]\s+)?(?=\S)"
    r"|\s+:[\w@:]+:\s*$"
)
"""What Org and Logseq set before and behind a heading: the state of a task, tags."""
_REFERENCE_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\]){2,300})\]\s?\[([^\[\]]{0,100})\]")
_LINK_DEFINITION = re.compile(r"^\s{0,3}\[([^\[\]^]{1,300})\]:\s*<?https?://")
"""`[Title][1]` here, and `[1]: https://…` below."""
_CROSS_REFERENCE = re.compile(
    r"[(\[]\s*(?:see|cf\.?|e\.g\.,?|from|in|via)[\s:]*[)\]]", re.IGNORECASE
)
"""What is left of `(see https://…)` without its link: the line is a sentence, not a title."""
_LINK_LABEL_AT_END = re.compile(r"\s+(?:arxiv|doi|pdf|link|paper|code)\s*[:.]?\s*$", re.IGNORECASE)
_SITE = re.compile(
    r"\s+(?:\||[-–—])\s+(?:(?:Nature|Science|Cell|PLOS|JAMA|NEJM|The Lancet)(?: [A-Z][\w ]+)?|PNAS"
    r"|Scientific Reports|ScienceDirect|ACL Anthology|OpenReview|arXiv|bioRxiv|medRxiv|ChemRxiv"
    r"|PubMed|PMC|SpringerLink|Proceedings of [^|]{3,200}|[^|]{3,80}\| IEEE Xplore|ACM [^|]{3,100}"
    r"|IEEE (?:\w+ )*Xplore|Semantic Scholar|Papers With Code|Hugging Face|Wiley Online Library"
    r"|Oxford Academic|Cambridge Core|MDPI|Frontiers|SSRN|alphaXiv)$"
    r"|^(?:Paper page - |\(PDF\) |\[PDF\] )"
)
"""What the title of a web page adds to that of the paper."""
_HTML_IN_MARKDOWN = frozenset(
    ("p", "div", "h1", "h2", "center", "img", "a", "br", "details", "span", "table")
)
"""Tags that Markdown may begin with; anything else is XML of some other kind."""
_LONGEST_ID = 160
"""Characters of a line that may consist of an identifier."""
_LONGEST_LINE = 65536
"""Characters of a line that are looked at."""
_MAX_REFERENCES = 100_000
_NEAR = 6
"""Lines a heading may stand above the link of its paper."""

Fields = dict[str, Any]


def sniff(head: bytes) -> bool:
    """One line in ten, or three, with a link or identifier of a paper."""
    name = root_element(head)
    if name and name.lower() not in _HTML_IN_MARKDOWN:
        return False
    text = [line for line in decode_head(head).split("\n") if line.strip()]
    if is_own_list(text):
        return True
    if sum(bool(_TAGGED_LINE.match(line)) for line in text) * 2 > len(text):
        return False
    for above, line in pairwise(text):
        if markdown.is_table_rule(line) and len(markdown.table_columns(above)) > 1:
            return True
    hits = sum(bool(identifiers_in(line) or exported_fields(line)) for line in text[:2000])
    return hits >= 3 or (hits > 0 and hits * 10 >= len(text))


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield each paper once, with the best title its lines give; of our own list every line."""
    lines = decode_lines(stream)
    first = next(lines, "")
    if first.strip() != LIST_MARK:
        yield from papers_in(chain([first], lines), where, references=True)
        return
    for number, line in enumerate(lines, 2):
        if line.startswith("- "):
            yield from read_record(f"{where}:{number}", _listed_fields, line)


def is_own_list(lines: list[str]) -> bool:
    """Whether lines are a list that Sheaf has exported."""
    return bool(lines) and lines[0].strip() == LIST_MARK


def papers_in(lines: Iterable[str], where: str, references: bool) -> Iterator[Record]:
    """Yield each paper of the lines once; with `references`, those without a link too."""
    seen: set[str] = set()
    for number, fields in _ListReader().read(lines):
        place = f"{where}:{number}"
        found = fields.get("ids", {})
        if not found and not references:
            continue
        names = (fields.get("title"), fields.get("authors"), fields.get("published"))
        key = _first_identifier(found) or str(names).lower()
        if key in seen:
            continue
        if not fields.get("title"):
            yield RejectedRecord(place, missing_title_reason(found), found)
            continue
        seen.add(key)
        yield from read_record(place, dict, fields)


def paper_title(page_title: str) -> str:
    """Return the title of a paper, given the title of a web page about it."""
    return _SITE.sub("", page_title)


def missing_title_reason(found: dict[str, str]) -> str:
    """Say why a line with only an identifier is rejected."""
    return f"{_first_identifier(found)}, but no title beside it"


def _first_identifier(found: dict[str, str]) -> str:
    return next((f"{scheme}:{name}" for scheme, name in found.items()), "")


def identifiers_in(line: str) -> dict[str, str]:
    """Return the identifiers of the first paper on a line; links take precedence."""
    if not re.search(r"\d", line):
        return {}
    if whole := bare_identifier(line):
        return whole
    for url in _URL.findall(line):
        if found := ids.from_url(url.rstrip(".,;:")):
            return found
    for link in LINK.finditer(line):
        if file := _FILE_NAME.search(link["url"]):
            return {"arxiv": file[1]}
    if bare := _IDENTIFIER.search(line):
        return ids.from_text(bare[1] or bare[2] or bare[3].rstrip("*"))
    return {}


def bare_identifier(line: str) -> dict[str, str]:
    """Return the identifiers of a line that consists of one or of its URL; else none."""
    if len(line) > _LONGEST_ID:
        return {}
    text = re.sub(r":\s+", ":", _ORNAMENT.sub("", line).strip().strip("<>"))
    if "://" in text:
        return ids.from_url(text) if _URL.fullmatch(text) else {}
    return {} if not text or set(text) & set(" [](<") else ids.from_text(text)


@dataclass(slots=True)
class _Heading:
    """A line that may name the paper which the lines below it link to."""

    text: str = ""
    line: int = -_NEAR - 1
    fields: Fields = field(default_factory=dict)
    """What labelled lines below it say before there is a link."""


class _ListReader:
    """The lines of a list, read one by one: what a line says may belong to the paper above it.

    A paper therefore waits until the next one, or the next heading, begins.
    """

    def __init__(self) -> None:
        self._heading = self._line_above = _Heading()
        self._above = ""
        self._columns: markdown.Columns = {}
        self._waiting: tuple[int, Fields] | None = None
        self._referenced: dict[str, str] = {}
        """The texts of links whose address is defined further below, by their reference."""

    def read(self, lines: Iterable[str]) -> Iterator[tuple[int, Fields]]:
        """Yield the number of a line, and what it and those around it say of a paper."""
        for number, whole_line in enumerate(lines, 1):
            line = whole_line[:_LONGEST_LINE]
            if markdown.is_table_rule(line):
                self._columns = markdown.table_columns(self._above)
                continue
            self._above = line
            if "|" not in line:
                self._columns = {}
            labelled = {} if self._columns else markdown.labelled_field(line)
            if labelled and not (labelled.keys() <= {"title"} and identifiers_in(line)):
                self._add_labelled(labelled)
            else:
                yield from self._read_line(number, line)
        yield from self._end_paper()

    def _add_labelled(self, labelled: Fields) -> None:
        """Add what a labelled line says to the paper above it; a title begins another one."""
        self._heading.line += 1
        if self._waiting is None or "title" in labelled:
            self._heading.fields = labelled | self._heading.fields
            return
        number, fields = self._waiting
        if len(labelled.get("abstract", "")) > len(fields.get("abstract", "")):
            fields = fields | labelled  # a summary may come before the abstract
        self._waiting = number, labelled | fields

    def _read_line(self, number: int, line: str) -> Iterator[tuple[int, Fields]]:
        found = {} if markdown.is_remark(line) else identifiers_in(line)
        fields = self._fields_of(line)
        title = fields.get("title", "")
        # A row of a table with known columns, or a reference, is a paper without a link too.
        if self._columns:
            is_paper = not fields.keys().isdisjoint(("authors", "abstract", "venue"))
        else:
            is_paper = citation.has_author_and_year(fields) or bool(exported_fields(line))
        if not found and not (title and is_paper):
            self._line_above = _Heading("" if "://" in line else title, number)
            if title and _HEADING.match(line):
                yield from self._end_paper()
                self._heading = self._line_above
            return
        waiting = self._waiting[1] if self._waiting else {}
        if found and found == waiting.get("ids") and waiting.get("title"):
            return  # the same paper once more: the lines below it belong to it
        yield from self._end_paper()
        url = _URL.search(line)
        fields = self._with_title(number, line, fields, found) | _labelled_links(line)
        address = url[0] if url and url[0] not in fields.values() else ""
        self._waiting = number, fields | {"ids": found, "url": address}

    def _end_paper(self) -> Iterator[tuple[int, Fields]]:
        if self._waiting:
            yield self._waiting
        self._waiting = None

    def _fields_of(self, line: str) -> Fields:
        if self._columns:
            return markdown.row_fields(markdown.table_cells(line), self._columns)
        if "][" in line and len(self._referenced) < _MAX_REFERENCES:
            for name, reference in _REFERENCE_LINK.findall(line):
                self._referenced[(reference or name).lower()] = name
        if (defined := _LINK_DEFINITION.match(line)) and (
            name := self._referenced.get(defined[1].lower())
        ):
            return {"title": name.strip(" *_`")} if _can_be_title(name) else {}
        return _line_fields(line)

    def _with_title(self, number: int, line: str, fields: Fields, found: dict[str, str]) -> Fields:
        """Add the title and the labelled lines that stand above a line which has no title."""
        is_link = markdown.is_labelled_link(line) and not bare_identifier(line)
        if not found or (fields.get("title") and not is_link):
            return fields
        heading = self._heading
        is_near = number - heading.line <= _NEAR and (is_link or not _BULLET.match(line))
        if is_near and (heading.text or heading.fields):
            self._heading = _Heading()
            return {"title": heading.text} | fields | heading.fields
        if number - self._line_above.line == 1:
            return fields | {"title": self._line_above.text}
        return fields


def _line_fields(line: str) -> Fields:
    """Return the fields of a line: the title, and what is beside the title.

    The text of a link is the title, else what is left of the line without its links.
    """
    if bare_identifier(line):
        return {}
    if exported := exported_fields(line):
        return exported
    line = _IMAGE.sub(" ", _NOTE_LINK.sub(" ", markdown.with_markdown_links(line)))
    for link in LINK.finditer(line):
        text = link["text"].strip(" *_`")
        if _can_be_title(text) and not citation.is_label(text):
            fields = citation.parse_reference(paper_title(text))
            details = citation.parse_details(_without_links(line[link.end() :]))
            return details | fields if _can_be_title(fields["title"]) else {"title": text}
    short = next((x["text"] for x in LINK.finditer(line) if _is_short_name(x)), "").strip(" *_`")
    if short and re.match(r"\s*\|\s*[*_]*\[", line):
        return {"title": short}  # a row of a table begins with its paper
    rest = _STATE_AND_TAGS.sub("", _without_links(_MARKER.sub("", line)))
    if rest.count("|") > 1:
        rest = max(rest.split("|"), key=len)
    fields = citation.parse_reference(paper_title(rest.strip(" \t")))
    if citation.has_author_and_year(fields):
        return fields
    title = fields["title"]
    is_sentence = _CROSS_REFERENCE.search(rest) or citation.is_sentence(rest)
    if is_sentence or not _can_be_title(title) or _LABEL.match(title) or citation.is_label(rest):
        if short:
            return {"title": short}
        return {} if is_sentence else citation.parse_details(rest)
    return fields


def exported_fields(line: str) -> Fields:
    """Return the fields of a line of Sheaf's own Markdown list; nothing for any other line."""
    found = _EXPORTED.fullmatch(line.rstrip())
    if not found:
        return {}
    facts = [fact for fact in (found["facts"] or "").split(" · ") if fact]
    if facts and facts[-1].startswith("*"):
        facts = [*facts[:-1], facts[-1].strip("*")] if facts[:-1] else ["", facts[-1].strip("*")]
    elif len(facts) == 1 and not all(" " in name for name in facts[0].split(", ")):
        facts.insert(0, "")  # a venue without authors
    authors, venue = [*map(_unescape, facts), "", ""][:2]
    title = _unescape(found["linked"] or found["plain"])
    return {"title": title, "authors": authors, "venue": venue, "published": found["day"]}


def _listed_fields(line: str) -> Fields:
    """Return the fields of a line of an exported list: title, authors, *venue*, day and links."""
    fields = _labelled_links(line)
    link = _LISTED_TITLE.match(line)
    if link:
        fields |= {"title": _unescape(link[1]), "url": link[2]}
    else:
        fields["title"] = _unescape(line[2:].partition(" · ")[0])
    facts = (line[link.end() :] if link else line).rstrip().split(" · ")[1:]
    for fact in facts:
        if len(fact) > 2 and fact[0] == fact[-1] == "*":
            fields["venue"] = _unescape(fact[1:-1])
        elif _DAY.fullmatch(fact):
            fields["published"] = fact
        elif not fact.startswith("["):
            fields["authors"] = _unescape(fact)
    return fields


def _unescape(text: str) -> str:
    """Return the text that Markdown shows for an escaped one."""
    return re.sub(r"\\([^\w\s])", r"\1", text)


def _labelled_links(line: str) -> Fields:
    """Return the links of a line whose text names what they lead to: `[pdf](…) [[code]](…)`."""
    found: Fields = {}
    for link in LINK.finditer(line):
        if name := _LINK_FIELDS.get(link["text"].strip(" []*_`").lower()):
            found.setdefault(name, link["url"])
    return found


def _is_short_name(link: re.Match[str]) -> bool:
    """Whether the text of a link may be the short name of the paper it leads to: `[BERT](…)`."""
    return (
        re.fullmatch(r"\W*[^\W\d_][\w.+-]{2,}\W*", link["text"]) is not None
        and _SAYS_NOTHING.fullmatch(link["text"]) is None
        and bool(ids.from_url(link["url"]) or _FILE_NAME.search(link["url"]))
    )


def _without_links(text: str) -> str:
    """Return a text without links and identifiers, and without the brackets that held them."""
    text = _IDENTIFIER.sub(" ", _URL.sub(" ", LINK.sub(" ", text)))
    text = re.sub(r"[(\[]\s*[|/,;:·•]*\s*[)\]]", " ", text)
    return _LINK_LABEL_AT_END.sub("", re.sub(r"\s{2,}", " ", text))


def _can_be_title(text: str) -> bool:
    """Whether a text can be a title: two words or more that say something."""
    return (
        _SAYS_NOTHING.fullmatch(text) is None
        and not _URL.fullmatch(text)
        and (len(text.split()) > 1 or len(text) > 12)
    )


FORMAT = FunctionFormat("list", "a list or Markdown with links to papers", sniff, read)
